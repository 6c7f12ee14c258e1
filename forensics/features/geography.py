"""Geography: places as written → city, state and country, and whether two of them are far apart."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any, NamedTuple

from forensics.features.gazetteers import ambiguous_places, cities, countries, states
from forensics.features.names import fold

_CODE = re.compile(r"(?P<code>\d{5}(?:-\d{4})?|[A-Z]\d[A-Z][ ]?\d[A-Z]\d)$")
COMMUTE = 120.0
"""Kilometres as the crow flies that somebody may go to work every day."""

_PROVINCES = {
    "A": "NL", "B": "NS", "C": "PE", "E": "NB", "G": "QC", "H": "QC", "J": "QC", "K": "ON", "L": "ON", "M": "ON",
    "N": "ON", "P": "ON", "R": "MB", "S": "SK", "T": "AB", "V": "BC", "X": "NT NU", "Y": "YT",
}  # fmt: skip


class Spot(NamedTuple):
    """What a place says of itself; ``state`` is a postal code, ``country`` an ISO 3166 code, ``post`` a ZIP code."""

    city: str | None
    state: str | None
    country: str | None
    post: str | None = None


class Zip(NamedTuple):
    """A ZIP code: its cities, folded, its state and its middle in degrees."""

    cities: frozenset[str]
    state: str
    lat: float
    long: float


def spot(written: str) -> Spot:
    """The parts of "Austin, TX 73301", "Toronto, ON M5V 2T6", "Berlin, Germany" or "Boston"."""
    text = " ".join(written.split()).strip(" ,.")
    post = None
    if match := _CODE.search(text):
        post, text = match["code"].replace(" ", ""), text[: match.start()].rstrip(" ,-–")
    parts = [part.strip(" .()") for part in text.split(",") if part.strip(" .()")]
    by_name = {name: code for code, name in states().items()}
    state = country = None
    if len(parts) > 1 and parts[-1] in countries():
        country = countries()[parts.pop()]
    if len(parts) > 1 and (parts[-1] in states() or parts[-1] in by_name):
        named = parts.pop()
        state = named if named in states() else by_name[named]
    city = parts[0] if len(parts) == 1 else None
    if state:
        country = country or ("CA" if state in canadian() else "US")
    elif city and city in countries() and not country:
        country = countries()[city]
        city = None
    elif city and not country and city in cities() and city not in ambiguous_places():
        country = cities()[city]
    return Spot(city, state, country, post)


@cache
def canadian() -> frozenset[str]:
    """The postal codes of Canada's provinces and territories."""
    return frozenset(code for codes in _PROVINCES.values() for code in codes.split())


def provinces(post: str) -> frozenset[str]:
    """Where a Canadian postal code lies, by its first letter."""
    return frozenset(_PROVINCES.get(post[:1].upper(), "").split())


def zips(**by: str) -> list[dict[str, Any]]:
    """The rows of ``zipcodes`` with these values, read once from the package, without network."""
    import zipcodes

    found: list[dict[str, Any]] = zipcodes.filter_by(**by)  # type: ignore[no-untyped-call]
    return found


@cache
def zip_code(code: str) -> Zip | None:
    """What is known of a ZIP code, ``None`` for one that is not assigned."""
    found = zips(zip_code=code[:5])
    if not found:
        return None
    first = found[0]
    named = [first["city"], *first["acceptable_cities"], *first["unacceptable_cities"]]
    return Zip(frozenset(map(plain, named)), first["state"], float(first["lat"]), float(first["long"]))


@cache
def middle(city: str, state: str) -> tuple[float, float] | None:
    """Latitude and longitude of a US city, the mean of its ZIP codes; ``None`` where post knows no such city."""
    found = zips(city=city.title() if city.isupper() else city, state=state)
    if not found:
        return None
    return (
        sum(float(each["lat"]) for each in found) / len(found),
        sum(float(each["long"]) for each in found) / len(found),
    )


@cache
def cities_named(city: str) -> dict[str, int]:
    """The states that have a city of this name, each with the number of its ZIP codes."""
    found: dict[str, int] = {}
    for each in zips(city=city.title() if city.isupper() else city):
        found[each["state"]] = found.get(each["state"], 0) + 1
    return found


def plain(city: str) -> str:
    """A city's name as it is compared: "St. Paul" and "Saint Paul" are one."""
    words = re.findall(r"\w+", fold(city))
    swaps = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
    return " ".join(swaps.get(word, word) for word in words)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great circle between two points in degrees."""
    (p, x), (q, y) = ((math.radians(v) for v in point) for point in (a, b))
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin((y - x) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def apart(a: Spot, b: Spot) -> bool:
    """Whether nobody could go to work in both places every day; false wherever that is not known."""
    if a.city and b.city and plain(a.city) == plain(b.city):
        return False
    if a.city and b.city and a.state and b.state and a.country == b.country == "US":
        one, two = middle(a.city, a.state), middle(b.city, b.state)
        return bool(one and two) and kilometres(one, two) > COMMUTE  # type: ignore[arg-type]
    return bool(a.country and b.country and a.country != b.country and not _neighbours(a.country, b.country))


def _neighbours(a: str, b: str) -> bool:
    """Countries between which many people commute."""
    near = "AT-CH AT-DE AT-LI AT-SK BE-FR BE-LU BE-NL CA-US CH-DE CH-FR CH-IT CH-LI DE-DK DE-FR DE-LU DE-NL DK-SE "
    near += "ES-PT FR-LU FR-MC GB-IE HK-CN CN-HK MO-HK MX-US MY-SG AT-HU CZ-DE DE-PL AE-OM BH-SA"
    return f"{a}-{b}" in near.split() or f"{b}-{a}" in near.split()
