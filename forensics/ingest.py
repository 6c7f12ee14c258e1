"""Files → corpus: read, measure and store many files; one bad file never stops the rest."""

from __future__ import annotations

import atexit
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from types import FrameType
from typing import Protocol, TypeVar

from forensics.documents.document import Problem, Unreadable
from forensics.documents.sandbox import Reader
from forensics.documents.source import Source
from forensics.errors import ReadError
from forensics.features.features import Exhibit
from forensics.features.measure import measure
from forensics.index.corpus import Corpus
from forensics.index.manifest import Manifest
from forensics.settings import settings

T = TypeVar("T")
R = TypeVar("R")

_BATCH = 64
_BATCH_SECONDS = 5.0
_MEASURE_SECONDS = 30


class Run(Protocol):
    """Where many items are worked on; :func:`forensics.batch.local.run` is one."""

    def __call__(
        self, work: Callable[[T], R], items: Iterable[T], *, workers: int, failed: Callable[[T, str], R]
    ) -> Iterator[R]:
        """``work`` of each item, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A file's bytes on their way to be read, or what is known of it without reading."""

    path: str
    id: str | None = None
    data: bytes = field(default=b"", repr=False)
    known: bool = False
    unreadable: Unreadable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of one file: ``added``, ``unchanged`` or ``unreadable``."""

    id: str | None
    path: str
    status: str
    problems: tuple[Problem, ...] = ()


def ingest(
    sources: Iterable[Source | Unreadable],
    corpus: Corpus,
    manifest: Manifest,
    *,
    role: str,
    run: Run,
    workers: int,
) -> Iterator[Ingested]:
    """Store every file of ``sources``; what is yielded is on disk once the iteration goes on or ends.

    Bytes that the corpus has already are not read again. Written in batches, so that a process that is
    killed loses at most the last seconds, and the same call goes on where it stopped.
    """
    flowing = run(_prepared, _loaded(sources, corpus), workers=workers, failed=_failed)
    done = False
    while not done:
        batch: list[Ingested] = []
        with corpus.writing():
            began = time.monotonic()
            while len(batch) < _BATCH and time.monotonic() - began < _BATCH_SECONDS:
                item = next(flowing, None)
                if item is None:
                    done = True
                    break
                batch.append(_store(item, corpus, manifest, role))
        yield from batch


def _loaded(sources: Iterable[Source | Unreadable], corpus: Corpus) -> Iterator[Loaded]:
    for source in sources:
        if isinstance(source, Unreadable):
            yield Loaded(path=source.path, id=source.id, unreadable=source)
            continue
        try:
            data = source.load()
        except ReadError as error:
            problem = Problem(code=error.code, message=str(error), fatal=True)
            yield Loaded(
                path=source.path, unreadable=Unreadable(id=None, path=source.path, problems=(problem,))
            )
            continue
        id = f"sha256:{sha256(data).hexdigest()}"
        known = corpus.number(id) is not None
        yield Loaded(path=source.path, id=id, data=b"" if known else data, known=known)


def _prepared(loaded: Loaded) -> tuple[Loaded, Exhibit | Unreadable | None]:
    """The work of one process: read in a child with limits, then measure."""
    if loaded.unreadable is not None or loaded.known:
        return loaded, loaded.unreadable
    return loaded, read_and_measure(loaded.data, loaded.path)


def read_and_measure(data: bytes, path: str) -> Exhibit | Unreadable:
    """The exhibit in a file's bytes; this process keeps one warm reading child."""
    document = _reader().parse(data, path)
    if isinstance(document, Unreadable):
        return document
    try:
        with _limited(_MEASURE_SECONDS):
            return measure(document)
    except TimeoutError:
        message = f"measuring took longer than {_MEASURE_SECONDS} seconds: look at the file by hand."
        problem = Problem(code="timeout", message=message, fatal=True)
        return Unreadable(id=document.id, path=path, problems=(*document.problems, problem))


@cache
def _reader() -> Reader:
    reader = Reader()
    atexit.register(reader.close)
    return reader


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise :class:`TimeoutError` inside after so many seconds of wall time; only in a main thread."""

    def late(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    try:
        before = signal.signal(signal.SIGALRM, late)
    except ValueError:  # not the main thread: no alarm can be had
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _failed(loaded: Loaded, why: str) -> tuple[Loaded, Exhibit | Unreadable | None]:
    problem = Problem(code="out_of_memory", message=f"{why}: look at the file by hand.", fatal=True)
    return loaded, Unreadable(id=loaded.id, path=loaded.path, problems=(problem,))


def _store(
    item: tuple[Loaded, Exhibit | Unreadable | None], corpus: Corpus, manifest: Manifest, role: str
) -> Ingested:
    loaded, read = item
    applications = manifest.applications(loaded.path, role=role)
    if isinstance(read, Unreadable):
        corpus.add_unreadable(read)
        return Ingested(id=read.id, path=read.path, status="unreadable", problems=read.problems)
    if read is None:
        assert loaded.id is not None
        corpus.apply_again(loaded.id, applications)
        return Ingested(id=loaded.id, path=loaded.path, status="unchanged")
    data = loaded.data if settings().keep_files else None
    added = corpus.add(read, applications, data)
    return Ingested(
        id=read.document.id,
        path=loaded.path,
        status="added" if added else "unchanged",
        problems=read.document.problems,
    )
