"""Campaigns as JSON, which the terminal, the report and the pages show as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forensics.cases.campaign import Campaign, Campaigns, Shown
from forensics.cases.graph import Graph, graph
from forensics.index.edges import Edge, Spot

Json = dict[str, Any]

COLUMNS = ("id", "applicants", "documents", "first", "last", "undated", "jobs", "signals")
"""Of a campaign in CSV."""

LINKS = ("campaign", "a", "b", "applicant_a", "applicant_b", "proved", "bridge", "signal", "family", "weight")
"""Of a tie of one campaign in CSV; ``a`` and ``b`` are ids of documents."""


def listed(found: Campaigns, shown: Shown | None = None) -> Json:
    """What ``campaigns --json`` prints; ``shown`` is the one that was asked for."""
    return {
        "documents": found.documents,
        "checked": found.looked,
        "total": len(found.campaigns),
        "campaigns": [summary(each) for each in found.campaigns],
        "hubs": [
            {
                "signal": each.signal,
                "what": each.what,
                "groups": each.groups,
                "documents": list(each.ids),
                "applicants": list(each.names),
            }
            for each in found.hubs
        ],
        "campaign": None if shown is None else detail(shown),
    }


def summary(found: Campaign) -> Json:
    """One campaign in a list."""
    return {
        "id": found.id,
        "applicants": found.applicants,
        "documents": len(found.group.docs),
        "first": found.first,
        "last": found.last,
        "undated": found.undated,
        "jobs": list(found.jobs),
        "signals": [{"signal": signal, "links": count} for signal, count in found.signals],
    }


def detail(shown: Shown) -> Json:
    """One campaign with members, common core, and links with their evidence."""
    found = shown.campaign
    ids = {each.doc: each.id for each in found.members}
    numbers: dict[int, int] = {}
    for each in found.members:
        numbers.setdefault(each.doc, len(numbers) + 1)
    text = shown.texts[shown.core.doc]
    return {
        **summary(found),
        "members": [
            {
                "number": numbers[each.doc],
                "document": each.id,
                "path": each.path,
                "applicant": each.name,
                "role": each.role,
                "job": each.job,
                "when": each.when,
                "applied": each.applied,
                "pivot": each.pivot,
            }
            for each in found.members
        ],
        "core": {
            "document": ids[shown.core.doc],
            "passages": [
                {"start": start, "end": end, "text": text[start:end], "documents_with": have}
                for start, end, have in shown.core.passages
            ],
        },
        "links": [
            {
                "a": ids[link.a],
                "b": ids[link.b],
                "a_number": numbers[link.a],
                "b_number": numbers[link.b],
                "proved": link.proved,
                "bridge": link.bridge,
                "ties": [_tie(tie, ids, shown.texts) for tie in shown.evidence[link.a, link.b]],
            }
            for link in found.group.links
        ],
    }


def _tie(tie: Edge, ids: Mapping[int, str], texts: Mapping[int, str]) -> Json:
    return {
        "signal": tie.signal,
        "family": tie.family,
        "weight": tie.weight,
        "evidence": [_spot(each, tie.doc if each.own else tie.other, ids, texts) for each in tie.spots],
    }


def _spot(spot: Spot, doc: int, ids: Mapping[int, str], texts: Mapping[int, str]) -> Json:
    text = spot.text if spot.start is None else texts[doc][spot.start : spot.end]
    return {
        "document": ids[doc],
        "page": spot.page,
        "start": spot.start,
        "end": spot.end,
        "where": spot.where,
        "text": text or "",
    }


def drawing(found: Json) -> Graph | None:
    """The circles of a campaign's documents, in the order of their numbers; ``None`` if they are too many."""
    labels: dict[int, str] = {}
    for each in found["members"]:
        labels.setdefault(each["number"], each["applicant"] or each["path"].rsplit("/", 1)[-1])
    return graph([labels[number] for number in sorted(labels)], [])


def rows(found: Json) -> Iterator[Json]:
    """The list of campaigns as rows of a table."""
    for each in found["campaigns"]:
        yield {
            **each,
            "jobs": "; ".join(each["jobs"]),
            "signals": "; ".join(f"{one['signal']} × {one['links']}" for one in each["signals"]),
        }


def link_rows(found: Json) -> Iterator[Json]:
    """The ties of one campaign as rows of a table."""
    names = {each["document"]: each["applicant"] for each in found["members"]}
    for link in found["links"]:
        for tie in link["ties"]:
            yield {
                **link,
                **tie,
                "campaign": found["id"],
                "applicant_a": names[link["a"]],
                "applicant_b": names[link["b"]],
            }


def people(found: Json) -> list[str]:
    """Every name in the answer."""
    inside = [] if found["campaign"] is None else [m["applicant"] for m in found["campaign"]["members"]]
    return [name for name in (*inside, *(n for hub in found["hubs"] for n in hub["applicants"])) if name]
