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
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

import numpy as np

from forensics.documents.sections import heading_section

_GUTTER = 8.0  # points: the narrowest strip that parts two columns
_HANGING = 20.0  # points: so far may a list be indented below its heading
_ROWS = 3  # a column has at least so many rows
_DEPTH = 8
_CANDIDATES = 12
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b(?:present|current|now)\b|^\W*(?:to|until)?\W*$", re.IGNORECASE)

_YEAR = re.compile(r"(?:19|20)\d\d")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Generic[W]):
    """Words that are one column of text; ``edge`` is the right edge of the column that they stand in.

    ``stop`` is where the column begins beside a margin whose dates stand in the lines that they date.
    """

    words: list[W]
    edge: float
    stop: float = 0.0


def reading_order(words: Sequence[W]) -> list[Region[W]]:
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
    cut = _Cut(_Columns(x0=x0, x1=x1, base=base, size=size, words=chosen))
    cut.part(np.arange(len(chosen)), 0, None)
    return [
        Region(words=[chosen[index] for index in region.tolist()], edge=edge, stop=stop)
        for region, edge, stop in cut.regions
    ]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gutter:
    """A strip left of ``x`` between two baselines, and how many rows it parts.

    ``labels`` are the baselines of the labels in the margin left of it, if that is what it parts: each
    names what stands beside and below it, until the next.
    """

    x: float
    first: float
    last: float
    rows: int
    labels: tuple[float, ...] = ()


class _Cut:
    """Cuts a page into ``regions``, in reading order: indices of words, edge and stop of each."""

    def __init__(self, places: _Columns) -> None:
        self.regions: list[tuple[np.ndarray, float, float]] = []
        self._places = places

    def part(self, chosen: np.ndarray, depth: int, edge: float | None) -> None:
        """``edge`` is the right edge of the column that holds ``chosen``, where that is known."""
        if not len(chosen):
            return
        gutter = _best_gutter(self._places, chosen) if depth < _DEPTH and len(chosen) >= 2 * _ROWS else None
        if gutter is None:
            self.regions.append((chosen, self._edge(chosen) if edge is None else edge, 0.0))
            return
        base = self._places.base[chosen]
        inside = (base >= gutter.first) & (base <= gutter.last)
        is_left = inside & (self._places.x0[chosen] < gutter.x)
        left, right, below = chosen[is_left], chosen[inside & ~is_left], chosen[base > gutter.last]
        self.part(chosen[base < gutter.first], depth + 1, None)
        if gutter.labels:
            self._bands(left, right, gutter.labels, depth)
        elif (name := self._before_float(left, right, below, gutter.x)) is not None:
            for part in (left[name], right, left[~name]):
                self.part(part, depth + 1, self._edge(part if part is right else left))
        else:
            self.part(left, depth + 1, None)
            self.part(right, depth + 1, None)
        self.part(below, depth + 1, None)

    def _edge(self, chosen: np.ndarray) -> float:
        return float(self._places.x1[chosen].max())

    def _bands(self, left: np.ndarray, right: np.ndarray, labels: Sequence[float], depth: int) -> None:
        """Label, what it names, the next label …; a date on one line stays in the line that it dates."""
        base, edge = self._places.base, self._edge(right)
        bounds = [-np.inf, *(label - 2.0 for label in labels), np.inf]
        for low, high in pairwise(bounds):
            label = left[(base[left] >= low) & (base[left] < high)]
            named = right[(base[right] >= low) & (base[right] < high)]
            text = " ".join(self._places.words[index].text for index in label.tolist())
            if len(label) and np.ptp(base[label]) < 2.0 and _DATE.search(text):
                self.regions.append((np.union1d(label, named), edge, float(self._places.x0[right].min())))
                continue
            if len(label):
                self.regions.append((label, self._edge(left), 0.0))
            self.part(named, depth + 1, edge)

    def _before_float(
        self, left: np.ndarray, right: np.ndarray, below: np.ndarray, x: float
    ) -> np.ndarray | None:
        """Which words of ``left`` are read before ``right``, if that is a box around which the text flows.

        The text goes on below without a gap, now over the whole width: the box is read before the first
        heading on its left, after a name that stands there, not amid what is interrupted by nothing.
        """
        if not len(below):
            return None
        places = self._places
        rows = _rows(places.base[left], places.size[left])
        size = float(np.median(places.size[left]))
        first_below = below[places.base[below] <= places.base[below].min() + 2.0]
        if not ((places.x0[first_below] < x - 0.5) & (places.x1[first_below] > x - _GUTTER + 0.5)).any():
            return None
        if places.base[below].min() - rows[-1] > 1.7 * size or places.base[right].max() > rows[-1] + 2.0:
            return None
        texts = _Side(rows=rows, words=[places.words[index] for index in left.tolist()]).texts()
        first = next((at for at, text in enumerate(texts) if heading_section(text) is not None), 0)
        return places.base[left] < rows[first] - 2.0 if first else None


def _best_gutter(places: _Columns, chosen: np.ndarray) -> _Gutter | None:
    """The tallest valid gutter among ``chosen``."""
    x0, x1, base = places.x0[chosen], places.x1[chosen], places.base[chosen]
    best: _Gutter | None = None
    for x in _candidates(x0, x1, base):
        crossing = (x0 < x - 0.5) & (x1 > x - _GUTTER + 0.5)
        stops = np.unique(base[crossing])
        bounds = np.concatenate(([-np.inf], stops, [np.inf]))
        for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            inside = chosen[(base > low + 0.5) & (base < high - 0.5)]
            if len(inside) < 2 * _ROWS or (best is not None and len(inside) < best.rows):
                continue
            run = _run(places, inside, x, bool(np.isfinite(low)), bool(np.isfinite(high)))
            if run is not None and (best is None or run.rows > best.rows):
                best = run
    return best


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
    begins = x0[after_gap]
    # a list may be indented below its heading
    exact += [float(begins[(begins > x - _HANGING) & (begins <= x)].min(initial=x)) for x in exact]
    order = np.argsort(x0, kind="stable")
    reach = np.maximum.accumulate(x1[order])
    empty = np.flatnonzero(x0[order][1:] - reach[:-1] >= _GUTTER)
    return sorted({*exact, *(float(x) for x in x0[order][1:][empty])})


