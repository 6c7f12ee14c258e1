"""Passages: what a person would call a bullet, a paragraph or a heading, made of rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from forensics.documents.document import Box, Line, Passage
from forensics.documents.rows import Row, fills, is_open, is_title, usual_size

_LONGEST = 1200  # characters: longer paragraphs are divided after a sentence
_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
_CLOSED = re.compile(r"[.!?:;][\"'”’)\]]*$")

_MOST_ROWS = 500  # no paragraph has more, and the work of telling its end grows with it
_CONTACT = re.compile(
    r"(?:\w+:?\s+)?(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?[\d ().-]{9,20}|(?:https?://|www\.)\S+|[\w.-]+\.\w{2,}/\S+)"
)
"""A line that is an address of mail or web or a telephone number and nothing else."""


def gather(rows: Sequence[Row], headings: Mapping[int, int]) -> list[tuple[int, int]]:
    """Ranges ``[first, last)`` of ``rows`` that are one passage each, in order, all rows covered.

    ``headings`` says how many rows the heading takes that begins at a row.
    """
    steps = _steps(rows)
    spacing = _spacing(steps)
    widest = {block: 1.35 * found[len(found) // 4] for block, found in steps.items()} | spacing
    lists, usual = _lists(rows, spacing), usual_size(rows)
    groups: list[tuple[int, int]] = []
    first = 0
    for index in range(1, len(rows)):
        if index < first + headings.get(first, 0):
            continue
        if (
            index in headings
            or first in headings
            or index - first >= _MOST_ROWS
            or _begins(rows[index - 1], rows[index], lists, usual)
            or not _continues(rows[first:index], rows[index], widest.get(rows[index].block, 0.0), usual)
        ):
            groups.append((first, index))
            first = index
    if rows:
        groups.append((first, len(rows)))
    return groups


def passages(
    text: str,
    rows: Sequence[Row],
    lines: Sequence[Line],
    groups: Sequence[tuple[int, int]],
    sections: Sequence[str],
) -> tuple[Passage, ...]:
    """The passages of ``text``, one for each group, a long one in several; they tile all but white space."""
    made: list[Passage] = []
    for (first, last), section in zip(groups, sections, strict=True):
        for start, end in _divide(text, lines[first].start, lines[last - 1].end):
            touched = [line for line in lines[first:last] if line.start < end and line.end > start]
            page, box = _place(touched)
            place = rows[first].where
            made.append(Passage(start=start, end=end, page=page, bbox=box, section=section, where=place))
    return tuple(made)


def _place(lines: Sequence[Line]) -> tuple[int | None, Box | None]:
    page = lines[0].page if lines else None
    boxes = [line.bbox for line in lines if line.page == page and line.bbox is not None]
    if not boxes:
        return page, None
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return page, (min(x0), min(top), max(x1), max(bottom))


def _divide(text: str, start: int, end: int) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    while end - start > _LONGEST:
        stops = [match.end() for match in _SENTENCE.finditer(text, start + 1, start + _LONGEST)]
        cut = stops[-1] if stops else text.find(" ", start + _LONGEST, end)
        if cut <= start or cut >= end:
            break
        parts.append(_stripped(text, start, cut))
        start = cut
    parts.append(_stripped(text, start, end))
    return [part for part in parts if part[0] < part[1]]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    content = text[start:end]
    start += len(content) - len(content.lstrip())
    return start, start + len(content.strip())


def _lists(rows: Sequence[Row], spacing: Mapping[int, float]) -> set[int]:
    """Blocks of short lines that each begin anew, as lists without bullets in a narrow column do.

    Where paragraphs are set apart (``spacing``), their distances tell them and not their lines.
    """
    starts: dict[int, list[Row]] = {}
    for row in rows:
        starts.setdefault(row.block, []).append(row)
    return {
        block
        for block, found in starts.items()
        if len(found) > 1
        and block not in spacing
        and sum(len(row.text) for row in found) < 50 * len(found)
        and sum(row.text[:1].islower() for row in found) <= 0.25 * len(found)
        and not any(row.bullet for row in found)
    }


def _steps(rows: Sequence[Row]) -> dict[int, list[float]]:
    """The distances of baselines in each block, between rows of one style, sorted."""
    steps: dict[int, list[float]] = {}
    for before, row in pairwise(rows):
        alike = before.bold == row.bold and abs(before.size - row.size) < 0.1
        if before.block == row.block and row.base > before.base and alike:
            steps.setdefault(row.block, []).append(row.base - before.base)
    return {block: sorted(found) for block, found in steps.items()}


def _spacing(steps: Mapping[int, Sequence[float]]) -> dict[int, float]:
    """The distance from which on two lines are two paragraphs, in blocks that keep to one small gap."""
    found: dict[int, float] = {}
    for block, each in steps.items():
        usual = each[len(each) // 4]
        wider = sum(1.2 * usual < step < 2.0 * usual for step in each)
        between = sum(1.06 * usual < step <= 1.2 * usual for step in each)
        if wider >= 3 and between == 0:
            found[block] = 1.2 * usual
    return found


def _continues(passage: Sequence[Row], row: Row, widest: float, usual: float) -> bool:
    """Whether ``row`` goes on with the passage before it."""
    first, before = passage[0], passage[-1]
    if row.block != before.block or row.bullet or row.whole or before.whole:
        return False
    if row.size and (not 0.92 <= row.size / before.size <= 1.09 or row.bold != before.bold):
        return False
    if is_title(before, row, usual):
        return True
    if widest and row.base - before.base > max(widest, 1.35 * row.size * (row.size > 1.1 * usual)):
        return False
    if "\t" in before.text.removeprefix("\t") or "\t" in row.text:
        return False
    if _begun(before, row, usual):
        return True
    if _CONTACT.fullmatch(before.text) or _CONTACT.fullmatch(row.text):
        return False
    lower = row.text[:1].islower()
    slack = 0.5 * row.size if row.size else 1.0
    if first.bullet:
        hanging = row.left > first.left + 0.4 * slack
        return hanging or (fills(before, row) and (lower or not _CLOSED.search(before.text)))
    if row.left > before.left + slack:
        return fills(before, row) and lower
    if row.left < before.left - slack and len(passage) > 1:
        return fills(before, row) and lower
    return fills(before, row) or (lower and not _CLOSED.search(before.text) and len(before.text) > 25)


def _begins(before: Row, row: Row, lists: set[int], usual: float) -> bool:
    """Whether ``row`` is an item of a list without bullets."""
    return row.block in lists and not row.text[:1].islower() and not _begun(before, row, usual)


def _begun(before: Row, row: Row, usual: float) -> bool:
    """Whether ``before`` plainly breaks off: "Institute of", "Tanabe-", "Kafka, Redis,", half a large title."""
    if is_open(before.text) or (before.text.count(",") > 1 and before.text.endswith(",")):
        return True
    return is_title(before, row, usual)
