"""Versions: other documents of the same applicant, held to be theirs by more than a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forensics.features.features import Exhibit
from forensics.features.geography import plain
from forensics.features.histories import organisation
from forensics.features.stated import stated
from forensics.findings.finding import Claim
from forensics.findings.relation import relation
from forensics.index.claims import address_of, contacts_of
from forensics.index.corpus import Corpus
from forensics.index.store import Application


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A stored document by the same applicant and the application it came with.

    ``contact`` says that both give the same e-mail, number, profile or address; ``ground`` that they name the
    same employer, school or town at least.
    """

    exhibit: Exhibit
    application: Application
    contact: bool
    ground: bool


def versions_of(exhibit: Exhibit, claim: Claim, corpus: Corpus, own: frozenset[int]) -> Iterator[Version]:
    """Other documents that somebody of the applicant's name applied with, the exhibit's own left out.

    Two people may bear one name: who builds on a version asks for ``contact`` or ``ground``.
    """
    people = corpus.population()
    mine = {*contacts_of(exhibit), *address_of(exhibit)}
    ground = _ground(exhibit)
    for doc in sorted(own & people.applicants):
        other = corpus.exhibit(doc)
        if other is None or other.document.id == exhibit.document.id:
            continue
        applicant = other.features.applicant
        for each in people.applications[doc]:
            theirs = Claim(told=each.applicant, read=applicant.name, emails=applicant.emails)
            if each.role == "applicant" and relation(claim, theirs) == "same":
                yield Version(
                    exhibit=other,
                    application=each,
                    contact=bool(mine & {*contacts_of(other), *address_of(other)}),
                    ground=bool(ground & _ground(other)),
                )
                break


def _ground(exhibit: Exhibit) -> set[str]:
    """Employers, schools and towns of a document, each as compared."""
    found = {organisation(job.employer) for job in exhibit.features.work if job.employer}
    found |= {organisation(study.school) for study in exhibit.features.education if study.school}
    return found | {plain(place.city) for _, place in stated(exhibit) if place.city}
