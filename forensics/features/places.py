"""Places: addresses, "City, ST 12345", cities and countries, and which countries a header speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from forensics.features.gazetteers import (
    ambiguous_places,
    cities,
    company_cues,
    company_suffixes,
    countries,
    places,
    states,
    title_heads,
)
from forensics.features.sheet import Row, Sheet

_CAP = r"(?:(?:St|Ft|Mt|Sta|Sto|[A-Z])\.|[A-ZÀ-ÞŁŚŻČŠŽİ][\w'’-]*)"
_CITY = rf"{_CAP}(?:[ ](?:(?:of|de|del|do|la|am|upon|on|the)[ ])?{_CAP}){{0,3}}"
_STREET = re.compile(
    rf"(?<![\w.,/-])(?:\d{{1,6}}(?:-\d{{1,5}}|[A-Za-z]|½)?[ ](?:[NSEW]{{1,2}}\.?[ ])?(?:{_CAP}|"
    rf"\d{{1,3}}(?:st|nd|rd|th))(?:[ ](?:{_CAP}|of|the|de)){{0,3}}?[ ]"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Way|Court|Ct|Place|Pl|Terrace|Ter|"
    r"Parkway|Pkwy|"
    r"Highway|Hwy|Circle|Cir|Trail|Trl|Square|Sq|Crescent|Cres|Close|Gardens|Grove|Mews|Loop|Plaza|Row|Alley|"
    r"Pike)\b\.?"
    r"(?:[ ](?:NE|NW|SE|SW|North|South|East|West|[NSEW]))?"
    rf"|{_CAP}(?:straße|strasse|str\.|weg|allee|platz|gasse)[ ]\d{{1,4}}[a-z]?"
    r"|P\.?[ ]?O\.?[ ]?Box[ ]\d+"
    r"|(?:H\.?[ ]?No|Flat|Plot|House|Door|D)\.?[ ]?(?:No\.?|Number|\#)?[ ]?[:\-]?[ ]?[\w/-]*\d[\w/-]*)"
    r"(?:,?[ ](?:Apt|Apartment|Unit|Suite|Ste|Floor|Fl|Room|Rm|Flat|\#)\b\.?[ ]?\#?[ ]?(?:\d[\w-]{0,5}|"
    r"[A-Z]\d{0,4})\b)?",
)
_UNIT = re.compile(
    r"\b(?:Apt|Apartment|Unit|Suite|Ste)\b\.?[ ]?\#?[ ]?(?:\d[\w-]{0,5}|[A-Z]\d{0,4})\b|\#[ ]?\d{1,5}[A-Z]?\b"
)
_UK_POST = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}\b")
_ZIP = re.compile(r"(?<![\w-])\d{5}(?:-\d{4})?(?![\w-])")
_REMOTE = re.compile(r"\b(?:Fully )?Remote\b(?:[ ]\((?:\w+[ ]?){1,3}\))?")
_PREPOSITION = re.compile(
    r"\b(?:in|at|from|near|across|based|throughout|around|outside|to|of|and|between|both|via|for|the)[ ]$",
    re.I,
)
_EDGE_BEFORE = re.compile(r"(?:^|[|•·,;:()/\t\x00–—-]|[ ]{2})[ ]?$")
_EDGE_AFTER = re.compile(r"[ ]?(?:$|[\n|•·,;:()/\t\x00–—-]|[ ]{2}|\.$)")
_CREDENTIALS = frozenset("MD MA PA MS DC ND NP RI PE OR IN ME OK DE CO NB ON AL ID".split())


@cache
def _postal() -> re.Pattern[str]:
    codes = "|".join(states())
    names = "|".join(sorted(states().values(), key=len, reverse=True))
    lands = "|".join(re.escape(name) for name in sorted(countries(), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])(?P<city>{_CITY}),[ ]?(?:(?P<code>{codes})\b\.?|(?P<state>{names})\b|"
        rf"(?P<land>(?:{lands})(?!\w)))"
        rf"(?:[ ,\-–]{{1,3}}(?P<zip>\d{{5}}(?:-\d{{4}})?|[A-Z]\d[A-Z][ ]?\d[A-Z]\d|\d{{6}}|"
        rf"\d{{4}})(?![\w-]))?"
        rf"(?:,?[ ](?:{lands})(?!\w))?"
    )


@cache
def _index() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted({*cities(), *countries(), *states().values()}, key=len, reverse=True):
        found.setdefault(re.split(r"[ ,-]", name)[0], []).append(name)
    return found


def find_addresses(sheet: Sheet, contact: frozenset[int]) -> None:
    """Take streets and postal codes in the contact rows, and "City, ST" and "City, Country" everywhere."""
    for index in sorted(contact):
        row = sheet.rows[index]
        for pattern in (_STREET, _UNIT):
            for match in pattern.finditer(sheet.rest(row)):
                sheet.take("LOCATION", row.start + match.start(), row.start + match.end(), match[0], "street")
    for match in _postals(sheet.masked):
        row = sheet.row(match.start())
        start = _city_start(match)
        city = sheet.text[start : match.end("city")]
        known = city.casefold() in places()
        if not known and not match["code"] and row.index not in contact:
            continue  # "Brightwater, Germany": an employer and its country
        if not known and (
            _no_city(city) or (match["code"] in _CREDENTIALS and not match["zip"] and row.index < 2)
        ):
            continue
        value = " ".join(sheet.text[start : match.end()].split())
        sheet.take("LOCATION", start, match.end(), value, "city")
    for index in sorted(contact):
        row = sheet.rows[index]
        for pattern in (_UK_POST, _ZIP):
            for match in pattern.finditer(sheet.rest(row)):
                sheet.take(
                    "LOCATION", row.start + match.start(), row.start + match.end(), match[0], "postal-code"
                )


def _postals(text: str) -> Iterator[re.Match[str]]:
    """Matches of "City, State"; "Brightwater, New York, NY" is read again from "New York"."""
    at = 0
    while match := _postal().search(text, at):
        second = match.start("state") if match["state"] else match.start("land") if match["land"] else -1
        known = match["city"].casefold() in places()
        if second > 0 and not known and (again := _postal().match(text, second)):
            match = again
        yield match
        at = match.end()


def _city_start(match: re.Match[str]) -> int:
    """Where the city begins: its longest ending that is known, or what follows a company's name."""
    words = list(re.finditer(r"\S+", match["city"]))
    for word in words:
        if match["city"][word.start() :].casefold() in places():
            return match.start("city") + word.start()
    for word in reversed(words[:-1]):
        bare = word[0].casefold().strip(".,")
        if bare in company_suffixes() or bare in company_cues() or bare in title_heads():
            return match.start("city") + words[words.index(word) + 1].start()
    return match.start("city")


