"""Who else lives there, and who else is vouched for by them? shared-address, shared-referee."""

from __future__ import annotations

from collections.abc import Iterable

from forensics.features import names
from forensics.features.addresses import Home, home
from forensics.features.features import Exhibit, Referee
from forensics.features.geography import plain, spot
from forensics.features.histories import organisation
from forensics.findings.counterparts import Counterpart, counterpart
from forensics.findings.finding import BaseRate, Claim, Evidence, Finding
from forensics.findings.known import mailboxes
from forensics.findings.quoting import finding, quote
from forensics.index.claims import address_of, comparable_email, contacts_of, referee_keys
from forensics.index.corpus import Corpus


def shared_address(exhibit: Exhibit, claim: Claim, corpus: Corpus, own: frozenset[int]) -> list[Finding]:
    """A finding if applicants of other names give the same street and unit."""
    mine = home(exhibit)
    if mine is None:
        return []
    found = [
        (other, theirs)
        for key in address_of(exhibit)
        for other in _counterparts(corpus.with_contact(*key), claim, corpus, own)
        if (theirs := home(other.exhibit)) and _one_town(mine, theirs)
    ]
    if not found:
        return []
    people = corpus.population()
    count = people.distinct((other.doc for other, _ in found), own)
    weight = "B"
    innocent: tuple[str, ...] = ()
    if all(_household(claim.name, other.who) for other, _ in found):
        weight, innocent = "C", ("They bear one family name and may share a household.",)
    elif mine.street in mailboxes() or mine.mailbox:
        weight, innocent = "C", ("It is the address of a service that takes in post for many.",)
    elif count > corpus.common(own):
        weight = "C"
    named = ", ".join(sorted({other.who for other, _ in found}))
    return [
        finding(
            "shared-address",
            weight=weight,
            documents=tuple(dict.fromkeys(other.exhibit.document.id for other, _ in found)),
            summary=f"The address is also given by {named}: {count + 1} applicants at one street and unit.",
            evidence=[
                quote(exhibit.document, mine.start, mine.end),
                *(quote(other.exhibit.document, theirs.start, theirs.end) for other, theirs in found),
            ],
            base_rate=BaseRate(documents=count, of=people.others(own)),
            innocent=innocent,
            thing=next((value for _, value in address_of(exhibit)), ""),
        )
    ]


def _one_town(a: Home, b: Home) -> bool:
    """Whether two equal streets can lie in one town; a unit in common is enough where a town is missing."""
    if not a.place or not b.place:
        return bool(a.unit and b.unit)
    one, two = spot(a.place), spot(b.place)
    if one.post and two.post:
        return one.post[:5] == two.post[:5]
    if one.city and two.city:
        return plain(one.city) == plain(two.city) and (
            not one.state or not two.state or one.state == two.state
        )
    return bool(a.unit and b.unit)


def _household(name: str | None, other: str) -> bool:
    """One family name and two first names: equality, never a property of a name."""
    mine, theirs = names.fold(name or "").split(), names.fold(other).split()
    return len(mine) > 1 and len(theirs) > 1 and mine[-1] == theirs[-1] and mine[0] != theirs[0]


def shared_referee(exhibit: Exhibit, claim: Claim, corpus: Corpus, own: frozenset[int]) -> list[Finding]:
    """Findings for referees that applicants of other names name too, or that are such applicants themselves."""
    found = []
    for referee in exhibit.features.referees:
        others: dict[int, Counterpart] = {}
        applicants: dict[int, Counterpart] = {}
        for _, value in referee_keys(referee):
            for other in _counterparts(corpus.with_contact("referee", value), claim, corpus, own):
                others.setdefault(other.doc, other)
            kind = "email" if "@" in value else "phone"
            for other in _counterparts(corpus.with_contact(kind, value), claim, corpus, own):
                applicants.setdefault(other.doc, other)
        for group, words in ((others, "is named by"), (applicants, "is, by the same contact, the applicant")):
            if group:
                found.append(_referee(exhibit, referee, list(group.values()), words, corpus, own))
    mine = [
        (other, kind, value)
        for kind, value in contacts_of(exhibit)
        if kind in {"email", "phone"}
        for other in _counterparts(corpus.with_contact("referee", value), claim, corpus, own)
    ]
    for other, _, value in mine:
        for referee in other.exhibit.features.referees:
            if ("referee", value) in referee_keys(referee):
                found.append(_vouching(exhibit, other, referee, value, corpus, own))
    return found


def _referee(
    exhibit: Exhibit,
    referee: Referee,
    others: list[Counterpart],
    words: str,
    corpus: Corpus,
    own: frozenset[int],
) -> Finding:
    people = corpus.population()
    count = people.distinct((other.doc for other in others), own)
    named = ", ".join(sorted({other.who for other in others}))
    colleagues = all(_colleagues(exhibit, other.exhibit) for other in others)
    return finding(
        "shared-referee",
        weight="C" if count > corpus.common(own) else "B",
        documents=tuple(other.exhibit.document.id for other in others),
        summary=f"The referee {referee.name or referee.email or referee.phone} {words} {named}.",
        evidence=[
            quote(exhibit.document, *referee.entry),
            *(each for other in others for each in _entries(other.exhibit, referee)),
        ],
        base_rate=BaseRate(documents=count, of=people.others(own)),
        innocent=("Both name the same employer, where the referee may have led them.",) if colleagues else (),
        thing=next((value for _, value in referee_keys(referee)), ""),
    )


def _vouching(
    exhibit: Exhibit, other: Counterpart, referee: Referee, value: str, corpus: Corpus, own: frozenset[int]
) -> Finding:
    people = corpus.population()
    count = people.distinct([other.doc], own)
    return finding(
        "shared-referee",
        weight="B",
        documents=(other.exhibit.document.id,),
        summary=f"The applicant's own {value} is that of a referee in the application of {other.who}.",
        evidence=[*_places(exhibit, value), quote(other.exhibit.document, *referee.entry)],
        base_rate=BaseRate(documents=count, of=people.others(own)),
        thing=value,
    )


def _entries(other: Exhibit, referee: Referee) -> list[Evidence]:
    """Where the other document names the referee, as referee or as its applicant."""
    keys = set(referee_keys(referee))
    spans = [each.entry for each in other.features.referees if keys & set(referee_keys(each))]
    if spans:
        return [quote(other.document, *span) for span in spans]
    return [each for _, value in keys for each in _places(other, value)]


def _places(exhibit: Exhibit, value: str) -> list[Evidence]:
    return [
        quote(exhibit.document, entity.start, entity.end)
        for entity in exhibit.features.entities
        if entity.own
        and value == (comparable_email(entity.value) if entity.label == "EMAIL" else entity.value)
    ]


def _colleagues(a: Exhibit, b: Exhibit) -> bool:
    mine = {organisation(job.employer) for job in a.features.work if job.employer}
    return bool(mine & {organisation(job.employer) for job in b.features.work if job.employer})


def _counterparts(
    docs: Iterable[int], claim: Claim, corpus: Corpus, own: frozenset[int]
) -> Iterable[Counterpart]:
    people = corpus.population()
    for doc in docs:
        if doc in people.applicants and doc not in own and (other := counterpart(claim, corpus, doc)):
            yield other
