"""What the templates show: jobs, documents and lists in the words and pieces of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from forensics.cases.views import KINDS
from forensics.features.features import Entity, Exhibit
from forensics.features.names import agree
from forensics.index.desk import Desk
from forensics.index.job import COMPARING, DONE, FAILED, QUEUED, READING, UNREADABLE, Job
from forensics.index.listing import Entry, Listing, present, under

SAID = {
    QUEUED: "waiting",
    READING: "being read",
    COMPARING: "being compared",
    DONE: "done",
    UNREADABLE: "cannot be read",
    FAILED: "failed",
}
"""The states of a job in words."""

FACETS_SHOWN = 12
BESIDE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A job with what is said of it; ``step`` counts the stages that are behind it, of three."""

    job: Job
    said: str
    step: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A value of a facet: its link narrows the list to it, or if it is chosen, widens it again."""

    said: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """What a list can be narrowed by; ``left_out`` counts the values that are not shown."""

    name: str
    picks: tuple[Pick, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where one is in a long list; a link is empty where there is no such page."""

    number: int
    last: int
    previous: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A passage of a document in pieces of text, each with the entity it is, if any."""

    section: str
    page: int | None
    pieces: tuple[tuple[str, Entity | None], ...]


def row(desk: Desk, job: Job) -> Row:
    """A job as it stands in lists."""
    step = {QUEUED: 0, READING: 1, COMPARING: 2}.get(job.state, 3)
    if job.state == DONE:
        said = "a person should look" if job.opens else "nothing opens a case"
        said += ", being added to the corpus" if job.adding else ""
    else:
        said = SAID[job.state]
    return Row(job=job, said=said, step=step, before=desk.before(job) if job.state == QUEUED else 0)


def rows(desk: Desk, jobs: Sequence[Job]) -> list[Row]:
    """Jobs as they stand in lists."""
    return [row(desk, job) for job in jobs]


def people(jobs: Sequence[Job]) -> list[str]:
    """The names that jobs know."""
    return [name for job in jobs for name in (job.applicant, job.person) if name]


def markup(body: str) -> Markup:
    """The body of a report, which our own templates have escaped when they made it."""
    return Markup(body)


def missing(folder: Path, answer: Mapping[str, Any]) -> bool:
    """Whether the checked document itself is not in the corpus."""
    return not present(folder, {answer["document"]["id"]})


def beside(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(id, applicant) of the first few documents that a report shows beside the checked one."""
    own = answer["document"]["id"]
    found = {each["document"]: each["applicant"] or "not named" for each in reversed(answer["matches"])}
    return [(id, who) for id, who in reversed(found.items()) if id != own][:BESIDE]


def pager(path: str, state: Mapping[str, str], number: int, total: int, size: int) -> Pager:
    """The pages around ``number`` of a list of ``total`` rows."""
    last = max(1, -(-total // size))

    def link(to: int) -> str:
        return _link(path, {**state, "page": str(to) if to > 1 else ""}) if 1 <= to <= last else ""

    return Pager(number=number, last=last, previous=link(number - 1), next=link(number + 1))


def _link(path: str, state: Mapping[str, str]) -> str:
    query = urlencode({key: value for key, value in state.items() if value != ""})
    return f"{path}?{query}" if query else path


def facets(found: Listing, chosen: Mapping[str, str], state: Mapping[str, str]) -> list[Facet]:
    """The facets of the list as links, those with nothing to choose left out."""
    made = []
    for name, choices in found.facets.items():
        if len(choices) < 2 and name not in chosen:
            continue
        kept = [c for at, c in enumerate(choices) if at < FACETS_SHOWN or c.value == chosen.get(name)]
        picks = []
        for choice in kept:
            on = chosen.get(name) == choice.value
            rest = {key: value for key, value in state.items() if key != name}
            query = {key: value for key, value in rest.items() if value} | (
                {} if on else {name: choice.value}
            )
            href = f"/documents?{urlencode(query)}" if query else "/documents"
            said = KINDS.get(choice.value, choice.value) if name == "kind" else choice.value
            picks.append(Pick(said=said or "none", count=choice.count, href=href, chosen=on))
        made.append(Facet(name=name, picks=tuple(picks), left_out=len(choices) - len(kept)))
    return made


def blocks(exhibit: Exhibit) -> list[Block]:
    """The text of a document passage by passage, with the entities in it; an entity lies in one piece."""
    document = exhibit.document
    found = sorted(exhibit.features.entities, key=lambda each: (each.start, -each.end))
    passages = document.passages
    whole = [(p.start, p.end, p.section, p.page) for p in passages] or [
        (0, len(document.text), "other", None)
    ]
    return [
        Block(section=section, page=page, pieces=tuple(_pieces(document.text, start, end, found)))
        for start, end, section, page in whole
    ]


def _pieces(
    text: str, start: int, end: int, entities: Sequence[Entity]
) -> Iterator[tuple[str, Entity | None]]:
    at = start
    for each in entities:
        if each.start < at or each.end > end:
            continue
        if each.start > at:
            yield text[at : each.start], None
        yield text[each.start : each.end], each
        at = each.end
    if at < end:
        yield text[at:end], None


def entities(exhibit: Exhibit) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """By label, the texts named so with their normal form and how often."""
    counted: dict[str, dict[tuple[str, str], int]] = {}
    for each in exhibit.features.entities:
        of_label = counted.setdefault(each.label, {})
        of_label[each.text, each.value] = of_label.get((each.text, each.value), 0) + 1
    return [
        (label, [(text, value, count) for (text, value), count in found.items()])
        for label, found in sorted(counted.items())
    ]


def versions(folder: Path, id: str, names: Sequence[str | None]) -> list[Entry]:
    """Other documents in the corpus under a name that agrees with one of ``names``, the latest first."""
    found: dict[tuple[str, str], Entry] = {}
    for name in dict.fromkeys(each for each in names if each):
        longest = max(name.split(), key=len, default="")
        for entry in under(folder, longest):
            if entry.id != id and entry.applicant and agree(entry.applicant, name) is True:
                found[entry.id, entry.path] = entry
    return list(found.values())
