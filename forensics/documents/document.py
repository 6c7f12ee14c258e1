"""The nouns of reading. Standard library only; nothing here opens a file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from forensics.documents.look import Look

Box = tuple[float, float, float, float]
"""``(x0, top, x1, bottom)`` in PDF points from the page's top left."""

SECTIONS = (
    "header", "summary", "experience", "education", "skills", "projects",
    "certifications", "publications", "references", "other",
)  # fmt: skip
"""The sections a passage can stand in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a span stands: a page from 1 and its box, both ``None`` where the format has none."""

    page: int | None = None
    bbox: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line: code points ``[start, end)`` of the document's text, and where they stand."""

    start: int
    end: int
    page: int | None = None
    bbox: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What a person would call a bullet, a sentence group or a heading; ``[start, end)`` of the text.

    ``where`` is the paragraph it begins in, in a file without pages (``word/document.xml, paragraph 3``).
    """

    start: int
    end: int
    page: int | None = None
    bbox: Box | None = None
    section: str = "other"
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing the file says about itself: ``pdf.producer``, ``docx.creator``, ``link`` …

    ``where`` is the path inside the file (``Info/Producer``, ``docProps/core.xml``, ``page 1``).
    """

    name: str
    value: str
    where: str
    page: int | None = None
    bbox: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Text that a reader of the page does not see, and why (``white_text``, ``vanish`` …).

    ``[start, end)`` is its place in the document's text where that holds it in one piece, else both are
    ``None``; ``where`` is a path inside the file (``word/document.xml, paragraph 3``) if there is no page.
    """

    text: str
    why: str
    page: int | None = None
    bbox: Box | None = None
    start: int | None = None
    end: int | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something went wrong while reading; ``fatal`` when nothing could be read."""

    code: str
    message: str
    fatal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as read.

    ``id`` is ``sha256:`` and 64 hex digits of the file's bytes; offsets are code points into ``text``.
    ``lines`` and ``passages`` are ordered by ``start`` and do not overlap; ``hidden`` is ``None`` when
    nobody has looked. ``look`` is ``None`` for plain text, and for documents read before looks were kept.
    """

    id: str
    path: str
    format: str
    kind: str
    language: str | None
    pages: int
    text: str
    lines: tuple[Line, ...] = ()
    passages: tuple[Passage, ...] = ()
    facts: tuple[Fact, ...] = ()
    hidden: tuple[Hidden, ...] | None = None
    problems: tuple[Problem, ...] = ()
    look: Look | None = None

    def place(self, start: int, end: int) -> Place:
        """Page and box of ``[start, end)``: the boxes of its lines on the first page it touches."""
        first = max(0, bisect_right(self.lines, start, key=lambda line: line.start) - 1)
        page: int | None = None
        boxes: list[Box] = []
        for line in self.lines[first:]:
            if line.start >= end:
                break
            if line.end <= start or line.bbox is None or page not in (None, line.page):
                continue
            page = line.page
            boxes.append(line.bbox)
        if not boxes:
            return Place()
        x0, top, x1, bottom = zip(*boxes, strict=True)
        return Place(page=page, bbox=(min(x0), min(top), max(x1), max(bottom)))

    def section(self, offset: int) -> str:
        """The section of the passage that holds an offset, or of the last one before it."""
        at = bisect_right(self.passages, offset, key=lambda passage: passage.start) - 1
        return self.passages[at].section if at >= 0 else "header"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that could not be read; ``id`` is ``None`` when not even its bytes could be had."""

    id: str | None
    path: str
    problems: tuple[Problem, ...]
