"""Text → the words of names as they are compared: small letters, no accents, one word for its short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from forensics.features.romanisation import plain, skeleton
from forensics.settings import data_folder

LEGAL = "§"
"""Stands for every legal form ("Co., Ltd.", "LLC"), several in a row are one."""
BARRIER = "\n"
"""Stands where no name goes on: the end of a sentence or of a passage, a tab, a bar."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WORD = re.compile(
    rf"(?:[A-Za-z]\.){{2,}}[A-Za-z]?(?![A-Za-z])|[{_CJK}]|(?:[^\W_{_CJK}][\u0300-\u036f]*)+"
    rf"(?:['’‘`´ʼʻ]+(?:[^\W_{_CJK}][\u0300-\u036f]*)+)*"
)
_STOP = frozenset({"of", "the", "and", "for"})
_NG = re.compile(r"nk(?=[aeiouyw])")
_NGS = 4
_HARD = re.compile(r"[|;\t•·▪●◦]|\s[-–—]\s|\n\s*\n|:\s")
_SENTENCE = re.compile(r"[.!?][\"')\]]*\s+[\"'(\[]*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a text: how it is compared, ``[start, end)`` in the text, whether it begins with a capital."""

    said: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The lists of corpora/lists/institutions/words.txt; ``kinds`` maps a word to its class."""

    legal: frozenset[str]
    same: dict[str, str]
    kinds: dict[str, str]
    generic: frozenset[str]
    ordinary: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The words that do not tell one institution from another, read once."""
    file = data_folder("corpora") / "lists" / "institutions" / "words.txt"
    parts: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            part = parts.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            part.append(line)
    kinds = {}
    for line in parts["kinds"]:
        named, words = line.split(": ")
        kinds.update(dict.fromkeys(words.split(), named))
    fields = frozenset(" ".join(parts["fields"]).split())
    return Vocabulary(
        legal=frozenset(" ".join(parts["legal"]).split()),
        same=dict(pair.split("=") for pair in " ".join(parts["same"]).split()),
        kinds=kinds,
        generic=fields | kinds.keys(),
        ordinary=frozenset(" ".join(parts["ordinary"]).split()),
    )


@lru_cache(maxsize=65_536)
def said(word: str) -> str:
    """How a word is compared: ``Univ`` as ``university``, ``Co`` as :data:`LEGAL`, ``of`` as nothing."""
    known = vocabulary()
    found = plain(word.replace(".", "")) if "." in word else plain(re.sub(r"['’][sS]$", "", word))
    if found in _STOP:
        return ""
    if found in known.legal:
        return LEGAL
    found = known.same.get(found, found)
    if len(found) > 3 and found.endswith("s"):
        for single in (f"{found[:-3]}y" if found.endswith("ies") else found[:-1], found[:-2]):
            single = known.same.get(single, single)
            if single in known.generic:
                return single
    return found


def words(text: str) -> Iterator[Word]:
    """Every word of the text that is compared, in order; legal forms in a row are one word."""
    held: Word | None = None
    for match in _WORD.finditer(text):
        found = said(match[0])
        if not found:
            continue
        first = match[0][0]
        capital = first.isupper() or first.isdigit() or not first.islower()
        start = match.start()
        if held is not None and found == held.said == LEGAL:
            start, capital = held.start, held.capital
        elif held is not None:
            yield held
        held = Word(said=found, start=start, end=match.end(), capital=capital)
    if held is not None:
        yield held


def parted(text: str, before: Word, word: Word) -> bool:
    """Whether between the two words of the text a name has ended."""
    between = text[before.end : word.start]
    if _HARD.search(between):
        return True
    if not (word.capital and _SENTENCE.search(between)) or before.said == LEGAL:
        return False
    return before.end - before.start > 3 and plain(text[before.start : before.end]) not in vocabulary().same


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """The word as it is compared for Korean names: a generic word in marks, any other as its skeleton."""
    return f"_{word}_" if word == LEGAL or word in vocabulary().generic else skeleton(word)


def romanised_keys(name: Sequence[str]) -> Iterator[str]:
    """The words of a Korean name as one string without spaces, in the ways in which syllables can be parted.

    "Songgyungwan" is also "Song Gyun Gwan" and "Sung Kyun Kwan": where a syllable may end in *ng* and the next
    begin with *k*, one of the two may be written or both.
    """
    parts = _NG.split("".join(map(folded, name)))
    for between in product(("nk", "nkk"), repeat=min(len(parts) - 1, _NGS)):
        ends = (*between, *["nk"] * (len(parts) - 1 - len(between)), "")
        yield "".join(part + end for part, end in zip(parts, ends, strict=True))
