"""PDF → rows and facts: pikepdf looks at the structure first, then a backend reads the characters."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from forensics.documents.backends import Backends, encrypted
from forensics.documents.document import Box, Fact, Hidden, Problem
from forensics.documents.facts import bounded
from forensics.documents.facts_pdf import pdf_facts
from forensics.documents.lines import page_rows
from forensics.documents.looking import Looker
from forensics.documents.page import Page
from forensics.documents.rows import Row
from forensics.documents.seen import Seen, seen_rows
from forensics.documents.sketch import Sketch
from forensics.errors import ReadError
from forensics.settings import Settings

_INFO = (
    "Producer",
    "Creator",
    "Author",
    "Title",
    "Subject",
    "Keywords",
    "CreationDate",
    "ModDate",
    "Company",
)
_NAMES = {"CreationDate": "created", "ModDate": "modified"}
_ACTIVE = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia", "/GoToE")
_NESTED = 50  # actions inside one another that are looked into; what is deeper is told as active


def read_pdf(
    data: bytes,
    limits: Settings,
    rendering: Callable[[], None] = lambda: None,
    seen: Mapping[int, Sequence[Seen]] = MappingProxyType({}),
    sketch: Sketch | None = None,
) -> tuple[list[Row], list[Fact], list[Problem], int, list[Hidden] | None]:
    """Rows, facts, problems, the number of pages and the hidden text of a PDF.

    ``rendering`` is called before the first page is rendered; hidden text is ``None`` when no page was.
    ``seen`` are the words that a program has read in the pictures of pages without text, by page.
    ``sketch`` looks at every page with text.
    Raises :class:`~forensics.errors.ReadError` ``encrypted``, ``damaged`` or ``no_text``.
    """
    facts, problems = _structure(data, limits)
    looker = Looker(limits, rendering) if limits.hidden else None
    rows, pages, more = _characters(data, limits, problems, looker, seen, sketch)
    facts += more
    if not any(char.isalnum() for row in rows for char in row.text):
        raise ReadError(
            "no_text",
            "No page holds text, only pictures of it: install tesseract-ocr or run OCR over the file, or ask for "
            "the original.",
        )
    hidden = None
    if looker is not None:
        hidden, more, late = looker.result(rows)
        facts += more
        problems += late
    return rows, facts, problems, pages, hidden


def _structure(data: bytes, limits: Settings) -> tuple[list[Fact], list[Problem]]:
    """Facts and problems from the file's objects; nothing is decoded but strings."""
    import pikepdf

    facts: list[Fact] = []
    problems: list[Problem] = []
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            facts += _info(pdf)
            active = sorted(set(_active(pdf)))
            links, cut = _links(pdf, limits)
            facts += links
            problems += cut
            more, cut = pdf_facts(pdf, data, limits)
            facts += more
            problems += cut
    except pikepdf.PasswordError:
        raise encrypted() from None
    except Exception as wrong:  # a damaged structure need not keep pdfium from reading the text
        if isinstance(wrong, MemoryError):
            raise
        return facts, problems
    if active:
        problems.append(
            _problem(
                "active_content",
                f"The file carries active content ({', '.join(active)}); it was not run. Do not open the "
                "file in a viewer that runs it.",
            )
        )
    return facts, problems


def _problem(code: str, message: str) -> Problem:
    return Problem(code=code, message=message)


def _info(pdf: Any) -> Iterator[Fact]:
    info = pdf.trailer.get("/Info")
    if info is None or not hasattr(info, "keys"):
        return
    for key in sorted(_INFO):
        value = info.get(f"/{key}")
        if value is None:
            continue
        yield from bounded(f"pdf.{_NAMES.get(key, key.lower())}", str(value), f"Info/{key}")


def _active(pdf: Any) -> Iterator[str]:
    root = pdf.Root
    names = root.get("/Names")
    if hasattr(names, "keys"):
        if "/JavaScript" in names:
            yield "JavaScript"
        if "/EmbeddedFiles" in names:
            yield "EmbeddedFiles"
    if hasattr(root.get("/AcroForm"), "keys") and "/XFA" in root["/AcroForm"]:
        yield "XFA"
    # every action anywhere in the file: an object with /S, met once, however it is reached
    for item in pdf.objects:
        yield from _actions(item, 0)


def _actions(item: Any, depth: int) -> Iterator[str]:
    import pikepdf

    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return
    if depth > _NESTED:
        yield f"more than {_NESTED} actions inside one another"
        return
    kind = item.get("/S")
    if isinstance(kind, pikepdf.Name) and str(kind) in _ACTIVE:
        yield str(kind)[1:]
    if item.get("/Subtype") in ("/RichMedia", "/FileAttachment"):
        yield str(item.get("/Subtype"))[1:]
    for key in ("/A", "/AA", "/OpenAction", "/Next"):
        child = item.get(key)
        if not isinstance(child, pikepdf.Dictionary):
            continue
        inner = [value for _, value in child.items()] if key == "/AA" else [child]
        for action in inner:
            yield from _actions(action, depth + 1)


