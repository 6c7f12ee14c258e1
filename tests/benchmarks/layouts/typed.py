"""Sheets as sources of typesetters: Typst, LaTeX, groff."""

from __future__ import annotations

import re

from .sheet import Section, Sheet

TYPST = (
    "plain",
    "side-left",
    "side-right",
    "columns",
    "footnote",
    "letter-spaced",
    "grid-dates",
    "side-panel",
)
LATEX = (
    "plain",
    "twocolumn",
    "side-left",
    "side-right",
    "footnote",
    "dates-left",
    "two-ragged",
    "side-three",
)
GROFF = ("ms", "ms-two")


def typst(found: Sheet, layout: str) -> tuple[str, list[list[str]]]:
    """Typst source and the texts of each column in order."""
    main, side = _typst(found.main, layout), _typst(found.side, layout)
    head = f"= {_t(found.name)}\n" + " \\\n".join(map(_t, found.contact)) + "\n\n"
    set_up = '#set page("us-letter", margin: 16mm)\n#set text(size: 10pt)\n#set par(justify: true)\n'
    words = _words(found)
    if layout == "letter-spaced":
        set_up += "#show heading: it => text(tracking: 4pt, weight: 400, upper(it))\n"
    if layout in ("plain", "letter-spaced"):
        return set_up + head + main + side, [[*words[0], *words[1], *words[2]]]
    if layout == "footnote":
        note = "Details of this post are confidential and can be told in an interview"
        return (
            set_up
            + "#set page(header: [Application of the year], footer: [Printed for the board of trustees])\n"
            + head
            + f"Posts held#footnote[{note}].\n\n"
            + main,
            [words[0], words[1], [note], ["Application of the year"], ["Printed for the board of trustees"]],
        )
    if layout == "columns":
        return set_up + head + f"#columns(2, gutter: 14pt)[\n{main}\n{side}\n]\n", [
            words[0],
            [*words[1], *words[2]],
        ]
    if layout == "grid-dates":
        jobs = "".join(
            f"#grid(columns: (3cm, 1fr), [{_t(job.dates)}], [*{_t(job.title)}*\n\n"
            + "".join(f"- {_t(point)}\n" for point in job.points)
            + "])\n"
            for job in found.main[1].jobs
        )
        said = [text for job in found.main[1].jobs for text in (job.dates, job.title, *job.points)]
        return set_up + head + "== Experience\n" + jobs, [[*words[0], "Experience", *said]]
    wide, narrow = f"[\n{main}\n]", f"[\n{side}\n]"
    if layout == "side-panel":
        narrow = f'block(fill: rgb("#20343f"), inset: 8pt, text(fill: white)[\n{side}\n])'
    cells, tracks = (
        (f"{narrow}, {wide}", "(1fr, 2.2fr)")
        if layout == "side-left"
        else (f"{wide}, {narrow}", "(2.2fr, 1fr)")
    )
    return set_up + head + f"#grid(columns: {tracks}, gutter: 14pt, {cells})\n", words


def _typst(sections: tuple[Section, ...], layout: str) -> str:
    said = []
    for section in sections:
        said.append(f"== {_t(section.heading)}\n")
        for job in section.jobs:
            said.append(f"*{_t(job.title)}* #h(1fr) {_t(job.dates)}\n\n")
            said += [f"- {_t(point)}\n" for point in job.points] + ["\n"]
        said += [f"{_t(text)}\n\n" for text in section.paragraphs]
        said += [f"- {_t(item)}\n" for item in section.items] + ["\n"]
    return "".join(said)


def _t(text: str) -> str:
    return re.sub(r"([#*_@$<>\\-])", r"\\\1", text)


def _words(found: Sheet) -> list[list[str]]:
    return [
        [found.name, *found.contact],
        [text for each in found.main for text in each.words()],
        [text for each in found.side for text in each.words()],
    ]


