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
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from forensics.documents.answer import check
from forensics.documents.archive import too_large
from forensics.documents.confirmed import confirmed
from forensics.documents.document import Document, Problem, Unreadable
from forensics.documents.interrupts import held
from forensics.documents.kinds import language
from forensics.documents.ocr import with_ocr
from forensics.documents.office import laid_out
from forensics.documents.pictures import Frame, Picture, from_answer
from forensics.documents.seen import Seen, to_json
from forensics.documents.source import Source
from forensics.documents.wire import from_wire
from forensics.errors import ForensicsError, ReadError
from forensics.settings import settings

_LENGTH = struct.Struct(">I")
_START = (
    "import sys; memory = int(sys.argv[1]); sys.path[:] = sys.argv[2:]; "
    "from forensics.documents.child import main; main(memory)"
)
_MAX_ANSWER = 128 * 2**20
_START_SECONDS = 60.0
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2", "LC_ALL": "C"}
_LOADING = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")  # without these Python may not start at all
_LIMITS = (
    "max_pages", "max_page_chars", "max_page_objects", "max_text", "max_lines", "max_unzipped", "max_zip_entries",
    "max_zip_part", "max_links", "max_facts", "max_fact_ids", "max_fact_bytes", "max_image_pixels", "read_cpu",
    "read_memory", "hidden", "render_cpu", "render_pixels", "pdf_backend",
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
        self._isolation: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child. The next file starts another."""
        with held():
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

        Pages that are pictures are read by Tesseract (ocr.py), and a DOCX is laid out by LibreOffice (office.py),
        where these are installed and wanted.
        """
        found = self._parsed(data, path, plain)
        found = with_ocr(found, data, self.render, lambda seen: self._parsed(data, path, plain, seen=seen))
        found = confirmed(found, data, self.render)
        return laid_out(found, data, lambda pdf: self._parsed(pdf, path, False, hidden=False))

    def _parsed(
        self,
        data: bytes,
        path: str,
        plain: bool,
        *,
        seen: Mapping[int, Sequence[Seen]] | None = None,
        **other: object,
    ) -> Document | Unreadable:
        """The document as the child reads it, with the words ``seen`` on its pages; ``other`` limits count."""
        id = f"sha256:{hashlib.sha256(data).hexdigest()}"
        now = settings()
        if len(data) > now.max_file:
            return Unreadable(
                id=id, path=path, problems=(_fatal("too_large", str(too_large(len(data), now.max_file))),)
            )
        request: dict[str, Any] = {"path": path, "plain": plain}
        if seen:
            request["seen"] = {str(page): to_json(words) for page, words in seen.items()}
        answer = self._exchange(request, data, **other)
        again = None
        if isinstance(answer, Problem) and answer.code != "timeout" and now.hidden and b"%PDF" in data[:1029]:
            again = answer  # it may have been the rendering that broke it
            answer = self._exchange(request, data, hidden=False)
        if isinstance(answer, Problem):
            return Unreadable(id=id, path=path, problems=(again or answer,))
        try:
            found = from_wire(answer, id=id, path=path)
            check(found)
        except (LookupError, TypeError, ValueError) as wrong:
            self.close()  # no answer of ours: the child is not ours any more
            message = _MESSAGES["damaged"].format(detail=f"an answer that cannot be, {wrong}")
            return Unreadable(id=id, path=path, problems=(_fatal("damaged", message),))
        if isinstance(found, Unreadable):
            return found
        problems = found.problems if again is None else (*found.problems, _unrendered(again))
        return replace(found, language=language(found.text), problems=problems)

    def render(
        self,
        data: bytes,
        pages: Sequence[int],
        *,
        width: int,
        frames: Mapping[int, Sequence[Frame]] | None = None,
    ) -> tuple[Picture, ...] | Problem:
        """Pictures of the ``pages`` (from 1) of a PDF, ``width`` pixels wide, drawn in the child.

        ``frames`` are drawn around what stands on a page.

        Pages that cannot be drawn are left out; a :class:`Problem` says why there is none at all. Raises as
        :meth:`parse` does.
        """
        said: dict[str, Any] = {"pages": list(pages), "width": width}
        if frames:
            said["frames"] = {str(page): [list(frame) for frame in each] for page, each in frames.items()}
        answer = self._exchange({"render": said}, data)
        return answer if isinstance(answer, Problem) else from_answer(answer["pictures"])

    def isolation(self) -> dict[str, str]:
        """For each guard of the child ``on``, or why it is off (isolation.py). Raises as :meth:`parse`."""
        self._warm()
        return dict(self._isolation)

    def attempt(self) -> dict[str, str] | Problem:
        """What the child was told to try that it must not be able to: refused, or allowed (isolation.py)."""
        answer = self._exchange({"attempt": True}, b"")
        if isinstance(answer, Problem):
            return answer
        return {str(name): str(said) for name, said in answer["attempts"].items()}

    def _exchange(self, said: dict[str, Any], data: bytes, **other: object) -> dict[str, Any] | Problem:
        """The child's answer to a request about ``data``, or what became of the child; ``other`` limits count."""
        now = settings()
        limits = {name: getattr(now, name) for name in _LIMITS} | other
        request = json.dumps({**said, "limits": limits}).encode()
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
            if (
                "pictures" if "render" in said else "attempts" if "attempt" in said else "problems"
            ) in answer:
                return answer
            self.close()
            code, detail = (
                ("out_of_memory", "") if "out_of_memory" in answer else ("damaged", str(answer.get("failed")))
            )
        message = _MESSAGES[code].format(
            cpu=now.read_cpu, wall=now.read_wall, memory=now.read_memory // 2**20, detail=detail
        )
        return _fatal(code, message)

    def _warm(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (_ended(self._child) or self._served >= settings().read_recycle):
            self.close()
        if self._child is None:
            try:
                with held():
                    self._child = _start(settings().read_memory)
                self._isolation = _guards(self._child)
            except BaseException:
                self.close()
                raise
            self._served = 0
        return self._child


def _unrendered(why: Problem) -> Problem:
    return Problem(
        code="not_rendered",
        message=f"Rendering broke the reading process ({why.code}): nobody looked for hidden text. Treat the file "
        "with care and look at its pages by hand.",
    )


def _fatal(code: str, message: str) -> Problem:
    return Problem(code=code, message=message, fatal=True)


class _Broken(Exception):
    """The child did not answer: it was too slow (``late``) or ended."""

    def __init__(self, late: bool) -> None:
        super().__init__()
        self.late = late


def _start(memory: int) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[2])
    places = [root, *(str(Path(place).absolute()) for place in sys.path if place and place != root)]
    return subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", _START, str(memory), *places],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=_ENVIRONMENT | {name: os.environ[name] for name in _LOADING if name in os.environ},
        cwd="/" if os.name == "posix" else None,
    )


