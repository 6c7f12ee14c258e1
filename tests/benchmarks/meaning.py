"""Two usual ways with sentence vectors, for comparison: whole documents by cosine, and a sketch of votes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from forensics.features.vectors import load_encoder

_SENTENCE = re.compile(r"[^\n.!?]+[.!?]?")
_NEXT = 6


def sentences(text: str) -> list[str]:
    """Lines and sentences of at least five words."""
    return [found for each in _SENTENCE.findall(text) if len((found := each.strip()).split()) >= 5]


class WholeDocuments:
    """One vector a document, of its whole text as the model cuts it. Near is what reaches a cosine."""

    thresholds = (0.75, 0.85, 0.9)
    name = "MiniLM"

    def __init__(self, files: Iterable[Path]) -> None:
        self._encoder = load_encoder()
        self._names = [path.name for path in files]
        self._vectors = self._encoder.encode([path.read_text("utf-8") for path in files])

    def near(self, path: Path) -> dict[float, set[str]]:
        """Names of the files that reach each threshold."""
        cosines = self._vectors @ self._encoder.encode([path.read_text("utf-8")])[0]
        return {
            least: {self._names[at] for at in np.flatnonzero(cosines >= least)} for least in self.thresholds
        }


class Votes:
    """Each sentence's nearest document, less the mean of its next six, floored at 0 and summed for each document."""

    thresholds = (0.5, 1.0, 2.0)
    name = "votes"

    def __init__(self, files: Iterable[Path]) -> None:
        self._encoder = load_encoder()
        said = [(path.name, sentences(path.read_text("utf-8"))) for path in files]
        self._names = [name for name, _ in said]
        self._starts = np.cumsum([0, *(len(each) for _, each in said)])[:-1]
        self._empty = np.array([not each for _, each in said])
        self._vectors = self._encoder.encode([each for _, some in said for each in some])

    def near(self, path: Path) -> dict[float, set[str]]:
        """Names of the files whose sum reaches each threshold."""
        sums = np.zeros(len(self._names))
        asked = self._encoder.encode(sentences(path.read_text("utf-8")))
        for row in asked @ self._vectors.T:
            starts = np.minimum(self._starts, len(row) - 1)
            best = np.maximum.reduceat(row, starts)
            best[self._empty] = -1
            order = np.argsort(-best)[: _NEXT + 1]
            sums[order[0]] += max(0.0, float(best[order[0]] - best[order[1:]].mean()))
        return {least: {self._names[at] for at in np.flatnonzero(sums >= least)} for least in self.thresholds}
