"""metadata-conflict fires where a file contradicts itself, and not on what honest writers do."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from exhibits import JANE, exhibit

from forensics.documents.document import Document, Fact
from forensics.documents.parse import parse
from forensics.documents.timestamps import moment
from forensics.features.features import Exhibit
from forensics.findings.integrity import integrity, integrity_not_run
from forensics.settings import Settings


def told(*facts: tuple[str, str], text: str = JANE) -> Exhibit:
    """An exhibit of a text whose file says these things about itself."""
    from dataclasses import replace

    made = exhibit(text)
    noted = tuple(Fact(name=name, value=value, where=name) for name, value in facts)
    return replace(made, document=replace(made.document, format="pdf", facts=noted))


def summaries(*facts: tuple[str, str], text: str = JANE) -> list[str]:
    return [finding.summary for finding in integrity(told(*facts, text=text))]


@pytest.mark.parametrize(
    ("written", "clock", "offset"),
    [
        ("D:20240131120000+05'30'", "2024-01-31T12:00:00", 330),
        ("D:20240131120000-08'00", "2024-01-31T12:00:00", -480),
        ("D:20240131120000Z00'00'", "2024-01-31T12:00:00", 0),
        ("D:20240131120000Z'", "2024-01-31T12:00:00", 0),
        ("D:20240131120000", "2024-01-31T12:00:00", None),
        ("20240131120000", "2024-01-31T12:00:00", None),
        ("2024-01-31T12:00:00+09:00", "2024-01-31T12:00:00", 540),
        ("2024-01-31T12:00:00.123Z", "2024-01-31T12:00:00", 0),
        ("2024-01-31T12:00Z", "2024-01-31T12:00:00", 0),
        ("2024-01-31T12:00:00", "2024-01-31T12:00:00", None),
    ],
)
def test_times_as_files_write_them(written, clock, offset):
    found = moment(written)
    assert found is not None and (found.clock.isoformat(), found.offset) == (clock, offset)


@pytest.mark.parametrize(
    "written", ["", "D:", "yesterday", "D:20241331120000Z", "D:19800101000000Z", "0001-01-01T00:00:00Z"]
)
def test_what_is_no_time_is_none(written):
    assert moment(written) is None


# -- modified before created


@pytest.mark.parametrize(
    ("created", "modified", "name"),
    [
        ("D:20240510120000+02'00'", "D:20240509120000+02'00'", "pdf"),
        ("D:20240510120000+02'00'", "D:20240510110000+02'00'", "pdf"),
        ("D:20240510120000", "D:20240501120000Z", "pdf"),
        ("2024-05-10T12:00:00Z", "2013-12-23T23:15:00Z", "docx"),
        ("2024-05-10T12:00:00Z", "2024-05-10T11:00:00Z", "pdf.xmp"),
    ],
)
def test_modified_before_created_is_found(created, modified, name):
    (said,) = summaries((f"{name}.created", created), (f"{name}.modified", modified))
    assert "before it was created" in said


@pytest.mark.parametrize(
    ("created", "modified"),
    [
        ("D:20240510120000+02'00'", "D:20240510120000+02'00'"),
        ("D:20240510120000+02'00'", "D:20250510120000+02'00'"),
        ("D:20240510120003Z", "D:20240510120000Z"),  # two clocks within one save
        ("D:20240510120000", "D:20240510070000Z"),  # local time without its offset
        ("D:20240510220000+05'30'", "D:20240510180000Z"),
        ("D:19700101000000Z", "D:20240510120000Z"),
        ("D:20240510120000Z", "D:00000101000000Z"),
        ("no date", "D:20240510120000Z"),
    ],
)
def test_honest_dates_are_no_conflict(created, modified):
    said = summaries(("pdf.created", created), ("pdf.modified", modified), text=JANE.replace(", MA", ""))
    assert said == []


def test_one_date_alone_is_no_conflict():
    assert summaries(("pdf.modified", "D:20240510120000Z")) == []


# -- Info and XMP


def test_two_dates_that_differ_are_found():
    (said,) = summaries(("pdf.created", "D:20240510120000Z"), ("pdf.xmp.created", "2019-01-01T12:00:00Z"))
    assert "two creation dates" in said and "1956 days apart" in said


def test_the_same_date_in_two_forms_is_none():
    assert summaries(
        ("pdf.created", "D:20240510120000-04'00'"), ("pdf.xmp.created", "2024-05-10T12:00:00-04:00"),
        ("pdf.modified", "D:20240510120000-04'00'"), ("pdf.xmp.modified", "2024-05-10T16:00:00Z"),
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "info", "xmp"),
    [
        ("pdf.producer", "pdf.xmp.producer", "iLovePDF", "Microsoft® Word 2019"),
        ("pdf.creator", "pdf.xmp.creator_tool", "Writer", "Adobe InDesign 15.0 (Windows)"),
        ("pdf.author", "pdf.xmp.author", "Jane Doe", "Mark Lindqvist"),
    ],
)
def test_two_names_that_differ_are_found(first, second, info, xmp):
    (said,) = summaries((first, info), (second, xmp))
    assert info in said and xmp in said


@pytest.mark.parametrize(
    ("info", "xmp"),
    [
        (["Microsoft® Word 2019"], ["Microsoft Word 2019"]),
        (["iText 2.1; modified using iText 2.1.7"], ["iText 2.1"]),
        (["Acrobat Distiller 9.0 (Windows)"], ["Acrobat Distiller 9.0 (Windows)"]),
        (["Ann Sample; Bo Sample"], ["Ann Sample", "Bo Sample"]),
        (["Sample, Ann"], ["Ann Sample"]),
        (["Ann Sample"], []),
    ],
)
def test_one_name_in_two_forms_is_none(info, xmp):
    facts = [*(("pdf.producer", each) for each in info), *(("pdf.xmp.producer", each) for each in xmp)]
    assert summaries(*facts) == []


# -- the clock and the place


def test_a_clock_far_from_the_stated_place_is_found_with_both_places():
    (found,) = integrity(told(("pdf.created", "D:20240510120000+09'00'")))
    assert "ahead of UTC by 9:00" in found.summary and "Boston" in found.summary
    first, second = found.evidence
    assert first.text.startswith("D:2024") and first.where and second.start is not None
    assert found.weight == "C"


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("Boston, MA", "D:20240510120000-04'00'"),
        ("Boston, MA", "D:20240510120000-07'00'"),
        ("Boston, MA", "D:20240510120000-03'00'"),  # a neighbouring zone
        ("Boston, MA", "D:20240510120000Z"),  # a server, or a writer that gives no zone
        ("Boston, MA", "D:20240510120000+00'00'"),
        ("Boston, MA", "D:20240510120000"),
        ("Bangalore, IN", "D:20240510120000+05'30'"),  # India, not Indiana
        ("Toronto, ON", "D:20240510120000-05'00'"),
        ("Berlin, Germany", "D:20240510120000+02'00'"),
        ("Birmingham", "D:20240510120000+01'00'"),  # a city alone may be any of that name
    ],
)
def test_a_clock_that_fits_the_place_or_tells_nothing_is_none(place, written):
    assert summaries(("pdf.created", written), text=JANE.replace("Boston, MA", place)) == []


def test_no_place_in_the_header_is_nothing_to_compare_with():
    assert summaries(("pdf.created", "D:20240510120000+09'00'"), text=JANE.replace(" | Boston, MA", "")) == []


def test_one_of_two_dates_at_home_is_enough():
    assert summaries(
        ("pdf.created", "D:20240510120000+09'00'"), ("pdf.modified", "D:20240511120000-04'00'")
    ) == []  # fmt: skip


# -- saves


def test_later_saves_are_found_and_signatures_explained():
    (found,) = integrity(told(("pdf.xref.saves", "2"), ("pdf.signature", "Jane Doe")))
    assert "saved 2 times" in found.summary and "signed" in found.innocent[0]
    (found,) = integrity(told(("pdf.xref.saves", "1")))
    assert "saved once" in found.summary and not any("it was signed" in each for each in found.innocent)


def test_no_later_save_is_none():
    assert summaries(("pdf.xref.saves", "0")) == []


# -- whole files of honest writers


def honest_files() -> Sequence[bytes]:
    import docx
    import typst
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    sheet.setAuthor("Jane Doe")
    sheet.drawString(72, 700, "Jane Doe, engineer, Boston, MA")
    sheet.save()
    word = io.BytesIO()
    written = docx.Document()
    written.add_paragraph("Jane Doe, engineer, Boston, MA")
    written.save(word)
    return out.getvalue(), typst.compile(b"Jane Doe, engineer, Boston, MA"), word.getvalue()


@pytest.mark.parametrize("data", honest_files(), ids=["reportlab", "typst", "python-docx"])
def test_files_as_programs_write_them_hold_no_conflict(data):
    document = parse(data, id="sha256:" + "1" * 64, path="x", plain=True, limits=Settings())
    assert isinstance(document, Document) and document.facts
    from forensics.features.measure import measure

    assert integrity(measure(document)) == []


QUARTZ = (("pdf.producer", "macOS Version 14.5 Quartz PDFContext"), ("pdf.created", "D:20240510120000Z00'00'"),
          ("pdf.modified", "D:20240510120000Z00'00'"), ("pdf.xref.saves", "0"))  # fmt: skip
WORD = (("pdf.producer", "Microsoft® Word 2019"), ("pdf.creator", "Microsoft® Word 2019"),
        ("pdf.created", "D:20240510120000-04'00'"), ("pdf.modified", "D:20240510120000-04'00'"),
        ("pdf.xmp.producer", "Microsoft® Word 2019"), ("pdf.xmp.creator_tool", "Microsoft® Word 2019"),
        ("pdf.xmp.created", "2024-05-10T12:00:00-04:00"), ("pdf.xmp.modified", "2024-05-10T12:00:00-04:00"),
        ("pdf.author", "Jane Doe"), ("pdf.xmp.author", "Jane Doe"), ("pdf.xref.sections", "2"),
        ("pdf.xref.saves", "0"))  # fmt: skip
LIBREOFFICE = (("pdf.producer", "LibreOffice 7.4"), ("pdf.creator", "Writer"),
               ("pdf.created", "D:20240510120000-04'00'"), ("pdf.xref.saves", "0"))  # fmt: skip
WORD_DOCX = (("docx.created", "2024-05-10T12:00:00Z"), ("docx.modified", "2024-05-10T12:00:00Z"))


@pytest.mark.parametrize(
    "facts", [QUARTZ, WORD, LIBREOFFICE, WORD_DOCX], ids=["quartz", "word", "lo", "docx"]
)
def test_what_office_programs_say_is_no_conflict(facts):
    assert summaries(*facts) == []


def test_plain_text_is_not_looked_at_and_says_so():
    made = exhibit(JANE)
    assert integrity(made) == []
    (not_run,) = integrity_not_run(made)
    assert not_run.signal == "metadata-conflict"
    assert integrity_not_run(told(("pdf.xref.saves", "0"))) == []
