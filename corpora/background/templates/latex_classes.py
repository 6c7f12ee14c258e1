"""LaTeX classes for résumés, filled with an invented person: moderncv, europasscv and Awesome-CV, in usual variants."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from persons import Person, Post

Source = Callable[[Person], str]

_MAPS = ("fontawesome5", "cm-super-t1", "cm-super-ts1", "marvosym", "academicons")
_COLOURS = ("blue", "blue", "black", "green", "red", "grey")
_AWESOME = ("red", "red", "skyblue", "emerald", "orange", "concrete")


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """A class in one of its usual variants: its public name, where it is from, what writes a source, what sets it.

    ``persons`` say how many invented persons its look is made of.
    """

    name: str
    source: str
    written: Source
    engine: str
    persons: int = 6


def items(points: Iterable[str], *, name: str = "itemize") -> str:
    """A list of points; nothing where there are none."""
    said = "\n".join(r"\item " + each for each in points)
    return f"\\begin{{{name}}}\n{said}\n\\end{{{name}}}" if said else ""


def _chosen(found: Person, among: tuple[str, ...]) -> str:
    return random.Random(f"colour of {found}").choice(among)


def moderncv(style: str, size: int, paper: str, scale: str) -> Source:
    """The class moderncv in one of its styles, in one of its colours."""

    def written(found: Person) -> str:
        work, school, skills = found.headings

        def entry(post: Post) -> str:
            dates = f"{post.begun}--{post.ended}"
            said = items(post.points)
            return rf"\cventry{{{dates}}}{{{post.what}}}{{{post.where}}}{{{post.town}}}{{}}{{{said}}}"

        return "\n".join(
            [
                rf"\documentclass[{size}pt,{paper},sans]{{moderncv}}\usepackage[T1]{{fontenc}}\usepackage{{lmodern}}",
                rf"\moderncvstyle{{{style}}}\moderncvcolor{{{_chosen(found, _COLOURS)}}}",
                rf"\usepackage[{scale}]{{geometry}}",
                rf"\name{{{found.given}}}{{{found.family}}}\title{{{found.jobs[0].what}}}",
                rf"\address{{{found.town}}}{{}}{{}}\email{{{found.email}}}\phone[mobile]{{+1~(555)~0100}}",
                r"\begin{document}\makecvtitle",
                rf"\section{{{school}}}",
                *map(entry, found.schools),
                rf"\section{{{work}}}",
                *map(entry, found.jobs),
                rf"\section{{{skills}}}",
                *(rf"\cvitem{{{each}}}{{in daily use}}" for each in found.skills),
                r"\end{document}",
            ]
        )

    return written


def europass(found: Person) -> str:
    """The class europasscv: the Europass of 2013."""
    work, school, skills = found.headings

    def entry(post: Post) -> str:
        said = items(post.points, name="ecvitemize")
        return (
            rf"\ecvtitle{{{post.begun} -- {post.ended}}}{{{post.what}}}"
            rf"\ecvitem{{}}{{{post.where}, {post.town}}}" + (rf"\ecvitem{{}}{{{said}}}" if said else "")
        )

    return "\n".join(
        [
            r"\documentclass[english,a4paper]{europasscv}",
            rf"\ecvname{{{found.given} {found.family}}}\ecvaddress{{{found.town}}}\ecvemail{{{found.email}}}",
            r"\ecvmobile{+1 555 0100}\begin{document}\begin{europasscv}\ecvpersonalinfo",
            rf"\ecvsection{{{work}}}",
            *map(entry, found.jobs),
            rf"\ecvsection{{{school}}}",
            *map(entry, found.schools),
            rf"\ecvsection{{{skills}}}",
            rf"\ecvblueitem{{Practical}}{{{', '.join(found.skills)}}}",
            r"\end{europasscv}\end{document}",
        ]
    )


def awesome(paper: str) -> Source:
    """The class awesome-cv, in one of its colours, with the margins that its examples have."""

    def written(found: Person) -> str:
        work, school, skills = found.headings

        def entry(post: Post) -> str:
            said = items(post.points, name="cvitems")
            dates = f"Mar. {post.begun} - Feb. {post.ended}"
            return rf"\cventry{{{post.what}}}{{{post.where}}}{{{post.town}}}{{{dates}}}{{{said}}}"

        def section(heading: str, posts: Iterable[Post]) -> str:
            entries = "\n".join(map(entry, posts))
            return rf"\cvsection{{{heading}}}\begin{{cventries}}{entries}\end{{cventries}}"

        listed = "\n".join(rf"\cvskill{{{each}}}{{in daily use, taught to others}}" for each in found.skills)
        return "\n".join(
            [
                rf"\documentclass[11pt, {paper}]{{awesome-cv}}",
                r"\geometry{left=1.4cm, top=.8cm, right=1.4cm, bottom=1.8cm, footskip=.5cm}",
                rf"\colorlet{{awesome}}{{awesome-{_chosen(found, _AWESOME)}}}",
                r"\setbool{acvSectionColorHighlight}{true}",
                rf"\name{{{found.given}}}{{{found.family}}}\position{{{found.jobs[0].what}}}",
                rf"\address{{{found.town}}}\mobile{{+1 555 0100}}\email{{{found.email}}}",
                r"\begin{document}\makecvheader[C]",
                rf"\makecvfooter{{\today}}{{{found.given} {found.family}}}{{\thepage}}",
                section(school, found.schools),
                rf"\cvsection{{{skills}}}\begin{{cvskills}}{listed}\end{{cvskills}}",
                section(work, found.jobs),
                r"\end{document}",
            ]
        )

    return written


CLASSES = (
    *(
        Class(
            name=f"moderncv {style}",
            source="the LaTeX class moderncv (LPPL 1.3c), rendered",
            written=moderncv(style, size, paper, f"scale={scale}"),
            engine="pdflatex",
            persons=3,
        )
        for style in ("classic", "casual", "banking", "oldstyle", "fancy")
        for size in (10, 11, 12)
        for paper in ("a4paper", "letterpaper")
        for scale in ((0.75, 0.8, 0.85, 0.9) if style in ("classic", "casual", "banking") else (0.75,))
    ),
    Class(
        name="Europass 2013",
        source="the LaTeX class europasscv (LPPL 1.3), rendered",
        written=europass,
        engine="pdflatex",
    ),
    *(
        Class(
            name="Awesome-CV",
            source="the LaTeX class awesome-cv (LPPL 1.3c) as PyPI awesomecv-jinja 0.1 has it, rendered",
            written=awesome(paper),
            engine="xelatex",
        )
        for paper in ("a4paper", "letterpaper")
    ),
)
"""What is rendered; several variants of one name are several looks."""


def latex(source: str, engine: str, folder: Path) -> bytes:
    """The PDF of a source, set twice in a folder that has the classes TeX lacks; Raises :class:`CalledProcessError`.

    A font that is missing and used nowhere is no error, and so batch mode goes on; a PDF that was not made is.
    """
    maps = "".join(rf"\pdfmapfile{{+{name}.map}}" for name in _MAPS) if engine == "pdflatex" else ""
    (folder / "page.tex").write_text(maps + "\n" + source, encoding="utf-8")
    (folder / "page.pdf").unlink(missing_ok=True)
    for _ in range(2):
        words = [engine, "-interaction=batchmode", "page.tex"]
        done = subprocess.run(words, cwd=folder, timeout=300, capture_output=True)
    if not (folder / "page.pdf").exists():
        raise subprocess.CalledProcessError(done.returncode, words, done.stdout)
    return (folder / "page.pdf").read_bytes()
