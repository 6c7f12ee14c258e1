"""The template fingerprint: how a document looks, apart from its words, as weighted marks of six families.

Fonts, lettering without fonts, places of lines, shapes, the page, and habits of headings, bullets and dates. A mark
is a short string such as ``x 54`` or ``f calibri 11 000000``; weights are the square roots of shares (so that length
does not count), and rare marks weigh more (idf, in :mod:`forensics.index.layouts`). PDF, DOCX and plain text have
marks in one space, as far as each format tells.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from forensics.documents.document import Document
from forensics.documents.look import Lettering, Look
from forensics.documents.sections import heading_section

FAMILIES = ("font", "lettering", "place", "shape", "page", "habit")
"""What a mark can be about; the first three bits of its number say which."""

BITS = 29
"""Bits of a mark's number below those of its family."""

_BIN = 3.0  # points
_ALIKE = {
    "carlito": "calibri", "liberationsans": "arial", "helvetica": "arial", "arialmt": "arial", "nimbussans": "arial",
    "liberationserif": "times", "timesnewroman": "times", "timesnewromanps": "times", "nimbusroman": "times",
    "tinos": "times", "arimo": "arial", "caladea": "cambria", "nimbussansl": "arial", "nimbusromno": "times",
    "texgyretermes": "times", "texgyreheros": "arial", "liberationmono": "courier", "couriernew": "courier",
}  # fmt: skip
"""Fonts of the same widths, by which systems replace each other."""

