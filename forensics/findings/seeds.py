"""Seeds: pairs of units, one of each document, that say nearly the same.

After Sanchez-Perez, Sidorov, Gelbukh: A winning approach to text alignment for text reuse detection at
PAN 2014. A unit is a vector of tf-isf weights over stems (isf: inverse sentence frequency within the two
documents); a seed is a pair whose cosine *and* whose Dice coefficient are high. A slot counts only where
the other document has the very same word: a swapped employer is no difference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.findings.view import Floats, Ints, View

COSINE = 0.33
DICE = 0.33
PARTNERS = 64
"""A unit that resembles more units of the other document is a refrain: its best partners are enough."""

_BLOCK = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Sparse rows, one a unit: ``unit, term, weight`` columns, the norm and the terms of each unit.

    ``weight`` is tf × isf; terms that only one document has are in the norms alone.
    """

    unit: Ints
    term: Ints
    weight: Floats
    norm: Floats
    terms: Floats


def weigh(a: View, b: View, vocabulary: int) -> tuple[Weights, Weights]:
    """The weights of both documents."""
    in_a = np.bincount(a.stems, minlength=vocabulary) > 0
    in_b = np.bincount(b.stems, minlength=vocabulary) > 0
    counts = [_counts(side, other, vocabulary) for side, other in ((a, in_b), (b, in_a))]
    spread = sum(np.bincount(term, minlength=vocabulary) for _, term, _ in counts)
    isf = np.log((len(a.first) + len(b.first)) / np.maximum(spread, 1))
    return _weights(counts[0], isf, len(a.first)), _weights(counts[1], isf, len(b.first))


def _counts(side: View, other: npt.NDArray[np.bool_], vocabulary: int) -> tuple[Ints, Ints, Ints]:
    """Unit, stem and frequency, for every token but slots that the other document lacks."""
    kept = ~side.slot | other[side.stems]
    keys, frequency = np.unique(side.unit[kept] * vocabulary + side.stems[kept], return_counts=True)
    return keys // vocabulary, keys % vocabulary, frequency


def _weights(counts: tuple[Ints, Ints, Ints], isf: Floats, units: int) -> Weights:
    unit, term, frequency = counts
    weight = frequency * isf[term]
    return Weights(
        unit=unit,
        term=term,
        weight=weight,
        norm=np.sqrt(np.bincount(unit, weight**2, minlength=units)),
        terms=np.bincount(unit, minlength=units).astype(np.float64),
    )


def seeds(a: Weights, b: Weights, vocabulary: int) -> tuple[Ints, Ints]:
    """Units of a and of b: each pair is a seed, ordered by a, then b."""
    shared = np.intersect1d(a.term, b.term)
    column = np.full(vocabulary, -1, np.int64)
    column[shared] = np.arange(len(shared))
    weights_b, present_b = _dense(b, column, 0, len(b.norm), len(shared))
    found_i: list[Ints] = [np.zeros(0, np.int64)]
    found_j: list[Ints] = [np.zeros(0, np.int64)]
    for low in range(0, len(a.norm), _BLOCK):
        high = min(low + _BLOCK, len(a.norm))
        weights_a, present_a = _dense(a, column, low, high, len(shared))
        cosine = weights_a @ weights_b.T / np.maximum(np.outer(a.norm[low:high], b.norm), 1e-9)
        dice = 2 * (present_a @ present_b.T) / np.maximum(np.add.outer(a.terms[low:high], b.terms), 1)
        seed = (cosine > COSINE) & (dice > DICE)
        for row in np.flatnonzero(seed.sum(axis=1) > PARTNERS):
            _thin(seed[row], cosine[row], (low + row) * len(b.norm) / len(a.norm))
        i, j = np.nonzero(seed)
        found_i.append(i + low)
        found_j.append(j)
    return np.concatenate(found_i), np.concatenate(found_j)


def similarities(a: Weights, b: Weights, vocabulary: int) -> tuple[Floats, Floats]:
    """The cosine of every unit of a with every unit of b, and how many different stems the two share."""
    shared = np.intersect1d(a.term, b.term)
    column = np.full(vocabulary, -1, np.int64)
    column[shared] = np.arange(len(shared))
    weights_a, present_a = _dense(a, column, 0, len(a.norm), len(shared))
    weights_b, present_b = _dense(b, column, 0, len(b.norm), len(shared))
    cosine = weights_a @ weights_b.T / np.maximum(np.outer(a.norm, b.norm), 1e-9)
    return cosine.astype(np.float64), (present_a @ present_b.T).astype(np.float64)


def _thin(seed: npt.NDArray[np.bool_], cosine: npt.NDArray[np.float32], place: float) -> None:
    """Keep the best partners of a unit, of equal ones those at the like place of the other document."""
    partners = np.flatnonzero(seed)
    order = np.lexsort((np.abs(partners - place), -np.round(cosine[partners], 3)))
    seed[partners[order[PARTNERS:]]] = False


def _dense(
    side: Weights, column: Ints, low: int, high: int, width: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    rows = np.zeros((high - low, width), np.float32)
    kept = (side.unit >= low) & (side.unit < high) & (column[side.term] >= 0)
    rows[side.unit[kept] - low, column[side.term[kept]]] = side.weight[kept]
    return rows, (rows > 0).astype(np.float32)
