"""Backup: all of a corpus in one file, of one moment, made while others read and write.

The file is an uncompressed tar archive (what it holds is packed already): the databases as ``VACUUM INTO``
writes them, without free pages, the stored files that they name, and last a manifest with the size and
SHA-256 of each member. Views and caches are left out: they are made again. It holds personal data.
"""

from __future__ import annotations

import json
import os
import shutil
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from forensics import __version__
from forensics.errors import CorpusBusy, CorpusUnwritable, UsageError
from forensics.index import snapshots
from forensics.index.desk_file import DeskFile
from forensics.index.files import Files
from forensics.index.schema import VERSION
from forensics.index.store import Store

FORMAT = 1
"""Of the archive and its manifest."""

MANIFEST = "manifest.json"

_TRIES = 3  # a backup during which something was erased is begun anew so often
_PATIENCE = 60.0  # seconds that it waits for an erasure under way


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What was written. ``missing`` and ``damaged`` are documents whose file was not kept whole: not in it."""

    path: Path
    documents: int
    files: int
    size: int
    sha256: str
    desk: bool
    missing: tuple[str, ...]
    damaged: tuple[str, ...]


def backup(folder: Path, out: Path, *, force: bool = False) -> Backup:
    """Write the corpus in ``folder`` to the file ``out``, whole or not at all.

    What is erased while it is made is not in it. Raises :class:`UsageError` for a place that will not do
    (there is a file already and no ``force``), :class:`CorpusBusy` and :class:`CorpusUnwritable`.
    """
    _check(folder, out, force=force)
    with _written(out) as work:
        store = Store(folder / "corpus.db")
        try:
            for _ in range(_TRIES):
                mark = _quiet(store)
                copied = _copy(folder, store, work)
                made = _pack(folder, copied, work / "backup.tar", out)
                if store.unfinished.count() == mark:
                    break
            else:
                raise CorpusBusy(f"documents were erased during each of {_TRIES} backups: try again later.")
        finally:
            store.close()
        _check(folder, out, force=force)
        (work / "backup.tar").replace(out)
        _sync(out.parent)
    return made


def place(member: str, folder: Path) -> Path:
    """Where a member of an archive belongs below a folder."""
    return folder.joinpath(*member.split("/"))


def _check(folder: Path, out: Path, *, force: bool) -> None:
    if out.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            f"{out} is inside of the corpus {folder}: name a file elsewhere, best on another disk."
        )
    if not out.parent.is_dir() or out.is_dir():
        raise UsageError(f"{out} cannot be a file: name one in a folder that exists.")
    if out.exists() and not force:
        raise UsageError(f"{out} exists already: name another file, or replace it with --force.")


@contextmanager
def _written(out: Path) -> Iterator[Path]:
    """A folder for drafts beside ``out``, which is gone afterwards; one that was killed is used again."""
    work = out.parent / f".{out.name}.part"
    try:
        work.mkdir(mode=0o700, exist_ok=True)
        with snapshots.locked(work, wait=0):
            try:
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except CorpusBusy as busy:
        if str(work) in str(busy):
            raise CorpusBusy(
                f"another backup to {out} is being made: wait for it, or name another file."
            ) from busy
        raise
    except OSError as error:
        raise CorpusUnwritable(
            f"{out} cannot be written ({error.strerror or error}): make room there, or name a file on another disk."
        ) from error


def _quiet(store: Store) -> int:
    """The number of the last erasure, once none is under way."""
    deadline = time.monotonic() + _PATIENCE
    while store.unfinished.left() is not None:
        if time.monotonic() > deadline:
            raise CorpusBusy("an erasure is under way: make the backup when it has ended.")
        time.sleep(0.1)
    return store.unfinished.count()


def _copy(folder: Path, store: Store, work: Path) -> Path:
    """Copies of the databases in a folder of their own. The desk first: what it quotes is in the corpus."""
    copied = work / "copied"
    shutil.rmtree(copied, ignore_errors=True)
    copied.mkdir()
    if (folder / "jobs.db").is_file():
        with DeskFile(folder).connected() as db:
            db.execute("VACUUM INTO ?", (str(copied / "jobs.db"),))
    store.copy(copied / "corpus.db")
    return copied


def _pack(folder: Path, copied: Path, draft: Path, out: Path) -> Backup:
    """The archive of the copies and of the stored files that they name."""
    store, files = Store(copied / "corpus.db"), Files(folder / "files")
    ids, kept = [row.id for row in store.rows()], store.kept()
    store.close()
    held: dict[str, dict[str, object]] = {}
    missing, damaged = [], []
    draft.unlink(missing_ok=True)
    with _Hashed(draft.open("xb")) as written:
        os.fchmod(written.file.fileno(), 0o600)
        with tarfile.open(fileobj=written, mode="w|", format=tarfile.GNU_FORMAT) as archive:  # type: ignore[call-overload]
            for name in ("corpus.db", "jobs.db"):
                if (copied / name).is_file():
                    with _Hashed((copied / name).open("rb")) as read:
                        size = (copied / name).stat().st_size
                        archive.addfile(_member(name, size), read)
                        held[name] = {"sha256": read.digest(), "size": size}
            for id in ids:
                data = files.get(id)
                digits = id.removeprefix("sha256:")
                if data is None:
                    missing += [id] if id in kept else []
                elif sha256(data).hexdigest() != digits:
                    damaged.append(id)
                else:
                    name = f"files/{digits[:2]}/{digits}"
                    archive.addfile(_member(name, len(data)), BytesIO(data))
                    held[name] = {"sha256": digits, "size": len(data)}
            said = json.dumps(
                {
                    "format": FORMAT,
                    "program": __version__,
                    "schema": VERSION,
                    "made": datetime.now(UTC).isoformat(timespec="seconds"),
                    "documents": len(ids),
                    "members": held,
                },
                indent=1,
            ).encode()
            archive.addfile(_member(MANIFEST, len(said)), BytesIO(said))
        written.file.flush()
        os.fsync(written.file.fileno())
        size = written.file.tell()
    return Backup(
        path=out,
        documents=len(ids),
        files=sum(name.startswith("files/") for name in held),
        size=size,
        sha256=written.digest(),
        desk="jobs.db" in held,
        missing=tuple(missing),
        damaged=tuple(damaged),
    )


def _member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(time.time())
    return info


class _Hashed:
    """A file whose bytes are hashed on their way in or out; closes it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self._hash = sha256()

    def __enter__(self) -> _Hashed:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self._hash.update(data)
        return data

    def write(self, data: bytes) -> int:
        self._hash.update(data)
        return self.file.write(data)

    def digest(self) -> str:
        return self._hash.hexdigest()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
