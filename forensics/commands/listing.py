"""Keep lists of institutions: lists import, lists show, lists remove."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from forensics.streams import Exit, emit, guarded, outcome, present
from forensics.words import FullOption, JsonOption

lists = typer.Typer(
    name="lists",
    no_args_is_help=True,
    help="Keep lists of institutions that check looks up: OFAC's, the Consolidated Screening List, your own.",
)


@lists.command("import")
@guarded
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            help="The files of one list: SDN.CSV with ALT.CSV and ADD.CSV, or one CSV or JSON file.",
        ),
    ],
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="What to call it: else ofac, csl or own, by its format."),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="How findings name it.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="The day of what it says: else the day on which the first file was last written.",
        ),
    ] = None,
    own: Annotated[bool, typer.Option("--own", help="It is your own list, whatever its format.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="End with 3 if a row cannot be used.")] = False,
    full: FullOption = False,
    json: JsonOption = False,
) -> Exit:
    """Take the institutions of a list; one of the same name is replaced.

    Persons, ships and aircraft are left out and counted. Rows that cannot be used are shown.

    Example: forensics lists import SDN.CSV ALT.CSV ADD.CSV --as-of 2026-03-31
    """
    from forensics.cases import institutions as said
    from forensics.index.institutions import bring_in

    stored = bring_in(files, name=name, title=title, as_of=as_of, own=own)
    if json:
        emit(said.as_json(stored, _today()))
    else:
        present(said.imported(stored, _today(), full=full))
    return outcome(strict=strict, unreadable=bool(stored.bad))


@lists.command("show")
@guarded
def show_(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="One list, with its entries; else all, without.")
    ] = None,
    full: FullOption = False,
    json: JsonOption = False,
) -> Exit:
    """What lists there are, how old they are, and what stands in one.

    Example: forensics lists show own
    """
    from forensics.cases import institutions as said
    from forensics.index.institutions import everything, find

    today = _today()
    several = everything() if name is None else (find(name),)
    if json:
        entries = [said.entry_as_json(each, today) for each in several[0].listing.entries] if name else None
        emit({"lists": [said.as_json(each, today) for each in several], "entries": entries})
    elif name is None:
        present(said.overview(several, today))
    else:
        present(said.entries(several[0], today, full=full))
    return Exit.OK


@lists.command("remove")
@guarded
def remove_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An imported list.")],
    json: JsonOption = False,
) -> Exit:
    """Remove an imported list. Those that travel with the package stay.

    Example: forensics lists remove own
    """
    from rich.text import Text

    from forensics.index.institutions import remove

    removed = remove(name)
    if json:
        emit({"removed": removed})
    else:
        present([Text(f"{removed} list removed." if removed else f"There is no imported list {name!r}.")])
    return Exit.OK


def _today() -> date:
    return datetime.now(UTC).date()
