"""The product as the benchmark sees it: ingest folders, check files, read the answers of the contract."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

Answer = dict[str, Any]
"""One object of ``check --json``: ``case``, ``because``, ``findings``, ``matches`` …"""


class NotBuilt(Exception):
    """The product cannot do this yet; the message is its own."""


class Product(Protocol):
    """What the benchmark needs of the product."""

    def ingest(self, folder: Path, manifest: Path | None, role: str) -> None:
        """Read a folder into the corpus."""

    def check(self, paths: list[Path], manifest: Path) -> Iterator[tuple[Answer, float]]:
        """The answer for each path in order, and the seconds it took."""


class CommandLine:
    """The product by its command line, one process for all checks. State: the corpus folder."""

    def __init__(self, corpus: Path) -> None:
        self.corpus = corpus

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "forensics", *words, "--corpus", str(self.corpus), "--json"]

    def ingest(self, folder: Path, manifest: Path | None, role: str) -> None:
        """``forensics ingest``."""
        extra = ["--manifest", str(manifest)] if manifest else []
        done = subprocess.run(
            self._command("ingest", str(folder), "--role", role, *extra),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in (0, 3):
            raise NotBuilt(f"ingest exits {done.returncode}: {done.stderr.strip()[-600:]}")
        told = json.loads(done.stdout)
        if told["unreadable"] or told["manifest_unmatched"]:
            raise NotBuilt(
                f"{told['unreadable']} unreadable files, unmatched rows {told['manifest_unmatched'][:5]}"
            )

    def check(self, paths: list[Path], manifest: Path) -> Iterator[tuple[Answer, float]]:
        """``forensics check``; paths go in on the command line, answers come as lines."""
        command = self._command("check", *map(str, paths), "--manifest", str(manifest))
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            began = time.perf_counter()
            count = 0
            for line in running.stdout:
                yield json.loads(line), time.perf_counter() - began
                began, count = time.perf_counter(), count + 1
        if running.returncode not in (0, 1, 3) or count != len(paths):
            raise NotBuilt(f"check exits {running.returncode} after {count} of {len(paths)} answers")
