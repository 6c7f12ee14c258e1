"""The page model: the characters of a PDF page as columns of arrays."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np

from forensics.documents.shapes import Shapes
from forensics.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What the characters of one text object share. ``colour`` is RGBA, ``mode`` the render mode.

    ``handle`` tells fonts of one name apart, by their addresses while pdfium has the document open.
    """

    font: str
    handle: int
    size: float
    weight: int
    colour: tuple[int, int, int, int]
    mode: int

    @property
    def bold(self) -> bool:
        """Whether the font says that it is bold."""
        return self.weight >= 600 or "bold" in self.font.lower() or "black" in self.font.lower()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """The characters of a page in the order of its content stream.

    Points from the top left of the page as it is shown (crop box and rotation applied). ``codes`` are
    code points; ``x0, top, x1, bottom, base`` (the baseline) and ``size`` (as printed) are floats, one
    for each character; ``face`` indexes ``faces``; ``turn`` counts quarter turns of the writing
    direction, clockwise; ``spaced`` is true where white space stands before the character in the file.
    ``letterforms`` has a row for each letter a–z of each font, where it is written upright: index into
    ``faces``, code point, and how far its ink reaches above the baseline, below it (negative) and
    across, in shares of its size.
    ``item`` tells the text objects of the page apart, by their addresses while pdfium has the page open.
    ``shapes`` are the boxes of its paths, a row ``x0, top, x1, bottom`` each. ``cut`` is how many
    characters, ``unseen`` how many objects were left out because the page has more than the limit.
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
    item: np.ndarray
    letterforms: np.ndarray
    faces: tuple[Face, ...]
    shapes: np.ndarray
    cut: int = 0
    unseen: int = 0

    def __len__(self) -> int:
        return len(self.codes)


def read_page(handle: Any, number: int, limits: Settings) -> Page:
    """The characters and shapes of the pdfium page ``handle`` (a raw ``FPDF_PAGE``), within ``limits``."""
    import pypdfium2.raw as pdfium

    text = pdfium.FPDFText_LoadPage(handle)
    try:
        return _columns(pdfium, handle, text, number, limits)
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)


def _columns(pdfium: Any, handle: Any, text: Any, number: int, limits: Settings) -> Page:
    count = max(0, pdfium.FPDFText_CountChars(text)) if text else 0
    cut = max(0, count - limits.max_page_chars)
    count -= cut
    unicode = _function(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_int)
    loose = _function(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
    object_of = _function(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_int)
    is_generated = _function(pdfium.FPDFText_IsGenerated, ctypes.c_int, ctypes.c_int)
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
    found, firsts, owner = np.unique(handles, return_index=True, return_inverse=True)
    objects = _Objects.read(pdfium, text, found, firsts)
    owner = np.where(handles == 0, -1, owner)
    codes, generated = _pairs(codes, generated)
    degenerate = (owner < 0) | (boxes[:, 2] - boxes[:, 0] <= 0) | (boxes[:, 1] - boxes[:, 3] <= 0)
    _tighten(pdfium, text, boxes, np.flatnonzero(degenerate & ~generated))
    shown = Shown(pdfium, handle)
    paths = Shapes(pdfium, handle, limits.max_page_objects)
    x0, top, x1, bottom = shown.boxes(boxes)
    turn = np.rint(shown.rotation - objects.angle[owner] / (np.pi / 2)).astype(np.int32) % 4
    origin_x, origin_y = shown.points(objects.x[owner], objects.y[owner])
    base = np.where(turn % 2 == 0, origin_y, origin_x)
    space = (codes <= 32) | (codes == 0xA0) | ((codes >= 0x2000) & (codes <= 0x200A)) | (codes == 0x3000)
    keep = np.flatnonzero(~space & (owner >= 0) & np.isfinite(x0 + x1 + top + bottom + base))
    blanks = np.cumsum(space & ~generated)
    spaced = np.zeros(len(keep), dtype=bool)
    spaced[1:] = blanks[keep[1:]] > blanks[keep[:-1]]
    return Page(
        number=number,
        width=shown.width,
        height=shown.height,
        codes=codes[keep],
        x0=x0[keep],
        top=top[keep],
        x1=x1[keep],
        bottom=bottom[keep],
        base=base[keep],
        size=objects.size[owner][keep],
        face=objects.face[owner][keep],
        turn=turn[keep],
        spaced=spaced,
        item=handles[keep],
        letterforms=_letterforms(pdfium, text, codes, owner, objects),
        faces=objects.faces,
        shapes=np.stack(shown.boxes(paths.boxes), axis=1),
        cut=cut,
        unseen=paths.cut,
    )


def _function(symbol: Any, returns: Any, *takes: Any) -> Any:
    """A pdfium function whose first argument is a bare address: called for each character or object."""
    kind = ctypes.CFUNCTYPE(returns, ctypes.c_void_p, *takes)
    return kind(ctypes.cast(symbol, ctypes.c_void_p).value or 0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Objects:
    """The text objects of a page as columns: face, printed size, origin of the first character, angle."""

    face: np.ndarray
    size: np.ndarray
    x: np.ndarray
    y: np.ndarray
    angle: np.ndarray
    faces: tuple[Face, ...]

    @classmethod
    def read(cls, pdfium: Any, text: Any, handles: np.ndarray, firsts: np.ndarray) -> _Objects:
        """``handles`` are the objects' addresses (0 for none), ``firsts`` a character of each."""
        pointer = ctypes.c_void_p
        font_of = _function(pdfium.FPDFTextObj_GetFont, pointer)
        size_of = _function(pdfium.FPDFTextObj_GetFontSize, ctypes.c_int, pointer)
        mode_of = _function(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int)
        colour_of = _function(pdfium.FPDFPageObj_GetFillColor, ctypes.c_int, *[pointer] * 4)
        matrix_of = _function(pdfium.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_int, pointer)
        origin_of = _function(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_int, pointer, pointer)
        page = ctypes.cast(text, pointer).value
        count = max(1, len(handles))
        keys = np.zeros((count, 7), dtype=np.int64)  # font, size in hundredths, mode, red, green, blue, alpha
        nominal = np.zeros(count, dtype=np.float32)
        colour = np.zeros((count, 4), dtype=np.uint32)
        matrix = np.zeros((count, 6), dtype=np.float32)
        origin = np.zeros((count, 2), dtype=np.float64)
        at_size, at_colour, at_matrix, at_origin = (
            column.ctypes.data for column in (nominal, colour, matrix, origin)
        )
        fonts, modes = [0] * count, [0] * count
        for index, (item, first) in enumerate(zip(handles.tolist(), firsts.tolist(), strict=True)):
            if not item:
                continue
            fonts[index] = font_of(item) or 0
            modes[index] = mode_of(item)
            size_of(item, at_size + 4 * index)
            rgba = at_colour + 16 * index
            colour_of(item, rgba, rgba + 4, rgba + 8, rgba + 12)
            matrix_of(page, first, at_matrix + 24 * index)
            origin_of(page, first, at_origin + 16 * index, at_origin + 16 * index + 8)
        size = np.abs(nominal) * np.hypot(matrix[:, 2], matrix[:, 3]).astype(np.float64)
        size = np.where(np.isfinite(size), size, 0.0)
        keys[:, 0], keys[:, 1], keys[:, 2], keys[:, 3:] = fonts, np.rint(size * 100), modes, colour
        unique, sample, face = np.unique(keys, axis=0, return_index=True, return_inverse=True)
        faces = tuple(
            Face(
                font=_font_name(pdfium, text, int(firsts[at])) if len(firsts) and key[0] else "",
                handle=key[0],
                size=key[1] / 100,
                weight=pdfium.FPDFText_GetFontWeight(text, int(firsts[at])) if len(firsts) and key[0] else 0,
                colour=(key[3], key[4], key[5], key[6]),
                mode=key[2],
            )
            for key, at in zip(unique.tolist(), sample.tolist(), strict=True)
        )
        return cls(
            face=face.reshape(-1),
            size=size,
            x=origin[:, 0],
            y=origin[:, 1],
            angle=np.arctan2(matrix[:, 1], matrix[:, 0]),
            faces=faces,
        )


