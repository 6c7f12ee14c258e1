"""Words that were read in the picture of a page, by OCR, and the rows they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forensics.documents.rows import Row
from forensics.documents.words import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One word: ``block`` and ``line`` number where it stands, the box is in points from the page's top left.

    ``sure`` is how sure the program was, in percent; the request to the reading process leaves it out.
    """

    text: str
    block: int
    line: int
    x0: float
    top: float
    x1: float
    bottom: float
    sure: float = 100.0


def to_json(words: Sequence[Seen]) -> list[list[object]]:
    """Words as lists, for the request to the reading process."""
    return [[each.text, each.block, each.line, each.x0, each.top, each.x1, each.bottom] for each in words]


def from_json(said: Sequence[Sequence[Any]]) -> tuple[Seen, ...]:
    """What :func:`to_json` made."""
    return tuple(
        Seen(text=text, block=block, line=line, x0=x0, top=top, x1=x1, bottom=bottom)
        for text, block, line, x0, top, x1, bottom in said
    )


def seen_rows(words: Sequence[Seen], page: int, block: int) -> list[Row]:
    """The lines of ``words``, in their order, blocks numbered from ``block``."""
    lines: dict[tuple[int, int], list[Seen]] = {}
    for word in words:
        if clean(word.text).strip():
            lines.setdefault((word.block, word.line), []).append(word)
    numbers = {each: block + at for at, each in enumerate(dict.fromkeys(each for each, _ in lines))}
    edges: dict[int, float] = {}
    for (each, _), line in lines.items():
        edges[each] = max(edges.get(each, 0.0), *(word.x1 for word in line))
    rows = []
    for (each, _), line in lines.items():
        x0, top = min(word.x0 for word in line), min(word.top for word in line)
        x1, bottom = max(word.x1 for word in line), max(word.bottom for word in line)
        rows.append(
            Row(
                text=" ".join(clean(word.text).strip() for word in line),
                block=numbers[each],
                page=page,
                bbox=(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)),
                left=x0,
                right=x1,
                edge=edges[each],
                base=bottom,
            )
        )
    return rows
