"""Properties of paragraphs and runs of a DOCX, those that say the same as one.

ECMA-376 part 1: 17.3.1.26 (``pPr``), 17.3.2.28 (``rPr``).
"""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KNOWN = 4_096
"""Ways to write properties that are remembered while one file is read; a person uses a few dozen."""

_REMEMBERED = 2**16  # paragraphs, and properties of runs, asked about: a book of a thousand pages has fewer
_MOST = 64  # properties, and elements in one of them, that are compared
_ASIDE = {f"{W}{name}" for name in ("rPr", "rPrChange", "pPrChange", "sectPr")}

_Spelled = tuple[object, ...]


def firsts(properties: Any) -> dict[str, Any]:
    """The first element of each tag in ``properties``, which may be ``None``."""
    found: dict[str, Any] = {}
    for child in properties if properties is not None else ():
        found.setdefault(child.tag, child)
    return found


def value(said: dict[str, Any], name: str) -> str | None:
    """The ``w:val`` of the property ``name`` among :func:`firsts`, ``None`` where there is none."""
    found = said.get(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


class Styles:
    """The styles of a file: ``named`` by their id, ``usual`` by their type, the first of each; ``defaults`` of all."""

    def __init__(self, root: Any) -> None:
        """``root`` is that of styles.xml or ``None``."""
        self.root = root
        self.named: dict[str, Any] = {}
        self.usual: dict[str, Any] = {}
        self.defaults = root.find(f"{W}docDefaults") if root is not None else None
        for style in root.iterchildren(f"{W}style") if root is not None else ():
            self.named.setdefault(style.get(f"{W}styleId", ""), style)
            if style.get(f"{W}default") in ("1", "true", "on"):
                self.usual.setdefault(style.get(f"{W}type", ""), style)


class Properties:
    """The ``w:pPr`` and ``w:rPr`` of a file: of those that say the same the first, so that what it means is found once.

    State: what was asked about before.
    """

    def __init__(self) -> None:
        self._of: dict[Any, Any] = {}
        self._same: dict[Any, Any] = {}
        self._first: dict[_Spelled, Any] = {}

    def of(self, paragraph: Any) -> Any:
        """The properties of a paragraph, as :meth:`same` has them; ``None`` where it has none."""
        if paragraph in self._of:
            return self._of[paragraph]
        found = self._find(next(paragraph.iterchildren(f"{W}pPr"), None))
        if len(self._of) < _REMEMBERED:
            self._of[paragraph] = found
        return found

    def same(self, properties: Any) -> Any:
        """The first element that says what ``properties`` (or ``None``) say; they themselves where that is not known."""
        if properties in self._same:
            return self._same[properties]
        found = self._find(properties)
        if len(self._same) < _REMEMBERED:
            self._same[properties] = found
        return found

    def _find(self, properties: Any) -> Any:
        said = _spelled(properties) if properties is not None else None
        if said is None:
            return properties
        found = self._first.get(said)
        if found is None:
            found = properties
            if len(self._first) < KNOWN:
                self._first[said] = found
        return found


def _spelled(properties: Any) -> _Spelled | None:
    """Tags and attributes in their order; ``None`` for more or deeper ones than are compared.

    What says how the mark of a paragraph looks, how things were before a change, and sections are left out.
    """
    if len(properties) > _MOST:
        return None
    said: list[tuple[object, ...]] = []
    for child in properties:
        if not len(child):
            said.append((child.tag, *child.items()))
        elif child.tag not in _ASIDE:
            if len(child) > _MOST or any(map(len, child)):
                return None
            said.append((child.tag, *child.items(), None, *[(each.tag, *each.items()) for each in child]))
    return (properties.tag, *said)
