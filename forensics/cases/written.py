"""How a document is written, with the rates of this corpus, as JSON and in the terminal. Context, never counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from forensics.cases.beside import count
from forensics.cases.visible import visible
from forensics.findings.finding import BaseRate
from forensics.findings.writing import Written

Json = dict[str, Any]


def as_json(found: Sequence[Written]) -> list[Json]:
    """The key ``writing`` of ``check --json``."""
    return [
        {
            "habit": each.name,
            "form": each.form,
            "count": each.count,
            "unusual": each.unusual,
            "base_rate": _rate(each.rate),
            "same_layout": _rate(each.templated),
            "place": {
                "document": each.place.document, "page": each.place.page, "bbox": each.place.bbox,
                "start": each.place.start, "end": each.place.end, "text": each.place.text, "where": each.place.where,
            },
        }
        for each in found
    ]  # fmt: skip


def _rate(found: BaseRate | None) -> Json | None:
    return None if found is None else {"documents": found.documents, "of": found.of}


def present(found: Sequence[Written], *, full: bool) -> Iterator[RenderableType]:
    """The section of ``check`` in the terminal: the unusual habits, all with ``full``; nothing without one."""
    shown = [each for each in found if full or each.unusual]
    if not shown:
        return
    yield Text("How it is written, never counted", style="bold")
    for each in shown:
        yield Padding(
            Text(f"• {each.name}: {each.form}, {_times(each)}: “{visible(each.place.text.strip())}”"),
            (0, 0, 0, 1),
        )
    if not full and len(found) > len(shown):
        yield Text(f"   {count(len(found) - len(shown), 'usual habit')} left out: --full.", style="dim")
    yield Text()


def _times(each: Written) -> str:
    if each.rate is None:
        return f"{count(each.count, 'time')}; nobody else whose file came the same way writes it"
    so = f"{count(each.count, 'time')}; so {'does' if each.rate.documents == 1 else 'do'} "
    mine = f"{each.rate.documents} of the {count(each.rate.of, 'other applicant')} who write it"
    alike = each.templated
    return f"{so}{mine}" + (f", {alike.documents} of {alike.of} with the same layout" if alike else "")
