"""The state of an installation: the noun of doctor, as JSON and as what a person reads in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from forensics.cases.visible import visible

_MARKS = {True: ("yes", "green"), False: ("NO", "bold red"), None: ("-", "dim")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A program, package or model. ``needed``: the main job does not work without it."""

    name: str
    needed: bool
    present: bool
    version: str | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """One thing that the reading process has given up, or why it has not."""

    name: str
    on: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Something tried just now: whether it went as it must, and what was seen."""

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder that is written to. ``free`` is in bytes, ``None`` where nothing tells."""

    name: str
    path: str
    exists: bool
    writable: bool
    free: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is installed, what isolation is active, what a test of the main job gave, and where data lies.

    ``works``: reading, measuring and storing will do. ``isolated``: everything that a broken-open parser
    was made to try has been refused. ``advice`` says what to do, most urgent first.
    """

    version: str
    python: str
    platform: str
    works: bool
    isolated: bool
    parts: tuple[Part, ...]
    isolation: tuple[Guard, ...]
    attempts: tuple[Trial, ...]
    tests: tuple[Trial, ...]
    places: tuple[Place, ...]
    advice: tuple[str, ...]


def as_json(found: Health) -> dict[str, Any]:
    """The object of docs/schemas/doctor.schema.json."""
    return asdict(found)


def present(found: Health) -> Iterator[RenderableType]:
    """For people: the answer first, then what it rests on."""
    answer = "Everything that the main job needs works." if found.works else "It does not work as it is."
    yield Text(answer, style="bold green" if found.works else "bold red")
    yield Text(
        "A parser that is broken open can do nothing: every attempt was refused."
        if found.isolated
        else "A parser that is broken open could do something: see below.",
        style="green" if found.isolated else "bold yellow",
    )
    for line in found.advice:
        yield Text(f"  • {visible(line)}")
    yield Text(
        f"\nforensics {found.version}, Python {found.python}, {visible(found.platform)}\n", style="dim"
    )
    yield _table("self-test", [(each.name, each.passed, each.detail) for each in found.tests])
    yield _table(
        "installed",
        [
            (
                each.name,
                each.present if each.needed or each.present else None,
                " ".join(filter(None, (each.version, each.detail))),
            )
            for each in found.parts
        ],
    )
    yield _table(
        "reading process gave up", [(_words(each.name), each.on, each.detail) for each in found.isolation]
    )
    yield _table(
        "tried inside it", [(_words(each.name), each.passed, each.detail) for each in found.attempts]
    )
    yield _table("writable", [(each.name, each.writable, _place(each)) for each in found.places])


def _table(title: str, rows: list[tuple[str, bool | None, str]]) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(title, no_wrap=True, min_width=26)
    table.add_column("")
    table.add_column("", overflow="fold")
    for name, state, detail in rows:
        word, style = _MARKS[state]
        table.add_row(Text(name), Text(word, style=style), Text(visible(detail)))
    table.add_row()
    return table


def _words(name: str) -> str:
    return name.replace("_", " ")


def _place(each: Place) -> str:
    free = "" if each.free is None else f", {each.free / 2**30:,.1f} GiB free"
    return f"{each.path}{'' if each.exists else ' (will be made)'}{free}"
