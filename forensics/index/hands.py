"""The vectors of style of a corpus, in memory: which documents are written most like a text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Vector = npt.NDArray[np.float32]

LEAST = 30
"""Of fewer documents no mean is worth comparing with: nothing is said."""

_ROWS = 256  # of 1.5 kB: so few stay in the cache of a processor, which is eight times as fast as thousands


class Hands:
    """Vectors of one kind of document, as they lie in the database, and what queries need of them.

    A text is compared after the mean of all is taken from both sides: résumés are alike because they are
    résumés, and that must count for nobody.
    """

    def __init__(self, numbers: Numbers, packed: npt.NDArray[np.int8]) -> None:
        self.numbers = numbers
        self._packed = packed
        lengths, total = np.empty(len(numbers), np.float32), np.zeros(packed.shape[1], np.float64)
        for rows, at in self._chunks():
            lengths[at] = np.sqrt(np.einsum("ij,ij->i", rows, rows))
            total += (rows / np.maximum(lengths[at], 1e-6)[:, None]).sum(axis=0)
        self.mean = (total / max(1, len(numbers))).astype(np.float32)
        self._lengths = np.maximum(lengths, 1e-6)
        along = np.empty(len(numbers), np.float32)
        for rows, at in self._chunks():
            along[at] = rows @ self.mean
        along /= self._lengths
        self._apart = np.sqrt(np.maximum(1 - 2 * along + float(self.mean @ self.mean), 1e-9))

    def cosines(self, vector: Vector) -> Vector:
        """The cosine of each stored vector with this one (length 1), both less the mean of all; ``(n,)``."""
        mine = self.centred(vector)
        found = np.empty(len(self.numbers), np.float32)
        for rows, at in self._chunks():
            found[at] = rows @ mine
        return np.asarray((found / self._lengths - float(mine @ self.mean)) / self._apart, np.float32)

    def centred(self, vector: Vector) -> Vector:
        """A vector of length 1 less the mean of all, of length 1 again."""
        apart = vector - self.mean
        return np.asarray(apart / max(float(np.linalg.norm(apart)), 1e-9), np.float32)

    def _chunks(self) -> Iterator[tuple[Vector, slice]]:
        for first in range(0, len(self.numbers), _ROWS):
            at = slice(first, first + _ROWS)
            yield self._packed[at].astype(np.float32), at
