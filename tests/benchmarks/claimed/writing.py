"""A life → the text of a résumé, in one of several layouts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LONG = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, kw_only=True)
class Post:
    """A job; ``start`` and ``end`` count months, ``end`` ``None`` for an ongoing one."""

    employer: str
    title: str
    place: str
    start: int
    end: int | None
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Study:
    """A degree between two months; ``start`` ``None`` where only the end is given."""

    school: str
    degree: str
    start: int | None
    end: int


@dataclass(frozen=True, kw_only=True)
class Life:
    """Everything a résumé is written from."""

    name: str
    email: str
    phone: str
    address: str
    summary: str = ""
    jobs: tuple[Post, ...] = ()
    studies: tuple[Study, ...] = ()
    skills: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    years_only: bool = False
    style: int = field(default=0)

    def having(self, **changes: object) -> Life:
        return replace(self, **changes)


def when(month: int | None, life: Life) -> str:
    if month is None:
        return ("Present", "present", "Current", "Present")[life.style % 4]
    year, at = divmod(month, 12)
    if life.years_only:
        return str(year)
    return (f"{MONTHS[at]} {year}", f"{at + 1:02d}/{year}", f"{LONG[at]} {year}", f"{year}-{at + 1:02d}")[
        life.style % 4
    ]


def heading(job: Post, life: Life) -> list[str]:
    span = f"{when(job.start, life)} {('-', '–', '-', '–')[life.style % 4]} {when(job.end, life)}"
    shapes = (
        [f"{job.title}, {job.employer}, {job.place}", span],
        [f"{job.employer} | {job.place} | {span}", job.title],
        [f"{job.title} | {job.employer} | {job.place} | {span}"],
        [f"{job.title}    {span}", f"{job.employer}, {job.place}"],
        [f"{job.employer} – {job.place}", f"{job.title} ({span})"],
    )
    return shapes[life.style % len(shapes)]


def text(life: Life) -> str:
    """The résumé."""
    lines = [life.name, life.address, f"{life.email} | {life.phone}", ""]
    if life.summary:
        lines += ["Summary", life.summary, ""]
    work = ["Experience"]
    for job in sorted(life.jobs, key=lambda each: -each.start):
        work += [*heading(job, life), *(f"- {each}" for each in job.bullets), ""]
    studies = ["Education"]
    for study in life.studies:
        dates = (
            when(study.end, life)
            if study.start is None
            else f"{when(study.start, life)} - {when(study.end, life)}"
        )
        studies += [f"{study.degree}, {study.school}, {dates}"]
    body = [studies, [""], work] if life.style % 7 == 6 else [work, studies]
    for part in body:
        lines += part
    if life.skills:
        lines += ["", "Skills", ", ".join(life.skills)]
    return "\n".join([*lines, *life.notes, ""])


def pick(random: Random, pool: str) -> str:
    """One line of a pool."""
    return random.choice(pool.strip().split("\n")).strip()
