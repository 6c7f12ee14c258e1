"""What is said in a corpus as vectors: one row a sentence, nothing left of what is erased, old databases brought over."""

import re
import sqlite3
from itertools import chain

import numpy as np
import pytest

from forensics.errors import CorpusBusy, CorpusVersion
from forensics.index.schema import STEPS
from forensics.index.spoken import Made, Said
from forensics.index.store import VERSION, Store

MADE = Made(fingerprint="f", model="m", sha256="0", backend="int8", dimension=4)


def said(*words):
    """Sentences that are one word, as vectors that depend on it alone."""
    rows = [np.eye(4, dtype=np.float16)[sum(word.encode()) % 4] for word in words]
    return Said(
        units=np.arange(len(words)),
        keys=tuple(word.encode() for word in words),
        vectors=np.asarray(rows, np.float16).reshape(len(words), 4),
    )


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "corpus.db")
    with opened.transaction():
        opened.spoken.set_encoder(MADE)
    yield opened
    opened.close()


def document(store, number):
    store._db.execute(
        "INSERT INTO document VALUES (?, ?, 'resume', NULL, ?, 0, 0, '2026', X'')",
        (number, f"sha256:{number}", number),
    )


def numbers(truth):
    return list(chain.from_iterable(n.tolist() for n, _ in truth.after(0)))


def test_a_sentence_of_many_is_one_row(store):
    with store.transaction():
        for doc, words in ((1, ["a", "b"]), (2, ["b", "c", "b"])):
            document(store, doc)
            store.spoken.put(doc, said(*words))
    truth = store.truth("sentence")
    assert numbers(truth) == [1, 2, 3]
    told = store.spoken.speakers(np.array([2, 3, 99], np.int64))
    assert (told.starts.tolist(), told.docs.tolist(), told.units.tolist()) == (
        [0, 3, 4, 4],
        [1, 2, 2, 2],
        [1, 0, 2, 1],
    )
    spoken, sentence = told.of(np.array([1, 0, 2], np.int64))
    assert (spoken.tolist(), sentence.tolist()) == ([3, 0, 1, 2], [0, 1, 1, 1])
    held = store.spoken.of(2)
    assert (held.units.tolist(), held.keys, held.vectors.shape) == ([0, 1, 2], (b"b", b"c", b"b"), (3, 4))
    assert store.spoken.of(3) is None
    assert store.sound()


def test_what_nobody_says_any_more_is_gone_and_its_number_is_never_given_again(store):
    with store.transaction():
        for doc, words in ((1, ["a", "b"]), (2, ["b", "c"])):
            document(store, doc)
            store.spoken.put(doc, said(*words))
    truth = store.truth("sentence")
    with truth.moment() as before:
        assert (before.count, before.last, before.erasure) == (3, 3, 0)
    with store.transaction():
        assert store.delete([2]) == [b"c"]
    with truth.moment() as now:
        assert (now.count, now.last) == (2, 3)
        assert now.erasure > 0
    assert truth.erased_after(0) == [3]
    assert store.truth("centre").erased_after(0) == [2]
    with store.transaction():
        document(store, 3)
        store.spoken.put(3, said("c"))
    assert numbers(truth) == [1, 2, 4]
    assert store.sound()


def test_a_document_that_says_nothing_is_not_asked_again(store):
    with store.transaction():
        document(store, 1)
        assert store.spoken.without() == [1]
        store.spoken.put(1, said())
    assert store.spoken.without() == []
    with store.truth("centre").moment() as now:
        assert now.count == 0


def test_a_moment_of_another_encoder_is_refused(store):
    truth = store.truth("sentence")
    with store.transaction():
        store.spoken.set_encoder(Made(fingerprint="g", model="m", sha256="1", backend="torch", dimension=4))
    with pytest.raises(CorpusBusy, match="made anew"), truth.moment():
        pass


def test_strays_are_found_and_spoil_the_status(store):
    with store.transaction():
        document(store, 1)
        store.spoken.put(1, said("a"))
    store._db.execute("DELETE FROM document")
    assert store.spoken.strays() == [1]
    assert not store.sound()
    with store.transaction():
        store.spoken.drop(store.spoken.strays())
    assert store.sound()


def older(file):
    """Make of a database one of the first schema."""
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        made = re.findall(r"CREATE TABLE (\w+)", "".join(STEPS.values()))
        for table in made:
            db.execute(f"DROP TABLE {table}")
        db.execute("PRAGMA user_version = 1")
    db.close()


def test_a_database_of_the_first_schema_is_brought_over_with_all_it_holds(tmp_path):
    file = tmp_path / "corpus.db"
    first = Store(file)
    with first.transaction():
        document(first, 1)
    first.close()
    older(file)
    second = Store(file)
    assert [row.doc for row in second.rows()] == [1]
    assert second.spoken.without() == [1]
    assert second.truth("sentence") is None
    assert second.sound()
    second.close()


def test_who_has_the_database_open_while_a_newer_program_changes_it_writes_no_more(store):
    with sqlite3.connect(store.file) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    newer.close()
    with pytest.raises(CorpusVersion, match="newer version"), store.transaction():
        pass
    with pytest.raises(CorpusVersion, match=f"schema {VERSION + 1}"):
        Store(store.file)
