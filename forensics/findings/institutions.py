"""Does the document name an institution that a list has? institution-listed.

A list says what its publisher decided or what lies where. It says nothing of a person who studied or worked
there, and a name that is on no list has not been cleared by anybody: see :func:`institutions_not_run`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from forensics.features.features import Exhibit
from forensics.features.institutions import Entry, Listing, Lookup
from forensics.features.listed_names import Hit, listed_names
from forensics.findings.finding import Evidence, Finding, NotRun
from forensics.findings.quoting import finding, quote
from forensics.index.institutions import STALE_DAYS, days_old, looking_up

_HOW = {"exact": "its name", "alias": "another name of it", "fuzzy": "a name that is only alike"}
_ORDER = ("exact", "alias", "fuzzy")
_TIERS = {
    "designated": ("It may have been long before the designation.", "Somebody may work for a firm that shares the name."),
    "fact": (
        "Where an institution lies says nothing of those who studied or taught there.",
        "Foreigners teach there and visit it.",
    ),
    "own": ("The entry may be out of date, or meant for another purpose: ask who approved it.",),
}  # fmt: skip


def institutions(exhibit: Exhibit, lookup: Lookup | None = None) -> list[Finding]:
    """One finding for each institution: B by its name or an alias, C where the name is only alike.

    Without a ``lookup`` the shipped and the imported lists are asked. Raises what
    :func:`forensics.index.institutions.looking_up` does.
    """
    known = looking_up() if lookup is None else lookup
    by_place: dict[tuple[tuple[int, int], ...], list[list[Hit]]] = {}
    for hits in _by_entry(listed_names(exhibit, known)):
        by_place.setdefault(tuple((hit.start, hit.end) for hit in hits), []).append(hits)
    return [_finding(exhibit, known, several) for several in by_place.values()]


def institutions_not_run(
    exhibit: Exhibit, lookup: Lookup | None = None, *, today: date | None = None
) -> list[NotRun]:
    """What was looked at and how old it is: always when nothing was found, else only what is old.

    That no list has a name clears nobody, so the sentence names the lists and their dates.
    """
    known = looking_up() if lookup is None else lookup
    day = today or datetime.now(UTC).date()
    old = [each for each in known.lists if days_old(each, day) > STALE_DAYS]
    notes = []
    if not listed_names(exhibit, known):
        looked = "; ".join(f"{each.title}, {_counted(each)}, as of {each.as_of}" for each in known.lists)
        expired = f" (entries past their expiry, left out: {known.expired})" if known.expired else ""
        notes.append(
            f"no name of these lists was found, which clears nobody: {looked}{expired}. "
            "Institutions that are on no list, or under a name that no list has, cannot be found"
        )
    if old:
        named = ", ".join(f"{each.id} ({days_old(each, day)} days)" for each in old)
        notes.append(
            f"lists older than {STALE_DAYS} days: {named}; what was designated or delisted since is not in "
            "them: import newer ones with `forensics lists import`"
        )
    return [NotRun(signal="institution-listed", why=why) for why in notes]


def _counted(listing: Listing) -> str:
    return f"{len(listing.entries):,} institution{'' if len(listing.entries) == 1 else 's'}"


def _by_entry(hits: Sequence[Hit]) -> list[list[Hit]]:
    found: dict[int, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.entry, []).append(hit)
    return list(found.values())


def _finding(exhibit: Exhibit, lookup: Lookup, several: list[list[Hit]]) -> Finding:
    """One finding for all entries that stand in the same places; the surest and heaviest leads."""
    tiers = list(_TIERS)

    def rank(hits: list[Hit]) -> tuple[int, int]:
        return min(_ORDER.index(hit.how) for hit in hits), tiers.index(lookup.listings[hits[0].entry].tier)

    ordered = sorted(several, key=rank)
    lead = min(ordered[0], key=lambda hit: (_ORDER.index(hit.how), hit.start))
    entry, listing = lookup.entries[lead.entry], lookup.listings[lead.entry]
    others = [lookup.listings[hits[0].entry].title for hits in ordered[1:]]
    also = f" Also on: {', '.join(dict.fromkeys(others))}." if others else ""
    quoted = " ".join(exhibit.document.text[lead.start : lead.end].split())
    return finding(
        "institution-listed",
        weight="C" if lead.how == "fuzzy" else "B",
        documents=(),
        summary=f"“{quoted}” is {_meant(lead, entry)}. {_said(entry, listing)}{also}",
        evidence=[
            *(quote(exhibit.document, hit.start, hit.end) for hit in ordered[0]),
            *(_entry(exhibit, lookup, hits[0]) for hits in ordered),
        ],
        base_rate=None,
        innocent=(*_alike(lead), *_TIERS[listing.tier]),
    )


def _meant(hit: Hit, entry: Entry) -> str:
    """How what is written relates to the entry."""
    if hit.how == "fuzzy":
        return f"like “{hit.name}”, a name of {entry.names[0]}, and may be another institution ({hit.why})"
    if hit.name == entry.names[0]:
        return f"“{entry.names[0]}” ({hit.why})"
    return f"“{hit.name}”, {_HOW['alias'].replace('of it', f'of “{entry.names[0]}”')} ({hit.why})"


def _alike(hit: Hit) -> tuple[str, ...]:
    if hit.how == "fuzzy":
        return ("It is another institution with a name like this one's.",)
    return ("Another institution bears the same name.",)


def _said(entry: Entry, listing: Listing) -> str:
    """What the list says, who says so, and when."""
    when = f"list as of {listing.as_of}"
    if entry.as_of and entry.as_of != listing.as_of:
        when += f", this entry as of {entry.as_of}"
    if listing.tier == "own":
        why = f": {entry.reason}" if entry.reason else ", without a reason"
        who = f"; approved by {entry.approver}" if entry.approver else "; no approver is named"
        until = f"; until {entry.expiry}" if entry.expiry else ""
        return f"It stands on “{listing.title}”{why.rstrip('.')}{who}{until} ({when})."
    if listing.tier == "fact":
        if entry.basis == "reported":
            return f"{entry.authority} names it as a front; no authority has designated it ({when})."
        return f"It lies in the DPRK: a plain fact of location, no designation is implied ({when})."
    programme = (
        f", {'under' if ' FR ' in f' {entry.programme} ' else 'programme'} {entry.programme}"
        if entry.programme
        else ""
    )
    since = f", since {entry.listed}" if entry.listed else ""
    cited = f"; {entry.citation}" if entry.citation else ""
    return f"It is designated by {entry.authority or listing.title}{programme}{since} ({when}{cited})."


def _entry(exhibit: Exhibit, lookup: Lookup, hit: Hit) -> Evidence:
    """The entry of the list as evidence: what it says, and where that stands."""
    entry, listing = lookup.entries[hit.entry], lookup.listings[hit.entry]
    parts = (
        entry.names[0],
        entry.authority,
        entry.programme and f"programme {entry.programme}",
        entry.listed and f"listed {entry.listed}",
        entry.expiry and f"expires {entry.expiry}",
        entry.reason,
        entry.approver and f"approved by {entry.approver}",
        entry.citation,
        f"as of {entry.as_of or listing.as_of}",
    )
    number = f", entry {entry.number}" if entry.number else ""
    return Evidence(
        document=exhibit.document.id,
        text=" · ".join(part for part in parts if part),
        where=f"{listing.where}{number} (sha256 {listing.sha256[:12]})",
    )
