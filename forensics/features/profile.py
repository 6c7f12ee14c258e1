"""Profiles: what LinkedIn hands out of a member, as a PDF ("Save to PDF") or as the archive of their data.

The archive ("Get a copy of your data") is a ZIP of CSV files: Profile.csv, Positions.csv, Education.csv,
Registration.csv, Connections.csv and more; any of them may be missing. It is taken for hostile like every archive:
:mod:`forensics.documents.archive` reads it, and what is too large, encrypted or made to unpack without end is refused.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import file_digest, sha256
from pathlib import Path

from forensics.documents.archive import load, members
from forensics.errors import ReadError, UsageError
from forensics.features.dates import find_dates
from forensics.features.features import Exhibit

MAX_BYTES = 64 * 2**20
"""Bytes of all CSV files together that are read of an archive."""

MAX_ROWS = 200_000
MAX_COLUMNS = 40
"""Lines and columns of one of its CSV files."""

_ADDRESS = re.compile(r"linkedin\.com/in/(?P<slug>[^\s/?#()]+)", re.I)
_PDF = re.compile(r"linkedin\.com/in/[^\s()]+\s*\(LinkedIn\)", re.I)
_DURATION = re.compile(r"\(\s*(?:\d+\s+(?:years?|months?)\s*){1,2}\)")
_ACTIVITY = {
    "connections.csv": "connected on",
    "shares.csv": "date",
    "comments.csv": "date",
    "reactions.csv": "date",
    "messages.csv": "date",
    "invitations.csv": "sent at",
}
_READ = frozenset(("profile.csv", "positions.csv", "education.csv", "registration.csv", *_ACTIVITY))
_DAYS = (
    "%d %b %Y",
    "%m/%d/%y, %I:%M %p",
    "%Y-%m-%d %H:%M:%S UTC",
    "%Y-%m-%d",
    "%m/%d/%y",
    "%b %d, %Y",
    "%d %B %Y",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One line of a profile's history; dates as in :class:`~forensics.features.features.Job`, ``where`` it stands."""

    employer: str | None
    title: str | None
    start: str | None
    end: str | None
    where: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A member's profile. ``address`` is what follows ``linkedin.com/in/``; ``days`` on which something was done.

    ``id`` is the document's, or ``sha256:`` of the archive's bytes; ``registered`` is known from an archive only.
    """

    id: str
    name: str | None
    address: str | None
    positions: tuple[Position, ...]
    schools: tuple[str, ...] = ()
    registered: date | None = None
    days: tuple[date, ...] = ()


def is_profile_pdf(exhibit: Exhibit) -> bool:
    """Whether the document is a profile saved by LinkedIn: its address so marked, and periods with their length."""
    text = exhibit.document.text
    return bool(_PDF.search(text)) and bool(_DURATION.search(text) or re.search(r"\bPage 1 of \d", text))


def profile_of(exhibit: Exhibit) -> Profile | None:
    """The profile in a document that LinkedIn saved; ``None`` for any other document."""
    if not is_profile_pdf(exhibit):
        return None
    text = exhibit.document.text
    slug = _ADDRESS.search(re.sub(r"-\n", "-", text))
    return Profile(
        id=exhibit.document.id,
        name=exhibit.features.applicant.name,
        address=slug["slug"].lower() if slug else None,
        positions=tuple(
            Position(
                employer=job.employer,
                title=job.title,
                start=job.start,
                end=job.end,
                where="Experience",
                span=job.heading,
            )
            for job in exhibit.features.work
        ),
        schools=tuple(study.school for study in exhibit.features.education if study.school),
    )


def is_export(path: Path) -> bool:
    """Whether the path is read as a member's data archive: a folder, or a file that begins like a ZIP."""
    try:
        if not path.is_file():
            return path.is_dir()
        with path.open("rb") as stream:
            return stream.read(4).startswith(b"PK")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read ({error.strerror}): check the path of the profile."
        ) from error


