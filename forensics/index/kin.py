"""Documents that are nearly the same text, so that one person's versions are known to belong together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from forensics.features.features import Prints
from forensics.index.holders import MOST_HOLDERS
from forensics.index.store import Store

_SAMPLE = 64
_SHARE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A stored document and the number of its kin: the first of those that are nearly the same."""

    doc: int
    kin: int


def near_copies(prints: Prints, store: Store) -> list[Near]:
    """Stored documents that are nearly the same text: most of the winnowed fingerprints, in both."""
    sample = prints.winnowed[:_SAMPLE]
    if len(sample) < 8:
        return []
    counts = Counter(doc for each in sample for doc in store.holders(each, MOST_HOLDERS))
    likely = [doc for doc, count in counts.items() if count >= _SHARE * len(sample)]
    return [
        Near(doc=doc, kin=kin)
        for doc, kin, size in store.kin_of(likely)
        if _SHARE * size <= len(prints.winnowed) <= size / _SHARE
    ]
