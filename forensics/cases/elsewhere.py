"""Seen elsewhere: what a document shares with a campaign that another organisation told of. Context, never counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from forensics.cases.beside import count
from forensics.cases.visible import visible

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """How many fingerprints of each kind a document shares with a foreign campaign, of how many it has.

    ``template`` is the share of the campaign's look that the document has, ``None`` where it tells of none.
    """

    campaign: str
    month: str
    file: str
    passages: int
    of_passages: int
    lineage: int
    of_lineage: int
    template: float | None


def as_json(found: Sequence[Elsewhere]) -> list[Json]:
    """The key ``indicators`` of ``check --json``."""
    return [
        {
            "campaign": each.campaign, "month": each.month, "file": each.file,
            "passages": each.passages, "of_passages": each.of_passages,
            "lineage": each.lineage, "of_lineage": each.of_lineage, "template": each.template,
        }
        for each in found
    ]  # fmt: skip


def sentence(each: Elsewhere) -> str:
    """One match in words."""
    parts = []
    if each.passages:
        parts.append(f"{each.passages} of this document's {each.of_passages} passages")
    if each.lineage:
        parts.append(f"{each.lineage} of its {each.of_lineage} ids of file and pictures")
    if each.template is not None:
        parts.append(f"{each.template:.0%} of that look")
    return f"Campaign {each.campaign}, last seen {each.month}, told of in {each.file}: {', '.join(parts)}."


def present(found: Sequence[Elsewhere]) -> Iterator[RenderableType]:
    """The section of ``check`` in the terminal; nothing without a match."""
    if found:
        yield Text(
            "Seen by another organisation, too (shared indicators; context, never counted)", style="bold"
        )
        for each in found:
            yield Text(f"  - {visible(sentence(each))}")
        yield Text()


SHOWN = 30
"""So many documents are named; the rest are counted."""


def taken(found: Json, *, full: bool = False) -> Iterator[RenderableType]:
    """What ``ingest --indicators`` took in, and whom it meets."""
    yield Text(
        f"{found['campaigns']:,} campaigns with {found['digests']:,} digests under key {found['key']} are kept; "
        "later checks compare with them, too.",
        style="bold",
    )
    if found["skipped"]:
        yield Text(f"{found['skipped']:,} objects are none of ours and were passed over.")
    met = found["matches"]
    if not met:
        yield Text("No stored document meets them.")
    else:
        yield Text(f"{count(len(met), 'stored document')} {'meets' if len(met) == 1 else 'meet'} them.")
    for each in met if full else met[:SHOWN]:
        for one in each["matches"]:
            yield Text(f"  - {each['document'][7:19]}: {visible(sentence(Elsewhere(**one)))}")
    if not full and len(met) > SHOWN:
        yield Text(f"  {len(met) - SHOWN:,} more: --full shows all.", style="dim")
