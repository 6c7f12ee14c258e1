"""Tokens → View: what the aligner works on, columns of numbers instead of words.

Two views that are to be compared are made together, so that equal stems have equal numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from forensics.features.features import Tokens
from forensics.features.shingles import stem

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SLOT = 0
"""The number that every slot shares in ``reduced``."""


FUNCTION_WORDS = frozenset(
    "a about above across after all also am an and any are as at be because been before being between both "
    "but by can could did do does doing during each for from further had has have having he her hers him his "
    "how i if in into is it its itself just may me might more most must my no nor not of off on once only or "
    "other our ours out over own per s same shall she should so some such t than that the their theirs them "
    "then there these they this those through to too under until up upon us very via was we were what when "
    "where which while who whom why will with within without would you your yours".split()
)
"""Words that say nothing about what a sentence is about."""

LIST_WORDS = frozenset("a an and at for from in of or to until".split())
"""The function words that lists of degrees, jobs and skills have as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A document as the aligner sees it; all columns in text order.

    ``stems``: one number a token. ``slot``: which tokens are slots. ``telling``:
    which are neither slots nor function words. ``prose``: which are function words that lists do without.
    ``unit``: the unit of each token, dense
    from 0; ``first`` and ``last`` bound each unit in tokens, last exclusive. ``reduced``: the stems with
    each run of slots as one :data:`SLOT`; ``origin`` and ``until`` map it back to tokens.
    """

    tokens: Tokens
    stems: Ints
    slot: Flags
    telling: Flags
    prose: Flags
    unit: Ints
    first: Ints
    last: Ints
    reduced: Ints
    origin: Ints
    until: Ints


def views(a: Tokens, b: Tokens) -> tuple[View, View, int]:
    """Both documents, and how many numbers their stems have: from 1, by first appearance."""
    columns = _columns(a), _columns(b)
    words = np.concatenate([each.words for each in columns])
    _, first, back = np.unique(words, return_index=True, return_inverse=True)
    numbers = np.empty(len(first), np.int64)
    numbers[np.argsort(first)] = np.arange(1, len(first) + 1)
    stems = numbers[back]
    one, two = _view(a, columns[0], stems[: len(a)]), _view(b, columns[1], stems[len(a) :])
    return one, two, len(first) + 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Columns:
    """What does not depend on the other document. ``words`` are hashes of the stems."""

    words: Ints
    slot: Flags
    plain: Flags
    lists: Flags


@lru_cache(maxsize=64)  # a document is compared with one after the other
def _columns(tokens: Tokens) -> _Columns:
    count = len(tokens)
    return _Columns(
        words=np.fromiter(map(_number, tokens.words), np.int64, count),
        slot=np.fromiter((mask[0] == "<" for mask in tokens.masks), np.bool_, count),
        plain=np.fromiter(map(FUNCTION_WORDS.__contains__, tokens.words), np.bool_, count),
        lists=np.fromiter(map(LIST_WORDS.__contains__, tokens.words), np.bool_, count),
    )


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(stem(word).encode(), digest_size=8).digest(), "big", signed=True)


def _view(tokens: Tokens, columns: _Columns, stems: Ints) -> View:
    slot = columns.slot
    units = np.asarray(tokens.units, dtype=np.int64)
    changes = np.flatnonzero(np.diff(units)) + 1
    first = np.concatenate(([0], changes)) if len(units) else np.zeros(0, np.int64)
    last = np.concatenate((changes, [len(units)])) if len(units) else np.zeros(0, np.int64)
    unit = np.repeat(np.arange(len(first)), last - first)
    inner = np.zeros(len(tokens), np.bool_)
    inner[1:] = slot[1:] & slot[:-1] & (unit[1:] == unit[:-1])
    origin = np.flatnonzero(~inner)
    until = np.concatenate((origin[1:], [len(tokens)])) if len(origin) else origin
    reduced = np.where(slot[origin], SLOT, stems[origin])
    return View(
        tokens=tokens, stems=stems, slot=slot, telling=~slot & ~columns.plain, prose=columns.plain & ~columns.lists,
        unit=unit, first=first, last=last,
        reduced=reduced, origin=origin, until=until,
    )  # fmt: skip
