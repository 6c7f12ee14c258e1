"""What PDFs say about themselves: ids, XMP, saves, fonts, pages, attachments, and who wrote them."""

from __future__ import annotations

import io

import pikepdf
import pytest
from build_files import flate_bomb, pdf_lines, raw_pdf
from marked import appended, edited, fact, parsed, plain_pdf, value, values, with_info, with_xmp, xmp

from forensics.documents.revisions import revisions
from forensics.documents.writers import pdf_saver, pdf_writer


def test_trailer_ids_version_and_own_info_entries():
    document = parsed(with_info(Producer="Pen", SourceModified="D:20240101", Label="secret"))
    assert len(value(document, "pdf.id.first")) == 32
    assert value(document, "pdf.producer") == "Pen"
    assert {(f.value, f.where) for f in document.facts if f.name == "pdf.info"} == {
        ("D:20240101", "Info/SourceModified"),
        ("secret", "Info/Label"),
    }


def test_xmp_ids_history_and_ancestors():
    packet = xmp(
        "<xmpMM:DocumentID>uuid:A1</xmpMM:DocumentID><xmpMM:InstanceID>uuid:B2</xmpMM:InstanceID>"
        "<xmpMM:OriginalDocumentID>xmp.did:C3</xmpMM:OriginalDocumentID>"
        '<xmpMM:DerivedFrom stRef:documentID="uuid:D4" stRef:instanceID="uuid:E5"/>'
        '<xmpMM:History><rdf:Seq><rdf:li stEvt:action="created" stEvt:when="2020-01-01T00:00:00Z"/>'
        '<rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action>'
        "<stEvt:softwareAgent>Pen 2</stEvt:softwareAgent></rdf:li></rdf:Seq></xmpMM:History>"
        "<dc:creator><rdf:Seq><rdf:li>Ann Sample</rdf:li><rdf:li>Bo Sample</rdf:li></rdf:Seq></dc:creator>"
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">One</rdf:li><rdf:li xml:lang="de">Eins</rdf:li>'
        "</rdf:Alt></dc:title>"
    )
    document = parsed(with_xmp(packet))
    assert value(document, "pdf.xmp.document_id") == "uuid:A1"
    assert value(document, "pdf.xmp.instance_id") == "uuid:B2"
    assert value(document, "pdf.xmp.original_document_id") == "xmp.did:C3"
    assert value(document, "pdf.xmp.derived_from.document_id") == "uuid:D4"
    assert values(document, "pdf.xmp.history") == ["created, 2020-01-01T00:00:00Z", "saved, Pen 2"]
    assert values(document, "pdf.xmp.author") == ["Ann Sample", "Bo Sample"]
    assert values(document, "pdf.xmp.title") == ["One"]
    assert value(document, "pdf.xmp.toolkit") == "Kit 1"


def test_xmp_properties_as_attributes():
    packet = xmp("").replace(
        'rdf:about=""', 'rdf:about="" xmpMM:DocumentID="uuid:A1" xmp:CreateDate="2020-01-01"'
    )
    document = parsed(with_xmp(packet))
    assert value(document, "pdf.xmp.document_id") == "uuid:A1"
    assert value(document, "pdf.xmp.created") == "2020-01-01"


def test_broken_xmp_is_read_as_far_as_it_goes_and_said():
    packet = xmp("<xmpMM:DocumentID>uuid:A1</xmpMM:DocumentID><open>")
    document = parsed(with_xmp(packet))
    assert value(document, "pdf.xmp.document_id") == "uuid:A1"
    assert values(document, "pdf.xmp.damaged")


def test_xmp_with_entities_is_refused_and_said():
    packet = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + xmp(
        "<xmpMM:DocumentID>&a;</xmpMM:DocumentID>"
    )
    document = parsed(with_xmp(packet))
    assert values(document, "pdf.xmp.document_id") == []
    assert "not read" in value(document, "pdf.xmp.damaged")


def test_xmp_bomb_is_left_packed_and_said():
    squeezed = flate_bomb(8 << 20)
    with pikepdf.open(io.BytesIO(squeezed)) as bomb:
        packed = bomb.pages[0].Contents.read_raw_bytes()

    def change(pdf):
        pdf.Root.Metadata = pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)

    document = parsed(edited(change))
    assert value(document, "pdf.xmp.truncated").startswith("0 of ")


