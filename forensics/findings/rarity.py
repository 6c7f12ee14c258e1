"""How rare a shared passage is: by how many unrelated applicants of the corpus have it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from forensics.features.features import Exhibit
from forensics.features.shingles import positions
from forensics.findings.finding import Aligned, Alignment
from forensics.index.corpus import Corpus

_HAS = 0.6
"""Who has this share of a passage's fingerprints has the passage."""


def with_rarity(
    exhibit: Exhibit, alignments: Sequence[tuple[int, Alignment]], corpus: Corpus, own: frozenset[int]
) -> list[Alignment]:
    """The alignments of the exhibit with stored documents, each passage with its ``documents_with``.

    Those count who have the passage by their fingerprints, and who were aligned there: a reworded copy
    shares few fingerprints with its source.
    """
    hashes, places = positions(exhibit.features.tokens)
    starts = [exhibit.features.tokens.starts[at] for at in places.tolist()]
    prints = hashes.tolist()
    people = corpus.population()
    known: dict[tuple[int, int], int] = {}

    def documents_with(passage: Aligned) -> int:
        start, end = passage.a
        if passage.a not in known:
            inside = sorted({*prints[bisect_left(starts, start) : bisect_left(starts, end)]})
            docs = corpus.holders(inside, _HAS) | {
                doc
                for doc, alignment in alignments
                if any(2 * _overlap(other.a, passage.a) >= end - start for other in alignment.passages)
            }
            known[passage.a] = people.distinct(docs, own)
        return known[passage.a]

    return [
        replace(
            alignment,
            passages=tuple(replace(p, documents_with=documents_with(p)) for p in alignment.passages),
        )
        for _, alignment in alignments
    ]


def _overlap(x: tuple[int, int], y: tuple[int, int]) -> int:
    return min(x[1], y[1]) - max(x[0], y[0])
