"""Views of the truth: FAISS indexes that are rebuilt whenever they disagree with it.

A view knows the state of the truth it has seen. :meth:`View.refresh` brings it to the state of the moment:
it removes what was erased, adds what is new, and looks whether both then agree. When they do not, whatever
the reason, it is built again from the truth. An id map out of step would return another person's document
with a similarity of 1: nothing here is served on trust.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
import numpy.typing as npt

from forensics.errors import CorpusBusy, CorpusError, ModelError
from forensics.index import snapshots
from forensics.index.truth import Halves, Numbers, State, Truth

__all__ = ["State", "Truth", "View"]

# Measured with tests/benchmarks/bench_views.py on MiniLM (int8) vectors of task statements and mixtures of them, 25
# queries at once on two threads of a machine that was busy, hence as multiples of one product of matrices in numpy:
# flat 2.5 among 25,000, 3.8 among 250,000; SQ8 1.3 and 1.4, recall@10 0.993; IVF1024,SQ8 with 64 probes 0.14 and 0.18,
# recall 0.92. 250,000 are built in 2.3 s as SQ8 and 38 s as an inverted file.

FLAT = 20_000
"""Up to so many vectors are kept as they are, 4 bytes a number."""

SCANNED = 150_000
"""Up to so many are compared one by one, in one byte a number (SQ8); above, only those of the nearest lists."""

COSTLY = 20_000
"""More vectors than this, read from the database, are worth a snapshot even for a process that only asks."""

GROWTH = 3.0
"""A quantiser is trained again when the truth has grown by this factor since."""

LISTS = 1024
PROBES = 192
"""Lists of an inverted file, and how many of them a query looks into: recall@10 is 0.942 with 64 of them, 0.965
with 128, 0.974 with 192, 0.982 with 256; the nearest of all was always found (78,000 vectors, 400 queries)."""

TRAINED = 65_536
"""So many vectors, spread evenly over the truth, at most train a quantiser."""

MARGIN = 0.2
"""A quantiser covers the range of what trained it, and this share of it more: what lies outside is clipped.

