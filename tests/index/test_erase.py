"""Erasing leaves nothing in any byte of any file, of the corpus or the caches, also after a kill in the middle."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from planted import NAME, RESUME, plant, secrets, traces

from forensics.index.corpus import Corpus
from forensics.index.desk import Desk
from forensics.index.job import Result


@pytest.fixture(scope="module")
def planted(run, tmp_path_factory):
    """A home with cache and corpus in it, desk and views and all, and the secrets of one person."""
    home = tmp_path_factory.mktemp("planted")
    files = plant(home / "incoming")
    corpus = home / "corpus"
    said = {"FORENSICS_HOME": str(home)}
    done = run("ingest", files, "--manifest", files / "manifest.csv", "--json", **said)
    assert (done.json["added"], done.json["unreadable"]) == (5, 1), done.err
    copy = home / "copy.txt"
    copy.write_text(RESUME.replace("Zephyrine Quillfeather", "Wendell Ashgrove"), encoding="utf-8")
    assert run("check", copy, "--applicant", "Wendell Ashgrove", **said).code == 1
    assert run("dedup", "--json", **said).code == 0
    ids = {each["path"].rsplit("/")[-1]: each["id"] for each in done.json["documents"]}
    shutil.rmtree(files)
    copy.unlink()
    hand_in(corpus, ids)
    with Corpus.open(corpus) as opened:
        opened.meaning.save()
    wanted = secrets(corpus)
    files = {
        file if file.endswith(".db") else file[-6:] for file, _ in traces([corpus, home / "cache"], wanted)
    }
    assert files >= {"corpus.db", "jobs.db", "vectors.db", ".faiss"}
    return home, ids, wanted


def hand_in(corpus, ids):
    """Her resume on the desk, and a report about another that quotes her."""
    desk = Desk(corpus)
    hers, id = ids["quillfeather-resume.txt"], "sha256:" + "e" * 64
    desk.put([("Quillfeather.txt", hers, RESUME.encode())], applicant=NAME, keep=False)
    (job,) = desk.put([("other.txt", id, b"of another")], applicant="Wendell Ashgrove", keep=False)
    desk.take(), desk.take()
    quoting = Result(answer={"text": RESUME}, page=f"<p>{RESUME}</p>", mentions=((hers, NAME),))
    assert desk.finish(job, quoting, opens=True, still=lambda: True)
    desk.seen([hers], who="reviewer", what="report")


@pytest.fixture
def own(planted, tmp_path):
    """A copy to erase from: home, ids, secrets."""
    home, ids, wanted = planted
    return Path(shutil.copytree(home, tmp_path / "home")), ids, wanted


def everything(home):
    return [home / "corpus", home / "cache"]


@pytest.mark.parametrize("how", ["id", "applicant", "age"])
def test_no_byte_is_left(run, own, how):
    home, ids, wanted = own
    hers = [id for path, id in ids.items() if "uillfeather" in path and id]
    words = {"id": hers, "applicant": ["--applicant", NAME], "age": ["--older-than", "365"]}[how]
    done = run("erase", *words, "--json", FORENSICS_HOME=str(home))
    assert done.code == 0, done.err
    if how == "age":  # what could not be read, and what was handed in, came today
        run("erase", "--applicant", NAME, FORENSICS_HOME=str(home))
    assert traces(everything(home), wanted) == []
    status = run("status", "--json", FORENSICS_HOME=str(home)).json
    assert (status["documents"], status["unreadable"], status["consistent"]) == (3, 0, True)
    assert traces(everything(home), wanted) == []


def test_a_file_that_could_not_be_read_goes_with_the_name_it_bears(run, own):
    home, _, _ = own
    assert run("status", "--json", FORENSICS_HOME=str(home)).json["unreadable"] == 1
    run("erase", "--applicant", "Quillfeather, Z.", FORENSICS_HOME=str(home))
    run("erase", "--applicant", NAME, FORENSICS_HOME=str(home))
    assert run("status", "--json", FORENSICS_HOME=str(home)).json["unreadable"] == 0


def test_an_application_goes_and_the_document_of_another_stays(run, own):
    """The same bytes came from two people: what is left is hers no more."""
    home, ids, _ = own
    corpus = home / "corpus"
    twin = home / "twin.txt"
    twin.write_bytes((corpus / "files" / stored(ids["orla.txt"])).read_bytes())
    manifest = home / "twin.csv"
    manifest.write_text(f"filename,applicant\ntwin.txt,{NAME}\n", encoding="utf-8")
    run("ingest", twin, "--manifest", manifest, FORENSICS_HOME=str(home))
    twin.unlink(), manifest.unlink()
    wanted = {"name": b"Quillfeather", "path": b"twin.txt"}
    run("erase", "--applicant", NAME, FORENSICS_HOME=str(home))
    assert traces(everything(home), wanted) == []
    assert (corpus / "files" / stored(ids["orla.txt"])).is_file()
    assert run("status", "--json", FORENSICS_HOME=str(home)).json["consistent"]


def stored(id):
    digits = id.removeprefix("sha256:")
    return f"{digits[:2]}/{digits}"


DIE = "(lambda *a, **k: os.kill(os.getpid(), 9))"
POINTS = {
    "begun": f"import forensics.index.erasing as m; m.forget = {DIE}",
    "desk cleaned": f"from forensics.index.store import Store as m; m.delete = {DIE}",
    "desk not compacted": f"from forensics.index.desk_file import DeskFile as m; m.compact = {DIE}",
    "database written": f"from forensics.index.files import Files as m; m.remove = {DIE}",
    "files gone": f"from forensics.index.store import Store as m; m.compact = {DIE}",
    "database rebuilt": f"from forensics.features.vector_cache import VectorCache as m; m.forget = {DIE}",
    "cache cleaned": f"import forensics.index.snapshots as m; m.sweep = {DIE}",
    "all but said so": f"from forensics.index.unfinished import Unfinished as m; m.clear = {DIE}",
}
MIDST = """
from forensics.index.store import Store
before = Store.compact
def compact(self, *, whole):
    self._db.set_progress_handler(lambda: os.kill(os.getpid(), 9), {steps})
    before(self, whole=whole)
