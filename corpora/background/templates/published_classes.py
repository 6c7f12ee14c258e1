"""LaTeX classes that their authors publish outside TeX Live, filled with an invented person, in usual variants."""

from __future__ import annotations

from collections.abc import Iterable

from latex_classes import Class, Source, items
from persons import Person, Post


def friggeri(option: str) -> Source:
    """The class friggeri-cv, in colour or for print, with free fonts in place of Helvetica Neue."""

    def written(found: Person) -> str:
        work, school, skills = found.headings

        def listed(heading: str, posts: Iterable[Post]) -> str:
            entries = "\n".join(
                rf"\entry{{{each.begun}--{each.ended}}}{{{each.what}}}{{{each.town}}}"
                rf"{{{each.where}. {' '.join(each.points)}}}"
                for each in posts
            )
            return rf"\section{{{heading}}}\begin{{entrylist}}{entries}\end{{entrylist}}"

        beside = "\n".join(["~", *found.skills, "~"])
        return "\n".join(
            [
                rf"\documentclass[{option}]{{friggeri-cv}}\begin{{document}}",
                rf"\header{{{found.given}}}{{{found.family}}}{{{found.jobs[0].what}}}",
                rf"\begin{{aside}}\section{{contact}}{found.town}" + "\n~\n" + found.email,
                rf"\section{{{skills}}}" + "\n" + beside + r"\end{aside}",
                listed(school, found.schools),
                listed(work, found.jobs),
                r"\end{document}",
            ]
        )

    return written


def developer(size: int, paper: str) -> Source:
    """The class developercv of LaTeXTemplates.com."""

    def written(found: Person) -> str:
        work, school, skills = found.headings

        def listed(heading: str, posts: Iterable[Post]) -> str:
            entries = "\n".join(
                rf"\entry{{{each.begun} -- {each.ended}}}{{{each.what}}}{{{each.where}}}{{{' '.join(each.points)}"
                rf"\\ \texttt{{{each.town}}}\slashsep\texttt{{{each.ended}}}}}"
                for each in posts
            )
            return rf"\cvsect{{{heading}}}\begin{{entrylist}}{entries}\end{{entrylist}}"

        column = r"\begin{minipage}[t]{0.275\textwidth}\vspace{-\baselineskip}"
        names = "".join(
            rf"\colorbox{{black}}{{{{\HUGE\textcolor{{white}}{{\textbf{{\MakeUppercase{{{each}}}}}}}}}}}"
            + "\n\n"
            for each in (found.given, found.family)
        )
        return "\n".join(
            [
                rf"\documentclass[{size}pt]{{developercv}}\geometry{{paper={paper}}}\begin{{document}}",
                r"\begin{minipage}[t]{0.45\textwidth}\vspace{-\baselineskip}" + names,
                r"\vspace{6pt}{\huge " + found.jobs[0].what + r"}\end{minipage}",
                column
                + rf"\icon{{MapMarker}}{{12}}{{{found.town}}}\\\icon{{Phone}}{{12}}{{+1 555 0100}}\end{{minipage}}",
                column + rf"\icon{{At}}{{12}}{{{found.email}}}\end{{minipage}}\vspace{{0.5cm}}",
                r"\cvsect{Who Am I?}\begin{minipage}[t]{0.4\textwidth}\vspace{-\baselineskip}",
                rf"{found.jobs[0].points[0]}\end{{minipage}}\hfill",
                r"\begin{minipage}[t]{0.5\textwidth}\vspace{-\baselineskip}\begin{barchart}{5.5}",
                *(rf"\baritem{{{each}}}{{70}}" for each in found.skills),
                r"\end{barchart}\end{minipage}",
                listed(work, found.jobs),
                listed(school, found.schools),
                rf"\cvsect{{{skills}}}{', '.join(found.skills)}\end{{document}}",
            ]
        )

    return written


def yaac(options: str) -> Source:
    """The class yaac-another-awesome-cv, in one of its colours."""

    def written(found: Person) -> str:
        work, school, skills = found.headings

        def entry(each: Post) -> str:
            said = items(each.points) or each.where
            return (
                rf"\experience{{{each.ended}}}{{{each.what}}}{{{each.where}}}{{{each.town}}}{{{each.begun}}}"
                rf"{{{said}}}{{{','.join(found.skills[:3])}}}\emptySeparator"
            )

        studied = "\n".join(
            rf"\scholarshipentry{{{each.ended}}}{{{each.what}, {each.where}}}" for each in found.schools
        )
        known = "\n".join(rf"\keywordsentry{{{each}}}{{in daily use}}" for each in found.skills)
        return "\n".join(
            [
                rf"\documentclass[{options}]{{yaac-another-awesome-cv}}",
                rf"\name{{{found.given}}}{{{found.family}}}\tagline{{{found.jobs[0].what}}}",
                rf"\socialinfo{{\smartphone{{+1 555 0100}}\email{{{found.email}}}\address{{{found.town}}}}}",
                r"\begin{document}\makecvheader",
                rf"\makecvfooter{{\textsc{{\today}}}}{{\textsc{{{found.given} {found.family} - CV}}}}{{\thepage}}",
                rf"\sectionTitle{{{skills}}}{{\faTasks}}\begin{{keywords}}{known}\end{{keywords}}",
                rf"\sectionTitle{{{work}}}{{\faSuitcase}}\begin{{experiences}}",
                *map(entry, found.jobs),
                r"\end{experiences}",
                rf"\sectionTitle{{{school}}}{{\faMortarBoard}}\begin{{scholarship}}{studied}\end{{scholarship}}",
                r"\end{document}",
            ]
        )

    return written


PUBLISHED = (
    *(
        Class(
            name="Friggeri CV",
            source="the LaTeX class friggeri-cv of Adrien Friggeri (MIT), rendered with free fonts",
            written=friggeri(option),
            engine="xelatex",
        )
        for option in ("", "print", "a4paper")
    ),
    *(
        Class(
            name="Developer CV",
            source="the LaTeX class developercv 1.0 of LaTeXTemplates.com (MIT), rendered",
            written=developer(size, paper),
            engine="pdflatex",
        )
        for size, paper in ((9, "a4paper"), (9, "letterpaper"), (10, "a4paper"))
    ),
    *(
        Class(
            name="YAAC Another Awesome CV",
            source="the LaTeX class yaac-another-awesome-cv 2.3.1 of Christophe Roger (LPPL 1.3c), rendered",
            written=yaac(options),
            engine="xelatex",
        )
        for options in ("10pt", "11pt,red", "10pt,alternative,green,compact")
    ),
)
"""What is rendered; several variants of one name are several looks."""
