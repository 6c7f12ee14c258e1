"""What the documents most like a query as a whole say: enough for a quick question, where a check asks everybody.

A copy is like its source as a whole long before its single sentences are near enough to prove anything, and one vector
for each document is compared in a few hundredths of a second where all sentences of all documents take seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from forensics.index.meaning import Meaning, Numbers, Vectors
from forensics.index.spoken import Said, Speakers

NEARBY = 400
"""So many documents are asked for their sentences; docs/templates.md has how many sources are among them."""


class Nearby:
    """The sentences of some documents of a corpus, as :func:`forensics.index.polls.poll` asks for them."""

    def __init__(self, meaning: Meaning, docs: Sequence[int]) -> None:
        self._meaning = meaning
        self._numbers = meaning.sentences(docs)
        self._vectors = meaning.vectors(self._numbers.tolist())

    def nearest(self, vectors: Vectors, numbers: Numbers | None, k: int) -> tuple[Vectors, Numbers]:
        """Cosines and numbers of the ``k`` nearest sentences to each, best first, -1 where there are fewer."""
        most = min(k, len(self._numbers))
        cosines = np.full((len(vectors), k), -1, np.float32)
        found = np.full((len(vectors), k), -1, np.int64)
        if most:
            all_ = vectors @ self._vectors.T
            best = np.argpartition(-all_, most - 1, axis=1)[:, :most]
            near = np.take_along_axis(all_, best, axis=1)
            order = np.argsort(-near, axis=1, kind="stable")
            cosines[:, :most] = np.take_along_axis(near, order, axis=1)
            found[:, :most] = self._numbers[np.take_along_axis(best, order, axis=1)]
        return cosines, found

    def speakers(self, sentences: Numbers) -> Speakers:
        """Who in the whole corpus says each of the sentences, whose numbers ascend."""
        return self._meaning.speakers(sentences)

    def vectors(self, sentences: Sequence[int]) -> Vectors:
        """The vectors of sentences by number, in that order: ``(n, dimension)``."""
        return self._meaning.vectors(sentences)

    def units(self, doc: int) -> Numbers:
        """The units of a document that have vectors, ascending."""
        return self._meaning.units(doc)

    def public(self, vectors: Vectors, numbers: Numbers | None = None) -> Vectors:
        """The cosine of the nearest sentence of a public source that the package ships; -1 without any."""
        return self._meaning.public(vectors, numbers)


def nearby(said: Said, meaning: Meaning, more: Iterable[int] = ()) -> Nearby | None:
    """The :data:`NEARBY` documents most like a query as a whole, and ``more``; ``None`` without vectors."""
    view, centre = meaning.view("documents"), said.centre()
    if view is None or centre is None:
        return None
    _, numbers = view.nearest(centre.astype(np.float32)[None, :], NEARBY)
    docs = meaning.documents(numbers[numbers >= 0].tolist())
    return Nearby(meaning, sorted({*docs, *more}))