def test_one_save_more_is_counted_once():
    first, second = parsed(plain_pdf()), parsed(appended(plain_pdf()))
    assert value(first, "pdf.xref.saves") == "0" and value(first, "pdf.xref.sections") == "1"
    assert value(second, "pdf.xref.saves") == "1" and value(second, "pdf.xref.sections") == "2"
    assert value(parsed(appended(appended(plain_pdf()))), "pdf.xref.saves") == "2"


def test_word_publisher_and_linearised_files_have_more_sections_and_no_later_save():
    table = plain_pdf()
    previous = int(table.rsplit(b"startxref", 1)[1].split()[0])
    word = table + b"xref\n0 0\ntrailer\n<</Size 9/Root 1 0 R/Prev %d/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        previous, previous, len(table),
    )  # fmt: skip
    found = revisions(word)
    assert (found.sections, found.form, found.saves) == (("hybrid+empty", "table"), "table+hybrid", 0)
    assert revisions(appended(word)).saves == 1
    linear = edited(lambda pdf: None, linearize=True)
    found = revisions(linear)
    assert (len(found.sections), found.linearised, found.saves, found.whole) == (2, True, 0, True)
    twice = appended(appended(plain_pdf()))
    assert revisions(twice).saves == 2 and revisions(twice, "Microsoft® Publisher 2019").saves == 0


def test_marks_of_an_end_inside_a_stream_count_for_nothing():
    noise = b"(%%EOF startxref 12 %%EOF) Tj\n" * 20
    assert (
        value(parsed(raw_pdf(b"BT /F1 12 Tf 72 700 Td (Jane Sample) Tj " + noise + b"ET")), "pdf.xref.saves")
        == "0"
    )


def test_a_chain_of_sections_that_loops_ends_and_is_said():
    data = appended(plain_pdf())
    last = int(data.rsplit(b"startxref", 1)[1].split()[0])
    at = data.rindex(b"/Prev ") + 6
    loop = data[:at] + b"%d" % last + data[data.index(b">>", at) :]
    found = revisions(loop)
    assert not found.whole and len(found.sections) == 1


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4", b"%PDF-1.4\nstartxref\n99999999999\n%%EOF", b"startxref 0"]
)
def test_no_sections_in_what_is_no_pdf(data):
    assert revisions(data).sections == () and revisions(data).saves == 0


def typst_pdf() -> bytes:
    import typst

    return typst.compile(b"Jane Sample, engineer. Reads every byte of what she is sent, twice. *Bold words.*")


def test_fonts_with_subset_tags_programs_and_glyphs():
    document = parsed(typst_pdf())
    fonts = values(document, "pdf.font")
    assert len(fonts) == 2 and all(name[6] == "+" for name in fonts)
    assert len(set(values(document, "pdf.font.program"))) == 2
    glyphs = dict(zip(fonts, values(document, "pdf.font.glyphs"), strict=True))
    regular = next(name for name in fonts if "Bold" not in name)
    count = int(glyphs[regular].split()[0])
    assert count == len(set("Jane Sample, engineer. Reads every byte of what she is sent, twice."))


def test_equal_glyph_sets_have_equal_facts_and_others_do_not():
    import typst

    one, same, other = (
        values(parsed(typst.compile(text)), "pdf.font.glyphs")
        for text in (b"Jane Sample engineer", b"engineer Sample Jane", b"Jane Sample engineers")
    )
    assert one == same != other


def test_who_wrote_it_is_seen_whatever_the_producer_says():
    def lie(pdf):
        pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary(Producer="Microsoft® Word 2019"))

    assert pdf_saver(typst_pdf()) == ("Typst", "second line 80808080")
    document = parsed(edited(lie, typst_pdf()))
    assert value(document, "pdf.producer").endswith("Word 2019")
    assert value(document, "pdf.saver") == "qpdf"
    assert value(parsed(plain_pdf()), "pdf.writer") == "ReportLab"


@pytest.mark.parametrize(
    ("tags", "writer"),
    [
        (["ABCDEE"], "Microsoft Word"),
        (["ABCDEE", "BCDEEE", "BCDFEE", "BCDGEE"], "Microsoft Word"),
        (["BAAAAA", "CAAAAA"], "LibreOffice or OpenOffice"),
        (["AAAAAA", "BAAAAA"], "Skia (Chrome, Google Docs)"),
        (["CAAAAA"], "Rewriter"),
        (["ABCDEE", "QWERTY"], "Rewriter"),
        (["QWERTY"], "Rewriter"),
        ([], "Rewriter"),
    ],
)
def test_subset_tags_outlive_a_rewriter(tags, writer):
    named = pdf_writer(tags, ("Rewriter", "second line"))
    assert named is not None and named[0] == writer


