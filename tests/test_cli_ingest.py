"""Ingest when it is stopped, killed, repeated, or run twice at once."""

from __future__ import annotations

import re
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import Popen
from threading import Barrier, Timer

import pytest
from conftest import DEMO, Run

Start = Callable[..., "Popen[str]"]
FILES = 320


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small applications; each tenth holds the text of the one before."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(FILES):
        text = number - 1 if number % 10 == 0 and number else number
        lines = "\n".join(
            f"- Moved crate {text}{line} from shed {text * line % 97} to quay {text % 13} before the bell."
            for line in range(12)
        )
        (folder / f"{number:03}.txt").write_text(
            f"Person Number{number}\nperson{number}@example.com\n\nEXPERIENCE\n{lines}\n", encoding="utf-8"
        )
    return folder


def documents(corpus: Path) -> int:
    """How many are stored, asked from outside."""
    try:
        with sqlite3.connect(f"file:{corpus / 'corpus.db'}?mode=ro", uri=True, timeout=5) as database:
            return int(database.execute("SELECT count(*) FROM document").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def contents(corpus: Path) -> tuple[list[tuple[object, ...]], ...]:
    """All that is in a corpus but for the times."""
    with sqlite3.connect(corpus / "corpus.db") as database:
        return tuple(
            database.execute(query).fetchall()
            for query in (
                "SELECT doc, id, kind, name, kin, winnowed, passages, content FROM document ORDER BY doc",
                "SELECT doc, path, applicant, role FROM application ORDER BY doc, path",
                "SELECT * FROM print ORDER BY hash, doc",
                "SELECT * FROM contact ORDER BY kind, value, doc",
            )
        )


def wait_until_some(corpus: Path, running: Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while documents(corpus) == 0:
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture(scope="module")
def whole(many: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus of an ingest that nothing disturbed."""
    corpus = tmp_path_factory.mktemp("whole") / "corpus"
    assert run("ingest", many, "--json", corpus=corpus).json["added"] == FILES
    return corpus


def test_again_changes_nothing(run: Run, own_demo: Path) -> None:
    before = contents(own_demo)
    words = ("ingest", DEMO / "files", "--manifest", DEMO / "manifest.csv", "--json")
    found = run(*words, corpus=own_demo).json
    assert (found["added"], found["unchanged"], found["unreadable"]) == (0, 39, 0)
    assert contents(own_demo) == before


@pytest.mark.parametrize("workers", ["1", "2"])
def test_goes_on_after_a_kill(
    process: Start, run: Run, many: Path, whole: Path, tmp_path: Path, workers: str
) -> None:
    corpus = tmp_path / "corpus"
    running = process("ingest", many, "--corpus", corpus, FORENSICS_WORKERS=workers)
    wait_until_some(corpus, running)
    running.kill()
    running.communicate()
    kept = documents(corpus)
    assert 0 < kept < FILES
    stray = corpus / "files" / "00" / ("0" * 64)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"of a file that was stored but not committed")
    found = run("ingest", many, "--json", corpus=corpus).json
    assert (found["unchanged"], found["added"]) == (kept, FILES - kept)
    assert contents(corpus) == contents(whole)
    assert not stray.exists()
    assert len([file for file in (corpus / "files").rglob("*") if file.is_file()]) == FILES


def test_ctrl_c_keeps_what_is_done(process: Start, run: Run, many: Path, whole: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    running = process("ingest", many, "--json", "--corpus", corpus)
    wait_until_some(corpus, running)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    said = re.fullmatch(r"Stopped after (\d+) added, 0 unchanged, 0 unreadable; these are kept\.\n", err)
    assert said is not None, err
    assert documents(corpus) == int(said[1])
    assert 0 < int(said[1]) < FILES
    assert run("ingest", many, "--json", corpus=corpus).json["unchanged"] == int(said[1])
    assert contents(corpus) == contents(whole)


def test_sigterm_leaves_no_temporary_corpus(process: Start, many: Path, tmp_path: Path) -> None:
    running = process("dedup", many, TMPDIR=str(tmp_path))
    deadline = time.monotonic() + 60
    while not (found := list(tmp_path.glob("forensics-*/corpus.db"))) or not documents(found[0].parent):
        assert running.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    running.terminate()
    assert running.communicate(timeout=60) == ("", "")
    assert running.returncode == 143
    assert list(tmp_path.glob("forensics-*")) == []


def test_two_at_once(process: Start, run: Run, many: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    both = [process("ingest", many, "--json", "--corpus", corpus) for _ in range(2)]
    done = [each.communicate(timeout=120) for each in both]
    assert [each.returncode for each in both] == [0, 0], [err for _, err in done]
    status = run("status", "--json", corpus=corpus).json
    assert (status["documents"], status["consistent"]) == (FILES, True)
    with sqlite3.connect(corpus / "corpus.db") as database:
        assert database.execute("SELECT count(*) FROM application").fetchone() == (FILES,)


def test_many_open_a_new_corpus_at_once(tmp_path: Path) -> None:
    from forensics.index.corpus import Corpus

    start = Barrier(6)

    def create(folder: Path) -> None:
        start.wait()
        Corpus.open(folder, create=True).close()

    with ThreadPoolExecutor(6) as pool:
        for number in range(5):
            list(pool.map(create, [tmp_path / str(number)] * 6))


def test_waits_for_another_who_makes_the_corpus(tmp_path: Path) -> None:
    from forensics.index.corpus import Corpus

    other = sqlite3.connect(tmp_path / "corpus.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = Timer(0.3, other.execute, ["ROLLBACK"])
    release.start()
    Corpus.open(tmp_path, create=True).close()
    release.join()
    other.close()


def test_corpus_inside_the_folder_is_not_read(run: Run, tmp_path: Path) -> None:
    shutil.copy(DEMO / "incoming" / "sowerby_letter.pdf", tmp_path)
    for _ in range(2):
        found = run("ingest", tmp_path, "--json", corpus=tmp_path / "corpus").json
        assert [Path(each["path"]).name for each in found["documents"]] == ["sowerby_letter.pdf"]


def test_progress_is_for_terminals(process: Start, many: Path, tmp_path: Path) -> None:
    running = process("ingest", many / "001.txt", "--corpus", tmp_path / "corpus")
    assert running.communicate(timeout=60)[1] == ""
