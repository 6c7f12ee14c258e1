"""Stated places: where applicants say they are, and own telephone numbers that belong elsewhere."""

from __future__ import annotations

import re
from functools import cache

from forensics.features.features import Entity, Exhibit
from forensics.features.gazetteers import countries, states
from forensics.features.geography import Spot, spot
from forensics.settings import data_folder

_LINES = 12
_ADDRESSEE = re.compile(r"(?m)^\s*(?:dear|attn|attention|hiring)\b", re.I)


def stated(exhibit: Exhibit) -> list[tuple[Entity, Spot]]:
    """The places that applicants give as their own: in the first lines of the header, above any addressee."""
    text = exhibit.document.text
    return [
        (entity, spot(entity.value))
        for entity in exhibit.features.entities
        if entity.label == "LOCATION"
        and entity.rule == "city"
        and exhibit.document.section(entity.start) == "header"
        and text.count("\n", 0, entity.start) < _LINES
        and not _ADDRESSEE.search(text[: entity.start])
    ]


@cache
def area_codes() -> dict[str, frozenset[str]]:
    """The states or provinces that a North American area code serves."""
    path = data_folder("corpora") / "lists" / "places" / "area_codes.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line[:3]: frozenset(line.split()[1:]) for line in lines if line and not line.startswith("#")}


def numbers(exhibit: Exhibit) -> list[tuple[Entity, str, bool]]:
    """The applicant's own numbers of known region, beside a stated place: number, its region, whether they agree."""
    spots = [place for _, place in stated(exhibit) if place.country]
    found = []
    for number in exhibit.features.entities:
        if not spots or number.label != "PHONE" or not number.own or not number.value.startswith("+"):
            continue
        if (region := _region(number.value)) is not None:
            where, codes, country = region
            agrees = any(p.state in codes if p.state and codes else p.country == country for p in spots)
            found.append((number, where, agrees))
    return found


def _region(value: str) -> tuple[str, frozenset[str], str] | None:
    """Where a number belongs: in words, as states or provinces (if it is that precise), and as a country."""
    import phonenumbers

    if value.startswith("+1") and len(value) == 12:
        codes = area_codes().get(value[2:5])
        if not codes:
            return None
        named = " or ".join(states().get(code, code) for code in sorted(codes))
        return named, codes, str(phonenumbers.region_code_for_number(phonenumbers.parse(value)) or "US")
    try:
        country = phonenumbers.region_code_for_number(phonenumbers.parse(value))
    except phonenumbers.NumberParseException:
        return None
    names = {code: name for name, code in reversed(countries().items())}
    return (names.get(country, country), frozenset(), str(country)) if country else None
