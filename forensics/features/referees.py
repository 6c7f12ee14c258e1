"""Referees: the people whom a document names to speak for the applicant."""

from __future__ import annotations

from collections.abc import Sequence

from forensics.features.features import Entity, Referee
from forensics.features.pieces import Piece, pieces
from forensics.features.sheet import Row, Sheet

_REACH = 6
"""At most so many rows below the name tell of one referee."""


def read_referees(sheet: Sheet) -> tuple[Referee, ...]:
    """Everybody named under the heading "References", with the contacts and the post that stand beside."""
    names = [entity for entity in sheet.entities if entity.label == "PERSON" and entity.rule == "referee"]
    names.sort(key=lambda entity: entity.start)
    heads = [sheet.row(entity.start).index for entity in names]
    found: list[Referee] = []
    for at, name in enumerate(names):
        stop = min(heads[at + 1] if at + 1 < len(heads) else len(sheet.rows), heads[at] + _REACH)
        rows = [sheet.rows[heads[at]]]
        for row in sheet.rows[heads[at] + 1 : stop]:
            if row.section != "references" or row.heading:
                break
            rows.append(row)
        found.append(_referee(sheet, name, rows))
    return tuple(found)


def _referee(sheet: Sheet, name: Entity, rows: Sequence[Row]) -> Referee:
    left = [piece for row in rows for piece in pieces(sheet, row)]
    title = next((piece for piece in left if piece.kind == "title"), None)
    firm = next((piece for piece in left if piece.kind == "employer"), None)
    if firm is None:
        firm = next((piece for piece in left if piece.kind == "unknown"), None)
    known = _first(sheet, rows, "EMPLOYER") or _first(sheet, rows, "SCHOOL")
    employer = known or (_take(sheet, "EMPLOYER", firm) if firm else None)
    post = _first(sheet, rows, "TITLE") or (_take(sheet, "TITLE", title) if title else None)
    return Referee(
        name=name.value,
        email=_first(sheet, rows, "EMAIL"),
        phone=_first(sheet, rows, "PHONE"),
        employer=employer,
        title=post,
        entry=(rows[0].start, rows[-1].end),
    )


def _first(sheet: Sheet, rows: Sequence[Row], label: str) -> str | None:
    return next((entity.value for row in rows for entity in sheet.in_row(row, label)), None)


def _take(sheet: Sheet, label: str, piece: Piece) -> str | None:
    value = " ".join(piece.text.split())
    return value if sheet.take(label, piece.start, piece.end, value, "referee") else None
