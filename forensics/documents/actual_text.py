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
_SAID = 1 << 20  # bytes of one replacement, two a character: a page has fewer
MARKS = 1_000
"""Marks around one object that are looked at: a writer nests a dozen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    said: str
    objects: list[int]


class Replaced:
    """The text objects of a page whose characters are ActualText, and the texts that are not what is seen.

    ``objects`` are the addresses of all marked ones: where their characters stand says nothing. ``false``
    are those of which the file says what they do not show. ``beyond`` counts the objects of which not all
    marks, or not all of what they say, were looked at.
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
            said = marks.take_actual_text(address)
            if said is None:
                continue
            self.objects.add(address)
            if spans and spans[-1].said == said:
                spans[-1].objects.append(address)
            else:
                spans.append(_Span(said=said, objects=[address]))
        self.beyond = marks.beyond
        long = [span for span in spans if len(_letters(span.said)) >= _LETTERS]
        self.found: list[Unseen] = []
        self.false: set[int] = set()
        if long:
            shown = _glyph_text(pdfium, handle, {each for span in long for each in span.objects})
            for span in long:
                if _differs(span, shown):
                    self.false.update(span.objects)
                    self.found.append(
                        Unseen(
                            text=" ".join(span.said.split()),
                            why="text_layer_mismatch",
                            page=page.number,
                            bbox=box_of(page, _chars(page, span.objects)),
                        )
                    )


class _Marks:
    def __init__(self, pdfium: Any) -> None:
        self.beyond = 0
        pointer, whole, long = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
        self._count = bare_function(pdfium.FPDFPageObj_CountMarks, whole, pointer)
        self._mark = bare_function(pdfium.FPDFPageObj_GetMark, pointer, pointer, long)
        self._remove = bare_function(pdfium.FPDFPageObj_RemoveMark, whole, pointer, pointer)
        self._value = bare_function(
            pdfium.FPDFPageObjMark_GetParamStringValue,
            whole,
            pointer,
            ctypes.c_char_p,
            pointer,
            long,
            pointer,
        )

    def take_actual_text(self, address: int) -> str | None:
        """The ActualText of an object; its mark is gone afterwards. ``None`` if it has none."""
        count = max(0, self._count(address))
        self.beyond += count > MARKS
        for index in range(min(MARKS, count)):
            mark = self._mark(address, index)
            length = ctypes.c_ulong()
            if not mark or not self._value(mark, b"ActualText", None, 0, ctypes.addressof(length)):
                continue
            if length.value > _SAID:
                self.beyond += 1
                return ""
            buffer = ctypes.create_string_buffer(length.value + 2)
            self._value(mark, b"ActualText", ctypes.addressof(buffer), len(buffer), ctypes.addressof(length))
            said = buffer.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0")
            self._remove(address, mark)
            return said
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
    return (pairs & others).total() < _ALIKE * pairs.total()


def _chars(page: Page, objects: list[int]) -> np.ndarray:
    return np.flatnonzero(np.isin(page.item, np.array(objects, dtype=page.item.dtype)))


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def _pairs(letters: str) -> Counter[str]:
    return Counter(letters[at : at + 2] for at in range(max(1, len(letters) - 1)))
