"""What the worker does when things happen meanwhile: erasure, age, a bug, a check that never ends."""

import sqlite3

import pytest

from forensics.errors import CorpusBusy
from forensics.index.corpus import Corpus
from forensics.index.job import DONE, FAILED, QUEUED
from forensics.web import jobs

TEXT = b"Ada Example\nada@example.org\n\nBuilt a small ledger for a bakery and kept it running for years.\n"
LONG_AGO = "2020-01-01T00:00:00+00:00"


def dated(site, column):
    with sqlite3.connect(site.folder / "jobs.db") as db:
        db.execute(f"UPDATE job SET {column} = ?", (LONG_AGO,))
    db.close()


def test_uploads_are_erased_when_they_are_old_enough(empty):
    empty.checked("old.txt", TEXT)
    jobs.expire(empty.desk)
    assert empty.desk.count() == 1
    dated(empty, "came")
    jobs.expire(empty.desk)
    assert empty.desk.count() == 0 and b"bakery" not in (empty.folder / "jobs.db").read_bytes()


def test_a_check_that_takes_too_long_is_noticed(empty):
    empty.hand_in(("a.txt", TEXT))
    assert not jobs._stuck(empty.desk)
    empty.desk.take()
    assert not jobs._stuck(empty.desk)
    dated(empty, "changed")
    assert jobs._stuck(empty.desk)


def test_a_bug_fails_one_job_and_not_the_next(empty, monkeypatch):
    one = empty.hand_in(("a.txt", TEXT)).headers["location"]
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "screen", lambda *given, **more: 1 / 0)
        empty.work()
    page = empty.get(one).text
    assert "The check failed." in page and "ZeroDivisionError" in page and "forensics check" in page
    two = empty.checked("b.txt", TEXT + b"!")
    assert "What this stands on" in empty.get(two).text


def test_a_corpus_that_is_busy_is_said(empty, monkeypatch):
    def busy(*given, **more):
        raise CorpusBusy("another process has been writing: try again.")

    monkeypatch.setattr(jobs, "screen", busy)
    path = empty.hand_in(("a.txt", TEXT)).headers["location"]
    empty.work()
    assert empty.desk.jobs()[0].state == FAILED and "another process" in empty.get(path).text


@pytest.mark.parametrize("when", ["read", "compared"])
def test_a_job_erased_while_at_work_leaves_nothing(site, monkeypatch, when):
    name = {"read": "read_and_measure", "compared": "screen"}[when]
    real = getattr(jobs, name)

    def erased_meanwhile(*given, **more):
        found = real(*given, **more)
        with Corpus.open(site.folder) as other:
            other.erase(applicant="Ada Example")
        return found

    site.hand_in(("ada.txt", TEXT), applicant="Ada Example", keep="1")
    monkeypatch.setattr(jobs, name, erased_meanwhile)
    site.work()
    assert site.desk.count() == 0
    assert site.get("/api/documents", params={"q": "ada.txt"}).json()["total"] == 0
    left = b"".join(each.read_bytes() for each in site.folder.iterdir() if each.is_file())
    assert b"Ada Example" not in left


def test_a_report_whose_counterpart_goes_while_it_is_made_is_made_again(site, monkeypatch):
    stored = site.get("/api/documents", params={"q": "tanabe"}).json()["documents"][0]["id"]
    real, calls = jobs.body, []

    def erased_meanwhile(case, corpus, data):
        calls.append(len(case.matches))
        if len(calls) == 1:
            with Corpus.open(site.folder) as other:
                other.erase([stored])
        return real(case, corpus, data)

    monkeypatch.setattr(jobs, "body", erased_meanwhile)
    path = site.checked()
    assert calls == [1, 0] and site.desk.jobs()[0].state == DONE
    assert "Tanabe" not in site.get(path).text and "Tanabe" not in site.get(f"/api{path}/report").text


def test_a_stored_document_that_goes_before_it_is_checked_again(site):
    stored = site.get("/api/documents", params={"q": "tanabe"}).json()["documents"][0]["id"]
    site.post(f"/documents/{stored}/check")
    assert site.desk.jobs()[0].state == QUEUED
    with Corpus.open(site.folder) as corpus:
        assert corpus.erase([stored]) == 1
    site.work()
    assert site.desk.count() == 0
