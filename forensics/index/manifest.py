"""The manifest: who applied with which file, as a CSV with the columns of docs/cli.md."""

from __future__ import annotations

import csv
import io
import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from unicodedata import normalize

from forensics.errors import UsageError
from forensics.index.store import Application

COLUMNS = ("filename", "applicant", "applied_at", "job", "source")
AHEAD = 10
"""Years: a clock may be wrong and a date ahead of it, but a slip like 2206 would stretch every table of months."""

EARLIEST = 1980
"""The first year that is taken for a time of application: exports write 0001 or 1970 where they know none."""


@dataclass(slots=True, kw_only=True)
class Manifest:
    """Rows by file name, and which of them a file has claimed so far."""

    folder: Path
    file: Path | None = None
    rows: dict[str, list[Application]] = field(default_factory=dict)
    _written: dict[str, str] = field(default_factory=dict)
    _claimed: set[str] = field(default_factory=set)
    _roots: tuple[str, ...] = ()
    _firm: set[str] = field(default_factory=set)
    _loose: Counter[str] = field(default_factory=Counter)

    def add(self, filename: str, application: Application) -> None:
        """One more row, ``filename`` as it is written there."""
        name = _comparable(filename)
        self.rows.setdefault(name, []).append(application)
        self._written.setdefault(name, filename)

    def look(self, given: Sequence[str], paths: Iterable[str]) -> None:
        """Learn what was ``given`` and the ``paths`` of all files in it, before any of them is stored.

        Without that, a row that only names the end of a path is every such file's.
        """
        self._roots = tuple(_comparable(each).rstrip("/") for each in given)
        for path in paths if self.rows else ():
            if (name := self._exactly(path)) is not None:
                self._firm.add(name)
            self._loose.update(self._endings(path))

    def applications(self, path: str, *, role: str) -> list[Application]:
        """Who applied with the file at ``path``: one application without a name if no row says.

        A row's filename is relative to the manifest or to what was given; else it is the end of one path
        only, such as the bare name of a file somewhere below.
        """
        name = self._find(path)
        if name is None:
            return [Application(path=path, role=role)]
        self._claimed.add(name)
        return [replace(row, path=path, role=role) for row in self.rows[name]]

    def _find(self, path: str) -> str | None:
        name = self._exactly(path)
        if name is not None:
            return name
        endings = (each for each in self._endings(path) if each not in self._firm and self._loose[each] <= 1)
        return next(endings, None)

    def _exactly(self, path: str) -> str | None:
        plain = _comparable(path)
        candidates = [plain]
        with suppress(ValueError, OSError):  # another drive, a loop of links
            whole = Path(path.replace("!", "/")).resolve()
            relative = Path(os.path.relpath(whole, self.folder.resolve()))
            candidates += [_comparable(relative.as_posix()), _comparable(whole.as_posix())]
        candidates += [plain[len(root) + 1 :] for root in self._roots if plain.startswith(f"{root}/")]
        candidates += [plain] if "." in self._roots else []
        return next((each for each in candidates if each in self.rows), None)

    def _endings(self, path: str) -> Iterator[str]:
        """The rows that name the end of this path, the longest first."""
        parts = _comparable(path).split("/")
        endings = ("/".join(parts[at:]) for at in range(len(parts)))
        return (each for each in endings if each in self.rows)

    def unmatched(self) -> list[str]:
        """File names of rows that no file claimed, as they are written."""
        return [written for name, written in self._written.items() if name not in self._claimed]


def _comparable(path: str) -> str:
    """The path as it is looked up: one ``/`` between all parts, no ``.`` and ``..`` on the way, one Unicode form."""
    plain = normalize("NFC", path.replace("\\", "/").replace("!", "/"))
    return posixpath.normpath(plain) if "./" in plain or "//" in plain else plain


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
        manifest.add(name, application)
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
            yield (
                values["filename"],
                Application(
                    path=values["filename"],
                    applicant=values["applicant"],
                    applied_at=values["applied_at"],
                    job=values["job"],
                    source=values["source"],
                ),
            )
    except csv.Error as error:
        raise UsageError(f"{path}, line {reader.line_num}: {error}.") from error


def _iso(written: str, path: Path, line: int) -> str:
    """The date or time in one form, so that dates compare as text."""
    try:
        try:
            when = date.fromisoformat(written)
        except ValueError:
            when = datetime.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            f"{path}, line {line}: applied_at {written!r} is no date; write 2026-03-14 or 2026-03-14T09:30:00."
        ) from error
    if when.year > datetime.now(UTC).year + AHEAD:
        raise UsageError(
            f"{path}, line {line}: applied_at {written!r} lies years ahead; leave it empty where it is not known."
        )
    if when.year < EARLIEST:
        raise UsageError(
            f"{path}, line {line}: applied_at {written!r} lies before {EARLIEST}; leave it empty where it is not known."
        )
    return when.isoformat()
