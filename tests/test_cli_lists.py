"""lists import, show and remove, and what check makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run
from test_schemas import validate

OWN = """\
name,aliases,reason,approver,expiry
Zorvex Quantal Institute,Quantal House,sells degrees,J. Doe,2099-12-31
Brandelhof Academy,,old,J. Doe,2020-01-01
Northern Quorvex School,,,,
,nameless,x,y,
"""
RESUME = """\
Ada Example
ada.example@example.com

Experience
Software Engineer, Acme Corp
Mar 2019 - Present
- Built a thing that nobody else has built in quite this way.

Education
BSc in Computer Science, {school}, 2014
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture
def at(tmp_path: Path) -> dict[str, str]:
    return {"FORENSICS_HOME": str(tmp_path / "home")}


def test_import_show_and_remove(run: Run, own: Path, at: dict[str, str]) -> None:
    made = run("lists", "import", own, "--as-of", "2026-01-31", "--json", **at)
    assert made.code == 0
    validate("lists-import", made.json)
    assert (made.json["name"], made.json["tier"], made.json["as_of"]) == ("own", "own", "2026-01-31")
    assert (made.json["institutions"], made.json["expired"], made.json["unapproved"]) == (3, 1, 1)
    assert [row["line"] for row in made.json["bad"]] == [5]
    shown = run("lists", "show", "--json", **at).json
    validate("lists-show", shown)
    assert [each["name"] for each in shown["lists"]] == ["designated", "located", "own"] and shown[
        "entries"
    ] is None
    one = run("lists", "show", "own", "--json", **at).json
    validate("lists-show", one)
    assert one["entries"][0]["aliases"] == ["Quantal House"] and one["entries"][1]["expired"]
    gone = run("lists", "remove", "own", "--json", **at).json
    validate("lists-remove", gone)
    assert gone == {"removed": 1} and run("lists", "remove", "own", "--json", **at).json == {"removed": 0}


def test_people_see_bad_rows_age_and_entries(run: Run, own: Path, at: dict[str, str]) -> None:
    said = run("lists", "import", own, "--as-of", "2020-01-31", **at).out
    for each in ("own.csv:5: no name", "past expiry", "without a reason", "old, import a newer one"):
        assert each in said
    assert "Zorvex" in run("lists", "show", "own", **at).out
    assert run("lists", "import", own, "--strict", **at).code == 3


def test_what_cannot_be_imported_ends_with_2(run: Run, tmp_path: Path, at: dict[str, str]) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    for words in ((wrong,), (tmp_path / "absent.csv",), (wrong, "--as-of", "soon")):
        done = run("lists", "import", *words, **at)
        assert done.code == 2 and done.out == "" and done.err.startswith("forensics: ")
    assert run("lists", "show", "absent", **at).code == 2
    assert run("lists", "remove", "designated", **at).code == 2


def test_check_looks_at_an_imported_list(run: Run, own: Path, tmp_path: Path, at: dict[str, str]) -> None:
    corpus, file = tmp_path / "corpus", tmp_path / "resume.txt"
    file.write_text(RESUME.format(school="Quantal House"), encoding="utf-8")
    run("ingest", file, corpus=corpus, **at)

    def listed() -> list[dict[str, object]]:
        found = run("check", file, "--json", corpus=corpus, **at).json
        validate("check", found)
        assert not found["case"]
        return [each for each in found["findings"] if each["signal"] == "institution-listed"]

    assert listed() == []
    run("lists", "import", own, **at)
    (finding,) = listed()
    assert finding["weight"] == "B" and "sells degrees" in str(finding["summary"])
    file.write_text(RESUME.format(school="Brandelhof Academy"), encoding="utf-8")
    assert listed() == []


def test_silence_clears_nobody(run: Run, own: Path, tmp_path: Path, at: dict[str, str]) -> None:
    corpus, file = tmp_path / "corpus", tmp_path / "resume.txt"
    file.write_text(RESUME.format(school="Boston University"), encoding="utf-8")
    run("ingest", file, corpus=corpus, **at)
    run("lists", "import", own, "--title", "Schools that sell degrees", "--as-of", "2026-01-31", **at)
    found = run("check", file, "--json", corpus=corpus, **at).json
    whys = [each["why"] for each in found["not_run"] if each["signal"] == "institution-listed"]
    assert any(
        "clears nobody" in why and "Schools that sell degrees" in why and "2026-01-31" in why for why in whys
    )
    assert any("older than 180 days" in why for why in whys)
    assert "clears nobody" in " ".join(run("check", file, corpus=corpus, **at).out.split())
