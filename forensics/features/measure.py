"""Document → Exhibit: the other files of this folder, in order."""

from __future__ import annotations

from forensics.documents.document import Document
from forensics.features.applicant import applicant
from forensics.features.entities import find_entities
from forensics.features.features import Exhibit, Features
from forensics.features.shingles import prints
from forensics.features.tokens import tokens


def measure(document: Document) -> Exhibit:
    """The document with everything that is measured in it; the same document gives the same features."""
    entities = find_entities(document)
    words = tokens(document, entities)
    return Exhibit(
        document=document,
        features=Features(
            applicant=applicant(document, entities), entities=entities, tokens=words, prints=prints(words)
        ),
    )
