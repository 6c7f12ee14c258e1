"""Can this history have happened? timeline-overlap, experience-arithmetic.

Every question is asked of the reading that speaks for the applicant: a year may be its first month or its
last, a job without a place is anywhere, and whoever works part time, on contract, remotely or beside a study
may well have two posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from forensics.features.dates import find_dates
from forensics.features.features import Entity, Exhibit, Job
from forensics.features.geography import apart, spot
from forensics.features.histories import organisation
from forensics.findings.finding import Finding
from forensics.findings.known import employer
from forensics.findings.periods import Period, covered, month, of, period, said
from forensics.findings.quoting import finding, quote

HANDOVER = 3
"""Months for which two full-time posts may overlap: notice, leave that was left, a date remembered wrongly."""

AHEAD = 3
"""Months by which a job may begin in the future: an offer that is accepted."""

_BESIDE = re.compile(
    r"\b(?:part[- ]?time|contract\w*|freelanc\w*|self[- ]employed|consult\w*|intern\w*|volunt\w*|advis\w*|board|"
    r"adjunct|lectur\w*|teach\w*|tutor\w*|instruct\w*|trainer|student|seasonal|(?:co-?)?founder|owner|partner|"
    r"remote\w*|hybrid|telecommut\w*|work from home|wfh|temp(?:orary)?|reserv\w*|national guard|fellow\w*|mentor\w*|"
    r"coach\w*|member|per diem|prn|weekends?|evenings?|casual|co-?op|apprentic\w*|trainee|assistant|ph\.?d|doctoral|"
    r"post-?doc\w*|visiting|interim|fractional|open[- ]source|clients?|deput\w*|on[- ]?site|side|project|gig|"
    r"upwork|fiverr|toptal|uber driver|driver|referee|minister|pastor|army|navy|military|commission\w*)\b",
    re.I,
)
_OFFER = re.compile(
    r"\b(?:incoming|upcoming|expected|offer|starting|accepted|future|planned|anticipated)\b", re.I
)
_TO = re.compile(r"[ \t]*(?:-{1,2}|[‐‑‒–—−~→]|\b(?:to|until|till|through|bis)\b)[ \t]*", re.I)
_WORDS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), 1
    )
} | {"twenty": 20, "thirty": 30}
_NUMBER = rf"(?P<n>\d{{1,2}}|{'|'.join(_WORDS)})"
_CLAIM = re.compile(
    rf"(?<![\d.,$€£–-]){_NUMBER}\b\s*\+?\s*(?:plus\s+)?(?:years?|yrs?)['’]?(?:\s+of)?\s+(?:[\w/&+#,.-]+\s+){{0,6}}?"
    rf"experience\b|\bexperience\s+(?:of|:)\s*(?:over\s+)?{_NUMBER.replace('?P<n>', '?P<m>')}\b\s*\+?\s*(?:years?|yrs?)",
    re.I,
)
_NOT_OWN = re.compile(
    r"\b(?:combined|collective\w*|team|company|firm|minimum|at least|requir\w*|clients?|industry-leading|our|their|"
    r"with whom|staff|engineers with|people with)\b",
    re.I,
)
_EARLIER = re.compile(
    r"\b(?:earlier|additional|prior|previous|other|selected|relevant|recent|older)\s+(?:\w+\s+){0,2}"
    r"(?:experience|employment|roles?|positions?|career|history|work|jobs?)\b|\bavailable (?:up)?on request\b|"
    r"\bprevious(?:ly)? (?:worked|held)\b",
    re.I,
)


def timelines(exhibit: Exhibit, now: int) -> list[Finding]:
    """Findings about the periods of one document; ``now`` is the month of the check."""
    if exhibit.document.kind == "cover_letter":
        return []
    return [*_overlap(exhibit, now), *_arithmetic(exhibit, now)]


# -- timeline-overlap


def _overlap(exhibit: Exhibit, now: int) -> Iterator[Finding]:
    document = exhibit.document
    for a, b in _clashes(exhibit, now):
        (first, one), (second, two) = a, b
        start, end = max(one.start[1], two.start[1]), min(one.end[0], two.end[0])
        yield finding(
            "timeline-overlap",
            weight="B",
            documents=(),
            summary=f"Two full-time posts at {first.employer} in {first.location} and at {second.employer} in "
            f"{second.location} overlap for {end - start + 1} months, {said(start)} to {said(end)}.",
            evidence=[quote(document, *job.heading) for job in (first, second)],
            base_rate=None,
        )
    for start, end, words in (*_backwards(exhibit), *_ahead(exhibit, now)):
        yield finding(
            "education-dates" if document.section(start) == "education" else "timeline-overlap",
            weight="B",
            documents=(),
            summary=words,
            evidence=[quote(document, start, end)],
            base_rate=None,
            innocent=("A typing error in one digit.",),
        )


def _clashes(exhibit: Exhibit, now: int) -> Iterator[tuple[tuple[Job, Period], tuple[Job, Period]]]:
    full = [
        (job, months)
        for job in exhibit.features.work
        if job.employer and job.location and (months := of(job, now)) and not _beside(exhibit, job)
    ]
    for a, b in combinations(full, 2):
        (one, first), (two, second) = a, b
        together = min(first.end[0], second.end[0]) - max(first.start[1], second.start[1]) + 1
        if together <= HANDOVER or _one_firm(exhibit, one, two):
            continue
        if apart(spot(one.location or ""), spot(two.location or "")):
            yield a, b


def _beside(exhibit: Exhibit, job: Job) -> bool:
    """Whether the document itself says that the post left room for another, or was not at one place."""
    text = exhibit.document.text
    told = " ".join(filter(None, (text[slice(*job.heading)], job.title, job.employer, job.location)))
    for at in job.passages:
        passage = exhibit.document.passages[at]
        told += " " + text[passage.start : passage.end]
    head = told[: len(text[slice(*job.heading)]) + 200]
    return bool(
        _BESIDE.search(head)
        or re.search(r"part[- ]?time|\bremote|freelance|contract\b|client\s*:", told, re.I)
    )


def _one_firm(exhibit: Exhibit, one: Job, two: Job) -> bool:
    """Whether the posts are at one company, or one is told of as part of the other."""
    a, b = organisation(one.employer or ""), organisation(two.employer or "")
    if not a or not b or a in b or b in a:
        return True
    first, second = employer(one.employer), employer(two.employer)
    if first and first == second:
        return True
    return any(
        (other.employer or "") in exhibit.document.text[passage.start : passage.end]
        for job, other in ((one, two), (two, one))
        for at in job.passages
        for passage in [exhibit.document.passages[at]]
    )


def _backwards(exhibit: Exhibit) -> list[tuple[int, int, str]]:
    """Ranges in work and education that end before they begin; none if the document writes all so."""
    text = exhibit.document.text
    found, ranges = [], 0
    for entity in _dated(exhibit, "experience", "education", "projects"):
        start, slash, end = entity.value.partition("/")
        last = entity.end
        if slash:
            ranges += 1
        elif (to := _TO.match(text, entity.end)) or (to := _TO.search(entity.text)):
            begin = to.end() if to.string is text else entity.start + to.end()
            rest = find_dates(text[begin : begin + 24])
            if not rest or rest[0].start or "/" in rest[0].value:
                continue
            ranges += 1
            end, last = rest[0].value, begin + rest[0].end
        if end and end != "present" and month(end)[1] < month(start)[0]:
            found.append((entity.start, last, f"A period ends before it begins: {start} to {end}."))
    return found if len(found) < ranges or ranges == 1 else []


def _ahead(exhibit: Exhibit, now: int) -> Iterator[tuple[int, int, str]]:
    for job in exhibit.features.work:
        if job.start and job.start != "present" and month(job.start)[0] > now + AHEAD and job.dates:
            around = exhibit.document.text[max(0, job.heading[0] - 80) : job.heading[1] + 80]
            if not _OFFER.search(around):
                yield *job.dates, f"A job begins in the future: {job.start}, read in {said(now)}."


def _dated(exhibit: Exhibit, *sections: str) -> list[Entity]:
    return [
        entity
        for entity in exhibit.features.entities
        if entity.label == "DATE" and exhibit.document.section(entity.start) in sections
    ]


# -- experience-arithmetic


def _arithmetic(exhibit: Exhibit, now: int) -> Iterator[Finding]:
    dated = _periods(exhibit, now)
    if (
        not dated
        or any(not job.start for job in exhibit.features.work)
        or _EARLIER.search(exhibit.document.text)
    ):
        return
    months = covered(dated)
    for start, end, years in _claims(exhibit):
        claimed = 12 * years
        if claimed <= 2 * months or claimed - months <= 24:
            continue
        since = now - _earliest(exhibit, dated) + 12
        yield finding(
            "experience-arithmetic",
            weight="C" if claimed <= since else "B",
            documents=(),
            summary=f"The document claims {years} years of experience; its dated work covers at most "
            f"{months / 12:.1f} years.",
            evidence=[quote(exhibit.document, start, end)],
            base_rate=None,
            innocent=("Its earliest date leaves room for work that it does not list.",)
            if claimed <= since
            else (),
        )
        return


def _periods(exhibit: Exhibit, now: int) -> list[Period]:
    """Everything outside education that has dates: jobs as read, and any other range or date in the work history."""
    found = [months for job in exhibit.features.work if (months := of(job, now))]
    for entity in _dated(exhibit, "experience", "projects", "other"):
        start, slash, end = entity.value.partition("/")
        if not slash and exhibit.document.section(entity.start) != "experience":
            continue
        months = period(start, end if slash else start, now)
        if months and months.start[0] <= months.end[1]:
            found.append(months)
    return found


def _earliest(exhibit: Exhibit, dated: Sequence[Period]) -> int:
    """The first month that the document's work or studies can lie in."""
    ends = [month(each.end)[0] for each in exhibit.features.education if each.end and each.end != "present"]
    ends += [month(entity.value[:4])[0] for entity in _dated(exhibit, "education", "certifications")]
    return min([*ends, *(each.start[0] for each in dated)])


def _claims(exhibit: Exhibit) -> Iterator[tuple[int, int, int]]:
    """The years of experience that the applicant claims as their own, the highest first."""
    text = exhibit.document.text
    found = []
    for match in _CLAIM.finditer(text):
        if exhibit.document.section(match.start()) in {"experience", "education", "references", "projects"}:
            continue
        around = text[max(0, match.start() - 40) : match.end()]
        if "\n\n" in match[0] or _NOT_OWN.search(around):
            continue
        word = (match["n"] or match["m"]).lower()
        years = _WORDS.get(word) or int(word)
        if 3 <= years <= 60:
            found.append((match.start(), match.end(), years))
    yield from sorted(found, key=lambda each: -each[2])
