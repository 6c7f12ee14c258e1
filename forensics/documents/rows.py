"""Rows: printed lines before they are a text, and the text made of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from forensics.documents.document import Box, Line

BULLETS = "•‣⁃◦∙▪▫■□▸►▹▶➢➤➔✓✔✗✦✧❖○●◆◇★☆»·"
"""Glyphs that open a list item wherever they stand first on a line."""

BULLET = re.compile(rf"[{BULLETS}]+\s*|(?:[*+‐‑–—-]|o|§)\s+(?=\S)|\(?(?:\d{{1,2}}|[a-z])[.)]\s+(?=\S)")
"""What opens a list item: a glyph, a dash or star and a space, ``1.`` or ``a)``."""

_WORD = re.compile(r"\w+(?:-\w+)*")
_WORD_START = re.compile(r"[^\W\d_]+")
_WORD_END = re.compile(r"([^\W\d_]+)[-\u00ad]$")
_COMPOUND = frozenset(
    (
        "all anti back best co cross data de dual e end ex fast first fault five four front "
        "full half hands hard high in inter io key large long low lower mid mission multi "
        "near net new next non object off on one open part peer pre problem re real role "
        "second self semi service single six small soft state sub team ten test third three "
        "time top two ultra under up user well wide work world"
    ).split()
)
_SECOND = frozenset(
    (
        "based driven end oriented level time year term wide related specific ready scale "
        "side facing functional friendly focused performance party stack platform house site "
        "date effective efficient minded solving making building quality paced free able "
        "hand on off up to of in"
    ).split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One printed line.

    ``block`` numbers the column, cell or paragraph it stands in: rows of different blocks are never one
    passage. ``left`` and ``right`` are its ends and ``edge`` the right edge of its block, in points (or
    characters); ``base`` is the height of its baseline from the page's top and ``size`` its font size, 0
    where a format has none. ``whole`` says that the row is a paragraph of its own by the file's own words.
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

    @property
    def bullet(self) -> bool:
        """Whether the row opens a list item."""
        return BULLET.match(self.text) is not None


_OPEN = re.compile(
    r"(?:\b(?:of|and|the|for|in|at|with|to|from|by|on|de|del|la|or|a|an|our|their)|&|[^\W\d_]{2}-)$"
)


def is_open(text: str) -> bool:
    """Whether a line breaks off: it ends in a word or a hyphen that something has to follow."""
    return _OPEN.search(text) is not None


def fills(before: Row, row: Row) -> bool:
    """Whether the first word of ``row`` would not have fitted on the line before it."""
    word = row.text.split(None, 1)[0]
    width = (row.right - row.left) * (len(word) + 1) / max(1, len(row.text))
    return before.right + width > before.edge


def typeset(rows: Sequence[Row]) -> tuple[str, tuple[Line, ...]]:
    """The text of ``rows`` and where each of them stands in it.

    Rows are joined by a newline, blocks by a blank line. A word divided by a hyphen at the end of a row
    is made whole: nothing stands between two such lines in the text. A soft hyphen (U+00AD) at the end of
    a row goes; a hard one stays where the compound is known or stands in the text elsewhere.
    """
    vocabulary = Counter(word for row in rows for word in _WORD.findall(row.text.lower()))
    pieces: list[str] = []
    lines: list[Line] = []
    at = 0
    for index, row in enumerate(rows):
        text = row.text
        after = rows[index + 1] if index + 1 < len(rows) else None
        divided = after is not None and after.block == row.block and _divides(text, after.text)
        if text.endswith("\u00ad"):
            text = text[:-1] if divided else text[:-1] + "-"
        elif after is not None and divided and not _keeps_hyphen(text, after.text, vocabulary):
            text = text[:-1]
        lines.append(Line(start=at, end=at + len(text), page=row.page, bbox=row.bbox))
        gap = "" if after is None or divided else "\n" if after.block == row.block else "\n\n"
        pieces += (text, gap)
        at += len(text) + len(gap)
    return "".join(pieces), tuple(lines)


def _divides(text: str, after: str) -> bool:
    end, start = _WORD_END.search(text), _WORD_START.match(after)
    return bool(end and start and after[0].islower() and (len(end[1]) > 1 or end[1].lower() in _COMPOUND))


def _keeps_hyphen(text: str, after: str, vocabulary: Counter[str]) -> bool:
    end, start = _WORD_END.search(text), _WORD_START.match(after)
    if end is None or start is None:
        return True
    head, tail = end[1].lower(), start[0].lower()
    if head + tail in vocabulary:
        return False
    if f"{head}-{tail}" in vocabulary or head in _COMPOUND or tail in _SECOND:
        return True
    return vocabulary[head] > 1 and vocabulary[tail] > 1  # both are words that stand elsewhere alone
