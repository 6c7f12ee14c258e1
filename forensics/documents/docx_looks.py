"""How the runs of a DOCX look: hidden or not, colour and size, by styles, defaults and their own words.

ECMA-376 part 1: 17.7.2 (style hierarchy), 17.7.3 (toggle properties), 17.3.2.41 (``vanish``), 17.3.2.6
(``color``), 17.3.5 (shading).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forensics.documents.document import Fact
from forensics.documents.docx_properties import KNOWN, Styles, W, firsts, value

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEME = {
    "background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2", "light1": "lt1",
    "dark1": "dk1", "light2": "lt2", "dark2": "dk2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
    "bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2",
}  # fmt: skip
_HIGHLIGHTS = {
    "black": "000000", "white": "FFFFFF", "yellow": "FFFF00", "red": "FF0000", "blue": "0000FF",
    "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "darkBlue": "000080", "darkCyan": "008080",
    "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000",
    "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
CHAIN = 30
"""Styles based on each other that are followed: a person's template has five, and a circle never ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Effective looks: ``colour`` and ``ground`` are RRGGBB or ``None`` where nothing says so.

    ``size`` is in half-points, ``stretch`` in percent; ``clear`` says that the letters are filled with
    nothing or with something wholly transparent.
    """

    vanish: bool
    colour: str | None
    ground: str | None
    size: float
    stretch: float
    clear: bool


class Looks:
    """The styles of a document and what they make of a run."""

    def __init__(self, styles: Styles, theme: Any) -> None:
        """``theme`` is the root of that part or ``None``."""
        self._theme = dict(_scheme(theme)) if theme is not None else {}
        self._styles, self._default = styles.named, styles.usual
        defaults = styles.defaults
        usual = defaults.find(f"{W}rPrDefault/{W}rPr") if defaults is not None else None
        self._defaults = [firsts(usual)] if usual is not None else []
        self._chains: dict[tuple[str | None, str], list[dict[str, Any]]] = {}
        self._shades: dict[str | None, str | None] = {}  # by the style of a paragraph
        self.cut = False  # whether styles are based on each other more than CHAIN deep, or in a circle
        self._known: dict[tuple[str | None, Any], Look] = {}

    def of(self, direct: Any, named: str | None) -> Look:
        """How a run with the properties ``direct`` (or ``None``) looks in a paragraph whose style is ``named``."""
        key = (named, direct)
        if key not in self._known:
            if len(self._known) >= KNOWN:
                self._known.clear()
            self._known[key] = self._of(direct, named)
        return self._known[key]

    def _of(self, direct: Any, named: str | None) -> Look:
        own = [firsts(direct)] if direct is not None else []
        character = value(own[0], "rStyle") if own else None
        in_paragraph = self._chain(named, "paragraph")
        in_character = self._chain(character, "character") if character else []
        given = [*own, *in_character, *in_paragraph, *self._defaults]
        colour = next((found for level in given if (found := self.colour(level.get(f"{W}color")))), None)
        return Look(
            vanish=_toggled("vanish", own, in_character, in_paragraph, self._defaults),
            colour=colour,
            ground=self._ground(given),
            size=_first(given, "sz", 20.0),
            stretch=_first(given, "w", 100.0),
            clear=any(_is_clear(level) for level in given[:1]),
        )

    def _ground(self, levels: list[dict[str, Any]]) -> str | None:
        for level in levels:
            marked = _HIGHLIGHTS.get(value(level, "highlight") or "")
            if marked:
                return marked
            shaded = self.shade(level.get(f"{W}shd"))
            if shaded:
                return shaded
        return None

    def paragraph_shade(self, said: dict[str, Any]) -> str | None:
        """The shading of a paragraph that says so, its own or its style's."""
        own, named = self.shade(said.get(f"{W}shd")), value(said, "pStyle")
        if not own and named not in self._shades:
            shades = (style.find(f"{W}pPr/{W}shd") for style in self._style_chain(named, "paragraph"))
            self._shades[named] = next((found for each in shades if (found := self.shade(each))), None)
        return own or self._shades[named]

    def shades_cells(self, table: Any) -> bool:
        """Whether the style of a table paints any of its cells."""
        named = value(firsts(table.find(f"{W}tblPr")), "tblStyle")
        return any(
            self.shade(shade) not in (None, "FFFFFF")
            for style in self._style_chain(named, "table")
            for shade in style.iter(f"{W}shd")
        )

    def shade(self, shading: Any) -> str | None:
        """The colour of a ``w:shd``; ``?`` for a pattern, ``None`` when it paints nothing."""
        if shading is None:
            return None
        pattern = shading.get(f"{W}val", "clear")
        if pattern in ("clear", "nil"):
            return self._named(shading, "fill", "themeFill") if pattern == "clear" else None
        if pattern == "solid":
            return self._named(shading, "color", "themeColor") or "000000"
        return "?"

    def colour(self, element: Any) -> str | None:
        """RRGGBB of a ``w:color``; ``None`` for none and for "auto", which is always readable."""
        return None if element is None else self._named(element, "val", "themeColor")

    def colour_of_page(self, background: Any) -> str | None:
        """RRGGBB of a ``w:background``."""
        return self._named(background, "color", "themeColor")

    def drawn(self, fill: Any) -> str | None:
        """RRGGBB of a DrawingML colour inside ``fill``; ``?`` if it cannot be told."""
        for child in fill:
            if child.tag == f"{A}srgbClr":
                return "?" if len(child) else child.get("val", "?").upper()
            if child.tag == f"{A}schemeClr" and not len(child):
                name = child.get("val", "")
                return self._theme.get(_THEME.get(name, name), "?")
        return "?"

    def _named(self, element: Any, plain: str, theme: str) -> str | None:
        value = str(element.get(f"{W}{plain}", "")).upper()
        if len(value) == 6 and all(digit in "0123456789ABCDEF" for digit in value):
            return value
        name = element.get(f"{W}{theme}", "")
        base = self._theme.get(_THEME.get(name, name))
        if base is None:
            return None
        kind = {"themeColor": ("themeTint", "themeShade"), "themeFill": ("themeFillTint", "themeFillShade")}
        tint, shade = (element.get(f"{W}{each}") for each in kind[theme])
        return _mixed(_mixed(base, tint, 255), shade, 0)

    def _chain(self, named: str | None, kind: str) -> list[dict[str, Any]]:
        """The run properties of a style and those it is based on, the nearest first."""
        key = (named, kind)
        if key not in self._chains:
            found = [style.find(f"{W}rPr") for style in self._style_chain(named, kind)]
            if len(self._chains) >= KNOWN:
                self._chains.clear()
            self._chains[key] = [firsts(each) for each in found if each is not None]
        return self._chains[key]

    def _style_chain(self, named: str | None, kind: str) -> Iterator[Any]:
        style = self._styles.get(named) if named else None
        if style is None:
            style = self._default.get(kind)
        for _ in range(CHAIN):
            if style is None:
                return
            yield style
            based = style.find(f"{W}basedOn")
            style = self._styles.get(based.get(f"{W}val", "") if based is not None else "")
        self.cut = self.cut or style is not None


