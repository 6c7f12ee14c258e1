"""The objects of a PDF page, by their addresses, and what pdfium tells and does with them."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from forensics.documents.document import Box
from forensics.documents.page import Shown
from forensics.documents.shapes import bare_function

TEXT, PATH, IMAGE, FORM, NOTE = 1, 2, 3, 5, 99
"""pdfium's kinds of page objects; a note is an annotation."""

_UNPAINTED = (2, 16)  # annotations that paint nothing: links and pop-ups
_DEPTH = 3  # forms inside forms
_WIDEN = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One object of a page: its address, kind, place in the order of painting, box as shown, and forms."""

    address: int
    kind: int
    order: int
    box: Box
    forms: tuple[int, ...]


class Objects:
    """The objects of a page, by their addresses, and what pdfium does with them."""

    def __init__(self, handle: Any) -> None:
        """``handle`` is a raw ``FPDF_PAGE``."""
        import pypdfium2.raw as pdfium

        pointer, whole = ctypes.c_void_p, ctypes.c_int
        self._handle = handle
        self._page = ctypes.cast(handle, pointer).value
        self._count = bare_function(pdfium.FPDFPage_CountObjects, whole, pointer)
        self._get = bare_function(pdfium.FPDFPage_GetObject, pointer, pointer, whole)
        self._inner_count = bare_function(pdfium.FPDFFormObj_CountObjects, whole, pointer)
        self._inner_get = bare_function(pdfium.FPDFFormObj_GetObject, pointer, pointer, ctypes.c_ulong)
        self._kind = bare_function(pdfium.FPDFPageObj_GetType, whole, pointer)
        self._bounds = bare_function(pdfium.FPDFPageObj_GetBounds, whole, pointer, *[pointer] * 4)
        self._matrix = bare_function(pdfium.FPDFPageObj_GetMatrix, whole, pointer, pointer)
        self._activate = bare_function(pdfium.FPDFPageObj_SetIsActive, whole, pointer, whole)
        self._fill = bare_function(pdfium.FPDFPageObj_SetFillColor, whole, pointer, *[ctypes.c_uint] * 4)
        self._mode = bare_function(pdfium.FPDFTextObj_SetTextRenderMode, whole, pointer, whole)
        self._marks = bare_function(pdfium.FPDFPageObj_CountMarks, whole, pointer)
        self._mark = bare_function(pdfium.FPDFPageObj_GetMark, pointer, pointer, ctypes.c_ulong)
        self._mark_name = bare_function(
            pdfium.FPDFPageObjMark_GetName, whole, pointer, pointer, ctypes.c_ulong, pointer
        )
        self._unmark = bare_function(pdfium.FPDFPageObj_RemoveMark, whole, pointer, pointer)
        self._unclip = bare_function(
            pdfium.FPDFPageObj_TransformClipPath, None, pointer, *[ctypes.c_double] * 6
        )
        self._transparent = bare_function(pdfium.FPDFPageObj_HasTransparency, whole, pointer)

    def walk(self, shown: Shown, limit: int) -> list[Thing]:
        """The objects of the page and of its forms in the order of painting, at most ``limit``."""
        found: list[Thing] = []
        self._into(self._page, self._count, self._get, np.eye(3), (), shown, found, limit)
        return found + self._notes(shown, len(found), limit)

    def _notes(self, shown: Shown, first: int, limit: int) -> list[Thing]:
        """The annotations that may paint something; they come after everything else."""
        import pypdfium2.raw as pdfium

        found: list[Thing] = []
        for index in range(min(limit, max(0, pdfium.FPDFPage_GetAnnotCount(self._handle)))):
            note = pdfium.FPDFPage_GetAnnot(self._handle, index)
            rect = pdfium.FS_RECTF()
            if not note:
                continue
            if pdfium.FPDFAnnot_GetSubtype(note) not in _UNPAINTED and pdfium.FPDFAnnot_GetRect(
                note, ctypes.byref(rect)
            ):
                x, y = shown.points(np.array([rect.left, rect.right]), np.array([rect.bottom, rect.top]))
                box = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
                found.append(Thing(address=0, kind=NOTE, order=first + len(found), box=box, forms=()))
            pdfium.FPDFPage_CloseAnnot(note)
        return found

    def _into(
        self,
        parent: Any,
        count: Callable[..., int],
        get: Callable[..., Any],
        outer: np.ndarray,
        forms: tuple[int, ...],
        shown: Shown,
        found: list[Thing],
        limit: int,
    ) -> None:
        edges = (ctypes.c_float * 4)()
        at = ctypes.addressof(edges)
        for index in range(max(0, count(parent))):
            if len(found) >= limit:
                return
            each = get(parent, index)
            if not each:
                continue
            kind = self._kind(each)
            box = (0.0, 0.0, 0.0, 0.0)
            if self._bounds(each, at, at + 4, at + 8, at + 12):
                left, low, right, high = edges
                corners = np.array([[left, low, 1], [left, high, 1], [right, low, 1], [right, high, 1]])
                x, y = shown.points(*(corners.astype(np.float64) @ outer)[:, :2].T)
                box = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
            found.append(Thing(address=each, kind=kind, order=len(found), box=box, forms=forms))
            if kind == FORM and len(forms) < _DEPTH:
                raw = (ctypes.c_float * 6)()
                matrix = np.eye(3)
                if self._matrix(each, ctypes.addressof(raw)):
                    a, b, c, d, e, f = raw
                    matrix = np.array([[a, b, 0], [c, d, 0], [e, f, 1]])
                self._into(
                    each,
                    self._inner_count,
                    self._inner_get,
                    matrix @ outer,
                    (*forms, each),
                    shown,
                    found,
                    limit,
                )

    def texts(self, limit: int) -> list[int]:
        """The addresses of all text objects, also those whose characters pdfium takes for copies of others."""
        found: list[int] = []
        self._texts(self._page, self._count, self._get, 0, found, limit)
        return found

    def _texts(
        self,
        parent: Any,
        count: Callable[..., int],
        get: Callable[..., Any],
        depth: int,
        found: list[int],
        limit: int,
    ) -> None:
        for index in range(min(limit, max(0, count(parent)))):
            each = get(parent, index)
            kind = self._kind(each) if each else 0
            if kind == TEXT:
                found.append(each)
            elif kind == FORM and depth < _DEPTH and len(found) < limit:
                self._texts(each, self._inner_count, self._inner_get, depth + 1, found, limit)

    def show(self, address: int, yes: bool) -> None:
        """Paint an object or leave it out."""
        self._activate(address, int(yes))

    def is_optional(self, address: int) -> bool:
        """Whether the object is marked as optional content."""
        return any(name == "OC" for _, name in self._named(address))

    def is_transparent(self, address: int) -> bool:
        """Whether anything about the object's own state lets what is under it through."""
        return bool(self._transparent(address) == 1)

    def expose(self, address: int) -> None:
        """Make a text object as visible as it can be: black, filled, no optional content."""
        self._fill(address, 0, 0, 0, 255)
        self._mode(address, 0)
        for mark, name in list(self._named(address)):
            if name == "OC":
                self._unmark(address, mark)

    def unclip(self, address: int) -> None:
        """Widen the clip path of an object until it is in nobody's way."""
        import pypdfium2.raw as pdfium

        clip = pdfium.FPDFPageObj_GetClipPath(ctypes.cast(address, pdfium.FPDF_PAGEOBJECT))
        paths = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
        x, y = ctypes.c_float(), ctypes.c_float()
        smallest: tuple[float, float, float] | None = None
        for path in range(min(16, max(0, paths))):
            points = []
            for index in range(min(64, max(0, pdfium.FPDFClipPath_CountPathSegments(clip, path)))):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
                if pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
                    points.append((x.value, y.value))
            if points:
                xs, ys = zip(*points, strict=True)
                area = (max(xs) - min(xs)) * (max(ys) - min(ys))
                if smallest is None or area < smallest[0]:
                    smallest = (area, (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
        if smallest is not None:
            _, x0, y0 = smallest
            self._unclip(address, _WIDEN, 0.0, 0.0, _WIDEN, (1 - _WIDEN) * x0, (1 - _WIDEN) * y0)

    def _named(self, address: int) -> Iterator[tuple[Any, str]]:
        name, length = ctypes.create_string_buffer(64), ctypes.c_ulong()
        for index in range(min(64, max(0, self._marks(address)))):
            mark = self._mark(address, index)
            if mark and self._mark_name(mark, ctypes.addressof(name), 64, ctypes.addressof(length)):
                yield mark, name.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0")
