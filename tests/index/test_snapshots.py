"""A snapshot is whole, of this truth and of this encoder, or the view is built again; and it holds nobody erased."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from numbered import Memory, agrees, unit_rows

from forensics.errors import CorpusBusy
from forensics.index import neighbours, snapshots
from forensics.index.neighbours import View
from forensics.index.snapshots import locked, sweep


@pytest.fixture
def truth():
    made = Memory()
    made.add(unit_rows(1, 200))
    return made


@pytest.fixture
def saved(truth, tmp_path):
    """A folder with the snapshot of the truth."""
    folder = tmp_path / "views"
    keep(truth, folder)
    return folder


def keep(truth, folder, name="passages"):
    view = View(truth, folder, name)
    view.save()
    assert view.warnings == []
    return view


def opened(truth, folder, name="passages"):
    view = View(truth, folder, name)
    view.refresh()
    assert agrees(view, truth, unit_rows(9, 5))
    assert view.nearest(truth.rows(), 1)[1][:, 0].tolist() == sorted(truth.vectors)
    return view


def files(folder):
    return sorted(each.name for each in folder.iterdir() if each.name != ".lock")


def index_file(folder, name="passages"):
    (found,) = folder.glob(f"{name}-*.faiss")
    return found


def test_the_next_process_takes_it_and_reads_only_what_is_new(truth, saved):
    truth.read = 0
    truth.add(unit_rows(2, 10))
    truth.erase([1, 200])
    view = opened(truth, saved)
    assert (view.rebuilt, view.warnings) == (0, [])
    assert truth.read < 30


def test_each_save_replaces_the_one_before(truth, saved):
    first = index_file(saved)
    truth.add(unit_rows(2, 10))
    keep(truth, saved)
    assert index_file(saved) != first
    assert files(saved) == [index_file(saved).name, "passages.json"]


def test_views_of_one_folder_do_not_meet(truth, saved):
    other = Memory()
    other.add(unit_rows(5, 200))
    keep(other, saved, "documents")
    assert opened(truth, saved).rebuilt == 0
    assert opened(other, saved, "documents").rebuilt == 0
    (saved / "passages.json").write_bytes((saved / "documents.json").read_bytes())
    assert opened(truth, saved).rebuilt == 1


def flip(file, at):
    data = bytearray(file.read_bytes())
    data[at] ^= 0x10
    file.write_bytes(data)


def changed(folder, **more):
    pointer = folder / "passages.json"
    pointer.write_text(json.dumps(json.loads(pointer.read_text()) | more))


DAMAGES = {
    "pointer empty": lambda f: (f / "passages.json").write_bytes(b""),
    "pointer torn": lambda f: (f / "passages.json").write_bytes((f / "passages.json").read_bytes()[:90]),
    "pointer no text": lambda f: (f / "passages.json").write_bytes(b"\xff\x00\xfe" * 50),
    "pointer no object": lambda f: (f / "passages.json").write_text("[1, 2]"),
    "pointer altered": lambda f: changed(f, last=199),
    "pointer lacks a key": lambda f: (f / "passages.json").write_text('{"format": 1, "seal": ""}'),
    "index missing": lambda f: index_file(f).unlink(),
    "index empty": lambda f: index_file(f).write_bytes(b""),
    "index cut off": lambda f: os.truncate(index_file(f), index_file(f).stat().st_size - 1),
    "index longer": lambda f: index_file(f).write_bytes(index_file(f).read_bytes() + b"\0"),
    "index is a folder": lambda f: (index_file(f).rename(f / "x"), (f / json_file(f)).mkdir()),
    **{f"bit {at}": lambda f, at=at: flip(index_file(f), at) for at in (0, 5, 30, 45, 2000, -9, -1)},
}


def json_file(folder):
    return json.loads((folder / "passages.json").read_text())["file"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_built_again_and_told(truth, saved, damage):
    DAMAGES[damage](saved)
    view = opened(truth, saved)
    assert view.rebuilt == 1
    assert any("built again" in warning for warning in view.warnings)


@pytest.mark.parametrize("damage", sorted(set(DAMAGES) - {"index is a folder"}))
def test_saving_heals_what_was_damaged(truth, saved, damage):
    DAMAGES[damage](saved)
    opened(truth, saved).save()
    assert opened(truth, saved).rebuilt == 0
    assert files(saved) == [index_file(saved).name, "passages.json"]


def sealed(folder, **more):
    """Rewrite the pointer as another program would have written it."""
    said = json.loads((folder / "passages.json").read_text())
    del said["seal"]
    (folder / "passages.json").write_bytes(snapshots._sealed(said | more))


@pytest.mark.parametrize(
    "more",
    [
        {"format": 99},
        {"fingerprint": "model-b"},
        {"dimension": 8},
        {"count": 201},
        {"last": 201},
        {"erasure": 1},
        {"surplus": "of a newer program"},
        {"file": "../../passages-0-0.faiss"},
        {"sha256": "0" * 64},
    ],
    ids=str,
)
def test_what_belongs_to_something_else_is_built_again(truth, saved, more):
    sealed(saved, **more)
    assert opened(truth, saved).rebuilt == 1


def test_another_encoder_never_meets_the_vectors_of_the_first(truth, saved):
    other = Memory(fingerprint="model-b")
    other.add(unit_rows(6, 200))
    assert opened(other, saved).rebuilt == 1
    wide = Memory(dimension=24)
    wide.add(unit_rows(6, 200, 24))
    view = View(wide, saved, "passages")
    view.refresh()
    assert view.rebuilt == 1 and view.nearest(wide.rows(), 1)[1][:, 0].tolist() == sorted(wide.vectors)


def test_the_snapshot_of_another_corpus_with_the_same_counts_is_noticed(saved):
    other = Memory()
    other.add(unit_rows(7, 200))
    assert opened(other, saved).rebuilt == 1


@pytest.mark.parametrize("after", [0, 5, 20, 40])
def test_a_backup_older_than_the_snapshot(truth, saved, after):
    backup = Memory()
    backup.add(unit_rows(1, 200)[:180])
    backup.add(unit_rows(8, after))
    assert opened(backup, saved).rebuilt == 1


def test_a_backup_from_before_an_erasure(truth, saved):
    truth.erase([7])
    keep(truth, saved)
    backup = Memory()
    backup.add(unit_rows(1, 200))
    assert opened(backup, saved).rebuilt == 1


def test_swept_under_the_reader(truth, saved, monkeypatch):
    whole, times = snapshots._index, []

    def slow(file, digest, label):
        times.append(file)
        if len(times) == 1:
            keep_other.save()  # replaces, and deletes what we are about to open
        return whole(file, digest, label)

    keep_other = opened(truth, saved)
    truth.add(unit_rows(2, 3))
    monkeypatch.setattr(snapshots, "_index", slow)
    assert opened(truth, saved).rebuilt == 0
    assert len(set(times)) == 2


def test_what_was_erased_is_not_saved_by_who_still_had_it(truth, saved):
    late = opened(truth, saved)
    codes = truth.rows()[6].tobytes()
    assert codes in index_file(saved).read_bytes()
    truth.erase([7])
    sweep(saved, truth)
    assert files(saved) == []
    late.save()
    assert codes not in index_file(saved).read_bytes()
    assert late.rebuilt == 0


def test_sweep_keeps_what_has_seen_the_last_erasure(truth, saved):
    before = files(saved)
    for stray in ("passages-0-aa.part", "documents-x.part", "passages.faiss", "passages-3-ab.faiss"):
        (saved / stray).write_bytes(b"x")
    (saved / "documents.json").write_text("torn")
    sweep(saved, truth)
    assert files(saved) == before
    sweep(saved / "not there", truth)


def test_drafts_of_the_killed_are_deleted_by_who_saves_next(truth, saved):
    (saved / "passages-5-ab-cd.part").write_bytes(b"half a snapshot")
    keep(truth, saved)
    assert files(saved) == [index_file(saved).name, "passages.json"]


def test_who_does_not_get_the_lock_says_so(truth, saved, monkeypatch):
    monkeypatch.setattr(neighbours, "_PATIENCE", 0.05)
    view = opened(truth, saved)
    before = files(saved)
    with locked(saved, wait=1):
        view.save()
        with pytest.raises(CorpusBusy), locked(saved, wait=0.05):
            pass
    assert "another process" in view.warnings[0] and files(saved) == before
    view.save()
    assert view.warnings == []


CHILD = """
import os, resource, sys
sys.path[:0] = {path!r}
from pathlib import Path
from numbered import Memory, agrees, unit_rows
from forensics.index.neighbours import View
folder = Path({folder!r})
truth = Memory()
truth.add(unit_rows(1, 200))
truth.add(unit_rows(2, 20))
{before}
view = View(truth, folder, "passages")
view.refresh()
assert view.rebuilt == {rebuilt}
view.save()
assert agrees(view, truth, unit_rows(3, 5))
(warning,) = view.warnings
assert "could not be saved" in warning and "nothing is lost" in warning, warning
print(warning)
"""

ROOT = Path(__file__).parents[2]


def child(folder, before, rebuilt):
    code = CHILD.format(
        path=[str(ROOT), str(Path(__file__).parent)], folder=str(folder), before=before, rebuilt=rebuilt
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


FULL = "resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, resource.RLIM_INFINITY))"


@pytest.mark.parametrize("limit", [0, 100, 8000])
def test_a_full_disk_costs_the_snapshot_and_nothing_else(truth, saved, limit):
    before = files(saved)
    assert "large" in child(saved, FULL.format(limit=limit), rebuilt=0)
    assert files(saved) == before
    assert opened(truth, saved).rebuilt == 0


def test_a_disk_that_is_full_when_the_pointer_is_written(truth, saved, monkeypatch):
    whole = snapshots._put

    def put(place, content):
        if place.suffix == ".json":
            raise OSError(28, "No space left on device")
        whole(place, content)

    view = opened(truth, saved)
    monkeypatch.setattr(snapshots, "_put", put)
    before = files(saved)
    view.save()
    assert "No space left" in view.warnings[0] and files(saved) == before


def test_a_folder_that_may_not_be_written_is_read(truth):
    with tempfile.TemporaryDirectory() as top:
        Path(top).chmod(0o755)
        folder = Path(top) / "views"
        keep(truth, folder)
        for each in folder.iterdir():
            each.chmod(0o444)
        folder.chmod(0o555)
        nobody = "os.setuid(65534)" if os.getuid() == 0 else "pass"
        before = files(folder)
        assert "denied" in child(
            folder,
            "from forensics.index.neighbours import threaded_faiss; threaded_faiss(); " + nobody,
            rebuilt=0,
        )
        assert files(folder) == before
        folder.chmod(0o755)


def test_a_folder_that_cannot_be_made(truth, tmp_path):
    (tmp_path / "file").write_text("in the way")
    view = View(truth, tmp_path / "file" / "views", "passages")
    view.refresh()
    view.save()
    assert agrees(view, truth, unit_rows(3, 5)) and view.warnings


def test_what_was_costly_to_build_is_kept_for_the_next_process(truth, tmp_path, monkeypatch):
    """As after a process was killed that had stored vectors and not yet saved."""
    monkeypatch.setattr(neighbours, "COSTLY", 150)
    view = opened(truth, tmp_path)
    view.keep()
    assert view.rebuilt == 1
    truth.read = 0
    after = opened(truth, tmp_path)
    assert (after.rebuilt, after.warnings) == (0, [])
    before = index_file(tmp_path)
    after.keep()
    assert index_file(tmp_path) == before, "nothing new, and yet written again"
    truth.add(unit_rows(3, 160))
    after.refresh()
    after.keep()
    assert index_file(tmp_path) != before


def test_what_is_quickly_built_is_not_kept_by_who_only_asks(truth, tmp_path):
    opened(truth, tmp_path / "views").keep()
    assert not (tmp_path / "views").exists()


def test_who_only_asks_does_not_wait_for_who_saves(truth, tmp_path, monkeypatch):
    monkeypatch.setattr(neighbours, "COSTLY", 150)
    view = opened(truth, tmp_path)
    with locked(tmp_path, wait=0):
        view.keep()
    assert (files(tmp_path), view.warnings) == ([], [])


def test_a_folder_that_cannot_be_written_is_told_once(truth, tmp_path, monkeypatch):
    monkeypatch.setattr(neighbours, "COSTLY", 150)
    (tmp_path / "views").write_text("a file where the folder should be")
    view = View(truth, tmp_path / "views", "passages")
    view._looked = True
    view.refresh()
    view.keep()
    (told,) = view.warnings
    assert "could not be saved" in told
    view.warnings = []
    view.keep()
    assert view.warnings == []
