"""Document → Exhibit: the other files of this folder, in order."""

from __future__ import annotations

from forensics.documents.document import Document
from forensics.features.applicant import applicant
from forensics.features.entities import read_claims
from forensics.features.features import Exhibit, Features
from forensics.features.tokens import tokens


def measure(document: Document) -> Exhibit:
    """The document with everything that is measured in it; the same document gives the same features."""
    claims = read_claims(document)
    words = tokens(document, claims.entities)
    return Exhibit(
        document=document,
        features=Features(
            applicant=applicant(document, claims.entities),
            entities=claims.entities,
            tokens=words,
            work=claims.work,
            education=claims.education,
            referees=claims.referees,
        ),
    )
