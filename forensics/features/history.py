"""Work history: the jobs behind the headings, with their place, their dates and the passages under them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from forensics.features.features import Entity, Job
from forensics.features.sheet import Row, Sheet
from forensics.features.work import Post


def read_work(sheet: Sheet, posts: Sequence[Post]) -> tuple[Job, ...]:
    """The jobs in the order of the text. Places must have been read.

    A heading with an employer and no title over one with a title and no employer, with nothing between, is an
    employer with several posts; a title alone belongs to the employer above it in the same section.
    """
    jobs: list[Job] = []
    firm: tuple[str | None, str | None] = (None, None)
    for at, post in enumerate(posts):
        following = posts[at + 1] if at + 1 < len(posts) else None
        place = location(sheet, post.rows)
        if post.employer is not None:
            firm = (post.employer.value, place)
            if _umbrella(sheet, post, following):
                continue
        elif at and _parted(sheet, posts[at - 1], post):
            firm = (None, None)
        employer, inherited = firm
        if employer is None and post.title is None:
            continue
        start, end = dates(post.dates)
        jobs.append(
            Job(
                employer=employer,
                title=post.title.value if post.title else None,
                location=place or inherited,
                start=start,
                end=end,
                heading=(post.rows[0].start, post.rows[-1].end),
                dates=(post.dates.start, post.dates.end) if post.dates else None,
                passages=passages(sheet, post.rows[0], following.rows[0] if following else None),
            )
        )
    return tuple(jobs)


def _umbrella(sheet: Sheet, post: Post, following: Post | None) -> bool:
    return (
        post.title is None
        and following is not None
        and following.title is not None
        and following.employer is None
        and following.rows[0].index - post.rows[-1].index <= 2
    )


def _parted(sheet: Sheet, before: Post, post: Post) -> bool:
    """Whether a heading of a section stands between two headings of jobs."""
    between = sheet.rows[before.rows[-1].index + 1 : post.rows[0].index]
    return any(row.heading for row in between)


def dates(entity: Entity | None) -> tuple[str | None, str | None]:
    """First and last date of a range; of a single date it is the end that is told."""
    if entity is None:
        return None, None
    start, slash, end = entity.value.partition("/")
    return (start, end) if slash else (start, start)


def location(sheet: Sheet, rows: Sequence[Row]) -> str | None:
    """The first place that the rows name, with what follows it behind commas ("Pune, India")."""
    found = [entity for row in rows for entity in sheet.in_row(row, "LOCATION")]
    if not found:
        return None
    found.sort(key=lambda entity: entity.start)
    start, end = found[0].start, found[0].end
    for entity in found[1:]:
        if sheet.text[end : entity.start].strip() != ",":
            break
        end = entity.end
    return " ".join(sheet.text[start:end].split())


def passages(sheet: Sheet, first: Row, following: Row | None) -> tuple[int, ...]:
    """Indices of the passages from a heading to the next, or to the end of its section."""
    known = sheet.document.passages
    begin = bisect_left(known, first.start, key=lambda passage: passage.end - 1)
    found: list[int] = []
    for at in range(begin, len(known)):
        passage = known[at]
        if following is not None and passage.end > following.start:
            break
        if passage.section not in {first.section, "projects"}:
            break
        found.append(at)
    return tuple(found)