Store.compact = compact
"""
POINTS |= {f"rebuilding, {steps} steps": MIDST.format(steps=steps) for steps in (20, 100, 400)}


@pytest.mark.parametrize("point", POINTS)
def test_the_next_command_finishes_what_was_killed(run, process, own, tmp_path, point):
    home, _, wanted = own
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    said = {"FORENSICS_HOME": str(home), "TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}
    before = f"import os; exec({POINTS[point]!r})"
    killed = process("erase", "--applicant", NAME, before=before, **said)
    _, err = killed.communicate(timeout=60)
    assert killed.returncode == -9, err
    status = run("status", "--json", **said).json
    assert status["consistent"] is True and status["documents"] in (3, 5)
    if status["documents"] == 3:
        assert traces([*everything(home), temporary], wanted) == []
    assert (status["documents"] == 5) == (point in ("begun", "desk cleaned", "desk not compacted"))
    run("erase", "--applicant", NAME, **said)
    assert traces([*everything(home), temporary], wanted) == []
    with sqlite3.connect(home / "corpus" / "corpus.db") as db:
        assert db.execute("SELECT count(*) FROM erasing").fetchone() == (0,)
    db.close()


def test_what_a_killed_restore_or_ingest_left_goes_with_the_next_erasure(run, own):
    home, _, wanted = own
    stray = home / "corpus" / "files" / "ab" / ("ab" + "0" * 62 + ".77.part")
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(RESUME.encode())
    for name in ("restoring-77", "replaced-77"):
        (home / "corpus" / name).mkdir()
        (home / "corpus" / name / "corpus.db").write_bytes(RESUME.encode())
    run("erase", "--applicant", NAME, FORENSICS_HOME=str(home))
    assert traces(everything(home), wanted) == []


def test_a_reader_that_holds_old_pages_is_told_of_and_the_next_command_cleans_up(run, own, monkeypatch):
    home, _, wanted = own
    monkeypatch.setattr("forensics.index.store.BUSY_SECONDS", 1)
    reader = sqlite3.connect(home / "corpus" / "corpus.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM document").fetchone()
    done = run("erase", "--applicant", NAME, FORENSICS_HOME=str(home))
    assert done.code == 2 and "run the same command again" in done.err
    reader.close()
    run("status", FORENSICS_HOME=str(home))
    assert traces(everything(home), wanted) == []
