"""Rewording is found by what sentences mean; without a model, or with another, everything else still works."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from conftest import Run

from forensics.features.vector_cache import VectorCache

TRADES = {
    "Nora Feld": [
        "Rebuilt the billing service so that invoices leave within a minute",
        "Taught four new colleagues how our deployment pipeline works",
        "Cut the nightly import from six hours to forty minutes",
        "Moved customer records to a replicated database without downtime",
        "Wrote the runbook that the on-call team uses during outages",
        "Found and mended a memory leak that had crashed the scheduler",
        "Introduced contract tests between the shop and the warehouse",
        "Negotiated the retirement of an old payment interface",
    ],
    "Paul Iden": [
        "Looked after a ward of twenty patients during night shifts",
        "Trained student nurses in wound care and documentation",
        "Coordinated discharge plans with families and social workers",
        "Reduced falls by reviewing the lighting of every room",
    ],
    "Mara Linde": [
        "Planned lessons in chemistry for classes of thirty pupils",
        "Organised the annual science fair with local companies",
        "Graded final examinations and advised on courses",
        "Mentored a robotics club that reached the state final",
    ],
    "Otto Brandt": [
        "Kept the books of three branches and closed each month in five days",
        "Prepared tax returns and answered the auditors",
        "Replaced paper vouchers by a scanning workflow",
        "Forecast cash flow for the board every quarter",
    ],
    "Ida Kern": [
        "Sold maintenance contracts to hotels along the coast",
        "Won back eleven customers who had left for a rival",
        "Showed new pumps at trade fairs in three countries",
        "Kept the price list and trained dealers on it",
    ],
    "Jon Aas": [
        "Drew wiring plans for two hospital wings",
        "Inspected switchboards and certified their repair",
        "Led a crew of six electricians on night work",
        "Ordered cable and kept the site store",
    ],
}
REWORDED = [
    "Invoicing system redone by me; bills now go out in under sixty seconds",
    "Showed a handful of new joiners the ropes of the release pipeline",
    "The overnight data load, once half a working day, now takes well under an hour",
    "Migrated client data onto a database with replicas and kept everything running",
    "Authored the incident guide people on call turn to when systems fail",
    "Tracked down the leaking memory which made the job scheduler fall over",
    "Brought in contract testing for warehouse and web shop interfaces",
    "Agreed with partners on switching off a legacy payments API",
]


def resume(name: str, bullets: list[str]) -> str:
    lines = "\n".join(f"- {bullet}" for bullet in bullets)
    return f"{name}\n{name.split()[0].lower()}@example.org\n\nEXPERIENCE\n\nEngineer, 2019 - 2023\n{lines}\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for name, bullets in TRADES.items():
        (folder / f"{name.split()[0].lower()}.txt").write_text(resume(name, bullets))
    return folder


@pytest.fixture(scope="module")
def query(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("query") / "rewritten.txt"
    file.write_text(resume("Sven Olsen", REWORDED))
    return file


@pytest.fixture(scope="module")
def corpus(run: Run, archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("meaning") / "corpus"
    assert run("ingest", archive, corpus=folder).code == 0
    return folder


@pytest.fixture
def own(corpus: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(corpus, tmp_path / "corpus"))


def reasons(answer: dict[str, object]) -> str:
    listed = answer["not_run"]
    assert isinstance(listed, list)
    return " ".join(each["why"] for each in listed if each["signal"] == "copied-content")


def test_a_rewritten_resume_is_found_and_both_texts_are_shown(run: Run, corpus: Path, query: Path) -> None:
    (answer,) = run("check", query, "--json", corpus=corpus).lines
    (match,) = [m for m in answer["matches"] if m["path"].endswith("nora.txt")]
    assert match["relation"] == "different"
    assert len(match["passages"]) >= 5
    assert {p["kind"] for p in match["passages"]} == {"reworded"}
    told = {p["a"]["text"][:20]: p["b"]["text"][:20] for p in match["passages"]}
    assert told["Tracked down the lea"] == "Found and mended a m"
    assert [f["signal"] for f in answer["findings"] if f["family"] == "content"] == ["copied-content"]
    assert "by words alone" not in reasons(answer)


def test_it_says_which_model_the_vectors_are_of(run: Run, corpus: Path) -> None:
    status = run("status", "--json", corpus=corpus).json
    assert status["consistent"] is True
    assert "all-MiniLM-L6-v2" in str(status["models"])


def test_a_check_leaves_no_vector_behind(run: Run, corpus: Path, query: Path, home: Path) -> None:
    cache = VectorCache(home / "cache")
    before = cache.count()
    assert run("check", query, "--json", corpus=corpus).lines
    assert cache.count() == before > 0
    cache.close()


def test_without_a_model_words_are_compared_and_it_says_so(
    run: Run, archive: Path, query: Path, tmp_path: Path
) -> None:
    nowhere = {"FORENSICS_MODEL": str(tmp_path / "nowhere"), "FORENSICS_MODEL_SHA256": "0" * 64}
    folder = tmp_path / "corpus"
    ingested = run("ingest", archive, "--json", corpus=folder, **nowhere)
    assert (ingested.code, ingested.json["added"]) == (0, len(TRADES))
    assert "nowhere" in ingested.err
    (answer,) = run("check", query, archive / "nora.txt", "--json", corpus=folder, **nowhere).lines[:1]
    assert "by words alone" in reasons(answer)
    assert "nowhere" in reasons(answer)

    later = run("embed", "--json", corpus=folder).json
    assert later["embedded"] == len(TRADES)
    (answer,) = run("check", query, "--json", corpus=folder).lines
    assert any(match["path"].endswith("nora.txt") for match in answer["matches"])


def test_vectors_of_another_model_are_never_mixed_in(run: Run, own: Path, archive: Path, query: Path) -> None:
    with sqlite3.connect(own / "corpus.db") as db:
        db.execute("UPDATE encoder SET fingerprint = 'other', model = 'another-model'")
    db.close()
    (answer,) = run("check", query, "--json", corpus=own).lines
    assert "another-model" in reasons(answer)
    assert answer["matches"] == []
    more = archive.parent / "more.txt"
    more.write_text(resume("Lena Vik", ["Grew tomatoes in heated greenhouses all winter"]))
    ingested = run("ingest", more, "--json", corpus=own)
    assert (ingested.code, ingested.json["added"]) == (0, 1)
    assert "forensics embed" in ingested.err

    embedded = run("embed", "--json", corpus=own).json
    assert embedded["embedded"] == embedded["documents"] == len(TRADES) + 1
    (answer,) = run("check", query, "--json", corpus=own).lines
    assert any(match["path"].endswith("nora.txt") for match in answer["matches"])


def test_embed_without_a_model_loses_nothing(run: Run, own: Path, query: Path, tmp_path: Path) -> None:
    nowhere = {"FORENSICS_MODEL": str(tmp_path / "nowhere"), "FORENSICS_MODEL_SHA256": "0" * 64}
    done = run("embed", corpus=own, **nowhere)
    assert done.code == 2
    assert "nowhere" in done.err
    (answer,) = run("check", query, "--json", corpus=own).lines
    assert any(match["path"].endswith("nora.txt") for match in answer["matches"])


def test_what_is_erased_is_near_to_nothing_any_more(run: Run, own: Path, query: Path) -> None:
    assert run("erase", "--applicant", "Nora Feld", "--json", corpus=own).json == {"erased": 1}
    (answer,) = run("check", query, "--json", corpus=own).lines
    assert answer["matches"] == []
    assert run("status", "--json", corpus=own).json["consistent"] is True
