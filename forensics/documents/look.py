"""The noun of layout: how a document looks, apart from its words. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """One font in one size and colour (RRGGBB).

    ``marks`` are some of ``b`` (bold), ``i`` (italic) and ``c`` (capitals only). ``letters`` and ``lines`` count what is
    set in it, ``lines`` the stretches of a line that begin with it; ``side`` is where most of these stand: ``l``,
    ``c`` (centred) or ``r``. ``size`` is in points.
    """

    font: str
    size: float
    colour: str
    marks: str
    letters: int
    lines: int
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the first pages of a document look like: no letter of its text is in here.

    ``width`` and ``height`` are the first page's, ``margins`` (left, right) those of its text, in points.
    ``letters`` and ``lines`` count all that was seen, also what the lists below leave out because it is rarer than
    what they hold. ``starts`` are ``(x, stretches of lines that begin there)`` in points from the left edge,
    ``ends`` the same from the right edge. ``shapes`` are ``(kind, a, b, count)``: a ``rule`` or ``box`` from ``a``
    points off the left edge to ``b`` off the right one, a ``bar`` (upright rule) at ``a`` and ``b``, a ``dot`` of
    ``a`` by ``b``. Of a DOCX lines and pages are estimates, and what only a layout engine knows is not in here.
    """

    width: float
    height: float
    margins: tuple[float, float]
    letters: int
    lines: int
    lettering: tuple[Lettering, ...]
    starts: tuple[tuple[float, int], ...]
    ends: tuple[tuple[float, int], ...]
    shapes: tuple[tuple[str, float, float, int], ...]
