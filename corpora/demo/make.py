"""Make the demo corpus again: ``python corpora/demo/make.py [--only TEXT] [--truth-only]``.

Needs the packages ``reportlab``, ``python-docx``, ``typst``, and the programs ``soffice``, ``chromium``. The
same versions with the same fonts give the same bytes; other versions give the same text. Dates and ids inside
the files come from ``seed`` and the file's name.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import sys
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from recipe import docx_layouts, html_layouts, programs, reportlab_layouts, typst_layouts  # noqa: E402
from recipe.texts import content, plan  # noqa: E402

COLUMNS = ("filename", "applicant", "applied_at", "job", "source")


def written(document: dict[str, Any], seed: int) -> datetime:
    """When the applicant saved the file: some evening hour, one to twenty days before applying."""
    chance = random.Random(f"{seed}:{document['file']}")
    day = datetime.fromisoformat(document["applied_at"]).replace(tzinfo=UTC)
    return day - timedelta(days=chance.randint(1, 20)) + timedelta(seconds=chance.randint(25_000, 85_000))


def render(document: dict[str, Any], when: datetime) -> bytes:
    """The bytes of one document of the plan, made by its writer, with fixed dates and ids."""
    text: Any = content(document)
    layout, accent, file = document["layout"], document["accent"], document["file"]
    match document["writer"]:
        case "typst":
            made = typst_layouts.render(layout, text, accent, when)
        case "reportlab":
            made = getattr(reportlab_layouts, layout)(text, accent)
        case "python-docx":
            made = getattr(docx_layouts, layout)(text, accent)
        case "chromium":
            made = programs.chromium(getattr(html_layouts, layout)(text, accent))
        case "libreoffice" if file.endswith(".docx"):
            made = programs.office(html_layouts.plain(text, accent).encode(), ".html", "docx")
        case "libreoffice":
            font = {"font": document["font"]} if "font" in document else {}
            made = programs.office(getattr(docx_layouts, layout)(text, accent, **font), ".docx", "pdf")
        case other:
            raise ValueError(f"{file}: no writer called {other!r}")
    return programs.settle(made, file, when)


def truth(given: dict[str, Any]) -> dict[str, Any]:
    """What ``truth.json`` holds: each document with its scenarios, each related pair with its expectation."""
    groups = given["groups"]
    documents = [
        {
            "file": document["file"],
            "id": "sha256:" + hashlib.sha256((HERE / document["file"]).read_bytes()).hexdigest(),
            "applicant": document["applicant"],
            "kind": document["kind"],
            "archive": document["file"].startswith("files/"),
            "scenarios": document["scenarios"],
            "case": any(group["case"] and document["file"] in group["documents"] for group in groups),
        }
        for document in given["documents"]
    ]
    shifts = {document["file"]: document.get("shift", 0) for document in given["documents"]}
    pairs: dict[tuple[str, str], dict[str, Any]] = {}
    for group in groups:  # a pair in two groups is what the first of them says
        for a, b in combinations(group["documents"], 2):
            moved = shifts[b] - shifts[a] if group["relation"] == "ring" else None
            pair = {
                "a": a,
                "b": b,
                "relation": group["relation"],
                "case": group["case"],
                "signal": group.get("signal"),
                "date_shift_months": group.get("date_shift_months", moved),
                "note": group["note"],
            }
            pairs.setdefault((min(a, b), max(a, b)), pair)
    return {"seed": given["seed"], "documents": documents, "pairs": list(pairs.values())}


def manifest(given: dict[str, Any], folder: str) -> list[dict[str, str]]:
    """The rows of a folder's manifest; the file name is relative to the manifest."""
    place = "" if folder == "incoming" else "files/"
    return [
        {
            **{column: document[column] for column in COLUMNS[1:]},
            "filename": place + Path(document["file"]).name,
        }
        for document in given["documents"]
        if document["file"].startswith(f"{folder}/")
    ]


def main() -> None:
    """Write the files, both manifests and ``truth.json``."""
    parser = argparse.ArgumentParser(description="Make the demo corpus again.")
    parser.add_argument("--only", help="make only documents of this text, writer or layout")
    parser.add_argument("--truth-only", action="store_true", help="write truth and manifests, no documents")
    options = parser.parse_args()
    given = plan()
    for document in given["documents"]:
        wanted = options.only in (None, document["text"], document["writer"], document["layout"])
        if options.truth_only or not wanted:
            continue
        made = render(document, written(document, given["seed"]))
        (HERE / document["file"]).write_bytes(made)
        print(f"{len(made):8,} {document['file']}")
    for folder, target in (
        ("files", HERE / "manifest.csv"),
        ("incoming", HERE / "incoming" / "manifest.csv"),
    ):
        with target.open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            table.writeheader()
            table.writerows(manifest(given, folder))
    found = json.dumps(truth(given), ensure_ascii=False, indent=1) + "\n"
    (HERE / "truth.json").write_text(found, encoding="utf-8")


if __name__ == "__main__":
    main()
