"""Dates and ranges of dates as people write them in a résumé: an own grammar, no guessing.

A value keeps the precision that was written: ``2019`` or ``2019-03``; a range is ``2019-03/2021`` or
``2019-03/present``. Seasons and quarters stand for their year. Months are known by their English, German,
French, Spanish, Portuguese, Italian and Dutch names, and by 년/월 and 年/月.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from forensics.features.names import fold

_MONTHS = (
    "jan january januar janvier janv enero ene janeiro gennaio genn gen januari jänner",
    "feb february februar fevrier fev fevr febrero fevereiro febbraio februari",
    "mar march marz mars marzo marco maart mrz",
    "apr april avril avr abril abr aprile",
    "may mai mayo maio maggio mei",
    "jun june juni juin junio junho giugno",
    "jul july juli juillet juil julio julho luglio",
    "aug august aout agosto ago augustus",
    "sep sept september septembre septiembre setembro settembre set",
    "oct october oktober octobre octubre outubro ottobre okt",
    "nov november novembre noviembre novembro",
    "dec december dezember decembre diciembre dezembro dicembre dez dic",
)
_MONTH = {fold(word): number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_ACCENTED = ("märz", "février", "fév", "févr", "août", "décembre", "déc", "jänner", "março")
_NAMES = "|".join(sorted({*_MONTH, *_ACCENTED}, key=len, reverse=True))
_SEASONS = (
    "spring|summer|autumn|fall|winter|early|mid|late|q[1-4]|[1-4]q|h[12]|michaelmas|hilary|trinity|frühjahr|frühling|"
    "sommer|herbst|printemps|été|automne|hiver|primavera|verano|otoño|invierno|verão|outono|autunno|zomer|herfst"
)
_PRESENT = (
    r"(?:(?:till|until|to|up[ ]to|the|bis|hasta|até)[ ])?(?:present(?:e)?|pres\b\.?|current(?:ly)?|now|today|date|"
    r"ongoing|on-going|heute|aktuell|jetzt|actuel(?:lement)?|aujourd['’]hui|ce[ ]jour|la[ ]fecha|o[ ]momento|"
    r"actualidad|actual|hoje|atual|"
    r"oggi|attuale|in[ ]corso|heden|vandaag|nu|laufend|andauernd|dato|en[ ]cours|en[ ]curso|em[ ]andamento|i[ ]dag|"
    r"dzi[śs]|dzisiaj|obecnie)\b|현재|至今|现在|現在"
)
_SEP = r"\s*(?:-{1,2}|/|[‐‑‒–—―−~～〜→]|\b(?:to|until|till|through|thru|bis|hasta|au?|à|al|tot|até|fino[ ]al?)\b)\s*"
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"


def _unit(n: int) -> str:
    year = rf"(?:(?P<y{n}>{_YEAR})(?![\d])|['’‘`´](?P<s{n}>\d\d)(?!\d))"
    return (
        rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th|\.)?[ ]?(?:of[ ])?)?\b(?P<m{n}>{_NAMES})\b\.?"
        rf"(?:[ ]\d{{1,2}}(?:st|nd|rd|th)?(?=,|[ ]{_YEAR}))?[ ,\-/–]{{0,3}}(?:of[ ]|de[ ])?(?:{year}|"
        rf"(?<=-)(?P<t{n}>\d\d)(?![\d-]))"
        rf"|\b(?:{_SEASONS})[ ,\-/]{{0,2}}(?P<p{n}>{_YEAR}|['’]\d\d)(?!\d)"
        rf"|(?<![\d.])(?P<qy{n}>{_YEAR})[ \-]?q[1-4]\b"
        rf"|(?<!\d)(?P<ky{n}>{_YEAR})[ ]?[년年][ ]?(?:(?P<km{n}>\d{{1,2}})[ ]?[월月])?"
        rf"|(?<![\d.\-/])(?P<iy{n}>{_YEAR})(?:[\-/.](?P<im{n}>0[1-9]|1[0-2])|[\-/](?P<io{n}>[1-9])(?!\d))"
        rf"(?:[\-/.](?:0?[1-9]|[12]\d|3[01]))?(?!\d)"
        rf"|"
        rf"(?<![\d.\-/])(?P<fa{n}>\d{{1,2}})(?P<fs{n}>[/.\-])(?P<fb{n}>\d{{1,2}})(?P=fs{n})(?P<fy{n}>{_YEAR})(?!\d)"
        rf"|(?<![\d./])(?P<nm{n}>0?[1-9]|1[0-2])[ ]?[/.\-–][ ]?(?P<ny{n}>{_YEAR})(?!\d)"
        rf"|(?<![\d.,{'/' if n == 1 else ''}$€£#])(?P<b{n}>{_YEAR})(?![\d%]|[.,]\d|-[a-z]))"
    )


_DATE = re.compile(
    rf"(?<!\w){_unit(1)}(?:{_SEP}(?:{_unit(2)}|(?P<now>{_PRESENT})|(?P<yy>\d\d)(?![\d/.:%\w])))?", re.I
)
_MONTH_SPAN = re.compile(rf"\b(?P<m0>{_NAMES})\b\.?{_SEP}(?={_unit(1)})", re.I)
_SHORT = re.compile(
    rf"(?<![\d/])(?P<m1>0?[1-9]|1[0-2])/(?P<y1>\d\d){_SEP}(?:(?P<m2>0?[1-9]|1[0-2])/(?P<y2>\d\d)(?!\d)|"
    rf"(?P<now>{_PRESENT}))",
    re.I,
)
_PLAIN_SPAN = re.compile(
    rf"\b(?P<m1>{_NAMES})\b\.?[ ](?P<y1>\d\d){_SEP}(?:(?P<m2>{_NAMES})\b\.?[ ](?P<y2>\d\d)(?!\d)|"
    rf"(?P<now>{_PRESENT}))",
    re.I,
)
_MAYBE = re.compile(
    r"(?<!\d)(?:19[5-9]|20[0-4])\d(?!\d)|['’‘`´]\d\d(?!\d)|(?<=[a-z][ -])\d\d(?!\d)|\d/\d\d(?!\d)", re.I
)
_BEFORE = re.compile(
    r"(?:^|[\n\t(\[|,;•·:–—]|[ ]{2}|\b(?:in|since|from|until|till|by|of|during|year|class|expected|graduated|"
    r"graduation|around|circa|mid|late|early|after|before|through|and|&|to|seit|desde|depuis))[ ]?$",
    re.I,
)
_AFTER = re.compile(r"[ ]?(?:$|[\n\t)\]|,;:•·.–—]|[ ]{2})")
_VERSION = re.compile(r"\b(?:version|ver|release|v)[ .]{0,2}$", re.I)
_SINCE = re.compile(r"\b(?:since|seit|desde|depuis)[ ]$", re.I)


class Dated(NamedTuple):
    """A date or range at ``[start, end)`` of the text, with its value."""

    start: int
    end: int
    value: str


def find_dates(text: str) -> list[Dated]:
    """All dates and ranges, in text order. A bare year counts where the words around it make it a date."""
    return sorted(one for begin, end in _windows(text) for one in _within(text, begin, end))


def _windows(text: str) -> list[tuple[int, int]]:
    """The lines that hold a year, each with the line after it: the grammar is dear, most lines hold none."""
    found: list[tuple[int, int]] = []
    for match in _MAYBE.finditer(text):
        if found and match.end() <= found[-1][1]:
            continue
        begin = text.rfind("\n", 0, match.start()) + 1
        stop = text.find("\n", match.end())
        stop = text.find("\n", stop + 1) if stop >= 0 else -1
        end = stop if stop >= 0 else len(text)
        if found and begin <= found[-1][1]:
            begin = found.pop()[0]
        found.append((begin, end))
    return found


def _within(text: str, begin: int, end: int) -> list[Dated]:
    found: list[Dated] = []
    for pattern in (_SHORT, _PLAIN_SPAN):
        for match in pattern.finditer(text, begin, end):
            start = _value(_century(match["y1"]), _month(match["m1"]))
            last = "present" if match["now"] else _value(_century(match["y2"]), _month(match["m2"]))
            if last == "present" or start <= last:
                found.append(Dated(match.start(), match.end(), f"{start}/{last}"))
    taken = list(found)
    for match in _DATE.finditer(text, begin, end):
        if not any(other.start < match.end() and match.start() < other.end for other in taken):
            one = _dated(match, text)
            if one is not None:
                found.append(one)
    return found


def _dated(match: re.Match[str], text: str) -> Dated | None:
    start, bare = _read(match, 1)
    begin, end = match.start(), match.end()
    if start is None:
        return None
    last = _last(match, start)
    if last == "":
        end = match.end() if match.end("b1") == match.end() else _first_end(match)
    elif last is not None:
        return Dated(begin, end, f"{start}/{last}")
    before = text[max(0, begin - 24) : begin]
    if bare and not (_BEFORE.search(before) or (_AFTER.match(text, end) and not before[-1:].isdigit())):
        return None
    if (bare and re.search(r"[\w)][-.]$", before)) or _VERSION.search(before):
        return None
    if _SINCE.search(before):
        return Dated(begin, end, f"{start}/present")
    month = re.search(rf"\b({_NAMES})\b\.?{_SEP}$", before, re.I)
    if month and "-" in start and _month(month[1]) <= int(start[5:]):
        return Dated(begin - len(month[0]), end, f"{start[:4]}-{_month(month[1]):02d}/{start}")
    return Dated(begin, end, start)


def _last(match: re.Match[str], start: str) -> str | None:
    """The end of a range: its value, ``None`` when there is none, ``""`` when it is no end."""
    if match["now"]:
        return "present"
    if match["yy"]:
        year = start[:2] + match["yy"]
        return year if len(start) == 4 and start < year else ""
    end, _ = _read(match, 2)
    if end is None:
        return None
    return end if start[:4] <= end[:4] else ""


def _first_end(match: re.Match[str]) -> int:
    return max(match.end(name) for name in match.groupdict() if name.endswith("1") and match[name])


def _read(match: re.Match[str], n: int) -> tuple[str | None, bool]:
    """The value of the ``n``-th date of a match, and whether it is a bare year."""
    group = match.groupdict().get
    if month := group(f"m{n}"):
        short = group(f"s{n}") or group(f"t{n}")
        return _value(group(f"y{n}") or _century(str(short)), _month(month)), False
    if part := group(f"p{n}"):
        return (part if len(part) == 4 else _century(part[1:])), False
    if year := group(f"qy{n}"):
        return year, False
    if year := group(f"ky{n}"):
        month = group(f"km{n}")
        return _value(year, int(month) if month and 1 <= int(month) <= 12 else None), False
    if year := group(f"iy{n}"):
        return _value(year, int(str(group(f"im{n}") or group(f"io{n}")))), False
    if year := group(f"fy{n}"):
        return _value(
            year, _middle(int(str(group(f"fa{n}"))), int(str(group(f"fb{n}"))), group(f"fs{n}"))
        ), False
    if year := group(f"ny{n}"):
        return _value(year, int(str(group(f"nm{n}")))), False
    if year := group(f"b{n}"):
        return year, True
    return None, False


def _middle(a: int, b: int, separator: str | None) -> int | None:
    """The month of ``a/b/year``: month first with slashes, day first with dots, where both could be."""
    order = (a, b) if separator == "/" else (b, a)
    return next((month for month in order if 1 <= month <= 12), None)


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _MONTH[fold(word)]


def _century(two: str) -> str:
    return f"19{two}" if int(two) >= 50 else f"20{two}"


def _value(year: str, month: int | None) -> str:
    return f"{year}-{month:02d}" if month else year
