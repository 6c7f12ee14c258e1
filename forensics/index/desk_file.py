"""The file of the desk: the tables of ``jobs.db``, and connections that last one call.

So any thread or process may hold a desk, and none keeps another from emptying the write-ahead log.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forensics.errors import CorpusBusy, CorpusError, CorpusUnwritable, CorpusVersion

_VERSION = 1
_BUSY_SECONDS = 30
_SCHEMA = """
CREATE TABLE job (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    batch TEXT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    applicant TEXT,
    person TEXT,
    keep INTEGER NOT NULL,
    kept TEXT,
    stored INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    came TEXT NOT NULL,
    changed TEXT NOT NULL,
    message TEXT,
    opens INTEGER
);
CREATE INDEX job_state ON job (state);
CREATE INDEX job_batch ON job (batch);
CREATE INDEX job_document ON job (document);
CREATE TABLE upload (job INTEGER PRIMARY KEY REFERENCES job ON DELETE CASCADE, data BLOB NOT NULL);
CREATE TABLE result (
    job INTEGER PRIMARY KEY REFERENCES job ON DELETE CASCADE, answer BLOB NOT NULL, page BLOB NOT NULL
);
CREATE TABLE mention (
    job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE, document TEXT NOT NULL, applicant TEXT
);
CREATE INDEX mention_document ON mention (document);
CREATE TABLE view (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, document TEXT
);
CREATE INDEX view_document ON view (document);
"""


class DeskFile:
    """``jobs.db`` in the folder of a corpus, which must exist; made if it is not there.

    Raises :class:`CorpusVersion` for a database of another version, :class:`CorpusBusy` when a writer does
    not let go, :class:`CorpusUnwritable` when the disk is full or refuses.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / "jobs.db"
        with self.connected() as db:
            if db.execute("PRAGMA user_version").fetchone()[0] == 0:
                db.execute("PRAGMA journal_mode = WAL")
        with self.writing() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                for statement in _SCHEMA.split(";"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {_VERSION}")
            elif version != _VERSION:
                raise CorpusVersion(
                    f"{self.file} has schema {version}, this program reads schema {_VERSION}: use the version of "
                    "forensics that made it, or delete the file with its uploads and reports."
                )

    @contextmanager
    def connected(self) -> Iterator[sqlite3.Connection]:
        """A connection; what is read through it is of one moment a statement."""
        with _explained(self.file):
            db = sqlite3.connect(self.file, timeout=_BUSY_SECONDS, isolation_level=None)
            try:
                db.execute("PRAGMA foreign_keys = ON")
                db.execute("PRAGMA secure_delete = ON")
                yield db
            finally:
                db.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in one transaction: all that is written inside is stored, or nothing."""
        with self.connected() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def compact(self) -> None:
        """Rebuild the file and empty its log: nothing that was deleted is left in either."""
        with self.connected() as db:
            db.execute("VACUUM")
            if db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise CorpusBusy(
                    f"it is erased, but another process still reads {self.file}, so that traces may be left beside "
                    "it: run the same command again."
                )


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    """SQLite's errors as ours, with what to do next."""
    try:
        yield
    except sqlite3.OperationalError as error:
        said = str(error)
        if "locked" in said or "busy" in said:
            raise CorpusBusy(f"another process is writing to {file}: wait for it and try again.") from error
        if "full" in said or "disk I/O" in said or "readonly" in said or "unable to open" in said:
            raise CorpusUnwritable(
                f"{file} cannot be written ({said}): free some space or check the folder's permissions."
            ) from error
        raise CorpusError(f"{file}: {said}. Restore it from a backup, or delete it with its jobs.") from error
    except sqlite3.DatabaseError as error:
        raise CorpusError(
            f"{file} is damaged or no database ({error}): restore it from a backup, or delete it with its jobs."
        ) from error
