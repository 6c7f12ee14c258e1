"""Which paragraphs two DOCX files got from the same editing sessions: what was pasted from where."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from forensics.documents.document import Document
from forensics.documents.paragraph_ids import key
from forensics.findings.finding import Evidence, Span
from forensics.findings.quoting import quote

_MARKER = re.compile(r"^\s*(?:[\W_]+|\(?\w{1,3}[.)])\s+")
_QUOTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """Paragraphs of two documents written in sessions that both have, a span of each text, in order.

    ``same`` of those in ``mine`` say the same words there; ``foreign`` carry an id that their own file's table
    lacks and the other's has: they were pasted from it, or from a file both come from.
    """

    mine: tuple[Span, ...]
    theirs: tuple[Span, ...]
    same: int
    foreign: int

    def sentence(self) -> str:
        """What a person should know of it; empty where no paragraph tells."""
        if not self.mine or not self.theirs:
            return ""
        alike = f", {self.same} with the same words" if self.same else ""
        came = f"; {self.foreign} carry ids that only the other file lists" if self.foreign else ""
        counts = f"{len(self.mine)} of its paragraphs and {len(self.theirs)} of the other's"
        return f" {counts} were written in shared sessions{alike}{came}."

    def evidence(self, mine: Document, theirs: Document) -> list[Evidence]:
        """The first of these paragraphs, of both documents."""
        return [
            *(quote(mine, *span) for span in self.mine[:_QUOTED]),
            *(quote(theirs, *span) for span in self.theirs[:_QUOTED]),
        ]


def pasted(mine: Document, theirs: Document, shared: Collection[str]) -> Pasted:
    """The paragraphs of both documents that carry one of the shared revision ids."""
    ours, other = _sessions(mine), _sessions(theirs)
    both = [id for id in shared if id in ours and id in other]
    keys = {each for id in both for each in ours[id]}
    other_keys = {each for id in both for each in other[id]}
    listed, others_list = _table(mine), _table(theirs)
    foreign = {each for id in ours if id in others_list and listed and id not in listed for each in ours[id]}
    places, other_places = _places(mine), _places(theirs)
    return Pasted(
        mine=tuple(sorted(places[each] for each in keys if each in places)),
        theirs=tuple(sorted(other_places[each] for each in other_keys if each in other_places)),
        same=len(keys & other_keys),
        foreign=len(foreign),
    )


def _sessions(document: Document) -> dict[str, list[str]]:
    """Revision id → keys of the paragraphs that carry it."""
    found = {}
    for fact in document.facts:
        if fact.name == "docx.rsid.paragraphs":
            for item in fact.value.split():
                id, _, keys = item.partition(":")
                found[id] = keys.split(",")
    return found


def _table(document: Document) -> frozenset[str]:
    """The ids that the settings list; empty for a file without a list, or with one that was cut."""
    said = {fact.name: fact.value for fact in document.facts}
    return (
        frozenset()
        if "docx.rsid.settings.truncated" in said
        else frozenset(said.get("docx.rsid.settings", "").split())
    )


def _places(document: Document) -> dict[str, Span]:
    """Key → the span of the first line, or cell of a line, with these words."""
    found: dict[str, Span] = {}
    for line in document.lines:
        text = document.text[line.start : line.end]
        pieces = [(0, text)]
        at = 0
        for cell in text.split("\t") if "\t" in text else ():
            pieces.append((at, cell))
            at += len(cell) + 1
        for start, piece in pieces:
            marker = _MARKER.match(piece)
            for words in (piece, piece[marker.end() :] if marker else ""):
                known = key(words)
                if known:
                    found.setdefault(known, (line.start + start, line.start + start + len(piece)))
    return found
