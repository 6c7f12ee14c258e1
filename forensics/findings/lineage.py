"""Whose file was this before, and who worked on it? shared-lineage, author-is-other-applicant."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from forensics.documents.document import Document, Fact
from forensics.features import names
from forensics.features.features import Exhibit
from forensics.features.lineage import Trace, author, traces
from forensics.findings.counterparts import Counterpart, counterpart
from forensics.findings.descent import Kin, descent
from forensics.findings.finding import BaseRate, Claim, Evidence, Finding
from forensics.findings.pasted import pasted
from forensics.findings.quoting import finding
from forensics.index.corpus import Corpus

_SAYS = {
    "file": "derives from the same file as",
    "style": "derives from the same file as, or from one template that carries its maker's ids with,",
    "hand": "probably went through the same account, machine or helper as",
}
_WEIGHT = {"file": "A", "style": "B", "hand": "B"}
_SHOWN = 6
_COMMON = 5


def lineage(
    exhibit: Exhibit, claim: Claim, corpus: Corpus, own: frozenset[int], copied: Collection[str]
) -> list[Finding]:
    """Findings on where the exhibit's file comes from; ``copied`` are the documents whose text it shares."""
    return [*_shared(exhibit, claim, corpus, own), *_authors(exhibit, claim, corpus, own, copied)]


def _shared(exhibit: Exhibit, claim: Claim, corpus: Corpus, own: frozenset[int]) -> Iterator[Finding]:
    kin = [each for each in descent(exhibit, corpus, own, own) if each.proof in _WEIGHT]
    people = corpus.population()
    applicants = people.others(own)
    for rare in (True, False):
        for proof in _WEIGHT:
            these = [each for each in kin if each.rare == rare and each.proof == proof]
            rate = BaseRate(documents=people.distinct((each.doc for each in these), own), of=applicants)
            known = ((each, counterpart(claim, corpus, each.doc)) for each in these)
            found = [(each, other) for each, other in known if other is not None]
            if rare:
                for each, other in found:
                    yield _descended(exhibit, each, other, rate, _thing(each, corpus, rarest=True))
            elif found:
                yield _ordinary(exhibit, found, rate, _thing(found[0][0], corpus, rarest=False))


def _thing(kin: Kin, corpus: Corpus, *, rarest: bool) -> str:
    """One of the shared ids, by which those who have it are counted: that which fewest documents have, or most."""
    counts = corpus.traces.counts(kin.shared)
    order = sorted(kin.shared, key=lambda key: (counts[key] if rarest else -counts[key], key))
    return ":".join(order[0]) if order else ""


def _descended(exhibit: Exhibit, kin: Kin, other: Counterpart, rate: BaseRate, thing: str) -> Finding:
    theirs = other.exhibit.document
    shared = pasted(exhibit.document, theirs, [value for kind, value in kin.shared if kind == "rsid"])
    odds = f" (chance of so many between strangers: {_odds(kin.odds)})" if kin.odds is not None else ""
    return finding(
        "shared-lineage",
        weight=_WEIGHT[kin.proof],
        documents=(theirs.id,),
        summary=f"This file {_SAYS[kin.proof]} the application of {other.who}: both carry {_list(kin.words())}{odds}; "
        f"{rate.documents} of {rate.of} other applicants have such a file.{shared.sentence()}",
        evidence=[
            *_places(exhibit.document, kin),
            *_places(theirs, kin),
            *shared.evidence(exhibit.document, theirs),
        ],
        base_rate=rate,
        thing=thing,
    )


def _ordinary(
    exhibit: Exhibit, found: Sequence[tuple[Kin, Counterpart]], rate: BaseRate, thing: str
) -> Finding:
    """One finding for all who share ids that many have: a public template, one agency's machine."""
    first = found[0][0]
    return finding(
        "shared-lineage",
        weight="C",
        documents=tuple(other.exhibit.document.id for _, other in found),
        summary=f"This file carries {_list(first.words())} that {rate.documents} of {rate.of} other applicants have as "
        "well: a template that is handed around, or one agency's machine, explains that.",
        evidence=[
            *_places(exhibit.document, first),
            *(place for kin, other in found[:_COMMON] for place in _places(other.exhibit.document, kin)),
        ],
        base_rate=rate,
        innocent=("So many have it that it is most likely a common template.",),
        thing=thing,
    )


