"""Two wordings of one passage, word by word: what is the same, which slots were swapped, what was changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from forensics.documents.document import Document

_BULLET = re.compile(r"[•◦▪▫‣⁃●○■□◆–—*·o-]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text and its role: ``same``, ``slot`` or ``changed``."""

    text: str
    role: str


def lines(document: Document, start: int, end: int) -> str:
    """The words of ``[start, end)``, one blank between them and a line feed where a passage begins."""
    cuts = [start, *(p.start for p in document.passages if start < p.start < end), end]
    said = (" ".join(document.text[one:next_].split()) for one, next_ in pairwise(cuts))
    return "\n".join(line for line in said if line)


def first_words(text: str, most: int) -> str:
    """The text up to its first ``most`` words, with ``…`` where there are more."""
    words = _words(text)
    return text if len(words) <= most else "".join(words[:most]) + " …"


def pieces(kind: str, a: str, b: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts of a passage of this ``kind`` in pieces. Takes the square of their words in the worst case."""
    words_a, words_b = _words(a), _words(b)
    if kind == "verbatim":
        return (Piece(text=a, role="same"),), (Piece(text=b, role="same"),)
    differs = "slot" if kind == "swapped" else "changed"
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, _plain(words_a), _plain(words_b), autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        mine, theirs = words_a[a0:a1], words_b[b0:b1]
        role = "same" if tag == "equal" or not any(map(_matters, (*mine, *theirs))) else differs
        left += _apart(mine, role)
        right += _apart(theirs, role)
    return _joined(left), _joined(right)


def _apart(words: Sequence[str], role: str) -> list[tuple[str, str]]:
    """Words with their roles; list marks, and the space before what is marked, are not marked."""
    found: list[tuple[str, str]] = []
    for word in words:
        bare = word.lstrip()
        mine = role if _matters(word) else "same"
        if not found or found[-1][1] != mine or "\n" in word:
            found.append((word[: len(word) - len(bare)], "same"))
            word = bare
        found.append((word, mine))
    return [each for each in found if each[0]]


def _joined(found: Sequence[tuple[str, str]]) -> tuple[Piece, ...]:
    return tuple(
        Piece(text="".join(text for text, _ in group), role=role)
        for role, group in groupby(found, key=lambda each: each[1])
    )


def _words(text: str) -> list[str]:
    """The words, each with the white space before it."""
    return re.findall(r"\s*\S+", text)


def _plain(words: Sequence[str]) -> list[str]:
    return [re.sub(r"\W+", "", word).casefold() or word.strip() for word in words]


def _matters(word: str) -> bool:
    return re.search(r"\w", word) is not None and not _BULLET.match(word.strip())
