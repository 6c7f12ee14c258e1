"""The name of the person a document is about: candidates, votes for them, and silence when unsure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from forensics.features import names
from forensics.features.gazetteers import company_cues, company_suffixes, no_names, places, title_heads
from forensics.features.letters import Letter
from forensics.features.sheet import BLANK, Row, Sheet

PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le los las el al bin ibn binti bint ter ten te zu zur "
    "vom af av "
    "y e st san mac mc abu ben bar d' o' i ap do".split()
)
"""Words inside a name that may stand in lower case."""

_TITLE_ROW = re.compile(
    r"\W*(?:r[ée]sum[ée]|curriculum vit(?:ae|æ)|c\.?v\.?|bio-?data|lebenslauf|이력서|履歴書|简历|"
    r"personal (?:details|information|data|profile)|"
    r"contact(?: (?:details|info(?:rmation)?))?|cover letter|application|confidential|page \d+.*)\W*",
    re.I,
)
CANDIDATE = re.compile(
    r"\W*(?:candidate|applicant|consultant)(?:['’]s)?[ ](?:profile|details|summary|information|introduction|"
    r"c\.?v\.?|r[ée]sum[ée])\W*",
    re.I,
)
"""What an agency writes above the name of somebody it presents."""
_LABEL = re.compile(
    r"\W*(?:full[ ]|candidate(?:'s)?[ ]|applicant(?:'s)?[ ])?name(?:[ ]of[ ]\w+)?\s*[:\-–]+\s*|"
    r"\W*(?:candidate|applicant)\s*:\s*|"
    r"\W*성명\s*:?\s*|\W*姓名\s*[::]?\s*",
    re.I,
)
_OF = re.compile(
    r"\W*(?:the[ ])?(?:r[ée]sum[ée]|curriculum vitae|c\.?v\.?|profile|application)\s*(?:of|for|[-–—:|•])\s+",
    re.I,
)
_BEHIND = re.compile(
    r"(?:['’]s)?\s*[-–—:|•,(]?\s*\b(?:r[ée]sum[ée]|curriculum vitae|c\.?v\.?)\b\)?\s*$", re.I
)
_SPLIT = re.compile(rf"[{BLANK}|•·∙▪■◆♦●❖/\t\uf000-\uf8ff]+|\s[-–—~]\s|\s{{2,}}|(?<=\w)[–—](?=\w)|:\s")
_SPACED = re.compile(
    r"(?:[^\W\d_]['’.-]?[ ]){2,}[^\W\d_][.,]?(?:\s{2,}(?:[^\W\d_]['’.-]?[ ])*[^\W\d_][.,]?)*$"
)
_ASIDE = re.compile(r"\([^()]*\)|[\"“”„][^\"“”]*[\"“”]|(?<=\s)['‘]\w+['’](?=\s)")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’`´.‐‑-](?=[^\W\d_]))*\.?")
_EAST = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,5}|"
    r"[\u3400-\u9fff\uac00-\ud7af]{1,2}[ ][\u3400-\u9fff\uac00-\ud7af]{1,3}"
)
_ROLE = re.compile(
    r"(?:info|jobs?|careers?|hr|cv|resumes?|candidates?|contact|hello|mail|me|hi|admin|office|work|team)"
)
_REFEREE = re.compile(
    r"\W*(?:(?:mr|mrs|ms|dr|prof)\b\.?[ ])?(?P<name>[^\W\d_][\w'’-]+(?:[ ][^\W\d_][\w.'’-]*){1,3}?)"
    r"[ ]*(?=[,|•·(\t\x00–—:]|[ ]-|[ ]{2}|$)",
    re.I,
)
_ADDRESSES = 40
"""How many addresses vote for a name: the first ones; nobody has more, a hostile file may."""
_SURE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name, where it stands, and the votes for it."""

    start: int
    end: int
    value: str
    votes: float
    rule: str


def read_name(sheet: Sheet, letter: Letter | None) -> Named | None:
    """Whose document this is; ``None`` unless the votes are clear.

    Contacts and dates must have been read. Votes: place on the first page, size of print, agreement with
    e-mail or profile handle, a label, contacts or a job title below, the signature of a letter.
    """
    mails = [e.value.split("@")[0] for e in sheet.entities if e.label == "EMAIL"]
    handles = [e.value.rsplit("/", 1)[-1] for e in sheet.entities if e.label == "URL"]
    handles += [f.value.rstrip("/").rsplit("/", 1)[-1] for f in sheet.document.facts if f.name == "link"]
    users = [user for user in dict.fromkeys((*mails, *handles)) if not _ROLE.fullmatch(user)][:_ADDRESSES]
    found = [*_at_top(sheet, letter, users), *_signed(sheet, letter, users)]
    best: Named | None = None
    for one in found:
        again = sum(1 for other in found if other.rule != one.rule and names.agree(one.value, other.value))
        one = replace(one, votes=one.votes + min(2, again))
        if best is None or one.votes > best.votes:
            best = one
    return best if best is not None and best.votes >= _SURE else None


