"""Files that could not be read: path, problems and when they were last seen, so that none is lost from the count."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable

from forensics.documents.document import Problem, Unreadable


class Unread:
    """The list of a :class:`~forensics.index.store.Store`, on its connection. Writes inside its transactions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, read: Unreadable, seen: str) -> None:
        """Remember a file that could not be read."""
        problems = json.dumps([[p.code, p.message, p.fatal] for p in read.problems])
        self._db.execute(
            "INSERT OR REPLACE INTO unreadable VALUES (?, ?, ?, ?)", (read.path, read.id, problems, seen)
        )

    def forget(self, path: str) -> None:
        """The file has been read after all."""
        self._db.execute("DELETE FROM unreadable WHERE path = ?", (path,))

    def forget_of(self, prefixes: Iterable[str], before: str) -> None:
        """Forget files whose id begins so, and those last seen before then."""
        self._db.execute("DELETE FROM unreadable WHERE seen < ?", (before,))
        self._db.executemany(
            "DELETE FROM unreadable WHERE id >= ? AND id < ?", ((each, each + "\x7f") for each in prefixes)
        )

    def forget_where(self, meant: Callable[[str], bool]) -> None:
        """Forget files with such a path."""
        paths = [path for (path,) in self._db.execute("SELECT path FROM unreadable") if meant(path)]
        self._db.executemany("DELETE FROM unreadable WHERE path = ?", ((path,) for path in paths))

    def all(self) -> list[Unreadable]:
        """Every one, by path."""
        rows = self._db.execute("SELECT path, id, problems FROM unreadable ORDER BY path")
        return [
            Unreadable(
                id=id,
                path=path,
                problems=tuple(Problem(code=c, message=m, fatal=f) for c, m, f in json.loads(problems)),
            )
            for path, id, problems in rows
        ]
