"""A cluster as a picture: applications on a circle, a line for each pair, made without a layout engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from forensics.cases.duplicates import Pair

MOST_NODES = 40
"""A larger cluster is not drawn: nobody could read it. Its table says the same."""

_LABEL = 30
_NODE = 11.0
_MARGIN = 210.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A circle with a number, and its label beside it; ``anchor`` as in SVG."""

    number: int
    x: float
    y: float
    label: str
    label_x: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line from one circle to another; its look goes by the kind of the pair."""

    x1: float
    y1: float
    x2: float
    y2: float
    pair: Pair
    a: int
    b: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Everything in units of the view box, from its top left."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(labels: Sequence[str], pairs: Sequence[tuple[int, int, Pair]]) -> Graph | None:
    """The picture of applications (numbered from 1, by ``labels``) and the pairs of them; ``None`` if too many."""
    if not 2 <= len(labels) <= MOST_NODES:
        return None
    radius = max(46.0, len(labels) * 26 / (2 * pi))
    width, height = 2 * (radius + _MARGIN), 2 * ((radius if len(labels) > 2 else 0) + _NODE + 8)
    nodes = tuple(
        _node(number, len(labels), radius, width, height, label)
        for number, label in enumerate(labels, start=1)
    )
    edges = tuple(
        Edge(
            x1=nodes[a - 1].x, y1=nodes[a - 1].y, x2=nodes[b - 1].x, y2=nodes[b - 1].y, pair=pair, a=a, b=b
        )
        for a, b, pair in pairs
        if a != b
    )  # fmt: skip
    return Graph(width=width, height=height, nodes=nodes, edges=edges)


def _node(number: int, of: int, radius: float, width: float, height: float, label: str) -> Node:
    """The circles begin at the left and go round clockwise."""
    angle = pi + 2 * pi * (number - 1) / of
    x, y = width / 2 + radius * cos(angle), height / 2 + radius * sin(angle)
    right = x > width / 2 + 1e-6
    return Node(
        number=number,
        x=x,
        y=y,
        label=label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…",
        label_x=x + (_NODE + 6 if right else -_NODE - 6),
        anchor="start" if right else "end",
    )
