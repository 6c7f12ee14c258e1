"""PDF as bytes, object by object: what no honest writer would put together."""

from __future__ import annotations

import zlib

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>%s>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F1 12 Tf 72 700 Td (An honest line of text) Tj ET"


def document(
    content: bytes = WORDS,
    *,
    filters: bytes = b"",
    page: bytes = b"",
    resources: bytes = b"",
    catalog: bytes = b"",
    trailer: bytes = b"",
    font: bytes = FONT,
    more: tuple[bytes, ...] = (),
    replace: dict[int, bytes] | None = None,
) -> bytes:
    """One page; ``more`` become the objects from 6 on, ``replace`` takes the place of objects by number."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: PAGE % (resources, page),
        4: stream(content, filters),
        5: font,
    }
    objects |= dict(enumerate(more, 6)) | (replace or {})
    return assemble(objects, trailer)


def stream(content: bytes, filters: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content)


def flate(content: bytes, extra: bytes = b"") -> bytes:
    """A compressed stream object."""
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode" + extra)


def assemble(objects: dict[int, bytes], trailer: bytes = b"", *, prev: bytes = b"") -> bytes:
    """The file: objects in the order of their numbers, a table of them, a trailer."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = {}
    for number in sorted(objects):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        at = offsets.get(number)
        out += b"0000000000 65535 f \n" if at is None else b"%010d 00000 n \n" % at
    out += b"trailer<</Size %d/Root 1 0 R%s%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, prev, start)
    return bytes(out)


def squeezed(block: bytes, times: int) -> bytes:
    """``block`` so many times, as zlib would compress it, without ever holding it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.flush(zlib.Z_FINISH)
    check = 1
    for _ in range(times):
        check = zlib.adler32(block, check)
    return b"\x78\xda" + one * times + end + check.to_bytes(4, "big")


def lzw_blanks(rounds: int) -> bytes:
    """Some 7 MB of blanks a round, LZW-compressed: every code stands for one blank more than the last."""
    bits, count, width = 0, 0, 9
    out = bytearray()
    codes = [256]
    for _ in range(rounds):
        codes += [32, *range(258, 4094), 256]
    known = 258
    for code in [*codes, 257]:
        bits, count = bits << width | code, count + width
        while count >= 8:
            count -= 8
            out.append(bits >> count & 255)
        bits &= (1 << count) - 1
        if code == 256:
            known, width = 257, 9
        else:
            known += 1
            width = 12 if known >= 2047 else 11 if known >= 1023 else 10 if known >= 511 else 9
    if count:
        out.append(bits << (8 - count) & 255)
    return bytes(out)
