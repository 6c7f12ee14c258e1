"""DOCX → Look: what styles, paragraphs and tables say about fonts, indents and rules; lines are estimated.

ECMA-376 part 1: 17.3.1 (paragraphs), 17.3.2 (runs), 17.4 (tables), 17.6 (sections), 17.9 (numbering).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from forensics.documents.docx_looks import CHAIN, A, Looks, is_on
from forensics.documents.docx_properties import KNOWN, Properties, Styles, W, firsts, value
from forensics.documents.numbering import Levels
from forensics.documents.sketch import Style, Tally

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LINES = 110  # about two pages
_PARAGRAPHS = 2_000  # also empty ones
_RUNS = 500  # of a paragraph
_WIDE = 0.5  # of its size: how wide a letter is
_PAD = 5.4  # points between the edge of a cell and its text
_DEPTH = 40
_APART = (f"{_MC}Fallback", f"{W}del", f"{W}txbxContent")
_RUN, _TEXT, _TAB, _RUN_PROPERTIES = f"{W}r", f"{W}t", f"{W}tab", f"{W}rPr"


class _Way(NamedTuple):
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

    def lettering(self) -> _Lettering:
        """How letters look so."""
        marks = ("b" if self.bold else "") + ("i" if self.italic else "")
        style = (self.font[:48], round(2 * self.size) / 2, self.colour)
        capitals = (*style, marks + "c")
        return _Lettering(self.size, capitals if self.caps else (*style, marks), capitals)


class _Lettering(NamedTuple):
    """Size in points, style, and the style of what is written in capitals."""

    size: float
    style: Style
    capitals: Style


class DocxSketch:
    """Fills a tally from the parts of a DOCX. State: its styles, and where it is on the page."""

    def __init__(
        self, tally: Tally, looks: Looks, properties: Properties, styles: Styles, theme: Any, numbering: Any
    ) -> None:  # fmt: skip
        """``theme`` and ``numbering`` are the roots of those parts or ``None``, ``looks`` made of them and ``styles``."""
        self._properties = properties
        self._tally = tally
        self._looks = looks
        self._fonts = dict(_fonts(theme)) if theme is not None else {}
        self._styles = styles.named
        usual = styles.usual.get("paragraph")
        self._usual = usual.get(f"{W}styleId", "") if usual is not None else ""
        base, defaults = _Way(), styles.defaults
        if defaults is not None:
            base = self._run(base, defaults.find(f"{W}rPrDefault/{W}rPr"))
            base = self._paragraph(base, defaults.find(f"{W}pPrDefault/{W}pPr"))
        self._base = base
        self._ways: dict[str, _Way] = {}
        self._placed: dict[Any, tuple[str, _Way]] = {}  # its style and way, by the properties of a paragraph
        self._runs: dict[
            tuple[str, Any], _Lettering
        ] = {}  # by the style of a paragraph and the properties of a run
        self._levels = Levels(numbering)
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
            self._blocks(child, left, self._tally.width - right, 0, body.tag in _APART)

    def _blocks(self, parent: Any, left: float, right: float, depth: int, apart: bool) -> None:
        """``apart`` says that what is in ``parent`` takes no place on the page."""
        if depth > _DEPTH or parent.tag == f"{_MC}Fallback":
            return
        apart = apart or parent.tag in _APART
        for child in parent if parent.tag not in (f"{W}p", f"{W}tbl") else [parent]:
            if self._paragraphs >= _PARAGRAPHS or self._tally.lines >= _LINES:
                return
            if child.tag == f"{W}p":
                self._place(child, left, right, apart)
            elif child.tag == f"{W}tbl":
                self._table(child, left, right, depth, apart)
            elif isinstance(child.tag, str) and child is not parent:
                self._blocks(child, left, right, depth + 1, apart)

    def _place(self, paragraph: Any, left: float, right: float, apart: bool) -> None:
        self._paragraphs += 1
        properties = self._properties.of(paragraph)
        named, way = self._way(properties)
        pieces = [] if apart else list(self._pieces(paragraph, named))
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
                upper = text.isupper() and sum(map(str.isalpha, text)) >= 4
                letters = len("".join(text.split()))
                self._tally.letters[each.capitals if upper else each.style] += letters
            x = end

    def _pieces(self, paragraph: Any, named: str) -> Iterator[tuple[str, _Lettering]]:
        """The texts of the runs and how each looks; a tab is a piece of its own. ``named`` is the paragraph's style."""
        for run in islice(paragraph.iter(_RUN), _RUNS):
            if run.getparent() is not paragraph and any(True for _ in run.iterancestors(*_APART)):
                continue
            mine = self._lettering(named, next(run.iterchildren(_RUN_PROPERTIES), None))
            for child in run:
                tag = child.tag
                if tag == _TEXT:
                    if text := child.text:
                        yield text, mine
                elif tag == _TAB:
                    yield "\t", mine

    def _way(self, properties: Any) -> tuple[str, _Way]:
        """The style of a paragraph with these properties (or ``None``), and how it is set."""
        if properties not in self._placed:
            named = value(firsts(properties), "pStyle") or self._usual
            way = self._paragraph(self._named(named), properties)
            level = self._levels.of(way.listed) if way.listed is not None else None
            indent = level.find(f"{W}pPr/{W}ind") if level is not None else None
            if indent is not None:
                way = self._paragraph(_indented(way, indent), properties)
            self._placed[properties] = named, way
        return self._placed[properties]

    def _lettering(self, named: str, direct: Any) -> _Lettering:
        """How a run with the properties ``direct`` (or ``None``) looks in a paragraph whose style is ``named``."""
        key = (named, self._properties.same(direct))
        found = self._runs.get(key)
        if found is None:
            way, own = self._named(named), _value(direct, "rStyle")
            found = self._run(self._character(way, own) if own else way, direct).lettering()
            if len(self._runs) < KNOWN:
                self._runs[key] = found
        return found

    def _table(self, table: Any, left: float, right: float, depth: int, apart: bool) -> None:
        widths = [_points(each, "w", 0.0) for each in table.findall(f"{W}tblGrid/{W}gridCol")]
        indent = _points(table.find(f"{W}tblPr/{W}tblInd"), "w", 0.0)
        if widths and sum(widths) > 1.2 * (right - left):
            share = (right - left) / sum(widths)
            widths = [share * each for each in widths]
        borders = table.find(f"{W}tblPr/{W}tblBorders")
        drawn = borders is not None and any(_drawn(each) for each in borders)
        for row in table.findall(f"{W}tr"):
            if self._tally.lines >= _LINES:
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
                self._blocks(cell, x, x + wide - _PAD, depth + 1, apart)
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
        said = firsts(properties)
        fonts = said.get(f"{W}rFonts")
        font = way.font
        if fonts is not None:
            theme = self._fonts.get(fonts.get(f"{W}asciiTheme", "")[:5])
            font = theme or fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or font
        size = _points(said.get(f"{W}sz"), "val", way.size, 2.0)
        colour = self._looks.colour(said.get(f"{W}color")) or way.colour
        return way._replace(
            font=font,
            size=size,
            colour=colour,
            bold=_on(said, way.bold, "b"),
            italic=_on(said, way.italic, "i"),
            caps=_on(said, way.caps, "caps", "smallCaps"),
        )

    def _paragraph(self, way: _Way, properties: Any) -> _Way:
        if properties is None:
            return way
        said = firsts(properties)
        way = _indented(way, said.get(f"{W}ind"))
        if f"{W}jc" in said and (side := said[f"{W}jc"].get(f"{W}val")):
            way = way._replace(side={"center": "c", "right": "r", "end": "r"}.get(side, "l"))
        tabs = said.get(f"{W}tabs")
        if tabs is not None:
            stops = dict((position, kind) for kind, position in way.tabs)
            for tab in tabs.findall(f"{W}tab"):
                position = _points(tab, "pos", 0.0)
                if tab.get(f"{W}val") == "clear":
                    stops.pop(position, None)
                else:
                    stops[position] = tab.get(f"{W}val", "left")
            way = way._replace(tabs=tuple((kind, position) for position, kind in sorted(stops.items())))
        border = said.get(f"{W}pBdr")
        if border is not None:
            way = way._replace(ruled=sum(_drawn(border.find(f"{W}{each}")) for each in ("top", "bottom")))
        number = said.get(f"{W}numPr")
        if number is not None:
            way = way._replace(listed=(_value(number, "numId") or "", _value(number, "ilvl") or "0"))
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
    return way._replace(left=left, first=first)


def _at_tabs(pieces: list[tuple[str, _Lettering]]) -> list[list[tuple[str, _Lettering]]]:
    """The pieces between tabs."""
    found: list[list[tuple[str, _Lettering]]] = [[]]
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


def _fonts(theme: Any) -> Iterator[tuple[str, str]]:
    """``major`` and ``minor`` → the Latin font of the theme."""
    for kind in ("major", "minor"):
        latin = next(theme.iter(f"{A}{kind}Font"), None)
        found = latin.find(f"{A}latin") if latin is not None else None
        if found is not None and found.get("typeface"):
            yield kind, found.get("typeface")


def _on(said: dict[str, Any], otherwise: bool, *names: str) -> bool:
    for name in names:
        found = said.get(f"{W}{name}")
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
