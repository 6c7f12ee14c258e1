"""The reading process: parses one document after another under limits, as its parent tells it.

Frames are a 4-byte big-endian length and that many bytes. Each request is two frames, a JSON object
(``path``, ``plain`` and the limits) and the file's bytes; each answer is one JSON frame. Nothing is
ever unpickled, written to disk or sent over a network.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import struct
import sys
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def main() -> None:
    """Serve requests from stdin until it ends. Answers go to what was stdout; libraries cannot reach it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.dont_write_bytecode = True
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    requests = sys.stdin.buffer
    try:
        import lxml.etree  # noqa: F401
        import numpy  # noqa: F401
        import pikepdf  # noqa: F401
        import pypdfium2.raw  # noqa: F401

        from forensics.documents.parse import parse  # noqa: F401
    except Exception as wrong:
        _send(answers, {"broken": f"{type(wrong).__name__}: {wrong}"})
        return
    _send(answers, {"ready": True})
    limited = False
    while (head := _receive(requests)) is not None and (data := _receive(requests)) is not None:
        request = json.loads(head)
        if not limited:
            confine(request["limits"]["read_memory"])
            limited = True
        allow_cpu(request["limits"]["read_cpu"])
        _send(answers, _answer(request, data))


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    from forensics.documents.parse import parse
    from forensics.documents.wire import to_wire
    from forensics.errors import ReadError
    from forensics.settings import Settings

    try:
        limits = Settings(**request["limits"])
        return to_wire(parse(data, id="", path=request["path"], plain=request["plain"], limits=limits))
    except ReadError as wrong:
        return {"problems": [[wrong.code, str(wrong), True]]}
    except MemoryError:
        return {"out_of_memory": True}
    except RecursionError:
        return {"failed": "RecursionError"}
    except Exception as wrong:
        return {"failed": f"{type(wrong).__name__}: {wrong}"[:500]}


def confine(memory: int) -> None:
    """Limit this process: address space, files, core dumps, network. What the system refuses is left."""
    with contextlib.suppress(ImportError):
        import resource

        for limit, value in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, 64),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                hard = resource.getrlimit(limit)[1]
                ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
                resource.setrlimit(limit, (ceiling, ceiling))
    with contextlib.suppress(OSError, AttributeError):
        import ctypes

        unshare = ctypes.CDLL(None, use_errno=True).unshare
        if unshare(_CLONE_NEWNET) != 0:
            unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def allow_cpu(seconds: int) -> None:
    """Grant ``seconds`` more of CPU time from now; the system ends the process that takes more."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(
            resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)
        )


def _receive(stream: BinaryIO) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def _send(stream: BinaryIO, answer: dict[str, Any]) -> None:
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


if __name__ == "__main__":
    main()
