"""What is said in a corpus, as vectors in its database: distinct sentences, who says them, documents as a whole.

A sentence is known by the key of its neutral text (:mod:`forensics.features.vector_cache`), so that equal
sentences of many documents are one row. Numbers are never given twice. What is erased leaves its number
behind, and nothing else: the views of :mod:`forensics.index.neighbours` learn from it what to forget.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from forensics.errors import CorpusBusy
from forensics.index.truth import State

_CHUNK = 20_000

Half = npt.NDArray[np.float16]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The encoder whose vectors a corpus holds; those of another are never mixed in."""

    fingerprint: str
    model: str
    sha256: str
    backend: str
    dimension: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The sentences of one document that have vectors.

    ``units`` are their places as in :class:`~forensics.features.features.Tokens`, ``keys`` what stands for
    their texts, ``vectors`` ``(n, dimension)`` rows of length 1; parallel. ``numbers`` are those of the
    sentences in a corpus, ``None`` for a document that is not of it.
    """

    units: Numbers
    keys: tuple[bytes, ...]
    vectors: Half
    numbers: Numbers | None = None

    def centre(self) -> Half | None:
        """The direction of the document as a whole, ``None`` if it says nothing."""
        if not len(self.units):
            return None
        mean = self.vectors.astype(np.float32).mean(axis=0)
        length = float(np.linalg.norm(mean))
        return (mean / length).astype(np.float16) if length > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Speakers:
    """Who says some sentences: the ``n``-th is said by ``docs`` from ``starts[n]`` to ``starts[n + 1]``.

    ``units`` are the places in these documents, as in :class:`Said`.
    """

    starts: Numbers
    docs: npt.NDArray[np.integer[Any]]
    units: npt.NDArray[np.integer[Any]]

    def of(self, sentences: Numbers) -> tuple[Numbers, Numbers]:
        """For each speaker of these sentences, by place, one after the other: its place, and that of the sentence."""
        counts = self.starts[sentences + 1] - self.starts[sentences]
        entry = np.repeat(np.arange(len(sentences)), counts)
        within = np.arange(len(entry)) - np.repeat(np.cumsum(counts) - counts, counts)
        return self.starts[sentences][entry] + within, entry


class Spoken:
    """The tables of vectors, on the connection of a :class:`~forensics.index.store.Store`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def encoder(self) -> Made | None:
        """Which encoder the vectors come from; ``None`` as long as there are none."""
        columns = "fingerprint, model, sha256, backend, dimension"
        row = self._db.execute(f"SELECT {columns} FROM encoder").fetchone()
        if row is None:
            return None
        return Made(fingerprint=row[0], model=row[1], sha256=row[2], backend=row[3], dimension=row[4])

    def set_encoder(self, made: Made) -> None:
        """From now on all vectors are of this encoder; there must be none of another."""
        self._db.execute("DELETE FROM encoder")
        values = (made.fingerprint, made.model, made.sha256, made.backend, made.dimension)
        self._db.execute("INSERT INTO encoder VALUES (?, ?, ?, ?, ?)", values)

    def put(self, doc: int, said: Said) -> None:
        """What a document says; it must have nothing here."""
        rows = zip(said.keys, said.vectors, strict=True)
        self._db.executemany(
            "INSERT INTO sentence (key, vector) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM sentence WHERE key = ?1)",
            ((key, vector.tobytes()) for key, vector in rows),
        )
        self._db.executemany(
            "INSERT INTO said SELECT ?, ?, number FROM sentence WHERE key = ?",
            ((doc, unit, key) for unit, key in zip(said.units.tolist(), said.keys, strict=True)),
        )
        centre = said.centre()
        blob = None if centre is None else centre.tobytes()
        self._db.execute("INSERT INTO centre (doc, vector) VALUES (?, ?)", (doc, blob))

    def drop(self, docs: Sequence[int]) -> list[bytes]:
        """Nothing is said by these documents any more; the keys that nobody else says either."""
        these = json.dumps(list(docs))
        inside = "IN (SELECT value FROM json_each(?))"
        theirs = [
            n for (n,) in self._db.execute(f"SELECT DISTINCT sentence FROM said WHERE doc {inside}", (these,))
        ]
        self._db.execute(f"DELETE FROM said WHERE doc {inside}", (these,))
        alone = self._db.execute(
            f"SELECT number, key FROM sentence WHERE number {inside} "
            "AND NOT EXISTS (SELECT 1 FROM said WHERE sentence = number)",
            (json.dumps(theirs),),
        ).fetchall()
        centres = self._db.execute(
            f"SELECT number FROM centre WHERE vector IS NOT NULL AND doc {inside}", (these,)
        ).fetchall()
        gone = [("sentence", number) for number, _ in alone] + [("centre", number) for (number,) in centres]
        self._db.executemany("INSERT INTO gone (kind, number) VALUES (?, ?)", gone)
        self._db.execute(
            f"DELETE FROM sentence WHERE number {inside}", (json.dumps([number for number, _ in alone]),)
        )
        self._db.execute(f"DELETE FROM centre WHERE doc {inside}", (these,))
        return [key for _, key in alone]

    def clear(self) -> None:
        """No vectors at all: another encoder is going to make them anew."""
        docs = [doc for (doc,) in self._db.execute("SELECT doc FROM centre")]
        self.drop(docs)
        self._db.execute("DELETE FROM encoder")

    def without(self) -> list[int]:
        """The documents that have no vectors yet."""
        query = "SELECT doc FROM document WHERE doc NOT IN (SELECT doc FROM centre) ORDER BY doc"
        return [doc for (doc,) in self._db.execute(query)]

    def speakers(self, sentences: Numbers) -> Speakers:
        """Who says each of the sentences, whose numbers ascend."""
        rows = self._db.execute(
            "SELECT sentence, doc, unit FROM said WHERE sentence IN (SELECT value FROM json_each(?)) "
            "ORDER BY sentence, doc, unit",
            (json.dumps(sentences.tolist()),),
        ).fetchall()
        found = np.array(rows, np.int64).reshape(-1, 3)
        starts = np.searchsorted(found[:, 0], np.append(sentences, np.iinfo(np.int64).max))
        return Speakers(starts=starts, docs=found[:, 1], units=found[:, 2])

    def everything(self) -> Iterator[tuple[int, int, int]]:
        """Sentence, document and unit of all that is said, by sentence."""
        return self._db.execute("SELECT sentence, doc, unit FROM said ORDER BY sentence")

    def of(self, doc: int) -> Said | None:
        """What a document says, ``None`` if it has no vectors yet."""
        if self._db.execute("SELECT 1 FROM centre WHERE doc = ?", (doc,)).fetchone() is None:
            return None
        rows = self._db.execute(
            "SELECT unit, key, vector, number FROM said JOIN sentence ON number = sentence WHERE doc = ? ORDER BY unit",
            (doc,),
        ).fetchall()
        made = self.encoder()
        return Said(
            units=_column(unit for unit, *_ in rows),
            keys=tuple(key for _, key, *_ in rows),
            vectors=_rows([blob for _, _, blob, _ in rows], made.dimension if made else 0),
            numbers=_column(number for *_, number in rows),
        )

    def vectors(self, sentences: Sequence[int]) -> Half:
        """The vectors of sentences by number, in that order: ``(n, dimension)``."""
        these = [int(each) for each in sentences]
        query = "SELECT number, vector FROM sentence WHERE number IN (SELECT value FROM json_each(?))"
        held = dict(self._db.execute(query, (json.dumps(these),)))
        made = self.encoder()
        return _rows([held[each] for each in these], made.dimension if made else 0)

    def units(self, doc: int) -> Numbers:
        """The units of a document that have vectors, ascending."""
        query = "SELECT unit FROM said WHERE doc = ? ORDER BY unit"
        return _column(unit for (unit,) in self._db.execute(query, (doc,)))

    def said_by(self, docs: Sequence[int]) -> Numbers:
        """The numbers of all sentences that these documents say, ascending."""
        query = "SELECT DISTINCT sentence FROM said WHERE doc IN (SELECT value FROM json_each(?)) ORDER BY sentence"
        return _column(number for (number,) in self._db.execute(query, (json.dumps(list(docs)),)))

    def centred(self, centres: Sequence[int]) -> list[int]:
        """The documents whose vectors as a whole have these numbers."""
        query = "SELECT doc FROM centre WHERE number IN (SELECT value FROM json_each(?))"
        return [doc for (doc,) in self._db.execute(query, (json.dumps(list(centres)),))]

    def strays(self) -> list[int]:
        """Documents that are gone and still say something: a program that knew no vectors erased them."""
        query = "SELECT doc FROM said UNION SELECT doc FROM centre EXCEPT SELECT doc FROM document"
        return [doc for (doc,) in self._db.execute(query)]

    def whole(self) -> bool:
        """Whether every sentence has a speaker, every speaker a document, and every vector its length."""
        made = self.encoder()
        width = 2 * (made.dimension if made else 0)
        queries = (
            "SELECT count(*) FROM sentence WHERE number NOT IN (SELECT sentence FROM said)",
            "SELECT count(*) FROM said WHERE sentence NOT IN (SELECT number FROM sentence)",
            "SELECT count(*) FROM said WHERE doc NOT IN (SELECT doc FROM document)",
            "SELECT count(*) FROM centre WHERE doc NOT IN (SELECT doc FROM document)",
            f"SELECT count(*) FROM sentence WHERE length(vector) <> {width}",
            f"SELECT count(*) FROM centre WHERE vector IS NOT NULL AND length(vector) <> {width}",
        )
        return all(self._db.execute(query).fetchone()[0] == 0 for query in queries)


