"""Who else gives this phone, address or profile as theirs? shared-phone, shared-email, shared-handle."""

from __future__ import annotations

from collections.abc import Sequence

from forensics.documents.document import Document
from forensics.features import names
from forensics.features.features import Entity, Exhibit
from forensics.findings.finding import BaseRate, Claim, Evidence, Finding
from forensics.findings.quoting import finding, quote
from forensics.index.claims import comparable_email, contacts_of
from forensics.index.corpus import Corpus

_LABELS = {"phone": "PHONE", "email": "EMAIL", "handle": "URL"}
_CALLED = {"phone": "telephone number", "email": "e-mail address", "handle": "profile"}
_PROFILES = (
    "linkedin.com/",
    "github.com/",
    "gitlab.com/",
    "x.com/",
    "t.me/",
    "stackoverflow.com/",
    "discord:",
    "skype:",
)


def identities(
    exhibit: Exhibit,
    others: Sequence[tuple[Exhibit, str]],
    corpus: Corpus,
    own: frozenset[int],
    claim: Claim,
) -> list[Finding]:
    """A finding for each contact that applicants of another name claim as well.

    ``others`` are stored documents that share a contact, each with the name its applicant goes by, already
    known to be by somebody else.
    """
    people = corpus.population()
    common, applicants = corpus.common(own), people.others(own)
    found = []
    for kind, value in contacts_of(exhibit):
        sharing = [(other, name) for other, name in others if (kind, value) in contacts_of(other)]
        if not sharing:
            continue
        count = people.distinct(corpus.with_contact(kind, value), own)
        household = all(_household(claim.name, exhibit, name, other) for other, name in sharing)
        weight = "A"
        if count > common:
            weight = "C"
        elif household or (kind == "handle" and not value.startswith(_PROFILES)):
            weight = "B"
        places = [where(exhibit, kind, value), *(where(other, kind, value) for other, _ in sharing)]
        named = ", ".join(sorted({name for _, name in sharing}))
        found.append(
            finding(
                f"shared-{kind}",
                weight=weight,
                documents=tuple(dict.fromkeys(other.document.id for other, _ in sharing)),
                summary=f"The {_CALLED[kind]} {value} is also claimed by {named}; "
                f"{count} of {applicants} other applicants have it.",
                evidence=places,
                base_rate=BaseRate(documents=count, of=applicants),
                innocent=("They bear one family name and may share a household.",) if household else (),
                thing=value,
            )
        )
    return found


def _household(name: str | None, exhibit: Exhibit, other_name: str, other: Exhibit) -> bool:
    """Whether the likeliest explanation is a family: one surname, two first names.

    Equality of two names in two documents, never a property of a name.
    """
    if not name:
        return False
    mine, theirs = names.fold(name).split(), names.fold(other_name).split()
    return len(mine) > 1 and len(theirs) > 1 and mine[-1] == theirs[-1] and mine[0] != theirs[0]


def where(exhibit: Exhibit, kind: str, value: str) -> Evidence:
    """The place at which the document gives the contact: in its text, else in one of its links."""
    entity = _entity(exhibit, kind, value)
    if entity is not None:
        return quote(exhibit.document, entity.start, entity.end)
    return _linked(exhibit.document, value)


def _entity(exhibit: Exhibit, kind: str, value: str) -> Entity | None:
    for entity in exhibit.features.entities:
        same = comparable_email(entity.value) if kind == "email" and "@" in entity.value else entity.value
        if entity.label == _LABELS[kind] and (same == value or (kind == "handle" and value in entity.value)):
            return entity
    return None


def _linked(document: Document, value: str) -> Evidence:
    ending = value.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    for fact in document.facts:
        if fact.name == "link" and ending.casefold() in fact.value.casefold():
            return Evidence(
                document=document.id, text=fact.value, page=fact.page, bbox=fact.bbox, where=fact.where
            )
    return Evidence(document=document.id, text=value, where="contacts")
