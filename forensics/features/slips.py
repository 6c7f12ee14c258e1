"""Slips of the pen: words that are no word of any language we know and one keystroke from a frequent one.

Also products written in a way that nobody else writes them. One slip says nothing; the same rare slips in
two files say that one text, or one hand, is behind both. A slip that people all over the world make is told as
such (``usual``). A word of another language, another English spelling, the name of a program are none.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forensics.features.features import Exhibit
from forensics.features.gazetteers import product_spellings, program_names, usual_slips
from forensics.features.tokens import never_slots

LEAST_LETTERS = 7
"""Shorter words have too many neighbours."""

FREQUENT = 400
"""So often the word that was meant stands in the word list: rare words are no likely meaning."""

ENGLISH = (3, 0.75)
"""A slip stands in a line with so many English words beside it, and this share of all its others …"""

_NEAR = 12
"""… looking so many words back and ahead."""

_SPELLINGS = (
    ("augh", "af"), ("ough", "ow"), ("is", "iz"), ("iz", "is"), ("ys", "yz"), ("our", "or"), ("or", "our"),
    ("re", "er"), ("er", "re"),
    ("ae", "e"), ("oe", "e"), ("ogue", "og"), ("og", "ogue"), ("sc", "sk"), ("ll", "l"), ("l", "ll"), ("ence", "ense"),
    ("ense", "ence"), ("mme", "m"), ("ce", "se"), ("se", "ce"), ("pp", "p"), ("ise", "ize"), ("ue", ""), ("que", "ck"),
)  # fmt: skip
_OTHERS = ("es", "fr", "de", "pt", "it", "nl")
_ENDINGS = ("s", "d", "r", "y", "n", "e")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip at ``[start, end)`` of the text; ``token`` is how it is compared, ``meant`` what was likely meant.

    ``usual`` if so many people make it that two of them need not know each other.
    """

    token: str
    meant: str
    start: int
    end: int
    usual: bool


def slips(exhibit: Exhibit) -> list[Slip]:
    """The slips of a document in English, each token once, in the order of the text.

    Only words in small letters that are no slots, in a line that is English apart from them: a name
    or a foreign word is never one.
    """
    if exhibit.document.language not in (None, "en"):
        return []
    text, tokens = exhibit.document.text, exhibit.features.tokens
    found: dict[str, Slip] = {}
    rows = zip(tokens.words, tokens.masks, tokens.starts, tokens.ends, strict=True)
    for at, (word, mask, start, end) in enumerate(rows):
        written = text[start:end]
        odd = _product(word, written)
        if odd is not None:
            usual = _guessed(odd, written)
            found.setdefault(written, Slip(token=written, meant=odd, start=start, end=end, usual=usual))
        elif not mask.startswith("<") and written.islower() and _alone(text, start, end):
            meant = likely_meant(word)
            if meant is not None and _is_english(exhibit, at):
                usual = word in usual_slips()
                found.setdefault(word, Slip(token=word, meant=meant, start=start, end=end, usual=usual))
    return list(found.values())


def misspelt(exhibit: Exhibit) -> set[str]:
    """All words of a document, however they stand in it, that would be slips in running text.

    With these a slip is counted: who begins a sentence with it, or has it in a heading or a name, has it too.
    """
    text, tokens = exhibit.document.text, exhibit.features.tokens
    found = set()
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        if _product(word, text[start:end]) is not None:
            found.add(text[start:end])
        elif likely_meant(word) is not None:
            found.add(word)
    return found


