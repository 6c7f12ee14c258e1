"""Which program wrote a file, by marks that it leaves whatever the properties claim.

A program that only rewrites the properties, compresses or joins files leaves some of the first writer's
marks standing. These rules name a program where its mark is known and are silent otherwise. The binary
second line of a PDF is a convention of each library (ISO 32000-1, 7.5.2 only asks for four high bytes); the
subset tags are how each numbers its fonts; the layout of a ZIP is how each packs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from zipfile import ZipInfo

Writer = tuple[str, str]
"""The program, and the mark that says so."""

_SECOND_LINES = (
    (b"\xd3\xeb\xe9\xe1", "Skia (Chrome, Google Docs)"),
    (b"\xc3\xa4\xc3\xbc\xc3\xb6\xc3\x9f", "LibreOffice or OpenOffice"),
    (b"\xb5\xb5\xb5\xb5", "Microsoft Office"),
    (b"\xc4\xe5\xf2\xe5\xeb\xa7\xf3\xa0\xd0\xc4\xc6", "macOS Quartz"),
    (b"\xcc\xd5\xc1\xd4\xc5\xd8\xd0\xc4\xc6", "LuaTeX"),
    (b"\xd0\xd4\xc5\xd8", "pdfTeX"),
    (b"\xe4\xf0\xed\xf8", "XeTeX or dvipdfmx"),
    (b"\x93\x8c\x8b\x9e", "ReportLab"),
    (b"\x80\x80\x80\x80", "Typst"),
    (b"\xb5\xed\xae\xfb", "cairo"),
    (b"\xbf\xf7\xa2\xfe", "qpdf"),
    (b"\xc7\xec\x8f\xa2", "Ghostscript"),
    (b"\x81\x81\x81\x81", "pdf-lib"),
    (b"\xf6\xe4\xfc\xdf", "Apache PDFBox"),
    (b"\xa1\xb3\xc5\xd7", "PDFium"),
)
_WORD_TAGS = re.compile(r"ABCDEE|BCD[A-Z]EE")
_COUNTED_TAGS = re.compile(r"[A-Z]AAAAA")
_STREAMED = 0x0808  # sizes follow the data, names in UTF-8


def pdf_saver(data: bytes) -> Writer | None:
    """The library that wrote the bytes of a PDF, by the comment on its second line."""
    start = data.find(b"%PDF-", 0, 1_029)
    if start < 0:
        return None
    lines = re.split(rb"[\r\n]+", data[start : start + 80], maxsplit=2)
    if len(lines) < 2 or not lines[1].startswith(b"%"):
        return None
    for mark, name in _SECOND_LINES:
        if lines[1][1:].startswith(mark):
            return name, f"second line {mark.hex()}"
    return None


def pdf_writer(tags: Sequence[str], saver: Writer | None) -> Writer | None:
    """The program that set the text of a PDF: by the subset tags of its fonts, else by the second line."""
    distinct = list(dict.fromkeys(tags))
    shown = ", ".join(distinct[:6])
    if distinct and all(_WORD_TAGS.fullmatch(tag) for tag in distinct):
        return "Microsoft Word", f"subset tags {shown}"
    if distinct and all(_COUNTED_TAGS.fullmatch(tag) for tag in distinct):
        if "AAAAAA" in distinct:
            return "Skia (Chrome, Google Docs)", f"subset tags {shown}, counted from AAAAAA"
        if "BAAAAA" in distinct:
            return "LibreOffice or OpenOffice", f"subset tags {shown}, counted from BAAAAA"
    return saver


def zip_layout(entries: Sequence[ZipInfo]) -> str:
    """How most parts of a package were packed: first part, system, version, flags, dates, extra fields."""
    first, (system, version, flags, dated, extra, method) = entries[0].filename, _usual(entries)
    return (
        f"first {first}, system {system}, version {version}, flags 0x{flags:x}, "
        f"{'dated' if dated else 'dates 1980'}, extra {extra or 'none'}, method {method}"
    )


def _usual(entries: Sequence[ZipInfo]) -> tuple[int, int, int, bool, str, int]:
    marks = Counter(
        (
            entry.create_system,
            entry.create_version,
            entry.flag_bits,
            entry.date_time[0] != 1980,
            {b"": "", b"UT": "UT"}.get(entry.extra[:2], "other"),
            entry.compress_type,
        )
        for entry in entries
    )
    return marks.most_common(1)[0][0]


def docx_writer(entries: Sequence[ZipInfo], *, wps: bool, zero_rsids: bool) -> Writer | None:
    """The program that packed a DOCX, by its ZIP directory; ``wps`` says that a Kingsoft mark stands inside.

    ``zero_rsids`` says that every revision id of the text is 00000000. The layouts were seen in some 2,290
    real files, of which 823 had that of Word and 822 of those named Word.
    """
    if not entries:
        return None
    first = entries[0].filename
    system, version, flags, dated, extra, _ = _usual(entries)
    why = f"ZIP: {zip_layout(entries)}"
    if (first, system, version, flags & ~0x6, dated, extra) == ("[Content_Types].xml", 0, 45, 0, False, ""):
        return "Microsoft Word", why
    if system == 11 and version == 23 and extra == "UT":
        return "a PDF-to-DOCX converter or Polaris Office", why
    if flags == _STREAMED:
        if not any(entry.filename.startswith("docProps/") for entry in entries):
            return "Google Docs", f"{why}, no docProps" + (", revision ids 00000000" if zero_rsids else "")
        if first == "_rels/.rels" and version == 20 and dated:
            return "LibreOffice or OpenOffice", why
        if first in ("word/numbering.xml", "word/fontTable.xml"):
            return "WPS Office", why
        if wps:
            return "WPS Office", f"{why}, Kingsoft's property"
        return "a program that streams its ZIP, not Word", why
    if system == 3 and version == 20 and flags == 0:
        return "Python's zipfile", why
    if system == 3 and version == 30:
        return "packed again by Info-ZIP", why
    return None
