"""The list of a corpus: what fits, how many there are of each kind, and in which order."""

import sqlite3

import pytest

from forensics.errors import NoCorpus
from forensics.features.features import Prints
from forensics.index.corpus import Corpus
from forensics.index.listing import FACETS, listing, prepare, present, shelved, under
from forensics.index.store import Application, Store

NONE = Prints(trigrams=(), winnowed=(), exact=())
ROWS = (
    ("a", "Ada Example", "2025-03-01", "Engineer", "applicant", "resume"),
    ("b", "Bea Straße", "2025-03-09", "Engineer", "applicant", "cover_letter"),
    ("c", None, None, None, "background", "other"),
    ("d", "ADA EXAMPLE", "2024-01-01", "Nurse", "reference", "resume"),
)


@pytest.fixture
def folder(tmp_path):
    from forensics.documents.document import Document

    Corpus.open(tmp_path, create=True).close()
    store = Store(tmp_path / "corpus.db")
    with store.transaction():
        for letter, who, day, job, role, kind in ROWS:
            id = f"sha256:{letter * 64}"
            document = Document(
                id=id, path="", format="text", kind=kind, language=None, pages=1, text=f"text of {letter}"
            )
            doc = store.insert(
                document,
                name="Read In It",
                kin=None,
                added="2026-01-01T00:00:00+00:00",
                prints=NONE,
                contacts=[],
            )
            applied = Application(path=f"in/{letter}.pdf", applicant=who, applied_at=day, job=job, role=role)
            store.set_applications(doc, applied.path, [applied])
    store.close()
    return tmp_path


@pytest.fixture(params=[False, True], ids=["plain", "prepared"])
def either(folder, request):
    if request.param:
        prepare(folder)
    return folder


def letters(found):
    return "".join(each.id[7] for each in found.entries)


def test_orders(either):
    assert letters(listing(either)) == "cbad"
    assert letters(listing(either, order="applicant")) == "adbc"
    assert letters(listing(either, order="file")) == "abcd"


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("ada", "ad"),
        ("STRASSE", "b"),
        ("engineer ada", "a"),
        ("read", "c"),
        ("in/c", "c"),
        ("dddddd", "d"),
        ("%", ""),
    ],
)
def test_words_occur_all_of_them_somewhere(either, words, fits):
    found = listing(either, words=words, order="file")
    assert letters(found) == fits and found.total == len(fits)


def test_facets_count_what_would_be_listed(either):
    for chosen in ({}, {"role": "applicant"}, {"role": "applicant", "month": "2025-03"}, {"job": ""}):
        found = listing(either, chosen=chosen)
        assert found.facets.keys() == set(FACETS)
        for name, choices in found.facets.items():
            for choice in choices:
                assert listing(either, chosen={**chosen, name: choice.value}).total == choice.count
    months = [each.value for each in listing(either).facets["month"]]
    assert months == sorted(months, reverse=True)


def test_pages_and_all(either):
    assert letters(listing(either, order="file", start=1, limit=2)) == "bc"
    assert letters(listing(either, order="file", start=3, limit=None)) == "d"


def test_by_name_and_by_id(either):
    assert "".join(each.id[7] for each in under(either, "exaMple")) == "ad"
    found = shelved(either, "sha256:bbbbbbbb")
    assert (
        found is not None and found.document.text == "text of b" and found.applications[0].job == "Engineer"
    )
    assert shelved(either, "sha256:") is None and shelved(either, "sha256:ee") is None
    assert present(either, {"sha256:" + "a" * 64, "sha256:x"}) == {"sha256:" + "a" * 64}


def test_the_index_is_used_twice_made_once_and_erased_with_its_rows(folder):
    prepare(folder)
    prepare(folder)
    with Corpus.open(folder) as corpus:
        assert corpus.status()["consistent"] is True
        assert corpus.erase(applicant="Ada Example") == 2
    assert letters(listing(folder)) == "cb"
    with sqlite3.connect(folder / "corpus.db") as db:
        assert not db.execute("SELECT 1 FROM document WHERE id LIKE 'sha256:aaa%'").fetchall()
    db.close()


def test_no_corpus(tmp_path):
    with pytest.raises(NoCorpus, match="forensics ingest"):
        listing(tmp_path)
