"""Edges → campaigns: who hangs together with whom, by what, and which things are too widely shared to say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from forensics.index.edges import Edge

PREFIX = "c-"
DIGITS = 12
"""The id of a campaign is :data:`PREFIX` and so many hex digits of its first document's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two documents and all that ties them, ``a`` the one that came first; numbers of documents.

    ``proved`` if an edge of weight A ties them. A ``bridge`` is a link without which the campaign would be
    two, each of two documents or more.
    """

    a: int
    b: int
    ties: tuple[Edge, ...]
    proved: bool
    bridge: bool = False

    @property
    def signals(self) -> tuple[str, ...]:
        """The signals that tie them, the proved ones first."""
        return tuple(dict.fromkeys(t.signal for t in sorted(self.ties, key=lambda t: (t.weight, t.signal))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """A thing that too many unconnected documents have: an agency's telephone, a public template.

    It joins nobody. ``groups`` counts those who have it, documents whose texts are proved to belong together
    as one.
    """

    signal: str
    mark: str
    docs: tuple[int, ...]
    groups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Documents that hang together, in the order they came.

    ``pivots`` are those without which it would fall into three parts or more.
    """

    docs: tuple[int, ...]
    links: tuple[Link, ...]
    pivots: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """All groups, the largest first, and the hubs that were left out."""

    groups: tuple[Group, ...]
    hubs: tuple[Hub, ...]


class Forest:
    """Union-find over numbers (Tarjan and van Leeuwen, JACM 1984: path halving).

    The root of a tree is its smallest number, so that what joins later changes no name.
    """

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def root(self, node: int) -> int:
        """The smallest number that hangs together with ``node``."""
        above = self._above
        while (parent := above.setdefault(node, node)) != node:
            above[node] = above[parent]
            node = above[node]
        return node

    def join(self, a: int, b: int) -> None:
        """Both hang together from now on."""
        a, b = self.root(a), self.root(b)
        if a != b:
            self._above[max(a, b)] = min(a, b)


def group(edges: Iterable[Edge], *, common: int, kin: Mapping[int, int] | None = None) -> Grouped:
    """The groups that edges make. ``common`` is as in :meth:`forensics.index.corpus.Corpus.common`.

    1. A thing (an edge's ``mark``) that more than ``common`` + 1 groups have is a hub; its edges are set aside.
       Documents whose texts are proved to belong together count as one, and so do those of one person: ``kin``
       gives each document's number of :attr:`forensics.index.population.Population.group`.
    2. Two documents are linked by an edge of weight A, or by edges of two families, A or B.
    3. Links make groups. Time and memory grow with the number of edges.
    """
    known = list(edges)
    hubs = _hubs(known, common, kin or {})
    aside = {(hub.signal, hub.mark) for hub in hubs}
    pairs: dict[tuple[int, int], list[Edge]] = {}
    for each in known:
        if each.weight in ("A", "B") and (each.signal, each.mark) not in aside:
            pairs.setdefault((min(each.doc, each.other), max(each.doc, each.other)), []).append(each)
    links = [link for (a, b), ties in sorted(pairs.items()) if (link := _link(a, b, ties)) is not None]
    forest = Forest()
    for link in links:
        forest.join(link.a, link.b)
    inside: dict[int, list[Link]] = {}
    for link in links:
        inside.setdefault(forest.root(link.a), []).append(link)
    groups = [_group(each) for each in inside.values()]
    return Grouped(
        groups=tuple(sorted(groups, key=lambda g: (-len(g.docs), g.docs))),
        hubs=tuple(sorted(hubs, key=lambda h: (-h.groups, h.signal, h.mark))),
    )


