"""Images inside documents: which they are (hash), how they look (perceptual hash), who took them (EXIF).

The names are the same for PDF and DOCX, so that one photo is found in both: ``image.sha256``,
``image.phash``, ``image.size``, ``image.exif.*``. The facts of one image share their ``where``.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from typing import Any

from forensics.documents.facts import Notes
from forensics.documents.unpack import filters, inflate, is_dictionary, is_stream, length, unpacked
from forensics.documents.xmp import xmp_facts

_LEAST = 16  # pixels a side: what is smaller has no look
_FLAT = 2.0  # standard deviation of grey: a plain surface has none either
_FORMATS = ("JPEG", "PNG", "GIF", "BMP")
_EXIF = {
    271: "make", 272: "model", 305: "software", 306: "changed", 315: "artist", 33432: "copyright",
    36867: "taken", 36881: "offset", 42033: "serial", 42036: "lens",
}  # fmt: skip
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_CHANNELS = {
    "/DeviceGray": 1, "/CalGray": 1, "/G": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/RGB": 3, "/DeviceCMYK": 4,
}  # fmt: skip


def file_facts(data: bytes, where: str, notes: Notes) -> None:
    """Note an image that is a file of its own: the media of a DOCX, a JPEG stream of a PDF."""
    notes.add("image.sha256", hashlib.sha256(data).hexdigest(), where)
    image = _opened(data)
    if image is None:
        return
    notes.add("image.size", f"{image.width}x{image.height} {image.format}", where)
    if image.format == "JPEG":  # of a PNG it stands behind the pixels
        with notes.part(f"{where}, EXIF"):
            _exif(image, where, notes)
    _look(image, where, notes)


def stream_facts(stream: Any, where: str, page: int, notes: Notes) -> None:
    """Note an image stream of a PDF; ``image.sha256`` is over the bytes as they are stored."""
    if not notes.spend(length(stream), "image"):
        return
    raw: bytes = stream.read_raw_bytes()
    chain = filters(stream)
    if chain == ["DCTDecode"]:
        file_facts(raw, where, notes)
        return
    notes.add("image.sha256", hashlib.sha256(raw).hexdigest(), where)
    width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
    notes.add("image.size", f"{width}x{height} {'+'.join(chain) or 'raw'}", where)
    if chain not in ([], ["FlateDecode"]) or not 0 < width * height <= notes.pixels_left:
        if chain == ["FlateDecode"] and width * height > notes.pixels_left:
            notes.cut("image.phash", f"0 of {width * height} pixels", where)
        return
    image = _assembled(stream, raw, width, height, packed=bool(chain))
    if image is not None:
        _look(image, where, notes)


def phash(image: Any) -> str | None:
    """The look of a Pillow image as 64 bits in hex, ``None`` for a plain surface.

    The signs of the 63 lowest frequencies of a 32×32 grey copy against their median (the DCT hash of
    Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010). Equal pictures
    differ by few bits after resizing and recompression; unrelated ones by about half.
    """
    import numpy as np
    from PIL.Image import Resampling

    grey = image if image.mode == "L" else image.convert("L")
    grey = np.asarray(grey.resize((32, 32), Resampling.BOX, reducing_gap=2.0), dtype=np.float64)
    if float(grey.std()) < _FLAT:
        return None
    steps = np.arange(32)
    waves = np.cos(np.pi / 32 * np.outer(np.arange(8), steps + 0.5))
    low = (waves @ grey @ waves.T).ravel()
    low[0] = 0.0  # overall brightness
    bits = np.concatenate(([False], low[1:] > np.median(low[1:])))
    return np.packbits(bits).tobytes().hex()


def _opened(data: bytes) -> Any:
    """The image, its pixels not decoded yet; ``None`` where it is none of the formats or claims too much."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return Image.open(io.BytesIO(data), formats=_FORMATS)
        except MemoryError:
            raise
        except Exception:  # not one of these formats, or broken: the hash stands, the look is not known
            return None


