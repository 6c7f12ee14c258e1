"""Where lists of institutions lie: those that travel with the package, and those that a user has imported.

An imported list is a folder below ``$FORENSICS_HOME/lists`` with one file, ``list.json``: what was taken from
the files, with their hashes, the date of what they say, the rows that could not be used. It is written beside
and renamed, so a reader sees the old list or the new one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from forensics.errors import CorpusUnwritable, UsageError
from forensics.features.institutions import Entry, Listing, Lookup
from forensics.index.sanctions import BadRow, parse
from forensics.settings import data_folder, settings

STALE_DAYS = 180
"""Older than that, a list is said to be old wherever it was looked at."""

_SHIPPED = {"designated": "designated.toml", "located": "located.toml"}
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}\Z")
_TITLES = {
    "ofac": "OFAC's list of specially designated nationals",
    "csl": "Consolidated Screening List",
    "own": "Our own list",
}
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A list with what its import left behind. Shipped ones have no files, bad rows or time of import."""

    listing: Listing
    kind: str
    imported_at: str | None
    files: tuple[dict[str, Any], ...]
    bad: tuple[BadRow, ...]
    skipped: dict[str, int]


@cache
def shipped() -> tuple[Stored, ...]:
    """The lists that travel with the package: what is designated, and plain facts of location."""
    return tuple(_read_shipped(name, file) for name, file in _SHIPPED.items())


def _read_shipped(name: str, file: str) -> Stored:
    path = data_folder("corpora") / "lists" / "institutions" / file
    content = path.read_bytes()
    read = tomllib.loads(content.decode("utf-8"))
    entries = [_entry(_told(each, read)) for each in read["entry"]]
    listing = Listing(
        id=name,
        title=read["title"],
        tier=read["tier"],
        as_of=read["as_of"],
        sha256=sha256(content).hexdigest(),
        where=f"corpora/lists/institutions/{file}",
        entries=tuple(entries),
    )
    return Stored(listing=listing, kind="shipped", imported_at=None, files=(), bad=(), skipped={})


