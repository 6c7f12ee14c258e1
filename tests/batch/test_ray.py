"""`--engine ray`: the same rows and pairs as in this machine's processes, whatever dies on the way."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import psutil
import pytest
from conftest import DEMO, ROOT, Run
from hostile import recipe

Start = Callable[..., "subprocess.Popen[str]"]

RING = DEMO / "incoming" / "Pemberwick_FullStack.pdf"
TWO = {"FORENSICS_WORKERS": "2"}
BY_TIME = {"readable", "timeout", "out_of_memory"}
"""What may become of a hostile file at one time and not at another."""
OF_TIME = {"added", "seen", "at"}
"""Columns that say when something was done here."""


def rows(corpus: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that is in a corpus but for the files and the times."""
    found = {}
    with sqlite3.connect(corpus / "corpus.db") as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in set(tables) - {"kept", "sqlite_sequence"}:
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            asked = ", ".join(name for name in columns if name not in OF_TIME) or "1"
            found[table] = sorted(database.execute(f"SELECT {asked} FROM {table}"), key=repr)
    return found


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Applications that share text, among files that are broken, locked, hostile, doubled or packed."""
    folder = tmp_path_factory.mktemp("archive") / "in"
    (folder / "more").mkdir(parents=True)
    for file in [*sorted((DEMO / "files").glob("*_Resume.*")), RING]:
        shutil.copy(file, folder)
    shutil.copy(RING, folder / "more" / "the same again.pdf")
    (folder / "broken.pdf").write_bytes(RING.read_bytes()[:2000])
    (folder / "nothing.docx").write_bytes(b"PK\x03\x04 nothing")
    (folder / "note.txt").write_text("Ada Example\nada@example.com\n\nEXPERIENCE\n- Kept the café open.\n")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with pikepdf.open(RING) as pdf:
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(owner="x", user="y"))
    with zipfile.ZipFile(folder / "packed.zip", "w") as packed:
        packed.write(sorted((DEMO / "files").glob("*.docx"))[0], "inside/one.docx")
        packed.write(folder / "broken.pdf", "inside/broken.pdf")
        packed.writestr("../outside.txt", "no")
    for case in [each for each in recipe.cases() if not BY_TIME & each.wants][::8]:
        (folder / f"hostile-{case.name}").write_bytes(case.data)
    return folder


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory, archive: Path, home: Path, process: Start) -> Any:
    """What `perilous.py` found, and the corpus that it has made."""
    folder = tmp_path_factory.mktemp("session")
    (folder / "shared").mkdir()
    before = (
        f"import sys, json; from pathlib import Path; sys.path.insert(0, {str(Path(__file__).parent)!r}); "
        f"import perilous; print(json.dumps(perilous.main(Path({str(folder)!r}), Path({str(archive)!r})))); "
        "sys.exit()"
    )
    paths = f"{ROOT}:{Path(__file__).parent}"
    shared = {"FORENSICS_SHARED": str(folder / "shared")}
    running = process(before=before, FORENSICS_MAX_PAGES="7", PYTHONPATH=paths, **shared, **TWO)
    out, err = running.communicate(timeout=400)
    assert running.returncode == 0, err
    assert not list((folder / "shared").iterdir())
    return json.loads(out), folder / "corpus", err


def test_results_come_in_order(session: Any) -> None:
    found, _, _ = session
    assert found["nothing"] == []
    assert found["many"] == [f"{number} done" for number in range(100)]


def test_a_process_that_dies_changes_nothing_but_its_own_item(session: Any) -> None:
    found, _, err = session
    lost = "dies failed: the process that worked on it died, each time"
    assert found["dead"] == ["a done", "once done", "b done", lost, "c done"]
    assert "A worker died" in err  # Ray's words, and not on stdout


def test_errors_arrive_as_they_are(session: Any) -> None:
    found, _, _ = session
    assert found["wrong"] == "ForensicsError: this cannot be done: do something else."
    assert found["bug"] == "RuntimeError: ZeroDivisionError: nobody expected this"


def test_settings_travel_and_nothing_is_reported(session: Any) -> None:
    found, _, _ = session
    assert found["settings"] == ["7 1 0"]


def test_rows_and_pairs_are_those_of_this_machine(
    session: Any, archive: Path, run: Run, tmp_path: Path
) -> None:
    """What was stored comes from the workers, what was compared from a frozen copy in the shared folder."""
    found, corpus, _ = session
    here = tmp_path / "corpus"
    done = run("ingest", archive, "--json", corpus=here, FORENSICS_MAX_PAGES="7", **TWO).json
    told = [
        [each["id"], each["path"], [[p["code"], p["message"]] for p in each["problems"]]]
        for each in done["documents"]
    ]
    assert [[id, path, problems] for id, path, _, problems in found["ingested"]] == told
    codes = {problem[0] for *_, problems in found["ingested"] for problem in problems}
    assert {"encrypted", "damaged", "not_a_document", "suspicious_archive"} <= codes
    assert found["dedup"] == run("dedup", "--json", corpus=here, FORENSICS_MAX_PAGES="7", **TWO).json
    assert rows(corpus) == rows(here)
    assert rows(here)["edge"] and rows(here)["sentence"]


def test_an_archive_comes_to_the_same_pairs_though_a_worker_is_killed(
    archive: Path, run: Run, process: Start, tmp_path: Path
) -> None:
    here = run("dedup", archive, "--strict", "--json", "--output", tmp_path / "here.csv", **TWO)
    assert here.code == 3 and here.json["pairs"] and here.json["unreadable"] > 3
    words = ["dedup", archive, "--strict", "--json", "--engine", "ray"]
    running = process(*words, "--output", tmp_path / "ray.parquet", **TWO)
    worker = next(working(running))
    worker.kill()
    out, err = running.communicate(timeout=300)
    assert running.returncode == 3, err
    assert json.loads(out) == here.json
    from pyarrow import parquet

    with (tmp_path / "here.csv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    written = parquet.read_table(tmp_path / "ray.parquet").to_pylist()
    assert [{key: str(value) for key, value in row.items()} for row in written] == pairs


def test_ctrl_c_leaves_no_process_and_no_file(archive: Path, process: Start) -> None:
    with TemporaryDirectory(prefix="t-", dir="/tmp") as folder:  # short: Ray's sockets lie below it
        running = process("dedup", archive, "--engine", "ray", TMPDIR=folder, **TWO)
        next(working(running))
        started = psutil.Process(running.pid).children(recursive=True)
        running.send_signal(2)
        out, err = running.communicate(timeout=100)
        assert (running.returncode, out) == (130, "") and err.startswith("Stopped after ")
        assert not psutil.wait_procs(started, timeout=60)[1]
        assert not list(Path(folder).iterdir())


def working(running: subprocess.Popen[str]) -> Iterator[psutil.Process]:
    """The processes of Ray that are at work on something of ours, as they come."""
    while running.poll() is None:
        for each in psutil.Process(running.pid).children(recursive=True):
            try:
                at_work = each.cmdline()[:1] == ["ray::Map(_answer)"]
            except psutil.Error:
                continue
            if at_work:
                yield each
        time.sleep(0.05)
    raise AssertionError(running.communicate())


@pytest.mark.parametrize("module", ["ray", "ray.data"])
def test_without_ray_it_is_said_what_to_install(
    module: str, run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "ray"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    done = run("dedup", "--engine", "ray", corpus=demo)
    assert done.code == 2 and "pip install 'forensics[ray]'" in done.err
