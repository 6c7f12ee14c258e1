"""Quotes with their place, and findings with the words of their signal."""

from __future__ import annotations

from collections.abc import Sequence

from forensics.documents.document import Document
from forensics.findings.finding import BaseRate, Evidence, Finding
from forensics.findings.signals import SIGNALS


def quote(document: Document, start: int, end: int) -> Evidence:
    """The words ``[start, end)`` of the document and where they stand."""
    place = document.place(start, end)
    return Evidence(
        document=document.id,
        text=document.text[start:end],
        start=start,
        end=end,
        page=place.page,
        bbox=place.bbox,
    )


def finding(
    signal: str,
    *,
    weight: str,
    documents: tuple[str, ...],
    summary: str,
    evidence: Sequence[Evidence],
    base_rate: BaseRate | None,
    innocent: tuple[str, ...] = (),
    thing: str = "",
) -> Finding:
    """A finding of a registered signal; ``innocent`` explanations of this very case come first."""
    known = SIGNALS[signal]
    return Finding(
        signal=signal,
        family=known.family,
        weight=weight,
        documents=documents,
        summary=summary,
        evidence=tuple(evidence),
        base_rate=base_rate,
        innocent=innocent + known.innocent,
        verify=known.verify,
        thing=thing,
    )
