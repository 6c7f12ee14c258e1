"""Layouts drawn by reportlab with the standard PDF fonts."""

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import Any

from recipe.texts import Letter, Resume

WIDTH, HEIGHT = 612, 792


def _style(name: str, **given: Any) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(name, **{"fontName": "Times-Roman", "fontSize": 10.3, "leading": 12.8, **given})


def _p(text: str, style: Any) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(text, style)


def _bullets(items: tuple[str, ...], style: Any, mark: str = "•") -> list[Any]:
    from reportlab.platypus import Paragraph

    return [Paragraph(escape(item), style, bulletText=mark) for item in items]


def classic(resume: Resume, accent: str) -> bytes:
    """One column in Times, a centred name, ruled headings."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import HRFlowable, SimpleDocTemplate, Spacer

    color = HexColor(accent)
    text = _style("text", spaceAfter=3)
    bullet = _style("bullet", leftIndent=13, bulletIndent=3, spaceAfter=1.5)
    head = _style("head", fontName="Times-Bold", fontSize=12, leading=14, spaceBefore=8, keepWithNext=1)
    centre = _style("centre", alignment=1, spaceAfter=2)
    story = [
        _p(escape(resume.name), _style("name", fontName="Times-Bold", fontSize=20, leading=24, alignment=1)),
        _p(escape(resume.title), centre),
        _p(escape("  |  ".join(resume.contacts)), centre),
    ]

    def section(name: str, *flow: Any) -> None:
        story.append(_p(escape(name.upper()), head))
        story.append(HRFlowable(width="100%", thickness=0.8, color=color, spaceBefore=1, spaceAfter=4))
        story.extend(flow)

    section("Objective", *[_p(escape(part), text) for part in resume.paragraphs])
    jobs: list[Any] = []
    for job in resume.jobs:
        line = (
            f"<b>{escape(job.title)}</b>, {escape(job.employer)}, {escape(job.place)} ({escape(job.dates)})"
        )
        jobs += [_p(line, _style("job", spaceBefore=4, spaceAfter=2, keepWithNext=1))]
        jobs += [_p(f"<i>{escape(job.about)}</i>", text)] if job.about else []
        jobs += _bullets(job.bullets, bullet)
    section("Experience", *jobs)
    section("Skills", *[_p(f"<b>{escape(a)}:</b> {escape(b)}", text) for a, b in resume.skills])
    if resume.strengths:
        section("Key strengths", *_bullets(resume.strengths, bullet))
    section("Education", *[_p(escape(", ".join(row)), text) for row in resume.education])
    if resume.certifications:
        section("Certifications", *_bullets(resume.certifications, bullet))
    section(resume.more[0], *_bullets(resume.more[1], bullet))
    if resume.closing:
        story += [Spacer(1, 8), _p(f"<i>{escape(resume.closing)}</i>", centre)]
    out = BytesIO()
    SimpleDocTemplate(
        out, pagesize=(WIDTH, HEIGHT), leftMargin=58, rightMargin=58, topMargin=48, bottomMargin=48,
        title=f"{resume.name} resume", author=resume.name, invariant=1,
    ).build(story)  # fmt: skip
    return out.getvalue()


def sidebar(resume: Resume, accent: str) -> bytes:
    """A dark side bar at the left with contacts and skills; the work history at the right."""
    from reportlab.lib.colors import HexColor, white
    from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageTemplate, Spacer

    color, bar = HexColor(accent), 186
    font = {"fontName": "Helvetica", "fontSize": 9, "leading": 11.8}
    light = _style("light", **font, textColor=white, spaceAfter=3)
    light_head = _style("lh", fontName="Helvetica-Bold", fontSize=10.5, leading=13, textColor=white,
                        spaceBefore=11, spaceAfter=4)  # fmt: skip
    text = _style("text", **font, spaceAfter=4)
    bullet = _style("bullet", **font, leftIndent=11, bulletIndent=1, spaceAfter=2.4)
    head = _style("head", fontName="Helvetica-Bold", fontSize=12.5, leading=15, textColor=color,
                  spaceBefore=9, spaceAfter=4, keepWithNext=1)  # fmt: skip
    name = _style("name", fontName="Helvetica-Bold", fontSize=20, leading=23, textColor=white, spaceAfter=5)

    def paint(canvas: Any, doc: Any) -> None:
        canvas.setFillColor(color)
        canvas.rect(0, 0, bar, HEIGHT, stroke=0, fill=1)

    def listing(heading: str, items: tuple[str, ...]) -> list[Any]:
        return (
            [_p(escape(heading), light_head), *[_p(escape(item), light) for item in items]] if items else []
        )

    left = [_p(escape(resume.name), name), _p(escape(resume.title), light)]
    left += listing("Contact", resume.contacts)
    left += [_p("Skills", light_head)]
    left += [_p(f"<b>{escape(a)}</b><br/>{escape(b)}", light) for a, b in resume.skills]
    left += [_p("Education", light_head)]
    left += [
        _p(f"<b>{escape(a)}</b><br/>{escape(b)}<br/>{escape(c)}, {d}", light)
        for a, b, c, d in resume.education
    ]
    left += listing("Certifications", resume.certifications)
    left += listing("Strengths", resume.strengths)
    left += listing(resume.more[0], resume.more[1])
    right: list[Any] = [_p("Profile", head), *[_p(escape(part), text) for part in resume.paragraphs]]
    right += [_p("Employment", head)]
    for job in resume.jobs:
        right += [_p(f"<b>{escape(job.title)}</b>", _style("job", **font, spaceBefore=4, keepWithNext=1))]
        right += [_p(f"{escape(job.employer)}, {escape(job.place)}", _style("emp", **font, keepWithNext=1))]
        right += [_p(f"<font color='#777777'>{escape(job.dates)}</font>", text)]
        right += [_p(f"<i>{escape(job.about)}</i>", text)] if job.about else []
        right += _bullets(job.bullets, bullet, "–")
    if resume.closing:
        right += [Spacer(1, 6), _p(escape(resume.closing), text)]
    out = BytesIO()
    document = BaseDocTemplate(
        out, pagesize=(WIDTH, HEIGHT), title=resume.name, author=resume.name, invariant=1
    )
    main = Frame(bar + 14, 36, WIDTH - bar - 44, HEIGHT - 72, id="main")
    document.addPageTemplates(
        [
            PageTemplate("first", [Frame(14, 36, bar - 26, HEIGHT - 72, id="bar"), main], onPage=paint),
            PageTemplate("later", [main], onPage=paint),
        ]
    )
    document.build([NextPageTemplate("later"), *left, FrameBreak(), *right])
    return out.getvalue()


def dated(resume: Resume, accent: str) -> bytes:
    """A two-column table: dates and headings at the left, text at the right."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import SimpleDocTemplate, Table

    color = HexColor(accent)
    font = {"fontName": "Helvetica", "fontSize": 9.3, "leading": 12}
    text = _style("text", **font, spaceAfter=2)
    date = _style("date", **{**font, "fontSize": 8.4}, textColor=HexColor("#555555"))
    label = _style("label", **{**font, "fontName": "Helvetica-Bold"}, textColor=color)
    bullet = _style("bullet", **font, leftIndent=11, bulletIndent=1, spaceAfter=2)
    rows: list[list[Any]] = [[_p("SUMMARY", label), [_p(escape(part), text) for part in resume.paragraphs]]]
    rows += [[_p("SKILLS", label), [_p(f"<b>{escape(a)}</b> – {escape(b)}", text) for a, b in resume.skills]]]
    for job in resume.jobs:
        body = [_p(f"<b>{escape(job.employer)}</b>, {escape(job.place)}", text)]
        body += [_p(f"<i>{escape(job.title)}</i>", text)]
        body += [_p(escape(job.about), text)] if job.about else []
        rows += [[_p(escape(job.dates), date), body + _bullets(job.bullets, bullet)]]
    for degree, school, place, year in resume.education:
        rows += [[_p(year, date), [_p(f"<b>{escape(degree)}</b>, {escape(school)}, {escape(place)}", text)]]]
    for name, items in (
        ("CERTIFICATES", resume.certifications), ("STRENGTHS", resume.strengths),
        (resume.more[0], resume.more[1]), ("", tuple(filter(None, [resume.closing]))),
    ):  # fmt: skip
        rows += [[_p(escape(name), label), _bullets(items, bullet)]] if items else []
    table = Table(rows, colWidths=[104, 404], splitInRow=0)
    table.setStyle(
        [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEABOVE", (0, 0), (-1, -1), 0.4, HexColor("#cccccc")),
         ("TOPPADDING", (0, 0), (-1, -1), 5), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)]
    )  # fmt: skip
    top = [
        _p(
            escape(resume.name),
            _style("name", fontName="Helvetica", fontSize=22, leading=27, textColor=color),
        ),
        _p(escape(resume.title), _style("title", **{**font, "fontSize": 11}, spaceAfter=3)),
        _p(escape(" / ".join(resume.contacts)), _style("contact", **font, spaceAfter=9)),
    ]
    out = BytesIO()
    SimpleDocTemplate(
        out, pagesize=(WIDTH, HEIGHT), leftMargin=52, rightMargin=52, topMargin=46, bottomMargin=44,
        title="Resume", author=resume.name, invariant=1,
    ).build([*top, table])  # fmt: skip
    return out.getvalue()


def letter(text: Letter, accent: str) -> bytes:
    """A letter in Times with the sender on top."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import SimpleDocTemplate, Spacer

    body = _style("body", fontSize=11.5, leading=15.5, spaceAfter=8)
    plain = _style("plain", fontSize=11.5, leading=14.5)
    name = _style("name", fontName="Times-Bold", fontSize=16, leading=20, textColor=HexColor(accent))
    story: list[Any] = [
        _p(escape(text.name), name), _p(escape(" | ".join(text.contacts)), plain),
        Spacer(1, 20), _p(escape(text.date), plain), Spacer(1, 12),
        *[_p(escape(line), plain) for line in text.to], Spacer(1, 12),
        _p(f"<b>{escape(text.subject)}</b>", body), _p(escape(text.greeting), body),
        *[_p(escape(part), body) for part in text.paragraphs], Spacer(1, 10), _p(escape(text.name), body),
    ]  # fmt: skip
    out = BytesIO()
    SimpleDocTemplate(
        out, pagesize=(WIDTH, HEIGHT), leftMargin=82, rightMargin=82, topMargin=70, bottomMargin=60,
        title="Cover letter", author=text.name, invariant=1,
    ).build(story)  # fmt: skip
    return out.getvalue()
