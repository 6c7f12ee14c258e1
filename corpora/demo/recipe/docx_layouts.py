"""Layouts written by python-docx; LibreOffice prints some of them as PDF."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from recipe.texts import Letter, Resume


def _new(font: str, size: float, margin: float, author: str, title: str) -> Any:
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Inches, Pt

    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    normal.paragraph_format.space_after = Pt(3)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(1.5)
    for section in document.sections:
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = Inches(margin)
        section.top_margin = section.bottom_margin = Inches(0.7)
    properties = document.core_properties
    properties.author = properties.last_modified_by = author
    properties.title, properties.comments = title, ""
    return document


def _saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _run(paragraph: Any, text: str, color: str = "", size: float = 0, **style: bool) -> Any:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.bold, run.italic = style.get("bold"), style.get("italic")
    if size:
        run.font.size = Pt(size)
    if color:
        run.font.color.rgb = RGBColor.from_string(color.lstrip("#"))
    return run


def _heading(place: Any, text: str, color: str, size: float = 12) -> None:
    from docx.shared import Pt

    paragraph = place.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(9), Pt(3)
    paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, text, color, size, bold=True)


def _real_heading(document: Any, text: str, color: str) -> None:
    from docx.shared import Pt, RGBColor

    paragraph = document.add_heading(text, level=1)
    paragraph.paragraph_format.space_before = Pt(10)
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(13), RGBColor.from_string(color.lstrip("#"))


def _bullets(place: Any, items: tuple[str, ...]) -> None:
    for item in items:
        place.add_paragraph(item, style="List Bullet")


def _jobs(place: Any, resume: Resume) -> None:
    for job in resume.jobs:
        paragraph = place.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        _run(paragraph, f"{job.title}, {job.employer}", bold=True)
        paragraph.add_run(f"\n{job.place}  |  {job.dates}")
        if job.about:
            _run(place.add_paragraph(), job.about, italic=True)
        _bullets(place, job.bullets)


def _tail(document: Any, resume: Resume, heading: Any, color: str) -> None:
    heading(document, "Education", color)
    for row in resume.education:
        document.add_paragraph(", ".join(row))
    for name, items in (
        ("Certifications", resume.certifications), ("Projects", resume.projects),
        ("Strengths", resume.strengths), resume.more,
    ):  # fmt: skip
        if items:
            heading(document, name, color)
            _bullets(document, items)
    if resume.closing:
        _run(document.add_paragraph(), resume.closing, italic=True)


def plain(resume: Resume, accent: str, font: str = "Calibri") -> bytes:
    """Built-in heading and list styles, one column."""
    document = _new(font, 10.5, 0.9, resume.name, f"{resume.name} - Resume")
    _run(document.add_paragraph(), resume.name, accent, 22, bold=True)
    document.add_paragraph(f"{resume.title}\n{' | '.join(resume.contacts)}")
    _real_heading(document, "Summary", accent)
    for part in resume.paragraphs:
        document.add_paragraph(part)
    _real_heading(document, "Experience", accent)
    _jobs(document, resume)
    _real_heading(document, "Skills", accent)
    for name, items in resume.skills:
        paragraph = document.add_paragraph()
        _run(paragraph, f"{name}: ", bold=True)
        paragraph.add_run(items)
    _tail(document, resume, _real_heading, accent)
    return _saved(document)


def columns(resume: Resume, accent: str) -> bytes:
    """A heading over the full width, then a section of two newspaper columns."""
    from docx.enum.section import WD_SECTION
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = _new("Liberation Sans", 9.5, 0.75, resume.name, resume.name)
    _run(document.add_paragraph(), resume.name, accent, 24, bold=True)
    document.add_paragraph(f"{resume.title}\n{' • '.join(resume.contacts)}")
    section = document.add_section(WD_SECTION.CONTINUOUS)
    for old in section._sectPr.findall(qn("w:cols")):
        section._sectPr.remove(old)
    cols = OxmlElement("w:cols")
    cols.set(qn("w:num"), "2")
    cols.set(qn("w:space"), "420")
    section._sectPr.append(cols)
    _heading(document, "PROFILE", accent)
    for part in resume.paragraphs:
        document.add_paragraph(part)
    _heading(document, "EXPERIENCE", accent)
    _jobs(document, resume)
    _heading(document, "SKILLS", accent)
    for name, items in resume.skills:
        document.add_paragraph(f"{name}: {items}")
    _tail(document, resume, _heading, accent)
    return _saved(document)


def table(resume: Resume, accent: str) -> bytes:
    """A borderless table of two cells, as many word-processor templates do it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Inches

    document = _new("Liberation Sans", 9.5, 0.6, resume.name, "Curriculum vitae")
    grid = document.add_table(rows=1, cols=2)
    grid.autofit = False
    left, right = grid.rows[0].cells
    left.width, right.width = Inches(2.2), Inches(5.1)
    for column, width in zip(grid.columns, (2.2, 5.1), strict=True):
        column.width = Inches(width)
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF2F5")):
        shade.set(qn(f"w:{key}"), value)
    left._tc.get_or_add_tcPr().append(shade)
    _run(left.paragraphs[0], resume.name, accent, 17, bold=True)
    _run(left.add_paragraph(), resume.title, size=10.5, italic=True)
    for contact in resume.contacts:
        left.add_paragraph(contact)
    for name, items in resume.skills:
        _heading(left, name, accent, 10.5)
        left.add_paragraph(items)
    for heading, items in (
        ("Certifications", resume.certifications),
        ("Strengths", resume.strengths),
        resume.more,
    ):
        if items:
            _heading(left, heading, accent, 10.5)
            for item in items:
                left.add_paragraph(item)
    if resume.closing:
        left.add_paragraph(resume.closing)
    _run(right.paragraphs[0], "Profile", accent, 12, bold=True)
    for part in resume.paragraphs:
        right.add_paragraph(part)
    _heading(right, "Professional experience", accent)
    _jobs(right, resume)
    _heading(right, "Education", accent)
    for row in resume.education:
        right.add_paragraph(", ".join(row))
    return _saved(document)


