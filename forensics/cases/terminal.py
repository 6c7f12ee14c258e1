"""What a person reads in the terminal: renderables for rich, one function a command. Nothing is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from forensics.cases.beside import Beside
from forensics.cases.case import Case
from forensics.cases.visible import visible
from forensics.documents.document import Problem, Unreadable
from forensics.features.features import Exhibit
from forensics.findings.finding import Alignment, BaseRate, Finding, Match

Parts = Iterator[RenderableType]

WEIGHTS = {
    "A": "may open a case alone",
    "B": "counts with another kind of finding",
    "C": "context, never counted",
}
_KINDS = {"resume": "résumé", "cover_letter": "cover letter", "other": "document"}
_WEIGHT_STYLES = {"A": "bold red", "B": "bold yellow", "C": "dim"}


def check(case: Case | Unreadable, *, full: bool = False) -> Parts:
    """The answer to the reviewer's question: the sentence, then the proof, then what to do."""
    if isinstance(case, Unreadable):
        yield from unreadable(case)
        return
    document = case.exhibit.document
    yield Rule(Text(visible(document.path), style="bold"), align="left", style="dim")
    yield Text(f"{_about(case)}; compared with {_count(case.documents, 'application')}.")
    yield from _problems(document.problems)
    yield Text()
    if case.open:
        opening = [case.findings[at] for at in case.because]
        yield Text("A person should look at this.", style="bold red")
        yield from (_bullet(visible(each.summary)) for each in opening)
    else:
        yield Text("Nothing that opens a case.", style="bold green")
    yield Text()
    names = _names(case)
    heavy = [each for each in case.findings if each.weight != "C"]
    for number, finding in enumerate(heavy, start=1):
        yield from _finding(number, finding, case, names, full)
    yield from _others(case, names, full)
    context = [each for each in case.findings if each.weight == "C"]
    if context:
        yield Text(f"Context ({WEIGHTS['C']})", style="bold")
        yield from (_bullet(visible(each.summary)) for each in context)
        yield Text()
    yield from _not_run(case)
    yield from _next(case)


def _about(case: Case) -> str:
    document, claim = case.exhibit.document, case.claim
    kind = _KINDS[document.kind]
    pages = f", {_count(document.pages, 'page')}" if document.format == "pdf" else ""
    if claim.told and claim.read and claim.told != claim.read:
        who = f"from {visible(claim.told)} (in the document: {visible(claim.read)})"
    elif claim.name:
        who = f"from {visible(claim.name)}"
    else:
        who = "from nobody it names"
    contacts = ", ".join(visible(each) for each in claim.emails)
    return f"A {kind}{pages}, {who}{', ' + contacts if contacts else ''}"


def _names(case: Case) -> dict[str, Match]:
    return {match.exhibit.document.id: match for match in reversed(case.matches)}


def _finding(number: int, finding: Finding, case: Case, names: Mapping[str, Match], full: bool) -> Parts:
    title = Text(f"{number}. {finding.signal}  ", style="bold")
    title.append(f"weight {finding.weight}: {WEIGHTS[finding.weight]}", style=_WEIGHT_STYLES[finding.weight])
    yield title
    yield Padding(Text(visible(finding.summary)), (0, 0, 1, 3))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 3))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    table.add_row(Text("How rare"), Text(_rate(finding.base_rate)))
    for label, lines in (("May be innocent", finding.innocent), ("To verify", finding.verify)):
        table.add_row(Text(label), Text("\n".join(f"• {visible(line)}" for line in lines)))
    yield table
    yield Text()
    beside = [names[id] for id in finding.documents if id in names and finding.family == "content"]
    if beside:
        for match in beside:
            yield from _beside(case, match, full)
    else:
        yield from _quotes(finding, case, names)


def _quotes(finding: Finding, case: Case, names: Mapping[str, Match]) -> Parts:
    """The places themselves, where there is no alignment to show."""
    for each in finding.evidence:
        if each.document == case.exhibit.document.id:
            who = "here"
        else:
            match = names.get(each.document)
            who = visible(match.path) if match else each.document[:15]
        at = f", page {each.page}" if each.page else f", {visible(each.where)}" if each.where else ""
        yield Padding(Text(f"“{visible(each.text)}” ({who}{at})"), (0, 0, 0, 3))
    yield Text()


def _beside(case: Case, match: Match, full: bool) -> Parts:
    theirs = match.exhibit.document
    yield Text(f"Beside {_match(match)}", style="bold")
    yield Text(_coverage(match.alignment, _KINDS[case.exhibit.document.kind]))
    yield Text()
    if match.identical:
        yield Text("The two files are the same, byte for byte.\n")
        return
    yield Beside(
        a=case.exhibit.document,
        b=theirs,
        alignment=match.alignment,
        name_a=f"this file: {visible(_short(case.exhibit.document.path))}",
        name_b=f"{visible(match.claim.name or 'unnamed')}: {visible(_short(match.path))}",
        full=full,
    )
    yield Text()


def _match(match: Match) -> str:
    parts = [visible(match.path), visible(match.claim.name or "names nobody")]
    if match.applied_at:
        parts.append(f"applied {visible(match.applied_at)}")
    if match.job:
        parts.append(f"for {visible(match.job)}")
    if match.role == "reference":
        parts.append("a profile kept for reference")
    return ", ".join(parts)


def _coverage(alignment: Alignment, kind: str = "document") -> str:
    shift = alignment.date_shift_months
    moved = f"; every date moved by {abs(shift)} months" if shift else ""
    return (
        f"{alignment.coverage_a:.0%} of this {kind} stands in that one, "
        f"{alignment.coverage_b:.0%} of that one in this{moved}."
    )


