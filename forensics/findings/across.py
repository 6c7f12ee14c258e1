"""What one document claims, held against the claims of others and of the applicant's own other documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from forensics.features.features import Exhibit
from forensics.features.profile import Profile
from forensics.findings.applications import application_conflict
from forensics.findings.arrivals import burst, successor
from forensics.findings.finding import Claim, Finding, Match
from forensics.findings.histories import copied_history, version_drift
from forensics.findings.periods import this_month
from forensics.findings.profiles import profile_conflict
from forensics.findings.shared import shared_address, shared_referee
from forensics.findings.versions import versions_of
from forensics.index.corpus import Corpus

SIGNALS = (
    "copied-history",
    "shared-address",
    "shared-referee",
    "successor",
    "burst",
    "version-drift",
    "application-conflict",
    "profile-conflict",
)
"""The signals looked for here."""


def across(
    exhibit: Exhibit,
    claim: Claim,
    matches: Sequence[Match],
    corpus: Corpus,
    own: frozenset[int],
    found: Sequence[Finding],
    *,
    applied_at: str | None = None,
    job: str | None = None,
    profiles: Sequence[Profile] = (),
    today: date | None = None,
) -> list[Finding]:
    """Findings about claims shared between documents; ``found`` are those about their texts.

    ``applied_at`` and ``job`` are the exhibit's own application's, ``profiles`` exports given with it.
    """
    now = this_month(today or date.today())
    versions = list(versions_of(exhibit, claim, corpus, own))
    return [
        *copied_history(exhibit, claim, corpus, own),
        *shared_address(exhibit, claim, corpus, own),
        *shared_referee(exhibit, claim, corpus, own),
        *successor(exhibit, matches, found, applied_at),
        *burst(exhibit, matches, corpus, own, applied_at),
        *version_drift(exhibit, versions, now),
        *application_conflict(exhibit, claim, versions, applied_at, job),
        *profile_conflict(exhibit, claim, versions, now, profiles),
    ]