def agency(resume: Resume, accent: str) -> bytes:
    """A recruiter's form: letterhead in the page header, a standard note in the footer, skills in a grid."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    office = resume.agency
    if office is None:
        raise ValueError(f"{resume.name} has no agency in documents.toml")
    document = _new("Liberation Sans", 10, 0.9, office.name, "Candidate profile")
    head, foot = document.sections[0].header.paragraphs[0], document.sections[0].footer.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(head, office.name, accent, 14, bold=True)
    _run(head, f"\n{office.address}\n{office.phone}  |  {office.email}", "#555555", 8.5)
    _run(foot, office.note, "#555555", 8)
    _run(document.add_paragraph(), "CANDIDATE PROFILE", accent, 9, bold=True)
    _run(document.add_paragraph(), resume.name, size=18, bold=True)
    document.add_paragraph(f"{resume.title}, {', '.join(resume.contacts)}")
    _heading(document, "Introduction", accent)
    for part in resume.paragraphs:
        document.add_paragraph(part)
    _heading(document, "Key competencies", accent)
    grid = document.add_table(rows=0, cols=2, style="Table Grid")
    for name, items in resume.skills:
        cells = grid.add_row().cells
        cells[0].text, cells[1].text = name, items
    _heading(document, "Career history", accent)
    _jobs(document, resume)
    _tail(document, resume, _heading, accent)
    return _saved(document)


BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="2" behindDoc="0"
 locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>
<wp:wrapSquare wrapText="bothSides"/>
<wp:docPr id="{number}" name="Text Box {number}"/><wp:cNvGraphicFramePr/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></wps:spPr>
<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr lIns="91440" tIns="45720" rIns="91440"
 bIns="45720"/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>
<v:shape id="box{number}" style="position:absolute;width:150pt;height:90pt" type="#_x0000_t202"><v:textbox>
<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def _box(
    paragraph: Any, number: int, lines: list[tuple[str, bool]], place: tuple[int, int, int, int]
) -> None:
    from docx.oxml import parse_xml

    bold, small = "<w:b/>", '<w:sz w:val="18"/>'
    inner = "".join(
        f'<w:p><w:pPr><w:spacing w:after="20"/></w:pPr><w:r><w:rPr>{bold if strong else ""}{small}</w:rPr>'
        f"<w:t>{escape(text)}</w:t></w:r></w:p>"
        for text, strong in lines
    )
    x, y, width, height = place
    paragraph._p.append(
        parse_xml(BOX.format(number=number, x=x, y=y, width=width, height=height, fill="F3EFE6", inner=inner))
    )


def textbox(resume: Resume, accent: str) -> bytes:
    """Contacts and skills in a floating text box; the body flows beside it."""
    document = _new("Liberation Serif", 10.5, 0.9, resume.name, resume.name)
    first = document.add_paragraph()
    _run(first, resume.name, accent, 22, bold=True)
    contacts = [("Contact", True), *[(text, False) for text in resume.contacts]]
    skills = [line for name, items in resume.skills for line in ((name, True), (items, False))]
    _box(first, 1, contacts + skills, (5_140_000, 640_000, 1_950_000, 2_250_000))
    _run(document.add_paragraph(), resume.title, size=12, italic=True)
    _heading(document, "About", accent)
    for part in resume.paragraphs:
        document.add_paragraph(part)
    _heading(document, "Employment history", accent)
    _jobs(document, resume)
    _tail(document, resume, _heading, accent)
    return _saved(document)


def letter(text: Letter, accent: str) -> bytes:
    """A plain letter."""
    from docx.shared import Pt

    document = _new("Liberation Serif", 11.5, 1.1, text.name, "Cover letter")
    document.styles["Normal"].paragraph_format.space_after = Pt(9)
    paragraph = document.add_paragraph()
    _run(paragraph, text.name, accent, 15, bold=True)
    paragraph.add_run("\n" + "\n".join(text.contacts))
    document.add_paragraph(text.date)
    document.add_paragraph("\n".join(text.to))
    _run(document.add_paragraph(), text.subject, bold=True)
    for part in (text.greeting, *text.paragraphs, text.name):
        document.add_paragraph(part)
    return _saved(document)
