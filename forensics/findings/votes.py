"""Votes: sentences and bullets that are each too weak a match to be a seed, and together are proof.

A unit *votes* where it and a unit of the other document are each other's best match. Two unrelated documents
of one trade have a handful of close votes, a rewritten one has most of its units. And a document rewritten
in order keeps the order: of ``m`` votes between unrelated documents only about 2√m agree in it, the longest
increasing run of a random permutation (Logan & Shepp 1977; Vershik & Kerov 1977).
"""

from __future__ import annotations

from bisect import bisect_left
from math import sqrt

import numpy as np

from forensics.findings.seeds import Weights, similarities
from forensics.findings.view import Flags, Ints

COSINE = 0.25
TERMS = 5
SHARED = 3

CLOSE = 0.5
MANY = ((9, 0.3), (5, 0.6))
"""So many close votes that are so large a share of the shorter document's units are proof …"""

IN_ORDER = (8, 0.3)
EXCESS = 4.0
"""… and so are so many votes in order, that share of the units, so many more than chance would order."""

_LARGEST = 2_000


def votes(a: Weights, b: Weights, vocabulary: int, *, proved: Flags) -> list[tuple[int, int, float]]:
    """The units of a and of b that vote for each other, and their cosines; empty where they prove nothing.

    Only units of at least :data:`TERMS` different words take part, which share :data:`SHARED`; those of a that
    are ``proved`` already, by words in the same order, have no vote.
    """
    if not 0 < max(len(a.norm), len(b.norm)) <= _LARGEST or not min(len(a.norm), len(b.norm)):
        return []
    cosine, shared = similarities(a, b, vocabulary)
    voters = (a.terms >= TERMS) & ~proved
    cosine = np.where((shared >= SHARED) & voters[:, None] & (b.terms >= TERMS)[None, :], cosine, 0.0)
    best_b, best_a = cosine.argmax(axis=1), cosine.argmax(axis=0)
    units = np.arange(len(best_b))
    best = cosine[units, best_b]
    mutual = np.flatnonzero((best_a[best_b] == units) & (best >= COSINE) & ~proved)
    least = min(int((side.terms >= TERMS).sum()) for side in (a, b))
    close = int((best[mutual] >= CLOSE).sum())
    ordered = mutual[ascending(best_b[mutual])]
    chain = len(ordered) >= max(IN_ORDER[0], IN_ORDER[1] * least)
    if chain and len(ordered) - 2 * sqrt(len(mutual)) >= EXCESS:
        kept = ordered
    elif any(close >= max(count, share * least) for count, share in MANY):
        kept = mutual[best[mutual] >= (COSINE + CLOSE) / 2]
    else:
        return []
    return [(int(i), int(best_b[i]), float(best[i])) for i in kept]


def ascending(values: Ints) -> list[int]:
    """The positions of a longest strictly increasing subsequence (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values.tolist()):
        place = bisect_left(tails, value)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [at]
    chosen: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chosen.append(at)
        at = before[at]
    return chosen[::-1]
