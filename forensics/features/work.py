"""Work history: employers and titles, read in the headings of jobs and marked wherever they recur."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from forensics.features.gazetteers import company_cues, company_suffixes, title_heads
from forensics.features.places import is_place
from forensics.features.sheet import BLANK, Row, Sheet
from forensics.features.tokens import never_slots

_STRONG = re.compile(
    rf"[{BLANK}|•·∙▪●♦◆\t]+|[ ]{{2,}}|[ ]+[-–—―~/]+[ ]+|[ ]+@[ ]*|[ ]+at[ ]+|(?<=[\w)])[–—](?=[ A-Z])|"
    rf"[()\[\]]|;[ ]|:[ ]|[ ](?=[-–—]\B)"
)
_WEAK = re.compile(r",(?![ ]?(?:Inc|LLC|L\.L\.C|Ltd|Limited|Corp|Co|LLP|LP|PLC|GmbH|S\.A|Pvt)\b)[ ]?")
_LABELLED = re.compile(
    r"\W*(?:(?P<firm>company|employer|client|organi[sz]ation|firm|end client)(?:[ ]name)?|"
    r"(?P<post>role|title|job title|position|designation))\s*[:–-]\s+(?P<rest>\S.*)",
    re.I,
)
_NOISE = re.compile(
    r"\W*(?:full[ -]?time|part[ -]?time|contract(?:or|ual)?|temporary|temp|permanent|freelance|"
    r"self[ -]employed|internship|seasonal|hybrid|"
    r"on-?site|company|employer|client|organi[sz]ation|role|title|position|designation|dates?|period|remote|volunteer|consultant|w2|c2c|present|current|to|from|and|"
    r"\d+\+?[ ]*(?:years?|yrs?|months?|mos?)\b.*|duration|location|environment|technologies|project|"
    r"team size|responsibilities|page \d+.*)?\W*",
    re.I,
)
_ASIDE = re.compile(
    r"\W*(?:environment|technologies|technology|tools|tech stack|stack|skills|project|team size|responsibilities|"
    r"description|achievements|duration)\b[^:]{0,20}:",
    re.I,
)
_COMPOUND = (
    "entwickler",
    "entwicklerin",
    "ingenieur",
    "ingenieurin",
    "leiter",
    "leiterin",
    "berater",
    "beraterin",
)
_SMALL = frozenset("of and the for & de la du der und y e et at in to von van".split())
_LEVEL = re.compile(r"(?:i|ii|iii|iv|v|vi|\d|l\d|e\d|sde|ii\b)", re.I)
_VERB = re.compile(r"\w{3,}(?:ed|ing)\b", re.I)
_VERBS = frozenset(
    """led built wrote ran made drove won oversaw grew cut set began taught spearheaded developed designed created
    managed implemented maintained improved reduced increased launched delivered analyzed analysed coordinated
    supported trained conducted performed provided prepared assisted collaborated worked responsible successfully
    developing designing creating managing implementing maintaining improving reducing increasing launching
    delivering coordinating supporting conducting performing providing preparing assisting collaborating working
    migrated automated deployed tested wrote reviewed resolved achieved handled used utilized optimized mentored
    established generated negotiated organized planned participated presented reported tracked""".split()
)
_WORD = re.compile(r"(?<![\w-])\w+")
_CUE = re.compile(
    r"\b(?:at|for|with|by|joined|joining|join|of|from|within|inside|to|and|&|via|leaving|"
    r"left)[ ](?:the[ ])?$",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    row: Row
    start: int
    end: int
    text: str
    kind: str
    strong: bool


def find_jobs(sheet: Sheet) -> frozenset[int]:
    """Take employers and titles in the headings of jobs; the indices of the rows that are such headings.

    A heading is found by its dates. Of its pieces the title is known by its noun, the place by the list, the
    employer by its form ("Inc.", "Bank") or because it is the one piece left. Dates must have been read.
    """
    for row in sheet.rows:
        if row.section in {"experience", "projects", "other"} and (match := _LABELLED.match(sheet.rest(row))):
            _read_labelled(sheet, row, match)
    groups = _groups(sheet)
    for group in groups:
        _read(sheet, group)
    return frozenset(row.index for group in groups for row in group)


def _groups(sheet: Sheet) -> list[list[Row]]:
    """The rows of each job's heading: the one with the dates and its neighbours."""
    sections = {row.section for row in sheet.rows}
    wanted = {"experience"} if "experience" in sections else {"other", "summary", "header"}
    if sheet.document.kind == "cover_letter":
        return []
    anchors = {row.index for row in sheet.rows if row.section in wanted and _anchor(sheet, row)}
    groups: list[list[Row]] = []
    used: set[int] = set()
    for index in sorted(anchors):
        group = [sheet.rows[index]]
        for step in (-1, 1):
            near = index + step
            while abs(near - index) <= 2 and 0 <= near < len(sheet.rows):
                row = sheet.rows[near]
                upper = sheet.rows[max(near, near - step)]
                apart = upper.gap and abs(near - index) > 1
                if (
                    row.section not in wanted
                    or near in anchors
                    or near in used
                    or apart
                    or not _headlike(sheet, row)
                ):
                    break
                if step > 0 and _complete(sheet, group):
                    break
                group.append(row)
                near += step
        group.sort(key=lambda row: row.index)
        used.update(row.index for row in group)
        groups.append(group)
    return groups


