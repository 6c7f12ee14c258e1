"""Which library reads the characters of a PDF: pdfium or pdfplumber, and each for the other where that is better."""

from __future__ import annotations

from typing import Any, Self

from forensics.documents.document import Fact
from forensics.documents.facts import CUT
from forensics.documents.looking import Looker
from forensics.documents.page import Page, read_page
from forensics.documents.plumber import CHECK_SECONDS, Late, Plumber, is_doubtful, legible, within
from forensics.errors import ReadError
from forensics.settings import Settings

_IMAGE, _FORM = 3, 5  # pdfium's kinds of page objects


def encrypted() -> ReadError:
    """The error of a file that asks for a password."""
    return ReadError("encrypted", "The PDF asks for a password: ask for a copy without one.")


class Backends:
    """The pages of one PDF; a context manager.

    With ``FORENSICS_PDF_BACKEND=pdfium`` pdfium reads, and pdfplumber is asked as well about pages where pdfium
    finds no text or more than 5 % of letters it cannot name, and about files that pdfium refuses: of the two the
    one that reads more letters is believed, and ``facts`` say so (``pdf.read_by``). With ``pdfplumber`` it is the
    other way around, but for time: pdfium is asked about pages that pdfplumber cannot read. ``unread`` are the
    pages that neither reads, ``pictured`` those without text that show a picture.
    """

    def __init__(self, data: bytes, limits: Settings) -> None:
        self.facts: list[Fact] = []
        self.unread: list[int] = []
        self.pictured: set[int] = set()
        self._data = data
        self._limits = limits
        self._first = limits.pdf_backend == "pdfplumber"
        self._plumber: Plumber | None = None
        self._asked = False
        self._document: Any = None

    def __enter__(self) -> Self:
        """Raises :class:`~forensics.errors.ReadError` ``encrypted`` or ``damaged``."""
        import pypdfium2.raw as pdfium

        pdfium.FPDF_InitLibrary()
        self._document = pdfium.FPDF_LoadMemDocument64(self._data, len(self._data), None)
        refused = not self._document
        if refused and pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise encrypted()
        try:
            if self._first:
                self._asked, self._plumber = True, Plumber(self._data, self._limits)
        except ReadError:
            if refused:
                raise
        if refused and (self._other() is None or not len(self._plumber or ())):
            raise ReadError(
                "damaged",
                "The PDF is damaged or cut short: ask for it again, or open it and print it to a new PDF.",
            )
        return self

    def __exit__(self, *_: object) -> None:
        import pypdfium2.raw as pdfium

        if self._document:
            pdfium.FPDF_CloseDocument(self._document)
        if self._plumber is not None:
            self._plumber.__exit__()

    @property
    def pages(self) -> int:
        """How many there are."""
        import pypdfium2.raw as pdfium

        if self._document:
            return max(0, int(pdfium.FPDF_GetPageCount(self._document)))
        return len(self._plumber or ())

    def page(self, number: int, looker: Looker | None) -> Page | None:
        """The page ``number`` (from 1), which ``looker`` has looked at; ``None`` where none can be read."""
        mine = self._by_pdfium(number, looker)
        if self._first and self._plumber is not None:
            other = self._plumber.page(number)
            if other is None and mine is not None:
                self._note("pdfium", number)
            found = mine if other is None else other
        elif mine is None or is_doubtful(mine):
            found = self._better(mine, number)
        else:
            found = mine
        if found is None:
            self.unread.append(number)
        return found

    def _better(self, mine: Page | None, number: int) -> Page | None:
        """The page as pdfplumber reads it, if that is more than pdfium does."""
        other = self._other()
        if other is None:
            return mine
        try:
            with within(min(CHECK_SECONDS, self._limits.read_cpu / 5)):
                page = other.page(number)
        except (Late, RecursionError):
            self._close()  # one such page is enough
            self._stopped(f"page {number}")
            return mine
        if page is None or (mine is not None and legible(page) <= 1.1 * legible(mine)):
            return mine
        self._note("pdfplumber", number)
        return page

    def _other(self) -> Plumber | None:
        if not self._asked:
            self._asked = True
            try:
                with within(min(CHECK_SECONDS, self._limits.read_cpu / 5)):
                    self._plumber = Plumber(self._data, self._limits)
            except ReadError:
                self._plumber = None
            except (Late, RecursionError):
                self._plumber = None
                self._stopped("opening the file")
        return self._plumber

    def _close(self) -> None:
        if self._plumber is not None:
            self._plumber.__exit__()
        self._plumber = None

    def _stopped(self, where: str) -> None:
        said = f"pdfplumber was asked for a second opinion and stopped after {CHECK_SECONDS:g} s of CPU"
        self.facts.append(Fact(name=f"pdf.read_by{CUT}", value=said, where=where))

    def _note(self, backend: str, number: int) -> None:
        self.facts.append(
            Fact(name="pdf.read_by", value=backend, where=f"page {number}", page=number, bbox=None)
        )

    def _by_pdfium(self, number: int, looker: Looker | None) -> Page | None:
        import pypdfium2.raw as pdfium

        handle = pdfium.FPDF_LoadPage(self._document, number - 1) if self._document else None
        if not handle:
            return None
        try:
            page = read_page(handle, number, self._limits)
            if not len(page) and _shows_picture(pdfium, handle, self._limits.max_page_objects):
                self.pictured.add(number)
            if looker is not None:
                looker.at(handle, page)
            return page
        finally:
            pdfium.FPDF_ClosePage(handle)


def _shows_picture(pdfium: Any, handle: Any, limit: int) -> bool:
    """Whether an image or a form, which may hold one, is among the first ``limit`` objects of a page."""
    count = min(max(0, pdfium.FPDFPage_CountObjects(handle)), limit)
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(handle, at)) for at in range(count))
    return any(kind in (_IMAGE, _FORM) for kind in kinds)