def _letterforms(
    pdfium: Any, text: Any, codes: np.ndarray, owner: np.ndarray, objects: _Objects
) -> np.ndarray:
    upright = (np.abs(objects.angle) < 0.01) & (objects.size > 1)
    chars = np.flatnonzero((codes >= 97) & (codes <= 122) & (owner >= 0))
    chars = chars[upright[owner[chars]]]
    handles = np.array([face.handle for face in objects.faces], dtype=np.int64)
    face = objects.face[owner[chars]]
    _, first = np.unique(handles[face] * 32 + codes[chars] - 97, return_index=True)
    left, right, low, high, x, y = (ctypes.c_double() for _ in range(6))
    rows = []
    for char in chars[first].tolist():
        if pdfium.FPDFText_GetCharBox(
            text, char, ctypes.byref(left), ctypes.byref(right), ctypes.byref(low), ctypes.byref(high)
        ) and pdfium.FPDFText_GetCharOrigin(text, char, ctypes.byref(x), ctypes.byref(y)):
            size = float(objects.size[owner[char]])
            rows.append(
                (
                    float(objects.face[owner[char]]),
                    float(codes[char]),
                    (high.value - y.value) / size,
                    (low.value - y.value) / size,
                    (right.value - left.value) / size,
                )
            )
    return np.array(rows, dtype=np.float64).reshape(-1, 5)


def _font_name(pdfium: Any, text: Any, index: int) -> str:
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(128)
    length = pdfium.FPDFText_GetFontInfo(text, index, name, 128, ctypes.byref(flags))
    return name.value.decode("utf-8", "replace") if 0 < length <= 128 else ""


def _tighten(pdfium: Any, text: Any, boxes: np.ndarray, indices: np.ndarray) -> None:
    """Where a font has no metrics its loose boxes are empty: take the glyph's own box."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in indices.tolist():
        if pdfium.FPDFText_GetCharBox(
            text, index, ctypes.byref(left), ctypes.byref(right), ctypes.byref(bottom), ctypes.byref(top)
        ):
            boxes[index] = (left.value, top.value, right.value, bottom.value)


def _pairs(codes: np.ndarray, generated: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Surrogate pairs become the character they stand for; a lone surrogate becomes U+FFFD."""
    high = (codes >= 0xD800) & (codes < 0xDC00)
    low = (codes >= 0xDC00) & (codes < 0xE000)
    first = np.flatnonzero(high[:-1] & low[1:])
    codes = codes.copy()
    codes[first] = 0x10000 + ((codes[first] - 0xD800) << 10) + (codes[first + 1] - 0xDC00)
    codes[first + 1] = 0x20
    generated = generated.copy()
    generated[first + 1] = True
    codes[((codes >= 0xD800) & (codes < 0xE000)) | (codes > 0x10FFFF)] = 0xFFFD
    return codes, generated


class Shown:
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
