"""Ask the corpus: check a file, dedup an archive."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from forensics.commands.keeping import into
from forensics.commands.reporting import HtmlOption, Reports
from forensics.errors import UsageError
from forensics.streams import Exit, emit, guarded, outcome, present, progress, stopping
from forensics.words import (
    DOCUMENTS,
    PATHS,
    CorpusOption,
    Engine,
    Format,
    FullOption,
    JsonOption,
    ManifestOption,
    Opening,
    StrictOption,
    count,
    rows,
    said,
)


@guarded
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help=DOCUMENTS)],
    applicant: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who applied with these files.")
    ] = None,
    manifest: ManifestOption = None,
    profile: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="The applicant's own LinkedIn profile: its \"Save to PDF\", or the ZIP of the member's data. "
            "Repeat it for several.",
        ),
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="Store each file after its own check.")] = False,
    html: HtmlOption = None,
    full: FullOption = False,
    corpus: CorpusOption = None,
    strict: StrictOption = False,
    json: JsonOption = False,
) -> Exit:
    """Have we seen this before, under another name? Ends with 1 if a person should look.

    Nothing is stored unless --add is given.

    Example: forensics check incoming/resume.pdf --applicant "Ada Example"
    """
    from forensics.cases import export, terminal
    from forensics.documents.document import Unreadable
    from forensics.exhibits import Asked, existing
    from forensics.screen import profiles_in, screen

    words = said(files)
    profiles = profiles_in(profile or ())
    known = rows(manifest, words)
    done, opened, unreadable = 0, 0, 0
    with ExitStack() as closing, stopping(lambda: f"Stopped after {done} checked, {opened} with a case."):
        store = closing.enter_context(Opening(corpus, create=add))
        if not add:
            store()
        asked = Asked(words=words, corpus=store, folder=store.folder, manifest=manifest)
        given = existing(asked, asked)
        reports = None
        if html is not None:
            several = count(words) > 1
            reports = closing.enter_context(Reports(html, several=several, corpus=store))
            given = reports.remembering(given)
        counted = closing.enter_context(progress("checking", shown=not sys.stdout.isatty()))
        cases = screen(given, store(), known, applicant=applicant, add=add, profiles=profiles)
        for case in counted(cases):
            if isinstance(case, Unreadable):
                unreadable += 1
            else:
                opened += case.open
            if reports is not None:
                reports.check(case)
            if json:
                emit(export.check(case))
            else:
                present(terminal.check(case, full=full))
            done += 1
    return outcome(strict=strict, unreadable=unreadable > 0, case=opened > 0)


@guarded
def dedup(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH…]", help=PATHS)] = None,
    manifest: ManifestOption = None,
    engine: Annotated[
        Engine, typer.Option(help="Where the work is done: on this machine or on a Ray cluster.")
    ] = Engine.LOCAL,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the pairs to this file as well.")
    ] = None,
    format: Annotated[
        Format | None, typer.Option(help="Of --output. [default: by its ending, else json]")
    ] = None,
    html: HtmlOption = None,
    full: FullOption = False,
    corpus: CorpusOption = None,
    strict: StrictOption = False,
    json: JsonOption = False,
) -> Exit:
    """All pairs of applications that share text, and the clusters they form.

    Over the corpus, or over the paths given: these are compared among themselves and not stored.

    Example: forensics dedup applications.zip --manifest applications.csv --output pairs.csv
    """
    from forensics.batch import local, ray
    from forensics.cases import export, lists, tables
    from forensics.dedup import dedup as compare_all
    from forensics.dedup import temporary
    from forensics.documents.source import walk
    from forensics.exhibits import existing, outside
    from forensics.settings import settings

    if format is not None and output is None:
        raise UsageError("--format is the format of a file: say which with --output FILE.")
    if manifest is not None and not paths:
        raise UsageError("dedup --manifest goes with paths: the corpus knows from `ingest` who applied.")
    with ExitStack() as closing, stopping(lambda: "Stopped before all were compared: nothing is written."):
        write = closing.enter_context(tables.opened(output, format and format.value)) if output else None
        reports = closing.enter_context(Reports(html, several=False, corpus=lambda: None)) if html else None
        afar = closing.enter_context(ray.cluster()) if engine is Engine.RAY else None
        if paths:
            words = said(paths)
            known = rows(manifest, words)
            given = walk(words, manifest=manifest)
            files = existing(outside(given, Opening(corpus).folder), given)
            store = closing.enter_context(temporary())
            into(store, files, known, total=lambda: count(words), keep=False, afar=afar.run if afar else None)
        else:
            store = closing.enter_context(Opening(corpus))()
        with progress("comparing", lambda: len(store.population().rows)) as counted:
            found = compare_all(
                store,
                run=afar.run if afar else local.run,
                workers=settings().workers,
                counted=counted,
                shared=afar.shared if afar else None,
            )
        if write is not None:
            write(found)
        if reports is not None:
            reports.dedup(found, store.snapshot())
    if json:
        emit(export.dedup(found))
    else:
        present(lists.dedup(found, full=full))
    return outcome(strict=strict, unreadable=found.unreadable > 0)
