"""Who else has the words of a document: its trigrams looked up, and the documents that share a dense stretch of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.features.features import Tokens
from forensics.features.shingles import positions
from forensics.index.background import public_words
from forensics.index.holders import Held

RARE = 20
"""Fingerprints of more applicants than this (or than is common, if that is more) propose no candidate."""

DENSITY = 5
"""So many rare fingerprints within :data:`WINDOW` words make a candidate …"""

VOICED = 8
"""… or this many where sentences have voted as well: in 1,097 documents of which many are copies, 1,800 candidates with
fewer came to nothing, but for those that sentences voted for."""

VOICES = 8
"""Fewer sentences than this cannot vote well enough for that."""

WINDOW = 60

Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document that may share something; ``hits`` counts rare fingerprints in the densest window."""

    doc: int
    hits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """The trigrams of an exhibit, in text order, and who else has them; parallel columns.

    ``places`` are the tokens they begin at, ``applicants`` how many unrelated applicants have each,
    ``holders`` the documents, ``known`` whether a background document has it or it stands in a phrase that
    the package knows as public: single trigrams of the shipped background are in a tenth of any text.
    """

    hashes: Hashes
    places: npt.NDArray[np.int64]
    applicants: npt.NDArray[np.int64]
    known: Flags
    holders: tuple[Sequence[int], ...]


def look_up(tokens: Tokens, held: Callable[[int], Held], known: Callable[[Hashes], Flags]) -> Lookup:
    """The lookup of a document.

    ``held`` gives the documents with a fingerprint and how many unrelated people they stand for, ``known`` which
    fingerprints a background document has.
    """
    hashes, places = positions(tokens)
    distinct, back = np.unique(hashes, return_inverse=True)
    found = [held(each) for each in distinct.tolist()]
    counts = np.fromiter((each.applicants for each in found), np.int64, len(found))
    return Lookup(
        hashes=hashes,
        places=places,
        applicants=counts[back],
        known=known(distinct)[back] | public_words(tokens)[places],
        holders=tuple(found[at].docs for at in back.tolist()),
    )


def dense(lookup: Lookup, rarest: int, least: int = DENSITY) -> list[Candidate]:
    """The documents that share a stretch of ``least`` fingerprints which at most ``rarest`` applicants have."""
    found: dict[int, list[int]] = {}
    for at in np.flatnonzero((lookup.applicants <= rarest) & ~lookup.known).tolist():
        place = int(lookup.places[at])
        for doc in lookup.holders[at]:
            found.setdefault(doc, []).append(place)
    candidates = []
    for doc, where in found.items():
        if len(where) < least:
            continue
        # ``where`` ascends: the most hits that lie within one window of words.
        spread = np.asarray(where)
        hits = int((np.searchsorted(spread, spread + WINDOW, "left") - np.arange(len(spread))).max())
        if hits >= least:
            candidates.append(Candidate(doc=doc, hits=hits))
    return sorted(candidates, key=lambda c: (-c.hits, c.doc))
