"""DOCX as bytes, part by part and header by header: packages that no Office program would write."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = f'xmlns:w="{WORD}" xmlns:r="{RELATED}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
LINE = "<w:p><w:r><w:t>An honest line of text</w:t></w:r></w:p>"

Parts = dict[str, str | bytes]


def body(inside: str) -> str:
    """document.xml around the XML of a body."""
    return f"<w:document {SPACES}><w:body>{inside}</w:body></w:document>"


def rels(*items: tuple[str, str], outside: bool = False) -> str:
    """Relationships: (last word of the type, target), with ids rId1, rId2 …"""
    mode = ' TargetMode="External"' if outside else ""
    inner = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATED}/{kind}" Target="{target}"{mode}/>'
        for at, (kind, target) in enumerate(items, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def parts(inside: str = LINE, more: Parts | None = None) -> Parts:
    """The parts of a small DOCX."""
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": rels(("officeDocument", "word/document.xml")),
        "word/document.xml": body(inside),
    } | (more or {})


def package(files: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def document(inside: str = LINE, more: Parts | None = None) -> bytes:
    """A DOCX around the XML of a body, with further or other parts."""
    return package(parts(inside, more))


def by_hand(
    entries: list[tuple[bytes, bytes, int, int]], *, method: int = 8, flags: int = 0, attributes: int = 0
) -> bytes:
    """A ZIP header by header: (name, bytes as stored, size as declared, offset or -1 for its own place)."""
    out, directory = bytearray(), bytearray()
    places: list[int] = []
    for name, stored, size, at in entries:
        places.append(len(out))
        crc = 0 if method != 8 else _crc(stored)
        head = struct.pack("<HHHHHIII", 20, flags, method, 0, 33, crc, len(stored), size)
        if at < 0:
            out += b"PK\x03\x04" + head + struct.pack("<HH", len(name), 0) + name + stored
        where = places[-1] if at < 0 else at
        directory += (
            b"PK\x01\x02"
            + struct.pack("<H", 0x0314)
            + head
            + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, attributes, where)
            + name
        )
    end = struct.pack(
        "<HHHHIIH", 0, 0, len(entries) & 0xFFFF, len(entries) & 0xFFFF, len(directory), len(out), 0
    )
    return bytes(out + directory) + b"PK\x05\x06" + end


def deflated(content: bytes) -> bytes:
    """As a ZIP stores it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def deflated_times(block: bytes, times: int) -> bytes:
    """``block`` so many times, without ever holding it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return one * times + packer.flush(zlib.Z_FINISH)


def _crc(stored: bytes) -> int:
    """The checksum of what ``stored`` unpacks to, in small pieces; of a bomb only the beginning."""
    unpacker = zlib.decompressobj(-15)
    try:
        return zlib.crc32(unpacker.decompress(stored, 1 << 22))
    except zlib.error:
        return 0