_TEX = (
    (
        "computermodern",
        re.compile(r"(?:cm|sf|ec)(?:rm?|bx(?:ti|sl)?|b[il]?|ti|it|c?sc|cc|xc|sl|u)\d*$|lmroman"),
    ),
    ("computermodernsans", re.compile(r"(?:cm|sf)ss(?:bx|i|q|dc)?\d*$|sfs[ixo]\d*$|lmsans")),
    ("computermoderntypewriter", re.compile(r"(?:cm|sf)(?:sl|i)?tt\d*$|sf[is]t\d*$|lmmono")),
    ("fontawesome", re.compile(r"fontawesome")),
)
"""TeX's own type by its names in three encodings (Computer Modern, CM-Super, Latin Modern), and icons of any edition."""

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_CUT = re.compile(
    r"(?i)-identity-[hv]$|[-, _]|regular|roman$|"
    r"bold|italic|oblique|medium|semibold|light$|book$|condensed|psmt|mt$|ps$|\d+$"
)
_BULLET = re.compile(r"^\s*([•‣⁃◦∙▪▫■□►▹➢➤✓✔✦❖○●◆·*–—-]|o(?=\s))\s*\S")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
_MONTHS = "January|February|March|April|June|July|August|September|October|November|December"
_WORDS = re.compile(r"[^\W\d_]+")
_DATES = (
    ("Mon Y", re.compile(rf"\b{_MONTH} \d{{4}}\b")),
    ("Mon. Y", re.compile(rf"\b{_MONTH}\. \d{{4}}\b")),
    ("Mon, Y", re.compile(rf"\b{_MONTH}[a-z]*, \d{{4}}\b")),
    ("Month Y", re.compile(rf"\b(?:{_MONTHS}) \d{{4}}\b")),
    ("m/Y", re.compile(r"\b\d{1,2}/\d{4}\b")),
    ("m.Y", re.compile(r"\b\d{1,2}\.\d{4}\b")),
    ("Y-m", re.compile(r"\b\d{4}-\d{2}\b")),
    ("Mon 'y", re.compile(rf"\b{_MONTH}[a-z]* ?['’]\d{{2}}\b")),
)  # fmt: skip
_RANGE = re.compile(r"\d{4}(\s*(?:-|–|—|\bto\b|/)\s*)(?:\d|[A-Z][a-z]{2})")
_RULE = re.compile(r"^\s*([-=_*~#])\1{4,}\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """The marks of a document as ``(family, mark) → weight``; weights of a family are square roots of shares."""

    marks: dict[tuple[str, str], float]

    def numbers(self) -> dict[int, float]:
        """The same by number: family in the three highest of 32 bits, a hash of the mark below."""
        found: dict[int, float] = {}
        for (family, mark), weight in self.marks.items():
            number = number_of(family, mark)
            found[number] = max(weight, found.get(number, 0.0))
        return found


def number_of(family: str, mark: str) -> int:
    """The 32-bit number of a mark; the same on every machine and in every version that keeps its words."""
    digest = hashlib.blake2b(mark.encode(), digest_size=4).digest()
    return FAMILIES.index(family) << BITS | int.from_bytes(digest, "big") & ((1 << BITS) - 1)


def fingerprint(document: Document) -> Print | None:
    """How a document looks; ``None`` where it was read before looks were kept and is no plain text."""
    if document.look is None and document.format != "text":
        return None
    found: dict[tuple[str, str], float] = {}
    parts: dict[str, Iterator[tuple[str, float]]] = {"habit": _habits(document)}
    if document.look is not None:
        look = document.look
        parts |= {
            "font": _fonts(look),
            "lettering": _lettering(look),
            "place": _places(look),
            "shape": _shapes(look),
            "page": _page(look),
        }
    else:
        parts["place"] = _columns(document.text)
    for family, marks in parts.items():
        counted: Counter[str] = Counter()
        for mark, count in marks:
            counted[mark] += count  # type: ignore[assignment]  # shares, not whole numbers
        total = sum(counted.values())
        for mark, count in counted.items():
            if count > 0:
                found[family, mark] = (count / total) ** 0.5
    return Print(marks=found)


def font_family(name: str) -> str:
    """A font's name without subset tag, style and foundry; fonts of equal widths by one name."""
    bare = _CUT.sub("", _SUBSET.sub("", name)).lower()
    tex = next((family for family, names in _TEX if names.match(bare)), None)
    return tex or _ALIKE.get(bare, bare) or "?"


def _body(look: Look) -> float:
    sizes: Counter[float] = Counter()
    for each in look.lettering:
        sizes[each.size] += each.letters
    return max(sizes, key=lambda size: sizes[size], default=10.0) or 10.0


def _colour(colour: str) -> str:
    """Six levels a channel: what conversion between colour spaces may do is less."""
    try:
        return "".join(str(round(int(colour[at : at + 2], 16) / 51)) for at in (0, 2, 4))
    except ValueError:
        return "000"


def _fonts(look: Look) -> Iterator[tuple[str, float]]:
    for each in look.lettering:
        family, share = font_family(each.font), each.letters / look.letters
        yield f"f {family} {each.size:g} {_colour(each.colour)} {each.marks.replace('c', '')}", share
        yield f"n {family} {each.marks.replace('c', '')}", 0.5 * share
        yield f"l {family} {each.size:g}", 0.7 * each.lines / max(1, look.lines)


def _lettering(look: Look) -> Iterator[tuple[str, float]]:
    body = _body(look)
    for each in look.lettering:
        ratio = round(20 * each.size / body) / 20
        share = 0.5 * each.letters / look.letters + each.lines / max(1, look.lines)
        yield f"s {each.size:g} {each.marks} {_colour(each.colour)}", share
        yield f"r {ratio:.2f} {each.marks} {each.side}", 0.7 * share
        yield f"c {_colour(each.colour)} {each.marks}", 0.5 * share
    largest = _largest(look)
    if largest is not None:
        yield f"name {largest.size:g} {_colour(largest.colour)} {largest.marks} {largest.side}", 0.3
        yield f"name {largest.marks} {largest.side}", 0.1


def _largest(look: Look) -> Lettering | None:
    likely = [each for each in look.lettering if each.letters >= 4 and each.lines]
    return max(likely, key=lambda each: each.size, default=None)


def _soft(x: float, share: float, name: str) -> Iterator[tuple[str, float]]:
    """A place in two neighbouring bins, each by how near it is: half a point must not change everything."""
    low = int(x // _BIN)
    part = x / _BIN - low
    yield f"{name} {low}", share * (1 - part)
    yield f"{name} {low + 1}", share * part


def _places(look: Look) -> Iterator[tuple[str, float]]:
    margin = look.margins[0]
    for x, count in look.starts:
        share = count / max(1, look.lines)
        if x > 0.55 * look.width or count < 2:  # where something right-aligned happens to begin
            continue
        yield from _soft(x, share, "x")
        if x - margin >= 4:
            yield from _soft(x - margin, 0.7 * share, "in")
    for x, count in look.ends:
        if count >= 3:
            yield from _soft(x, 0.4 * count / max(1, look.lines), "end")


def _shapes(look: Look) -> Iterator[tuple[str, float]]:
    total = sum(count for *_, count in look.shapes)
    for kind, a, b, count in look.shapes:
        share = (count / total) ** 0.5
        if kind == "dot":
            yield f"{kind} {a:g} {b:g}", share
        elif kind == "bar":
            yield from _soft(a, share, kind)
        else:
            yield f"{kind} {round(a / 4)} {round(b / 4)}", share
            yield f"{kind} {round(a / 4)}", 0.5 * share


def _page(look: Look) -> Iterator[tuple[str, float]]:
    named = {(595, 842): "A4", (612, 792): "Letter"}
    width, height = round(look.width), round(look.height)
    yield f"box {named.get((width, height), f'{width} {height}')}", 0.15
    yield from _soft(look.margins[0], 1.0, "left")
    yield from _soft(look.margins[1], 0.7, "right")
    yield f"body {_body(look):g}", 1.0
    colours = sorted({_colour(each.colour) for each in look.lettering if each.lines})
    for colour in colours:
        yield f"palette {colour}", 1.0 / len(colours)
    if any(kind == "rule" for kind, *_ in look.shapes):
        yield "rules", 0.5
    columns = [x for x, count in look.starts if count >= 0.12 * look.lines and x < 0.7 * look.width]
    yield f"columns {sum(x > min(columns) + 60 for x in columns) > 0 if columns else False}", 0.5


def _habits(document: Document) -> Iterator[tuple[str, float]]:
    """Headings and their order, bullets, dates and how ranges of them are joined."""
    headings: list[tuple[str, str]] = []
    bullets: Counter[str] = Counter()
    for line in document.lines:
        text = document.text[line.start : line.end].strip()
        section = heading_section(text) if 0 < len(text) <= 48 else None
        if section is not None:
            headings.append((section, text))
        elif found := _BULLET.match(text):
            bullets[found[1]] += 1
    for section, text in headings[:14]:
        form = "upper" if text.isupper() else "title" if text.istitle() else "other"
        ending = text[-1] if not text[-1].isalnum() else ""
        yield f"form {form} {ending}", 1.0 / len(headings)
        words = " ".join(_WORDS.findall(text.lower()))
        yield f"heading {section} {words}", 1.0 / len(headings)
    for (a, _), (b, _) in pairwise(headings):
        yield f"order {a} {b}", 0.5 / len(headings)
    for glyph, count in bullets.items():
        yield f"bullet {glyph}", 0.8 * count / bullets.total()
    if not bullets:
        yield "bullet none", 0.3
    dates: Counter[str] = Counter({name: len(form.findall(document.text)) for name, form in _DATES})
    for name, count in dates.items():
        if count:
            yield f"date {name}", 0.6 * count / dates.total()
    joined = Counter(re.sub(r"\s", "_", each) for each in _RANGE.findall(document.text))
    for join, count in joined.items():
        yield f"range {join}", 0.4 * count / joined.total()


def _columns(text: str) -> Iterator[tuple[str, float]]:
    """Where the lines of a plain text begin, and its rules."""
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines:
        rule = _RULE.match(line)
        if rule:
            yield f"rule {rule[1]}", 3 / len(lines)
        yield f"column {min(12, len(line) - len(line.lstrip()))}", 1 / len(lines)
        if "\t" in line.strip():
            yield "tab", 0.5 / len(lines)
