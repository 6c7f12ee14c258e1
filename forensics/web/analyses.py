"""The analyst's pages: who else has this look, text, file or hand; campaigns; trends."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from forensics import campaigns as grouped
from forensics.cases import campaign_views, likes
from forensics.cases.likes import Thumbnail
from forensics.cases.trends import bars
from forensics.documents.document import Problem
from forensics.documents.pictures import Picture
from forensics.documents.sandbox import Reader
from forensics.errors import UsageError
from forensics.findings.likeness import Answer
from forensics.index.corpus import Corpus
from forensics.index.files import Files
from forensics.trends import trends as counted
from forensics.web import shown
from forensics.web.answers import folder_of, has_file, seen, shelved, warm_of
from forensics.web.pages import Number, hides, page
from forensics.web.security import Refusal
from forensics.who_else import BY
from forensics.who_else import who_else as ask

router = APIRouter()

By = Literal["template", "content", "lineage", "style"]
Least = Annotated[float | None, Query(ge=0, le=1, description="List from this similarity on.")]

ROWS = 50
WIDE = 300
"""Pixels of a first page beside others."""

WAYS = {
    "template": "template",
    "content": "text",
    "lineage": "file",
    "style": "style",
}
"""The ways to ask, as they are called on the page."""


def answer(request: Request, id: str, by: By, threshold: float | None, limit: int | None) -> Answer:
    """Who else; raises :class:`Refusal` where the document is not (any more) in the corpus."""
    stored = shelved(request, id).document.id

    def question(corpus: Corpus) -> Answer | None:
        exhibit = corpus.exhibit(stored)
        return None if exhibit is None else ask(exhibit, corpus, by=by, threshold=threshold, limit=limit)

    found = warm_of(request).ask(question)
    if found is None:
        raise Refusal(status=404, title="The document was just erased.", next="Look through the corpus.")
    seen(request, [found.query, *(each.id for each in found.documents)], f"who else by {by}")
    return found


@router.get("/documents/{id}/who-else")
def who_else(
    request: Request, id: str, by: By = "template", threshold: str = "", number: Number = 1
) -> Response:
    """Who else has this look, text, file or hand."""
    shelf = shelved(request, id)
    given = least(threshold)
    found = answer(request, id, by, given, number * ROWS)
    rows = found.documents[(number - 1) * ROWS :]
    state = {"by": by, "threshold": threshold if given is not None else ""}
    query = urlencode({key: value for key, value in state.items() if value})
    own = [each.applicant for each in shelf.applications]
    pictured = dict.fromkeys([found.query, *(each.id for each in rows)])
    return page(
        request,
        "alike.html",
        names=[*own, *(each.applicant for each in found.documents)],
        view=found,
        rows=rows,
        path=shelf.document.path.rsplit("/", 1)[-1],
        asked=likes.ASKED[by],
        said=likes.sentence(found),
        pictures={each: thumbnail(request, each) for each in pictured},
        unpictured=0,
        ways=WAYS,
        usual=BY[by].threshold,
        ground=None,
        pager=shown.pager(f"/documents/{found.query}/who-else", state, number, found.total, ROWS),
        json=f"/api/documents/{found.query}/who-else?{query}",
        sheet=f"/api/documents/{found.query}/who-else.csv?{query}",
    )


def least(said: str) -> float | None:
    """The similarity that a form asks for, ``None`` for the usual one; raises :class:`Refusal` for no number."""
    if not said.strip():
        return None
    try:
        value = float(said)
    except ValueError:
        value = -1
    if not 0 <= value <= 1:
        raise Refusal(status=422, title="That is no similarity.", next="Give a number from 0 to 1.")
    return value


def thumbnail(request: Request, id: str) -> Thumbnail:
    """Where the picture of a document's first page is, or why there is none."""
    if hides(request):
        return Thumbnail(src=None, why="names are hidden, and stand on it")
    if not has_file(request, id):
        return Thumbnail(src=None, why="its file is not kept")
    if not Files(folder_of(request) / "files").begins(id, b"%PDF-"):
        return Thumbnail(src=None, why="only PDF pages are pictured")
    return Thumbnail(src=f"/documents/{id}/first-page.png")


@router.get("/documents/{id}/first-page.png")
def first_page(request: Request, id: str) -> Response:
    """A picture of the first page of a stored PDF, drawn on our side."""
    found = shelved(request, id).document.id
    if hides(request):
        raise Refusal(status=403, title="Names are hidden, and stand on it.", next="Show names first.")
    data = Files(folder_of(request) / "files").get(found)
    made = _drawn(data) if data is not None and data.startswith(b"%PDF-") else ()
    if isinstance(made, Problem) or not made:
        raise Refusal(
            status=404,
            title="There is no picture of it.",
            next="Only pages of PDF files that are kept are drawn.",
        )
    seen(request, [found], "first page")
    return Response(made[0].png, media_type="image/png")


_drawing = Lock()


def _drawn(data: bytes) -> tuple[Picture, ...] | Problem:
    with _drawing:
        return _reader().render(data, [1], width=WIDE)


@cache
def _reader() -> Reader:
    return Reader()


def stop_drawing() -> None:
    """End the process that draws, if there is one."""
    with _drawing:
        if _reader.cache_info().currsize:
            _reader().close()
            _reader.cache_clear()


# -- campaigns and trends


def listing(request: Request, id: str | None = None) -> campaign_views.Json:
    """The JSON of ``campaigns``, with one of them; raises :class:`Refusal` where there is no such campaign."""

    def question(corpus: Corpus) -> campaign_views.Json:
        one = None if id is None else grouped.show(corpus, id)
        return campaign_views.listed(grouped.campaigns(corpus), one)

    try:
        found = warm_of(request).ask(question)
    except UsageError as error:
        raise Refusal(status=404, title="There is no such campaign.", next=f"{error}") from error
    if found["campaign"] is not None:
        seen(request, [each["document"] for each in found["campaign"]["members"]], "campaign")
    return found


@router.get("/campaigns")
def campaigns(request: Request) -> Response:
    """Who hangs together with whom."""
    found = listing(request)
    return page(
        request,
        "campaigns.html",
        names=campaign_views.people(found),
        view=found,
        graph=None,
        link="/campaigns/",
        web=True,
        ground=None,
        json="/api/campaigns",
        sheet="/api/campaigns.csv",
    )


@router.get("/campaigns/{id}")
def one_campaign(request: Request, id: str) -> Response:
    """One campaign: who, when, what they share, and by what they hang together."""
    found = listing(request, id)
    view = found["campaign"]
    return page(
        request,
        "campaign.html",
        names=campaign_views.people(found),
        view=view,
        graph=campaign_views.drawing(view),
        link="/campaigns/",
        web=True,
        ground=None,
        json=f"/api/campaigns/{view['id']}",
        sheet=f"/api/campaigns/{view['id']}/links.csv",
    )


def over_time(request: Request) -> campaign_views.Json:
    """The JSON of ``trends``."""
    return warm_of(request).ask_once("trends", counted)


@router.get("/trends")
def trends(request: Request) -> Response:
    """Is it becoming more?"""
    found = over_time(request)
    return page(
        request,
        "trends.html",
        view=found,
        bars=bars(found),
        ground=None,
        json="/api/trends",
        sheet="/api/trends.csv",
    )