def agreement(name: str, user: str) -> int:
    """How far the user part of an address holds a name: 2 wholly, 1 in part, 0 not at all."""
    plain = names.fold(name).replace("'", "").replace("’", "")
    words = [word for word in re.findall(r"[^\W\d_]+", plain) if word not in PARTICLES or len(word) > 3]
    letters = re.sub(r"[^a-z]", "", names.fold(user))
    parts = [part for part in re.split(r"[^a-z]+", names.fold(user)) if part]
    if not words or len(letters) < 3:
        return 0
    long = [word for word in words if len(word) > 1 and word in letters]
    if len(words) == 1:
        return (
            2
            if words[0] == letters or words[0] in parts
            else 1
            if len(words[0]) > 3 and words[0] in letters
            else 0
        )
    if len(long) > 1 or "".join(words) == letters:
        return 2
    for word in long:
        others = [other[0] for other in words if other != word]
        rest = letters.replace(word, "", 1)
        if len(word) > 2 and rest and len(rest) <= len(words) and all(c in others for c in rest):
            return 2
    return 1 if any(len(word) > 3 or word in parts for word in long) else 0


def house(sheet: Sheet, rows: Sequence[Row], name: str) -> bool:
    """Whether an address in these rows bears, before its dot, a firm that stands there too, and not the name."""
    firms = [
        names.fold(re.sub(r"\W", "", row.text))
        for row in rows
        if len(row.text.split()) <= 6 and not re.search(r"[@\d]", row.text)
    ]
    for row in rows:
        for email in sheet.in_row(row, "EMAIL"):
            user, _, host = email.value.partition("@")
            label = re.sub(r"[^a-z]", "", host.split(".")[0])
            theirs = len(label) > 4 and agreement(name, user) < 2 and agreement(name, label) < 2
            if theirs and any(label in firm for firm in firms):
                return True
    return False