def _anchor(sheet: Sheet, row: Row) -> bool:
    dates = sheet.in_row(row, "DATE")
    rest = sheet.rest(row).replace(BLANK, " ").split()
    ranged = any("/" in date.value for date in dates)
    short = len(rest) <= (14 if ranged else 8)
    return (
        bool(dates)
        and short
        and not row.heading
        and (not row.bullet or (ranged and len(rest) <= 10))
        and not row.text.endswith(".")
    )


def _headlike(sheet: Sheet, row: Row) -> bool:
    words = row.text.split()
    capital = bool(re.match(r"[a-z]?[^a-z\W]|\d", row.text))
    firm = _last(row.text) in company_suffixes()
    sentence = (
        (row.text.endswith((".", ";", ",")) and not firm) or _verbal(row.text) or bool(_ASIDE.match(row.text))
    )
    above = sheet.rows[row.index - 1] if row.index else row
    whole = (row.first or len(above.text.split()) <= 10) and not row.bullet and not row.heading
    return whole and capital and not sentence and len(words) <= 10


def _complete(sheet: Sheet, group: Iterable[Row]) -> bool:
    kinds = {piece.kind for row in group for piece in _pieces(sheet, row)}
    return "title" in kinds and bool(kinds & {"employer", "unknown"})


def _pieces(sheet: Sheet, row: Row) -> list[_Piece]:
    text = sheet.rest(row)
    found: list[_Piece] = []
    for start, end, strong in _cut(text):
        piece = text[start:end]
        kept = piece.strip(" ,.-–—*_#:•·▪")
        if piece.rstrip(" ").endswith(".") and _last(kept) in company_suffixes():
            kept = piece.rstrip(" ,")[piece.index(kept) :].rstrip(" ,") if kept else kept
        if len(re.sub(r"[\W\d_]", "", kept)) < 2:
            continue
        at = row.start + start + piece.index(kept)
        kind = _kind(kept)
        if kind != "noise":
            found.append(_Piece(row=row, start=at, end=at + len(kept), text=kept, kind=kind, strong=strong))
    return found


def _cut(text: str) -> list[tuple[int, int, bool]]:
    """Spans between separators; ``True`` where a strong one (bar, dash, tab, "at") stands before."""
    cuts: list[tuple[int, int, bool]] = []
    at, strong = 0, True
    marks = sorted(
        [(m.start(), m.end(), True) for m in _STRONG.finditer(text)]
        + [(m.start(), m.end(), False) for m in _WEAK.finditer(text)]
    )
    for start, end, heavy in marks:
        if start < at:
            continue
        cuts.append((at, start, strong))
        at, strong = end, heavy or (not text[at:start].strip(" " + BLANK) and strong)
    cuts.append((at, len(text), strong))
    return cuts


def _last(text: str) -> str:
    words = text.split()
    return words[-1].casefold().strip(".,") if words else ""


def _kind(text: str) -> str:
    """``title``, ``employer``, ``place``, ``unknown`` (could be an employer) or ``noise``."""
    if _NOISE.fullmatch(text):
        return "noise"
    if is_place(text):
        return "place"
    words = [word.casefold().strip(".,'’\"") for word in re.split(r"[\s/]+", text) if word.strip(".,-–")]
    if not words:
        return "noise"
    if words[-1] in company_suffixes():
        return "employer"
    heads = [word for word in words if word in title_heads() or word.split("-")[-1] in title_heads()]
    heads += [word for word in words if word.endswith(_COMPOUND)]
    while len(words) > 1 and _LEVEL.fullmatch(words[-1]):
        words = words[:-1]
    if heads:
        cued = words[-1] in company_cues() and words[-1] not in title_heads()
        linked = any(word in {"of", "for", "-", "–"} for word in words) or words[0] in title_heads()
        return "title" if not cued or linked else "employer"
    if any(word in company_cues() for word in words) or "&" in words:
        return "employer" if _proper(text) else "noise"
    return "unknown" if _proper(text) else "noise"


def _verbal(text: str) -> bool:
    """Whether a row begins as a sentence about what was done: "Developed …", not "Registered Nurse"."""
    words = re.findall(r"[\w'’-]+", text)
    if not words:
        return False
    small = any(word.islower() and word not in _SMALL for word in words[1:])
    return words[0].casefold() in _VERBS or bool(small and _VERB.match(words[0]))


def _proper(text: str) -> bool:
    words = text.split()
    large = [word for word in words if word.casefold() not in _SMALL]
    if not large or len(words) > 7 or _verbal(text):
        return False
    return all(
        word[0].isupper() or word[0].isdigit() or not word[0].isascii() or re.search(r"[A-Z]", word)
        for word in large
    )


