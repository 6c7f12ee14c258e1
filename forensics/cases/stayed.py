"""What stayed in a reworded passage: the numbers, the names and the telling words that both texts have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forensics.features.shingles import stem
from forensics.findings.view import FUNCTION_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’.,/&@-][^\W_]+)*[+#%]*")
_OPENS = re.compile(r"(?:^|[.!?:;•–—\n])\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stayed:
    """As the first text writes them, in its order, each once.

    ``numbers`` hold a digit (`40%`, `2,300`, `S3`), ``names`` a capital that no sentence begins with
    (`PostgreSQL`, `Kafka`), ``words`` are the others that both have up to their endings, function words left out.
    """

    numbers: tuple[str, ...]
    names: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """All of them, what is hardest to come upon twice first."""
        return (*self.numbers, *self.names, *self.words)


def stayed(a: str, b: str) -> Stayed:
    """What both texts of a passage say in the same words."""
    theirs = {_key(word.group()) for word in _WORD.finditer(b)}
    found: dict[str, dict[str, str]] = {"numbers": {}, "names": {}, "words": {}}
    seen: set[str] = set()
    for word in _WORD.finditer(a):
        said, key = word.group(), _key(word.group())
        if key in theirs and key not in seen:
            seen.add(key)
            if any(each.isdigit() for each in said):
                found["numbers"][key] = said
            elif _is_name(said, a[: word.start()]):
                found["names"][key] = said
            elif said.lower() not in FUNCTION_WORDS:
                found["words"][key] = said
    return Stayed(**{kind: tuple(words.values()) for kind, words in found.items()})


def _key(word: str) -> str:
    return stem(word.lower())


def _is_name(word: str, before: str) -> bool:
    inner = any(each.isupper() for each in word[1:])
    return inner or (word[0].isupper() and not _OPENS.search(before))