def _hubs(edges: Sequence[Edge], common: int, kin: Mapping[int, int]) -> list[Hub]:
    texts = Forest()
    first: dict[int, int] = {}
    for doc, person in kin.items():
        texts.join(first.setdefault(person, doc), doc)
    holders: dict[tuple[str, str], set[int]] = {}
    for each in edges:
        if each.mark:
            holders.setdefault((each.signal, each.mark), set()).update((each.doc, each.other))
        elif each.weight == "A":
            texts.join(each.doc, each.other)
    found = []
    for (signal, mark), docs in holders.items():
        groups = len({texts.root(doc) for doc in docs})
        if groups > common + 1:
            found.append(Hub(signal=signal, mark=mark, docs=tuple(sorted(docs)), groups=groups))
    return found


def _link(a: int, b: int, ties: Sequence[Edge]) -> Link | None:
    proved = any(each.weight == "A" for each in ties)
    if not proved and len({each.family for each in ties}) < 2:
        return None
    kept: dict[tuple[str, str], Edge] = {}
    for each in sorted(ties, key=lambda e: (e.weight, e.signal, e.mark, e.doc)):
        kept.setdefault((each.signal, each.mark), each)
    return Link(a=a, b=b, ties=tuple(kept.values()), proved=proved)


def _group(links: Sequence[Link]) -> Group:
    docs = tuple(sorted({doc for link in links for doc in (link.a, link.b)}))
    bridges, pivots = weak_points(docs, [(link.a, link.b) for link in links])
    marked = tuple(replace(link, bridge=(link.a, link.b) in bridges) for link in links)
    return Group(docs=docs, links=marked, pivots=pivots)


def weak_points(
    docs: Sequence[int], pairs: Sequence[tuple[int, int]]
) -> tuple[frozenset[tuple[int, int]], frozenset[int]]:
    """The bridges of a connected graph, and its pivots.

    A bridge has two nodes or more on either side; without a pivot the graph falls into three parts or more.
    One walk in depth with the lowest number that can be reached (Hopcroft and Tarjan 1973), without recursion.
    """
    beside: dict[int, list[int]] = {doc: [] for doc in docs}
    for a, b in pairs:
        if a != b:
            beside[a].append(b)
            beside[b].append(a)
    first = docs[0]
    order, low, size = {first: 0}, {first: 0}, dict.fromkeys(docs, 1)
    above: dict[int, int | None] = {first: None}
    parts = dict.fromkeys(docs, 0)
    bridges: set[tuple[int, int]] = set()
    walk = [(first, iter(beside[first]))]
    while walk:
        node, others = walk[-1]
        other = next(others, None)
        if other is None:
            walk.pop()
            parent = above[node]
            if parent is not None:
                low[parent] = min(low[parent], low[node])
                size[parent] += size[node]
                parts[parent] += low[node] >= order[parent]
                if low[node] > order[parent] and 2 <= size[node] <= len(docs) - 2:
                    bridges.add((min(parent, node), max(parent, node)))
        elif other not in order:
            order[other] = low[other] = len(order)
            above[other] = node
            walk.append((other, iter(beside[other])))
        elif other != above[node]:
            low[node] = min(low[node], order[other])
    pivots = {doc for doc in docs if parts[doc] + (doc != first) >= 3 and parts[doc]}
    return frozenset(bridges), frozenset(pivots)


def campaign_id(id: str) -> str:
    """The id of the campaign whose first document has this id.

    It is stable: documents that join later have higher numbers, and where two campaigns become one, the
    older name stays. The younger one still leads there (:func:`named`), for its document is a member.
    """
    return PREFIX + id.removeprefix("sha256:")[:DIGITS]


def named(groups: Sequence[Group], ids: Mapping[int, str], wanted: str) -> list[Group]:
    """The groups that ``wanted`` may mean.

    It is the id of a campaign, now or before it was joined to an older one, or that of a document in it, or
    the beginning of either.
    """
    digits = wanted.lower().removeprefix(PREFIX).removeprefix("sha256:")
    return [g for g in groups if any(ids[doc].removeprefix("sha256:").startswith(digits) for doc in g.docs)]
