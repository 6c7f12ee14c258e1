"""Was it there yet? technology-anachronism.

Three claims are checked: used in a job that ended before the public could have it, a version before that
version, and more years of it than it has been public. The *end* of the job counts, since bullets are written
later, and a year of grace is given for previews, insiders and dates remembered wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from forensics.documents.document import Passage
from forensics.features.features import Exhibit, Job
from forensics.findings.finding import Evidence, Finding
from forensics.findings.known import Technology, technologies, technology_names, version_names, versions
from forensics.findings.periods import month, of, said
from forensics.findings.quoting import finding, quote

GRACE = 12
"""Months before the first public date from which a use is believed."""

_NEAR = 60
_NO_PRODUCT = re.compile(
    r"[ -]?(?:schema|schemas|model|modeling|modelling|dimension|format(?:ion)?|queue)\b", re.I
)
_N = r"(?<![\d.,$–-])(?P<n>\d{1,2})\s*\+?\s*(?:plus\s+)?(?:years?|yrs?\.?)['’]?"
_BEFORE = re.compile(
    rf"{_N}\s+(?:of\s+)?(?:(?:professional|hands-on|hands on|commercial|production|solid|strong|extensive|deep|industry|"
    r"relevant|practical|proven|full-time|daily)\s+){0,3}(?:(?:experience|expertise|work|working|development|"
    r"developing|building|programming|coding|administering|managing|running)\s+){0,2}(?:(?:with|in|using|of|on)\s+)?"
    r"(?:the\s+)?$",
    re.I,
)
_AFTER = re.compile(
    r"(?:[ ](?:development|experience|engineering|administration|programming))?[ ]?"
    r"(?:\([ ]?(?P<n>\d{1,2})[ ]?\+?[ ]?(?:years?|yrs?)\b[^)\n]{0,20}\)"
    r"|[:–—|-][ ]?(?P<m>\d{1,2})[ ]?\+?[ ]?(?:years?|yrs?)\b(?![ ]+(?:of|in|at|ago)\b))",
    re.I,
)


class _Use(NamedTuple):
    technology: Technology
    start: int
    end: int


def technology_anachronisms(exhibit: Exhibit, now: int) -> list[Finding]:
    """One finding for uses in jobs, one for years claimed; ``now`` is the month of the check."""
    return [*_in_jobs(exhibit, now), *_years(exhibit, now)]


def _in_jobs(exhibit: Exhibit, now: int) -> Iterator[Finding]:
    evidence: list[Evidence] = []
    told: list[str] = []
    for job in exhibit.features.work:
        months = of(job, now)
        if months is None or job.end == "present" or not _sure(exhibit, job):
            continue
        early: dict[str, _Use] = {}
        for passage in _passages(exhibit, job):
            if _mentions_later(exhibit, passage, months.end[1]):
                continue
            for use in _uses(exhibit.document.text[passage.start : passage.end], passage.start):
                if use.technology.public > months.end[1] + GRACE:
                    early.setdefault(use.technology.name, use)
        for use in early.values():
            evidence.append(quote(exhibit.document, use.start, use.end))
            told.append(f"{use.technology.name} (public since {use.technology.written})")
        if early:
            evidence.append(quote(exhibit.document, *job.heading))
            told[-1] += f" in a job that ended {job.end}"
    if told:
        yield finding(
            "technology-anachronism",
            weight="B",
            documents=(),
            summary=f"The document puts {'; '.join(told)}: each ended more than a year before that was public.",
            evidence=evidence,
            base_rate=None,
        )


def _sure(exhibit: Exhibit, job: Job) -> bool:
    """Whether the passages of a job are its own: no other range of dates stands in them."""
    spans = [(passage.start, passage.end) for passage in _passages(exhibit, job)]
    return not any(
        entity.label == "DATE"
        and "/" in entity.value
        and any(a <= entity.start < b for a, b in spans)
        and not (job.heading[0] <= entity.start < job.heading[1])
        for entity in exhibit.features.entities
    )


def _passages(exhibit: Exhibit, job: Job) -> list[Passage]:
    return [exhibit.document.passages[at] for at in job.passages]


def _mentions_later(exhibit: Exhibit, passage: Passage, last: int) -> bool:
    """Whether a passage itself speaks of a time after the job; "SQL Server 2019" is no time."""
    text = exhibit.document.text
    versions_at = [match.span() for match in version_names().finditer(text, passage.start, passage.end)]
    return any(
        entity.label == "DATE"
        and not any(start < entity.end and entity.start < end for start, end in versions_at)
        and passage.start <= entity.start < passage.end
        and ("present" in entity.value or month(entity.value.split("/")[-1])[0] > last)
        for entity in exhibit.features.entities
    )


def _uses(text: str, at: int) -> Iterator[_Use]:
    """Technologies and versions named in a text that begins at offset ``at``."""
    by_name, weak = technologies()
    matches = list(technology_names().finditer(text))
    strong = [match.span() for match in matches if match[0] not in weak]
    for match in matches:
        near = any(match.start() - _NEAR < end and start < match.end() + _NEAR for start, end in strong)
        if (match[0] not in weak or near) and not _NO_PRODUCT.match(text, match.end()):
            yield _Use(by_name[match[0]], at + match.start(), at + match.end())
    for match in version_names().finditer(text):
        for version in match["version"].split("/"):
            whole = (match["name"], version)
            major = (match["name"], version.split(".")[0])
            if found := versions().get(whole) or versions().get(major):
                yield _Use(found, at + match.start(), at + match.end())


def _years(exhibit: Exhibit, now: int) -> Iterator[Finding]:
    text = exhibit.document.text
    by_name, weak = technologies()
    matches = list(technology_names().finditer(text))
    strong = [match.span() for match in matches if match[0] not in weak]
    evidence, told = [], []
    for match in matches:
        start, end = match.span()
        if match[0] in weak and not any(start - _NEAR < b and a < end + _NEAR for a, b in strong):
            continue
        before = _BEFORE.search(text, max(0, start - 80), start)
        after = _AFTER.match(text, end)
        if before:
            years, span = int(before["n"]), (before.start(), end)
        elif after:
            years, span = int(after["n"] or after["m"]), (start, after.end())
        else:
            continue
        known = by_name[match[0]]
        if 12 * years > now - known.public + GRACE:
            evidence.append(quote(exhibit.document, *span))
            told.append(f"{years} years of {known.name}, public since {known.written}")
    if told:
        yield finding(
            "technology-anachronism",
            weight="B",
            documents=(),
            summary=f"The document claims {'; '.join(told)}: in {said(now)} nobody can have that many.",
            evidence=evidence,
            base_rate=None,
        )
