"""Findings → what is kept of a check for campaigns and trends: its signals, and the edges to other documents."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from forensics.cases.case import opening
from forensics.findings.finding import Evidence, Finding
from forensics.index.edges import Edge, Seen, Spot

PAIRWISE = frozenset({"content", "timeline"})
"""Families in which the two texts are what is shared, and nothing that could be a hub."""

_LAST_DIGITS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What is kept of one check."""

    seen: Seen
    edges: tuple[Edge, ...]


def observed(doc: int, id: str, findings: Sequence[Finding], number: Callable[[str], int | None]) -> Observed:
    """What the check of the stored document ``doc`` with this id came to.

    ``number`` gives the number of a stored document by its id. Whatever signal names other documents makes edges,
    whoever wrote it. A finding of weight C joins nothing; if it is about a thing that both have, one edge says that
    this document has it, too, so that those who share an agency's telephone number are known, however many.
    """
    edges: dict[tuple[int, str, str], Edge] = {}
    for found in findings:
        for each in _edges(doc, id, found, number):
            held = edges.get((each.other, each.signal, each.mark))
            if held is None or each.weight < held.weight:
                edges[each.other, each.signal, each.mark] = each
    seen = Seen(
        doc=doc,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        opens=bool(opening(findings)),
        signals=tuple(sorted({(each.signal, each.weight) for each in findings})),
    )
    return Observed(seen=seen, edges=tuple(edges.values()))


def together(several: Sequence[Observed]) -> Observed:
    """One document that came under several names: what was found under any of them."""
    first = several[0]
    edges = {(e.other, e.signal, e.mark): e for each in reversed(several) for e in each.edges}
    signals = tuple(sorted({one for each in several for one in each.seen.signals}))
    opens = any(each.seen.opens for each in several)
    seen = Seen(doc=first.seen.doc, at=first.seen.at, opens=opens, signals=signals)
    return Observed(seen=seen, edges=tuple(edges.values()))


def _edges(doc: int, id: str, found: Finding, number: Callable[[str], int | None]) -> Iterator[Edge]:
    mark = "" if found.family in PAIRWISE else _mark(id, found)
    others = {other: each for each in found.documents if (other := number(each)) is not None}
    if found.weight not in ("A", "B"):
        first = min(others, default=None)
        others = {} if first is None or not found.thing else {first: others[first]}
    for other, other_id in others.items():
        yield Edge(
            doc=doc,
            other=other,
            signal=found.signal,
            family=found.family,
            weight=found.weight,
            mark=mark,
            spots=tuple(
                _spot(each, own=each.document == id)
                for each in found.evidence
                if each.document in (id, other_id)
            ),
        )


def _spot(each: Evidence, *, own: bool) -> Spot:
    if each.start is not None and each.end is not None:
        return Spot(own=own, start=each.start, end=each.end, page=each.page, where=each.where)
    return Spot(own=own, page=each.page, where=each.where, text=each.text)


def _mark(id: str, found: Finding) -> str:
    """A digest of the one thing that a finding is about, else of what the checked document quotes.

    A number is its last seven digits, other text its letters and digits, so that two ways to write it agree.
    """
    text = found.thing or next((each.text for each in found.evidence if each.document == id), "")
    if not text:
        text = next((each.text for each in found.evidence), "")
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
    digits = re.sub(r"\D", "", plain)
    if len(digits) >= _LAST_DIGITS and digits == plain:
        plain = digits[-_LAST_DIGITS:]
    return hashlib.blake2b(f"{found.signal}\0{plain}".encode(), digest_size=8).hexdigest()
