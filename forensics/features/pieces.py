"""The pieces of a heading: what stands between its separators, and what each can be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forensics.features.gazetteers import company_cues, company_suffixes, title_heads
from forensics.features.places import is_place
from forensics.features.sheet import BLANK, Row, Sheet

_STRONG = re.compile(
    rf"[{BLANK}|•·∙▪●♦◆\t]+|[ ]{{2,}}|[ ]+[-–—―~/]+[ ]+|[ ]+@[ ]*|[ ]+(?:at|bei|beim|chez|presso|bij)[ ]+|"
    rf"(?<=[\w)])[–—](?=[ A-Z])|[()\[\]]|;[ ]|:[ ]|[ ](?=[-–—]\B)"
)
_WEAK = re.compile(r",(?![ ]?(?:Inc|LLC|L\.L\.C|Ltd|Limited|Corp|Co|LLP|LP|PLC|GmbH|S\.A|Pvt)\b)[ ]?")
_NOISE = re.compile(
    r"\W*(?:full[ -]?time|part[ -]?time|contract(?:or|ual)?|temporary|temp|permanent|freelance|"
    r"self[ -]employed|internship|seasonal|hybrid|"
    r"on-?site|company|employer|client|organi[sz]ation|role|title|position|designation|dates?|period|remote|volunteer|consultant|w2|c2c|present|current|to|from|and|"
    r"\d+\+?[ ]*(?:years?|yrs?|months?|mos?)\b.*|duration|location|environment|technologies|project|"
    r"team size|responsibilities|page \d+.*)?\W*",
    re.I,
)
_NUMBER = re.compile(r"^\d{1,2}[.)][ ]+(?=\D)")
_CLIENT = re.compile(r"(?:end[ ])?client", re.I)
_COMPOUND = (
    "entwickler",
    "entwicklerin",
    "ingenieur",
    "ingenieurin",
    "leiter",
    "leiterin",
    "berater",
    "beraterin",
    "pfleger",
    "pflegerin",
    "manager",
    "managerin",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """``[start, end)`` of a heading's row; ``place`` counts the pieces of the row from 0.

    ``kind``: ``title``, ``employer``, ``place``, or ``unknown``, which may be any of them; ``strong``: a bar,
    dash, tab or "at" stands before it, not a comma.
    """

    row: Row
    start: int
    end: int
    text: str
    kind: str
    strong: bool
    place: int


def pieces(sheet: Sheet, row: Row) -> list[Piece]:
    """What is unread of a row, cut at its separators, without what says nothing ("Full-time", "Remote")."""
    text = sheet.rest(row)
    found: list[Piece] = []
    for start, end, strong in _cut(text):
        piece = text[start:end]
        kept = _NUMBER.sub("", piece.strip(" ,.-–—*_#:•·▪"))
        if piece.rstrip(" ").endswith(".") and last_word(kept) in company_suffixes():
            kept = piece.rstrip(" ,")[piece.index(kept) :].rstrip(" ,") if kept else kept
        if len(re.sub(r"[\W\d_]", "", kept)) < 2:
            continue
        at = row.start + start + piece.index(kept)
        kind = kind_of(kept)
        if _CLIENT.fullmatch(kept) and found:
            break  # "Acme | Client: Quorum Bank": whom an employer did the work for
        if kind != "noise":
            one = Piece(
                row=row, start=at, end=at + len(kept), text=kept, kind=kind, strong=strong, place=len(found)
            )
            found.append(one)
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


def last_word(text: str) -> str:
    """The last word, case folded, without a dot or comma behind it."""
    words = text.split()
    return words[-1].casefold().strip(".,") if words else ""


def kind_of(text: str) -> str:
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
        return "employer" if proper(text) else "noise"
    return "unknown" if proper(text) else "noise"


def verbal(text: str) -> bool:
    """Whether a row begins as a sentence about what was done: "Developed …", not "Registered Nurse"."""
    words = re.findall(r"[\w'’-]+", text)
    if not words:
        return False
    small = any(word.islower() and word not in _SMALL for word in words[1:])
    return words[0].casefold() in _VERBS or bool(small and _VERB.match(words[0]))


def proper(text: str) -> bool:
    """Whether a phrase is written as a name is: capitals but for small words, at most seven words."""
    words = text.split()
    large = [word for word in words if word.casefold() not in _SMALL]
    if not large or len(words) > 7 or verbal(text):
        return False
    return all(
        word[0].isupper() or word[0].isdigit() or not word[0].isascii() or re.search(r"[A-Z]", word)
        for word in large
    )
