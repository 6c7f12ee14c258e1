"""Designs and people → files: HTML, Typst, LaTeX, DOCX, and drawing by hand."""

# ruff: noqa: E501

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from .design import Design, Person, headings

PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}


def run(*words: str | Path, cwd: Path | None = None) -> None:
    """A program that has to succeed."""
    subprocess.run([str(word) for word in words], check=True, capture_output=True, timeout=300, cwd=cwd)


def html(design: Design, found: Person, paper: str) -> str:
    """A page with style."""
    d = design
    said = headings(d, found)
    hidden = "FFFFFF" if d.shade == "20343F" else d.colour
    css = f"""@page{{size:{paper};margin:{d.margin}pt}} body{{font:{d.size}pt '{d.font}';margin:0}}
h1{{font-size:{d.name}pt;color:#{d.colour};margin:0;{"text-align:center;" if d.centred else ""}}}
.c{{{"text-align:center;" if d.centred else ""}margin-bottom:{d.gap}pt}}
h2{{font-size:{d.heading}pt;color:#{d.colour};margin:{d.gap}pt 0 3pt;font-weight:{"bold" if d.bold else "normal"};
{"text-transform:uppercase;" if d.caps else ""}{f"border-bottom:0.8pt solid #{d.colour};" if d.ruled else ""}}}
ul{{margin:0;padding-left:{d.indent}pt;list-style-type:'{d.bullet} '}} p{{margin:2pt 0}}
table{{width:100%;border-collapse:collapse}} td{{padding:0;vertical-align:top}} .r{{text-align:right}}
.side{{width:{d.side}pt;background:#{d.shade or "FFFFFF"};padding:6pt}} .side *{{color:#{hidden}}} .main{{padding-left:14pt}}"""

    def section(each: Any) -> str:
        parts = [f"<h2>{escape(said[each.heading])}</h2>"]
        for job in each.jobs:
            title, dates = f"<b>{escape(job.title)}</b>", escape(job.dates)
            points = "<ul>" + "".join(f"<li>{escape(p)}</li>" for p in job.points) + "</ul>"
            if d.dates == "left":
                parts.append(
                    f"<table><tr><td style='width:80pt'>{dates}</td><td>{title}{points}</td></tr></table>"
                )
            elif d.dates == "right":
                parts.append(f"<table><tr><td>{title}</td><td class=r>{dates}</td></tr></table>{points}")
            elif d.dates == "below":
                parts.append(f"<p>{title}<br><i>{dates}</i></p>{points}")
            else:
                parts.append(f"<p>{title}, {dates}</p>{points}")
        parts += [f"<p>{escape(text)}</p>" for text in each.paragraphs]
        if each.items:
            parts.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in each.items) + "</ul>")
        return "".join(parts)

    top = f"<h1>{escape(found.name)}</h1><div class=c>{escape(d.contact.join(found.contact)).replace(chr(10), '<br>')}</div>"
    main, side = ("".join(section(each) for each in part) for part in (found.main, found.side))
    body = f"{top}{main}{side}"
    if d.side:
        body = f"<table><tr><td class=side>{side}</td><td class=main>{top}{main}</td></tr></table>"
    return f"<!doctype html><html lang=en><meta charset=utf-8><style>{css}</style><body>{body}</body></html>"


