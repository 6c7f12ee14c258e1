"""Work that goes wrong in every way, and a session of a Ray cluster that does it: what `test_ray.py` starts."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any


def work(item: str) -> str:
    """``dies`` always, ``once FILE`` until there is that file; ``wrong`` and ``bug`` raise; ``settings`` tells them."""
    from forensics.errors import UsageError
    from forensics.settings import settings

    kind, _, file = item.partition(" ")
    if kind == "once" and not Path(file).exists():
        Path(file).touch()
        kind = "dies"
    if kind == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "wrong":
        raise UsageError("this cannot be done: do something else.")
    if kind == "bug":
        raise ZeroDivisionError("nobody expected this")
    if kind == "settings":
        return f"{settings().max_pages} {settings().workers} {os.environ['RAY_USAGE_STATS_ENABLED']}"
    return f"{kind} done"


def failed(item: str, why: str) -> str:
    """What is said of an item that kills whoever works on it."""
    return f"{item} failed: {why}"


def main(folder: Path, archive: Path) -> dict[str, Any]:
    """All of it in one cluster, and the archive into a corpus."""
    from forensics.batch.ray import cluster
    from forensics.cases import export
    from forensics.dedup import dedup
    from forensics.documents.source import walk
    from forensics.index.corpus import Corpus
    from forensics.index.manifest import no_manifest
    from forensics.ingest import ingest

    found: dict[str, Any] = {}
    with cluster() as machines, Corpus.open(folder / "corpus", create=True) as corpus:

        def done(*items: str) -> list[str] | str:
            try:
                return list(machines.run(work, items, workers=2, failed=failed))
            except Exception as error:
                return f"{type(error).__name__}: {error}"

        found["nothing"] = done()
        found["many"] = done(*(f"{number}" for number in range(100)))
        found["dead"] = done("a", f"once {folder / 'once'}", "b", "dies", "c")
        found["wrong"] = done("a", "wrong", "b")
        found["bug"] = done("a", "bug", "b")
        found["settings"] = done("settings")
        files = walk([str(archive)])
        read = ingest(files, corpus, no_manifest(), role="applicant", run=machines.run, workers=2, afar=True)
        found["ingested"] = [
            [each.id, each.path, each.status, [[p.code, p.message] for p in each.problems]] for each in read
        ]
        assert machines.shared is not None and machines.shared.parent == folder / "shared"
        found["dedup"] = export.dedup(dedup(corpus, run=machines.run, workers=2, shared=machines.shared))
    return found


if __name__ == "__main__":
    import perilous  # as the machines of the cluster know it

    print(json.dumps(perilous.main(Path(sys.argv[1]), Path(sys.argv[2]))))
