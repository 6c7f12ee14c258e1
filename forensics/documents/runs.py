"""Runs: some characters of a PDF page as words, and the box they stand in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from forensics.documents.document import Box
from forensics.documents.page import Page
from forensics.documents.words import SOFT, words_of


def said(page: Page, chars: np.ndarray) -> list[str]:
    """The words that characters of ``page``, given by ascending indices, make."""
    words: list[str] = []
    for turn in np.unique(page.turn[chars]).tolist():
        words += [
            word.text.removesuffix(SOFT) for word in words_of(page, chars[page.turn[chars] == turn], turn)
        ]
    return words


def raw_words(page: Page) -> list[tuple[str, np.ndarray]]:
    """The words of ``page`` with every character that the file has, and the indices of these."""
    if not len(page):
        return []
    size = np.maximum(page.size[1:], 1.0)
    gap = page.x0[1:] - page.x1[:-1]
    apart = page.spaced[1:] | (np.abs(np.diff(page.base)) > 0.5 * size) | (np.abs(gap) > 0.25 * size)
    starts = np.concatenate(([0], np.flatnonzero(apart) + 1, [len(page)]))
    text = page.codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
    return [
        (text[start:end], np.arange(start, end)) for start, end in pairwise(starts.tolist()) if end > start
    ]


def box_of(page: Page, chars: np.ndarray) -> Box | None:
    """The box around characters of ``page``; ``None`` for none."""
    if not len(chars):
        return None
    return (
        round(float(page.x0[chars].min()), 2),
        round(float(page.top[chars].min()), 2),
        round(float(page.x1[chars].max()), 2),
        round(float(page.bottom[chars].max()), 2),
    )


def around(boxes: list[Box]) -> Box | None:
    """The box around several; ``None`` for none."""
    if not boxes:
        return None
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)
