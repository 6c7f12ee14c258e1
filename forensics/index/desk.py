"""The desk of a corpus: what was handed to `serve` to be checked, what came of it, and who looked at what.

A second SQLite database, ``jobs.db``, in the folder of the corpus, so that the truth (store.py) stays small
and erasing finds everything in one folder. Uploads and reports are personal data: :meth:`Desk.forget` takes
them with the document, ``secure_delete`` and a rebuild leave nothing of them in the file. Connections live
for one call, so any thread or process may hold a desk.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from forensics.features import names
from forensics.index.desk_file import DeskFile
from forensics.index.job import (
    AT_WORK,
    COMPARING,
    DONE,
    FAILED,
    MOST_ATTEMPTS,
    QUEUED,
    READING,
    Job,
    Result,
    View,
)

_COLUMNS = (
    "id, batch, name, document, applicant, person, keep, kept, stored, state, attempts, came, changed, message, "
    "opens"
)


class Desk:
    """The jobs and views of the corpus in ``folder``, which must exist.

    Raises what :class:`~forensics.index.desk_file.DeskFile` does.
    """

    def __init__(self, folder: Path) -> None:
        self._file = DeskFile(folder)

    @classmethod
    def at(cls, folder: Path) -> Desk | None:
        """The desk in ``folder``, ``None`` if nobody has ever served that corpus."""
        return cls(folder) if (folder / "jobs.db").is_file() else None

    # -- handing in

    def put(
        self,
        files: Sequence[tuple[str, str, bytes | None]],
        *,
        applicant: str | None,
        keep: bool,
        most_waiting: int | None = None,
    ) -> list[Job] | None:
        """New jobs for (name, document id, bytes) in one batch; without bytes the document is the corpus's.

        ``None``, and nothing is stored, if more than ``most_waiting`` would then wait.
        """
        batch, now, made = secrets.token_urlsafe(12), _now(), []
        with self._file.writing() as db:
            if most_waiting is not None and _waiting(db) + len(files) > most_waiting:
                return None
            for name, document, data in files:
                id = secrets.token_urlsafe(12)
                number = db.execute(
                    "INSERT INTO job (id, batch, name, document, applicant, keep, stored, state, came, changed) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (id, batch, name, document, applicant, keep, data is None, QUEUED, now, now),
                ).lastrowid
                if data is not None:
                    db.execute("INSERT INTO upload VALUES (?, ?)", (number, data))
                made.append(id)
        return [job for job in map(self.job, made) if job is not None]

    # -- looking

    def job(self, id: str) -> Job | None:
        """One job."""
        return next(iter(self._jobs("WHERE id = ?", (id,))), None)

    def jobs(
        self, *, batch: str | None = None, document: str | None = None, start: int = 0, limit: int = 50
    ) -> list[Job]:
        """Jobs, of one batch, about one document or all, the latest first."""
        given = {"batch": batch, "document": document}
        words = tuple(value for value in given.values() if value is not None)
        terms = [f"{name} = ?" for name, value in given.items() if value is not None]
        where = f"WHERE {' AND '.join(terms)}" if terms else ""
        return self._jobs(f"{where} ORDER BY number DESC LIMIT ? OFFSET ?", (*words, limit, start))

    def count(self, *, batch: str | None = None) -> int:
        """How many jobs there are."""
        where, words = ("", ()) if batch is None else ("WHERE batch = ?", (batch,))
        with self._file.connected() as db:
            return int(db.execute(f"SELECT count(*) FROM job {where}", words).fetchone()[0])

    def before(self, job: Job) -> int:
        """How many jobs come first."""
        with self._file.connected() as db:
            return int(
                db.execute(
                    "SELECT count(*) FROM job WHERE state IN (?, ?, ?) AND number < "
                    "(SELECT number FROM job WHERE id = ?)",
                    (QUEUED, *AT_WORK, job.id),
                ).fetchone()[0]
            )

    def at_work(self) -> list[Job]:
        """What is being read or compared."""
        return self._jobs("WHERE state IN (?, ?)", AT_WORK)

    def result(self, id: str) -> tuple[dict[str, Any], str] | None:
        """The JSON and the page of a job that is done."""
        with self._file.connected() as db:
            row = db.execute(
                "SELECT answer, page FROM result JOIN job ON job.number = result.job WHERE id = ?", (id,)
            ).fetchone()
        if row is None:
            return None
        return json.loads(zlib.decompress(row[0])), zlib.decompress(row[1]).decode()

    def data(self, id: str) -> bytes | None:
        """The bytes that were handed in, if they are still here."""
        with self._file.connected() as db:
            row = db.execute(
                "SELECT data FROM upload JOIN job ON job.number = upload.job WHERE id = ?", (id,)
            ).fetchone()
        return None if row is None else bytes(row[0])

    def _jobs(self, where: str, words: tuple[object, ...]) -> list[Job]:
        with self._file.connected() as db:
            return [_job(row) for row in db.execute(f"SELECT {_COLUMNS} FROM job {where}", words)]

    # -- working

    def resume(self) -> int:
        """Put what was at work when its process ended back in the queue; too often, and it failed. How many."""
        message = f"The process that worked on it ended {MOST_ATTEMPTS} times: look at the file by hand."
        with self._file.writing() as db:
            db.execute(
                "UPDATE job SET state = ?, message = ?, changed = ? WHERE state IN (?, ?) AND attempts >= ?",
                (FAILED, message, _now(), *AT_WORK, MOST_ATTEMPTS),
            )
            again = "UPDATE job SET state = ?, changed = ? WHERE state IN (?, ?)"
            return db.execute(again, (QUEUED, _now(), *AT_WORK)).rowcount

    def take(self) -> Job | None:
        """The next job, now being read; ``None`` when there is none. One that only waits to be added comes as it is."""
        with self._file.writing() as db:
            row = db.execute(
                "SELECT id FROM job WHERE state = ? ORDER BY number LIMIT 1", (QUEUED,)
            ).fetchone()
            if row is not None:
                db.execute(
                    "UPDATE job SET state = ?, attempts = attempts + 1, changed = ? WHERE id = ?",
                    (READING, _now(), row[0]),
                )
            else:
                row = db.execute(
                    "SELECT id FROM job WHERE state = ? AND keep AND kept IS NULL LIMIT 1", (DONE,)
                ).fetchone()
        return None if row is None else self.job(row[0])

    def comparing(self, job: Job, *, person: str | None) -> None:
        """It has been read; ``person`` is the name found in it."""
        self._change(job, "state = ?, person = ?", (COMPARING, person))

    def end(self, job: Job, state: str, message: str) -> None:
        """It is ``unreadable`` or ``failed``, and why."""
        self._change(job, "state = ?, message = ?", (state, message))

    def finish(self, job: Job, result: Result, *, opens: bool, still: Callable[[], bool]) -> bool:
        """Store what it came to, unless the job was erased or ``still``, asked last of all, says it no longer holds.

        False when it was not stored; the job then waits again, if it exists. An erasure deletes documents
        before it looks through the results, so ``still`` inside the transaction leaves no gap between.
        """
        answer = zlib.compress(json.dumps(result.answer, ensure_ascii=False).encode("utf-8", "replace"))
        page = zlib.compress(result.page.encode("utf-8", "replace"))
        with self._file.writing() as db:
            row = db.execute("SELECT number FROM job WHERE id = ?", (job.id,)).fetchone()
            if row is None or not still():
                db.execute("UPDATE job SET state = ?, attempts = 0 WHERE id = ?", (QUEUED, job.id))
                return False
            db.execute("INSERT OR REPLACE INTO result VALUES (?, ?, ?)", (row[0], answer, page))
            db.execute("DELETE FROM mention WHERE job = ?", row)
            db.executemany(
                "INSERT INTO mention VALUES (?, ?, ?)", ((row[0], *each) for each in result.mentions)
            )
            db.execute(
                "UPDATE job SET state = ?, message = NULL, opens = ?, changed = ? WHERE number = ?",
                (DONE, opens, _now(), row[0]),
            )
        return True

    def adopt(self, job: Job, add: Callable[[], object]) -> bool:
        """Call ``add``, which puts the document in the corpus, unless the job has been erased; whether it did."""
        with self._file.writing() as db:
            if db.execute("SELECT 1 FROM job WHERE id = ?", (job.id,)).fetchone() is None:
                return False
            add()
            db.execute("UPDATE job SET kept = ? WHERE id = ?", (_now(), job.id))
        return True

    def keep(self, id: str) -> None:
        """Ask for its document to be added to the corpus."""
        with self._file.writing() as db:
            db.execute("UPDATE job SET keep = 1 WHERE id = ?", (id,))

    def drop_data(self, job: Job) -> None:
        """Forget the bytes of a job that is done."""
        with self._file.writing() as db:
            db.execute("DELETE FROM upload WHERE job = (SELECT number FROM job WHERE id = ?)", (job.id,))

    def _change(self, job: Job, what: str, words: tuple[object, ...]) -> None:
        with self._file.writing() as db:
            db.execute(f"UPDATE job SET {what}, changed = ? WHERE id = ?", (*words, _now(), job.id))

    # -- views

    def seen(self, documents: Iterable[str], *, who: str, what: str) -> None:
        """Somebody looks at these documents now."""
        now = _now()
        with self._file.writing() as db:
            db.executemany(
                "INSERT INTO view (at, who, what, document) VALUES (?, ?, ?, ?)",
                ((now, who, what, each) for each in documents),
            )

    def views(self, *, document: str | None = None, start: int = 0, limit: int = 50) -> list[View]:
        """Who looked at what, the latest first."""
        where, words = ("", ()) if document is None else ("WHERE document = ?", (document,))
        query = f"SELECT at, who, what, document FROM view {where} ORDER BY number DESC LIMIT ? OFFSET ?"
        with self._file.connected() as db:
            return [
                View(at=at, who=who, what=what, document=id)
                for at, who, what, id in db.execute(query, (*words, limit, start))
            ]

    def count_views(self, *, document: str | None = None) -> int:
        """How many views there are."""
        where, words = ("", ()) if document is None else ("WHERE document = ?", (document,))
        with self._file.connected() as db:
            return int(db.execute(f"SELECT count(*) FROM view {where}", words).fetchone()[0])

    # -- erasing

    def forget(
        self,
        prefixes: Iterable[str] = (),
        *,
        agrees: Callable[[str], bool] | None = None,
        before: str | None = None,
    ) -> set[str]:
        """Erase jobs by the beginning of their document's id, or by name and time; the ids of their documents.

        ``agrees`` says whether a name is the one to erase, ``before`` is a time; given both, both must hold.
        Other jobs whose report quotes an erased document, or that name, lose it and wait to be done again. Rows of
        the audit stay without the document. Nothing of what is erased is left in the file.
        """
        these = tuple(prefixes)

        def named(name: str | None) -> bool:
            return agrees is not None and name is not None and agrees(name)

        def chosen(id: str, applicant: str | None, person: str | None, came: str) -> bool:
            if id.startswith(these):
                return True
            if agrees is None and before is None:
                return False
            return (agrees is None or named(applicant or person)) and (before is None or came < before)

        with self._file.writing() as db:
            found = db.execute("SELECT number, document, applicant, person, came FROM job").fetchall()
            gone = {number: id for number, id, *rest in found if chosen(id, *rest)}
            quoted = {
                job
                for job, id, applicant in db.execute("SELECT job, document, applicant FROM mention")
                if id.startswith(these) or named(applicant)
            } - gone.keys()
            db.executemany("DELETE FROM job WHERE number = ?", ((each,) for each in gone))
            for job in quoted:
                db.execute("DELETE FROM result WHERE job = ?", (job,))
                db.execute("DELETE FROM mention WHERE job = ?", (job,))
                _again(db, job)
            blotted = 0
            for id in {*gone.values(), *these}:
                query = "UPDATE view SET document = NULL WHERE document >= ? AND document < ?"
                blotted += db.execute(query, (id, id + "\x7f")).rowcount
        if gone or quoted or blotted:
            self._file.compact()
        return set(gone.values())

    def forget_job(self, job: Job) -> None:
        """Erase one job with its upload and report; what the audit says of the document stays."""
        with self._file.writing() as db:
            db.execute("DELETE FROM job WHERE id = ?", (job.id,))
        self._file.compact()


def forget(folder: Path, ids: Iterable[str], *, name: str | None = None, days: int | None = None) -> set[str]:
    """:meth:`Desk.forget` in the folder of a corpus, if it has a desk: by id, by name, by age in days."""
    desk = Desk.at(folder)
    if desk is None:
        return set()
    before = datetime.now(UTC) - timedelta(days=days or 0)
    return desk.forget(
        ids,
        agrees=None if name is None else lambda other: names.agree(other, name) is True,
        before=None if days is None else before.isoformat(timespec="seconds"),
    )


def _again(db: sqlite3.Connection, job: int) -> None:
    """The job waits to be done again, if what it needs is still here; else it goes."""
    here = db.execute(
        "SELECT 1 FROM job WHERE number = ? AND (stored OR number IN (SELECT job FROM upload))", (job,)
    ).fetchone()
    if here is None:
        db.execute("DELETE FROM job WHERE number = ?", (job,))
    else:
        message = "Its report quoted a document that has been erased since: it is checked again."
        db.execute(
            "UPDATE job SET state = ?, attempts = 0, opens = NULL, message = ? WHERE number = ?",
            (QUEUED, message, job),
        )


def _waiting(db: sqlite3.Connection) -> int:
    return int(
        db.execute("SELECT count(*) FROM job WHERE state IN (?, ?, ?)", (QUEUED, *AT_WORK)).fetchone()[0]
    )


def _job(row: tuple[Any, ...]) -> Job:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    for name in ("keep", "stored"):
        values[name] = bool(values[name])
    values["opens"] = None if values["opens"] is None else bool(values["opens"])
    return Job(**values)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
