"""Give a corpus its vectors: embed."""

from __future__ import annotations

from forensics.streams import Exit, emit, guarded, present, progress, stopping, talk
from forensics.words import CorpusOption, JsonOption, Opening


@guarded
def embed(corpus: CorpusOption = None, json: JsonOption = False) -> Exit:
    """Make the vectors of all documents that lack them, or of all anew for another model.

    `ingest` does this by itself for what it adds. Use it after FORENSICS_MODEL or FORENSICS_BACKEND has
    changed, or when documents came while no model was there.

    Example: FORENSICS_BACKEND=torch forensics embed
    """
    from forensics.cases import lists
    from forensics.ingest import give_voice

    with Opening(corpus) as opening:
        store = opening()
        store.meaning.renew()
        silent, done = len(store.silent()), 0
        with (
            progress("embedding", lambda: silent) as counted,
            stopping(lambda: f"Stopped after {done} of {silent} documents; run it again for the others."),
        ):
            for _ in counted(each for several in give_voice(store) for each in range(several)):
                done += 1
        store.meaning.save()
        made = store.meaning.made
        for each in store.meaning.warnings():
            talk(each)
        documents = len(store.population().rows)
    found = {
        "documents": documents,
        "embedded": done,
        "model": made.model if made else None,
        "backend": made.backend if made else None,
    }
    if json:
        emit(found)
    else:
        present(lists.embedded(found))
    return Exit.OK
