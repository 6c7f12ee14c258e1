"""How rare a shared passage is: how many unrelated applicants have it, and how many of its words are rare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from forensics.features.features import Exhibit
from forensics.features.shingles import positions
from forensics.findings.finding import Aligned, Alignment
from forensics.index.corpus import Corpus
from forensics.index.lookup import Lookup

_HAS = 0.6
"""Who has this share of a passage's fingerprints has the passage."""


def with_rarity(
    exhibit: Exhibit,
    alignments: Sequence[tuple[int, Exhibit, Alignment]],
    lookup: Lookup,
    corpus: Corpus,
    own: frozenset[int],
) -> list[Alignment]:
    """The alignments of the exhibit with stored documents, each passage with its rarity.

    ``documents_with`` counts who has the passage by its fingerprints, and who was aligned there: a reworded
    copy shares few fingerprints with its source. ``rare_words`` are the words of the passage in trigrams that
    both documents have, that are no background and not common in the corpus.
    """
    people, common = corpus.population(), corpus.common(own)
    starts = np.asarray(exhibit.features.tokens.starts, dtype=np.int64)
    telling = np.fromiter((mask[0] != "<" for mask in exhibit.features.tokens.masks), np.bool_, len(starts))
    known: dict[tuple[int, int], int] = {}

    def documents_with(passage: Aligned, inside: slice) -> int:
        if passage.a not in known:
            docs = corpus.holding(lookup, inside, _HAS)
            docs.update(doc for doc, _, alignment in alignments if _covers(alignment, passage.a))
            known[passage.a] = people.distinct(docs, own)
        return known[passage.a]

    rated: list[Alignment] = []
    for _, other, alignment in alignments:
        theirs, _ = positions(other.features.tokens)
        shared = np.isin(lookup.hashes, theirs) & (lookup.applicants <= common) & ~lookup.known
        rare = np.zeros(len(starts) + 3, np.bool_)
        for offset in range(3):
            rare[lookup.places[shared] + offset] = True
        passages = []
        for passage in alignment.passages:
            first, last = np.searchsorted(starts, passage.a)
            inside = slice(*np.searchsorted(lookup.places, (first, last)).tolist())
            count = int((rare[first:last] & telling[first:last]).sum())
            passages.append(
                replace(
                    passage,
                    documents_with=documents_with(passage, inside),
                    rare_words=0 if passage.background else count,
                )
            )
        rated.append(replace(alignment, passages=tuple(passages)))
    return rated


def _covers(alignment: Alignment, span: tuple[int, int]) -> bool:
    """Whether one passage of the alignment covers half of the span."""
    return any(
        2 * (min(p.a[1], span[1]) - max(p.a[0], span[0])) >= span[1] - span[0] for p in alignment.passages
    )
