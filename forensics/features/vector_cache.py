"""Vectors that were computed before, by encoder and text, shared by all corpora of a user.

A cache, never the truth: whatever is wrong with it costs time only, and is said in ``warnings``. Texts are
not stored, but a key tells whoever knows a text that it was seen, and a vector tells much of what its text
says: erasing a document includes :meth:`VectorCache.forget` of its texts, and that may fail aloud.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from forensics.errors import CorpusBusy, CorpusUnwritable
from forensics.features.encoder import Encoder, Vectors
from forensics.settings import settings

_BUSY_SECONDS = 30
_CHUNK = 500
_APPLICATION_ID = 0x464F5643  # "FOVC"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS encoder (number INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS vector (
    key BLOB NOT NULL, encoder INTEGER NOT NULL, value BLOB NOT NULL, PRIMARY KEY (key, encoder)
) WITHOUT ROWID;
"""
# Perm, busy, locked, out of memory, read-only, interrupted, input or output, full, cannot open, protocol:
# the file may be whole for all that.
_PASSING = frozenset({3, 5, 6, 7, 8, 9, 10, 13, 14, 15})


def key(text: str) -> bytes:
    """What stands for a text: 16 bytes of BLAKE2b."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def encoded(
    encoder: Encoder, cache: VectorCache | None, texts: Sequence[str], *, keep: bool = True
) -> Vectors:
    """A vector for each text, each distinct text encoded at most once and not at all if the cache has it.

    Without ``keep`` the cache is read and not written: a document that is only looked at leaves nothing.

    Vectors pass through 16-bit floats whether or not the cache had them, so that they do not depend on it.
    """
    place = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    keys = {text: key(text) for text in place}
    found = np.zeros((len(place), encoder.dimension), np.float32)
    known = cache.get_many(encoder, keys.values()) if cache else {}
    new = []
    for text, at in place.items():
        if keys[text] in known:
            found[at] = known[keys[text]]
        else:
            new.append(text)
    if new:
        made = encoder.encode(new).astype(np.float16)
        found[[place[text] for text in new]] = made
        if cache and keep:
            cache.put_many(encoder, [keys[text] for text in new], made)
    return found[[place[text] for text in texts]]


class VectorCache:
    """One SQLite file; any number of processes may use it, each with an object of its own, in one thread.

    ``warnings`` says in sentences what went wrong so far: the caller shows and empties it.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.file = (folder or settings().home / "cache") / "vectors.db"
        self.warnings: list[str] = []
        self._aside = self.file.with_suffix(".damaged")
        self._db: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None

    def get_many(self, encoder: Encoder, keys: Iterable[bytes]) -> dict[bytes, Vectors]:
        """The vectors that are known, by key: float32 of ``(dimension,)`` each, as stored in 16 bits."""
        found: dict[bytes, Vectors] = {}
        with self._forgiving():
            db = self._open()
            for some in _chunks(keys):
                for each, blob in db.execute(
                    "SELECT key, value FROM vector JOIN encoder ON encoder = number "
                    f"WHERE fingerprint = ? AND key IN ({_marks(some)})",
                    (encoder.fingerprint, *some),
                ):
                    vector = _unpacked(each, blob, encoder.dimension)
                    if vector is not None:  # a row that was altered is as good as none: it is written anew
                        found[each] = vector
        return found

    def put_many(
        self, encoder: Encoder, keys: Sequence[bytes], vectors: npt.NDArray[np.floating[Any]]
    ) -> None:
        """Remember vectors, row by row, in 16 bits."""
        half = np.ascontiguousarray(vectors, np.float16)
        if half.shape != (len(keys), encoder.dimension):
            raise ValueError(f"{len(keys)} keys of dimension {encoder.dimension}, but vectors {half.shape}")
        with self._forgiving(), self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO encoder (fingerprint) VALUES (?)", (encoder.fingerprint,))
            find = "SELECT number FROM encoder WHERE fingerprint = ?"
            (number,) = db.execute(find, (encoder.fingerprint,)).fetchone()
            rows = ((k, number, _packed(k, row.tobytes())) for k, row in zip(keys, half, strict=True))
            db.executemany("INSERT OR REPLACE INTO vector (key, encoder, value) VALUES (?, ?, ?)", rows)

    def forget(self, keys: Iterable[bytes]) -> None:
        """Erase these vectors, of every encoder, from the disk; a cache too damaged for that goes as a whole.

        Raises :class:`~forensics.errors.CorpusBusy` when another process keeps the old pages in use and
        :class:`~forensics.errors.CorpusUnwritable` when the file cannot be written: try again then.
        """
        self.close()  # the file may have been set aside by another process since it was opened
        try:
            self._aside.unlink(missing_ok=True)  # it may hold them too
            if not self.file.exists():
                return
            with self._transaction() as db:
                for some in _chunks(keys):
                    db.execute(f"DELETE FROM vector WHERE key IN ({_marks(some)})", some)
            kept = self._open().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except (sqlite3.DatabaseError, OSError) as error:
            if _passing(error):
                raise CorpusUnwritable(
                    f"vectors in {self.file} cannot be erased ({error}): see that it can be written and that no "
                    "other process holds it, then run the same command again; or delete the file, it is a cache."
                ) from error
            self._set_aside()
            self._aside.unlink(missing_ok=True)
            return
        if kept:
            raise CorpusBusy(
                f"the vectors are erased, but another process still reads {self.file}, so that traces may be left "
                "beside it: run the same command again when that has ended."
            )

    def count(self) -> int:
        """How many vectors there are."""
        found = 0
        with self._forgiving():
            found = int(self._open().execute("SELECT count(*) FROM vector").fetchone()[0])
        return found

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        if self._db is not None:
            self._db.close()
        self._db = None

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.file, timeout=_BUSY_SECONDS, isolation_level=None)
            self._opened = _identity(self.file)
            made_by = self._db.execute("PRAGMA application_id").fetchone()[0]
            if made_by not in (0, _APPLICATION_ID):
                raise sqlite3.DatabaseError("it was made by another program")
            self._db.execute("PRAGMA secure_delete = ON")
            self._db.execute("PRAGMA synchronous = NORMAL")
            if made_by == 0:
                self._make(self._db)
        return self._db

    def _make(self, db: sqlite3.Connection) -> None:
        deadline = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                db.execute("PRAGMA journal_mode = WAL")
                break
            except sqlite3.OperationalError as error:  # SQLite does not wait for others who do the same
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
        with self._transaction():
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        db = self._open()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        """What goes wrong inside becomes a warning, and a damaged file is set aside for a new one."""
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as error:
            if _passing(error):
                self.close()
                self._warn(f"vectors are not remembered in {self.file} ({error}); this only costs time.")
                return
            try:
                self._set_aside()
            except OSError as refused:
                self._warn(f"{self.file} is damaged ({error}) and cannot be moved ({refused}): delete it.")
                return
            self._warn(
                f"{self.file} was damaged ({error}) and has been moved to {self._aside.name} beside it; vectors are "
                "computed anew."
            )

    def _set_aside(self) -> None:
        """Move the file away, unless another process has done so since it was opened."""
        self.close()
        if self._opened is None or _identity(self.file) != self._opened:
            return
        self.file.replace(self._aside)
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)

    def _warn(self, said: str) -> None:
        if said not in self.warnings:
            self.warnings.append(said)


def _identity(file: Path) -> tuple[int, int] | None:
    """Which file lies there: device and number; ``None`` for none."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _passing(error: Exception) -> bool:
    """Whether the file may be whole for all that."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return isinstance(error, OSError) or code & 0xFF in _PASSING


def _chunks(keys: Iterable[bytes]) -> Iterator[list[bytes]]:
    every = list(keys)
    return (every[at : at + _CHUNK] for at in range(0, len(every), _CHUNK))


def _marks(keys: Sequence[bytes]) -> str:
    return ",".join("?" * len(keys))


def _packed(key: bytes, half: bytes) -> bytes:
    """The numbers, and a checksum that ties them to their key."""
    return half + zlib.crc32(key + half).to_bytes(4, "little")


def _unpacked(key: bytes, blob: bytes, dimension: int) -> Vectors | None:
    """The vector of a row, ``None`` when the row is not what was written."""
    half = blob[:-4]
    if len(half) != 2 * dimension or _packed(key, half) != blob:
        return None
    return np.frombuffer(half, "<f2").astype(np.float32)
