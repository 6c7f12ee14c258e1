"""What an erasure has still to do outside of the database, so that the next command can if this one is killed.

It is written in the transaction that erases, and goes when nothing is left to do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """What may lie about: files and uploads of the documents ``ids``, cached vectors under ``keys``."""

    ids: tuple[str, ...]
    keys: tuple[bytes, ...]


class Unfinished:
    """The list of a :class:`~forensics.index.store.Store`, on its connection. Writes inside its transactions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def begin(self) -> None:
        """Something is going to be erased."""
        self._db.execute("INSERT INTO erasing (kind) VALUES ('begun')")

    def note(self, ids: Iterable[str], keys: Iterable[bytes]) -> None:
        """Documents that are gone from the database, and the keys of sentences that nobody says any more."""
        rows = [*(("document", id) for id in ids), *(("sentence", key) for key in keys)]
        self._db.executemany("INSERT INTO erasing (kind, value) VALUES (?, ?)", rows)

    def left(self) -> Leftovers | None:
        """What is still to do; ``None`` if no erasure is under way."""
        rows = self._db.execute("SELECT kind, value FROM erasing ORDER BY number").fetchall()
        if not rows:
            return None
        ids = tuple(value for kind, value in rows if kind == "document")
        return Leftovers(ids=ids, keys=tuple(value for kind, value in rows if kind == "sentence"))

    def clear(self) -> None:
        """Nothing is left to do."""
        self._db.execute("DELETE FROM erasing")

    def count(self) -> int:
        """A number that grows with every erasure."""
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'erasing'").fetchone()
        return int(row[0]) if row else 0
