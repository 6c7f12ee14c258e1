"""Files of official lists, and a user's own CSV → entries; a row that cannot be used is told, not guessed.

Formats: the legacy files of OFAC (SDN.CSV, ALT.CSV, ADD.CSV and their CONS_ twins: no header, ``-0-`` for
nothing; sanctionslist.ofac.treas.gov, "SDN data specification"), the Consolidated Screening List of the
International Trade Administration (CSV with a header, or JSON), and a CSV with the columns of
corpora/lists/institutions/own.csv. Persons, ships and aircraft are left out: only institutions are looked up.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from forensics.errors import UsageError
from forensics.features.institutions import Entry, country_words
from forensics.features.name_keys import LEGAL, vocabulary, words
from forensics.features.romanisation import plain

OWN_COLUMNS = (
    "name",
    "aliases",
    "reason",
    "approver",
    "expiry",
    "places",
    "authority",
    "programme",
    "citation",
)
_DPRK = ("Pyongyang", "DPRK", "North Korea", "Democratic People's Republic of Korea", "평양", "북한", "朝鲜")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z")
_WEAK = re.compile(r"a\.k\.a\. '([^']+)'")
_CODE = re.compile(r",\s*([A-Z]{2})\s*(?:;|$)")
_ACRONYM = re.compile(r"\s*\(([A-Z][A-Z0-9&-]{1,7})\)")
_LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that cannot be used: the file, its line from 1, why, and how it begins."""

    file: str
    line: int
    why: str
    text: str


@dataclass(slots=True)
class Parsed:
    """What was read: entries, bad rows, and how many rows were left out and why."""

    kind: str
    entries: list[Entry] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    file: str
    line: int
    cells: Sequence[str]

    def bad(self, why: str) -> BadRow:
        return BadRow(file=self.file, line=self.line, why=why, text=",".join(self.cells)[:120])


def parse(files: Sequence[tuple[str, bytes]]) -> Parsed:
    """Files (name, bytes) of one list → its entries.

    Raises :class:`~forensics.errors.UsageError` when a file is none of the formats, or when they do not
    belong together.
    """
    texts = [(name, _text(content)) for name, content in files]
    kinds = {name: _kind(name, text) for name, text in texts}
    if set(kinds.values()) <= {"sdn", "alt", "add"}:
        return _ofac({kinds[name]: (name, text) for name, text in texts}, len(texts))
    if len(texts) > 1:
        raise UsageError("only OFAC's SDN, ALT and ADD files belong together: import the others one by one.")
    ((name, text),) = texts
    if kinds[name] == "own":
        return _own(_records(name, text))
    return _csl(_json_records(name, text) if kinds[name] == "csl-json" else _records(name, text))


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\x00", "").rstrip("\x1a \r\n")


def _kind(name: str, text: str) -> str:
    if text.lstrip()[:1] in "{[" and text.strip():
        return "csl-json"
    first = next(csv.reader(io.StringIO(text)), [])
    header = {cell.strip().casefold() for cell in first}
    if {"source", "name"} <= header:
        return "csl"
    if "name" in header:
        return "own"
    if first and first[0].strip().isdigit():
        kind = {12: "sdn", 5: "alt", 6: "add"}.get(len(first))
        if kind:
            return kind
    raise UsageError(
        f"{name} is no list that is known here: give OFAC's SDN.CSV (with ALT.CSV and ADD.CSV), the Consolidated "
        f"Screening List (CSV or JSON), or a CSV whose first line names its columns ({', '.join(OWN_COLUMNS[:5])})."
    )


def _rows(name: str, text: str) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text))
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            yield _Row(file=name, line=reader.line_num, cells=(f"unreadable: {wrong}",))
            continue
        if any(cell.strip(" \x1a") for cell in cells):
            yield _Row(file=name, line=reader.line_num, cells=[_cell(cell) for cell in cells])


def _cell(cell: str) -> str:
    found = " ".join(cell.split())
    return "" if found == "-0-" else found


# -- OFAC


