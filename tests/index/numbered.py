"""Truths for tests: numbered vectors in memory, and how a view is compared with them."""

from contextlib import contextmanager

import numpy as np

from forensics.index.truth import State


def unit_rows(seed, count, dimension=16):
    """Random vectors of length 1 in half precision."""
    rows = np.random.default_rng(seed).standard_normal((count, dimension))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)


class Memory:
    """A truth in a dictionary."""

    def __init__(self, dimension=16, fingerprint="model-a", chunk=7):
        self.fingerprint, self.dimension, self.chunk = fingerprint, dimension, chunk
        self.vectors, self.last, self.gone = {}, 0, []
        self.read = 0
        self._inside = 0

    def add(self, rows):
        """Append vectors; their numbers."""
        given = list(range(self.last + 1, self.last + 1 + len(rows)))
        self.vectors.update(zip(given, np.asarray(rows, np.float16), strict=True))
        self.last += len(rows)
        return given

    def erase(self, numbers):
        """Erase those of the numbers that exist, in one erasure each."""
        for number in numbers:
            if self.vectors.pop(number, None) is not None:
                self.gone.append(number)

    def state(self):
        return State(count=len(self.vectors), last=self.last, erasure=len(self.gone))

    @contextmanager
    def moment(self):
        self._inside += 1
        try:
            yield self.state()
        finally:
            self._inside -= 1

    def after(self, number):
        assert self._inside, "read outside of a moment"
        these = sorted(each for each in self.vectors if each > number)
        for at in range(0, len(these), self.chunk):
            part = these[at : at + self.chunk]
            self.read += len(part)
            yield np.array(part, np.int64), np.stack([self.vectors[each] for each in part])

    def erased_after(self, erasure):
        assert self._inside, "read outside of a moment"
        return self.gone[erasure:]

    def rows(self):
        """Its vectors by ascending number, in single precision, of length 1."""
        rows = np.array([self.vectors[each] for each in sorted(self.vectors)], np.float32)
        rows = rows.reshape(-1, self.dimension)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def nearest(self, queries, k):
        """By brute force: cosines and numbers, as a view gives them."""
        numbers = np.array(sorted(self.vectors), np.int64)
        cosines = np.full((len(queries), k), -1, np.float32)
        found = np.full((len(queries), k), -1, np.int64)
        if len(numbers):
            every = np.asarray(queries, np.float32) @ self.rows().T
            order = np.argsort(-every, axis=1, kind="stable")[:, :k]
            cosines[:, : order.shape[1]] = np.take_along_axis(every, order, axis=1)
            found[:, : order.shape[1]] = numbers[order]
        return cosines, found


def agrees(view, truth, queries, k=5, slack=1e-5):
    """Whether the view gives what brute force gives: the same cosines, and numbers that have them."""
    cosines, numbers = view.nearest(np.asarray(queries, np.float32), k)
    expected, _ = truth.nearest(queries, k)
    assert np.allclose(cosines, expected, atol=slack), (cosines, expected)
    for query, row, values in zip(queries, numbers, cosines, strict=True):
        shown = [each for each in row.tolist() if each >= 0]
        assert len(set(shown)) == len(shown) == min(k, len(truth.vectors))
        for number, value in zip(shown, values, strict=False):
            vector = truth.vectors[number].astype(np.float32)
            assert abs(query.astype(np.float32) @ vector / np.linalg.norm(vector) - value) < slack
    return True
