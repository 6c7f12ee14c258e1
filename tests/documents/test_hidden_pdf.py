"""Hidden text of PDFs: every planted way is found where it is, and nothing in honest files."""

from __future__ import annotations

import pytest
from planted_pdf import HONEST, PLANTED, SECRET, coloured, page, scan

from forensics.documents.document import Document
from forensics.documents.sandbox import Reader


def read(reader: Reader, data: bytes) -> Document:
    found = reader.parse(data, "a.pdf")
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize("name", PLANTED)
def test_planted_text_is_found_with_its_reason_and_its_box(reader, name):
    why, build = PLANTED[name]
    document = read(reader, build())
    assert [each.why for each in document.hidden] == [why]
    (entry,) = document.hidden
    assert entry.page == 1 and entry.bbox is not None
    if why != "text_layer_mismatch" or name != "other letters":
        assert entry.text.split() == SECRET.split()
    if entry.start is not None:
        assert document.text[entry.start : entry.end].split() == entry.text.split()


@pytest.mark.parametrize("name", HONEST)
def test_honest_text_is_no_entry(reader, name):
    assert read(reader, HONEST[name]()).hidden == ()


def test_box_is_where_the_text_stands(reader):
    (entry,) = read(reader, page(coloured(1))).hidden
    x0, top, x1, bottom = entry.bbox
    assert abs(x0 - 72) < 2 and 380 < top < 392 < bottom < 400 and 350 < x1 < 450


def test_text_of_a_planted_page_stays_in_the_text(reader):
    document = read(reader, page(coloured(1)))
    (entry,) = document.hidden
    assert document.text[entry.start : entry.end] == SECRET


def test_left_over_letters_are_a_fact(reader):
    document = read(reader, HONEST["left over"]())
    facts = [fact for fact in document.facts if fact.name == "pdf.unseen_text"]
    assert any("page 1" in fact.value for fact in facts)


def test_text_layer_of_a_scan_is_a_fact_and_words_beside_it_an_entry(reader):
    lines = ["Marisol Etxebarria, site engineer", "Planned the drainage of mountain roads"]
    document = read(reader, scan(lines))
    assert any(fact.name == "pdf.text_layer_of_picture" for fact in document.facts)
    assert document.hidden == ()


def test_invisible_words_on_the_blank_part_of_a_scan_are_an_entry(reader):
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(scan(["Marisol Etxebarria, site engineer"]))) as pdf:
        pdf.pages[0].contents_add(f"BT 3 Tr /F1 10 Tf 72 80 Td ({SECRET}) Tj ET".encode())
        out = io.BytesIO()
        pdf.save(out)
    (entry,) = read(reader, out.getvalue()).hidden
    assert (entry.text, entry.why) == (SECRET, "invisible_render_mode")


def test_a_page_that_breaks_rendering_is_read_without_it(monkeypatch):
    from forensics.documents.document import Problem

    asked = []
    real = Reader._exchange

    def exchange(self, said, data, **other):
        asked.append(other)
        if not other:
            return Problem(code="damaged", message="it broke", fatal=True)
        return real(self, said, data, **other)

    monkeypatch.setattr(Reader, "_exchange", exchange)
    with Reader() as reader:
        document = read(reader, page(coloured(1)))
    assert asked == [{}, {"hidden": False}]
    assert document.hidden is None and SECRET in document.text
    assert [(each.code, each.fatal) for each in document.problems] == [("not_rendered", False)]


def test_pages_beyond_the_time_for_rendering_are_named():
    from forensics.documents.parse import parse
    from forensics.settings import Settings

    document = parse(page(coloured(1)), id="", path="a.pdf", plain=False, limits=Settings(render_cpu=0))
    assert document.hidden is None
    assert [each.code for each in document.problems] == ["not_rendered"]


def test_without_the_setting_nobody_looks():
    from forensics.documents.parse import parse
    from forensics.settings import Settings

    document = parse(page(coloured(1)), id="", path="a.pdf", plain=False, limits=Settings(hidden=False))
    assert document.hidden is None and document.problems == ()


def test_a_giant_page_is_rendered_coarsely(reader):
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(page(coloured(1)))) as pdf:
        pdf.pages[0].mediabox = [0, 0, 14_400, 14_400]
        out = io.BytesIO()
        pdf.save(out)
    document = read(reader, out.getvalue())
    assert document.hidden is not None
