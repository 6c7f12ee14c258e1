"""The worker: a process of its own that checks what was handed in, one file after another.

Pages stay quick because nothing is read or compared in the process that serves them. What is half done when
the worker ends is done again by the next one. A lock in the folder lets one worker a corpus work at a time;
that of a second `serve` waits.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from forensics.campaigns import link
from forensics.cases import export
from forensics.cases.case import Case
from forensics.documents.document import Unreadable
from forensics.errors import CorpusBusy, ForensicsError
from forensics.exhibits import Given
from forensics.features.features import Exhibit
from forensics.index.corpus import Corpus
from forensics.index.desk import Desk
from forensics.index.job import FAILED, UNREADABLE, Job, Result
from forensics.index.manifest import no_manifest
from forensics.index.store import Application
from forensics.ingest import read_and_measure
from forensics.screen import screen
from forensics.settings import settings
from forensics.web.report import body

IDLE = 0.25
"""Seconds between two looks at an empty queue."""

_SWEEP = 3600.0
_RESTART = 1.0


class Worker:
    """Keeps a worker process going for the corpus in ``folder``, from :meth:`start` to :meth:`stop`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stop = Event()
        self._watch = Thread(target=self._watched, name="worker", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._watch.start()

    def stop(self) -> None:
        """End the process. What it was doing is done again at the next start."""
        self._stop.set()
        self._watch.join()

    def _watched(self) -> None:
        while not self._stop.is_set():
            process = multiprocessing.get_context("spawn").Process(
                target=work, args=(self._folder,), name="forensics worker", daemon=True
            )
            process.start()
            while not self._stop.wait(IDLE) and process.is_alive():
                with suppress(CorpusBusy):
                    if _stuck(Desk(self._folder)):
                        break
            process.kill()
            process.join()
            self._stop.wait(_RESTART)


def _stuck(desk: Desk) -> bool:
    """Whether a job has been at work for longer than it may."""
    limit = datetime.now(UTC) - timedelta(seconds=settings().job_seconds)
    return any(job.changed < limit.isoformat(timespec="seconds") for job in desk.at_work())


def work(folder: Path) -> None:
    """What the process does, for ever: it ends with its parent, or when that kills it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    with _alone(folder):
        desk = Desk(folder)
        desk.resume()
        swept = -_SWEEP
        with Corpus.open(folder, create=True) as corpus:
            while True:
                if time.monotonic() - swept > _SWEEP:
                    expire(desk)
                    swept = time.monotonic()
                if not step(desk, corpus):
                    time.sleep(IDLE)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other worker of this corpus runs; the system frees the lock of a process that dies."""
    with (folder / "jobs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def expire(desk: Desk) -> None:
    """Erase uploads and their reports that are older than ``settings().keep_uploads`` days; 0 keeps them."""
    if settings().keep_uploads:
        horizon = datetime.now(UTC) - timedelta(days=settings().keep_uploads)
        desk.forget(before=horizon.isoformat(timespec="seconds"))


def step(desk: Desk, corpus: Corpus) -> bool:
    """Do what comes next; whether there was anything."""
    job = desk.take()
    if job is None:
        return False
    try:
        read = _read(job, desk, corpus)
        if isinstance(read, Unreadable):
            desk.end(job, UNREADABLE, " ".join(each.message for each in read.problems if each.fatal))
            return True
        if not job.adding and not _check(job, read, desk, corpus):
            return True
        if job.keep:
            desk.adopt(job, lambda: _add(job, read, desk, corpus))
        if not settings().keep_files:
            desk.drop_data(job)
    except ForensicsError as error:
        desk.end(job, FAILED, str(error))
    except Exception as error:
        said = (
            f"Unexpected {type(error).__name__}: a bug of forensics. Check the file with `forensics check`."
        )
        desk.end(job, FAILED, said)
    return True


def _read(job: Job, desk: Desk, corpus: Corpus) -> Exhibit | Unreadable:
    found: Exhibit | Unreadable | None
    if job.stored:
        found = corpus.exhibit(job.document)
    else:
        data = desk.data(job.id)
        found = None if data is None else read_and_measure(data, job.name)
    if found is None:
        raise ForensicsError("The file is no longer here: hand it in again.")
    return found


def _check(job: Job, read: Exhibit, desk: Desk, corpus: Corpus) -> bool:
    """Compare and store the report; false if something it quotes was erased meanwhile, or the job itself."""
    desk.comparing(job, person=read.features.applicant.name)
    (case,) = screen([Given(read=read)], corpus, no_manifest(), applicant=job.applicant, add=False)
    assert isinstance(case, Case)
    result = Result(
        answer=export.check(case), page=body(case, corpus, desk.data(job.id)), mentions=_mentions(case)
    )
    return desk.finish(job, result, opens=case.open, still=lambda: _holds(job, case, corpus))


def _mentions(case: Case) -> tuple[tuple[str, str | None], ...]:
    own = case.exhibit.document.id
    matched = {(each.exhibit.document.id, each.claim.name) for each in case.matches}
    found = {(id, None) for each in case.findings for id in each.documents if id != own}
    return tuple(sorted(matched | found, key=repr))


def _holds(job: Job, case: Case, corpus: Corpus) -> bool:
    """Whether everything that the report quotes is still in the corpus."""
    people = corpus.population()
    if job.stored and corpus.number(job.document) is None:
        return False
    for id, _ in _mentions(case):
        if id != case.exhibit.document.id and corpus.number(id) is None:
            return False
    for match in case.matches:
        number = corpus.number(match.exhibit.document.id)
        if number is None or all(each.path != match.path for each in people.applications.get(number, ())):
            return False
    return True


def _add(job: Job, read: Exhibit, desk: Desk, corpus: Corpus) -> None:
    """Put it in the corpus, with what links it to others; who applied with the same bytes and file name stays."""
    number = corpus.number(job.document)
    known = () if number is None else corpus.population().applications.get(number, ())
    mine = Application(path=job.name, applicant=job.applicant)
    same = [each for each in known if each.path == job.name and each.applicant != job.applicant]
    data = desk.data(job.id) if settings().keep_files else None
    said = corpus.meaning.encode([read], keep=True)
    with corpus.writing():
        corpus.add(read, [*same, mine], data, said[0] if said else None)
    link(corpus, job.document)
