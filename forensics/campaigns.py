"""Corpus → campaigns: what checks found of stored documents, brought up to date, and shown as who hangs together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from forensics.cases.campaign import Campaigns, Core, Member, Shown, Thing, campaign
from forensics.cases.campaigns import Group, Hub, group, named
from forensics.dedup import Looked, look, looking
from forensics.errors import UsageError
from forensics.index.corpus import Corpus
from forensics.index.edges import Edge
from forensics.index.population import Population
from forensics.ingest import Run

CORE = 0.5
"""The share of a campaign's documents that have a passage, above which it is part of the core …"""

CORE_PRINTS = (4, 0.6)
"""… having it means this share of its fingerprints, of which there must be so many."""

_DIGITS = 6


def refresh(
    corpus: Corpus,
    *,
    run: Run,
    workers: int,
    counted: Callable[[Iterator[Looked]], Iterator[Looked]] = iter,
    all: bool = True,
) -> int:
    """Check stored documents again by the code of ``check``, and keep what links them; how many were checked.

    With ``all``, every document: what has become common since no longer counts then. Without, those that
    came since; an edge to an older document is found from the newer one.
    """
    people = corpus.population()
    seen = corpus.edges.seen()
    docs = [doc for doc in sorted(people.rows) if all or doc not in seen]
    with looking(corpus, docs, run=run, workers=workers) as found:
        done = [each.observed for each in counted(found) if each.observed is not None]
    with corpus.writing():
        return sum(corpus.edges.put(each.seen, each.edges) for each in done)


def link(corpus: Corpus, id: str) -> bool:
    """Check one stored document and keep what links it to others; false if it is not stored."""
    doc = corpus.number(id)
    found = None if doc is None else look(corpus, doc).observed
    if found is None:
        return False
    with corpus.writing():
        return corpus.edges.put(found.seen, found.edges)


def campaigns(corpus: Corpus) -> Campaigns:
    """All campaigns as of the last checks: two applicants or more in each, the largest first."""
    people = corpus.population()
    edges = [edge for edge in corpus.edges.all() if {edge.doc, edge.other} <= people.rows.keys()]
    grouped = group(edges, common=corpus.common(), kin=people.group)
    seen = corpus.edges.seen()
    came = corpus.edges.came()
    found = [campaign(each, _members(each, people, came)) for each in grouped.groups]
    first: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        first.setdefault((edge.signal, edge.mark), edge)
    return Campaigns(
        documents=len(people.rows.keys() - people.background),
        looked=sum(doc in seen for doc in people.rows.keys() - people.background),
        campaigns=tuple(each for each in found if each.applicants > 1),
        hubs=tuple(_thing(hub, first[hub.signal, hub.mark], corpus, people) for hub in grouped.hubs),
    )


def show(corpus: Corpus, wanted: str) -> Shown:
    """One campaign with everything that is known of it.

    ``wanted`` is its id, now or before it was joined to an older one, or the id of a document in it. Raises
    :class:`~forensics.errors.UsageError` if it means none or several.
    """
    found = campaigns(corpus)
    people = corpus.population()
    ids = {doc: row.id for doc, row in people.rows.items()}
    groups = [each.group for each in found.campaigns]
    digits = wanted.lower().removeprefix("c-").removeprefix("sha256:")
    if len(digits) < _DIGITS or not set(digits) <= set("0123456789abcdef"):
        raise UsageError(f"{wanted!r} is no id of a campaign: `forensics campaigns` lists them.")
    meant = named(groups, ids, wanted)
    if len(meant) != 1:
        what = "no campaign has" if not meant else f"{len(meant)} campaigns have"
        raise UsageError(f"{what} a document {wanted!r}: `forensics campaigns` lists all of them.")
    (chosen,) = (each for each in found.campaigns if each.group is meant[0])
    spots = {(e.doc, e.other, e.signal, e.mark): e for e in corpus.edges.among(chosen.group.docs)}
    return Shown(
        campaign=chosen,
        core=_core(corpus, chosen.group),
        evidence={
            (link.a, link.b): tuple(
                spots.get((tie.doc, tie.other, tie.signal, tie.mark), tie) for tie in link.ties
            )
            for link in chosen.group.links
        },
        texts={doc: _text(corpus, doc) for doc in chosen.group.docs},
    )


def _text(corpus: Corpus, doc: int) -> str:
    exhibit = corpus.exhibit(doc)
    return "" if exhibit is None else exhibit.document.text


def _members(group: Group, people: Population, came: Mapping[int, str]) -> list[Member]:
    found = []
    for doc in group.docs:
        row = people.rows[doc]
        for each in people.applications[doc]:
            if each.role == "background":
                continue
            when = each.applied_at or came[doc]
            found.append(
                Member(
                    doc=doc, id=row.id, path=each.path, name=each.applicant or row.name, role=each.role,
                    job=each.job, when=when, applied=each.applied_at is not None, pivot=doc in group.pivots,
                )
            )  # fmt: skip
    return found


def _thing(hub: Hub, edge: Edge, corpus: Corpus, people: Population) -> Thing:
    names = dict.fromkeys(name for doc in hub.docs for name in people.names(doc))
    spots = (
        spot
        for each in corpus.edges.among([edge.doc, edge.other])
        if (each.doc, each.other, each.signal, each.mark) == (edge.doc, edge.other, edge.signal, edge.mark)
        for spot in each.spots
        if spot.own
    )
    spot = next(spots, None)
    text = "" if spot is None else spot.text or ""
    if spot is not None and spot.start is not None:
        text = _text(corpus, edge.doc)[spot.start : spot.end]
    return Thing(
        signal=hub.signal,
        what=text,
        groups=hub.groups,
        ids=tuple(people.rows[doc].id for doc in hub.docs),
        names=tuple(names),
    )


def _core(corpus: Corpus, group: Group) -> Core:
    """The passages that most of a campaign's documents have, in the words of the one that is linked most."""
    degree = dict.fromkeys(group.docs, 0)
    for each in group.links:
        degree[each.a] += each.a != each.b
        degree[each.b] += each.a != each.b
    centre = max(group.docs, key=lambda doc: (degree[doc], -doc))
    exhibit = corpus.exhibit(centre)
    if exhibit is None:
        return Core(doc=centre, passages=())
    lookup = corpus.look_up(exhibit, frozenset())
    tokens, inside = exhibit.features.tokens, set(group.docs)
    held: dict[int, list[set[int]]] = {}
    for place, holders, known in zip(lookup.places.tolist(), lookup.holders, lookup.known, strict=True):
        if not known:
            held.setdefault(tokens.passages[place], []).append(inside.intersection(holders))
    found = []
    for at, prints in sorted(held.items()):
        if len(prints) < CORE_PRINTS[0]:
            continue
        counts: dict[int, int] = {}
        for docs in prints:
            for doc in docs:
                counts[doc] = counts.get(doc, 0) + 1
        have = sum(count >= CORE_PRINTS[1] * len(prints) for count in counts.values())
        if len(group.docs) > 1 and have > CORE * len(group.docs) and have > 1:
            passage = exhibit.document.passages[at]
            found.append((passage.start, passage.end, have))
    return Core(doc=centre, passages=tuple(found))