Trained on 6,000 of 78,000 real vectors with this margin, 0.5 % of the vectors are clipped somewhere, none keeps a cosine
below 0.998 with itself, and recall@10 is 0.995, as when trained on all."""

SAME = 0.98
"""The least cosine of a vector and what a view keeps of it."""

_PATIENCE = 10.0  # seconds that a view waits for others who save

Rows = npt.NDArray[np.float32]


def kind_for(count: int) -> str:
    """What kind of index holds so many vectors, in the words of FAISS."""
    if count <= FLAT:
        return "Flat"
    return "SQ8" if count <= SCANNED else f"IVF{LISTS},SQ8"


class View:
    """The vectors of a truth, ready to be searched. State: a FAISS index, and what of the truth it has seen.

    ``name`` tells views of one ``folder`` apart, ``passages`` or ``documents``; without a folder nothing is
    ever saved. ``rebuilt`` counts how often it was built from the truth; ``warnings`` says what went wrong
    that a person should know of, and yet stopped nothing. May be shared by threads.
    """

    def __init__(self, truth: Truth, folder: Path | None, name: str) -> None:
        self._truth = truth
        self._folder = folder
        self._name = name
        self._lock = RLock()
        self._faiss = threaded_faiss()
        self._index: Any = None
        self._seen = State(count=0, last=0, erasure=0)
        self._trained = 0
        self._unsaved = 0
        self._looked = folder is None
        self._doubted = False
        self.kind = kind_for(0)
        self.rebuilt = 0
        self.warnings: list[str] = []

    @property
    def bytes_per_vector(self) -> float:
        """Memory, and size of the snapshot, for each vector: its numbers, its own number, and its list."""
        each = self._truth.dimension * (4 if self.kind == "Flat" else 1) + 8
        lists = LISTS * self._truth.dimension * 4 if self.kind.startswith("IVF") else 0
        return each + lists / max(1, self._seen.count)

    def refresh(self) -> None:
        """Bring the view to the state of the truth, from its snapshot if this is the first time.

        Costs what has changed. Raises :class:`~forensics.errors.CorpusError` when the truth contradicts
        itself.
        """
        with self._lock, _explained():
            if not self._looked:  # before the moment: a snapshot from after it would be of no use
                self._looked = True
                self._load()
            with self._truth.moment() as now:
                if self._index is None or not self._follow(now):
                    self._rebuild(now)

    def nearest(self, vectors: Rows, k: int) -> tuple[Rows, Numbers]:
        """Cosines and numbers of the nearest vectors, both ``(n, k)``, best first.

        ``vectors`` is ``(n, dimension)``, rows of length 1. Where there are fewer than ``k``, the number is -1
        and the cosine -1. Says what was true at the last :meth:`refresh`. Raises
        :class:`~forensics.errors.ModelError` for vectors of another dimension.
        """
        if vectors.ndim != 2 or vectors.shape[1] != self._truth.dimension:
            raise ModelError(
                f"vectors of shape {vectors.shape} cannot be compared with vectors of {self._truth.dimension} "
                "numbers: use the model that the corpus was made with."
            )
        with self._lock:
            if self._index is None:
                self.refresh()
            if not len(vectors) or not self._index.ntotal:
                return np.full((len(vectors), k), -1, np.float32), np.full((len(vectors), k), -1, np.int64)
            with _explained():
                cosines, numbers = self._index.search(np.ascontiguousarray(vectors, np.float32), k)
        return np.where(numbers < 0, -1, np.clip(cosines, -1, 1)), numbers

    def save(self) -> None:
        """Write a snapshot for the next process. Never raises for what the disk does: see ``warnings``."""
        try:
            self._write(_PATIENCE)
            self.warnings = []
        except (OSError, CorpusBusy) as error:
            self._unwritten(error)

    def keep(self) -> None:
        """As :meth:`save`, where so many vectors came from the truth that the next process would wait for them.

        So it is after a process was killed that had stored them. Where another one saves, that is enough.
        """
        if self._unsaved <= COSTLY:
            return
        try:
            self._write(0.0)
        except CorpusBusy:
            return
        except OSError as error:
            self._unwritten(error)
            self._unsaved = 0  # told once

    def _write(self, patience: float) -> None:
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        # What was erased before the lock is ours does not go into the file; who erases later sweeps after us.
        with snapshots.locked(self._folder, wait=patience), self._lock:
            self.refresh()
            snapshots.write(self._folder, self._index, self._label())
            self._unsaved = 0

    def _unwritten(self, error: Exception) -> None:
        self._warn(
            f"the index of {self._name} could not be saved in {self._folder} ({_said(error)}): nothing is lost, "
            "but the next command has to build it again; make room or allow writing there."
        )

    def _label(self) -> snapshots.Label:
        return snapshots.Label(
            view=self._name,
            fingerprint=self._truth.fingerprint,
            dimension=self._truth.dimension,
            kind=self.kind,
            count=self._seen.count,
            last=self._seen.last,
            erasure=self._seen.erasure,
            trained=self._trained,
        )

    def _load(self) -> None:
        """Take the snapshot, if there is one of this encoder that is whole."""
        assert self._folder is not None
        try:
            found = snapshots.load(self._folder, self._name)
        except snapshots.Damaged as error:
            self._warn(f"the saved index of {self._name} was damaged ({error}) and is built again.")
            return
        if found is None:
            return
        index, label = found
        if (label.fingerprint, label.dimension) == (self._truth.fingerprint, self._truth.dimension):
            self._take(index, label.kind, label.trained)
            self._seen = State(count=label.count, last=label.last, erasure=label.erasure)
            self._doubted = True

    def _take(self, index: Any, kind: str, trained: int) -> None:
        self._index, self.kind, self._trained = index, kind, trained
        if kind.startswith("IVF"):
            index.nprobe = PROBES

    def _follow(self, now: State) -> bool:
        """Remove and add what has changed; whether the view then is what the truth says."""
        seen = self._seen
        if now == seen and not self._doubted:
            return True
        if now.last < seen.last or now.erasure < seen.erasure or self._outgrown(now):
            return False
        index, self._index = self._index, None  # whoever fails half-way has no view
        if now.erasure > seen.erasure:
            gone = np.array(self._truth.erased_after(seen.erasure), np.int64)
            index.remove_ids(self._faiss.IDSelectorBatch(gone))
        newest = int(_numbers(self._faiss, index).max(initial=0))
        if not self._append(index, newest, seen.last) or index.ntotal != now.count:
            return False
        self._index, self._seen, self._doubted = index, now, False
        return True

    def _append(self, index: Any, newest: int, last: int) -> bool:
        """Add what follows ``last``; whether the newest vector that the view had is where it was.

        After a backup was restored, the same numbers may have been given to other vectors.
        """
        known = newest == 0
        for numbers, vectors in self._truth.after(max(0, newest - 1)):
            rows = single_rows(vectors)
            if not known:
                known = numbers[0] == newest and self._holds(index, newest, rows[:1])
            fresh = numbers > last
            if not known or np.any(numbers[~fresh] != newest):
                return False
            if fresh.any():
                index.add_with_ids(np.ascontiguousarray(rows[fresh]), numbers[fresh])
                self._unsaved += int(fresh.sum())
        return known

    def _holds(self, index: Any, number: int, vector: Rows) -> bool:
        only = self._faiss.IDSelectorBatch(np.array([number], np.int64))
        inverted = self.kind.startswith("IVF")
        how = self._faiss.SearchParametersIVF(sel=only, nprobe=LISTS) if inverted else None
        found = index.search(vector, 1, params=how or self._faiss.SearchParameters(sel=only))
        return bool(found[1][0, 0] == number and found[0][0, 0] >= SAME)

    def _outgrown(self, now: State) -> bool:
        """Whether so many vectors want another kind of index, or a quantiser trained on more of them."""
        if self.kind != kind_for(now.count) and self.kind != kind_for(2 * now.count):
            return True
        return self.kind != "Flat" and now.count > GROWTH * self._trained

    def _rebuild(self, now: State) -> None:
        self._index = None
        self.rebuilt += 1
        kind = kind_for(now.count)
        index = _trained_index(
            self._faiss, kind, self._sample(now.count) if kind != "Flat" else None, self._truth
        )
        highest = 0
        for numbers, vectors in self._truth.after(0):
            if np.any(np.diff(numbers, prepend=highest) <= 0):
                raise CorpusError(f"the database gives {self._name} twice or out of order: {_REPAIR}")
            index.add_with_ids(single_rows(vectors), numbers)
            highest = int(numbers[-1])
        if index.ntotal != now.count or highest > now.last:
            raise CorpusError(
                f"the database counts {now.count} {self._name} up to number {now.last} and holds {index.ntotal} "
                f"up to {highest}: {_REPAIR}"
            )
        self._take(index, kind, now.count)
        self._seen, self._doubted, self._unsaved = now, False, now.count

    def _sample(self, count: int) -> Rows:
        """What trains a quantiser: vectors spread evenly over the truth, at most :data:`TRAINED`.

        Two more rows hold the least and the largest of each number, so that nothing of the truth is clipped.
        """
        step = -(-count // TRAINED)
        taken, at = [], 0
        least = np.full((1, self._truth.dimension), np.inf, np.float32)
        most = -least
        for _, vectors in self._truth.after(0):
            rows = single_rows(vectors)
            np.minimum(least, rows.min(axis=0), out=least)
            np.maximum(most, rows.max(axis=0), out=most)
            taken.append(rows[-at % step :: step])
            at += len(rows)
        return np.concatenate([*taken, least, most])

    def _warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)


_REPAIR = "it is damaged; restore a backup, or ingest the files into a new corpus."


def threaded_faiss() -> Any:
    """FAISS, imported at the first view, with as many threads as the settings allow."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # spinning threads collapse on a shared machine
    import faiss

    from forensics.settings import settings

    faiss.omp_set_num_threads(settings().workers)
    # Few large products of matrices: with the blocks of FAISS, a check among 250,000 takes three times as long.
    faiss.cvar.distance_compute_blas_database_bs = 65_536
    faiss.cvar.distance_compute_blas_query_bs = 256
    return faiss


