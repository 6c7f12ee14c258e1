"""A quick question is answered by the documents most like the query as a whole, as all would answer it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from forensics.documents.read import read
from forensics.features.measure import measure
from forensics.findings.agreement import agreeing
from forensics.index import nearby as nearby_
from forensics.index.corpus import Corpus
from forensics.index.nearby import Nearby, nearby
from forensics.index.polls import poll

COPY = Path(__file__).parents[2] / "corpora" / "demo" / "incoming" / "Anselm_Pruitt_ML.docx"


def test_the_source_is_among_the_nearest_and_gets_the_same_votes(demo: Path, monkeypatch) -> None:
    exhibit = measure(read(COPY))
    with Corpus.open(demo) as corpus:
        people, said = corpus.population(), corpus.said(exhibit)
        assert said is not None
        own = people.own(doc=None, names=[exhibit.features.applicant.name])
        asked = (people, own, corpus.common(own))
        all_ = agreeing(poll(said, corpus.meaning, *asked), len(people.sizes))
        assert all_
        monkeypatch.setattr(nearby_, "NEARBY", 20)
        near = nearby(said, corpus.meaning)
        assert near is not None
        few = agreeing(poll(said, near, *asked), len(people.sizes))
        assert few.keys() == all_.keys()
        assert {doc: len(votes) for doc, votes in few.items()} == {
            doc: len(votes) for doc, votes in all_.items()
        }


def test_neighbours_are_the_nearest_of_the_sentences_asked(demo: Path) -> None:
    with Corpus.open(demo) as corpus:
        docs = sorted(corpus.population().rows)[:3]
        near = Nearby(corpus.meaning, docs)
        numbers = corpus.meaning.sentences(docs)
        vectors = corpus.meaning.vectors(numbers.tolist()[:5])
        cosines, found = near.nearest(vectors, None, 3)
        assert found[:, 0].tolist() == numbers.tolist()[:5] and np.all(np.diff(cosines, axis=1) <= 0)
        assert set(found.ravel().tolist()) <= set(numbers.tolist())
        cosines, found = near.nearest(vectors, None, len(numbers) + 2)
        assert np.all(found[:, -2:] == -1) and np.all(cosines[:, -2:] == -1)
        assert near.units(docs[0]).tolist() == corpus.meaning.units(docs[0]).tolist()
        assert Nearby(corpus.meaning, []).nearest(vectors, None, 2)[1].tolist() == [[-1, -1]] * 5
