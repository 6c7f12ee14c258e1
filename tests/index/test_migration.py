"""A corpus that was made before there were vectors is opened by this program with all that it holds."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from conftest import DEMO

FIRST = """
CREATE TABLE document (
    doc INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT,
    kin INTEGER NOT NULL, winnowed INTEGER NOT NULL, passages INTEGER NOT NULL, added TEXT NOT NULL,
    content BLOB NOT NULL
);
CREATE INDEX document_kin ON document (kin);
CREATE TABLE application (
    doc INTEGER NOT NULL REFERENCES document ON DELETE CASCADE, path TEXT NOT NULL, applicant TEXT,
    applied_at TEXT, job TEXT, source TEXT, role TEXT NOT NULL, UNIQUE (doc, path, applicant)
);
CREATE TABLE print (hash INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (hash, doc)) WITHOUT ROWID;
CREATE TABLE background (hash INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (hash, doc)) WITHOUT ROWID;
CREATE TABLE contact (
    kind TEXT NOT NULL, value TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (kind, value, doc)
) WITHOUT ROWID;
CREATE TABLE unreadable (path TEXT PRIMARY KEY, id TEXT, problems TEXT NOT NULL, seen TEXT NOT NULL);
"""
"""The schema of version 1, as it was."""

TABLES = ("document", "application", "print", "background", "contact", "unreadable")
INCOMING = sorted(file for file in (DEMO / "incoming").iterdir() if file.suffix in {".pdf", ".docx"})


@pytest.fixture
def first(own_demo):
    """The demo corpus in a database of version 1."""
    new = own_demo / "new.db"
    (own_demo / "corpus.db").rename(new)
    with closing(sqlite3.connect(own_demo / "corpus.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(FIRST)
        db.execute("ATTACH ? AS new", (str(new),))
        for table in TABLES:
            db.execute(f"INSERT INTO main.{table} SELECT * FROM new.{table}")
        db.execute("DETACH new")
        db.execute(f"PRAGMA application_id = {0x464F5245}")
        db.execute("PRAGMA user_version = 1")
    new.unlink()
    shutil.rmtree(own_demo / "views", ignore_errors=True)
    return own_demo


def held(corpus):
    with closing(sqlite3.connect(corpus / "corpus.db")) as db:
        return {table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}


def shown(run, corpus, **said):
    """What check says of every incoming file: the matches and the case."""
    done = run("check", *INCOMING, "--json", corpus=corpus, **said)
    return [(each["document"]["path"], each["case"], each["matches"]) for each in done.lines]


def test_nothing_is_lost_and_everything_is_found_as_before(run, demo, first):
    before = held(first)
    status = run("status", "--deep", "--json", corpus=first).json
    assert (status["documents"], status["without_vectors"], status["models"]) == (39, 39, {})
    assert status["problems"] == []
    assert held(first) == before
    old, new = shown(run, first), shown(run, demo, FORENSICS_MODEL=str(first / "no model"))
    assert old == new and any(matches for _, _, matches in old)


def test_the_next_ingest_gives_vectors_to_what_came_before(run, demo, first):
    done = run(
        "ingest",
        DEMO / "files" / "haverstock-dylan.pdf",
        "--manifest",
        DEMO / "manifest.csv",
        "--json",
        corpus=first,
    )
    assert done.json["added"] == 0 and done.json["unchanged"] == 1
    status = run("status", "--deep", "--json", corpus=first).json
    assert (status["without_vectors"], status["problems"]) == (0, [])
    assert shown(run, first) == shown(run, demo)
    with (
        closing(sqlite3.connect(first / "corpus.db")) as old,
        closing(sqlite3.connect(demo / "corpus.db")) as new,
    ):
        told = "SELECT id, unit, key, vector FROM said JOIN sentence ON number = sentence JOIN document USING (doc)"
        one, two = (sorted(db.execute(told).fetchall()) for db in (old, new))
    assert [row[:3] for row in one] == [row[:3] for row in two]
