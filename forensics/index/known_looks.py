"""Looks that are known by name, and how near a document comes to each name: judged by what is usual in the world.

A public template has many looks: styles, colours, sizes, papers, margins, versions. Its users mix them, and change
some. So each family of marks is compared with that look of the name that is nearest in this family, and the
nearness is the mean of these cosines, weighted by :data:`~forensics.index.layouts.WEIGHTS`. How rare a mark is
comes with the package and not from the corpus: a name must not depend on who else is in the corpus, and a
template that half of a corpus uses must not thereby lose its marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.features.layout import FAMILIES, Print
from forensics.index.layouts import FOLD, SIZE, WEIGHTS, arrays, idf_of, packed

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KnownLooks:
    """Looks by number, those of one name beside each other, turned round: who has a mark is found by bisection.

    ``marks`` ``(m,)`` ascending, ``owner`` ``(m,)`` the look that has it, ``values`` ``(m,)`` its share of the length
    of its family, ``firsts`` ``(names,)`` the first look of each name, ``idf`` by mark.
    """

    marks: npt.NDArray[np.int32]
    owner: npt.NDArray[np.int64]
    values: Floats
    firsts: npt.NDArray[np.int64]
    looks: int
    idf: Floats

    def nearness(self, look: bytes) -> Floats:
        """How near a look that is :func:`~forensics.index.layouts.packed` comes to each name, 0 to 1, ``(names,)``."""
        marks, weights = arrays(look)
        weights = weights * self.idf[marks]
        family = marks >> FOLD
        lengths = np.sqrt(np.bincount(family, weights**2, len(FAMILIES)))
        units = weights / np.maximum(1e-9, lengths[family])
        begun, ended = np.searchsorted(self.marks, marks), np.searchsorted(self.marks, marks, side="right")
        counts = ended - begun
        at = np.repeat(begun - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        place = np.repeat(family, counts).astype(np.int64) * self.looks + self.owner[at]
        cosines = np.bincount(place, np.repeat(units, counts) * self.values[at], len(FAMILIES) * self.looks)
        nearest = np.maximum.reduceat(cosines.reshape(len(FAMILIES), self.looks), self.firsts, axis=1)
        return np.asarray(np.clip(WEIGHTS @ nearest, 0, 1), np.float32)


def known_looks(names: Sequence[Sequence[bytes]], usual: bytes, of: int) -> KnownLooks:
    """The looks of each name, at least one of one, as :func:`~forensics.index.layouts.packed` gives them.

    ``usual`` are the marks of ``of`` strangers, as :func:`counted` gives them.
    """
    looks = [arrays(look) for each in names for look in each]
    idf = idf_of(_having(usual), of)
    every = np.concatenate([numbers for numbers, _ in looks])
    owner = np.repeat(np.arange(len(looks)), [len(numbers) for numbers, _ in looks])
    values = np.concatenate([weights for _, weights in looks]) * idf[every]
    segment = owner * len(FAMILIES) + (every >> FOLD)
    lengths = np.sqrt(np.bincount(segment, values**2, len(looks) * len(FAMILIES)))
    values = (values / np.maximum(1e-9, lengths[segment])).astype(np.float32)
    order = np.argsort(every, kind="stable")
    return KnownLooks(
        marks=every[order],
        owner=owner[order],
        values=values[order],
        firsts=np.cumsum([0, *map(len, names[:-1])]),
        looks=len(looks),
        idf=idf,
    )


LEAST = 3
"""A mark that fewer strangers have is not kept: it may be one person's own."""


def counted(strangers: Sequence[Print]) -> bytes:
    """How many of these have each mark: the marks that :data:`LEAST` have, 4 bytes each, then the counts, 2 bytes."""
    having = np.bincount(np.concatenate([arrays(packed(each))[0] for each in strangers]), minlength=SIZE)
    marks = np.flatnonzero(having >= LEAST)
    return bytes(marks.astype("<i4").tobytes() + having[marks].astype("<u2").tobytes())


def _having(counts: bytes) -> npt.NDArray[np.int64]:
    """What :func:`counted` kept, by mark."""
    number = len(counts) // 6
    having = np.zeros(SIZE, np.int64)
    having[np.frombuffer(counts, "<i4", number)] = np.frombuffer(counts, "<u2", number, 4 * number)
    return having
