"""Alike: which sentences of two documents mean the same, when there is no corpus to say what is usual.

Two documents alone are a weaker ground than a poll (:mod:`~forensics.index.polls`): whoever does the same
work says things alike. So a pair counts by itself only if both sentences are each other's nearest and very
near; less near ones count where they follow one order in both documents, or where they are most of one.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
import numpy.typing as npt

from forensics.findings.align import OWN, Pair
from forensics.findings.votes import ascending
from forensics.index.spoken import Said

NEAR = 0.5
"""The least cosine of a pair …"""

IN_ORDER = (8, 0.3, 4.0)
"""… where so many pairs, that share of the shorter document, keep their order, so many more than a random order
of as many would (see :mod:`~forensics.findings.votes`) …"""

MOST = (5, 0.5, 0.65)
"""… or where so many, that share of the shorter document, are this near."""

CLEARLY = 0.05
"""A pair that counts by itself is nearer than any public sentence, by so much."""

KINDS = frozenset({"resume", "cover_letter"})
"""In other documents two sentences of one topic are often as near as this and no copies."""


def alike(a: Said, b: Said, public: npt.NDArray[np.float32]) -> list[Pair]:
    """Units of both documents that mean the same, and their cosine, in the order of a.

    ``public`` holds for each sentence of a the cosine of the nearest sentence of a public source: one that is
    as near to that is no evidence for the other document.
    """
    if not len(a.units) or not len(b.units):
        return []
    cosine = a.vectors.astype(np.float32) @ b.vectors.astype(np.float32).T
    best_b, best_a = cosine.argmax(axis=1), cosine.argmax(axis=0)
    places = np.arange(len(best_b))
    best = cosine[places, best_b]
    mutual = np.flatnonzero((best_a[best_b] == places) & (best >= NEAR))
    shorter = min(len(a.units), len(b.units))
    ordered = mutual[ascending(best_b[mutual])]
    close = mutual[best[mutual] >= MOST[2]]
    if len(ordered) >= max(IN_ORDER[0], IN_ORDER[1] * shorter) and (
        len(ordered) - 2 * sqrt(len(mutual)) >= IN_ORDER[2]
    ):
        kept = ordered
    elif len(close) >= max(MOST[0], MOST[1] * shorter):
        kept = close
    else:
        kept = mutual[(best[mutual] >= OWN) & (best[mutual] >= public[mutual] + CLEARLY)]
    return [(int(a.units[at]), int(b.units[best_b[at]]), float(best[at])) for at in kept]
