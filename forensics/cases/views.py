"""Case → what the templates show: findings, matches and what was not looked for, in words and with links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from forensics.cases.aligned import Columns, columns
from forensics.cases.beside import count
from forensics.cases.case import Case
from forensics.cases.elsewhere import sentence as seen_elsewhere
from forensics.documents.document import Document
from forensics.features.features import Exhibit
from forensics.findings.finding import Alignment, BaseRate, Evidence, Finding, Match, NotRun, Swap
from forensics.findings.signals import SIGNALS

SIDES = 8
"""So many matches are shown side by side, those of the heaviest findings first; the rest are listed."""

QUOTES = 6
"""So many quotes of a finding are shown; the rest are counted."""

QUOTED_WORDS = 30
"""So many words of a quote; the two columns have the whole."""

SLOTS = 40
"""So many swapped slots of a match are listed; the rest are counted."""

KINDS = {"resume": "résumé", "cover_letter": "cover letter", "other": "document"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a document and where they stand; ``href`` leads to them in the page, empty if nowhere."""

    text: str
    side: str
    path: str = ""
    page: int | None = None
    where: str | None = None
    href: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A match that is shown side by side, and who applied with it."""

    key: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A finding under its number ``f1``, with quotes; ``as_with`` is an earlier one with the same advice.

    ``paired`` says that each quote from here is followed by its counterpart from there.
    """

    key: str
    finding: Finding
    opens: bool
    rarity: str
    links: tuple[Link, ...]
    quotes: tuple[Quote, ...]
    paired: bool
    left_out: int
    as_with: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A match side by side with the checked document, under the key ``m1``; no columns if identical."""

    key: str
    title: str
    path: str
    about: tuple[str, ...]
    name_a: str
    name_b: str
    identical: bool
    alignment: Alignment
    columns: Columns | None
    swapped: tuple[Swap, ...]
    swapped_left_out: int
    shift: str
    document: Document = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A match in the table of all of them; ``key`` leads to it side by side, empty if it is not shown."""

    key: str
    who: str
    path: str
    about: str
    relation: str
    coverage: float
    coverage_other: float
    identical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlooked:
    """Signals that could not be looked for, for one reason."""

    why: str
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Everything the page of one check shows."""

    path: str
    name: str
    about: str
    sentence: str
    next: tuple[str, ...]
    case: Case
    findings: tuple[Shown, ...]
    sides: tuple[Side, ...]
    listed: tuple[Listed, ...]
    unlooked: tuple[Unlooked, ...]
    looked: tuple[str, ...]
    partly: tuple[Unlooked, ...] = ()
    elsewhere: tuple[str, ...] = ()


def checked(case: Case) -> Checked:
    """The page of a check. Keys: findings ``f1`` …, matches ``m1`` …, passages ``m1-a1`` and ``m1-b1`` …"""
    chosen = _chosen(case)
    sides = tuple(_side(f"m{at}", case, match) for at, match in enumerate(chosen, start=1))
    keys = {(match.exhibit.document.id, match.path): f"m{at}" for at, match in enumerate(chosen, start=1)}
    found = {each.signal for each in case.findings}
    unlooked = _unlooked([each for each in case.not_run if each.signal not in found])
    missed = {each for group in unlooked for each in group.signals}
    return Checked(
        path=case.exhibit.document.path,
        name=side_name(case.exhibit.document.path, None),
        about=about(case),
        sentence=sentence(case),
        next=advice(case),
        case=case,
        findings=tuple(_findings(case, dict(zip(keys.values(), chosen, strict=True)))),
        sides=sides,
        listed=tuple(
            _listed(match, keys.get((match.exhibit.document.id, match.path), "")) for match in case.matches
        ),
        unlooked=unlooked,
        looked=tuple(signal for signal in SIGNALS if signal not in missed),
        partly=_unlooked([each for each in case.not_run if each.signal in found]),
        elsewhere=tuple(seen_elsewhere(each) for each in case.elsewhere),
    )


def about(case: Case) -> str:
    """What the document is and whose, in one line."""
    document, claim = case.exhibit.document, case.claim
    pages = f", {count(document.pages, 'page')}" if document.format == "pdf" else ""
    if claim.told and claim.read and claim.told != claim.read:
        who = f"sent by {claim.told}; in it stands {claim.read}"
    else:
        who = f"of {claim.name}" if claim.name else "that names nobody"
    contacts = "".join(f", {each}" for each in claim.emails)
    return f"A {KINDS.get(document.kind, document.kind)}{pages}, {who}{contacts}"


def sentence(case: Case) -> str:
    """Have we seen this before? In words, and never a verdict."""
    if not case.open:
        heavy = any(each.weight != "C" for each in case.findings)
        more = (
            " What was found counts only with a finding of another kind, and there is none." if heavy else ""
        )
        return f"Nothing here opens a case.{more}"
    ids = dict.fromkeys(id for at in case.because for id in case.findings[at].documents)
    names = {match.exhibit.document.id: match.claim.name or match.path for match in reversed(case.matches)}
    named = list(dict.fromkeys(names[id] for id in ids if id in names))
    shown = named[:3] + ([f"{len(named) - 3} more"] if len(named) > 3 else [])
    beside = f", beside {_and(shown)}" if shown else ""
    opening = count(len(case.because), "finding")
    return f"A person should look at this: {opening} {'opens' if len(case.because) == 1 else 'open'} a case{beside}."


def advice(case: Case) -> tuple[str, ...]:
    """What to do next."""
    if case.open:
        return (
            "Read the passages, then the innocent explanations, before you speak to anybody.",
            "Verify as each finding says, and hear the applicant: this is evidence, not a verdict.",
        )
    if not case.claim.name:
        return ("Say who applied: --applicant NAME, or a manifest with --manifest.",)
    return ("Go on as with every other application.",)


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _chosen(case: Case) -> list[Match]:
    """The matches to show side by side: those of findings, heaviest first, then the others in their order."""
    rank: dict[str, int] = {}
    for at, each in enumerate(case.findings):
        for id in each.documents:
            rank.setdefault(id, at)
    order = sorted(case.matches, key=lambda match: rank.get(match.exhibit.document.id, len(case.findings)))
    seen: set[str] = set()
    kept = []
    for match in order:
        if match.exhibit.document.id not in seen:
            seen.add(match.exhibit.document.id)
            kept.append(match)
    return kept[:SIDES]


def _side(key: str, case: Case, match: Match) -> Side:
    document, other = case.exhibit.document, match.exhibit.document
    found = None if match.identical else columns(document, other, match.alignment, common=case.common)
    return Side(
        key=key,
        title=match.claim.name or "somebody who is not named",
        path=match.path,
        about=(match.path, *_circumstances(match), RELATIONS[match.relation]),
        name_a=side_name(document.path, case.claim.name),
        name_b=side_name(match.path, match.claim.name),
        identical=match.identical,
        alignment=match.alignment,
        columns=found,
        swapped=match.alignment.swapped[:SLOTS],
        swapped_left_out=max(0, len(match.alignment.swapped) - SLOTS),
        shift=shift(match.alignment),
        document=other,
    )


RELATIONS = {
    "different": "different applicants by name",
    "same": "the same applicant, so it is held against nobody",
    "unknown": "who applied is not known, so nothing counts",
}


def side_name(path: str, name: str | None) -> str:
    """Whose document, and which file, without its folders."""
    short = PurePosixPath(path.replace("!", "/")).name
    return f"{name}, {short}" if name else short


def _circumstances(match: Match) -> Iterator[str]:
    if match.applied_at or match.job:
        when = f" {match.applied_at}" if match.applied_at else ""
        yield f"applied{when}{f' for {match.job}' if match.job else ''}"
    if match.role == "reference":
        yield "a profile kept for reference"


def shift(alignment: Alignment) -> str:
    """By how much all dates moved, in words; empty if they did not."""
    months = alignment.date_shift_months
    return f"{count(abs(months), 'month')} {'later' if months > 0 else 'earlier'}" if months else ""


def _listed(match: Match, key: str) -> Listed:
    return Listed(
        key=key,
        who=match.claim.name or "names nobody",
        path=match.path,
        about=", ".join(_circumstances(match)),
        relation=match.relation,
        coverage=match.alignment.coverage_a,
        coverage_other=match.alignment.coverage_b,
        identical=match.identical,
    )


def _findings(case: Case, sides: Mapping[str, Match]) -> Iterator[Shown]:
    told: dict[tuple[str, ...], str] = {}
    paths = {match.exhibit.document.id: match.path for match in reversed(case.matches)}
    for at, each in enumerate(case.findings):
        key = f"f{at + 1}"
        first = told.setdefault((each.signal, *each.innocent, "", *each.verify), key)
        beside = {key: match for key, match in sides.items() if match.exhibit.document.id in each.documents}
        yield Shown(
            key=key,
            finding=each,
            opens=at in case.because,
            rarity=rarity(each.base_rate),
            links=tuple(Link(key=key, who=match.claim.name or match.path) for key, match in beside.items()),
            quotes=tuple(_quotes(each.evidence[:QUOTES], case, beside, paths)),
            paired=_paired(each.evidence[:QUOTES], case.exhibit.document.id),
            left_out=max(0, len(each.evidence) - QUOTES),
            as_with="" if first == key else first,
        )


def _paired(evidence: Sequence[Evidence], here: str) -> bool:
    return bool(evidence) and all(
        (each.document == here) is (at % 2 == 0) for at, each in enumerate(evidence)
    )


def _quotes(
    evidence: Iterable[Evidence], case: Case, beside: Mapping[str, Match], paths: Mapping[str, str]
) -> Iterator[Quote]:
    for each in evidence:
        here = each.document == case.exhibit.document.id
        href, label = _passage(each, here, beside)
        words = each.text.split()
        yield Quote(
            text=" ".join(words[:QUOTED_WORDS]) + (" …" if len(words) > QUOTED_WORDS else ""),
            side="here" if here else "there",
            path="" if here or len(beside) == 1 else paths.get(each.document, each.document[:19]),
            page=each.page,
            where=each.where,
            href=href,
            label=label,
        )


def _passage(each: Evidence, here: bool, beside: Mapping[str, Match]) -> tuple[str, str]:
    """The link to the passage that holds the quote, and its words."""
    for key, match in beside.items():
        if each.start is None or match.identical or (not here and match.exhibit.document.id != each.document):
            continue
        for number, passage in enumerate(match.alignment.passages, start=1):
            start, end = passage.a if here else passage.b
            if start <= each.start < end:
                return f"#{key}-{'a' if here else 'b'}{number}", f"passage {number}"
    return "", ""


def rarity(rate: BaseRate | None) -> str:
    """How many unrelated applicants have it, in words."""
    if rate is None:
        return "not counted in this corpus"
    others = count(rate.of, "other applicant") + (" checked here" if rate.checked else "")
    if rate.documents == 0:
        return f"none of {others} has it"
    return f"{rate.documents:,} of {others} {'has' if rate.documents == 1 else 'have'} it"


def _unlooked(not_run: Iterable[NotRun]) -> tuple[Unlooked, ...]:
    by_why: dict[str, list[str]] = {}
    for each in not_run:
        by_why.setdefault(each.why, []).append(each.signal)
    return tuple(Unlooked(why=why.rstrip("."), signals=tuple(signals)) for why, signals in by_why.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Everything the page of two documents shows."""

    path: str
    sentence: str
    side: Side


PAIRED = {
    "same": "By name or e-mail, both are one applicant's.",
    "different": "They name different applicants.",
    "unknown": "Whether they are one applicant's cannot be told: one of them names nobody.",
}


def compared(a: Exhibit, b: Exhibit, relation: str, alignment: Alignment, common: int | None) -> Compared:
    """The page of two documents; its only match has the key ``m1``."""
    one, other = a.document, b.document
    identical = one.id == other.id
    return Compared(
        path=one.path,
        sentence=PAIRED[relation],
        side=Side(
            key="m1",
            title=b.features.applicant.name or other.path,
            path=other.path,
            about=(other.path,),
            name_a=side_name(one.path, a.features.applicant.name),
            name_b=side_name(other.path, b.features.applicant.name),
            identical=identical,
            alignment=alignment,
            columns=None if identical else columns(one, other, alignment, common=common),
            swapped=alignment.swapped[:SLOTS],
            swapped_left_out=max(0, len(alignment.swapped) - SLOTS),
            shift=shift(alignment),
            document=other,
        ),
    )
