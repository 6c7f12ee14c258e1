"""The pages: what a reviewer sees. Each is made on the server and works without JavaScript."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from forensics import __version__
from forensics.cases.paper import render
from forensics.cases.views import KINDS
from forensics.features.measure import measure
from forensics.index import listing
from forensics.index.desk import Desk
from forensics.index.job import DONE, Job
from forensics.settings import settings
from forensics.web import security, shown
from forensics.web.answers import desk_of, folder_of, has_file, job_of, names_in, put, seen, shelved
from forensics.web.hiding import hidden
from forensics.web.report import TEMPLATES
from forensics.web.security import Refusal
from forensics.web.uploads import handed_in, megabytes

router = APIRouter()

NAMES = "forensics-names"
ROWS = 50

Words = Annotated[str, Query(alias="q", max_length=200)]
Number = Annotated[int, Query(alias="page", ge=1, le=1_000_000)]


def hides(request: Request) -> bool:
    """Whether the reader wants no names."""
    return request.cookies.get(NAMES) == "hidden"


def page(
    request: Request,
    template: str,
    *,
    names: Iterable[str | None] = (),
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page in the frame of the application; ``names`` are taken out if the reader wants that."""
    site = {
        "csrf": request.state.csrf,
        "hides": hides(request),
        "here": str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
        "signed": request.app.state.token is not None,
        "section": request.url.path.split("/")[1],
        "version": __version__,
    }
    html = render(template, frame="frame.html", folders=(TEMPLATES,), site=site, kinds=KINDS, **context)
    if hides(request):
        html = hidden(html, [name for name in names if name])
    return HTMLResponse(html, status_code=status, headers=dict(headers or {}))


def refusal(request: Request, refused: Refusal, headers: Mapping[str, str]) -> Response:
    """The page of a request that is refused."""
    return page(request, "refusal.html", status=refused.status, headers=headers, refused=refused)


def to_sign_in(request: Request) -> Response:
    """On to the page to sign in, and back here afterwards."""
    query = f"?{request.url.query}" if request.url.query else ""
    back = urlencode({"back": f"{request.url.path}{query}"})
    return RedirectResponse(f"/sign-in?{back}", status_code=303)


# -- handing in


@router.get("/")
def home(request: Request) -> Response:
    """The form, and what was handed in last."""
    desk, now = desk_of(request), settings()
    jobs = desk.jobs(limit=10)
    return page(
        request,
        "home.html",
        names=shown.people(jobs),
        rows=shown.rows(desk, jobs),
        documents=listing.count(folder_of(request)),
        limits={"files": now.upload_files, "bytes": now.upload_bytes, "file": now.max_file},
        said={"all": megabytes(now.upload_bytes), "file": megabytes(now.max_file), "days": now.keep_uploads},
    )


@router.post("/uploads")
async def upload(request: Request) -> Response:
    """Take files to be checked."""
    given = await handed_in(request)
    security.check_csrf(request, given.fields.get("csrf"))
    jobs = await run_in_threadpool(put, request, given)
    where = f"/uploads/{jobs[0].id}" if len(jobs) == 1 else f"/uploads?batch={jobs[0].batch}"
    return RedirectResponse(where, status_code=303)


@router.get("/uploads")
def uploads(request: Request, batch: str | None = None, number: Number = 1) -> Response:
    """What was handed in, or what was at once."""
    desk = desk_of(request)
    jobs = desk.jobs(batch=batch, start=(number - 1) * ROWS, limit=ROWS)
    total = desk.count(batch=batch)
    return page(
        request,
        "uploads.html",
        names=shown.people(jobs),
        rows=shown.rows(desk, jobs),
        batch=batch,
        waiting=any(not job.ended or job.adding for job in jobs),
        pager=shown.pager("/uploads", {"batch": batch or ""}, number, total, ROWS),
        total=total,
    )


@router.get("/uploads/{id}")
def one_upload(request: Request, id: str) -> Response:
    """How far a job is, or what it came to."""
    desk = desk_of(request)
    job = job_of(request, id)
    found = desk.result(id) if job.state == DONE else None
    row = shown.row(desk, job)
    if found is None:
        return page(request, "job.html", names=shown.people([job]), job=job, row=row)
    answer, body = found
    seen(request, [answer["document"]["id"], *(each["document"] for each in answer["matches"])], "report")
    return page(
        request,
        "report.html",
        names=names_in(job, answer),
        body=shown.markup(body),
        answer=answer,
        job=job,
        row=row,
        addable=job.stored or desk.data(id) is not None,
        missing=shown.missing(folder_of(request), answer),
        beside=shown.beside(answer),
    )


@router.get("/uploads/{id}/progress")
def progress(request: Request, id: str) -> Response:
    """The part of the page that changes while one waits; when there is nothing to wait for, the page again."""
    job = job_of(request, id)
    if job.ended and not job.adding:
        return Response(headers={"HX-Refresh": "true"})
    html = render(
        "progress.html", frame="", folders=(TEMPLATES,), job=job, row=shown.row(desk_of(request), job)
    )
    return HTMLResponse(html)


@router.post("/uploads/{id}/add")
def add(request: Request, id: str, csrf: Annotated[str, Form()] = "") -> Response:
    """Put a checked document in the corpus."""
    security.check_csrf(request, csrf)
    desk, job = desk_of(request), job_of(request, id)
    if job.state != DONE or (not job.stored and desk.data(id) is None):
        raise Refusal(
            status=409, title="Its file is not here any more.", next="Hand it in again, with the mark set."
        )
    desk.keep(id)
    return RedirectResponse(f"/uploads/{id}", status_code=303)


