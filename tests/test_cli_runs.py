"""Exit codes, the two streams, words and ids, and what each command does when all is well."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import DEMO, ROOT, Run

from forensics import __version__

RING = DEMO / "incoming" / "Pemberwick_FullStack.pdf"
HONEST = DEMO / "incoming" / "castellane_release_engineer.pdf"
COMMANDS = ("ingest", "check", "show", "compare", "dedup", "erase", "status", "backup", "restore")

Start = Callable[..., "subprocess.Popen[str]"]


def test_version_and_help(run: Run) -> None:
    assert run("--version").out == f"forensics {__version__}\n"
    for command in COMMANDS:
        done = run(command, "--help")
        assert done.code == 0
        assert "Example: forensics" in " ".join(done.out.split())
        assert "--json" in done.out and "--corpus" in done.out


def test_help_imports_nothing_heavy() -> None:
    script = "import sys, forensics.cli; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    heavy = {"numpy", "lxml", "spacy", "torch", "rich.console", "sqlite3", "phonenumbers", "pikepdf"}
    assert not heavy & set(done.stdout.split())


def test_module_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "forensics", "--version"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.startswith("forensics ")


@pytest.mark.parametrize(
    "words", [[], ["check"], ["bogus"], ["status", "--bogus"], ["ingest", "--role", "x"]]
)
def test_usage_errors_end_with_2(run: Run, words: list[str]) -> None:
    assert run(*words).code == 2


def test_check_exit_codes(run: Run, demo: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    assert run("check", RING, corpus=demo).code == 1
    assert run("check", HONEST, corpus=demo).code == 0
    assert run("check", HONEST, broken, corpus=demo).code == 0
    assert run("check", HONEST, broken, "--strict", corpus=demo).code == 3
    assert run("check", RING, broken, "--strict", corpus=demo).code == 1
    assert run("check", "nowhere.pdf", "--strict", corpus=demo).code == 2
    assert run("show", broken).code == 0
    assert run("show", broken, "--strict").code == 3
    assert run("compare", broken, HONEST, "--strict").code == 3


@pytest.mark.parametrize("command", ["ingest", "check", "show", "dedup"])
def test_no_given_path_exists(run: Run, tmp_path: Path, command: str, demo: Path) -> None:
    corpus = tmp_path / "corpus" if command == "ingest" else demo
    done = run(command, tmp_path / "a.pdf", tmp_path / "b.pdf", "--json", corpus=corpus)
    assert (done.code, done.out) == (2, "")
    assert "none of the given paths exists" in done.err
    assert not (tmp_path / "corpus").exists()


def test_stdout_holds_no_talk(run: Run, demo: Path) -> None:
    done = run("check", RING, HONEST, "--json", corpus=demo)
    assert len(done.lines) == 2 and done.err == ""
    done = run("compare", RING, HONEST, "nowhere")
    assert done.out == "" and done.err.startswith("forensics: ")


def test_a_missing_path_among_others_is_unreadable(run: Run) -> None:
    done = run("show", "nowhere.pdf", HONEST, "--json")
    assert done.code == 0
    assert [found["id"] is None for found in done.lines] == [True, False]
    assert done.lines[0]["problems"][0]["code"] == "not_found"


def test_ids_and_their_beginnings(run: Run, demo: Path) -> None:
    whole = run("show", RING, "--json").json["id"]
    stored = run("show", DEMO / "files" / "haverstock-dylan.pdf", "--json").json
    for id in (stored["id"], stored["id"][:15], stored["id"].removeprefix("sha256:")[:8]):
        found = run("show", id, "--json", corpus=demo).json
        assert (found["id"], found["text"]) == (stored["id"], stored["text"])
    pair = run("compare", RING, stored["id"][:20], "--json", corpus=demo).json
    assert (pair["a"]["id"], pair["b"]["id"]) == (whole, stored["id"])
    unknown = run("show", "sha256:" + "0" * 64, HONEST, "--json", corpus=demo).lines
    assert unknown[0]["problems"][0]["code"] == "not_found"
    assert run("show", "sha256:" + "0" * 64, corpus=demo).code == 2
    assert run("show", "sha256:12", corpus=demo).code == 2
    assert run("erase", "1234", corpus=demo).code == 2


def test_compare_needs_two_documents(run: Run, tmp_path: Path) -> None:
    assert run("compare").code == 2
    assert run("compare", RING).code == 2
    assert run("compare", RING, HONEST, RING).code == 2
    assert run("compare", RING, HONEST, "--pairs", "x").code == 2
    assert run("compare", "--pairs", tmp_path / "nowhere.tsv").code == 2
    folder = tmp_path / "two"
    folder.mkdir()
    shutil.copy(RING, folder)
    shutil.copy(HONEST, folder)
    assert run("compare", folder, "--json").code == 0
    table = tmp_path / "pairs.tsv"
    table.write_text(f"{RING}\n", encoding="utf-8")
    done = run("compare", "--pairs", table)
    assert done.code == 2 and "line 1" in done.err
    table.write_text("x.pdf\ty.pdf\n", encoding="utf-8")
    assert run("compare", "--pairs", table).code == 2


def test_stdin_names_paths(run: Run, demo: Path) -> None:
    done = run("check", "-", "--json", corpus=demo, stdin=f"{RING}\n\n{HONEST}\r\n")
    assert [found["document"]["path"] for found in done.lines] == [str(RING), str(HONEST)]
    done = run("compare", "-", "--json", stdin=f"{RING}\n{HONEST}\n")
    assert done.json["a"]["path"] == str(RING)
    done = run("compare", "--pairs", "-", "--json", stdin=f"{RING}\t{HONEST}\n")
    assert done.json["b"]["path"] == str(HONEST)


def test_archives_and_folders(run: Run, tmp_path: Path) -> None:
    outer = tmp_path / "all"
    outer.mkdir()
    with zipfile.ZipFile(outer / "a.zip", "w") as package:
        package.write(RING, "dir/ring.pdf")
        package.writestr("dir/.hidden.pdf", b"x")
    with tarfile.open(outer / "b.tar.gz", "w:gz") as package:
        package.add(HONEST, "honest.pdf")
    (outer / "code.py").write_text("print('no document')\n" * 20, encoding="utf-8")
    (outer / "~$lock.docx").write_bytes(b"x")
    found = run("ingest", outer, "--json", corpus=tmp_path / "corpus").json
    assert [(each["path"], each["status"]) for each in found["documents"]] == [
        (f"{outer}/a.zip!dir/ring.pdf", "added"),
        (f"{outer}/b.tar.gz!honest.pdf", "added"),
        (f"{outer}/code.py", "unreadable"),
    ]
    assert found["skipped"] == 2


def test_check_add_stores_each_after_its_own_check(run: Run, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    done = run("check", RING, "--json", corpus=corpus)
    assert done.code == 2 and "no corpus" in done.err and not corpus.exists()
    copy = tmp_path / "again.pdf"
    shutil.copy(RING, copy)
    done = run("check", RING, copy, "--add", "--applicant", "Ada Example", "--json", corpus=corpus)
    first, second = done.lines
    assert (first["corpus"]["documents"], first["matches"]) == (0, [])
    assert second["corpus"]["documents"] == 1
    assert [(m["identical"], m["relation"], m["applicant"]) for m in second["matches"]] == [
        (True, "same", "Ada Example")
    ]
    assert run("status", "--json", corpus=corpus).json["documents"] == 1
    other = run("check", copy, "--applicant", "Grace Other", "--json", corpus=corpus)
    assert other.code == 1
    assert other.json["matches"][0]["relation"] == "different" and other.json["matches"][0]["identical"]
    assert run("status", "--json", corpus=corpus).json["documents"] == 1


def test_same_bytes_under_two_names(run: Run, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        shutil.copy(HONEST, tmp_path / name)
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("filename,applicant\none.pdf,Ada Example\ntwo.pdf,Grace Other\n", encoding="utf-8")
    files = [tmp_path / "one.pdf", tmp_path / "two.pdf"]
    corpus = tmp_path / "corpus"
    found = run("ingest", *files, "--manifest", manifest, "--json", corpus=corpus).json
    assert [each["status"] for each in found["documents"]] == ["added", "unchanged"]
    (pair,) = run("dedup", "--json", corpus=corpus).json["pairs"]
    assert (pair["kind"], pair["relation"], pair["a"]) == ("exact", "different", pair["b"])
    clusters = run("dedup", *files, "--manifest", manifest, "--json").json["clusters"]
    assert [(each["applicants"], each["names"]) for each in clusters] == [
        (2, [["Ada Example"], ["Grace Other"]])
    ]
    # one path, two rows: the same file under two names
    manifest.write_text("filename,applicant\none.pdf,Ada Example\none.pdf,Grace Other\n", encoding="utf-8")
    found = run("dedup", files[0], "--manifest", manifest, "--json").json
    assert [pair["relation"] for pair in found["pairs"]] == ["different"]
    assert [each["applicants"] for each in found["clusters"]] == [2]


def test_erase(run: Run, own_demo: Path) -> None:
    def documents() -> int:
        return int(run("status", "--json", corpus=own_demo).json["documents"])

    assert run("erase", corpus=own_demo).code == 2
    assert run("erase", "0" * 64, "--applicant", "X", corpus=own_demo).code == 2
    assert run("erase", "0" * 64, "--json", corpus=own_demo).json == {"erased": 0}
    assert run("erase", "--applicant", "Fatima Benhaddou", "--json", corpus=own_demo).json == {"erased": 2}
    assert documents() == 37
    left = b"".join(file.read_bytes() for file in own_demo.rglob("*") if file.is_file())
    assert b"Benhaddou" not in left
    old = run("erase", "--older-than", "0", "--json", corpus=own_demo).json["erased"]
    assert old > 0 and documents() == 37 - old


def test_erase_forgets_unreadable_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "Ada_Unlucky.pdf").write_bytes(b"%PDF-1.7 nothing")
    corpus = tmp_path / "corpus"
    found = run("ingest", tmp_path / "Ada_Unlucky.pdf", "nowhere.pdf", "--json", corpus=corpus).json
    assert found["unreadable"] == 2
    assert run("status", "--json", corpus=corpus).json["unreadable"] == 1
    assert run("erase", found["documents"][0]["id"], "--json", corpus=corpus).json == {"erased": 0}
    assert run("status", "--json", corpus=corpus).json["unreadable"] == 0
    assert b"Unlucky" not in b"".join(file.read_bytes() for file in corpus.rglob("*") if file.is_file())


def test_dedup_writes_files(run: Run, tmp_path: Path) -> None:
    demo = tmp_path / "corpus"
    run("ingest", *sorted((DEMO / "files").glob("*_Resume.*"))[:3], RING, corpus=demo)
    expected = run("dedup", "--json", corpus=demo).json
    assert expected["pairs"]
    for name in ("pairs.json", "pairs.jsonl", "pairs.csv"):
        done = run("dedup", "--output", tmp_path / name, "--json", corpus=demo)
        assert done.json == expected
    assert json.loads((tmp_path / "pairs.json").read_text(encoding="utf-8")) == expected
    rows = [json.loads(line) for line in (tmp_path / "pairs.jsonl").read_text("utf-8").splitlines()]
    assert [{key: row[key] for key in expected["pairs"][0]} for row in rows] == expected["pairs"]
    assert {row["cluster"] for row in rows} == {each["id"] for each in expected["clusters"]}
    with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as file:
        assert [row["a_path"] for row in csv.DictReader(file)] == [row["a_path"] for row in rows]
    assert not list(tmp_path.glob(".*"))
    assert run("dedup", "--format", "csv", corpus=demo).code == 2
    assert run("dedup", "--output", tmp_path / "no" / "x.csv", corpus=demo).code == 2


def test_parquet_needs_its_extra(
    run: Run, own_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = run("dedup", "--output", tmp_path / "pairs.parquet", corpus=own_demo)
    assert done.code == 2 and "pip install 'pyarrow" in done.err


def test_csv_cells_are_no_formulas(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("=cmd.pdf", "+1.pdf", "@x.pdf"):
        shutil.copy(HONEST, tmp_path / name)
    run("dedup", *sorted(file.name for file in tmp_path.iterdir()), "--output", "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert row["a_path"].startswith("'") and row["b_path"].startswith("'")


def test_output_is_utf8_whatever_the_locale(process: Start, tmp_path: Path) -> None:
    file = tmp_path / "résumé.txt"
    file.write_text("Zoë Müller\nzoe@example.com\n\nEXPERIENCE\n- Kept the café open.\n", encoding="utf-8")
    locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for words in (["show", file, "--json"], ["show", file]):
        out, err = process(*words, **locale).communicate(timeout=60)
        assert "Zoë Müller" in out and "résumé.txt" in out and err == ""


def test_a_closed_pipe_is_silent(process: Start) -> None:
    running = process("show", *[RING] * 40, "--json")
    assert running.stdout is not None and running.stderr is not None
    running.stdout.read(10)
    running.stdout.close()
    assert running.stderr.read() == ""
    assert running.wait(timeout=60) == 141
    running.stderr.close()


def test_a_full_stdout_is_said(process: Start) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    before = "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 1)"
    running = process("show", HONEST, "--json", before=before)
    err = running.communicate(timeout=60)[1]
    assert running.returncode == 2 and "stdout cannot be written" in err


def test_an_unexpected_error_is_one_line(run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("nobody expected this")

    monkeypatch.setattr("forensics.cases.export.show", broken)
    done = run("show", HONEST, "--json")
    assert done.code == 2
    assert done.err.count("\n") == 1 and "FORENSICS_DEBUG=1" in done.err and "nobody expected" in done.err
    with pytest.raises(ZeroDivisionError):
        run("show", HONEST, "--json", FORENSICS_DEBUG="1")
