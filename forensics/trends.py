"""Corpus → trends: what the last checks found, over time."""

from __future__ import annotations

from typing import Any

from forensics.campaigns import campaigns
from forensics.cases.trends import Applied
from forensics.cases.trends import trends as counted
from forensics.index.corpus import Corpus


def trends(corpus: Corpus) -> dict[str, Any]:
    """The JSON of ``trends``: every application of an applicant, by its time, else by that of ingest."""
    people, seen, came = corpus.population(), corpus.edges.seen(), corpus.edges.came()
    found = campaigns(corpus)
    home = {doc: each.id for each in found.campaigns for doc in each.group.docs}
    applied = [
        Applied(
            when=each.applied_at or came[doc],
            dated=each.applied_at is not None,
            job=each.job,
            opens=doc in seen and seen[doc].opens,
            signals=tuple(sorted({s for s, weight in seen[doc].signals if weight in ("A", "B")}))
            if doc in seen
            else (),
            campaign=home.get(doc),
        )
        for doc, applications in people.applications.items()
        for each in applications
        if each.role == "applicant"
    ]
    return counted(applied, checked=found.looked, documents=found.documents)
