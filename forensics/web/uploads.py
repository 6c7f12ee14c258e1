"""Files from a form: read in memory with limits, refused early, never written to a temporary file."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from fastapi import Request
from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from forensics.ingest import label
from forensics.settings import settings
from forensics.web.security import Refusal

Body = AsyncGenerator[bytes, None]

_FIELDS = 10_000
_DRAIN = 4
"""So many times the limit is read and thrown away before the answer: browsers show none while they still send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """What a form brought: (name, document id, bytes) of each file, and its fields."""

    files: tuple[tuple[str, str, bytes], ...]
    fields: dict[str, str]


class _InMemory(MultiPartParser):
    """Files stay in memory: what is handed in is personal data, and the limits bound it."""

    spool_max_size = 2**62


async def handed_in(request: Request) -> HandedIn:
    """The files and fields of a multipart form.

    Raises :class:`Refusal`: 413 for too much, with the limit, 400 for a form that is none or brings no file.
    """
    most = settings().upload_bytes
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise Refusal(
            status=400, title="No file came.", next="Send files as multipart/form-data, field `files`."
        )
    stream = request.stream()
    parser = _InMemory(
        request.headers,
        _limited(request, stream, most),
        max_files=settings().upload_files,
        max_part_size=_FIELDS,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        if "Too many files" in error.message:
            await _drain(stream, most)
            raise Refusal(
                status=413,
                title=f"These are more than {settings().upload_files} files.",
                next="Hand in fewer at once, or use `forensics ingest` for an archive.",
            ) from error
        raise Refusal(
            status=400, title=f"The form cannot be read: {error.message}", next="Try again."
        ) from error
    files, fields = [], {}
    try:
        for key, value in form.multi_items():
            if not isinstance(value, UploadFile):
                fields[key] = value
            elif value.filename or value.size:
                files.append(await _file(value))
    finally:
        await form.close()
    if not files:
        raise Refusal(status=400, title="No file came.", next="Choose at least one file, then send the form.")
    return HandedIn(files=tuple(files), fields=fields)


async def _file(value: UploadFile) -> tuple[str, str, bytes]:
    name = file_name(value.filename or "")
    if (value.size or 0) > settings().max_file:
        raise Refusal(
            status=413,
            title=f"{name} has {megabytes(value.size or 0)}; a file may have {megabytes(settings().max_file)}.",
            next="Ask for a smaller file, or set FORENSICS_MAX_FILE higher.",
        )
    data = await value.read()
    return name, f"sha256:{sha256(data).hexdigest()}", data


def file_name(said: str) -> str:
    """The last part of what a browser calls the file, without control characters, at most 200 characters."""
    last = PurePosixPath(said.replace("\\", "/")).name
    return re.sub(r"[\x00-\x1f\x7f]", "", label(last)).strip()[-200:] or "unnamed"


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 2**20:,.1f} MB"


async def _limited(request: Request, stream: Body, most: int) -> Body:
    """The body as far as it may go; raises :class:`Refusal` beyond that, at once where its length is told."""
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told) > most + _FIELDS:
        await _drain(stream, most)
        raise _too_much(most)
    size = 0
    async for chunk in stream:
        size += len(chunk)
        if size > most + _FIELDS:
            await _drain(stream, most)
            raise _too_much(most)
        yield chunk


async def _drain(stream: Body, most: int) -> None:
    size = 0
    async for chunk in stream:
        size += len(chunk)
        if size > _DRAIN * most:
            return


def _too_much(most: int) -> Refusal:
    return Refusal(
        status=413,
        title=f"That is more than {megabytes(most)} at once.",
        next="Hand in fewer files at a time, or use `forensics ingest` for an archive.",
    )