def _is_english(exhibit: Exhibit, at: int) -> bool:
    """Whether the line around the token ``at`` is English, slots and what could be slips left out.

    A word that another language uses more often, as ``de`` or ``si``, speaks for neither.
    """
    text, tokens, known, others = exhibit.document.text, exhibit.features.tokens, 0, 0
    start = text.rfind("\n", 0, tokens.starts[at]) + 1
    end = text.find("\n", tokens.ends[at])
    for near in range(bisect_left(tokens.starts, start), len(tokens)):
        word = tokens.words[near]
        if tokens.starts[near] >= end >= 0:
            break
        if abs(near - at) > _NEAR or tokens.masks[near].startswith("<") or not word.isalpha():
            continue
        if likely_meant(word) is not None:
            continue
        count = _words("en").get(word, 0)
        if not count:
            others += 1
        elif count >= max(_words(each).get(word, 0) for each in _OTHERS):
            known += 1
    least, share = ENGLISH
    return known >= least and known >= share * (known + others)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the word is no part of an address, a path, a compound or a word divided at the end of a line."""
    before, after = text[start - 1 : start], text[end : end + 1]
    follows = text[end + 1 : end + 2]
    return before not in ("-", "/", "@", ".", "_", "\\", "#", "\n-") and not (
        after in ("-", "@", "/", "_", "\\", "\u00ad") or (after == "." and follows.isalnum())
    )


def _guessed(spelled: str, written: str) -> bool:
    """Whether the capitals are those that people guess: ``MariaDb``, ``PowerBi``, ``IPhone``.

    That is capitals where the product has them too, at the beginning, or after a run of them.
    """
    own = {at for at, letter in enumerate(spelled) if letter.isupper()}
    runs = {at + 1 for at in own if at - 1 in own and at + 1 not in own}
    return {at for at, letter in enumerate(written) if letter.isupper()} <= own | runs | {0}


def _product(word: str, written: str) -> str | None:
    """How a product is spelled, if this is an odd way of writing it: capitals inside, and others than its own."""
    spelled = product_spellings().get(word)
    if spelled is None or written in (spelled, spelled.lower(), spelled.upper(), spelled.capitalize()):
        return None
    return spelled


@cache
def likely_meant(word: str) -> str | None:
    """The frequent English word one keystroke away, of a word that no list knows; else ``None``."""
    if len(word) < LEAST_LETTERS or not word.isascii() or not word.isalpha():
        return None
    if word in never_slots() or word in program_names() or word.endswith("js"):
        return None
    english = _words("en")
    if word in english or _inflected(word, english) or any(each in english for each in _variants(word)):
        return None
    best = max(_neighbours(word), key=lambda each: english.get(each, 0), default=None)
    if best is None or english.get(best, 0) < FREQUENT or any(word in _words(each) for each in _OTHERS):
        return None
    return best


def _inflected(word: str, english: dict[str, int]) -> bool:
    """Whether it is a known word with a beginning or ending that word lists often lack, or two words in one."""
    for ending in (
        "s",
        "es",
        "ed",
        "d",
        "ing",
        "er",
        "ers",
        "ly",
        "able",
        "less",
        "ness",
        "ize",
        "ized",
        "izing",
    ):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 3 and (stem in english or stem + "e" in english):
            return True
    for beginning in (
        "re",
        "un",
        "non",
        "pre",
        "co",
        "sub",
        "over",
        "under",
        "micro",
        "multi",
        "inter",
        "auto",
    ):
        if word.startswith(beginning) and word[len(beginning) :] in english:
            return True
    return any(
        english.get(word[:at], 0) >= FREQUENT and english.get(word[at:], 0) >= FREQUENT
        for at in range(3, len(word) - 2)
    )


def _variants(word: str) -> Iterator[str]:
    """The same word as spelled elsewhere in the English-speaking world: no slip, and nobody's business."""
    for each in _respelled(word):
        yield each
        yield from _respelled(each)


def _respelled(word: str) -> Iterator[str]:
    """The word with one of its letters or groups of letters as elsewhere, each place by itself."""
    for one, other in _SPELLINGS:
        at = word.find(one)
        while at >= 0:
            yield word[:at] + other + word[at + len(one) :]
            at = word.find(one, at + 1)


def _neighbours(word: str) -> Iterator[str]:
    """Words from which this one comes by a letter dropped, doubled, swapped with the next, or hit beside.

    The first letter stays, and so does the ending: ``clouds`` is no slip of ``cloud``.
    """
    letters = "abcdefghijklmnopqrstuvwxyz"
    last = len(word)
    for at in range(1, last):
        for letter in letters:
            yield word[:at] + letter + word[at:]  # one was dropped
            if at < last - 1 and letter != word[at]:
                yield word[:at] + letter + word[at + 1 :]
        if at < last - 1:
            yield word[:at] + word[at + 1 :]  # one too many
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for letter in letters:
        if letter not in _ENDINGS:
            yield word + letter


@cache
def _words(language: str) -> dict[str, int]:
    """Word → how often it stands in subtitles and books, as ``pyspellchecker`` has it (MIT License)."""
    import spellchecker

    file = Path(spellchecker.__file__).parent / "resources" / f"{language}.json.gz"
    told: dict[str, int] = json.loads(gzip.decompress(file.read_bytes()))
    return told
