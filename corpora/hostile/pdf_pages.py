"""Hostile PDF pages: content, fonts, forms, pictures and boxes that cost far more than they weigh."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator

from hostile.case import Case, case
from hostile.pdf_writing import WORDS, document, flate, lzw_blanks, squeezed, stream

MIB = 1 << 20
BLANKS = b" " * MIB
COSTLY = "readable too_large timeout out_of_memory damaged no_text"
"""A bomb may be survived, cut, stopped or refused; it may not hang, crash the batch or grow the parent."""


def cases(seed: int) -> Iterator[Case]:
    """Every case of this kind."""
    yield from _streams()
    yield from _floods(seed)
    yield from _recursion()
    yield from _fonts()
    yield from _pictures()


def _streams() -> Iterator[Case]:
    def packed(name: bytes, content: bytes) -> bytes:
        return document(content, filters=b"/Filter" + name)

    yield case("flate-512mib.pdf", COSTLY, lambda: packed(b"/FlateDecode", squeezed(BLANKS, 512)))
    yield case(
        "flate-in-flate.pdf",
        COSTLY,
        lambda: packed(b"[/FlateDecode/FlateDecode]", zlib.compress(squeezed(BLANKS, 512), 9)),
    )
    yield case(
        "hex-in-flate.pdf",
        COSTLY,
        lambda: packed(b"[/FlateDecode/ASCIIHexDecode]", squeezed(b"20" * MIB, 40)),
    )
    yield case(
        "ascii85-in-flate.pdf",
        COSTLY,
        lambda: packed(b"[/FlateDecode/ASCII85Decode]", squeezed(b"z" * MIB, 32)),
    )
    yield case(
        "runlength-in-flate.pdf",
        COSTLY,
        lambda: packed(b"[/FlateDecode/RunLengthDecode]", squeezed(b"\x81 " * (MIB // 2), 8)),
    )
    yield case("lzw-70mb.pdf", COSTLY, lambda: packed(b"/LZWDecode", lzw_blanks(10)))
    yield case(
        "filters-500.pdf", COSTLY, lambda: packed(b"[" + b"/FlateDecode" * 500 + b"]", zlib.compress(WORDS))
    )
    yield case("filter-unknown.pdf", "no_text readable damaged", lambda: packed(b"/NoSuchDecode", WORDS))
    yield case(
        "predictor-absurd.pdf",
        COSTLY,
        lambda: document(
            zlib.compress(WORDS),
            filters=b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32>>",
        ),
    )
    yield case("length-negative.pdf", "readable no_text damaged", _length(b"-1"))
    yield case("length-huge.pdf", "readable no_text damaged", _length(b"99999999999999999999"))
    yield case("length-own-reference.pdf", "readable no_text damaged", _length(b"4 0 R"))


def _length(value: bytes) -> bytes:
    return document(replace={4: b"<</Length %s>>stream\n%s\nendstream" % (value, WORDS)})


def _floods(seed: int) -> Iterator[Case]:
    chance = random.Random(seed)
    letters = b"(" + b"word " * 40 + b") Tj "
    yield case(
        "characters-1-million.pdf",
        "too_large timeout out_of_memory",
        lambda: document(replace={4: flate(b"BT /F1 8 Tf 10 700 Td " + letters * 5_000 + b"ET")}),
    )
    yield case(
        "rectangles-100000.pdf",
        "too_large timeout out_of_memory readable",
        lambda: document(replace={4: flate(WORDS + b" 1 1 2 2 re f" * 100_000)}),
    )
    yield case(
        "curve-one-path.pdf",
        "too_large timeout out_of_memory readable",
        lambda: document(replace={4: flate(WORDS + b" 0 0 m" + b" 1 2 3 4 5 6 c" * 100_000 + b" S")}),
    )
    yield case("saves-1-million.pdf", COSTLY, lambda: document(replace={4: flate(b"q " * 1_000_000 + WORDS)}))
    yield case(
        "restores-1-million.pdf", COSTLY, lambda: document(replace={4: flate(b"Q " * 1_000_000 + WORDS)})
    )
    yield case(
        "operands-1-million.pdf", COSTLY, lambda: document(replace={4: flate(b"1 " * 1_000_000 + WORDS)})
    )
    yield case(
        "marked-content-deep.pdf",
        COSTLY,
        lambda: document(replace={4: flate(b"/Span<</ActualText(x)>>BDC " * 200_000 + WORDS)}),
    )
    yield case(
        "contents-array-5000.pdf", COSTLY, lambda: document(page=b"/Contents[" + b"4 0 R " * 5_000 + b"]")
    )
    yield case("string-unclosed-5mb.pdf", COSTLY, lambda: document(b"BT /F1 9 Tf (" + b"(a" * 2_500_000))
    yield case(
        "hex-string-1mb.pdf",
        COSTLY,
        lambda: document(b"BT /F1 9 Tf 9 9 Td <" + b"4" * 1_000_001 + b"> Tj ET"),
    )
    yield case("array-nested-content.pdf", COSTLY, lambda: document(b"[" * 500_000 + WORDS))
    yield case("dictionary-nested-content.pdf", COSTLY, lambda: document(b"/a<</b" * 200_000 + WORDS))
    numbers = (b"1e99", b"-1e38", b"nan", b"9" * 400, b"0." + b"0" * 400 + b"1", b"--5", b"1.2.3", b"+-+")
    yield case(
        "numbers-absurd.pdf",
        "readable no_text damaged too_large",
        lambda: document(
            b"\n".join(b"%s 0 0 %s %s %s cm " % (a, b, b, a) for a in numbers for b in numbers) + WORDS
        ),
    )
    yield case(
        "font-size-absurd.pdf",
        "readable no_text",
        lambda: document(b"BT /F1 1e30 Tf 0 0 Td (Some text here) Tj ET"),
    )
    yield case("content-random.pdf", "no_text damaged readable", lambda: document(chance.randbytes(200_000)))
    links = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://127.0.0.1:1/)>>>>" * 20_000
    yield case("links-20000.pdf", "readable too_large", lambda: document(page=b"/Annots[" + links + b"]"))


def _recursion() -> Iterator[Case]:
    def form(content: bytes, inner: bytes = b"") -> bytes:
        return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<" + inner + b">>")

    uses = b"/XObject<</X 6 0 R>>"
    draw = WORDS + b" /X Do"
    fan = tuple(
        form(b"/X Do " * 10 if at < 29 else b"0 0 1 1 re f", b"/XObject<</X %d 0 R>>" % (7 + at))
        for at in range(30)
    )
    yield case(
        "form-draws-itself.pdf", COSTLY, lambda: document(draw, resources=uses, more=(form(b"/X Do", uses),))
    )
    yield case(
        "forms-draw-each-other.pdf",
        COSTLY,
        lambda: document(
            draw, resources=uses, more=(form(b"/X Do", b"/XObject<</X 7 0 R>>"), form(b"/X Do", uses))
        ),
    )
    yield case("forms-10-to-the-30.pdf", COSTLY, lambda: document(draw, resources=uses, more=fan))
    glyph = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
        b"/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>"
    )
    yield case(
        "type3-glyph-draws-itself.pdf",
        COSTLY,
        lambda: document(
            b"BT /F1 9 Tf 9 9 Td (aaaa) Tj ET", font=glyph, more=(stream(b"BT /F1 1 Tf (aa) Tj ET"),)
        ),
    )
    tile = stream(
        b"/Pattern cs /P scn 0 0 99 99 re f",
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 .001 .001]/XStep .001/YStep .001"
        b"/Resources<</Pattern<</P 6 0 R>>>>",
    )
    yield case(
        "pattern-fills-itself.pdf",
        COSTLY,
        lambda: document(
            WORDS + b" /Pattern cs /P scn 0 0 612 792 re f", resources=b"/Pattern<</P 6 0 R>>", more=(tile,)
        ),
    )
    mask = b"<</Type/ExtGState/SMask<</S/Luminosity/G 7 0 R>>>>"
    yield case(
        "soft-mask-masks-itself.pdf",
        COSTLY,
        lambda: document(
            b"/G gs " + WORDS,
            resources=b"/ExtGState<</G 6 0 R>>",
            more=(mask, form(b"/G gs", b"/ExtGState<</G 6 0 R>>")),
        ),
    )


def _fonts() -> Iterator[Case]:
    cid = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts"
        b"[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
    )
    shown = b"BT /F1 12 Tf 72 700 Td <00410042> Tj ET"
    wide = b"begincmap 1 beginbfrange <00000000> <7fffffff> <0041> endbfrange endcmap"
    yield case("tounicode-2-to-the-31.pdf", COSTLY, lambda: document(shown, font=cid, more=(stream(wide),)))
    many = b"begincmap " + b"100 beginbfrange " + b"<0000><ffff><0041> " * 100 + b"endbfrange "
    yield case(
        "tounicode-ranges-2-million.pdf", COSTLY, lambda: document(shown, font=cid, more=(flate(many * 200),))
    )
    yield case(
        "tounicode-512mib.pdf",
        COSTLY,
        lambda: document(shown, font=cid, more=(stream(squeezed(BLANKS, 512), b"/Filter/FlateDecode"),)),
    )
    yield case(
        "cmap-uses-itself.pdf",
        COSTLY,
        lambda: document(
            shown,
            font=cid.replace(b"/Encoding/Identity-H", b"/Encoding 6 0 R"),
            more=(stream(b"begincmap endcmap", b"/Type/CMap/CMapName/Me/UseCMap 6 0 R"),),
        ),
    )
    widths = (
        b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar -2147483648/LastChar 2147483647/Widths[%s]>>"
    )
    yield case("widths-absurd.pdf", COSTLY, lambda: document(font=widths % (b"1e30 " * 100_000)))
    broken = (
        b"<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor<</Type/FontDescriptor/FontName/X/Flags 4"
        b"/FontFile2 6 0 R>>>>"
    )
    program = b"\0\1\0\0\xff\xff\0\0\0\0\0\0" + b"glyf\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff" * 4000
    yield case("truetype-tables-lie.pdf", COSTLY, lambda: document(font=broken, more=(stream(program),)))
    yield case(
        "type1-program-loops.pdf",
        COSTLY,
        lambda: document(
            font=broken.replace(b"/FontFile2", b"/FontFile").replace(b"TrueType", b"Type1"),
            more=(stream(b"%!PS-AdobeFont-1.0\n/Subrs 99999999 array\n" + b"{ " * 100_000),),
        ),
    )


def _pictures() -> Iterator[Case]:
    def picture(extra: bytes, data: bytes = b"") -> bytes:
        return document(
            WORDS + b" q 612 0 0 792 0 0 cm /X Do Q",
            resources=b"/XObject<</X 6 0 R>>",
            more=(stream(data, b"/Type/XObject/Subtype/Image" + extra),),
        )

    size = b"/Width 65000/Height 65000/BitsPerComponent 8/ColorSpace/DeviceRGB"
    yield case("image-65000-squared.pdf", COSTLY, lambda: picture(size))
    yield case(
        "image-512mib.pdf", COSTLY, lambda: picture(size + b"/Filter/FlateDecode", squeezed(BLANKS, 512))
    )
    for name in (b"JPXDecode", b"JBIG2Decode", b"DCTDecode", b"CCITTFaxDecode"):
        data = b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03" + b"\xff" * 5000
        title = f"image-{name[:-6].decode().lower()}-garbage.pdf"
        yield case(title, COSTLY, lambda name=name, data=data: picture(size + b"/Filter/" + name, data))
    loop = b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace[/Indexed 7 0 R 255 (x)]/SMask 6 0 R"
    yield case("image-masks-itself.pdf", COSTLY, lambda: picture(loop, b"x" * 81))
    boxes = {
        "huge": b"0 0 1e9 1e9",
        "nothing": b"0 0 0 0",
        "inverted": b"612 792 0 0",
        "text": b"(a) /b null 4 0 R",
    }
    for name, box in boxes.items():
        yield case(f"mediabox-{name}.pdf", COSTLY, lambda box=box: document(page=b"/MediaBox[" + box + b"]"))
    yield case("user-unit-huge.pdf", COSTLY, lambda: document(page=b"/UserUnit 1e12/Rotate 45"))
