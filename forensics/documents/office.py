"""DOCX → pages, by LibreOffice where it is installed and wanted: where each passage stands when it is laid out."""

from __future__ import annotations

import re
import shutil
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from forensics.documents.document import Box, Document, Line, Passage, Problem, Unreadable
from forensics.documents.limited import Failed, run_limited
from forensics.documents.words import clean
from forensics.settings import settings

_SECONDS = 60
_MEMORY = 4 * 2**30
_SIZE = 100 * 2**20
_WORD = re.compile(r"\w+")
_GRAM = 3
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
</oor:items>
"""


def libreoffice() -> str | None:
    """The path of the program, ``None`` where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(data: bytes, program: str) -> bytes:
    """The PDF that LibreOffice makes of a DOCX, in a process of its own with a profile that is thrown away.

    Macros are off, links are not followed. Raises :class:`~forensics.documents.limited.Failed`.
    """
    with tempfile.TemporaryDirectory(prefix="forensics-") as place:
        folder = Path(place)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        (folder / "document.docx").write_bytes(data)
        words = [
            program, "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", "pdf:writer_pdf_Export", "--outdir", place, str(folder / "document.docx"),
        ]  # fmt: skip
        run_limited(
            words, folder=folder, seconds=_SECONDS, memory=_MEMORY, size=_SIZE,
            environment={"HOME": place, "TMPDIR": place, "SAL_USE_VCLPLUGIN": "svp"},
        )  # fmt: skip
        made = folder / "document.pdf"
        limit = settings().max_file
        if not made.is_file() or made.stat().st_size > limit:
            raise Failed("it made no PDF, or one that is too large")
        return made.read_bytes()


def laid_out(
    found: Document | Unreadable, data: bytes, read: Callable[[bytes], Document | Unreadable]
) -> Document | Unreadable:
    """A DOCX with pages and boxes, if ``FORENSICS_RENDER=1``; anything else as it is.

    ``read`` reads the PDF that LibreOffice makes. What went wrong becomes a problem ``not_rendered``.
    """
    if not settings().render or isinstance(found, Unreadable) or found.format != "docx":
        return found
    program = libreoffice()
    if program is None:
        return _unplaced(found, "LibreOffice is not installed: install it, or set FORENSICS_RENDER=0.")
    try:
        pages = read(to_pdf(data, program))
    except Failed as wrong:
        return _unplaced(found, f"LibreOffice failed ({wrong}).")
    if isinstance(pages, Unreadable):
        return _unplaced(found, "What LibreOffice made of it cannot be read.")
    return placed(found, pages)


def _unplaced(found: Document, why: str) -> Document:
    problem = Problem(
        code="not_rendered", message=f"The file was not laid out, so nothing has a page or box. {why}"
    )
    return replace(found, problems=(*found.problems, problem))


def placed(document: Document, pages: Document) -> Document:
    """``document`` with the places of its words on ``pages``, the same text laid out; what is not found has none."""
    words = _places(document.text, pages)

    def place(start: int, end: int) -> tuple[int | None, Box | None]:
        first = bisect_left(words, start, key=lambda word: word.end - 1)
        touched = []
        for word in words[first:]:
            if word.start >= end:
                break
            touched.append(word)
        if not touched:
            return None, None
        page = touched[0].page
        x0, top, x1, bottom = zip(*(word.box for word in touched if word.page == page), strict=True)
        return page, (round(min(x0), 2), round(min(top), 2), round(max(x1), 2), round(max(bottom), 2))

    lines: list[Line] = []
    for line in document.lines:
        page, box = place(line.start, line.end)
        lines.append(replace(line, page=page, bbox=box))
    passages: list[Passage] = []
    for passage in document.passages:
        page, box = place(passage.start, passage.end)
        passages.append(replace(passage, page=page, bbox=box))
    return replace(document, lines=tuple(lines), passages=tuple(passages), pages=pages.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a word ``[start, end)`` of the document stands."""

    start: int
    end: int
    page: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class _Printed:
    """A word on a page."""

    text: str
    page: int
    box: Box


def _places(text: str, pages: Document) -> list[_Place]:
    """The words of ``text`` that are found on ``pages``: runs of the same words, the longest way on first."""
    printed = _printed(pages)
    at: dict[tuple[str, ...], list[int]] = {}
    for index in range(len(printed)):
        for size in range(1, _GRAM + 1):
            gram = tuple(each.text for each in printed[index : index + size])
            if len(gram) == size:
                at.setdefault(gram, []).append(index)
    found: list[_Place] = []
    used = [False] * len(printed)
    cursor = 0
    words = [(match.start(), match.end(), _same(match[0])) for match in _WORD.finditer(text)]
    index = 0
    while index < len(words):
        stop = text.find("\n", words[index][0])
        stop = len(text) if stop < 0 else stop
        last = index + 1
        while last < len(words) and words[last][0] < stop and last - index < _GRAM:
            last += 1
        begin = _next(at.get(tuple(word for *_, word in words[index:last]), ()), cursor, used)
        if begin is None:
            index += 1
            continue
        while (
            index < len(words)
            and begin < len(printed)
            and words[index][2] == printed[begin].text
            and not used[begin]
        ):
            start, end, _ = words[index]
            found.append(_Place(start=start, end=end, page=printed[begin].page, box=printed[begin].box))
            used[begin] = True
            index, begin = index + 1, begin + 1
        cursor = begin
    return found


def _next(places: Sequence[int], cursor: int, used: Sequence[bool]) -> int | None:
    """The first place from ``cursor`` on that is free, else the first at all."""
    after = bisect_left(places, cursor)
    return next((place for place in (*places[after:], *places[:after]) if not used[place]), None)


def _printed(pages: Document) -> list[_Printed]:
    """The words of a PDF, each with its share of the box of its line; a word divided over two lines is one."""
    found: list[_Printed] = []
    for line, after in pairwise((*pages.lines, None)):
        if line is None or line.page is None or line.bbox is None:
            continue
        x0, top, x1, bottom = line.bbox
        length = max(1, line.end - line.start)
        glued = after is not None and after.start == line.end
        for match in _WORD.finditer(
            pages.text, line.start, after.end if after is not None and glued else line.end
        ):
            if match.start() >= line.end or (match.start() == line.start and _goes_on(pages, line)):
                continue
            before, rest = pages.text[line.start : match.start()], pages.text[match.end() : line.end]
            left = x0 + (x1 - x0) * (len(before) / length if _WORD.search(before) else 0.0)
            right = x1 - (x1 - x0) * (len(rest) / length if _WORD.search(rest) else 0.0)
            found.append(_Printed(text=_same(match[0]), page=line.page, box=(left, top, right, bottom)))
    return found


def _goes_on(pages: Document, line: Line) -> bool:
    """Whether a line begins with the rest of a word of the line before it."""
    return line.start > 0 and pages.text[line.start - 1].isalnum()


def _same(word: str) -> str:
    return clean(word).casefold()
