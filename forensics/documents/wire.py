"""Documents as JSON between the reading child and its parent."""

from __future__ import annotations

from typing import Any

from forensics.documents.document import Box, Document, Fact, Hidden, Line, Passage, Problem, Unreadable
from forensics.documents.look import Lettering, Look


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
        "passages": [
            [each.start, each.end, each.page, each.bbox, each.section, each.where] for each in read.passages
        ],
        "facts": [[each.name, each.value, each.where, each.page, each.bbox] for each in read.facts],
        "hidden": None
        if hidden is None
        else [
            [each.text, each.why, each.page, each.bbox, each.start, each.end, each.where] for each in hidden
        ],
        "look": None if read.look is None else _look_to_wire(read.look),
    }


def _look_to_wire(look: Look) -> list[Any]:
    return [
        look.width,
        look.height,
        look.margins,
        look.letters,
        look.lines,
        [
            [each.font, each.size, each.colour, each.marks, each.letters, each.lines, each.side]
            for each in look.lettering
        ],
        look.starts,
        look.ends,
        look.shapes,
    ]


def _look_from_wire(said: list[Any]) -> Look:
    width, height, margins, letters, lines, lettering, starts, ends, shapes = said
    return Look(
        width=width,
        height=height,
        margins=(margins[0], margins[1]),
        letters=letters,
        lines=lines,
        lettering=tuple(
            Lettering(font=font, size=size, colour=colour, marks=marks, letters=count, lines=begun, side=side)
            for font, size, colour, marks, count, begun, side in lettering
        ),
        starts=tuple((x, count) for x, count in starts),
        ends=tuple((x, count) for x, count in ends),
        shapes=tuple((kind, a, b, count) for kind, a, b, count in shapes),
    )


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
            Passage(
                start=start,
                end=end,
                page=page,
                bbox=_box(box),
                section=section,
                where=next(iter(where), None),
            )
            for start, end, page, box, section, *where in said["passages"]  # older ones have no place
        ),
        facts=tuple(
            Fact(name=name, value=value, where=where, page=page, bbox=_box(box))
            for name, value, where, page, box in said["facts"]
        ),
        hidden=None
        if hidden is None
        else tuple(
            Hidden(text=text, why=why, page=page, bbox=_box(box), start=start, end=end, where=where)
            for text, why, page, box, start, end, where in hidden
        ),
        problems=problems,
        look=_look_from_wire(said["look"]) if said.get("look") else None,
    )


def _box(box: list[float] | None) -> Box | None:
    return None if box is None else (box[0], box[1], box[2], box[3])
