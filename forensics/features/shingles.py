"""Tokens → Prints: fingerprints of the masked words, for finding candidates.

Fingerprints only ever propose; :mod:`forensics.findings.align` proves. All are taken inside units, over
stems in which each run of slots is one ``<*>``, so that a copy with its employers swapped keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from forensics.features.features import Prints, Tokens

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

SLOT = "<*>"
_SHIFT = np.uint64(17)  # 64 - 17 = 47 bits: six bytes in a SQLite row
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FINISH = np.uint64(0xBF58476D1CE4E5B9)
_SALTS = {"trigram": 0x1, "winnowed": 0x2, "exact": 0x3}
_WINDOW = 4
_EXACT_WORDS = 6


def prints(tokens: Tokens) -> Prints:
    """See :class:`~forensics.features.features.Prints`."""
    words = _words(tokens)
    grams = _grams(words.hashes, 5, "winnowed")
    winnowed = [
        winnow(grams[first : last - 4], _WINDOW)
        for first, last in zip(words.first.tolist(), words.last.tolist(), strict=True)
        if last - first >= 5
    ]
    told = np.add.reduceat(~words.slot, words.first) if len(words.first) else words.first
    return Prints(
        trigrams=_set([positions(tokens)[0]]),
        winnowed=_set(winnowed),
        exact=_set([_entire(words)[told >= _EXACT_WORDS]]),
    )


@lru_cache(maxsize=64)  # one document is asked for its trigrams by several, one after the other
def positions(tokens: Tokens) -> tuple[Hashes, Places]:
    """Every trigram of :class:`Prints` and the token it begins at, in text order, repeats kept."""
    words = _words(tokens)
    slots = words.slot.astype(np.int64)
    inside = words.unit[2:] == words.unit[:-2]  # units ascend: the one between is of the same
    kept = inside & (slots[:-2] + slots[1:-1] + slots[2:] <= 1)  # a trigram with two slots tells nothing
    return _grams(words.hashes, 3, "trigram")[kept], words.at[:-2][kept]


def wholes(tokens: Tokens) -> tuple[Hashes, Places]:
    """For each unit that is not all slots the hash of the whole, of any length, and its first token."""
    words = _words(tokens)
    told = np.maximum.reduceat(~words.slot, words.first) if len(words.first) else np.zeros(0, np.bool_)
    return _entire(words)[told], words.at[words.first[told]]


def winnow(grams: Hashes, window: int) -> Hashes:
    """The minima of every ``window`` consecutive hashes (Schleimer, Wilkerson, Aiken, SIGMOD 2003)."""
    if len(grams) <= window:
        return grams[[int(np.argmin(grams))]]
    windows = np.lib.stride_tricks.sliding_window_view(grams, window)
    return np.asarray(np.unique(windows.min(axis=1)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Words:
    """The stems of a document, each run of slots inside a unit as one; columns in text order.

    ``hashes`` of the stems, ``slot``: which are slots, ``at``: the tokens they stand for, ``unit``: a number that
    ascends with each unit; unit ``n`` is words ``first[n]`` to ``last[n]``.
    """

    hashes: Hashes
    slot: npt.NDArray[np.bool_]
    at: Places
    unit: Places
    first: Places
    last: Places


def _words(tokens: Tokens) -> _Words:
    count = len(tokens.masks)
    hashes = np.fromiter(map(_hash, tokens.masks), np.uint64, count)
    slot = hashes == np.uint64(_hash("<"))
    new = np.diff(np.asarray(tokens.units, np.int64), prepend=-1) != 0
    kept = ~slot | new
    kept[1:] |= ~slot[:-1]
    at = np.flatnonzero(kept)
    unit = np.cumsum(new)[at]
    first = np.flatnonzero(new[at])
    return _Words(
        hashes=hashes[at],
        slot=slot[at],
        at=at,
        unit=unit,
        first=first,
        last=np.append(first[1:], len(at))[: len(first)],
    )


def _entire(words: _Words) -> Hashes:
    """The hash of each unit as a whole, ``(units,)``: that of :func:`_grams` with the unit's length."""
    lengths = words.last - words.first
    mixed = np.full(len(lengths), _SALTS["exact"], np.uint64)
    for offset in range(int(lengths.max(initial=0))):
        long = lengths > offset
        mixed[long] = _mix(mixed[long], words.hashes[words.first[long] + offset])
    return mixed >> _SHIFT


def _grams(hashes: Hashes, size: int, salt: str) -> Hashes:
    """Hashes of all ``size``-grams, 47 bits, stable across processes and machines."""
    count = max(len(hashes) - size + 1, 0)
    mixed = np.full(count, _SALTS[salt], np.uint64)
    for offset in range(size):
        mixed = _mix(mixed, hashes[offset : offset + count])
    return np.asarray(mixed >> _SHIFT)


def _mix(mixed: Hashes, hashes: Hashes) -> Hashes:
    with np.errstate(over="ignore"):
        mixed = (mixed * _MIX ^ hashes) * _FINISH
    return mixed ^ mixed >> np.uint64(31)


def _set(parts: list[Hashes]) -> tuple[int, ...]:
    return tuple(np.unique(np.concatenate(parts)).tolist()) if parts else ()


@lru_cache(maxsize=200_000)
def _hash(mask: str) -> int:
    word = SLOT if mask[0] == "<" else stem(mask)
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball stem of a normalised English word (Porter 2001); other words pass nearly unchanged."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
