"""Exchange with other organisations: export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forensics.errors import UsageError
from forensics.streams import Exit, emit, guarded, present, progress
from forensics.words import CorpusOption, JsonOption, Opening

if TYPE_CHECKING:
    from forensics.index.corpus import Corpus

KeyOption = Annotated[
    Path | None,
    typer.Option(
        "--key-file", metavar="FILE", help="The secret that both organisations have, 64 hex digits."
    ),
]


@guarded
def export(
    indicators: Annotated[
        Path, typer.Option("--indicators", metavar="OUT", help="Write the indicators to this file.")
    ],
    key_file: KeyOption = None,
    new_key: Annotated[bool, typer.Option("--new-key", help="Make a new key in --key-file first.")] = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
) -> Exit:
    """Write campaigns and cases as keyed fingerprints, without text and personal data (STIX 2.1).

    Whoever has the key can see whether they meet the same ones: forensics ingest --indicators.

    Example: forensics export --indicators ours.json --key-file sharing.key --new-key
    """
    from rich.text import Text

    from forensics.cases.beside import count
    from forensics.sharing import export as exported
    from forensics.sharing import new_key as made
    from forensics.sharing import read_key

    if key_file is None:
        raise UsageError(
            "export --indicators needs --key-file FILE: make one with --new-key and give it to the other."
        )
    with Opening(corpus) as opening:
        store = opening()
        secret = made(key_file) if new_key else read_key(key_file)
        found = exported(store, secret)
    draft = indicators.with_name(f".{indicators.name}.part")
    try:
        draft.write_text(found.text, encoding="utf-8")
        draft.replace(indicators)
    except OSError as error:
        raise UsageError(f"{indicators} cannot be written ({error.strerror}): name another file.") from error
    finally:
        draft.unlink(missing_ok=True)
    said = {"file": str(indicators), "key": found.key, "campaigns": found.campaigns}
    said["unchecked"] = found.unchecked
    counts = {"passages": found.digests["passage"], "lineage": found.digests["lineage"]}
    counts["template"] = found.digests["template"]
    if json:
        emit({**said, **counts})
    else:
        waiting = Text(
            f"{count(found.unchecked, 'document')} not checked yet, and not in it: forensics campaigns --update",
            style="bold yellow",
        )
        present(
            [
                Text(
                    f"{found.campaigns} campaigns and cases under key {found.key}, in {indicators}.",
                    style="bold",
                ),
                Text(", ".join(f"{many:,} {kind}" for kind, many in counts.items()) + " digests."),
                *([waiting] if found.unchecked else []),
                Text("Nothing personal is in it; docs/sharing.md says what its size and its key give away."),
            ]
        )
    return Exit.OK


def the_key(file: Path | None) -> bytes:
    """The key behind ``ingest --key-file``."""
    from forensics.sharing import read_key

    if file is None:
        raise UsageError("ingest --indicators needs --key-file FILE: the key that both organisations have.")
    return read_key(file)


def taken_in(store: Corpus, file: Path, secret: bytes) -> dict[str, Any]:
    """What ``ingest --indicators`` does: the JSON of what was kept and which stored documents it meets."""
    from forensics.cases.elsewhere import as_json
    from forensics.sharing import take_in

    with progress("comparing", lambda: len(store.population().applicants)) as counted:
        found = take_in(store, file, secret, counted=counted)
    return {
        "key": found.key,
        "campaigns": found.campaigns,
        "digests": found.digests,
        "skipped": found.skipped,
        "matches": [{"document": id, "matches": as_json(each)} for id, each in found.matches],
    }
