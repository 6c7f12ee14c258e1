"""What a person reads in the terminal about text that the page does not show."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from forensics.cases.visible import visible
from forensics.documents.confirmed import NAME
from forensics.documents.document import Document
from forensics.documents.hidden import NAMED

_SHOWN = 300  # code points of each


def hidden(document: Document, *, full: bool = False) -> Iterator[RenderableType]:
    """Each hidden text with its place and reason; whether nobody has looked."""
    if document.hidden is None:
        yield Text("hidden text: nobody has looked", style="dim")
        yield Text()
        return
    if not document.hidden:
        return
    yield Text("hidden text", style="bold red")
    for each in document.hidden:
        place = f"page {each.page}" if each.page is not None else each.where or "in the text"
        said = each.text if full else each.text[:_SHOWN] + "…" * (len(each.text) > _SHOWN)
        line = Text(f"{visible(place)}, {NAMED.get(each.why, visible(each.why))}: ", style="dim")
        yield Padding(line + Text(visible(said)), (0, 0, 0, 2))
        for fact in document.facts:
            if fact.name == NAME and (fact.page, fact.bbox) == (each.page, each.bbox):
                yield Padding(Text(visible(fact.value), style="dim"), (0, 0, 0, 4))
    yield Text()
