"""How somebody writes what people write in several ways: dates, ranges, percentages, lists, quotes.

Each habit has few forms. None says anything of a person, and what a program does by itself (curly quotes,
double blanks in a PDF) is no habit of its user: rates are counted among documents of one format and one writing
program.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from forensics.features.features import Exhibit

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_SHORT = r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
_WHOLE = r"\b(?:january|february|march|april|june|july|august|september|october|november|december)"
_YEAR = r",? (?:19|20)\d\d\b"
_DATES = (
    ("month name, full year", re.compile(_WHOLE + _YEAR, re.I)),
    ("month abbreviated with a dot", re.compile(rf"{_SHORT}\.{_YEAR}", re.I)),
    ("month abbreviated", re.compile(_SHORT + _YEAR, re.I)),
    ("two-digit year", re.compile(rf"\b{_MONTH}\.? ?['’‘]\d\d\b", re.I)),
    ("MM/YYYY", re.compile(r"(?<![/\d])(?:0?[1-9]|1[0-2])/(?:19|20)\d\d\b")),
    ("MM.YYYY", re.compile(r"(?<![.\d])(?:0[1-9]|1[0-2])\.(?:19|20)\d\d\b")),
    ("YYYY-MM", re.compile(r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])\b(?!-)")),
)  # fmt: skip
_RANGE = re.compile(
    r"(?:19|20)\d\d(\s*(?:-|–|—|‐|−|~|\bto\b|\bthrough\b|\btill\b|\buntil\b)\s*)(?=present|current|now|today|ongoing|(?:19|20)\d\d"
    rf"|{_MONTH}|\d)",
    re.IGNORECASE,
)
_PATTERNS = {
    "percentages": (
        ("30%", re.compile(r"\d%")), ("30 %", re.compile(r"\d\s%")), ("30 percent", re.compile(r"\d percent\b")),
    ),
    "thousands": (
        ("10,000", re.compile(r"\b\d{1,3},000\b")), ("10000", re.compile(r"\b\d{2,3}000\b")),
        ("10k", re.compile(r"\b\d+k\b")), ("10K", re.compile(r"\b\d+K\b")),
    ),
    "and": (("&", re.compile(r"[a-z] & [a-z]", re.I)),),
    "lists of three": (
        ("a, b, and c", re.compile(r"\w, [\w-]+, and \w")), ("a, b and c", re.compile(r"\w, [\w-]+ and \w")),
    ),
    "apostrophes": (("straight", re.compile(r"\w'\w")), ("curly", re.compile(r"\w’\w"))),
    "quotation marks": (
        ("straight", re.compile(r'(?<![\w"])"\w')), ("curly", re.compile(r"“\w")), ("low", re.compile(r"„\w")),
        ("angles", re.compile(r"«\s?\w")), ("single", re.compile(r"(?<!\w)‘\w")),
    ),
    "dashes between words": (
        ("- with blanks", re.compile(r"[a-z,)] - (?=[a-z(])")), ("-- for a dash", re.compile(r"[a-z,)] ?--(?= ?[a-z(])")),
        ("– with blanks", re.compile(r"[a-z,)] – (?=[a-z(])")), ("— with blanks", re.compile(r"[a-z,)] — (?=[a-z(])")),
        ("— without blanks", re.compile(r"[a-z,)]—(?=[a-z(])")),
    ),
    "blank before a mark": (("yes", re.compile(r"[a-z] [,;:](?=\s)")),),
    "no blank after a comma": (("yes", re.compile(r"[a-z],[a-z]")),),
    "blanks after a full stop": (
        ("one", re.compile(r"[a-z]\. (?=[A-Z])")), ("two", re.compile(r"[a-z]\.  (?=[A-Z])")),
    ),
    "two blanks between words": (("yes", re.compile(r"[a-z,]  (?=[a-z])")),),
    "a small i": (("yes", re.compile(r"(?<=[ ,])i(?= (?:am|was|have|had|will|can|would|led|built|did)\b)")),),
}  # fmt: skip
_BULLET = re.compile(r"^\s*([•●▪◦‣∙·*–-])\s+\S.*\S", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """One habit in one form: how often, and the first place ``[start, end)`` of the text that shows it."""

    name: str
    form: str
    count: int
    start: int
    end: int


def habits(exhibit: Exhibit) -> list[Habit]:
    """The habits that a document shows: of each the form that it uses most, if that is most of the cases."""
    return list(_habits(exhibit.document.text))


def habit_keys(exhibit: Exhibit) -> list[tuple[str, str]]:
    """Each habit as (``habit``, route | name | form)."""
    return [("habit", f"{route(exhibit)}|{each.name}|{each.form}") for each in habits(exhibit)]


def route(exhibit: Exhibit) -> str:
    """By which format and which program the words came to us: habits are compared within it only."""
    writer = next(
        (fact.value for fact in exhibit.document.facts if fact.name in ("pdf.writer", "docx.writer")), ""
    )
    return f"{exhibit.document.format} {writer}".strip()


def _habits(text: str) -> Iterator[Habit]:
    yield from _most("dates", [(form, found) for form, pattern in _DATES for found in pattern.finditer(text)])
    spans = [(_dash(found[1]), found) for found in _RANGE.finditer(text)]
    yield from _most("ranges of dates", spans)
    for name, forms in _PATTERNS.items():
        yield from _most(name, [(form, found) for form, pattern in forms for found in pattern.finditer(text)])
    items = list(_BULLET.finditer(text))
    if len(items) >= 4:
        yield from _most("bullets", [(item[1], item) for item in items])
        ends = [("with a full stop" if item[0].endswith(".") else "without", item) for item in items]
        yield from _most("ends of bullets", ends)


def _most(name: str, found: list[tuple[str, re.Match[str]]]) -> Iterator[Habit]:
    counts = Counter(form for form, _ in found)
    if counts:
        form, count = counts.most_common(1)[0]
        if 4 * count >= 3 * len(found):
            first = next(match for each, match in found if each == form)
            yield Habit(name=name, form=form, count=count, start=first.start(), end=first.end())


def _dash(between: str) -> str:
    mark = between.strip()
    blanks = "with blanks" if between[:1].isspace() and between[-1:].isspace() else "without blanks"
    return mark.casefold() if mark.isalpha() else f"{mark} {blanks}"
