"""The whole way of a file through the house, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from forensics.cases.case import Case, opening
from forensics.documents.document import Document
from forensics.elsewhere import elsewhere
from forensics.features.features import Exhibit
from forensics.features.measure import measure
from forensics.features.profile import Profile
from forensics.findings.across import SIGNALS as ACROSS
from forensics.findings.across import across
from forensics.findings.agreement import agreeing
from forensics.findings.align import Pair, align
from forensics.findings.alike import KINDS, alike
from forensics.findings.copies import copies, worth_showing
from forensics.findings.figures import Staying
from forensics.findings.finding import Alignment, Claim, Finding, Match, NotRun
from forensics.findings.hands import hands
from forensics.findings.hidden import hidden, hidden_not_run
from forensics.findings.identities import identities
from forensics.findings.images import images
from forensics.findings.inside import inside
from forensics.findings.institutions import institutions, institutions_not_run
from forensics.findings.integrity import integrity, integrity_not_run
from forensics.findings.lineage import lineage
from forensics.findings.quirks import quirks
from forensics.findings.rarity import with_rarity
from forensics.findings.relation import relation
from forensics.findings.templates import templates
from forensics.findings.usual import with_rates
from forensics.findings.writing import writing
from forensics.index.claims import contacts_of
from forensics.index.corpus import Corpus
from forensics.index.lookup import VOICES
from forensics.index.meaning import said_by
from forensics.index.one_thread import one_thread
from forensics.index.polls import poll
from forensics.index.spoken import Said
from forensics.index.store import Application

WEIGHTS = "ABC"
NO_PROFILE = "no export of the applicant's LinkedIn profile was given: `forensics check --profile FILE`"


@one_thread()
def check(
    document: Document | Exhibit,
    corpus: Corpus,
    *,
    applicant: str | None = None,
    application: Application | None = None,
    profiles: Sequence[Profile] = (),
) -> Case:
    """Have we seen this document before, under another name? Nothing is stored.

    ``applicant`` is the name under which it came, as a manifest or a form has it; ``application`` tells when
    and for which job, if that is known; ``profiles`` are exports of the applicant's own, to compare with.
    """
    exhibit = document if isinstance(document, Exhibit) else measure(document)
    number = corpus.number(exhibit.document.id)
    claim = claim_of(exhibit, applicant or _told(corpus, exhibit.document.id))
    own = corpus.population().own(doc=number, names=[claim.told or claim.read])
    matches = compare_with(exhibit, claim, corpus, own)
    findings = find(exhibit, claim, matches, corpus, own, application=application, profiles=profiles)
    return Case(
        exhibit=exhibit,
        claim=claim,
        documents=len(corpus.population().applicants),
        snapshot=corpus.snapshot(),
        common=corpus.common(own),
        matches=tuple(matches),
        findings=tuple(findings),
        because=opening(findings),
        writing=tuple(writing(exhibit, corpus, own)),
        elsewhere=elsewhere(exhibit, corpus),
        not_run=(
            *_not_run(claim, matches, corpus, own),
            *(() if profiles else (NotRun(signal="profile-conflict", why=NO_PROFILE),)),
            *hidden_not_run(exhibit),
            *integrity_not_run(exhibit),
            *institutions_not_run(exhibit),
        ),
    )


@one_thread()
def compare(a: Exhibit, b: Exhibit, corpus: Corpus | None = None) -> tuple[str, Alignment]:
    """The relation of two documents and everything they share; how rare that is, with a corpus."""
    meant = _meant(a, b)
    if corpus is None:
        return relation(claim_of(a, None), claim_of(b, None)), align(a, b, meant=meant)
    claim, theirs = (claim_of(each, _told(corpus, each.document.id)) for each in (a, b))
    related = relation(claim, theirs)
    found = align(a, b, background_a=corpus.background(a), background_b=corpus.background(b), meant=meant)
    own = corpus.population().own(doc=corpus.number(a.document.id), names=[a.features.applicant.name])
    number = corpus.number(b.document.id)
    beside = [(-1 if number is None else number, b, found)]
    return related, with_rarity(a, beside, corpus.look_up(a, own), corpus, own)[0]


def _meant(a: Exhibit, b: Exhibit) -> list[Pair]:
    """The sentences of two résumés or letters that mean the same, as far as the two alone can tell."""
    if {a.document.kind, b.document.kind} <= KINDS:
        told = said_by([a, b])
        if told is not None:
            (said_a, said_b), (public, _) = told
            return alike(said_a, said_b, public)
    return []


@one_thread()
def compare_with(exhibit: Exhibit, claim: Claim, corpus: Corpus, own: frozenset[int]) -> list[Match]:
    """Every application that shares something worth showing, ``different`` first, then by coverage."""
    people = corpus.population()
    number = corpus.number(exhibit.document.id)
    background = corpus.background(exhibit)
    lookup = corpus.look_up(exhibit, own)
    said = corpus.said(exhibit)
    agreed = {} if said is None else _agreed(exhibit, said, corpus, own)
    likely = corpus.candidates(lookup, own, voiced=said is not None and len(said.units) >= VOICES)
    aligned: list[tuple[int, Exhibit, Alignment]] = []
    for doc in dict.fromkeys([*(each.doc for each in likely), *agreed]):
        roles = {a.role for a in people.applications[doc]}
        other = exhibit if doc == number else corpus.exhibit(doc) if roles != {"background"} else None
        if other is not None:
            theirs = partial(corpus.background, other)
            meant, figures = agreed.get(doc, ([], ()))
            found = align(exhibit, other, background_a=background, background_b=theirs, meant=meant)
            aligned.append((doc, other, replace(found, agreed=bool(meant), figures=figures)))
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


def _agreed(
    exhibit: Exhibit, said: Said, corpus: Corpus, own: frozenset[int]
) -> dict[int, tuple[list[Pair], tuple[str, ...]]]:
    """The documents for which the sentences of an exhibit vote by what they mean, those votes, and what figures stay."""
    polls = poll(said, corpus.meaning, corpus.population(), own, corpus.common(own))
    stays = Staying(exhibit, corpus.exhibit, polls)
    votes = agreeing(polls, len(corpus.population().sizes), stays.weight)
    return {
        each.doc: (
            [(vote.unit, vote.theirs, vote.cosine) for vote in votes[each.doc]],
            stays.figures(each),
        )
        for each in polls
        if each.doc in votes
    }


def find(
    exhibit: Exhibit,
    claim: Claim,
    matches: Sequence[Match],
    corpus: Corpus,
    own: frozenset[int],
    *,
    application: Application | None = None,
    profiles: Sequence[Profile] = (),
) -> list[Finding]:
    """All findings, the heaviest first."""
    told = application is not None and (application.applied_at or application.job)
    came = application if told else _application(corpus, exhibit.document.id)
    at, job = (came.applied_at, came.job) if came else (None, None)
    found = [
        *copies(exhibit, matches, common=corpus.common(own), applicants=corpus.population().others(own)),
        *identities(exhibit, list(_sharing(exhibit, claim, corpus)), corpus, own, claim),
        *quirks(exhibit, corpus, own),
        *inside(exhibit, claim, corpus, own, applied_at=at),
        *hidden(exhibit),
        *integrity(exhibit),
        *institutions(exhibit),
    ]
    copied = {
        id for each in found if each.family == "content" and each.weight in "AB" for id in each.documents
    }
    found += [*lineage(exhibit, claim, corpus, own, copied), *images(exhibit, claim, corpus, own)]
    found += templates(exhibit, claim, corpus, own)
    found += hands(exhibit, claim, matches, corpus, own, found)
    found += across(exhibit, claim, matches, corpus, own, found, applied_at=at, job=job, profiles=profiles)
    found = with_rates(found, corpus, own)
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


def _application(corpus: Corpus, id: str) -> Application | None:
    """The application that the corpus has of this very document, if it is the only one."""
    number = corpus.number(id)
    stored = () if number is None else corpus.population().applications[number]
    return stored[0] if len(stored) == 1 else None


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
        "shared-template",
        "shared-lineage",
        "author-is-other-applicant",
        "shared-image",
        "shared-error",
        *(signal for signal in ACROSS if signal != "profile-conflict"),
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
    if across and corpus.meaning.absent:
        why = f"rewording was looked for by words alone: {corpus.meaning.absent}"
        yield from (NotRun(signal=each, why=why) for each in across[:3])
    if lacking := len(corpus.traces.lacking()):
        why = f"ids and pictures of {lacking} documents were not kept when they came: run `forensics ingest` again"
        yield from (NotRun(signal=each, why=why) for each in ("shared-lineage", "shared-image"))
