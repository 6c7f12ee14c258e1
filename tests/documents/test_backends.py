"""Two libraries read PDF files: each where the other fails, within limits, and a fact says so."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from build_files import pdf_lines, raw_pdf

import forensics.documents.backends as backends
from forensics.documents.document import Document
from forensics.documents.page import Page, read_page
from forensics.documents.parse import parse
from forensics.documents.plumber import Late, Plumber, is_doubtful, legible, within
from forensics.errors import ReadError, UsageError
from forensics.settings import Settings, settings

WORDS = b"BT /F1 12 Tf 72 700 Td (Planned the drainage of forty roads) Tj ET"


def read(data: bytes, **other: object) -> Document:
    return parse(data, id="", path="x.pdf", plain=True, limits=Settings(**other))  # type: ignore[arg-type]


def by_pdfium(data: bytes) -> Page:
    import pypdfium2.raw as pdfium

    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    handle = pdfium.FPDF_LoadPage(document, 0)
    try:
        return read_page(handle, 1, Settings())
    finally:
        pdfium.FPDF_ClosePage(handle)
        pdfium.FPDF_CloseDocument(document)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [b"", b"/CropBox[30 40 500 780]"])
def test_both_say_where_each_letter_stands_on_the_page_as_shown(turn: int, crop: bytes) -> None:
    content = WORDS + b" 0.2 0.4 0.6 rg BT /F1 9 Tf 0 1 -1 0 200 300 Tm (Upwards) Tj ET 90 100 50 7 re f"
    data = raw_pdf(content, extra=b"/Rotate %d" % turn + crop)
    one = by_pdfium(data)
    with Plumber(data, Settings()) as plumber:
        other = plumber.page(1)
    assert other is not None
    assert (other.width, other.height) == pytest.approx((one.width, one.height), abs=0.1)
    assert other.codes.tolist() == one.codes.tolist()
    assert other.turn.tolist() == one.turn.tolist()
    assert other.spaced.tolist() == one.spaced.tolist()
    for name, near in (("x0", 2.5), ("x1", 2.5), ("base", 0.2), ("size", 0.2), ("top", 2.5), ("bottom", 2.5)):
        assert np.allclose(getattr(other, name), getattr(one, name), atol=near), name
    assert np.allclose(np.sort(other.shapes, axis=0), np.sort(one.shapes, axis=0), atol=0.6)
    assert other.faces[other.face[-1]].colour == one.faces[one.face[-1]].colour


def doubtful(page: Page) -> Page:
    return replace(page, codes=np.full(len(page), 0xE123, dtype=np.uint32))


def test_where_pdfium_cannot_name_letters_pdfplumber_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    original = backends.read_page
    monkeypatch.setattr(backends, "read_page", lambda *given: doubtful(original(*given)))
    document = read(raw_pdf(WORDS), hidden=False)
    assert document.text == "Planned the drainage of forty roads"
    (fact,) = [fact for fact in document.facts if fact.name == "pdf.read_by"]
    assert (fact.value, fact.where, fact.page) == ("pdfplumber", "page 1", 1)


def test_where_pdfium_refuses_a_file_pdfplumber_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2.raw as pdfium

    monkeypatch.setattr(pdfium, "FPDF_LoadMemDocument64", lambda *given: None)
    document = read(pdf_lines([(72, 100, "first")], [(72, 100, "second")]))
    assert document.text.split() == ["first", "second"] and document.pages == 2
    assert document.hidden is None
    assert [fact.where for fact in document.facts if fact.name == "pdf.read_by"] == ["page 1", "page 2"]


def test_what_pdfium_reads_well_is_not_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backends, "Plumber", lambda *given: pytest.fail("asked"))
    document = read(pdf_lines([(72, 100, "• All of this is legible")]))
    assert not [fact for fact in document.facts if fact.name == "pdf.read_by"]


def test_what_neither_can_open_is_damaged() -> None:
    for backend in ("pdfium", "pdfplumber"):
        with pytest.raises(ReadError) as wrong:
            read(b"%PDF-1.4\nnothing of a file", pdf_backend=backend)
        assert wrong.value.code == "damaged"


def test_a_cross_check_that_takes_long_is_ended_and_what_pdfium_read_stays() -> None:
    start = time.process_time()
    with pytest.raises(Late), within(0.2):
        while True:
            len(str(start).split(" "))
            max([1, 2], key=lambda value: value)
    assert time.process_time() - start < 20


def test_bullets_and_icons_raise_no_doubt() -> None:
    page = by_pdfium(pdf_lines([(72, 100, "a b c d e f g h i j k l m n o p q r s t u v")]))
    codes = page.codes.copy()
    codes[::3] = 0xF0B7  # each stands alone
    assert not is_doubtful(replace(page, codes=codes))
    assert legible(replace(page, codes=codes)) < legible(page)
    assert is_doubtful(replace(page, codes=np.full(len(page), 0xFFFD, dtype=np.uint32)))


def test_the_setting_takes_two_names(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.cache_clear()
    try:
        monkeypatch.setenv("FORENSICS_PDF_BACKEND", "poppler")
        with pytest.raises(UsageError, match="pdfium or pdfplumber"):
            settings()
        monkeypatch.setenv("FORENSICS_PDF_BACKEND", "pdfplumber")
        assert settings().pdf_backend == "pdfplumber"
    finally:
        settings.cache_clear()
