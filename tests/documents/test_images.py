"""Images in documents: hashes that agree across formats, looks that survive recompression, EXIF."""

from __future__ import annotations

import hashlib
import struct
import zlib

import pikepdf
import pytest
from build_files import docx, paragraph, pdf_lines
from marked import edited, parsed, photo, saved, value, values, xmp
from PIL import Image

from forensics.documents.images import phash


def apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def pdf_with(data: bytes, **entries: object) -> bytes:
    """A PDF whose first page has this image stream among its resources."""

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(pdf, data, Subtype=pikepdf.Name.Image, **entries)
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Im0=pdf.make_indirect(stream))

    return edited(change, pdf_lines([(72, 72, "Jane Sample")]))


def jpeg_pdf(data: bytes, size: tuple[int, int] = (160, 120)) -> bytes:
    return pdf_with(
        data, Filter=pikepdf.Name.DCTDecode, Width=size[0], Height=size[1], BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceRGB,
    )  # fmt: skip


def test_one_jpeg_has_one_hash_in_pdf_and_docx():
    data = saved(photo(), "JPEG")
    for document in (
        parsed(jpeg_pdf(data)),
        parsed(docx(paragraph("Jane Sample"), {"word/media/image1.jpeg": data})),
    ):
        assert value(document, "image.sha256") == hashlib.sha256(data).hexdigest()
        assert value(document, "image.size") == "160x120 JPEG"
        assert len(value(document, "image.phash")) == 16


def test_look_survives_another_size_format_and_quality():
    one = parsed(jpeg_pdf(saved(photo(3), "JPEG", quality=90)))
    small = saved(photo(3).resize((80, 60)), "JPEG", quality=40)
    other = parsed(docx(paragraph("Jane Sample"), {"word/media/a.jpeg": small}))
    lossless = parsed(docx(paragraph("Jane Sample"), {"word/media/a.png": saved(photo(3), "PNG")}))
    stranger = parsed(jpeg_pdf(saved(photo(4), "JPEG")))
    look = value(one, "image.phash")
    assert apart(look, value(other, "image.phash")) <= 8
    assert apart(look, value(lossless, "image.phash")) <= 8
    assert apart(look, value(stranger, "image.phash")) >= 16


def test_unrelated_pictures_differ_by_about_half():
    looks = [phash(photo(seed)) for seed in range(30)]
    pairs = [apart(a, b) for n, a in enumerate(looks) for b in looks[:n] if a and b]
    assert 26 <= sum(pairs) / len(pairs) <= 38 and min(pairs) >= 8


def test_a_plain_surface_and_an_icon_have_no_look():
    assert phash(Image.new("RGB", (200, 200), "white")) is None
    icon = docx(paragraph("Jane Sample"), {"word/media/a.png": saved(photo(1, (8, 8)), "PNG")})
    assert values(parsed(icon), "image.phash") == [] and value(parsed(icon), "image.sha256")


def flat(image: Image.Image, *, predictor: bool = False) -> bytes:
    row = len(image.tobytes()) // image.height
    lines = [image.tobytes()[at : at + row] for at in range(0, row * image.height, row)]
    return zlib.compress(b"".join(b"\0" + line if predictor else line for line in lines))


@pytest.mark.parametrize("predictor", [False, True])
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_samples_stored_without_a_file_format_have_the_same_look(mode, predictor):
    plain = photo(5, (64, 48))
    image = plain.convert(mode) if mode != "P" else plain.quantize(64)
    space: object = {"RGB": pikepdf.Name.DeviceRGB, "P": None}.get(mode, pikepdf.Name.DeviceGray)
    channels, bits = (3, 8) if mode == "RGB" else (1, 1 if mode == "1" else 8)
    if mode == "P":
        table = bytes(image.getpalette() or [])
        space = pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 63, pikepdf.String(table)])
    entries = {
        "Filter": pikepdf.Name.FlateDecode,
        "Width": 64,
        "Height": 48,
        "BitsPerComponent": bits,
        "ColorSpace": space,
    }
    if predictor:
        entries["DecodeParms"] = pikepdf.Dictionary(
            Predictor=15, Colors=channels, BitsPerComponent=bits, Columns=64
        )
    document = parsed(pdf_with(flat(image, predictor=predictor), **entries))
    expected = phash(plain)
    assert expected is not None
    assert apart(value(document, "image.phash"), expected) <= (20 if mode == "1" else 8)


