"""Ask as an analyst does: who else has this template, text, file or hand; which templates are public."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from forensics.commands.reporting import HtmlOption, Reports
from forensics.errors import UsageError
from forensics.streams import Exit, emit, guarded, outcome, present
from forensics.words import CorpusOption, FullOption, JsonOption, Opening

template = typer.Typer(
    name="template", no_args_is_help=True, help="Public templates: looks that are no evidence."
)


class By(StrEnum):
    """In which way a document is like another."""

    TEMPLATE = "template"
    CONTENT = "content"
    LINEAGE = "lineage"
    STYLE = "style"


@guarded
def who_else(
    file: Annotated[str, typer.Argument(metavar="FILE|ID", help="A file, or the id of a stored document.")],
    by: Annotated[
        By,
        typer.Option(
            help="template: layout and design. content: text. lineage: the same file. style: the same hand, a hint."
        ),
    ] = By.TEMPLATE,
    threshold: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="List from this similarity on. [default: calibrated for each --by]"),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="List so many at most; all are counted.")
    ] = None,
    applicant: Annotated[str | None, typer.Option(metavar="NAME", help="Who applied with this file.")] = None,
    html: HtmlOption = None,
    full: FullOption = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
) -> Exit:
    """Who else in the corpus has this template, text, file or hand? Nothing is stored.

    Example: forensics who-else resume.pdf --by template
    """
    from forensics.cases import likes
    from forensics.documents.document import Unreadable
    from forensics.exhibits import Asked, existing
    from forensics.who_else import who_else as ask

    with Opening(corpus) as store:
        opened = store()
        asked = Asked(words=(file,), corpus=store, folder=store.folder)
        given = list(existing(asked, asked))
        if len(given) != 1:
            raise UsageError(
                f"who-else asks about one document, {file} holds {len(given)}: name one of them."
            )
        read = given[0].read
        if isinstance(read, Unreadable):
            said = "; ".join(problem.message for problem in read.problems)
            raise UsageError(f"{read.path} cannot be read: {said}")
        found = ask(read, opened, by=by.value, threshold=threshold, limit=limit, applicant=applicant)
        if html is not None:
            with Reports(html, several=False, corpus=lambda: store.corpus) as reports:
                reports.keep(given[0])
                reports.who_else(found, read.document.path)
        if json:
            emit(likes.as_json(found))
        else:
            present(likes.terminal(found, full=full))
    return outcome(strict=False, unreadable=False)


@template.command("mark-public")
@guarded
def mark_public(
    file: Annotated[
        str, typer.Argument(metavar="FILE|ID", help="A file made with the template, or a stored id.")
    ],
    name: Annotated[str, typer.Option(metavar="N", help="What the template is called.")],
    corpus: CorpusOption = None,
    json: JsonOption = False,
) -> Exit:
    """Remember the look of a file as a public template, so that sharing it is no evidence.

    What is kept, in FORENSICS_HOME/templates, holds no word of the document.

    Example: forensics template mark-public sample.pdf --name "Town library handout"
    """
    from rich.text import Text

    from forensics.documents.document import Unreadable
    from forensics.exhibits import Asked, existing
    from forensics.features.layout import fingerprint
    from forensics.findings.public_templates import write_public
    from forensics.settings import settings

    with Opening(corpus) as store:
        asked = Asked(words=(file,), corpus=store, folder=store.folder)
        given = list(existing(asked, asked))
    read = given[0].read
    if len(given) != 1 or isinstance(read, Unreadable):
        raise UsageError(f"{file} is no single document that can be read: name one.")
    look = fingerprint(read.document)
    if look is None:
        raise UsageError(f"{file} was stored before looks were kept: give the file itself.")
    kept = write_public(settings().home / "templates", look, name=name, source="marked by a user")
    if json:
        emit({"name": name, "file": str(kept), "marks": len(look.marks)})
    else:
        present(
            [Text(f"{name} is known as a public template from now on ({len(look.marks)} marks, {kept}).")]
        )
    return outcome(strict=False, unreadable=False)
