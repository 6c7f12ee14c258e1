"""Does the exported profile tell the same life as the résumé? profile-conflict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from forensics.features.features import Exhibit, Job
from forensics.features.histories import organisation, title
from forensics.features.profile import Position, Profile, profile_of
from forensics.findings.applications import other_person
from forensics.findings.emails import is_name, other_words
from forensics.findings.finding import Claim, Evidence, Finding
from forensics.findings.known import employer
from forensics.findings.periods import month, period
from forensics.findings.quoting import finding, quote
from forensics.findings.versions import Version

SHIFT = 12
"""Months by which the start of the same post may differ."""

STILL = timedelta(days=730)
"""For so long nothing was done with a profile that lay dormant."""

NEW = timedelta(days=120)
"""Within this time before the last day most of what was ever done was done, where a profile was filled in at once."""

FEW = 20
"""Days with activity from which a pattern is looked for."""


def profile_conflict(
    exhibit: Exhibit, claim: Claim, versions: Iterable[Version], now: int, profiles: Iterable[Profile] = ()
) -> list[Finding]:
    """Findings about the applicant's profile: its address in this document, and each export of it against this one."""
    found = list(_address(exhibit, claim))
    mine = profile_of(exhibit)
    for version in versions:
        theirs = profile_of(version.exhibit)
        if (theirs is None) == (mine is None) or not (version.contact or version.ground):
            continue
        if theirs is not None:
            found += _against(exhibit, theirs, version.exhibit, now)
        elif mine is not None:
            found += _against(version.exhibit, mine, exhibit, now, itself=exhibit)
    for profile in profiles:
        found += _against(exhibit, profile, None, now)
        found += _dormant(profile)
    return found


def _address(exhibit: Exhibit, claim: Claim) -> Iterator[Finding]:
    """An own LinkedIn address that bears another person's full name."""
    for entity in exhibit.features.entities:
        match = re.fullmatch(r"linkedin\.com/in/(?P<slug>[^/]+)", entity.value)
        if not entity.own or not match:
            continue
        slug = "-".join(part for part in match["slug"].split("-") if part.isalpha() and len(part) > 1)
        bearer = other_words(slug, claim)
        if bearer and is_name(bearer):
            yield finding(
                "profile-conflict",
                weight="B",
                documents=(),
                summary=f"The profile {entity.value} bears the name of another person and no part of {claim.name}.",
                evidence=[quote(exhibit.document, entity.start, entity.end)],
                base_rate=None,
            )


def _against(
    resume: Exhibit, profile: Profile, source: Exhibit | None, now: int, *, itself: Exhibit | None = None
) -> Iterator[Finding]:
    """What a profile and a résumé say differently, in one finding."""
    told: list[str] = []
    evidence: list[Evidence] = []
    name = resume.features.applicant.name
    if name and profile.name and other_person(name, profile.name):
        told.append(f"its name is {profile.name}, not {name}")
        evidence.append(Evidence(document=profile.id, text=profile.name, where="name of the profile"))
    for words, job, position in (*_dates(resume, profile), *_employers(resume, profile, now)):
        told.append(words)
        evidence += [quote(resume.document, *job.heading), _position(position, profile, source)]
    if not told:
        return
    other = resume.document.id if itself is not None else profile.id
    yield finding(
        "profile-conflict",
        weight="B",
        documents=(other,),
        summary=f"The exported profile contradicts the résumé: {'; '.join(told)}.",
        evidence=evidence,
        base_rate=None,
    )


def _position(position: Position, profile: Profile, source: Exhibit | None) -> Evidence:
    if source is not None and position.span is not None:
        return quote(source.document, *position.span)
    words = (
        f"{position.title or ''} | {position.employer or ''} | {position.start or ''} to {position.end or ''}"
    )
    return Evidence(document=profile.id, text=words, where=position.where)


Difference = tuple[str, Job, Position]


def _dates(resume: Exhibit, profile: Profile) -> Iterator[Difference]:
    """Posts of equal employer and title, the only one so on both sides, that begin in another year."""
    for job in resume.features.work:
        same = [each for each in profile.positions if _post(each) == _post(job)]
        if not job.employer or not job.start or len(same) != 1 or not same[0].start:
            continue
        if sum(_post(each) == _post(job) for each in resume.features.work) != 1 or "present" in (
            job.start,
            same[0].start,
        ):
            continue
        one, two = month(job.start), month(same[0].start)
        if max(one[0] - two[1], two[0] - one[1]) > SHIFT:
            yield f"{job.employer} begins {job.start} here and {same[0].start} there", job, same[0]


def _employers(resume: Exhibit, profile: Profile, now: int) -> Iterator[Difference]:
    """Past posts of the same months at another employer, neither named on the other side."""
    mine = {organisation(job.employer) for job in resume.features.work if job.employer}
    theirs = {organisation(each.employer) for each in profile.positions if each.employer}
    for job in resume.features.work:
        for each in profile.positions:
            a, b = period(job.start, job.end, now), period(each.start, each.end, now)
            if not (a and b and job.employer and each.employer) or "present" in (job.end, each.end):
                continue
            exact = min(map(len, (job.start or "", job.end or "", each.start or "", each.end or ""))) > 4
            close = abs(a.start[0] - b.start[0]) <= 1 and abs(a.end[0] - b.end[0]) <= 1
            if exact and close and not _known(job.employer, theirs) and not _known(each.employer, mine):
                yield (
                    f"{job.start} to {job.end} is at {job.employer} here and at {each.employer} there",
                    job,
                    each,
                )


def _known(name: str, others: set[str]) -> bool:
    wanted, listed = organisation(name), employer(name)
    return any(o in wanted or wanted in o or (listed and employer(o) == listed) for o in others if o)


def _post(entry: Job | Position) -> tuple[str, str]:
    return organisation(entry.employer or ""), title(entry.title or "")


def _dormant(profile: Profile) -> Iterator[Finding]:
    """Years of stillness, and then most of all activity in a few weeks."""
    days = profile.days
    if len(days) < FEW:
        return
    last = days[-1]
    new = [day for day in days if day > last - NEW]
    before = [day for day in days if day <= last - NEW]
    began = max([*before, *filter(None, [profile.registered])], default=None)
    if began is None or new[0] - began < STILL or 2 * len(new) < len(days):
        return
    yield finding(
        "profile-conflict",
        weight="C",
        documents=(profile.id,),
        summary=f"The profile lay still from {began} to {new[0]}; {len(new)} of its {len(days)} dated activities fall "
        f"between then and {last}.",
        evidence=[
            Evidence(
                document=profile.id, text=f"{began}, then {new[0]} to {last}", where="dates of the archive"
            )
        ],
        base_rate=None,
    )