def _at_top(sheet: Sheet, letter: Letter | None, users: list[str]) -> Iterable[Named]:
    rows = [row for row in sheet.rows[:40] if row.page == 1]
    heights = sorted(row.height for row in sheet.rows if row.height)
    usual = heights[len(heights) // 2] if heights else 0.0
    largest = max((row.height for row in rows), default=0.0)
    place = 0
    for row in rows:
        if letter is not None and row.index not in letter.sender:
            continue
        labelled = _LABEL.match(row.text) or _OF.match(row.text)
        if (row.heading or _TITLE_ROW.fullmatch(row.text)) and not labelled:
            continue
        big = bool(usual and row.height >= 1.25 * usual and row.height >= 0.98 * largest)
        if row.bullet or not (labelled or big or place < 12 or row.section == "header"):
            place += 1
            continue
        for start, end, value, cut in _readings(sheet, row, users):
            votes = (2.0, 1.5, 1.0, 1.0, 1.0)[place] if place < 5 else 0.0
            votes += 4 * bool(labelled) + 3 * big + _support(sheet, row) + 0.5 * (cut or value.isupper())
            votes += _fit(value, users) + 2 * (row.index > 0 and house(sheet, rows[: rows.index(row)], value))
            yield Named(start=start, end=end, value=_written(value), votes=votes, rule="applicant-header")
        place += 1


def _signed(sheet: Sheet, letter: Letter | None, users: list[str]) -> Iterable[Named]:
    if letter is None or letter.closing is None:
        return
    closing = sheet.rows[letter.closing]
    near = [closing, *(sheet.rows[i] for i in sorted(letter.signature) if i != letter.closing)][:5]
    for distance, row in enumerate(near):
        shift = 0
        if row is closing:
            comma = row.text.find(",")
            if comma < 0 or comma + 2 >= len(row.text):
                continue
            shift = comma + 1
        for start, end, value, _ in _readings(sheet, row, users, shift):
            votes = 4.5 - 0.5 * distance + _fit(value, users)
            yield Named(start=start, end=end, value=_written(value), votes=votes, rule="applicant-signature")
            return


def _support(sheet: Sheet, row: Row) -> float:
    below = sheet.rows[row.index + 1 : row.index + 4]
    contacts = any(sheet.in_row(one, "EMAIL", "PHONE", "URL") for one in (row, *below))
    title = any(_titled(one.text) for one in below[:1]) or (
        bool(below) and below[0].heading and row.index < 2
    )
    above = sheet.rows[row.index - 1].text if row.index else ""
    return 1.0 * contacts + 1.0 * title + 2.0 * bool(CANDIDATE.fullmatch(above))


def _titled(text: str) -> bool:
    words = re.findall(r"[\w-]+", text.casefold())
    return 0 < len(words) <= 9 and any(word in title_heads() for word in words)


def _fit(value: str, users: list[str]) -> float:
    votes = 2.0 * max((agreement(value, user) for user in users), default=0)
    words = re.findall(r"[\w'’-]+", value.casefold())
    no_name = (company_cues(), company_suffixes(), title_heads(), no_names())
    votes -= 3.0 * sum(any(word in known for known in no_name) for word in words)
    votes -= 2.0 * (len(words) == 1 and not _EAST.fullmatch(value))
    if value.casefold() in places():
        votes -= 3.0
    return votes


def _readings(
    sheet: Sheet, row: Row, users: list[str], shift: int = 0
) -> Iterable[tuple[int, int, str, bool]]:
    """Names that a row can be read as: start, end, the name, and whether it was letter-spaced."""
    text = sheet.rest(row)
    start = shift
    label = _LABEL.match(text, shift) or _OF.match(text, shift)
    start = label.end() if label else shift
    stop = len(text)
    if (behind := _BEHIND.search(text, start)) and behind.start() > start:
        stop = behind.start()
    body = text[start:stop]
    if _SPACED.match(body.strip()):
        value = _closed_up(body.strip(), users)
        if value is not None:
            yield row.start + start, row.start + stop, value, True
        elif two := _two_rows(sheet, row, body, users):
            yield two
        return
    at = start
    seen = 0
    for part in [*_SPLIT.finditer(body), None]:
        end = start + part.start() if part else stop
        piece = text[at:end]
        if re.search(r"[^\W\d_]{2}", piece):
            seen += 1
            lead = len(piece) - len(piece.lstrip())
            value = _name(piece, bool(label), users)
            two = _two_rows(sheet, row, piece, users) if seen == 1 and not label else None
            if two is not None:
                yield two
            if value is not None:
                last = row.start + at + lead + _extent(piece.strip(), value)
                yield row.start + at + lead, last, value, False
            if seen == 2 or (part is not None and ":" in part[0] and not label):
                return  # what stands behind a label is somebody else's
        at = start + part.end() if part else stop


def _extent(piece: str, value: str) -> int:
    last = value.split()[-1] if "," not in piece else piece.rstrip(" ,.").split()[-1]
    at = piece.rfind(last)
    return at + len(last) if at >= 0 else len(piece)


def _two_rows(sheet: Sheet, row: Row, piece: str, users: list[str]) -> tuple[int, int, str, bool] | None:
    """First name on one row ("Ada J."), last name on the next, both alone and alike in print."""
    if row.index + 1 >= len(sheet.rows) or piece.strip() != row.text.strip():
        return None
    below = sheet.rows[row.index + 1]
    one, two = row.text.strip(), below.text.strip()
    if _SPACED.fullmatch(one) and _SPACED.fullmatch(two):
        one, two = one.replace(" ", ""), two.replace(" ", "")
    alike = one.isupper() == two.isupper() and abs(row.height - below.height) <= 0.15 * max(row.height, 1)
    if (
        not alike
        or below.gap
        or below.heading
        or not _WORD.fullmatch(two)
        or not _given(one, two, users)
        or _EAST.fullmatch(one)
    ):
        return None
    value = _name(f"{one} {two}", False, [])
    return (row.start, below.end, value, False) if value is not None else None


def _given(one: str, two: str, users: list[str]) -> bool:
    """Whether a row holds first names only: one word, an initial behind it, or more that an address knows."""
    words = one.split()
    if len(words) == 1 or (len(words) == 2 and re.fullmatch(r"[^\W\d_]\.?", words[1])):
        return True
    known = [user for user in users if names.fold(two) in names.fold(user)]
    return len(words) < 4 and any(agreement(f"{one} {two}", user) == 2 for user in known)


def _name(piece: str, labelled: bool, users: list[str]) -> str | None:
    """The name in a piece of a row, without titles, nicknames and credentials; ``None`` if it is none."""
    plain = _ASIDE.sub(" ", piece).strip(" ,.;*_#-–—")
    if any(c.isdigit() for c in plain) or "@" in plain or not plain:
        return None
    if _EAST.fullmatch(plain):
        return plain
    plain = names.strip_titles(re.sub(r"\s+", " ", plain)).strip(" ,.")
    head, comma, tail = plain.partition(",")
    if comma:
        if (
            plain.casefold() in places()
            or head.casefold() in places()
            or "," in tail
            or len(plain.split()) > 4
        ):
            return None
        if tail.strip().casefold() in places() or len(tail.split()) > 2 or len(head.split()) > 2:
            return None
        plain = f"{tail.strip()} {head}"
    words = plain.split()
    for count in range(2, min(5, len(words))):  # "Jane Doe Senior Engineer", where an address knows her
        rest = [word.casefold().strip(",.") for word in words[count:]]
        titled = rest[-1] in title_heads() and (rest[0] in no_names() or rest[0] in title_heads())
        if titled and any(agreement(" ".join(words[:count]), user) for user in users):
            words = words[:count]
            break
    if not all(_WORD.fullmatch(word) for word in words) or not 1 <= len(words) <= 6:
        return None
    real = [word for word in words if word.casefold() not in PARTICLES]
    whole = " ".join(words)
    if len(real) < 2:
        fits = any(agreement(whole, user) == 2 for user in users)
        return whole if len(whole) > 2 and whole[0].isupper() and (labelled or fits) else None
    if len(real) > 4 or not any(len(word.strip(".")) > 1 for word in real):
        return whole if labelled and len(real) <= 4 else None
    if all(_capital(word) for word in words):
        return whole
    fits = whole.islower() and any(agreement(whole, user) == 2 for user in users)
    return whole if labelled or fits else None


def _capital(word: str) -> bool:
    """Whether a word may stand in a name as it is written: "Ada", "von", "d'Aubry"."""
    inside = re.fullmatch(r"[dlo]['’][^\W\d_]+", word) is not None and word[2].isupper()
    return word[0].isupper() or not word[0].isascii() or word.casefold() in PARTICLES or inside


def _closed_up(spaced: str, users: list[str]) -> str | None:
    """``J A N E   D O E`` → ``JANE DOE``; with single blanks only, the addresses part the words."""
    words = [re.sub(r"\s", "", part) for part in re.split(r"\s{2,}", spaced)]
    if len(words) > 1:
        return _name(" ".join(words), False, users)
    letters = words[0]
    for user in users:
        parts = [part for part in re.split(r"[^a-z]+", names.fold(user)) if len(part) > 1]
        for part in parts:
            at = names.fold(letters).find(part)
            cut = len(part) if at == 0 else at
            if at >= 0 and 1 < cut < len(letters) - 1:
                return f"{letters[:cut]} {letters[cut:]}"
    return None


def _written(value: str) -> str:
    """The name in ordinary letters: ``JANE DOE-SMITH`` → ``Jane Doe-Smith``."""
    if not value.isupper() and not value.islower():
        return value
    words = value.lower().split() if value.isupper() else value.split()
    return " ".join(
        word if i and word in PARTICLES else re.sub(r"(^|[-'’.])(\w)", lambda m: m[1] + m[2].upper(), word)
        for i, word in enumerate(words)
    )


def mark_person(sheet: Sheet, name: Named) -> None:
    """Mark the applicant's name wherever it recurs in full, in any case, and the people of the references."""
    first, *_, last = name.value.replace(",", " ").split() if " " in name.value else [name.value, name.value]
    middle = r"(?:[ ][^\W\d_][\w.'’-]*)?[ ]"
    forms = [re.escape(name.value)]
    if first != last:
        forms += [
            rf"{re.escape(first)}{middle}{re.escape(last)}",
            rf"{re.escape(last)},[ ]{re.escape(first)}",
        ]
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", re.I)
    for match in list(pattern.finditer(sheet.masked)):
        if match[0][0].isupper():
            sheet.take("PERSON", match.start(), match.end(), name.value, "applicant-again")
    for row in sheet.rows:
        if row.section == "references" and not row.heading:
            referee = _REFEREE.match(sheet.rest(row))
            if referee and _name(referee["name"], False, []) and _fit(referee["name"], []) >= 0:
                start = row.start + referee.start("name")
                sheet.take("PERSON", start, row.start + referee.end(), _written(referee["name"]), "referee")
