"""What one document claims, looked at by itself: the questions of this folder that need no other document."""

from __future__ import annotations

from datetime import date

from forensics.features.features import Exhibit
from forensics.findings.emails import emails
from forensics.findings.finding import Claim, Finding
from forensics.findings.founding import education_dates, employer_dates
from forensics.findings.periods import this_month, written_from
from forensics.findings.places import places
from forensics.findings.technologies import technology_anachronisms
from forensics.findings.timelines import timelines
from forensics.index.corpus import Corpus


def inside(
    exhibit: Exhibit,
    claim: Claim,
    corpus: Corpus | None = None,
    own: frozenset[int] = frozenset(),
    *,
    applied_at: str | None = None,
    today: date | None = None,
) -> list[Finding]:
    """Findings about places, contacts and times in one document; the corpus only tells how usual they are."""
    now = this_month(today or date.today())
    return [
        *places(exhibit, corpus, own),
        *emails(exhibit, claim, corpus, own),
        *timelines(exhibit, now),
        *technology_anachronisms(exhibit, now),
        *education_dates(exhibit, now),
        *employer_dates(exhibit, written_from(exhibit, applied_at, now)),
    ]
