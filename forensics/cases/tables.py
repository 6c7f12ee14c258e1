"""The pairs of a corpus as a file: JSON, JSON Lines, CSV or Parquet."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from forensics.cases import export
from forensics.cases.duplicates import Duplicates
from forensics.errors import MissingExtra, UsageError

FORMATS = ("json", "jsonl", "csv", "parquet")
COLUMNS = (
    "a", "b", "a_path", "b_path", "kind", "relation", "coverage_a", "coverage_b", "rarest", "cluster",
)  # fmt: skip
"""Of a pair in JSON Lines, CSV and Parquet; ``cluster`` is the id of the cluster both are in."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@contextmanager
def opened(file: Path, format: str | None) -> Iterator[Callable[[Duplicates], None]]:
    """Gives the function that writes the pairs; ``format`` is by the file's ending when ``None``.

    Whether the file can be written is found out at once, not after an hour's work; it is replaced only by
    a whole one. Raises :class:`UsageError`, and :class:`MissingExtra` for Parquet without pyarrow.
    """
    kind = format or (file.suffix[1:].lower() if file.suffix[1:].lower() in FORMATS else "json")
    if kind == "parquet":
        _pyarrow()
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        draft.touch()
    except OSError as error:
        raise UsageError(
            f"{file} cannot be written ({error.strerror}): name another file with --output."
        ) from error

    def write(found: Duplicates) -> None:
        try:
            _WRITERS[kind](draft, found)
            draft.replace(file)
        except OSError as error:
            raise UsageError(
                f"{file} cannot be written ({error.strerror}): free some space or name another file with --output."
            ) from error

    try:
        yield write
    finally:
        draft.unlink(missing_ok=True)


def rows(found: Duplicates) -> Iterator[dict[str, Any]]:
    """A row for each pair, with the cluster both are in."""
    cluster = {(id, path): each.id for each in found.clusters for path in each.paths for id in each.documents}
    for pair in export.dedup(found)["pairs"]:
        yield {**pair, "cluster": cluster[pair["a"], pair["a_path"]]}


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _json(file: Path, found: Duplicates) -> None:
    file.write_text(json.dumps(export.dedup(found), ensure_ascii=False) + "\n", encoding="utf-8")


def _jsonl(file: Path, found: Duplicates) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows(found):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _csv(file: Path, found: Duplicates) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, COLUMNS)
        table.writeheader()
        for row in rows(found):
            table.writerow({key: harmless(cell) for key, cell in row.items()})


def _parquet(file: Path, found: Duplicates) -> None:
    arrow, parquet = _pyarrow()
    kinds = {"coverage_a": arrow.float64(), "coverage_b": arrow.float64(), "rarest": arrow.int64()}
    schema = arrow.schema([(name, kinds.get(name, arrow.string())) for name in COLUMNS])
    parquet.write_table(arrow.Table.from_pylist(list(rows(found)), schema=schema), file)


def _pyarrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtra("writing Parquet needs pyarrow: pip install 'pyarrow>=15'") from error


_WRITERS: dict[str, Callable[[Path, Duplicates], None]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
}
