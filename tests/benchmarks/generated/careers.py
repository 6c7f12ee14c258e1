"""Employers, schools and the course of a working life: no overlaps, no round tenures, a gap now and then.

Tenures follow 312 dated jobs of real résumés: median 16 months, quartiles 8 and 31, 90th percentile 46.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from .lists import listed, named
from .people import CITIES, FAMILY
from .seeds import dice, zipf
from .trades import Trade

NOW = 2026 * 12 + 9
"""The month of the youngest application, as year * 12 + month - 1."""

EMPLOYERS = 4000
SCHOOLS = 600

_ROOTS = named("roots")
_TAILS = named("tails")
_LINES = ["Systems", "Services", "Solutions", "Labs", "Holdings", ""]
_FORMS = ["Inc.", "LLC", "Corp.", "Group", "Partners", "Ltd", "Co.", "", "", ""]

INDUSTRIES = {
    industry: [noun.strip() for noun in nouns.split(",")]
    for industry, _, nouns in (entry.partition(": ") for entry in listed("industries"))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """A company. ``about`` is the sentence it says about itself; ``project`` the name of its big project."""

    name: str
    city: str
    state: str
    industry: str
    nouns: tuple[str, ...]
    about: str
    project: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A post: ``start`` and ``end`` are months (year * 12 + month - 1); ``end`` is ``None`` for today's."""

    title: str
    employer: Employer
    start: int
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A degree of ``field`` at ``school``, from ``start`` to ``end`` (years)."""

    degree: str
    field: str
    school: str
    start: int
    end: int


def employer(number: int) -> Employer:
    """The ``number``-th employer of the world, the same for all seeds."""
    rng = dice("employer", number)
    industry = rng.choice(list(INDUSTRIES))
    nouns = INDUSTRIES[industry]
    root = rng.choice(_ROOTS)
    name = rng.choice(
        [
            f"{root}{rng.choice(_TAILS)} {rng.choice(_LINES)}",
            f"{root} {industry.title()}",
            f"{rng.choice(FAMILY)} & {rng.choice(FAMILY)}",
            f"{root} {rng.choice(_ROOTS)} {rng.choice(['Technologies', 'Industries', 'Company', 'Digital'])}",
            f"{rng.choice(FAMILY)} {industry.title()}",
        ]
    ).strip()
    form = rng.choice(_FORMS)
    city = rng.choice(CITIES)
    a, b, c = rng.sample(nouns, 3)
    staff, year = rng.randint(4, 900) * 10, rng.randint(1890, 2008)
    about = rng.choice(
        [
            f"{name} runs {a} and {b} services for {industry} customers in {rng.randint(3, 30)} states.",
            f"Founded in {year}, {name} is a {city[0]} provider of {a} and {b} software; {staff} employees.",
            f"A {industry} company of about {staff} people, known for its {a}, {b} and {c} business.",
            f"{name} ({industry}, {staff} staff) supplies {a} and {c} products from {city[0]}.",
        ]
    )
    return Employer(
        name=f"{name} {form}".strip(),
        city=city[0],
        state=city[1],
        industry=industry,
        nouns=tuple(rng.sample(nouns, 7)),
        about=about,
        project=f"{rng.choice(_ROOTS)} {rng.choice(['', 'One', '2', 'Next', 'Plus', 'Core'])}".strip(),
    )


def school(number: int) -> str:
    """The ``number``-th school of the world."""
    rng = dice("school", number)
    city, root = rng.choice(CITIES), rng.choice(_ROOTS)
    return rng.choice(
        [
            f"{root}{rng.choice(_TAILS)} University",
            f"{city[0]} Institute of Technology",
            f"{root} State University",
            f"{root}{rng.choice(_TAILS)} College",
            f"{rng.choice(FAMILY)} University",
            f"{root} Valley University of Applied Sciences",
        ]
    )


def career(rng: random.Random, trade: Trade, applied: int) -> tuple[list[Job], list[Study]]:
    """Jobs, youngest first, and degrees of somebody who applies in month ``applied``."""
    years = 1 + 24 * rng.betavariate(1.3, 2.6)
    month = applied - rng.choice([0, 0, 0, 0, 1, 2, 5, 9])
    limit = month - int(years * 12)
    jobs: list[Job] = []
    end: int | None = None if month == applied or rng.random() < 0.4 else month
    wanted = rng.choices([1, 2, 3, 4, 5], [14, 34, 30, 16, 6])[0]
    while len(jobs) < wanted:
        tenure = max(3, round(rng.lognormvariate(2.9, 0.75)))
        start = (applied if end is None else end) - tenure
        if start < limit and jobs:
            break
        post = employer(zipf(rng, EMPLOYERS, 0.8))
        jobs.append(Job(title=rng.choice(trade.titles), employer=post, start=start, end=end))
        end = start - rng.choice([0, 0, 1, 1, 2, 3, 7, 14])
    first = jobs[-1].start // 12
    studies = [_study(rng, trade, first - rng.randint(0, 2))]
    if rng.random() < 0.22:
        older = studies[0]
        studies.insert(0, _master(rng, trade, older.end))
    return jobs, studies


def _study(rng: random.Random, trade: Trade, end: int) -> Study:
    degree, length = rng.choices(
        [
            ("Bachelor of Science", 4),
            ("B.S.", 4),
            ("Bachelor of Arts", 4),
            ("Associate Degree", 2),
            ("BSc", 4),
        ],
        [40, 25, 12, 10, 13],
    )[0]
    return Study(
        degree=degree,
        field=rng.choice(trade.fields),
        school=school(zipf(rng, SCHOOLS, 0.7)),
        start=end - length,
        end=end,
    )


def _master(rng: random.Random, trade: Trade, start: int) -> Study:
    degree = rng.choice(["Master of Science", "M.S.", "MBA", "Master of Arts"])
    field = "" if degree == "MBA" else rng.choice(trade.fields)
    return Study(
        degree=degree, field=field, school=school(zipf(rng, SCHOOLS, 0.7)), start=start, end=start + 2
    )
