"""Layouts → files: every writer that is installed here renders its layouts into a folder, once."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import drawn, office, typed, web
from .sheet import sheet

TWO_COLUMNS = {
    *web.TWO, *office.TWO, "columns", "side-panel", "side-right", "twocolumn", "two-ragged", "side-three", "ms-two",
    "two-frames", "columns-three", "three-columns",
}  # fmt: skip
"""Layouts with columns side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One rendered file; ``streams`` are the texts of each column in reading order."""

    path: Path
    writer: str
    layout: str
    streams: list[list[str]]

    @property
    def columns(self) -> bool:
        """Whether columns stand side by side."""
        return self.layout in TWO_COLUMNS


def rendered(folder: Path) -> tuple[list[Layout], list[str]]:
    """The layouts of every writer, and the writers that are not installed. Files that are there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    found: list[Layout] = []
    missing: list[str] = []
    for writer, (program, make) in WRITERS.items():
        if program is not None and shutil.which(program) is None:
            missing.append(writer)
            continue
        try:
            found += make(folder, writer)
        except ImportError:
            missing.append(writer)
    return found, missing


def _one(
    folder: Path, writer: str, layout: str, suffix: str, make: Callable[[Path], list[list[str]]]
) -> Layout:
    path = folder / f"{writer}-{layout}{suffix}"
    truth = path.with_suffix(path.suffix + ".json")
    if not (path.exists() and truth.exists()):
        streams = make(path)
        truth.write_text(json.dumps(streams, ensure_ascii=False), encoding="utf-8")
    return Layout(
        path=path, writer=writer, layout=layout, streams=json.loads(truth.read_text(encoding="utf-8"))
    )


def _seed(writer: str, layout: str) -> int:
    return sum((at + 1) * byte for at, byte in enumerate(f"{writer} {layout}".encode())) % 1000


def _run(*words: str | Path, cwd: Path | None = None) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True, timeout=180, cwd=cwd)


def _html(command: Callable[[Path, Path], None]) -> Callable[[Path, str], Iterator[Layout]]:
    def make(folder: Path, writer: str) -> Iterator[Layout]:
        for layout in web.STYLES:
            if writer == "wkhtmltopdf" and layout in ("footer-rotated", "arabic"):
                continue

            def write(path: Path, layout: str = layout) -> list[list[str]]:
                html, streams = web.page(
                    sheet(_seed(writer, layout), jobs=5 if "long" in layout else 3), layout
                )
                with tempfile.TemporaryDirectory() as place:
                    source = Path(place) / "page.html"
                    source.write_text(html, encoding="utf-8")
                    command(source, path)
                return streams

            yield _one(folder, writer, layout, ".pdf", write)

    return make


def _chromium(source: Path, path: Path) -> None:
    _run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={path}",
         f"--user-data-dir={source.parent / 'profile'}", source.as_uri())  # fmt: skip


def _weasyprint(source: Path, path: Path) -> None:
    from weasyprint import HTML

    HTML(str(source)).write_pdf(str(path))


def _wkhtmltopdf(source: Path, path: Path) -> None:
    _run("wkhtmltopdf", "-q", "-s", "Letter", source, path)


def _typst(folder: Path, writer: str) -> Iterator[Layout]:
    import typst

    def write(path: Path, layout: str) -> list[list[str]]:
        source, streams = typed.typst(sheet(_seed(writer, layout)), layout)
        path.write_bytes(typst.compile(source.encode()))
        return streams

    for layout in typed.TYPST:
        yield _one(folder, writer, layout, ".pdf", lambda path, layout=layout: write(path, layout))


def _latex(folder: Path, writer: str) -> Iterator[Layout]:
    def write(path: Path, layout: str) -> list[list[str]]:
        source, streams = typed.latex(sheet(_seed(writer, layout)), layout)
        with tempfile.TemporaryDirectory() as place:
            (Path(place) / "page.tex").write_text(source, encoding="utf-8")
            _run("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page.tex", cwd=Path(place))
            path.write_bytes((Path(place) / "page.pdf").read_bytes())
        return streams

    for layout in typed.LATEX:
        yield _one(folder, writer, layout, ".pdf", lambda path, layout=layout: write(path, layout))


def _groff(folder: Path, writer: str) -> Iterator[Layout]:
    def write(path: Path, layout: str) -> list[list[str]]:
        source, streams = typed.groff(sheet(_seed(writer, layout)), layout)
        with tempfile.TemporaryDirectory() as place:
            made = Path(place) / "page.ms"
            made.write_text(source, encoding="utf-8")
            done = subprocess.run(
                ["groff", "-k", "-ms", "-Tpdf", str(made)], check=True, capture_output=True, timeout=60
            )
            path.write_bytes(done.stdout)
        return streams

    for layout in typed.GROFF:
        yield _one(folder, writer, layout, ".pdf", lambda path, layout=layout: write(path, layout))


def _library(
    make: Callable[..., tuple[bytes, list[list[str]]]], layouts: tuple[str, ...], suffix: str = ".pdf"
) -> Callable[[Path, str], Iterator[Layout]]:
    def all_of(folder: Path, writer: str) -> Iterator[Layout]:
        def write(path: Path, layout: str) -> list[list[str]]:
            data, streams = make(sheet(_seed(writer, layout)), layout)
            path.write_bytes(data)
            return streams

        for layout in layouts:
            yield _one(folder, writer, layout, suffix, lambda path, layout=layout: write(path, layout))

    return all_of


def _office(folder: Path, writer: str) -> Iterator[Layout]:
    """The DOCX layouts, printed from DOCX or, by way of ODT, from that."""
    by_odt = writer.endswith("odt")
    wanted = office.LAYOUTS[::2] if by_odt else office.LAYOUTS
    for layout in wanted:

        def write(path: Path, layout: str = layout) -> list[list[str]]:
            data, streams = office.docx(sheet(_seed(writer, layout)), layout)
            with tempfile.TemporaryDirectory() as place:
                source = Path(place) / f"{path.stem}.docx"
                source.write_bytes(data)
                start = [
                    "soffice",
                    "--headless",
                    f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}",
                ]
                if by_odt:
                    _run(*start, "--convert-to", "odt", "--outdir", place, source)
                    source = source.with_suffix(".odt")
                _run(*start, "--convert-to", "pdf", "--outdir", path.parent, source)
            return streams

        yield _one(folder, writer, layout, ".pdf", write)


WRITERS: dict[str, tuple[str | None, Callable[[Path, str], Iterator[Layout]]]] = {
    "python-docx": (None, _library(office.docx, office.LAYOUTS, ".docx")),
    "reportlab": (None, _library(drawn.with_reportlab, drawn.REPORTLAB)),
    "fpdf2": (None, _library(drawn.with_fpdf, drawn.FPDF)),
    "typst": (None, _typst),
    "pdflatex": ("pdflatex", _latex),
    "groff": ("groff", _groff),
    "weasyprint": (None, _html(_weasyprint)),
    "wkhtmltopdf": ("wkhtmltopdf", _html(_wkhtmltopdf)),
    "chromium": ("chromium", _html(_chromium)),
    "libreoffice-docx": ("soffice", _office),
    "libreoffice-odt": ("soffice", _office),
}
"""Name of the writer → the program it needs, and what renders its layouts."""
