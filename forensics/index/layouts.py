"""The looks of stored documents in the database, and which are like a given one: exact, all of them compared.

Each mark weighs by how few documents have it (Spärck Jones, 1972), smoothed so that a small corpus, in which one
template may be everybody's, does not take what it has seen for common: ``log((N + 100) / (df + 3))``. A similarity
is the mean of the cosines of the families of marks, weighted by :data:`WEIGHTS`; a family that only one of two
documents has counts as 0.

How similar two strangers look depends on the corpus, and on both of them: many plain pages are alike. So
:meth:`Layouts.same_look` counts a similarity by how far it stands above what is usual for the one and for the other
(local scaling after Zelnik-Manor and Perona, 2004; :mod:`forensics.index.usual`), and asks again with the looks that
stand out (query expansion after Rocchio, 1971): users change lengths and sections, what they have in common is the
template.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.features.layout import BITS, FAMILIES, Print
from forensics.index.usual import SAMPLE, usual

STAMP = "2"
"""Which rules took the marks; documents with those of another are looked at again by the next ``ingest``."""

WEIGHTS = np.array([0.2, 0.25, 0.2, 0.1, 0.1, 0.15], np.float32)
"""Of the families of marks, in the order of :data:`forensics.features.layout.FAMILIES`."""

FOLD = 17
"""Bits of a mark that are kept below those of its family: 131,072 places for each family."""

SIZE = len(FAMILIES) << FOLD
"""One more than the highest folded mark."""

_PRIOR, _HAVING, _LEAST = 100.0, 3.0, 0.05

SURELY = 0.55
"""From this similarity on a look counts as the same in any corpus."""

_STANDS = 2.0  # times what is usual for both: from there on a look stands out
_AGAIN, _ROUNDS = 8, 2  # with so many looks the query is asked again, so many times

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Columns:
    """All looks, turned round: who has a mark stands from ``starts[mark]`` to ``starts[mark + 1]``.

    ``owner`` is a place in ``docs``, ``values`` what the mark adds to the similarity of its owner for each unit that
    the query has of it; ``kinds`` are the families that a document has, a bit each.
    """

    docs: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    owner: npt.NDArray[np.int32]
    values: Floats
    idf: Floats
    kinds: npt.NDArray[np.uint8]


class Layouts:
    """The table ``layout``, on the connection of a :class:`~forensics.index.store.Store`.

    A row without marks is a document that was read before looks were kept. What writes stands inside a
    transaction. The marks are read once and kept, about 1 kB a document, until a document comes or goes.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._kept: tuple[tuple[int, int, int], _Columns] | None = None
        self._usual: tuple[_Columns, Floats] | None = None
        self._seen = (-1, -1)
        self._drops = 0

    def put(self, doc: int, found: Print | None) -> None:
        """The look of a document, in place of the one it had."""
        self._drops += 1
        blob = None if found is None else packed(found)
        self._db.execute("INSERT OR REPLACE INTO layout VALUES (?, ?, ?)", (doc, STAMP, blob))

    def lacking(self) -> set[int]:
        """Documents at whose look nobody has looked by the rules of today."""
        query = "SELECT doc FROM document WHERE doc NOT IN (SELECT doc FROM layout WHERE stamp = ?)"
        return {doc for (doc,) in self._db.execute(query, (STAMP,))}

    def drop(self, docs: Sequence[int]) -> None:
        """Nothing of these documents is left."""
        self._drops += 1
        self._db.execute(
            "DELETE FROM layout WHERE doc IN (SELECT value FROM json_each(?))", (json.dumps(list(docs)),)
        )

    def holders(self) -> npt.NDArray[np.int64]:
        """The numbers of the documents whose look is known."""
        return self._columns().docs

    def like(self, found: Print) -> tuple[npt.NDArray[np.int64], Floats]:
        """Numbers of all documents whose look is known, and their similarities to this one, 0 to 1."""
        columns = self._columns()
        return columns.docs, _similarities(found, columns)

    def same_look(self, found: Print, without: Set[int]) -> tuple[npt.NDArray[np.int64], Floats]:
        """Numbers of all documents whose look is known, and how likely each has the template of this one, 0 to 1.

        0.5 is where a look stands out among those of this corpus, 1 an equal one. The documents ``without`` (the
        query itself, the background) neither say what is usual nor help to ask again.
        """
        columns = self._columns()
        first = _similarities(found, columns)
        others = ~np.isin(columns.docs, np.fromiter(without, np.int64, len(without)))
        own, theirs = float(usual(first[others][:, None])[0]), self._usual_of(columns)
        above = first / np.sqrt(own * theirs)
        mean = first
        for _ in range(_ROUNDS):
            nearest = np.argsort(np.where(others, -above, 1.0), kind="stable")[:_AGAIN]
            hits = [at for at in nearest.tolist() if others[at] and above[at] >= _STANDS]
            if not hits:
                break
            trust = np.minimum(above[hits] / _STANDS, 2.0)
            weights = np.concatenate([[1.0], trust * np.sqrt(own / theirs[hits])])
            looks = [packed(found), *(self.look(int(columns.docs[at])) for at in hits)]
            total = _sums(looks, weights.tolist(), columns)
            share = np.full(len(columns.docs), 1.0 + trust.sum(), np.float32)
            total[hits] -= weights[1:]  # nothing is like itself because it helped to ask
            share[hits] -= trust
            mean = np.asarray(total / share, np.float32)
            above = mean / np.sqrt(own * theirs)
        mean = np.where(first >= SURELY, np.maximum(first, mean), mean)
        out = np.minimum(_STANDS * np.sqrt(own * theirs), SURELY)
        return columns.docs, np.asarray(np.clip(mean, 0, 1) ** (np.log(0.5) / np.log(out)), np.float32)

    def _usual_of(self, columns: _Columns) -> Floats:
        """What similarity is usual for each of the looks, ``(n,)``; asked of some looks only, and kept with them."""
        if self._usual is None or self._usual[0] is not columns:
            count = len(columns.docs)
            asked = np.unique(np.linspace(0, count - 1, min(count, SAMPLE)).astype(np.int64))
            rows = np.empty((len(asked), count), np.float32)
            for row, at in zip(rows, asked.tolist(), strict=True):
                row[:] = _sums([self.look(int(columns.docs[at]))], [1.0], columns)
                row[at] = 0.0
            self._usual = columns, usual(rows, count)
        return self._usual[1]

    def like_these(self, found: Print, others: Sequence[bytes]) -> Floats:
        """The similarities of some other looks, as :func:`packed` gives them, by how rare each mark is here."""
        if not others:
            return np.zeros(0, np.float32)
        return _similarities(found, _read(list(enumerate(others)), self._columns().idf))

    def most_like(self, others: Sequence[bytes]) -> Floats:
        """How similar each of :meth:`holders` is to that of some other looks which it resembles most, 0 to 1."""
        columns = self._columns()
        return np.asarray(np.max([_sums([each], [1.0], columns) for each in others], axis=0), np.float32)

    def marks(self, doc: int) -> set[int]:
        """The marks of a document, folded as :func:`folded` does."""
        return set(arrays(self.look(doc))[0].tolist())

    def look(self, doc: int) -> bytes:
        """The look of a document as :func:`packed` gives it; empty where it is not known."""
        row = self._db.execute("SELECT marks FROM layout WHERE doc = ?", (doc,)).fetchone()
        return row[0] if row is not None and row[0] is not None else b""

    def weights(self, marks: Sequence[int]) -> list[float]:
        """How much each of these folded marks weighs here."""
        return [float(each) for each in self._columns().idf[list(marks)]] if marks else []

    def _columns(self) -> _Columns:
        """All looks as of now; whether that is what was read last is asked only after somebody has written."""
        now = (self._db.execute("PRAGMA data_version").fetchone()[0], self._drops)
        if self._kept is not None and self._seen == now:
            return self._kept[1]
        count, last = self._db.execute("SELECT count(marks), coalesce(max(doc), 0) FROM layout").fetchone()
        kept = self._kept
        if kept is None or kept[0] != (count, last, self._drops):
            rows = self._db.execute(
                "SELECT doc, marks FROM layout WHERE marks IS NOT NULL ORDER BY doc"
            ).fetchall()
            kept = (count, last, self._drops), _read(rows)
        unsure = self._db.in_transaction  # what was read may yet be taken back
        self._kept, self._seen = (None, (-1, -1)) if unsure else (kept, now)
        return kept[1]