def _links(pdf: Any, limits: Settings) -> tuple[list[Fact], list[Problem]]:
    """The links of the pages that are read, and what of them was beyond the limits."""
    import pikepdf

    found: list[Fact] = []
    problems: list[Problem] = []
    count = 0
    for number, page in enumerate(pdf.pages[: limits.max_pages], 1):
        listed = page.obj.get("/Annots")
        annotations = len(listed) if isinstance(listed, pikepdf.Array) else 0
        if annotations > limits.max_page_objects:
            problems.append(
                _problem(
                    "too_large",
                    f"Page {number} has {annotations} annotations; links were looked for among the first "
                    f"{limits.max_page_objects}. Set FORENSICS_MAX_PAGE_OBJECTS to look at more.",
                )
            )
        for fact in _links_of(page, number, limits):
            count += fact.name == "link"
            if count > limits.max_links:
                said = f"The file has more than {limits.max_links} links; the first ones were noted. Set "
                problems.append(_problem("too_large", f"{said}FORENSICS_MAX_LINKS to note more."))
                return found, problems
            found.append(fact)
    return found, problems


def _links_of(page: Any, number: int, limits: Settings) -> Iterator[Fact]:
    import pikepdf

    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return
    shown = None
    for index in range(min(len(annotations), limits.max_page_objects)):
        item = annotations[index]
        action = item.get("/A") if isinstance(item, pikepdf.Dictionary) else None
        uri = action.get("/URI") if isinstance(action, pikepdf.Dictionary) else None
        if uri is None:
            continue
        shown = shown or _frame(page)
        box = _box(item.get("/Rect"), shown)
        for fact in bounded("link", str(uri), f"page {number}"):
            yield replace(fact, page=number, bbox=box)


def _frame(page: Any) -> tuple[float, float, float, float, int]:
    left, low, right, high = (float(value) for value in page.cropbox)
    return (
        min(left, right),
        min(low, high),
        max(left, right),
        max(low, high),
        int(page.obj.get("/Rotate", 0)) // 90 % 4,
    )


def _box(rect: Any, frame: tuple[float, float, float, float, int]) -> Box | None:
    try:
        xs, ys = [float(rect[0]), float(rect[2])], [float(rect[1]), float(rect[3])]
    except (TypeError, ValueError, IndexError):
        return None
    left, low, right, high, turn = frame
    if turn == 0:
        xs, ys = [x - left for x in xs], [high - y for y in ys]
    elif turn == 1:
        xs, ys = [y - low for y in ys], [x - left for x in xs]
    elif turn == 2:
        xs, ys = [right - x for x in xs], [y - low for y in ys]
    else:
        xs, ys = [high - y for y in ys], [right - x for x in xs]
    return round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2)


def _characters(
    data: bytes,
    limits: Settings,
    problems: list[Problem],
    looker: Looker | None,
    seen: Mapping[int, Sequence[Seen]],
    sketch: Sketch | None,
) -> tuple[list[Row], int, list[Fact]]:
    """Rows, the number of pages, and which other backend read which pages."""
    rows: list[Row] = []
    empty: list[int] = []
    with Backends(data, limits) as backends:
        count = backends.pages
        if count > limits.max_pages:
            problems.append(
                _problem(
                    "too_many_pages",
                    f"The file has {count} pages; the first {limits.max_pages} were read. Set "
                    "FORENSICS_MAX_PAGES to read more.",
                )
            )
        for number in range(1, min(count, limits.max_pages) + 1):
            page = backends.page(number, looker)
            if page is None:
                continue
            block = rows[-1].block + 1 if rows else 0
            if not len(page):
                empty.append(number)
                rows += seen_rows(seen.get(number, ()), number, block)
            else:
                problems += _left_out(page, limits)
                rows += page_rows(page, block)
                if sketch is not None:
                    sketch.page(page)
        if backends.unread:
            said = f"Pages that could not be read: {_numbers(backends.unread)}. Ask for the file again."
            problems.append(_problem("damaged", said))
        pictures = [number for number in empty if number in backends.pictured or number in seen]
        if pictures:
            problems.append(_scanned(pictures, seen))
        return rows, count, backends.facts


def _scanned(pages: list[int], seen: Mapping[int, Sequence[Seen]]) -> Problem:
    read = [number for number in pages if seen.get(number)]
    unread = [number for number in pages if not seen.get(number)]
    said = (
        [f"Pages that are pictures were read by OCR (Tesseract), with its mistakes: {_numbers(read)}."]
        if read
        else []
    )
    if unread:
        said.append(
            f"Pages that are pictures and were not read: {_numbers(unread)}. Look at them, install tesseract-ocr, "
            "or set FORENSICS_OCR_PAGES higher."
        )
    return _problem("no_text", " ".join(said))


def _left_out(page: Page, limits: Settings) -> Iterator[Problem]:
    """What of a page was beyond the limits."""
    if page.cut:
        yield _problem(
            "too_large",
            f"Page {page.number} has {len(page) + page.cut} characters; the first "
            f"{limits.max_page_chars} were read. Set FORENSICS_MAX_PAGE_CHARS to read more.",
        )
    if page.unseen:
        yield _problem(
            "too_large",
            f"Page {page.number} has at least {limits.max_page_objects + page.unseen} drawn objects; list "
            f"marks, tables and hidden text were looked for among the first {limits.max_page_objects}. Set "
            "FORENSICS_MAX_PAGE_OBJECTS to look at more.",
        )


def _numbers(pages: list[int]) -> str:
    shown = ", ".join(str(page) for page in pages[:10])
    return shown + (f" and {len(pages) - 10} more" if len(pages) > 10 else "")


def looks_like_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF: its mark within the first kilobyte, as viewers look for it."""
    at = data.find(b"%PDF-", 0, 1024 + 5)
    return at == 0 or (at > 0 and re.search(rb"\d+ \d+ obj\b", data) is not None)
