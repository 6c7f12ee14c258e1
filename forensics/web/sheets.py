"""What is on a page, as rows for a spreadsheet: CSV in which no cell can be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from forensics.cases.tables import harmless
from forensics.cases.visible import visible

DOCUMENTS = ("id", "path", "kind", "role", "applicant", "applied_at", "job", "added")
ENTITIES = ("label", "start", "end", "text", "value", "rule", "own")
JOBS = ("id", "name", "document", "applicant", "state", "case", "message", "came", "changed")
VIEWS = ("at", "who", "what", "document")
LIKES = (
    "similarity", "relation", "applicant", "path", "id", "applied_at", "job", "role", "content_coverage", "shared",
    "lineage",
)  # fmt: skip
FINDINGS = (
    "row", "id", "signal", "family", "weight", "opens", "documents", "summary", "has_it", "of", "match", "applicant",
    "relation", "kind", "similarity", "documents_with", "text_here", "text_there",
)  # fmt: skip
"""Of a report: a row for each finding, then a row for each aligned passage."""


def sheet(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The CSV text of the rows, with a heading; UTF-8 with a BOM when it is sent, for spreadsheets."""
    out = io.StringIO()
    table = csv.DictWriter(out, columns, extrasaction="ignore")
    table.writeheader()
    for row in rows:
        table.writerow({key: _cell(row.get(key)) for key in columns})
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = " ".join(map(str, value))
    return harmless(visible(value, lines=True)) if isinstance(value, str) else value


def report(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a report, from the JSON of ``check``."""
    found: list[dict[str, Any]] = []
    for each in answer["findings"]:
        rate = each["base_rate"] or {}
        found.append(
            {
                **each,
                "row": "finding",
                "opens": each["id"] in answer["because"],
                "has_it": rate.get("documents"),
                "of": rate.get("of"),
            }
        )
    for match in answer["matches"]:
        for passage in match["passages"]:
            found.append(
                {
                    **passage,
                    "row": "passage",
                    "match": match["document"],
                    "applicant": match["applicant"],
                    "relation": match["relation"],
                    "text_here": passage["a"]["text"],
                    "text_there": passage["b"]["text"],
                }
            )
    return found
