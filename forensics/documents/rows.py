"""Rows: printed lines before they are a text, and the text made of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from forensics.documents.document import Box, Line
from forensics.documents.hyphens import Hyphens, divides

BULLETS = "•‣⁃◦∙▪▫■□▸►▹▶➢➤➔✓✔✗✦✧❖○●◆◇★☆»·"
"""Glyphs that open a list item wherever they stand first on a line."""

BULLET = re.compile(rf"[{BULLETS}]+\s*|(?:[*+‐‑–—-]|o|§)\s+(?=\S)|\(?(?:\d{{1,2}}|[a-z])[.)]\s+(?=\S)")
"""What opens a list item: a glyph, a dash or star and a space, ``1.`` or ``a)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One printed line.

    ``block`` numbers the column, cell or paragraph it stands in: rows of different blocks are never one
    passage. ``left`` and ``right`` are its ends and ``edge`` the right edge of its block, in points (or
    characters); ``base`` is the height of its baseline from the page's top and ``size`` its font size, 0
    where a format has none. ``whole`` says that the row is a paragraph of its own by the file's own words, and
    ``where`` which one (``word/document.xml, paragraph 3``).
    """

    text: str
    block: int
    page: int | None = None
    bbox: Box | None = None
    left: float = 0.0
    right: float = 0.0
    edge: float = 0.0
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    heading: bool = False
    whole: bool = False
    where: str | None = None

    @property
    def bullet(self) -> bool:
        """Whether the row opens a list item."""
        return BULLET.match(self.text) is not None


_OPEN = re.compile(
    r"(?:\b(?:of|and|the|for|in|at|with|to|from|by|on|de|del|la|or|a|an|our|their)|&|[^\W\d_]{2}-)$"
)


def is_open(text: str) -> bool:
    """Whether a line breaks off: it ends in a word or a hyphen that something has to follow."""
    return _OPEN.search(text[-16:]) is not None


def fills(before: Row, row: Row) -> bool:
    """Whether the first word of ``row`` would not have fitted on the line before it."""
    word = row.text.split(None, 1)[0]
    width = (row.right - row.left) * (len(word) + 1) / max(1, len(row.text))
    return before.right + width > before.edge


def usual_size(rows: Sequence[Row]) -> float:
    """The size that most letters have; 0 where a format has none."""
    weights: Counter[float] = Counter()
    for row in rows:
        weights[row.size] += len(row.text)
    return max(weights, key=lambda size: weights[size], default=0.0)


def is_title(before: Row, row: Row, usual: float) -> bool:
    """Whether two rows are one title, set in large letters, that did not fit on one line."""
    return (
        before.block == row.block
        and usual > 0
        and before.size > 1.35 * usual
        and abs(before.size - row.size) < 0.1
        and row.base - before.base <= 1.5 * row.size
    )


def typeset(rows: Sequence[Row]) -> tuple[str, tuple[Line, ...]]:
    """The text of ``rows`` and where each of them stands in it.

    Rows are joined by a newline, the lines of a title by a blank, blocks by a blank line. A word divided by
    a hyphen at the end of a row is made whole: nothing stands between two such lines in the text.
    ``hyphens.py`` decides whether its hyphen stays.
    """
    hyphens = Hyphens([(row.text, row.block) for row in rows])
    usual = usual_size(rows)
    pieces: list[str] = []
    lines: list[Line] = []
    at = 0
    for index, row in enumerate(rows):
        text = row.text
        after = rows[index + 1] if index + 1 < len(rows) else None
        divided = after is not None and after.block == row.block and divides(text, after.text)
        if text.endswith(("-", "\u2010", "\u00ad")):
            soft = text.endswith("\u00ad")
            keep = not divided or after is None or (not soft and hyphens.keep(text, after.text))
            text = text[:-1] + "-" * keep
        lines.append(Line(start=at, end=at + len(text), page=row.page, bbox=row.bbox))
        if after is None or divided:
            gap = ""
        elif after.block != row.block:
            gap = "\n\n"
        else:
            gap = " " if is_title(row, after, usual) else "\n"
        pieces += (text, gap)
        at += len(text) + len(gap)
    return "".join(pieces), tuple(lines)