def typst(design: Design, found: Person, paper: str) -> bytes:
    """A PDF by Typst."""
    import typst as program

    d = design
    said = headings(d, found)
    line = f'#line(length: 100%, stroke: 0.6pt + rgb("#{d.colour}"))' if d.ruled else ""

    def text(words: str) -> str:
        return '#"' + words.replace("\\", "").replace('"', "'") + '"'

    def section(each: Any) -> str:
        name = said[each.heading].upper() if d.caps else said[each.heading]
        weight = "bold" if d.bold else "regular"
        parts = [
            f'#block(above: {d.gap}pt, below: 4pt)[#text(size: {d.heading}pt, weight: "{weight}", '
            f'fill: rgb("#{d.colour}"))[{text(name)}]]\n{line}'
        ]
        for job in each.jobs:
            title, dates = f"*{text(job.title)}*", text(job.dates)
            points = "\n".join(f"- {text(p)}" for p in job.points)
            parts.append(
                {
                    "left": f"#grid(columns: (80pt, 1fr), [{dates}], [{title}\n{points}\n])",
                    "right": f"{title} #h(1fr) {dates}\n{points}",
                    "below": f"{title} \\\n_{dates}_\n{points}",
                    "inline": f"{title}, {dates}\n{points}",
                }[d.dates]
            )
        parts += [text(each_text) for each_text in each.paragraphs]
        parts.append("\n".join(f"- {text(item)}" for item in each.items))
        return "\n\n".join(parts)

    contact = f" {text(d.contact.strip() or ',')} ".join(text(each) for each in found.contact)
    if d.contact == "\n":
        contact = " \\\n".join(text(each) for each in found.contact)
    align = "center" if d.centred else "left"
    top = f'#align({align})[#text(size: {d.name}pt, weight: "bold", fill: rgb("#{d.colour}"))[{text(found.name)}] \\\n{contact}]'
    main, side = ("\n\n".join(section(each) for each in part) for part in (found.main, found.side))
    body = f"{top}\n\n{main}\n\n{side}"
    if d.side:
        fill = f'fill: rgb("#{d.shade}")' if d.shade and d.shade != "20343F" else "fill: none"
        body = f"#grid(columns: ({d.side}pt, 1fr), gutter: 14pt, block(width: 100%, {fill}, inset: 4pt)[{side}], [{top}\n\n{main}])"
    source = (
        f'#set page(paper: "{"a4" if paper == "a4" else "us-letter"}", margin: {d.margin}pt)\n'
        f'#set text(font: "{d.font}", size: {d.size}pt, fallback: true)\n'
        f"#set list(marker: [{text(d.bullet)}], indent: 0pt, body-indent: {d.indent / 2}pt)\n{body}"
    )
    return bytes(program.compile(source.encode()))


