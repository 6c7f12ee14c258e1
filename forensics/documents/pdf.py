"""PDF → rows and facts. pikepdf looks at the structure first, pdfium reads the characters."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from forensics.documents.document import Box, Fact, Problem
from forensics.documents.lines import page_rows
from forensics.documents.page import read_page
from forensics.documents.rows import Row
from forensics.documents.words import clean
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
_MAX_LINKS = 2_000
_MAX_VALUE = 2_000


def read_pdf(data: bytes, limits: Settings) -> tuple[list[Row], list[Fact], list[Problem], int]:
    """Rows, facts, problems and the number of pages of a PDF.

    Raises :class:`~forensics.errors.ReadError` ``encrypted``, ``damaged`` or ``no_text``.
    """
    facts, problems = _structure(data, limits)
    rows, pages = _characters(data, limits, problems)
    if not any(char.isalnum() for row in rows for char in row.text):
        raise ReadError(
            "no_text",
            "No page holds text, only pictures of it: run OCR over the file, or ask for the original.",
        )
    return rows, facts, problems, pages


def _structure(data: bytes, limits: Settings) -> tuple[list[Fact], list[Problem]]:
    """Facts and problems from the file's objects; nothing is decoded but strings."""
    import pikepdf

    facts: list[Fact] = []
    problems: list[Problem] = []
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            facts += _info(pdf)
            active = sorted(set(_active(pdf)))
            for number, page in enumerate(pdf.pages[: limits.max_pages], 1):
                facts += _links(page, number)
                if len(facts) > _MAX_LINKS:
                    problems.append(_problem("too_large", f"Only the first {_MAX_LINKS} links were noted."))
                    break
    except pikepdf.PasswordError:
        raise _encrypted() from None
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


def _encrypted() -> ReadError:
    return ReadError("encrypted", "The PDF asks for a password: ask for a copy without one.")


def _info(pdf: Any) -> Iterator[Fact]:
    info = pdf.trailer.get("/Info")
    if info is None or not hasattr(info, "keys"):
        return
    for key in sorted(_INFO):
        value = info.get(f"/{key}")
        if value is None:
            continue
        text = clean(str(value))[:_MAX_VALUE].strip()
        if text:
            yield Fact(name=f"pdf.{_NAMES.get(key, key.lower())}", value=text, where=f"Info/{key}")


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

    if depth > 3 or not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
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


def _links(page: Any, number: int) -> Iterator[Fact]:
    import pikepdf

    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return
    shown = None
    for index in range(min(len(annotations), _MAX_LINKS)):
        item = annotations[index]
        action = item.get("/A") if isinstance(item, pikepdf.Dictionary) else None
        uri = action.get("/URI") if isinstance(action, pikepdf.Dictionary) else None
        if uri is None:
            continue
        shown = shown or _frame(page)
        yield Fact(
            name="link",
            value=str(uri)[:_MAX_VALUE].strip(),
            where=f"page {number}",
            page=number,
            bbox=_box(item.get("/Rect"), shown),
        )


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


def _characters(data: bytes, limits: Settings, problems: list[Problem]) -> tuple[list[Row], int]:
    import pypdfium2.raw as pdfium

    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise _encrypted()
        raise ReadError(
            "damaged",
            "The PDF is damaged or cut short: ask for it again, or open it and print it to a new PDF.",
        )
    try:
        return _pages(pdfium, document, limits, problems)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _pages(pdfium: Any, document: Any, limits: Settings, problems: list[Problem]) -> tuple[list[Row], int]:
    count = pdfium.FPDF_GetPageCount(document)
    if count > limits.max_pages:
        problems.append(
            _problem(
                "too_many_pages",
                f"The file has {count} pages; the first {limits.max_pages} were read. Set "
                "FORENSICS_MAX_PAGES to read more.",
            )
        )
    rows: list[Row] = []
    unread: list[int] = []
    for index in range(min(count, limits.max_pages)):
        handle = pdfium.FPDF_LoadPage(document, index)
        if not handle:
            unread.append(index + 1)
            continue
        try:
            page = read_page(handle, index + 1, limits)
        finally:
            pdfium.FPDF_ClosePage(handle)
        if page.cut:
            problems.append(
                _problem(
                    "too_large",
                    f"Page {index + 1} has {len(page) + page.cut} characters; the first "
                    f"{limits.max_page_chars} were read. Set FORENSICS_MAX_PAGE_CHARS to read more.",
                )
            )
        if page.unseen:
            problems.append(
                _problem(
                    "too_large",
                    f"Page {index + 1} has at least {limits.max_page_objects + page.unseen} drawn objects; list "
                    f"marks were looked for among the first {limits.max_page_objects}. Set "
                    "FORENSICS_MAX_PAGE_OBJECTS to look at more.",
                )
            )
        rows += page_rows(page, rows[-1].block + 1 if rows else 0)
    if unread:
        problems.append(
            _problem("damaged", f"Pages that could not be read: {_numbers(unread)}. Ask for the file again.")
        )
    return rows, count


def _numbers(pages: list[int]) -> str:
    shown = ", ".join(str(page) for page in pages[:10])
    return shown + (f" and {len(pages) - 10} more" if len(pages) > 10 else "")


def looks_like_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF: its mark within the first kilobyte, as viewers look for it."""
    at = data.find(b"%PDF-", 0, 1024 + 5)
    return at == 0 or (at > 0 and re.search(rb"\d+ \d+ obj\b", data) is not None)
