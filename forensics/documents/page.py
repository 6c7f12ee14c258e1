"""The page model: the characters of a PDF page as columns of arrays."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What the characters of one text object share. ``colour`` is RGBA, ``mode`` the render mode."""

    font: str
    size: float
    weight: int
    colour: tuple[int, int, int, int]
    mode: int

    @property
    def bold(self) -> bool:
        """Whether the font says that it is bold."""
        return self.weight >= 600 or "bold" in self.font.lower() or "black" in self.font.lower()


_NO_FACE = Face(font="", size=0.0, weight=0, colour=(0, 0, 0, 255), mode=0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """The characters of a page in the order of its content stream.

    Points from the top left of the page as it is shown (crop box and rotation applied). ``codes`` are
    code points; ``x0, top, x1, bottom, base`` (the baseline) and ``size`` (as printed) are floats, one
    for each character; ``face`` indexes ``faces``; ``turn`` counts quarter turns of the writing
    direction, clockwise; ``spaced`` is true where white space stands before the character in the file.
    ``cut`` is how many characters were left out because the page has more than the limit.
    """

    number: int
    width: float
    height: float
    codes: np.ndarray
    x0: np.ndarray
    top: np.ndarray
    x1: np.ndarray
    bottom: np.ndarray
    base: np.ndarray
    size: np.ndarray
    face: np.ndarray
    turn: np.ndarray
    spaced: np.ndarray
    faces: tuple[Face, ...]
    cut: int = 0

    def __len__(self) -> int:
        return len(self.codes)


def read_page(handle: Any, number: int, limit: int) -> Page:
    """The characters of the pdfium page ``handle`` (a raw ``FPDF_PAGE``), at most ``limit`` of them."""
    import pypdfium2.raw as pdfium

    text = pdfium.FPDFText_LoadPage(handle)
    try:
        return _columns(pdfium, handle, text, number, limit)
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)


