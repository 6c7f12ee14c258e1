"""ActualText: what a PDF says that some of its glyphs read, against what these glyphs are."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from forensics.documents.hidden import Unseen
from forensics.documents.page import Page
from forensics.documents.runs import box_of
from forensics.documents.shapes import bare_function

_LETTERS = 8  # a shorter replacement is a ligature, a hyphen, a list mark or the name of an icon
_ALIKE = 0.5  # share of the pairs of letters that both have
_ADDED_LETTERS, _ADDED_WORDS = 16, 3
"""A stretch of so many letters and words that no glyph has was slipped in between words that are there."""

_SAID = 1 << 20  # bytes of one replacement as it is stored: a page has fewer
MARKS = 1_000
"""Marks around one object that are looked at: a writer nests a dozen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    said: str
    objects: list[int]


class Replaced:
    """The text objects of a page whose characters are ActualText, and the texts that are not what is seen.

    ``objects`` are the addresses of all marked ones: where their characters stand says nothing. ``false``
    are those of which the file says what they do not show, and ``glyphs`` what their glyphs read. ``beyond``
    counts the objects of which not all marks, or not all of what they say, were looked at.
    """

    def __init__(self, handle: Any, page: Page, texts: list[int]) -> None:
        """``handle`` is a raw ``FPDF_PAGE``, ``texts`` the addresses of its text objects in order.

        Takes the marks of ActualText off the objects.
        """
        import pypdfium2.raw as pdfium

        marks = _Marks(pdfium)
        spans: list[_Span] = []
        self.objects: set[int] = set()
        for address in texts:
            said = marks.actual_text(address)
            if said is None:
                continue
            self.objects.add(address)
            if spans and spans[-1].said == said:
                spans[-1].objects.append(address)
            else:
                spans.append(_Span(said=said, objects=[address]))
        self.beyond = marks.beyond
        # neighbours share their marks: nothing may be taken off before all is read
        for address in self.objects:
            marks.take_off(address)
        long = [span for span in spans if len(_letters(span.said)) >= _LETTERS]
        self.found: list[Unseen] = []
        self.false: set[int] = set()
        self.glyphs: dict[int, str] = {}
        if long:
            shown = _glyph_text(pdfium, handle, {each for span in long for each in span.objects})
            false = [span for span in long if _differs(span, shown)]
            self.false = {each for span in false for each in span.objects}
            self.glyphs = {each: shown[each] for each in self.false}
            for span in false:
                box = box_of(page, _chars(page, span.objects))
                text = " ".join(span.said.split())
                self.found.append(Unseen(text=text, why="text_layer_mismatch", page=page.number, bbox=box))


class _Marks:
    def __init__(self, pdfium: Any) -> None:
        self.beyond = 0
        pointer, whole, long = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
        self._count = bare_function(pdfium.FPDFPageObj_CountMarks, whole, pointer)
        self._mark = bare_function(pdfium.FPDFPageObj_GetMark, pointer, pointer, long)
        self._remove = bare_function(pdfium.FPDFPageObj_RemoveMark, whole, pointer, pointer)
        self._value = bare_function(
            pdfium.FPDFPageObjMark_GetParamBlobValue,
            whole,
            pointer,
            ctypes.c_char_p,
            pointer,
            long,
            pointer,
        )

    def actual_text(self, address: int) -> str | None:
        """The ActualText of an object, ``None`` if it has none."""
        count = max(0, self._count(address))
        self.beyond += count > MARKS
        found = self._find(address)
        if found is None:
            return None
        mark, length = found
        if length > _SAID:
            self.beyond += 1
            return ""
        buffer, filled = ctypes.create_string_buffer(length + 1), ctypes.c_ulong()
        self._value(mark, b"ActualText", ctypes.addressof(buffer), length, ctypes.addressof(filled))
        return text_string(buffer.raw[: min(length, filled.value)])

    def take_off(self, address: int) -> None:
        """Take the mark of ActualText off an object."""
        found = self._find(address)
        if found is not None:
            self._remove(address, found[0])

    def _find(self, address: int) -> tuple[int, int] | None:
        """The first mark with ActualText, and how many bytes that has."""
        for index in range(min(MARKS, max(0, self._count(address)))):
            mark, length = self._mark(address, index), ctypes.c_ulong()
            if mark and self._value(mark, b"ActualText", None, 0, ctypes.addressof(length)):
                return int(mark), length.value
        return None


def _glyph_text(pdfium: Any, handle: Any, wanted: set[int]) -> dict[int, str]:
    """What the glyphs of each object read by their own font."""
    text = pdfium.FPDFText_LoadPage(handle)
    found: dict[int, list[str]] = {each: [] for each in wanted}
    try:
        page = ctypes.cast(text, ctypes.c_void_p).value
        object_of = bare_function(
            pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int
        )
        unicode = bare_function(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
        for index in range(max(0, pdfium.FPDFText_CountChars(text)) if text else 0):
            address = object_of(page, index)
            if address in found:
                code = unicode(page, index)
                found[address].append(chr(code) if code < 0x110000 else "\ufffd")
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
    return {each: "".join(parts) for each, parts in found.items()}


def _differs(span: _Span, shown: dict[int, str]) -> bool:
    glyphs = _letters("".join(shown[each] for each in span.objects))
    said = _letters(span.said)
    pairs, others = _pairs(said), _pairs(glyphs)
    return (pairs & others).total() < _ALIKE * pairs.total() or _adds(span.said, glyphs)


def _adds(words: str, glyphs: str) -> bool:
    """Whether some words in a row are not among the letters of the ``glyphs``."""
    run: list[str] = []
    for word in filter(None, map(_letters, words.split())):
        run = [] if word in glyphs else [*run, word]
        if len(run) >= _ADDED_WORDS and len("".join(run)) >= _ADDED_LETTERS:
            return True
    return False


def text_string(raw: bytes) -> str:
    """A text string of a PDF: UTF-16 or UTF-8 by its mark, else UTF-8 if it is that, else PDFDocEncoding."""
    import pikepdf  # noqa: F401  registers the encoding "pdfdoc"

    for mark, encoding in (
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xef\xbb\xbf", "utf-8"),
    ):
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("pdfdoc", "replace")


def _chars(page: Page, objects: list[int]) -> np.ndarray:
    return np.flatnonzero(np.isin(page.item, np.array(objects, dtype=page.item.dtype)))


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def _pairs(letters: str) -> Counter[str]:
    return Counter(letters[at : at + 2] for at in range(max(1, len(letters) - 1)))
