"""Unseen text of a PDF page: proof that a text object puts nothing on the page, and what the reason is."""

from __future__ import annotations

from typing import Any

import numpy as np

from forensics.documents.document import Box
from forensics.documents.ink import CONTRAST, Counter2D, Items, differs, grey, items_of, suspects
from forensics.documents.page import Page, Shown
from forensics.documents.page_objects import FORM, IMAGE, NOTE, PATH, TEXT, Objects, Thing
from forensics.documents.render import Canvas

_SEEN = 0.3  # share of an object's ink that has to be visible
_CLEAR = 26  # alpha below which ink is transparent
_DOUBLED = 0.6  # share of it that the same letters, printed once more, have to show
_LONG = 80  # letters: a longer text under a labelled box is no accident …
_MOST_SLIPPED = 400  # … nor are so many on a page, in pieces
_MAX_OVER = 20  # things over a text that are looked at
_SCAN = 0.3  # share of the page that a scanned picture covers at least

PICTURED = "pictured"
"""The text layer of a picture of text, as scanners and drawing programs add it: not hidden."""

OVERLAID = "overlaid"
"""A line under a box with text of its own that has slipped over it: not hidden by anybody."""

UNKNOWN = "unknown"
"""Not seen, and nothing that we know makes it so (a glyph that the font does not hold)."""


def unseen(
    handle: Any, page: Page, objects: Objects, texts: list[int], limit: int, canvas: Canvas
) -> dict[int, tuple[np.ndarray, str]]:
    """The text objects of ``page`` that nobody sees: which of its characters they are, and why.

    Keys number the objects in the order of the page; reasons are those of ``Hidden.why``,
    :data:`PICTURED`, :data:`OVERLAID` and :data:`UNKNOWN`. The page is painted with and without its text;
    the objects that leave nothing are then painted alone, in black, to learn where their ink would be.
    ``texts`` are the addresses of all text objects. Changes the objects of ``handle``: nothing else may be
    read from it afterwards. Raises :class:`~forensics.documents.render.TooSlow`.
    """
    import pypdfium2.raw as pdfium

    items = items_of(page)
    full = canvas.picture()
    for address in texts:
        objects.show(address, False)
    bare = canvas.picture()
    chosen = suspects(page, items, full, bare, canvas.scale)
    if not chosen.any():
        return {}
    off = items.share(_off_page(page)) > 0.9
    found = {index: "off_page" for index in np.flatnonzero(chosen & off).tolist()}
    rest = np.flatnonzero(chosen & ~off)
    if len(rest):
        things = objects.walk(Shown(pdfium, handle), limit)
        for address in texts:
            objects.show(address, True)
        copies = set(texts) - set(items.item.tolist())
        found |= _causes(objects, page, items, rest, canvas, full, bare, things, copies)
    return {index: (np.flatnonzero(items.owner == index), why) for index, why in sorted(found.items())}


def _off_page(page: Page) -> np.ndarray:
    return (
        (page.x1 <= 0.5)
        | (page.x0 >= page.width - 0.5)
        | (page.bottom <= 0.5)
        | (page.top >= page.height - 0.5)
    )


def _causes(
    objects: Objects,
    page: Page,
    items: Items,
    chosen: np.ndarray,
    canvas: Canvas,
    full: np.ndarray,
    bare: np.ndarray,
    things: list[Thing],
    copies: set[int],
) -> dict[int, str]:
    """For each of the ``chosen`` objects that is not seen, why.

    ``copies`` are the text objects whose letters stand where others have the same: who sees those sees these.
    """
    mine = {int(items.item[index]) for index in chosen.tolist()}
    for address in mine:
        objects.show(address, False)
    without = canvas.picture()  # the page but for the chosen objects
    bereft = without
    if copies:
        for address in copies:
            objects.show(address, False)
        bereft = canvas.picture()
    optional = {address for address in mine if objects.is_optional(address)}
    for thing in things:
        if thing.kind not in (FORM, NOTE):
            objects.show(thing.address, thing.address in mine)
    for address in mine:
        objects.show(address, True)
        objects.expose(address)
    alone = canvas.picture(annotations=False) < 230  # their ink, clipped as the file has it
    for address in mine:
        objects.unclip(address)
    free = canvas.picture(annotations=False) < 230  # their ink without any clip
    scale = canvas.scale
    sums = [
        _sums(mask, page, items, scale)
        for mask in (free, free & differs(full, without), free & differs(full, bereft), alone)
    ]
    by_address = {thing.address: thing for thing in things}
    found: dict[int, str] = {}
    slipped: list[int] = []  # under a labelled box, and short
    for index in chosen.tolist():
        drawn, seen, doubled, clipped = (float(each[index]) for each in sums)
        if drawn and (seen >= _SEEN * drawn or doubled >= _DOUBLED * drawn):
            continue
        its = by_address.get(int(items.item[index]))
        why = _own_reason(page, items, index, optional)
        if why is None and drawn < items.letters[index]:
            forms = its.forms if its else ()
            why = "transparent" if any(map(objects.is_transparent, forms)) else UNKNOWN
        if why is None and clipped < 0.3 * drawn:
            why = OVERLAID if clipped or _goes_on(items, index, chosen) else "clipped"
        if why is None and _on_own_colour(page, items, index, without, free, scale):
            why = "white_text"
        if why is None:
            why = _covered(objects, items, index, its, things)
            if why == OVERLAID:
                slipped.append(index)
        if why in ("invisible_render_mode", "transparent", "covered") and _pictured(
            page, items, index, bare, free, things, scale
        ):
            why = PICTURED
        found[index] = why
    if sum(float(items.letters[index]) for index in slipped) > _MOST_SLIPPED:
        found |= dict.fromkeys(slipped, "covered")
    return found