def _no_city(city: str) -> bool:
    words = [word.casefold().strip(".") for word in city.split()]
    return any(word in title_heads() or word in company_suffixes() for word in words) or len(words) > 3


def find_places(sheet: Sheet, heads: frozenset[int], contact: frozenset[int]) -> None:
    """Take known cities and countries: at the edge of a heading or contact row, or behind "in", "at" …"""
    for start, end, name in list(known_places(sheet.masked)):
        row = sheet.row(start)
        before = sheet.unread(max(row.start, start - 16), start)
        after = sheet.unread(end, end + 3)
        edge = bool(_EDGE_BEFORE.search(before) and _EDGE_AFTER.match(after))
        if row.index in heads or row.index in contact:
            sure = edge
        elif name in ambiguous_places():
            sure = bool(re.search(r"\b(?:in|near|based in|from)[ ]$", before))
        else:
            sure = bool(_PREPOSITION.search(before)) or name in countries() or name in cities()
        if sure and not re.match(
            r"[ ](?:Inc|LLC|Ltd|Corp|University|College|Bank|Times)\b", sheet.unread(end, end + 12)
        ):
            sheet.take("LOCATION", start, end, name, "place")
    for index in sorted(heads | contact):
        row = sheet.rows[index]
        for match in _REMOTE.finditer(sheet.rest(row)):
            sheet.take("LOCATION", row.start + match.start(), row.start + match.end(), "Remote", "remote")


def known_places(text: str) -> Iterator[tuple[int, int, str]]:
    """Every known city, state or country in a text, the longest where several begin alike."""
    index = _index()
    at = 0
    for match in re.finditer(r"[^\W\d_][\w.'’]*", text):
        if match.start() < at or (not match[0][0].isupper() and match[0][0].isascii()):
            continue
        for name in index.get(match[0], ()) or index.get(match[0].rstrip("."), ()):
            end = match.start() + len(name)
            if text.startswith(name, match.start()) and not re.match(r"[\w]|-\w", text[end : end + 2]):
                at = end
                yield match.start(), end, name
                break


def is_place(text: str) -> bool:
    """Whether a piece of a heading is nothing but a place."""
    parts = [part.strip(" .()").casefold() for part in text.split(",")]
    return bool(parts) and all(
        part in places() or part.upper() in states() or part == "remote" for part in parts
    )


def regions(sheet: Sheet, contact: frozenset[int], default: str) -> tuple[str, ...]:
    """Countries to read a bare telephone number in, best first: those of the header, then the default."""
    found: list[str] = []
    for index in sorted(contact):
        row: Row = sheet.rows[index]
        if row.page > 1 or len(row.text) > 160:
            continue
        for match in _postal().finditer(row.text):
            if match["code"] or match["state"]:
                found.append("US")
        for _, _, name in known_places(row.text):
            code = countries().get(name) or (cities().get(name) if name not in ambiguous_places() else None)
            if code and name != "Georgia":
                found.append(code)
    if "US" in found or not found:
        return tuple(dict.fromkeys([default, *found]))
    return tuple(dict.fromkeys([*found, default]))
