"""Who has a fingerprint or a contact, remembered where many have it: most documents ask for the same common ones."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forensics.index.population import Population
from forensics.index.store import Store

MOST_HOLDERS = 2_000
"""More documents with one fingerprint than this are not listed."""

MANY = 32
"""What so many documents have is remembered …"""

MOST = 8_000_000
"""… as long as all that is remembered are no more numbers than this, 4 bytes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """``docs`` ascend; ``applicants`` are the unrelated ones they stand for."""

    docs: Sequence[int]
    applicants: int


class Holders:
    """What is remembered of one corpus, as long as nobody writes. State: who has what, and as of when."""

    def __init__(self) -> None:
        self._version = -1
        self._known: dict[Hashable, Held] = {}
        self._room = MOST

    def held(
        self,
        key: Hashable,
        docs: Callable[[], Sequence[int]],
        people: Population,
        own: frozenset[int],
        version: int,
    ) -> Held:
        """Who has ``key``, as ``docs`` tells if it is not remembered as of ``version``; ``own`` are not counted."""
        if version != self._version:
            self._version, self._known, self._room = version, {}, MOST
        known = self._known.get(key)
        if known is None:
            found = sorted(docs())
            known = Held(docs=array("i", found), applicants=people.distinct(found, frozenset()))
            if MANY <= len(found) <= self._room:
                self._known[key] = known
                self._room -= len(found)
        return Held(docs=known.docs, applicants=people.without(known.docs, known.applicants, own))


def holding(prints: Mapping[int, Sequence[int]], least: float, store: Store) -> set[int]:
    """Documents that have at least this share of the fingerprints, of which the documents are listed with each.

    Where more than :data:`MOST_HOLDERS` have one, whoever has enough of the others is looked up.
    """
    wanted = least * len(prints)
    common = {each for each, docs in prints.items() if len(docs) >= MOST_HOLDERS}
    if common and wanted <= len(common):
        return set(store.holding(prints, least))
    others = [np.asarray(docs, np.int64) for each, docs in prints.items() if each not in common]
    found, counts = np.unique(np.concatenate([np.zeros(0, np.int64), *others]), return_counts=True)
    enough = counts >= wanted - len(common)
    near = dict(zip(found[enough].tolist(), counts[enough].tolist(), strict=True))
    also = store.having(common, near)
    return {doc for doc, count in near.items() if count + also[doc] >= wanted}
