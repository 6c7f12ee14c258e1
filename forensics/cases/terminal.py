"""What a person reads in the terminal: renderables for rich, one function a command. Nothing is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from forensics.cases import elsewhere, written
from forensics.cases.beside import Beside, count
from forensics.cases.case import Case
from forensics.cases.checklist import present as tasks
from forensics.cases.hidden import hidden
from forensics.cases.telling import telling
from forensics.cases.visible import visible
from forensics.documents.document import Document, Problem, Unreadable
from forensics.features.features import Exhibit
from forensics.findings.finding import Alignment, BaseRate, Finding, Match

Parts = Iterator[RenderableType]

PROVED = 5
"""So many findings are shown with their proof; the rest are listed."""

WEIGHTS = {
    "A": "may open a case alone",
    "B": "counts with a finding of another kind",
    "C": "context, never counted",
}
KINDS = {"resume": "résumé", "cover_letter": "cover letter", "other": "document"}
_STYLES = {"A": "bold red", "B": "bold yellow", "C": "dim"}


def check(case: Case | Unreadable, *, full: bool = False) -> Parts:
    """The answer to the reviewer's question: in a sentence, then the proof, then what to do."""
    if isinstance(case, Unreadable):
        yield from unreadable(case)
        return
    document = case.exhibit.document
    yield _title(document.path)
    yield Text(f"{_about(case)}. Compared with {count(case.documents, 'application')}.")
    yield from _problems(document.problems)
    yield Text()
    matches = {match.exhibit.document.id: match for match in reversed(case.matches)}
    heavy = [each for each in case.findings if each.weight != "C"]
    yield from _answer(case, heavy, matches)
    told: dict[str, int] = {}
    for number, finding in enumerate(heavy, start=1):
        if number <= PROVED or full:
            yield from _finding(number, finding, case, matches, told, full)
    if len(heavy) > PROVED and not full:
        yield Text(f"{count(len(heavy) - PROVED, 'more finding')}, with their proof: --full", style="bold")
        for number, finding in enumerate(heavy[PROVED:], start=PROVED + 1):
            yield _bullet(f"{number}. {finding.signal}, weight {finding.weight}: {visible(finding.summary)}")
        yield Text()
    yield from _others(case, full)
    context = [each for each in case.findings if each.weight == "C"]
    if context:
        yield Text("Context, never counted (weight C)", style="bold")
        yield from (_bullet(visible(each.summary)) for each in context)
        yield Text()
    yield from written.present(case.writing, full=full)
    yield from elsewhere.present(case.elsewhere)
    yield from tasks(case.checklist)
    yield from _not_run(case)
    yield from _next(case)


def _title(words: str) -> Group:
    return Group(Rule(style="dim"), Text(visible(words), style="bold"))


def _about(case: Case) -> str:
    document, claim = case.exhibit.document, case.claim
    pages = f", {count(document.pages, 'page')}" if document.format == "pdf" else ""
    if claim.told and claim.read and claim.told != claim.read:
        who = f"sent by {visible(claim.told)}; in it stands {visible(claim.read)}"
    elif claim.name:
        who = f"of {visible(claim.name)}"
    else:
        who = "that names nobody"
    contacts = "".join(f", {visible(each)}" for each in claim.emails)
    return f"A {KINDS[document.kind]}{pages}, {who}{contacts}"


