"""Columns: the order in which a person reads the parts of a page.

A gutter is an upright strip that no word crosses, with text on both sides. The page is cut along its
best gutter into what stands above, left, right and below, and each part again, until none is left.
Label and date columns look like gutters too; they are told by their rows, which stand beside a row of
the other side and leave holes between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from forensics.documents.sections import heading_section

_GUTTER = 8.0  # points: the narrowest strip that parts two columns
_ROWS = 3  # a column has at least so many rows
_DEPTH = 8
_CANDIDATES = 12
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b(?:present|current|now)\b|^\W*(?:to|until)?\W*$", re.IGNORECASE)


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
    @property
    def text(self) -> str: ...
    @property
    def bold(self) -> bool: ...


W = TypeVar("W", bound=_Placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The places of words as arrays."""

    x0: np.ndarray
    x1: np.ndarray
    base: np.ndarray
    size: np.ndarray
    words: Sequence[_Placed]


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
    places = _Columns(x0=x0, x1=x1, base=base, size=size, words=chosen)
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
    x0, x1, base = places.x0[chosen], places.x1[chosen], places.base[chosen]
    best: tuple[float, tuple[float, float, float]] | None = None
    for x in _candidates(x0, x1, base):
        crossing = (x0 < x - 0.5) & (x1 > x - _GUTTER + 0.5)
        stops = np.unique(base[crossing])
        bounds = np.concatenate(([-np.inf], stops, [np.inf]))
        for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            inside = chosen[(base > low + 0.5) & (base < high - 0.5)]
            if len(inside) < 2 * _ROWS or (best is not None and len(inside) < best[0]):
                continue
            run = _run(places, inside, x, bool(np.isfinite(low)), bool(np.isfinite(high)))
            if run is not None and (best is None or run[0] > best[0]):
                best = (run[0], (x, run[1], run[2]))
    return None if best is None else best[1]


def _candidates(x0: np.ndarray, x1: np.ndarray, base: np.ndarray) -> list[float]:
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
    places: _Columns, inside: np.ndarray, x: float, above: bool, below: bool
) -> tuple[float, float, float] | None:
    """How many rows a gutter at ``x`` parts, and its first and last baseline, if it parts two columns."""
    base, size = places.base[inside], places.size[inside]
    is_left = places.x0[inside] < x - 0.5
    left, right = _rows(base[is_left], size[is_left]), _rows(base[~is_left], size[~is_left])
    if len(left) < _ROWS or len(right) < _ROWS:
        return None
    first, last = _trim(left, right, above), -_trim(-left[::-1], -right[::-1], below, below)
    left, right = left[(left >= first) & (left <= last)], right[(right >= first) & (right <= last)]
    if len(left) < _ROWS or len(right) < _ROWS:
        return None
    in_run = (base >= first) & (base <= last)
    left_side, right_side = (
        _Side(rows=rows, words=[places.words[index] for index in inside[in_run & mine].tolist()])
        for rows, mine in ((left, is_left), (right, ~is_left))
    )
    if _is_table(left_side, right_side, float(np.median(size))):
        return None
    return float(len(left) + len(right)), first, last


def _rows(base: np.ndarray, size: np.ndarray) -> np.ndarray:
    """The baselines of rows."""
    if not len(base):
        return base
    order = np.argsort(base)
    steps = np.diff(base[order]) > 0.4 * size[order][1:]
    return base[order][np.concatenate(([True], steps))]


def _trim(left: np.ndarray, right: np.ndarray, bounded: bool, from_below: bool = False) -> float:
    """Where the pair of columns begins: one or two rows before it that only one side has are no part of it.

    At the foot of a page a column may simply be the longer one; there they belong to it, unless
    full-width text follows.
    """
    begin, later = float(min(left[0], right[0])), float(max(left[0], right[0])) - 2.0
    alone = max(int((left < later).sum()), int((right < later).sum()))
    at_top = not from_below and right[0] < left[0]
    return later if 0 < alone <= 2 and (bounded or at_top) else begin


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One side of a gutter: the baselines of its rows and its words, by baseline."""

    rows: np.ndarray
    words: list[_Placed]

    def texts(self) -> list[str]:
        """The text of each row."""
        found: list[list[str]] = [[] for _ in self.rows]
        for word in sorted(self.words, key=lambda each: each.x0):
            found[int(np.abs(self.rows - word.base).argmin())].append(word.text)
        return [" ".join(row) for row in found]


def _is_table(left: _Side, right: _Side, size: float) -> bool:
    """Whether the sides are to be read row by row: one labels, dates or places for what the other holds."""
    return _is_margin(left, right, size, True) or _is_margin(right, left, size, False)


def _is_margin(few: _Side, many: _Side, size: float, is_left: bool) -> bool:
    """Whether the rows of ``few`` each belong to the row of ``many`` that they stand beside."""
    beside = np.abs(few.rows[:, None] - many.rows[None, :]).min(axis=1) <= 0.25 * size
    if len(few.words) / len(few.rows) > 5 or float(beside.mean()) < 0.75:
        return False
    texts = few.texts()
    headings = sum(heading_section(text) is not None for text in texts)
    reach = many.rows[(many.rows >= few.rows[0] - size) & (many.rows <= few.rows[-1] + size)]
    if len(few.rows) < 0.6 * len(reach):
        return headings == 0 or headings > 0.6 * len(texts)
    if sum(_DATE.search(text) is not None for text in texts) >= 0.6 * len(texts):
        return True
    if is_left and sum(text.endswith(":") for text in texts) >= 0.5 * len(texts):
        return True
    bold = sum(word.bold for word in few.words) > 0.8 * len(few.words)
    plain = sum(word.bold for word in many.words) < 0.2 * len(many.words)
    return is_left and bold and plain and (headings == 0 or headings > 0.6 * len(texts))
