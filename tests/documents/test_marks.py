from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from forensics.documents.document import Document
from forensics.documents.parse import parse
from forensics.settings import Settings

FULL = "Wrote the scheduler that decides which of the many boxes of a large port is lifted next"
NEXT = "Trained the crews"
LONG = "Led five people through a move that took all of two years and some more"


def drawn(draw: Callable[[Canvas], None], **limits: int) -> Document:
    out = io.BytesIO()
    sheet = Canvas(out, pagesize=(612, 792))
    sheet.setFont("Helvetica", 10)
    draw(sheet)
    sheet.save()
    return parse(out.getvalue(), id="", path="x.pdf", plain=True, limits=Settings(**limits))


def said(document: Document) -> list[str]:
    return [document.text[each.start : each.end] for each in document.passages]


def listed(mark: Callable[[Canvas, float], None]) -> Callable[[Canvas], None]:
    """Three items, the first of which fills its line; ``mark`` draws the mark of a line at its baseline."""

    def draw(sheet: Canvas) -> None:
        for line, text in enumerate(
            (
                FULL,
                NEXT,
                "Led five people through a move that took all of two years and some more",
                "than that",
            )
        ):
            sheet.drawString(72, 700 - 13 * line, text)
            if line < 3:
                mark(sheet, 700 - 13 * line)

    return draw


def disc(sheet: Canvas, base: float) -> None:
    sheet.circle(62, base + 3.2, 1.5, stroke=0, fill=1)


def square(sheet: Canvas, base: float) -> None:
    sheet.rect(60, base + 1.5, 3.4, 3.4, stroke=0, fill=1)


@pytest.mark.parametrize("mark", [disc, square])
def test_drawn_marks_open_list_items(mark: Callable[[Canvas, float], None]) -> None:
    document = drawn(listed(mark))
    assert said(document) == [
        f"• {FULL}", f"• {NEXT}", f"• {LONG}\nthan that",
    ]  # fmt: skip
    first = document.passages[0].bbox
    assert first is not None and first[0] == pytest.approx(60.5, abs=1)


def test_marks_in_a_form_are_seen() -> None:
    def draw(sheet: Canvas) -> None:
        sheet.beginForm("list")
        sheet.setFont("Helvetica", 10)
        listed(disc)(sheet)
        sheet.endForm()
        sheet.translate(40, -100)
        sheet.doForm("list")

    assert said(drawn(draw))[:2] == [f"• {FULL}", f"• {NEXT}"]


def icon(sheet: Canvas, base: float) -> None:
    for shift in (0, 3, 6):
        sheet.circle(54 + shift, base + 3, 1.2, stroke=0, fill=1)


def rule(sheet: Canvas, base: float) -> None:
    sheet.rect(40, base - 3, 300, 0.8, stroke=0, fill=1)


def time_line(sheet: Canvas, base: float) -> None:
    sheet.line(62, base - 8, 62, base + 8)
    disc(sheet, base)


def high(sheet: Canvas, base: float) -> None:
    sheet.circle(62, base + 9, 1.5, stroke=0, fill=1)


def large(sheet: Canvas, base: float) -> None:
    sheet.circle(60, base + 3, 4.5, stroke=0, fill=1)


@pytest.mark.parametrize("mark", [icon, rule, time_line, high, large])
def test_other_shapes_are_no_marks(mark: Callable[[Canvas, float], None]) -> None:
    assert "•" not in drawn(listed(mark)).text


def test_objects_beyond_the_limit_are_told() -> None:
    document = drawn(listed(disc), max_page_objects=2)
    assert document.text.count("•") == 1 and NEXT in document.text
    (problem,) = document.problems
    assert problem.code == "too_large" and not problem.fatal
    assert "7 drawn objects" in problem.message and "FORENSICS_MAX_PAGE_OBJECTS" in problem.message
