"""The truth: one SQLite database that holds documents, applications, fingerprints and vectors.

Everything about a document is written in one transaction or not at all. Row numbers are never used twice
(``AUTOINCREMENT``); a document's public id is the hash of its bytes. ``secure_delete`` overwrites what is
erased.
"""

from __future__ import annotations

import json
import sqlite3
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forensics.documents.document import Document
from forensics.documents.wire import from_wire, to_wire
from forensics.errors import CorpusBusy, CorpusError, CorpusVersion
from forensics.features.features import Prints
from forensics.index.edges import Edges
from forensics.index.explained import BUSY_SECONDS, explained
from forensics.index.layouts import Layouts
from forensics.index.schema import APPLICATION_ID, FIRST, STEPS, VERSION
from forensics.index.shared import Shared
from forensics.index.spoken import Numbered, Spoken
from forensics.index.traces import Traces
from forensics.index.unfinished import Unfinished
from forensics.index.unread import Unread


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
    writer does not let go, :class:`CorpusUnwritable` when the disk is full or refuses. ``frozen``: nobody
    writes to the file, neither here nor elsewhere, so that it is read without a lock.
    """

    def __init__(self, file: Path, *, frozen: bool = False) -> None:
        self.file = file
        place = f"{file.absolute().as_uri()}?immutable=1" if frozen else str(file)
        with explained(file):
            self._db = sqlite3.connect(place, timeout=BUSY_SECONDS, isolation_level=None, uri=frozen)
            try:
                self._db.execute("PRAGMA secure_delete = ON")
                self._db.execute("PRAGMA foreign_keys = ON")
                self._open()
            except BaseException:
                self._db.close()
                raise
        self.spoken = Spoken(self._db)
        self.unfinished, self.unread = Unfinished(self._db), Unread(self._db)
        self.traces = Traces(self._db)
        self.layouts = Layouts(self._db)
        self.edges, self.shared = Edges(self._db), Shared(self._db)

    def truth(self, kind: str) -> Numbered | None:
        """The vectors of one kind, ``sentence`` or ``centre``; ``None`` as long as there are none."""
        made = self.spoken.encoder()
        return Numbered(self._db, kind, made) if made else None

    def _open(self) -> None:
        self._db.execute("BEGIN")  # both of one moment: another process may be making the corpus
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        made_by = self._db.execute("PRAGMA application_id").fetchone()[0]
        self._db.execute("COMMIT")
        if version == 0 and made_by == 0:
            self._log_ahead()
            self._make(0, FIRST + "".join(STEPS.values()))
        elif made_by != APPLICATION_ID:
            raise CorpusError(
                f"{self.file} is not a corpus of this program: name another folder with --corpus."
            )
        elif version in STEPS:
            self._make(version, "".join(step for at, step in STEPS.items() if at >= version))
        elif version != VERSION:
            raise CorpusVersion(
                f"{self.file} has schema {version}, this program reads schema {VERSION}: "
                "use the version of forensics that made it, or ingest the files into a new corpus."
            )

    def _make(self, version: int, schema: str) -> None:
        """Bring a database from ``version`` to this one, unless another process has done so meanwhile."""
        with explained(self.file), _written_together(self._db):
            if self._db.execute("PRAGMA user_version").fetchone()[0] == version:
                for statement in schema.split(";"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _log_ahead(self) -> None:
        """Switch to a write-ahead log; SQLite does not wait by itself for others who do the same."""
        deadline = time.monotonic() + BUSY_SECONDS
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
        with explained(self.file), _written_together(self._db):
            if self._db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                raise CorpusVersion(
                    f"a newer version of forensics has just changed {self.file}: run the same command with that one."
                )
            yield

    @property
    def changes(self) -> int:
        """How many rows this connection has written so far."""
        return self._db.total_changes

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

    def set_measured(self, doc: int, stamp: str, features: bytes) -> None:
        """What was measured in a document by the rules of ``stamp``."""
        self._db.execute("INSERT OR REPLACE INTO measured VALUES (?, ?, ?)", (doc, stamp, features))

    def measured(self, doc: int, stamp: str) -> bytes | None:
        """What was measured by these rules, ``None`` if that was not or by others."""
        query = "SELECT features FROM measured WHERE doc = ? AND stamp = ?"
        row = self._db.execute(query, (doc, stamp)).fetchone()
        return None if row is None else bytes(row[0])

    def unmeasured(self, stamp: str) -> list[int]:
        """The documents in which nothing was measured by these rules."""
        query = "SELECT doc FROM document WHERE doc NOT IN (SELECT doc FROM measured WHERE stamp = ?) ORDER BY doc"
        return [doc for (doc,) in self._db.execute(query, (stamp,))]

    def background(self) -> list[int]:
        """All fingerprints of background documents."""
        return [each for (each,) in self._db.execute("SELECT DISTINCT hash FROM background ORDER BY hash")]

    def set_applications(self, doc: int, path: str, applications: Sequence[Application]) -> bool:
        """The applications made with the document under that path; whether that changed anything.

        An application is (document, applicant, path): of two rows for one the later holds.
        """
        before = [each for _, each in self.applications(doc) if each.path == path]
        wanted = list({each.applicant: each for each in applications}.values())
        if sorted(before, key=repr) == sorted(wanted, key=repr):
            return False
        self.edges.forget(doc)
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

    def holding(self, prints: Iterable[int], least: float) -> list[int]:
        """Numbers of the documents that have at least this share of the distinct fingerprints, all of them."""
        wanted = set(prints)
        found = self._db.execute(
            "SELECT doc FROM print WHERE hash IN (SELECT value FROM json_each(?)) GROUP BY doc HAVING COUNT(*) >= ?",
            (json.dumps(sorted(wanted)), least * len(wanted)),
        )
        return [doc for (doc,) in found]

    def having(self, prints: Iterable[int], docs: Iterable[int]) -> Counter[int]:
        """How many of the fingerprints each of these documents has."""
        these, some = json.dumps(sorted(docs)), sorted(prints)
        query = "SELECT doc FROM print WHERE hash = ? AND doc IN (SELECT value FROM json_each(?))"
        return Counter(doc for each in some for (doc,) in self._db.execute(query, (each, these)))

    def with_contact(self, kind: str, value: str) -> list[int]:
        """Numbers of the documents whose applicant claims the contact."""
        found = self._db.execute("SELECT doc FROM contact WHERE kind = ? AND value = ?", (kind, value))
        return [doc for (doc,) in found]

    def delete(self, docs: Sequence[int]) -> list[bytes]:
        """Everything of these documents; returns the keys of sentences that no document says any more."""
        unsaid = self.spoken.drop(docs)
        self.traces.drop(docs)
        self.layouts.drop(docs)
        these = json.dumps(list(docs))
        # These tables have no index by document: one pass each, for all that is erased together.
        for table in ("print", "background", "contact", "measured", "document"):
            self._db.execute(f"DELETE FROM {table} WHERE doc IN (SELECT value FROM json_each(?))", (these,))
        return unsaid

    def set_kept(self, doc: int, size: int) -> None:
        """The file of the document is kept; its size in bytes."""
        self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (doc, size))

    def kept(self) -> dict[str, int]:
        """Ids of the documents whose file is known to be kept, and the sizes in bytes."""
        return dict(self._db.execute("SELECT id, size FROM kept JOIN document USING (doc) ORDER BY id"))

    def delete_application(self, doc: int, application: Application) -> None:
        """One application."""
        self.edges.forget(doc)
        self._db.execute(
            "DELETE FROM application WHERE doc = ? AND path = ? AND applicant IS ?",
            (doc, application.path, application.applicant),
        )

    def added(self, doc: int) -> str:
        """When the document came, ISO 8601."""
        return str(self._db.execute("SELECT added FROM document WHERE doc = ?", (doc,)).fetchone()[0])

    def count(self, table: str) -> int:
        """Rows of a table; for ``passages``, of all documents together."""
        query = "SELECT coalesce(sum(passages), 0) FROM document" if table == "passages" else None
        return int(self._db.execute(query or f"SELECT count(*) FROM {table}").fetchone()[0])

    def sound(self) -> bool:
        """Whether SQLite finds the database whole and everything in it belongs to a document."""
        return self.intact() and self.spoken.whole()

    def intact(self, *, deep: bool = False) -> bool:
        """Whether SQLite finds the database whole; ``deep`` compares every index with its table as well."""
        checks = (f"PRAGMA {'integrity' if deep else 'quick'}_check", "PRAGMA foreign_key_check")
        try:
            found: list[Any] = [self._db.execute(check).fetchall() for check in checks]
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return False
        return found == [[("ok",)], []]

    def copy(self, to: Path) -> None:
        """Write the database as of now to a new file, without free pages; others read and write meanwhile."""
        with explained(self.file):
            self._db.execute("VACUUM INTO ?", (str(to),))

    def compact(self, *, whole: bool) -> None:
        """Return the write-ahead log to the disk and, if ``whole``, free pages: nothing erased stays there.

        Raises :class:`CorpusBusy` while another process reads from the log.
        """
        with explained(self.file):
            if whole:
                self._db.execute("VACUUM")
            if self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise CorpusBusy(
                    f"it is erased, but another process still reads {self.file}, so that traces may be left beside "
                    "it: run the same command again when that has ended."
                )


@contextmanager
def _written_together(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
