"""The resources of PDF pages: fonts and images, also those of forms in forms, each once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forensics.documents.facts import Notes
from forensics.documents.unpack import is_dictionary

_DEPTH = 6  # forms inside forms: writers nest two or three
MOST = 5_000
"""Objects that are looked at in one file."""


def fonts_and_images(pages: Any, most_pages: int, notes: Notes) -> Iterator[tuple[int, str, Any, bool]]:
    """(page from 1, name such as ``/F1``, dictionary or stream, whether it is a font), in page order.

    An object that several pages share comes once, on the first of them. Ends after :data:`MOST` objects, and
    leaves out what is in forms more than six deep; ``notes`` are told of either.
    """
    seen: set[tuple[int, int]] = set()
    count = 0
    for number, page in enumerate(pages[:most_pages], 1):
        for item in _of(_inherited(page.obj), seen, 0, notes):
            if count >= MOST:
                notes.cut("pdf.resources", f"only the first {MOST} fonts and images", "page resources")
                return
            count += 1
            yield (number, *item)


def _inherited(page: Any) -> Any:
    for _ in range(20):
        found = page.get("/Resources")
        if found is not None:
            return found
        page = page.get("/Parent")
        if not is_dictionary(page):
            return None
    return None


def _of(
    resources: Any, seen: set[tuple[int, int]], depth: int, notes: Notes
) -> Iterator[tuple[str, Any, bool]]:
    import pikepdf

    if not isinstance(resources, pikepdf.Dictionary) or not _new(resources, seen):
        return
    if depth > _DEPTH:
        notes.cut("pdf.resources", f"forms are followed {_DEPTH} deep", "page resources")
        return
    fonts = resources.get("/Font")
    if isinstance(fonts, pikepdf.Dictionary):
        for name, font in fonts.items():
            if isinstance(font, pikepdf.Dictionary) and _new(font, seen):
                yield name, font, True
    objects = resources.get("/XObject")
    if not isinstance(objects, pikepdf.Dictionary):
        return
    for name, item in objects.items():
        if not isinstance(item, pikepdf.Stream) or not _new(item, seen):
            continue
        kind = item.get("/Subtype")
        if kind == "/Image":
            yield name, item, False
        elif kind == "/Form":
            yield from _of(item.get("/Resources"), seen, depth + 1, notes)


def _new(item: Any, seen: set[tuple[int, int]]) -> bool:
    """Whether an object has not been met; one written in place has no number and is always new."""
    key: tuple[int, int] = item.objgen
    if key == (0, 0):
        return True
    if key in seen:
        return False
    seen.add(key)
    return True
