"""Was the school or the company there, and was the degree possible? education-dates, employer-dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forensics.features.features import Education, Exhibit, Job
from forensics.findings import known
from forensics.findings.finding import Finding
from forensics.findings.periods import month, of
from forensics.findings.quoting import finding, quote

GRACE = 12
"""Months before its beginning from which somebody may say they were there: founders, a first class."""

AFTER = 24
"""Months after its end for which a company's name may still be used by its last people."""

_FOUR_YEARS = re.compile(
    r"\b(?:bachelor|b\.?\s?sc|b\.?\s?a|b\.?\s?s|b\.?\s?eng|b\.?\s?e|b\.?\s?tech|b\.?\s?com|b\.?\s?b\.?\s?a)\b(?:['’]?s)?",
    re.I,
)
_DOCTOR = re.compile(r"\b(?:ph\.?\s?d|doctor(?:ate)?|d\.?phil)\b", re.I)
_SHORTER = re.compile(
    r"\b(?:top[- ]?up|transfer\w*|lateral|accelerated|second|exchange|abroad|semester|completion|conversion|hono[u]?rs|"
    r"hons|post[- ]?bac\w*|associate|fast[- ]?track|credit|incomplete|coursework|courses|credits|continued|resumed|"
    r"dual|double|joint|visiting|minor|pursuing|enrolled|withdr\w+|left|non-degree|certificate|diploma|part|competency|"
    r"online|intercalated)\b",
    re.I,
)


def education_dates(exhibit: Exhibit, now: int) -> list[Finding]:
    """Findings about the dates of study."""
    return [each for study in exhibit.features.education for each in _study(exhibit, study, now)]


def _study(exhibit: Exhibit, study: Education, now: int) -> Iterator[Finding]:
    last = study.end if study.end and study.end != "present" else study.start
    school = known.school(study.school)
    if school and last and month(last)[1] + GRACE < school.founded:
        yield _finding(
            exhibit,
            "education-dates",
            study.heading,
            f"{study.school} is given for {_written(study)}; {school.name} dates from {school.written} "
            f"({school.source}).",
        )
    months = of(study, now)
    degree = study.degree or ""
    if months is None or study.end == "present" or months.end[1] < months.start[0] or months.end[1] > now:
        return
    passages = [exhibit.document.passages[at] for at in study.passages]
    spans = [study.heading, *((each.start, each.end) for each in passages)]
    told = " ".join(exhibit.document.text[start:end] for start, end in spans)
    short = months.end[0] - months.start[0] <= 12 and months.longest <= 24
    if short and (_FOUR_YEARS.search(degree) or _DOCTOR.search(degree)) and not _SHORTER.search(told):
        yield _finding(
            exhibit,
            "education-dates",
            study.heading,
            f"The degree {degree} is given for {_written(study)}, about a year where such a degree takes three or four.",
        )


def employer_dates(exhibit: Exhibit, written: int) -> list[Finding]:
    """Findings about jobs at companies that were not founded yet or had ended.

    ``written`` is the month up to which an ongoing job surely lasted, as
    :func:`~forensics.findings.periods.written_from` gives it.
    """
    found = []
    for job in exhibit.features.work:
        company = known.employer(job.employer)
        if company is None or not job.start or job.start == "present":
            continue
        ended = job.end == "present"
        last = written if ended else month(job.end)[0] if job.end else month(job.start)[0]
        if month(job.start)[1] + GRACE < company.founded:
            words = f"was founded later, by the list ({company.written}, {company.source})"
        elif company.closed is not None and max(last, month(job.start)[0]) > company.closed + AFTER:
            words = f"had ended before that, by the list ({company.written}, {company.source})"
        else:
            continue
        found.append(
            _finding(
                exhibit,
                "employer-dates",
                job.heading,
                f"A job at {job.employer} is given for {_written(job)}; it {words}.",
            )
        )
    return found


def _written(entry: Education | Job) -> str:
    return f"{entry.start} to {entry.end}" if entry.start and entry.end else str(entry.start or entry.end)


def _finding(exhibit: Exhibit, signal: str, span: tuple[int, int], words: str) -> Finding:
    return finding(
        signal,
        weight="B",
        documents=(),
        summary=words,
        evidence=[quote(exhibit.document, *span)],
        base_rate=None,
    )
