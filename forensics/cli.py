"""The command line: its commands, in the order in which people meet them."""

from __future__ import annotations

from typing import Annotated

import typer

from forensics import __version__
from forensics.commands.analysing import template, who_else
from forensics.commands.campaigning import campaigns, trends
from forensics.commands.care import doctor
from forensics.commands.exchanging import export
from forensics.commands.keeping import erase, ingest, status
from forensics.commands.listing import lists
from forensics.commands.reading import compare, show
from forensics.commands.saving import backup, restore
from forensics.commands.screening import check, dedup
from forensics.commands.serving import serve
from forensics.commands.voicing import embed
from forensics.streams import end_in_order

app = typer.Typer(
    name="forensics",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"forensics {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Document forensics for job applications: evidence for a person to judge, never a verdict.

    Begin with `forensics ingest FOLDER`, then ask `forensics check FILE`.
    """


for command in (
    ingest,
    check,
    show,
    compare,
    dedup,
    who_else,
    campaigns,
    trends,
    export,
    erase,
    status,
    embed,
    backup,
    restore,
    serve,
    doctor,
):
    app.command()(command)
app.add_typer(lists)
app.add_typer(template)


def main() -> None:
    """The console script."""
    end_in_order()
    app()
