"""DOCX → Look: what styles, paragraphs and tables say about fonts, indents and rules; lines are estimated.

ECMA-376 part 1: 17.3.1 (paragraphs), 17.3.2 (runs), 17.4 (tables), 17.6 (sections), 17.9 (numbering).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from forensics.documents.docx_looks import CHAIN, KNOWN, A, Looks, Spelled, is_on, spelled
from forensics.documents.sketch import Tally

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LINES = 110  # about two pages
_PARAGRAPHS = 2_000  # also empty ones
_RUNS = 500  # of a paragraph
_WIDE = 0.5  # of its size: how wide a letter is
_PAD = 5.4  # points between the edge of a cell and its text
_DEPTH = 40
_APART = (f"{_MC}Fallback", f"{W}del", f"{W}txbxContent")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """What holds for a run or paragraph until something nearer says otherwise; points."""

    font: str = ""
    size: float = 10.0
    colour: str = "000000"
    bold: bool = False
    italic: bool = False
    caps: bool = False
    left: float = 0.0
    first: float = 0.0
    side: str = "l"
    tabs: tuple[tuple[str, float], ...] = ()
    ruled: int = 0
    listed: tuple[str, str] | None = None

    @property
    def style(self) -> tuple[str, float, str, str]:
        """As :mod:`forensics.documents.sketch` has it."""
        marks = ("b" if self.bold else "") + ("i" if self.italic else "") + ("c" if self.caps else "")
        return self.font[:48], round(2 * self.size) / 2, self.colour, marks


class DocxSketch:
    """Fills a tally from the parts of a DOCX. State: its styles, and where it is on the page."""

    def __init__(self, tally: Tally, looks: Looks, styles: Any, theme: Any, numbering: Any) -> None:
        """``styles``, ``theme`` and ``numbering`` are the roots of those parts or ``None``, ``looks`` made of them."""
        self._tally = tally
        self._looks = looks
        self._fonts = dict(_fonts(theme)) if theme is not None else {}
        self._styles: dict[str, Any] = {}
        self._usual = ""
        base = _Way()
        if styles is not None:
            for each in styles.findall(f"{W}style"):
                self._styles.setdefault(each.get(f"{W}styleId", ""), each)
                if each.get(f"{W}type") == "paragraph" and each.get(f"{W}default") in ("1", "true", "on"):
                    self._usual = each.get(f"{W}styleId", "")
            defaults = styles.find(f"{W}docDefaults")
            if defaults is not None:
                base = self._run(base, defaults.find(f"{W}rPrDefault/{W}rPr"))
                base = self._paragraph(base, defaults.find(f"{W}pPrDefault/{W}pPr"))
        self._base = base
        self._ways: dict[str, _Way] = {}
        self._runs: dict[tuple[_Way, Spelled], _Way] = {}
        self._levels = dict(_levels(numbering)) if numbering is not None else {}
        self._paragraphs = 0

    def body(self, body: Any) -> None:
        """Look at the main part of the document (its root), as far as about two pages."""
        section = next(body.iter(f"{W}sectPr"), None)
        size = section.find(f"{W}pgSz") if section is not None else None
        margin = section.find(f"{W}pgMar") if section is not None else None
        self._tally.width = _points(size, "w", 612.0)
        self._tally.height = _points(size, "h", 792.0)
        left, right = _points(margin, "left", 72.0), _points(margin, "right", 72.0)
        for child in body:
            self._blocks(child, left, self._tally.width - right, 0)

    def _blocks(self, parent: Any, left: float, right: float, depth: int) -> None:
        if depth > _DEPTH or parent.tag == f"{_MC}Fallback":
            return
        for child in parent if parent.tag not in (f"{W}p", f"{W}tbl") else [parent]:
            if self._paragraphs >= _PARAGRAPHS or self._tally.starts.total() >= _LINES:
                return
            if child.tag == f"{W}p":
                self._place(child, left, right)
            elif child.tag == f"{W}tbl":
                self._table(child, left, right, depth)
            elif isinstance(child.tag, str) and child is not parent:
                self._blocks(child, left, right, depth + 1)

    def _place(self, paragraph: Any, left: float, right: float) -> None:
        self._paragraphs += 1
        properties = paragraph.find(f"{W}pPr")
        way = self._named(_value(properties, "pStyle") or self._usual)
        way = self._paragraph(way, properties)
        if way.listed in self._levels:
            way = self._paragraph(_indented(way, self._levels[way.listed]), properties)
        pieces = list(self._pieces(paragraph, way))
        for side in range(way.ruled):
            self._tally.shape(left + way.left, float(side), right, float(side) + 1, self._tally.width)
        stretches = _at_tabs(pieces)
        x = left + way.left + way.first
        for at, stretch in enumerate(stretches):
            letters = sum(len(text) for text, _ in stretch)
            if not letters:
                continue
            style = stretch[0][1].style
            wide = sum(_WIDE * each.size * len(text) for text, each in stretch)
            start, end = _stop(way, at, x, left, right, wide)
            lines = 1 + int(wide / max(20.0, right - left - way.left)) if len(stretches) == 1 else 1
            self._tally.stretch(style, start, min(end, right), self._tally.width)
            if lines > 1:
                self._tally.stretch(style, left + way.left, right, self._tally.width, lines - 1)
            for text, each in stretch:
                upper = each.caps or (text.isupper() and sum(map(str.isalpha, text)) >= 4)
                each = each if each.caps == upper else replace(each, caps=upper)
                self._tally.letters[each.style] += len("".join(text.split()))
            x = end

    def _pieces(self, paragraph: Any, way: _Way) -> Iterator[tuple[str, _Way]]:
        """The texts of the runs and how each looks; a tab is a piece of its own."""
        inside = any(True for _ in paragraph.iterancestors(*_APART))
        for run in islice(paragraph.iter(f"{W}r"), _RUNS):
            if inside or (run.getparent() is not paragraph and any(True for _ in run.iterancestors(*_APART))):
                continue
            mine = self._known(way, run.find(f"{W}rPr"))
            for child in run:
                if child.tag == f"{W}tab":
                    yield "\t", mine
                elif child.tag == f"{W}t" and child.text:
                    yield child.text, mine

    def _known(self, way: _Way, direct: Any) -> _Way:
        """How a run with the properties ``direct`` looks in a paragraph that looks so."""
        if direct is None:
            return way
        said = spelled(direct)
        found = self._runs.get((way, said)) if said is not None else None
        if found is None:
            named = _value(direct, "rStyle")
            found = self._run(self._character(way, named) if named else way, direct)
            if said is not None and len(self._runs) < KNOWN:
                self._runs[way, said] = found
        return found

    def _table(self, table: Any, left: float, right: float, depth: int) -> None:
        widths = [_points(each, "w", 0.0) for each in table.findall(f"{W}tblGrid/{W}gridCol")]
        indent = _points(table.find(f"{W}tblPr/{W}tblInd"), "w", 0.0)
        if widths and sum(widths) > 1.2 * (right - left):
            share = (right - left) / sum(widths)
            widths = [share * each for each in widths]
        borders = table.find(f"{W}tblPr/{W}tblBorders")
        drawn = borders is not None and any(_drawn(each) for each in borders)
        for row in table.findall(f"{W}tr"):
            if self._tally.starts.total() >= _LINES:
                return
            x, column = left + indent, 0
            for cell in row.findall(f"{W}tc"):
                span = int(_points(cell.find(f"{W}tcPr/{W}gridSpan"), "val", 0.05) * 20)
                wide = sum(widths[column : column + max(1, span)]) or (right - left)
                column += max(1, span)
                shade = self._looks.shade(cell.find(f"{W}tcPr/{W}shd"))
                if shade not in (None, "FFFFFF"):
                    self._tally.shape(x, 0, x + wide, 40, self._tally.width)
                if drawn:
                    self._tally.shape(x, 0, x + wide, 1, self._tally.width)
                self._blocks(cell, x, x + wide - _PAD, depth + 1)
                x += wide

    def _named(self, name: str) -> _Way:
        if name not in self._ways:
            chain = []
            for _ in range(CHAIN):
                style = self._styles.get(name) if name else None
                if style is None:
                    break
                chain.append(style)
                name = _value(style, "basedOn") or ""
            way = self._base
            for style in reversed(chain):
                way = self._paragraph(self._run(way, style.find(f"{W}rPr")), style.find(f"{W}pPr"))
            key = chain[0].get(f"{W}styleId", "") if chain else ""
            self._ways[key] = way
            return way
        return self._ways[name]

    def _character(self, way: _Way, name: str) -> _Way:
        chain = []
        for _ in range(CHAIN):
            style = self._styles.get(name)
            if style is None:
                break
            chain.append(style.find(f"{W}rPr"))
            name = _value(style, "basedOn") or ""
        for each in reversed(chain):
            way = self._run(way, each)
        return way

    def _run(self, way: _Way, properties: Any) -> _Way:
        if properties is None:
            return way
        fonts = properties.find(f"{W}rFonts")
        font = way.font
        if fonts is not None:
            theme = self._fonts.get(fonts.get(f"{W}asciiTheme", "")[:5])
            font = theme or fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or font
        size = _points(properties.find(f"{W}sz"), "val", way.size, 2.0)
        colour = self._looks.colour(properties.find(f"{W}color")) or way.colour
        return replace(
            way,
            font=font,
            size=size,
            colour=colour,
            bold=_on(properties, way.bold, "b"),
            italic=_on(properties, way.italic, "i"),
            caps=_on(properties, way.caps, "caps", "smallCaps"),
        )

    def _paragraph(self, way: _Way, properties: Any) -> _Way:
        if properties is None:
            return way
        way = _indented(way, properties.find(f"{W}ind"))
        side = _value(properties, "jc")
        if side:
            way = replace(way, side={"center": "c", "right": "r", "end": "r"}.get(side, "l"))
        tabs = properties.find(f"{W}tabs")
        if tabs is not None:
            stops = dict((position, kind) for kind, position in way.tabs)
            for tab in tabs.findall(f"{W}tab"):
                position = _points(tab, "pos", 0.0)
                if tab.get(f"{W}val") == "clear":
                    stops.pop(position, None)
                else:
                    stops[position] = tab.get(f"{W}val", "left")
            way = replace(way, tabs=tuple((kind, position) for position, kind in sorted(stops.items())))
        border = properties.find(f"{W}pBdr")
        if border is not None:
            way = replace(way, ruled=sum(_drawn(border.find(f"{W}{each}")) for each in ("top", "bottom")))
        number = properties.find(f"{W}numPr")
        if number is not None:
            way = replace(way, listed=(_value(number, "numId") or "", _value(number, "ilvl") or "0"))
        return way


def _indented(way: _Way, indent: Any) -> _Way:
    if indent is None:
        return way
    left = _points(indent, "left", _points(indent, "start", way.left))
    first = way.first
    if indent.get(f"{W}hanging") is not None:
        first = -_points(indent, "hanging", 0.0)
    elif indent.get(f"{W}firstLine") is not None:
        first = _points(indent, "firstLine", 0.0)
    return replace(way, left=left, first=first)


def _at_tabs(pieces: list[tuple[str, _Way]]) -> list[list[tuple[str, _Way]]]:
    """The pieces between tabs."""
    found: list[list[tuple[str, _Way]]] = [[]]
    for text, way in pieces:
        if text == "\t":
            found.append([])
        elif text.strip() or found[-1]:
            found[-1].append((text, way))
    return found


def _stop(way: _Way, number: int, x: float, left: float, right: float, wide: float) -> tuple[float, float]:
    """Where the ``number``-th stretch of a paragraph begins and ends; ``x`` is where the one before ended."""
    if number == 0:
        if way.side == "c":
            middle = (left + right) / 2
            return middle - wide / 2, middle + wide / 2
        return (right - wide, right) if way.side == "r" else (x, x + wide)
    for kind, position in way.tabs:
        at = left + position
        if at > x:
            if kind in ("right", "end"):
                return at - wide, at
            return (at - wide / 2, at + wide / 2) if kind == "center" else (at, at + wide)
    at = left + 36.0 * (int((x - left) / 36.0) + 1)
    return at, at + wide


def _levels(numbering: Any) -> Iterator[tuple[tuple[str, str], Any]]:
    """The indent of each list and level."""
    abstract = {
        each.get(f"{W}abstractNumId", ""): {
            level.get(f"{W}ilvl", "0"): level.find(f"{W}pPr/{W}ind") for level in each.iter(f"{W}lvl")
        }
        for each in numbering.iter(f"{W}abstractNum")
    }
    for number in numbering.iter(f"{W}num"):
        for level, indent in abstract.get(_value(number, "abstractNumId") or "", {}).items():
            if indent is not None:
                yield (number.get(f"{W}numId", ""), level), indent


def _fonts(theme: Any) -> Iterator[tuple[str, str]]:
    """``major`` and ``minor`` → the Latin font of the theme."""
    for kind in ("major", "minor"):
        latin = next(theme.iter(f"{A}{kind}Font"), None)
        found = latin.find(f"{A}latin") if latin is not None else None
        if found is not None and found.get("typeface"):
            yield kind, found.get("typeface")


def _on(properties: Any, otherwise: bool, *names: str) -> bool:
    for name in names:
        found = properties.find(f"{W}{name}")
        if found is not None:
            return is_on(found)
    return otherwise


def _drawn(border: Any) -> bool:
    return border is not None and border.get(f"{W}val", "nil") not in ("nil", "none")


def _value(parent: Any, name: str) -> str | None:
    found = parent.find(f"{W}{name}") if parent is not None else None
    return None if found is None else found.get(f"{W}val")


def _points(element: Any, name: str, otherwise: float, unit: float = 20.0) -> float:
    """An attribute in so many parts of a point (twentieths unless told), within reason."""
    try:
        value = float(element.get(f"{W}{name}")) / unit
    except (AttributeError, TypeError, ValueError):
        return otherwise
    return value if -10_000 < value < 10_000 else otherwise
