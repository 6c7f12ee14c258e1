"""The analyst's answers as JSON and CSV, as the command line gives them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from forensics.cases import campaign_views, likes
from forensics.cases.trends import sheet as trends_sheet_of
from forensics.web import analyses, sheets
from forensics.web.analyses import By, Least
from forensics.web.api import attachment, table

router = APIRouter(prefix="/api")

Json = dict[str, Any]
Most = Annotated[int | None, Query(ge=0, description="List so many at most; all are counted.")]

_ERRORS: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such thing (any more)."}}


@router.get("/documents/{id}/who-else", responses=_ERRORS)
def who_else(
    request: Request, id: str, by: By = "template", threshold: Least = None, limit: Most = None
) -> Json:
    """Who else has this look, text, file or hand: as `forensics who-else --json`."""
    return likes.as_json(analyses.answer(request, id, by, threshold, limit))


@router.get("/documents/{id}/who-else.csv", responses=_ERRORS, response_class=Response)
def who_else_sheet(request: Request, id: str, by: By = "template", threshold: Least = None) -> Response:
    """The same as CSV, all of it."""
    found = likes.as_json(analyses.answer(request, id, by, threshold, None))
    return table("who-else", sheets.LIKES, found["documents"])


@router.get("/campaigns")
def campaigns(request: Request) -> Json:
    """Who hangs together with whom: as `forensics campaigns --json`."""
    return analyses.listing(request)


@router.get("/campaigns.csv", response_class=Response)
def campaigns_sheet(request: Request) -> Response:
    """The list as CSV."""
    return table("campaigns", campaign_views.COLUMNS, campaign_views.rows(analyses.listing(request)))


@router.get("/campaigns/{id}", responses=_ERRORS)
def one_campaign(request: Request, id: str) -> Json:
    """The same with one campaign: as `forensics campaigns ID --json`."""
    return analyses.listing(request, id)


@router.get("/campaigns/{id}/links.csv", responses=_ERRORS, response_class=Response)
def links_sheet(request: Request, id: str) -> Response:
    """What ties one campaign together, as CSV."""
    one = analyses.listing(request, id)["campaign"]
    return table("campaign", campaign_views.LINKS, campaign_views.link_rows(one))


@router.get("/trends")
def trends(request: Request) -> Json:
    """Cases and campaigns over time: as `forensics trends --json`."""
    return analyses.over_time(request)


@router.get("/trends.csv", response_class=Response)
def trends_sheet(request: Request) -> Response:
    """The same as CSV."""
    text = trends_sheet_of(analyses.over_time(request))
    return attachment(("\ufeff" + text).encode(), "trends.csv", "text/csv; charset=utf-8")
