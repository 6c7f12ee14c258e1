"""Who applies: name, contacts, home. Contacts are from ranges that belong to nobody.

Phones are 555-0100 to 555-0199 under real area codes, one line to one person; e-mail and web addresses are
under example.com, .org and .net. Names are common given and family names combined at random.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from .lists import listed, named
from .seeds import dice

GIVEN = named("given")

FAMILY = named("family")

CITIES = [tuple(place.split("|")) for place in listed("cities")]

_STREETS = named("streets")
_KINDS = ["St", "Ave", "Rd", "Ln", "Dr", "Ct", "Street", "Avenue", "Road", "Blvd", "Way", "Pl"]

LINES = len(CITIES) * 100
"""How many different phone lines there are; later applicants give no phone."""
RESERVED = 200
"""The last lines belong to agencies and households."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One applicant. ``phone`` is ten digits; ``None`` where the person gives none."""

    given: str
    family: str
    middle: str
    email: str
    phone: str | None
    handle: str | None
    street: str
    city: str
    state: str
    zip: str

    @property
    def name(self) -> str:
        """The name as a manifest writes it."""
        return f"{self.given} {self.family}"


def phone_line(number: int) -> str | None:
    """The ``number``-th phone line as ten digits, or ``None`` when all are given away."""
    if number >= LINES:
        return None
    place = number * 7919 % LINES
    return f"{CITIES[place // 100][3]}55501{place % 100:02d}"


def street(rng: random.Random) -> str:
    """A street and number, sometimes with a flat."""
    flat = f", Apt {rng.randint(1, 40)}{rng.choice(['', 'A', 'B', 'C'])}" if rng.random() < 0.25 else ""
    return f"{rng.randint(11, 9899)} {rng.choice(_STREETS)} {rng.choice(_KINDS)}{flat}"


def person(seed: int, number: int, *, family: str | None = None, given: str | None = None) -> Person:
    """The ``number``-th person of a seed, numbers unique over all applicants of one corpus.

    The number is part of e-mail, handle and phone, so two persons never share one by chance.
    """
    rng = dice(seed, "person", number)
    first, last = rng.choice(GIVEN), rng.choice(FAMILY)
    first, last = given or first, family or last
    phone = phone_line(number) if number < LINES - RESERVED else None
    city = rng.choice(CITIES)
    if phone and rng.random() < 0.7:
        city = next(c for c in CITIES if c[3] == phone[:3])
    local = rng.choice(
        [
            f"{first}.{last}{number}",
            f"{first[0]}{last}{number}",
            f"{last}.{first}{number}",
            f"{first}{number}",
        ]
    ).lower()
    handle = None
    if rng.random() < 0.45:
        site = rng.choice(["linkedin.com/in/", "linkedin.com/in/", "github.com/"])
        handle = f"{site}{first}-{last}-{number}".lower()
    return Person(
        given=first,
        family=last,
        middle=rng.choice(["", "", "", rng.choice("ABCDEGHJKLMNPRST") + "."]),
        email=f"{local}@{rng.choice(['example.com', 'example.org', 'example.net'])}",
        phone=phone if rng.random() < 0.93 else None,
        handle=handle,
        street=street(rng),
        city=city[0],
        state=city[1],
        zip=city[2],
    )
