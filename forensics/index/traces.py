"""The traces of documents in the database: ids of files, pictures, slips and hands, and who else has them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.features.features import Exhibit
from forensics.features.habits import habit_keys
from forensics.features.lineage import revision_ids, traces
from forensics.features.pictures import NEAR, bands, distance
from forensics.features.slips import misspelt, slips
from forensics.features.style import hand
from forensics.index.hands import LEAST, Hands

Key = tuple[str, str]
"""``(kind, value)``."""

STAMP = "4"
"""Which rules took the traces; documents with those of another are looked at again by the next ``ingest``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What is kept of one document: its keys, and its vector of style if it says enough."""

    keys: tuple[Key, ...]
    hand: npt.NDArray[np.float32] | None


def taken(exhibit: Exhibit) -> Taken:
    """The traces of a document.

    Beside the kinds of :data:`forensics.features.lineage.PROVES`: ``band``, a byte of a picture's look with
    the look; ``rsid-cut``, up to which rank a table of revision ids is whole where a limit has cut it;
    ``error``, a slip; ``misspelt``, a word that would be one in running text, however it stands;
    ``habit``, how a thing is written that people write in several ways.
    """
    found = [(each.kind, each.value) for each in traces(exhibit.document)]
    for kind in ("rsid", "style-rsid"):
        cut = revision_ids(exhibit.document, kind).cut
        if cut is not None:
            found.append((f"{kind}-cut", cut))
    for value in [value for kind, value in found if kind == "look"]:
        found += [("band", f"{each}/{value}") for each in bands(value)]
    found += [("error", each.token) for each in slips(exhibit)]
    found += [("misspelt", each) for each in sorted(misspelt(exhibit))]
    return Taken(keys=(*found, *habit_keys(exhibit)), hand=hand(exhibit))


class Traces:
    """The tables ``trace`` and ``traced``, on the connection of a :class:`~forensics.index.store.Store`.

    ``traced`` has a row for each document that was looked at. What writes stands inside a transaction.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._hands: dict[str, tuple[tuple[int, int], Hands | None]] = {}
        self._count: tuple[tuple[int, int], tuple[int, int]] | None = None
        self._lacking: tuple[tuple[int, int], set[int]] | None = None

    def put(self, doc: int, found: Taken) -> None:
        """All traces of a document, in place of those it had."""
        self._db.execute("DELETE FROM trace WHERE doc = ?", (doc,))
        self._db.executemany(
            "INSERT OR IGNORE INTO trace VALUES (?, ?, ?)", ((kind, value, doc) for kind, value in found.keys)
        )
        blob = None if found.hand is None else _packed(found.hand).tobytes()
        self._db.execute("INSERT OR REPLACE INTO traced VALUES (?, ?, ?)", (doc, STAMP, blob))

    def of(self, doc: int, kinds: Iterable[str]) -> list[Key]:
        """The traces of these kinds that a document has."""
        return self._db.execute(
            "SELECT kind, value FROM trace WHERE doc = ? AND kind IN (SELECT value FROM json_each(?))",
            (doc, json.dumps(list(kinds))),
        ).fetchall()

    def holders(self, kind: str, values: Iterable[str]) -> dict[str, list[int]]:
        """For each of the values that anybody has: who, however many they are."""
        found: dict[str, list[int]] = {}
        for value, doc in self._db.execute(
            "SELECT value, doc FROM trace WHERE kind = ? AND value IN (SELECT value FROM json_each(?))",
            (kind, json.dumps(list(values))),
        ):
            found.setdefault(value, []).append(doc)
        return found

    def counts(self, keys: Iterable[Key]) -> dict[Key, int]:
        """How many documents have each of the keys, 0 for one that nobody has."""
        found = dict.fromkeys(keys, 0)
        for kind in {kind for kind, _ in found}:
            values = json.dumps([value for each, value in found if each == kind])
            for value, count in self._db.execute(
                "SELECT value, count(*) FROM trace WHERE kind = ? AND value IN (SELECT value FROM json_each(?)) "
                "GROUP BY value",
                (kind, values),
            ):
                found[kind, value] = count
        return found

    def looking_like(self, look: str) -> dict[str, list[int]]:
        """The looks of stored pictures that differ in few bits, and which documents have them."""
        found: dict[str, list[int]] = {}
        near: dict[str, bool] = {}
        for band in bands(look):
            for value, doc in self._db.execute(
                "SELECT value, doc FROM trace WHERE kind = 'band' AND value >= ? AND value < ?",
                (f"{band}/", f"{band}0"),
            ):
                other = value.rpartition("/")[2]
                if near.setdefault(other, distance(look, other) <= NEAR) and doc not in found.get(other, ()):
                    found.setdefault(other, []).append(doc)
        return found

    def having(self, kind: str, beginning: str) -> dict[str, list[int]]:
        """The values of a kind that begin so, and who has them."""
        found: dict[str, list[int]] = {}
        for value, doc in self._db.execute(
            "SELECT value, doc FROM trace WHERE kind = ? AND value >= ? AND value < ?",
            (kind, beginning, beginning + "\U0010ffff"),
        ):
            found.setdefault(value, []).append(doc)
        return found

    def writing_so(self, route: str, name: str, form: str | None) -> list[int]:
        """Who came by this route and has the habit in this form, or in any."""
        key = f"{route}|{name}|"
        held = self.having("habit", key) if form is None else self.holders("habit", [key + form])
        return list({doc for docs in held.values() for doc in docs})

    def hands(self, kind: str) -> Hands | None:
        """The vectors of style of all documents of a kind, ``None`` for fewer than :data:`hands.LEAST` of them.

        Read once and kept, 1.5 kB a document, until a document comes or goes.
        """
        now = self._counted()
        known = self._hands.get(kind)
        if known is None or known[0] != now:
            query = (
                "SELECT doc, hand FROM traced JOIN document USING (doc) WHERE hand IS NOT NULL AND kind = ?"
            )
            rows = self._db.execute(query, (kind,)).fetchall()
            found = None
            if len(rows) >= LEAST:
                packed = np.frombuffer(b"".join(blob for _, blob in rows), np.int8).reshape(len(rows), -1)
                found = Hands(np.fromiter((doc for doc, _ in rows), np.int64, len(rows)), packed)
            known = self._hands[kind] = (now, found)
        return known[1]

    def _counted(self) -> tuple[int, int]:
        """How many documents have traces, and the last of them; counted anew only after somebody has written."""
        version = self._version()
        if self._count is None or self._count[0] != version:
            found = self._db.execute("SELECT count(*), coalesce(max(doc), 0) FROM traced").fetchone()
            self._count = (version, found)
        return self._count[1]

    def lacking(self) -> set[int]:
        """Documents whose traces nobody has taken by the rules of today."""
        version = self._version()
        if self._lacking is None or self._lacking[0] != version:
            query = "SELECT doc FROM document WHERE doc NOT IN (SELECT doc FROM traced WHERE stamp = ?)"
            self._lacking = (version, {doc for (doc,) in self._db.execute(query, (STAMP,))})
        return set(self._lacking[1])

    def _version(self) -> tuple[int, int]:
        """Changes whenever somebody has written, here or elsewhere."""
        return self._db.execute("PRAGMA data_version").fetchone()[0], self._db.total_changes

    def drop(self, docs: Sequence[int]) -> None:
        """Nothing of these documents is left."""
        self._hands.clear()
        these = json.dumps(list(docs))
        for table in ("trace", "traced"):
            self._db.execute(f"DELETE FROM {table} WHERE doc IN (SELECT value FROM json_each(?))", (these,))


def _packed(vector: npt.NDArray[np.float32]) -> npt.NDArray[np.int8]:
    """A vector in a byte a number, its largest at 127."""
    most = float(np.abs(vector).max())
    return np.asarray(np.rint(vector * (127 / most if most else 0)), np.int8)
