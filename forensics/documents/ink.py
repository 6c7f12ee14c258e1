"""Ink: which text objects of a PDF page leave no mark on its picture, by looking."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.documents.page import Page

CONTRAST = 20
"""Levels of grey (of 255) by which ink has to differ from what is there without it, to be seen."""

_INVISIBLE = (3, 7)  # render modes that paint nothing
_CLEAR = 26  # alpha of 255 below which ink is transparent
_BARE = 0.5  # share of an object's letters without ink that makes it suspect
_BELOW = 0.5  # share of an object's letters under other letters


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Items:
    """The text objects of a page, in the order of their first characters.

    ``item`` are their addresses, ``owner`` says of each character which object it belongs to, ``letter``
    which characters are letters or digits; ``letters``, ``left, top, right, bottom`` and ``face`` have a
    value for each object.
    """

    item: np.ndarray
    owner: np.ndarray
    letter: np.ndarray
    letters: np.ndarray
    left: np.ndarray
    top: np.ndarray
    right: np.ndarray
    bottom: np.ndarray
    face: np.ndarray

    def share(self, chars: np.ndarray) -> np.ndarray:
        """For each object the share of its letters for which ``chars`` is true."""
        count = np.bincount(self.owner, weights=chars & self.letter, minlength=len(self.item))
        shares: np.ndarray = count / np.maximum(1, self.letters)
        return shares


def items_of(page: Page) -> Items:
    """The text objects of ``page`` that have characters."""
    found, first, owner = np.unique(page.item, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    owner = rank[owner]
    letter = is_letter(page.codes)
    count = len(found)
    edges = []
    for column, extreme, start in (
        (page.x0, np.minimum, np.inf),
        (page.top, np.minimum, np.inf),
        (page.x1, np.maximum, -np.inf),
        (page.bottom, np.maximum, -np.inf),
    ):
        edge = np.full(count, start)
        extreme.at(edge, owner, column)
        edges.append(edge)
    return Items(
        item=found[order],
        owner=owner,
        letter=letter,
        letters=np.bincount(owner, weights=letter, minlength=count),
        left=edges[0],
        top=edges[1],
        right=edges[2],
        bottom=edges[3],
        face=page.face[first[order]],
    )


def is_letter(codes: np.ndarray) -> np.ndarray:
    """Which code points are letters or digits, as far as hidden text is concerned: no bullets, no icons."""
    latin = (codes >= 0xC0) & (codes < 0x2000) & (codes != 0xD7) & (codes != 0xF7)
    wide = (codes >= 0x2C00) & (codes < 0xE000) & ~((codes >= 0x3000) & (codes < 0x3005))
    digit = (codes >= 48) & (codes <= 57)
    ascii = ((codes >= 65) & (codes <= 90)) | ((codes >= 97) & (codes <= 122))
    tags = (codes >= 0xF900) & (codes < 0xFFF0)
    found: np.ndarray = digit | ascii | latin | wide | tags | ((codes >= 0x10000) & (codes < 0xE0000))
    return found


class Counter2D:
    """Counts of the true cells of a grid inside boxes."""

    def __init__(self, grid: np.ndarray) -> None:
        height, width = grid.shape
        self._sums = np.zeros((height + 1, width + 1), dtype=np.int32)
        np.cumsum(grid, axis=0, dtype=np.int32, out=self._sums[1:, 1:])
        np.cumsum(self._sums[1:, 1:], axis=1, out=self._sums[1:, 1:])

    def within(self, x0: np.ndarray, top: np.ndarray, x1: np.ndarray, bottom: np.ndarray) -> np.ndarray:
        """How many lie in each box, given in cells; a box is at least one cell."""
        height, width = self._sums.shape
        left = np.clip(np.floor(x0), 0, width - 2).astype(np.intp)
        high = np.clip(np.floor(top), 0, height - 2).astype(np.intp)
        right = np.clip(np.ceil(x1), left + 1, width - 1).astype(np.intp)
        low = np.clip(np.ceil(bottom), high + 1, height - 1).astype(np.intp)
        sums = self._sums
        inside: np.ndarray = sums[low, right] - sums[high, right] - sums[low, left] + sums[high, left]
        return inside


def differs(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Where two pictures differ by at least :data:`CONTRAST`."""
    changed: np.ndarray = np.maximum(a, b) - np.minimum(a, b) >= CONTRAST
    return changed


