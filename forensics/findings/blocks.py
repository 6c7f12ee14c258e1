"""Blocks: words that two documents share in the same order, slots apart.

The exact half of alignment. A *run* is a maximal stretch of equal numbers, in the words as they stand or
in the *reduced* streams, where a run of slots is one number: "joined Acme Ltd in 2019" and "joined Globex
in 2021" are one run. Both streams are needed: whether a word is taken for a slot depends on the
capitals around it, which may differ in the copy.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.findings.view import SLOT, Flags, Ints, View

RUN = 6
GAP = 8
_WORDS = 4
_REPEATS = 8
_NAME = 4
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FINISH = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Tokens ``a[n]`` and ``b[n]`` correspond, both ascending; where they are slots, so do their runs.

    ``end`` is the token after the last one, in a and in b. Two neighbouring pairs are at most
    :data:`GAP` tokens apart.
    """

    a: Ints
    b: Ints
    end: tuple[int, int]

    @property
    def span_a(self) -> tuple[int, int]:
        """Tokens of a, end exclusive."""
        return int(self.a[0]), self.end[0]

    @property
    def span_b(self) -> tuple[int, int]:
        """Tokens of b, end exclusive."""
        return int(self.b[0]), self.end[1]

    def __len__(self) -> int:
        return len(self.a)


def blocks(a: View, b: View, *, within: tuple[tuple[int, int], tuple[int, int]] | None = None) -> list[Block]:
    """All blocks, longest first; what a longer one covers in both documents is left out.

    ``within`` keeps to blocks inside these tokens of a and b.
    """
    (a0, a1), (b0, b1) = within or ((0, len(a.stems)), (0, len(b.stems)))
    runs = [
        Block(a=np.arange(a0 + i, a0 + i + n), b=np.arange(b0 + j, b0 + j + n), end=(a0 + i + n, b0 + j + n))
        for i, j, n in _runs(a.stems[a0:a1], b.stems[b0:b1], ~a.slot[a0:a1])
    ]
    low_a, high_a = int(np.searchsorted(a.origin, a0)), int(np.searchsorted(a.until, a1, "right"))
    low_b, high_b = int(np.searchsorted(b.origin, b0)), int(np.searchsorted(b.until, b1, "right"))
    reduced = a.reduced[low_a:high_a]
    runs += [
        _unreduced(low_a + i, low_b + j, n, a, b)
        for i, j, n in _runs(reduced, b.reduced[low_b:high_b], reduced > 0)
    ]
    merged = [_merge(group) for group in _neighbours(runs)]
    merged.sort(key=lambda block: (-len(block), block.span_a, block.span_b))
    spans = np.array([(*block.span_a, *block.span_b) for block in merged], np.int64).reshape(-1, 4)
    kept: list[int] = []
    for at, (start_a, end_a, start_b, end_b) in enumerate(spans):
        longer = spans[kept]
        covers = (longer[:, 0] <= start_a) & (end_a <= longer[:, 1])
        if not (covers & (longer[:, 2] <= start_b) & (end_b <= longer[:, 3])).any():
            kept.append(at)
    return [merged[at] for at in kept]


def _unreduced(i: int, j: int, n: int, a: View, b: View) -> Block:
    """A run of the reduced streams; a slot at its border counts only as far as a name is long or equal."""
    pairs_a, pairs_b = a.origin[i : i + n].copy(), b.origin[j : j + n].copy()
    end = (int(a.until[i + n - 1]), int(b.until[j + n - 1]))
    if a.reduced[i] == SLOT:
        slot_a, slot_b = a.stems[pairs_a[0] : a.until[i]][::-1], b.stems[pairs_b[0] : b.until[j]][::-1]
        if max(len(slot_a), len(slot_b)) > _NAME:
            same = _same(slot_a, slot_b)
            pairs_a[0], pairs_b[0] = a.until[i] - same, b.until[j] - same
            if not same:
                pairs_a, pairs_b = pairs_a[1:], pairs_b[1:]
    if a.reduced[i + n - 1] == SLOT:
        slot_a, slot_b = a.stems[pairs_a[-1] : end[0]], b.stems[pairs_b[-1] : end[1]]
        if max(len(slot_a), len(slot_b)) > _NAME:
            same = _same(slot_a, slot_b)
            end = (int(pairs_a[-1]) + same, int(pairs_b[-1]) + same)
            if not same:
                pairs_a, pairs_b = pairs_a[:-1], pairs_b[:-1]
    return Block(a=pairs_a, b=pairs_b, end=end)


def _same(x: Ints, y: Ints) -> int:
    """How many numbers at the beginning are equal."""
    shorter = min(len(x), len(y))
    differ = np.flatnonzero(x[:shorter] != y[:shorter])
    return int(differ[0]) if len(differ) else shorter