def _read(sheet: Sheet, group: list[Row]) -> None:
    pieces = [piece for row in group for piece in _pieces(sheet, row)]
    if any(sheet.in_row(row, "EMPLOYER", "TITLE") for row in group):
        return  # its lines carry labels
    titles = [piece for piece in pieces if piece.kind == "title"]
    firms = [piece for piece in pieces if piece.kind == "employer"]
    unknown = [piece for piece in pieces if piece.kind == "unknown"]
    if not firms and unknown and (titles or len(unknown) == 1):
        best = max(unknown, key=lambda piece: (_promise(sheet, piece, titles, unknown), -piece.start))
        if titles or sheet.in_row(best.row, "LOCATION", "DATE"):
            firms = [best]
    for piece in titles[:2]:
        sheet.take("TITLE", piece.start, piece.end, " ".join(piece.text.split()), "title-heading")
    for piece in firms[:1]:
        sheet.take("EMPLOYER", piece.start, piece.end, " ".join(piece.text.split()), "employer-heading")
    for piece in pieces:
        if piece.kind == "place":
            sheet.take("LOCATION", piece.start, piece.end, " ".join(piece.text.split()), "place-heading")


def _promise(sheet: Sheet, piece: _Piece, titles: list[_Piece], unknown: list[_Piece]) -> int:
    """How likely the piece is the employer among pieces that no word list knows."""
    same = [title for title in titles if title.row is piece.row]
    votes = 2 * piece.strong + bool(sheet.in_row(piece.row, "LOCATION"))
    votes += bool(sheet.in_row(piece.row, "DATE")) + bool(same)
    if same and not piece.strong and any(other.strong for other in unknown):
        votes -= 2  # "Engineer, Payments | Acme": what hangs on the title by a comma is a team
    return votes


def _read_labelled(sheet: Sheet, row: Row, match: re.Match[str]) -> None:
    start = row.start + match.start("rest")
    first = re.split(r"[\x00|\t(]|\s{2,}|,\s(?!Inc|LLC|Ltd|Corp)|\s[-–—]\s", match["rest"])[0]
    first = trimmed(first)
    if not first or not _proper(first) or is_place(first):
        return
    if match["firm"]:
        sheet.take("EMPLOYER", start, start + len(first), first, "employer-label")
    elif any(word.casefold().strip(".,") in title_heads() for word in re.split(r"[\s/-]+", first)):
        sheet.take("TITLE", start, start + len(first), first, "title-label")


def trimmed(text: str) -> str:
    """A company's name without the punctuation behind it, but for the dot of "Inc."."""
    bare = text.rstrip(" .,;:!?'’-")
    last = bare.split()[-1].casefold() if bare else ""
    return f"{bare}." if last in company_suffixes() and text.startswith(f"{bare}.") else bare


def mark_again(sheet: Sheet) -> None:
    """Mark employers and schools, once read, wherever their name recurs as it was written."""
    for label in ("EMPLOYER", "SCHOOL"):
        forms: dict[str, str] = {}
        for entity in [e for e in sheet.entities if e.label == label]:
            for form in _forms(entity.text):
                forms.setdefault(form, entity.value)
        known: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for form in sorted(forms, key=len, reverse=True):
            pattern = re.compile(rf"{_wrapped(form)}(?![\w-]|\.\w)")
            known.setdefault(_WORD.match(form)[0], []).append((form, pattern))  # type: ignore[index]
        text = sheet.masked
        for word in _WORD.finditer(text):
            for form, pattern in known.get(word[0], ()):
                match = pattern.match(text, word.start())
                if match and _again(sheet, match):
                    sheet.take(label, match.start(), match.end(), forms[form], f"{label.lower()}-again")
                    break


def _wrapped(form: str) -> str:
    """A pattern for the form, which may go over the end of a line."""
    return r"\s+".join(re.escape(word) for word in form.split())


def _forms(name: str) -> list[str]:
    words = name.split()
    forms = [name]
    while len(words) > 1 and words[-1].casefold().strip(".,") in company_suffixes():
        words = words[:-1]
        forms.append(" ".join(words).rstrip(","))
    if name.isupper() and len(name) > 5:
        forms += [form.title() for form in forms]
    return [
        form
        for form in dict.fromkeys(forms)
        if len(form) > 2 and form[0].isalnum() and re.search(r"[A-Z\d]|[^\x00-\x7f]", form)
    ]


def _again(sheet: Sheet, match: re.Match[str]) -> bool:
    """A single word that opens a sentence or names a technology is the employer only behind "at", "for" …"""
    if len(match[0].split()) > 1:
        return True
    row = sheet.row(match.start())
    before = sheet.text[max(row.start, match.start() - 24) : match.start()]
    if _CUE.search(before) or sheet.text.startswith(("'s", "’s"), match.end()):
        return True
    opens = not re.search(r"\w", before) or bool(re.search(r"[.!?:•]\s*$", before))
    return (
        not opens
        and match[0].casefold() not in never_slots()
        and row.section not in {"skills", "certifications"}
    )
