"""Seeds → regions: extension, validation, trimming of borders.

A region is a pair of token ranges ``(a0, a1, b0, b1)`` with its cosine. Seeds that lie near each other in
both documents become one region (Sanchez-Perez et al. 2014, recursively with smaller gaps); then each
border is moved to where the evidence is greatest: inside, a word of one document occurs in the other
with the rate of the region, outside with the rate of chance, and the best border maximises the sum of
log likelihood ratios (a two-state change-point model, as for segments in Karlin & Altschul 1990).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forensics.findings.blocks import Block
from forensics.findings.seeds import Weights
from forensics.findings.view import Floats, Ints, View

GAP = 4
VALID = 0.34
MARGIN = 20
BORDER = 3.0
CAUTION = 0.12
SLOT_DOUBT = 0.5
WHOLE = 0.25
_MATCH = (0.3, 0.95)
_CHANCE = (1e-3, 0.98)
_SMOOTHING = 0.5
_EXTRA_WORDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Token ranges ``a`` and ``b``, end exclusive, and the cosine of what they say.

    ``evidence`` is the log likelihood ratio, in nats, of the words that both sides have and lack, less what
    the best of all places in two documents of this size reaches by chance (Karlin & Altschul 1990).
    ``compact`` is the side, ``a`` or ``b``, that retells in short what the other says at length.
    """

    a: tuple[int, int]
    b: tuple[int, int]
    cosine: float
    evidence: float = 0.0
    compact: str | None = None


def regions(
    i: Ints,
    j: Ints,
    a: View,
    b: View,
    weights_a: Weights,
    weights_b: Weights,
    *,
    gap_a: int = GAP,
    gap_b: int = GAP,
) -> list[Region]:
    """Clusters of seeds whose spans, taken as one text each, still have a cosine of :data:`VALID`."""
    found: list[Region] = []
    for cluster in _clusters(i, j, gap_a, gap_b):
        candidate = region(i[cluster], j[cluster], a, b, weights_a, weights_b)
        if candidate.cosine >= VALID:
            found.append(candidate)
        elif gap_a or gap_b:
            found += regions(
                i[cluster], j[cluster], a, b, weights_a, weights_b,
                gap_a=max(gap_a - 1, 0), gap_b=max(gap_b - 1, 0),
            )  # fmt: skip
    return found


def region(
    i: Ints, j: Ints, a: View, b: View, weights_a: Weights, weights_b: Weights, *, compact: str | None = None
) -> Region:
    """From the first to the last of these seeds on both sides."""
    units_a, units_b = (int(i.min()), int(i.max()) + 1), (int(j.min()), int(j.max()) + 1)
    return Region(
        a=(int(a.first[units_a[0]]), int(a.last[units_a[1] - 1])),
        b=(int(b.first[units_b[0]]), int(b.last[units_b[1] - 1])),
        cosine=_cosine(weights_a, units_a, weights_b, units_b),
        compact=compact,
    )


def meets(block: Block, region: Region) -> bool:
    """Whether the block and the region share words of both documents."""
    return _overlap(block.span_a, region.a) > 0 and _overlap(block.span_b, region.b) > 0


def _overlap(x: tuple[int, int], y: tuple[int, int]) -> int:
    return min(x[1], y[1]) - max(x[0], y[0])


def _clusters(i: Ints, j: Ints, gap_a: int, gap_b: int) -> list[Ints]:
    parts = [np.arange(len(i))] if len(i) else []
    while True:
        finer = [
            half[quarter]
            for part in parts
            for half in (part[piece] for piece in split(i[part], gap_a))
            for quarter in split(j[half], gap_b)
        ]
        if len(finer) == len(parts):
            return finer
        parts = finer


def split(units: Ints, gap: int) -> list[Ints]:
    """The places of ``units`` in groups, between which more than ``gap`` units lie."""
    order = np.argsort(units, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(units[order]) > gap + 1) + 1)


def _cosine(a: Weights, units_a: tuple[int, int], b: Weights, units_b: tuple[int, int]) -> float:
    width = int(max(a.term.max(initial=0), b.term.max(initial=0))) + 1
    sums = []
    for side, (low, high) in ((a, units_a), (b, units_b)):
        kept = (side.unit >= low) & (side.unit < high)
        sums.append(np.bincount(side.term[kept], side.weight[kept], minlength=width))
    norms = float(np.linalg.norm(sums[0]) * np.linalg.norm(sums[1]))
    return float(sums[0] @ sums[1]) / norms if norms else 0.0


