from __future__ import annotations

import io

import pytest
from build_files import WORD, docx, paragraph

from forensics.documents.document import Document, Unreadable
from forensics.documents.sandbox import Reader


def said(reader: Reader, data: bytes) -> list[str]:
    document = reader.parse(data, "x.docx")
    assert isinstance(document, Document), document
    return [document.text[each.start : each.end] for each in document.passages]


def code(reader: Reader, data: bytes) -> str:
    found = reader.parse(data, "x.docx")
    assert isinstance(found, Unreadable), found
    return found.problems[0].code


def written() -> bytes:
    import docx as python_docx

    document = python_docx.Document()
    document.core_properties.author = "Ann Author"
    document.core_properties.last_modified_by = "Bob Editor"
    document.add_heading("Experience", 1)
    document.add_paragraph("Engineer, Acme\t2010 – 2012")
    document.add_paragraph("Wrote code.", style="List Bullet")
    document.add_paragraph("Fixed it.", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, (a, b) in enumerate((("Languages", "Java"), ("Tools", "Kafka"))):
        table.cell(row, 0).text, table.cell(row, 1).text = a, b
    section = document.sections[0]
    section.header.paragraphs[0].text = "Ann Author, ann@example.org"
    section.footer.paragraphs[0].text = "References upon request"
    document.add_section()  # a second section that repeats header and footer
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_every_part_in_order_and_once(reader: Reader) -> None:
    assert said(reader, written()) == [
        "Ann Author, ann@example.org",
        "Experience",
        "Engineer, Acme\t2010 – 2012",
        "• Wrote code.",
        "• Fixed it.",
        "Languages\tJava",
        "Tools\tKafka",
        "References upon request",
    ]


def test_properties_are_facts(reader: Reader) -> None:
    document = reader.parse(written(), "x.docx")
    assert isinstance(document, Document)
    facts = {fact.name: (fact.value, fact.where) for fact in document.facts}
    assert facts["docx.creator"] == ("Ann Author", "docProps/core.xml")
    assert facts["docx.last_modified_by"] == ("Bob Editor", "docProps/core.xml")
    assert facts["docx.application"][1] == "docProps/app.xml"


def test_text_boxes_are_read_once(reader: Reader) -> None:
    box = paragraph("In the box")
    body = (
        "<w:p><w:r><w:t>Anchor</w:t></w:r><w:r><mc:AlternateContent>"
        '<mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"<w:txbxContent>{box}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{box}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>" + paragraph("After")
    )
    assert said(reader, docx(body)) == ["Anchor", "In the box", "After"]


def test_a_box_beside_a_name_is_read_after_what_stands_under_the_name(reader: Reader) -> None:
    box = paragraph("Contact") + paragraph("(702) 555-0161")
    body = (
        "<w:p><w:r><w:t>Ann Author</w:t></w:r><w:r><w:drawing><wps:txbx>"
        f"<w:txbxContent>{box}</w:txbxContent></wps:txbx></w:drawing></w:r></w:p>"
        + "".join(paragraph(text) for text in ("Engineer", "Summary", "Builds things.", "Skills", "Go"))
    )
    assert said(reader, docx(body)) == [
        "Ann Author", "Engineer", "Contact", "(702) 555-0161", "Summary", "Builds things.", "Skills", "Go",
    ]  # fmt: skip


def test_deleted_text_is_left_out_and_inserted_text_is_read(reader: Reader) -> None:
    body = (
        "<w:p><w:r><w:t>Kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>added</w:t></w:r></w:ins></w:p>"
    )
    assert said(reader, docx(body)) == ["Kept added"]


def test_content_controls_tabs_breaks_and_fields(reader: Reader) -> None:
    body = (
        "<w:sdt><w:sdtContent>" + paragraph("Controlled") + "</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>left   </w:t><w:tab/><w:tab/><w:t>right</w:t><w:br/><w:t>below</w:t></w:r></w:p>"
        "<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:r><w:t>shown</w:t></w:r></w:p>"
    )
    document = reader.parse(docx(body), "x.docx")
    assert isinstance(document, Document)
    assert document.text == "Controlled\nleft\tright\nbelow\nshown"


def test_footnotes_and_hyperlinks(reader: Reader) -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://x/hyperlink" Target="https://github.com/example" TargetMode="External"/>'
        '<Relationship Id="r2" Type="http://x/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    notes = f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="1">{paragraph("Noted below")}</w:footnote></w:footnotes>'
    body = '<w:p><w:hyperlink r:id="r1"><w:r><w:t>my code</w:t></w:r></w:hyperlink></w:p>'
    data = docx(body, {"word/_rels/document.xml.rels": rels, "word/footnotes.xml": notes})
    document = reader.parse(data, "x.docx")
    assert isinstance(document, Document)
    assert document.text.split("\n\n") == ["my code", "Noted below"]
    (link,) = [fact for fact in document.facts if fact.name == "link"]
    assert (link.name, link.value, link.where) == ("link", "https://github.com/example", "word/document.xml")


def test_cells_with_several_paragraphs_are_read_cell_by_cell(reader: Reader) -> None:
    def cell(*texts: str) -> str:
        return "<w:tc>" + "".join(map(paragraph, texts)) + "</w:tc>"

    body = "<w:tbl><w:tr>" + cell("SKILLS", "Java") + cell("EXPERIENCE", "Engineer") + "</w:tr></w:tbl>"
    assert said(reader, docx(body)) == ["SKILLS", "Java", "EXPERIENCE", "Engineer"]


def test_grid_span_bomb_is_harmless(reader: Reader) -> None:
    body = (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr>'
        + paragraph("one cell")
        + "</w:tc></w:tr></w:tbl>"
    )
    assert said(reader, docx(body)) == ["one cell"]


def test_zip_bomb_is_refused(reader: Reader) -> None:
    assert code(reader, docx(paragraph("a" * 60_000_000))) == "suspicious_archive"


def test_entities_are_refused(reader: Reader) -> None:
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'
    assert code(reader, docx("", {"word/document.xml": lol})) == "suspicious_archive"


def test_entities_in_utf_16_are_refused(reader: Reader) -> None:
    lol = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'
    assert code(reader, docx("", {"word/document.xml": lol.encode("utf-16")})) == "suspicious_archive"


def test_deep_nesting_is_refused(reader: Reader) -> None:
    assert code(reader, docx("<w:x>" * 20_000 + "</w:x>" * 20_000)) in {"suspicious_archive", "damaged"}


def test_too_many_parts_are_refused(reader: Reader) -> None:
    parts: dict[str, str | bytes] = {f"word/p{number}.xml": "<a/>" for number in range(2_100)}
    assert code(reader, docx(paragraph("x"), parts)) == "suspicious_archive"


def test_truncated(reader: Reader) -> None:
    assert code(reader, written()[:2000]) == "damaged"


def test_macros_are_told(reader: Reader) -> None:
    document = reader.parse(docx(paragraph("x"), {"word/vbaProject.bin": b"\0"}), "x.docx")
    assert isinstance(document, Document)
    assert [problem.code for problem in document.problems] == ["active_content"]


def test_a_spreadsheet_is_no_document(reader: Reader) -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")
    assert code(reader, out.getvalue()) == "not_a_document"


def test_empty_document(reader: Reader) -> None:
    assert code(reader, docx("")) == "no_text"


def test_old_office_files(reader: Reader) -> None:
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert code(reader, magic + b"\0" * 600) == "not_a_document"
    assert code(reader, magic + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")) == "encrypted"


def test_trees_of_parts_that_files_share_byte_for_byte_are_bounded_and_never_those_of_another() -> None:
    from lxml import etree

    from forensics.documents.package import _Packed, _Trees

    trees = _Trees()
    texts = [b"<a>" + bytes([65 + at]) * 300_000 + b"</a>" for at in range(5)]
    packed = [_Packed(0, at, len(each), each) for at, each in enumerate(texts)]
    for each in packed:
        trees.keep(each, etree.fromstring(each.data))
    assert [trees.get(each) is not None for each in packed] == [False, False, True, True, True]
    assert trees.get(packed[3]).text[0] == "D"
    for other in ({"how": 8}, {"crc": 9}, {"size": 9}, {"data": texts[4]}):
        assert trees.get(packed[3]._replace(**other)) is None


def test_a_file_is_read_the_same_after_others_of_its_writer(reader: Reader) -> None:
    bold = docx(paragraph("Engineer at the dam"), {"word/styles.xml": f'<w:styles xmlns:w="{WORD}"/>'})
    other = docx(paragraph("Teacher of drawing"), {"word/styles.xml": f'<w:styles xmlns:w="{WORD}"/>'})
    first = reader.parse(bold, "x.docx")
    assert said(reader, other) == ["Teacher of drawing"]
    assert reader.parse(bold, "x.docx") == first


@pytest.mark.parametrize("broken", ["version", "name"])
def test_a_directory_that_python_does_not_read(reader: Reader, broken: str) -> None:
    data = bytearray(docx(paragraph("Ada Example")))
    at = data.index(b"PK\1\2")
    if broken == "version":
        data[at + 6] = 84  # needs version 8.4 of ZIP
    else:
        data[at + 9] |= 8  # says that the name is UTF-8, which it is not
        data[at + 46] = 0xFF
    assert code(reader, bytes(data)) == "damaged"