class Numbered:
    """One kind of vectors, ``sentence`` or ``centre``, as a :class:`~forensics.index.truth.Truth`."""

    def __init__(self, db: sqlite3.Connection, kind: str, made: Made) -> None:
        self._db, self._kind = db, kind
        self.fingerprint, self.dimension = made.fingerprint, made.dimension

    @contextmanager
    def moment(self) -> Iterator[State]:
        """Everything that is read inside is of one moment.

        Raises :class:`~forensics.errors.CorpusBusy` when the vectors are of another encoder by now.
        """
        inside = self._db.in_transaction
        if not inside:
            self._db.execute("BEGIN")
        try:
            held = self._db.execute("SELECT fingerprint FROM encoder").fetchone()
            if held is None or held[0] != self.fingerprint:
                raise CorpusBusy("the vectors of the corpus were just made anew: run the same command again.")
            yield self._state()
        finally:
            if not inside:
                self._db.execute("COMMIT")

    def _state(self) -> State:
        column = "key" if self._kind == "sentence" else "vector"
        count = self._db.execute(f"SELECT count({column}) FROM {self._kind}").fetchone()[0]
        given = dict(self._db.execute("SELECT name, seq FROM sqlite_sequence"))
        return State(count=count, last=given.get(self._kind, 0), erasure=given.get("gone", 0))

    def after(self, number: int) -> Iterator[tuple[Numbers, Half]]:
        """The vectors with larger numbers, in ascending chunks."""
        while True:
            rows = self._db.execute(
                f"SELECT number, vector FROM {self._kind} WHERE number > ? AND vector IS NOT NULL "
                "ORDER BY number LIMIT ?",
                (number, _CHUNK),
            ).fetchall()
            if not rows:
                return
            number = rows[-1][0]
            yield _column(n for n, _ in rows), _rows([blob for _, blob in rows], self.dimension)

    def erased_after(self, erasure: int) -> list[int]:
        """The numbers of vectors that were erased since then."""
        query = "SELECT number FROM gone WHERE erasure > ? AND kind = ?"
        return [number for (number,) in self._db.execute(query, (erasure, self._kind))]


def _column(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, np.int64)


def _rows(blobs: Sequence[bytes], dimension: int) -> Half:
    return np.frombuffer(b"".join(blobs), np.float16).reshape(len(blobs), dimension)
