"""Periods: dates as written → the months they can mean, counted so that one can subtract them.

A month is ``12 * year + month - 1``. A year stands for any of its months, so that every question is asked of
the earliest or the latest one, whichever speaks for the applicant.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from forensics.features.features import Education, Exhibit, Job


class Period(NamedTuple):
    """From the first possible month to the last possible one, and the same for the surest reading.

    ``start`` and ``end`` are ``(earliest, latest)``; an ongoing period ends at the present that was given.
    """

    start: tuple[int, int]
    end: tuple[int, int]

    @property
    def longest(self) -> int:
        """Months from first to last, both counted, by the widest reading."""
        return self.end[1] - self.start[0] + 1


def this_month(today: date) -> int:
    """The month that a day lies in."""
    return 12 * today.year + today.month - 1


def month(value: str) -> tuple[int, int]:
    """The earliest and latest month of ``YYYY`` or ``YYYY-MM``."""
    year = 12 * int(value[:4])
    if len(value) > 4:
        return year + int(value[5:7]) - 1, year + int(value[5:7]) - 1
    return year, year + 11


def period(start: str | None, end: str | None, now: int) -> Period | None:
    """The months of a job or a course of study; ``None`` where its start or end is not written."""
    if not start or not end or start == "present":
        return None
    begin = month(start)
    return Period(begin, (max(now, begin[0]),) * 2 if end == "present" else month(end))


def of(entry: Job | Education, now: int) -> Period | None:
    """The months of a job or a course of study, as :func:`period` gives them."""
    return period(entry.start, entry.end, now)


def covered(periods: Iterable[Period]) -> int:
    """How many months lie in at least one of the periods, each by its widest reading."""
    months: set[int] = set()
    for each in periods:
        months.update(range(each.start[0], each.end[1] + 1))
    return len(months)


def written_from(exhibit: Exhibit, applied_at: str | None, now: int) -> int:
    """The month in which the document was surely not finished yet: its last date that is not in the future.

    What a document says of its present holds at least up to then; with ``applied_at`` up to the application.
    """
    found = [
        month(part)[0]
        for entity in exhibit.features.entities
        if entity.label == "DATE"
        for part in entity.value.split("/")
        if part != "present"
    ]
    past = max((each for each in found if each <= now), default=0)
    return max(past, month(applied_at[:7])[0]) if applied_at else past


def said(months: int) -> str:
    """A month as people write it: ``2014-06``."""
    return f"{months // 12}-{months % 12 + 1:02d}"
