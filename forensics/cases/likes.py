"""Who else: the answer as JSON, for a terminal, and as a page with thumbnails side by side."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from forensics.cases.beside import count
from forensics.cases.ground import Ground
from forensics.cases.paper import percent, render
from forensics.cases.pictures import Draw
from forensics.cases.visible import visible
from forensics.documents.document import Problem
from forensics.documents.limited import Failed
from forensics.documents.office import libreoffice, to_pdf
from forensics.findings.likeness import Answer
from forensics.settings import settings

ROWS = 50
"""So many are shown in a terminal; the rest are counted."""

PICTURED = 24
"""So many documents are shown as pictures; the rest are counted."""

_WIDE = 300  # pixels of a thumbnail
_MOST_BYTES = 3 * 2**20

ASKED = {
    "template": "the same layout and design",
    "content": "the same text",
    "lineage": "the same file or helper",
    "style": "a like way of writing",
}
"""What was asked for, by the way of asking."""


def as_json(found: Answer) -> dict[str, Any]:
    """As docs/schemas/who-else.schema.json has it."""
    return {
        "query": found.query,
        "by": found.by,
        "threshold": found.threshold,
        "searched": found.searched,
        "not_compared": found.lacking,
        "total": found.total,
        "rarity": {"documents": found.alike, "applicants": found.people, "of": found.others},
        "public_template": found.public,
        "notes": list(found.notes),
        "documents": [
            {
                "id": each.id,
                "path": each.path,
                "applicant": each.applicant,
                "applied_at": each.applied_at,
                "job": each.job,
                "role": each.role,
                "similarity": round(each.similarity, 4),
                "relation": each.relation,
                "lineage": list(each.lineage),
                "content_coverage": round(each.coverage, 4),
                "shared": list(each.shared),
            }
            for each in found.documents
        ],
    }


def sentence(found: Answer) -> str:
    """The answer in one sentence, with how rare it is."""
    what = ASKED[found.by]
    if not found.total:
        return f"Nobody else has {what}: {count(found.searched, 'document')} compared."
    return (
        f"{count(found.total, 'application')} with {what} ({percent(found.threshold)} or more): "
        f"{found.alike:,} of {found.searched:,} documents, {count(found.people, 'applicant')} of {found.others:,} others."
    )


def terminal(found: Answer, *, full: bool = False) -> Iterator[RenderableType]:
    """A sentence, a table, and what a person has to know about it."""
    yield Text(sentence(found), style="bold")
    if found.public:
        yield Text(f"It looks like the public template {visible(found.public)}: thousands use it.")
    if found.documents:
        table = Table(box=None, pad_edge=False, show_edge=False)
        for name in ("similarity", "relation", "applicant", "file", "text shared", "in common"):
            table.add_column(name, overflow="fold")
        shown = found.documents if full else found.documents[:ROWS]
        for each in shown:
            table.add_row(
                f"{each.similarity:.2f}",
                each.relation,
                visible(each.applicant or "names nobody"),
                visible(each.path),
                percent(each.coverage) if each.coverage else "none",
                visible(
                    "; ".join((*each.shared[: None if full else 4], *each.lineage[: None if full else 2]))
                ),
            )
        yield table
        left = found.total - len(shown)
        if left:
            yield Text(f"{left:,} more: use --full, and a higher --limit if one was given, or --json.")
    for note in found.notes:
        yield Text(note, style="dim")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """The first page of a document: ``src`` is a data URL, ``None`` with ``why`` where there is no picture."""

    src: str | None
    why: str = ""


def page(
    found: Answer,
    *,
    path: str,
    stored: Callable[[str], bytes | None],
    draw: Draw,
    ground: Ground,
    written: str = "",
    **frame: Any,
) -> str:
    """The page of an answer: the query's first page beside those of all that are like it.

    ``stored`` finds the bytes of a document, ``draw`` makes pictures of PDF pages in the reading process;
    ``frame`` is passed on to :func:`forensics.cases.paper.render`.
    """
    left = _MOST_BYTES
    pictures: dict[str, Thumbnail] = {}
    for id in dict.fromkeys([found.query, *(each.id for each in found.documents[:PICTURED])]):
        pictures[id], used = _thumbnail(stored(id), draw, left)
        left -= used
    return render(
        "who-else.html",
        view=found,
        rows=found.documents,
        path=path,
        asked=ASKED[found.by],
        said=sentence(found),
        pictures=pictures,
        unpictured=max(0, len({each.id for each in found.documents}) + 1 - len(pictures)),
        ground=ground,
        written=written,
        documents=(),
        corpus=None,
        **frame,
    )


def _pages(data: bytes) -> bytes | None:
    """The file as a PDF: a DOCX as LibreOffice lays it out, where the settings ask for it and it can."""
    if data.startswith(b"%PDF-"):
        return data
    program = libreoffice() if data.startswith(b"PK") and settings().render else None
    try:
        return None if program is None else to_pdf(data, program)
    except Failed:
        return None


def _thumbnail(data: bytes | None, draw: Draw, left: int) -> tuple[Thumbnail, int]:
    if data is None:
        return Thumbnail(src=None, why="its file is not kept"), 0
    pages = _pages(data)
    if pages is None:
        return Thumbnail(src=None, why="only PDF pages are pictured; a DOCX with FORENSICS_RENDER=1"), 0
    made = draw(pages, [1], _WIDE)
    if isinstance(made, Problem) or not made:
        return Thumbnail(src=None, why="its page could not be drawn"), 0
    png = made[0].png
    if len(png) > left:
        return Thumbnail(src=None, why="there is no room for more pictures on one page"), 0
    return Thumbnail(src="data:image/png;base64," + base64.b64encode(png).decode()), len(png)
