"""`dedup` of one archive by the local engine and by Ray on the same cores: start-up, wall and CPU, and their ratios.

``python tests/benchmarks/bench_ray.py [--documents 120] [--folder F]``.

Start-up is Ray's on one file. Each run has a home of its own with the model in it, so that no cached vector helps
anybody. CPU seconds are those of every process of the tree as last seen, five times a second: what a process does in
its last moments is missed, alike for both. The two must print the same JSON.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from generated import corpus


def cost(words: list[str], home: Path, model: Path) -> tuple[float, float, str]:
    """Wall and CPU seconds of a dedup, and what it prints."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(model / "models", home / "models")
    spent: dict[int, float] = {}
    environment = {**os.environ, "FORENSICS_HOME": str(home)}
    command = [sys.executable, "-m", "forensics", "dedup", *words, "--json"]
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        with subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=environment) as running:
            watched = psutil.Process(running.pid)
            while running.poll() is None:
                try:
                    for each in [watched, *watched.children(recursive=True)]:
                        times = each.cpu_times()
                        spent[each.pid] = times.user + times.system
                except psutil.Error:
                    pass
                time.sleep(0.2)
        wall = time.perf_counter() - began
        if running.returncode:
            raise SystemExit(f"{command} exits {running.returncode}")
        out.seek(0)
        return wall, sum(spent.values()), out.read()


def main() -> None:
    """Run as the arguments say."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--documents", type=int, default=120)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--folder", type=Path)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        if not (folder / "archive").is_dir():
            corpus.write(folder, asked.seed, asked.documents, per_operator=1, honest_checks=1)
        archive, home, model = folder / "archive", folder / "home", folder / "model"
        files = sorted(archive.iterdir())
        manifest = ["--manifest", str(folder / "manifest.csv")]
        (model / "models").mkdir(parents=True, exist_ok=True)
        cost([str(files[0])], home, model)  # quantises the model, which is kept
        shutil.rmtree(model)
        shutil.copytree(home, model)
        for name, given in (
            (f"{len(files):,} documents", [str(archive), *manifest]),
            ("one", [str(files[0])]),
        ):
            wall, cpu, told = cost(given, home, model)
            ray_wall, ray_cpu, ray_told = cost([*given, "--engine", "ray"], home, model)
            print(f"{name}: local {wall:.1f} s, {cpu:.1f} CPU seconds; ray {ray_wall:.1f} s, {ray_cpu:.1f}")
            print(f"ray by local: {ray_wall / wall:.2f} on the clock, {ray_cpu / cpu:.2f} of CPU")
            print(f"the same JSON: {told == ray_told}", flush=True)


if __name__ == "__main__":
    main()
