"""PDF pages → pictures: what the reading process answers when a person wants to see a page."""

from __future__ import annotations

import base64
import binascii
import struct
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from forensics.settings import Settings

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">IIBBBBB")
_MOST_PNG = 4 * 2**20
_MOST_PIXELS = 32 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One page as a grey PNG of ``pixels`` (width, height); ``points`` is its size in PDF points."""

    page: int
    pixels: tuple[int, int]
    points: tuple[float, float]
    png: bytes


Frame = tuple[float, float, float, float, int]
"""A box in points and in which of :data:`COLOURS` it is drawn."""

COLOURS = ((0, 90, 200), (200, 0, 0))
"""Red, green, blue of frames: passages, hidden text."""


def draw(
    data: bytes,
    pages: Sequence[int],
    width: int,
    limits: Settings,
    frames: Mapping[int, Sequence[Frame]] = MappingProxyType({}),
) -> dict[str, Any]:
    """The pictures of ``pages`` (from 1), ``width`` pixels wide, as a JSON object; with ``frames`` by page.

    Pages that do not exist, cannot be drawn or take too long are left out. Only the child calls this.
    """
    import pypdfium2.raw as pdfium

    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        return {"pictures": []}
    found: list[list[Any]] = []
    deadline = time.process_time() + limits.read_cpu / 2
    try:
        for number in pages:
            handle = pdfium.FPDF_LoadPage(document, number - 1)
            if not handle:
                continue
            try:
                drawn = _draw(pdfium, handle, width, deadline, limits, frames.get(number, ()))
            finally:
                pdfium.FPDF_ClosePage(handle)
            if drawn is not None:
                found.append([number, *drawn])
    finally:
        pdfium.FPDF_CloseDocument(document)
    return {"pictures": found}


def _draw(
    pdfium: Any, handle: Any, width: int, deadline: float, limits: Settings, frames: Sequence[Frame]
) -> list[Any] | None:
    from forensics.documents.render import Canvas, TooSlow

    points = float(pdfium.FPDF_GetPageWidthF(handle)), float(pdfium.FPDF_GetPageHeightF(handle))
    if not (0 < points[0] < 20_000 and 0 < points[1] < 20_000):
        return None
    scale = min(width / points[0], (limits.render_pixels / (points[0] * points[1])) ** 0.5)
    try:
        grey = Canvas(handle, points, scale, deadline).picture()
    except TooSlow:
        return None
    drawn = _framed(grey, frames, scale) if frames else png(grey)
    if len(drawn) > _MOST_PNG:
        return None
    height, width = grey.shape
    return [[width, height], list(points), base64.b64encode(drawn).decode("ascii")]


def png(grey: Any) -> bytes:
    """A PNG of sixteen greys of an array ``(height, width)`` of ``uint8`` (RFC 2083)."""
    import numpy as np

    height, width = grey.shape
    levels = np.minimum((grey.astype(np.uint16) + 8) // 17, 15).astype(np.uint8)
    if width % 2:
        levels = np.pad(levels, ((0, 0), (0, 1)))
    packed = (levels[:, ::2] << 4) | levels[:, 1::2]
    above = np.vstack([np.zeros((1, packed.shape[1]), np.uint8), packed[:-1]])
    rows = np.hstack([np.full((height, 1), 2, np.uint8), packed - above])  # filter 2: minus the row above
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", _HEADER.pack(width, height, 4, 0, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def grey_of(picture: Picture) -> Any:
    """The array ``(height, width)`` of ``uint8`` that :func:`png` made a picture's PNG of, in sixteen greys.

    Only that form is taken, and no more is unpacked than its size needs: the child may have written anything.
    Raises ValueError.
    """
    import numpy as np

    width, height = picture.pixels
    row = 1 + (width + 1) // 2
    begun = _SIGNATURE + _chunk(b"IHDR", _HEADER.pack(width, height, 4, 0, 0, 0, 0))
    if width * height > _MOST_PIXELS or not picture.png.startswith(begun):
        raise ValueError("no picture of ours")
    length, kind = struct.unpack_from(">I4s", picture.png + bytes(8), len(begun))
    try:
        packed = zlib.decompressobj().decompress(picture.png[len(begun) + 8 :][:length], height * row + 1)
    except zlib.error as wrong:
        raise ValueError("a damaged picture") from wrong
    if kind != b"IDAT" or len(packed) != height * row:
        raise ValueError("a picture of another size")
    lines = np.frombuffer(packed, np.uint8).reshape(height, row)
    if (lines[:, 0] != 2).any():
        raise ValueError("no picture of ours")
    levels = np.cumsum(lines[:, 1:], axis=0, dtype=np.uint8)
    return np.stack((levels >> 4, levels & 15), axis=2).reshape(height, -1)[:, :width] * 17


def _framed(grey: Any, frames: Sequence[Frame], scale: float) -> bytes:
    """A PNG of twelve greys and the colours of frames, with a palette."""
    import numpy as np

    levels = (grey.astype(np.uint16) * 11 // 255).astype(np.uint8)
    height, width = levels.shape
    for *box, colour in frames:
        x0, top, x1, bottom = (round(side * scale) for side in box)
        x0, x1 = max(0, x0 - 1), min(width, max(x1 + 1, x0 + 3))
        top, bottom = max(0, top - 1), min(height, max(bottom + 1, top + 3))
        index = 12 + colour % len(COLOURS)
        for rows, columns in (
            (slice(top, top + 2), slice(x0, x1)), (slice(max(0, bottom - 2), bottom), slice(x0, x1)),
            (slice(top, bottom), slice(x0, x0 + 2)), (slice(top, bottom), slice(max(0, x1 - 2), x1)),
        ):  # fmt: skip
            levels[rows, columns] = index
    palette = b"".join(bytes((each * 255 // 11,) * 3) for each in range(12)) + b"".join(map(bytes, COLOURS))
    lines = np.hstack([np.zeros((height, 1), np.uint8), levels])
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", _HEADER.pack(width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", palette),
            _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def from_answer(said: Any) -> tuple[Picture, ...]:
    """The pictures of an answer that :func:`draw` made; what is no such picture is left out.

    The child has parsed a stranger's file, so its answer is checked: it must be a PNG of a sane size.
    """
    found = []
    for each in said if isinstance(said, list) else ():
        try:
            number, (width, height), (points_x, points_y), text = each
            drawn = base64.b64decode(text, validate=True)
            page = int(number)
            sizes = [float(value) for value in (width, height, points_x, points_y)]
        except (TypeError, ValueError, OverflowError, binascii.Error):
            continue
        if drawn.startswith(_SIGNATURE) and len(drawn) <= _MOST_PNG and all(0 < s < 20_000 for s in sizes):
            found.append(
                Picture(
                    page=page,
                    pixels=(int(sizes[0]), int(sizes[1])),
                    points=(sizes[2], sizes[3]),
                    png=drawn,
                )
            )
    return tuple(found)