def trim(region: Region, a: View, b: View, vocabulary: int) -> Region:
    """The region with its borders where the evidence is greatest, and with that evidence."""
    counts_a = np.bincount(a.stems, minlength=vocabulary)
    counts_b = np.bincount(b.stems, minlength=vocabulary)
    for _ in range(2):
        inside = np.bincount(a.stems[slice(*region.a)], minlength=vocabulary)
        inside += np.bincount(b.stems[slice(*region.b)], minlength=vocabulary)
        outside = len(a.stems) + len(b.stems) - int(inside.sum()) + _EXTRA_WORDS
        rate = (counts_a + counts_b - inside + _SMOOTHING) / outside
        before = region
        if region.compact != "b":
            region = replace(region, a=_border(a, region.a, b, region.b, rate))
        if region.compact != "a":
            region = replace(region, b=_border(b, region.b, a, region.a, rate))
        if region == before:
            break
    evidence = min(
        _evidence(a, region.a, b, region.b, rate) if region.compact != "b" else np.inf,
        _evidence(b, region.b, a, region.a, rate) if region.compact != "a" else np.inf,
    )
    return replace(region, evidence=evidence - float(np.log(len(a.stems) * len(b.stems))))


def snap(region: Region, a: View, b: View) -> Region:
    """The region without border units that share only slots; what is nearly a whole unit made whole."""
    return replace(
        region,
        a=_snap(a, region.a, b, region.b) if region.compact != "b" else region.a,
        b=_snap(b, region.b, a, region.a) if region.compact != "a" else region.b,
    )


def _snap(own: View, span: tuple[int, int], other: View, other_span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    theirs = slice(*other_span)
    shared = own.telling[start:end] & np.isin(
        own.stems[start:end], other.stems[theirs][other.telling[theirs]]
    )
    if not shared.any():
        return span
    units = own.unit[start:end][shared]
    first, last = int(units[0]), int(units[-1])
    start, end = max(start, int(own.first[first])), min(end, int(own.last[last]))
    if start - own.first[first] <= WHOLE * (own.last[first] - own.first[first]):
        start = int(own.first[first])
    if own.last[last] - end <= WHOLE * (own.last[last] - own.first[last]):
        end = int(own.last[last])
    return start, end


def _border(
    own: View, span: tuple[int, int], other: View, other_span: tuple[int, int], rate: Floats
) -> tuple[int, int]:
    low, high = max(0, span[0] - MARGIN), min(len(own.stems), span[1] + MARGIN)
    ratios = _ratios(own, span, other, other_span, rate, (low, high)) - CAUTION

    # A copy tends to begin and end where a sentence or a bullet does.
    bonus = np.zeros(len(ratios) + 1)
    borders = own.first[(own.first >= low) & (own.first <= high)] - low
    bonus[borders] = BORDER
    if high == len(own.stems):
        bonus[-1] = BORDER
    total = np.concatenate(([0.0], np.cumsum(ratios)))
    cost = total - bonus
    end = int(np.argmax(total + bonus - np.minimum.accumulate(cost)))
    start = int(np.argmin(cost[: end + 1]))
    return (low + start, low + end) if end > start else span


def _evidence(
    own: View, span: tuple[int, int], other: View, other_span: tuple[int, int], rate: Floats
) -> float:
    """The sum of the ratios, each word once: a list that repeats its words is no more evidence for it."""
    ratios = _ratios(own, span, other, other_span, rate, span)
    _, first = np.unique(own.stems[slice(*span)], return_index=True)
    return float(ratios[first].sum())


def _ratios(
    own: View,
    span: tuple[int, int],
    other: View,
    other_span: tuple[int, int],
    rate: Floats,
    at: tuple[int, int],
) -> Floats:
    """The log likelihood ratio of each token ``at``: at the rate of ``span`` against the rate of chance."""
    present = np.zeros(len(rate), np.bool_)
    present[other.stems[slice(*other_span)]] = True
    words = other_span[1] - other_span[0]

    def chance(stems: Ints) -> Floats:
        return np.asarray(np.clip(1 - np.exp(-rate[stems] * words), *_CHANCE))

    core = own.stems[slice(*span)]
    telling = (1 - chance(core)) * ~own.slot[slice(*span)]
    match = float((present[core] * telling).sum() / max(telling.sum(), 1e-9))
    match = min(max(match, _MATCH[0]), _MATCH[1])

    stems = own.stems[slice(*at)]
    expected = chance(stems)
    inside = np.maximum(match, expected)
    ratios = np.where(
        present[stems], np.log(inside / expected), np.log((1 - inside + 1e-3) / (1 - expected + 1e-3))
    )
    return np.asarray(np.where(own.slot[slice(*at)] & ~present[stems], ratios * SLOT_DOUBT, ratios))
