"""What a corpus holds as a list: filtered, counted by facet, cut into pages."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from forensics.documents.document import Document
from forensics.errors import NoCorpus
from forensics.index.store import Application, Store

FACETS = ("role", "kind", "month", "job")
"""What a list can be narrowed by; no job is the empty text."""

ORDERS = ("latest", "applicant", "file")
"""In which order a list can stand."""

_CARD = "document_card"
_COLUMNS = "d.id, a.path, d.kind, a.role, coalesce(a.applicant, d.name), a.applied_at, a.job, d.added"
_Row = tuple[str, str, str, str, str | None, str | None, str | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One application of the list. ``applicant`` is the manifest's name, else the one read; times ISO 8601."""

    id: str
    path: str
    kind: str
    role: str
    applicant: str | None
    applied_at: str | None
    job: str | None
    added: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet, and how many applications would be listed with it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of applications; ``total`` counts all that fit, ``facets`` what else they could be narrowed by."""

    entries: tuple[Entry, ...]
    total: int
    facets: dict[str, tuple[Choice, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A stored document with who applied with it and when it came in."""

    document: Document
    applications: tuple[Application, ...]
    added: str


def prepare(folder: Path) -> None:
    """Make lists quick: an index over what they show, so that no text is touched.

    It is part of the database like any other and goes with the rows it is about.
    """
    with closing(sqlite3.connect(folder / "corpus.db", timeout=60, isolation_level=None)) as db:
        db.execute(f"CREATE INDEX IF NOT EXISTS {_CARD} ON document (doc, id, kind, name, added)")


def listing(
    folder: Path,
    *,
    words: str = "",
    chosen: dict[str, str] | None = None,
    order: str = "latest",
    start: int = 0,
    limit: int | None = 50,
) -> Listing:
    """The applications in which all ``words`` occur (name, path, job or id) and that have the ``chosen`` facets.

    One pass over all of them. Raises :class:`NoCorpus` where there is none.
    """
    wanted, picked = words.casefold().split(), chosen or {}
    rows = [row for row in _rows(folder) if not wanted or _has(row, wanted)]
    columns = {
        "role": [row[3] for row in rows],
        "kind": [row[2] for row in rows],
        "month": [(row[5] or row[7])[:7] for row in rows],
        "job": [row[6] or "" for row in rows],
    }

    def fitting(names: Iterable[str]) -> Sequence[int]:
        at: Sequence[int] = range(len(rows))
        for name in names:
            column, value = columns[name], picked[name]
            at = [each for each in at if column[each] == value]
        return at

    found = sorted((rows[at] for at in fitting(picked)), key=_keys[order], reverse=order == "latest")
    facets = {
        name: _choices(name, Counter(map(columns[name].__getitem__, fitting(picked.keys() - {name}))))
        for name in FACETS
    }
    return Listing(
        entries=tuple(map(_entry, found[start : None if limit is None else start + limit])),
        total=len(found),
        facets=facets,
    )


def under(folder: Path, word: str) -> tuple[Entry, ...]:
    """The applications in whose applicant's name the word occurs, the latest first."""
    wanted = word.casefold()
    found = [row for row in _rows(folder) if row[4] and wanted in row[4].casefold()]
    return tuple(map(_entry, sorted(found, key=_keys["latest"], reverse=True)))


def _rows(folder: Path) -> list[_Row]:
    with _reading(folder) as db:
        made = db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_CARD,)).fetchone()
        by = f"INDEXED BY {_CARD}" if made else ""
        query = f"SELECT {_COLUMNS} FROM application a JOIN document d {by} ON d.doc = a.doc ORDER BY a.rowid"
        return db.execute(query).fetchall()


def _has(row: _Row, wanted: Sequence[str]) -> bool:
    said = "\n".join((row[0], row[1], row[4] or "", row[6] or "")).casefold()
    return all(word in said for word in wanted)


def _entry(row: _Row) -> Entry:
    id, path, kind, role, applicant, applied_at, job, added = row
    return Entry(
        id=id,
        path=path,
        kind=kind,
        role=role,
        applicant=applicant,
        applied_at=applied_at,
        job=job,
        added=added,
    )


def _latest(row: _Row) -> str:
    return row[5] or row[7]


def _by_applicant(row: _Row) -> str:
    return (row[4] or "\U0010ffff").casefold()


def _by_file(row: _Row) -> str:
    return row[1].casefold()


_keys: dict[str, Callable[[_Row], str]] = dict(zip(ORDERS, (_latest, _by_applicant, _by_file), strict=True))


def _choices(name: str, counted: Counter[str]) -> tuple[Choice, ...]:
    """The values of a facet: months the latest first, others the most frequent first."""
    pairs = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    if name == "month":
        pairs.sort(reverse=True)
    return tuple(Choice(value=value, count=count) for value, count in pairs)


def shelved(folder: Path, prefix: str) -> Shelved | None:
    """The document whose whole id begins so, ``None`` if it is not here or not the only one.

    Raises :class:`NoCorpus` where there is no corpus.
    """
    with _reading(folder) as db, closing(Store(folder / "corpus.db")) as store:
        found = store.find(prefix)
        if len(found) != 1:
            return None
        number = found[0][0]
        applications = tuple(each for _, each in store.applications(number))
        row = db.execute("SELECT added FROM document WHERE doc = ?", (number,)).fetchone()
        if not applications or row is None:
            return None
        return Shelved(
            document=store.content(number, path=applications[0].path),
            applications=applications,
            added=row[0],
        )


def present(folder: Path, ids: set[str]) -> set[str]:
    """Those of the ids that are stored."""
    with _reading(folder) as db:
        return {id for id in ids if db.execute("SELECT 1 FROM document WHERE id = ?", (id,)).fetchone()}


def count(folder: Path) -> int:
    """How many documents are stored."""
    with _reading(folder) as db:
        return int(db.execute("SELECT count(*) FROM document").fetchone()[0])


@contextmanager
def _reading(folder: Path) -> Iterator[sqlite3.Connection]:
    """A connection of one call that cannot write."""
    file = folder / "corpus.db"
    if not file.is_file():
        raise NoCorpus(f"no corpus in {folder}: make one with `forensics ingest PATH… --corpus {folder}`.")
    with closing(sqlite3.connect(file, timeout=30)) as db:
        db.execute("PRAGMA query_only = ON")
        yield db
