"""What a result stands on: the version, the lists and the settings with which it was made."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from forensics import __version__
from forensics.settings import data_folder, settings

_LOCAL = {
    "home", "workers", "keep_uploads", "upload_files", "upload_bytes", "upload_queue", "job_seconds", "hosts",
    "user_header",
}  # fmt: skip
"""Settings that say something about the computer and nothing about the result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line of the foot: a name and what is said of it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The foot of a report."""

    version: str
    models: tuple[Said, ...]
    lists: tuple[Said, ...]
    settings: tuple[Said, ...]


def ground(models: Mapping[str, object] | None = None) -> Ground:
    """As of now, in this process; ``models`` as the status of a corpus names them."""
    now = settings()
    return Ground(
        version=__version__,
        models=tuple(Said(name=name, value=_value(value)) for name, value in (models or {}).items()),
        lists=_lists(),
        settings=tuple(
            Said(name=f"FORENSICS_{each.name.upper()}", value=_value(getattr(now, each.name)))
            for each in fields(now)
            if each.name not in _LOCAL
        ),
    )


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    return "yes" if value is True else "no" if value is False else str(value) if value != "" else "not set"


@cache
def _lists() -> tuple[Said, ...]:
    """Each list and each public source that came with the program, with a digest of its files."""
    root = data_folder("corpora")
    folders = (f for kind in ("lists", "background") for f in sorted((root / kind).glob("*")) if f.is_dir())
    return tuple(
        Said(name=folder.relative_to(root).as_posix(), value=f"sha256 {_digest(folder)[:16]}{_date(folder)}")
        for folder in folders
    )


def _digest(folder: Path) -> str:
    """One SHA-256 over the names and bytes of all files, in order of their names."""
    found = hashlib.sha256()
    for file in sorted(each for each in folder.rglob("*") if each.is_file() and each.suffix != ".pyc"):
        found.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def _date(folder: Path) -> str:
    about = folder / "corpus.toml"
    if not about.is_file():
        return ""
    said = tomllib.loads(about.read_text(encoding="utf-8"))
    found = said.get("retrieved") or said.get("as_of") or said.get("version")
    return f", {found}" if found else ""
