"""Tokens → Prints: fingerprints of the masked words, for finding candidates.

Fingerprints only ever propose; :mod:`forensics.findings.align` proves. All are taken inside units, over
stems in which each run of slots is one ``<*>``, so that a copy with its employers swapped keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from forensics.features.features import Prints, Tokens

Hashes = npt.NDArray[np.uint64]

SLOT = "<*>"
_SHIFT = np.uint64(17)  # 64 - 17 = 47 bits: six bytes in a SQLite row
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FINISH = np.uint64(0xBF58476D1CE4E5B9)
_SALTS = {"trigram": 0x1, "winnowed": 0x2, "exact": 0x3}
_WINDOW = 4
_EXACT_WORDS = 6


def prints(tokens: Tokens) -> Prints:
    """See :class:`~forensics.features.features.Prints`."""
    trigrams: list[Hashes] = []
    winnowed: list[Hashes] = []
    exact: list[int] = []
    for hashes, words, _ in _units(tokens):
        if len(words) >= 3:
            trigrams.append(_grams(hashes, 3, "trigram")[_telling(words)])
        if len(words) >= 5:
            winnowed.append(winnow(_grams(hashes, 5, "winnowed"), _WINDOW))
        if sum(word != SLOT for word in words) >= _EXACT_WORDS:
            exact.append(int(_grams(hashes, len(hashes), "exact")[0]))
    return Prints(trigrams=_set(trigrams), winnowed=_set(winnowed), exact=tuple(sorted(set(exact))))


def positions(tokens: Tokens) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """Every trigram of :class:`Prints` and the token it begins at, in text order, repeats kept."""
    hashes: list[Hashes] = [np.zeros(0, np.uint64)]
    places: list[npt.NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for unit, words, at in _units(tokens):
        if len(words) >= 3:
            kept = _telling(words)
            hashes.append(_grams(unit, 3, "trigram")[kept])
            places.append(np.asarray(at[:-2], dtype=np.int64)[kept])
    return np.concatenate(hashes), np.concatenate(places)


def wholes(tokens: Tokens) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """For each unit that is not all slots the hash of the whole, of any length, and its first token."""
    units = [(hashes, at[0]) for hashes, words, at in _units(tokens) if any(word != SLOT for word in words)]
    hashes = np.fromiter((_grams(hashes, len(hashes), "exact")[0] for hashes, _ in units), np.uint64)
    return hashes, np.fromiter((first for _, first in units), np.int64)


def winnow(grams: Hashes, window: int) -> Hashes:
    """The minima of every ``window`` consecutive hashes (Schleimer, Wilkerson, Aiken, SIGMOD 2003)."""
    if len(grams) <= window:
        return grams[[int(np.argmin(grams))]]
    windows = np.lib.stride_tricks.sliding_window_view(grams, window)
    return np.asarray(np.unique(windows.min(axis=1)))


def _units(tokens: Tokens) -> Iterator[tuple[Hashes, list[str], list[int]]]:
    """For each unit the hashes of its stems, the stems, and the tokens they stand for."""
    units, masks = tokens.units, tokens.masks
    first = 0
    while first < len(masks):
        last = first
        words: list[str] = []
        places: list[int] = []
        while last < len(masks) and units[last] == units[first]:
            word = SLOT if masks[last][0] == "<" else stem(masks[last])
            if word != SLOT or not words or words[-1] != SLOT:
                words.append(word)
                places.append(last)
            last += 1
        yield np.fromiter(map(_hash, words), np.uint64, len(words)), words, places
        first = last


def _telling(words: list[str]) -> npt.NDArray[np.bool_]:
    """Which trigrams hold at most one slot."""
    slots = np.fromiter((word == SLOT for word in words), np.int64, len(words))
    return np.asarray(slots[:-2] + slots[1:-1] + slots[2:] <= 1)


def _grams(hashes: Hashes, size: int, salt: str) -> Hashes:
    """Hashes of all ``size``-grams, 47 bits, stable across processes and machines."""
    count = len(hashes) - size + 1
    mixed = np.full(count, _SALTS[salt], np.uint64)
    with np.errstate(over="ignore"):
        for offset in range(size):
            mixed = (mixed * _MIX ^ hashes[offset : offset + count]) * _FINISH
            mixed ^= mixed >> np.uint64(31)
    return np.asarray(mixed >> _SHIFT)


def _set(parts: list[Hashes]) -> tuple[int, ...]:
    return tuple(np.unique(np.concatenate(parts)).tolist()) if parts else ()


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball stem of a normalised English word (Porter 2001); other words pass nearly unchanged."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