def test_unknown_marks_name_nobody():
    assert pdf_saver(b"%PDF-1.4\n%\xff\xfe\xfd\xfc\n") is None
    assert pdf_saver(b"%PDF-1.4\n1 0 obj") is None
    assert pdf_writer(["QWERTY"], None) is None


def test_page_sizes_colours_language_and_structure():
    def change(pdf):
        pdf.add_blank_page(page_size=(595.32, 841.92))
        pdf.pages[1].CropBox = pikepdf.Array([10, 10, 500, 800])
        pdf.Root.Lang = "en-IN"
        pdf.Root.StructTreeRoot = pikepdf.Dictionary(RoleMap=pikepdf.Dictionary(Heading=pikepdf.Name.H1))

    content = b"BT 1 0 0 rg /F1 12 Tf 72 700 Td (Jane 9 9 g Sample) Tj 0.2 g (x) Tj 1 0 0 rg (y) Tj ET"
    document = parsed(edited(change, raw_pdf(content)))
    assert {(f.value, f.where) for f in document.facts if f.name == "pdf.page.size"} == {
        ("612.00x792.00", "MediaBox, page 1"),
        ("595.32x841.92", "MediaBox, page 2"),
        ("490.00x790.00", "CropBox, page 2"),
    }
    assert value(document, "pdf.colours") == "#ff0000×2 #333333×1"
    assert value(document, "pdf.lang") == "en-IN"
    assert value(document, "pdf.structure") == "tagged Heading"


def test_attachments_scripts_and_layers_are_noted_and_not_run():
    def change(pdf):
        pdf.attachments["plan.txt"] = b"the plan"
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Draft"))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=pikepdf.Dictionary(OFF=[group]))

    document = parsed(edited(change))
    assert value(document, "pdf.attachment") == "plan.txt"
    assert len(value(document, "pdf.attachment.sha256")) == 64
    assert (value(document, "pdf.open_action"), value(document, "pdf.script")) == (
        "JavaScript",
        "app.alert(1)",
    )
    assert value(document, "pdf.layer") == "Draft: off"
    assert "active_content" in {problem.code for problem in document.problems}


def test_a_link_that_shows_another_address_is_noted():
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(612, 792))
    for down, text, target in (
        (72, "jane@example.com", "mailto:someone.else@example.org"),
        (100, "Write me", "mailto:jane@example.net"),
        (130, "https://jane.example.net/work", "https://jane.example.net/work?from=cv"),
        (160, "LinkedIn", "https://www.linkedin.com/in/jane"),
    ):
        sheet.drawString(72, 792 - down, text)
        sheet.linkURL(target, (72, 792 - down - 3, 72 + 6.5 * len(text), 792 - down + 10))
    sheet.save()
    document = parsed(out.getvalue())
    assert len(values(document, "link")) == 4
    noted = fact(document, "link.unlike")
    assert noted.value == "mailto:someone.else@example.org under “jane@example.com”"
    assert noted.page == 1 and noted.bbox is not None


def test_a_broken_part_does_not_keep_the_rest_from_being_read():
    def change(pdf):
        pdf.Root.Metadata = pikepdf.Stream(pdf, b"not xml at all", Filter=pikepdf.Name.FlateDecode)
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=3, D=pikepdf.Dictionary())
        pdf.pages[0].obj.Resources.Font = pikepdf.Dictionary(F1=pikepdf.Dictionary(BaseFont=7))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=3)

    document = parsed(edited(change))
    assert value(document, "pdf.saver") == "qpdf"
    assert any(each.startswith("layers") for each in values(document, "pdf.unread"))


def test_limits_say_what_they_cut():
    data = pdf_lines(*[[(72, 72, f"Jane Sample {n}")] for n in range(3)])
    document = parsed(data, max_facts=3)
    assert len([f for f in document.facts if f.name.startswith("pdf.")]) < 12
    (problem,) = [each for each in document.problems if each.code == "too_large"]
    assert "FORENSICS_MAX_FACTS" in problem.message
    document = parsed(typst_pdf(), max_fact_bytes=10)
    assert values(document, "pdf.font.program") == []
    assert value(document, "pdf.font.truncated").startswith("4 not looked at")


def test_a_font_name_that_is_no_utf8_is_read_byte_for_byte():
    plain = raw_pdf(b"BT /F1 12 Tf 72 700 Td (Jane Sample) Tj ET")
    document = parsed(plain.replace(b"/BaseFont/Helvetica", b"/BaseFont/#da#cc#e5x"))
    assert value(document, "pdf.font") == "ÚÌåx"
