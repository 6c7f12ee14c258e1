"""Which paragraphs of a DOCX are list items with a bullet, and which are headings."""

from __future__ import annotations

from typing import Any

from forensics.documents.docx_looks import CHAIN
from forensics.documents.docx_properties import KNOWN, Styles, W, firsts, value
from forensics.documents.package import Package


class Levels:
    """The levels of the lists of a file, looked up when they are asked for: a template brings hundreds."""

    def __init__(self, root: Any) -> None:
        """``root`` is that of numbering.xml or ``None``."""
        self._abstract: dict[str, list[Any]] = {}
        self._made: dict[str, dict[str, Any]] = {}  # the levels of those that were asked about
        self._lists: dict[str, dict[str, None]] = {}  # what a list is made of, the last named last
        if root is None:
            return
        for each in root.iter(f"{W}abstractNum"):
            self._abstract.setdefault(each.get(f"{W}abstractNumId", ""), []).append(each)
        for each in root.iter(f"{W}num"):
            made_of = each.find(f"{W}abstractNumId")
            name = made_of.get(f"{W}val", "") if made_of is not None else ""
            names = self._lists.setdefault(each.get(f"{W}numId", ""), {})
            names.pop(name, None)
            names[name] = None

    def of(self, number: tuple[str, str]) -> Any:
        """The ``w:lvl`` of a list id and level, the last where a file has several; ``None`` where it has none."""
        list_id, wanted = number
        for name in reversed(self._lists.get(list_id, {})):
            if name not in self._made:
                levels = (level for each in self._abstract.get(name, ()) for level in each.iter(f"{W}lvl"))
                self._made[name] = {level.get(f"{W}ilvl", "0"): level for level in levels}
            if wanted in self._made[name]:
                return self._made[name][wanted]
        return None


class Numbering:
    """What numbering.xml and styles.xml say about paragraphs."""

    def __init__(self, package: Package) -> None:
        self._levels = Levels(package.xml("word/numbering.xml"))
        self.cut = False  # whether styles are based on each other more than CHAIN deep, or in a circle
        self._found: dict[Any, tuple[str, bool]] = {}  # by the properties of a paragraph
        self._known: dict[str, tuple[str | None, tuple[str, str] | None, bool]] = {}
        self.styles = Styles(package.xml("word/styles.xml"))
        self._styles = self.styles.named

    def of(self, properties: Any) -> tuple[str, bool]:
        """``("•" or "", whether it is a heading)`` of a paragraph with these properties (or ``None``)."""
        if properties not in self._found:
            if len(self._found) >= KNOWN:
                self._found.clear()
            self._found[properties] = self._of(properties)
        return self._found[properties]

    def _of(self, properties: Any) -> tuple[str, bool]:
        said = firsts(properties)
        number, heading, name = _number(said), _outlined(said), value(said, "pStyle")
        for _ in range(CHAIN):
            if name is None or name not in self._styles:
                break
            name, inherited, is_heading = self._style(name)
            number = number or inherited
            heading = heading or is_heading
        else:
            self.cut = self.cut or name in self._styles
        return ("•" if number and self._is_bullet(number) else ""), heading

    def _is_bullet(self, number: tuple[str, str]) -> bool:
        level = self._levels.of(number)
        form = level.find(f"{W}numFmt") if level is not None else None
        return form is not None and form.get(f"{W}val") == "bullet"

    def _style(self, name: str) -> tuple[str | None, tuple[str, str] | None, bool]:
        """What a style is based on, its list id and level, and whether it is one of headings; looked up once."""
        if name not in self._known:
            style = firsts(self._styles[name])
            said = firsts(style.get(f"{W}pPr"))
            heading = (value(style, "name") or "").lower().startswith(("heading", "title"))
            self._known[name] = value(style, "basedOn"), _number(said), heading or _outlined(said)
        return self._known[name]


def _number(said: dict[str, Any]) -> tuple[str, str] | None:
    """List id and level of a paragraph, ``None`` where it says nothing."""
    found = said.get(f"{W}numPr")
    if found is None:
        return None
    level, list_id = found.find(f"{W}ilvl"), found.find(f"{W}numId")
    return (
        list_id.get(f"{W}val", "") if list_id is not None else "",
        level.get(f"{W}val", "0") if level is not None else "0",
    )


def _outlined(said: dict[str, Any]) -> bool:
    level = said.get(f"{W}outlineLvl")
    return level is not None and level.get(f"{W}val", "9") in set("012345678")
