"""The nouns of campaigns: applicants who hang together, what they share, and when they came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forensics.cases.campaigns import Group, campaign_id
from forensics.features.names import key
from forensics.index.edges import Edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One application of a campaign.

    ``when`` is ISO 8601; ``applied`` says whether it is the time of the application, else it is that of
    ingest. Without a ``pivot`` the campaign would fall apart.
    """

    doc: int
    id: str
    path: str
    name: str | None
    role: str
    job: str | None
    when: str
    applied: bool
    pivot: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A group of documents with who applied with them, in the order of time.

    ``signals`` counts the links by signal, the most frequent first; ``undated`` the applications without a
    time of their own.
    """

    id: str
    group: Group
    members: tuple[Member, ...]
    applicants: int
    first: str
    last: str
    undated: int
    jobs: tuple[str, ...]
    signals: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A hub: what so many unrelated documents have that it joins nobody; ``names`` of their applicants.

    ``what`` is how one of them writes it.
    """

    signal: str
    what: str
    groups: int
    ids: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaigns:
    """All campaigns of a corpus; ``looked`` of its ``documents`` have been checked since they came."""

    documents: int
    looked: int
    campaigns: tuple[Campaign, ...]
    hubs: tuple[Thing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The common text of a campaign: spans of document ``doc``, each with how many of its documents have it."""

    doc: int
    passages: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One campaign with its core, the edges of each link with their places, and the texts of its documents."""

    campaign: Campaign
    core: Core
    evidence: Mapping[tuple[int, int], tuple[Edge, ...]]
    texts: Mapping[int, str]


def campaign(group: Group, members: Sequence[Member]) -> Campaign:
    """The campaign of a group. Its id is that of its first document; references are no applicants."""
    ordered = sorted(members, key=lambda m: (m.when, m.doc, m.path))
    applied = [each for each in ordered if each.role == "applicant"]
    counted = applied or ordered
    signals = Counter(signal for link in group.links for signal in link.signals)
    return Campaign(
        id=campaign_id(min(members, key=lambda m: m.doc).id),
        group=group,
        members=tuple(ordered),
        applicants=len({key(each.name) if each.name else f"#{each.doc}" for each in applied}),
        first=counted[0].when,
        last=counted[-1].when,
        undated=sum(not each.applied for each in applied),
        jobs=tuple(dict.fromkeys(each.job for each in applied if each.job)),
        signals=tuple(signals.most_common()),
    )
