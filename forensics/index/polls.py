"""Polls: whose sentences come nearest to those of a document, against what else is near.

A rewritten bullet is often no longer near enough to its source to prove anything. But of fifteen bullets,
each nearest to *some* document, those of a copy agree on one. A sentence votes for the document that holds
its nearest neighbour, where that finds nothing nearer in the document that asks; the vote is mutual where
it finds nothing nearer anywhere else either. A vote weighs by its *gain*: the cosine less what is usual
around both sentences, the mean of their next neighbours in other applicants' documents (as in cross-domain
similarity local scaling: Conneau et al., Word translation without parallel data, ICLR 2018), and less the
nearest sentence of a public source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from forensics.index.population import Population
from forensics.index.spoken import Said, Speakers

NEIGHBOURS = 64
"""So many distinct sentences are looked at around each sentence."""

NEXT = 6
"""What is usual around a sentence: the mean of so many next applicants."""

THROUGHOUT = (10, 0.1, 0.4, 5)
"""Who is among the first so many applicants (or that share of all, if that is less) for this share of the
sentences, and at least so many, is no chance neighbour: a ring of rewritten copies does not make itself usual."""

MOST = 40
"""Documents with fewer votes than the first so many are not asked back."""

AS_NEAR = 0.03
"""Documents of one cluster whose sentences are so nearly as near get the vote as well."""

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Near:
    """Sentences near those of a document; parallel columns, by ``row`` and then nearest first.

    ``row`` is the sentence that is asked for, ``cosine`` how near the other is, ``doc`` who says it (of a row,
    each document once), of which ``group``, where (``unit``), and its number (``sentence``).
    """

    row: Numbers
    cosine: Vectors
    group: Numbers
    doc: Numbers
    unit: Numbers
    sentence: Numbers

    def only(self, which: npt.NDArray[np.bool_] | Numbers) -> Near:
        """Some of the entries, in ascending order."""
        return Near(
            row=self.row[which],
            cosine=self.cosine[which],
            group=self.group[which],
            doc=self.doc[which],
            unit=self.unit[which],
            sentence=self.sentence[which],
        )

    def applicants(self) -> Near:
        """Of each row, the nearest entry of each group."""
        return self.only(_first(self.row, self.group))

    def ranks(self) -> Numbers:
        """How many entries of the same row stand before each."""
        return np.arange(len(self.row)) - np.searchsorted(self.row, self.row)


class Sentences(Protocol):
    """Where neighbours are looked for: all sentences (``Meaning``) or those of some documents (``Nearby``)."""

    def nearest(self, vectors: Vectors, numbers: Numbers | None, k: int) -> tuple[Vectors, Numbers]:
        """Cosines and numbers of the nearest sentences, best first."""

    def speakers(self, sentences: Numbers) -> Speakers:
        """Who says each of the sentences."""

    def vectors(self, sentences: Sequence[int]) -> Vectors:
        """The vectors of sentences by number."""

    def units(self, doc: int) -> Numbers:
        """The units of a document that have vectors, ascending."""

    def public(self, vectors: Vectors, numbers: Numbers | None = None) -> Vectors:
        """The cosine of the nearest public sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """Nothing is nearer to unit ``unit`` of the document than unit ``theirs`` of another, and there nothing here.

    ``mutual``: nor is anything nearer to that elsewhere. ``gain`` is how much nearer they are than what is usual
    around both; it may be negative. ``place`` counts only the sentences of both that have vectors, from 0.
    """

    unit: int
    theirs: int
    cosine: float
    gain: float
    mutual: bool
    place: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """The votes for one document.

    ``units`` and ``theirs`` count the sentences of both documents that have vectors; ``nearest`` counts the
    document's sentences that come nearest here, mutual or not, and ``gain`` is what they gain together. So many
    would be ``expected`` if each had its nearest by chance among all that are near to it.
    """

    doc: int
    group: int
    votes: tuple[Vote, ...]
    units: int
    theirs: int
    nearest: int
    gain: float
    expected: float


