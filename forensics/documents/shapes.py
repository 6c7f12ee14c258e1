"""The shapes of a PDF page: the boxes of its paths, also of those inside forms."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np

_PATH, _FORM = 2, 5  # pdfium's kinds of page objects
_DEPTH = 3  # forms inside forms


class Shapes:
    """The boxes of a page's paths in user space, and how many of its objects were not looked at."""

    def __init__(self, pdfium: Any, handle: Any, limit: int) -> None:
        """``handle`` is a raw ``FPDF_PAGE``; at most ``limit`` objects of it are looked at."""
        pointer, integer = ctypes.c_void_p, ctypes.c_int
        self._limit = limit
        self._seen = 0
        self._kind = bare_function(pdfium.FPDFPageObj_GetType, integer, pointer)
        self._bounds = bare_function(pdfium.FPDFPageObj_GetBounds, integer, pointer, *[pointer] * 4)
        self._matrix = bare_function(pdfium.FPDFPageObj_GetMatrix, integer, pointer, pointer)
        self._inner = (
            bare_function(pdfium.FPDFFormObj_CountObjects, integer, pointer),
            bare_function(pdfium.FPDFFormObj_GetObject, pointer, pointer, ctypes.c_ulong),
        )
        self.cut = 0
        self._found: list[np.ndarray] = []
        page = ctypes.cast(handle, pointer).value
        outer = (
            bare_function(pdfium.FPDFPage_CountObjects, integer, pointer),
            bare_function(pdfium.FPDFPage_GetObject, pointer, pointer, integer),
        )
        self._walk(page, outer, np.eye(3), 0)

    @property
    def boxes(self) -> np.ndarray:
        """``left, top, right, bottom`` rows."""
        return np.concatenate(self._found) if self._found else np.zeros((0, 4))

    def _walk(self, parent: Any, access: tuple[Any, Any], outer: np.ndarray, depth: int) -> None:
        count, item = access
        total = max(0, count(parent))
        allowed = min(total, self._limit - self._seen)
        self.cut += total - allowed
        self._seen += allowed
        boxes = np.zeros((allowed, 4), dtype=np.float32)  # left, bottom, right, top
        start, step = boxes.ctypes.data, boxes.strides[0]
        paths: list[int] = []
        for index in range(allowed):
            each = item(parent, index)
            kind = self._kind(each) if each else 0
            if kind == _PATH:
                at = start + step * index
                if self._bounds(each, at, at + 4, at + 8, at + 12):
                    paths.append(index)
            elif kind == _FORM and depth < _DEPTH:
                self._walk(each, self._inner, self._matrix_of(each) @ outer, depth + 1)
        self._found.append(_moved(boxes[paths].astype(np.float64), outer))

    def _matrix_of(self, form: Any) -> np.ndarray:
        found = (ctypes.c_float * 6)()
        if not self._matrix(form, ctypes.addressof(found)):
            return np.eye(3)
        a, b, c, d, e, f = found
        return np.array([[a, b, 0], [c, d, 0], [e, f, 1]])


def bare_function(symbol: Any, returns: Any, *takes: Any) -> Any:
    """A pdfium function on bare addresses, which is called for each object of a page."""
    return ctypes.CFUNCTYPE(returns, *takes)(ctypes.cast(symbol, ctypes.c_void_p).value or 0)


def _moved(boxes: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """``left, bottom, right, top`` → ``left, top, right, bottom`` after ``matrix``."""
    corners = [
        np.stack((boxes[:, x], boxes[:, y], np.ones(len(boxes))), axis=1) @ matrix
        for x, y in ((0, 1), (0, 3), (2, 1), (2, 3))
    ]
    xs = np.stack([corner[:, 0] for corner in corners])
    ys = np.stack([corner[:, 1] for corner in corners])
    return np.stack((xs.min(axis=0), ys.max(axis=0), xs.max(axis=0), ys.min(axis=0)), axis=1)
