"""Traces in a corpus: kept with the document, gone with it, and taken later of what came before."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest
from marked import word_like

from forensics.documents.parse import parse
from forensics.features.measure import measure
from forensics.index.corpus import Corpus
from forensics.index.hands import Hands
from forensics.index.store import Application
from forensics.settings import Settings

BODY = "".join(
    f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"
    for line in (
        "Zephyrine Quillfeather",
        "Led the managment of forty lighthouses for three years",
        *("Built tools that nobody had asked for, and taught eleven people how to use them well",) * 12,
    )
)


def stored(folder, **how):
    settings = '<w:rsids><w:rsid w:val="00A77B3E"/><w:rsid w:val="00B88C4F"/></w:rsids>'
    data = word_like(BODY, settings=settings, **how)
    id = "sha256:" + "7" * 64
    document = parse(data, id=id, path="q.docx", plain=True, limits=Settings())
    corpus = Corpus.open(folder, create=True)
    with corpus.writing():
        corpus.add(measure(document), [Application(path="q.docx", applicant="Zephyrine Quillfeather")])
    return corpus, id


def rows(folder, query):
    with closing(sqlite3.connect(folder / "corpus.db")) as db:
        return db.execute(query).fetchall()


def test_ids_errors_habits_and_hand_are_kept_and_found(tmp_path):
    corpus, _ = stored(tmp_path)
    assert corpus.traces.holders("rsid", ["00A77B3E", "00000001"]) == {"00A77B3E": [1]}
    assert corpus.traces.holders("error", ["managment"]) == {"managment": [1]}
    assert corpus.traces.hands("resume") is None  # of one document there is no mean
    corpus.close()


def test_documents_are_compared_after_what_all_have_in_common_is_gone():
    dice = np.random.default_rng(1)
    vectors = dice.normal(size=(200, 64)) + 3.0
    vectors /= np.linalg.norm(vectors, axis=1)[:, None]
    packed = np.rint(vectors * 127 / np.abs(vectors).max(axis=1)[:, None]).astype(np.int8)
    hands = Hands(np.arange(200) + 7, packed)
    found = hands.cosines(vectors[5].astype(np.float32))
    centred = vectors - vectors.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1)[:, None]
    assert np.abs(found - centred @ centred[5]).max() < 0.05
    assert hands.numbers[found.argmax()] == 12 and found.max() > 0.98
    assert (vectors @ vectors[5]).min() > 0.7 and np.median(np.abs(found)) < 0.3


def test_looks_are_found_within_a_few_bits_only(tmp_path):
    corpus, _ = stored(tmp_path)
    with corpus.writing():
        corpus.traces._db.execute("INSERT INTO trace VALUES ('band', '0:f0/f0f0f0f0f0f0f0f0', 1)")
    assert corpus.traces.looking_like("f0f0f0f0f0f0f0f3") == {"f0f0f0f0f0f0f0f0": [1]}
    assert corpus.traces.looking_like("f0f0f0f0f0f0ffff") == {}
    corpus.close()


def test_nothing_of_an_erased_document_is_left(tmp_path):
    corpus, id = stored(tmp_path)
    assert rows(tmp_path, "SELECT count(*) FROM trace")[0][0] >= 3
    assert corpus.erase([id]) == 1
    corpus.close()
    assert rows(tmp_path, "SELECT * FROM trace") == rows(tmp_path, "SELECT * FROM traced") == []
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"managment" not in file.read_bytes()


@pytest.mark.parametrize("before", [1, 3, 5])
def test_what_came_before_is_looked_at_by_the_next_ingest(tmp_path, before):
    corpus, _ = stored(tmp_path)
    corpus.close()
    with closing(sqlite3.connect(tmp_path / "corpus.db", isolation_level=None)) as db:
        tables = {
            5: ("trace", "traced"),
            3: ("trace", "traced", "measured", "seen", "edge", "indicator", "shared_campaign", "sharing_key"),
        }
        tables[1] = (*tables[3], "encoder", "sentence", "said", "centre", "gone", "kept", "erasing")
        held = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in tables[before]:
            assert table in held
            db.execute(f"DROP TABLE {table}")
        db.execute(f"PRAGMA user_version = {before}")
        for later in held - set(tables[1]) - {"document", "application", "print", "background", "contact",
                                              "unreadable", "sqlite_sequence"}:  # fmt: skip
            db.execute(f"DROP TABLE IF EXISTS {later}")
    with Corpus.open(tmp_path) as again:
        assert again.traces.lacking() == {1}
        assert again.traces.holders("rsid", ["00A77B3E"]) == {}
        assert again.measure_again() == 1
        assert again.traces.lacking() == set()
        assert again.traces.holders("rsid", ["00A77B3E"]) == {"00A77B3E": [1]}