def _told(told: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """An entry of a shipped list as the fields of :class:`Entry`; ``over`` is what the file says of all."""
    parts = {"name", "aliases", "usage", "places", "dprk"}
    return {
        "authority": over.get("authority"),
        **{key: value for key, value in told.items() if key not in parts},
        "names": (told["name"], *told.get("aliases", ()), *told.get("usage", ())),
        "places": (*told.get("places", ()), *(over["dprk"] if told.get("dprk") else ())),
    }


def _entry(values: dict[str, Any]) -> Entry:
    made: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return Entry(**made)


def folder() -> Path:
    """Where imported lists lie."""
    return settings().home / "lists"


def imported() -> tuple[Stored, ...]:
    """The lists that were imported, by name. Raises what :func:`find` does."""
    return tuple(_load(path, _stamp(path)) for path in _files())


def everything() -> tuple[Stored, ...]:
    """The shipped lists, then the imported ones."""
    return (*shipped(), *imported())


def find(name: str) -> Stored:
    """One list by its name. Raises :class:`~forensics.errors.UsageError` when there is none."""
    found = next((each for each in everything() if each.listing.id == name), None)
    if found is None:
        known = ", ".join(each.listing.id for each in everything())
        raise UsageError(f"there is no list {name!r}: {known} are there.")
    return found


def looking_up(today: date | None = None) -> Lookup:
    """Every list that is there, ready; made anew when a list has come, gone or changed, or a day has passed."""
    day = (today or datetime.now(UTC).date()).isoformat()
    return _lookup(tuple((path, _stamp(path)) for path in _files()), day)


@lru_cache(maxsize=2)
def _lookup(files: tuple[tuple[Path, tuple[int, int, int]], ...], day: str) -> Lookup:
    found = [*shipped(), *(_load(path, stamp) for path, stamp in files)]
    return Lookup((each.listing for each in found), today=day)


def _files() -> list[Path]:
    return sorted(folder().glob("*/list.json"))


def _stamp(path: Path) -> tuple[int, int, int]:
    known = path.stat()
    return known.st_mtime_ns, known.st_size, known.st_ino


@lru_cache(maxsize=64)
def _load(path: Path, stamp: tuple[int, int, int]) -> Stored:
    try:
        read = json.loads(path.read_bytes())
        if read["format"] != _FORMAT:
            raise ValueError(f"format {read['format']}")
        entries = map(_entry, read["entries"])
        listing = Listing(entries=tuple(entries), where=f"lists/{path.parent.name}", **read["listing"])
        bad = tuple(BadRow(**each) for each in read["bad"])
        return Stored(
            listing=listing,
            kind=read["kind"],
            imported_at=read["imported_at"],
            files=tuple(read["files"]),
            bad=bad,
            skipped=dict(read["skipped"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise UsageError(
            f"the list in {path.parent} cannot be read ({wrong}): "
            f"`forensics lists remove {path.parent.name}` and import it again."
        ) from wrong


def bring_in(
    paths: Sequence[Path],
    *,
    name: str | None = None,
    title: str | None = None,
    as_of: str | None = None,
    own: bool = False,
) -> Stored:
    """Import the files of one list; a list of that name is replaced.

    ``as_of`` is the date of what the files say, else the day on which the first of them was last written.
    ``own`` makes any format the user's own tier. Raises :class:`~forensics.errors.UsageError` for a file that
    is not there or no list, a name or date that cannot be, or when no row of it can be used.
    """
    contents = [(path.name, _bytes(path)) for path in paths]
    parsed = parse(contents)
    if not parsed.entries:
        first = f" The first: line {parsed.bad[0].line}, {parsed.bad[0].why}." if parsed.bad else ""
        raise UsageError(
            f"no institution could be taken from {paths[0].name}: {len(parsed.bad)} rows cannot be used, "
            f"{parsed.skipped.total()} are no institutions.{first}"
        )
    tier = "own" if own or parsed.kind == "own" else "designated"
    named = name or ("own" if tier == "own" else parsed.kind)
    if not _NAME.match(named) or named in _SHIPPED:
        raise UsageError(
            f"a list cannot be called {named!r}: use small letters, digits, - and _, and none of "
            f"{', '.join(_SHIPPED)}."
        )
    day = as_of or datetime.fromtimestamp(paths[0].stat().st_mtime, UTC).date().isoformat()
    _check(day)
    listing = Listing(
        id=named,
        title=title or _TITLES["own" if tier == "own" else parsed.kind],
        tier=tier,
        as_of=day,
        sha256=sha256(b"".join(content for _, content in contents)).hexdigest(),
        where=f"lists/{named}",
        entries=tuple(parsed.entries),
    )
    stored = Stored(
        listing=listing,
        kind=parsed.kind,
        imported_at=datetime.now(UTC).isoformat(timespec="seconds"),
        files=tuple(
            {"name": file, "bytes": len(content), "sha256": sha256(content).hexdigest()}
            for file, content in contents
        ),
        bad=tuple(parsed.bad),
        skipped=dict(parsed.skipped),
    )
    _write(stored)
    return stored


def remove(name: str) -> int:
    """Remove an imported list; how many there were of that name. Raises for one that is shipped."""
    if name in _SHIPPED:
        raise UsageError(f"{name} travels with the package and cannot be removed.")
    place = folder() / name
    if not _NAME.match(name) or not (place / "list.json").is_file():
        return 0
    try:
        shutil.rmtree(place)
    except OSError as wrong:
        raise CorpusUnwritable(
            f"{place} cannot be removed ({wrong.strerror}): check its permissions."
        ) from wrong
    return 1


def days_old(listing: Listing, today: date) -> int:
    """How many days ago the list was as it is; of a month or a year, its last day counts."""
    year, month, day = (*map(int, listing.as_of.split("-")), 0, 0)[:3]
    until = date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    at = date(year, month, day) if day else until
    return (today - at).days


def _check(day: str) -> None:
    try:
        found = date.fromisoformat(day)
    except ValueError as wrong:
        raise UsageError(f"{day!r} is no date: write it like 2026-03-31.") from wrong
    if found > datetime.now(UTC).date():
        raise UsageError(f"{day} has not come yet: give the date of what the list says.")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise UsageError(f"{path} cannot be read ({wrong.strerror}): check the path.") from wrong


def _write(stored: Stored) -> None:
    listing = asdict(stored.listing)
    entries, _ = listing.pop("entries"), listing.pop("where")
    found = {
        "format": _FORMAT,
        "kind": stored.kind,
        "imported_at": stored.imported_at,
        "files": list(stored.files),
        "skipped": stored.skipped,
        "bad": [asdict(each) for each in stored.bad],
        "listing": listing,
        "entries": [{key: value for key, value in each.items() if value} for each in entries],
    }
    place = folder() / stored.listing.id
    beside = place / f"list.json.{os.getpid()}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8") as file:
            json.dump(found, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place / "list.json")
    except OSError as wrong:
        beside.unlink(missing_ok=True)
        raise CorpusUnwritable(f"{place} cannot be written ({wrong.strerror}): make room there.") from wrong
