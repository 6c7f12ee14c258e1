"""What a corpus costs as it grows: ingest beside encoding alone, the first check and the next ones, dedup.

``python tests/benchmarks/bench_scale.py [--documents 1000 10000] [--backend int8] [--folder F]``.

For each size: a synthetic archive is written and ingested by the command line with no vector cached; the same distinct
sentences are encoded alone by a process of its own, in the same run; then ``check`` of queries, each by a new process
(cold) and all in one (warm: without the first), and ``dedup``. Times are wall and CPU seconds of the whole tree of
processes, memory is its greatest sum of resident sets. With ``--folder`` archive and corpus are kept there, and
a corpus that is there is not ingested again.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from generated import corpus
from product import CommandLine

_ENCODE = """
import sys, time
from pathlib import Path
from forensics.features.neutral import sentences
from forensics.features.vectors import load_encoder
from forensics.index.corpus import Corpus
with Corpus.open(Path(sys.argv[1])) as opened:
    said = set()
    for doc in sorted(opened.population().rows):
        exhibit = opened.exhibit(doc)
        said.update(text for _, text in sentences(exhibit.document.text, exhibit.features.tokens))
encoder = load_encoder()
encoder.encode(["warm"])
texts = sorted(said)
wall, cpu = time.perf_counter(), time.process_time()
encoder.encode(texts)
print(len(texts), time.perf_counter() - wall, time.process_time() - cpu)
"""


@dataclass(frozen=True)
class Cost:
    """Of one command: seconds on the clock, CPU seconds of all its processes, MiB at most."""

    wall: float
    cpu: float
    memory: float
    out: str

    def __str__(self) -> str:
        return f"{self.wall:.1f} s, {self.cpu:.1f} CPU seconds, {self.memory:.0f} MiB"


def cost(command: list[str], home: Path, backend: str) -> Cost:
    """Run it, and watch the memory of its tree."""
    before = os.times()
    began = time.perf_counter()
    most = 0.0
    environment = {**os.environ, "FORENSICS_HOME": str(home), "FORENSICS_BACKEND": backend}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    ) as run:
        told: list[str] = []
        reading = threading.Thread(target=lambda: told.extend(run.communicate()))
        reading.start()
        watched = psutil.Process(run.pid)
        while reading.is_alive():
            most = max(most, resident(watched))
            reading.join(0.2)
    if run.returncode not in (0, 1):
        raise SystemExit(f"{command} exits {run.returncode}: {told[1][-600:]}")
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.perf_counter() - began, spent, most / 2**20, told[0])


def resident(process: psutil.Process) -> float:
    """Bytes of a process and its children; 0 when it is gone."""
    try:
        tree = [process, *process.children(recursive=True)]
        return sum(each.memory_info().rss for each in tree)
    except psutil.NoSuchProcess:
        return 0


def forensics(*words: object) -> list[str]:
    """The command line of this interpreter's package."""
    return [sys.executable, "-m", "forensics", *map(str, words)]


def measure(folder: Path, documents: int, asked: argparse.Namespace) -> dict[str, float]:
    """Everything about one size; prints lines, returns seconds by name."""
    place, home = folder / "corpus", folder / "home"
    if not (folder / "archive").is_dir():
        corpus.write(folder, asked.seed, documents, per_operator=2, honest_checks=20)
    count = sum(1 for _ in (folder / "archive").iterdir())
    print(f"== {count:,} documents, {asked.backend}", flush=True)
    spent: dict[str, float] = {}
    if not place.is_dir():
        words = (folder / "archive", "--manifest", folder / "manifest.csv", "--corpus", place)
        ingest = cost(forensics("ingest", *words), home, asked.backend)
        alone = cost([sys.executable, "-c", _ENCODE, str(place)], home, asked.backend)
        texts, wall, cpu = map(float, alone.out.split())
        print(f"ingest: {ingest}")
        print(f"encoding its {texts:,.0f} distinct sentences alone: {wall:.1f} s, {cpu:.1f} CPU seconds")
        print(f"ratio: {ingest.wall / wall:.2f} on the clock, {ingest.cpu / cpu:.2f} of CPU", flush=True)
        spent["ingest"] = ingest.cpu
    queries = sorted((folder / "queries").iterdir())[: asked.checks]
    cold = [
        cost(forensics("check", each, "--corpus", place, "--json"), home, asked.backend)
        for each in queries[:5]
    ]
    typical = sorted(cold, key=lambda each: each.wall)[len(cold) // 2]
    print(f"check, cold: median {typical}")
    os.environ |= {"FORENSICS_HOME": str(home), "FORENSICS_BACKEND": asked.backend}
    took = [seconds for _, seconds in CommandLine(place).check(queries, folder / "queries.csv")][1:]
    print(f"check, warm: median {statistics.median(took):.3f} s, worst {max(took):.3f} s", flush=True)
    looked = cost(forensics("dedup", "--corpus", place, "--json"), home, asked.backend)
    told: dict[str, Any] = json.loads(looked.out)
    print(f"dedup: {looked}; {len(told['pairs'])} pairs, recall of neighbours {told['recall']}", flush=True)
    return spent | {"check": statistics.median(took), "dedup": looked.cpu}


def main() -> None:
    """Run as the arguments say."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--documents", type=int, nargs="+", default=[1000])
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--checks", type=int, default=40)
    words.add_argument("--backend", choices=["int8", "torch"], default="int8")
    words.add_argument("--folder", type=Path, help="keep archive and corpus here; for one size")
    asked = words.parse_args()
    before: dict[str, float] = {}
    for documents in asked.documents:
        if asked.folder:
            found = measure(asked.folder, documents, asked)
        else:
            with tempfile.TemporaryDirectory(prefix="forensics-bench-") as folder:
                found = measure(Path(folder), documents, asked)
        for name in before.keys() & found.keys():
            print(f"{name}: {found[name] / before[name]:.2f} times as much as at the size before")
        before = found


if __name__ == "__main__":
    main()
