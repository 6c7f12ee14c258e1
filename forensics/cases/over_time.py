"""What a person reads in the terminal about campaigns and trends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from forensics.cases.beside import count
from forensics.cases.visible import visible

Parts = Iterator[RenderableType]
Json = dict[str, Any]

SHOWN = 30
"""So many campaigns, links, hubs or months are shown; the rest are counted."""


def campaigns(found: Json, *, full: bool = False) -> Parts:
    """The list, largest first, and the hubs that were left out."""
    many, rest = found["total"], found["documents"] - found["checked"]
    yield Text(
        f"{count(many, 'campaign')} among {count(found['checked'], 'checked document')}.", style="bold"
    )
    if rest:
        yield Text(f"{count(rest, 'document')} not checked yet: forensics campaigns --update", style="yellow")
    if many:
        table = _table("id", "applicants", "documents", "first seen", "last seen", "linked by")
        for each in found["campaigns"] if full else found["campaigns"][:SHOWN]:
            signals = ", ".join(f"{one['signal']} × {one['links']}" for one in each["signals"])
            table.add_row(
                each["id"], str(each["applicants"]), str(each["documents"]), each["first"][:10],
                each["last"][:10] + ("*" if each["undated"] else ""), signals,
            )  # fmt: skip
        yield table
        if any(each["undated"] for each in found["campaigns"]):
            yield Text("* some have no applied_at: the time of ingest stands for it.", style="dim")
        yield from _more(many, full)
    for hub in found["hubs"] if full else found["hubs"][:SHOWN]:
        what = visible(" ".join(hub["what"].split()))
        said = f" ({what if full or len(what) <= 80 else what[:79] + '…'})" if what else ""
        yield Text(
            f"Not counted as a link: {hub['signal']}{said} that {hub['groups']} unrelated groups have "
            f"({count(len(hub['documents']), 'document')}).",
            style="dim",
        )
    yield from _more(len(found["hubs"]), full, which="such things")
    if many:
        yield Text("\nNext: forensics campaigns ID shows one, --html OUT draws it.")


def campaign(found: Json, *, full: bool = False) -> Parts:
    """One campaign: who, what they share, and by what they hang together."""
    yield Text(
        f"Campaign {found['id']}: {count(found['applicants'], 'applicant')}, "
        f"{count(found['documents'], 'document')}, {found['first'][:10]} to {found['last'][:10]}.",
        style="bold",
    )
    if found["undated"]:
        yield Text(
            f"{count(found['undated'], 'application')} without applied_at: the time of ingest stands for it."
        )
    table = _table("no.", "when", "applicant", "job", "file")
    for each in found["members"]:
        table.add_row(
            str(each["number"]), each["when"][:10] + ("" if each["applied"] else "*"),
            visible(each["applicant"] or "names nobody"), visible(each["job"] or ""),
            visible(each["path"].rsplit("/", 1)[-1]) + (" (pivot)" if each["pivot"] else ""),
        )  # fmt: skip
    yield table
    passages = found["core"]["passages"]
    said = "in most of them" if passages else "No passage is in more than half of them word by word."
    if found["documents"] == 1:
        said = "It is one file, which came under several names: all of its text is common."
    yield Text(
        f"\nCommon core: {count(len(passages), 'passage')} {said}" if passages else f"\n{said}", style="bold"
    )
    for each in passages if full else passages[:6]:
        yield Text(f"  {each['documents_with']} have: {visible(' '.join(each['text'].split()))}")
    if not full and len(passages) > 6:
        yield Text(f"  {count(len(passages) - 6, 'more passage')}: --full shows all.", style="dim")
    yield Text("\nLinks", style="bold")
    links = found["links"]
    for each in links if full else links[:SHOWN]:
        ties = ", ".join(f"{tie['signal']} ({tie['weight']})" for tie in each["ties"])
        bridge = "; the only link between two parts" if each["bridge"] else ""
        yield Text(f"  {each['a_number']} – {each['b_number']}: {ties}{bridge}")
    yield from _more(len(links), full)


def trends(found: Json, *, full: bool = False) -> Parts:
    """Quarters, jobs and signals as tables."""
    yield Text(
        f"{count(found['applications'], 'application')}, {found['checked']:,} of "
        f"{count(found['documents'], 'document')} checked.",
        style="bold",
    )
    if found["checked"] < found["documents"]:
        yield Text("The others count as no case: forensics campaigns --update", style="yellow")
    if found["undated"]:
        yield Text(f"{count(found['undated'], 'application')} without applied_at: counted when ingested.")
    if found["until"]:
        yield Text(f"The latest is of {found['until']}: the quarter it is in may not be over.", style="dim")
    for name in ("quarters", "months"):
        table = _table(name[:-1], "applications", "cases", "change", "new campaigns", "in campaigns")
        for each in found[name] if full else found[name][-SHOWN:]:
            change = each.get("change")
            share = each.get("change_share")
            told = "" if change is None else f"{change:+d}" + ("" if share is None else f" ({share:+.0%})")
            began = each.get("change_campaigns")
            table.add_row(
                each["period"], str(each["applications"]), str(each["cases"]), told,
                str(each["campaigns"]) + ("" if began is None else f" ({began:+d})"), str(each["in_campaigns"]),
            )  # fmt: skip
        yield table
        yield from _more(len(found[name]), full, which="the latest are shown")
    table = _table("job", "applications", "cases", "campaigns")
    for each in found["jobs"] if full else found["jobs"][:SHOWN]:
        job = visible(each["job"] or "not told")
        table.add_row(job, str(each["applications"]), str(each["cases"]), str(each["campaigns"]))
    yield table
    yield from _more(len(found["jobs"]), full)
    table = _table("signal", "applications")
    for each in found["signals"]:
        table.add_row(each["signal"], str(each["applications"]))
    yield table


def _more(many: int, full: bool, which: str = "") -> Parts:
    if not full and many > SHOWN:
        yield Text(f"{many - SHOWN:,} more{f', {which}' if which else ''}: --full shows all.", style="dim")


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for each in columns:
        figures = ("no.", "applicants", "documents", "applications", "cases", "change")
        table.add_column(each, justify="right" if each in figures or "campaigns" in each else "left")
    return table
