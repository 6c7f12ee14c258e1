"""Which stored documents were sent by somebody else: the gate before a finding across documents counts."""

from __future__ import annotations

from dataclasses import dataclass

from forensics.features.features import Exhibit
from forensics.findings.finding import Claim
from forensics.findings.relation import relation
from forensics.index.corpus import Corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """A stored document by an applicant of another name, ``who`` as a person would say it."""

    doc: int
    exhibit: Exhibit
    who: str


def counterpart(claim: Claim, corpus: Corpus, doc: int) -> Counterpart | None:
    """The document, if one of its applications is by somebody of another name; ``None`` for the same or unknown.

    What came as background is nobody's.
    """
    applications = corpus.population().applications.get(doc, ())
    if not applications or any(each.role == "background" for each in applications):
        return None
    other = corpus.exhibit(doc)
    if other is None:
        return None
    applicant = other.features.applicant
    for each in applications:
        theirs = Claim(told=each.applicant, read=applicant.name, emails=applicant.emails)
        if theirs.name and relation(claim, theirs) == "different":
            return Counterpart(doc=doc, exhibit=other, who=theirs.name)
    return None
