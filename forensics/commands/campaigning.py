"""Watch over time: campaigns, trends."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forensics.errors import UsageError
from forensics.streams import Exit, emit, guarded, present, progress, stopping
from forensics.words import CorpusOption, FullOption, JsonOption, Opening

if TYPE_CHECKING:
    from forensics.index.corpus import Corpus

PageOption = Annotated[Path | None, typer.Option("--html", metavar="OUT", help="Write it as a page.")]


@guarded
def campaigns(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Show this campaign, or the one of this document.")
    ] = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Check every stored document again first.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Check the documents first that came since the last time.")
    ] = False,
    html: PageOption = None,
    full: FullOption = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
) -> Exit:
    """Who hangs together with whom: applicants linked by what checks found.

    `check --add`, `dedup`, --update and --refresh keep what links documents; this only reads it.

    Example: forensics campaigns --update
    """
    from forensics.campaigns import campaigns as listed
    from forensics.campaigns import refresh as again
    from forensics.campaigns import show
    from forensics.cases import campaign_views, over_time

    if refresh and update:
        raise UsageError("--refresh checks all documents and --update the new ones: give one of them.")
    with Opening(corpus) as opening:
        store = opening()
        if refresh or update:
            _again(store, everything=refresh, again=again)
        shown = None if id is None else show(store, id)
        found = campaign_views.listed(listed(store), shown)
        if html is not None:
            one = found["campaign"]
            graph = None if one is None else campaign_views.drawing(one)
            template = "campaigns.html" if one is None else "campaign.html"
            _page(html, store, template, view=one or found, graph=graph, link="", web=False)
    if json:
        emit(found)
    elif found["campaign"] is not None:
        present(over_time.campaign(found["campaign"], full=full))
    else:
        present(over_time.campaigns(found, full=full))
    return Exit.OK


@guarded
def trends(
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write all as one table.")] = None,
    html: PageOption = None,
    full: FullOption = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
) -> Exit:
    """Cases and campaigns by month and quarter, by the job applied for, by signal.

    An application counts when it was made (applied_at), else when it was ingested.

    Example: forensics trends --csv trends.csv
    """
    from forensics.cases import over_time
    from forensics.cases.trends import bars, sheet
    from forensics.trends import trends as counted

    with Opening(corpus) as opening:
        store = opening()
        found = counted(store)
        if html is not None:
            _page(html, store, "trends.html", view=found, bars=bars(found))
    if csv is not None:
        try:
            csv.write_text("\ufeff" + sheet(found), encoding="utf-8", newline="")
        except OSError as error:
            raise UsageError(f"{csv} cannot be written ({error.strerror}): name another file.") from error
    if json:
        emit(found)
    else:
        present(over_time.trends(found, full=full))
    return Exit.OK


def _again(store: Corpus, *, everything: bool, again: Any) -> None:
    from forensics.batch.local import run
    from forensics.settings import settings

    rows, seen = store.population().rows, store.edges.seen()
    total = len(rows) if everything else len(rows.keys() - seen.keys())
    with (
        progress("checking", lambda: total) as counted,
        stopping(lambda: "Stopped before all were checked: nothing is kept of it."),
    ):
        again(store, run=run, workers=settings().workers, counted=counted, all=everything)


def _page(out: Path, store: Corpus, template: str, **context: Any) -> None:
    from forensics.cases.binding import binding
    from forensics.cases.ground import ground
    from forensics.cases.paper import render

    models = store.status()["models"]
    page = render(
        template,
        ground=ground(models if isinstance(models, dict) else None),
        written=datetime.now(UTC).date().isoformat(),
        documents=(),
        corpus={"documents": len(store.population().applicants), "snapshot": store.snapshot()},
        json="",
        sheet="",
        **context,
    )
    with binding(out, several=False) as bound:
        bound.add(out.name, page)
        bound.finish(None)
