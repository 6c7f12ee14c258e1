"""Case → page: a report that is one file, asks nobody for anything, and can be kept, sent and printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from forensics.cases.case import Case
from forensics.cases.duplicates import Duplicates
from forensics.cases.ground import Ground
from forensics.cases.overview import Indexed, overview
from forensics.cases.paper import render
from forensics.cases.pictures import Draw, pictures
from forensics.cases.sheets import sheets_of_check, sheets_of_compare
from forensics.cases.views import Side, checked, compared
from forensics.documents.document import Document, Unreadable
from forensics.features.features import Exhibit
from forensics.findings.finding import Alignment

Stored = Callable[[str], bytes | None]
"""The id of a document → the bytes of its file, ``None`` when nobody has kept them."""


def check(
    case: Case | Unreadable,
    *,
    ground: Ground,
    stored: Stored,
    draw: Draw,
    written: str = "",
    frame: str = "paper.html",
    folders: tuple[Path, ...] = (),
) -> str:
    """The page of one check, or of a file that could not be read.

    ``stored`` finds the bytes of the checked document and its counterparts, ``draw`` makes pictures of them.
    ``written`` is the date to print, none if empty. ``frame`` and ``folders`` are as in
    :func:`forensics.cases.paper.render`.
    """
    page: dict[str, Any] = {"ground": ground, "written": written, "frame": frame, "folders": folders}
    if isinstance(case, Unreadable):
        return render("unreadable.html", read=case, documents=(), corpus=None, **page)
    view = checked(case)
    return render(
        "check.html",
        view=view,
        documents=(case.exhibit.document, *_documents(view.sides)),
        corpus=case,
        pictures=pictures(sheets_of_check(view, stored), draw),
        **page,
    )


def _documents(sides: Sequence[Side]) -> list[Document]:
    return [side.document for side in sides if not side.identical]


def compare(
    a: Exhibit | Unreadable,
    b: Exhibit | Unreadable,
    relation: str | None,
    alignment: Alignment | None,
    *,
    ground: Ground,
    stored: Stored,
    draw: Draw,
    written: str = "",
    corpus: Any = None,
    common: int | None = None,
) -> str:
    """The page of two documents side by side. ``corpus`` has ``documents`` and ``snapshot``, if there is one."""
    page: dict[str, Any] = {"ground": ground, "written": written, "corpus": corpus}
    if alignment is None or isinstance(a, Unreadable) or isinstance(b, Unreadable):
        return render("unreadable.html", read=a if isinstance(a, Unreadable) else b, documents=(), **page)
    view = compared(a, b, relation or "unknown", alignment, common)
    return render(
        "compare.html",
        view=view,
        documents=(a.document, b.document),
        pictures=pictures(sheets_of_compare(a.document, view, stored), draw),
        **page,
    )


def dedup(found: Duplicates, *, ground: Ground, written: str = "", snapshot: str = "") -> str:
    """The page of all pairs and clusters."""
    return render(
        "dedup.html",
        view=overview(found),
        ground=ground,
        written=written,
        documents=(),
        corpus={"documents": found.documents, "snapshot": snapshot},
    )


def index(rows: Sequence[Indexed], *, more: str, ground: Ground, written: str = "") -> str:
    """The first page of a folder of reports, open cases first; ``more`` is said after the counts."""
    order = {"case": 0, "shared text": 0}
    return render(
        "index.html",
        rows=sorted(rows, key=lambda row: order.get(row.state, 1)),
        states=Counter(row.state for row in rows),
        more=more,
        ground=ground,
        written=written,
        documents=(),
        corpus=None,
    )
