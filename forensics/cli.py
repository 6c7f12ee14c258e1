"""The command line: words in, words out. What is done with them is done elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forensics import __version__
from forensics.errors import UsageError
from forensics.streams import Exit, emit, end_in_order, guarded, outcome, present, progress, stopping
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
    Role,
    RoleOption,
    Shape,
    StrictOption,
    count,
    rows,
    said,
    table,
)

if TYPE_CHECKING:
    from forensics.cases.intake import Ingested
    from forensics.documents.document import Unreadable
    from forensics.documents.source import Source
    from forensics.index.corpus import Corpus
    from forensics.index.manifest import Manifest

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


@app.command()
@guarded
def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help=PATHS)],
    manifest: ManifestOption = None,
    role: RoleOption = Role.APPLICANT,
    full: FullOption = False,
    corpus: CorpusOption = None,
    strict: StrictOption = False,
    json: JsonOption = False,
) -> Exit:
    """Read, measure and index files into the corpus.

    Running it again is quick and goes on after a stop.

    Example: forensics ingest applications/ --manifest applications/manifest.csv
    """
    from forensics.cases import export, lists
    from forensics.documents.source import walk
    from forensics.exhibits import existing, outside

    words = said(paths)
    known = rows(manifest, words)
    given = walk(words, manifest=manifest)
    with Opening(corpus, create=True) as store:
        files = existing(outside(given, store.folder), given)
        done = _into(store(), files, known, role=role, total=lambda: count(words))
    if json:
        emit(export.ingested(done, skipped=given.skipped, unmatched=known.unmatched()))
    else:
        present(lists.ingested(done, skipped=given.skipped, unmatched=known.unmatched(), full=full))
    return outcome(strict=strict, unreadable=any(each.status == "unreadable" for each in done))


@app.command()
@guarded
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help=DOCUMENTS)],
    applicant: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who applied with these files.")
    ] = None,
    manifest: ManifestOption = None,
    add: Annotated[bool, typer.Option("--add", help="Store each file after its own check.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="OUT", help="Write a report (not built yet).")] = None,
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
    from forensics.screen import screen

    if html is not None:
        raise UsageError("check --html is not built yet: use --json, or read the output for people.")
    words = said(files)
    known = rows(manifest, words)
    done, opened, unreadable = 0, 0, 0
    with ExitStack() as closing, stopping(lambda: f"Stopped after {done} checked, {opened} with a case."):
        store = closing.enter_context(Opening(corpus, create=add))
        if not add:
            store()
        asked = Asked(words=words, corpus=store, folder=store.folder, manifest=manifest)
        given = existing(asked, asked)
        counted = closing.enter_context(progress("checking", shown=not sys.stdout.isatty()))
        for case in counted(screen(given, store(), known, applicant=applicant, add=add)):
            if isinstance(case, Unreadable):
                unreadable += 1
            else:
                opened += case.open
            if json:
                emit(export.check(case))
            else:
                present(terminal.check(case, full=full))
            done += 1
    return outcome(strict=strict, unreadable=unreadable > 0, case=opened > 0)


@app.command()
@guarded
def show(
    files: Annotated[list[str], typer.Argument(metavar="FILE|ID…", help=DOCUMENTS)],
    shape: Annotated[Shape, typer.Option("--format", help="What --json prints.")] = Shape.FORENSICS,
    full: FullOption = False,
    corpus: CorpusOption = None,
    strict: StrictOption = False,
    json: JsonOption = False,
) -> Exit:
    """What is read and measured in a document: text, passages, names, contacts.

    Example: forensics show resume.pdf 3f9a04bc --json
    """
    from forensics.cases import export, terminal
    from forensics.documents.document import Unreadable
    from forensics.exhibits import Asked, existing

    if shape is Shape.JSONRESUME:
        raise UsageError("show --format jsonresume is not built yet: use --json.")
    unreadable = 0
    with Opening(corpus) as store:
        asked = Asked(words=tuple(files), corpus=store, folder=store.folder)
        for given in existing(asked, asked):
            unreadable += isinstance(given.read, Unreadable)
            if json:
                emit(export.show(given.read))
            else:
                present(terminal.show(given.read, full=full))
    return outcome(strict=strict, unreadable=unreadable > 0)


@app.command()
@guarded
def compare(
    files: Annotated[list[str] | None, typer.Argument(metavar="A B", help=DOCUMENTS)] = None,
    pairs: Annotated[
        str | None,
        typer.Option(metavar="FILE.tsv", help="Compare the two paths of each line, with a tab between."),
    ] = None,
    full: FullOption = False,
    corpus: CorpusOption = None,
    strict: StrictOption = False,
    json: JsonOption = False,
) -> Exit:
    """Two documents side by side: what they share, word for word, swapped or reworded.

    Uses a corpus (how rare is it, what is public text) only where --corpus or an id asks for one.

    Example: forensics compare one.pdf other.docx
    """
    from forensics.cases import export, terminal
    from forensics.documents.document import Unreadable
    from forensics.exhibits import Asked, existing, two
    from forensics.exhibits import pairs as in_table
    from forensics.screen import compared

    if (pairs is None) == (not files):
        raise UsageError("compare takes two documents, or --pairs with a file of pairs.")
    done, unreadable = 0, 0
    with ExitStack() as closing, stopping(lambda: f"Stopped after {done} compared."):
        store = closing.enter_context(Opening(corpus))
        if corpus is not None:
            store()
        asked = Asked(words=tuple(files or ()), corpus=store, folder=store.folder)
        lines = None if pairs is None else closing.enter_context(table(pairs))
        both = existing(two(asked) if lines is None else in_table(lines, asked), asked)
        counted = closing.enter_context(progress("comparing", shown=not sys.stdout.isatty()))
        for one in counted(compared(both, lambda: store.corpus)):
            unreadable += isinstance(one.a, Unreadable) or isinstance(one.b, Unreadable)
            if json:
                emit(export.compare(one.a, one.b, one.relation, one.alignment))
            else:
                present(terminal.compare(one.a, one.b, one.relation, one.alignment, full=full))
            done += 1
    return outcome(strict=strict, unreadable=unreadable > 0)


@app.command()
@guarded
def dedup(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH…]", help=PATHS)] = None,
    manifest: ManifestOption = None,
    engine: Annotated[Engine, typer.Option(help="Where the work is done.")] = Engine.LOCAL,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the pairs to this file as well.")
    ] = None,
    format: Annotated[
        Format | None, typer.Option(help="Of --output. [default: by its ending, else json]")
    ] = None,
    full: FullOption = False,
    corpus: CorpusOption = None,
    strict: StrictOption = False,
    json: JsonOption = False,
) -> Exit:
    """All pairs of applications that share text, and the clusters they form.

    Over the corpus, or over the paths given: these are compared among themselves and not stored.

    Example: forensics dedup applications.zip --manifest applications.csv --output pairs.csv
    """
    from forensics.batch.local import run
    from forensics.cases import export, lists, tables
    from forensics.dedup import dedup as compare_all
    from forensics.dedup import temporary
    from forensics.documents.source import walk
    from forensics.exhibits import existing, outside
    from forensics.settings import settings

    if engine is Engine.RAY:
        raise UsageError("dedup --engine ray is not built yet: use --engine local.")
    if format is not None and output is None:
        raise UsageError("--format is the format of a file: say which with --output FILE.")
    if manifest is not None and not paths:
        raise UsageError("dedup --manifest goes with paths: the corpus knows from `ingest` who applied.")
    with ExitStack() as closing, stopping(lambda: "Stopped before all were compared: nothing is written."):
        write = closing.enter_context(tables.opened(output, format and format.value)) if output else None
        if paths:
            words = said(paths)
            known = rows(manifest, words)
            given = walk(words, manifest=manifest)
            files = existing(outside(given, Opening(corpus).folder), given)
            store = closing.enter_context(temporary())
            _into(store, files, known, total=lambda: count(words), keep=False)
        else:
            store = closing.enter_context(Opening(corpus))()
        with progress("comparing", lambda: len(store.population().rows)) as counted:
            found = compare_all(store, run=run, workers=settings().workers, counted=counted)
        if write is not None:
            write(found)
    if json:
        emit(export.dedup(found))
    else:
        present(lists.dedup(found, full=full))
    return outcome(strict=strict, unreadable=found.unreadable > 0)


@app.command()
@guarded
def erase(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID…]", help="Ids, or - for one a line on stdin.")
    ] = None,
    applicant: Annotated[
        str | None, typer.Option(metavar="NAME", help="All applications under this name.")
    ] = None,
    older_than: Annotated[
        int | None,
        typer.Option(
            metavar="DAYS", min=0, max=36_500, help="All applications made, or else ingested, before that."
        ),
    ] = None,
    corpus: CorpusOption = None,
    json: JsonOption = False,
) -> Exit:
    """Erase documents: file, text, fingerprints, findings. Nothing of them stays in the corpus.

    With both --applicant and --older-than, what meets both. It does not ask before it erases.

    Example: forensics erase --applicant "Ada Example"
    """
    from forensics.cases import lists
    from forensics.exhibits import lines

    if bool(ids) == (applicant is not None or older_than is not None):
        raise UsageError(
            "erase takes ids, or else --applicant NAME and --older-than DAYS: say what to erase."
        )
    with Opening(corpus) as store:
        count = store().erase(tuple(lines(ids or ())), applicant=applicant, older_than_days=older_than)
    if json:
        emit({"erased": count})
    else:
        present(lists.erased(count))
    return Exit.OK


@app.command()
@guarded
def status(corpus: CorpusOption = None, json: JsonOption = False) -> Exit:
    """What the corpus holds, how large it is, and whether it is sound.

    Example: forensics status --json
    """
    from forensics.cases import lists

    with Opening(corpus) as store:
        found = store().status()
        folder = store().folder
    if json:
        emit(found)
    else:
        present(lists.status(found, str(folder)))
    return Exit.OK


_LATER = {"ignore_unknown_options": True, "allow_extra_args": True}


@app.command("who-else", context_settings=_LATER)
@guarded
def who_else() -> Exit:
    """Who else uses this template, text or style? (Not built yet.)"""
    raise UsageError("who-else is not built yet: `forensics check` finds shared text and contacts.")


@app.command(context_settings=_LATER)
@guarded
def serve() -> Exit:
    """The web application. (Not built yet.)"""
    raise UsageError("serve is not built yet: use `forensics check`.")


def _into(
    store: Corpus,
    files: Iterator[Source | Unreadable],
    known: Manifest,
    *,
    total: Callable[[], int],
    role: Role = Role.APPLICANT,
    keep: bool | None = None,
) -> list[Ingested]:
    from forensics.batch.local import run
    from forensics.cases.lists import tally
    from forensics.ingest import ingest
    from forensics.settings import settings

    done: list[Ingested] = []
    work = ingest(files, store, known, role=role.value, run=run, workers=settings().workers, keep=keep)
    with (
        progress("reading", total) as counted,
        stopping(lambda: f"Stopped after {tally(done)}; these are kept."),
    ):
        for each in counted(work):
            done.append(each)
    return done


def main() -> None:
    """The console script."""
    end_in_order()
    app()
