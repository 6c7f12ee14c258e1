"""Sheets as DOCX, made by python-docx and a little XML: read as they are, and printed by LibreOffice."""

from __future__ import annotations

import io
from typing import Any

from .sheet import ARABIC, CJK, HEBREW, Section, Sheet

LAYOUTS = (
    "plain", "side-left", "side-right-panel", "newspaper", "text-box", "header-footer", "dates-table", "letter-spaced",
    "footnotes-hebrew", "cjk", "newspaper-three", "nested-table",
)  # fmt: skip
TWO = {"side-left", "side-right-panel", "newspaper", "text-box", "newspaper-three", "nested-table"}
"""The layouts in which columns stand side by side."""


def docx(found: Sheet, layout: str) -> tuple[bytes, list[list[str]]]:
    """The file and the texts of each column in order."""
    from docx import Document
    from docx.shared import Mm

    file = Document()
    for margin in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(file.sections[0], margin, Mm(16))
    head = [found.name, *found.contact]
    main = [text for each in found.main for text in each.words()]
    side = [text for each in found.side for text in each.words()]
    said = [head, main, side]
    for at, text in enumerate(head):
        file.add_paragraph(text, style="Title" if at == 0 else None)
    if layout in ("side-left", "side-right-panel", "nested-table"):
        table = file.add_table(rows=1, cols=2)
        narrow, wide = (0, 1) if layout == "side-left" else (1, 0)
        _fill(table.cell(0, wide), found.main, layout)
        _fill(table.cell(0, narrow), found.side, layout)
        for at, width in ((narrow, 50), (wide, 130)):
            table.columns[at].width = table.cell(0, at).width = Mm(width)
        if layout == "side-right-panel":
            _shade(table.cell(0, narrow), "20343F")
    elif layout.startswith("newspaper"):
        file.add_section(0)
        _columns(file.sections[-1], 3 if layout.endswith("three") else 2)
        _fill(file, (*found.main, *found.side), layout)
        said = [head, [*main, *side]]
    elif layout == "text-box":
        _box(file.paragraphs[-1], found.side)
        _fill(file, found.main, layout)
    elif layout == "dates-table":
        file.add_heading("Experience", 2)
        table = file.add_table(rows=0, cols=2)
        rows: list[str] = []
        for job in found.main[1].jobs:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = job.dates, job.title
            for point in job.points:
                cells[1].add_paragraph(point, style="List Bullet")
            cells[0].width, cells[1].width = Mm(30), Mm(145)
            rows += [job.dates, job.title, *job.points]
        said = [[*head, "Experience", *rows]]
    else:
        if layout == "header-footer":
            said += [["Application for the advertised post"], ["References from former managers on request"]]
            file.sections[0].header.paragraphs[0].text = said[-2][0]
            file.sections[0].footer.paragraphs[0].text = said[-1][0]
        if layout in ("cjk", "footnotes-hebrew"):
            foreign = CJK if layout == "cjk" else HEBREW
            _foreign(file.add_paragraph(), foreign, layout != "cjk")
            said = [head, [foreign], main, side]
            if layout != "cjk":
                _foreign(file.add_paragraph(), ARABIC, True)
                said.append([ARABIC])
        _fill(file, (*found.main, *found.side), layout)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue(), said


def _fill(place: Any, sections: tuple[Section, ...], layout: str) -> None:
    from docx.shared import Mm

    for section in sections:
        heading = place.add_paragraph(style="Heading 2")
        run = heading.add_run(section.heading)
        if layout == "letter-spaced":
            _spaced(run)
        for job in section.jobs:
            if layout == "nested-table":
                table = place.add_table(rows=1, cols=2)
                table.autofit = False
                table.cell(0, 0).text, table.cell(0, 1).text = job.title, job.dates
                for at, width in enumerate((90, 34)):
                    table.columns[at].width = table.cell(0, at).width = Mm(width)
            else:
                place.add_paragraph(f"{job.title}\t{job.dates}")
            for point in job.points:
                place.add_paragraph(point, style="List Bullet")
        for text in section.paragraphs:
            place.add_paragraph(text)
        for item in section.items:
            place.add_paragraph(item, style="List Bullet")


def _element(parent: Any, name: str, **values: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    parent.append(made)
    return made


def _spaced(run: Any) -> None:
    _element(run._r.get_or_add_rPr(), "w:spacing", val="80")


def _shade(cell: Any, fill: str) -> None:
    from docx.shared import RGBColor

    _element(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", fill=fill)
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = RGBColor(255, 255, 255)


def _columns(section: Any, count: int) -> None:
    for old in section._sectPr.findall(f"{{{section._sectPr.nsmap['w']}}}cols"):
        section._sectPr.remove(old)
    _element(section._sectPr, "w:cols", num=str(count), space="400")


def _foreign(paragraph: Any, text: str, to_left: bool) -> None:
    run = paragraph.add_run(text)
    if to_left:
        _element(paragraph._p.get_or_add_pPr(), "w:bidi")
        _element(run._r.get_or_add_rPr(), "w:rtl")


_ANCHOR = """<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wp:anchor distT="0" distB="0"
 distL="91440" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0">
 <wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>
 <wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
 <wp:extent cx="1900000" cy="4600000"/><wp:wrapSquare wrapText="left"/><wp:docPr id="7" name="box"/>
 <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
 <wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1900000" cy="4600000"/></a:xfrm>
 <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent/></wps:txbx>
 <wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"""


def _box(paragraph: Any, sections: tuple[Section, ...]) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    drawing = parse_xml(_ANCHOR)
    content = next(drawing.iter(qn("w:txbxContent")))
    for section in sections:
        for text in section.words():
            run = _element(_element(content, "w:p"), "w:r")
            _element(run, "w:t").text = text
    paragraph.add_run()._r.append(drawing)