_SHARES = np.array(
    [sum(weight for bit, weight in enumerate(WEIGHTS.tolist()) if kinds >> bit & 1) for kinds in range(64)],
    np.float32,
)
"""The share of the similarity that some families have together, by their bits."""


def _similarities(found: Print, columns: _Columns) -> Floats:
    """Of one look to all in the columns, ``(n,)``."""
    return np.asarray(np.clip(_sums([packed(found)], [1.0], columns), 0, 1), np.float32)


def _sums(looks: Sequence[bytes], weights: Sequence[float], columns: _Columns) -> Floats:
    """The weighted sum of the similarities of some looks to all in the columns, ``(n,)``.

    Looks of the same families are asked as one.
    """
    asked: dict[int, dict[int, float]] = {}
    for look, weight in zip(looks, weights, strict=True):
        marks, counts = arrays(look)
        family = marks >> FOLD
        weighted = counts * columns.idf[marks]
        lengths = np.sqrt(np.bincount(family, weighted**2, len(FAMILIES)))
        units = weight * WEIGHTS[family] * weighted / np.maximum(1e-9, lengths[family])
        merged = asked.setdefault(int(np.bitwise_or.reduce(1 << family, initial=0)), {})
        for mark, unit in zip(marks.tolist(), units.tolist(), strict=True):
            merged[mark] = merged.get(mark, 0.0) + unit
    sums = np.zeros(len(columns.docs), np.float32)
    for kinds, merged in asked.items():
        if merged and len(columns.docs):
            sums += _added(merged, columns) / _SHARES[columns.kinds | np.uint8(kinds)]
    return sums


