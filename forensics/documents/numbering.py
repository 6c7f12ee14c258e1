"""Which paragraphs of a DOCX are list items with a bullet, and which are headings."""

from __future__ import annotations

from typing import Any

from forensics.documents.docx_looks import CHAIN
from forensics.documents.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Numbering:
    """What numbering.xml and styles.xml say about paragraphs."""

    def __init__(self, package: Package) -> None:
        self._formats = _formats(package.xml("word/numbering.xml"))
        self.cut = False  # whether styles are based on each other more than CHAIN deep, or in a circle
        self._known: dict[str, tuple[str | None, tuple[str, str] | None, bool]] = {}
        root = package.xml("word/styles.xml")
        styles = root.findall(f"{W}style") if root is not None else ()
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}

    def of(self, paragraph: Any) -> tuple[str, bool]:
        """``("•" or "", whether the paragraph is a heading)``."""
        properties = paragraph.find(f"{W}pPr")
        number, heading = _number(properties), _outlined(properties)
        style = properties.find(f"{W}pStyle") if properties is not None else None
        name = style.get(f"{W}val") if style is not None else None
        for _ in range(CHAIN):
            if name is None or name not in self._styles:
                break
            name, inherited, is_heading = self._style(name)
            number = number or inherited
            heading = heading or is_heading
        else:
            self.cut = self.cut or name in self._styles
        return ("•" if number and self._formats.get(number) == "bullet" else ""), heading

    def _style(self, name: str) -> tuple[str | None, tuple[str, str] | None, bool]:
        """What a style is based on, its list id and level, and whether it is one of headings; looked up once."""
        if name not in self._known:
            style = self._styles[name]
            based, called, properties = (style.find(f"{W}{each}") for each in ("basedOn", "name", "pPr"))
            label = called.get(f"{W}val", "").lower() if called is not None else ""
            self._known[name] = (
                based.get(f"{W}val") if based is not None else None,
                _number(properties),
                label.startswith(("heading", "title")) or _outlined(properties),
            )
        return self._known[name]


def _number(properties: Any) -> tuple[str, str] | None:
    """List id and level of a paragraph, ``None`` where it says nothing."""
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return None
    level, list_id = found.find(f"{W}ilvl"), found.find(f"{W}numId")
    return (
        list_id.get(f"{W}val", "") if list_id is not None else "",
        level.get(f"{W}val", "0") if level is not None else "0",
    )


def _outlined(properties: Any) -> bool:
    level = properties.find(f"{W}outlineLvl") if properties is not None else None
    return level is not None and level.get(f"{W}val", "9") in set("012345678")


def _formats(root: Any) -> dict[tuple[str, str], str]:
    """``bullet``, ``decimal`` … of each list id and level."""
    if root is None:
        return {}
    abstract: dict[str, dict[str, str]] = {}
    for item in root.iter(f"{W}abstractNum"):
        levels = abstract.setdefault(item.get(f"{W}abstractNumId", ""), {})
        for level in item.iter(f"{W}lvl"):
            form = level.find(f"{W}numFmt")
            levels[level.get(f"{W}ilvl", "0")] = form.get(f"{W}val", "") if form is not None else ""
    formats: dict[tuple[str, str], str] = {}
    for item in root.iter(f"{W}num"):
        reference = item.find(f"{W}abstractNumId")
        levels = abstract.get(reference.get(f"{W}val", "") if reference is not None else "", {})
        for level, form in levels.items():
            formats[item.get(f"{W}numId", ""), level] = form
    return formats
