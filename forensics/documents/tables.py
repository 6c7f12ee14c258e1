"""Ruled tables: the rows and cells that lines and boxes draw on a page, and the words in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forensics.documents.words import Word

_THIN = 2.0  # points: a shape that is not thicker is a line
_NEAR = 2.5  # points: lines so close meet
_SHORT = 8.0  # points: no side of a cell is shorter
_MANY = 1_500  # a page with more shapes is a drawing
_HELD = 9  # a box with so many others inside is their ground, no cell
_WORDS = 4  # fewer words in cells are no table

Segment = tuple[float, float, float]
"""Where a line is, and from where to where it goes: ``y, x0, x1`` or ``x, top, bottom``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One row of a table: a word that stands for it among the others, and its parts in reading order."""

    stand_in: Word
    parts: tuple[tuple[Word, ...], ...]


def strips(words: Sequence[Word], shapes: np.ndarray) -> tuple[list[Word], list[Strip]]:
    """The words outside of ruled tables, and the rows of those tables.

    ``shapes`` are boxes ``x0, top, x1, bottom``. A table has at least two rows and two columns of cells whose
    lines meet. The cells of a row are read one after the other; where all but one are a single line beside the
    first line of that one, the row is read as it is printed.
    """
    if not 4 <= len(shapes) <= _MANY or not words:
        return list(words), []
    level, upright = _lines(shapes)
    if len(level) < 3 or len(upright) < 3:
        return list(words), []
    rest = list(words)
    found: list[Strip] = []
    for ys, xs in _grids(level, upright):
        inside = [word for word in rest if ys[0] < _middle(word) < ys[-1] and xs[0] - 1 < word.x0 < xs[-1]]
        if len(inside) < _WORDS:
            continue
        rows = _rows(inside, ys, xs)
        if sum(len(cells) > 1 for cells in rows) < 2:  # a frame around columns, not cells beside cells
            continue
        taken = {id(word) for word in inside}
        rest = [word for word in rest if id(word) not in taken]
        found += [_strip(cells, xs) for cells in rows if cells]
    return rest, found


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _lines(shapes: np.ndarray) -> tuple[list[Segment], list[Segment]]:
    """Level and upright lines; the sides of boxes count as lines."""
    level: list[Segment] = []
    upright: list[Segment] = []
    unique = np.unique(shapes, axis=0)
    for (x0, top, x1, bottom), ground in zip(unique.tolist(), _grounds(unique).tolist(), strict=True):
        wide, high = x1 - x0, bottom - top
        if ground:
            continue
        if high <= _THIN and wide >= _SHORT:
            level.append(((top + bottom) / 2, x0, x1))
        elif wide <= _THIN and high >= _SHORT:
            upright.append(((x0 + x1) / 2, top, bottom))
        elif wide >= 2 * _SHORT and high >= _SHORT:
            level += [(top, x0, x1), (bottom, x0, x1)]
            upright += [(x0, top, bottom), (x1, top, bottom)]
    return _merged(level), _merged(upright)


def _grounds(shapes: np.ndarray) -> np.ndarray:
    """Which boxes hold several others: the page, a panel, the ground of a table."""
    low, high = shapes[:, :2] - 1, shapes[:, 2:] + 1
    held = np.zeros(len(shapes), dtype=np.int32)
    for index in range(len(shapes)):
        if (shapes[index, 2:] - shapes[index, :2]).min() > _THIN:
            inside = (shapes[:, :2] >= low[index]) & (shapes[:, 2:] <= high[index])
            held[index] = inside.all(axis=1).sum() - 1
    return held >= _HELD


def _merged(lines: list[Segment]) -> list[Segment]:
    """Lines at one place that touch each other are one."""
    merged: list[Segment] = []
    tracks: list[list[Segment]] = []
    for line in sorted(lines):
        if tracks and line[0] - tracks[-1][-1][0] <= _THIN:
            tracks[-1].append(line)
        else:
            tracks.append([line])
    for track in tracks:
        at = sum(line[0] for line in track) / len(track)
        start, end = 0.0, -1.0
        for _, begin, stop in sorted(track, key=lambda line: line[1]):
            if end < start or begin > end + _NEAR:
                if end > start:
                    merged.append((at, start, end))
                start, end = begin, stop
            else:
                end = max(end, stop)
        if end > start:
            merged.append((at, start, end))
    return merged


def _grids(level: list[Segment], upright: list[Segment]) -> list[tuple[list[float], list[float]]]:
    """The heights and places of the lines of each table: lines that meet, directly or by others."""
    group = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for at, (y, x0, x1) in enumerate(level):
        for other, (x, top, bottom) in enumerate(upright, start=len(level)):
            if x0 - _NEAR <= x <= x1 + _NEAR and top - _NEAR <= y <= bottom + _NEAR:
                group[root(at)] = root(other)
    tables: dict[int, tuple[set[float], set[float]]] = {}
    for at in range(len(group)):
        ys, xs = tables.setdefault(root(at), (set(), set()))
        (ys if at < len(level) else xs).add((level[at] if at < len(level) else upright[at - len(level)])[0])
    return [(sorted(ys), sorted(xs)) for ys, xs in tables.values() if len(ys) > 2 and len(xs) > 2]


def _rows(words: Sequence[Word], ys: Sequence[float], xs: Sequence[float]) -> list[list[list[Word]]]:
    """The cells of each row that hold words, from the left."""
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        row = int(np.searchsorted(ys, _middle(word)))
        column = int(np.searchsorted(xs, word.x0 + 1))
        cells.setdefault((row, column), []).append(word)
    return [
        [cells[row, column] for column in range(len(xs) + 1) if (row, column) in cells]
        for row in range(len(ys) + 1)
    ]


def _strip(cells: list[list[Word]], xs: Sequence[float]) -> Strip:
    words = [word for cell in cells for word in cell]
    first = min(words, key=lambda word: word.base)
    stand_in = Word(
        text=first.text, x0=xs[0], top=min(word.top for word in words), x1=xs[-1],
        bottom=max(word.bottom for word in words), base=first.base, size=first.size, bold=first.bold,
    )  # fmt: skip
    long = [cell for cell in cells if max(word.base for word in cell) - min(word.base for word in cell) > 2.0]
    aligned = all(abs(min(word.base for word in cell) - first.base) <= 2.0 for cell in cells)
    parts = [words] if aligned and len(long) <= 1 else cells
    return Strip(stand_in=stand_in, parts=tuple(tuple(part) for part in parts))