def _guards(child: subprocess.Popen[bytes]) -> dict[str, str]:
    """Which guards are on, as a child says when it has started."""
    try:
        answer = _receive(child, time.monotonic() + _START_SECONDS)
    except _Broken:
        raise ForensicsError(
            "The reading process does not start: run `python -m forensics.documents.child` to see why."
        ) from None
    if "broken" in answer:
        raise ForensicsError(
            f"The reading process does not start ({answer['broken']}): install forensics anew."
        )
    return {str(name): str(state) for name, state in answer["isolation"].items()}


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
    try:
        answer = json.loads(_read(child, length, deadline), parse_constant=_no_number)
    except (ValueError, RecursionError) as wrong:
        raise _Broken(late=False) from wrong
    if not isinstance(answer, dict):
        raise _Broken(late=False)
    return answer


def _no_number(name: str) -> float:
    raise ValueError(name)


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
        if _ended(child):
            break
        time.sleep(0.1)
    _kill_group(child)
    if child.returncode is not None:
        _end(child)
        return child.returncode, 0
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    _end(child)
    return child.returncode, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _ended(child: subprocess.Popen[bytes]) -> bool:
    """Whether the child has ended. It stays a zombie, so that its process group can still be killed."""
    if child.returncode is not None:
        return True
    if not hasattr(os, "waitid"):
        return child.poll() is not None
    return os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and all of its group, and forget it; also when Ctrl-C comes meanwhile."""
    try:
        _kill_group(child)
        child.wait()
    finally:
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