def docx(design: Design, found: Person, paper: str) -> bytes:
    """A DOCX by python-docx, with styles of its own."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    d = design
    said = headings(d, found)
    file = Document()
    page = file.sections[0]
    page.page_width, page.page_height = map(Pt, PAPERS[paper])
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Pt(d.margin)
    wide = PAPERS[paper][0] - 2 * d.margin

    def font(
        style: Any, size: float, *, bold: bool = False, colour: str = "000000", caps: bool = False
    ) -> None:
        style.font.name, style.font.size, style.font.bold = d.font, Pt(size), bold
        style.font.color.rgb, style.font.all_caps = RGBColor.from_string(colour), caps
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for name in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{name}"), d.font)

    font(file.styles["Normal"], d.size)
    file.styles["Normal"].paragraph_format.space_after = Pt(2)
    font(file.styles["Title"], d.name, bold=True, colour=d.colour)
    for border in file.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break
    font(file.styles["Heading 1"], d.heading, bold=d.bold, colour=d.colour, caps=d.caps)
    font(file.styles["List Bullet"], d.size)
    file.styles["List Bullet"].paragraph_format.left_indent = Pt(d.indent)
    file.styles["List Bullet"].paragraph_format.first_line_indent = Pt(-d.indent)
    if d.ruled:
        border = OxmlElement("w:pBdr")
        bottom = OxmlElement("w:bottom")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", d.colour)):
            bottom.set(qn(f"w:{key}"), value)
        border.append(bottom)
        file.styles["Heading 1"].element.get_or_add_pPr().append(border)
    top = [file.add_paragraph(found.name, "Title"), file.add_paragraph(d.contact.join(found.contact))]
    for each in top if d.centred else ():
        each.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for section in (*found.main, *found.side):
        file.add_paragraph(said[section.heading], "Heading 1")
        for job in section.jobs:
            if d.dates == "left":
                row = file.add_table(rows=1, cols=2).rows[0]
                row.cells[0].width, row.cells[1].width = Pt(90), Pt(wide - 90)
                grid = row._tr.getparent().find(qn("w:tblGrid"))
                for column, width in zip(grid, (90, wide - 90), strict=True):
                    column.set(qn("w:w"), str(int(20 * width)))
                row.cells[0].text = job.dates
                row.cells[1].paragraphs[0].add_run(job.title).bold = True
                for point in job.points:
                    row.cells[1].add_paragraph(point, "List Bullet")
                continue
            line = file.add_paragraph()
            line.add_run(job.title).bold = True
            if d.dates == "right":
                line.paragraph_format.tab_stops.add_tab_stop(Pt(wide), WD_TAB_ALIGNMENT.RIGHT)
                line.add_run("\t" + job.dates)
            elif d.dates == "below":
                file.add_paragraph().add_run(job.dates).italic = True
            else:
                line.add_run(", " + job.dates)
            for point in job.points:
                file.add_paragraph(point, "List Bullet")
        for words in section.paragraphs:
            file.add_paragraph(words)
        for item in section.items:
            file.add_paragraph(item, "List Bullet")
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def latex(design: Design, found: Person, paper: str) -> str:
    """A LaTeX source for pdflatex."""
    d = design
    said = headings(d, found)
    family = {"cm": "", "lm": r"\usepackage{lmodern}", "cmss": r"\renewcommand{\familydefault}{\sfdefault}"}

    def text(words: str) -> str:
        for a, b in (("&", r"\&"), ("%", r"\%"), ("_", r"\_"), ("–", "--"), ("#", r"\#")):
            words = words.replace(a, b)
        return words

    rule = r"\vspace{-6pt}\hrule\vspace{4pt}" if d.ruled else ""
    bullet = "--" if d.bullet == "–" else r"\textbullet"

    def listed(points: tuple[str, ...]) -> str:
        items = "".join(rf"\item[{bullet}] {text(p)} " for p in points)
        return (
            rf"\begin{{list}}{{}}{{\leftmargin={d.indent}pt\labelwidth={d.indent - 4}pt\labelsep=4pt\itemsep=0pt\parsep=0pt\topsep=1pt}}"
            rf"{items}\end{{list}}"
        )

    def section(each: Any) -> str:
        name = text(said[each.heading])
        parts = [
            rf"\par\vspace{{{d.gap}pt}}{{\noindent\fontsize{{{d.heading}}}{{{d.heading * 1.2}}}\selectfont\bfseries\color{{ac}}"
            rf"{name.upper() if d.caps else name}\par}}{rule}"
        ]
        for job in each.jobs:
            title, dates = rf"\textbf{{{text(job.title)}}}", text(job.dates)
            if d.dates == "left":
                parts.append(
                    rf"\noindent\begin{{minipage}}[t]{{76pt}}{dates}\end{{minipage}}\begin{{minipage}}[t]{{\dimexpr\linewidth-80pt}}"
                    rf"{title}{listed(job.points)}\end{{minipage}}\par"
                )
            elif d.dates == "below":
                parts.append(rf"\noindent {title}\\\textit{{{dates}}}{listed(job.points)}")
            else:
                parts.append(rf"\noindent {title}\hfill {dates}{listed(job.points)}")
        parts += [rf"\noindent {text(p)}\par" for p in each.paragraphs]
        if each.items:
            parts.append(listed(each.items))
        return "\n".join(parts)

    body = "\n".join(section(each) for each in (*found.main, *found.side))
    place = r"\centering" if d.centred else r"\raggedright"
    reached = text(d.contact.join(found.contact)).replace("•", r"$\cdot$").replace("|", r"$|$")
    return (
        rf"\documentclass[{int(d.size)}pt,{paper}paper]{{article}}\usepackage[T1]{{fontenc}}\usepackage[utf8]{{inputenc}}"
        rf"\usepackage[margin={d.margin}pt]{{geometry}}\usepackage{{xcolor}}{family[d.font]}\definecolor{{ac}}{{HTML}}{{{d.colour}}}"
        rf"\pagestyle{{empty}}\begin{{document}}{{{place}{{\fontsize{{{d.name}}}{{{d.name * 1.2}}}\selectfont\bfseries "
        rf"\color{{ac}}{text(found.name)}\par}}{reached}\par}}"
        rf"{body}\end{{document}}"
    )


def drawn(design: Design, found: Person, paper: str) -> bytes:
    """A PDF drawn by reportlab: another writer's idea of a design, for files by chance."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    d = design
    said = headings(d, found)
    serif = "Serif" in d.font or "Roman" in d.font or d.font in ("P052", "C059", "URW Bookman")
    plain, bold = ("Times-Roman", "Times-Bold") if serif else ("Helvetica", "Helvetica-Bold")
    wide, high = PAPERS[paper]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(wide, high), invariant=1)
    y = high - d.margin

    def write(
        words: str, x: float, font: str, size: float, colour: str = "000000", centred: bool = False
    ) -> None:
        nonlocal y
        for part in simpleSplit(words, font, size, wide - x - d.margin):
            if y < d.margin + size:
                canvas.showPage()
                y = high - d.margin
            canvas.setFont(font, size)
            canvas.setFillColor(f"#{colour}")
            (canvas.drawCentredString if centred else canvas.drawString)(
                wide / 2 if centred else x, y - size, part
            )
            y -= size * 1.22

    left = d.margin
    write(found.name, left, bold, d.name, d.colour, d.centred)
    write(d.contact.replace("\n", ", ").join(found.contact), left, plain, d.size, "000000", d.centred)
    for section in (*found.main, *found.side):
        y -= d.gap
        name = said[section.heading]
        write(name.upper() if d.caps else name, left, bold if d.bold else plain, d.heading, d.colour)
        if d.ruled:
            canvas.setStrokeColor(f"#{d.colour}")
            canvas.line(left, y, wide - d.margin, y)
            y -= 3
        for job in section.jobs:
            before = y
            write(job.title, left + (80 if d.dates == "left" else 0), bold, d.size)
            canvas.setFont(plain, d.size)
            if d.dates == "right":
                canvas.drawRightString(wide - d.margin, before - d.size, job.dates)
            elif d.dates == "left":
                canvas.drawString(left, before - d.size, job.dates)
            else:
                write(job.dates, left, plain, d.size)
            for point in job.points:
                before = y
                write(point, left + d.indent + (80 if d.dates == "left" else 0), plain, d.size)
                canvas.drawString(
                    left + (80 if d.dates == "left" else 0),
                    min(before, y + 200) - d.size,
                    d.bullet if d.bullet in "•–-*" else "•",
                )
        for words in (*section.paragraphs, *section.items):
            write(words, left, plain, d.size)
    canvas.save()
    return out.getvalue()


