"""Hidden text of a DOCX: what its own words and its surroundings keep from being seen on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from forensics.documents.document import Fact, Hidden
from forensics.documents.docx_looks import A, Look, Looks, apart, grey, is_on
from forensics.documents.docx_properties import KNOWN, Properties, W, firsts, value
from forensics.documents.hidden import Unseen, settle
from forensics.documents.lookalikes import may_be_odd, odd_words

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_GROUP = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}wgp"
_SHAPES = tuple(f"{_V}{name}" for name in ("rect", "roundrect", "shape", "oval"))
_WATCHED = {
    f"{W}{name}" for name in ("vanish", "color", "sz", "w", "highlight", "shd", "rStyle")
} | {"{http://schemas.microsoft.com/office/word/2010/wordml}textFill"}  # fmt: skip
_RUN, _TEXT, _RUN_PROPERTIES = f"{W}r", f"{W}t", f"{W}rPr"
_GAPS = {f"{W}{name}" for name in ("tab", "br", "cr")}
_NO_RUNS = {f"{W}{name}" for name in ("pPr", "del", "moveFrom", "p")}
_ON_PAGE = "on_page"  # in the colour of the page, with nothing painted in between that we know of
_PAGE = ""  # the ground of what floats over the page
_CONTRAST = 20  # levels of grey, as on the pages of a PDF
_TINY = 5.0  # half-points
_NARROW = 5.0  # percent
_FLAT = 40  # twips: an exact height below it shows nothing
_NOTHING = 25_400  # EMU: two points
_EMU = 12_700  # of a point
_FAR = 1_200.0  # points: a longer way than across the common sizes of paper
_PER_LETTER = 60.0  # square points that a letter takes: how much white text a dark shape can carry
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """The page as a ground for text: its size in points, its colour, and how many letters shapes can carry."""

    width: float
    height: float
    ground: str
    carried: float


class _Place(NamedTuple):
    """What a paragraph says of itself: its style, the colour under it, and why nothing of it is seen."""

    style: str | None
    ground: str | None
    why: str | None


class HiddenInDocx:
    """Collects from part after part what nobody sees."""

    def __init__(
        self, body: Any, parts: Sequence[Any], looks: Looks, properties: Properties, painted: bool
    ) -> None:
        """``parts`` are the roots of all parts; ``painted`` says that the colour of the page is shown."""
        self._looks = looks
        self._properties = properties
        self._sheet = _sheet(body, parts, looks, painted)
        self._found: list[tuple[int, Unseen]] = []  # by the number of the paragraph in all
        self._seen: list[str] = []
        self._words: list[tuple[str, str]] = []
        self._placed: dict[Any, _Place] = {}  # by the properties of a paragraph
        self._known: dict[tuple[Any, str | None, str | None], str | None] = {}
        self._paragraphs = 0

    def part(self, name: str, root: Any) -> None:
        """Look at the runs of one part."""
        if root is None:
            return
        around = _Around(self._looks, self._sheet)
        twice = next(root.iter(f"{_MC}Fallback"), None) is not None
        for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
            self._paragraphs += 1
            if twice and _is_second(paragraph):
                continue
            where = f"{name}, paragraph {number}"
            said: list[str] = []
            place = self._place(self._properties.of(paragraph))
            around_ground, around_why = around.of(paragraph.getparent())
            ground, unseen = place.ground or around_ground, place.why or around_why
            for direct, text in _runs(paragraph):
                said.append(text)
                why = None if text.isspace() else unseen or self._why(direct, place.style, ground)
                if why is None:
                    self._seen.append(text)
                else:
                    self._found.append((self._paragraphs, Unseen(text=text, why=why, where=where)))
            whole = "".join(said)
            if may_be_odd(whole):
                self._words += [(word, where) for word in re.split(r"[\s ]+", whole) if may_be_odd(word)]

    def result(self) -> tuple[list[Hidden], list[Fact]]:
        """Entries and facts."""
        found = _joined(self._found)
        bare = sum(each.letters for each in found if each.why == _ON_PAGE)
        # it may well stand on a shape, which only a layout can tell
        why = "unknown" if bare <= self._sheet.carried else "white_text"
        found = [replace(each, why=why) if each.why == _ON_PAGE else each for each in found]
        hidden, facts = settle(found, self._seen, "docx")
        odd: dict[tuple[str, str], list[str]] = {}
        for each in odd_words([word for word, _ in self._words]):
            odd.setdefault((self._words[each.number][1], each.why), []).append(each.text)
        hidden += [Hidden(text=" ".join(texts), why=why, where=where) for (where, why), texts in odd.items()]
        return hidden, facts

    def _place(self, properties: Any) -> _Place:
        """What a paragraph with these properties (or ``None``) says of itself."""
        if properties not in self._placed:
            if len(self._placed) >= KNOWN:
                self._placed.clear()
            said = firsts(properties)
            shade, why = self._looks.paragraph_shade(said), _misplaced(said, self._sheet)
            self._placed[properties] = _Place(value(said, "pStyle"), shade, why)
        return self._placed[properties]

    def _why(self, direct: Any, style: str | None, ground: str | None) -> str | None:
        """Why a run is not seen, by its properties, the style of its paragraph and what is under that."""
        direct = self._properties.same(direct)
        key = (direct, style, ground)
        if key in self._known:
            return self._known[key]
        look = self._looks.of(direct, style)
        own = direct is not None and any(child.tag in _WATCHED for child in direct)
        why = None if not own and _is_plain(look) else self._by_look(look, ground)
        if len(self._known) < KNOWN:
            self._known[key] = why
        return why

    def _by_look(self, look: Look, around: str | None) -> str | None:
        if look.vanish:
            return "vanish"
        if look.clear:
            return "transparent"
        if look.size <= _TINY or look.stretch <= _NARROW:
            return "tiny_text"
        if look.colour is None:
            return None
        painted = look.ground or around
        ground = painted or self._sheet.ground
        if ground == "?" or abs(grey(look.colour) - grey(ground)) >= _CONTRAST:
            return None
        if apart(look.colour, ground) >= 3 * _CONTRAST:
            return None
        return "white_text" if painted else _ON_PAGE


def _is_plain(look: Look) -> bool:
    """Whether the styles alone, of which a look was made, give nothing that could hide a run."""
    return not look.vanish and (look.colour is None or grey(look.colour) < 150) and look.size > _TINY


class _Around:
    """What surrounds paragraphs, looked up once for each cell, row and box."""

    def __init__(self, looks: Looks, sheet: _Sheet) -> None:
        self._looks = looks
        self._sheet = sheet
        self._known: dict[Any, tuple[str | None, str | None]] = {}

    def of(self, element: Any) -> tuple[str | None, str | None]:
        """What something and its ancestors do to the text in it.

        RRGGBB under it, ``None`` for the page, ``?`` where only a layout could tell; and why nothing of it is seen.
        """
        if element is None:
            return None, None
        if element not in self._known:
            ground, why = self._own(element)
            outer = self.of(element.getparent()) if ground is None or why is None else (None, None)
            self._known[element] = (outer[0] if ground is None else ground, why or outer[1])
        return self._known[element]

    def _own(self, element: Any) -> tuple[str | None, str | None]:
        tag = element.tag
        if tag == f"{W}tc":
            properties = element.find(f"{W}tcPr")
            shaded = self._looks.shade(properties.find(f"{W}shd")) if properties is not None else None
            return shaded, None
        if tag == f"{W}tr":
            return None, _flat_row(element.find(f"{W}trPr"))
        if tag == f"{W}tbl":
            return ("?" if self._looks.shades_cells(element) else None), None
        if tag in (_GROUP, f"{_V}group"):
            return ("?" if _is_painted(element, self._looks) else None), None
        if tag == f"{_WPS}wsp":
            return _filled(element, self._looks), None
        if tag in (f"{_WP}anchor", f"{_WP}inline"):
            # what floats does not stand on the cell that it is anchored in
            return (_PAGE if tag == f"{_WP}anchor" else None), _out_of_sight(element, self._sheet)
        if isinstance(tag, str) and tag.startswith(_V) and element.get("style") is not None:
            floats = "position:absolute" in element.get("style").replace(" ", "").lower()
            fill = _vml_fill(element)
            return (_PAGE if fill is None and floats else fill), _vml_out_of_sight(element, self._sheet)
        return None, None


def _misplaced(said: dict[str, Any], sheet: _Sheet) -> str | None:
    spacing, indent, frame = said.get(f"{W}spacing"), said.get(f"{W}ind"), said.get(f"{W}framePr")
    exact = (
        spacing.get(f"{W}line") if spacing is not None and spacing.get(f"{W}lineRule") == "exact" else None
    )
    if 0 < _whole(exact, _FLAT) < _FLAT:
        return "zero_size"
    wide, high = sheet.width * 20, sheet.height * 20
    if indent is not None and not -wide < _whole(indent.get(f"{W}left"), 0) < wide:
        return "off_page"
    if frame is not None and not (
        -wide < _whole(frame.get(f"{W}x"), 0) < wide and -high < _whole(frame.get(f"{W}y"), 0) < high
    ):
        return "off_page"
    return None


def _is_second(paragraph: Any) -> bool:
    """Whether a paragraph says once more, for old programs, what a choice beside it says."""
    fallback = next(paragraph.iterancestors(f"{_MC}Fallback"), None)
    return fallback is not None and any(
        next(other.iter(f"{W}t"), None) is not None
        for other in fallback.itersiblings(f"{_MC}Choice", preceding=True)
    )


def _is_painted(group: Any, looks: Looks) -> bool:
    """Whether a shape of a group is filled with anything but white."""
    fills = [_filled(shape, looks) for shape in group.iter(f"{_WPS}wsp")]
    fills += [_vml_fill(shape) for shape in group.iter(*_SHAPES)]
    return any(fill not in (None, "FFFFFF") for fill in fills)


def _flat_row(properties: Any) -> str | None:
    if properties is None:
        return None
    if is_on(properties.find(f"{W}hidden")):
        return "vanish"
    height = properties.find(f"{W}trHeight")
    exact = height is not None and height.get(f"{W}hRule") == "exact"
    return "zero_size" if exact and _whole(height.get(f"{W}val"), _FLAT) < _FLAT else None


def _filled(shape: Any, looks: Looks) -> str | None:
    """The colour that a text box is filled with, ``None`` for none, ``?`` for a picture or a gradient."""
    properties = shape.find(f"{_WPS}spPr")
    for child in properties if properties is not None else ():
        if child.tag == f"{A}noFill":
            return None
        if child.tag == f"{A}solidFill":
            return looks.drawn(child)
        if child.tag in (f"{A}gradFill", f"{A}blipFill", f"{A}pattFill", f"{A}grpFill"):
            return "?"
    reference = shape.find(f"{_WPS}style/{A}fillRef")
    return looks.drawn(reference) if reference is not None and reference.get("idx", "0") != "0" else None


def _out_of_sight(drawing: Any, sheet: _Sheet) -> str | None:
    extent = drawing.find(f"{_WP}extent")
    wide, high = (
        (_whole(extent.get("cx"), _NOTHING), _whole(extent.get("cy"), _NOTHING))
        if extent is not None
        else (_NOTHING, _NOTHING)
    )
    if is_on_plain(drawing.find(f"{_WP}docPr"), "hidden"):
        return "vanish"
    if min(wide, high) < _NOTHING:
        return "zero_size"
    for name, length, size in (("positionH", sheet.width, wide), ("positionV", sheet.height, high)):
        offset = drawing.find(f"{_WP}{name}/{_WP}posOffset")
        at = _whole(offset.text if offset is not None else None, 0)
        if at > length * _EMU or at + size < -length * _EMU / 3:
            return "off_page"
    return None


def is_on_plain(element: Any, name: str) -> bool:
    """Whether an attribute without a namespace is set."""
    return element is not None and element.get(name, "0") in ("1", "true")


def _vml_fill(shape: Any) -> str | None:
    if shape.get("filled") in ("f", "false"):
        return None
    colour = (shape.get("fillcolor") or "").split(" ")[0].lstrip("#").upper()
    if len(colour) == 3:
        colour = "".join(2 * digit for digit in colour)
    if shape.find(f"{_V}fill") is not None and shape.find(f"{_V}fill").get("type", "solid") != "solid":
        return "?"
    plain = len(colour) == 6 and all(digit in "0123456789ABCDEF" for digit in colour)
    if plain:
        return colour
    return None if not colour else ("FFFFFF" if colour in ("WHITE", "WINDOW") else "?")


def _vml_out_of_sight(shape: Any, sheet: _Sheet) -> str | None:
    style = shape.get("style").replace(" ", "").lower()
    if "visibility:hidden" in style or "display:none" in style:
        return "vanish"
    # lengths without a unit are those of a group, in its own measure
    for name, number, unit in re.findall(r"([a-z-]+):(-?\d+(?:\.\d+)?)(pt|in|cm|mm|px)", style):
        points = float(number) * _POINTS[unit]
        if name in ("width", "height") and points < 2:
            return "zero_size"
        side = sheet.height if name.endswith("top") else sheet.width
        if name in ("margin-left", "margin-top", "left", "top") and abs(points) > max(_FAR, side):
            return "off_page"
    return None


def _sheet(body: Any, parts: Sequence[Any], looks: Looks, painted: bool) -> _Sheet:
    size = next(body.iter(f"{W}pgSz"), None)
    width = _whole(size.get(f"{W}w") if size is not None else None, 12_240) / 20
    height = _whole(size.get(f"{W}h") if size is not None else None, 15_840) / 20
    ground = None
    background = body.find(f"{W}background")
    if painted and background is not None:
        ground = looks.colour_of_page(background)
    carried = 0.0
    for root in parts:
        for anchor in root.iter(f"{_WP}anchor") if root is not None else ():
            carried += _carries(anchor, looks, width * height)
        for shape in root.iter(f"{_V}group", *_SHAPES) if root is not None else ():
            if _is_painted(shape, looks):
                carried += _vml_area(shape)
    return _Sheet(width=width, height=height, ground=ground or "FFFFFF", carried=carried / _PER_LETTER)


def _carries(anchor: Any, looks: Looks, page: float) -> float:
    """The square points of a floating shape or picture that text in the body may stand on."""
    extent = anchor.find(f"{_WP}extent")
    if extent is None:
        return 0.0
    area = _whole(extent.get("cx"), 0) / _EMU * (_whole(extent.get("cy"), 0) / _EMU)
    fills = [_filled(shape, looks) for shape in anchor.iter(f"{_WPS}wsp")]
    picture = next(anchor.iter(f"{A}blip"), None) is not None
    dark = picture or any(fill not in (None, "FFFFFF") for fill in fills)
    return min(area, page) if dark else 0.0


def _vml_area(shape: Any) -> float:
    style = (shape.get("style") or "").replace(" ", "").lower()
    sides = {
        name: float(number) * _POINTS[unit]
        for name, number, unit in re.findall(r"(?:^|;)(width|height):(\d+(?:\.\d+)?)(pt|in|cm|mm|px)", style)
    }
    return sides.get("width", 0.0) * sides.get("height", 0.0)


def _runs(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """Properties and text of the runs of a paragraph itself: no deleted ones, none of text boxes in it, no fallback."""
    stack = list(paragraph)[::-1]
    while stack:
        child = stack.pop()
        tag = child.tag
        if tag == _RUN:
            direct, pieces = None, []
            for each in child:
                tag = each.tag
                if tag == _TEXT:
                    pieces.append(each.text or "")
                elif tag in _GAPS:
                    pieces.append(" ")
                elif direct is None and tag == _RUN_PROPERTIES:
                    direct = each
            if text := "".join(pieces):
                yield direct, text
        elif isinstance(tag, str) and tag not in _NO_RUNS:
            if tag == f"{_MC}AlternateContent":
                child = next(iter(child), child)
            stack += list(child)[::-1]


def _joined(found: Sequence[tuple[int, Unseen]]) -> list[Unseen]:
    """Neighbouring runs that are hidden in one way, as one."""
    joined: list[tuple[int, Unseen]] = []
    for number, each in found:
        if joined and joined[-1][1].why == each.why and number - joined[-1][0] <= 1:
            before, last = joined[-1]
            text = last.text + ("" if number == before else "\n") + each.text
            joined[-1] = (number, replace(last, text=text))
        else:
            joined.append((number, each))
    return [replace(each, text=each.text.strip()) for _, each in joined]


def _whole(said: str | None, otherwise: int) -> int:
    try:
        return int(float(said)) if said is not None else otherwise
    except (ValueError, OverflowError):
        return otherwise
