"""Designs, and invented people of different length: what is rendered."""

# ruff: noqa: E501

from __future__ import annotations

import random
from dataclasses import dataclass

from layouts.sheet import Section, sheet

FONTS = (
    "Liberation Sans", "Liberation Serif", "DejaVu Sans", "DejaVu Serif", "Latin Modern Roman", "Latin Modern Sans",
    "P052", "C059", "URW Bookman", "URW Gothic", "Nimbus Sans", "Nimbus Roman", "Liberation Sans Narrow",
)  # fmt: skip
_GIVEN = "Ada Bruno Chiara Dmitri Esi Farid Greta Hugo Ines Jonas Kofi Lena Marek Noor Olga Pavel".split()
_FAMILY = (
    "Abernathy Bellweather Castellanos Drozd Ekwueme Fairbrother Grimaldi Hollingsworth Ito Jovanovic".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A look. Sizes and margins in points, colours RRGGBB; ``side`` is the width of a side column, 0 for none."""

    font: str
    size: float = 10.0
    name: float = 22.0
    heading: float = 12.0
    colour: str = "000000"
    margin: float = 54.0
    indent: float = 14.0
    centred: bool = False
    caps: bool = False
    bold: bool = True
    ruled: bool = False
    bullet: str = "•"
    dates: str = "right"
    side: float = 0.0
    shade: str = ""
    names: tuple[str, ...] = ("Profile", "Experience", "Education", "Skills", "Languages", "Interests")
    last_first: bool = False
    gap: float = 8.0
    contact: str = " | "


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who fills a design, and what with."""

    name: str
    contact: tuple[str, ...]
    main: tuple[Section, ...]
    side: tuple[Section, ...]


def person(seed: int) -> Person:
    """The ``seed``-th person: two to six jobs of two to five points, some sections or not."""
    chance = random.Random(f"person {seed}")
    found = sheet(seed, jobs=chance.randint(2, 6), points=chance.randint(2, 5))
    name = f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
    side = found.side[: chance.randint(1, 3)]
    main = found.main if chance.random() < 0.75 else found.main[1:]
    contact = (f"{name.lower().replace(' ', '.')}@example.net", *found.contact[1:])
    return Person(name=name, contact=contact[: chance.randint(2, 3)], main=main, side=side)


def headings(design: Design, found: Person) -> dict[str, str]:
    """How the design calls the sections."""
    usual = ("Profile", "Experience", "Education", "Skills", "Languages", "Interests")
    said = dict(zip(usual, design.names, strict=True))
    return {each.heading: said[each.heading] for each in (*found.main, *found.side)}


_OTHER_NAMES = (
    ("Summary", "Professional Experience", "Education", "Technical Skills", "Languages", "Hobbies"),
    ("Profile", "Employment History", "Academic Background", "Key Skills", "Languages", "Personal"),
    ("About Me", "Work Experience", "Education", "Skills", "Languages", "Interests"),
    ("Objective", "Experience", "Education", "Core Competencies", "Languages", "Interests"),
)


def chance_design(seed: int) -> Design:
    """A design by chance: what the rest of an archive looks like, popular choices more often."""
    chance = random.Random(f"design {seed}")
    popular = chance.random() < 0.5
    two = chance.random() < 0.25
    return Design(
        font=chance.choice(FONTS[:4] if popular else FONTS),
        size=chance.choice((10.0, 10.0, 10.5, 11.0, 9.5, 9.0, 12.0)),
        name=chance.choice((16.0, 18.0, 20.0, 22.0, 24.0, 26.0, 28.0, 30.0)),
        heading=chance.choice((11.0, 12.0, 12.0, 13.0, 14.0, 14.0, 16.0)),
        colour=chance.choice(("000000", "000000", "000000", "1F3864", "2E74B5", "8B0000", "006B5E", "444444", "DC3522")),
        margin=chance.choice((36.0, 42.5, 50.0, 54.0, 56.7, 72.0, 72.0)),
        indent=chance.choice((9.0, 12.0, 14.0, 18.0, 18.0, 24.0)),
        centred=chance.random() < 0.4,
        caps=chance.random() < 0.4,
        bold=chance.random() < 0.8,
        ruled=chance.random() < 0.45,
        bullet=chance.choice("••••–-▪*"),
        dates=chance.choice(("right", "right", "below", "left", "inline")),
        side=chance.choice((120.0, 140.0, 160.0)) if two else 0.0,
        shade=chance.choice(("", "E8EEF4", "20343F")) if two else "",
        names=chance.choice((("Profile", "Experience", "Education", "Skills", "Languages", "Interests"), *_OTHER_NAMES)),
        last_first=chance.random() < 0.15,
        gap=chance.choice((4.0, 6.0, 8.0, 12.0)),
        contact=chance.choice((" | ", " • ", ", ", " – ", "\n")),
    )  # fmt: skip


N = _OTHER_NAMES
HTML = {
    "harbour": Design(font="Liberation Sans", size=10, name=26, heading=13, colour="2E74B5", ruled=True, centred=True, contact=" • "),
    "ledger": Design(font="Liberation Serif", size=11, name=20, heading=12, caps=True, ruled=True, margin=60, names=N[0]),
    "panel": Design(font="DejaVu Sans", size=9, name=24, heading=11, colour="20343F", side=150, shade="20343F", margin=40, caps=True),
    "gallery": Design(font="URW Gothic", size=10, name=30, heading=14, colour="DC3522", bold=False, dates="below", bullet="–", names=N[2]),
    "annex": Design(font="P052", size=10.5, name=22, heading=12.5, colour="006B5E", dates="left", ruled=True, names=N[1]),
}  # fmt: skip
TYPST = {
    "quarto": Design(font="Latin Modern Roman", size=10, name=25, heading=12, caps=True, ruled=True, centred=True, margin=36),
    "modern": Design(font="Latin Modern Sans", size=10, name=28, heading=13, colour="1F3864", dates="left", margin=50, names=N[2]),
    "column": Design(font="C059", size=9.5, name=22, heading=11.5, colour="8B0000", side=140, dates="below", margin=42.5),
}  # fmt: skip
DOCX = {
    "office": Design(font="Liberation Sans", size=11, name=18, heading=13, colour="2E74B5", margin=72, indent=18, names=N[3]),
    "chancery": Design(font="Liberation Serif", size=11, name=22, heading=12, caps=True, ruled=True, centred=True, margin=64, names=N[0]),
    "tabular": Design(font="DejaVu Serif", size=9.5, name=20, heading=12, dates="left", margin=56.7, colour="444444", bullet="▪"),
    "bright": Design(font="DejaVu Sans", size=9.5, name=26, heading=14, colour="DC3522", bold=False, dates="below", indent=12, names=N[2]),
}  # fmt: skip
TEX = {
    "garland": Design(font="cm", size=10, name=20.7, heading=12, caps=False, ruled=True, centred=True, margin=40, dates="right", indent=12),
    "treatise": Design(font="lm", size=11, name=17, heading=12, colour="1F3864", margin=64, dates="left", indent=16, names=N[1]),
    "memoir": Design(font="cmss", size=10, name=24, heading=14, caps=True, margin=54, dates="below", bullet="–", names=N[0]),
}  # fmt: skip
