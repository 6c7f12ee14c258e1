"""Findings → Case. Whether findings together deserve a person's time; never a verdict, never a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forensics.cases.checklist import Task, checklist
from forensics.cases.elsewhere import Elsewhere
from forensics.features.features import Exhibit
from forensics.findings.finding import Claim, Finding, Match, NotRun
from forensics.findings.writing import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the check of one document came to.

    ``because`` are the findings, by their place in ``findings``, that open the case; it is empty when
    there is none. ``documents`` counts what was compared with, ``snapshot`` names that state of the corpus.
    ``writing`` is how the document is written, ``elsewhere`` campaigns of other organisations that it meets: context,
    never counted.
    """

    exhibit: Exhibit
    claim: Claim
    documents: int
    snapshot: str
    common: int
    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]
    because: tuple[int, ...]
    not_run: tuple[NotRun, ...]
    writing: tuple[Written, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def open(self) -> bool:
        """Whether a person should look."""
        return bool(self.because)

    @property
    def checklist(self) -> tuple[Task, ...]:
        """What a person verifies, chosen by the findings."""
        return checklist(self.findings)


def opening(findings: Sequence[Finding]) -> tuple[int, ...]:
    """The findings that open a case: each A; else all B, if they come from two families or more."""
    strong = tuple(at for at, each in enumerate(findings) if each.weight == "A")
    medium = tuple(at for at, each in enumerate(findings) if each.weight == "B")
    if strong:
        return strong
    families = {findings[at].family for at in medium}
    return medium if len(families) > 1 else ()