TOO_DEEP = "docx.styles.depth.truncated"
"""The fact of styles that are based on each other too deep, or in a circle."""


def too_deep() -> Fact:
    """Say that styles are based on each other too deep to be followed, or in a circle."""
    return Fact(
        name=TOO_DEEP, value=f"styles are followed {CHAIN} deep; some go on or in a circle", where="styles"
    )


def is_on(element: Any) -> bool:
    """Whether an on/off property is on: there, and not "0", "false" or "off"."""
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")


def _toggled(
    name: str, own: list[Any], character: list[Any], paragraph: list[Any], defaults: list[Any]
) -> bool:
    said = [
        next((level[f"{W}{name}"] for level in levels if f"{W}{name}" in level), None)
        for levels in (own, character, paragraph, defaults)
    ]
    if said[0] is not None:
        return is_on(said[0])
    return (is_on(said[1]) ^ is_on(said[2])) or is_on(said[3])


def _is_clear(said: dict[str, Any]) -> bool:
    fill, outline = said.get(f"{W14}textFill"), said.get(f"{W14}textOutline")
    if fill is None:
        return False
    if fill.find(f"{W14}noFill") is not None:
        return outline is None or outline.find(f"{W14}solidFill") is None
    return any(alpha.get(f"{W14}val", "0") in ("100000", "100%") for alpha in fill.iter(f"{W14}alpha"))


def _first(levels: list[dict[str, Any]], name: str, otherwise: float) -> float:
    for level in levels:
        found = _number(level, name)
        if found is not None:
            return found
    return otherwise


def _number(level: dict[str, Any], name: str) -> float | None:
    try:
        return float((value(level, name) or "").rstrip("%pt"))
    except ValueError:
        return None


def _mixed(colour: str, share: str | None, towards: int) -> str:
    """``colour`` with so much (hex of 255) of itself and the rest white (255) or black (0)."""
    try:
        part = int(share or "FF", 16) / 255
    except ValueError:
        part = 1.0
    channels = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return "".join(f"{round(channel * part + towards * (1 - part)):02X}" for channel in channels)


def _scheme(theme: Any) -> Iterator[tuple[str, str]]:
    for scheme in theme.iter(f"{A}clrScheme"):
        for entry in scheme:
            if not isinstance(entry.tag, str):
                continue
            for colour in entry:
                value = str(colour.get("lastClr") or colour.get("val") or "").upper()
                if len(value) == 6 and all(digit in "0123456789ABCDEF" for digit in value):
                    yield entry.tag.rpartition("}")[2], value


def grey(colour: str) -> int:
    """The level of grey, 0 to 255, of a colour as RRGGBB."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return (red * 30 + green * 59 + blue * 11) // 100


def apart(a: str, b: str) -> int:
    """By how many levels two colours (RRGGBB) differ at most, in red, green or blue."""
    return max(abs(int(a[at : at + 2], 16) - int(b[at : at + 2], 16)) for at in (0, 2, 4))
