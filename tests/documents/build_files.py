"""Builds the files that the reading tests need: nothing binary is committed."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf_lines(*pages: list[tuple[float, float, str]], font: str = "Helvetica", size: float = 10) -> bytes:
    """A Letter PDF; each item is x, distance of the baseline from the top, and text."""
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(612, 792))
    for items in pages:
        sheet.setFont(font, size)
        for x, down, text in items:
            sheet.drawString(x, 792 - down, text)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def raw_pdf(content: bytes, *, extra: bytes = b"", catalog: bytes = b"", filters: bytes = b"") -> bytes:
    """A one-page PDF around a content stream as given, for what no writer would make."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>" + extra + b">>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def flate_bomb(size: int) -> bytes:
    """A PDF whose content stream is ``size`` bytes of blanks, compressed."""
    squeeze = zlib.compressobj(9)
    block = b" " * (1 << 20)
    packed = b"".join(squeeze.compress(block) for _ in range(size >> 20)) + squeeze.flush()
    return raw_pdf(packed, filters=b"/Filter/FlateDecode")


def docx(body: str, parts: dict[str, str | bytes] | None = None) -> bytes:
    """A DOCX around the XML of a body; ``parts`` are further ones, or other bytes for these."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{WORD}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        f'xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{body}</w:body></w:document>',
    } | (parts or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """One ``w:p`` with one run."""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def zip_of(path: Path, files: dict[str, bytes]) -> Path:
    """A ZIP at ``path``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return path


def tar_of(path: Path, files: dict[str, bytes], mode: str = "w:gz") -> Path:
    """A tar at ``path``."""
    with tarfile.open(path, mode) as package:
        for name, content in files.items():
            item = tarfile.TarInfo(name)
            item.size = len(content)
            package.addfile(item, io.BytesIO(content))
    return path
