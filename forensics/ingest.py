"""Files → corpus: read, measure and store many files; one bad file never stops the rest."""

from __future__ import annotations

import atexit
import platform
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import Protocol, TypeVar

from forensics.cases.intake import Ingested
from forensics.documents.document import Problem, Unreadable
from forensics.documents.sandbox import Reader
from forensics.documents.source import Source
from forensics.errors import ReadError, UsageError
from forensics.features.features import Exhibit, Prints
from forensics.features.measure import measure
from forensics.features.shingles import prints
from forensics.index.corpus import Corpus
from forensics.index.manifest import Manifest
from forensics.index.meaning import Voiced, voiced
from forensics.index.spoken import Said
from forensics.settings import settings

T = TypeVar("T")
R = TypeVar("R")

_BATCH = 64
_BATCH_BYTES = 64 * 2**20
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
    plain: bool = True
    known: bool = False
    unreadable: Unreadable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What became of a file: read and measured, unreadable, or ``None`` if it is known already.

    ``voiced`` are its vectors, where another machine has made them; ``missed`` names a machine that had no such file,
    and the file.
    """

    loaded: Loaded
    read: Exhibit | Unreadable | None = None
    prints: Prints | None = None
    voiced: Voiced | None = None
    missed: tuple[str, Path] | None = None


def ingest(
    sources: Iterable[Source | Unreadable],
    corpus: Corpus,
    manifest: Manifest,
    *,
    role: str,
    run: Run,
    workers: int,
    keep: bool | None = None,
    afar: bool = False,
) -> Iterator[Ingested]:
    """Store every file of ``sources``; what is yielded is on disk.

    Bytes that the corpus has already are not read again. Written in batches, so that a process that is
    killed loses at most the last seconds, and the same call goes on where it stopped; Ctrl-C stores what
    is finished first. The corpus is held for writing only while a batch is stored, so that several
    processes can ingest at once. ``keep`` says whether the files themselves are stored, by default as in
    the settings. ``afar``: the work is done on other machines. They open the files themselves, all of them (so that
    none is kept), and make the vectors as well. Raises :class:`UsageError` when one of them has no such file.
    """
    keep = not afar and (settings().keep_files if keep is None else keep)
    corpus.sweep()
    if afar:
        flowing = _there(run(_prepared_afar, _labelled(sources), workers=workers, failed=_failed_afar))
    else:
        flowing = run(_prepared, _loaded(sources, corpus), workers=workers, failed=_failed)
    stopped: BaseException | None = None
    done = False
    while not done and stopped is None:
        batch: list[Prepared] = []
        try:
            done = _fill(batch, flowing)
        except BaseException as error:
            stopped = error
        said = _said(batch, corpus)
        with corpus.writing():
            stored = [_store(item, corpus, manifest, role, keep, said) for item in batch]
        yield from stored
    if stopped is not None:
        raise stopped


def give_voice(corpus: Corpus) -> Iterator[int]:
    """Make the vectors of all documents that lack them; yields how many have theirs, batch by batch.

    Nothing is done where there is no encoder: :attr:`~forensics.index.meaning.Meaning.absent` says why.
    """
    silent = corpus.silent()
    for at in range(0, len(silent), _BATCH):
        done = corpus.give_voice(silent[at : at + _BATCH])
        if not done:
            return
        yield done


def _said(batch: Sequence[Prepared], corpus: Corpus) -> dict[str, Said]:
    """What the documents of a batch say, by id: as another machine has made it, else made here."""
    found: dict[str, Said] = {}
    left: list[Exhibit] = []
    for each in batch:
        if isinstance(each.read, Exhibit):
            said = corpus.meaning.taken_over(each.voiced)
            if said is None:
                left.append(each.read)
            else:
                found[each.read.document.id] = said
    voices = corpus.meaning.encode(left, keep=True)
    return found | ({} if voices is None else {e.document.id: v for e, v in zip(left, voices, strict=True)})


def _fill(batch: list[Prepared], flowing: Iterator[Prepared]) -> bool:
    """Put the next items in ``batch`` as they come; whether there are no more."""
    began, size = time.monotonic(), 0
    while len(batch) < _BATCH and size < _BATCH_BYTES and time.monotonic() - began < _BATCH_SECONDS:
        item = next(flowing, None)
        if item is None:
            return True
        batch.append(item)
        size += len(item.loaded.data)
    return False


def _labelled(sources: Iterable[Source | Unreadable]) -> Iterator[Source | Unreadable]:
    for given in sources:
        source = replace(given, path=label(given.path))
        yield source if isinstance(source, Unreadable) else replace(source, file=source.file.absolute())


def _loaded(sources: Iterable[Source | Unreadable], corpus: Corpus) -> Iterator[Loaded]:
    for source in _labelled(sources):
        loaded = _load(source)
        known = loaded.id is not None and not loaded.unreadable and corpus.number(loaded.id) is not None
        yield replace(loaded, data=b"", known=True) if known else loaded


def _load(source: Source | Unreadable) -> Loaded:
    if isinstance(source, Unreadable):
        return Loaded(path=source.path, id=source.id, unreadable=source)
    try:
        data = source.load()
    except ReadError as error:
        problem = Problem(code=error.code, message=str(error), fatal=True)
        unreadable = Unreadable(id=None, path=source.path, problems=(problem,))
        return Loaded(path=source.path, unreadable=unreadable)
    return Loaded(path=source.path, id=f"sha256:{sha256(data).hexdigest()}", data=data, plain=source.plain)


def label(path: str) -> str:
    """The path as text that can be stored: bytes of a file name that are no UTF-8 are written ``\\xe9``."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _prepared(loaded: Loaded) -> Prepared:
    """The work of one process: read in a child with limits, then measure."""
    if loaded.unreadable is not None or loaded.known:
        return Prepared(loaded=loaded, read=loaded.unreadable)
    read = read_and_measure(loaded.data, loaded.path, plain=loaded.plain)
    fingerprints = prints(read.features.tokens) if isinstance(read, Exhibit) else None
    return Prepared(loaded=loaded, read=read, prints=fingerprints)


