"""The truth: one SQLite database that holds documents, applications and fingerprints.

Everything about a document is written in one transaction or not at all. Row numbers are never used twice
(``AUTOINCREMENT``); a document's public id is the hash of its bytes. ``secure_delete`` overwrites what is
erased.
"""

from __future__ import annotations

import json
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forensics.documents.document import Document, Problem, Unreadable
from forensics.documents.wire import from_wire, to_wire
from forensics.errors import CorpusBusy, CorpusError, CorpusUnwritable, CorpusVersion
from forensics.features.features import Prints

VERSION = 1
_APPLICATION_ID = 0x464F5245  # "FORE"
_BUSY_SECONDS = 60
_SCHEMA = """
CREATE TABLE document (
    doc INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT,
    kin INTEGER NOT NULL,
    winnowed INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    added TEXT NOT NULL,
    content BLOB NOT NULL
);
CREATE INDEX document_kin ON document (kin);
CREATE TABLE application (
    doc INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    path TEXT NOT NULL,
    applicant TEXT,
    applied_at TEXT,
    job TEXT,
    source TEXT,
    role TEXT NOT NULL,
    UNIQUE (doc, path, applicant)
);
CREATE TABLE print (hash INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (hash, doc)) WITHOUT ROWID;
CREATE TABLE background (hash INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (hash, doc)) WITHOUT ROWID;
CREATE TABLE contact (
    kind TEXT NOT NULL, value TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (kind, value, doc)
) WITHOUT ROWID;
CREATE TABLE unreadable (path TEXT PRIMARY KEY, id TEXT, problems TEXT NOT NULL, seen TEXT NOT NULL);
"""


def every(prints: Prints) -> list[int]:
    """All fingerprints of a document; the kinds are salted apart."""
    return sorted({*prints.trigrams, *prints.winnowed, *prints.exact})


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Someone applied with a document. ``applicant`` is the manifest's name, ``None`` without one."""

    path: str
    applicant: str | None = None
    applied_at: str | None = None
    job: str | None = None
    source: str | None = None
    role: str = "applicant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the store knows of a document without opening its content."""

    doc: int
    id: str
    kind: str
    name: str | None
    kin: int
    winnowed: int


