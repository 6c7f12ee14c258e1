"""Columns: the order in which a person reads the parts of a page.

A gutter is an upright strip that no word crosses, with text on both sides. The page is cut along its
best gutter into what stands above, left, right and below, and each part again, until none is left.
Label and date columns look like gutters too; they are told by their rows, which stand beside a row of
the other side and leave holes between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

_GUTTER = 8.0  # points: the narrowest strip that parts two columns
_ROWS = 3  # a column has at least so many rows
_DEPTH = 8
_CANDIDATES = 12


class _Placed(Protocol):
    """What stands somewhere on a page."""

    @property
    def x0(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    @property
    def base(self) -> float: ...
    @property
    def size(self) -> float: ...
    @property
    def marker(self) -> bool: ...


W = TypeVar("W", bound=_Placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The places of words as arrays."""

    x0: np.ndarray
    x1: np.ndarray
    base: np.ndarray
    size: np.ndarray


def reading_order(words: Sequence[W]) -> list[list[W]]:
    """``words`` in regions, in reading order; words of one region are one column of text."""
    if not words:
        return []
    order = sorted(range(len(words)), key=lambda index: (words[index].base, words[index].x0))
    chosen = [words[index] for index in order]
    x1 = np.array([word.x1 for word in chosen])
    x0 = np.array([word.x0 for word in chosen])
    base = np.array([word.base for word in chosen])
    size = np.array([word.size for word in chosen])
    _bridge_markers(chosen, x0, x1, base, size)
    places = _Columns(x0=x0, x1=x1, base=base, size=size)
    regions: list[np.ndarray] = []
    _cut(places, np.arange(len(chosen)), regions, 0)
    return [[chosen[index] for index in region.tolist()] for region in regions]


def _bridge_markers(
    words: Sequence[_Placed], x0: np.ndarray, x1: np.ndarray, base: np.ndarray, size: np.ndarray
) -> None:
    """A list marker reaches to the word after it: the gap between them is no gutter."""
    for index, word in enumerate(words):
        if not word.marker:
            continue
        near = np.flatnonzero((np.abs(base - word.base) <= 0.5 * size) & (x0 > word.x0) & (x0 - word.x1 < 40))
        if len(near):
            x1[index] = max(x1[index], x0[near].min())


def _cut(places: _Columns, chosen: np.ndarray, regions: list[np.ndarray], depth: int) -> None:
    gutter = _best_gutter(places, chosen) if depth < _DEPTH and len(chosen) >= 2 * _ROWS else None
    if gutter is None:
        if len(chosen):
            regions.append(chosen)
        return
    x, first, last = gutter
    base = places.base[chosen]
    inside = (base >= first) & (base <= last)
    left = inside & (places.x0[chosen] < x)
    for part in (base < first, left, inside & ~left, base > last):
        _cut(places, chosen[part], regions, depth + 1)


def _best_gutter(places: _Columns, chosen: np.ndarray) -> tuple[float, float, float] | None:
    """``x`` and the first and last baseline of the tallest valid gutter among ``chosen``."""
    x0, x1, base, size = places.x0[chosen], places.x1[chosen], places.base[chosen], places.size[chosen]
    best: tuple[float, tuple[float, float, float]] | None = None
    for x in _candidates(x0, x1, base, size):
        crossing = (x0 < x - 0.5) & (x1 > x - _GUTTER + 0.5)
        stops = np.unique(base[crossing])
        bounds = np.concatenate(([-np.inf], stops, [np.inf]))
        for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            inside = np.flatnonzero((base > low + 0.5) & (base < high - 0.5))
            if len(inside) < 2 * _ROWS:
                continue
            run = _run(
                x, x0[inside], x1[inside], base[inside], size[inside], np.isfinite(low), np.isfinite(high)
            )
            if run is not None and (best is None or run[0] > best[0]):
                best = (run[0], (x, run[1], run[2]))
    return None if best is None else best[1]


def _candidates(x0: np.ndarray, x1: np.ndarray, base: np.ndarray, size: np.ndarray) -> list[float]:
    """Left edges at which several lines begin after a gap, and the ends of empty strips."""
    after_gap = np.ones(len(x0), dtype=bool)
    order = np.lexsort((x0, np.rint(base)))
    same = np.abs(np.diff(base[order])) <= 1.5
    gap = x0[order][1:] - x1[order][:-1]
    after_gap[order[1:]] = ~same | (gap >= _GUTTER)
    edges, counts = np.unique(np.rint(x0[after_gap] / 2), return_counts=True)
    found = edges[np.argsort(-counts, kind="stable")] * 2.0
    counts = np.sort(counts)[::-1]
    left = float(x0.min())
    frequent = [float(x) for x in found[counts >= _ROWS] if x > left + _GUTTER][:_CANDIDATES]
    # exact edges: a rounded one could cut its own column's letters
    exact = [float(x0[np.abs(x0 - x) <= 1.5].min()) for x in frequent]
    order = np.argsort(x0, kind="stable")
    reach = np.maximum.accumulate(x1[order])
    empty = np.flatnonzero(x0[order][1:] - reach[:-1] >= _GUTTER)
    return sorted({*exact, *(float(x) for x in x0[order][1:][empty])})


def _run(
    x: float, x0: np.ndarray, x1: np.ndarray, base: np.ndarray, size: np.ndarray, above: bool, below: bool
) -> tuple[float, float, float] | None:
    """How tall a gutter at ``x`` is and its first and last baseline, if what it parts are two columns."""
    is_left = x0 < x - 0.5
    left, right = _rows(base[is_left], size[is_left]), _rows(base[~is_left], size[~is_left])
    first, last = float(base.min()), float(base.max())
    if len(left) >= _ROWS and len(right) >= _ROWS:
        # a lone row before or after the pair belongs to the full-width text it is next to
        first = _trim(left, right, above)
        last = -_trim(-left[::-1], -right[::-1], below)
        left = left[(left >= first) & (left <= last)]
        right = right[(right >= first) & (right <= last)]
    if len(left) < _ROWS or len(right) < _ROWS:
        return None
    in_run = (base >= first) & (base <= last)
    words_left = int((is_left & in_run).sum())
    words_right = int((~is_left & in_run).sum())
    if _is_table(left, right, words_left, words_right, float(np.median(size))):
        return None
    return float(len(left) + len(right)), first, last


def _rows(base: np.ndarray, size: np.ndarray) -> np.ndarray:
    if not len(base):
        return base
    order = np.argsort(base)
    steps = np.diff(base[order]) > 0.4 * size[order][1:]
    return base[order][np.concatenate(([True], steps))]


def _trim(left: np.ndarray, right: np.ndarray, bounded: bool) -> float:
    begin = float(min(left[0], right[0]))
    if not bounded:
        return begin
    later = float(max(left[0], right[0]))
    alone = max(int((left < later - 2.0).sum()), int((right < later - 2.0).sum()))
    return later - 2.0 if 0 < alone <= 2 else begin


def _is_table(left: np.ndarray, right: np.ndarray, words_left: int, words_right: int, size: float) -> bool:
    """Whether two sides are labels (or dates) and what stands beside them, to be read row by row."""
    few, many, words = (
        (left, right, words_left)
        if words_left / len(left) <= words_right / len(right)
        else (right, left, words_right)
    )
    beside = np.abs(few[:, None] - many[None, :]).min(axis=1) <= 0.25 * size
    share = float(beside.mean())
    if words / len(few) > 5 or share < 0.75:
        return False
    reach = many[(many >= few[0] - size) & (many <= few[-1] + size)]
    sparse = len(few) < 0.6 * len(reach)
    return sparse or len(few) <= 25