def read_export(path: Path) -> Profile:
    """The profile in a member's data archive: a ZIP, or a folder of its CSV files.

    Raises :class:`UsageError` where there is none, or none that can be read.
    """
    try:
        files, id = _folder(path) if path.is_dir() else _zip(path)
        tables = {name: list(_rows(content)) for name, content in files.items()}
    except ReadError as error:
        raise UsageError(f"{path} is no readable LinkedIn archive: {error}") from error
    except (OSError, csv.Error) as error:
        raise UsageError(
            f"{path} is no readable LinkedIn archive ({error}): give the ZIP as downloaded."
        ) from error
    if not {"profile.csv", "positions.csv"} & tables.keys():
        raise UsageError(
            f"{path} has no Profile.csv or Positions.csv: it is no archive of a LinkedIn member's data."
        )
    about = next(iter(tables.get("profile.csv", ())), {})
    name = " ".join(filter(None, (about.get("first name"), about.get("last name")))) or None
    registered = [_day(row.get("registered at")) for row in tables.get("registration.csv", ())]
    return Profile(
        id=id,
        name=name,
        address=_slug(about),
        positions=tuple(
            Position(
                employer=row.get("company name") or None,
                title=row.get("title") or None,
                start=_month(row.get("started on")),
                end=_month(row.get("finished on")) or "present",
                where=f"Positions.csv, row {number}",
            )
            for number, row in enumerate(tables.get("positions.csv", ()), 1)
        ),
        schools=tuple(
            row["school name"] for row in tables.get("education.csv", ()) if row.get("school name")
        ),
        registered=next((day for day in registered if day), None),
        days=tuple(sorted(_days(tables))),
    )


def _folder(path: Path) -> tuple[dict[str, bytes], str]:
    """The CSV files right inside a folder by lower-case name, and an id of their bytes."""
    found = sorted(each for each in path.iterdir() if each.suffix.lower() == ".csv" and each.is_file())
    if sum(each.stat().st_size for each in found) > MAX_BYTES:
        raise _too_much()
    files = {each.name.lower(): each.read_bytes() for each in found}
    return files, f"sha256:{sha256(b''.join(files.values())).hexdigest()}"


def _zip(path: Path) -> tuple[dict[str, bytes], str]:
    """The CSV files that are read of a ZIP by lower-case name without folders, and the id of its bytes.

    Of two of one name the one in fewer folders is read.
    """
    if path.suffix.lower() != ".zip":
        raise ReadError("damaged", "it begins like a ZIP and is not called so: give the ZIP as downloaded.")
    wanted = [each for each in members(path) if each.name.lower().endswith(".csv")]
    files: dict[str, bytes] = {}
    left = MAX_BYTES
    for member in sorted(wanted, key=lambda each: each.name.count("/")):
        name = member.name.rpartition("/")[2].lower()
        if name in files or name not in _READ:
            continue
        if member.refused:
            raise ReadError(member.refused[0], f"{member.name}: {member.refused[1]}")
        if member.size > left:
            raise _too_much()
        files[name] = load(path, member, left)
        left -= len(files[name])
    with path.open("rb") as stream:
        return files, f"sha256:{file_digest(stream, 'sha256').hexdigest()}"


def _too_much() -> ReadError:
    return ReadError("too_large", f"its CSV files have more than {MAX_BYTES} bytes: leave out the messages.")


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    """The rows of a CSV file by lower-case column; notes above the header, as in Connections.csv, are skipped."""
    lines = content.decode("utf-8-sig", "replace").splitlines()
    known = (
        "first name,",
        "company name,",
        "school name,",
        "registered at,",
        "date,",
        "from,",
        "conversation id,",
    )
    for at, line in enumerate(lines[:10]):
        if line.replace('"', "").lower().startswith(known):
            lines = lines[at:]
            break
    if len(lines) > MAX_ROWS or (lines and lines[0].count(",") > MAX_COLUMNS):
        raise ReadError("too_large", f"it has a table of more than {MAX_ROWS} rows or {MAX_COLUMNS} columns.")
    reader = csv.reader(io.StringIO("\n".join(lines)))
    columns = [column.strip().lower() for column in next(reader, [])]
    for row in reader:
        yield {column: value.strip() for column, value in zip(columns, row, strict=False) if value.strip()}


def _days(tables: Mapping[str, list[dict[str, str]]]) -> Iterator[date]:
    """The days on which the member did something that leaves a date."""
    for name, column in _ACTIVITY.items():
        for row in tables.get(name, ()):
            if day := _day(row.get(column)):
                yield day


@lru_cache(maxsize=4096)
def _day(written: str | None) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime((written or "").strip(), form).date()
        except ValueError:
            continue
    return None


def _month(written: str | None) -> str | None:
    """``2019-03`` of "Mar 2019"; ``None`` where no date stands."""
    found = find_dates(written or "")
    return found[0].value if found else None


def _slug(about: Mapping[str, str]) -> str | None:
    for value in about.values():
        if match := _ADDRESS.search(value):
            return match["slug"].lower()
    return None
