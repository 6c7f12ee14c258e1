"""Sheets as PDF, drawn by libraries: reportlab and fpdf2."""

from __future__ import annotations

import io
from typing import Any

from .sheet import Sheet

REPORTLAB = ("plain", "two-frames", "side-left", "side-right", "dates-right", "table")
FPDF = ("plain", "columns", "side-left", "table", "columns-three")
Block = tuple[str, str]  # kind (title, heading, text, item) and text


def _blocks(found: Sheet, side: bool) -> list[Block]:
    blocks: list[Block] = []
    for section in found.side if side else found.main:
        blocks.append(("heading", section.heading))
        for job in section.jobs:
            blocks += [("text", job.title), ("text", job.dates), *(("item", point) for point in job.points)]
        blocks += [("text", text) for text in section.paragraphs]
        blocks += [("item", item) for item in section.items]
    return blocks


def _head(found: Sheet) -> list[Block]:
    return [("title", found.name), *(("text", text) for text in found.contact)]


def _said(blocks: list[Block]) -> list[str]:
    return [text for _, text in blocks]


def with_reportlab(found: Sheet, layout: str) -> tuple[bytes, list[list[str]]]:
    """The file and the texts of each column in order."""
    from reportlab.lib.pagesizes import letter
    from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph, Table

    head, main, side = _head(found), _blocks(found, False), _blocks(found, True)
    shapes = {
        "plain": [(40, 40, 532, 712)],
        "dates-right": [(40, 40, 532, 712)],
        "table": [(40, 40, 532, 712)],
        "two-frames": [(40, 640, 532, 112), (40, 40, 258, 590), (314, 40, 258, 590)],
        "side-left": [(40, 640, 532, 112), (40, 40, 150, 590), (206, 40, 366, 590)],
        "side-right": [(40, 640, 532, 112), (40, 40, 366, 590), (422, 40, 150, 590)],
    }[layout]
    said = [_said(head), _said(main), _said(side)]
    story: list[Any] = _flowables(head)
    if layout == "plain":
        story += _flowables([*main, *side])
        said = [_said([*head, *main, *side])]
    elif layout in ("dates-right", "table"):
        rows, words = [], []
        for job in found.main[1].jobs:
            told = f"<b>{job.title}</b>" if layout == "dates-right" else job.title
            points = " ".join(job.points)
            if layout == "dates-right":
                rows += [[Paragraph(told), job.dates], [Paragraph(points), ""]]
                words += [job.title, job.dates, points]
            else:
                rows.append([job.dates, Paragraph(f"{told}. {points}")])
                words += [job.dates, job.title, points]
        widths = [430, 90] if layout == "dates-right" else [90, 430]
        story += [
            *_flowables([("heading", "Experience")]),
            Table(rows, colWidths=widths, style=[("VALIGN", (0, 0), (-1, -1), "TOP")]),
        ]
        said = [[*_said(head), "Experience", *words]]
    elif layout == "two-frames":
        story += [FrameBreak(), *_flowables([*main, *side])]
        said = [_said(head), _said([*main, *side])]
    else:
        left, right = (side, main) if layout == "side-left" else (main, side)
        story += [FrameBreak(), *_flowables(left), FrameBreak(), *_flowables(right)]
    out = io.BytesIO()
    file = BaseDocTemplate(out, pagesize=letter, invariant=1)
    file.addPageTemplates(PageTemplate(frames=[Frame(*shape, showBoundary=0) for shape in shapes]))
    file.build(story)
    return out.getvalue(), said


def _flowables(blocks: list[Block]) -> list[Any]:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph

    styles = getSampleStyleSheet()
    named = {"title": "Title", "heading": "Heading3", "text": "BodyText", "item": "Bullet"}
    return [
        Paragraph(text, styles[named[kind]], bulletText="•" if kind == "item" else None)
        for kind, text in blocks
    ]


def with_fpdf(found: Sheet, layout: str) -> tuple[bytes, list[list[str]]]:
    """The file and the texts of each column in order."""
    from fpdf import FPDF

    head, main, side = _head(found), _blocks(found, False), _blocks(found, True)
    file = FPDF(format="letter")
    file.add_page()
    _put(file, head, file.epw)
    if layout == "plain":
        _put(file, [*main, *side], file.epw)
        return bytes(file.output()), [_said([*head, *main, *side])]
    if layout == "table":
        file.set_font("Helvetica", size=10)
        said = _said(head)
        with file.table(col_widths=(20, 80)) as table:
            for job in found.main[1].jobs:
                row = table.row()
                row.cell(job.dates.replace("–", "-"))
                row.cell(f"{job.title}. {job.points[0]}")
                said += [job.dates, job.title, job.points[0]]
        return bytes(file.output()), [said]
    if layout.startswith("columns"):
        file.set_font("Helvetica", size=10)
        count = 3 if layout.endswith("three") else 2
        with file.text_columns(
            ncols=count, gutter=6, text_align="J" if count == 2 else "L", balance=True
        ) as columns:
            for kind, text in [*main, *side]:
                with columns.paragraph(bottom_margin=1) as paragraph:
                    paragraph.write(("- " if kind == "item" else "") + text.replace("–", "-"))
        return bytes(file.output()), [_said(head), _said([*main, *side])]
    top = file.get_y() + 4
    for blocks, left, width in ((side, file.l_margin, 55), (main, file.l_margin + 63, file.epw - 63)):
        file.set_y(top)
        _put(file, blocks, width, left)
    return bytes(file.output()), [_said(head), _said(main), _said(side)]


def _put(file: Any, blocks: list[Block], width: float, left: float | None = None) -> None:
    sizes = {"title": 20, "heading": 12, "text": 10, "item": 10}
    for kind, text in blocks:
        file.set_font("Helvetica", style="B" if kind in ("title", "heading") else "", size=sizes[kind])
        if left is not None:
            file.set_x(left)
        text = ("- " if kind == "item" else "") + text.replace("–", "-")
        file.multi_cell(width, 0.5 * sizes[kind], text, new_x="LMARGIN", new_y="NEXT", align="L")
