"""Plain text and Markdown: bytes → text, with the file's own offsets."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import NamedTuple

from forensics.documents.document import Line
from forensics.documents.inline import divide
from forensics.documents.rows import Row
from forensics.errors import ReadError

NEWLINE = re.compile(r"\r\n|\n|\r")
"""What ends a line of a plain text."""

_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
_MARKUP = re.compile(rb"\s*<(?:!doctype\s+html|html|\?xml|svg)\b", re.IGNORECASE)


def decode(data: bytes) -> str:
    """The text of a plain file: UTF-8 (a BOM stays as a character), UTF-16 by its BOM, else cp1252.

    Newlines are left as they are, so that offsets are the file's own. Raises
    :class:`~forensics.errors.ReadError` ``not_a_document`` for bytes that are no text, ``no_text`` for
    an empty or blank file.
    """
    if not data:
        raise ReadError(
            "no_text", "The file is empty (0 bytes): ask for it again, the upload may have failed."
        )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    else:
        _refuse_binary(data)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if not text.strip("\ufeff \t\r\n\v\f"):
        raise ReadError("no_text", "The file holds nothing but blanks: ask for it again.")
    return text


def _refuse_binary(data: bytes) -> None:
    control = len(data) - len(data.translate(None, _CONTROL))
    if control > 0.05 * len(data):
        raise ReadError(
            "not_a_document",
            "The bytes are neither PDF, DOCX nor text: open the file and save it as PDF or DOCX.",
        )
    if _MARKUP.match(data[:512]):
        raise ReadError(
            "not_a_document",
            "This is a web page or XML, not a document: print it to PDF and give that.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A plain text as rows with the offsets that they have in it."""

    rows: tuple[Row, ...]
    lines: tuple[Line, ...]


def rows(text: str) -> Plain:
    """The non-blank lines of ``text``, stripped; a new block after each blank line.

    A line that holds a whole list or more is divided as ``inline.py`` says.

    ``left`` and ``right`` count characters; ``edge`` is the width at which the text was wrapped by hand,
    or infinity where its lines are whole paragraphs.
    """
    spans: list[_Span] = []
    block = 0
    at = 0
    for stop in [*(match.span() for match in NEWLINE.finditer(text)), (len(text), len(text))]:
        raw = text[at : stop[0]]
        content = raw.strip("\ufeff \t\v\f\u00a0") if raw.startswith("\ufeff") else raw.strip()
        if content:
            start = at + raw.index(content)
            indent = len(raw[: start - at].expandtabs(4))
            parts = divide(content)
            spans += [_Span(start + a, start + b, indent, block, len(parts) > 1) for a, b in parts]
        else:
            block += 1
        at = stop[1]
    edge = _wrap_width([span.end - span.start + span.indent for span in spans])
    made = tuple(
        Row(
            text=text[span.start : span.end],
            block=span.block,
            left=span.indent,
            right=span.indent + span.end - span.start,
            edge=edge,
            heading=text[span.start : span.end].startswith("#"),
            whole=span.divided,
        )
        for span in spans
    )
    lines = tuple(Line(start=span.start, end=span.end) for span in spans)
    return Plain(rows=made, lines=lines)


class _Span(NamedTuple):
    """A line of the file, or a part of a long one (``divided``)."""

    start: int
    end: int
    indent: int
    block: int
    divided: bool


def _wrap_width(widths: list[int]) -> float:
    """The column at which lines were wrapped: many lines end shortly before it and none much after."""
    if not widths:
        return float("inf")
    widest = sorted(widths)[-1 - len(widths) // 50]
    near = sum(1 for width in widths if 0.85 * widest <= width)
    if 40 <= widest <= 140 and near >= max(2, 0.2 * len(widths)):
        return float(widest)
    return float("inf")