def _prepared_afar(source: Source | Unreadable) -> Prepared:
    """The same on another machine: it opens the file as well, and makes the vectors."""
    loaded = _load(source)
    done = _prepared(loaded)
    said = voiced(done.read) if isinstance(done.read, Exhibit) else None
    missed = None
    if isinstance(source, Source) and not source.file.exists():
        missed = (platform.node(), source.file)
    return replace(done, loaded=replace(loaded, data=b""), voiced=said, missed=missed)


def _there(flowing: Iterator[Prepared]) -> Iterator[Prepared]:
    """The same, unless a machine does not see a file that is here."""
    for each in flowing:
        if each.missed is not None and each.missed[1].exists():
            machine, file = each.missed
            raise UsageError(
                f"{file} is not there on {machine}: put what is to be read on storage that every machine of the "
                "cluster has under the same path."
            )
        yield each


def read_and_measure(data: bytes, path: str, *, plain: bool = True) -> Exhibit | Unreadable:
    """The exhibit in a file's bytes; this process keeps one warm reading child.

    ``plain`` is as in :meth:`forensics.documents.sandbox.Reader.parse`.
    """
    document = _reader().parse(data, path, plain=plain)
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


def _failed(loaded: Loaded, why: str) -> Prepared:
    problem = Problem(code="out_of_memory", message=f"{why}: look at the file by hand.", fatal=True)
    return Prepared(loaded=loaded, read=Unreadable(id=loaded.id, path=loaded.path, problems=(problem,)))


def _failed_afar(source: Source | Unreadable, why: str) -> Prepared:
    return _failed(replace(_load(source), data=b""), why)


def _store(
    item: Prepared, corpus: Corpus, manifest: Manifest, role: str, keep: bool, said: Mapping[str, Said]
) -> Ingested:
    loaded, read = item.loaded, item.read
    applications = manifest.applications(loaded.path, role=role)
    if isinstance(read, Unreadable):
        corpus.add_unreadable(read)
        return Ingested(id=read.id, path=read.path, status="unreadable", problems=read.problems)
    if read is None:
        assert loaded.id is not None
        corpus.apply_again(loaded.id, applications)
        return Ingested(id=loaded.id, path=loaded.path, status="unchanged")
    data = loaded.data if keep else None
    added = corpus.add(read, applications, data, said.get(read.document.id), item.prints)
    return Ingested(
        id=read.document.id,
        path=loaded.path,
        status="added" if added else "unchanged",
        problems=read.document.problems,
    )