def _list(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _odds(odds: float | None) -> str:
    return "below 1e-30" if odds is not None and odds < 1e-30 else f"{odds:.0e}"


def _places(document: Document, kin: Kin) -> list[Evidence]:
    """Where the shared ids stand in a file, one quote for each place."""
    held: dict[tuple[str, str], list[Trace]] = {}
    wanted = set(kin.shared)
    for each in traces(document):
        if (each.kind, each.value) in wanted:
            held.setdefault((each.kind, each.where), []).append(each)
    return [
        Evidence(document=document.id, text=_said(document, found), where=where)
        for (_, where), found in held.items()
    ]


def _said(document: Document, found: Sequence[Trace]) -> str:
    if found[0].kind in ("author", "company", "template-path", "account"):
        return "; ".join(_fact(document, each).value for each in found)
    shown = " ".join(each.value for each in found[:_SHOWN])
    return shown if len(found) <= _SHOWN else f"{shown} … ({len(found)} shared)"


def _fact(document: Document, trace: Trace) -> Fact:
    return next(
        each
        for each in document.facts
        if each.name == trace.fact
        and each.where == trace.where
        and (trace.kind != "author" or author(each.value) == trace.value)
    )


def _authors(
    exhibit: Exhibit, claim: Claim, corpus: Corpus, own: frozenset[int], copied: Collection[str]
) -> Iterator[Finding]:
    """The name in a property of one file is that of the applicant of another, either way round."""
    people = corpus.population()
    mine = [each for each in traces(exhibit.document) if each.kind == "author"]
    held = corpus.traces.holders("author", [each.value for each in mine])
    for trace in mine:
        if len(trace.value.split()) < 2 or names.agree(trace.value, claim.name) is not False:
            continue
        rate = BaseRate(documents=people.distinct(held.get(trace.value, ()), own), of=people.others(own))
        for doc in people.named.get(trace.value, ()):
            other = counterpart(claim, corpus, doc) if doc in people.applicants and doc not in own else None
            if other is not None:
                yield _author(exhibit, trace, other, rate, corpus, copied, mine=True)
    name = names.key(claim.name) if claim.name else ""
    if len(name.split()) > 1:
        docs = corpus.traces.holders("author", [name]).get(name, [])
        rate = BaseRate(documents=people.distinct(docs, own), of=people.others(own))
        for doc in sorted(set(docs) & people.applicants - own):
            other = counterpart(claim, corpus, doc)
            if other is not None:
                (trace,) = [
                    e for e in traces(other.exhibit.document) if (e.kind, e.value) == ("author", name)
                ]
                yield _author(exhibit, trace, other, rate, corpus, copied, mine=False)


def _author(
    exhibit: Exhibit,
    trace: Trace,
    other: Counterpart,
    rate: BaseRate,
    corpus: Corpus,
    copied: Collection[str],
    *,
    mine: bool,
) -> Finding:
    theirs = other.exhibit.document
    holder = exhibit.document if mine else theirs
    fact = _fact(holder, trace)
    common = rate.documents > corpus.common()
    whose = "the document's own applicant" if not mine else other.who
    text = (
        f"By its properties this file was made or last changed by {fact.value}, which is the name of another applicant."
        if mine
        else f"By its properties the file of {other.who} was made or last changed by {fact.value}, the name on this "
        "document."
    )
    person = other.exhibit if mine else exhibit
    named = next((e for e in person.features.entities if e.label == "PERSON"), None)
    shown = Evidence(document=person.document.id, text=whose, where="applicant")
    if named is not None and names.agree(named.value, fact.value):
        place = person.document.place(named.start, named.end)
        shown = Evidence(
            document=person.document.id, text=named.text, start=named.start, end=named.end,
            page=place.page, bbox=place.bbox,
        )  # fmt: skip
    return finding(
        "author-is-other-applicant",
        weight="C" if common else "A" if theirs.id in copied else "B",
        documents=(theirs.id,),
        summary=f"{text} {rate.documents} of {rate.of} other applicants' files bear that name.",
        evidence=[Evidence(document=holder.id, text=fact.value, where=fact.where), shown],
        base_rate=rate,
    )
