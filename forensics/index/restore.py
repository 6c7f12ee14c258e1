"""Restore: a backup becomes a corpus again, after every byte of it has been proved.

A backup is a stranger's file until then: only plain members with the names that a backup has are taken, each
of the size and hash that the manifest says, and the databases may hold only the tables that this program
makes. All of it is unpacked and proved beside the corpus, and then moved into its place.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from forensics.errors import CorpusBusy, CorpusError, CorpusUnwritable, CorpusVersion, UsageError
from forensics.index import snapshots
from forensics.index.backup import FORMAT, MANIFEST, place
from forensics.index.desk_file import DeskFile
from forensics.index.erasing import STAGING, unstage
from forensics.index.files import Files
from forensics.index.schema import APPLICATION_ID, VERSION
from forensics.index.soundness import problems
from forensics.index.store import Store

_MEMBER = re.compile(r"corpus\.db|jobs\.db|manifest\.json|files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_BLOCK = 512
_CHUNK = 2**20
_MOST_MANIFEST = 2**30
_DATABASES = ("corpus.db", "jobs.db")
_PLACES = ("corpus.db", "jobs.db", "files", "views")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What is in place now; ``made`` is when the backup was, ISO 8601. ``problems`` are as in ``status``."""

    folder: Path
    documents: int
    files: int
    desk: bool
    made: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A member of the archive: where its bytes begin, and how many there are."""

    offset: int
    size: int


def restore(file: Path, folder: Path, *, force: bool = False) -> Restored:
    """Make the backup ``file`` the corpus in ``folder``; what was there is replaced only with ``force``.

    Raises :class:`UsageError` for what is no backup or a folder in use, :class:`CorpusError` for a backup that
    is not what its manifest says, :class:`CorpusVersion` for one of a newer program, :class:`CorpusBusy` and
    :class:`CorpusUnwritable`. Then what was in the folder is as it was.
    """
    _check(folder, force=force)
    try:
        opened = file.open("rb")
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}): check the path.") from error
    with opened, _mine(folder):
        _check(folder, force=force)
        parts = _parts(opened, file)
        said = _manifest(opened, parts, file)
        staged = folder / f"{STAGING[0]}-{os.getpid()}"
        _unpack(opened, parts, said["members"], staged, file)
        documents, found = _proved(staged, parts, file)
        _unused(folder)
        _swap(staged, folder)
    return Restored(
        folder=folder,
        documents=documents,
        files=sum(name.startswith("files/") for name in parts),
        desk="jobs.db" in parts,
        made=str(said["made"]),
        problems=tuple(found),
    )


def _check(folder: Path, *, force: bool) -> None:
    stopped = any(any(folder.glob(f"{name}-*")) for name in STAGING)
    corpus = (folder / "corpus.db").exists()
    if corpus and not force:
        raise UsageError(
            f"{folder} holds a corpus already: name another folder with --corpus, or replace it with --force."
        )
    if not corpus and not stopped and any((folder / name).exists() for name in _PLACES):
        raise UsageError(f"{folder} holds other files and no corpus: name another folder with --corpus.")


@contextmanager
def _mine(folder: Path) -> Iterator[None]:
    """The folder to oneself; nothing that was staged is left in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with snapshots.locked(folder, wait=0):
            _put_back(folder)
            unstage(folder)
            try:
                yield
            finally:
                if (folder / "corpus.db").exists() or not list(folder.glob(f"{STAGING[1]}-*")):
                    unstage(folder)  # else a swap was neither done nor undone: the next restore puts it back
    except OSError as error:
        raise CorpusUnwritable(
            f"{folder} cannot be written ({error.strerror or error}): free some space or check the permissions, then "
            "run the same command again."
        ) from error


# -- the archive


