"""How usual a finding about one document is: counted from what checks have left in the corpus."""

from __future__ import annotations

from claimants import BLANK, JOBS, OTHERS, measured, resume

from forensics import engine
from forensics.cases.observing import observed
from forensics.findings.finding import BaseRate
from forensics.index.corpus import Corpus
from forensics.index.edges import Edges
from forensics.index.store import Application

WRONG = "Denver, CO 02134"  # that ZIP code lies in Massachusetts


def stored(corpus, text, path, *, checked=True):
    exhibit = measured(text, path)
    case = engine.check(exhibit, corpus)
    with corpus.writing():
        corpus.add(exhibit, [Application(**{**BLANK, "path": path})])
        doc = corpus.number(exhibit.document.id)
        if checked:
            what = observed(doc, exhibit.document.id, case.findings, corpus.number)
            corpus.edges.put(what.seen, what.edges)
    return exhibit


def person(name, at, **changed):
    given = {"jobs": OTHERS, "phone": f"(206) 555-01{at}", "address": "Austin, TX 78701", **changed}
    return resume(name=name, email=f"{name[0]}{at}@example.org", **given)


def conflict(corpus, exhibit):
    (found,) = [each for each in engine.check(exhibit, corpus).findings if each.signal == "place-conflict"]
    return found.base_rate


def test_the_rate_is_that_of_applicants_who_were_checked(tmp_path):
    asked = measured(resume(address=WRONG), "asked.txt")
    with Corpus.open(tmp_path, create=True) as corpus:
        stored(corpus, person("Rosa Lund", 11), "1.txt", checked=False)
        assert conflict(corpus, asked) is None  # nobody was checked: nothing is known
        stored(corpus, person("Sven Holm", 12), "2.txt")
        assert conflict(corpus, asked) == BaseRate(documents=0, of=1, checked=True)
        stored(corpus, person("Uma Novak", 13, address=WRONG, jobs=()), "3.txt")
        assert conflict(corpus, asked) == BaseRate(documents=1, of=2, checked=True)


def test_one_s_own_documents_are_left_out(tmp_path):
    with Corpus.open(tmp_path, create=True) as corpus:
        asked = stored(corpus, resume(address=WRONG), "asked.txt")
        assert conflict(corpus, asked) is None
        stored(corpus, person("Sven Holm", 12), "2.txt")
        assert conflict(corpus, asked) == BaseRate(documents=0, of=1, checked=True)
        corpus.erase(applicant="Sven Holm")
        assert conflict(corpus, asked) is None


def test_the_corpus_is_asked_once_for_many_documents(tmp_path, monkeypatch):
    asks = []
    known = Edges.seen
    monkeypatch.setattr(Edges, "seen", lambda self: asks.append(1) or known(self))
    with Corpus.open(tmp_path, create=True) as corpus:
        stored(corpus, person("Sven Holm", 12), "2.txt")
        del asks[:]
        for at in range(4):
            conflict(corpus, measured(resume(name=f"Oskar Dvor{'aeio'[at]}k", address=WRONG), f"{at}.txt"))
        assert asks == [1]


def test_a_rate_of_nobody_is_none(tmp_path):
    with Corpus.open(tmp_path, create=True) as corpus:
        with corpus.writing():
            corpus.add(
                measured(resume(), "r.txt"), [Application(**{**BLANK, "path": "r.txt", "role": "reference"})]
            )
        findings = engine.check(measured(person("Ilse Brandt", 17, jobs=JOBS), "x.txt"), corpus).findings
    assert "copied-history" in {each.signal for each in findings}
    assert {each.base_rate for each in findings} == {None}
