"""Bytes → Document, in this process and without a net: the child of ``sandbox.py`` calls it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from types import MappingProxyType

from forensics.documents.document import Document, Fact, Hidden, Line, Problem
from forensics.documents.facts import left_out
from forensics.documents.hidden import located, odd_entries
from forensics.documents.kinds import kind
from forensics.documents.links import unlike_their_text
from forensics.documents.passages import gather, passages
from forensics.documents.rows import Row, typeset
from forensics.documents.sections import assign, find_headings
from forensics.documents.seen import Seen
from forensics.documents.sketch import Sketch
from forensics.errors import ReadError
from forensics.settings import Settings

_KNOWN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cfb"),
    (b"\x89PNG\r\n", "a PNG picture: run OCR over it, or ask for the document as PDF or DOCX."),
    (b"\xff\xd8\xff", "a JPEG picture: run OCR over it, or ask for the document as PDF or DOCX."),
    (b"GIF8", "a GIF picture: ask for the document as PDF or DOCX."),
    (b"II*\0", "a TIFF picture: run OCR over it, or ask for the document as PDF or DOCX."),
    (b"MM\0*", "a TIFF picture: run OCR over it, or ask for the document as PDF or DOCX."),
    (b"{\\rtf", "a Rich Text file: open it and save it as DOCX or PDF."),
    (b"\x1f\x8b", "a gzip archive: only .zip, .tar and .tar.gz are opened, and none inside another."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it and give the folder."),
    (b"Rar!\x1a\x07", "a RAR archive: unpack it and give the folder."),
    (b"BZh", "a bzip2 archive: unpack it and give the folder."),
    (b"\xfd7zXZ\0", "an xz archive: unpack it and give the folder."),
    (b"MZ", "a Windows program: do not run it."),
    (b"\x7fELF", "a program: do not run it."),
    (b"%!PS", "a PostScript file: convert it to PDF."),
)


def parse(
    data: bytes,
    *,
    id: str,
    path: str,
    plain: bool,
    limits: Settings,
    rendering: Callable[[], None] = lambda: None,
    seen: Mapping[int, Sequence[Seen]] = MappingProxyType({}),
) -> Document:
    """The document that ``data`` holds, whatever it is called; its language is not looked at here.

    ``plain`` says whether plain text is a document here (a file named by the user, ``.txt``, ``.md``);
    ``rendering`` is called before the first page is rendered; ``seen`` are the words that OCR has read on
    pages of a PDF that hold no text.
    Raises :class:`~forensics.errors.ReadError` with a problem code; may take any amount of memory or
    time on hostile data, which is why only the child calls it.
    """
    from forensics.documents.docx import looks_like_zip, read_docx
    from forensics.documents.pdf import looks_like_pdf, read_pdf

    facts: Sequence[Fact] = ()
    problems: list[Problem] = []
    sketch = Sketch()
    if looks_like_zip(data):
        rows, facts, problems, pages, hidden = read_docx(data, limits, sketch)
        found = _document("docx", rows, None, facts, problems, pages, id, path, limits)
        return replace(_with(hidden, found), look=sketch.tally.look())
    if looks_like_pdf(data):
        rows, facts, problems, pages, hidden = read_pdf(data, limits, rendering, seen, sketch=sketch)
        found = _document("pdf", rows, None, facts, problems, pages, id, path, limits)
        return replace(_with(hidden, found), look=sketch.tally.look())
    _refuse_known(data)
    return _plain(data, id, path, plain, limits)


def _refuse_known(data: bytes) -> None:
    for magic, what in _KNOWN:
        if not data.startswith(magic):
            continue
        if what != "cfb":
            raise ReadError("not_a_document", f"This is {what}")
        if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0" in data:
            raise ReadError("encrypted", "The Office file asks for a password: ask for a copy without one.")
        raise ReadError(
            "not_a_document",
            "This is an old Office file (.doc, .xls, .msg …): open it and save it as DOCX or PDF.",
        )


def _plain(data: bytes, id: str, path: str, plain: bool, limits: Settings) -> Document:
    from forensics.documents.plain import NEWLINE, decode, rows

    text = decode(data)
    if not plain:
        raise ReadError(
            "not_a_document",
            "In folders and archives plain text is read from .txt and .md only: name the file itself to read "
            "it.",
        )
    problems: list[Problem] = []
    if len(text) > limits.max_text:
        problems.append(_cut(len(text), limits))
        text = text[: limits.max_text]
    text = _first_lines(text, NEWLINE.finditer(text), problems, limits)
    found = rows(text)
    lines = found.lines
    if len(lines) > limits.max_lines:  # a long line was divided into more
        problems.append(_too_many_lines(limits))
        text, lines = text[: lines[limits.max_lines].start], lines[: limits.max_lines]
    document = _document("text", found.rows[: len(lines)], (text, lines), (), problems, 1, id, path, limits)
    return replace(document, hidden=odd_entries(text)) if limits.hidden else document


def _with(hidden: Sequence[Hidden] | None, found: Document) -> Document:
    """The document with its hidden text, each entry with its place in the text."""
    return found if hidden is None else replace(found, hidden=located(hidden, found.text, found.lines))


def _first_lines(
    text: str, newlines: Iterator[re.Match[str]], problems: list[Problem], limits: Settings
) -> str:
    """As many lines as may be read, whole ones."""
    ends = list(islice(newlines, limits.max_lines))
    if len(ends) < limits.max_lines or ends[-1].end() == len(text):
        return text
    problems.append(_too_many_lines(limits))
    return text[: ends[-1].end()]


def _too_many_lines(limits: Settings) -> Problem:
    return Problem(
        code="too_large",
        message=f"The document has more than {limits.max_lines} lines; the first ones were read. Set "
        "FORENSICS_MAX_LINES to read more.",
    )


def _cut(length: int, limits: Settings) -> Problem:
    return Problem(
        code="too_large",
        message=f"The text has {length} characters; the first {limits.max_text} were read. Set "
        "FORENSICS_MAX_TEXT to read more.",
    )


def _document(
    format: str,
    rows: Sequence[Row],
    typed: tuple[str, tuple[Line, ...]] | None,
    facts: Sequence[Fact],
    problems: list[Problem],
    pages: int,
    id: str,
    path: str,
    limits: Settings,
) -> Document:
    if typed is None:
        rows = _within(rows, problems, limits)
        typed = typeset(rows)
    text, lines = typed
    headings = find_headings(rows)
    groups = gather(rows, headings)
    found = passages(text, rows, lines, groups, assign(rows, groups, headings))
    return Document(
        id=id,
        path=path,
        format=format,
        kind=kind([text[each.start : each.end] for each in found], [each.section for each in found]),
        language=None,
        pages=pages,
        text=text,
        lines=lines,
        passages=found,
        facts=(*facts, *unlike_their_text((fact for fact in facts if fact.name == "link"), text, lines)),
        problems=(*problems, *left_out(facts)),
    )


def _within(rows: Sequence[Row], problems: list[Problem], limits: Settings) -> Sequence[Row]:
    if len(rows) > limits.max_lines:
        problems.append(_too_many_lines(limits))
        rows = rows[: limits.max_lines]
    total = 0
    for index, row in enumerate(rows):
        total += len(row.text) + 2
        if total > limits.max_text:
            problems.append(_cut(sum(len(each.text) + 2 for each in rows), limits))
            return rows[:index]
    return rows
