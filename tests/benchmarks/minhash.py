"""The usual way, for comparison: MinHash signatures of word 5-grams of whole documents, and LSH."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_WORD = re.compile(r"\w+")


class MinHashIndex:
    """Signatures of an archive. State: one LSH table for each threshold (Jaccard)."""

    thresholds = (0.5, 0.7)
    name = "minhash"

    def __init__(self, files: Iterable[Path] = (), permutations: int = 128) -> None:
        from datasketch import MinHash, MinHashLSH

        self._sketch = MinHash
        self.permutations = permutations
        self.tables = {t: MinHashLSH(threshold=t, num_perm=permutations) for t in self.thresholds}
        for path in files:
            self.add(path)

    def _signature(self, path: Path):  # type: ignore[no-untyped-def]
        tokens = _WORD.findall(path.read_text(encoding="utf-8").lower())
        sketch = self._sketch(num_perm=self.permutations, seed=1)
        grams = {" ".join(tokens[start : start + 5]).encode() for start in range(max(1, len(tokens) - 4))}
        sketch.update_batch(sorted(grams))
        return sketch

    def add(self, path: Path) -> None:
        """Index one file under its name."""
        sketch = self._signature(path)
        for table in self.tables.values():
            table.insert(path.name, sketch)

    def near(self, path: Path) -> dict[float, set[str]]:
        """Names of the files that each table proposes."""
        sketch = self._signature(path)
        return {threshold: set(table.query(sketch)) for threshold, table in self.tables.items()}
