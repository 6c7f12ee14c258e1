"""All against all: the nearest vectors of every vector of a truth, for dedup; nothing of it is kept.

Few vectors are compared with all others. Many are divided into groups by k-means, as in an inverted file,
and each is compared with the groups whose centres are nearest to it; unlike in an index, all who ask a group
ask at once, by one product of matrices. How many groups that takes is tried out on a sample of the very
batch, against comparing with all; the recall that was reached is reported, never assumed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.index.neighbours import Rows, single_rows, threaded_faiss
from forensics.index.truth import Halves, Numbers, Truth

EXACT = 30_000
"""Up to so many vectors are compared with all others."""

TOLD = 20
"""Recall is that of so many of the nearest: what is farther away is only asked for what is usual."""

WANTED = 0.955
"""Groups are added until the sample has this recall."""

_SAMPLE = 512  # vectors
_BLOCK = 16_384  # vectors whose neighbours are given together
_CELLS = 2**24  # similarities held at a time, 64 MB
_PART = 32
_NEVER = -3.0  # below every cosine
_ABOVE_NEVER = -2.0

Places = npt.NDArray[np.int64]
Nearest = tuple[Numbers, Rows, Numbers]
"""Numbers ``(n,)``, cosines ``(n, k)`` best first, and numbers of the nearest ``(n, k)``, -1 where there are fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How the neighbours are looked for.

    ``recall`` is the share of the :data:`TOLD` nearest (of ``k``, if fewer) that are found, over ``sampled`` vectors
    of the batch (those as near as the last true one count as true); 1 when every vector is compared with all.
    ``groups`` is into how many the vectors were divided, ``probed`` with how many of them each is compared,
    ``memory`` the bytes of the vectors while they are compared.
    """

    vectors: int
    k: int
    groups: int
    probed: int
    recall: float
    sampled: int
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grouped:
    """Vectors in the order of their groups: group ``g`` is ``starts[g]`` to ``starts[g + 1]``."""

    numbers: Numbers
    rows: Rows
    starts: Places
    centres: Rows


def neighbour_lists(
    truth: Truth, k: int, *, within: Sequence[int] | Numbers | None = None
) -> tuple[Report, Iterator[Nearest]]:
    """The ``k`` nearest others of every vector, and how well they are found.

    ``within`` leaves out all vectors but those with these numbers. The lists come in no order of numbers, and
    are of one moment of the truth. Memory is :attr:`Report.memory`, and while reading as much again.
    """
    numbers, halves = _read(truth, within)
    if len(numbers) <= EXACT:
        grouped = _in_one_group(numbers, single_rows(halves))
        return _report(grouped, k, 1, 1.0, len(numbers)), _lists(grouped, k, 1)
    grouped = _grouped(numbers, halves)
    probed, recall, sampled = _probed(grouped, k)
    return _report(grouped, k, probed, recall, sampled), _lists(grouped, k, probed)


def _report(grouped: _Grouped, k: int, probed: int, recall: float, sampled: int) -> Report:
    return Report(
        vectors=len(grouped.numbers),
        k=k,
        groups=len(grouped.starts) - 1,
        probed=probed,
        recall=recall,
        sampled=sampled,
        memory=grouped.rows.nbytes,
    )


def _read(truth: Truth, within: Sequence[int] | Numbers | None) -> tuple[Numbers, Halves]:
    wanted = None if within is None else np.unique(np.asarray(within, np.int64))
    numbers, parts = [np.zeros(0, np.int64)], [np.zeros((0, truth.dimension), np.float16)]
    with truth.moment():
        for some, vectors in truth.after(0):
            kept = slice(None) if wanted is None else np.isin(some, wanted)
            numbers.append(some[kept])
            parts.append(vectors[kept])
    return np.concatenate(numbers), np.concatenate(parts)


def _in_one_group(numbers: Numbers, rows: Rows) -> _Grouped:
    return _Grouped(
        numbers=numbers,
        rows=rows,
        starts=np.array([0, len(rows)], np.int64),
        centres=np.zeros((1, rows.shape[1]), np.float32),
    )


def _grouped(numbers: Numbers, halves: Halves) -> _Grouped:
    """Divide the vectors by k-means into about as many groups as each then has members."""
    count, dimension = halves.shape
    groups = math.isqrt(count)
    means = threaded_faiss().Kmeans(
        dimension,
        groups,
        niter=6,
        spherical=True,
        seed=1,
        min_points_per_centroid=1,
        max_points_per_centroid=48,
    )
    means.train(single_rows(halves[:: max(1, count // (48 * groups))]))
    home = np.empty(count, np.int64)
    for at in range(0, count, _BLOCK):
        home[at : at + _BLOCK] = (single_rows(halves[at : at + _BLOCK]) @ means.centroids.T).argmax(axis=1)
    order = np.argsort(home, kind="stable")
    return _Grouped(
        numbers=numbers[order],
        rows=single_rows(halves[order]),
        starts=np.searchsorted(home[order], np.arange(groups + 1)).astype(np.int64),
        centres=means.centroids,
    )


def _probed(grouped: _Grouped, k: int) -> tuple[int, float, int]:
    """With how many groups to compare, the recall of it, and over how many vectors that was measured."""
    count, groups = len(grouped.rows), len(grouped.centres)
    sample = np.sort(np.random.default_rng(1).choice(count, min(_SAMPLE, count), replace=False))
    everything = _in_one_group(grouped.numbers, grouped.rows)
    told = min(k, TOLD)
    least = _nearest(everything, sample, 1, told)[0][:, -1:] - 1e-6
    probed = min(max(8, groups // 32), groups)
    while True:
        recall = float((_nearest(grouped, sample, probed, told)[0] >= least).mean())
        if recall >= WANTED or probed == groups:
            return probed, recall, len(sample)
        probed = min(math.ceil(1.25 * probed), groups)


def _lists(grouped: _Grouped, k: int, probed: int) -> Iterator[Nearest]:
    for at in range(0, len(grouped.rows), _BLOCK):
        places = np.arange(at, min(at + _BLOCK, len(grouped.rows)))
        cosines, found = _nearest(grouped, places, probed, k)
        yield grouped.numbers[places], cosines, found


def _nearest(grouped: _Grouped, places: Places, probed: int, k: int) -> tuple[Rows, Numbers]:
    """Cosines and numbers of the ``k`` nearest others, in the nearest groups, of the vectors at these places."""
    groups = _groups_near(grouped, places, probed)
    floor = np.full(len(places), _ABOVE_NEVER, np.float32)
    kept: list[tuple[Places, Rows, Places]] = []
    # The nearest group tells how near the k-th of all is at least: of the others, little is left after that.
    for first, some in ((True, groups[:, :1]), (False, groups[:, 1:])):
        for group, askers in _askers(some):
            start, stop = int(grouped.starts[group]), int(grouped.starts[group + 1])
            height = max(1, _CELLS // max(1, stop - start))
            for at in range(0, len(askers) if stop > start else 0, height):
                rows = askers[at : at + height]
                similar = grouped.rows[places[rows]] @ grouped.rows[start:stop].T
                own = np.flatnonzero((places[rows] >= start) & (places[rows] < stop))
                similar[own, places[rows[own]] - start] = _NEVER
                if first:
                    floor[rows] = np.maximum(_floor(similar, k), _ABOVE_NEVER)
                row, column = np.divmod(np.flatnonzero(similar >= floor[rows, None]), stop - start)
                kept.append((rows[row], similar[row, column], column + start))
    return _sorted_out(grouped, len(places), kept, k)


def _groups_near(grouped: _Grouped, places: Places, probed: int) -> Places:
    if probed == 1:
        return np.zeros((len(places), 1), np.int64) if len(grouped.centres) == 1 else _homes(grouped, places)
    similar = grouped.rows[places] @ grouped.centres.T
    similar[np.arange(len(places)), _homes(grouped, places)[:, 0]] = -_NEVER  # first of all
    near = np.argpartition(-similar, min(probed, similar.shape[1] - 1), axis=1)[:, :probed]
    return np.take_along_axis(near, np.argsort(-np.take_along_axis(similar, near, 1), axis=1), 1)


def _homes(grouped: _Grouped, places: Places) -> Places:
    return np.searchsorted(grouped.starts, places, side="right")[:, None] - 1


def _askers(groups: Places) -> Iterator[tuple[int, Places]]:
    """Each group, and the rows that ask it."""
    if not groups.size:
        return
    order = np.argsort(groups, axis=None, kind="stable")
    asked = groups.ravel()[order]
    ends = np.flatnonzero(np.diff(asked, append=-1))
    for start, end in zip([0, *(ends[:-1] + 1)], ends + 1, strict=True):
        yield int(asked[start]), order[start:end] // groups.shape[1]


def _floor(similar: Rows, k: int) -> Rows:
    """A value that at least ``k`` of each row reach, close to the k-th largest if the row is long."""
    height, width = similar.shape
    if width <= k:
        return np.full(height, _NEVER, np.float32)
    if width >= 8 * k * _PART:
        parts = similar[:, : width - width % _PART].reshape(height, -1, _PART)
        similar = parts.max(axis=2)  # of disjoint parts: their maxima are as many different values
    return np.partition(similar, similar.shape[1] - k, axis=1)[:, similar.shape[1] - k]


def _sorted_out(
    grouped: _Grouped, count: int, kept: list[tuple[Places, Rows, Places]], k: int
) -> tuple[Rows, Numbers]:
    """The best ``k`` of what was kept for each of so many rows."""
    cosines, found = np.full((count, k), -1, np.float32), np.full((count, k), -1, np.int64)
    if kept:
        row, value, place = (np.concatenate(each) for each in zip(*kept, strict=True))
        order = np.lexsort((place, -value, row))
        row, value, place = row[order], value[order], place[order]
        rank = np.arange(len(row)) - np.searchsorted(row, row)
        best = rank < k
        cosines[row[best], rank[best]] = np.clip(value[best], -1, 1)
        found[row[best], rank[best]] = grouped.numbers[place[best]]
    return cosines, found
