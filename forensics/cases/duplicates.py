"""Matches → pairs and clusters: what an engineer wants to know of an archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forensics.features.features import Exhibit
from forensics.findings.finding import Match

NEAR = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two applications that share text; ``kind`` is ``exact``, ``near`` or ``partial``.

    ``rarest`` is the smallest number of unrelated applicants who have one of the shared passages.
    """

    a: str
    b: str
    a_path: str
    b_path: str
    kind: str
    relation: str
    coverage_a: float
    coverage_b: float
    rarest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Applications joined by proved pairs, and how many different applicants they name.

    ``names`` go with ``paths``: who applied with each file, none where it names nobody.
    """

    id: str
    documents: tuple[str, ...]
    paths: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    applicants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """What deduplication found in a corpus.

    ``recall`` is the share of the 20 nearest sentences that were found where they were looked for by meaning, 1
    where every sentence was compared with all; ``None`` without vectors.
    """

    documents: int
    unreadable: int
    recall: float | None
    pairs: tuple[Pair, ...]
    clusters: tuple[Cluster, ...]


def pair(exhibit: Exhibit, path: str, match: Match) -> Pair:
    """The pair of an application of ``exhibit`` and a match of it."""
    alignment = match.alignment
    text_a, text_b = (" ".join(e.document.text.casefold().split()) for e in (exhibit, match.exhibit))
    if match.identical or text_a == text_b:
        kind = "exact"
    elif min(alignment.coverage_a, alignment.coverage_b) >= NEAR:
        kind = "near"
    else:
        kind = "partial"
    counted = [
        p.documents_with for p in alignment.passages if not p.background and p.documents_with is not None
    ]
    return Pair(
        a=exhibit.document.id,
        b=match.exhibit.document.id,
        a_path=path,
        b_path=match.path,
        kind=kind,
        relation=match.relation,
        coverage_a=alignment.coverage_a,
        coverage_b=alignment.coverage_b,
        rarest=min(counted, default=None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Senders:
    """Who applied with one file under one path: numbers of applicants, and the names to show."""

    applicants: frozenset[int]
    names: tuple[str, ...]


def clusters(pairs: Sequence[Pair], senders: Mapping[tuple[str, str], Senders]) -> tuple[Cluster, ...]:
    """The connected applications, largest cluster first; ``senders`` tells who stands behind (id, path)."""
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def root(node: tuple[str, str]) -> tuple[str, str]:
        while (above := parent.setdefault(node, node)) != node:
            parent[node] = parent[above]
            node = above
        return node

    for each in pairs:
        parent[root((each.b, each.b_path))] = root((each.a, each.a_path))
    members: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for node in sorted(parent, key=lambda node: (node[1], node[0])):
        members.setdefault(root(node), []).append(node)
    ordered = sorted(members.values(), key=lambda nodes: (-len(nodes), nodes[0][1]))
    return tuple(
        Cluster(
            id=f"c{at + 1}",
            documents=tuple(dict.fromkeys(id for id, _ in nodes)),
            paths=tuple(path for _, path in nodes),
            names=tuple(senders[node].names for node in nodes),
            applicants=len(frozenset().union(*(senders[node].applicants for node in nodes))),
        )
        for at, nodes in enumerate(ordered)
    )
