"""Other programs (Tesseract, LibreOffice) run in a process of their own, with limits and without a network."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# What the process does before it becomes the program: its own limits, and a network in which there is nothing.
_START = """
import ctypes, os, sys
memory, seconds, size, *words = sys.argv[1:]
try:
    import resource
    for name, value in (("AS", int(memory)), ("CPU", int(seconds)), ("FSIZE", int(size)), ("CORE", 0)):
        limit = getattr(resource, "RLIMIT_" + name)
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))
except ImportError:
    pass
try:
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    if unshare(0x40000000) != 0:
        unshare(0x10000000 | 0x40000000)
except (AttributeError, OSError):
    pass
os.execv(words[0], words)
"""


class Failed(Exception):
    """The program did not do what it should: it took too long, broke, or said no."""


def run_limited(
    words: Sequence[str],
    *,
    given: bytes = b"",
    folder: Path | None = None,
    seconds: int,
    memory: int,
    size: int = 0,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What the program ``words`` prints when it is given ``given``.

    It may take ``seconds`` of CPU time and on the clock and ``memory`` bytes of address space, and write files of
    at most ``size`` bytes; it has a network without anything in it, where the system allows that. It and all
    that it started are killed when the time is up, and when this process is interrupted. Raises :class:`Failed`.
    """
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", _START, str(memory), str(seconds), str(size), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        start_new_session=True,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", **(environment or {})},
    )
    try:
        said, _ = child.communicate(given, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Failed(f"it took more than {seconds} s") from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
    if child.returncode != 0:
        raise Failed(f"it ended with status {child.returncode}")
    return said