def _answer(case: Case, heavy: Sequence[Finding], matches: Mapping[str, Match]) -> Parts:
    if not case.open:
        yield Text("NO CASE. Nothing that opens a case.", style="bold green")
        if heavy:
            yield Text(
                "What follows counts only with a finding of another kind, and there is none.", style="green"
            )
        yield Text()
        return
    ids = dict.fromkeys(id for at in case.because for id in case.findings[at].documents)
    named = dict.fromkeys(matches[id].claim.name or matches[id].path for id in ids if id in matches)
    shown = [visible(each) for each in list(named)[:3]]
    if len(named) > len(shown):
        shown.append(f"{len(named) - len(shown)} more")
    beside = f", beside {_listed(shown)}" if shown else ""
    opening = count(len(case.because), "finding")
    yield Text(
        f"CASE. A person should look at this: {opening} {'opens' if len(case.because) == 1 else 'open'} "
        f"a case{beside}.",
        style="bold red",
    )
    yield Text()


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _finding(
    number: int,
    finding: Finding,
    case: Case,
    matches: Mapping[str, Match],
    told: dict[str, int],
    full: bool,
) -> Parts:
    """``told`` are the signals whose explanations have been given, and with which finding."""
    title = Text(f"{number}. {finding.signal} ", style="bold")
    title.append(f"· weight {finding.weight}: {WEIGHTS[finding.weight]}", style=_STYLES[finding.weight])
    yield title
    yield Padding(Text(visible(finding.summary)), (0, 0, 1, 3))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 3))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    table.add_row(Text("How rare"), Text(_rate(finding.base_rate)))
    first = told.setdefault("\n".join((finding.signal, *finding.innocent, *finding.verify)), number)
    if first == number:
        for label, lines in (("May be innocent", finding.innocent), ("To verify", finding.verify)):
            table.add_row(Text(label), _bullets(lines))
    else:
        table.add_row(Text("May be innocent"), Text(f"as with finding {first}; verify it likewise"))
    yield table
    yield Text()
    beside = [matches[id] for id in finding.documents if id in matches and finding.family == "content"]
    for match in beside:
        yield from _beside(case, match, full)
    if not beside:
        yield from _quotes(finding, case, matches)


def _quotes(finding: Finding, case: Case, matches: Mapping[str, Match]) -> Parts:
    """The places themselves, where there is no alignment to show."""
    for each in finding.evidence:
        if each.document == case.exhibit.document.id:
            who = "here"
        else:
            match = matches.get(each.document)
            who = f"there, {visible(match.path)}" if match else f"there, {each.document[:19]}"
        at = f", page {each.page}" if each.page else f", {visible(each.where)}" if each.where else ""
        yield _bullet(f"“{visible(each.text)}” ({who}{at})", indent=3)
    yield Text()


def _beside(case: Case, match: Match, full: bool) -> Parts:
    document = case.exhibit.document
    yield Text(f"Beside {_match(match)}", style="bold")
    if match.identical:
        yield Text("The two files are the same, byte for byte.\n")
        return
    yield Text(_coverage(match.alignment))
    yield Text()
    yield Beside(
        a=document,
        b=match.exhibit.document,
        alignment=match.alignment,
        name_a=f"here: {_side(document.path, case.claim.name)}",
        name_b=f"there: {_side(match.path, match.claim.name)}",
        full=full,
        common=case.common,
    )
    yield Text()


def _side(path: str, name: str | None) -> str:
    short = visible(PurePosixPath(path.replace("!", "/")).name)
    return f"{visible(name)}, {short}" if name else short


def _match(match: Match) -> str:
    parts = [visible(match.claim.name or "somebody who is not named"), visible(match.path)]
    if match.applied_at or match.job:
        when = f" {visible(match.applied_at)}" if match.applied_at else ""
        parts.append(f"applied{when}{' for ' + visible(match.job) if match.job else ''}")
    if match.role == "reference":
        parts.append("a profile kept for reference")
    return " · ".join(parts)


def _coverage(alignment: Alignment) -> str:
    return (
        f"{alignment.coverage_a:.0%} of this document stands in that one, "
        f"{alignment.coverage_b:.0%} of that one in this{_shift(alignment)}."
    )


def _shift(alignment: Alignment) -> str:
    months = alignment.date_shift_months
    if not months:
        return ""
    return f"; every date there is {count(abs(months), 'month')} {'later' if months > 0 else 'earlier'} than here"


def _others(case: Case, full: bool) -> Parts:
    """Matches that are no finding: one person's versions, and documents that name nobody."""
    shown = {id for each in case.findings if each.weight != "C" for id in each.documents}
    groups = (
        ("same", "Version history: the same applicant, so it is held against nobody"),
        ("unknown", "Shares text, but who applied is not known, so nothing counts"),
        ("different", "Shares less rare text than a finding needs"),
    )
    for relation, title in groups:
        found = [
            match
            for match in case.matches
            if match.relation == relation
            and (relation != "different" or match.exhibit.document.id not in shown)
        ]
        if not found:
            continue
        yield Text(title, style="bold")
        for match in found:
            if match.identical:
                yield _bullet(f"{_match(match)}: the very same file.")
            else:
                yield _bullet(f"{_match(match)}: {_coverage(match.alignment)}")
        yield Text()
        for match in found if full else ():
            if not match.identical:
                yield from _beside(case, match, full)


