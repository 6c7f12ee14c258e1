"""The application: its parts put together, and what happens when something goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from forensics import __version__
from forensics.cases.paper import STATIC
from forensics.errors import CorpusBusy, ForensicsError
from forensics.index import listing
from forensics.index.corpus import Corpus
from forensics.index.desk import Desk
from forensics.web import analyses, analyses_api, api, pages
from forensics.web.jobs import Worker
from forensics.web.security import LOOPBACK, Guard, Refusal
from forensics.web.warm import Warm

OWN = Path(__file__).parent / "static"

_TITLES = {
    404: ("There is no such page.", "Check the address, or begin at the start."),
    405: ("This address does not take that request.", "Begin at the start."),
}


def application(
    folder: Path, *, token: str | None = None, hosts: tuple[str, ...] = LOOPBACK, work: bool = True
) -> FastAPI:
    """The web application of the corpus in ``folder``, which is made if it is not there.

    With a ``token`` everybody must sign in. ``hosts`` are the names it answers to, any if empty. ``work``
    starts the process that checks uploads. Raises what :meth:`forensics.index.corpus.Corpus.open` does.
    """
    Corpus.open(folder, create=True).close()
    listing.prepare(folder)
    desk = Desk(folder)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        worker = Worker(folder) if work else None
        if worker:
            worker.start()
        yield
        if worker:
            worker.stop()
        app.state.warm.close()
        analyses.stop_drawing()

    app = FastAPI(
        title="forensics",
        version=__version__,
        summary="Have we seen this application before, under another name?",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    app.state.folder, app.state.desk, app.state.token = folder, desk, token
    app.state.warm = Warm(folder)
    app.mount("/static/shared", StaticFiles(directory=STATIC))
    app.mount("/static", StaticFiles(directory=OWN))
    app.include_router(pages.router, include_in_schema=False)
    app.include_router(analyses.router, include_in_schema=False)
    app.include_router(api.router)
    app.include_router(analyses_api.router)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ForensicsError, _ours)
    app.add_middleware(Guard, token=token, hosts=hosts, refuse=refuse)
    return app


def refuse(request: Request, refusal: Refusal) -> Response:
    """The answer to a request that is refused: JSON under ``/api/``, else a page that says what to do next."""
    headers = {"Retry-After": "30"} if refusal.status == 503 else {}
    if request.url.path.startswith("/api/"):
        said = {"error": refusal.title, "next": refusal.next}
        return JSONResponse(said, status_code=refusal.status, headers=headers)
    if refusal.status == 401 and request.method in ("GET", "HEAD"):
        return pages.to_sign_in(request)
    return pages.refusal(request, refusal, headers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return refuse(request, error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title, after = _TITLES.get(error.status_code, (str(error.detail), "Go back and try again."))
    return refuse(request, Refusal(status=error.status_code, title=title, next=after))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return refuse(request, Refusal(status=422, title="The request cannot be understood.", next=f"{said}."))


async def _ours(request: Request, error: Exception) -> Response:
    status = 503 if isinstance(error, CorpusBusy) else 500
    return refuse(request, Refusal(status=status, title="The corpus cannot be used now.", next=str(error)))
