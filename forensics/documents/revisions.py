"""How often a PDF was saved: its cross-reference sections, followed from the last to the first.

A save without rewriting appends a section that points to the one before (ISO 32000-1, 7.5.6). Some writers
make more than one at the first writing: a linearised file has two, Word a second empty one that names a
cross-reference stream, Publisher three. Only what goes beyond that is a later save. Counting ``%%EOF``
counts these too, and whatever a stream holds, so it is not done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_START = re.compile(rb"startxref\s+(\d{1,12})")
_PREV = re.compile(rb"/Prev\s+(\d{1,12})")
_EMPTY = re.compile(rb"xref\s+(?:0\s+0\s+)?trailer")
_OBJECT = re.compile(rb"\s*\d+\s+\d+\s+obj")
MOST_SECTIONS = 1_000
"""Sections that are followed: a file that was saved so often would be a log."""

_TRAILER = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """The sections of a file, newest first: ``table``, ``stream``, ``hybrid``, each with ``+empty`` if so.

    ``saves`` is how many of them a later save added; ``whole`` is false where the chain leads nowhere,
    in a loop or further than is followed.
    """

    sections: tuple[str, ...]
    linearised: bool
    saves: int
    whole: bool

    @property
    def form(self) -> str:
        """The forms of the sections, each once, oldest first: ``table``, ``stream``, ``hybrid``."""
        return "+".join(dict.fromkeys(each.split("+")[0] for each in reversed(self.sections)))


def revisions(data: bytes, producer: str = "") -> Revisions:
    """Follow the sections of a PDF's bytes; ``producer`` is what it claims, for the norm of Publisher."""
    found = _START.findall(data, max(0, len(data) - 2_048)) or _START.findall(data)[-1:]
    linearised = b"/Linearized" in data[:2_048]
    sections: list[str] = []
    at: int | None = int(found[-1]) if found else None
    shift = max(0, data.find(b"%PDF-", 0, 1_029))
    seen: set[int] = set()
    whole = at is not None
    while at is not None:
        if at in seen or len(sections) >= MOST_SECTIONS:
            whole = False
            break
        seen.add(at)
        section = _section(data, at) or (_section(data, at + shift) if shift else None)
        if section is None:
            whole = False
            break
        sections.append(section[0])
        at = section[1]
    norm = 1 + linearised + sum(each.endswith("+empty") for each in sections)
    if "publisher" in producer.lower():
        norm = max(norm, 3)
    return Revisions(
        sections=tuple(sections),
        linearised=linearised,
        saves=max(0, len(sections) - norm),
        whole=whole,
    )


def _section(data: bytes, at: int) -> tuple[str, int | None] | None:
    """The form of the section at an offset and where the one before it lies."""
    if at >= len(data):
        return None
    while data[at : at + 1].isspace():
        at += 1
    if data.startswith(b"xref", at):
        trailer = data.find(b"trailer", at)
        if trailer < 0:
            return None
        end = data.find(b"startxref", trailer, trailer + _TRAILER)
        body = data[trailer : end if end > 0 else trailer + _TRAILER]
        form = "hybrid" if b"/XRefStm" in body else "table"
        if _EMPTY.match(data, at):
            form += "+empty"
    elif _OBJECT.match(data, at):
        end = data.find(b"stream", at, at + _TRAILER)
        body = data[at : end if end > 0 else at + _TRAILER]
        if b"/XRef" not in body:
            return None
        form = "stream"
    else:
        return None
    before = _PREV.search(body)
    return form, int(before[1]) if before else None
