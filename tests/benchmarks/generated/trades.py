"""The trades of the applicants, read from ``data/trades_*.txt``; task statements of O*NET where given."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .lists import DATA


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trade:
    """Words of one trade. ``tools`` maps to the first year of use; ``deeds`` are (verbs, things done).

    ``nouns`` stand for the employer's own nouns where a trade does not care about the industry.
    """

    name: str
    titles: tuple[str, ...]
    tools: dict[str, int]
    deeds: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    fixed: tuple[str, ...]
    aims: tuple[str, ...]
    down: tuple[str, ...]
    up: tuple[str, ...]
    countables: tuple[str, ...]
    partners: tuple[str, ...]
    juniors: tuple[str, ...]
    fields: tuple[str, ...]
    certs: tuple[str, ...]
    nouns: tuple[str, ...] = ()


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _trade(name: str, lines: list[str]) -> Trade:
    found: dict[str, tuple[str, ...]] = {}
    deeds = []
    for line in lines:
        key, _, rest = line.partition(": ")
        if key == "do":
            verbs, _, things = rest.partition("|")
            deeds.append((_list(verbs), _list(things)))
        else:
            found[key] = _list(rest)
    tools = dict(tool.split("@") for tool in found["tools"])
    return Trade(
        name=name,
        titles=found["titles"],
        tools={tool: int(year) for tool, year in tools.items()},
        deeds=tuple(deeds),
        fixed=found["fixed"],
        aims=found["aims"],
        down=found["down"],
        up=found["up"],
        countables=found["countables"],
        partners=found["with"],
        juniors=found["juniors"],
        fields=found["fields"],
        certs=found["certs"],
        nouns=found.get("nouns", ()),
    )


@cache
def trades() -> tuple[Trade, ...]:
    """All trades, in the order of the files."""
    blocks: dict[str, list[str]] = {}
    name = ""
    for path in sorted(DATA.glob("trades_*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                name = line.strip("[]")
            elif line and not line.startswith("#"):
                blocks.setdefault(name, []).append(line)
    return tuple(_trade(name, lines) for name, lines in blocks.items())


# Occupation groups of O*NET-SOC that feed the tasks of each trade.
_GROUPS = {
    "backend": ("15-1132", "15-1131"),
    "frontend": ("15-1134", "27-1014"),
    "data": ("15-1141", "15-2041"),
    "devops": ("15-1142", "15-1152"),
    "qa": ("15-1199", "17-3029"),
    "security": ("15-1122", "33-9021"),
    "mobile": ("15-1133", "15-1132"),
    "ml": ("15-1111", "15-2031"),
    "projects": ("11-3021", "13-1082"),
    "analyst": ("13-1111", "15-1121"),
    "nurse": ("29-1141", "29-2061"),
    "accountant": ("13-2011", "43-3031"),
    "marketing": ("11-2021", "13-1161"),
    "support": ("15-1151", "43-4051"),
    "logistics": ("11-3071", "13-1081"),
}


@cache
def tasks(trade: str) -> tuple[str, ...]:
    """Task statements for a trade from the file that ``FORENSICS_ONET`` names; empty when it names none."""
    path = os.environ.get("FORENSICS_ONET")
    if not path:
        return ()
    with Path(path).open(encoding="utf-8", errors="replace", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        groups = _GROUPS[trade]
        found = [row["Task"] for row in rows if row["O*NET-SOC Code"].startswith(groups)]
    return tuple(task.strip().rstrip(".") for task in found if 6 <= len(task.split()) <= 24)
