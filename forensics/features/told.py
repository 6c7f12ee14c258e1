"""Jobs that have no dated heading: told in a sentence, or a title and an employer without any date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forensics.features.gazetteers import title_heads
from forensics.features.pieces import Piece, kind_of, pieces
from forensics.features.sheet import Row, Sheet

_AS = r"(?P<{0}title>[A-Za-z][^,;:.()\n|\x00]{{2,60}}?(?:[ ]\([^()\n]{{2,20}}\))?)"
_FIRM = r"(?P<{0}firm>[A-Z0-9][^,;:|()\n\x00]{{1,60}}?(?:,[ ](?:Inc|LLC|Ltd|Corp)\.?)?)"
_STOP = r"(?=[ ]?(?:[,;|()\n\x00]|\.(?:\s|$)|$|[ ](?:from|since|for|till|until|during|in|between|and|as|where|to)\b))"
_TOLD = re.compile(
    r"\b(?:(?:[Cc]urrently|[Pp]resently|[Pp]reviously|[Ee]arlier)[ ])?"
    r"(?:(?:[Ww]ork(?:ed|ing|s)?|WORK(?:ED|ING)|[Ee]mployed|[Ss]erv(?:ed|ing)|"
    r"[Aa]ssociated)[ ]+(?:(?:full|part)[ -]time[ ])?"
    rf"(?:as[ ]+(?:an?[ ]+|the[ ]+)?{_AS.format('a')}[ ]+(?:in|at|for|with|@)[ ]+{_FIRM.format('a')}{_STOP}"
    rf"|(?:in|at|for|with)[ ]+{_FIRM.format('b')}[, ]+as[ ]+(?:an?[ ]+|the[ ]+)?{_AS.format('b')}{_STOP}))"
)
_CLIENT = re.compile(r"\W*(?:end[ ])?client\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A job read in a sentence: the rows it takes, and ``[start, end)`` of its title and employer in the text."""

    rows: tuple[Row, ...]
    title: tuple[int, int]
    employer: tuple[int, int]


def told(sheet: Sheet, sections: frozenset[str]) -> Iterator[Told]:
    """Sentences of these sections that say as what and for whom somebody worked, in the order of the text."""
    for match in _TOLD.finditer(sheet.masked):
        which = "a" if match["atitle"] else "b"
        title, firm = match.span(f"{which}title"), match.span(f"{which}firm")
        rows = sheet.rows[sheet.row(match.start()).index : sheet.row(match.end() - 1).index + 1]
        if any(row.section not in sections for row in rows) or len(rows) > 2:
            continue
        kind = kind_of(sheet.text[slice(*firm)])
        if kind_of(sheet.text[slice(*title)]) == "title" and kind in {"employer", "unknown"}:
            yield Told(rows=tuple(rows), title=title, employer=firm)


def undated(sheet: Sheet, blocked: set[int], headlike: frozenset[int]) -> Iterator[tuple[Row, ...]]:
    """Headings without a date: a title and an employer on one row or on two, at the top of a block.

    ``headlike`` are the rows of the work history that can belong to a heading, ``blocked`` those that belong to one.
    """
    at = 0
    while at < len(sheet.rows):
        row = sheet.rows[at]
        if at not in headlike or at in blocked or not _opens(sheet, row):
            at += 1
            continue
        first = pieces(sheet, row)
        below = sheet.rows[at + 1] if at + 1 in headlike and at + 1 not in blocked else None
        second = pieces(sheet, below) if below is not None else []
        if _whole(first) and len(row.text.split()) <= 9:
            yield (row,)
            at += 1
        elif below is not None and _halves(first, second):
            yield (row, below)
            at += 2
        else:
            at += 1


def _opens(sheet: Sheet, row: Row) -> bool:
    return row.gap or row.index == 0 or sheet.rows[row.index - 1].heading


def _kinds(found: list[Piece]) -> list[str]:
    return [one.kind for one in found if one.kind != "place"]


def _whole(found: list[Piece]) -> bool:
    """One title and one employer in one row, with a bar, a dash or "at" between them, or an employer by its form."""
    kinds = _kinds(found)
    if sorted(kinds) == ["employer", "title"]:
        return True
    return sorted(kinds) == ["title", "unknown"] and all(one.strong for one in found if one.kind != "place")


def _halves(first: list[Piece], second: list[Piece]) -> bool:
    """A title over an employer, or an employer over a title, with at most a place beside them."""
    above, below = _kinds(first), _kinds(second)
    return len(above) == len(below) == 1 and (above[0] == "title") != (below[0] == "title")


def find_headline(sheet: Sheet) -> None:
    """Take the title that stands below the name: "Associate Consultant - State Street", "Data Analyst | Lagos".

    It is what somebody calls themselves today; it makes no job.
    """
    name = next((one for one in sheet.entities if one.label == "PERSON"), None)
    if name is None:
        return
    top = sheet.row(name.start).index
    for row in sheet.rows[top : top + 3]:
        if (
            row.section not in {"header", "summary"}
            or row.heading
            or row.bullet
            or len(row.text.split()) > 12
        ):
            continue
        found = pieces(sheet, row)
        titles = [one for one in found if one.kind == "title" and len(one.text.split()) <= 6]
        if titles and not row.text.endswith((".", ":")):
            one = titles[0]
            after = found[one.place + 1] if one.place + 1 < len(found) else None
            sheet.take("TITLE", one.start, one.end, " ".join(one.text.split()), "title-headline")
            if after is not None and after.strong and after.kind in {"unknown", "employer"}:
                value = " ".join(after.text.split())
                if after.text.casefold() not in title_heads():
                    sheet.take("EMPLOYER", after.start, after.end, value, "employer-headline")
            return


def is_client(row: Row) -> bool:
    """Whether a row names, under its label, for whom an employer did the work."""
    return bool(_CLIENT.match(row.text))
