"""Retelling: one short paragraph of a document says what the whole of another says at length.

Seeds then lie close together on the short side and all over the long one. Sanchez-Perez et al. (2014) tell
this by the totals of a pair of documents; here it is told of each cluster of seeds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from forensics.findings import extend
from forensics.findings.blocks import Block
from forensics.findings.extend import Region
from forensics.findings.seeds import Weights
from forensics.findings.view import Ints, View

RATIO = 2.5
"""How many times longer than the retelling what it retells must be."""

WHOLE = 0.5
"""The share of the long document between the first and the last place that the retelling draws on."""

TOLD = (0.12, 0.65)
"""The share of the words in that stretch whose sentences are retold."""

IN_ORDER = 0.7
"""The share of the retelling's sentences that have a partner and follow the order of the long document."""

LARGEST = 0.85
"""The share of the retelling that may come from one place of the long document."""

VALID = 0.3
"""The least cosine: what is left out dilutes the long side."""

EXACT = 30
"""A copied run of this many words is proof by itself, and what holds it is no retelling."""


def retold(
    exact: Sequence[Block], i: Ints, j: Ints, a: View, b: View, weights_a: Weights, weights_b: Weights
) -> list[Region]:
    """The regions of the seeds ``i, j`` that retell, without overlap in a."""
    found: list[Region] = []
    for compact in ("a", "b") if len(i) else ():
        short, units, long, others = (a, i, b, j) if compact == "a" else (b, j, a, i)
        for cluster in extend.split(units, extend.GAP):
            span = _span(short, units[cluster])
            whole = _span(long, others[cluster])
            if not _spread(span, whole, units[cluster], others[cluster], short, long):
                continue
            region = extend.region(i[cluster], j[cluster], a, b, weights_a, weights_b, compact=compact)
            copied = any(len(block) >= EXACT and extend.meets(block, region) for block in exact)
            if region.cosine >= VALID and not copied and not any(_overlap(region.a, r.a) for r in found):
                found.append(region)
    return found


def replaces(region: Region, part: Region) -> bool:
    """Whether ``part`` is of the retelling ``region``: its short side meets it."""
    return _overlap(region.a, part.a) if region.compact == "a" else _overlap(region.b, part.b)


def _spread(
    span: tuple[int, int], whole: tuple[int, int], units: Ints, others: Ints, short: View, long: View
) -> bool:
    words, told = span[1] - span[0], whole[1] - whole[0]
    if told < RATIO * words or told < WHOLE * len(long.stems):
        return False
    if short.tokens.passages[span[0]] != short.tokens.passages[span[1] - 1]:
        return False
    share = _words(long, others) / told
    if not TOLD[0] <= share <= TOLD[1]:
        return False
    if _in_order(units, others) < IN_ORDER * (int(units.max()) - int(units.min()) + 1):
        return False
    return max(_words(short, units[place]) for place in extend.split(others, 1)) <= LARGEST * words


def _words(side: View, units: Ints) -> int:
    own = np.unique(units)
    return int((side.last[own] - side.first[own]).sum())


def _in_order(units: Ints, others: Ints) -> int:
    """The most units whose first partners do not descend."""
    order = np.lexsort((others, units))
    _, first = np.unique(units[order], return_index=True)
    tails: list[int] = []
    for partner in others[order][first].tolist():
        place = bisect_right(tails, partner)
        tails[place : place + 1] = [partner]
    return len(tails)


def _span(side: View, units: Ints) -> tuple[int, int]:
    return int(side.first[units.min()]), int(side.last[units.max()])


def _overlap(x: tuple[int, int], y: tuple[int, int]) -> bool:
    return min(x[1], y[1]) > max(x[0], y[0])
