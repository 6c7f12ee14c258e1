"""Pictures of pages → words, by Tesseract where it is installed: a program of its own, with limits."""

from __future__ import annotations

import csv
import io
import math
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from forensics.documents.document import Document, Problem, Unreadable
from forensics.documents.limited import Failed, run_limited
from forensics.documents.pictures import Picture
from forensics.documents.seen import Seen
from forensics.settings import Settings, settings

WIDTH = 1700
"""Pixels of a picture: 200 an inch on a Letter page."""

_SECONDS = 30
_MEMORY = 2 * 2**30
_SURE = 30.0  # percent: what Tesseract is less sure of is mostly a line or a stain


def tesseract(limits: Settings) -> str | None:
    """The path of the program, ``None`` where it is not installed or ``FORENSICS_OCR=0``."""
    return None if limits.ocr == "0" else shutil.which("tesseract")


def read_picture(
    picture: Picture, program: str, limits: Settings, *, layout: int = 3, seconds: int = _SECONDS
) -> tuple[Seen, ...]:
    """The words in the picture of a page or of a part of it, in the order of Tesseract.

    ``layout`` is Tesseract's page segmentation mode: 3 looks for columns, 6 takes the picture for one block of
    lines. ``seconds`` are of CPU and on the clock. Raises :class:`~forensics.documents.limited.Failed`.
    """
    scale = picture.pixels[0] / picture.points[0]
    words = [
        program,
        "stdin",
        "stdout",
        "-l",
        limits.ocr_languages,
        "--dpi",
        str(max(70, round(72 * scale))),
        "--psm",
        str(layout),
        "tsv",
    ]
    said = run_limited(words, given=picture.png, seconds=seconds, memory=_MEMORY)
    return tuple(_words(said.decode("utf-8", "replace"), scale))


def _words(said: str, scale: float) -> list[Seen]:
    found: list[Seen] = []
    for row in csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE):
        try:
            sure, block, paragraph, line = (
                float(row["conf"]), int(row["block_num"]), int(row["par_num"]), int(row["line_num"])
            )  # fmt: skip
            left, top, wide, high = (float(row[name]) / scale for name in ("left", "top", "width", "height"))
        except (KeyError, TypeError, ValueError):
            continue
        text = (row.get("text") or "").strip()
        if not text or sure < _SURE or not all(map(math.isfinite, (left, top, wide, high))):
            continue
        found.append(
            Seen(
                text=text, block=block, line=paragraph * 10_000 + line, x0=left, top=top, x1=left + wide,
                bottom=top + high, sure=sure,
            )
        )  # fmt: skip
    return found


def with_ocr(
    found: Document | Unreadable,
    data: bytes,
    draw: Callable[..., tuple[Picture, ...] | Problem],
    again: Callable[[Mapping[int, Sequence[Seen]]], Document | Unreadable],
) -> Document | Unreadable:
    """``found`` as it is, or read anew with the words that Tesseract finds on its pages without text.

    ``draw`` makes pictures of pages, as :meth:`Reader.render` does; ``again`` reads the file with those words.
    """
    limits = settings()
    program = tesseract(limits)
    pages = _pages(found, data, limits)
    if program is None or not pages:
        return found
    pictures = draw(data, pages, width=WIDTH)
    if isinstance(pictures, Problem):
        return found
    seen: dict[int, tuple[Seen, ...]] = {}
    failed = False
    for picture in pictures:
        try:
            seen[picture.page] = read_picture(picture, program, limits)
        except Failed:
            seen[picture.page] = ()
            failed = True
    if any(seen.values()):
        return again(seen)
    return found if failed else _read_nothing(found)


def _read_nothing(found: Document | Unreadable) -> Document | Unreadable:
    """``found``, whose problem no longer advises to install what has read its pages in vain."""
    if not isinstance(found, Unreadable):
        return found
    said = (
        "No page holds text, and OCR reads none in its pictures: look at it by hand, or ask for the original."
    )
    problems = (replace(each, message=said) if each.code == "no_text" else each for each in found.problems)
    return replace(found, problems=tuple(problems))


def _pages(found: Document | Unreadable, data: bytes, limits: Settings) -> list[int]:
    """The pages of a PDF that may be pictures of text, at most ``FORENSICS_OCR_PAGES``."""
    if b"%PDF-" not in data[:1029] or not any(each.code == "no_text" for each in found.problems):
        return []
    if isinstance(found, Unreadable):
        return list(range(1, limits.ocr_pages + 1))
    read = {line.page for line in found.lines}
    return [page for page in range(1, min(found.pages, limits.max_pages) + 1) if page not in read][
        : limits.ocr_pages
    ]
