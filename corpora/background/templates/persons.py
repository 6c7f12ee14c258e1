"""Invented applicants, who fill the public templates: by a number, the same each time."""

from __future__ import annotations

import random
from dataclasses import dataclass

_GIVEN = "Ada Bruno Chiara Dimitri Esi Farid Greta Hugo Ines Jonas Kofi Lena Marek Noor Olga Pavel".split()
_FAMILY = "Abernathy Bellweather Castellan Drozd Ekwu Fairbrother Grimald Hollings Ito Jovan Kestrel".split()
_VERBS = (
    "Designed Measured Rebuilt Documented Negotiated Inspected Simplified Supervised Migrated Audited".split()
)
_THINGS = (
    "the filing workflow;a regional delivery network;the traffic of five bridges;the payroll interface;a fleet of "
    "refrigerated trucks;the acceptance tests;a difficult supplier contract;the quarterly inventory"
).split(";")
_WAYS = (
    "with the finance department;so that nobody waited for the night shift;without stopping production;which halved "
    "complaints;after a careful comparison of four alternatives;and trained eleven colleagues in its use"
).split(";")
_FIRMS = "Halvorsen Freight;Ostrava Instruments;Pellworth Dairy;Quillon Bridges;Umberfield Labs".split(";")
_TITLES = "Operations Analyst;Site Engineer;Quality Officer;Logistics Planner;Office Manager".split(";")
_TOWNS = "Lund;Trier;Porto;Leiden;Graz;Cork".split(";")
_SKILLS = (
    "Spreadsheets;Technical drawing;Negotiation;First aid;Statistics;Typesetting;Welding;Bookkeeping".split(
        ";"
    )
)
_HEADINGS = (
    ("Experience", "Education", "Skills"),
    ("Work Experience", "Education", "Technical Skills"),
    ("Professional Experience", "Education", "Skills"),
    ("Employment", "Education and Training", "Key Skills"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where somebody worked or learnt, with years and what was done there."""

    what: str
    where: str
    town: str
    begun: int
    ended: int
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An invented applicant; ``headings`` are how this one calls jobs, schools and skills."""

    given: str
    family: str
    town: str
    headings: tuple[str, str, str]
    jobs: tuple[Post, ...]
    schools: tuple[Post, ...]
    skills: tuple[str, ...]

    @property
    def email(self) -> str:
        """An address at a domain that is nobody's."""
        return f"{self.given}.{self.family}@example.net".lower()


def person(seed: int) -> Person:
    """The ``seed``-th person: two to five jobs of two to four points, one or two schools."""
    chance = random.Random(f"template person {seed}")
    year = 2025
    posts = []
    jobs, schools = chance.randint(2, 5), chance.randint(1, 2)
    for at in range(jobs + schools):
        begun = year - chance.randint(2, 4)
        points = tuple(
            f"{chance.choice(_VERBS)} {chance.choice(_THINGS)} {chance.choice(_WAYS)}."
            for _ in range(chance.randint(2, 4) if at < jobs else 0)
        )
        what, where = ("Diploma in Logistics", "Fairhaven College") if at >= jobs else ("", "")
        posts.append(
            Post(
                what=what or chance.choice(_TITLES),
                where=where or chance.choice(_FIRMS),
                town=chance.choice(_TOWNS),
                begun=begun,
                ended=year,
                points=points,
            )
        )
        year = begun
    return Person(
        given=chance.choice(_GIVEN),
        family=chance.choice(_FAMILY),
        town=chance.choice(_TOWNS),
        headings=chance.choice(_HEADINGS),
        jobs=tuple(posts[:jobs]),
        schools=tuple(posts[jobs:]),
        skills=tuple(chance.sample(_SKILLS, chance.randint(3, 6))),
    )