class Polling:
    """One document that asks. Made by :func:`poll`; holds what is asked more than once."""

    def __init__(
        self, said: Said, meaning: Sentences, people: Population, own: frozenset[int], common: int
    ) -> None:
        self.said = said
        self.vectors = said.vectors.astype(np.float32)
        self.meaning, self._people, self._own, self._common = meaning, people, own, common

    def around(self, vectors: Vectors, numbers: Numbers | None, without: Numbers) -> tuple[Near, Vectors]:
        """Who is near each vector, and the cosine of the nearest sentence that is public here.

        A sentence that is common here makes no neighbours. ``numbers`` are those of the vectors' sentences, if
        they are of this corpus; ``without`` holds a group for each vector that does not count as its neighbour.
        """
        cosines, sentences = self.meaning.nearest(vectors, numbers, NEIGHBOURS)
        row, place = np.nonzero(sentences >= 0)
        cosine, sentence = cosines[row, place], sentences[row, place]
        distinct, back = np.unique(sentence, return_inverse=True)
        speakers = self.meaning.speakers(distinct)
        common = self._common_among(speakers)
        public = np.full(len(vectors), -1, np.float32)
        np.maximum.at(public, row[common[back]], cosine[common[back]])
        spoken, entry = speakers.of(back[~common[back]])
        row, cosine, sentence = row[~common[back]], cosine[~common[back]], sentence[~common[back]]
        doc = speakers.docs[spoken].astype(np.int64)
        near = Near(
            row=row[entry],
            cosine=cosine[entry],
            group=self._people.groups_of(doc),
            doc=doc,
            unit=speakers.units[spoken].astype(np.int64),
            sentence=sentence[entry],
        )
        own = np.fromiter(self._own, np.int64, len(self._own))
        counts = (near.group >= 0) & (near.group != without[near.row]) & ~np.isin(near.doc, own)
        near = near.only(counts)
        return near.only(_first(near.row, near.doc)), public

    def _common_among(self, speakers: Speakers) -> npt.NDArray[np.bool_]:
        """Which sentences a background document says, or more unrelated applicants than is rare here."""
        posted = np.isin(speakers.docs, np.fromiter(self._people.background, np.int64))
        common = np.diff(np.concatenate(([0], np.cumsum(posted)))[speakers.starts]) > 0
        for at in np.flatnonzero(~common & (np.diff(speakers.starts) > self._common)).tolist():
            docs = speakers.docs[speakers.starts[at] : speakers.starts[at + 1]].tolist()
            common[at] = self._people.distinct(docs, self._own) > self._common
        return common


def _first(row: Numbers, value: Numbers) -> Numbers:
    """The places, in ascending order, where a value appears first in its row."""
    width = int(value.max(initial=0)) + 1
    return np.sort(np.unique(row * width + value, return_index=True)[1])


def poll(said: Said, meaning: Sentences, people: Population, own: frozenset[int], common: int) -> list[Poll]:
    """The documents for which sentences of a document vote, most votes first; ``own`` ones have none.

    ``said`` is the document's own, ``common`` as in :meth:`~forensics.index.corpus.Corpus.common`.
    """
    if not len(said.units):
        return []
    asking = Polling(said, meaning, people, own, common)
    count = len(asking.vectors)
    near, public = asking.around(asking.vectors, said.numbers, np.full(count, -1))
    public = np.maximum(public, meaning.public(asking.vectors, said.numbers))
    related = _throughout(near, count, len(people.sizes))
    usual = np.maximum(_usual(near, count, related, skip=1, alone=1.0), public)
    held = _nearest(near, related)
    docs, place = np.unique(held.doc, return_inverse=True)
    counts = np.bincount(place, minlength=len(docs))
    gains = np.bincount(place, np.maximum(0, held.cosine - usual[held.row]), len(docs))
    ranked = np.lexsort((docs, -gains, -counts))
    groups = people.groups_of(docs)
    asked = ranked[np.isin(groups[ranked], list(dict.fromkeys(groups[ranked].tolist()))[:MOST])]
    held = held.only(np.isin(held.doc, docs[asked]))
    expected = np.bincount(near.doc, 1 / np.bincount(near.row)[near.row], near.doc.max(initial=0) + 1)
    units = {int(doc): meaning.units(int(doc)) for doc in docs[asked]}
    votes = _votes(asking, held, _answers(asking, held, related), usual, public, units)
    polls = [
        Poll(
            doc=int(docs[at]),
            group=int(groups[at]),
            votes=tuple(votes.get(int(docs[at]), ())),
            units=count,
            theirs=len(units[int(docs[at])]),
            nearest=int(counts[at]),
            gain=float(gains[at]),
            expected=float(expected[docs[at]]),
        )
        for at in asked
    ]
    return sorted(polls, key=lambda p: (-sum(vote.mutual for vote in p.votes), -p.gain, p.doc))


