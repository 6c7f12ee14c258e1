"""Ruled tables, dates beside what they date, and writing to the left."""

from __future__ import annotations

import io

import typst
from build_files import pdf_lines
from reportlab.pdfgen.canvas import Canvas

from forensics.documents.document import Document
from forensics.documents.parse import parse
from forensics.settings import Settings


def read(data: bytes) -> Document:
    return parse(data, id="", path="x.pdf", plain=True, limits=Settings(hidden=False))


def ruled(
    rows: list[list[list[str]]], widths: list[float], centred: bool = False, panel: bool = False
) -> bytes:
    """Rows of cells of lines, with lines around each cell and running text above."""
    out = io.BytesIO()
    sheet = Canvas(out, pagesize=(612, 792))
    sheet.setFont("Helvetica", 10)
    if panel:
        sheet.setFillGray(0.9)
        sheet.rect(30, 300, 560, 480, stroke=0, fill=1)
        sheet.setFillGray(0)
    sheet.drawString(
        40, 740, "A line of running text that is printed over the whole width of the page above it"
    )
    y = 700.0
    for row in rows:
        high = 14.0 * max(map(len, row)) + 6
        x = 40.0
        for cell, width in zip(row, widths, strict=True):
            sheet.rect(x, y - high, width, high)
            drop = (high - 6 - 14.0 * len(cell)) / 2 if centred else 0.0
            for at, line in enumerate(cell):
                sheet.drawString(x + 4, y - 13 - drop - 14 * at, line)
            x += width
        y -= high
    sheet.drawString(
        40, y - 30, "Another line of running text that is printed over the whole width of the page"
    )
    sheet.save()
    return out.getvalue()


def test_cells_of_one_line_are_read_row_by_row() -> None:
    rows = [[[f"tool {at}"], [f"{at} years"], ["good"]] for at in range(6)]
    for panel in (False, True):
        text = read(ruled(rows, [200, 120, 100], panel=panel)).text
        lines = [line for line in text.split("\n") if line]
        assert lines[1:-1] == [f"tool {at}\t{at} years\tgood" for at in range(6)]
        assert lines[0].startswith("A line") and lines[-1].startswith("Another")


def test_cells_of_several_lines_are_read_one_after_the_other() -> None:
    rows = [[[f"left {at} a", f"left {at} b"], [f"right {at} a", f"right {at} b"]] for at in range(3)]
    words = read(ruled(rows, [200, 200])).text.split("\n")
    said = [line for line in words if line][1:-1]
    assert said == [
        line for at in range(3) for line in (f"left {at} a", f"left {at} b", f"right {at} a", f"right {at} b")
    ]


def test_a_date_in_the_middle_of_its_cell_is_read_before_what_stands_beside_it() -> None:
    rows = [
        [[f"20{at}0 - 20{at}4"], [f"Engineer number {at}, who wrote", f"and read {at} things"]]
        for at in range(1, 4)
    ]
    text = read(ruled(rows, [100, 300], centred=True)).text
    for at in range(1, 4):
        assert text.index(f"20{at}0") < text.index(f"number {at}") < text.index(f"read {at}")
        assert at == 1 or text.index(f"read {at - 1}") < text.index(f"20{at}0")


def test_a_frame_around_two_columns_is_no_table() -> None:
    out = io.BytesIO()
    sheet = Canvas(out, pagesize=(612, 792))
    sheet.setFont("Helvetica", 10)
    for x in (40, 300):
        sheet.rect(x, 400, 250, 300)
    for at in range(8):
        sheet.drawString(50, 680 - 14 * at, f"left line {at} of the first column here")
        sheet.drawString(310, 680 - 14 * at, f"right line {at} of the other column here")
    sheet.save()
    text = read(out.getvalue()).text
    assert text.index("left line 7") < text.index("right line 0")


def test_dates_in_the_margin_stay_beside_their_jobs_also_below_a_heading() -> None:
    drawn = [(60.0, 60.0, "Experience")]
    for job in range(3):
        top = 80.0 + 60 * job
        drawn += [(60.0, top, f"{2010 + job} - {2011 + job}"), (180.0, top, f"Engineer, Company {job}")]
        drawn += [(180.0, top + 14 * row, f"line {row} of what was done in job {job}") for row in range(1, 4)]
    drawn += [(60.0, 270.0, "Education"), (180.0, 284.0, "Some college of the north")]
    text = read(pdf_lines(drawn)).text
    for job in range(3):
        assert f"{2010 + job} - {2011 + job}\tEngineer, Company {job}" in text


def test_writing_to_the_left_is_read_in_its_own_order() -> None:
    said = "إدارة المكتب وتنسيق الاجتماعات مع الموردين"
    source = f'#set text(font: "DejaVu Sans Mono", dir: rtl, size: 11pt)\n{said} (2019)'
    text = read(typst.compile(source.encode())).text
    assert text.split()[:6] == said.split()
