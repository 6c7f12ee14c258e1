"""Who has something, remembered: the same as counted anew, whoever is left out, and forgotten when somebody writes."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forensics.index import holders
from forensics.index.holders import Holders, holding
from forensics.index.population import population
from forensics.index.store import Application, Row

NOBODY = frozenset()


def people(kin, background=()):
    """One document for each kin; those of a kin are one person's."""
    rows = [
        Row(doc=doc, id=f"sha256:{doc}", kind="resume", name=None, kin=each, winnowed=9)
        for doc, each in enumerate(kin, start=1)
    ]
    role = {True: "background", False: "applicant"}
    return population(
        rows, [(row.doc, Application(path="x", role=role[row.doc in background])) for row in rows]
    )


@given(st.data())
def test_remembered_counts_are_those_counted_anew(data):
    kin = data.draw(st.lists(st.integers(1, 5), min_size=1, max_size=30))
    every = st.sets(st.integers(1, len(kin)))
    found = people(kin, data.draw(every))
    docs, own = sorted(data.draw(every)), frozenset(data.draw(every))
    remembered = Holders()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(holders, "MANY", 0)
        for _ in range(2):
            held = remembered.held("x", lambda: docs, found, own, 1)
            assert (list(held.docs), held.applicants) == (docs, found.distinct(docs, own))


def test_asked_once_until_somebody_writes(monkeypatch):
    monkeypatch.setattr(holders, "MANY", 2)
    asked = []
    found, remembered = people([1, 2, 3]), Holders()

    def docs():
        asked.append(1)
        return [3, 1]

    for version in (1, 1, 2):
        assert list(remembered.held("x", docs, found, NOBODY, version).docs) == [1, 3]
    assert len(asked) == 2
    for _ in range(2):
        remembered.held("few", lambda: asked.append(1) or [1], found, NOBODY, 2)
    assert len(asked) == 4


def test_no_more_is_remembered_than_there_is_room(monkeypatch):
    monkeypatch.setattr(holders, "MANY", 1)
    monkeypatch.setattr(holders, "MOST", 3)
    found, remembered, asked = people([1, 2]), Holders(), []
    for key in ("a", "b", "a", "b"):
        remembered.held(key, lambda: asked.append(1) or [1, 2], found, NOBODY, 1)
    assert len(asked) == 3


class Prints:
    """What a store knows, in a dictionary."""

    def __init__(self, held):
        self.held = held

    def having(self, prints, docs):
        return Counter(doc for each in prints for doc in self.held[each] if doc in docs)

    def holding(self, prints, least):
        counts = Counter(doc for each in prints for doc in self.held[each])
        return [doc for doc, count in counts.items() if count >= least * len(prints)]


@given(
    st.dictionaries(st.integers(1, 9), st.sets(st.integers(1, 12)), min_size=1),
    st.sampled_from([0.3, 0.6, 1]),
)
def test_who_has_enough_is_found_however_common_it_is(held, least):
    store = Prints(held)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(holders, "MOST_HOLDERS", 5)
        listed = {each: sorted(docs)[:5] for each, docs in held.items()}
        assert holding(listed, least, store) == set(store.holding(held, least))
