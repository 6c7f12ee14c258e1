"""Case → the body of its page: the same templates as `check --html`, without the frame."""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from forensics.cases import report
from forensics.cases.case import Case
from forensics.cases.ground import ground
from forensics.documents.document import Problem
from forensics.documents.pictures import Picture
from forensics.documents.sandbox import Reader
from forensics.index.corpus import Corpus

TEMPLATES = Path(__file__).parent / "templates"


def body(case: Case, corpus: Corpus, data: bytes | None) -> str:
    """What stands between the frame's head and foot; made once, when the job is done.

    ``data`` are the bytes of the checked file, for pictures of its pages, ``None`` if they are in the corpus or
    nowhere.
    """
    own = case.exhibit.document.id
    models = corpus.status()["models"]
    return report.check(
        case,
        ground=ground(models if isinstance(models, dict) else None),
        stored=lambda id: data if id == own and data is not None else corpus.file(id),
        draw=_draw,
        written=datetime.now(UTC).date().isoformat(),
        frame="fragment.html",
        folders=(TEMPLATES,),
    )


def _draw(data: bytes, pages: Sequence[int], width: int) -> tuple[Picture, ...] | Problem:
    return _reader().render(data, pages, width=width)


@cache
def _reader() -> Reader:
    reader = Reader()
    atexit.register(reader.close)
    return reader
