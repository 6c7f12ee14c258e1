"""Sheets as HTML, for browsers and for programs that print HTML."""

from __future__ import annotations

from html import escape

from .sheet import ARABIC, CJK, HEBREW, Section, Sheet

BASE = """@page { size: Letter; margin: 14mm } * { box-sizing: border-box }
body { font: 10pt/1.35 'Liberation Sans', sans-serif; margin: 0 } h1 { font-size: 22pt; margin: 0 }
h2 { font-size: 12pt; margin: 10pt 0 3pt } p { margin: 0 0 4pt } ul { margin: 0; padding-left: 14pt }
table { border-collapse: collapse; width: 100% } td { vertical-align: top; padding: 0 }
.job { margin-top: 4pt } .job td + td { text-align: right; font-style: italic; white-space: nowrap }
"""
STYLES = {
    "plain": "",
    "serif-ligatures": "body { font-family: 'Libertinus Serif', 'Linux Libertine', 'TeX Gyre Pagella', 'DejaVu Serif';"
    " font-variant-ligatures: common-ligatures }",
    "letter-spaced": "h1, h2 { letter-spacing: 5pt; text-transform: uppercase; font-weight: normal }",
    "side-left": ".side { width: 31% } .main { width: 65% }",
    "side-right-panel": ".side { width: 30%; background: #234; color: #fff; padding: 8pt } .main { width: 66% }",
    "side-spaced": "h2 { letter-spacing: 3pt; text-transform: uppercase } .side { width: 28% } .main { width: 68% }",
    "columns-hyphens": "body { text-align: justify; hyphens: auto; -webkit-hyphens: auto }"
    " .flow { columns: 2; column-gap: 18pt; -webkit-columns: 2 }",
    "three-columns": ".three { columns: 3; -webkit-columns: 3 }",
    "table-dates": "",
    "grid-table": ".grid td { border: 0.5pt solid #888; padding: 2pt 4pt }",
    "footer-rotated": ".turned { position: fixed; right: -6mm; top: 60mm; writing-mode: vertical-rl; font-size: 8pt }"
    " .foot { position: fixed; bottom: 0; left: 0; font-size: 8pt }",
    "side-left-long": ".side { width: 30% } .main { width: 66% }",
    "cjk": "body { font-family: 'Noto Sans CJK SC', 'WenQuanYi Zen Hei', 'Droid Sans Fallback' }",
    "hebrew": "body { font-family: 'DejaVu Sans' }",
    "arabic": "body { font-family: 'DejaVu Sans' }",
}
TWO = {"side-left", "side-right-panel", "side-spaced", "columns-hyphens", "side-left-long"}
"""The layouts in which columns stand side by side."""


def page(found: Sheet, layout: str) -> tuple[str, list[list[str]]]:
    """The HTML and the texts of each column in reading order."""
    head = [found.name, *found.contact]
    top = f"<h1>{escape(found.name)}</h1><p>{'<br>'.join(map(escape, found.contact))}</p>"
    main = "".join(_section(each, layout == "table-dates") for each in found.main)
    side = "".join(_section(each) for each in found.side)
    main_words = [text for each in found.main for text in each.words()]
    if layout == "table-dates":
        main_words = _dates_first(found)
    side_words = [text for each in found.side for text in each.words()]
    said = [[*head, *main_words, *side_words]]
    if layout in ("cjk", "hebrew", "arabic"):
        foreign = {"cjk": CJK, "hebrew": HEBREW, "arabic": ARABIC}[layout]
        way = "ltr" if layout == "cjk" else "rtl"
        body = top + f'<div dir="{way}"><p>{foreign}</p></div>' + main
        said = [head, [foreign], main_words]
    elif layout == "columns-hyphens":
        body, said = f'{top}<div class="flow">{main}{side}</div>', [head, [*main_words, *side_words]]
    elif layout.startswith("side-"):
        cells = [
            f'<td class="main">{main}</td>',
            '<td style="width:4%"></td>',
            f'<td class="side">{side}</td>',
        ]
        if "left" in layout:
            cells.reverse()
        body, said = f"{top}<table><tr>{''.join(cells)}</tr></table>", [head, main_words, side_words]
    elif layout == "three-columns":
        body, said = f'{top}{main}<div class="three">{side}</div>', [[*head, *main_words], side_words]
    elif layout == "grid-table":
        rows = [
            ("Tool", "Years", "Level"),
            *((text, str(3 + at), "good") for at, text in enumerate(found.side[0].items)),
        ]
        table = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
        )
        body, said = (
            f"{top}{main}<table class='grid'>{table}</table>",
            [[*head, *main_words, *(cell for row in rows for cell in row)]],
        )
    elif layout == "footer-rotated":
        turned, foot = (
            "Curriculum vitae of an honest applicant",
            "References are available from former managers on request",
        )
        body = f'{top}{main}{side}<div class="turned">{turned}</div><div class="foot">{foot}</div>'
        said += [[turned], [foot]]
    else:
        body = top + main + side
    language = "zh" if layout == "cjk" else "en"
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><style>{BASE}{STYLES[layout]}</style>'
        f"<body>{body}</body></html>",
        said,
    )


def _section(found: Section, dates_first: bool = False) -> str:
    parts = [f"<h2>{escape(found.heading)}</h2>"]
    for job in found.jobs:
        points = "<ul>" + "".join(f"<li>{escape(point)}</li>" for point in job.points) + "</ul>"
        if dates_first:
            parts.append(
                f'<table><tr><td style="width:22%">{job.dates}</td><td><b>{escape(job.title)}</b>{points}</td></tr></table>'  # noqa: E501
            )
        else:
            parts.append(
                f'<table class="job"><tr><td><b>{escape(job.title)}</b></td><td>{job.dates}</td></tr></table>{points}'
            )
    parts += [f"<p>{escape(text)}</p>" for text in found.paragraphs]
    if found.items:
        parts.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in found.items) + "</ul>")
    return "".join(parts)


def _dates_first(found: Sheet) -> list[str]:
    said: list[str] = []
    for section in found.main:
        said.append(section.heading)
        for job in section.jobs:
            said += [job.dates, job.title, *job.points]
        said += section.paragraphs
    return said
