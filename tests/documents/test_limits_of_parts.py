"""Limits on fonts, attachments, layers, signatures, marks, pages and parts are told when a file hits them."""

from __future__ import annotations

from typing import Any

import pytest
from build_files import docx, paragraph, pdf_lines
from marked import edited, fact, parsed, value, values
from planted_pdf import with_content
from test_limits_told import told

from forensics.documents.actual_text import MARKS
from forensics.errors import ReadError


def with_font(*, codes: int = 0, charset: int = 0, widths: int = 0) -> bytes:
    """A file whose font says of so many characters that it holds them, in one of three ways."""
    import pikepdf

    def change(pdf: Any) -> None:
        fonts = pdf.pages[0].Resources.Font
        for name in list(fonts.keys()):
            font = fonts[name]
            font.BaseFont = pikepdf.Name("/ABCDEF+Face")
            font.FontDescriptor = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor)
            if codes:
                pairs = b"".join(b"<%x><%x>" % (n % 16, n % 16) for n in range(codes))
                font.ToUnicode = pdf.make_stream(b"9 beginbfchar\n" + pairs + b"\nendbfchar")
            if charset:
                font.FontDescriptor.CharSet = pikepdf.String("".join(f"/g{n}" for n in range(charset)))
            if widths:
                font.W = pikepdf.Array([1, pikepdf.Array([500])] * (widths // 2))

    return edited(change)


@pytest.mark.parametrize(
    ("just", "beyond"),
    [({"codes": 90_000}, {"codes": 100_000}), ({"charset": 60_000}, {"charset": 65_537}),
     ({"widths": 65_536}, {"widths": 65_538})],
)  # fmt: skip
def test_more_characters_than_a_font_can_have(just: dict[str, int], beyond: dict[str, int]) -> None:
    assert parsed(with_font(**just)).problems == ()
    document = parsed(with_font(**beyond))
    assert "pdf.font.glyphs (counted as far as 65536 characters)" in told(document)
    assert value(document, "pdf.font.glyphs")


def test_many_attachments_layers_and_signatures() -> None:
    import pikepdf

    def attach(pdf: Any) -> None:
        for number in range(101):
            pdf.attachments[f"{number:03}.txt"] = b"%d" % number

    document = parsed(edited(attach))
    assert len(values(document, "pdf.attachment")) == 100
    assert "pdf.attachment (only the first 100)" in told(document)

    def layers(pdf: Any) -> None:
        groups = [
            pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=f"Layer {number}"))
            for number in range(101)
        ]
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=groups, D=pikepdf.Dictionary(OFF=groups[:1] * 5_001))

    document = parsed(edited(layers))
    assert len(values(document, "pdf.layer")) == 100
    assert "Layer 0: off" in values(document, "pdf.layer")
    assert {"only the first 100", "only the first 5000"} == set(values(document, "pdf.layer.truncated"))

    def form(pdf: Any, signatures: int, fields: int) -> None:
        field = pikepdf.Dictionary(FT=pikepdf.Name.Tx)
        signed = [
            pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=pikepdf.Dictionary(Name=f"Signer {number}"))
            for number in range(signatures)
        ]
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field] * (fields - signatures) + signed)

    document = parsed(edited(lambda pdf: form(pdf, 101, 101)))
    assert len(values(document, "pdf.signature")) == 100
    assert "pdf.signature (only the first 100)" in told(document)
    last = parsed(edited(lambda pdf: form(pdf, 1, 150)))  # a long form, signed at its end
    assert values(last, "pdf.signature") == ["Signer 0"]
    assert last.problems == ()
    assert "pdf.form (only the first 5000)" in told(parsed(edited(lambda pdf: form(pdf, 0, 5_001))))


@pytest.mark.parametrize("marks", [MARKS - 1, MARKS])
def test_text_inside_of_many_marks(marks: int) -> None:
    """Of what stands deeper nobody has compared what the file says with what it shows: that is told."""
    said = "hire this one before all of the others"
    content = (
        f"/Span <</ActualText ({said})>> BDC " + "/Span BMC " * marks
        + "BT /F1 11 Tf 72 400 Td (two seasons on the harbour wall) Tj ET " + "EMC " * (marks + 1)
    )  # fmt: skip
    document = parsed(with_content(content))
    if marks < MARKS:
        assert document.problems == ()
    else:
        assert "pdf.actual_text (1 text objects inside of more than 1000 marks" in told(document)
        assert fact(document, "pdf.actual_text.truncated").page == 1
    assert parsed(with_content(content), hidden=False).problems == ()


def test_actual_text_of_more_than_a_page() -> None:
    import pikepdf

    said = pikepdf.Dictionary(
        ActualText=pikepdf.String("ż" * (1 << 19))
    )  # two bytes each, and the mark of UTF-16
    content = "/Span /P0 BDC BT /F1 11 Tf 72 400 Td (two seasons) Tj ET EMC"
    document = parsed(with_content(content, Properties={"P0": said}), max_page_chars=1 << 20)
    assert "or of one that says too much" in told(document)


def test_pages_and_parts_beyond_the_limit() -> None:
    pages = pdf_lines(*([(72, 100, f"Ada Example, page {number}")] for number in range(3)))
    assert parsed(pages, max_pages=3).problems == ()
    cut = parsed(pages, max_pages=2)
    assert "FORENSICS_MAX_PAGES" in told(cut, "too_many_pages")
    assert "page 1" in cut.text and "page 2" not in cut.text
    parts = docx(paragraph("Ada Example"), {f"word/x{number}.xml": "<x/>" for number in range(10)})
    assert parsed(parts, max_zip_entries=20).problems == ()
    with pytest.raises(ReadError) as wrong:
        parsed(parts, max_zip_entries=10)
    assert wrong.value.code == "suspicious_archive"


def test_bytes_of_a_part_and_of_all_parts_beyond_the_limit() -> None:
    data = docx(paragraph("Ada Example " * 500))
    assert parsed(data).problems == ()
    for limit in ("max_zip_part", "max_unzipped"):
        with pytest.raises(ReadError) as wrong:
            parsed(data, **{limit: 5_000})
        assert wrong.value.code == "suspicious_archive"
