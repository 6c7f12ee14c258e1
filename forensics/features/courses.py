"""Education: which degree belongs to which school and which dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from forensics.features.degrees import field_of
from forensics.features.features import Education, Entity
from forensics.features.history import location, passages
from forensics.features.pieces import pieces
from forensics.features.sheet import Row, Sheet

_NO_SCHOOL = re.compile(
    r"(?:gpa|cgpa|grade|percentage|marks?|honou?rs|thesis|dissertation|coursework|courses?|minor|major|"
    r"activities|awards?|score|relevant|speciali[sz]ation|distinction|cum laude|first class|dean)\b",
    re.I,
)


@dataclass(slots=True)
class _Entry:
    """One course of study being put together."""

    rows: list[Row] = field(default_factory=list)
    school: Entity | None = None
    degree: Entity | None = None
    dates: Entity | None = None

    def holds(self, entity: Entity) -> bool:
        return getattr(self, _PARTS[entity.label]) is not None

    def add(self, row: Row, found: Sequence[Entity]) -> None:
        self.rows.append(row)
        for entity in found:
            if not self.holds(entity):
                setattr(self, _PARTS[entity.label], entity)


_PARTS = {"SCHOOL": "school", "DEGREE": "degree", "DATE": "dates"}


def read_education(sheet: Sheet) -> tuple[Education, ...]:
    """The courses of study in the order of the text. Degrees, schools, dates and places must have been read.

    An entry ends where the next row brings a second school, degree or date, or behind a blank line once it has
    two of them. A degree without a school belongs to the school above it.
    """
    entries = [entry for entry in _entries(sheet) if entry.degree or entry.school]
    found: list[Education] = []
    for at, entry in enumerate(entries):
        if entry.school is None:
            _school_left(sheet, entry)
        degree, what = field_of(entry.degree.text) if entry.degree else (None, None)
        start, end = _studied(entry.dates)
        school = entry.school.value if entry.school else None
        if school is None and found and entries[at - 1].rows[-1].index + 2 >= entry.rows[0].index:
            school = found[-1].school
        following = entries[at + 1].rows[0] if at + 1 < len(entries) else None
        found.append(
            Education(
                school=school,
                degree=degree,
                field=what,
                start=start,
                end=end,
                location=location(sheet, entry.rows),
                heading=(entry.rows[0].start, entry.rows[-1].end),
                dates=(entry.dates.start, entry.dates.end) if entry.dates else None,
                passages=passages(sheet, entry.rows[0], following),
            )
        )
    return tuple(found)


def _entries(sheet: Sheet) -> Iterator[_Entry]:
    taught = any(row.section == "education" for row in sheet.rows)
    entry = _Entry()
    for row in sheet.rows:
        if taught and row.section != "education":
            continue
        named = sheet.in_row(row, "SCHOOL", "DEGREE")
        if not taught and not (named and row.section not in {"experience", "skills", "references"}):
            continue
        if row.heading or (entry.rows and row.index - entry.rows[-1].index > 3):
            yield entry
            entry = _Entry()
        found = [*named, *_dated(sheet, row, entry)]
        if not found:
            continue
        parts = sum(part is not None for part in (entry.school, entry.degree, entry.dates))
        again = [one for one in found if entry.holds(one)]
        if again or (row.gap and parts == 3):
            yield entry
            entry = _Entry()
        entry.add(row, found)
    yield entry


def _dated(sheet: Sheet, row: Row, entry: _Entry) -> list[Entity]:
    """The date of a row: the range if it has one, else the last; none of a sentence below a whole entry."""
    dates = sheet.in_row(row, "DATE")
    if not dates or (entry.dates is not None and (row.bullet or len(row.text.split()) > 12)):
        return []
    return [next((one for one in dates if "/" in one.value), dates[-1])]


def _studied(entity: Entity | None) -> tuple[str | None, str | None]:
    if entity is None:
        return None, None
    start, slash, end = entity.value.partition("/")
    return (start, end) if slash else (None, start)


def _school_left(sheet: Sheet, entry: _Entry) -> None:
    """A school that no list knows is the proper name left in the rows of a degree, or next to them."""
    if entry.degree is None:
        return
    first, last = entry.rows[0].index, entry.rows[-1].index
    near = [*entry.rows]
    for at in (last + 1, first - 1):
        if 0 <= at < len(sheet.rows):
            row = sheet.rows[at]
            if row.section == "education" and not (row.bullet or row.heading or row.gap or sheet.in_row(row)):
                near.append(row)
    for row in near:
        for piece in pieces(sheet, row):
            if piece.kind in {"unknown", "employer"} and not _NO_SCHOOL.search(piece.text):
                value = " ".join(piece.text.split())
                if sheet.take("SCHOOL", piece.start, piece.end, value, "school-left"):
                    entry.school = sheet.entities[-1]
                    entry.rows = sorted({one.index: one for one in (*entry.rows, row)}.values(), key=_index)
                    return


def _index(row: Row) -> int:
    return row.index
