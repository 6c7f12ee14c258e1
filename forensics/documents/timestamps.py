"""Times as files state them: PDF dates and ISO 8601, with the offset from UTC where one is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_PDF = re.compile(
    r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?\s*(?:(Z)(?:00'?00'?|')?|([+-])(\d\d)'?(?:(\d\d)'?)?)?\s*\Z"
)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(?:(Z)|([+-])(\d\d):?(\d\d)?)?\s*\Z"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as written: ``clock`` is what a local clock showed, ``offset`` its minutes east of UTC.

    ``offset`` is ``None`` where the file gives none.
    """

    clock: datetime
    offset: int | None

    @property
    def exact(self) -> datetime:
        """The time in UTC, taking a missing offset as none."""
        return self.clock - timedelta(minutes=self.offset or 0)


def moment(text: str) -> Moment | None:
    """The time that ``text`` states, ``None`` for other forms, impossible dates and years before 1990.

    PDF dates (ISO 32000-1, 7.9.4: ``D:20240131120000+05'30'``) with the liberties writers take, and ISO
    8601 with a time of day (XMP, Office). Years before 1990 are clocks that were never set.
    """
    found = _PDF.match(text.strip()) or _ISO.match(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, utc, sign, hours, minutes = found.groups()
    try:
        clock = datetime(int(year), int(month), int(day), int(hour), int(minute), min(59, int(second or 0)))
    except ValueError:
        return None
    if clock.year < 1990:
        return None
    offset = None
    if utc:
        offset = 0
    elif sign:
        offset = int(hours) * 60 + int(minutes or 0)
        if offset > 14 * 60:
            return Moment(clock=clock, offset=None)
        offset = -offset if sign == "-" else offset
    return Moment(clock=clock, offset=offset)


def apart(earlier: Moment, later: Moment) -> tuple[timedelta, bool]:
    """How much later the second is (negative: earlier), and whether that is sure to the minute.

    It is sure where both give the same offset. Otherwise one of them may be a local time that was written
    as if it were UTC, which moves it by up to 14 hours.
    """
    if earlier.offset is not None and earlier.offset == later.offset:
        return later.clock - earlier.clock, True
    return later.exact - earlier.exact, False
