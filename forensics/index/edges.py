"""What links two documents: edges found by checks, kept so that nobody compares all with all to ask again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where evidence stands: in the checked document (``own``) or in the other one.

    ``[start, end)`` are offsets into the document's text, which holds the words. Where there is no span,
    ``where`` is a path inside the file or ``page`` its page, and ``text`` what stands there.
    """

    own: bool
    start: int | None = None
    end: int | None = None
    page: int | None = None
    where: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A finding about ``doc`` that rests on ``other``, both numbers of documents.

    One of weight C says only that both have a thing: it links nothing and stands for all others who have it.

    ``mark`` names the one thing that both have (a telephone number, an image, a template) by a digest, so
    that those who share it can be counted; empty where the two texts themselves are what is shared.
    """

    doc: int
    other: int
    signal: str
    family: str
    weight: str
    mark: str = ""
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the last check of a stored document came to: ``signals`` are its findings as (signal, weight)."""

    doc: int
    at: str
    opens: bool
    signals: tuple[tuple[str, str], ...]


class Edges:
    """The tables ``seen`` and ``edge`` of a :class:`~forensics.index.store.Store`, on its connection.

    What writes stands inside a transaction. Rows go with their documents (``ON DELETE CASCADE``).
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, seen: Seen, edges: Iterable[Edge]) -> bool:
        """What a check of ``seen.doc`` found replaces what an earlier one did; false if it is not stored.

        Edges to documents that are no longer stored are left out.
        """
        if not self._has(seen.doc):
            return False
        self._db.execute("DELETE FROM edge WHERE doc = ?", (seen.doc,))
        self._db.execute(
            "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)",
            (seen.doc, seen.at, seen.opens, json.dumps(sorted(set(seen.signals)))),
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO edge VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (e.doc, e.other, e.signal, e.mark, e.family, e.weight, _packed(e.spots))
                for e in edges
                if self._has(e.other)
            ),
        )
        return True

    def forget(self, doc: int) -> None:
        """Somebody else applies with the document now: what was found about it holds no more."""
        self._db.execute("DELETE FROM edge WHERE doc = ? OR other = ?", (doc, doc))
        self._db.execute("DELETE FROM seen WHERE doc = ?", (doc,))

    def all(self) -> Iterator[Edge]:
        """Every edge, by document, without its places."""
        query = "SELECT doc, other, signal, family, weight, mark FROM edge ORDER BY doc, other, signal, mark"
        for doc, other, signal, family, weight, mark in self._db.execute(query):
            yield Edge(doc=doc, other=other, signal=signal, family=family, weight=weight, mark=mark)

    def among(self, docs: Sequence[int]) -> list[Edge]:
        """The edges between these documents, with their places."""
        inside = set(docs)
        query = (
            "SELECT doc, other, signal, family, weight, mark, spots FROM edge "
            "WHERE doc IN (SELECT value FROM json_each(?)) ORDER BY doc, other, signal, mark"
        )
        return [
            Edge(
                doc=doc, other=other, signal=signal, family=family, weight=weight, mark=mark,
                spots=_unpacked(spots),
            )
            for doc, other, signal, family, weight, mark, spots in self._db.execute(
                query, (json.dumps(sorted(inside)),)
            )
            if other in inside
        ]  # fmt: skip

    def seen(self) -> dict[int, Seen]:
        """What the last check of each stored document came to, by number."""
        return {
            doc: Seen(
                doc=doc, at=at, opens=bool(opens), signals=tuple((s, w) for s, w in json.loads(signals))
            )
            for doc, at, opens, signals in self._db.execute("SELECT doc, at, opens, signals FROM seen")
        }

    def came(self) -> dict[int, str]:
        """When each stored document came, ISO 8601, by number."""
        return dict(self._db.execute("SELECT doc, added FROM document"))

    def _has(self, doc: int) -> bool:
        return self._db.execute("SELECT 1 FROM document WHERE doc = ?", (doc,)).fetchone() is not None


def _packed(spots: Iterable[Spot]) -> str:
    rows = ([int(s.own), s.start, s.end, s.page, s.where, s.text] for s in spots)
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":"))


def _unpacked(packed: str) -> tuple[Spot, ...]:
    return tuple(
        Spot(own=bool(own), start=start, end=end, page=page, where=where, text=text)
        for own, start, end, page, where, text in json.loads(packed)
    )
