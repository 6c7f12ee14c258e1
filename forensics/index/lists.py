"""The neighbours of every sentence of a corpus, found all at once, for work on every document.

Made by one process, read by many: arrays in a folder, mapped into memory. A list is of the moment it
was made in; what came to the corpus since has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from forensics.index.batches import Report, neighbour_lists
from forensics.index.spoken import Speakers
from forensics.index.truth import Truth

Rows = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

_NAMES = ("numbers", "cosines", "nearest", "public", "starts", "docs", "units")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lists:
    """Sentences in the order of their ``numbers`` ``(n,)``, and the ``k`` nearest others of each.

    ``cosines`` and ``nearest`` are ``(n, k)``, best first; -1 stands for none. ``public`` ``(n,)`` holds the
    cosine of the nearest sentence of a public source. Sentence ``n`` is said by ``docs`` (as number ``units`` there)
    from ``starts[n]`` to ``starts[n + 1]``.
    """

    numbers: Numbers
    cosines: npt.NDArray[np.float16]
    nearest: npt.NDArray[np.int32]
    public: npt.NDArray[np.float16]
    starts: Numbers
    docs: npt.NDArray[np.int32]
    units: npt.NDArray[np.int32]

    def places(self, numbers: Numbers) -> Numbers | None:
        """Where these sentences stand; ``None`` if one of them is not here."""
        at = np.searchsorted(self.numbers, numbers)
        inside = at < len(self.numbers)
        if not inside.all() or (self.numbers[at] != numbers).any():
            return None
        return at

    def around(self, numbers: Numbers, k: int) -> tuple[Rows, Numbers] | None:
        """As :meth:`~forensics.index.neighbours.View.nearest`: the sentence itself first, then its neighbours."""
        at = self.places(numbers)
        if at is None:
            return None
        itself = np.ones((len(at), 1), np.float32)
        cosines = np.concatenate((itself, self.cosines[at, : k - 1].astype(np.float32)), axis=1)
        return cosines, np.concatenate((numbers[:, None], self.nearest[at, : k - 1].astype(np.int64)), axis=1)

    def speakers(self, numbers: Numbers) -> Speakers | None:
        """Who says each of the sentences; ``None`` if one of them is not here."""
        at = self.places(numbers)
        if at is None:
            return None
        everybody = Speakers(starts=self.starts, docs=self.docs, units=self.units)
        spoken, _ = everybody.of(at)
        starts = np.concatenate(([0], np.cumsum(self.starts[at + 1] - self.starts[at])))
        docs, units = self.docs[spoken].astype(np.int64), self.units[spoken].astype(np.int64)
        return Speakers(starts=starts, docs=docs, units=units)


def make(
    truth: Truth,
    folder: Path,
    k: int,
    public: Callable[[Rows], Rows],
    said: Callable[[], Iterator[tuple[int, int, int]]],
) -> Report:
    """Find the ``k - 1`` nearest others of every sentence and write them in ``folder``.

    ``public`` gives the cosine of the nearest public sentence for rows of vectors, ``said`` sentence, document
    and unit of all that is said, by sentence.
    """
    report, found = neighbour_lists(truth, k - 1)
    numbers = np.empty(report.vectors, np.int64)
    cosines = _array(folder, "cosines", np.float16, (report.vectors, k - 1))
    nearest = _array(folder, "nearest", np.int32, (report.vectors, k - 1))
    at = 0
    for some, near, others in found:
        numbers[at : at + len(some)] = some
        cosines[at : at + len(some)] = near
        nearest[at : at + len(some)] = others
        at += len(some)
    order = np.argsort(numbers, kind="stable")
    known = np.full(report.vectors, -1, np.float16)
    with truth.moment():
        for some, halves in truth.after(0):
            place = np.searchsorted(numbers[order], some)
            here = (place < len(order)) & np.isin(some, numbers)
            known[place[here]] = public(halves[here].astype(np.float32))
    spoken = np.fromiter(said(), np.dtype((np.int32, 3)))
    starts = np.searchsorted(spoken[:, 0], np.append(numbers[order], np.iinfo(np.int32).max))
    columns: list[npt.NDArray[Any]] = [numbers[order], cosines[order], nearest[order], known, starts]
    columns += [spoken[:, 1], spoken[:, 2]]
    for name, array in zip(_NAMES, columns, strict=True):
        np.save(folder / f"{name}.npy", array)
    for name in ("cosines", "nearest"):
        (folder / f"{name}.part.npy").unlink()
    return report


def load(folder: Path) -> Lists:
    """The lists that :func:`make` wrote."""
    mapped = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _NAMES}
    return Lists(
        **{name: each.view(np.ndarray) for name, each in mapped.items()}
    )  # plain arrays are quicker to cut


def _array(folder: Path, name: str, kind: Any, shape: tuple[int, int]) -> npt.NDArray[Any]:
    return np.lib.format.open_memmap(folder / f"{name}.part.npy", mode="w+", dtype=kind, shape=shape)
