"""Does the file contradict itself about when, where and by what it was made? metadata-conflict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from forensics.documents.document import Document, Fact
from forensics.documents.timestamps import Moment, apart, moment
from forensics.features.features import Entity, Exhibit
from forensics.features.gazetteers import clock_offsets, countries, states
from forensics.findings.finding import Evidence, Finding, NotRun
from forensics.findings.quoting import finding, quote

_SURE = timedelta(minutes=5)
"""What clocks and writers differ by within one save."""
_UNSURE = timedelta(hours=26)
"""What a local time written as UTC can differ by, and two hours: only more than that is a contradiction."""
_NEAR = 120  # minutes: a neighbouring zone is no contradiction
_ORDERED = (
    ("pdf.created", "pdf.modified"),
    ("pdf.xmp.created", "pdf.xmp.modified"),
    ("docx.created", "docx.modified"),
)
_TWICE = (
    ("pdf.created", "pdf.xmp.created", "creation date"),
    ("pdf.modified", "pdf.xmp.modified", "modification date"),
)
_NAMED_TWICE = (
    ("pdf.producer", "pdf.xmp.producer", "producer"),
    ("pdf.creator", "pdf.xmp.creator_tool", "program"),
    ("pdf.author", "pdf.xmp.author", "author"),
)


def integrity(exhibit: Exhibit) -> list[Finding]:
    """Findings about what the file says of itself, all weight C: context that is shown and never counted."""
    document = exhibit.document
    return [
        *_backwards(document),
        *_dates_differ(document),
        *_names_differ(document),
        *_elsewhere(exhibit),
        *_saved_again(document),
    ]


def integrity_not_run(exhibit: Exhibit) -> list[NotRun]:
    """Plain text says nothing of itself, so nothing can be looked for."""
    if exhibit.document.format != "text":
        return []
    return [NotRun(signal="metadata-conflict", why="plain text carries no metadata")]


def _backwards(document: Document) -> Iterator[Finding]:
    for first, second in _ORDERED:
        made, changed = _dated(document, first), _dated(document, second)
        if made is None or changed is None:
            continue
        later, sure = apart(made[1], changed[1])
        if -later > (_SURE if sure else _UNSURE):
            yield _conflict(
                document,
                f"The file says it was modified {_length(-later)} before it was created.",
                [made[0], changed[0]],
                ("The clock of one of the computers was wrong.",
                 "A program made the file from an old template and set only one of the two dates."),
            )  # fmt: skip
            return


def _dates_differ(document: Document) -> Iterator[Finding]:
    for first, second, what in _TWICE:
        info, xmp = _dated(document, first), _dated(document, second)
        if info is None or xmp is None:
            continue
        later, sure = apart(info[1], xmp[1])
        if abs(later) > (_SURE if sure else _UNSURE):
            yield _conflict(
                document,
                f"The file gives two {what}s that are {_length(abs(later))} apart, one in each of its two "
                "records.",
                [info[0], xmp[0]],
                ("A program that joins, compresses or signs PDF files brought only one record up to date.",),
            )


def _names_differ(document: Document) -> Iterator[Finding]:
    for first, second, what in _NAMED_TWICE:
        info = [fact for fact in document.facts if fact.name == first]
        xmp = [fact for fact in document.facts if fact.name == second]
        if not info or not xmp:
            continue
        one, other = (_plain(" ".join(fact.value for fact in facts)) for facts in (info, xmp))
        if one and other and not _alike(one, other):
            yield _conflict(
                document,
                f"The file names its {what} twice, and differently: “{info[0].value}” and “{xmp[0].value}”.",
                [info[0], xmp[0]],
                ("A program that joins, compresses or signs PDF files brought only one record up to date.",),
            )


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[®™©(),;.&/-]|\btm\b|\bpdf\b", " ", text.casefold()).split())


def _alike(one: str, other: str) -> bool:
    """Equal, one a part of the other ("…; modified using …"), or the same words in another order."""
    words, others = set(one.split()), set(other.split())
    return one in other or other in one or words <= others or others <= words


def _elsewhere(exhibit: Exhibit) -> Iterator[Finding]:
    """A clock that is more than two hours from every clock of the places in the header.

    Only where the header names a place that is known, and the file an offset other than UTC: a server, a
    converter and many programs write UTC wherever they are.
    """
    places = [(each, codes) for each in _header_places(exhibit) if (codes := _codes(each.value))]
    told = [*_all_dated(exhibit.document, "pdf.created"), *_all_dated(exhibit.document, "pdf.modified")]
    clocks = [(fact, at.offset) for fact, at in told if at.offset]
    known = clock_offsets()
    there = {offset for _, codes in places for code in codes for offset in known.get(code, ())}
    if not places or not clocks or not there:
        return
    if any(_near(offset, other) for _, offset in clocks for other in there):
        return
    fact, offset = clocks[0]
    place = places[0][0]
    yield finding(
        "metadata-conflict",
        weight="C",
        documents=(),
        summary=f"The file was written by a clock {_zone(offset)}; the document gives {place.value}, where no "
        "clock is within two hours of that.",
        evidence=[_evidence(exhibit.document, fact), quote(exhibit.document, place.start, place.end)],
        base_rate=None,
        innocent=(
            "They were travelling, have moved, or apply for work in another place.",
            "An agency, a friend or an online service elsewhere made the file.",
            "The computer's time zone was never set.",
        ),
    )


def _header_places(exhibit: Exhibit) -> list[Entity]:
    heads = [each for each in exhibit.document.passages if each.section == "header"]
    return [
        entity
        for entity in exhibit.features.entities
        if entity.label == "LOCATION"
        and entity.rule in ("city", "place")
        and any(head.start <= entity.start < head.end for head in heads)
    ]


def _codes(place: str) -> set[str]:
    """The ISO 3166 codes that a place can mean: of the country or state it names, none for a city alone.

    Many cities share their name. A state of the US may be a province of Canada, and two letters a country
    as well ("Bangalore, IN", "Atlanta, Georgia").
    """
    parts = [part.strip() for part in place.split(",")]
    known = clock_offsets()
    found = {countries()[part] for part in parts if part in countries()}
    for part in parts[1:]:
        words = {part, part.split(" ")[0]} - {""}
        if words & {*states(), *states().values()}:
            found |= {"US", "CA"} | (words & known.keys())
    return found


def _near(offset: int, other: int) -> bool:
    around = abs(offset - other) % 1_440
    return min(around, 1_440 - around) <= _NEAR


def _zone(offset: int) -> str:
    hours, minutes = divmod(abs(offset), 60)
    return f"{'ahead of' if offset > 0 else 'behind'} UTC by {hours}:{minutes:02}"


def _saved_again(document: Document) -> Iterator[Finding]:
    saves = next((fact for fact in document.facts if fact.name == "pdf.xref.saves"), None)
    if saves is None or not saves.value.isdigit() or int(saves.value) < 1:
        return
    times = "once" if saves.value == "1" else f"{saves.value} times"
    signed = any(fact.name in ("pdf.signature", "pdf.form") for fact in document.facts)
    yield _conflict(
        document,
        f"After the file was first written it was changed and saved {times}; the earlier states are still in it.",
        [saves],
        (
            *(("It is a form, or it was signed: both are saved this way.",) if signed else ()),
            "They corrected a word, added a comment or filled a form in a PDF editor.",
            "A portal or a mail program added a stamp or its own data.",
        ),
    )


def _conflict(document: Document, summary: str, facts: list[Fact], innocent: tuple[str, ...]) -> Finding:
    return finding(
        "metadata-conflict",
        weight="C",
        documents=(),
        summary=summary,
        evidence=[_evidence(document, fact) for fact in facts],
        base_rate=None,
        innocent=innocent,
    )


def _evidence(document: Document, fact: Fact) -> Evidence:
    return Evidence(document=document.id, text=fact.value, where=fact.where, page=fact.page, bbox=fact.bbox)


def _dated(document: Document, name: str) -> tuple[Fact, Moment] | None:
    return next(iter(_all_dated(document, name)), None)


def _all_dated(document: Document, name: str) -> list[tuple[Fact, Moment]]:
    found = [(fact, moment(fact.value)) for fact in document.facts if fact.name == name]
    return [(fact, at) for fact, at in found if at is not None]


def _length(span: timedelta) -> str:
    if span.days:
        return f"{span.days} day{'s' if span.days > 1 else ''}"
    minutes = span.seconds // 60
    if minutes >= 120:
        return f"{minutes // 60} hours"
    return f"{minutes} minutes"
