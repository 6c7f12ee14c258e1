"""A text layer unlike what is seen: OCR confirms it, or refutes it, or says that it cannot."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted_pdf import SECRET, actual_text, mapped, one_glyph_many_letters, other_letters, scan, with_content

import forensics.documents.confirmed as confirming
from forensics.documents.confirmed import NAME, confirmed, shared
from forensics.documents.document import Document, Fact, Problem
from forensics.documents.pictures import Picture, grey_of, png
from forensics.documents.sandbox import Reader
from forensics.settings import Settings

SHOWN = "gathered the sheep before the snow, quickly"
installed = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract-ocr is not installed")


def odd_font(said: str, shown: str = SHOWN, turned: bool = False) -> bytes:
    """``shown`` in a font whose map gives other letters, as subsets of old writers do; ActualText says ``said``."""
    pairs = dict(zip(sorted(set(shown.encode())), "kubernetsafordlipgwvjxqzhcmyKUBERNTS", strict=False))
    with pikepdf.open(io.BytesIO(mapped(pairs, b""))) as pdf:
        place = "0 1 -1 0 500 300 Tm" if turned else "72 400 Td"
        pdf.pages[0].contents_add(
            f"/Span <</ActualText ({said})>> BDC BT /X 11 Tf {place} <{shown.encode().hex()}> Tj ET EMC".encode()
        )
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def doubted(data: bytes) -> Document:
    """The document as it is read without OCR, which has its one entry."""
    from forensics.documents.parse import parse

    found = parse(data, id="", path="a.pdf", plain=False, limits=Settings())
    assert isinstance(found, Document) and found.hidden is not None
    assert [each.why for each in found.hidden] == ["text_layer_mismatch"]
    return found


def read(reader: Reader, data: bytes) -> Document:
    found = reader.parse(data, "a.pdf")
    assert isinstance(found, Document), found
    return found


def said(found: Document) -> list[Fact]:
    return [fact for fact in found.facts if fact.name == NAME]


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def use(**values: object) -> None:
        monkeypatch.setattr(confirming, "settings", lambda: Settings(**values))  # type: ignore[arg-type]

    return use


@installed
def test_a_map_to_other_letters_is_confirmed_with_what_the_page_shows(reader: Reader) -> None:
    found = read(reader, other_letters())
    assert found.hidden is not None
    (entry,), (fact,) = found.hidden, said(found)
    assert entry.why == "text_layer_mismatch" and (fact.page, fact.bbox) == (entry.page, entry.bbox)
    assert fact.value.startswith("confirmed by OCR")
    assert "sheep before the snow" in fact.value and entry.text in fact.value


@installed
@pytest.mark.parametrize("build", [actual_text, lambda: odd_font(SECRET)])
def test_false_actual_text_is_confirmed(reader: Reader, build: Callable[[], bytes]) -> None:
    found = read(reader, build())
    assert [each.text for each in found.hidden or ()] == [SECRET]
    (fact,) = said(found)
    assert fact.value.startswith("confirmed by OCR") and SECRET in fact.value


@installed
@pytest.mark.parametrize("turned", [False, True])
def test_an_odd_font_whose_text_layer_is_what_is_seen_is_no_entry(reader: Reader, turned: bool) -> None:
    data = odd_font(SHOWN, turned=turned)
    doubted(data)  # fonts alone would accuse it
    found = read(reader, data)
    assert found.hidden == () and found.problems == ()
    (fact,) = said(found)
    assert fact.value.startswith("refuted by OCR") and SHOWN in fact.value and fact.page == 1


@installed
def test_words_slipped_into_honest_ones_are_not_refuted(reader: Reader) -> None:
    shown = "Planned the drainage of forty roads and kept the books of three depots and led a crew of twelve people"
    data = odd_font(f"{shown} expert in Kubernetes", shown)
    doubted(data)
    found = read(reader, data)
    assert len(found.hidden or ()) == 1
    (fact,) = said(found)
    assert fact.value.startswith("not confirmed by OCR (it reads partly the same")


@installed
def test_where_nothing_can_be_read_nothing_is_confirmed(reader: Reader) -> None:
    found = read(reader, one_glyph_many_letters())
    assert len(found.hidden or ()) == 1
    (fact,) = said(found)
    assert fact.value.startswith("not confirmed by OCR (OCR reads nothing there)")


@installed
def test_letters_that_ocr_does_not_know_confirm_nothing(reader: Reader) -> None:
    data = doubted(odd_font(SHOWN))
    (entry,) = data.hidden or ()
    greek = replace(data, hidden=(replace(entry, text="συγκέντρωσε τα πρόβατα πριν από το χιόνι"),))
    found = confirmed(greek, odd_font(SHOWN), reader.render)
    assert isinstance(found, Document) and len(found.hidden or ()) == 1
    (fact,) = said(found)
    assert fact.value.startswith("not confirmed by OCR (FORENSICS_OCR_LANGUAGES=eng lacks its letters)")


def test_a_scan_with_its_text_layer_is_no_entry_and_not_compared(reader: Reader) -> None:
    found = read(
        reader, scan(["Marisol Etxebarria, site engineer", "Planned the drainage of mountain roads"])
    )
    assert found.hidden == () and said(found) == []


def test_without_tesseract_the_entry_stays_and_that_is_said(limits: Callable[..., None]) -> None:
    limits(ocr="0")
    before = doubted(odd_font(SHOWN))
    before = replace(before, hidden=(before.hidden or ()) * 12)

    def never(*given: object, **other: object) -> Problem:
        raise AssertionError("drawn")

    found = confirmed(before, b"", never)
    assert isinstance(found, Document) and found.hidden == before.hidden
    assert len(said(found)) == 12
    assert all("not confirmed by OCR (tesseract-ocr is not installed" in fact.value for fact in said(found))


@pytest.mark.parametrize("drawn", [Problem(code="timeout", message="slow", fatal=True), ()])
def test_a_page_that_cannot_be_drawn_confirms_nothing(monkeypatch: pytest.MonkeyPatch, drawn: object) -> None:
    monkeypatch.setattr(confirming, "tesseract", lambda limits: "/bin/false")
    before = doubted(odd_font(SHOWN))
    found = confirmed(before, b"", lambda *given, **other: drawn)  # type: ignore[arg-type,return-value]
    assert isinstance(found, Document) and found.hidden == before.hidden
    assert "could not be drawn" in said(found)[0].value


def test_a_program_that_fails_or_has_no_time_confirms_nothing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirming, "tesseract", lambda limits: "/bin/false")
    data = odd_font(SHOWN)
    before = doubted(data)
    found = confirmed(before, data, reader.render)
    assert isinstance(found, Document) and found.hidden == before.hidden
    assert said(found)[0].value.startswith("not confirmed by OCR (OCR failed)")
    monkeypatch.setattr(confirming, "_IN_ALL", 0.0)
    found = confirmed(before, data, reader.render)
    assert isinstance(found, Document) and found.hidden == before.hidden
    assert "no time left" in said(found)[0].value


def test_entries_beyond_the_limit_stay_and_are_counted(
    limits: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    limits(ocr_boxes=2)
    monkeypatch.setattr(confirming, "tesseract", lambda limits: "/bin/false")
    before = doubted(odd_font(SHOWN))
    before = replace(before, hidden=(before.hidden or ()) * 5)
    found = confirmed(before, b"", lambda *given, **other: ())
    assert isinstance(found, Document) and found.hidden == before.hidden and len(said(found)) == 2
    (problem,) = found.problems
    assert problem.code == "too_large" and not problem.fatal
    assert "5 texts" in problem.message and "first 2" in problem.message


def test_nobody_asks_about_other_hidden_text(reader: Reader) -> None:
    found = read(reader, with_content(f"1 g BT /F1 11 Tf 72 400 Td ({SECRET}) Tj ET"))
    assert [each.why for each in found.hidden or ()] == ["white_text"] and said(found) == []


def test_letters_count_where_they_come_in_order() -> None:
    assert shared("abcdefghij", "abcdefghij") == (1.0, 0)
    assert shared("abcdefghij", "xxabcdexxfghijxx") == (1.0, 0)
    assert shared("abcdefghij", "fghijabcde")[0] == 0.5
    assert shared("abcdefghij", "abcdeXghij") == (0.9, 1)
    assert shared("abcdefghij", "") == (0.0, 10)
    assert shared("", "abc") == (0.0, 0)


@given(st.text("abc", max_size=30), st.text("abc", max_size=30))
def test_the_bits_find_a_longest_common_subsequence_of_threes(said: str, read: str) -> None:
    ours, theirs = ([text[at : at + 3] for at in range(len(text) - 2)] for text in (said, read))
    length = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for a, one in enumerate(ours):
        for b, other in enumerate(theirs):
            length[a + 1][b + 1] = (
                length[a][b] + 1 if one == other else max(length[a][b + 1], length[a + 1][b])
            )
    best = length[-1][-1]
    share, lack = shared(said, read)
    letters = round(share * len(said))
    assert min(best, 1) * (best + 2) <= letters <= 3 * best
    assert lack <= len(said) - letters


def picture(grey: np.ndarray) -> Picture:
    height, width = grey.shape
    return Picture(page=1, pixels=(width, height), points=(float(width), float(height)), png=png(grey))


@pytest.mark.parametrize("width", [1, 2, 7, 8])
def test_a_picture_of_the_child_is_unpacked_as_it_was(width: int) -> None:
    grey = (np.arange(width * 5).reshape(5, width) * 51 % 256).astype(np.uint8) // 17 * 17
    assert (grey_of(picture(grey)) == grey).all()


def test_a_picture_that_is_not_ours_is_refused() -> None:
    good = picture(np.zeros((40, 40), np.uint8))
    more = picture(np.zeros((80, 40), np.uint8))
    for bad in (
        replace(good, png=b""),
        replace(good, png=good.png[:33]),
        replace(good, png=good.png[:45]),
        replace(good, png=good.png[:41] + b"nonsense" * 4),
        replace(good, pixels=(41, 40)),
        replace(good, pixels=(19_999, 19_999)),
        replace(good, png=good.png[:33] + more.png[33:]),  # unpacks to more than it says
        replace(more, png=more.png[:33] + good.png[33:]),
    ):
        with pytest.raises(ValueError, match="picture"):
            grey_of(bad)
