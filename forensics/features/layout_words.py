"""Marks of a layout → plain words for a person, each thing said once."""

from __future__ import annotations

from collections.abc import Iterable

BIN = 3.0  # points
"""The width of a place, as :mod:`forensics.features.layout` counts places."""

_DATES = {
    "Mon Y": "Mar 2021", "Mon. Y": "Mar. 2021", "Mon, Y": "March, 2021", "Month Y": "March 2021", "m/Y": "03/2021",
    "m.Y": "03.2021", "Y-m": "2021-03", "Mon 'y": "Mar '21",
}  # fmt: skip
_FORMS = {"upper": "in capitals", "title": "with capital initials", "other": "in sentence case"}
_PLACES = {
    "x": "lines that begin {0} pt from the left edge", "in": "an indent of {0} pt",
    "end": "lines that end {0} pt before the right edge", "left": "a left margin of {0} pt",
    "right": "a right margin of {0} pt", "bar": "upright rules {0} pt from the left edge",
}  # fmt: skip
_SIDES = {"l": "at the left", "c": "centred", "r": "at the right"}

Topic = tuple[str, ...]


def in_plain(marks: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What the marks say, in their order: a font and size, a place, a habit is said by its first mark only.

    Marks that nobody would name (black text, a place beside one that was said) are passed over.
    """
    said: set[Topic] = set()
    found: list[str] = []
    for family, mark in marks:
        kind, *rest = mark.split(" ")
        topics, words = _said(family, kind, rest)
        if words and said.isdisjoint(topics):
            found.append(words)
            said.update(topics)
            said.update(_beside(kind, rest))
    return tuple(dict.fromkeys(found))


def _said(family: str, kind: str, rest: list[str]) -> tuple[list[Topic], str]:
    """What a mark is about, and the words for it; no words for what need not be said."""
    if kind in _PLACES and rest:
        return [(kind, rest[0])], _PLACES[kind].format(f"{int(rest[0]) * BIN:g}")
    if family in ("font", "lettering"):
        return _letters(kind, rest)
    if family == "habit":
        return _habit(kind, rest)
    if family == "page":
        return _page(kind, rest)
    plain = {"rule": "rules", "box": "boxes", "dot": "small drawn marks", "tab": "tabs"}
    if kind == "column":
        return [(kind, rest[0])], "" if rest[0] == "0" else f"an indent of {rest[0]} characters"
    if kind == "rule" and family == "place":
        return [("rules",)], f"rules made of {rest[0]}"
    return [("rules",) if kind == "rule" else ("shape", kind)], plain.get(kind, "")


def _letters(kind: str, rest: list[str]) -> tuple[list[Topic], str]:
    if kind == "f":
        font, size, colour, marks = (*rest, "", "", "")[:4]
        return [("size", size)], _styled(f"{size} pt {_font(font, 'letters')}", marks, colour)
    if kind == "l":
        return [("size", rest[1])], f"{rest[1]} pt {_font(rest[0], 'letters')}"
    if kind == "n":
        return [("font", rest[0])], _font(rest[0], "an unnamed font")
    if kind == "s":
        size, marks, colour = rest
        return [("size", size)], _styled(f"{size} pt letters", marks, colour)
    if kind == "name":
        *_, side = rest
        return [("name",)], f"a name set {_SIDES.get(side, 'alike')}"
    if kind == "r":
        ratio, marks, side = rest
        size = "of the text's size" if ratio == "1.00" else f"{float(ratio):g} times the text's size"
        where = "" if side == "l" else f", {_SIDES.get(side, '')}"
        return [("ratio", ratio)], "" if ratio == "1.00" and not marks else _styled(
            f"letters {size}", marks
        ) + where
    colour, marks = rest
    return [("colour", colour)], "" if colour == "000" else _styled("letters", marks, colour)


def _styled(words: str, marks: str, colour: str = "000") -> str:
    styles = [word for mark, word in (("b", "bold"), ("i", "italic"), ("c", "capital")) if mark in marks]
    return " ".join([*styles, words]) + ("" if colour in ("000", "") else f" in {_colour(colour)}")


def _font(name: str, without: str) -> str:
    return without if name == "?" else name.title()


def _colour(levels: str) -> str:
    return "#" + "".join(f"{int(level) * 51:02X}" for level in levels)


def _page(kind: str, rest: list[str]) -> tuple[list[Topic], str]:
    if kind == "box":
        return [(kind,)], f"{rest[0]} paper" if len(rest) == 1 else f"paper of {rest[0]} × {rest[1]} pt"
    if kind == "body":
        return [("size", rest[0])], f"text of {rest[0]} pt"
    if kind == "palette":
        return [("colour", rest[0])], "" if rest[0] == "000" else f"the colour {_colour(rest[0])}"
    if kind == "columns":
        return [(kind,)], "two columns" if rest[0] == "True" else ""
    return [(kind,)], kind


def _habit(kind: str, rest: list[str]) -> tuple[list[Topic], str]:
    if kind == "heading":
        return [(kind, *rest)], f"the heading “{' '.join(rest[1:]) or rest[0]}”"
    if kind == "form":
        form, ending = (*rest, "")[:2]
        return [(kind,)], f"headings {_FORMS.get(form, form)}" + (
            f" that end in “{ending}”" if ending else ""
        )
    if kind == "order":
        return [(kind,)], f"the order of sections ({rest[0]} before {rest[1]})"
    if kind == "bullet":
        return [(kind,)], "" if rest[0] == "none" else f"the bullet {rest[0]}"
    if kind == "date":
        return [(kind,)], f"dates like {_DATES.get(' '.join(rest), ' '.join(rest))}"
    joined = " ".join(rest).replace("_", " ")
    return [(kind,)], f"ranges of dates joined by “{joined}”"


def _beside(kind: str, rest: list[str]) -> set[Topic]:
    """What else is said by a mark: the neighbouring places, and the font of lettering."""
    if kind in _PLACES and rest:
        at = int(rest[0])
        return {(kind, str(at - 1)), (kind, str(at + 1))}
    return {("font", rest[0])} if kind in ("f", "l") else set()