def _ofac(files: dict[str, tuple[str, str]], count: int) -> Parsed:
    if "sdn" not in files or len(files) != count:
        raise UsageError(
            "ALT.CSV and ADD.CSV hold only aliases and addresses: give them together with one SDN.CSV."
        )
    parsed = Parsed(kind="ofac")
    found: dict[str, Entry] = {}
    others: set[str] = set()
    for row in _rows(*files["sdn"]):
        if len(row.cells) != 12 or not row.cells[0].isdigit():
            parsed.bad.append(row.bad("not 12 columns beginning with a number"))
        elif row.cells[2]:
            parsed.skipped[row.cells[2].casefold()] += 1
            others.add(row.cells[0])
        elif row.cells[0] in found:
            parsed.bad.append(row.bad("this number stands twice"))
        elif why := _unusable(row.cells[1]):
            parsed.bad.append(row.bad(why))
        else:
            found[row.cells[0]] = _sdn(row.cells)
    for kind, take in (("alt", _alias), ("add", _address)):
        for row in _rows(*files[kind]) if kind in files else ():
            if len(row.cells) != {"alt": 5, "add": 6}[kind] or not row.cells[0].isdigit():
                parsed.bad.append(row.bad(f"not the columns of {kind.upper()}.CSV"))
            elif row.cells[0] in others:
                parsed.skipped["alias or address of what is left out"] += 1
            elif row.cells[0] not in found:
                parsed.bad.append(row.bad("belongs to no entry of SDN.CSV"))
            elif kind == "alt" and (why := _unusable(row.cells[3])):
                parsed.bad.append(row.bad(why))
            else:
                found[row.cells[0]] = take(found[row.cells[0]], row.cells)
    parsed.entries = [_placed(entry) for entry in found.values()]
    return parsed


def _sdn(cells: Sequence[str]) -> Entry:
    weak = tuple(name for name in _WEAK.findall(cells[11]) if not _unusable(name))
    programme = ", ".join(part for part in re.split(r"\]\s*\[|;", cells[3].strip("[] ")) if part.strip())
    return Entry(
        names=(cells[1], *weak),
        weak=weak,
        korean="North Korea" in cells[11] or "DPRK" in programme,
        authority="US Treasury, OFAC",
        programme=programme or None,
        number=cells[0],
        citation=f"https://sanctionssearch.ofac.treas.gov/Details.aspx?id={cells[0]}",
    )


def _alias(entry: Entry, cells: Sequence[str]) -> Entry:
    return entry if cells[3] in entry.names else replace(entry, names=(*entry.names, cells[3]))


def _address(entry: Entry, cells: Sequence[str]) -> Entry:
    from forensics.features.gazetteers import countries

    city = re.sub(r"\s*\d[\d -]*$", "", cells[3].split(",")[0]).strip()
    named = "North Korea" if cells[4].casefold().startswith("korea, north") else cells[4]
    code = countries().get(named)
    return replace(
        entry,
        places=tuple(dict.fromkeys((*entry.places, *((city,) if _a_city(city) else ())))),
        countries=tuple(dict.fromkeys((*entry.countries, *((code,) if code else ())))),
        korean=entry.korean or code == "KP",
    )


def _placed(entry: Entry) -> Entry:
    return replace(entry, places=tuple(dict.fromkeys((*entry.places, *_DPRK)))) if entry.korean else entry


# -- tables with a header


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    row: _Row
    values: dict[str, str]
    """By column; empty when the row does not fit the header."""

    def many(self, column: str, parts: str = ";") -> tuple[str, ...]:
        found = (
            re.sub(r"^and\s+", "", each.strip()) for each in re.split(parts, self.values.get(column, ""))
        )
        return tuple(dict.fromkeys(each for each in found if each))


def _records(name: str, text: str) -> Iterator[_Record]:
    rows = _rows(name, text)
    columns = [cell.casefold().replace(" ", "_") for cell in next(rows).cells]
    for row in rows:
        fits = len(row.cells) <= len(columns) and not row.cells[0].startswith("unreadable: ")
        yield _Record(row=row, values=dict(zip(columns, row.cells, strict=False)) if fits else {})


def _json_records(name: str, text: str) -> Iterator[_Record]:
    """The entries of the list's JSON: an array, or an object with ``results``. A line is an entry's number."""
    try:
        read: Any = json.loads(text)
    except ValueError as wrong:
        raise UsageError(f"{name} is no JSON that can be read ({wrong}): download it again.") from wrong
    found = read.get("results") if isinstance(read, dict) else read
    if not isinstance(found, list):
        raise UsageError(
            f"{name} holds no list of results: give the Consolidated Screening List as published."
        )
    for line, each in enumerate(found, 1):
        values = {key: _flat(value) for key, value in each.items()} if isinstance(each, dict) else {}
        yield _Record(row=_Row(file=name, line=line, cells=[json.dumps(each)[:200]]), values=values)


