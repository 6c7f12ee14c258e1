"""The reading process: parses one document after another under limits, as its parent tells it.

Frames are a 4-byte big-endian length and that many bytes. The first answer says which guards are on
(isolation.py). Then each request is two frames, a JSON object (``path``, ``plain`` and the limits, or
``render`` with pages and a width, or ``attempt``) and the file's bytes; each answer is one JSON frame.
Nothing is ever unpickled, written to disk or sent over a network.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from typing import Any, BinaryIO

from forensics.documents.isolation import allow_cpu, attempt, confine

_LENGTH = struct.Struct(">I")
_MEMORY = 1536 * 2**20


def main(memory: int = _MEMORY) -> None:
    """Serve requests from stdin until it ends, in at most ``memory`` bytes of address space.

    Answers go to what was stdout; libraries cannot reach it.
    """
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
    _send(answers, {"isolation": confine(memory)})
    while (head := _receive(requests)) is not None and (data := _receive(requests)) is not None:
        request = json.loads(head)
        allow_cpu(request["limits"]["read_cpu"])
        _send(answers, _answer(request, data))


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    from forensics.documents.parse import parse
    from forensics.documents.seen import from_json as seen_from
    from forensics.documents.wire import to_wire
    from forensics.errors import ReadError
    from forensics.settings import Settings

    try:
        if "attempt" in request:
            return {"attempts": attempt()}
        limits = Settings(**request["limits"])
        if "render" in request:
            from forensics.documents.pictures import draw

            said = request["render"]
            frames = {int(page): boxes for page, boxes in said.get("frames", {}).items()}
            return draw(data, said["pages"], said["width"], limits, frames)
        seen = {int(page): seen_from(words) for page, words in request.get("seen", {}).items()}
        return to_wire(
            parse(data, id="", path=request["path"], plain=request["plain"], limits=limits, seen=seen)
        )
    except ReadError as wrong:
        return {"problems": [[wrong.code, str(wrong), True]]}
    except MemoryError:
        return {"out_of_memory": True}
    except RecursionError:
        return {"failed": "RecursionError"}
    except Exception as wrong:
        return {"failed": f"{type(wrong).__name__}: {wrong}"[:500]}


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
