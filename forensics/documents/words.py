"""Characters → words, and the characters as they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from forensics.documents.page import Page
from forensics.documents.rows import BULLETS

_SPACE = 0.15  # of the font size: a wider gap between two letters is a space
_DROPPED = dict.fromkeys(
    [
        0xAD,
        0x200B,
        0x200C,
        0x200D,
        0x200E,
        0x200F,
        0x2060,
        0xFEFF,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
SOFT = "\u00ad"
"""A soft hyphen: kept at the end of a word only, where it is printed at the end of a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Characters that touch each other on one baseline, and where they stand (points, from the top left)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool

    @property
    def marker(self) -> bool:
        """Whether the word is only a list marker."""
        return self.text in {"-", "–", "o", "*", "§"} or all(letter in BULLETS for letter in self.text)


def clean(text: str) -> str:
    """``text`` as it is compared: NFKC without zero-width characters, private-use bullets as "•"."""
    if text.isascii() and text.isprintable():
        return text
    text = text.translate(_DROPPED)
    if not text.isascii():
        text = _PRIVATE.sub("•", unicodedata.normalize("NFKC", text))
    return _CONTROL.sub(" ", text)


def words_of(page: Page, chosen: np.ndarray, turn: int) -> list[Word]:
    """The words written in one direction; a turned page is laid flat first."""
    left, top, right, bottom, base = _flat(page, chosen, turn)
    size = np.maximum(page.size[chosen], 1.0)
    face = page.face[chosen]
    same_row = np.abs(np.diff(base)) <= 0.3 * np.maximum(size[1:], size[:-1])
    right = _printed_ends(left, right, page.codes[chosen], face, same_row)
    gap = left[1:] - right[:-1]
    leftward = _leftward(page.codes[chosen], left)
    gap = np.where(leftward, left[:-1] - right[1:], gap)
    limit = _SPACE * np.minimum(size[1:], size[:-1]) + _tracking(gap, same_row, face)
    broken = (
        ~same_row
        | page.spaced[chosen][1:]
        | (gap > limit)
        | ((gap < -0.7 * size[1:]) & (left[1:] < left[:-1] - 0.5) & ~leftward)
    )
    # raised or lowered letters belong to the word they touch
    touching = (np.abs(np.diff(base)) <= 0.6 * np.maximum(size[1:], size[:-1])) & (np.abs(gap) <= limit)
    small = np.minimum(size[1:], size[:-1]) < 0.85 * np.maximum(size[1:], size[:-1])
    broken &= ~(touching & small & ~page.spaced[chosen][1:])
    starts = np.concatenate(([0], np.flatnonzero(broken) + 1))
    lengths = np.diff(np.concatenate((starts, [len(chosen)])))
    x0 = np.minimum.reduceat(left, starts)
    x1 = np.maximum.reduceat(right, starts)
    highest = np.minimum.reduceat(top, starts)
    lowest = np.maximum.reduceat(bottom, starts)
    largest = np.maximum.reduceat(size, starts)
    bold_faces = np.array([each.bold for each in page.faces])
    bold = np.add.reduceat(bold_faces[face].astype(np.int32), starts) * 2 > lengths
    text = page.codes[chosen].astype("<u4").tobytes().decode("utf-32-le", "replace")
    words = []
    turning = bool(leftward.any())
    columns = zip(
        starts.tolist(), lengths.tolist(), x0.tolist(), highest.tolist(), x1.tolist(), lowest.tolist(),
        base[starts].tolist(), largest.tolist(), bold.tolist(), strict=True,
    )  # fmt: skip
    for start, length, *place, baseline, height, heavy in columns:
        raw = text[start : start + length]
        if turning and _LEFTWARD.search(raw):
            raw = _to_the_left(raw, left[start : start + length].tolist())
        content = clean(raw).strip()
        if raw.endswith(SOFT) and content:
            content += SOFT  # printed as a hyphen at the end of a line; anywhere else it is dropped again
        if content:
            words.append(
                Word(
                    text=content, x0=place[0], top=place[1], x1=place[2], bottom=place[3],
                    base=baseline, size=height, bold=heavy,
                )
            )  # fmt: skip
    return words


def is_leftward(codes: np.ndarray) -> np.ndarray:
    """Which code points are letters that are written from right to left (Hebrew, Arabic and kin)."""
    return (
        ((codes >= 0x590) & (codes <= 0x8FF))
        | ((codes >= 0xFB1D) & (codes <= 0xFDFF))
        | ((codes >= 0xFE70) & (codes <= 0xFEFC))
    )


