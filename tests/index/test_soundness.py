"""What does not agree in the folder of a corpus is told, and what merely lags behind is not."""

import json
import os
import sqlite3
from contextlib import closing

import pytest

from forensics.index.corpus import Corpus
from forensics.index.desk import Desk
from forensics.index.job import Result
from forensics.index.store import Store


@pytest.fixture
def status(run, own_demo):
    """What ``status`` says of a corpus of one's own: (consistent, problems)."""

    def ask(*words):
        found = run("status", "--json", *words, corpus=own_demo).json
        assert found["consistent"] is (found["problems"] == [])
        return found

    with Corpus.open(own_demo) as corpus:
        corpus.meaning.save()
    assert ask("--deep")["problems"] == []
    return ask


def changed(folder, statement, *words, name="corpus.db"):
    with closing(sqlite3.connect(folder / name, isolation_level=None)) as db:
        db.execute(statement, words)


def stored(folder):
    return sorted(each for each in (folder / "files").rglob("*") if each.is_file())


def test_it_names_the_model_and_the_views(status, own_demo):
    found = status()
    with closing(sqlite3.connect(own_demo / "corpus.db")) as db:
        model = dict(
            zip(
                ("model", "sha256", "backend", "dimension"),
                db.execute("SELECT model, sha256, backend, dimension FROM encoder").fetchone(),
                strict=True,
            )
        )
        sentences = db.execute("SELECT count(*) FROM sentence").fetchone()[0]
    assert found["models"] == {"vectors": model} and found["without_vectors"] == 0
    shown = {each["name"]: each for each in found["views"]}
    assert shown.keys() == {"passages", "documents"}
    assert shown["passages"]["vectors"] == sentences and shown["passages"]["kind"] == "Flat"
    assert 4 * 384 + 8 <= shown["passages"]["bytes_per_vector"] < 4 * 384 + 9
    assert not shown["passages"]["behind"] and shown["documents"]["vectors"] == 39


def test_a_person_reads_the_same(run, status, own_demo):
    out = run("status", corpus=own_demo).out
    assert "all-MiniLM-L6-v2" in out and "as Flat" in out and "consistent" in out and "yes" in out
    stored(own_demo)[0].unlink()
    out = run("status", corpus=own_demo).out
    assert "NO" in out and "missing: 1" in out


def test_documents_without_vectors_are_counted_and_no_problem(status, own_demo):
    with closing(Store(own_demo / "corpus.db")) as store, store.transaction():
        store.spoken.clear()
    for each in (own_demo / "views").glob("*"):
        each.unlink()
    found = status("--deep")
    assert (found["without_vectors"], found["models"], found["views"], found["consistent"]) == (
        39,
        {},
        [],
        True,
    )


def test_a_stored_file_that_is_missing_or_shorter(status, own_demo):
    first, second = stored(own_demo)[:2]
    first.unlink()
    second.write_bytes(second.read_bytes()[:-1])
    missing, altered = status()["problems"]
    assert f"missing: 1 (sha256:{first.name})" in missing
    assert f"altered: 1 (sha256:{second.name})" in altered


def test_a_stored_file_with_one_bit_changed_is_found_deep_down(status, own_demo):
    file = stored(own_demo)[0]
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert status()["consistent"]
    (problem,) = status("--deep")["problems"]
    assert f"altered: 1 (sha256:{file.name})" in problem


def test_files_of_no_document_and_drafts(status, own_demo, run):
    (own_demo / "files" / "ab").mkdir(exist_ok=True)
    (own_demo / "files" / "ab" / ("ab" + "0" * 62)).write_bytes(b"whose?")
    (own_demo / "files" / "ab" / ("ab" + "1" * 62 + ".9.part")).write_bytes(b"half")
    (problem,) = status()["problems"]
    assert "killed: 2" in problem
    run("erase", "0" * 64, corpus=own_demo)
    assert status()["consistent"]


def test_vectors_that_do_not_belong(status, own_demo):
    changed(own_demo, "DELETE FROM said WHERE doc = 1")
    (problem,) = status()["problems"]
    assert "vectors in the database" in problem


