"""Every template, every person, two writers each; and files by chance among which they are searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import writers
from .design import DOCX, HTML, TEX, TYPST, chance_design, person

PERSONS = 8
"""People a template and writer; each has a page size and a length of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One file: its template (``None`` for a file by chance), writer and person."""

    path: Path
    template: str | None
    writer: str
    person: int


def templated(folder: Path) -> list[Made]:
    """The files of known templates; those that are in ``folder`` already are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [*_html(folder), *_typst(folder), *_tex(folder), *_docx(folder)]
    return [each for each in made if each.path.suffix != ".tmp"]


def by_chance(folder: Path, count: int) -> list[Made]:
    """``count`` files of designs by chance, each by another person: a third each drawn, by Typst, and DOCX."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number in range(count):
        kind = ("drawn", "typst", "docx")[number % 3]
        path = folder / f"chance-{number:04d}.{'docx' if kind == 'docx' else 'pdf'}"
        if not path.exists():
            make: writers.Maker = getattr(writers, kind)
            path.write_bytes(make(chance_design(number), person(5_000 + number), _paper(number)))
        found.append(Made(path=path, template=None, writer=kind, person=5_000 + number))
    return found


def _paper(number: int) -> str:
    return ("a4", "letter")[number % 2]


def _each(
    folder: Path, names: Iterator[str] | list[str], writer: str, suffix: str = ".pdf"
) -> Iterator[Made]:
    for at, name in enumerate(names):
        for number in range(PERSONS):
            who = 100 * at + number + (50 if writer in ("chromium", "printed", "docx") else 0)
            yield Made(
                path=folder / f"{name}-{writer}-{number}{suffix}", template=name, writer=writer, person=who
            )


def _html(folder: Path) -> Iterator[Made]:
    for writer in ("weasyprint", "chromium"):
        for each in _each(folder, list(HTML), writer):
            if not each.path.exists():
                source = writers.html(HTML[each.template or ""], person(each.person), _paper(each.person))
                getattr(writers, writer)(source, each.path)
            yield each


def _typst(folder: Path) -> Iterator[Made]:
    for writer in ("typst", "printed"):
        for each in _each(folder, list(TYPST), writer):
            if not each.path.exists():
                data = writers.typst(
                    TYPST[each.template or ""], person(300 + each.person), _paper(each.person)
                )
                _once_more(data, each, writer)
            yield each


def _tex(folder: Path) -> Iterator[Made]:
    for writer in ("pdflatex", "printed"):
        for each in _each(folder, list(TEX), writer):
            if not each.path.exists():
                source = writers.latex(
                    TEX[each.template or ""], person(600 + each.person), _paper(each.person)
                )
                writers.pdflatex(source, each.path)
                if writer == "printed":
                    _once_more(each.path.read_bytes(), each, writer)
            yield each


def _once_more(data: bytes, each: Made, writer: str) -> None:
    each.path.write_bytes(data)
    if writer == "printed":
        first = each.path.rename(each.path.with_suffix(".tmp"))
        writers.printed_again(first, each.path)
        first.unlink()


def _docx(folder: Path) -> Iterator[Made]:
    for writer in ("docx", "libreoffice"):
        wanted = list(_each(folder, list(DOCX), writer, ".docx"))
        for each in wanted:
            if not each.path.exists():
                design = DOCX[each.template or ""]
                each.path.write_bytes(writers.docx(design, person(900 + each.person), _paper(each.person)))
        if writer == "docx":
            yield from wanted
            continue
        lacking = [each.path for each in wanted if not each.path.with_suffix(".pdf").exists()]
        if lacking:
            writers.libreoffice(folder, lacking)
        for each in wanted:
            yield Made(
                path=each.path.with_suffix(".pdf"), template=each.template, writer=writer, person=each.person
            )
