"""Polls: the columns count what the words of the module say, spelled out here one sentence after the other."""

from collections import Counter

import numpy as np
import pytest

from forensics.index.polls import AS_NEAR, MOST, NEIGHBOURS, NEXT, THROUGHOUT, poll
from forensics.index.population import population
from forensics.index.spoken import Said, Speakers
from forensics.index.store import Application, Row

DOCS, EACH, WIDTH = 150, 7, 16


class Heard:
    """Sentences by chance: some said by many, one ring of rewritten copies of the query."""

    def __init__(self, seed):
        chance = np.random.default_rng(seed)
        self.query = self._unit(chance.standard_normal((12, WIDTH)))
        topics = chance.standard_normal((6, WIDTH))
        rows = topics[chance.integers(0, 6, DOCS * EACH)] + chance.standard_normal((DOCS * EACH, WIDTH))
        for doc in range(5):  # the ring
            rows[doc * EACH : doc * EACH + EACH] = self.query[:EACH] + 0.12 * chance.standard_normal(
                (EACH, WIDTH)
            )
        self.all = self._unit(rows)
        self.said = {at: [(at // EACH + 1, at % EACH)] for at in range(len(rows))}
        for at in chance.integers(0, len(rows), 60).tolist():
            self.said[at] += [(int(doc), EACH) for doc in chance.integers(1, DOCS + 1, chance.integers(1, 9))]

    @staticmethod
    def _unit(rows):
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    def nearest(self, vectors, numbers, k):
        cosines = vectors @ self.all.T
        order = np.argsort(-cosines, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(cosines, order, axis=1), order

    def speakers(self, sentences):
        told = [self.said[each] for each in sentences.tolist()]
        flat = np.array([pair for each in told for pair in each], np.int64).reshape(-1, 2)
        starts = np.concatenate(([0], np.cumsum([len(each) for each in told])))
        return Speakers(starts=starts, docs=flat[:, 0], units=flat[:, 1])

    def vectors(self, sentences):
        return self.all[list(sentences)]

    def units(self, doc):
        return np.arange(EACH + 1)

    def public(self, vectors, numbers=None):
        return np.full(len(vectors), -1, np.float32)


def around(heard, people, vector, without, own, common):
    """(cosine, group, doc, unit, sentence) of each document near a vector, and the nearest common sentence."""
    cosines, sentences = heard.nearest(vector[None], None, NEIGHBOURS)
    near, public = {}, -1.0
    for cosine, sentence in zip(cosines[0].tolist(), sentences[0].tolist(), strict=True):
        docs = {doc for doc, _ in heard.said[sentence]}
        if docs & people.background or people.distinct(docs, own) > common:
            public = max(public, cosine)
            continue
        for doc, unit in heard.said[sentence]:
            if doc not in own and people.group[doc] != without:
                near.setdefault(doc, (cosine, people.group[doc], doc, unit, sentence))
    return list(near.values()), public


def applicants(near):
    best = {}
    for cosine, group, *_ in near:
        best.setdefault(group, cosine)
    return best


def slowly(said, heard, people, own, common):
    """What :func:`poll` gives: document → (nearest, gain, expected, votes)."""
    vectors = said.vectors.astype(np.float32)
    asked = [around(heard, people, vector, None, own, common) for vector in vectors]
    most, of_all, share, least = THROUGHOUT
    first = max(1, min(most, int(of_all * len(people.sizes))))
    counts = Counter(group for near, _ in asked for group in list(applicants(near))[:first])
    related = {group for group, count in counts.items() if count >= max(least, share * len(vectors))}
    usual, held = [], []
    for near, public in asked:
        others = [c for g, c in list(applicants(near).items())[1:] if g not in related][:NEXT]
        usual.append(max(np.mean(others) if others else 1.0, public))
        together = related if near[0][1] in related else {near[0][1]}
        held.append([n for n in near if n[1] in together and n[0] >= near[0][0] - AS_NEAR])
    nearest, gain = Counter(), Counter()
    for at, several in enumerate(held):
        for cosine, _, doc, *_ in several:
            nearest[doc] += 1
            gain[doc] += max(0.0, cosine - usual[at])
    ranked = sorted(nearest, key=lambda doc: (-nearest[doc], -gain[doc], doc))
    groups = list(dict.fromkeys(people.group[doc] for doc in ranked))[:MOST]
    votes = {doc: set() for doc in ranked if people.group[doc] in groups}
    for at, several in enumerate(held):
        for cosine, group, doc, unit, sentence in several:
            if doc not in votes:
                continue
            back, _ = around(heard, people, heard.all[sentence], group, own, common)
            rest = [c for g, c in applicants(back).items() if g not in related]
            nearer = rest[0] if rest else -1.0
            if int((vectors @ heard.all[sentence]).argmax()) == at:
                level = max((usual[at] + np.mean(rest[:NEXT])) / 2, asked[at][1])
                votes[doc].add((at, unit, nearer < cosine, round(float(cosine - level), 5)))
    expected = Counter()
    for near, _ in asked:
        for _, _, doc, *_ in near:
            expected[doc] += 1 / len(near)
    return {doc: (nearest[doc], float(gain[doc]), expected[doc], each) for doc, each in votes.items()}


def role(doc, posted):
    return "background" if posted and doc in (7, 90) else "applicant"


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("posted", [False, True])
def test_columns_count_what_loops_count(seed, posted):
    heard = Heard(seed)
    rows = [
        Row(doc=doc, id=f"sha256:{doc:064x}", kind="resume", name=None, kin=doc, winnowed=0)
        for doc in range(1, DOCS + 1)
    ]
    came = [
        (doc, Application(path=f"{doc}", applicant=f"Person {doc // 2}", role=role(doc, posted)))
        for doc in range(1, DOCS + 1)
    ]
    people = population(rows, came)
    own = frozenset({DOCS})
    said = Said(units=np.arange(12), keys=(b"",) * 12, vectors=heard.query.astype(np.float16))
    found = poll(said, heard, people, own, 4)
    told = {
        each.doc: (
            each.nearest,
            each.gain,
            each.expected,
            {(v.unit, v.theirs, v.mutual, round(v.gain, 5)) for v in each.votes},
        )
        for each in found
    }
    assert all(v.place == (v.unit, v.theirs) for each in found for v in each.votes)
    wanted = slowly(said, heard, people, own, 4)
    assert told.keys() == wanted.keys()
    for doc, (nearest, gain, expected, votes) in wanted.items():
        assert told[doc][0] == nearest
        assert told[doc][2] == pytest.approx(expected)
        assert told[doc][1] == pytest.approx(gain, abs=2e-4)
        assert sorted(told[doc][3]) == [pytest.approx(vote, abs=2e-4) for vote in sorted(votes)]
    assert any(each.votes for each in found)
