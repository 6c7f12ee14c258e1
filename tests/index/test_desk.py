"""The desk: jobs survive, are taken once, and go with the documents they are about."""

import sqlite3
from pathlib import Path

import pytest

from forensics.errors import CorpusError, CorpusVersion, UsageError
from forensics.index.corpus import Corpus
from forensics.index.desk import Desk
from forensics.index.job import COMPARING, DONE, FAILED, QUEUED, READING, UNREADABLE, Result

A, B, C = (f"sha256:{digit * 64}" for digit in "abc")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def put(
    desk: Desk,
    id: str = A,
    *,
    name: str = "one.pdf",
    applicant: str | None = None,
    data: bytes | None = b"%PDF",
):
    (job,) = desk.put([(name, id, data)], applicant=applicant, keep=False) or []
    return job


def finished(desk: Desk, *mentions: tuple[str, str | None], id: str = A, text: str = "quote", **given):
    job = put(desk, id, **given)
    assert (taken := desk.take()) is not None and taken.id == job.id
    result = Result(answer={"case": True, "text": text}, page=f"<p>{text}</p>", mentions=mentions)
    assert desk.finish(job, result, opens=True, still=lambda: True)
    return job


def left(folder: Path, words: bytes) -> list[str]:
    return [each.name for each in folder.iterdir() if each.is_file() and words in each.read_bytes()]


def test_jobs_come_in_order_and_are_taken_once(desk):
    one, two = desk.put([("1", A, b"1"), ("2", B, b"2")], applicant="Ada Example", keep=True)
    assert one.batch == two.batch and one.id != two.id
    assert [one.state, one.keep, one.applicant, one.ended] == [QUEUED, True, "Ada Example", False]
    assert desk.before(two) == 1 and desk.data(two.id) == b"2"
    assert [desk.take().id, desk.take().id, desk.take()] == [one.id, two.id, None]
    assert [each.name for each in desk.jobs(batch=one.batch)] == ["2", "1"]
    assert desk.count() == desk.count(batch=one.batch) == 2 and desk.count(batch="x") == 0


def test_a_job_goes_through_its_states_and_is_there_for_another_desk(desk, tmp_path):
    job = put(desk)
    assert desk.take().state == READING
    desk.comparing(job, person="Ada Example")
    assert desk.job(job.id).state == COMPARING and desk.job(job.id).person == "Ada Example"
    assert desk.finish(job, Result(answer={"é": 1}, page="<p>é</p>"), opens=False, still=lambda: True)
    again = Desk(tmp_path)
    assert again.job(job.id).state == DONE and again.job(job.id).opens is False
    assert again.result(job.id) == ({"é": 1}, "<p>é</p>")


def test_a_job_whose_process_ended_is_taken_again_but_not_for_ever(desk):
    job = put(desk)
    for attempt in (1, 2):
        assert desk.take().attempts == attempt
        desk.resume()
    assert desk.take() is None
    assert desk.job(job.id).state == FAILED and "by hand" in desk.job(job.id).message


def test_a_queue_that_is_full_takes_all_or_nothing(desk):
    assert desk.put([("1", A, b"1"), ("2", B, b"2")], applicant=None, keep=False, most_waiting=1) is None
    assert desk.count() == 0
    assert desk.put([("1", A, b"1")], applicant=None, keep=False, most_waiting=1)


def test_what_no_longer_holds_is_not_stored_but_done_again(desk):
    job = put(desk)
    desk.take()
    assert not desk.finish(job, Result(answer={}, page=""), opens=True, still=lambda: False)
    assert desk.job(job.id).state == QUEUED and desk.result(job.id) is None


def test_a_job_that_waits_to_be_added_comes_after_those_that_wait_to_be_checked(desk):
    done, waiting = finished(desk), put(desk, B)
    desk.keep(done.id)
    assert desk.job(done.id).adding
    assert [desk.take().id, desk.take().id] == [waiting.id, done.id]
    assert desk.job(done.id).state == DONE
    called = []
    assert desk.adopt(done, lambda: called.append(1)) and called == [1]
    assert desk.take() is None and desk.job(done.id).kept and not desk.job(done.id).adding


def test_erasing_takes_upload_report_and_quotes_from_every_file(desk, tmp_path):
    gone = finished(desk, id=A, text="a secret of A", data=b"bytes of A")
    quoting = finished(desk, (A, "Ada"), id=B, text="a secret of A, quoted")
    other = finished(desk, (C, None), id=B, text="nothing of theirs")
    desk.seen([A, B], who="local", what="report")
    assert left(tmp_path, b"bytes of A") and left(tmp_path, A.encode())
    assert desk.forget([A[:20]]) == {A}
    assert desk.job(gone.id) is None and desk.data(gone.id) is None
    assert desk.result(quoting.id) is None and desk.job(quoting.id).state == QUEUED
    assert desk.result(other.id) is not None
    assert [each.document for each in desk.views()] == [B, None]
    assert not left(tmp_path, b"bytes of A") and not left(tmp_path, A.encode())


def test_a_report_that_cannot_be_made_again_goes_with_what_it_quotes(desk):
    quoting = finished(desk, (A, "Ada"), id=B)
    desk.drop_data(quoting)
    desk.forget([A])
    assert desk.job(quoting.id) is None


@pytest.mark.parametrize("erase", [{"applicant": "Ada Example"}, {"older_than_days": 0}])
def test_corpus_erase_clears_the_desk_by_name_and_age(tmp_path, erase):
    with Corpus.open(tmp_path, create=True) as corpus:
        desk = Desk(tmp_path)
        put(desk, A, applicant="Example, Ada")
        told = put(desk, B, applicant="Someone Else")
        desk.take(), desk.take()
        desk.comparing(told, person="Ada Example")
        with sqlite3.connect(tmp_path / "jobs.db") as db:
            db.execute("UPDATE job SET came = '2020-01-01T00:00:00+00:00' WHERE document = ?", (A,))
        assert corpus.erase(**erase) == 1
        assert [each.document for each in desk.jobs()] == [B]


def test_erase_checks_the_ids_before_it_touches_anything(tmp_path):
    with Corpus.open(tmp_path, create=True) as corpus:
        desk = Desk(tmp_path)
        put(desk)
        for id in ("", "sha256:", "aaaa", "sha256:zz"):
            with pytest.raises(UsageError):
                corpus.erase([A, id])
        assert desk.count() == 1
        assert corpus.erase([A]) == 1 and corpus.erase([A]) == 0
        assert desk.count() == 0


def test_a_corpus_that_was_never_served_gets_no_desk_by_erasing(tmp_path):
    with Corpus.open(tmp_path, create=True) as corpus:
        assert corpus.erase([A]) == 0
    assert not (tmp_path / "jobs.db").exists()


def test_unreadable_ends_with_a_reason(desk):
    job = put(desk)
    desk.take()
    desk.end(job, UNREADABLE, "It is locked.")
    assert desk.job(job.id).ended and desk.job(job.id).message == "It is locked."
    assert desk.before(job) == 0


def test_another_version_and_no_database_are_refused_with_words(tmp_path):
    Desk(tmp_path)
    with sqlite3.connect(tmp_path / "jobs.db") as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(CorpusVersion, match="schema 99"):
        Desk(tmp_path)
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "jobs.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(CorpusError, match="damaged"):
        Desk(tmp_path / "x")
