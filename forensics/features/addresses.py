"""Addresses: the applicant's street and unit as written → one form, so that notations compare.

Words are those of USPS Publication 28, "Postal Addressing Standards", appendices B (directions, streets) and C
(units); both sides are spelled out here, since an abbreviation can stand for one word only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from forensics.features.features import Entity, Exhibit
from forensics.features.names import fold

_WORDS = {
    "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "rd": "road", "blvd": "boulevard", "dr": "drive",
    "ln": "lane", "wy": "way", "ct": "court", "pl": "place", "ter": "terrace", "terr": "terrace", "pkwy": "parkway",
    "pky": "parkway", "hwy": "highway", "cir": "circle", "trl": "trail", "tr": "trail", "sq": "square",
    "cres": "crescent", "aly": "alley", "plz": "plaza", "expy": "expressway", "fwy": "freeway", "xing": "crossing",
    "n": "north", "s": "south", "e": "east", "w": "west", "ne": "northeast", "nw": "northwest", "se": "southeast",
    "sw": "southwest", "mt": "mount", "ft": "fort",
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th",
    "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
_UNIT = re.compile(
    r"[,.]?\s*(?:\b(?:apartment|apt|unit|suite|ste|flat|room|rm|floor|fl|no|number|pmb)\b\.?\s*#?\s*|#\s*)"
    r"(?P<unit>[a-z]?-?\d+[a-z]?(?:-?[a-z\d]+)?|[a-z])\b\.?$"
)
_NUMBERED = re.compile(r"\d+[a-z]?(?:-\d+)?\b")
_PMB = re.compile(r"\bpmb\b|\bprivate mail ?box\b")
_NEAR = 4
"""Lines from an own contact or the name within which an address is the applicant's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The address an applicant gives as theirs; ``[start, end)`` is its place in the text.

    ``street`` and ``unit`` are normalised; ``place`` is "City, ST 12345" as written, ``None`` where none stands
    near; ``mailbox`` says that it is a private mailbox (PMB) or a post box.
    """

    street: str
    unit: str | None
    place: str | None
    start: int
    end: int
    mailbox: bool = False

    @property
    def key(self) -> str:
        """Street and unit in one text, the key under which a corpus finds who else lives there."""
        return f"{self.street} # {self.unit}" if self.unit else self.street


def normal(street: str) -> tuple[str, str | None]:
    """Street with house number, and unit: "123 N. Main St., Apt 4-B" → ``("123 north main street", "4b")``."""
    text = " ".join(fold(street).replace("\u2019", "'").split()).strip(" ,.")
    unit = None
    if match := _UNIT.search(text):
        unit, text = re.sub(r"[^a-z\d]", "", match["unit"]).lstrip("0") or "0", text[: match.start()]
    text = re.sub(r"\bp\.?\s?o\.?\s?box\b", "po box", text)
    words = re.findall(r"[\w-]+", text.replace(".", " ").replace("'", ""))
    last = len(words) - 1
    # "St" in front of a name is a saint; at the end, or before a direction, it is a street.
    spelled = [
        "saint"
        if word == "st" and 0 < at < last and words[at + 1] not in _DIRECTIONS
        else _WORDS.get(word, word)
        for at, word in enumerate(words)
    ]
    return " ".join(spelled), unit


_DIRECTIONS = frozenset(
    "n s e w ne nw se sw north south east west northeast northwest southeast southwest".split()
)


def home(exhibit: Exhibit) -> Home | None:
    """The applicant's own address: the first street with a number near their name or contacts; else ``None``."""
    text = exhibit.document.text
    own = [
        _line(text, e.start) for e in exhibit.features.entities if e.own or e.rule.startswith("applicant-")
    ]
    streets = [e for e in exhibit.features.entities if e.label == "LOCATION" and e.rule == "street"]
    for street in streets:
        row = _line(text, street.start)
        if not any(abs(row - near) <= _NEAR for near in own):
            continue
        written, unit = normal(street.text)
        if not _NUMBERED.match(written) and not written.startswith("po box"):
            continue
        end = street.end
        for other in streets:
            if (
                unit is None
                and street.end <= other.start < street.end + 24
                and _line(text, other.start) - row <= 1
            ):
                unit, end = normal(f"1 x, {other.text}")[1], other.end
        place = _place(exhibit, text, row)
        boxed = written.startswith("po box") or bool(_PMB.search(fold(text[street.start : end + 16])))
        return Home(street=written, unit=unit, place=place, start=street.start, end=end, mailbox=boxed)
    return None


def _place(exhibit: Exhibit, text: str, row: int) -> str | None:
    places: list[Entity] = [
        e for e in exhibit.features.entities if e.label == "LOCATION" and e.rule in {"city", "postal-code"}
    ]
    near = [e for e in places if 0 <= _line(text, e.start) - row <= 2]
    return near[0].value if near else None


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset)
