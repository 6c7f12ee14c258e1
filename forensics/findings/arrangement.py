"""Arrangement: whether votes lie together in both documents, and in one order, more than chance would have it.

Who takes over one job of another takes its bullets as they stand: five sentences in a row that mean what five in a
row mean there. Two people of one trade have as many such sentences, but here and there. So a window is laid over both
documents at each vote in turn. If the votes were strewn, a window would hold so many with a probability that is
binomial, as in a scan statistic (Naus: The distribution of the size of the maximum cluster of points on a line,
JASA 1965), taken times the windows that are looked at. And of ``n`` votes in random order ``C(n, l) / l!`` runs of length
``l`` ascend on average, which bounds the probability that any does (Hammersley 1972).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, factorial, log10

import numpy as np

from forensics.findings.votes import ascending

WINDOWS = (3, 6, 12)
"""So many sentences of the asking document, and about as many on both sides in the other."""

FEWEST = 3
"""Fewer votes make no arrangement."""

Place = tuple[int, int]


def arrangement(places: Sequence[Place], units: int, theirs: int) -> float:
    """How unlikely it is that votes at these places lie as they do, as a negative decimal logarithm, at least 0.

    The documents have ``units`` and ``theirs`` sentences; ``places`` are in both, counted from 0.
    """
    if len(places) < FEWEST:
        return 0.0
    at = np.array(sorted(places), np.int64)
    return max(0.0, *(_window(at, size, units * theirs) for size in WINDOWS))


def _window(at: np.ndarray, size: int, area: int) -> float:
    """The same for the most surprising window of this size."""
    strewn = min(1.0, size * (2 * size - 1) / area)
    ahead = at[None, :, 0] - at[:, None, 0]
    inside = (ahead >= 0) & (ahead < size) & (np.abs(at[None, :, 1] - at[:, None, 1]) < size)
    most = 0.0
    for held in np.unique(inside[inside.sum(axis=1) >= FEWEST], axis=0):
        count = int(held.sum())
        together = len(at) * len(WINDOWS) * _tail(len(at) - 1, strewn, count - 1)
        run = len(ascending(at[held, 1]))
        ordered = comb(count, run) / factorial(run)
        most = max(most, -log10(together) - log10(min(1.0, ordered)))
    return most


def _tail(trials: int, chance: float, least: int) -> float:
    """The probability of at least so many successes, and never quite 0."""
    terms = (comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(least, trials + 1))
    return max(1e-12, sum(terms))
