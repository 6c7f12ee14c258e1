"""Lists of institutions: what a person reads of them in the terminal, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from forensics.cases.beside import count
from forensics.cases.visible import visible
from forensics.features.institutions import Entry, past
from forensics.index.institutions import STALE_DAYS, Stored, days_old

Parts = Iterator[RenderableType]

BAD_ROWS = 20
"""So many rows that cannot be used are shown; the rest are counted."""
ENTRIES = 50
"""So many entries are shown; the rest are counted."""
_TIERS = {
    "designated": "designated by a public authority",
    "fact": "plain facts, no designation",
    "own": "your own",
}


def as_json(stored: Stored, today: date) -> dict[str, Any]:
    """A list without its entries, as docs/schemas has it."""
    listing = stored.listing
    return {
        "name": listing.id,
        "title": listing.title,
        "tier": listing.tier,
        "kind": stored.kind,
        "as_of": listing.as_of,
        "days_old": days_old(listing, today),
        "stale": days_old(listing, today) > STALE_DAYS,
        "institutions": len(listing.entries),
        "names": sum(len(entry.names) for entry in listing.entries),
        "expired": expired(stored, today),
        "unapproved": unapproved(stored),
        "sha256": listing.sha256,
        "imported_at": stored.imported_at,
        "files": [dict(file) for file in stored.files],
        "skipped": dict(stored.skipped),
        "bad": [{"file": row.file, "line": row.line, "why": row.why, "text": row.text} for row in stored.bad],
    }


def entry_as_json(entry: Entry, today: date) -> dict[str, Any]:
    """An entry of a list, every key present."""
    return {
        "name": entry.names[0],
        "aliases": list(entry.names[1:]),
        "weak": list(entry.weak),
        "domains": list(entry.domains),
        "countries": list(entry.countries),
        "authority": entry.authority,
        "programme": entry.programme,
        "number": entry.number,
        "listed": entry.listed,
        "as_of": entry.as_of,
        "citation": entry.citation,
        "basis": entry.basis,
        "reason": entry.reason,
        "approver": entry.approver,
        "expiry": entry.expiry,
        "expired": entry.expiry is not None and past(entry.expiry, today.isoformat()),
    }


def expired(stored: Stored, today: date) -> int:
    """How many entries are past their expiry: they are kept and not looked up."""
    day = today.isoformat()
    return sum(each.expiry is not None and past(each.expiry, day) for each in stored.listing.entries)


def unapproved(stored: Stored) -> int:
    """How many entries of the user's own list name no reason or no approver."""
    if stored.listing.tier != "own":
        return 0
    return sum(not (each.reason and each.approver) for each in stored.listing.entries)


def imported(stored: Stored, today: date, *, full: bool) -> Parts:
    """What was taken from the files of a list, what was left out, what cannot be used."""
    yield from one(stored, today)
    yield from bad_rows(stored, full=full)
    yield Text("\nNext: forensics check FILE looks at this list as well.")


def one(stored: Stored, today: date) -> Parts:
    """A list in a few lines."""
    listing = stored.listing
    names = sum(len(entry.names) for entry in listing.entries)
    yield Text(
        f"{listing.id}: {visible(listing.title)}; {_TIERS[listing.tier]}; "
        f"{count(len(listing.entries), 'institution')} with {count(names, 'name')}.",
        style="bold",
    )
    days = days_old(listing, today)
    yield Text(
        f"  as of {listing.as_of}, {count(days, 'day')} ago"
        + (": old, import a newer one" if days > STALE_DAYS else ""),
        style="yellow" if days > STALE_DAYS else "",
    )
    for file in stored.files:
        yield Text(f"  {visible(file['name'])}, {file['bytes']:,} bytes, sha256 {file['sha256'][:16]}")
    if late := expired(stored, today):
        yield Text(f"  {_entries(late)} past expiry, not looked up")
    if left := unapproved(stored):
        yield Text(f"  {_entries(left)} without a reason or an approver")
    for why, many in stored.skipped.items():
        yield Text(f"  {count(many, 'row')} left out: {visible(why)}")
    if stored.bad:
        yield Text(f"  {count(len(stored.bad), 'row')} cannot be used", style="yellow")


def _entries(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"


def bad_rows(stored: Stored, *, full: bool) -> Parts:
    """The rows that cannot be used, with file and line."""
    if not stored.bad:
        return
    yield Text("\nRows that cannot be used", style="bold yellow")
    for row in stored.bad if full else stored.bad[:BAD_ROWS]:
        yield Text(f"  {visible(row.file)}:{row.line}: {visible(row.why)}: {visible(row.text)}")
    if not full and len(stored.bad) > BAD_ROWS:
        yield Text(f"  and {count(len(stored.bad) - BAD_ROWS, 'more row')}: --full shows all")


def overview(several: Sequence[Stored], today: date) -> Parts:
    """All lists, a few lines each."""
    for stored in several:
        yield from one(stored, today)
    yield Text("\nNext: forensics lists show NAME shows the entries of one.")


def entries(stored: Stored, today: date, *, full: bool) -> Parts:
    """A list with its entries."""
    yield from one(stored, today)
    yield Text()
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold dim")
    for column in ("name", "also", "by", "since", "until"):
        table.add_column(column, overflow="fold")
    shown = stored.listing.entries if full else stored.listing.entries[:ENTRIES]
    for entry in shown:
        also = "; ".join(entry.names[1:])
        by = " · ".join(
            part
            for part in (entry.authority or entry.basis or entry.approver, entry.programme, entry.reason)
            if part
        )
        table.add_row(
            Text(visible(entry.names[0])),
            Text(visible(also)),
            Text(visible(by)),
            Text(entry.listed or ""),
            Text(entry.expiry or ""),
        )
    yield table
    if len(shown) < len(stored.listing.entries):
        yield Text(f"and {_entries(len(stored.listing.entries) - len(shown))} more: --full shows all")
    yield from bad_rows(stored, full=full)