def _flat(value: Any) -> str:
    """A value of the JSON as the CSV writes it."""
    if isinstance(value, list):
        return "; ".join(_flat(each) for each in value)
    if isinstance(value, dict):
        parts = ("address", "city", "state", "postal_code", "country")
        return ", ".join(str(value[part]) for part in parts if value.get(part))
    return "" if value is None else " ".join(str(value).split())


def _csl(records: Iterator[_Record]) -> Parsed:
    parsed = Parsed(kind="csl")
    for record in records:
        name = _shortened(record.values.get("name", ""))
        kind = record.values.get("type", "").casefold()
        if not record.values:
            parsed.bad.append(record.row.bad("does not fit the columns"))
        elif kind and kind != "entity":
            parsed.skipped[kind] += 1
        elif why := _unusable(name):
            parsed.bad.append(record.row.bad(why))
        elif not kind and not _of_a_body(name):
            parsed.skipped["may be a person: no type is given"] += 1
        else:
            parsed.entries.append(_screened(record, name))
    return parsed


def _screened(record: _Record, name: str) -> Entry:
    values = record.values
    acronyms = _ACRONYM.findall(name)
    aliases = [_shortened(alias) for alias in record.many("alt_names")]
    acronyms += [each for alias in aliases for each in _ACRONYM.findall(alias)]
    names = (_ACRONYM.sub("", name), *(_ACRONYM.sub("", alias) for alias in aliases), *acronyms)
    codes = tuple(dict.fromkeys(_CODE.findall(values.get("addresses", ""))))
    cities = [part.split(",")[-2].strip() for part in record.many("addresses") if part.count(",") > 1]
    korean = "KP" in codes or "DPRK" in values.get("programs", "")
    return _placed(
        Entry(
            names=tuple(dict.fromkeys(each for each in names if not _unusable(each))),
            places=tuple(dict.fromkeys(city for city in cities if _a_city(city))),
            countries=codes,
            korean=korean,
            authority=values.get("source") or None,
            programme=values.get("programs") or values.get("federal_register_notice") or None,
            number=values.get("entity_number") or None,
            citation=values.get("source_list_url") or values.get("source_information_url") or None,
            listed=_date(values.get("start_date", "")),
            expiry=_date(values.get("end_date", "")),
        )
    )


def _a_city(text: str) -> bool:
    """Whether a part of an address can stand for the place: a word, and no country."""
    return len(text) > 3 and text.isalpha() and plain(text) not in country_words()


def _shortened(name: str) -> str:
    return re.sub(
        r"[;,]?\s*and any (?:successor|sub-?unit|subsidiar).*$", "", name, flags=re.IGNORECASE
    ).strip()


def _of_a_body(name: str) -> bool:
    """Whether a word of the name, or a number in it, says that it is no person's."""
    known = vocabulary()
    said = [word.said for word in words(name)]
    return any(word == LEGAL or word in known.generic or word[0].isdigit() for word in said)


# -- the user's own


def _own(records: Iterator[_Record]) -> Parsed:
    parsed = Parsed(kind="own")
    for record in records:
        values = record.values
        name, expiry = values.get("name", ""), values.get("expiry", "")
        if not values:
            parsed.bad.append(record.row.bad("does not fit the columns"))
        elif why := _unusable(name):
            parsed.bad.append(record.row.bad(why))
        elif expiry and _date(expiry) is None:
            parsed.bad.append(record.row.bad("expiry is no date like 2027-03-31"))
        else:
            aliases = record.many("aliases", r"[;|]")
            parsed.bad += [
                record.row.bad(f"alias “{alias}”: {why}") for alias in aliases if (why := _unusable(alias))
            ]
            parsed.entries.append(
                Entry(
                    names=tuple(dict.fromkeys((name, *(a for a in aliases if not _unusable(a))))),
                    places=record.many("places", r"[;|]"),
                    authority=values.get("authority") or None,
                    programme=values.get("programme") or values.get("program") or None,
                    citation=values.get("citation") or values.get("source") or None,
                    expiry=_date(expiry),
                    reason=values.get("reason") or None,
                    approver=values.get("approver") or None,
                )
            )
    return parsed


def _date(text: str) -> str | None:
    return text if _DATE.match(text) else None


def _unusable(name: str) -> str | None:
    """Why a name cannot be looked up."""
    if not name:
        return "no name"
    if len(name) > _LONGEST:
        return f"the name is longer than {_LONGEST} characters"
    letters = [word.said for word in words(name) if word.said != LEGAL]
    return None if sum(map(len, letters)) > 1 else "the name has no word to look for"
