"""Text as it is compared, with the exact place of each of its characters in the text as it was read."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from forensics.documents.words import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal:
    """``text`` is normalised; ``offsets[i]`` is where its ``i``-th character begins in the raw text.

    ``offsets`` has one more entry, the length of the raw text. They never fall. The characters that one raw
    character became share its offset, and so do those of a cluster (a letter and its accents) that became others.
    """

    text: str
    offsets: tuple[int, ...]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span that ``[start, end)`` of ``text`` was made of."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        last = self.offsets[end - 1]
        after = bisect_left(self.offsets, last + 1)
        return self.offsets[start], self.offsets[min(max(after, end), len(self.text))]


def normalised(raw: str) -> Normal:
    """``raw`` as :func:`~forensics.documents.words.clean` makes it, with the map of offsets.

    That is NFKC (UAX #15) with ligatures as letters, without soft hyphens and characters of no width, private-use
    bullets as "•". It is made cluster by cluster: a cluster begins at a character that composes with none before it.
    """
    text = clean(raw)
    if len(text) == len(raw) and (raw.isascii() or unicodedata.is_normalized("NFKC", raw)):
        return Normal(
            text=text, offsets=tuple(range(len(raw) + 1))
        )  # nothing was dropped, joined or taken apart
    pieces: list[str] = []
    offsets: list[int] = []
    for start, end in _clusters(raw):
        made = clean(raw[start:end])
        pieces.append(made)
        same = len(made) == end - start and made == raw[start:end]
        offsets += range(start, end) if same else [start] * len(made)
    offsets.append(len(raw))
    return Normal(text="".join(pieces), offsets=tuple(offsets))


def _clusters(raw: str) -> list[tuple[int, int]]:
    starts = [at for at, char in enumerate(raw) if at == 0 or _begins(char, raw[at - 1])]
    return list(zip(starts, [*starts[1:], len(raw)], strict=True))


def _begins(char: str, before: str) -> bool:
    """Whether nothing of ``before`` composes with ``char`` or changes places with what it becomes."""
    if char.isascii():
        return True
    if clean(before) == "" or clean(char) == "":
        return False
    first = unicodedata.normalize("NFKD", char)[:1]
    if unicodedata.combining(first):
        return False
    jamo = 0x1160 <= ord(first) <= 0x11FF and before >= "\u1100"
    return not jamo and clean(before + char) == clean(before) + clean(char)
