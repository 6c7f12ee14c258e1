"""Letterforms: whether the glyphs of a font look like the letters that the file says they are."""

from __future__ import annotations

import numpy as np

from forensics.documents.hidden import Unseen
from forensics.documents.page import Page
from forensics.documents.runs import box_of, said

_TALL = frozenset("bdhkl")
_LOW = frozenset("acemnorsuvwxz")
_DEEP = frozenset("gpqy")
_WIDTH = dict(zip(
    "abcdefghijklmnopqrstuvwxyz",
    (49, 47, 46, 47, 48, 27, 46, 43, 8, 17, 46, 8, 70, 43, 50, 47, 47, 28, 44, 25, 43, 48, 69, 47, 48, 44),
    strict=True,
))  # fmt: skip
"""How wide the ink of each letter is in a common sans serif, in hundredths of the size."""

_ENOUGH = 7  # letters of a font that can be judged
_AGREE = 0.88  # share of the judgements that have to fit
_ALIKE = 0.65  # correlation of widths


def false_letters(page: Page) -> list[tuple[np.ndarray, Unseen]]:
    """Runs of text whose font draws other letters than the file says: their characters, and the text.

    A font is judged by the heights, depths and widths of its small letters: whatever the typeface, b, d,
    h, k and l are taller than a, c, e and o, and g, p, q and y reach below the line. Where a map from
    glyphs to letters was exchanged, that fits no better than chance. Fonts without such differences
    (small capitals), icons and fonts with few letters are not judged.
    """
    handles = np.array([face.handle for face in page.faces], dtype=np.int64)
    forms = page.letterforms
    own = handles[forms[:, 0].astype(np.intp)]
    found = []
    for handle in np.unique(own).tolist():
        if _fits(forms[own == handle]):
            continue
        chars = np.flatnonzero(handles[page.face] == handle)
        found.append((chars, _run(page, chars)))
    return found


def _fits(forms: np.ndarray) -> bool:
    """Whether rows of (face, code, above, below, across) look like their letters, or cannot be judged."""
    letters = [chr(int(code)) for code in forms[:, 1]]
    above, below, across = forms[:, 2], forms[:, 3], forms[:, 4]
    if len(np.unique(np.round(forms[:, 2:], 3), axis=0)) <= 0.75 * len(forms):
        return True  # many letters for one glyph, which is looked for by its place
    judged = [at for at, letter in enumerate(letters) if letter in _TALL | _LOW | _DEEP]
    if len(judged) < _ENOUGH or float(above[judged].max()) <= 0:
        return True
    tops = np.sort(above[judged])
    gap = np.diff(tops)
    lowest, highest = float(tops[0]), float(tops[-1])
    if highest < 1.15 * max(lowest, 1e-6) or not len(gap):
        return True
    split = float(tops[gap.argmax()] + tops[gap.argmax() + 1]) / 2
    votes: list[bool] = []
    for at in judged:
        tall, deep = above[at] > split, below[at] < -0.12 * highest
        votes.append(bool(tall) == (letters[at] in _TALL))
        votes.append(bool(deep) == (letters[at] in _DEEP))
    agree = sum(votes) / len(votes)
    expected = np.array([_WIDTH[letter] for letter in letters], dtype=np.float64)
    spread = float(across.std()) * float(expected.std())
    alike = (
        float(np.mean((across - across.mean()) * (expected - expected.mean()))) / spread
        if spread > 1e-9
        else 1.0
    )
    return agree >= _AGREE or alike >= _ALIKE


def _run(page: Page, chars: np.ndarray) -> Unseen:
    return Unseen(
        text=" ".join(said(page, chars)),
        why="text_layer_mismatch",
        page=page.number,
        bbox=box_of(page, chars),
    )