def _parts(opened: BinaryIO, file: Path) -> dict[str, _Part]:
    """The members by name. Links, devices, other names and sizes beyond the file's end are refused."""
    end, at = os.fstat(opened.fileno()).st_size, 0
    found: dict[str, _Part] = {}
    while True:
        opened.seek(at)
        header = opened.read(_BLOCK)
        if len(header) < _BLOCK or not any(header):
            break
        try:
            info = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
        except (tarfile.TarError, ValueError) as error:
            raise UsageError(
                f"{file} is no backup of this program, or is damaged: name another file."
            ) from error
        name = info.name
        if info.type != tarfile.REGTYPE or not _MEMBER.fullmatch(name) or name in found:
            raise UsageError(f"{file} holds {name!r}, which no backup of this program does: do not use it.")
        part = _Part(offset=at + _BLOCK, size=info.size)
        if part.size < 0 or part.offset + part.size > end:
            raise CorpusError(f"{file} breaks off or lies about {name}: name another backup.")
        found[name] = part
        at = part.offset + -(-part.size // _BLOCK) * _BLOCK
    if not {"corpus.db", MANIFEST} <= found.keys():
        raise UsageError(f"{file} is no backup of this program, or breaks off: name another file.")
    return found


def _manifest(opened: BinaryIO, parts: Mapping[str, _Part], file: Path) -> dict[str, Any]:
    """The manifest, which names every other member and nothing else."""
    part = parts[MANIFEST]
    opened.seek(part.offset)
    try:
        if part.size > _MOST_MANIFEST:
            raise ValueError("too large")
        said = json.loads(opened.read(part.size))
        if said["format"] != FORMAT or int(said["schema"]) > VERSION:
            raise CorpusVersion(
                f"{file} was made by forensics {said['program']} (format {said['format']}, schema {said['schema']}): "
                f"this program reads format {FORMAT} and schemas up to {VERSION}. Restore it with that version."
            )
        sizes = {name: each["size"] for name, each in said["members"].items()}
        made = str(said["made"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CorpusError(f"the manifest of {file} cannot be understood: name another backup.") from error
    if sizes != {name: each.size for name, each in parts.items() if name != MANIFEST}:
        raise CorpusError(f"{file} does not hold what its manifest lists: name another backup.")
    return {**said, "made": made}


def _unpack(
    opened: BinaryIO, parts: Mapping[str, _Part], listed: Mapping[str, Any], staged: Path, file: Path
) -> None:
    """Write every member below ``staged``, if its bytes have the hash that is listed."""
    staged.mkdir(mode=0o700)
    needed, free = sum(each.size for each in parts.values()), shutil.disk_usage(staged).free
    if needed > free:
        raise CorpusUnwritable(
            f"{needed:,} bytes are needed in {staged.parent}, {free:,} are free: make room."
        )
    for name, part in parts.items():
        if name == MANIFEST:
            continue
        target = place(name, staged)
        target.parent.mkdir(parents=True, exist_ok=True)
        hashed, left = sha256(), part.size
        opened.seek(part.offset)
        with target.open("xb") as out:
            while left and (data := opened.read(min(_CHUNK, left))):
                hashed.update(data)
                out.write(data)
                left -= len(data)
        inside = _MEMBER.fullmatch(name)
        assert inside is not None
        if (
            left
            or hashed.hexdigest() != listed[name].get("sha256", "")
            or (inside[2] and inside[2] != hashed.hexdigest())
        ):
            raise CorpusError(f"{file} is damaged: {name} is not what was backed up. Name another backup.")
    os.sync()


# -- what is in it


def _proved(staged: Path, parts: Mapping[str, _Part], file: Path) -> tuple[int, list[str]]:
    """Bring the databases to this program's schema and look at everything; how many documents, and what is odd."""
    for name in _DATABASES:
        if name in parts:
            _ours(staged / name, file)
    with closing(Store(staged / "corpus.db")) as store:
        if not store.intact(deep=True):
            raise CorpusError(f"the database in {file} is damaged: name another backup.")
        if "jobs.db" in parts:
            DeskFile(staged)
        files = Files(staged / "files")
        if files.sizes().keys() - {row.id for row in store.rows()}:
            raise CorpusError(f"{file} holds files of no document: do not use it.")
        _same_tables(staged, parts, file)
        return len(store.rows()), problems(staged, store, files)


def _ours(database: Path, file: Path) -> None:
    """Refuse what this program cannot have made; set the write-ahead log, which a copy has not."""
    try:
        with closing(sqlite3.connect(database, isolation_level=None)) as db:
            db.execute("PRAGMA trusted_schema = OFF")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            made_by = db.execute("PRAGMA application_id").fetchone()[0]
            if database.name == "corpus.db" and made_by != APPLICATION_ID:
                raise CorpusError(f"the database in {file} is none of this program: do not use it.")
            if database.name == "corpus.db" and version > VERSION:
                raise CorpusVersion(
                    f"the database in {file} has schema {version}, this program reads schemas up to {VERSION}: "
                    "restore it with the version of forensics that made it."
                )
            if db.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()[
                0
            ]:
                raise CorpusError(f"the database in {file} holds programs of its own: do not use it.")
            db.execute("PRAGMA journal_mode = WAL")
    except sqlite3.DatabaseError as error:
        raise CorpusError(f"the database in {file} is damaged ({error}): name another backup.") from error


def _same_tables(staged: Path, parts: Mapping[str, _Part], file: Path) -> None:
    """Refuse a database with other tables than an empty one of this program has."""
    empty = staged / "empty"
    empty.mkdir()
    Store(empty / "corpus.db").close()
    DeskFile(empty)
    for name in _DATABASES:
        if name in parts and _tables(staged / name) != _tables(empty / name):
            raise CorpusError(
                f"the database in {file} has other tables than this program makes: do not use it."
            )
    shutil.rmtree(empty)


def _tables(database: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(database)) as db:
        found = db.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        )
        return {(kind, name, " ".join(sql.split())) for kind, name, sql in found}


# -- into place


def _unused(folder: Path) -> None:
    """Refuse to replace a corpus that another process has open."""
    for name in _DATABASES:
        if not (folder / name).is_file():
            continue
        try:
            with closing(sqlite3.connect(folder / name, timeout=1, isolation_level=None)) as db:
                db.execute("PRAGMA locking_mode = EXCLUSIVE")
                db.execute("BEGIN EXCLUSIVE")
                db.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise CorpusBusy(
                    f"another process has {folder / name} open: end it (`forensics serve`, too), then run the same "
                    "command again."
                ) from error
        except sqlite3.DatabaseError:  # damaged: it is replaced for that
            pass


def _swap(staged: Path, folder: Path) -> None:
    """Move the old things away and the new ones in, the database last; views are never those of before."""
    aside = folder / f"{STAGING[1]}-{os.getpid()}"
    aside.mkdir(mode=0o700)
    logs = (f"{each}{end}" for each in _DATABASES for end in ("-wal", "-shm", "-journal"))
    moves = [
        *((folder / name, aside / name) for name in (*_PLACES, *logs)),
        *((staged / name, folder / name) for name in ("files", "jobs.db", "corpus.db")),
    ]
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            if source.exists():
                source.rename(target)
                done.append((source, target))
        os.sync()
    except BaseException:
        for source, target in reversed(done):
            target.rename(source)
        raise


def _put_back(folder: Path) -> None:
    """Undo a swap that was killed before the new database was in place."""
    for aside in folder.glob(f"{STAGING[1]}-*"):
        if (aside / "corpus.db").exists() and not (folder / "corpus.db").exists():
            for name in _PLACES:
                target = folder / name
                if target.exists():  # of the backup, which is unpacked again
                    shutil.rmtree(target) if target.is_dir() else target.unlink()
            for each in aside.iterdir():
                each.rename(folder / each.name)
