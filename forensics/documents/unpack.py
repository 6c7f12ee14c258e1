"""Bytes of a PDF stream, unpacked with a bound: what could explode is left packed."""

from __future__ import annotations

import re
import zlib
from typing import Any


def is_dictionary(item: Any) -> bool:
    """Whether an object of a PDF has entries: every pikepdf object has the methods of all kinds."""
    import pikepdf

    return isinstance(item, pikepdf.Dictionary | pikepdf.Stream)


def is_stream(item: Any) -> bool:
    """Whether an object of a PDF is a stream."""
    import pikepdf

    return isinstance(item, pikepdf.Stream)


def length(stream: Any) -> int:
    """The bytes that a stream says it has, 0 where it says nothing usable."""
    try:
        return max(0, int(stream.get("/Length", 0)))
    except (TypeError, ValueError):
        return 0


def named(name: Any) -> str:
    """A name without its slash; one that is no UTF-8 (old fonts) byte for byte."""
    try:
        return str(name).removeprefix("/")
    except UnicodeDecodeError:
        raw: bytes = name.unparse()
        return re.sub(rb"#([0-9a-fA-F]{2})", lambda code: bytes([int(code[1], 16)]), raw)[1:].decode(
            "latin-1"
        )


def filters(stream: Any) -> list[str]:
    """The names of a stream's filters, outermost first, without the slash."""
    import pikepdf

    chain = stream.get("/Filter")
    if isinstance(chain, pikepdf.Name):
        return [named(chain)]
    if isinstance(chain, pikepdf.Array):
        return [named(chain[index]) for index in range(min(len(chain), 10))]
    return []


def inflate(packed: bytes, most: int) -> bytes | None:
    """Unpacked zlib data, ``None`` when that is more than ``most`` bytes. A damaged end is left out."""
    engine = zlib.decompressobj()
    try:
        found = engine.decompress(packed, most + 1)
    except zlib.error:
        return _piecemeal(packed, most)
    return None if len(found) > most else found


def _piecemeal(packed: bytes, most: int) -> bytes | None:
    engine, found = zlib.decompressobj(), bytearray()
    for at in range(0, len(packed), 512):
        try:
            found += engine.decompress(packed[at : at + 512], most + 1 - len(found))
        except zlib.error:
            break
        if len(found) > most:
            return None
    return bytes(found)


def is_too_long(stream: Any, most: int) -> bool:
    """Whether a stream that :func:`unpacked` would read holds more than ``most`` bytes."""
    return unpacked(stream, most) is None and filters(stream) in ([], ["FlateDecode"])


def unpacked(stream: Any, most: int) -> bytes | None:
    """The stream's bytes where they are stored plainly or by one Flate filter without a predictor.

    ``None`` for other filters, and for more than ``most`` bytes.
    """
    import pikepdf

    chain = filters(stream)
    if chain not in ([], ["FlateDecode"]) or "/F" in stream:
        return None
    parameters = stream.get("/DecodeParms")
    if isinstance(parameters, pikepdf.Dictionary) and int(parameters.get("/Predictor", 1)) > 1:
        return None
    raw: bytes = stream.read_raw_bytes()
    if not chain:
        return raw if len(raw) <= most else None
    return inflate(raw, most)