def _columns(pdfium: Any, handle: Any, text: Any, number: int, limit: int) -> Page:
    count = max(0, pdfium.FPDFText_CountChars(text)) if text else 0
    cut = max(0, count - limit)
    count -= cut
    unicode = _function(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
    loose = _function(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p)
    object_of = _function(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
    is_generated = _function(pdfium.FPDFText_IsGenerated, ctypes.c_int)
    page = ctypes.cast(text, ctypes.c_void_p).value
    indices = range(count)
    codes = np.fromiter((unicode(page, index) for index in indices), np.uint32, count)
    boxes = np.zeros((count, 4), dtype=np.float32)  # left, top, right, bottom as FS_RECTF has them
    codes[(codes == 0x2) | (codes == 0xFFFE)] = 0x2D  # pdfium's mark for a hyphen at the end of a line
    start, step = boxes.ctypes.data, boxes.strides[0]
    for index in indices:
        loose(page, index, start + step * index)
    handles = np.fromiter((object_of(page, index) or 0 for index in indices), np.uint64, count)
    blank = np.flatnonzero(codes <= 32)
    generated = np.zeros(count, dtype=bool)
    generated[blank] = [is_generated(page, index) == 1 for index in blank.tolist()]
    _, firsts, owner = np.unique(handles, return_index=True, return_inverse=True)
    owner = np.where(handles == 0, -1, owner)
    return _finish(pdfium, handle, text, number, codes, boxes, owner, generated, firsts.tolist(), cut)


def _function(symbol: Any, returns: Any, *extra: Any) -> Any:
    """A pdfium function of (text page, index, …) that takes bare addresses: called for each character."""
    kind = ctypes.CFUNCTYPE(returns, ctypes.c_void_p, ctypes.c_int, *extra)
    return kind(ctypes.cast(symbol, ctypes.c_void_p).value or 0)


def _finish(
    pdfium: Any,
    handle: Any,
    text: Any,
    number: int,
    codes: np.ndarray,
    boxes: np.ndarray,
    owner: np.ndarray,
    generated: np.ndarray,
    firsts: list[int],
    cut: int,
) -> Page:
    faces: dict[Face, int] = {}
    per_object = [_object(pdfium, text, index, faces) for index in firsts] or [(0, 0.0, 0.0, 0.0, 0.0)]
    table = np.array(per_object, dtype=np.float64)
    codes, boxes, owner, generated = _pairs(codes, boxes, owner, generated)
    owned = table[np.maximum(owner, 0)]
    face, size, angle = owned[:, 0].astype(np.int32), owned[:, 1], owned[:, 4]
    degenerate = (owner < 0) | (boxes[:, 2] - boxes[:, 0] <= 0) | (boxes[:, 1] - boxes[:, 3] <= 0)
    _tighten(pdfium, text, boxes, np.flatnonzero(degenerate & ~generated))
    shown = _Shown(pdfium, handle)
    x0, top, x1, bottom = shown.boxes(boxes)
    turn = np.rint((shown.rotation * np.pi / 2 - angle) / (np.pi / 2)).astype(np.int32) % 4
    origin_x, origin_y = shown.points(owned[:, 2], owned[:, 3])
    base = np.where(turn % 2 == 0, origin_y, origin_x)
    space = (codes <= 32) | (codes == 0xA0) | ((codes >= 0x2000) & (codes <= 0x200A)) | (codes == 0x3000)
    real_space = space & ~generated
    spaced = np.zeros(len(codes), dtype=bool)
    keep = ~space & (owner >= 0) & np.isfinite(x0 + x1 + top + bottom + base)
    kept = np.flatnonzero(keep)
    if len(kept):
        blanks = np.cumsum(real_space)
        spaced[kept[1:]] = blanks[kept[1:]] > blanks[kept[:-1]]
    return Page(
        number=number,
        width=shown.width,
        height=shown.height,
        codes=codes[kept],
        x0=x0[kept],
        top=top[kept],
        x1=x1[kept],
        bottom=bottom[kept],
        base=base[kept],
        size=size[kept],
        face=face[kept],
        turn=turn[kept],
        spaced=spaced[kept],
        faces=tuple(faces) or (_NO_FACE,),
        cut=cut,
    )


def _object(
    pdfium: Any, text: Any, index: int, faces: dict[Face, int]
) -> tuple[int, float, float, float, float]:
    """Face, printed size, baseline x and y, and angle of the text object that character ``index`` is in."""
    item = pdfium.FPDFText_GetTextObject(text, index)
    if not item:
        return faces.setdefault(_NO_FACE, len(faces)), 0.0, 0.0, 0.0, 0.0
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    length = pdfium.FPDFText_GetFontInfo(text, index, name, 128, ctypes.byref(flags))
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(
        item, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
    )
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    nominal = pdfium.FPDFText_GetFontSize(text, index)
    size = abs(nominal) * float(np.hypot(matrix.c, matrix.d))
    face = Face(
        font=name.value.decode("utf-8", "replace") if 0 < length <= 128 else "",
        size=round(size, 2),
        weight=pdfium.FPDFText_GetFontWeight(text, index),
        colour=(red.value, green.value, blue.value, alpha.value),
        mode=pdfium.FPDFTextObj_GetTextRenderMode(item),
    )
    at = faces.setdefault(face, len(faces))
    return at, size, x.value, y.value, float(np.arctan2(matrix.b, matrix.a))


def _tighten(pdfium: Any, text: Any, boxes: np.ndarray, indices: np.ndarray) -> None:
    """Where a font has no metrics its loose boxes are empty: take the glyph's own box."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in indices.tolist():
        if pdfium.FPDFText_GetCharBox(
            text, index, ctypes.byref(left), ctypes.byref(right), ctypes.byref(bottom), ctypes.byref(top)
        ):
            boxes[index] = (left.value, top.value, right.value, bottom.value)


def _pairs(
    codes: np.ndarray, boxes: np.ndarray, owner: np.ndarray, generated: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Surrogate pairs become the character they stand for; a lone surrogate becomes U+FFFD."""
    high = (codes >= 0xD800) & (codes < 0xDC00)
    low = (codes >= 0xDC00) & (codes < 0xE000)
    if not (high | low).any():
        codes[codes > 0x10FFFF] = 0xFFFD
        return codes, boxes, owner, generated
    pair = np.zeros(len(codes), dtype=bool)
    pair[:-1] = high[:-1] & low[1:]
    at = np.flatnonzero(pair)
    codes = codes.copy()
    codes[at] = 0x10000 + ((codes[at] - 0xD800) << 10) + (codes[at + 1] - 0xDC00)
    second = np.zeros(len(codes), dtype=bool)
    second[at + 1] = True
    codes[(high & ~pair) | (low & ~second) | (codes > 0x10FFFF)] = 0xFFFD
    return codes, boxes, owner, generated | second


class _Shown:
    """From PDF user space to points from the top left of the page as it is shown."""

    def __init__(self, pdfium: Any, handle: Any) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(handle, ctypes.byref(box))
        self.left, self.right = sorted((float(box.left), float(box.right)))
        self.low, self.high = sorted((float(box.bottom), float(box.top)))
        self.rotation = max(0, pdfium.FPDFPage_GetRotation(handle)) % 4
        across, down = self.right - self.left, self.high - self.low
        self.width, self.height = (across, down) if self.rotation % 2 == 0 else (down, across)

    def points(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where user space points are shown."""
        if self.rotation == 0:
            return x - self.left, self.high - y
        if self.rotation == 1:
            return y - self.low, x - self.left
        if self.rotation == 2:
            return self.right - x, y - self.low
        return self.high - y, self.right - x

    def boxes(self, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """``left, top, right, bottom`` rows → the columns x0, top, x1, bottom as shown."""
        wide = boxes.astype(np.float64)
        ax, ay = self.points(wide[:, 0], wide[:, 1])
        bx, by = self.points(wide[:, 2], wide[:, 3])
        return np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)