def latex(found: Sheet, layout: str) -> tuple[str, list[list[str]]]:
    """LaTeX source and the texts of each column in order."""
    words = _words(found)
    main, side = _latex(found.main, layout), _latex(found.side, layout)
    head = f"{{\\LARGE\\bfseries {found.name}}}\\\\ " + "\\\\ ".join(map(_x, found.contact)) + "\\par\n"
    options = "10pt,twocolumn" if layout in ("twocolumn", "two-ragged") else "10pt"
    lines = [
        f"\\documentclass[{options}]{{article}}",
        "\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\usepackage{lmodern}\\usepackage[margin=18mm]{geometry}",
        "\\setlength\\parindent{0pt}" + ("\\raggedright" if layout == "two-ragged" else ""),
        "\\pagestyle{empty}\\begin{document}",
    ]
    said = [words[0], [*words[1], *words[2]]]
    if layout in ("side-left", "side-right", "side-three"):
        narrow = f"\\begin{{minipage}}[t]{{0.29\\textwidth}}\\raggedright {side}\\end{{minipage}}"
        wide = f"\\begin{{minipage}}[t]{{0.65\\textwidth}}{main}\\end{{minipage}}"
        pair = (narrow, wide) if layout == "side-left" else (wide, narrow)
        body, said = f"{head}\\medskip\n{pair[0]}\\hfill {pair[1]}", words
        if layout == "side-three":
            thirds = [_latex((section,), layout) for section in found.side]
            boxes = "\\hfill ".join(
                f"\\begin{{minipage}}[t]{{0.3\\textwidth}}\\raggedright {each}\\end{{minipage}}"
                for each in thirds
            )
            body = f"{head}{main}\\medskip\n{boxes}"
            said = [[*words[0], *words[1]], *(section.words() for section in found.side)]
    elif layout == "footnote":
        note = "Details of this post are confidential and can be told in an interview"
        body, said = head + f"Posts held\\footnote{{{note}}}.\\par " + main, [words[0], words[1], [note]]
    elif layout == "dates-left":
        rows = "".join(
            f"\\begin{{tabular}}{{@{{}}p{{28mm}}p{{130mm}}}}{_x(job.dates)} & \\textbf{{{job.title}}}\\newline "
            + "\\newline ".join(job.points)
            + "\\\\\\end{tabular}\\par\\smallskip\n"
            for job in found.main[1].jobs
        )
        texts = [text for job in found.main[1].jobs for text in (job.dates, job.title, *job.points)]
        body, said = head + "\\section*{Experience}\n" + rows, [[*words[0], "Experience", *texts]]
    else:
        body = head + main + side
        if layout == "plain":
            said = [[*words[0], *words[1], *words[2]]]
    return "\n".join([*lines, body, "\\end{document}"]), said


def _latex(sections: tuple[Section, ...], layout: str) -> str:
    said = []
    for section in sections:
        said.append(f"\\section*{{{section.heading}}}\n")
        for job in section.jobs:
            gap = "\\\\" if layout in ("twocolumn", "two-ragged") else "\\hfill "
            said.append(f"\\textbf{{{job.title}}}{gap}{_x(job.dates)}\n\\begin{{itemize}}\\itemsep0pt ")
            said += [f"\\item {_x(point)}\n" for point in job.points] + ["\\end{itemize}\n"]
        said += [f"{_x(text)}\\par\n" for text in section.paragraphs]
        if section.items:
            said += [
                "\\begin{itemize}\\itemsep0pt ",
                *(f"\\item {_x(item)}\n" for item in section.items),
                "\\end{itemize}\n",
            ]
    return "".join(said)


def _x(text: str) -> str:
    return text.replace("–", "--").replace("&", "\\&").replace("%", "\\%")


def groff(found: Sheet, layout: str) -> tuple[str, list[list[str]]]:
    """groff -ms source and the texts of each column in order."""
    words = _words(found)
    lines = [".nr PS 10", ".nr VS 12", f".SH 1\n{found.name}", *(f".LP\n{text}" for text in found.contact)]
    if layout == "ms-two":
        lines.append(".2C")
    for section in (*found.main, *found.side):
        lines.append(f".SH\n{section.heading}")
        for job in section.jobs:
            lines += [f'.LP\n.B "{job.title}"\n.br\n{job.dates.replace("–", chr(92) + "[en]")}']
            lines += [f".IP \\[bu] 2\n{point}" for point in job.points]
        lines += [f".LP\n{text}" for text in section.paragraphs]
        lines += [f".IP \\[bu] 2\n{item}" for item in section.items]
    body = [*words[1], *words[2]]
    return "\n".join(lines) + "\n", [words[0], body] if layout == "ms-two" else [[*words[0], *body]]
