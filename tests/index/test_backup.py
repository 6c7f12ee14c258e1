"""A backup is all of a corpus in one file, of one moment, whole or not there."""

import json
import sqlite3
import tarfile
import threading
from hashlib import sha256

import pytest

from forensics.errors import CorpusBusy, CorpusUnwritable, UsageError
from forensics.index import backup as room
from forensics.index.backup import backup
from forensics.index.desk import Desk
from forensics.index.files import Files
from forensics.index.restore import restore
from forensics.index.store import Store


@pytest.fixture
def corpus(own_demo):
    desk = Desk(own_demo)
    desk.put([("upload.txt", "sha256:" + "d" * 64, b"bytes that were handed in")], applicant=None, keep=False)
    return own_demo


def members(file):
    with tarfile.open(file, "r:") as archive:
        return {each.name: archive.extractfile(each).read() for each in archive}


def test_it_holds_databases_files_and_a_manifest_of_them(corpus, tmp_path):
    done = backup(corpus, tmp_path / "b.tar")
    held = members(tmp_path / "b.tar")
    listed = json.loads(held.pop("manifest.json"))
    assert listed["format"] == 1 and listed["documents"] == done.documents == 39
    assert {name: each["sha256"] for name, each in listed["members"].items()} == {
        name: sha256(data).hexdigest() for name, data in held.items()
    }
    assert done.sha256 == sha256((tmp_path / "b.tar").read_bytes()).hexdigest()
    assert done.desk and done.files == 39 and done.size == (tmp_path / "b.tar").stat().st_size
    assert {name for name in held if "/" not in name} == {"corpus.db", "jobs.db"}
    assert all(name.rsplit("/")[-1] == sha256(held[name]).hexdigest() for name in held if "/" in name)
    assert (tmp_path / "b.tar").stat().st_mode & 0o777 == 0o600
    assert sorted(each.name for each in tmp_path.iterdir()) == ["b.tar", "corpus"]


def test_what_the_corpus_makes_again_stays_behind(corpus, tmp_path):
    (corpus / "views").mkdir(exist_ok=True)
    (corpus / "views" / "passages-0-ab.faiss").write_bytes(b"vectors of a view")
    backup(corpus, tmp_path / "b.tar")
    assert b"vectors of a view" not in (tmp_path / "b.tar").read_bytes()


def test_places_that_will_not_do(corpus, tmp_path):
    (tmp_path / "old.tar").write_bytes(b"an older one")
    for out in (
        corpus / "b.tar",
        corpus / "files" / "b.tar",
        tmp_path / "old.tar",
        tmp_path,
        tmp_path / "no" / "b",
    ):
        with pytest.raises(UsageError):
            backup(corpus, out)
    (tmp_path / "way").symlink_to(corpus)
    with pytest.raises(UsageError, match="inside"):
        backup(corpus, tmp_path / "way" / "b.tar")
    assert (tmp_path / "old.tar").read_bytes() == b"an older one"
    backup(corpus, tmp_path / "old.tar", force=True)
    assert "corpus.db" in members(tmp_path / "old.tar")


def test_a_file_that_rots_is_named_and_left_out(corpus, tmp_path):
    with Store_of(corpus) as store:
        first, second = [row.id for row in store.rows()][:2]
    digits = first.removeprefix("sha256:")
    (corpus / "files" / digits[:2] / digits).write_bytes(b"rotten")
    Files(corpus / "files").remove(second)
    done = backup(corpus, tmp_path / "b.tar")
    assert (done.damaged, done.missing, done.files) == ((first,), (second,), 37)
    found = restore(tmp_path / "b.tar", tmp_path / "again")
    assert len(found.problems) == 1 and "missing: 2" in found.problems[0]


class Store_of:
    def __init__(self, folder):
        self.store = Store(folder / "corpus.db")

    def __enter__(self):
        return self.store

    def __exit__(self, *_):
        self.store.close()