def _run(places: _Columns, inside: np.ndarray, x: float, above: bool, below: bool) -> _Gutter | None:
    """The gutter at ``x``, if it parts two columns or a margin with labels from what they name."""
    base, size = places.base[inside], places.size[inside]
    is_left = places.x0[inside] < x - 0.5
    left, right = _rows(base[is_left], size[is_left]), _rows(base[~is_left], size[~is_left])
    if len(left) < _ROWS or len(right) < _ROWS:
        return None
    heights = [
        float(size[mine & (base <= rows[0] + 0.5)].max())
        for rows, mine in ((left, is_left), (right, ~is_left))
    ]
    first = _trim(left, right, above, heights)
    last = -_trim(-left[::-1], -right[::-1], below, [0.0, 0.0], True)
    left, right = left[(left >= first) & (left <= last)], right[(right >= first) & (right <= last)]
    if len(left) < _ROWS or len(right) < _ROWS:
        return None
    in_run = (base >= first) & (base <= last)
    left_side, right_side = (
        _Side(rows=rows, words=[places.words[index] for index in inside[in_run & mine].tolist()])
        for rows, mine in ((left, is_left), (right, ~is_left))
    )
    usual = float(np.median(size))
    labels = _labels(left_side, right_side, usual)
    if not labels and _is_table(left_side, right_side, usual):
        return None
    first = labels[0] - 2.0 if labels else first  # a title may stand above the labels
    return _Gutter(x=x, first=first, last=last, rows=len(left) + len(right), labels=labels)


def _rows(base: np.ndarray, size: np.ndarray) -> np.ndarray:
    """The baselines of rows."""
    if not len(base):
        return base
    order = np.argsort(base)
    steps = np.diff(base[order]) > 0.4 * size[order][1:]
    return base[order][np.concatenate(([True], steps))]


def _trim(
    left: np.ndarray, right: np.ndarray, bounded: bool, heights: Sequence[float], from_below: bool = False
) -> float:
    """Where the pair of columns begins: one or two rows before it that only one side has are no part of it.

    ``heights`` of the first rows: what stands beside a tall first line, above its baseline, is not before
    it, and what goes on into its column without a gap is part of that. At the foot of a page a column may
    simply be the longer one, unless full-width text follows.
    """
    begin, later = float(min(left[0], right[0])), float(max(left[0], right[0]))
    later -= max(2.0, 0.75 * heights[int(right[0] > left[0])])
    longer = left if left[0] < right[0] else right
    alone = int((longer < later).sum())
    at_top = not from_below and right[0] < left[0]
    if not 0 < alone <= 2 or alone >= len(longer) or not (bounded or at_top):
        return begin
    apart = longer[alone] - longer[alone - 1] > 1.4 * np.median(np.diff(longer))
    return later if apart else begin


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


def _labels(margin: _Side, body: _Side, size: float) -> tuple[float, ...]:
    """The baselines of labels in a margin, if each begins what is set apart beside it; else none.

    A column of dates alone is a table: there each date is read with the line beside it.
    """
    if len(margin.rows) >= 0.6 * len(body.rows) or len(margin.words) > 5 * len(margin.rows):
        return ()
    anew = np.concatenate(([True], np.diff(margin.rows) > 1.6 * size))
    labels = margin.rows[anew & (margin.rows > body.rows[0] - 0.3 * size)]
    if len(labels) < _ROWS:
        return ()
    steps = np.diff(body.rows)
    beside = np.abs(labels[:, None] - body.rows[None, :])
    at = beside.argmin(axis=1)
    apart = np.concatenate(([True], steps > 1.25 * np.median(steps)))[at] | (at == 0)
    if (beside.min(axis=1) <= 0.3 * size).mean() < 0.9 or apart.mean() < 0.9:
        return ()
    texts = margin.texts()
    dates = sum(_DATE.search(text) is not None for text in texts)
    return tuple(labels.tolist()) if dates <= len(texts) - 2 else ()


def _is_table(left: _Side, right: _Side, size: float) -> bool:
    """Whether the sides are to be read row by row: one labels, dates or places for what the other holds."""
    return _is_margin(left, right, size, True) or _is_margin(right, left, size, False)


def _are_dates(few: _Side, many: _Side, size: float) -> bool:
    """Whether what stands left of ``many`` are dates of its rows, headings between them apart."""
    rows = [
        (row, text)
        for row, text in zip(few.rows.tolist(), few.texts(), strict=True)
        if many.rows[0] - size <= row <= many.rows[-1] + size and heading_section(text) is None
    ]
    if len(rows) < 2 or sum(
        len(text) < 32 and _YEAR.search(text) is not None for _, text in rows
    ) < 0.9 * len(rows):
        return False
    nearest = np.abs(np.array([row for row, _ in rows])[:, None] - many.rows[None, :]).min(axis=1)
    return float((nearest <= 0.6 * size).mean()) >= 0.75


def _is_margin(few: _Side, many: _Side, size: float, is_left: bool) -> bool:
    """Whether the rows of ``few`` each belong to the row of ``many`` that they stand beside."""
    if is_left and _are_dates(few, many, size):
        return True
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