def _samples(
    page: Page, shape: tuple[int, ...], scale: float, across: np.ndarray, down: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Cells of a grid on each character: ``across`` and ``down`` are shares of its box. Rows and columns."""
    x = page.x0[:, None] + across * (page.x1 - page.x0)[:, None]
    y = page.top[:, None] + down * (page.bottom - page.top)[:, None]
    columns = np.clip(x * scale, 0, shape[1] - 1).astype(np.intp)
    rows = np.clip(y * scale, 0, shape[0] - 1).astype(np.intp)
    return np.repeat(rows, len(across), axis=1), np.tile(columns, (1, len(down)))


def suspects(page: Page, items: Items, full: np.ndarray, bare: np.ndarray, scale: float) -> np.ndarray:
    """The objects worth a closer look, as a mask over ``items``.

    ``full`` is the picture of the page, ``bare`` the one without text. Suspect are objects whose letters
    leave no ink, whose own words say that they would not (render mode, alpha, a colour like the ground),
    and those that lie under the letters of others, whose ink could be taken for theirs.
    """
    at = _samples(page, full.shape, scale, np.linspace(0.05, 0.95, 7), np.linspace(0.18, 0.85, 9))
    inked: np.ndarray = np.any(differs(full[at], bare[at]), axis=1)
    found = items.share(~inked) >= _BARE
    colour = np.array([each.colour for each in page.faces])[items.face]
    mode = np.array([each.mode for each in page.faces])[items.face]
    found |= np.isin(mode, _INVISIBLE) | (colour[:, 3] < _CLEAR)
    found |= (items.share(_like_ground(page, items, bare, scale, grey(colour))) >= _BARE) & (mode == 0)
    found |= items.share(_beneath(page, items)) >= _BELOW
    result: np.ndarray = found & (items.letters > 0)
    return result


def grey(colour: np.ndarray) -> np.ndarray:
    """The grey that pdfium paints an RGB colour in."""
    levels: np.ndarray = (colour[..., 2] * 11 + colour[..., 1] * 59 + colour[..., 0] * 30) // 100
    return levels


def _like_ground(page: Page, items: Items, bare: np.ndarray, scale: float, colours: np.ndarray) -> np.ndarray:
    """Which characters stand on a ground of nearly their own grey, at their four inner corners."""
    ground = bare[_samples(page, bare.shape, scale, np.array([0.1, 0.9]), np.array([0.2, 0.85]))]
    alike: np.ndarray = np.abs(ground.astype(np.int32) - colours[items.owner][:, None]) < CONTRAST
    result: np.ndarray = np.all(alike, axis=1)
    return result


def _beneath(page: Page, items: Items) -> np.ndarray:
    """Which characters have, inside them, a letter of an object that was painted later."""
    topmost = np.full((max(1, int(page.height) + 1), max(1, int(page.width) + 1)), -1, dtype=np.int32)
    inner = np.linspace(0.25, 0.75, 3)
    rows, columns = _samples(page, topmost.shape, 1.0, inner, inner)
    order = np.argsort(items.owner, kind="stable")
    order = order[items.letter[order]]
    owners = np.repeat(items.owner[order][:, None], rows.shape[1], axis=1)
    topmost[rows[order].ravel(), columns[order].ravel()] = owners.ravel()  # the last one written stays
    below: np.ndarray = (topmost[rows, columns] > items.owner[:, None]).any(axis=1)
    return below
