"""Edges of checks: what is kept, what replaces it, and when it goes."""

import re
import sqlite3
from contextlib import closing

import pytest
from conftest import DEMO

from forensics.index.corpus import Corpus
from forensics.index.edges import Edge, Seen, Spot
from forensics.index.schema import STEPS, VERSION

AT = "2026-01-02T03:04:05+00:00"


def seen(doc, opens=True):
    return Seen(doc=doc, at=AT, opens=opens, signals=(("copied-content", "A"),))


def edge(doc, other, **more):
    given = {"signal": "copied-content", "family": "content", "weight": "A", **more}
    return Edge(doc=doc, other=other, **given)


@pytest.fixture
def corpus(own_demo):
    with Corpus.open(own_demo) as opened:
        yield opened


def put(corpus, each, *edges):
    with corpus.writing():
        return corpus.edges.put(each, edges)


def test_what_is_put_comes_back_and_a_later_check_replaces_it(corpus):
    spots = (Spot(own=True, start=3, end=9, page=1), Spot(own=False, where="docProps/core.xml", text="Ada"))
    assert put(corpus, seen(1), edge(1, 2, spots=spots), edge(1, 3, mark="aa", weight="B"))
    assert corpus.edges.among([1, 2]) == [edge(1, 2, spots=spots)]
    assert [(each.other, each.mark, each.spots) for each in corpus.edges.all()] == [
        (2, "", ()),
        (3, "aa", ()),
    ]
    put(corpus, seen(1, opens=False), edge(1, 4))
    assert [each.other for each in corpus.edges.all()] == [4]
    assert corpus.edges.seen() == {1: seen(1, opens=False)}


def test_nothing_is_kept_of_documents_that_are_not_stored(corpus):
    assert not put(corpus, seen(9_999), edge(9_999, 1))
    assert put(corpus, seen(1), edge(1, 9_999), edge(1, 2))
    assert [(each.doc, each.other) for each in corpus.edges.all()] == [(1, 2)]


def test_edges_go_with_either_document(corpus):
    put(corpus, seen(1), edge(1, 2))
    put(corpus, seen(2), edge(2, 1))
    put(corpus, seen(3), edge(3, 4))
    assert corpus.erase([corpus.population().rows[2].id]) == 1
    assert [(each.doc, each.other) for each in corpus.edges.all()] == [(3, 4)]
    assert set(corpus.edges.seen()) == {1, 3}


def test_edges_go_when_somebody_else_applies_with_the_file(corpus, run, tmp_path):
    path = corpus.population().applications[1][0].path
    put(corpus, seen(1), edge(1, 2))
    put(corpus, seen(2), edge(2, 1))
    run("ingest", path, corpus=corpus.folder)  # without a manifest: it names nobody now
    assert list(corpus.edges.all()) == [] and set(corpus.edges.seen()) == {2}


def test_an_application_that_comes_again_unchanged_changes_nothing(corpus, run):
    put(corpus, seen(1), edge(1, 2))
    done = run("ingest", DEMO / "files", "--manifest", DEMO / "manifest.csv", "--json", corpus=corpus.folder)
    assert done.json["unchanged"] == 39 and set(corpus.edges.seen()) == {1}


def test_a_corpus_of_the_version_before_gets_the_tables(own_demo):
    file = own_demo / "corpus.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        later = "".join(step for at, step in STEPS.items() if at >= 4)
        for table in re.findall(r"CREATE TABLE (\w+)", later)[::-1]:
            db.execute(f"DROP TABLE {table}")
        db.execute("PRAGMA user_version = 4")
    with Corpus.open(own_demo) as corpus:
        assert put(corpus, seen(1), edge(1, 2)) and len(list(corpus.edges.all())) == 1
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
