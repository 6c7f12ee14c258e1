"""DOCX files that LibreOffice lays out: where their passages stand, and what happens where it does not."""

from __future__ import annotations

import io
import shutil
import sys
import time

import pytest
from build_files import docx, paragraph, pdf_lines
from docx import Document as docx_file
from hypothesis import given
from hypothesis import strategies as st

import forensics.documents.office as office
from forensics.documents.document import Document
from forensics.documents.limited import Failed, run_limited
from forensics.documents.office import placed
from forensics.documents.parse import parse
from forensics.documents.sandbox import Reader
from forensics.settings import Settings

LINES = ["Marisol Etxebarria", "Planned the drainage of forty roads", "Measured the traffic of five bridges"]


def read(data: bytes) -> Document:
    return parse(data, id="", path="x", plain=True, limits=Settings(hidden=False))


def test_passages_get_the_places_of_their_words() -> None:
    document = read(docx("".join(map(paragraph, [*LINES, "Only in the file"]))))
    pages = read(pdf_lines([(72, 100, LINES[0])], [(90, 200, LINES[1]), (90, 400, LINES[2])]))
    found = placed(document, pages)
    assert found.text == document.text and found.pages == 2
    said = {found.text[each.start : each.end]: each for each in found.passages}
    assert [said[line].page for line in LINES] == [1, 2, 2]
    boxes = [said[line].bbox for line in LINES]
    assert all(box is not None for box in boxes)
    assert boxes == [line.bbox for line in pages.lines]
    assert said["Only in the file"].page is None and said["Only in the file"].bbox is None


def test_what_stands_twice_is_placed_in_order() -> None:
    document = read(docx("".join(map(paragraph, ["Same words here", "Between", "Same words here"]))))
    pages = read(
        pdf_lines([(72, 100, "Same words here"), (72, 200, "Between"), (72, 300, "Same words here")])
    )
    tops = [line.bbox[1] for line in placed(document, pages).lines if line.bbox is not None]
    assert len(tops) == 3 and tops == sorted(tops)


@given(
    st.lists(st.text("ab c", min_size=1), min_size=1, max_size=6),
    st.lists(st.sampled_from("abc"), max_size=9),
)
def test_every_word_is_placed_once_at_most(texts: list[str], printed: list[str]) -> None:
    text = "\n".join(texts)
    document = Document(id="", path="", format="docx", kind="other", language=None, pages=1, text=text)
    pages = read(
        pdf_lines([(72.0 + 20 * at, 100.0, word) for at, word in enumerate(printed)] or [(9, 9, "x")])
    )
    places = office._places(document.text, pages)
    assert len({(each.page, each.box) for each in places}) == len(places)
    for each in places:
        assert text[each.start : each.end].isalnum()


@pytest.mark.skipif(office.libreoffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_gives_pages_and_boxes(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    now = Settings(render=True)
    monkeypatch.setattr(office, "settings", lambda: now)
    file, out = docx_file(), io.BytesIO()
    file.add_paragraph(LINES[0])
    file.add_page_break()
    file.add_paragraph(LINES[1])
    file.save(out)
    found = reader.parse(out.getvalue(), "x.docx")
    assert isinstance(found, Document) and found.pages == 2 and not found.problems
    assert [(each.page, each.bbox is not None) for each in found.passages] == [(1, True), (2, True)]


def test_where_libreoffice_is_missing_or_fails_that_is_said(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = Settings(render=True)
    monkeypatch.setattr(office, "settings", lambda: now)
    for program, said in ((None, "not installed"), (shutil.which("false"), "failed")):
        monkeypatch.setattr(office, "libreoffice", lambda program=program: program)
        found = reader.parse(docx(paragraph(LINES[0])), "x.docx")
        assert isinstance(found, Document) and found.text == LINES[0]
        (problem,) = found.problems
        assert problem.code == "not_rendered" and said in problem.message and not problem.fatal


def test_a_program_is_ended_when_its_time_is_up() -> None:
    begin = time.monotonic()
    with pytest.raises(Failed, match="more than 1 s"):
        run_limited(["/bin/sh", "-c", "sleep 60 & sleep 60"], seconds=1, memory=2**30)
    assert time.monotonic() - begin < 40


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
def test_a_program_may_not_write_what_it_was_not_allowed(tmp_path: object) -> None:
    with pytest.raises(Failed):
        run_limited(["/bin/sh", "-c", f"echo word > {tmp_path}/file"], seconds=10, memory=2**30)
    assert run_limited(["/bin/sh", "-c", "echo $HOME"], seconds=10, memory=2**30).strip() in (b"", b"/")