def test_it_is_of_one_moment_while_others_write(corpus, tmp_path):
    """A writer moves every application between two jobs; no backup may hold some of each."""
    stop, begun = threading.Event(), threading.Event()

    def write():
        with sqlite3.connect(corpus / "corpus.db", timeout=30) as db:
            for turn in range(10**6):
                if stop.is_set():
                    break
                with db:
                    db.execute("UPDATE application SET job = ?", (f"job {turn}",))
                begun.set()
        db.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(60)  # before that, every application has a job of its own
    try:
        for turn in range(5):
            backup(corpus, tmp_path / f"{turn}.tar")
    finally:
        stop.set()
        writer.join()
    seen = []
    for turn in range(5):
        (tmp_path / f"{turn}.db").write_bytes(members(tmp_path / f"{turn}.tar")["corpus.db"])
        with sqlite3.connect(tmp_path / f"{turn}.db") as db:
            seen.append({job for (job,) in db.execute("SELECT DISTINCT job FROM application")})
        db.close()
    assert all(len(jobs) == 1 for jobs in seen)
    assert len(set().union(*seen)) > 1


def test_who_is_erased_while_it_is_made_is_not_in_it(run, corpus, tmp_path, monkeypatch):
    with Store_of(corpus) as store:
        gone = store.rows()[0].id
    pack, times = room._pack, []

    def packing(*given):
        done = pack(*given)
        if not times:
            assert run("erase", gone, corpus=corpus).code == 0
        times.append(done.documents)
        return done

    monkeypatch.setattr(room, "_pack", packing)
    backup(corpus, tmp_path / "b.tar")
    assert times == [39, 38]
    held = members(tmp_path / "b.tar")
    assert not [name for name in held if gone[7:] in name]
    (tmp_path / "b.db").write_bytes(held["corpus.db"])
    with sqlite3.connect(tmp_path / "b.db") as db:
        assert db.execute("SELECT count(*) FROM document WHERE id = ?", (gone,)).fetchone() == (0,)
    db.close()


def test_with_erasures_all_the_time_it_gives_up_and_leaves_nothing(corpus, tmp_path, monkeypatch):
    pack = room._pack

    def packing(*given):
        with Store_of(corpus) as store:
            with store.transaction():
                store.unfinished.begin()
            with store.transaction():
                store.unfinished.clear()
        return pack(*given)

    monkeypatch.setattr(room, "_pack", packing)
    with pytest.raises(CorpusBusy, match="erased during"):
        backup(corpus, tmp_path / "b.tar")
    assert [each.name for each in tmp_path.iterdir()] == ["corpus"]


def test_a_full_disk_leaves_the_older_one(corpus, tmp_path, monkeypatch):
    out = tmp_path / "b.tar"
    out.write_bytes(b"older")

    def full(self, *given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "addfile", full)
    with pytest.raises(CorpusUnwritable, match="No space"):
        backup(corpus, out, force=True)
    assert out.read_bytes() == b"older"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["b.tar", "corpus"]


def test_a_killed_one_leaves_no_file_and_the_next_clears_up(process, corpus, tmp_path):
    out = tmp_path / "b.tar"
    before = "import os, tarfile; tarfile.TarFile.addfile = lambda *a, **k: os.kill(os.getpid(), 9)"
    killed = process("backup", out, "--corpus", corpus, before=before)
    killed.communicate(timeout=60)
    assert killed.returncode == -9 and not out.exists()
    backup(corpus, out)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["b.tar", "corpus"]


def test_two_at_once_to_one_place(corpus, tmp_path, monkeypatch):
    pack = room._pack

    def packing(*given):
        with pytest.raises(CorpusBusy, match="another backup"):
            backup(corpus, tmp_path / "b.tar")
        return pack(*given)

    monkeypatch.setattr(room, "_pack", packing)
    assert backup(corpus, tmp_path / "b.tar").documents == 39
    assert sorted(each.name for each in tmp_path.iterdir()) == ["b.tar", "corpus"]


def test_the_command(run, corpus, tmp_path):
    done = run("backup", tmp_path / "b.tar", corpus=corpus)
    assert done.code == 0 and "39 documents" in done.out and "personal data" in done.out
    assert run("backup", tmp_path / "b.tar", corpus=corpus).code == 2
    assert run("backup", tmp_path / "c.tar", corpus=tmp_path / "nowhere").code == 2
    found = run("backup", tmp_path / "b.tar", "--force", "--json", corpus=corpus).json
    assert found["sha256"] == sha256((tmp_path / "b.tar").read_bytes()).hexdigest()
    done = run("restore", tmp_path / "b.tar", corpus=tmp_path / "again")
    assert done.code == 0 and "39 documents" in done.out
    assert run("restore", tmp_path / "b.tar", corpus=tmp_path / "again").code == 2
