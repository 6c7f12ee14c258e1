"""Every limit of reading is told by a code when a file hits it: nothing is cut in silence."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from build_files import docx, paragraph, pdf_lines, raw_pdf
from marked import (
    appended,
    edited,
    parsed,
    photo,
    plain_pdf,
    relationships,
    saved,
    value,
    values,
    with_info,
    with_xmp,
    xmp,
)
from marked import word_like as word

from forensics.documents import backends
from forensics.documents.document import Document
from forensics.documents.docx_looks import CHAIN
from forensics.documents.facts import MAX_ID, MAX_VALUE, left_out
from forensics.documents.revisions import MOST_SECTIONS, revisions


def told(document: Document, code: str = "facts_cut") -> str:
    """The message of the only problem of a code."""
    (one,) = [each for each in document.problems if each.code == code]
    assert not one.fatal
    return one.message


def with_links(count: int, per_page: int = 10_000, uri: str = "https://example.com/{}") -> bytes:
    import pikepdf

    def change(pdf: Any) -> None:
        notes = [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=[72, 700, 90, 710],
                A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(uri.format(number))),
            )
            for number in range(count)
        ]
        pdf.pages[0].Annots = pikepdf.Array(notes)

    return edited(change)


def test_nothing_is_told_of_an_ordinary_file() -> None:
    assert parsed(plain_pdf()).problems == ()
    assert parsed(word()).problems == ()
    assert parsed(with_links(2_000)).problems == ()


def test_links_of_a_pdf() -> None:
    document = parsed(with_links(2_001))
    assert len(values(document, "link")) == 2_000
    assert "more than 2000 links" in told(document, "too_large")
    assert "FORENSICS_MAX_LINKS" in told(document, "too_large")
    assert len(values(parsed(with_links(2_001), max_links=3_000), "link")) == 2_001


def test_annotations_of_a_page() -> None:
    document = parsed(with_links(30), max_page_objects=20)
    assert len(values(document, "link")) == 20
    assert "has 30 annotations" in told(document, "too_large")


def test_links_of_a_docx() -> None:
    links = "".join(
        f'<w:hyperlink r:id="l{n}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<w:r><w:t>a{n} </w:t></w:r></w:hyperlink>"
        for n in range(5)
    )
    targets = "".join(
        f'<Relationship Id="l{n}" Type="x/hyperlink" Target="https://example.com/{n}" TargetMode="External"/>'
        for n in range(5)
    )
    rels = relationships().replace("</Relationships>", f"{targets}</Relationships>")
    data = docx(f"<w:p>{links}</w:p>", {"word/_rels/document.xml.rels": rels})
    assert len(values(parsed(data), "link")) == 5
    cut = parsed(data, max_links=3)
    assert len(values(cut, "link")) == 3
    assert "has 5 links; the first 3" in told(cut, "too_large")


@pytest.mark.parametrize("name", ["Producer", "Label"])
def test_a_long_value_of_info(name: str) -> None:
    document = parsed(with_info(**{name: "x" * (MAX_VALUE + 7)}))
    assert f"{MAX_VALUE} of {MAX_VALUE + 7} characters" in told(document)


def test_a_long_address_of_a_link() -> None:
    document = parsed(with_links(1, uri="https://example.com/" + "a" * 3_000))
    assert told(document).count("link (2000 of 3020 characters)") == 1
    assert len(value(document, "link")) == MAX_VALUE


def test_a_long_property_of_a_docx() -> None:
    core = f'<x xmlns:dc="y"><dc:creator>{"n" * 2_500}</dc:creator></x>'
    document = parsed(docx(paragraph("Jane Sample"), {"docProps/core.xml": core}))
    assert "docx.creator (2000 of 2500 characters)" in told(document)


def test_a_long_comment() -> None:
    long = f'<w:comment w:author="Bo"><w:p><w:r><w:t>{"c" * 3_000}</w:t></w:r></w:p></w:comment>'
    assert "docx.comment (" in told(parsed(word(comments=long)))


def test_long_ids() -> None:
    long = f'<w:style w:customStyle="1" w:styleId="{"s" * (MAX_ID + 1)}"/><w:style w:customStyle="1" w:styleId="Own"/>'
    document = parsed(word(styles=long))
    assert value(document, "docx.styles") == "Own"
    assert f"docx.styles (without 1 of more than {MAX_ID} characters)" in told(document)


def test_many_ids_paragraphs_and_custom_properties() -> None:
    rsids = "".join(f'<w:rsid w:val="{n:08X}"/>' for n in range(20))
    assert "docx.rsid.settings (5 of 20 ids)" in told(
        parsed(word(settings=f"<w:rsids>{rsids}</w:rsids>"), max_fact_ids=5)
    )
    body = "".join(
        f'<w:p w:rsidR="{n:08X}"><w:r><w:t>Paragraph number {n}</w:t></w:r></w:p>' for n in range(400)
    )
    assert "docx.rsid.paragraphs (" in told(parsed(word(body)))
    custom = "<x>" + "".join(f'<p name="p{n}">v{n}</p>' for n in range(101)) + "</x>"
    document = parsed(docx(paragraph("Jane Sample"), {"docProps/custom.xml": custom}))
    assert "docx.custom (only the first 100)" in told(document)


def test_a_paragraph_id_is_noted_however_deep_its_run_stands() -> None:
    run = "<w:r><w:t>Built the thing in question</w:t></w:r>"
    for _ in range(40):
        run = f"<w:smartTag>{run}</w:smartTag>"
    document = parsed(word(f'<w:p w:rsidR="00A1B2C3">{run}</w:p>'))
    assert value(document, "docx.rsid.paragraphs").startswith("00A1B2C3:")


@pytest.mark.parametrize("circle", [True, False])
@pytest.mark.parametrize("hidden", [True, False])
def test_styles_based_on_each_other_too_deep(circle: bool, hidden: bool) -> None:
    def chain(length: int) -> str:
        last = "S0" if circle and length > CHAIN else ""
        return "".join(
            f'<w:style w:type="paragraph" w:styleId="S{n}"><w:basedOn w:val="'
            f'{f"S{n + 1}" if n + 1 < length else last}"/></w:style>'
            for n in range(length)
        )

    body = '<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:t>Jane Sample</w:t></w:r></w:p>'
    assert f"styles are followed {CHAIN} deep" in told(
        parsed(word(body, styles=chain(CHAIN + 1)), hidden=hidden)
    )
    assert parsed(word(body, styles=chain(CHAIN)), hidden=hidden).problems == ()


def test_a_large_xmp_packet_and_many_values_of_one_property() -> None:
    large = xmp("<dc:title>" + "<a/>" * 300_000 + "</dc:title>")
    assert "pdf.xmp (0 of " in told(parsed(with_xmp(large)))
    authors = "".join(f"<rdf:li>Author {n}</rdf:li>" for n in range(101))
    document = parsed(with_xmp(xmp(f"<dc:creator><rdf:Seq>{authors}</rdf:Seq></dc:creator>")))
    assert len(values(document, "pdf.xmp.author")) == 100
    assert "pdf.xmp.author (only the first 100)" in told(document)
    events = "".join(f'<rdf:li stEvt:action="saved" stEvt:when="{n}"/>' for n in range(101))
    history = parsed(with_xmp(xmp(f"<xmpMM:History><rdf:Seq>{events}</rdf:Seq></xmpMM:History>")))
    assert "pdf.xmp.history (100 of 101 events)" in told(history)


def test_many_colours_and_a_large_content_stream() -> None:
    colours = b"".join(b"0.%02d 0 0 rg 0 0 1 1 re f " % n for n in range(20))
    text = b"BT /F1 12 Tf 72 700 Td (Ada Example) Tj ET "
    assert "pdf.colours (16 of 20 colours)" in told(parsed(raw_pdf(b"q " + colours + b" Q " + text)))
    large = zlib.compress(text + b" " * (2 << 20))
    document = parsed(raw_pdf(large, filters=b"/Filter/FlateDecode"))
    assert "pdf.colours (a content stream of more than 2097152 bytes)" in told(document)


def test_a_long_file_id() -> None:
    data = plain_pdf()
    at = data.rindex(b"/ID")
    end = data.index(b"]", at)
    long = b"/ID [<%s> <%s>]" % (b"ab" * 65, b"cd" * 16)
    document = parsed(data[:at] + long + data[end + 1 :])
    assert "pdf.id.first (64 of 65 bytes)" in told(document)


def test_a_large_script_and_a_large_character_map() -> None:
    import pikepdf

    def script(pdf: Any) -> None:
        code = pdf.make_stream(b"//" + b"x" * (1 << 20))
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=code)

    assert "pdf.script (a script of more than 1048576 bytes not read)" in told(parsed(edited(script)))

    def font(pdf: Any) -> None:
        fonts = pdf.pages[0].Resources.Font
        for name in list(fonts.keys()):
            fonts[name].BaseFont = pikepdf.Name("/ABCDEF+Face")
            fonts[name].FontDescriptor = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor)
            fonts[name].ToUnicode = pdf.make_stream(b"%" + b"x" * (1 << 20))

    assert "pdf.font.glyphs (a map of more than 1048576 bytes not read)" in told(parsed(edited(font)))


def test_forms_inside_forms_and_many_fonts() -> None:
    import pikepdf

    def nest(pdf: Any) -> None:
        inner = pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        inner.Resources = pdf.make_indirect(pikepdf.Dictionary())
        for _ in range(8):
            outer = pdf.make_stream(
                b"/X Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
            )
            outer.Resources = pdf.make_indirect(pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner)))
            inner = outer
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(X=inner)

    assert "pdf.resources (forms are followed 6 deep)" in told(parsed(edited(nest)))

    def many(pdf: Any) -> None:
        fonts = pdf.pages[0].Resources.Font
        for number in range(5_001):
            fonts[f"/N{number}"] = pikepdf.Dictionary(Type=pikepdf.Name.Font)

    assert "pdf.resources (only the first 5000 fonts and images)" in told(parsed(edited(many)))


def test_cross_reference_sections_without_end() -> None:
    data = plain_pdf()
    for _ in range(MOST_SECTIONS):
        data = appended(data)
    assert len(revisions(data).sections) == MOST_SECTIONS
    assert "pdf.xref (only the last 1000 sections followed)" in told(parsed(data))


def test_bytes_and_pixels_of_images() -> None:
    picture = saved(photo(), "PNG")
    data = docx(paragraph("Jane Sample"), {"word/media/image1.png": picture})
    assert "docx.media (1 not looked at, beyond 100 bytes)" in told(parsed(data, max_fact_bytes=100))
    assert "image.phash (0 of 19200 pixels)" in told(parsed(data, max_image_pixels=100))


def test_actions_inside_actions_are_found_or_told() -> None:
    import pikepdf

    def nested(depth: int) -> bytes:
        def change(pdf: Any) -> None:
            action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))
            for _ in range(depth):
                action = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.String("x"), Next=action)
            pdf.Root.OpenAction = action

        return edited(change)

    assert "JavaScript" in told(parsed(nested(10)), "active_content")
    assert "more than 50 actions" in told(parsed(nested(60)), "active_content")


def test_a_page_of_a_picture_behind_many_lines_is_no_blank_page() -> None:
    import pikepdf

    def change(pdf: Any) -> None:
        pdf.add_blank_page(page_size=(612, 792))
        image = pdf.make_stream(
            bytes(100), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=10, Height=10,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip
        page = pdf.pages[1]
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        page.Contents = pdf.make_stream(b"0 0 m 9 9 l S " * 400 + b"q 600 0 0 700 0 0 cm /I Do Q")

    assert "not read: 2" in told(parsed(edited(change)), "no_text")


def test_the_problem_names_five_cuts_and_counts_the_rest() -> None:
    core = "".join(f"<{name}>{'v' * 2_001}</{name}>" for name in ("creator", "title", "subject", "keywords"))
    document = parsed(docx(paragraph("Jane Sample"), {"docProps/core.xml": f"<x>{core}</x>"}))
    assert told(document).count("2000 of 2001") == 4
    assert left_out(()) == []
    app = "".join(f"<{name}>{'v' * 2_001}</{name}>" for name in ("Company", "Manager", "Template"))
    both = {"docProps/core.xml": f"<x>{core}</x>", "docProps/app.xml": f"<x>{app}</x>"}
    assert "and 2 more" in told(parsed(docx(paragraph("Jane Sample"), both)))


def test_a_second_opinion_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = [(72, 100 + 2 * number, "Ada Example") for number in range(300)]
    monkeypatch.setattr(backends, "CHECK_SECONDS", 0.0)
    document = parsed(pdf_lines(drawn, []))  # a page without text is one to ask about
    assert "pdf.read_by (pdfplumber was asked for a second opinion" in told(document)
