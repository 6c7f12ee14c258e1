"""Hidden text: what of the unseen text of a document is an entry, and what is only a fact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from forensics.documents.document import Box, Fact, Hidden, Line
from forensics.documents.lookalikes import may_be_odd, odd_words

_SHORT_LETTERS = 16  # a run with fewer is left over and hidden by nobody …
_SHORT_WORDS = 3
_ALL_LETTERS = 60  # … unless all such runs of a document have so many
_INNOCENT = ("pictured", "overlaid", "unknown")
_REPEATED = 0.8  # share of the word triples of an unseen text that the visible text has as well
_PIECE = 4  # letters of a piece that is looked for as it is
_MARK = re.compile(
    r"(?:powered|created|generated|made|printed|converted|produced) (?:by|with|using|from|in|on)\b.{0,60}"
    r"|(?:https?|www)\b\S*(?: \S+){0,6}|.{0,60}\bphoto(?:s|graphs?)?\b.{0,60}",
    re.IGNORECASE | re.DOTALL,
)
"""What programs and forms leave behind: their own names, the address of a page, a place for a photograph."""

_SHOWN = 200  # characters of an unseen text that a fact quotes
_SLIP = re.compile(r"[\x80-\x9f‘’“”\"'(•–—-]")
_SPACELESS = re.compile(r"\S+")
_WORD = re.compile(r"\w+")

NAMED = {
    "white_text": "in the colour of its ground",
    "tiny_text": "too small to be read",
    "invisible_render_mode": "in a mode that paints nothing",
    "transparent": "transparent",
    "clipped": "outside of its clip path",
    "off_page": "outside of the page",
    "covered": "under something else",
    "optional_content_off": "in a layer that is switched off",
    "vanish": "marked as hidden",
    "zero_size": "in a box or row without size",
    "text_layer_mismatch": "not what the page shows",
    "zero_width": "written in characters without width",
    "homoglyphs": "in letters of another script that look alike",
    "overlaid": "under a box that has slipped over it",
    "unknown": "not drawn",
    "pictured": "the text layer of a picture",
}
"""Reasons in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Text that a reader of the page does not see; whether somebody hid it is another question.

    ``pieces`` are the strings that it was written in, where the file tells.
    """

    text: str
    why: str
    page: int | None = None
    bbox: Box | None = None
    where: str | None = None
    pieces: tuple[str, ...] = ()

    @property
    def letters(self) -> int:
        """How many letters and digits it has."""
        return sum(char.isalnum() for char in self.text)


def settle(found: Sequence[Unseen], visible: Iterable[str], format: str) -> tuple[list[Hidden], list[Fact]]:
    """Entries and facts of a document of ``format``.

    Facts are what nobody hid: a few characters that a writer left over, glyphs that a font does not hold,
    the text layer of a picture, and text that the page shows as well (shadows, pages cut in two).
    ``visible`` are the pieces of text that are seen.
    """
    left: list[Unseen] = []
    kept: list[Unseen] = []
    seen: _Seen | None = None
    for each in found:
        if each.why not in _INNOCENT and each.letters:
            seen = seen or _Seen(visible)
            if not seen.has(each) and not _MARK.fullmatch(each.text.strip()):
                kept.append(each)
                continue
        left.append(each)
    if sum(each.letters for each in kept) < _ALL_LETTERS:
        left += [each for each in kept if _is_short(each)]
        kept = [each for each in kept if not _is_short(each)]
    entries = [
        Hidden(text=each.text, why=each.why, page=each.page, bbox=each.bbox, where=each.where)
        for each in kept
    ]
    return entries, [_fact(each, format) for each in left if each.letters]


def _is_short(unseen: Unseen) -> bool:
    return unseen.letters < _SHORT_LETTERS or len(_words(unseen.text)) < _SHORT_WORDS


def _fact(unseen: Unseen, format: str) -> Fact:
    name = "text_layer_of_picture" if unseen.why == "pictured" else "unseen_text"
    said = unseen.text[:_SHOWN] + ("…" if len(unseen.text) > _SHOWN else "")
    return Fact(
        name=f"{format}.{name}",
        value=f"{unseen.letters} letters {NAMED[unseen.why]}: {said}",
        where=unseen.where or f"page {unseen.page}",
        page=unseen.page,
        bbox=unseen.bbox,
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _triples(words: Iterable[str]) -> Counter[tuple[str, ...]]:
    """How often each run of one, two and three words is there."""
    listed = list(words)
    return Counter(
        tuple(listed[at : at + size]) for size in (1, 2, 3) for at in range(len(listed) - size + 1)
    )


def _says_twice(piece: str) -> bool:
    """Whether three words in a row come again."""
    return any(len(each) == 3 and count > 1 for each, count in _triples(_words(piece)).items())


class _Seen:
    """The text that is seen: does it say what an unseen one says?"""

    def __init__(self, visible: Iterable[str]) -> None:
        words = [word for piece in visible for word in _words(piece)]
        self._runs = _triples(words)
        self._letters = "".join(words).replace("_", "")

    def has(self, unseen: Unseen) -> bool:
        """Whether it says the same, in runs of words or letter by letter."""
        words = _words(unseen.text)
        size = min(3, len(words))
        if not size:
            return True
        own = Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1))
        both = sum(min(count, 2 * self._runs[each]) for each, count in own.items())
        if both >= _REPEATED * own.total():
            return True
        if unseen.why != "text_layer_mismatch":
            return False
        slips = sum(
            _SLIP.match(piece) is not None or unseen.pieces.count(piece) > 1 or _says_twice(piece)
            for piece in unseen.pieces
        )
        if slips and 2 * slips >= len(unseen.pieces):
            return True  # a writer that says of each glyph of a run what the whole run says
        pieces = ["".join(_words(piece)) for piece in unseen.pieces]
        long = [piece for piece in pieces if len(piece) >= _PIECE]
        return (
            len(long) > 0
            and sum(map(len, long)) >= _REPEATED * sum(map(len, pieces))
            and all(piece in self._letters for piece in long)
        )


def odd_entries(text: str) -> tuple[Hidden, ...]:
    """The words of a plain text that hide something, each with its place."""
    if not may_be_odd(text):
        return ()
    words = [match for match in _SPACELESS.finditer(text) if may_be_odd(match[0])]
    return tuple(
        Hidden(text=odd.text, why=odd.why, start=words[odd.number].start(), end=words[odd.number].end())
        for odd in odd_words([match[0] for match in words])
    )


def located(entries: Sequence[Hidden], text: str, lines: Sequence[Line]) -> tuple[Hidden, ...]:
    """The entries with ``start`` and ``end`` in ``text``, where it has their words in one piece."""
    found = []
    for entry in entries:
        words = [re.escape(word) for word in entry.text.split()]
        match = None
        if words and len(words) < 2_000 and entry.start is None:
            pattern = re.compile(r"\s+".join(words))
            first = next((line.start for line in lines if line.page == entry.page), 0)
            match = pattern.search(text, first) or pattern.search(text)
        found.append(replace(entry, start=match.start(), end=match.end()) if match is not None else entry)
    return tuple(found)
