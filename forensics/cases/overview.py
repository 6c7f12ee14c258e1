"""Many documents on one page: the pairs and clusters of dedup, and the first page of a folder of reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import commonprefix

from forensics.cases.case import Case
from forensics.cases.duplicates import Cluster, Duplicates, Pair
from forensics.cases.graph import Graph, graph
from forensics.cases.views import sentence, side_name
from forensics.documents.document import Unreadable
from forensics.features.features import Exhibit
from forensics.findings.finding import Alignment

PAIRS = 2_000
"""So many pairs are listed on the page; the rest are counted."""

CLUSTERS = 200
"""So many clusters are shown, the largest first; the rest are counted."""

MEMBERS = 300
"""So many applications of a cluster are listed; the rest are counted."""

BESIDE = 12
"""So many pairs of one application are named in its row; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One pair in the table; ``cluster`` is the id of the cluster both are in."""

    number: int
    pair: Pair
    a: str
    b: str
    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One application of a cluster under the number it has in the picture, and what it is paired with."""

    number: int
    path: str
    names: tuple[str, ...]
    beside: tuple[tuple[int, Pair], ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A cluster: its applications, how they hang together, and the picture of it."""

    id: str
    applicants: int
    applications: int
    pairs: int
    members: tuple[Member, ...]
    graph: Graph | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything the page of dedup shows; ``above`` is the folder that all paths are below."""

    documents: int
    unreadable: int
    total: int
    different: int
    above: str
    pairs: tuple[Listing, ...]
    groups: tuple[Group, ...]
    clusters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """One report of a folder: the file of its page, and what it came to.

    ``matches`` counts the documents that share text, or the passages of a comparison.
    """

    file: str
    title: str
    name: str
    who: str
    answer: str
    state: str
    findings: str
    matches: int


def overview(found: Duplicates) -> Overview:
    """The page of dedup, the largest clusters and the closest pairs first."""
    paths = [path for cluster in found.clusters for path in cluster.paths]
    above = _above(paths)
    home = {path: cluster.id for cluster in found.clusters for path in cluster.paths}
    by_cluster: dict[str, list[Pair]] = {}
    for pair in found.pairs:
        by_cluster.setdefault(home.get(pair.a_path, ""), []).append(pair)
    return Overview(
        documents=found.documents,
        unreadable=found.unreadable,
        total=len(found.pairs),
        different=sum(pair.relation == "different" for pair in found.pairs),
        above=above,
        pairs=tuple(
            Listing(
                number=number,
                pair=pair,
                a=pair.a_path.removeprefix(above),
                b=pair.b_path.removeprefix(above),
                cluster=home.get(pair.a_path, ""),
            )
            for number, pair in enumerate(found.pairs[:PAIRS], start=1)
        ),
        groups=tuple(
            _group(cluster, by_cluster.get(cluster.id, []), above) for cluster in found.clusters[:CLUSTERS]
        ),
        clusters=len(found.clusters),
    )


def _group(cluster: Cluster, pairs: Sequence[Pair], above: str) -> Group:
    numbers = {path: number for number, path in enumerate(cluster.paths, start=1)}
    inside = [(numbers[p.a_path], numbers[p.b_path], p) for p in pairs if p.b_path in numbers]
    beside: dict[int, list[tuple[int, Pair]]] = {}
    for a, b, pair in inside:
        beside.setdefault(a, []).append((b, pair))
        beside.setdefault(b, []).append((a, pair))
    listed = list(zip(cluster.paths, cluster.names, strict=True))
    members = tuple(
        Member(
            number=number,
            path=path.removeprefix(above),
            names=names,
            beside=tuple(beside.get(number, ())[:BESIDE]),
            more=max(0, len(beside.get(number, ())) - BESIDE),
        )
        for number, (path, names) in enumerate(listed[:MEMBERS], start=1)
    )
    labels = [", ".join(names) or path.removeprefix(above) for path, names in listed]
    return Group(
        id=cluster.id,
        applicants=cluster.applicants,
        applications=len(listed),
        pairs=len(inside),
        members=members,
        graph=graph(labels, inside),
    )


def _above(paths: Sequence[str]) -> str:
    """The folder that all of them are in, with its last ``/``; empty if there is none."""
    common = commonprefix([path[: path.rfind("/") + 1] for path in paths])
    return common[: common.rfind("/") + 1]


def indexed(file: str, case: Case | Unreadable) -> Indexed:
    """The row of one report."""
    if isinstance(case, Unreadable):
        why = " ".join(problem.message for problem in case.problems)
        return Indexed(
            file=file,
            title=case.path,
            name=side_name(case.path, None),
            who="",
            answer=why,
            state="unreadable",
            findings="",
            matches=0,
        )
    heavy = Counter(f"{each.signal} ({each.weight})" for each in case.findings if each.weight != "C")
    return Indexed(
        file=file,
        title=case.exhibit.document.path,
        name=side_name(case.exhibit.document.path, None),
        who=case.claim.name or "names nobody",
        answer=sentence(case),
        state="case" if case.open else "no case",
        findings=", ".join(f"{many} × {each}" if many > 1 else each for each, many in heavy.items()),
        matches=len(case.matches),
    )


def indexed_pair(
    file: str, a: Exhibit | Unreadable, b: Exhibit | Unreadable, alignment: Alignment | None
) -> Indexed:
    """The row of one comparison."""
    title = f"{_path(a)} ↔ {_path(b)}"
    name = f"{side_name(_path(a), None)} ↔ {side_name(_path(b), None)}"
    if alignment is None:
        bad = [each for each in (a, b) if isinstance(each, Unreadable)]
        why = " ".join(problem.message for each in bad for problem in each.problems)
        return Indexed(
            file=file, title=title, name=name, who="", answer=why, state="unreadable", findings="", matches=0
        )
    shared = f"{alignment.coverage_a:.0%} of the first, {alignment.coverage_b:.0%} of the second"
    return Indexed(
        file=file,
        title=title,
        name=name,
        who="",
        answer=shared if alignment.passages else "They share no text that proves anything.",
        state="shared text" if alignment.passages else "nothing shared",
        findings="",
        matches=len(alignment.passages),
    )


def _path(read: Exhibit | Unreadable) -> str:
    return read.path if isinstance(read, Unreadable) else read.document.path