def _not_run(case: Case) -> Parts:
    if not case.not_run:
        return
    by_why: dict[str, list[str]] = {}
    for each in case.not_run:
        by_why.setdefault(each.why, []).append(each.signal)
    yield Text("Not looked for, so not ruled out", style="bold")
    for why, signals in by_why.items():
        yield _bullet(f"{', '.join(signals)}: {visible(why)}.")
    yield Text()


def _next(case: Case) -> Parts:
    yield Text("What to do next", style="bold")
    if case.open:
        yield _bullet("Read the passages, then the innocent explanations, before you speak to anybody.")
        yield _bullet("Verify as said above, and hear the applicant: this is evidence, not a verdict.")
    elif not case.claim.name:
        yield _bullet("Say who applied: --applicant NAME, or a manifest with --manifest.")
    else:
        yield _bullet("Go on as with every other application.")
    yield Text()


def _rate(rate: BaseRate | None) -> str:
    if rate is None:
        return "not counted in this corpus"
    others = count(rate.of, "other applicant") + (" checked here" if rate.checked else "")
    if rate.documents == 0:
        return f"none of {others} has it"
    return f"{rate.documents:,} of {others} {'has' if rate.documents == 1 else 'have'} it"


def unreadable(read: Unreadable) -> Parts:
    """A file that could not be read, and why."""
    yield _title(read.path)
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
    yield _title(document.path)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    said = {
        "id": document.id,
        "what": f"{KINDS[document.kind]}, {document.format}, {count(document.pages, 'page')}, "
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
    yield from hidden(document, full=full)
    yield from _facts(document)
    section, shown = "", 0
    most = len(document.passages) if full else 40
    for passage in document.passages[:most]:
        if passage.section != section:
            section = passage.section
            yield Text(section, style="bold cyan")
        yield Padding(Text(visible(document.text[passage.start : passage.end])), (0, 0, 0, 2))
        shown += 1
    if shown < len(document.passages):
        yield Text(f"{count(len(document.passages) - shown, 'more passage')}: --full shows all.")
    yield Text()


def _facts(document: Document) -> Parts:
    """What the file says about itself; all of it is in ``--json``."""
    rows = list(telling(document.facts))
    if not rows:
        return
    yield Text("the file about itself", style="bold cyan")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in rows:
        table.add_row(Text(label), Text(visible(value)))
    yield table
    yield Text()


def compare(
    a: Exhibit | Unreadable,
    b: Exhibit | Unreadable,
    relation: str | None,
    alignment: Alignment | None,
    *,
    full: bool = False,
    common: int | None = None,
) -> Parts:
    """Two documents side by side; with ``common``, passages of more applicants than this are grey."""
    if alignment is None or isinstance(a, Unreadable) or isinstance(b, Unreadable):
        for side in (a, b):
            if isinstance(side, Unreadable):
                yield from unreadable(side)
        return
    one, other = a.document, b.document
    yield _title(f"{one.path} ↔ {other.path}")
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
        name_a=f"here: {_side(one.path, a.features.applicant.name)}",
        name_b=f"there: {_side(other.path, b.features.applicant.name)}",
        full=full,
        common=common,
    )
    yield Text()


_RELATIONS = {
    "same": "By name or e-mail, both are one applicant's.",
    "different": "They name different applicants.",
    "unknown": "Whether they are one applicant's cannot be told: one of them names nobody.",
}


def _bullet(line: str, indent: int = 1) -> Padding:
    return Padding(_bullets([line]), (0, 0, 0, indent))


def _bullets(lines: Sequence[str]) -> Table:
    table = Table(box=None, show_header=False, padding=0)
    table.add_column(width=2)
    table.add_column(overflow="fold")
    for line in lines:
        table.add_row(Text("•"), Text(visible(line)))
    return table
