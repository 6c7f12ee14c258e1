"""What a view costs: each kind of index against brute force by numpy, on the same vectors in the same run.

``python tests/benchmarks/bench_views.py [--counts 25000 250000] [--kinds Flat SQ8 IVF] [--vectors FILE.npy]
[--batches 25000 100000]``.

A check asks for the 16 nearest of 25 vectors at once; median of several, warm, with the threads of the
settings. ``load`` is a new view that takes the snapshot, in a process that has FAISS loaded. Without
``--vectors`` (float, ``(n, dimension)``, rows of length 1; more are mixed from them) they are synthetic:
centres of topics with noise. Recall is against brute force over the truth. ``--batches``: all against all,
against what brute force would take, by the time it takes for 1,000 of the vectors.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from forensics.index import batches, neighbours
from forensics.index.neighbours import View
from forensics.index.truth import Halves, Numbers, State
from forensics.settings import settings

K, QUERIES = 16, 25


class Columns:
    """A truth in two arrays."""

    fingerprint = "benchmark"

    def __init__(self, vectors: Halves) -> None:
        self.vectors, self.dimension = vectors, vectors.shape[1]
        self.numbers = np.arange(1, len(vectors) + 1, dtype=np.int64)

    @contextmanager
    def moment(self) -> Iterator[State]:
        yield State(count=len(self.numbers), last=len(self.numbers), erasure=0)

    def after(self, number: int) -> Iterator[tuple[Numbers, Halves]]:
        for at in range(number, len(self.numbers), 20_000):
            yield self.numbers[at : at + 20_000], self.vectors[at : at + 20_000]

    def erased_after(self, erasure: int) -> list[int]:
        return []


def unit(rows: Any) -> Any:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def made(count: int, source: Path | None, seed: int = 1) -> tuple[Any, Any]:
    """Vectors of the truth, and queries near some of them."""
    rng = np.random.default_rng(seed)
    if source is None:
        topics = unit(rng.standard_normal((2000, 384), dtype=np.float32))
        picked = topics[rng.integers(0, len(topics), count)]
        rows = unit(picked + 0.05 * rng.standard_normal((count, 384), dtype=np.float32))
    else:
        real = np.load(source).astype(np.float32)
        real = real[rng.permutation(len(real))][:count]
        more = max(0, count - len(real))
        a, b = real[rng.integers(0, len(real), more)], real[rng.integers(0, len(real), more)]
        rows = np.concatenate([real, unit(0.6 * a + 0.4 * b)])
    near = rows[rng.integers(0, count, 40 * QUERIES)]
    return rows.astype(np.float16), unit(near + 0.02 * rng.standard_normal(near.shape, dtype=np.float32))


def brute(rows: Any, queries: Any) -> Any:
    cosines = queries @ rows.T
    best = np.argpartition(-cosines, K, axis=1)[:, :K]
    return np.take_along_axis(best, np.argsort(-np.take_along_axis(cosines, best, 1), axis=1), 1) + 1


def timed(what: Callable[[], Any], rounds: int = 1) -> tuple[float, Any]:
    """Median seconds, and the last result."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = what()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), result


def recall(found: Any, true: Any) -> float:
    return float(
        np.mean([len(set(a) & set(b)) / len(b) for a, b in zip(found[:, :10], true[:, :10], strict=True)])
    )


def peers(rows: Any, queries: Any) -> tuple[float, Any]:
    """Seconds of brute force for a check, and the true neighbours of all queries."""
    brute(rows, queries[:QUERIES])
    peer, _ = timed(lambda: brute(rows, queries[:QUERIES]), 7)
    return peer, np.concatenate([brute(rows, queries[at : at + 100]) for at in range(0, len(queries), 100)])


def force(kind: str) -> None:
    """Have views of that kind, whatever the count."""
    neighbours.FLAT = 10**9 if kind == "Flat" else 0
    neighbours.SCANNED = 0 if kind == "IVF" else 10**9


def measure(kind: str, truth: Columns, queries: Any, true: Any, peer: float) -> None:
    force(kind)
    with tempfile.TemporaryDirectory() as place:
        view = View(truth, Path(place), "passages")
        build, _ = timed(view.refresh)
        view.nearest(queries[:QUERIES], K)
        check, _ = timed(lambda: view.nearest(queries[:QUERIES], K), 7)
        share = recall(view.nearest(queries, K)[1], true)
        save, _ = timed(view.save)
        again = View(truth, Path(place), "passages")
        load, _ = timed(again.refresh)
        assert again.rebuilt == 0, again.warnings
    print(
        f"{len(truth.numbers):>9,} {view.kind:>12} {view.bytes_per_vector:>8.0f} {build:>8.2f} {1000 * check:>9.1f} "
        f"{check / peer:>8.2f} {share:>9.4f} {save:>7.2f} {load:>7.2f}   {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def all_against_all(count: int, source: Path | None) -> None:
    rows, _ = made(count, source)
    single = unit(rows.astype(np.float32))
    peer, _ = timed(lambda: [brute(single, single[at : at + 250]) for at in range(0, 1000, 250)])
    start, processor = time.perf_counter(), time.process_time()
    report, lists = batches.neighbour_lists(Columns(rows), K)
    given = sum(len(numbers) for numbers, _, _ in lists)
    taken, processor = time.perf_counter() - start, time.process_time() - processor
    assert given == count
    print(
        f"all against all of {count:,}: {taken:.0f} s ({processor:.0f} of processor), numpy {peer * count / 1000:.0f} s, "
        f"recall@{K} {report.recall:.3f}, {report.probed} of {report.groups} groups, {report.memory / 1e6:.0f} MB, "
        f"load average {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[25_000, 250_000])
    parser.add_argument("--kinds", nargs="+", default=["Flat", "SQ8", "IVF"])
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--batches", type=int, nargs="*", default=[25_000, 100_000])
    asked = parser.parse_args()
    print(f"{QUERIES} queries, {K} nearest, {settings().workers} threads")
    print(
        "    count         kind  B/vector  build s  ms/check  / numpy  recall@10  save s  load s  load average"
    )
    for count in asked.counts:
        rows, queries = made(count, asked.vectors)
        truth = Columns(rows)
        peer, true = peers(unit(rows.astype(np.float32)), queries)
        print(
            f"{count:>9,} {'numpy fp32':>12} {4 * truth.dimension:>8} {'':>8} {1000 * peer:>9.1f} {1:>8.2f} {1:>9.4f}"
        )
        for kind in asked.kinds:
            measure(kind, truth, queries, true, peer)
    for count in asked.batches:
        all_against_all(count, asked.vectors)


if __name__ == "__main__":
    main()
