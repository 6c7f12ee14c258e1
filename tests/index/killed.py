"""Writers, readers and erasers on one truth and one folder of views, killed over and over; then the accounts.

``python killed.py FOLDER KIND ROUNDS SEED``. One process forks all others, before any of them has a thread.
Vectors follow from their numbers, so that what is erased can still be searched for.
"""

import mmap
import os
import random
import signal
import sqlite3
import sys
import time
import traceback
from contextlib import contextmanager
from pathlib import Path

import faiss
import numpy as np
from numbered import unit_rows

from forensics.index import neighbours
from forensics.index.neighbours import View
from forensics.index.snapshots import sweep
from forensics.index.truth import State

KINDS = {"Flat": (10**9, 10**9), "SQ8": (40, 10**9), "IVF": (40, 80)}
LARGEST = 400
COARSE = 0.6
"""A quantiser trained on 40 vectors clips many of those to come: this much of a cosine is left of the worst."""
SCHEMA = """
CREATE TABLE held (number INTEGER PRIMARY KEY AUTOINCREMENT, vector BLOB NOT NULL);
CREATE TABLE gone (erasure INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER NOT NULL);
"""


def vector_of(number):
    return unit_rows(number, 1)


def single(number):
    """As a view holds it."""
    row = vector_of(number).astype(np.float32)
    return row / np.linalg.norm(row)


class Sqlite:
    """A truth in a database that several processes write."""

    fingerprint, dimension = "model-a", 16

    def __init__(self, file):
        self.db = sqlite3.connect(file, timeout=60, isolation_level=None)
        self.db.execute("PRAGMA synchronous = OFF")  # the machine does not fail here, only processes do

    @contextmanager
    def tied(self, how):
        if self.db.in_transaction:
            yield
            return
        self.db.execute(how)
        try:
            yield
        finally:
            self.db.execute("COMMIT")

    @contextmanager
    def moment(self):
        with self.tied("BEGIN"):
            given = dict(self.db.execute("SELECT name, seq FROM sqlite_sequence"))
            (count,) = self.db.execute("SELECT count(*) FROM held").fetchone()
            yield State(count=count, last=given.get("held", 0), erasure=given.get("gone", 0))

    def after(self, number):
        assert self.db.in_transaction
        while rows := self.db.execute(
            "SELECT number, vector FROM held WHERE number > ? ORDER BY number LIMIT 50", (number,)
        ).fetchall():
            number = rows[-1][0]
            vectors = np.frombuffer(b"".join(blob for _, blob in rows), np.float16)
            yield np.array([each for each, _ in rows], np.int64), vectors.reshape(len(rows), -1)

    def erased_after(self, erasure):
        return [n for (n,) in self.db.execute("SELECT number FROM gone WHERE erasure > ?", (erasure,))]

    def numbers(self):
        return [number for (number,) in self.db.execute("SELECT number FROM held ORDER BY number")]

    def add(self, count):
        with self.tied("BEGIN IMMEDIATE"):
            last = dict(self.db.execute("SELECT name, seq FROM sqlite_sequence")).get("held", 0)
            for number in range(last + 1, last + 1 + count):
                self.db.execute("INSERT INTO held (vector) VALUES (?)", (vector_of(number).tobytes(),))

    def erase(self, numbers):
        with self.tied("BEGIN IMMEDIATE"):
            for number in numbers:
                if self.db.execute("DELETE FROM held WHERE number = ?", (number,)).rowcount:
                    self.db.execute("INSERT INTO gone (number) VALUES (?)", (number,))


def exact(view, truth):
    """The view, just refreshed inside this moment, is the truth: the same numbers, each nearest to itself."""
    numbers = truth.numbers()
    _, found = view.nearest(np.ones((1, 16), np.float32) / 4, len(numbers) + 1)
    assert sorted(found[0].tolist()) == [-1, *numbers], "the view has other numbers than the truth"
    if numbers:
        cosines, nearest = view.nearest(np.concatenate([single(each) for each in numbers]), 1)
        assert nearest[:, 0].tolist() == numbers, "a vector finds another than itself"
        assert cosines.min() > (0.9999 if view.kind == "Flat" else COARSE)


