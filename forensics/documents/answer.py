"""Whether what the reading child has answered can be a document: a child that was taken over may answer anything."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from forensics.documents.document import SECTIONS, Box, Document, Line, Passage, Problem, Unreadable
from forensics.documents.look import Look

_FORMATS = ("pdf", "docx", "text")
_LISTED = 64  # entries of a list in a look
_KINDS = ("resume", "cover_letter", "other")


def check(found: Document | Unreadable) -> None:
    """Every value is of its type and every offset inside the text, in order, without overlap.

    Raises ValueError.
    """
    _problems(found.problems)
    if isinstance(found, Unreadable):
        _need(any(each.fatal for each in found.problems), "no problem")
        return
    _need(found.format in _FORMATS and found.kind in _KINDS, "format")
    _need(found.language is None or _text(found.language), "language")
    _need(_whole(found.pages) and found.pages >= 0, "pages")
    _need(_text(found.text), "text")
    _spans(found.lines, len(found.text))
    _spans(found.passages, len(found.text))
    _need(all(each.section in SECTIONS for each in found.passages), "section")
    _need(all(each.where is None or _text(each.where) for each in found.passages), "where")
    if found.look is not None:
        _look(found.look)
    for fact in found.facts:
        _need(_text(fact.name) and _text(fact.value) and _text(fact.where), "fact")
        _place(fact.page, fact.bbox)
    for hidden in found.hidden or ():
        _need(_text(hidden.text) and _text(hidden.why), "hidden")
        _need(hidden.where is None or _text(hidden.where), "hidden")
        if hidden.start is not None or hidden.end is not None:
            _need(_whole(hidden.start) and _whole(hidden.end), "hidden")
            _need(0 <= (hidden.start or 0) <= (hidden.end or 0) <= len(found.text), "hidden")
        _place(hidden.page, hidden.bbox)


def _look(look: Look) -> None:
    _need(all(map(_number, (look.width, look.height, *look.margins))), "look")
    _need(_whole(look.letters) and _whole(look.lines), "look")
    for each in look.lettering:
        _need(all(map(_text, (each.font, each.colour, each.marks, each.side))), "look")
        _need(_number(each.size) and _whole(each.letters) and _whole(each.lines), "look")
    _need(all(_number(x) and _whole(count) for x, count in (*look.starts, *look.ends)), "look")
    _need(
        all(_text(kind) and _number(a) and _number(b) and _whole(n) for kind, a, b, n in look.shapes), "look"
    )
    _need(max(map(len, (look.lettering, look.starts, look.ends, look.shapes))) <= _LISTED, "look")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and isfinite(value)


def _problems(problems: Iterable[Problem]) -> None:
    for each in problems:
        _need(_text(each.code) and _text(each.message) and isinstance(each.fatal, bool), "problem")


def _spans(spans: Iterable[Line | Passage], length: int) -> None:
    last = 0
    for each in spans:
        _need(_whole(each.start) and _whole(each.end), "offset")
        _need(last <= each.start <= each.end <= length, "offset")
        last = each.end
        _place(each.page, each.bbox)


def _place(page: object, box: Box | None) -> None:
    _need(page is None or _whole(page), "page")
    _need(box is None or all(isinstance(side, int | float) and isfinite(side) for side in box), "box")


def _text(value: object) -> bool:
    """A string that can be written as UTF-8. Raises UnicodeEncodeError, a ValueError, for half characters."""
    return isinstance(value, str) and (value.isascii() or bool(value.encode()))


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _need(fits: bool, what: str) -> None:
    if not fits:
        raise ValueError(what)
