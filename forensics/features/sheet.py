"""The working paper of entity reading: the text as rows, and which of its characters are read already."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from forensics.documents.document import Document
from forensics.documents.sections import heading_section
from forensics.features.confidence import confidence
from forensics.features.features import Entity

_BULLET = re.compile(r"\s*(?:[•‣⁃◦∙▪▫■□▸►▹▶➢➤➔✓✔✗✦✧❖○●◆◇★☆»·\uf0b7\uf0a7]+|[*+‐‑–—-](?=\s)|o(?=\s))\s*")
_NEWLINES = re.compile(r"[^\r\n\f\v\u2028\u2029]+")
BLANK = "\x00"
"""Stands in :attr:`Sheet.masked` for every character that is read already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the text, ``[start, end)`` without blanks at its ends.

    ``gap``: a blank line stands above it; ``first``: it opens its passage; ``bullet``: that passage is a
    list item; ``page`` counts from 1 (1 where a format has none); ``height`` is its box's, in points.
    """

    index: int
    start: int
    end: int
    text: str
    section: str
    heading: bool
    gap: bool
    first: bool
    bullet: bool
    page: int
    height: float


class Sheet:
    """A document being read: :meth:`take` a span once, and later rules do not see it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.rows = _rows(document)
        self.entities: list[Entity] = []
        self._starts = [row.start for row in self.rows]
        self._in_row: dict[int, list[Entity]] = {}
        self._chars = list(document.text)
        self._masked: str | None = document.text

    @property
    def masked(self) -> str:
        """The text with what is read already blanked; offsets are those of the text. Dear after each take."""
        if self._masked is None:
            self._masked = "".join(self._chars)
        return self._masked

    def unread(self, start: int, end: int) -> str:
        """What :attr:`masked` holds at ``[start, end)``."""
        return "".join(self._chars[max(0, start) : end])

    def row(self, offset: int) -> Row:
        """The row that holds the offset, or the last before it."""
        return self.rows[max(0, bisect_right(self._starts, offset) - 1)]

    def rest(self, row: Row) -> str:
        """What is unread of a row, blanked where read; as long as the row."""
        return self.unread(row.start, row.end)

    def take(
        self, label: str, start: int, end: int, value: str, rule: str, others: tuple[str, ...] = ()
    ) -> bool:
        """Read ``[start, end)`` as an entity; false when a part of it is read already or nothing is in it.

        ``others`` are the values that were weighed beside, best first.
        """
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        if start >= end or BLANK in self._chars[start:end]:
            return False
        entity = Entity(
            label=label,
            start=start,
            end=end,
            text=self.text[start:end],
            value=value,
            rule=rule,
            confidence=confidence(rule),
            alternatives=others,
        )
        self.entities.append(entity)
        self._in_row.setdefault(self.row(start).index, []).append(entity)
        self._chars[start:end] = BLANK * (end - start)
        self._masked = None
        return True

    def in_row(self, row: Row, *labels: str) -> list[Entity]:
        """Entities of these labels that begin in a row; of any label where none is given."""
        found = self._in_row.get(row.index, ())
        return [entity for entity in found if not labels or entity.label in labels]


def _rows(document: Document) -> tuple[Row, ...]:
    text = document.text
    passages = document.passages
    heads = [passage.start for passage in passages]
    bullets = [bool(_BULLET.match(text, passage.start)) for passage in passages]
    rows: list[Row] = []
    section = "header"
    last = -1
    before = 0
    for start, end, page, height in _lines(document):
        content = text[start:end]
        found = heading_section(content)
        at = bisect_right(heads, start) - 1
        if at >= 0:
            section = passages[at].section
            first, bullet, last = at != last, bullets[at], at
            page = page or passages[at].page
        else:
            section = found or section
            first, bullet = True, bool(_BULLET.match(content))
        rows.append(
            Row(
                index=len(rows),
                start=start,
                end=end,
                text=content,
                section=section,
                heading=found is not None,
                gap=bool(rows) and len(re.findall(r"\r\n|\n|\r|\f", text[before:start])) > 1,
                first=first,
                bullet=bullet,
                page=page or 1,
                height=height,
            )
        )
        before = end
    return tuple(rows)


def _lines(document: Document) -> list[tuple[int, int, int | None, float]]:
    """Start, end, page and height of each line; two with nothing between (a divided word) are one."""
    found: list[tuple[int, int, int | None, float]] = []
    if not document.lines:
        for match in _NEWLINES.finditer(document.text):
            content = match[0].strip(" \t\u00a0\ufeff")
            if content:
                start = match.start() + match[0].index(content)
                found.append((start, start + len(content), None, 0.0))
        return found
    for line in document.lines:
        height = line.bbox[3] - line.bbox[1] if line.bbox else 0.0
        if found and found[-1][1] == line.start:
            start, _, page, above = found.pop()
            found.append((start, line.end, page, max(above, height)))
        else:
            found.append((line.start, line.end, line.page, height))
    return found
