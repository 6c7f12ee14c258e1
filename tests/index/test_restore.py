"""A backup is proved to the last byte before it replaces anything, and what it replaces is never served again."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from hashlib import sha256
from io import BytesIO

import numpy as np
import pytest
from conftest import ROOT

from forensics.errors import (
    CorpusBusy,
    CorpusError,
    CorpusUnwritable,
    CorpusVersion,
    ForensicsError,
    UsageError,
)
from forensics.index import restore as room
from forensics.index.backup import backup
from forensics.index.corpus import Corpus
from forensics.index.neighbours import View
from forensics.index.restore import restore
from forensics.index.schema import STEPS, VERSION
from forensics.index.spoken import Made, Said
from forensics.index.store import Store


@pytest.fixture(scope="module")
def saved(demo, tmp_path_factory):
    """A backup of the demo corpus."""
    file = tmp_path_factory.mktemp("saved") / "b.tar"
    backup(demo, file)
    return file


def members(file):
    with tarfile.open(file, "r:") as archive:
        return {each.name: archive.extractfile(each).read() for each in archive}


def packed(file, held, *, listed=None, **said):
    """An archive of these members with a manifest that fits them, but for ``listed`` and ``said``."""
    held = {name: data for name, data in held.items() if name != "manifest.json"}
    names = {name: {"sha256": sha256(data).hexdigest(), "size": len(data)} for name, data in held.items()}
    manifest = {"format": 1, "program": "9", "schema": VERSION, "made": "2026", "documents": 1}
    manifest |= {"members": names | (listed or {}), **said}
    with tarfile.open(file, "w", format=tarfile.GNU_FORMAT) as archive:
        for name, data in {**held, "manifest.json": json.dumps(manifest).encode()}.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, BytesIO(data))
    return file


def rows(folder):
    """All that the database says."""
    with sqlite3.connect(folder / "corpus.db") as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: sorted(map(repr, db.execute(f"SELECT * FROM {name}"))) for name in tables}
    db.close()
    return found


def test_what_comes_back_is_what_was_saved(run, demo, saved, tmp_path, own_demo):
    done = restore(saved, tmp_path / "again")
    assert (done.documents, done.files, done.problems) == (39, 39, ())
    assert rows(tmp_path / "again") == rows(demo)
    files = {each.name: each.read_bytes() for each in (demo / "files").rglob("*") if each.is_file()}
    assert files == {
        each.name: each.read_bytes() for each in (tmp_path / "again/files").rglob("*") if each.is_file()
    }
    assert (
        run("dedup", "--json", corpus=tmp_path / "again").json == run("dedup", "--json", corpus=own_demo).json
    )
    status = run("status", "--deep", "--json", corpus=tmp_path / "again").json
    assert status["consistent"] is True and status["problems"] == []
    with sqlite3.connect(tmp_path / "again" / "corpus.db") as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


def test_a_corpus_is_replaced_only_by_force_and_wholly(run, own_demo, saved, tmp_path):
    with pytest.raises(UsageError, match="--force"):
        restore(saved, own_demo)
    run("erase", "--applicant", "Fatima Benhaddou", corpus=own_demo)
    (own_demo / "jobs.db").write_bytes(b"")
    restore(saved, own_demo, force=True)
    assert rows(own_demo)["document"] and not (own_demo / "jobs.db").exists()
    assert run("status", "--json", corpus=own_demo).json["documents"] == 39
    assert {each.name for each in own_demo.iterdir()} <= {"corpus.db", "files", ".lock"}


def test_a_folder_with_something_else_is_left_alone(saved, tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "letter.txt").write_text("mine")
    for force in (False, True):
        with pytest.raises(UsageError, match="no corpus"):
            restore(saved, tmp_path, force=force)
    assert (tmp_path / "files" / "letter.txt").read_text() == "mine"


def cut(data):
    return data[: len(data) // 2]


def flipped(data):
    at = len(data) // 3
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    "harm", [cut, flipped, lambda data: b"", lambda data: b"\x00" * 2048, lambda data: b"no tar" * 500]
)
def test_a_damaged_backup_changes_nothing(own_demo, saved, tmp_path, harm):
    (tmp_path / "b.tar").write_bytes(harm(saved.read_bytes()))
    before = rows(own_demo)
    with pytest.raises((CorpusError, UsageError)):
        restore(tmp_path / "b.tar", own_demo, force=True)
    assert rows(own_demo) == before
    assert not list(own_demo.glob("re*"))
    with pytest.raises(ForensicsError):
        restore(tmp_path / "b.tar", tmp_path / "new")
    assert not (tmp_path / "new" / "corpus.db").exists()


def special(kind, name="files/ab/" + "ab" * 32, link=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


HOSTILE = {
    "symbolic link": special(tarfile.SYMTYPE, link="/etc/passwd"),
    "hard link": special(tarfile.LNKTYPE, link="corpus.db"),
    "device": special(tarfile.CHRTYPE),
    "pipe": special(tarfile.FIFOTYPE),
    "folder": special(tarfile.DIRTYPE),
    "sparse": special(tarfile.GNUTYPE_SPARSE),
    "long name": special(tarfile.GNUTYPE_LONGNAME, "././@LongLink"),
    "upwards": special(tarfile.REGTYPE, "../outside.txt"),
    "upwards inside": special(tarfile.REGTYPE, "files/ab/../../../outside.txt"),
    "absolute": special(tarfile.REGTYPE, "/tmp/outside.txt"),
    "other name": special(tarfile.REGTYPE, "views/passages.json"),
    "a name twice": special(tarfile.REGTYPE, "corpus.db"),
    "wrong folder": special(tarfile.REGTYPE, "files/cd/" + "ab" * 32),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_members_that_no_backup_has(saved, tmp_path, what):
    file = tmp_path / "b.tar"
    with tarfile.open(file, "w", format=tarfile.GNU_FORMAT) as archive:
        archive.addfile(HOSTILE[what])
        for name, data in members(saved).items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, BytesIO(data))
    with pytest.raises(UsageError, match="no backup"):
        restore(file, tmp_path / "in" / "again")
    assert not (tmp_path / "outside.txt").exists() and not (tmp_path / "in" / "outside.txt").exists()
    assert [each.name for each in (tmp_path / "in" / "again").iterdir()] == [".lock"]


@pytest.mark.parametrize("size", [-512, 2**40, 2**62])
def test_a_size_that_lies(saved, tmp_path, size):
    info = tarfile.TarInfo("files/ab/" + "ab" * 32)
    info.size = size
    header = info.tobuf(tarfile.GNU_FORMAT)
    (tmp_path / "b.tar").write_bytes(header + saved.read_bytes())
    with pytest.raises(CorpusError, match="lies"):
        restore(tmp_path / "b.tar", tmp_path / "again")


def test_a_manifest_that_lies(saved, tmp_path):
    held, file = members(saved), tmp_path / "b.tar"
    id = next(name for name in held if name.startswith("files/"))
    other = {"sha256": "0" * 64, "size": len(held[id])}
    lies = [
        {"listed": {id: other}},
        {"listed": {"jobs.db": other}},
        {"listed": {id: {"size": 3, "sha256": other["sha256"]}}},
        {"members": {}},
        {"members": [1]},
        {"members": {id: 7}},
        {"format": 2},
        {"format": "1"},
        {"schema": "x"},
        {"made": None, "members": None},
    ]
    for lie in lies:
        with pytest.raises(CorpusError):
            restore(packed(file, held, **lie), tmp_path / "again")
    wrong = held | {id: held[id] + b"more"}
    with pytest.raises(CorpusError, match="not what was backed up"):
        restore(packed(file, wrong), tmp_path / "again")
    assert [each.name for each in (tmp_path / "again").iterdir()] == [".lock"]


def changed(tmp_path, held, statements, name="corpus.db"):
    """The members with some SQL done to the database."""
    place = tmp_path / "changed.db"
    place.write_bytes(held[name])
    with sqlite3.connect(place, isolation_level=None) as db:
        for each in statements.split(";"):
            db.execute(each)
    db.close()
    return held | {name: place.read_bytes()}


@pytest.mark.parametrize(
    ("statements", "error"),
    [
        (f"PRAGMA user_version = {VERSION + 1}", CorpusVersion),
        ("PRAGMA application_id = 7", CorpusError),
        ("CREATE VIEW v AS SELECT 1", CorpusError),
        ("CREATE TRIGGER t AFTER DELETE ON document BEGIN SELECT 1\\; END", CorpusError),
        ("CREATE TABLE more (x)", CorpusError),
        ("ALTER TABLE contact RENAME COLUMN value TO worth", CorpusError),
        ("DELETE FROM application; DELETE FROM document WHERE doc = 1", CorpusError),
    ],
)
def test_a_database_of_another_make(saved, tmp_path, statements, error):
    held = members(saved)
    if "TRIGGER" in statements:
        place = tmp_path / "changed.db"
        place.write_bytes(held["corpus.db"])
        with sqlite3.connect(place) as db:
            db.execute(statements.replace("\\;", ";"))
        db.close()
        held["corpus.db"] = place.read_bytes()
    else:
        held = changed(tmp_path, held, statements)
    with pytest.raises(error):
        restore(packed(tmp_path / "b.tar", held), tmp_path / "again")
    assert [each.name for each in (tmp_path / "again").iterdir()] == [".lock"]


def test_an_archive_of_a_newer_program_says_so(saved, tmp_path):
    file = packed(tmp_path / "b.tar", members(saved), schema=VERSION + 1, program="77.0")
    with pytest.raises(CorpusVersion, match=r"forensics 77\.0"):
        restore(file, tmp_path / "again")


def test_a_backup_of_the_first_schema_is_brought_over(run, saved, tmp_path):
    tables = re.findall(r"CREATE TABLE (\w+)", "".join(STEPS.values()))
    drop = ";".join(f"DROP TABLE {name}" for name in tables)
    held = changed(tmp_path, members(saved), f"{drop};PRAGMA user_version = 1")
    done = restore(packed(tmp_path / "b.tar", held, schema=1), tmp_path / "again")
    assert done.documents == 39 and done.problems == ()
    status = run("status", "--json", corpus=tmp_path / "again").json
    assert (status["consistent"], status["without_vectors"], status["models"]) == (True, 39, {})


def test_a_corpus_that_is_open_elsewhere_is_not_replaced(own_demo, saved):
    reader = sqlite3.connect(own_demo / "corpus.db")
    reader.execute("SELECT count(*) FROM document").fetchone()
    before = reader.execute("SELECT max(doc) FROM document").fetchone()
    with pytest.raises(CorpusBusy, match="serve"):
        restore(saved, own_demo, force=True)
    assert reader.execute("SELECT max(doc) FROM document").fetchone() == before
    reader.close()
    restore(saved, own_demo, force=True)


def test_a_corpus_too_damaged_to_open_is_replaced(run, own_demo, saved):
    (own_demo / "corpus.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert run("status", corpus=own_demo).code == 2
    restore(saved, own_demo, force=True)
    assert run("status", "--json", corpus=own_demo).json["consistent"]


@pytest.mark.parametrize("way_back", [True, False])
def test_what_goes_wrong_on_the_last_step_is_undone(own_demo, saved, tmp_path, monkeypatch, way_back):
    before = rows(own_demo)
    rename = room.Path.rename

    def refusing(self, target):
        if target == own_demo / "corpus.db" and not (way_back and "replaced" in str(self)):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(room.Path, "rename", refusing)
        with pytest.raises(CorpusUnwritable, match="Input/output"):
            restore(saved, own_demo, force=True)
    if not way_back:
        assert not (own_demo / "corpus.db").exists()
        (tmp_path / "broken.tar").write_bytes(cut(saved.read_bytes()))
        with pytest.raises(ForensicsError):
            restore(tmp_path / "broken.tar", own_demo)
    assert rows(own_demo) == before
    assert not list(own_demo.glob("re*"))


@pytest.mark.parametrize("step", range(1, 5))
def test_a_kill_between_two_steps_loses_nothing(own_demo, saved, tmp_path, step):
    before = rows(own_demo)
    script = f"""
