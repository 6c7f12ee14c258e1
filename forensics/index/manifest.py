"""The manifest: who applied with which file, as a CSV with the columns of docs/cli.md."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from forensics.errors import UsageError
from forensics.index.store import Application

COLUMNS = ("filename", "applicant", "applied_at", "job", "source")


@dataclass(slots=True, kw_only=True)
class Manifest:
    """Rows by file name, and which of them a file has claimed so far."""

    folder: Path
    file: Path | None = None
    rows: dict[str, list[Application]] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _claimed: set[str] = field(default_factory=set)

    def applications(self, path: str, *, role: str) -> list[Application]:
        """Who applied with the file at ``path``: one application without a name if no row says.

        A row's filename is relative to the manifest or to a given path; a bare name must be unique.
        """
        name = self._find(path)
        if name is None:
            return [Application(path=path, role=role)]
        self._claimed.add(name)
        return [replace(row, path=path, role=role) for row in self.rows[name]]

    def _find(self, path: str) -> str | None:
        plain = path.replace("!", "/")
        candidates = [plain, plain.removeprefix("./")]
        try:
            candidates.append(Path(plain).resolve().relative_to(self.folder.resolve()).as_posix())
        except ValueError:
            pass
        parts = plain.split("/")
        candidates += ["/".join(parts[at:]) for at in range(1, len(parts))]
        for candidate in candidates[:-1] if len(parts) > 1 else candidates:
            if candidate in self.rows:
                return candidate
        bare = self._names.get(parts[-1], [])
        return bare[0] if len(bare) == 1 and bare[0] == parts[-1] else None

    def unmatched(self) -> list[str]:
        """File names of rows that no file claimed."""
        return [name for name in self.rows if name not in self._claimed]


def no_manifest() -> Manifest:
    """A manifest without rows."""
    return Manifest(folder=Path())


def read_manifest(path: Path) -> Manifest:
    """The manifest in a CSV file; raises :class:`UsageError` that names the line and the column."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(f"no manifest at {path}: check the path after --manifest.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the manifest {path} cannot be read as UTF-8 text ({error}).") from error
    manifest = Manifest(folder=path.parent, file=path)
    for name, application in _rows(text, path):
        manifest.rows.setdefault(name, []).append(application)
    for name in manifest.rows:
        manifest._names.setdefault(name.rsplit("/", 1)[-1], []).append(name)
    return manifest


def _rows(text: str, path: Path) -> Iterator[tuple[str, Application]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = [(column or "").strip().lower() for column in reader.fieldnames or ()]
    if "filename" not in columns:
        raise UsageError(
            f"{path} has no column `filename`: its first line must name the columns {', '.join(COLUMNS)}."
        )
    reader.fieldnames = columns
    try:
        for row in reader:
            values = {key: (row.get(key) or "").strip() or None for key in COLUMNS}
            if values["filename"] is None:
                continue
            if values["applied_at"] is not None:
                values["applied_at"] = _iso(values["applied_at"], path, reader.line_num)
            name = values["filename"].replace("\\", "/").removeprefix("./").replace("!", "/")
            yield (
                name,
                Application(
                    path=name,
                    applicant=values["applicant"],
                    applied_at=values["applied_at"],
                    job=values["job"],
                    source=values["source"],
                ),
            )
    except csv.Error as error:
        raise UsageError(f"{path}, line {reader.line_num}: {error}.") from error


def _iso(written: str, path: Path, line: int) -> str:
    try:
        datetime.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            f"{path}, line {line}: applied_at {written!r} is no date; write 2026-03-14 or 2026-03-14T09:30:00."
        ) from error
    return written
