from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run
from jsonschema import Draft202012Validator

from forensics import doctor
from forensics.documents.sandbox import Reader
from forensics.errors import ForensicsError, ModelError

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what can be given up differs")


def test_a_sound_installation_works_and_says_what_it_rests_on(run: Run, tmp_path: Path) -> None:
    done = run("doctor", "--json", FORENSICS_HOME=str(tmp_path / "new"))
    found = done.json
    schema = json.loads((ROOT / "docs/schemas/doctor.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(found)
    assert done.code == 0 and found["works"] is True, found["advice"]
    parts = {each["name"]: each for each in found["parts"]}
    assert parts["pypdfium2"]["present"] and parts["pdfplumber"]["present"]
    (model,) = (each for name, each in parts.items() if name.startswith("model "))
    assert model["version"].startswith("sha256:") and len(model["version"]) == 71
    assert {"tesseract", "libreoffice"} <= parts.keys()
    assert len(found["tests"]) == 5 and all(each["passed"] for each in found["tests"])
    assert not (tmp_path / "new").exists()
    home, corpus, cache = found["places"]
    assert (home["path"], home["exists"], home["writable"]) == (str(tmp_path / "new"), False, True)
    assert corpus["path"] == str(tmp_path / "new" / "corpus") and cache["free"] > 0


@linux
def test_network_files_and_processes_are_tried_and_refused(run: Run) -> None:
    found = run("doctor", "--json").json
    tried = {each["name"]: each for each in found["attempts"]}
    assert {
        "connect",
        "listen",
        "write_file",
        "new_process",
        "run_program",
        "look_into_parent",
    } <= tried.keys()
    assert found["isolated"] is all(each["passed"] for each in found["attempts"])
    on = {each["name"] for each in found["isolation"] if each["on"]}
    assert {"address_space", "file_size", "core_dumps", "no_new_privileges"} <= on
    if "system_calls" in on:
        assert {each["detail"] for name, each in tried.items() if name != "regain_memory"} == {
            "refused: EPERM"
        }


def test_people_get_the_answer_first(run: Run, tmp_path: Path) -> None:
    done = run("doctor", corpus=tmp_path / "there")
    assert done.code == 0
    assert done.out.startswith("Everything that the main job needs works.\n")
    assert "a PDF is read" in done.out and str(tmp_path / "there") in done.out.replace("\n", "").replace(
        " ", ""
    )


def test_a_missing_model_ends_with_2_and_advice(run: Run) -> None:
    done = run("doctor", "--json", FORENSICS_MODEL="/nowhere")
    assert done.code == 2 and done.json["works"] is False
    assert "/nowhere" in done.json["advice"][0]
    assert any(part["name"].startswith("model") and not part["present"] for part in done.json["parts"])


def test_a_reading_process_that_does_not_start_ends_with_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(reader: Reader) -> dict[str, str]:
        raise ForensicsError("The reading process does not start: install forensics anew.")

    monkeypatch.setattr(Reader, "isolation", broken)
    done = run("doctor")
    assert done.code == 2 and "It does not work as it is." in done.out
    assert "does not start" in done.out


def test_a_reader_that_reads_something_else_is_noticed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_docx", doctor._pdf)
    assert run("doctor", "--json").json["works"] is True
    monkeypatch.setattr(doctor, "_docx", lambda: b"Something else entirely")
    found = run("doctor", "--json").json
    assert found["works"] is False
    assert [each["name"] for each in found["tests"] if not each["passed"]] == ["a DOCX is read"]


def test_an_attempt_that_succeeds_is_said_loudly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Reader, "attempt", lambda reader: {"connect": "allowed", "write_file": "refused: EPERM"}
    )
    done = run("doctor")
    assert done.code == 0
    assert "could do something" in done.out and "could connect" in done.out


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    done = run("doctor", "--json", FORENSICS_HOME=str(locked / "home"))
    assert done.code == 2 and "FORENSICS_HOME" in done.json["advice"][0]


def test_a_home_below_a_file_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("doctor", "--json", FORENSICS_HOME=str(tmp_path / "file" / "home"))
    assert done.code == 2
    assert {each["name"] for each in done.json["places"] if not each["writable"]} == {
        "home",
        "corpus",
        "cache",
    }


def test_model_error_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    from forensics.features import carriers

    def altered() -> None:
        raise ModelError("model.safetensors is not the file of it: find out who changed it")

    monkeypatch.setattr(carriers, "find_weights", altered)
    assert doctor._model().present is False
