"""What pages and API have in common: where things lie, and how one looks at them so that the audit knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from fastapi import Request

from forensics.index import listing
from forensics.index.desk import Desk
from forensics.index.files import Files
from forensics.index.job import Job
from forensics.index.listing import Shelved
from forensics.ingest import label
from forensics.settings import settings
from forensics.web.security import Refusal, who
from forensics.web.uploads import HandedIn
from forensics.web.warm import Warm

_ID = re.compile(r"(?:sha256:)?[0-9a-f]{8,64}", re.IGNORECASE)


def folder_of(request: Request) -> Path:
    """The folder of the corpus."""
    return cast(Path, request.app.state.folder)


def desk_of(request: Request) -> Desk:
    """Its desk."""
    return cast(Desk, request.app.state.desk)


def warm_of(request: Request) -> Warm:
    """Its corpus, kept open for questions about all documents."""
    return cast(Warm, request.app.state.warm)


def job_of(request: Request, id: str) -> Job:
    """The job; raises :class:`Refusal` if there is none (any more)."""
    job = desk_of(request).job(id)
    if job is None:
        raise Refusal(
            status=404,
            title="There is no such upload.",
            next="It was erased, or the address is not whole: look through the uploads.",
        )
    return job


def shelved(request: Request, id: str) -> Shelved:
    """The stored document by id or unique beginning; raises :class:`Refusal` if there is none."""
    digits = id.lower().removeprefix("sha256:")
    found = listing.shelved(folder_of(request), f"sha256:{digits}") if _ID.fullmatch(id) else None
    if found is None:
        raise Refusal(
            status=404,
            title="There is no such document in the corpus.",
            next="It was erased or never added, or the id is not whole: look through the corpus.",
        )
    return found


def has_file(request: Request, id: str) -> bool:
    """Whether the file of a stored document is kept."""
    return Files(folder_of(request) / "files").has(id)


def seen(request: Request, ids: Iterable[str | None], what: str) -> None:
    """Note in the audit who looks at these documents now."""
    desk_of(request).seen([*dict.fromkeys(id for id in ids if id)], who=who(request), what=what)


def put(request: Request, given: HandedIn) -> list[Job]:
    """Jobs for the files that came; raises :class:`Refusal` when too many wait already."""
    applicant = label(" ".join(given.fields.get("applicant", "").split()))[:200] or None
    keep = given.fields.get("keep", "") not in ("", "0", "no", "false")
    jobs = desk_of(request).put(
        given.files, applicant=applicant, keep=keep, most_waiting=settings().upload_queue
    )
    if jobs is None:
        raise Refusal(
            status=503,
            title="Too much is waiting to be checked.",
            next="Wait until some of it is done, then hand the files in again.",
        )
    return jobs


def names_in(job: Job, answer: Mapping[str, Any]) -> list[str]:
    """Every name that a report knows, the applicant's own first."""
    own = [job.applicant, job.person, (answer["document"]["applicant"] or {}).get("name")]
    return [name for name in (*own, *(each["applicant"] for each in answer["matches"])) if name]
