"""When did it come? successor, burst: both need to know when people applied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from forensics.features.features import Exhibit
from forensics.features.names import key
from forensics.findings.finding import BaseRate, Evidence, Finding, Match
from forensics.findings.quoting import finding, quote
from forensics.index.corpus import Corpus

SOON = timedelta(days=90)
"""After an application, a successor comes within this time."""

BURST = timedelta(hours=24)
MANY = 3
"""Applications of others within :data:`BURST` of this one that make a burst."""

NEAR = 0.6
"""Coverage on both sides from which two texts are nearly the same."""


def successor(
    exhibit: Exhibit, matches: Sequence[Match], found: Sequence[Finding], at: str | None
) -> list[Finding]:
    """A finding if a stored application with the same content came not long before this one, under another name."""
    when = moment(at)
    copied = {id: each.weight for each in found if each.signal == "copied-content" for id in each.documents}
    made = []
    for match in matches:
        before = moment(match.applied_at)
        weight = copied.get(match.exhibit.document.id)
        if weight not in {"A", "B"} or when is None or before is None or match.role != "applicant":
            continue
        if match.relation != "different" or not timedelta(0) < when - before <= SOON:
            continue
        days = (when - before).days
        made.append(
            finding(
                "successor",
                weight=weight or "B",
                documents=(match.exhibit.document.id,),
                summary=f"This application came {days} days after that of {match.claim.name}, with its content.",
                evidence=_passages(exhibit, match),
                base_rate=None,
            )
        )
    return made


def burst(
    exhibit: Exhibit, matches: Sequence[Match], corpus: Corpus, own: frozenset[int], at: str | None
) -> list[Finding]:
    """A finding if several applications with nearly the same text came within a day of this one.

    The summary counts names. The base rate counts unrelated applicants, as everywhere: names with one text are one.
    """
    when = moment(at)
    if when is None:
        return []
    near = [
        match
        for match in matches
        if match.relation == "different"
        and match.role == "applicant"
        and min(match.alignment.coverage_a, match.alignment.coverage_b) >= NEAR
        and (other := moment(match.applied_at)) is not None
        and abs(when - other) <= BURST
    ]
    names = sorted({key(match.claim.name): match.claim.name for match in near if match.claim.name}.values())
    if len(names) < MANY:
        return []
    ids = tuple(dict.fromkeys(match.exhibit.document.id for match in near))
    people = corpus.population()
    docs = {number for id in ids if (number := corpus.number(id)) is not None}
    return [
        finding(
            "burst",
            weight="C",
            documents=ids,
            summary=f"{len(names)} others sent nearly the same text within a day of this: {', '.join(names)}.",
            evidence=[each for match in near for each in _passages(exhibit, match)[1:]],
            base_rate=BaseRate(documents=people.distinct(docs, own), of=people.others(own)),
        )
    ]


def moment(written: str | None) -> datetime | None:
    """A day or time of application as a manifest has it; a time without zone is taken as UTC's clock."""
    return None if written is None else datetime.fromisoformat(written).replace(tzinfo=None)


def _passages(exhibit: Exhibit, match: Match) -> list[Evidence]:
    """The longest passage both share, on both sides."""
    shared = [each for each in match.alignment.passages if not each.background]
    if not shared:
        return [quote(exhibit.document, 0, 1), quote(match.exhibit.document, 0, 1)]
    longest = max(shared, key=lambda each: each.words)
    return [quote(exhibit.document, *longest.a), quote(match.exhibit.document, *longest.b)]
