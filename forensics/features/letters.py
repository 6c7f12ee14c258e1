"""The parts of a letter: who writes, to whom, and where it is signed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forensics.features.sheet import Row, Sheet

_SALUTATION = re.compile(
    r"\s*(?:dear\b|to whom it may concern|hello\b|hi\b|greetings\b|good (?:morning|afternoon|day)\b|sehr geehrte|"
    r"estimad[oa]s?\b|madame\b|monsieur\b|attention:)[^!?]{0,70}$",
    re.I,
)
_CLOSING = re.compile(
    r"\s*(?:(?:yours|very|most)?[ ]?(?:sincerely|truly|faithfully|respectfully)(?:[ ](?:yours|submitted))?|"
    r"(?:with )?(?:my )?(?:kind(?:est)?|best|warm(?:est)?|many)?[ ]?regards|respectfully|best wishes|"
    r"(?:many )?thanks(?: again)?|thank you(?: again| very much| for your (?:time|consideration)(?: and consideration)?)?|"
    r"cordially|best|cheers|warmly|gratefully|with (?:appreciation|gratitude)|mit freundlichen grüßen|"
    r"atentamente|cordialement)\s*(?P<end>[,.!–-]|$)\s*",
    re.I,
)
_DATE_ONLY = re.compile(r"[\s\x00,.]*(?:date[d]?\s*:)?[\s\x00,.]*", re.I)
_ADDRESSEE = re.compile(
    r"\b(?:hiring|recruit(?:er|ers|ing|ment)|human resources|HR|talent acquisition|attn|attention|committee|department|"
    r"selection|search panel|manager|director|head of|supervisor|principal|president|personnel|admissions|team)\b",
    re.I,
)
_COMPANY = re.compile(
    r"\b(?:inc|llc|ltd|corp|corporation|gmbh|company|plc|group|technologies|bank|university)\b\.?", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Row indices: ``sender`` and ``addressee`` above the ``salutation``, ``signature`` below the closing."""

    salutation: int
    closing: int | None
    sender: frozenset[int]
    addressee: frozenset[int]
    signature: frozenset[int]


def letter(sheet: Sheet) -> Letter | None:
    """The parts of the letter in a document that begins with one; ``None`` for anything else.

    Dates must have been read: a line that holds nothing else divides sender from addressee.
    """
    rows = sheet.rows
    limit = min(len(rows), 40)
    at = next((i for i in range(limit) if len(rows[i].text) < 90 and _SALUTATION.match(rows[i].text)), None)
    if at is None:
        return _unaddressed(sheet) if sheet.document.kind == "cover_letter" else None
    closing = _closing(rows, at)
    sender, addressee = _blocks(sheet, at)
    return Letter(
        salutation=at,
        closing=closing,
        sender=frozenset(sender),
        addressee=frozenset(addressee),
        signature=_signature(rows, closing),
    )


def _unaddressed(sheet: Sheet) -> Letter | None:
    closing = _closing(sheet.rows, 2)
    if closing is None:
        return None
    top = {row.index for row in sheet.rows if row.section == "header" and row.index < closing}
    return Letter(
        salutation=max(top, default=-1) + 1,
        closing=closing,
        sender=frozenset(top),
        addressee=frozenset(),
        signature=_signature(sheet.rows, closing),
    )


def _closing(rows: tuple[Row, ...], after: int) -> int | None:
    found = [
        row.index
        for row in rows[after + 1 :]
        if (match := _CLOSING.match(row.text)) and len(row.text) - match.end() < 40 and match["end"] != "."
    ]
    return found[-1] if found else None


def _signature(rows: tuple[Row, ...], closing: int | None) -> frozenset[int]:
    if closing is None:
        return frozenset()
    return frozenset(row.index for row in rows[closing : closing + 9] if row.section == rows[closing].section)


def _blocks(sheet: Sheet, salutation: int) -> tuple[set[int], set[int]]:
    """The rows above the salutation, parted into sender's and addressee's."""
    rows = sheet.rows[:salutation]
    divide = next((row.index for row in rows if _DATE_ONLY.fullmatch(sheet.rest(row))), None)
    above = {row.index for row in rows}
    if divide is not None:
        below = {i for i in above if i > divide}
        if below:
            return above - below, below
    blocks: list[list[int]] = []
    for row in rows:
        if row.gap or not blocks or row.index == divide:
            blocks.append([])
        blocks[-1].append(row.index)
    blocks = [block for block in blocks if block != [divide]]
    if len(blocks) > 1:
        last = blocks[-1]
        if _subject(sheet, last) and len(blocks) > 2:
            last = blocks[-2]
        own = sheet.in_row(sheet.rows[last[0]], "EMAIL") and not _cued(sheet, last)
        if not own or _cued(sheet, last):
            addressee = set(last)
            return above - addressee, addressee
    cue = next((i for i in sorted(above) if i > 0 and _cued(sheet, [i])), None)
    if cue is None:
        first = bool(rows) and _cued(sheet, [0])
        return (set(), above) if first else (above, set())
    start = (
        cue - 1 if cue > 1 and _name_like(sheet.rows[cue - 1].text) and not _contacts(sheet, cue - 1) else cue
    )
    return {i for i in above if i < start}, {i for i in above if i >= start}


def _subject(sheet: Sheet, block: list[int]) -> bool:
    return bool(re.match(r"\s*(?:re|subject|ref|reference|job|position)\b", sheet.rows[block[0]].text, re.I))


def _cued(sheet: Sheet, block: list[int]) -> bool:
    return any(
        _ADDRESSEE.search(sheet.rows[i].text) or _COMPANY.search(sheet.rows[i].text)
        for i in block
        if not _contacts(sheet, i)
    )


def _contacts(sheet: Sheet, index: int) -> bool:
    return bool(sheet.in_row(sheet.rows[index], "EMAIL", "PHONE", "URL"))


def _name_like(text: str) -> bool:
    return bool(re.fullmatch(r"(?:[^\W\d_][\w.'’-]*[ ]?){2,4}", text.strip()))
