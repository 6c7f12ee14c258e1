"""What is boxed on the pictures of pages: the passages of the matches, and the quotes of findings beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from forensics.cases.pictures import Mark, Sheet
from forensics.cases.views import Checked, Compared, Side
from forensics.documents.document import Document
from forensics.findings.finding import Aligned

Stored = Callable[[str], bytes | None]


def sheets_of_check(view: Checked, stored: Stored) -> list[Sheet]:
    """The checked document, then the documents beside it."""
    document = view.case.exhibit.document
    several = sum(not side.identical for side in view.sides) > 1
    marks = [mark for side in view.sides for mark in _passages(side, "a", several)]
    marks += _quoted(view, document.id)
    here = Sheet(
        key="page-a", name=document.path, document=document, data=stored(document.id), marks=_apart(marks)
    )
    there = [_there(side, view, stored, several) for side in view.sides if not side.identical]
    return [here, *there]


def _there(side: Side, view: Checked, stored: Stored, several: bool) -> Sheet:
    marks = [*_passages(side, "b", several), *_quoted(view, side.document.id)]
    return Sheet(
        key=f"page-{side.key}",
        name=side.path,
        document=side.document,
        data=stored(side.document.id),
        marks=_apart(marks),
    )


def sheets_of_compare(a: Document, view: Compared, stored: Stored) -> list[Sheet]:
    """Both documents."""
    sides = (("a", "a", a, view.path), (view.side.key, "b", view.side.document, view.side.path))
    return [
        Sheet(
            key=f"page-{key}",
            name=path,
            document=document,
            data=stored(document.id),
            marks=_apart(_passages(view.side, letter, False)),
        )
        for key, letter, document, path in sides
    ]


def _passages(side: Side, letter: str, several: bool) -> Iterator[Mark]:
    if side.columns is None:
        return
    for number, passage in enumerate(side.alignment.passages, start=1):
        state = side.columns.state[number - 1]
        yield Mark(
            span=passage.a if letter == "a" else passage.b,
            label=f"{side.key[1:]}.{number}" if several else f"{number}",
            kind="public" if state else passage.kind,
            href=f"#{side.key}-{letter}{number}",
            title=_title(side, passage, number, state),
        )


def _title(side: Side, passage: Aligned, number: int, state: str) -> str:
    return f"Passage {number}, {state or passage.kind}, beside {side.title}"


def _quoted(view: Checked, id: str) -> Iterator[Mark]:
    for shown in view.findings:
        for each in shown.finding.evidence:
            if each.document != id:
                continue
            spanned = each.start is not None and each.end is not None
            boxed = each.page is not None and each.bbox is not None
            if spanned or boxed:
                yield Mark(
                    span=(each.start or 0, each.end or 0) if spanned else None,
                    place=(each.page or 1, each.bbox) if each.bbox is not None and not spanned else None,
                    label=shown.key,
                    kind="finding",
                    href=f"#{shown.key}",
                    title=f"Finding {shown.key}, {shown.finding.signal}",
                )


def _apart(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks but for those that lie mostly in one before: many matches may share one passage."""
    kept: list[Mark] = []
    for each in marks:
        if not any(_mostly_in(each, other) for other in kept):
            kept.append(each)
    return tuple(kept)


def _mostly_in(mark: Mark, other: Mark) -> bool:
    if mark.span is None or other.span is None:
        return False
    (start, end), (first, last) = mark.span, other.span
    return 2 * (min(end, last) - max(start, first)) > end - start