@router.post("/uploads/{id}/erase")
def erase(request: Request, id: str, csrf: Annotated[str, Form()] = "") -> Response:
    """Erase what was handed in, with its report; what is in the corpus stays there."""
    security.check_csrf(request, csrf)
    desk_of(request).forget_job(job_of(request, id))
    return RedirectResponse("/uploads", status_code=303)


# -- the corpus


@router.get("/documents")
def documents(
    request: Request,
    words: Words = "",
    role: str | None = None,
    kind: str | None = None,
    month: str | None = None,
    job: str | None = None,
    order: str = "latest",
    number: Number = 1,
) -> Response:
    """Who is in the corpus."""
    given = {"role": role, "kind": kind, "month": month, "job": job}
    chosen = {name: value for name, value in given.items() if value is not None}
    order = order if order in listing.ORDERS else "latest"
    found = listing.listing(
        folder_of(request), words=words, chosen=chosen, order=order, start=(number - 1) * ROWS, limit=ROWS
    )
    state = {"q": words, **chosen, "order": order if order != "latest" else ""}
    return page(
        request,
        "documents.html",
        names=[each.applicant for each in found.entries],
        found=found,
        facets=shown.facets(found, chosen, state),
        state=state,
        orders=list(listing.ORDERS),
        pager=shown.pager("/documents", state, number, found.total, ROWS),
        sheet=f"/api/documents.csv?{urlencode({key: value for key, value in state.items() if value})}",
        json=f"/api/documents?{urlencode({key: value for key, value in state.items() if value})}",
    )


@router.get("/documents/{id}")
def one_document(request: Request, id: str) -> Response:
    """What was read in a document, and who applied with it."""
    found = shelved(request, id)
    exhibit = measure(found.document)
    names = [exhibit.features.applicant.name, *(each.applicant for each in found.applications)]
    desk = desk_of(request)
    jobs = desk.jobs(document=found.document.id, limit=20)
    seen(request, [found.document.id], "document")
    return page(
        request,
        "document.html",
        names=[*names, *shown.people(jobs)],
        found=found,
        exhibit=exhibit,
        blocks=shown.blocks(exhibit),
        entities=shown.entities(exhibit),
        versions=shown.versions(folder_of(request), found.document.id, names),
        rows=shown.rows(desk, jobs),
        views=desk.count_views(document=found.document.id),
        kept=has_file(request, found.document.id),
    )


@router.post("/documents/{id}/check")
def check_again(request: Request, id: str, csrf: Annotated[str, Form()] = "") -> Response:
    """Check a stored document against the corpus as it is now."""
    security.check_csrf(request, csrf)
    found = shelved(request, id)
    name = found.document.path.rsplit("/", 1)[-1]
    jobs = desk_of(request).put(
        [(name, found.document.id, None)], applicant=None, keep=False, most_waiting=settings().upload_queue
    )
    return RedirectResponse(f"/uploads/{full(jobs)[0].id}", status_code=303)


def full(jobs: Sequence[Job] | None) -> Sequence[Job]:
    """The jobs; raises :class:`Refusal` where the queue took none."""
    if jobs is None:
        raise Refusal(
            status=503,
            title="Too much is waiting to be checked.",
            next="Wait until some is done, then send it again.",
        )
    return jobs


# -- the rest


@router.get("/audit")
def audit(request: Request, document: str | None = None, number: Number = 1) -> Response:
    """Who looked at what."""
    desk = desk_of(request)
    total = desk.count_views(document=document)
    views = desk.views(document=document, start=(number - 1) * ROWS, limit=ROWS)
    return page(
        request,
        "audit.html",
        views=views,
        here=listing.present(folder_of(request), {each.document for each in views if each.document}),
        total=total,
        document=document,
        pager=shown.pager("/audit", {"document": document or ""}, number, total, ROWS),
    )


@router.post("/names")
def names(
    request: Request,
    hide: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """Hide or show names from now on, in this browser."""
    security.check_csrf(request, csrf)
    response = RedirectResponse(inside(back), status_code=303)
    security.give(request, response, NAMES, "hidden" if hide == "1" else "shown", site="strict")
    return response


@router.get("/sign-in")
def sign_in_page(request: Request, back: str = "/") -> Response:
    """Where the token is asked for."""
    return page(request, "sign-in.html", back=inside(back), wrong=False)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    token: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """Take the token, give a cookie."""
    security.check_csrf(request, csrf)
    response = RedirectResponse(inside(back), status_code=303)
    wanted = request.app.state.token
    if wanted is None or await security.sign_in(request, token, wanted, response):
        return response
    return page(request, "sign-in.html", status=401, back=inside(back), wrong=True)


def inside(back: str) -> str:
    """The path if it leads to a page of ours, else the start."""
    parts = urlsplit(back)
    fits = (
        back.startswith("/") and not back.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    )
    return back if fits and back.isprintable() else "/"


@router.get("/healthz")
def healthz(request: Request) -> dict[str, bool]:
    """Whether the server answers and its databases can be read."""
    listing.count(folder_of(request))
    Desk(folder_of(request)).count()
    return {"ok": True}