def _goes_on(items: Items, index: int, chosen: np.ndarray) -> bool:
    """Whether a short piece goes on where a seen one before or after it ends: a frame too small for its text."""
    if items.letters[index] >= _LONG:
        return False
    high = float(items.bottom[index] - items.top[index])
    for other in (index - 2, index - 1, index + 1, index + 2):
        if not 0 <= other < len(items.item) or other in chosen:
            continue
        gap = max(items.top[other] - items.bottom[index], items.top[index] - items.bottom[other])
        if gap < 1.2 * high:
            return True
    return False


def _sums(mask: np.ndarray, page: Page, items: Items, scale: float) -> np.ndarray:
    """How many pixels of ``mask`` lie in the boxes of each object's letters."""
    inside = Counter2D(mask).within(page.x0 * scale, page.top * scale, page.x1 * scale, page.bottom * scale)
    return np.bincount(items.owner, weights=inside * items.letter, minlength=len(items.item))


def _own_reason(page: Page, items: Items, index: int, optional: set[int]) -> str | None:
    face = page.faces[int(items.face[index])]
    if face.mode in (3, 7):
        return "invisible_render_mode"
    if int(items.item[index]) in optional:
        return "optional_content_off"
    return "transparent" if face.colour[3] < _CLEAR else None


def _slice(items: Items, index: int, shape: tuple[int, ...], scale: float) -> tuple[slice, slice]:
    low, high = max(0, int(items.top[index] * scale)), max(0, int(items.bottom[index] * scale) + 1)
    left, right = max(0, int(items.left[index] * scale)), max(0, int(items.right[index] * scale) + 1)
    return slice(min(low, shape[0]), min(high, shape[0])), slice(min(left, shape[1]), min(right, shape[1]))


def _on_own_colour(
    page: Page, items: Items, index: int, without: np.ndarray, free: np.ndarray, scale: float
) -> bool:
    """Whether the ground, where the object's ink would be, has nearly the object's own grey."""
    place = _slice(items, index, free.shape, scale)
    ground = without[place][free[place]].astype(np.int32)
    own = int(grey(np.array(page.faces[int(items.face[index])].colour)))
    return len(ground) > 0 and float(np.mean(np.abs(ground - own) < 1.5 * CONTRAST)) > 0.7


def _covered(objects: Objects, items: Items, index: int, thing: Thing | None, things: list[Thing]) -> str:
    """``covered`` when something painted later lies over the object, else what its state says.

    A box that carries text of its own and has slipped over other text is a layout that broke:
    :data:`OVERLAID`, if what it covers is short.
    """
    if thing is None:
        return UNKNOWN
    left, top, right, bottom = (
        float(column[index]) for column in (items.left, items.top, items.right, items.bottom)
    )
    area = max(1e-6, (right - left) * (bottom - top))
    over = []
    for other in things[thing.order + 1 :]:
        wide = min(right, other.box[2]) - max(left, other.box[0])
        high = min(bottom, other.box[3]) - max(top, other.box[1])
        if other.kind not in (FORM, TEXT) and wide > 0 and high > 0 and wide * high > 0.2 * area:
            over.append(other)
    if over:
        slipped = items.letters[index] < _LONG and any(
            _letters_on(items, other.box, things, other.order) for other in over[:_MAX_OVER]
        )
        return OVERLAID if slipped else "covered"
    if any(map(objects.is_transparent, (thing.address, *thing.forms))):
        return "transparent"
    return UNKNOWN


def _letters_on(items: Items, box: Box, things: list[Thing], order: int) -> bool:
    """Whether letters painted after the thing number ``order`` stand inside its ``box``."""
    later = {thing.address for thing in things[order + 1 :] if thing.kind == TEXT}
    inside = (items.left > box[0] - 1) & (items.right < box[2] + 1)
    inside &= (items.top > box[1] - 3) & (items.bottom < box[3] + 3) & (items.letters >= 3)
    return any(int(items.item[each]) in later for each in np.flatnonzero(inside).tolist())


def _pictured(
    page: Page,
    items: Items,
    index: int,
    bare: np.ndarray,
    free: np.ndarray,
    things: list[Thing],
    scale: float,
) -> bool:
    """Whether, where the object stands, a picture or a drawing shows writing.

    A large picture shows something dark and light there; a drawing has several strokes, or paints just
    where the letters would be (letters as a clip).
    """
    place = _slice(items, index, bare.shape, scale)
    ground = bare[place]
    if not ground.size:
        return False
    painted = np.abs(ground.astype(np.int32) - int(np.median(ground))) >= CONTRAST
    own = free[place]
    if own.any() and painted[own].mean() > 0.7 and painted[~own].mean() < 0.3:
        return True
    dark, light = np.percentile(ground, (2, 98))
    middle = (float(dark) + float(light)) / 2
    share = float(np.mean(ground < middle))
    if light - dark < 50 or not min(share, 1 - share) > 0.015:
        return False
    left, top, right, bottom = (
        float(column[index]) for column in (items.left, items.top, items.right, items.bottom)
    )
    strokes = 0
    for thing in things:
        x0, high, x1, low = thing.box
        if x1 <= left or x0 >= right or low <= top or high >= bottom:
            continue
        if thing.kind == IMAGE and (x1 - x0) * (low - high) >= _SCAN * page.width * page.height:
            return True
        if thing.kind in (IMAGE, PATH) and low - high < 2.5 * (bottom - top):
            strokes += 1
    return strokes >= max(1.0, 0.3 * float(items.letters[index]))