def weasyprint(source: str, path: Path) -> None:
    """HTML → PDF."""
    from weasyprint import HTML

    HTML(string=source).write_pdf(str(path))


def chromium(source: str, path: Path) -> None:
    """HTML → PDF as a browser prints it."""
    page = path.with_suffix(".html")
    page.write_text(source, encoding="utf-8")
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={path}",
        f"--user-data-dir={path.parent / 'profile'}", page.as_uri())  # fmt: skip
    page.unlink()


def pdflatex(source: str, path: Path) -> None:
    """LaTeX → PDF."""
    page = path.with_suffix(".tex")
    page.write_text(source, encoding="utf-8")
    run("pdflatex", "-interaction=nonstopmode", "-halt-on-error", page.name, cwd=path.parent)
    for suffix in (".tex", ".aux", ".log"):
        path.with_suffix(suffix).unlink(missing_ok=True)


def printed_again(source: Path, path: Path) -> None:
    """PDF → PDF by Ghostscript: what a printer driver or an online tool makes of a file."""
    run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", f"-sOutputFile={path}", source)


def libreoffice(folder: Path, files: list[Path]) -> None:
    """DOCX → PDF, all in one go."""
    run("soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "pdf",
        "--outdir", folder, *files)  # fmt: skip


Maker = Callable[[Design, Person, str], bytes]
