"""Care for an installation: doctor."""

from __future__ import annotations

from forensics.streams import Exit, emit, guarded, present
from forensics.words import CorpusOption, JsonOption


@guarded
def doctor(corpus: CorpusOption = None, json: JsonOption = False) -> Exit:
    """What is installed, what a hostile file is kept from, and a test of the main job. Ends with 2 if it fails.

    Changes nothing and needs no corpus.

    Example: forensics doctor --json
    """
    from forensics.cases import health
    from forensics.doctor import examine

    found = examine(corpus)
    if json:
        emit(health.as_json(found))
    else:
        present(health.present(found))
    return Exit.OK if found.works else Exit.COULD_NOT_RUN
