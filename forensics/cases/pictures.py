"""Pages as pictures with the boxes drawn: which to show, where the boxes are, and what was left out."""

from __future__ import annotations

import base64
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from forensics.cases.beside import count
from forensics.documents.document import Box, Document, Line, Problem
from forensics.documents.pictures import Picture
from forensics.findings.finding import Span

WIDTH = 850
"""Pixels of a picture: 100 an inch on a Letter page."""

PAGES_EACH = 4
"""So many pages of a document are shown, those with boxes; the rest are counted."""

DOCUMENTS = 4
"""So many documents are shown as pictures, the checked one first; the rest are counted."""

MOST_BYTES = 3 * 2**20
"""All pictures of a report together; what is left out is counted."""

Draw = Callable[[bytes, Sequence[int], int], tuple[Picture, ...] | Problem]
"""Bytes of a PDF, pages, width in pixels → pictures: what :class:`~forensics.documents.sandbox.Reader` does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is boxed: a span of the text or, where it is not in the text, a box on a page; and where it leads."""

    span: Span | None
    label: str
    kind: str
    href: str
    title: str
    place: tuple[int, Box] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document to picture: ``data`` are its file's bytes, ``None`` when nobody has kept them."""

    key: str
    name: str
    document: Document
    data: bytes | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """A box on a page, in points: ``(x0, top, x1, bottom)``; only the first of a mark has its label."""

    box: Box
    mark: Mark
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A picture and its boxes."""

    key: str
    name: str
    number: int
    of: int
    points: tuple[float, float]
    source: str
    boxes: tuple[Framed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """The pages to show, and in words what is not shown."""

    pages: tuple[Page, ...]
    notes: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Of the pages."""
        return frozenset(page.key for page in self.pages)


def pictures(sheets: Sequence[Sheet], draw: Draw) -> Pictures:
    """The marked pages of the first :data:`DOCUMENTS` documents; a page without a mark is left out.

    The first page of the first document is always shown.
    """
    pages: list[Page] = []
    notes: list[str] = []
    room = MOST_BYTES
    for at, sheet in enumerate(sheets[:DOCUMENTS]):
        why = _why_none(sheet)
        if why:
            notes.append(f"{sheet.name}: {why}")
            continue
        boxes = _boxes(sheet)
        wanted = sorted({*boxes, *([1] if at == 0 else [])})
        drawn = draw(sheet.data or b"", wanted[:PAGES_EACH], WIDTH)
        if isinstance(drawn, Problem):
            notes.append(f"{sheet.name}: its pages could not be drawn. {drawn.message}")
            continue
        kept = []
        for picture in drawn:
            source = _source(picture)
            if len(source) <= room:
                room -= len(source)
                kept.append(_page(sheet, picture, source, boxes.get(picture.page, [])))
        pages += kept
        missing = len(wanted) - len(kept)
        if missing:
            notes.append(f"{sheet.name}: {count(missing, 'more page')} with marks not shown as a picture.")
    if len(sheets) > DOCUMENTS:
        notes.append(f"{count(len(sheets) - DOCUMENTS, 'more document')} not shown as pictures.")
    return Pictures(pages=tuple(pages), notes=tuple(notes))


def _why_none(sheet: Sheet) -> str:
    if sheet.document.format != "pdf":
        what = {"docx": "a DOCX file", "text": "plain text"}.get(sheet.document.format, "no PDF")
        return f"{what} has no pages until a program lays it out, so there is no picture."
    if sheet.data is None:
        return "its file is not kept in the corpus (FORENSICS_KEEP_FILES), so there is no picture."
    return ""


def _source(picture: Picture) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture.png).decode('ascii')}"


def _page(sheet: Sheet, picture: Picture, source: str, boxes: Iterable[Framed]) -> Page:
    return Page(
        key=f"{sheet.key}-p{picture.page}",
        name=sheet.name,
        number=picture.page,
        of=sheet.document.pages,
        points=picture.points,
        source=source,
        boxes=tuple(boxes),
    )


def _boxes(sheet: Sheet) -> dict[int, list[Framed]]:
    """The boxes of all marks by page, each around the lines that stand close together."""
    found: dict[int, list[Framed]] = {}
    for mark in sheet.marks:
        first = True
        lines = _lines(sheet.document, mark.span) if mark.span else iter([mark.place] if mark.place else [])
        for page, box in _around(lines):
            found.setdefault(page, []).append(Framed(box=box, mark=mark, first=first))
            first = False
    return found


def _lines(document: Document, span: Span) -> Iterator[tuple[int, Box]]:
    start, end = span
    first = max(0, bisect_right(document.lines, start, key=lambda line: line.start) - 1)
    for line in takewhile(lambda line: line.start < end, islice(document.lines, first, None)):
        if line.end > start and line.page is not None and line.bbox is not None:
            yield line.page, _part(line, line.bbox, span)


def _part(line: Line, box: Box, span: Span) -> Box:
    """The part of a line's box that the span covers, by its share of the characters."""
    length = max(1, line.end - line.start)
    left = max(0, span[0] - line.start) / length
    right = min(length, span[1] - line.start) / length
    x0, top, x1, bottom = box
    return x0 + left * (x1 - x0), top, x0 + right * (x1 - x0), bottom


def _around(lines: Iterable[tuple[int, Box]]) -> list[tuple[int, Box]]:
    """Lines joined into boxes while each lies close below the one before, in the same column."""
    found: list[tuple[int, Box]] = []
    for page, (x0, top, x1, bottom) in lines:
        if found and found[-1][0] == page:
            a0, above, a1, below = found[-1][1]
            near = -2 <= top - below <= 1.2 * (bottom - top) and x0 < a1 and a0 < x1
            beside = abs(top - (below - (bottom - top))) < 2 and above <= top + 2
            if near or beside:
                found[-1] = page, (min(a0, x0), min(above, top), max(a1, x1), max(below, bottom))
                continue
        found.append((page, (x0, top, x1, bottom)))
    return found
