"""Pages → Look: fonts, sizes and colours, where lines begin and end, rules and boxes, counted over the first pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from forensics.documents.look import Lettering, Look
from forensics.documents.page import Page

PAGES = 2
"""So many pages are looked at: a template shows itself on the first, a long document must not outvote it."""

_LETTERINGS, _PLACES, _SHAPES = 24, 40, 36  # the look of a document stays below 4 KB
_THIN, _LONG, _SMALL = (
    3.5,
    20.0,
    20.0,
)  # points: a rule is at most as thick, at least as long; a dot is smaller
_GAP = 1.5  # of the font size: a wider gap ends a stretch
_NEAR = 4.0  # points

Style = tuple[str, float, str, str]
"""Font, size, colour and marks."""


@dataclass(slots=True)
class Tally:
    """Counts that become a :class:`Look`. State: what was seen so far."""

    width: float = 0.0
    height: float = 0.0
    letters: Counter[Style] = field(default_factory=Counter)
    sides: Counter[tuple[Style, str]] = field(default_factory=Counter)
    starts: Counter[float] = field(default_factory=Counter)
    ends: Counter[float] = field(default_factory=Counter)
    shapes: Counter[tuple[str, float, float]] = field(default_factory=Counter)
    edges: list[tuple[float, float]] = field(default_factory=list)
    lines: int = 0

    def stretch(self, style: Style, start: float, end: float, width: float, count: int = 1) -> None:
        """A stretch of a line in ``style`` from ``start`` points off the left edge to ``end``."""
        self.lines += count
        self.edges.append((start, width - end))
        self.starts[_rounded(start)] += count
        self.ends[_rounded(width - end)] += count
        self.sides[style, _side(start, end, width)] += count

    def shape(self, left: float, top: float, right: float, bottom: float, width: float) -> None:
        """A box in points from the top left of a page ``width`` points wide."""
        across, down = right - left, bottom - top
        if down <= _THIN and across >= _LONG:
            self.shapes["rule", round(left), round(width - right)] += 1
        elif across <= _THIN and down >= _LONG:
            self.shapes["bar", round(left), round(width - right)] += 1
        elif across < _SMALL and down < _SMALL:
            self.shapes["dot", round(across), round(down)] += 1
        elif across >= _LONG:
            self.shapes["box", round(left), round(width - right)] += 1

    def look(self) -> Look | None:
        """The look of what was seen; ``None`` where there was no letter."""
        if not self.letters:
            return None
        sides: dict[Style, Counter[str]] = {}
        for (style, side), count in self.sides.items():
            sides.setdefault(style, Counter())[side] += count
        lefts, rights = zip(*self.edges, strict=True) if self.edges else ((0.0,), (0.0,))
        return Look(
            width=round(self.width, 1),
            height=round(self.height, 1),
            margins=(round(_twentieth(lefts), 1), round(_twentieth(rights), 1)),
            letters=self.letters.total(),
            lines=self.lines,
            lettering=tuple(
                Lettering(
                    font=style[0],
                    size=style[1],
                    colour=style[2],
                    marks=style[3],
                    letters=count,
                    lines=sides.get(style, Counter()).total(),
                    side=max(
                        sides.get(style) or Counter("l"), key=lambda s: (sides.get(style, Counter())[s], s)
                    ),
                )
                for style, count in sorted(self.letters.items(), key=lambda each: (-each[1], each[0]))[
                    :_LETTERINGS
                ]
            ),
            starts=tuple(self.starts.most_common(_PLACES)),
            ends=tuple((x, count) for x, count in self.ends.most_common(_PLACES) if count > 1),
            shapes=tuple((*shape, count) for shape, count in self.shapes.most_common(_SHAPES)),
        )


class Sketch:
    """What a reader fills while it reads: the first pages of a PDF, or a tally of its own."""

    def __init__(self) -> None:
        self.tally = Tally()

    def page(self, page: Page) -> None:
        """Look at a page of a PDF; those after the first :data:`PAGES` do not count."""
        if page.number > PAGES or not len(page):
            return
        if not self.tally.width:
            self.tally.width, self.tally.height = page.width, page.height
        styles = _styles(page)
        for at, count in enumerate(np.bincount(page.face, minlength=len(page.faces)).tolist()):
            if count:
                self.tally.letters[styles[at]] += count
        for start, end, face in _stretches(page):
            self.tally.stretch(styles[face], start, end, page.width)
        for left, top, right, bottom in np.unique(np.round(page.shapes, 1), axis=0).tolist():
            whole = right - left > 0.97 * page.width and bottom - top > 0.97 * page.height
            if not whole and np.isfinite(left + top + right + bottom):
                self.tally.shape(left, top, right, bottom, page.width)


def _styles(page: Page) -> list[Style]:
    capital = (page.codes >= 65) & (page.codes <= 90)
    small = (page.codes >= 97) & (page.codes <= 122)
    found = []
    sizes = np.zeros(len(page.faces))
    for at in range(len(page.faces)):
        mine = page.size[page.face == at]
        sizes[at] = float(np.median(mine)) if len(mine) else page.faces[at].size
    for at, face in enumerate(page.faces):
        mine = page.face == at
        only = bool((mine & capital).sum() >= 4 and not (mine & small).any())
        name = face.font[:48]
        slanted = any(word in name.lower() for word in ("italic", "oblique", "slanted"))
        marks = ("b" if face.bold else "") + ("i" if slanted else "") + ("c" if only else "")
        red, green, blue, _ = face.colour
        found.append((name, round(2 * float(sizes[at])) / 2, f"{red:02X}{green:02X}{blue:02X}", marks))
    return found


def _stretches(page: Page) -> list[tuple[float, float, int]]:
    """Start, end and face of each stretch of upright text that no wide gap divides."""
    upright = np.flatnonzero(page.turn == 0)
    if not len(upright):
        return []
    by_base = upright[np.argsort(page.base[upright], kind="stable")]
    line = np.concatenate(([0], np.cumsum(np.diff(page.base[by_base]) > 1.5)))
    order = by_base[np.lexsort((page.x0[by_base], line))]
    line = np.sort(line)
    x0, x1, size = page.x0[order], page.x1[order], np.maximum(page.size[order], 1.0)
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(line) > 0) | (x0[1:] - x1[:-1] > _GAP * size[1:])
    firsts = np.flatnonzero(new)
    lasts = np.append(firsts[1:], len(order)) - 1
    return [
        (float(x0[a]), float(x1[a : b + 1].max()), int(page.face[order[a]]))
        for a, b in zip(firsts.tolist(), lasts.tolist(), strict=True)
    ]


def _twentieth(values: Sequence[float]) -> float:
    """The 5th percentile, as numpy gives it (linear), for a few dozen values a tenth of its time."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * 0.05
    low, high = ordered[int(at)], ordered[min(int(at) + 1, len(ordered) - 1)]
    part = at - int(at)
    return float(low + (high - low) * part if part < 0.5 else high - (high - low) * (1 - part))


def _rounded(x: float) -> float:
    return round(2 * x) / 2


def _side(start: float, end: float, width: float) -> str:
    if abs((start + end) - width) < 2 * _NEAR and start > 0.15 * width:
        return "c"
    return "r" if start > 0.6 * width else "l"
