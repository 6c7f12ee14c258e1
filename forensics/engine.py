"""The whole way of a file through the house, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from forensics.cases.case import Case, opening
from forensics.documents.document import Document
from forensics.features.features import Exhibit
from forensics.features.measure import measure
from forensics.findings.align import align
from forensics.findings.copies import copies, worth_showing
from forensics.findings.finding import Alignment, Claim, Finding, Match, NotRun
from forensics.findings.identities import identities
from forensics.findings.quirks import quirks
from forensics.findings.rarity import with_rarity
from forensics.findings.relation import relation
from forensics.findings.signals import LATER
from forensics.index.corpus import Corpus, contacts_of
from forensics.index.store import Application

WEIGHTS = "ABC"


def check(document: Document | Exhibit, corpus: Corpus, *, applicant: str | None = None) -> Case:
    """Have we seen this document before, under another name? Nothing is stored.

    ``applicant`` is the name under which it came, as a manifest or a form has it.
    """
    exhibit = document if isinstance(document, Exhibit) else measure(document)
    number = corpus.number(exhibit.document.id)
    claim = claim_of(exhibit, applicant or _told(corpus, exhibit.document.id))
    own = corpus.population().own(doc=number, names=[claim.told or claim.read])
    matches = compare_with(exhibit, claim, corpus, own)
    findings = find(exhibit, claim, matches, corpus, own)
    return Case(
        exhibit=exhibit,
        claim=claim,
        documents=len(corpus.population().applicants),
        snapshot=corpus.snapshot(),
        common=corpus.common(own),
        matches=tuple(matches),
        findings=tuple(findings),
        because=opening(findings),
        not_run=tuple(_not_run(claim, matches, corpus, own)),
    )


def compare(a: Exhibit, b: Exhibit, corpus: Corpus | None = None) -> tuple[str, Alignment]:
    """The relation of two documents and everything they share; how rare that is, with a corpus."""
    if corpus is None:
        return relation(claim_of(a, None), claim_of(b, None)), align(a, b)
    claim, theirs = (claim_of(each, _told(corpus, each.document.id)) for each in (a, b))
    related = relation(claim, theirs)
    found = align(a, b, background_a=corpus.background(a), background_b=corpus.background(b))
    own = corpus.population().own(doc=corpus.number(a.document.id), names=[a.features.applicant.name])
    number = corpus.number(b.document.id)
    beside = [(-1 if number is None else number, b, found)]
    return related, with_rarity(a, beside, corpus.look_up(a, own), corpus, own)[0]


def compare_with(exhibit: Exhibit, claim: Claim, corpus: Corpus, own: frozenset[int]) -> list[Match]:
    """Every application that shares something worth showing, ``different`` first, then by coverage."""
    people = corpus.population()
    number = corpus.number(exhibit.document.id)
    background = corpus.background(exhibit)
    lookup = corpus.look_up(exhibit, own)
    aligned: list[tuple[int, Exhibit, Alignment]] = []
    for candidate in corpus.candidates(lookup, own):
        doc = candidate.doc
        roles = {a.role for a in people.applications[doc]}
        other = exhibit if doc == number else corpus.exhibit(doc) if roles != {"background"} else None
        if other is not None:
            theirs = background if doc == number else corpus.background(other)
            aligned.append((doc, other, align(exhibit, other, background_a=background, background_b=theirs)))
    if number is not None and all(doc != number for doc, _, _ in aligned):
        aligned.append(
            (number, exhibit, align(exhibit, exhibit, background_a=background, background_b=background))
        )
    rated = with_rarity(exhibit, aligned, lookup, corpus, own)
    matches = [
        _match(other, application, claim, alignment, identical=doc == number)
        for (doc, other, _), alignment in zip(aligned, rated, strict=True)
        for application in people.applications[doc]
        if application.role != "background"
    ]
    shown = [m for m in matches if m.identical or worth_showing(m, corpus.common(own))]
    order = {"different": 0, "unknown": 1, "same": 1}
    return sorted(
        shown, key=lambda m: (order[m.relation], -m.alignment.coverage_a, m.exhibit.document.id, m.path)
    )


def find(
    exhibit: Exhibit, claim: Claim, matches: Sequence[Match], corpus: Corpus, own: frozenset[int]
) -> list[Finding]:
    """All findings, the heaviest first."""
    found = [
        *copies(exhibit, matches, common=corpus.common(own), applicants=corpus.population().others(own)),
        *identities(exhibit, list(_sharing(exhibit, claim, corpus)), corpus, own, claim),
        *quirks(exhibit, corpus, own),
    ]
    return sorted(found, key=lambda finding: WEIGHTS.index(finding.weight))


def claim_of(exhibit: Exhibit, told: str | None) -> Claim:
    """Who the document's applicant is said to be."""
    applicant = exhibit.features.applicant
    return Claim(told=told, read=applicant.name, emails=applicant.emails)


def _told(corpus: Corpus, id: str) -> str | None:
    """The name under which the corpus has this very document, if a manifest gave one and only one."""
    number = corpus.number(id)
    if number is None:
        return None
    told = {a.applicant for a in corpus.population().applications[number] if a.applicant}
    return told.pop() if len(told) == 1 else None


def _match(
    other: Exhibit, application: Application, claim: Claim, alignment: Alignment, *, identical: bool
) -> Match:
    theirs = claim_of(other, application.applicant)
    return Match(
        exhibit=other,
        path=application.path,
        claim=theirs,
        applied_at=application.applied_at,
        job=application.job,
        role=application.role,
        relation=relation(claim, theirs),
        identical=identical,
        alignment=alignment,
    )


def _sharing(exhibit: Exhibit, claim: Claim, corpus: Corpus) -> Iterable[tuple[Exhibit, str]]:
    """Stored documents with a contact of the exhibit, by applicants of another name."""
    people = corpus.population()
    docs = {doc for kind, value in contacts_of(exhibit) for doc in corpus.with_contact(kind, value)}
    for doc in sorted(docs & people.applicants):
        other = corpus.exhibit(doc)
        if other is None:
            continue
        for application in people.applications[doc]:
            theirs = claim_of(other, application.applicant)
            if theirs.name and relation(claim, theirs) == "different":
                yield other, theirs.name


def _not_run(claim: Claim, matches: Sequence[Match], corpus: Corpus, own: frozenset[int]) -> Iterable[NotRun]:
    """What nobody could look for here, and why."""
    across = (
        "copied-content",
        "copied-passages",
        "copied-letter",
        "shared-phone",
        "shared-email",
        "shared-handle",
    )
    if not corpus.population().others(own):
        yield from (
            NotRun(signal=each, why="the corpus has no other applicant to compare with") for each in across
        )
    elif not claim.name and not claim.emails:
        why = "no name or e-mail could be read and none was given: name the applicant with --applicant"
        yield from (NotRun(signal=each, why=why) for each in across)
    elif unknown := sum(match.relation == "unknown" for match in matches):
        why = f"{unknown} matching applications name nobody: give their names in a manifest"
        yield from (NotRun(signal=each, why=why) for each in across[:3])
    yield from (NotRun(signal=signal, why=why) for signal, why in LATER.items())
