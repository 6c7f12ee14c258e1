"""Which paragraphs of a DOCX carry which revision ids: what shows where a paragraph was pasted from."""

from __future__ import annotations

import re
import zlib
from typing import Any

from forensics.documents.facts import Notes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IDS = (f"{_W}rsidR", f"{_W}rsidRPr")
_PARAGRAPH, _RUN, _TEXT = (f"{_W}{name}" for name in ("p", "r", "t"))
_MARKS = re.compile(r"[\W_]+")
_ASCII_MARKS = {code: None for code in range(128) if not chr(code).isalnum()}
_LEAST = 8  # letters and digits: what is shorter is a date or a heading that anybody has
MOST = 4_000
"""Characters of the fact; the paragraphs that no longer fit are counted in ``docx.rsid.paragraphs.truncated``."""


def paragraph_ids(body: Any, part: str, notes: Notes) -> None:
    """Note ``docx.rsid.paragraphs``: ``id:key,key id:key …``, for each revision id the paragraphs that carry it.

    An id stands at a paragraph when the paragraph or one of its runs was typed or pasted in that session
    (ECMA-376 part 1, 17.3.1.26 and 17.3.2.25). A key is :func:`key` of the paragraph's words.
    """
    words: dict[Any, list[str]] = {}
    ids: dict[Any, set[str]] = {}
    for run in body.iter(_RUN):
        paragraph = _paragraph(run)
        if paragraph is None:
            continue
        said = [each.text or "" for each in run if each.tag == _TEXT]
        if any(said):
            if paragraph not in words:
                words[paragraph], ids[paragraph] = [], set()
            words[paragraph] += said
            ids[paragraph].update(_ids(run))
    found: dict[str, dict[str, None]] = {}
    size = left_out = 0
    for paragraph, pieces in words.items():
        known = key("".join(pieces))
        held = sorted(ids[paragraph].union(_ids(paragraph))) if known else []
        more = sum(len(known) + 1 + (10 if each not in found else 0) for each in held)
        if size + more > MOST:
            left_out += 1
            continue
        size += more
        for each in held:
            found.setdefault(each, {})[known] = None
    notes.long("docx.rsid.paragraphs", " ".join(f"{id}:{','.join(keys)}" for id, keys in found.items()), part)
    if left_out:
        notes.cut("docx.rsid.paragraphs", f"{len(words) - left_out} of {len(words)} paragraphs", part)


def key(text: str) -> str:
    """Six hex digits for the letters and digits of a paragraph, case apart; empty for fewer than eight."""
    said = text.casefold()
    said = said.translate(_ASCII_MARKS) if said.isascii() else _MARKS.sub("", said)
    return f"{zlib.crc32(said.encode('utf-8', 'replace')) & 0xFFFFFF:06x}" if len(said) >= _LEAST else ""


def _paragraph(run: Any) -> Any:
    """The paragraph a run stands in, through links, changes and controls around it."""
    above = run.getparent()
    while above is not None and above.tag != _PARAGRAPH:
        above = above.getparent()
    return above


def _ids(element: Any) -> list[str]:
    return [value.upper() for name in _IDS if (value := element.get(name)) and len(value) == 8]