def _throughout(near: Near, rows: int, groups: int) -> Numbers:
    """The groups that are near to most of the document."""
    most, of_all, share, least = THROUGHOUT
    first = max(1, min(most, int(of_all * groups)))
    applicants = near.applicants()
    found, counts = np.unique(applicants.group[applicants.ranks() < first], return_counts=True)
    return found[counts >= max(least, share * rows)]


def _usual(near: Near, rows: int, related: Numbers, *, skip: int, alone: float) -> Vectors:
    """For each row, the mean cosine of the next applicants after the first ``skip``; ``alone`` where there are none.

    Whoever is related is passed over.
    """
    applicants = near.applicants()
    applicants = applicants.only((applicants.ranks() >= skip) & ~np.isin(applicants.group, related))
    applicants = applicants.only(applicants.ranks() < NEXT)
    counts = np.bincount(applicants.row, minlength=rows)
    sums = np.bincount(applicants.row, applicants.cosine, rows)
    return np.where(counts > 0, sums / np.maximum(counts, 1), alone)


def _nearest(near: Near, related: Numbers) -> Near:
    """Of each row the nearest, with those of its group or of related ones that are nearly as near."""
    first = np.searchsorted(near.row, near.row)
    kin = np.isin(near.group, related)
    together = (near.group == near.group[first]) | (kin & kin[first])
    return near.only(together & (near.cosine >= near.cosine[first] - AS_NEAR))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Answers:
    """What the sentences that got a vote have around themselves; parallel columns, by number ``sentence``.

    ``row`` is the place in the asking document that is nearest to it, ``nearest`` the cosine of its nearest
    neighbour elsewhere, ``usual`` the mean cosine of the next ones.
    """

    sentence: Numbers
    row: Numbers
    nearest: Vectors
    usual: Vectors


def _answers(asking: Polling, held: Near, related: Numbers) -> _Answers:
    """The answers of all sentences that got a vote."""
    sentences, first = np.unique(held.sentence, return_index=True)
    vectors = asking.meaning.vectors(sentences.tolist())
    near, _ = asking.around(vectors, sentences, held.group[first])
    near = near.only(~np.isin(near.group, related))
    best = np.full(len(sentences), -1.0)
    np.maximum.at(best, near.row, near.cosine)
    return _Answers(
        sentence=sentences,
        row=(vectors @ asking.vectors.T).argmax(axis=1),
        nearest=best,
        usual=_usual(near, len(sentences), related, skip=0, alone=0.0),
    )


def _votes(
    asking: Polling,
    held: Near,
    answers: _Answers,
    usual: Vectors,
    public: Vectors,
    units: Mapping[int, Numbers],
) -> dict[int, list[Vote]]:
    """The votes for each document: neighbours that find nothing nearer in the document that asks.

    ``units`` are those of each document that have vectors.
    """
    at = np.searchsorted(answers.sentence, held.sentence)
    around = np.maximum((usual[held.row] + answers.usual[at]) / 2, public[held.row])
    votes: dict[int, list[Vote]] = {}
    for place in np.flatnonzero(answers.row[at] == held.row).tolist():
        doc, row, unit = int(held.doc[place]), int(held.row[place]), int(held.unit[place])
        vote = Vote(
            unit=int(asking.said.units[row]),
            theirs=unit,
            cosine=float(held.cosine[place]),
            gain=float(held.cosine[place] - around[place]),
            mutual=bool(answers.nearest[at[place]] < held.cosine[place]),
            place=(row, int(np.searchsorted(units[doc], unit))),
        )
        votes.setdefault(doc, []).append(vote)
    return votes