class Store:
    """One connection to the database of a corpus.

    Raises :class:`CorpusVersion` for a database that another version made, :class:`CorpusBusy` when a
    writer does not let go, :class:`CorpusUnwritable` when the disk is full or refuses.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        with _explained(file):
            self._db = sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None)
            self._db.execute("PRAGMA secure_delete = ON")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._open()

    def _open(self) -> None:
        self._db.execute("BEGIN")  # both of one moment: another process may be making the corpus
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        made_by = self._db.execute("PRAGMA application_id").fetchone()[0]
        self._db.execute("COMMIT")
        if version == 0 and made_by == 0:
            self._log_ahead()
            with self.transaction():
                if self._db.execute("PRAGMA user_version").fetchone()[0] == 0:
                    for statement in _SCHEMA.split(";"):
                        self._db.execute(statement)
                    self._db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                    self._db.execute(f"PRAGMA user_version = {VERSION}")
        elif made_by != _APPLICATION_ID:
            raise CorpusError(
                f"{self.file} is not a corpus of this program: name another folder with --corpus."
            )
        elif version != VERSION:
            raise CorpusVersion(
                f"{self.file} has schema {version}, this program reads schema {VERSION}: "
                "use the version of forensics that made it, or ingest the files into a new corpus."
            )

    def _log_ahead(self) -> None:
        """Switch to a write-ahead log; SQLite does not wait by itself for others who do the same."""
        deadline = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is written together, or not at all."""
        with _explained(self.file):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def version(self) -> int:
        """A number that changes whenever another connection has written."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def rows(self) -> list[Row]:
        """Every document, without content."""
        found = self._db.execute("SELECT doc, id, kind, name, kin, winnowed FROM document ORDER BY doc")
        return [
            Row(doc=doc, id=id, kind=kind, name=name, kin=kin, winnowed=winnowed)
            for doc, id, kind, name, kin, winnowed in found
        ]

    def applications(self, doc: int | None = None) -> Iterator[tuple[int, Application]]:
        """Applications, of one document or of all, in the order they came."""
        where, words = ("WHERE doc = ?", (doc,)) if doc is not None else ("", ())
        columns = "doc, path, applicant, applied_at, job, source, role"
        for number, path, applicant, applied_at, job, source, role in self._db.execute(
            f"SELECT {columns} FROM application {where} ORDER BY doc, rowid", words
        ):
            yield (
                number,
                Application(
                    path=path, applicant=applicant, applied_at=applied_at, job=job, source=source, role=role
                ),
            )

    def find(self, prefix: str) -> list[tuple[int, str]]:
        """The documents whose id begins so: number and id."""
        return self._db.execute(
            "SELECT doc, id FROM document WHERE id >= ? AND id < ? ORDER BY id", (prefix, prefix + "\x7f")
        ).fetchall()

    def insert(
        self,
        document: Document,
        *,
        name: str | None,
        kin: int | None,
        added: str,
        prints: Prints,
        contacts: Iterable[tuple[str, str]],
    ) -> int:
        """A new document; returns its number. ``kin`` is its own number when ``None``."""
        content = zlib.compress(json.dumps(to_wire(document), ensure_ascii=False).encode(), 6)
        doc = int(
            self._db.execute(
                "INSERT INTO document (id, kind, name, kin, winnowed, passages, added, content) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document.id,
                    document.kind,
                    name,
                    kin or 0,
                    len(prints.winnowed),
                    len(document.passages),
                    added,
                    content,
                ),
            ).lastrowid
            or 0
        )
        if kin is None:
            self._db.execute("UPDATE document SET kin = ? WHERE doc = ?", (doc, doc))
        self._db.executemany("INSERT INTO print VALUES (?, ?)", ((each, doc) for each in every(prints)))
        self._db.executemany(
            "INSERT OR IGNORE INTO contact VALUES (?, ?, ?)", ((kind, value, doc) for kind, value in contacts)
        )
        return doc

    def content(self, doc: int, *, path: str) -> Document:
        """The document as it was read."""
        id, blob = self._db.execute("SELECT id, content FROM document WHERE doc = ?", (doc,)).fetchone()
        document = from_wire(json.loads(zlib.decompress(blob)), id=id, path=path)
        assert isinstance(document, Document)
        return document

    def set_applications(self, doc: int, path: str, applications: Sequence[Application]) -> bool:
        """The applications made with the document under that path; whether that changed anything.

        An application is (document, applicant, path): of two rows for one the later holds.
        """
        before = [each for _, each in self.applications(doc) if each.path == path]
        wanted = list({each.applicant: each for each in applications}.values())
        if sorted(before, key=repr) == sorted(wanted, key=repr):
            return False
        self._db.execute("DELETE FROM application WHERE doc = ? AND path = ?", (doc, path))
        self._db.executemany(
            "INSERT INTO application VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((doc, a.path, a.applicant, a.applied_at, a.job, a.source, a.role) for a in wanted),
        )
        return True

    def set_background(self, doc: int, prints: Iterable[int] | None) -> None:
        """The document is background with these prints, or with ``None`` is none any more."""
        self._db.execute("DELETE FROM background WHERE doc = ?", (doc,)) if prints is None else None
        if prints is not None:
            self._db.executemany(
                "INSERT OR IGNORE INTO background VALUES (?, ?)", ((each, doc) for each in prints)
            )

    def kin_of(self, docs: Sequence[int]) -> list[tuple[int, int, int]]:
        """Number, kin and count of winnowed fingerprints of these documents."""
        return self._db.execute(
            "SELECT doc, kin, winnowed FROM document WHERE doc IN (SELECT value FROM json_each(?))",
            (json.dumps(list(docs)),),
        ).fetchall()

    def join_kin(self, kin: Iterable[int], into: int) -> None:
        """Documents of these kins become kin of ``into``."""
        self._db.executemany("UPDATE document SET kin = ? WHERE kin = ?", ((into, each) for each in kin))

    def holders(self, print_: int, limit: int) -> list[int]:
        """Numbers of the documents that have the fingerprint, at most ``limit`` of them."""
        found = self._db.execute("SELECT doc FROM print WHERE hash = ? LIMIT ?", (print_, limit))
        return [doc for (doc,) in found]

    def in_background(self, prints: Iterable[int]) -> set[int]:
        """Those of the fingerprints that a background document has."""
        find = "SELECT 1 FROM background WHERE hash = ? LIMIT 1"
        return {each for each in prints if self._db.execute(find, (each,)).fetchone()}

    def with_contact(self, kind: str, value: str) -> list[int]:
        """Numbers of the documents whose applicant claims the contact."""
        found = self._db.execute("SELECT doc FROM contact WHERE kind = ? AND value = ?", (kind, value))
        return [doc for (doc,) in found]

    def delete(self, docs: Sequence[int]) -> None:
        """Everything of these documents."""
        these = json.dumps(list(docs))
        # These tables have no index by document: one pass each, for all that is erased together.
        for table in ("print", "background", "contact", "document"):
            self._db.execute(f"DELETE FROM {table} WHERE doc IN (SELECT value FROM json_each(?))", (these,))

    def delete_application(self, doc: int, application: Application) -> None:
        """One application."""
        self._db.execute(
            "DELETE FROM application WHERE doc = ? AND path = ? AND applicant IS ?",
            (doc, application.path, application.applicant),
        )

    def added(self, doc: int) -> str:
        """When the document came, ISO 8601."""
        return str(self._db.execute("SELECT added FROM document WHERE doc = ?", (doc,)).fetchone()[0])

    def set_unreadable(self, read: Unreadable, seen: str) -> None:
        """Remember a file that could not be read."""
        problems = json.dumps([[p.code, p.message, p.fatal] for p in read.problems])
        self._db.execute(
            "INSERT OR REPLACE INTO unreadable VALUES (?, ?, ?, ?)", (read.path, read.id, problems, seen)
        )

    def forget_unreadable(self, path: str) -> None:
        """The file has been read after all."""
        self._db.execute("DELETE FROM unreadable WHERE path = ?", (path,))

    def forget_unreadable_of(self, prefixes: Iterable[str], before: str) -> None:
        """Nothing is remembered any more of unreadable files whose id begins so, or seen before then."""
        self._db.execute("DELETE FROM unreadable WHERE seen < ?", (before,))
        self._db.executemany(
            "DELETE FROM unreadable WHERE id >= ? AND id < ?", ((each, each + "\x7f") for each in prefixes)
        )

    def unreadable(self) -> list[Unreadable]:
        """Files that could not be read."""
        return [
            Unreadable(
                id=id,
                path=path,
                problems=tuple(Problem(code=c, message=m, fatal=f) for c, m, f in json.loads(problems)),
            )
            for path, id, problems in self._db.execute(
                "SELECT path, id, problems FROM unreadable ORDER BY path"
            )
        ]

    def count(self, table: str) -> int:
        """Rows of a table; for ``passages``, of all documents together."""
        query = "SELECT coalesce(sum(passages), 0) FROM document" if table == "passages" else None
        return int(self._db.execute(query or f"SELECT count(*) FROM {table}").fetchone()[0])

    def sound(self) -> bool:
        """Whether SQLite finds the database whole and every application has its document."""
        checks = ("PRAGMA quick_check", "PRAGMA foreign_key_check")
        found: list[Any] = [self._db.execute(check).fetchall() for check in checks]
        return found == [[("ok",)], []]

    def compact(self, *, whole: bool) -> None:
        """Return the write-ahead log to the disk and, if ``whole``, free pages: nothing erased stays there.

        Raises :class:`CorpusBusy` while another process reads from the log.
        """
        with _explained(self.file):
            if whole:
                self._db.execute("VACUUM")
            if self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise CorpusBusy(
                    f"it is erased, but another process still reads {self.file}, so that traces may be left beside "
                    "it: run the same command again when that has ended."
                )


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    """SQLite's errors as ours, with what to do next."""
    try:
        yield
    except sqlite3.OperationalError as error:
        said = str(error)
        if "locked" in said or "busy" in said:
            raise CorpusBusy(
                f"another process has been writing to {file} for {_BUSY_SECONDS} seconds: wait for it and try again."
            ) from error
        if "full" in said or "disk I/O" in said or "readonly" in said or "unable to open" in said:
            raise CorpusUnwritable(
                f"{file} cannot be written ({said}): free some space or check the folder's permissions, then run "
                "the same command again; what was finished is kept."
            ) from error
        raise CorpusError(f"{file}: {said}. Run `forensics status` on the corpus.") from error
    except sqlite3.DatabaseError as error:
        raise CorpusError(
            f"{file} is damaged or no database ({error}): restore it from a backup, or ingest into a new corpus."
        ) from error