def _neighbours(runs: list[Block]) -> list[list[Block]]:
    """Runs in groups: near each other in both documents, and on nearby diagonals."""
    groups: list[list[Block]] = []
    open_groups: list[list[Block]] = []
    for run in sorted(runs, key=lambda run: (run.span_a, run.span_b)):
        open_groups = [g for g in open_groups if max(r.end[0] for r in g[-_REPEATS:]) + GAP >= run.a[0]]
        for group in reversed(open_groups):
            if any(_near(member, run) for member in group[-_REPEATS:]):
                group.append(run)
                break
        else:
            groups.append([run])
            open_groups.append(groups[-1])
    return groups


def _near(before: Block, run: Block) -> bool:
    (a0, a1), (b0, b1) = before.span_a, before.span_b
    gap_a, gap_b = run.span_a[0] - a1, run.span_b[0] - b1
    parallel = abs((run.span_b[0] - b0) - (run.span_a[0] - a0)) <= 2 * GAP
    return (
        gap_a <= GAP
        and gap_b <= GAP
        and run.span_b[1] + GAP >= b0
        and ((gap_a >= 0 and gap_b >= 0) or parallel)
    )


def _merge(group: list[Block]) -> Block:
    """One block of the group's pairs: the longest that ascends in both documents."""
    if len(group) == 1:
        return group[0]
    pairs = sorted({(int(i), -int(j)) for run in group for i, j in zip(run.a, run.b, strict=True)})
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for at, (_, minus_b) in enumerate(pairs):
        # Descending b within one a: at most one pair of each a can ascend.
        place = bisect_left(tails, -minus_b)
        before[at] = ends[place - 1] if place else -1
        if place == len(tails):
            tails.append(-minus_b)
            ends.append(at)
        else:
            tails[place], ends[place] = -minus_b, at
    chain: list[int] = []
    at = ends[-1]
    while at >= 0:
        chain.append(at)
        at = before[at]
    chosen = np.array([pairs[at] for at in reversed(chain)], dtype=np.int64)
    return Block(
        a=chosen[:, 0],
        b=-chosen[:, 1],
        end=(max(run.end[0] for run in group), max(run.end[1] for run in group)),
    )


def _runs(a: Ints, b: Ints, words: Flags) -> list[tuple[int, int, int]]:
    """Maximal equal stretches of at least :data:`RUN` numbers: start in a, start in b, length."""
    if min(len(a), len(b)) < RUN:
        return []
    grams_a, grams_b = _grams(a), _grams(b)
    order = np.argsort(grams_b, kind="stable")
    left = np.searchsorted(grams_b[order], grams_a, "left")
    right = np.searchsorted(grams_b[order], grams_a, "right")
    # Where b repeats a gram too often for all pairs, the nth of a goes with the nth of b.
    nth = _ranks(grams_a)
    often = right - left > _REPEATS
    left = np.where(often, np.minimum(left + nth, right), left)
    hits = np.where(often, np.minimum(right - left, 1), right - left)
    i = np.repeat(np.arange(len(grams_a)), hits)
    if not len(i):
        return []
    j = order[np.repeat(left, hits) + np.arange(len(i)) - np.repeat(np.cumsum(hits) - hits, hits)]
    order = np.lexsort((i, j - i))
    i, j = i[order], j[order]
    breaks = np.flatnonzero((np.diff(j - i) != 0) | (np.diff(i) != 1)) + 1
    starts, ends = np.concatenate(([0], breaks)), np.concatenate((breaks, [len(i)]))
    telling = np.convolve(words, np.ones(RUN, np.int64), "valid") >= _WORDS
    kept = np.logical_or.reduceat(telling[i], starts)
    return [
        (int(i[s]), int(j[s]), int(e - s) + RUN - 1) for s, e in zip(starts[kept], ends[kept], strict=True)
    ]


def _ranks(grams: npt.NDArray[np.uint64]) -> Ints:
    """How many equal grams stand before each."""
    order = np.argsort(grams, kind="stable")
    first = np.concatenate(([0], np.flatnonzero(np.diff(grams[order])) + 1))
    ranks = np.empty(len(grams), np.int64)
    ranks[order] = np.arange(len(grams)) - np.repeat(first, np.diff(np.append(first, len(grams))))
    return ranks


def _grams(numbers: Ints) -> npt.NDArray[np.uint64]:
    count = len(numbers) - RUN + 1
    mixed = np.zeros(count, np.uint64)
    with np.errstate(over="ignore"):
        for offset in range(RUN):
            word = numbers[offset : offset + count].astype(np.uint64) + np.uint64(1)
            mixed = (mixed * _MIX ^ word) * _FINISH
            mixed ^= mixed >> np.uint64(29)
    return mixed