def test_a_reference_to_nowhere_and_a_page_of_noise(status, own_demo):
    changed(own_demo, "INSERT INTO application VALUES (999, 'x', NULL, NULL, NULL, NULL, 'applicant')")
    assert "contradicts itself" in status()["problems"][0]
    changed(own_demo, "DELETE FROM application WHERE doc = 999")
    assert status()["consistent"]
    with closing(sqlite3.connect(own_demo / "corpus.db")) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'contact'").fetchone()
        (page,) = db.execute("PRAGMA page_size").fetchone()
    with (own_demo / "corpus.db").open("r+b") as file:
        file.seek((root - 1) * page)
        file.write(os.urandom(page))
    assert "damaged" in status()["problems"][0]


def pointer(folder, name="passages", **said):
    """A pointer that says something else, and is sealed as if it were true."""
    from forensics.index.snapshots import _sealed

    file = folder / "views" / f"{name}.json"
    before = json.loads(file.read_bytes())
    before.pop("seal")
    file.write_bytes(_sealed(before | said))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"last": 10**6, "count": 10**6}, "knows another database"),
        ({"erasure": 7}, "knows another database"),
        ({"count": 5}, "knows another database"),
        ({"fingerprint": "another"}, "another encoder"),
        ({"file": "passages-0-00.faiss"}, "missing"),
    ],
)
def test_a_snapshot_that_cannot_be_of_this_database(status, own_demo, said, told):
    pointer(own_demo, **said)
    (problem,) = status()["problems"]
    assert told in problem and "passages" in problem


def test_a_torn_pointer_and_an_altered_file(status, own_demo):
    file = own_demo / "views" / "documents.json"
    file.write_bytes(file.read_bytes()[:-5])
    index = next((own_demo / "views").glob("passages-*.faiss"))
    data = bytearray(index.read_bytes())
    data[-1] ^= 1
    index.write_bytes(data)
    assert ["damaged" in each for each in status()["problems"]] == [True]
    assert ["altered" in each for each in status("--deep")["problems"]] == [True, False]


def test_a_snapshot_that_is_behind_is_no_problem_unless_it_knows_the_erased(status, own_demo):
    pointer(own_demo, count=3, last=3)
    found = status()
    assert found["consistent"] and [each["behind"] for each in found["views"]] == [True, False]
    changed(own_demo, "INSERT INTO gone (kind, number) VALUES ('sentence', 1)")
    assert all("may hold what was erased" in each for each in status()["problems"])


def test_a_desk_that_quotes_who_is_not_here(status, own_demo, run):
    desk, gone = Desk(own_demo), "sha256:" + "e" * 64
    (job,) = desk.put([("x.txt", "sha256:" + "d" * 64, b"x")], applicant=None, keep=False)
    desk.take()
    desk.finish(job, Result(answer={}, page="", mentions=((gone, None),)), opens=True, still=lambda: True)
    (problem,) = status()["problems"]
    assert f"quote documents that are not in the corpus: 1 ({gone})" in problem
    run("erase", gone, corpus=own_demo)
    assert status()["consistent"]


def test_a_damaged_desk(status, own_demo):
    (own_demo / "jobs.db").write_bytes(b"no database at all, nor ever was one" * 30)
    (problem,) = status()["problems"]
    assert "desk" in problem


def test_an_erasure_that_another_process_keeps_from_being_finished(status, own_demo):
    from forensics.index.snapshots import locked

    changed(own_demo, "INSERT INTO erasing (kind) VALUES ('begun')")
    with locked(own_demo, wait=0):
        (problem,) = status()["problems"]
        assert "erasure is not finished" in problem
    assert status()["consistent"]


def test_what_a_killed_restore_left(status, own_demo, run):
    (own_demo / "restoring-77").mkdir()
    (problem,) = status()["problems"]
    assert "restoring-77" in problem
    run("erase", "0" * 64, corpus=own_demo)
    assert status()["consistent"]