def write(truth, folder, chance):
    view = View(truth, folder, "passages")
    while True:
        yield
        if len(truth.numbers()) < LARGEST:
            truth.add(chance.randrange(1, 40))
        if chance.random() < 0.7:
            view.save()
            assert view.warnings == [], view.warnings


def read(truth, folder, chance):
    while True:
        yield
        view = View(truth, folder, "passages")
        for _ in range(chance.randrange(1, 4)):
            with truth.moment():
                view.refresh()
                exact(view, truth)
            assert view.warnings == [], view.warnings


def erase(truth, folder, chance):
    while True:
        yield
        numbers = truth.numbers()
        truth.erase(chance.sample(numbers, min(len(numbers), chance.randrange(1, 25))))
        sweep(folder, truth)


def account(truth, folder, _):
    """After the killing: what is there is true, and what was erased is nowhere."""
    yield
    view = View(truth, folder, "passages")
    view.refresh()
    assert view.warnings == [], view.warnings
    exact(view, truth)
    gone = truth.erased_after(0)
    sweep(folder, truth)
    nowhere(folder, gone, view)
    view.save()
    nowhere(folder, gone, view)
    again = View(truth, folder, "passages")
    again.refresh()
    assert again.rebuilt == 0, "a whole snapshot was not taken"
    exact(again, truth)


def nowhere(folder, gone, view):
    """No draft, and no byte of an erased vector in any file, in whatever form a view or the truth keeps it."""
    assert not list(folder.glob("*.part")), "a draft is left"
    index = view._index
    codec = (
        None
        if view.kind == "Flat"
        else index
        if view.kind.startswith("IVF")
        else faiss.downcast_index(index.index)
    )
    data = b"".join(each.read_bytes() for each in folder.iterdir())
    for number in gone:
        kept = codec.sa_encode(single(number))[0, -16:].tobytes() if codec else b""
        for form in (vector_of(number).tobytes(), single(number).tobytes(), kept):
            assert not form or form not in data, f"{number} was erased and is in a file"


def forked(task, file, folder, seed, turns=None, place=0):
    """Run a task in a process of its own, which counts its turns; it ends with 1 if something is wrong."""
    child = os.fork()
    if child:
        return child
    try:
        for turn, _ in enumerate(task(Sqlite(file), folder, random.Random(seed))):
            if turns is not None:
                turns[place] = min(turn, 255)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def code(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


TASKS = (write, write, read, erase)


def wait(turns, which, count):
    """Until that process has had so many turns, and somebody has erased."""
    deadline = time.monotonic() + 60
    while turns[which] < count or turns[TASKS.index(erase)] < 1:
        assert time.monotonic() < deadline, f"nothing moves: {list(turns[:])}"
        time.sleep(0.002)


def main(folder, kind, rounds, seed):
    neighbours.FLAT, neighbours.SCANNED = KINDS[kind]
    neighbours.LISTS = neighbours.PROBES = 4
    neighbours.SAME = COARSE
    file, views = folder / "truth.sqlite", folder / "views"
    views.mkdir()
    db = sqlite3.connect(file)
    db.execute("PRAGMA journal_mode = WAL")
    db.executescript(SCHEMA)
    db.close()
    chance = random.Random(seed)
    for at in range(rounds):
        turns = mmap.mmap(-1, len(TASKS))
        children = [forked(task, file, views, chance.random(), turns, n) for n, task in enumerate(TASKS)]
        wait(turns, chance.randrange(len(TASKS)), chance.randrange(1, 4))
        time.sleep(0.05 * chance.random())
        for child in chance.sample(children, len(children)):
            os.kill(child, signal.SIGKILL)
            time.sleep(chance.choice((0, 0.005)))
        codes = [code(child) for child in children]
        assert set(codes) == {-signal.SIGKILL}, f"round {at}: {codes}"
        assert code(forked(account, file, views, 0)) == 0, f"round {at}: see above"
    db = sqlite3.connect(file)
    print(
        *(
            db.execute(f"SELECT seq FROM sqlite_sequence WHERE name = '{n}'").fetchone()[0]
            for n in ("held", "gone")
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
