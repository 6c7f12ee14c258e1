"""Look at documents: show one, compare two."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from forensics.commands.reporting import HtmlOption, Reports
from forensics.errors import UsageError
from forensics.streams import Exit, emit, guarded, outcome, present, progress, stopping
from forensics.words import (
    DOCUMENTS,
    CorpusOption,
    FullOption,
    JsonOption,
    Opening,
    Shape,
    StrictOption,
    table,
)


@guarded
def show(
    files: Annotated[list[str], typer.Argument(metavar="FILE|ID…", help=DOCUMENTS)],
    shape: Annotated[
        Shape, typer.Option("--format", help="forensics, or jsonresume: JSON Resume 1.0.0.")
    ] = Shape.FORENSICS,
    page_image: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT.png", help="Write a picture of one page with its passages and hidden text boxed."
        ),
    ] = None,
    page: Annotated[int, typer.Option(min=1, help="Which page --page-image shows.")] = 1,
    full: FullOption = False,
    corpus: CorpusOption = None,
    strict: StrictOption = False,
    json: JsonOption = False,
) -> Exit:
    """What is read and measured in a document: text, passages, names, contacts.

    Example: forensics show resume.pdf 3f9a04bc --json
    """
    from forensics.cases import export, terminal
    from forensics.cases.jsonresume import json_resume
    from forensics.cases.page_image import page_picture
    from forensics.documents.document import Unreadable
    from forensics.exhibits import Asked, existing

    if page_image is not None and len(files) != 1:
        raise UsageError("--page-image shows a page of one document: name one.")
    unreadable = 0
    with Opening(corpus) as store:
        asked = Asked(words=tuple(files), corpus=store, folder=store.folder)
        for given in existing(asked, asked):
            unreadable += isinstance(given.read, Unreadable)
            if page_image is not None:
                data = given.data
                if data is None and store.corpus is not None and not isinstance(given.read, Unreadable):
                    data = store.corpus.file(given.read.document.id)
                page_image.write_bytes(page_picture(given.read, data, page))
            if shape is Shape.JSONRESUME:
                emit(json_resume(given.read))
            elif json:
                emit(export.show(given.read))
            else:
                present(terminal.show(given.read, full=full))
    return outcome(strict=strict, unreadable=unreadable > 0)


@guarded
def compare(
    files: Annotated[list[str] | None, typer.Argument(metavar="A B", help=DOCUMENTS)] = None,
    pairs: Annotated[
        str | None,
        typer.Option(metavar="FILE.tsv", help="Compare the two paths of each line, with a tab between."),
    ] = None,
    html: HtmlOption = None,
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
        reports = None
        if html is not None:
            several = pairs is not None
            reports = closing.enter_context(Reports(html, several=several, corpus=lambda: store.corpus))
            both = reports.remembering_two(both)
        counted = closing.enter_context(progress("comparing", shown=not sys.stdout.isatty()))
        for one in counted(compared(both, lambda: store.corpus)):
            unreadable += isinstance(one.a, Unreadable) or isinstance(one.b, Unreadable)
            if reports is not None:
                reports.compare(one)
            if json:
                emit(export.compare(one.a, one.b, one.relation, one.alignment))
            else:
                common = None if store.corpus is None else store.corpus.common()
                present(terminal.compare(one.a, one.b, one.relation, one.alignment, full=full, common=common))
            done += 1
    return outcome(strict=strict, unreadable=unreadable > 0)
