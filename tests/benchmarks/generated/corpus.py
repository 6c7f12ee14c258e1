"""A corpus on disk: ``archive/``, ``background/``, ``queries/`` and the truth about all of them.

``python -m generated.corpus FOLDER [--seed 1] [--documents 1000] [--per-operator 12] [--honest 200]`` from
``tests/benchmarks`` writes one.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from . import copies, honest
from .applicants import POSTINGS, application
from .copies import Thief, rich, solid, victims
from .document import Application, Resume, units
from .render import render
from .seeds import dice
from .stock import posting, samples
from .trades import tasks, trades

Query = tuple[str, Application, list[Application], list[str]]
"""Operator, the application, the applications it was made from, the honest files it resembles."""

OPERATORS = (
    "verbatim",
    "swapped",
    "letter",
    "block",
    "light",
    "moderate",
    "heavy",
    "block-light",
    "block-moderate",
    "mosaic",
    "ring",
)


def _blocky(found: Application) -> bool:
    return isinstance(found.document, Resume) and any(solid(part) for part in found.document.blocks)


def copy(operator: str, thief: Thief) -> tuple[Application, list[Application]]:
    """One copy by an operator (all but ``ring``) and its sources, picked from the archive."""
    rng = dice(thief.seed, "victim", thief.number)

    def pick(fits: Callable[[Application], bool]) -> Iterator[Application]:
        return victims(rng, thief.seed, thief.archive, fits)

    if operator == "letter":
        source = next(pick(lambda found: found.kind == "cover_letter" and copies.body(found) >= 60))
        return copies.letter(thief, source), [source]
    if operator == "mosaic":
        first = next(pick(_blocky))
        trade = first.document.trade
        others = pick(
            lambda found: _blocky(found) and found.document.trade is trade and found.file != first.file
        )
        sources = [first, next(others), next(others)]
        return copies.mosaic(thief, sources), sources
    if operator.startswith("block"):
        source = next(pick(_blocky))
        return copies.block(thief, source, operator.partition("-")[2] or None), [source]
    source = next(pick(rich))
    if operator == "verbatim":
        return copies.verbatim(thief, source), [source]
    if operator == "swapped":
        return copies.swapped(thief, source), [source]
    return copies.reworded(thief, source, operator), [source]


def spans(made: Application, sources: list[Application]) -> list[dict[str, object]]:
    """Where each taken unit stands in the copy and in its sources, as code points ``[start, end)``.

    In a ring the sources are the other members: what they have from the same unit of the master.
    """
    places: dict[tuple[str, int], list[tuple[str, int, int]]] = defaultdict(list)
    for source in sources:
        number = {id(unit): place for place, unit in enumerate(units(source.document))}
        for start, end, unit in render(source.document)[1]:
            for origin in unit.origin or ((source.file, number[id(unit)]),):
                places[origin].append((source.file, start, end))
    return [
        {"copy": [start, end], "source": [first, last], "file": file, "how": unit.how}
        for start, end, unit in render(made.document)[1]
        for origin in unit.origin
        for file, first, last in places[origin]
    ]


class Shelf:
    """A folder of text files with their manifest. State: the open manifest."""

    def __init__(self, folder: Path, manifest: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.lines: TextIO = manifest.open("w", encoding="utf-8", newline="")
        self.rows = csv.writer(self.lines)
        self.rows.writerow(["filename", "applicant", "applied_at", "job", "source"])

    def put(self, made: Application, prefix: str) -> str:
        """Write the file and its manifest row; returns the text."""
        text = render(made.document)[0]
        (self.folder / made.file).write_text(text, encoding="utf-8", newline="")
        name = made.document.person.name
        self.rows.writerow([f"{prefix}{made.file}", name, made.applied_at, made.job, made.source])
        return text


def described(made: Application, text: str) -> dict[str, object]:
    """What the truth says about any file."""
    return {
        "file": made.file,
        "applicant": made.document.person.name,
        "kind": made.kind,
        "trade": made.document.trade.name,
        "words": len(text.split()),
        "groups": list(made.groups),
    }


def queries(seed: int, archive: int, per_operator: int, honest_checks: int) -> Iterator[tuple[str, Query]]:
    """All queries in order, each with where it goes: ``query``, or ``archive`` for the rest of a ring."""
    number = archive
    for operator in OPERATORS:
        for _ in range(per_operator):
            if operator == "ring":
                size = dice(seed, "ring size", number).randint(4, 12)
                members = copies.ring(seed, number, archive, size)
                number += size
                for place, member in enumerate(members[:-1]):
                    members[place] = _earlier(member, place)
                    yield "archive", (operator, members[place], [], [])
                yield "query", (operator, members[-1], members[:-1], [])
            else:
                made, sources = copy(operator, Thief(seed=seed, number=number, archive=archive))
                number += 1
                yield "query", (operator, made, sources, [])
    kinds = [kind for kind in honest.KINDS if kind != "task-statements" or tasks(trades()[0].name)]
    for place in range(honest_checks):
        kind = kinds[place % len(kinds)]
        made, related = honest.KINDS[kind](seed, number, archive)
        number += 1
        yield "query", (kind, made, [], related)


def write(
    folder: Path, seed: int, n_documents: int, *, per_operator: int = 12, honest_checks: int = 200
) -> dict[str, int]:
    """Write a corpus into ``folder`` (made if missing) and return how many files of each sort it holds.

    ``archive/`` with ``manifest.csv`` (file names relative to ``folder``), ``queries/`` with
    ``queries.csv``, ``background/`` (job postings, sample bullets), ``truth.json``. The same
    arguments give the same bytes; documents are made one after the other and never held. Members of rings
    are added to the archive beyond ``n_documents``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shelf = Shelf(folder / "archive", folder / "manifest.csv")
    asked = Shelf(folder / "queries", folder / "queries.csv")
    counts = {"archive": 0, "queries": 0, "background": 0}
    with (folder / "truth.json").open("w", encoding="utf-8", newline="") as truth, shelf.lines, asked.lines:
        truth.write(f'{{"seed": {seed}, "documents": [\n')
        for number in range(n_documents):
            made = application(seed, number)
            _row(truth, counts["archive"], described(made, shelf.put(made, "archive/")))
            counts["archive"] += 1
        held: list[str] = []
        for goes, (operator, made, sources, related) in queries(
            seed, n_documents, per_operator, honest_checks
        ):
            if goes == "archive":
                _row(truth, counts["archive"], {**described(made, shelf.put(made, "archive/")), "ring": True})
                counts["archive"] += 1
                continue
            row = described(made, asked.put(made, "queries/")) | {
                "operator": operator,
                "honest": operator in honest.KINDS,
                "sources": [source.file for source in sources],
                "related": related,
                "spans": spans(made, sources),
            }
            held.append(json.dumps(row, ensure_ascii=False))
        truth.write('\n], "queries": [\n' + ",\n".join(held) + "\n]}\n")
        counts["queries"] = len(held)
    (folder / "background").mkdir(exist_ok=True)
    for trade in trades():
        for number in range(POSTINGS):
            text = posting(seed, number, trade)[0]
            path = folder / "background" / f"posting-{trade.name}-{number}.txt"
            path.write_text(text, encoding="utf-8", newline="")
            counts["background"] += 1
        path = folder / "background" / f"samples-{trade.name}.txt"
        path.write_text(samples(trade), encoding="utf-8", newline="")
        counts["background"] += 1
    return counts


def _earlier(member: Application, place: int) -> Application:
    """A member of a ring as an archive file, handed in before the query."""
    number = dice("ring member", member.file, place).randint(1, 28)
    return replace(member, file=member.file.replace("query", "cv"), applied_at=f"2026-10-{number:02d}")


def _row(truth: TextIO, before: int, row: dict[str, object]) -> None:
    truth.write((",\n" if before else "") + json.dumps(row, ensure_ascii=False))


def main() -> None:
    """Write a corpus as the arguments say."""
    words = argparse.ArgumentParser(description="Write a synthetic corpus with its truth.")
    words.add_argument("folder", type=Path)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--documents", type=int, default=1000)
    words.add_argument("--per-operator", type=int, default=12)
    words.add_argument("--honest", type=int, default=200)
    asked = words.parse_args()
    counts = write(
        asked.folder, asked.seed, asked.documents, per_operator=asked.per_operator, honest_checks=asked.honest
    )
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
