"""The synthetic texts as text PDFs, for benchmarks of speed.

``python -m generated.pdf FOLDER [--seed 1] [--documents 200] [--pages 2]`` from ``tests/benchmarks``. The
files say what the text files say; they are long enough to fill the pages asked for by further jobs of the
same person, so they are no test of wording.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from .applicants import application
from .render import render

_PLAIN = str.maketrans({"▪": "•", "➢": "•", "\t": " "})


def write_pdf(text: str, path: Path) -> int:
    """Write ``text`` to a letter-size PDF with 10 point type; returns the number of pages."""
    from reportlab.lib.pagesizes import LETTER
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    width, height = LETTER
    canvas = Canvas(str(path), pagesize=LETTER, invariant=1)
    left, top, pages = 54.0, height - 54, 1
    canvas.setFont("Helvetica", 10)
    for line in text.translate(_PLAIN).splitlines():
        indent = left + 2.8 * (len(line) - len(line.lstrip()))
        for part in simpleSplit(line.strip(), "Helvetica", 10, width - indent - 54) or [""]:
            if top < 54:
                canvas.showPage()
                canvas.setFont("Helvetica", 10)
                top, pages = height - 54, pages + 1
            canvas.drawString(indent, top, part)
            top -= 12.5
    canvas.save()
    return pages


def write(folder: Path, seed: int, n_documents: int, pages: int) -> None:
    """Write ``n_documents`` PDFs of exactly ``pages`` pages each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(n_documents):
        made = application(seed, number, kind="resume")
        lines = render(made.document)[0].splitlines()
        more = 0
        while len(lines) < 50 * pages - 20:
            more += 1
            extra = render(application(seed, 1_000_000 * more + number, kind="resume").document)[0]
            lines += ["", *extra.splitlines()[8:]]
        path = folder / made.file.replace(".txt", ".pdf")
        while write_pdf("\n".join(lines), path) > pages:
            lines = lines[:-3]


def main() -> None:
    """Write PDFs as the arguments say."""
    words = argparse.ArgumentParser(description="Write synthetic résumés as PDF.")
    words.add_argument("folder", type=Path)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--documents", type=int, default=200)
    words.add_argument("--pages", type=int, default=2)
    asked = words.parse_args()
    write(asked.folder, asked.seed, asked.documents, asked.pages)


if __name__ == "__main__":
    main()