def _look(image: Any, where: str, notes: Notes) -> None:
    pixels = image.width * image.height
    if min(image.width, image.height) < _LEAST:
        return
    if image.format == "JPEG" and image.mode in ("L", "RGB", "YCbCr"):
        image.draft("L", (128, 128))  # decodes an eighth of each side where that is enough
        pixels = pixels // 64 + image.width * image.height
    if pixels > notes.pixels_left:
        notes.cut("image.phash", f"0 of {pixels} pixels", where)
        return
    notes.pixels_left -= pixels
    with notes.part(f"{where}, pixels"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seen = phash(image)
        if seen is not None:
            notes.add("image.phash", seen, where)


def _exif(image: Any, where: str, notes: Notes) -> None:
    """Camera, program, times; of a position only that there is one: the coordinates are nobody's business."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        said = image.getexif()
        inner = said.get_ifd(_EXIF_IFD)
        position = said.get_ifd(_GPS_IFD)
    for tag, name in _EXIF.items():
        value = said.get(tag, inner.get(tag))
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if isinstance(value, str | int):
            notes.add(f"image.exif.{name}", str(value).strip("\0 "), where)
    if position:
        notes.add("image.exif.gps", "holds a position", where)
    packet = image.info.get("xmp")
    if isinstance(packet, bytes):
        xmp_facts(packet, "image.xmp", where, notes)


def _assembled(stream: Any, raw: bytes, width: int, height: int, *, packed: bool) -> Any:
    """A picture from samples as PDF stores them: 8 bits a sample, or 1 to 4 in grey or by a palette."""
    from PIL import Image

    bits = 1 if stream.get("/ImageMask") else int(stream.get("/BitsPerComponent", 8))
    channels, palette = _colours(stream.get("/ColorSpace", "/DeviceGray"))
    if channels is None or bits not in (1, 2, 4, 8) or (bits != 8 and channels != 1):
        return None
    parameters = stream.get("/DecodeParms")
    predictor = int(parameters.get("/Predictor", 1)) if is_dictionary(parameters) else 1
    row = (width * channels * bits + 7) // 8
    if packed and predictor >= 10 and channels in (1, 3):
        return _opened(_png(raw, width, height, bits, channels, palette))
    if predictor > 1:
        return None
    samples = inflate(raw, row * height + 65_536) if packed else raw
    if samples is None or len(samples) < row * height:
        return None
    if bits == 8 and palette is None:
        return Image.frombytes(
            {1: "L", 3: "RGB", 4: "CMYK"}[channels], (width, height), samples[: row * height]
        )
    if channels != 1:
        return None
    lines = b"".join(b"\0" + samples[at : at + row] for at in range(0, row * height, row))
    return _opened(_png(zlib.compress(lines, 1), width, height, bits, 1, palette))


def _colours(space: Any) -> tuple[int | None, bytes | None]:
    """Samples a pixel and the palette (RGB triples) of a colour space; ``None`` where we do not know it."""
    import pikepdf

    if isinstance(space, pikepdf.Name | str):
        return _CHANNELS.get(str(space)), None
    if not isinstance(space, pikepdf.Array) or not len(space):
        return None, None
    kind = str(space[0])
    if kind == "/ICCBased" and len(space) > 1 and is_dictionary(space[1]):
        count = int(space[1].get("/N", 0))
        return (count if count in (1, 3, 4) else None), None
    if kind == "/Indexed" and len(space) > 3:
        below, _ = _colours(space[1])
        table = space[3]
        entries = bytes(table) if isinstance(table, pikepdf.String) else _table(table)
        if below == 3 and entries:
            return 1, entries[:768]
        if below == 1 and entries:
            return 1, bytes(value for entry in entries[:256] for value in (entry, entry, entry))
        return None, None
    return _CHANNELS.get(kind), None


def _table(table: Any) -> bytes | None:
    """The entries of a palette that is stored as a stream of at most a few kilobytes."""
    return unpacked(table, 4_096) if is_stream(table) else None


def _png(rows: bytes, width: int, height: int, bits: int, channels: int, palette: bytes | None) -> bytes:
    """A PNG around filtered and compressed rows, so that its decoder undoes them within its bounds."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    colour = 3 if palette is not None else {1: 0, 3: 2}[channels]
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    table = chunk(b"PLTE", palette[: len(palette) // 3 * 3]) if palette is not None else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + table + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
