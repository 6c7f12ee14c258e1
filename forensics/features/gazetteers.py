"""The word lists that rules look things up in, read once from ``corpora/lists``."""

from __future__ import annotations

import re
from functools import cache

from forensics.settings import data_folder


def _lines(folder: str, name: str) -> list[str]:
    text = (data_folder("corpora") / "lists" / folder / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _coded(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _lines("places", name):
        code, names = line.split(" ", 1)
        for one in names.split("|"):
            found.setdefault(one, code)
    return found


@cache
def states() -> dict[str, str]:
    """Postal code → name of the US states and Canadian provinces."""
    return {code: name for name, code in _coded("states.txt").items()}


@cache
def countries() -> dict[str, str]:
    """Name → ISO 3166 code."""
    return _coded("countries.txt")


@cache
def cities() -> dict[str, str]:
    """Big city → ISO 3166 code; where two share a name, the first country of the list."""
    return _coded("cities.txt")


@cache
def clock_offsets() -> dict[str, tuple[int, ...]]:
    """ISO 3166 code → the minutes east of UTC that clocks there have shown since 2005."""
    found = {}
    for line in _lines("places", "offsets.txt"):
        code, *minutes = line.split()
        found[code] = tuple(map(int, minutes))
    return found


@cache
def places() -> frozenset[str]:
    """Every city, state, region and country, case folded."""
    regions = (name for line in _lines("places", "regions.txt") for name in line.split("|"))
    return frozenset(name.casefold() for name in (*cities(), *countries(), *states().values(), *regions))


@cache
def subjects() -> frozenset[str]:
    """Words that name a field of study, case folded."""
    return frozenset(word for line in _lines("schools", "subjects.txt") for word in line.split())


@cache
def ambiguous_places() -> frozenset[str]:
    """Places whose name is a word or a person's name too, as written."""
    return frozenset(word for line in _lines("places", "ambiguous.txt") for word in line.split())


@cache
def no_names() -> frozenset[str]:
    """Words at the head of a résumé that are no part of a person's name, case folded."""
    return frozenset(word for line in _lines("names", "no_names.txt") for word in line.split())


@cache
def title_heads() -> frozenset[str]:
    """Words that make a phrase a job title, case folded."""
    return frozenset(word for line in _lines("work", "titles.txt") for word in line.split())


@cache
def _companies() -> dict[str, frozenset[str]]:
    parts: dict[str, list[str]] = {}
    part = ""
    for line in _lines("work", "companies.txt"):
        if line.startswith("["):
            part = line.strip("[]")
        else:
            parts.setdefault(part, []).extend(line.split())
    return {name: frozenset(words) for name, words in parts.items()}


def company_suffixes() -> frozenset[str]:
    """``inc``, ``gmbh`` …: what ends a company's name, case folded, without the last dot."""
    return _companies()["suffixes"]


def company_cues() -> frozenset[str]:
    """``technologies``, ``bank`` …: what makes a capitalised phrase a company, case folded."""
    return _companies()["cues"]


@cache
def shared_sites() -> frozenset[str]:
    """Hosts that are nobody's own: mail, shops, courses, job boards, makers of résumés."""
    return frozenset(word for line in _lines("sites", "shared.txt") for word in line.split())


@cache
def any_of(kind: str) -> re.Pattern[str]:
    """A pattern for every entry of ``cities``, ``countries``, ``states`` or ``schools``, longest first."""
    known = {
        "cities": list(cities()),
        "countries": list(countries()),
        "states": list(states().values()),
        "schools": _lines("schools", "schools.txt"),
    }[kind]
    words = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")


@cache
def product_spellings() -> dict[str, str]:
    """Case-folded product of one word → how it is spelled; only those with one spelling, and capitals inside it."""
    found: dict[str, set[str]] = {}
    for line in _lines("technologies", "first_public.csv")[1:]:
        for name in line.split(",")[1].split("|"):
            if name.isalpha():
                found.setdefault(name.casefold(), set()).add(name)
    return {
        key: spellings.pop()
        for key, spellings in found.items()
        if len(spellings) == 1 and any(letter.isupper() for letter in next(iter(spellings))[1:])
    }


@cache
def program_names() -> frozenset[str]:
    """Names of programs and packages in small letters that look like a slip of an English word."""
    return frozenset(word for line in _lines("spelling", "programs.txt") for word in line.split())


@cache
def usual_slips() -> frozenset[str]:
    """Slips that people all over the world make, in small letters."""
    return frozenset(word for line in _lines("spelling", "usual.txt") for word in line.split())
