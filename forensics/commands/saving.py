"""Keep a copy of a corpus: backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from forensics.streams import Exit, emit, guarded, present, talk
from forensics.words import CorpusOption, JsonOption, Opening


@guarded
def backup(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write, outside of the corpus.")],
    force: Annotated[bool, typer.Option("--force", help="Replace OUT if it is there.")] = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
) -> Exit:
    """Write all of the corpus to one file, while others may read and write it.

    The file holds personal data: keep it as you keep the corpus, and erase from it as well.

    Example: forensics backup /backups/monday.tar
    """
    from forensics.cases import lists
    from forensics.index.backup import backup as write

    with Opening(corpus) as store:
        folder = store().folder  # opened, and with it finished what a killed erasure left
    done = write(folder, out, force=force)
    lacking = (*done.missing, *done.damaged)
    if lacking:
        talk(
            f"Not in the backup, as `forensics status --deep` says: {len(lacking)} files that are missing or damaged."
        )
    if json:
        names = ("documents", "files", "sha256", "desk")
        emit(
            {"backup": str(out), **{name: getattr(done, name) for name in names}, "bytes": done.size}
            | {"missing": list(done.missing), "damaged": list(done.damaged)}
        )
    else:
        present(lists.backed_up(done.documents, done.files, done.size, str(out)))
    return Exit.OK


@guarded
def restore(
    file: Annotated[Path, typer.Argument(metavar="BACKUP", help="A file that `forensics backup` wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the corpus that is there.")] = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
) -> Exit:
    """Make a backup a corpus again, once every byte of it is proved. Stop `forensics serve` before.

    What was erased since the backup was made is back then: erase it again.

    Example: forensics restore /backups/monday.tar --corpus restored/
    """
    from forensics.cases import lists
    from forensics.index.restore import restore as put

    done = put(file, Opening(corpus).folder, force=force)
    if json:
        names = ("documents", "files", "desk", "made")
        emit(
            {"corpus": str(done.folder), **{name: getattr(done, name) for name in names}}
            | {"consistent": not done.problems, "problems": list(done.problems)}
        )
    else:
        present(lists.restored(done.documents, done.files, done.made, str(done.folder), done.problems))
    return Exit.OK
