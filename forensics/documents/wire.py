"""Documents as JSON between the reading child and its parent."""

from __future__ import annotations

from typing import Any

from forensics.documents.document import Box, Document, Fact, Hidden, Line, Passage, Problem, Unreadable


def to_wire(read: Document | Unreadable) -> dict[str, Any]:
    """A JSON object that holds everything but id and path, which the parent knows better."""
    problems = [[each.code, each.message, each.fatal] for each in read.problems]
    if isinstance(read, Unreadable):
        return {"problems": problems}
    hidden = read.hidden
    return {
        "problems": problems,
        "format": read.format,
        "kind": read.kind,
        "language": read.language,
        "pages": read.pages,
        "text": read.text,
        "lines": [[each.start, each.end, each.page, each.bbox] for each in read.lines],
        "passages": [[each.start, each.end, each.page, each.bbox, each.section] for each in read.passages],
        "facts": [[each.name, each.value, each.where, each.page, each.bbox] for each in read.facts],
        "hidden": None
        if hidden is None
        else [[each.text, each.why, each.page, each.bbox] for each in hidden],
    }


def from_wire(said: dict[str, Any], *, id: str, path: str) -> Document | Unreadable:
    """The document or unreadable record that :func:`to_wire` made."""
    problems = tuple(
        Problem(code=code, message=message, fatal=fatal) for code, message, fatal in said["problems"]
    )
    if "text" not in said:
        return Unreadable(id=id, path=path, problems=problems)
    hidden = said["hidden"]
    return Document(
        id=id,
        path=path,
        format=said["format"],
        kind=said["kind"],
        language=said["language"],
        pages=said["pages"],
        text=said["text"],
        lines=tuple(
            Line(start=start, end=end, page=page, bbox=_box(box)) for start, end, page, box in said["lines"]
        ),
        passages=tuple(
            Passage(start=start, end=end, page=page, bbox=_box(box), section=section)
            for start, end, page, box, section in said["passages"]
        ),
        facts=tuple(
            Fact(name=name, value=value, where=where, page=page, bbox=_box(box))
            for name, value, where, page, box in said["facts"]
        ),
        hidden=None
        if hidden is None
        else tuple(Hidden(text=text, why=why, page=page, bbox=_box(box)) for text, why, page, box in hidden),
        problems=problems,
    )


def _box(box: list[float] | None) -> Box | None:
    return None if box is None else (box[0], box[1], box[2], box[3])