def _leftward(codes: np.ndarray, left: np.ndarray) -> np.ndarray:
    """For each gap, whether the writing goes to the left over it: next to such a letter, to no other letter."""
    leftward = is_leftward(codes)
    if not leftward.any():
        return np.zeros(max(0, len(codes) - 1), dtype=bool)
    other = ~leftward & ((codes >= 0xC0) | ((codes | 32) - 97 < 26) | (codes - 48 < 10))
    pairs = (leftward[1:] & ~other[:-1]) | (leftward[:-1] & ~other[1:])
    found: np.ndarray = pairs & (left[1:] < left[:-1])
    return found


def _to_the_left(raw: str, left: Sequence[float]) -> str:
    """A word of letters that are read to the left, in the order in which they are read.

    Some files give them from left to right, as they look. The letters of one glyph (Arabic lam and alef) stand
    at one place: pdfium turns them around with the rest.
    """
    letters = list(zip(raw, left, strict=True))
    if left[-1] > left[0] and 2 * len(_LEFTWARD.findall(raw)) > len(raw):
        letters.reverse()
    read = ""
    for _, run in groupby(letters, key=lambda letter: letter[1]):
        read += "".join(letter for letter, _ in run)[::-1]
    return read


def _flat(page: Page, chosen: np.ndarray, turn: int) -> tuple[np.ndarray, ...]:
    """left, top, right, bottom and baseline of characters as if their writing ran to the right."""
    x0, top, x1, bottom = (column[chosen] for column in (page.x0, page.top, page.x1, page.bottom))
    base = page.base[chosen]
    if turn == 0:
        return x0, top, x1, bottom, base
    if turn == 1:  # downwards
        return top, page.width - x1, bottom, page.width - x0, page.width - base
    if turn == 2:
        return page.width - x1, page.height - bottom, page.width - x0, page.height - top, page.height - base
    return page.height - bottom, x0, page.height - top, x1, base


def _printed_ends(
    left: np.ndarray, right: np.ndarray, codes: np.ndarray, face: np.ndarray, same_row: np.ndarray
) -> np.ndarray:
    """Where characters end as they were set, which may be before their font says they do.

    Some writers set letters closer than the font's widths, so that spaces nearly vanish between them. How
    far a letter of one font advances is learned from the letters that follow it on the page; a letter that
    is too rare for that is taken to be set as close as the others of its font.
    """
    if len(left) < 5:
        return right
    width = np.maximum(right - left, 1e-3)
    share = np.where(same_row & (np.diff(left) > 0), np.diff(left) / width[:-1], np.inf)
    key = face.astype(np.int64) * 0x110000 + codes
    order = np.lexsort((share, key[:-1]))
    starts = np.flatnonzero(np.concatenate(([True], np.diff(key[order]) != 0)))
    usable = np.add.reduceat(np.isfinite(share[order]).astype(np.int64), starts)
    advance = share[order][starts + usable // 5]
    known = (usable >= 4) & (advance > 0.3) & (advance < 1.5)
    letters, faces = key[order][starts[known]], key[order][starts[known]] // 0x110000
    learned = np.full(len(left), np.inf)
    for each in np.unique(faces).tolist():
        learned[face == each] = np.median(advance[known][faces == each])
    if len(letters):
        at = np.minimum(np.searchsorted(letters, key), len(letters) - 1)
        learned = np.where(letters[at] == key, advance[known][at], learned)
    return np.where(learned < 0.98, left + learned * width, right)


def _tracking(gap: np.ndarray, same_row: np.ndarray, face: np.ndarray) -> np.ndarray:
    """For each gap, the letter spacing of the run it is in: the median gap, where that is positive."""
    if not len(gap):
        return gap
    ends = np.concatenate(([0], np.flatnonzero(~same_row | (np.diff(face) != 0)) + 1, [len(gap)]))
    ends = np.unique(ends)
    tracking = np.zeros(len(gap))
    bounds = np.diff(ends)
    for start, length in zip(ends[:-1][bounds >= 4].tolist(), bounds[bounds >= 4].tolist(), strict=True):
        tracking[start : start + length] = max(0.0, float(np.median(gap[start : start + length])))
    return tracking
