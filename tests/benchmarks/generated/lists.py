"""Word lists of the generator, read from ``data/lists.txt``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def _sections() -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in (DATA / "lists.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            found[name] = ""
        elif name:
            found[name] += f"{line}\n"
    return found


def named(section: str) -> list[str]:
    """The single words of a section."""
    return _sections()[section].split()


def listed(section: str) -> list[str]:
    """The phrases of a section, separated by semicolons."""
    return [entry.strip() for entry in _sections()[section].split(";") if entry.strip()]
