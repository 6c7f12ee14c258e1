"""Hidden text: what of the unseen text of a document is an entry, and what is only a fact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from forensics.documents.document import Box, Fact, Hidden, Line
from forensics.documents.labels import is_form_end, is_left_behind, without_label, without_placeholders
from forensics.documents.lookalikes import may_be_odd, odd_words

_SHORT_LETTERS = 16  # a run with fewer is left over and hidden by nobody …
_SHORT_WORDS = 3
_ALL_LETTERS = 60  # … unless all such runs of a document, each counted once, have so many
_INNOCENT = ("pictured", "overlaid", "unknown")
_REPEATED = 0.8  # share of the word triples of an unseen text that the visible text has as well
_PIECE = 4  # letters of a piece that is looked for as it is
_LONG_PIECE = 8  # letters of one that is no accident, wherever it is found
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
        return _letters(self.text)


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
            if not seen.has(each) and not _is_mark(each):
                kept.append(each)
                continue
        left.append(each)
    if sum(map(_letters, {" ".join(_own_words(each)) for each in kept})) < _ALL_LETTERS:
        left += [each for each in kept if _is_short(each)]
        kept = [each for each in kept if not _is_short(each)]
    entries = [
        Hidden(text=each.text, why=each.why, page=each.page, bbox=each.bbox, where=each.where)
        for each in kept
    ]
    return entries, [_fact(each, format) for each in left if each.letters]


def _is_short(unseen: Unseen) -> bool:
    words = _own_words(unseen)
    return _letters(" ".join(words)) < _SHORT_LETTERS or len(words) < _SHORT_WORDS


def _is_mark(unseen: Unseen) -> bool:
    return is_left_behind(unseen.text) or (unseen.why == "vanish" and is_form_end(unseen.text))


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)


def _own_words(unseen: Unseen) -> list[str]:
    """The words of an unseen text that are no label of an icon and no placeholder of a template."""
    text = without_placeholders(unseen.text)
    return without_label(text) if unseen.why == "text_layer_mismatch" else _words(text)


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
        words = _own_words(unseen)
        size = min(3, len(words))
        if not size:
            return True
        if any(map(self._has_all, (unseen.text.split("\n"), [" ".join(words)], unseen.text.split()))):
            return True
        own = Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1))
        both = sum(min(count, 2 * self._runs[each]) for each, count in own.items())
        if both >= _REPEATED * own.total() and not self._adds(words):
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

    def _has_all(self, pieces: Sequence[str]) -> bool:
        """Whether all pieces are long and seen, letter by letter, none of them much more often than once."""
        letters = [said for piece in pieces if (said := "".join(_words(piece)).replace("_", ""))]
        return len(letters) <= 2 * len(set(letters)) and all(
            len(said) >= _LONG_PIECE and said in self._letters for said in letters
        )

    def _adds(self, words: Sequence[str]) -> bool:
        """Whether a stretch of ``words`` that is nowhere seen would be an entry by itself."""
        run: list[str] = []
        for at, word in enumerate([*words, ""]):
            if word and not any(self._runs[each] for each in _pairs_at(words, at)):
                run.append(word)
                continue
            if len(run) >= _SHORT_WORDS and _letters("".join(run)) >= _SHORT_LETTERS:
                return True
            run = []
        return False


def _pairs_at(words: Sequence[str], at: int) -> list[tuple[str, ...]]:
    """The word at a place with the one before it, and with the one after it."""
    return [
        tuple(words[first : first + 2]) for first in (at - 1, at) if first >= 0 and first + 2 <= len(words)
    ]


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