import os, pathlib
rename, done = pathlib.Path.rename, []
def dying(self, target):
    done.append(self)
    if len(done) == {step}:
        os.kill(os.getpid(), 9)
    return rename(self, target)
pathlib.Path.rename = dying
from forensics.index.restore import restore
restore(pathlib.Path({str(saved)!r}), pathlib.Path({str(own_demo)!r}), force=True)
"""
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert killed.returncode == -9, killed.stderr
    broken = tmp_path / "broken.tar"
    broken.write_bytes(cut(saved.read_bytes()))
    with pytest.raises(ForensicsError):
        restore(broken, own_demo, force=True)
    assert rows(own_demo) == before
    restore(saved, own_demo, force=True)
    assert not list(own_demo.glob("re*"))


def test_no_room_is_said_before_anything_is_written(saved, tmp_path, monkeypatch):
    monkeypatch.setattr(room.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 5, 5))
    with pytest.raises(CorpusUnwritable, match="are free"):
        restore(saved, tmp_path / "again")


MADE = Made(fingerprint="f", model="m", sha256="0", backend="int8", dimension=4)


def speak(store, doc, seed):
    """A document with one sentence of its own."""
    rows = np.random.default_rng(seed).standard_normal((1, 4))
    rows = (rows / np.linalg.norm(rows)).astype(np.float16)
    with store.transaction():
        if store.spoken.encoder() is None:
            store.spoken.set_encoder(MADE)
        store._db.execute(
            "INSERT INTO document VALUES (?, ?, 'resume', NULL, ?, 0, 0, '2026', X'')",
            (doc, f"sha256:{seed}", doc),
        )
        store.spoken.put(doc, Said(units=np.arange(1), keys=(str(seed).encode(),), vectors=rows))


@pytest.mark.parametrize("later", ["added", "erased", "both, and as many again"])
def test_a_view_newer_than_what_was_restored_is_never_served(tmp_path, later):
    """Someone copies the views of today beside the database of yesterday."""
    folder, views = tmp_path / "corpus", tmp_path / "views"
    folder.mkdir()
    store = Store(folder / "corpus.db")
    for doc in range(1, 6):
        speak(store, doc, doc)
    store.close()
    backup(folder, tmp_path / "b.tar")
    store = Store(folder / "corpus.db")
    if later != "erased":
        speak(store, 6, 60)
    if later != "added":
        with store.transaction():
            store.delete([2])
    view = View(store.truth("sentence"), views, "passages")
    view.save()
    store.close()
    restore(tmp_path / "b.tar", folder, force=True)
    shutil.copytree(views, folder / "views")
    store = Store(folder / "corpus.db")
    with Corpus(folder, store) as corpus:
        assert any("knows another database" in each for each in corpus.status()["problems"])
    store = Store(folder / "corpus.db")
    if later == "both, and as many again":
        speak(store, 7, 70)
        with store.transaction():
            store.delete([3])
    truth = store.truth("sentence")
    served = View(truth, folder / "views", "passages")
    served.refresh()
    with truth.moment():
        held = {
            int(n): v for numbers, vectors in truth.after(0) for n, v in zip(numbers, vectors, strict=True)
        }
    cosines, numbers = served.nearest(np.array(list(held.values()), np.float32), len(held))
    assert {frozenset(row) for row in numbers.tolist()} == {frozenset(held)}
    assert numbers[:, 0].tolist() == list(held) and np.all(cosines[:, 0] > 0.99)
    store.close()


def test_the_backup_cannot_be_read(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        restore(tmp_path / "nothing.tar", tmp_path / "again")
    assert not list(tmp_path.iterdir())
