"""List marks that are drawn: small shapes beside a line, where a writer prints no glyph for a bullet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forensics.documents.words import Word

_SMALLEST, _LARGEST = 0.15, 0.6  # of the font size: the sides of a mark
_MANY = 2_000  # small shapes of one page, more than any list has
_REACH = 3.0  # of the font size: how far a mark stands from its line


def list_marks(words: Sequence[Word], shapes: np.ndarray) -> list[Word]:
    """A word "•" for each shape (``x0, top, x1, bottom`` as shown) that marks a line of ``words``.

    A mark is small and about as wide as high, stands left of a line's first word at the height of its
    small letters, and alone: the parts of an icon or of a drawn letter stand close together, the dots of
    a time line hang on it. A page with thousands of small shapes is a drawing or a map: no list is made
    of them.
    """
    sides = shapes[:, 2:] - shapes[:, :2]
    small = (sides.max(axis=1, initial=0.0) < 12) & (sides.min(axis=1, initial=12.0) > 0.8)
    if not words or not 0 < small.sum() <= _MANY:
        return []
    base = np.array([word.base for word in words])
    x0 = np.array([word.x0 for word in words])
    x1 = np.array([word.x1 for word in words])
    size = np.array([word.size for word in words])
    marks: list[Word] = []
    for left, top, right, bottom in np.unique(shapes[small], axis=0).tolist():
        side, middle = max(right - left, bottom - top), (top + bottom) / 2
        level = (middle > base - 0.75 * size) & (middle < base + 0.02 * size)
        after = np.flatnonzero(level & (x0 >= right - 0.3) & (x0 - right < _REACH * size))
        if not len(after):
            continue
        first = int(after[x0[after].argmin()])
        height = float(size[first])
        wide, high = right - left, bottom - top
        if not (
            _SMALLEST * height <= min(wide, high)
            and side <= _LARGEST * height
            and side <= 1.6 * min(wide, high)
        ):
            continue
        before = level & (x1 > left - 2.0 * height) & (x0 < right - 0.3)
        if before.any() or not _alone(shapes, (left, top, right, bottom), height):
            continue
        marks.append(
            Word(
                text="•", x0=left, top=top, x1=right, bottom=bottom,
                base=float(base[first]), size=height, bold=words[first].bold,
            )
        )  # fmt: skip
    return marks


def _alone(shapes: np.ndarray, mark: tuple[float, float, float, float], size: float) -> bool:
    """Whether no other shape stands close by; a ground that the whole line stands on is no neighbour."""
    left, top, right, bottom = mark
    near = (
        (shapes[:, 0] < right + 0.6 * size)
        & (shapes[:, 2] > left - 0.6 * size)
        & (shapes[:, 1] < bottom + 0.15 * size)
        & (shapes[:, 3] > top - 0.15 * size)
    )
    itself = np.abs(shapes - np.array(mark)).max(axis=1) < 0.05
    ground = (shapes[:, 2] - shapes[:, 0] > 6 * size) & (shapes[:, 3] - shapes[:, 1] > size)
    return not (near & ~itself & ~ground).any()