def test_exif_says_camera_and_program_but_no_coordinates():
    exif = Image.Exif()
    exif[271], exif[272], exif[305] = "Kamera", "K-1", "Retouch 3"
    exif.get_ifd(0x8769)[36867] = "2023:04:05 06:07:08"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    data = saved(
        photo(), "JPEG", exif=exif, xmp=xmp("<xmpMM:DocumentID>xmp.did:77</xmpMM:DocumentID>").encode()
    )
    document = parsed(jpeg_pdf(data))
    assert (value(document, "image.exif.make"), value(document, "image.exif.model")) == ("Kamera", "K-1")
    assert value(document, "image.exif.taken") == "2023:04:05 06:07:08"
    assert value(document, "image.exif.gps") == "holds a position"
    assert value(document, "image.xmp.document_id") == "xmp.did:77"
    assert not any("52" in fact.value for fact in document.facts if fact.name.startswith("image.exif"))


def test_the_facts_of_one_image_share_their_place():
    document = parsed(jpeg_pdf(saved(photo(), "JPEG")))
    assert {fact.where for fact in document.facts if fact.name.startswith("image.")} == {"page 1, /Im0"}


def test_a_huge_image_is_hashed_and_not_decoded():
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1_000))
        + chunk(b"IEND", b"")
    )
    document = parsed(docx(paragraph("Jane Sample"), {"word/media/a.png": png}))
    assert value(document, "image.sha256") and values(document, "image.phash") == []
    big = pdf_with(
        zlib.compress(bytes(1_000)), Filter=pikepdf.Name.FlateDecode, Width=65_000, Height=65_000, BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceRGB,
    )  # fmt: skip
    assert value(parsed(big), "image.phash.truncated") == "0 of 4225000000 pixels"
    data = saved(photo(2, (400, 300)), "PNG")
    document = parsed(docx(paragraph("Jane Sample"), {"word/media/a.png": data}), max_image_pixels=1_000)
    assert value(document, "image.phash.truncated") == "0 of 120000 pixels"


def test_samples_that_unpack_to_more_than_they_should_are_left():
    bomb = zlib.compress(bytes(50_000_000), 9)
    document = parsed(
        pdf_with(
            bomb, Filter=pikepdf.Name.FlateDecode, Width=64, Height=48, BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB,
        )
    )  # fmt: skip
    assert value(document, "image.sha256") and values(document, "image.phash") == []


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff", saved(photo(), "JPEG")[:300], b"\x89PNG\r\n\x1a\n" + b"\0" * 40]
)
def test_broken_images_keep_their_hash(data):
    document = parsed(docx(paragraph("Jane Sample"), {"word/media/a.jpeg": data}))
    assert value(document, "image.sha256") == hashlib.sha256(data).hexdigest()


def test_several_images_come_once_each_in_the_order_of_pages():
    data = [saved(photo(seed), "JPEG") for seed in (1, 2)]

    def change(pdf: pikepdf.Pdf) -> None:
        streams = [
            pdf.make_indirect(
                pikepdf.Stream(
                    pdf, each, Subtype=pikepdf.Name.Image, Filter=pikepdf.Name.DCTDecode, Width=1, Height=1
                )
            )
            for each in data
        ]
        form = pikepdf.Stream(pdf, b"", Subtype=pikepdf.Name.Form)
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im1=streams[1]))
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Fm0=pdf.make_indirect(form))
        pdf.pages[1].obj.Resources.XObject = pikepdf.Dictionary(Im0=streams[0], Im1=streams[1])
        form.Resources.XObject.Fm0 = pdf.pages[0].obj.Resources.XObject.Fm0  # a form inside itself

    document = parsed(edited(change, pdf_lines([(72, 72, "Jane")], [(72, 72, "Sample")])))
    hashes = [hashlib.sha256(each).hexdigest() for each in data]
    assert values(document, "image.sha256") == [hashes[1], hashes[0]]


def test_pictures_in_memory_stay_small():
    import tracemalloc

    data = saved(photo(1, (4_000, 3_000)), "JPEG", quality=60)
    packed = docx(paragraph("Jane Sample"), {"word/media/a.jpeg": data})
    tracemalloc.start()
    parsed(packed)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000