def _others(case: Case, names: Mapping[str, Match], full: bool) -> Parts:
    """Matches that are no finding: one person's versions, and documents that name nobody."""
    shown = {id for each in case.findings if each.weight != "C" for id in each.documents}
    groups = (
        ("same", "Version history: the same applicant, so nothing against anybody"),
        ("unknown", "Shares text, but who applied is not known: no finding counts"),
        ("different", "Shares less text than a finding needs"),
    )
    for relation, title in groups:
        found = [
            m
            for m in case.matches
            if m.relation == relation and (relation != "different" or m.exhibit.document.id not in shown)
        ]
        if not found:
            continue
        yield Text(title, style="bold")
        for match in found:
            same = "the very same file" if match.identical else _coverage(match.alignment)
            yield _bullet(f"{_match(match)}: {same}")
        yield Text()
        if full:
            for match in found:
                if not match.identical:
                    yield from _beside(case, match, full)


def _not_run(case: Case) -> Parts:
    if not case.not_run:
        return
    by_why: dict[str, list[str]] = {}
    for each in case.not_run:
        later = each.why.endswith("by this version")
        by_why.setdefault("not built yet" if later else each.why, []).append(each.signal)
    yield Text("Not looked for", style="bold")
    for why, signals in by_why.items():
        yield _bullet(f"{', '.join(signals)}: {visible(why)}.")
    yield Text()


def _next(case: Case) -> Parts:
    id = case.exhibit.document.id.removeprefix("sha256:")[:12]
    yield Text("What to do next", style="bold")
    if case.open:
        first = case.findings[case.because[0]]
        for line in first.verify[:2]:
            yield _bullet(visible(line))
        yield _bullet("Hear the applicant before you decide: this is evidence, not a verdict.")
    elif not case.claim.name:
        yield _bullet("Say who applied: --applicant NAME, or a manifest with --manifest.")
    else:
        yield _bullet("Go on as with every other application.")
    yield _bullet(f"All that was read in this file: forensics show {id}")
    yield Text()


def _rate(rate: BaseRate | None) -> str:
    if rate is None:
        return "nothing to count it among"
    if rate.documents == 0:
        return f"none of {_count(rate.of, 'other applicant')} has it"
    has = "has" if rate.documents == 1 else "have"
    return f"{rate.documents:,} of {_count(rate.of, 'other applicant')} {has} it"


def unreadable(read: Unreadable) -> Parts:
    """A file that could not be read, and why."""
    yield Rule(Text(visible(read.path), style="bold"), align="left", style="dim")
    yield Text("Could not be read.", style="bold yellow")
    yield from _problems(read.problems)
    yield Text()


def _problems(problems: Sequence[Problem]) -> Parts:
    for problem in problems:
        yield _bullet(f"{visible(problem.message)} ({problem.code})")


def show(read: Exhibit | Unreadable, *, full: bool = False) -> Parts:
    """A document as it was read."""
    if isinstance(read, Unreadable):
        yield from unreadable(read)
        return
    document, applicant = read.document, read.features.applicant
    yield Rule(Text(visible(document.path), style="bold"), align="left", style="dim")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    said = {
        "id": document.id,
        "what": f"{_KINDS[document.kind]}, {document.format}, {_count(document.pages, 'page')}, "
        f"language {document.language or 'not known'}",
        "applicant": applicant.name or "names nobody",
        "e-mail": ", ".join(applicant.emails),
        "phone": ", ".join(applicant.phones),
        "profiles": ", ".join(applicant.handles),
    }
    for label, value in said.items():
        table.add_row(Text(label), Text(visible(value or "none read")))
    yield table
    yield from _problems(document.problems)
    yield Text()
    section, shown = "", 0
    most = len(document.passages) if full else 40
    for passage in document.passages[:most]:
        if passage.section != section:
            section = passage.section
            yield Text(section, style="bold cyan")
        yield Padding(Text(visible(document.text[passage.start : passage.end])), (0, 0, 0, 2))
        shown += 1
    if shown < len(document.passages):
        yield Text(f"{_count(len(document.passages) - shown, 'more passage')}: --full shows all.")
    yield Text()


def compare(
    a: Exhibit | Unreadable,
    b: Exhibit | Unreadable,
    relation: str | None,
    alignment: Alignment | None,
    *,
    full: bool = False,
) -> Parts:
    """Two documents side by side."""
    if alignment is None or isinstance(a, Unreadable) or isinstance(b, Unreadable):
        for side in (a, b):
            if isinstance(side, Unreadable):
                yield from unreadable(side)
        return
    one, other = a.document, b.document
    yield Rule(Text(f"{visible(one.path)} ↔ {visible(other.path)}", style="bold"), align="left", style="dim")
    yield Text(_RELATIONS[relation or "unknown"])
    if not alignment.passages:
        yield Text("They share no text that proves anything.", style="bold green")
        yield Text()
        return
    yield Text(_coverage(alignment), style="bold")
    yield Text()
    yield Beside(
        a=one,
        b=other,
        alignment=alignment,
        name_a=visible(_short(one.path)),
        name_b=visible(_short(other.path)),
        full=full,
    )
    yield Text()


_RELATIONS = {
    "same": "By name or e-mail, both are one applicant's.",
    "different": "They name different applicants.",
    "unknown": "Whether they are one applicant's cannot be told: one of them names nobody.",
}


def _bullet(line: str) -> Padding:
    table = Table(box=None, show_header=False, padding=0)
    table.add_column(width=2)
    table.add_column(overflow="fold")
    table.add_row(Text("•"), Text(line))
    return Padding(table, (0, 0, 0, 1))


def _short(path: str) -> str:
    return PurePosixPath(path.replace("!", "/")).name


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
