"""Scans: told as such, and read by Tesseract where it is installed."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence

import pypdfium2
import pytest
from build_files import pdf_lines

import forensics.documents.ocr as ocr
import forensics.documents.sandbox as sandbox
from forensics.documents.document import Document, Problem, Unreadable
from forensics.documents.ocr import with_ocr
from forensics.documents.parse import parse
from forensics.documents.pictures import Picture
from forensics.documents.sandbox import Reader
from forensics.documents.seen import Seen, from_json, to_json
from forensics.settings import Settings

LINES = [
    "Marisol Etxebarria",
    "Experience",
    "Planned the drainage of forty roads",
    "Measured the traffic of bridges",
]
installed = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract-ocr is not installed")


def scan(*pages: Sequence[str]) -> bytes:
    """A PDF of pictures of these lines."""
    drawn = pdf_lines(
        *[[(72, 100 + 24 * at, text) for at, text in enumerate(lines)] for lines in pages], size=14
    )
    file = pypdfium2.PdfDocument(drawn)
    pictures = [page.render(scale=2.5).to_pil().convert("L") for page in file]
    file.close()
    out = io.BytesIO()
    pictures[0].save(out, "PDF", resolution=180, save_all=True, append_images=pictures[1:])
    return out.getvalue()


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> object:
    def use(**values: object) -> None:
        now = Settings(**values)  # type: ignore[arg-type]
        monkeypatch.setattr(sandbox, "settings", lambda: now)
        monkeypatch.setattr(ocr, "settings", lambda: now)

    return use


@installed
def test_a_scan_is_read_with_its_boxes_and_that_is_said(reader: Reader) -> None:
    found = reader.parse(scan(LINES), "scan.pdf")
    assert isinstance(found, Document)
    assert [found.text[each.start : each.end] for each in found.lines] == LINES
    box = found.lines[2].bbox
    assert box is not None and found.lines[2].page == 1
    assert box[0] == pytest.approx(72, abs=3) and box[1] < 148 < box[3] + 3
    (problem,) = found.problems
    assert problem.code == "no_text" and not problem.fatal and "read by OCR" in problem.message


@installed
def test_of_a_file_with_text_only_the_scanned_pages_are_read(reader: Reader) -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_lines([(72, 100, "Written words")]))) as pdf:
        with pikepdf.open(io.BytesIO(scan(LINES))) as pictured:
            pdf.pages.extend(pictured.pages)
        pdf.save(out)
    found = reader.parse(out.getvalue(), "mixed.pdf")
    assert isinstance(found, Document)
    assert [line.page for line in found.lines] == [1, 2, 2, 2, 2]
    assert "drainage of forty roads" in found.text and found.text.startswith("Written words")


def test_without_tesseract_a_scan_is_told_and_the_message_says_what_to_install(
    reader: Reader, limits: object
) -> None:
    assert callable(limits)
    limits(ocr="0")
    found = reader.parse(scan(LINES), "scan.pdf")
    assert isinstance(found, Unreadable)
    (problem,) = found.problems
    assert problem.code == "no_text" and problem.fatal and "tesseract-ocr" in problem.message


def test_pages_beyond_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    word = Seen(text="Something", block=1, line=1, x0=1, top=2, x1=3, bottom=4)
    found = parse(
        scan(LINES, LINES, LINES),
        id="",
        path="x",
        plain=True,
        limits=Settings(hidden=False),
        seen={1: (word,)},
    )
    (problem,) = found.problems
    assert problem.message.startswith(
        "Pages that are pictures were read by OCR (Tesseract), with its mistakes: 1."
    )
    assert "were not read: 2, 3." in problem.message and "FORENSICS_OCR_PAGES" in problem.message


def test_nobody_asks_tesseract_about_what_has_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "tesseract", lambda limits: "/bin/false")
    data = pdf_lines([(72, 100, "Written words")])
    found = parse(data, id="", path="x", plain=True, limits=Settings(hidden=False))

    def never(*given: object, **other: object) -> Problem:
        raise AssertionError("drawn")

    assert with_ocr(found, data, never, lambda seen: found) is found


def test_a_program_that_fails_leaves_the_file_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "tesseract", lambda limits: "/bin/false")
    scanned = Problem(code="no_text", message="a scan", fatal=True)
    found = Unreadable(id="x", path="x", problems=(scanned,))
    picture = Picture(page=1, pixels=(10, 10), points=(10.0, 10.0), png=b"")
    given: list[object] = []

    def again(seen: object) -> Unreadable:
        given.append(seen)
        return found

    assert with_ocr(found, b"%PDF-1.4", lambda *a, **k: (picture,), again) is found and not given


def test_pictures_in_which_nothing_is_read_do_not_advise_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "tesseract", lambda limits: "tesseract")
    monkeypatch.setattr(ocr, "read_picture", lambda *given, **other: ())
    scanned = Problem(code="no_text", message="install tesseract-ocr", fatal=True)
    found = Unreadable(id="x", path="x", problems=(scanned,))
    picture = Picture(page=1, pixels=(10, 10), points=(10.0, 10.0), png=b"")
    answer = with_ocr(found, b"%PDF-1.4", lambda *a, **k: (picture,), lambda seen: found)
    (problem,) = answer.problems
    assert isinstance(answer, Unreadable) and problem.code == "no_text" and problem.fatal
    assert "OCR reads none" in problem.message and "install" not in problem.message


def test_words_come_back_from_json() -> None:
    words = (Seen(text="a", block=1, line=2, x0=0.5, top=1.0, x1=2.0, bottom=3.0),)
    assert from_json(to_json(words)) == words
