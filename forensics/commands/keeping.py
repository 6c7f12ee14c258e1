"""Keep a corpus: ingest, status, erase."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forensics.commands.exchanging import KeyOption, taken_in, the_key
from forensics.errors import UsageError
from forensics.streams import Exit, emit, guarded, outcome, present, progress, stopping, talk
from forensics.words import (
    PATHS,
    CorpusOption,
    FullOption,
    JsonOption,
    ManifestOption,
    Opening,
    Role,
    RoleOption,
    StrictOption,
    count,
    rows,
    said,
)

if TYPE_CHECKING:
    from forensics.cases.intake import Ingested
    from forensics.documents.document import Unreadable
    from forensics.documents.source import Source
    from forensics.index.corpus import Corpus
    from forensics.index.manifest import Manifest
    from forensics.ingest import Run


@guarded
def ingest(
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH…", help=PATHS)] = None,
    manifest: ManifestOption = None,
    role: RoleOption = Role.APPLICANT,
    indicators: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Compare with what another organisation has shared, too."),
    ] = None,
    key_file: KeyOption = None,
    full: FullOption = False,
    corpus: CorpusOption = None,
    strict: StrictOption = False,
    json: JsonOption = False,
) -> Exit:
    """Read, measure and index files into the corpus.

    Running it again is quick and goes on after a stop.

    Example: forensics ingest applications/ --manifest applications/manifest.csv
    """
    from forensics.cases import elsewhere, export, lists
    from forensics.documents.source import walk
    from forensics.exhibits import existing, outside

    if not paths and indicators is None:
        raise UsageError("ingest takes paths, or --indicators FILE: say what to take in.")
    secret = b"" if indicators is None else the_key(key_file)
    words = said(paths or ())
    known = rows(manifest, words)
    given = walk(words, manifest=manifest)
    with Opening(corpus, create=True) as store:
        files = existing(outside(given, store.folder), given) if words else iter(())
        done = into(store(), files, known, role=role, total=lambda: count(words))
        met = None if indicators is None else taken_in(store(), indicators, secret)
    if json:
        found = export.ingested(done, skipped=given.skipped, unmatched=known.unmatched())
        emit({**found, "indicators": met})
    else:
        if words:
            present(lists.ingested(done, skipped=given.skipped, unmatched=known.unmatched(), full=full))
        if met is not None:
            present(elsewhere.taken(met, full=full))
    return outcome(strict=strict, unreadable=any(each.status == "unreadable" for each in done))


@guarded
def status(
    deep: Annotated[
        bool, typer.Option("--deep", help="Read every byte: hash all stored files and snapshots.")
    ] = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
) -> Exit:
    """What the corpus holds, how large it is, and whether it is consistent.

    Example: forensics status --json
    """
    from forensics.cases import lists

    with Opening(corpus) as store:
        found = store().status(deep=deep)
        folder = store().folder
    if json:
        emit(found)
    else:
        present(lists.status(found, str(folder)))
    return Exit.OK


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


def into(
    store: Corpus,
    files: Iterator[Source | Unreadable],
    known: Manifest,
    *,
    total: Callable[[], int],
    role: Role = Role.APPLICANT,
    keep: bool | None = None,
    afar: Run | None = None,
) -> list[Ingested]:
    """Ingest the files with this machine's processes, or ``afar``, and say on stderr how far it is."""
    from forensics.batch.local import run
    from forensics.cases.lists import tally
    from forensics.ingest import give_voice, ingest
    from forensics.settings import settings

    done: list[Ingested] = []
    work = ingest(
        files,
        store,
        known,
        role=role.value,
        run=afar or run,
        workers=settings().workers,
        keep=keep,
        afar=afar is not None,
    )
    with (
        progress("reading", total) as counted,
        stopping(lambda: f"Stopped after {tally(done)}; these are kept."),
    ):
        for each in counted(work):
            done.append(each)
        store.measure_again()
        for _ in give_voice(store):  # what came while no model was there, or before there were vectors
            pass
    if keep is not False:
        store.meaning.save()
    if any(each.status == "added" for each in done) and store.meaning.absent:
        talk(f"No vectors were made, rewording will be looked for by words alone: {store.meaning.absent}")
    for warning in store.meaning.warnings():
        talk(warning)
    return done