@contextmanager
def _explained() -> Iterator[None]:
    """What FAISS throws in C++, as one of our errors."""
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        raise CorpusError(
            f"the vectors cannot be searched ({error}): if memory is short, close other programs and try again."
        ) from error


def _trained_index(faiss: Any, kind: str, sample: Rows | None, truth: Truth) -> Any:
    """An empty index of the kind, for inner products."""
    described = kind if kind.startswith("IVF") else f"IDMap,{kind}"
    index = faiss.index_factory(truth.dimension, described, faiss.METRIC_INNER_PRODUCT)
    if sample is not None:
        if kind.startswith("IVF"):
            index.by_residual = False  # the range of a whole vector holds for those to come, too
            index.cp.min_points_per_centroid = 1  # fewer than it likes are said on stderr
            index.cp.max_points_per_centroid = max(1, TRAINED // LISTS)
        inner = index if kind.startswith("IVF") else faiss.downcast_index(index.index)
        inner.sq.rangestat_arg = MARGIN / 2
        index.train(sample)
    return index


def _numbers(faiss: Any, index: Any) -> Numbers:
    """The numbers of all vectors in the index, in no order."""
    if hasattr(index, "id_map"):
        return np.asarray(faiss.vector_to_array(index.id_map), np.int64)
    lists = index.invlists
    parts = [
        faiss.rev_swig_ptr(lists.get_ids(at), lists.list_size(at)).copy()
        for at in range(lists.nlist)
        if lists.list_size(at)
    ]
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def single_rows(vectors: Halves) -> Rows:
    """Single precision, rows of length 1 again; raises :class:`CorpusError` for what is no number."""
    rows = np.array(vectors, np.float32, order="C")
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if not np.isfinite(lengths).all():
        raise CorpusError(f"a vector in the database is not a number: {_REPAIR}")
    rows /= np.maximum(lengths, 1e-9)
    return rows


def _said(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
