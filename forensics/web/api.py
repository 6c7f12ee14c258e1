"""The same answers as JSON, in the words of the command line, and as CSV: everything under ``/api/``.

A program signs in with ``Authorization: Bearer TOKEN`` where a token is needed, and sends the header
``X-Forensics: 1`` with a POST where none is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from forensics.cases import export
from forensics.features.measure import measure
from forensics.index import listing
from forensics.index.corpus import Corpus
from forensics.index.files import Files
from forensics.index.job import Job
from forensics.web import security, sheets
from forensics.web.answers import desk_of, folder_of, job_of, put, seen, shelved
from forensics.web.security import Refusal
from forensics.web.uploads import handed_in

router = APIRouter(prefix="/api")

Json = dict[str, Any]
Limit = Annotated[int, Query(ge=1, le=1000, description="So many rows at once.")]
Start = Annotated[int, Query(ge=0, description="How many rows to leave out first.")]

_FILE = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "properties": {
                "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                "applicant": {"type": "string", "description": "Who applied with these files."},
                "keep": {"type": "string", "description": "1: add each file to the corpus after its check."},
            },
            "required": ["files"],
        }
    }
}
_ERRORS: dict[int | str, dict[str, Any]] = {
    401: {"description": "No token, or a wrong one."},
    404: {"description": "There is no such thing (any more)."},
}


class JobSaid(BaseModel):
    """A file that is to be checked, or was. `case` is null until it is done."""

    id: str
    batch: str
    name: str
    document: str
    applicant: str | None
    state: str
    before: int
    case: bool | None
    keep: bool
    kept: str | None
    message: str | None
    came: str
    changed: str
    url: str
    report: str | None


class Page(BaseModel):
    """A part of a list, and how long the whole is."""

    total: int
    start: int


class Jobs(Page):
    """Uploads, the latest first."""

    jobs: list[JobSaid]


class Documents(Page):
    """Applications of the corpus, and what the list could be narrowed by."""

    documents: list[Json]
    facets: dict[str, list[Json]]


class Views(Page):
    """Who looked at what, the latest first."""

    views: list[Json]


@router.get("/status")
def status(request: Request) -> Json:
    """What the corpus holds, how large it is, and whether it is sound: as `forensics status --json`."""
    with Corpus.open(folder_of(request)) as corpus:
        return corpus.status()


# -- uploads


@router.post("/uploads", status_code=202, openapi_extra={"requestBody": {"content": _FILE, "required": True}})
async def hand_in(request: Request) -> Jobs:
    """Hand in files to be checked; ask for each job until its state is `done`, `unreadable` or `failed`."""
    security.check_csrf(request, None)
    jobs = await run_in_threadpool(put, request, await handed_in(request))
    return Jobs(total=len(jobs), start=0, jobs=[said(request, job) for job in jobs])


@router.get("/uploads")
def uploads(request: Request, batch: str | None = None, start: Start = 0, limit: Limit = 100) -> Jobs:
    """What was handed in."""
    desk = desk_of(request)
    jobs = desk.jobs(batch=batch, start=start, limit=limit)
    return Jobs(total=desk.count(batch=batch), start=start, jobs=[said(request, job) for job in jobs])


@router.get("/uploads.csv", response_class=Response)
def uploads_sheet(request: Request, batch: str | None = None) -> Response:
    """The same as CSV, all of it."""
    jobs = desk_of(request).jobs(batch=batch, limit=-1)
    return table("uploads", sheets.JOBS, (said(request, job).model_dump() for job in jobs))


@router.get("/uploads/{id}", responses=_ERRORS)
def upload(request: Request, id: str) -> JobSaid:
    """How far one file is."""
    return said(request, job_of(request, id))


@router.get("/uploads/{id}/report", responses=_ERRORS)
def report(request: Request, id: str) -> Json:
    """What it came to: as `forensics check --json`."""
    return _answer(request, id, "report as JSON")


@router.get("/uploads/{id}/report.csv", responses=_ERRORS, response_class=Response)
def report_sheet(request: Request, id: str) -> Response:
    """Its findings and aligned passages as CSV, a row each."""
    answer = _answer(request, id, "report as CSV")
    return table("report", sheets.FINDINGS, sheets.report(answer))


def _answer(request: Request, id: str, what: str) -> Json:
    job = job_of(request, id)
    found = desk_of(request).result(id)
    if found is None:
        raise Refusal(
            status=404,
            title=f"There is no report: the job is {job.state}.",
            next=job.message or "Wait for it.",
        )
    answer = found[0]
    seen(request, [answer["document"]["id"], *(each["document"] for each in answer["matches"])], what)
    return answer


def said(request: Request, job: Job) -> JobSaid:
    """A job as JSON."""
    desk = desk_of(request)
    return JobSaid(
        id=job.id,
        batch=job.batch,
        name=job.name,
        document=job.document,
        applicant=job.applicant or job.person,
        state=job.state,
        before=0 if job.ended else desk.before(job),
        case=job.opens,
        keep=job.keep,
        kept=job.kept,
        message=job.message,
        came=job.came,
        changed=job.changed,
        url=f"/uploads/{job.id}",
        report=f"/api/uploads/{job.id}/report" if job.state == "done" else None,
    )


# -- the corpus


@router.get("/documents")
def documents(
    request: Request,
    q: Annotated[str, Query(max_length=200, description="Words that occur in name, file, job or id.")] = "",
    role: str | None = None,
    kind: str | None = None,
    month: str | None = None,
    job: str | None = None,
    order: str = "latest",
    start: Start = 0,
    limit: Limit = 100,
) -> Documents:
    """Who is in the corpus."""
    found = _listed(request, q, role, kind, month, job, order, start, limit)
    return Documents(
        total=found.total,
        start=start,
        documents=list(map(_entry, found.entries)),
        facets={
            name: [{"value": each.value, "count": each.count} for each in choices]
            for name, choices in found.facets.items()
        },
    )


@router.get("/documents.csv", response_class=Response)
def documents_sheet(
    request: Request,
    q: str = "",
    role: str | None = None,
    kind: str | None = None,
    month: str | None = None,
    job: str | None = None,
    order: str = "latest",
) -> Response:
    """The same as CSV, all of it."""
    found = _listed(request, q, role, kind, month, job, order, 0, None)
    return table("documents", sheets.DOCUMENTS, map(_entry, found.entries))


def _listed(
    request: Request,
    q: str,
    role: str | None,
    kind: str | None,
    month: str | None,
    job: str | None,
    order: str,
    start: int,
    limit: int | None,
) -> listing.Listing:
    given = {"role": role, "kind": kind, "month": month, "job": job}
    return listing.listing(
        folder_of(request),
        words=q,
        chosen={name: value for name, value in given.items() if value is not None},
        order=order if order in listing.ORDERS else "latest",
        start=start,
        limit=limit,
    )


def _entry(each: listing.Entry) -> Json:
    return {name: getattr(each, name) for name in sheets.DOCUMENTS}


@router.get("/documents/{id}", responses=_ERRORS)
def document(request: Request, id: str) -> Json:
    """What was read and measured in a document: as `forensics show --json`."""
    found = shelved(request, id)
    seen(request, [found.document.id], "document as JSON")
    return export.show(measure(found.document))


@router.get("/documents/{id}/entities.csv", responses=_ERRORS, response_class=Response)
def entities(request: Request, id: str) -> Response:
    """What is named in it, as CSV."""
    found = shelved(request, id)
    seen(request, [found.document.id], "document as CSV")
    return table("entities", sheets.ENTITIES, export.show(measure(found.document))["entities"])


@router.get("/documents/{id}/file", responses=_ERRORS, response_class=Response)
def file(request: Request, id: str) -> Response:
    """The file itself, to be saved and never shown in the browser: it is a stranger's."""
    found = shelved(request, id)
    data = Files(folder_of(request) / "files").get(found.document.id)
    if data is None:
        raise Refusal(status=404, title="The file is not kept.", next="Only what was read in it is stored.")
    seen(request, [found.document.id], "file")
    name = f"{found.document.id.removeprefix('sha256:')[:16]}.{found.document.format}.untrusted"
    return attachment(data, name, "application/octet-stream")


@router.get("/audit")
def audit(request: Request, document: str | None = None, start: Start = 0, limit: Limit = 100) -> Views:
    """Who looked at what."""
    desk = desk_of(request)
    found = desk.views(document=document, start=start, limit=limit)
    rows = [{name: getattr(each, name) for name in sheets.VIEWS} for each in found]
    return Views(total=desk.count_views(document=document), start=start, views=rows)


@router.get("/audit.csv", response_class=Response)
def audit_sheet(request: Request, document: str | None = None) -> Response:
    """The same as CSV, all of it."""
    found = desk_of(request).views(document=document, limit=-1)
    return table(
        "audit", sheets.VIEWS, ({name: getattr(each, name) for name in sheets.VIEWS} for each in found)
    )


# -- how it is sent


def table(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Response:
    """Rows as a CSV file to be saved."""
    return attachment(
        ("\ufeff" + sheets.sheet(columns, rows)).encode(), f"{name}.csv", "text/csv; charset=utf-8"
    )


def attachment(data: bytes, name: str, kind: str) -> Response:
    """Bytes that a browser saves and does not show."""
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