def _added(asked: dict[int, float], columns: _Columns) -> npt.NDArray[np.float64]:
    """What each document has of these marks, ``(n,)``."""
    held = [slice(columns.starts[mark], columns.starts[mark + 1]) for mark in asked]
    added = np.concatenate([columns.values[at] * unit for at, unit in zip(held, asked.values(), strict=True)])
    owner = np.concatenate([columns.owner[at] for at in held])
    return np.asarray(np.bincount(owner, added, len(columns.docs)), np.float64)


def folded(number: int) -> int:
    """A mark's number in as many bits as are kept."""
    return number >> BITS << FOLD | number & ((1 << FOLD) - 1)


def packed(found: Print) -> bytes:
    """The marks in ascending order, 4 bytes each, then their weights, a byte each."""
    kept: dict[int, float] = {}
    for number, weight in found.numbers().items():
        mark = folded(number)
        kept[mark] = max(weight, kept.get(mark, 0.0))
    marks = np.array(sorted(kept), np.int32)
    weights = np.rint(255 * np.array([kept[each] for each in marks.tolist()])).clip(1, 255).astype(np.uint8)
    return bytes(marks.tobytes() + weights.tobytes())


def idf_of(having: npt.NDArray[np.int64], of: int) -> Floats:
    """How rare each folded mark is, ``(SIZE,)``, where so many ``of`` all documents have it."""
    return np.asarray(np.maximum(np.log((of + _PRIOR) / (having + _HAVING)), _LEAST), np.float32)


def arrays(blob: bytes) -> tuple[npt.NDArray[np.int32], Floats]:
    """What :func:`packed` made: the marks, ascending, and their weights, 0 to 1."""
    count = len(blob) // 5
    weights = np.frombuffer(blob, np.uint8, count, 4 * count).astype(np.float32) / np.float32(255)
    return np.frombuffer(blob, np.int32, count), np.asarray(weights, np.float32)


def _read(rows: list[tuple[int, bytes]], idf: Floats | None = None) -> _Columns:
    docs = np.fromiter((doc for doc, _ in rows), np.int64, len(rows))
    counts = np.fromiter((len(blob) // 5 for _, blob in rows), np.int64, len(rows))
    marks = np.frombuffer(b"".join(blob[: 4 * (len(blob) // 5)] for _, blob in rows), np.int32)
    bytes_ = np.frombuffer(b"".join(blob[4 * (len(blob) // 5) :] for _, blob in rows), np.uint8)
    weights = np.asarray(bytes_, np.float32) / np.float32(255)
    owner = np.repeat(np.arange(len(rows), dtype=np.int32), counts)
    having = np.bincount(marks, minlength=SIZE)
    if idf is None:
        idf = idf_of(having, len(rows))
    weights = weights * idf[marks]
    segment = owner.astype(np.int64) * len(FAMILIES) + (marks >> FOLD)
    lengths = np.sqrt(np.bincount(segment, weights**2, len(rows) * len(FAMILIES)))
    values = (weights / np.maximum(1e-9, lengths[segment])).astype(np.float32)
    bits = (lengths.reshape(-1, len(FAMILIES)) > 0) @ (1 << np.arange(len(FAMILIES)))
    order = np.argsort(marks, kind="stable")
    return _Columns(
        docs=docs,
        starts=np.concatenate([[0], np.cumsum(having)]).astype(np.int64),
        owner=owner[order],
        values=values[order],
        idf=idf,
        kinds=np.asarray(bits, np.uint8),
    )
