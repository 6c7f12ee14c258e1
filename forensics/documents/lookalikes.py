"""Characters that nobody sees or that look like others: zero width, tags, letters of another script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CYRILLIC = "аеорсухіјѕһԁԛԝАВЕЅІЈКМНОРСТУХҮԌ"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲϳ"
_OTHERS = "օսցհɡɑᴏꜱⅼ"
_ALIKE = frozenset(_CYRILLIC + _GREEK + _OTHERS)
_WIDTHLESS = "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\u180e\ufeff"
_INSIDE = re.compile("(?<=[A-Za-z])[\u200b\u2060-\u2064\u180e\ufeff]+(?=[A-Za-z])")
_ROW = re.compile(f"[{_WIDTHLESS}]{{8,}}")
_TAGS = re.compile("[\U000e0020-\U000e007e]{4,}(?!\U000e007f)")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
_ODD = re.compile(f"[{_WIDTHLESS}\ufe00-\ufe0f\U000e0020-\U000e01ef{''.join(sorted(_ALIKE))}]")
_WORDS = 3  # different words with foreign letters, or with characters of no width inside, that are no slip
_BROKEN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """A word, by its number in what was given, what is hidden in it and how."""

    number: int
    text: str
    why: str


def odd_words(words: Sequence[str]) -> list[Odd]:
    """Words (as the file has them) that hide something from the eye or from the machine.

    ``zero_width``: text written in Unicode tags, rows of variation selectors or of characters without
    width, which carry what nobody sees; and Latin words cut by characters without width, if at least
    five differ. ``homoglyphs``: Latin words with letters of another script that look alike, if at least
    three differ: a keyboard that was switched makes one or two.
    """
    found: list[Odd] = []
    mixed: list[Odd] = []
    broken: list[Odd] = []
    for number, word in enumerate(words):
        if not may_be_odd(word):
            continue
        for text in _carried(word):
            found.append(Odd(number=number, text=text, why="zero_width"))
        if _is_broken(word):
            broken.append(Odd(number=number, text=word, why="zero_width"))
        if _is_mixed(word):
            mixed.append(Odd(number=number, text=word, why="homoglyphs"))
    if len({each.text.casefold() for each in broken}) >= _BROKEN:
        found += broken
    if len({each.text.casefold() for each in mixed}) >= _WORDS:
        found += mixed
    return found


def may_be_odd(text: str) -> bool:
    """Whether ``text`` has any of the characters that are looked for."""
    return not text.isascii() and _ODD.search(text) is not None


def _carried(word: str) -> Iterator[str]:
    for match in _TAGS.finditer(word):
        yield "".join(chr(ord(char) - 0xE0000) for char in match[0])
    for match in _ROW.finditer(word):
        if (
            len(set(match[0])) > 1
        ):  # a row of one and the same says nothing, it only takes the place of blanks
            yield f"{len(match[0])} characters without width in a row"
    for match in _SELECTORS.finditer(word):
        yield f"{len(match[0])} variation selectors in a row"


def _is_broken(word: str) -> bool:
    """Whether a word is cut into few parts, one of them too short for a word: else it stands for blanks."""
    parts = _INSIDE.split(word)
    return 1 < len(parts) < 4 and min(map(len, parts)) <= 3


def _is_mixed(word: str) -> bool:
    """Whether a Latin word has letters of another script, and only such as look Latin."""
    for part in re.findall(r"[^\W\d_]+", word):
        foreign = [char for char in part if not char.isascii()]
        alike = sum(char in _ALIKE for char in foreign)
        if alike and alike == len(foreign) and len(part) - alike > 0:
            return True
    return False
