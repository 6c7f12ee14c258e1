"""The warm child process in which files are parsed, and what becomes of it when a file breaks it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import select
import signal
import struct
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from forensics.documents.archive import too_large
from forensics.documents.document import Document, Problem, Unreadable
from forensics.documents.kinds import language
from forensics.documents.source import Source
from forensics.documents.wire import from_wire
from forensics.errors import ForensicsError, ReadError
from forensics.settings import settings

_LENGTH = struct.Struct(">I")
_START = "import sys; sys.path[:] = sys.argv[1:]; from forensics.documents.child import main; main()"
_MAX_ANSWER = 256 * 2**20
_START_SECONDS = 60.0
_LIMITS = (
    "max_pages", "max_page_chars", "max_page_objects", "max_text", "max_unzipped", "max_zip_entries",
    "max_zip_part", "read_cpu", "read_memory",
)  # fmt: skip
_MESSAGES = {
    "timeout": "Reading took more than {cpu} s of CPU or {wall} s in all and was stopped: ask for the file as "
    "a plain PDF, or set FORENSICS_READ_CPU and FORENSICS_READ_WALL higher.",
    "out_of_memory": "Reading took more than {memory} MiB of memory and was stopped: ask for the file as a "
    "plain PDF, or set FORENSICS_READ_MEMORY higher.",
    "damaged": "The file broke the reader ({detail}): treat it with care and ask for it in another format.",
}


class Reader:
    """Reads files in a child process with limits; a context manager, for one thread at a time.

    The child is kept warm, replaced after any failure and after ``read_recycle`` documents. It is gone
    when the ``with`` block is left, also by Ctrl-C.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child. The next file starts another."""
        child, self._child = self._child, None
        if child is not None:
            _end(child)

    def read(self, source: Source) -> Document | Unreadable:
        """Load and parse ``source``; every failure becomes an :class:`Unreadable`."""
        try:
            data = source.load()
        except ReadError as wrong:
            return Unreadable(id=None, path=source.path, problems=(_fatal(wrong.code, str(wrong)),))
        return self.parse(data, source.path, plain=source.plain)

    def parse(self, data: bytes, path: str, *, plain: bool = True) -> Document | Unreadable:
        """The document that ``data`` holds; ``path`` is only its label.

        ``plain`` is false for a file in a folder or archive that is not called ``.txt`` or ``.md``: if it
        holds plain text it is no document there. Raises :class:`~forensics.errors.ForensicsError` when
        the reading process cannot be started at all.
        """
        id = f"sha256:{hashlib.sha256(data).hexdigest()}"
        now = settings()
        if len(data) > now.max_file:
            return Unreadable(
                id=id, path=path, problems=(_fatal("too_large", str(too_large(len(data), now.max_file))),)
            )
        limits = {name: getattr(now, name) for name in _LIMITS}
        request = json.dumps({"path": path, "plain": plain, "limits": limits}).encode()
        child = self._warm()
        try:
            answer = _ask(child, request, data, time.monotonic() + now.read_wall)
        except _Broken as broken:
            self._child = None
            code, detail = _why(child, broken)
        except BaseException:
            self.close()
            raise
        else:
            self._served += 1
            if "problems" in answer:
                found = from_wire(answer, id=id, path=path)
                if isinstance(found, Unreadable):
                    return found
                return replace(found, language=language(found.text))
            self.close()
            code, detail = (
                ("out_of_memory", "") if "out_of_memory" in answer else ("damaged", answer["failed"])
            )
        message = _MESSAGES[code].format(
            cpu=now.read_cpu, wall=now.read_wall, memory=now.read_memory // 2**20, detail=detail
        )
        return Unreadable(id=id, path=path, problems=(_fatal(code, message),))

    def _warm(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (
            self._child.poll() is not None or self._served >= settings().read_recycle
        ):
            self.close()
        if self._child is None:
            self._child = _start()
            self._served = 0
        return self._child


def _fatal(code: str, message: str) -> Problem:
    return Problem(code=code, message=message, fatal=True)


class _Broken(Exception):
    """The child did not answer: it was too slow (``late``) or ended."""

    def __init__(self, late: bool) -> None:
        super().__init__()
        self.late = late


def _start() -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[2])
    places = [root, *(str(Path(place).absolute()) for place in sys.path if place and place != root)]
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", _START, *places],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"},
        cwd="/" if os.name == "posix" else None,
    )
    try:
        answer = _receive(child, time.monotonic() + _START_SECONDS)
    except _Broken:
        _end(child)
        raise ForensicsError(
            "The reading process does not start: run `python -m forensics.documents.child` to see why."
        ) from None
    except BaseException:
        _end(child)
        raise
    if "broken" in answer:
        _end(child)
        raise ForensicsError(
            f"The reading process does not start ({answer['broken']}): install forensics anew."
        )
    return child


def _ask(child: subprocess.Popen[bytes], request: bytes, data: bytes, deadline: float) -> dict[str, Any]:
    assert child.stdin is not None
    pipe = child.stdin.fileno()
    os.set_blocking(pipe, False)
    for part in (_LENGTH.pack(len(request)) + request + _LENGTH.pack(len(data)), data):
        rest = memoryview(part)
        while rest:
            _wait(None, pipe, deadline)
            try:
                rest = rest[os.write(pipe, rest) :]
            except BlockingIOError:
                continue
            except OSError as gone:
                raise _Broken(late=False) from gone
    return _receive(child, deadline)


def _receive(child: subprocess.Popen[bytes], deadline: float) -> dict[str, Any]:
    (length,) = _LENGTH.unpack(_read(child, _LENGTH.size, deadline))
    if length > _MAX_ANSWER:
        raise _Broken(late=False)
    answer = json.loads(_read(child, length, deadline))
    if not isinstance(answer, dict):
        raise _Broken(late=False)
    return answer


def _read(child: subprocess.Popen[bytes], length: int, deadline: float) -> bytes:
    assert child.stdout is not None
    pipe = child.stdout.fileno()
    parts: list[bytes] = []
    while length > 0:
        _wait(pipe, None, deadline)
        part = os.read(pipe, min(length, 1 << 20))
        if not part:
            raise _Broken(late=False)
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _wait(reading: int | None, writing: int | None, deadline: float) -> None:
    left = deadline - time.monotonic()
    fds = ([reading] if reading is not None else [], [writing] if writing is not None else [])
    if left <= 0 or not any(select.select(*fds, [], left)):
        raise _Broken(late=True)


def _why(child: subprocess.Popen[bytes], broken: _Broken) -> tuple[str, str]:
    """Problem code and detail of a child that did not answer; the child is gone after it."""
    if broken.late:
        _end(child)
        return "timeout", ""
    status, peak = _reap(child)
    if status == -signal.SIGXCPU:
        return "timeout", ""
    # an allocation that failed ends a C++ library by abort: how full the memory was tells it from a fault
    if status == -signal.SIGABRT and peak >= 0.3 * settings().read_memory:
        return "out_of_memory", ""
    return "damaged", signal.Signals(-status).name if status < 0 else f"exit status {status}"


def _reap(child: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Exit status (negative for a signal) and peak memory in bytes of a child that closed its pipe."""
    for _ in range(50):
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            unit = 1 if sys.platform == "darwin" else 1024
            _end(child)
            return child.returncode, usage.ru_maxrss * unit
        time.sleep(0.1)
    _end(child)
    return child.returncode or 0, 0


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.returncode is None and child.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
