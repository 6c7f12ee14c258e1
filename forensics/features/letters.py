"""The parts of a letter: who writes, to whom, and where it is signed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forensics.features.again import trimmed
from forensics.features.gazetteers import company_cues, company_suffixes, title_heads
from forensics.features.places import is_place
from forensics.features.sheet import BLANK, Row, Sheet

_SALUTATION = re.compile(
    r"\s*(?:dear\b|to whom it may concern|hello\b|hi\b|greetings\b|good (?:morning|afternoon|day)\b|"
    r"sehr geehrte|"
    r"estimad[oa]s?\b|madame\b|monsieur\b|attention:)[^!?]{0,70}$",
    re.I,
)
_CLOSING = re.compile(
    r"\s*(?:(?:yours|very|most)?[ ]?(?:sincerely|truly|faithfully|respectfully)(?:[ ](?:yours|submitted))?|"
    r"(?:with )?(?:my )?(?:kind(?:est)?|best|warm(?:est)?|many)?[ ]?regards|respectfully|best wishes|"
    r"(?:many )?thanks(?: again)?|thank you(?: again| very much| for your (?:time|"
    r"consideration)(?: and consideration)?)?|"
    r"cordially|best|cheers|warmly|gratefully|with (?:appreciation|gratitude)|mit freundlichen grüßen|"
    r"atentamente|cordialement)\s*(?P<end>[,.!–-]|$)\s*",
    re.I,
)
_DATE_ONLY = re.compile(r"[\s\x00,.]*(?:date[d]?\s*:)?[\s\x00,.]*", re.I)
_ADDRESSEE = re.compile(
    r"\b(?:hiring|recruit(?:er|ers|ing|ment)|human resources|HR|talent acquisition|attn|attention|committee|"
    r"department|"
    r"selection|search panel|manager|director|head of|supervisor|principal|president|personnel|admissions|"
    r"team)\b",
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
    divide = next(
        (row.index for row in rows if sheet.in_row(row, "DATE") and _DATE_ONLY.fullmatch(sheet.rest(row))),
        None,
    )
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


_CAP = r"[A-ZÀ-Þ](?:[\w&'’-]|\.(?=\w))*"
_NAMES = rf"{_CAP}(?:[ ](?:(?:&|and|of)[ ])?{_CAP}){{0,4}}"
_POSITION = re.compile(
    rf"(?:\b(?:the|your|a|an|this|open|advertised)[ ](?P<before>{_NAMES})[ ](?:position|role|opening|"
    rf"opportunity|vacancy|job|post)\b"
    rf"|\b(?:position|role|post|job|vacancy|opening)[ ](?:of|as|for)[ ](?:an?[ ]|the[ ])?(?P<after>{_NAMES})"
    rf"|\b(?:as|am|was|being)[ ](?:an?|the)[ ](?P<being>{_NAMES}))"
)
_AT = re.compile(rf"\b(?:at|with|joining|join|for|of|by)[ ](?:the[ ])?(?P<firm>{_NAMES})")
_PLACED = re.compile(
    r"\b(?:position|role|opening|opportunity|job|team|work|working|worked|career|years|time|tenure|employed|"
    r"intern(?:ed|ship)?|"
    r"currently|previously|engineer|developer|analyst|manager|designer|scientist|interested|interest|"
    r"contribut\w+|value|mission|part|"
    r"join\w*|recently|experience|apply\w*|application|consider\w*|served|serving)\b[^.\n]{0,50}$",
    re.I,
)
_SALUTED = re.compile(
    r"\b(?:dear|hello|hi)[ ](?P<name>(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|"
    r"Prof)\b\.?[ ])?[A-ZÀ-Þ][\w'’-]+(?:[ ][A-ZÀ-Þ][\w'’-]+)?)[ ]?[,:;!]?$",
    re.I,
)
_GENERIC = frozenset(
    "hiring recruiting sir madam manager team recruiter committee whom human all director search selection "
    "talent".split()
)


def find_addressee(sheet: Sheet, parts: Letter) -> None:
    """Take whom a letter is to, and the firms and posts that its body names."""
    salutation = sheet.rows[parts.salutation] if parts.salutation < len(sheet.rows) else None
    if salutation is not None and (match := _SALUTED.search(sheet.rest(salutation))):
        words = {word.casefold().strip(".,") for word in match["name"].split()}
        if not words & _GENERIC and not words & company_cues():
            start = salutation.start + match.start("name")
            sheet.take("PERSON", start, start + len(match["name"]), match["name"], "addressee")
    for index in sorted(parts.addressee):
        _addressee_row(sheet, sheet.rows[index], index == min(parts.addressee))
    last = parts.closing if parts.closing is not None else len(sheet.rows)
    if salutation is None or last <= parts.salutation:
        return
    begin, end = salutation.end, sheet.rows[last].start if last < len(sheet.rows) else len(sheet.text)
    for match in _POSITION.finditer(sheet.masked, begin, end):
        group = next(name for name in ("before", "after", "being") if match[name])
        if any(word.casefold().strip(".,") in title_heads() for word in match[group].split()):
            text = re.split(r"[ ](?:at|with)[ ]|\.$", match[group])[0]
            sheet.take("TITLE", match.start(group), match.start(group) + len(text), text, "title-letter")
    for match in _AT.finditer(sheet.masked, begin, end):
        _firm(sheet, match)


def _firm(sheet: Sheet, match: re.Match[str]) -> None:
    text = trimmed(match["firm"] + sheet.unread(match.end(), match.end() + 1))
    text = re.sub(r"['’]s$", "", text)
    words = [word.casefold().strip(".,") for word in text.split()]
    formal = words[-1] in company_suffixes() or words[-1] in company_cues()
    before = sheet.unread(match.start() - 70, match.start() + 3)
    placed = match[0].startswith(("at", "join", "with")) and _PLACED.search(before + " ")
    if (
        not (formal or placed)
        or is_place(text)
        or words[-1] in title_heads()
        or len(text) < 3
        or _NO_FIRM.match(text)
    ):
        return
    start = match.start("firm")
    sheet.take("EMPLOYER", start, start + len(text), text, "employer-letter")


_NO_FIRM = re.compile(
    r"(?:I|The|This|My|Your|You|We|Our|It|That|These|Bachelor|Master|University|College|School|Institute|"
    r"Java|Python|C|SQL|React|"
    r"AWS|Agile|Scrum|[A-Z][\w&.'’ -]*(?:University|College|Institute|School)|University of .*)(?![\w])"
)


def _is_person(sheet: Sheet, row: Row, words: list[str]) -> bool:
    """Whether the first row of an address is a person: saluted by name, or a title or firm stands below."""
    for below in sheet.rows[row.index + 1 : row.index + 9]:
        text = sheet.rest(below).strip(" ,.")
        if match := _SALUTED.search(text):
            return any(word.casefold().strip(".,") in words for word in match["name"].split())
        if below.index == row.index + 1 and re.search(r"[^\W\d_]{2}", text) and not is_place(text):
            return not any(c.isdigit() for c in text)
    return False


def _addressee_row(sheet: Sheet, row: Row, first: bool) -> None:
    rest = trimmed(sheet.rest(row).strip(" ,"))
    if (
        BLANK in rest
        or not rest
        or any(c.isdigit() for c in rest)
        or re.match(r"(?:re|subject|attn|date)\b", rest, re.I)
    ):
        return
    words = [word.casefold().strip(".,") for word in rest.split()]
    start = row.start + sheet.rest(row).index(rest)
    if words[-1] in company_suffixes() or (set(words) & company_cues() and not set(words) & title_heads()):
        sheet.take("EMPLOYER", start, start + len(rest), rest, "employer-addressee")
    elif set(words) & (title_heads() | _GENERIC):
        return
    elif (
        first
        and _is_person(sheet, row, words)
        and _name_like(re.sub(r"^(?:Mr|Mrs|Ms|Dr|Prof)\b\.?\s", "", rest))
    ):
        sheet.take("PERSON", start, start + len(rest), rest, "addressee")
    elif (not is_place(rest) and _name_like(rest.replace("&", "and"))) or (
        len(words) == 1 and rest[0].isupper()
    ):
        sheet.take("EMPLOYER", start, start + len(rest), rest, "employer-addressee")
