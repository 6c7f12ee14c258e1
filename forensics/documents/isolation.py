"""What a reading process gives up before it sees a file, and proof that it has."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path

ON = "on"

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38
_CAPABILITIES = 0x20080522  # version 3 of the structure
_CAP_DAC_READ_SEARCH = 1 << 2  # kept: root may run from a folder that is another's
_AF_INET, _SOCK_STREAM = 2, 1


def confine(memory: int) -> dict[str, str]:
    """Give up what parsing does not need; ``memory`` bounds the address space in bytes.

    What the system refuses is left as it is. Gives for each guard ``on``, or the reason why it is not.
    """
    guards: dict[str, Callable[[], None]] = {
        "address_space": lambda: _limit("RLIMIT_AS", memory),
        "file_size": lambda: _limit("RLIMIT_FSIZE", 0),
        "open_files": lambda: _limit("RLIMIT_NOFILE", 64),
        "core_dumps": lambda: _limit("RLIMIT_CORE", 0),
        "network_namespace": _unshare,
        "processes": lambda: _limit("RLIMIT_NPROC", 0),
        "capabilities": _drop_capabilities,
        "no_new_privileges": lambda: _prctl(_PR_SET_NO_NEW_PRIVS, 1),
        "not_dumpable": lambda: _prctl(_PR_SET_DUMPABLE, 0),
        "system_calls": _filter,
    }
    said: dict[str, str] = {}
    for name, guard in guards.items():
        try:
            guard()
            said[name] = ON
        except (OSError, ValueError, ImportError, AttributeError, NotImplementedError) as wrong:
            reason = wrong.strerror if isinstance(wrong, OSError) else str(wrong)
            said[name] = f"off: {reason or type(wrong).__name__}"
    return said


def allow_cpu(seconds: int) -> None:
    """Grant ``seconds`` more of CPU time from now; the system ends the process that takes more."""
    try:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(
            resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)
        )
    except (ImportError, ValueError, OSError):
        return  # the parent's clock on the wall still ends it


def attempt() -> dict[str, str]:
    """Try what a parser that was taken over would try: ``refused: EPERM`` or ``allowed`` for each.

    Nothing leaves the machine and nothing is kept: the network is tried on the loopback address, what a
    file that could be made holds is nothing, and a process that could be made ends at once.
    """
    tried: dict[str, Callable[[], None]] = {
        "connect": _connect,
        "listen": _listen,
        "write_file": _write,
        "delete_file": lambda: Path("/nowhere/at/all").unlink(),
        "new_process": _fork,
        "run_program": lambda: os.execve("/nowhere/at/all", ["x"], {}),
        "look_into_parent": _look_into_parent,
        "signal_parent": lambda: os.kill(os.getppid(), signal.SIGCONT),
        "regain_memory": _regain,
    }
    return {name: _outcome(act) for name, act in tried.items()}


def _outcome(act: Callable[[], None]) -> str:
    # what the system would have done, had the path, the listener or the address been there, was not refused
    harmless = {errno.ENOENT, errno.ECONNREFUSED, errno.EFAULT}
    try:
        act()
    except OSError as wrong:
        if wrong.errno in harmless:
            return "allowed"
        return f"refused: {errno.errorcode.get(wrong.errno or 0, wrong.errno)}"
    except (AttributeError, ImportError, ValueError) as wrong:
        return f"refused: {wrong}"
    return "allowed"


def _limit(name: str, value: int) -> None:
    import resource

    limit = getattr(resource, name)
    hard = resource.getrlimit(limit)[1]
    ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (ceiling, ceiling))


def _call(name: str, *values: int) -> int:
    """A function of the C library. Raises OSError with its errno when it says -1."""
    words = [ctypes.c_long(value) for value in values]
    done: int = getattr(ctypes.CDLL(None, use_errno=True), name)(*words)
    if done == -1:
        wrong = ctypes.get_errno()
        raise OSError(wrong, os.strerror(wrong))
    return done


def _prctl(option: int, value: int) -> None:
    _call("prctl", option, value, 0, 0, 0)


def _unshare() -> None:
    """A network of its own, in which there is nothing: with privileges, or as the root of nowhere."""
    try:
        _call("unshare", _CLONE_NEWNET)
    except OSError:
        _call("unshare", _CLONE_NEWUSER | _CLONE_NEWNET)


def _drop_capabilities() -> None:
    _need_linux()
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITIES, 0))
    kept = _CAP_DAC_READ_SEARCH if _effective(header) & _CAP_DAC_READ_SEARCH else 0
    data = ctypes.create_string_buffer(struct.pack("=6I", kept, kept, 0, 0, 0, 0))
    _call("capset", ctypes.addressof(header), ctypes.addressof(data))


def _effective(header: ctypes.Array[ctypes.c_char]) -> int:
    data = ctypes.create_string_buffer(24)
    _call("capget", ctypes.addressof(header), ctypes.addressof(data))
    return int(struct.unpack_from("=I", data, 0)[0])


def _filter() -> None:
    from forensics.documents.seccomp import install

    install()


def _need_linux() -> None:
    if sys.platform != "linux":
        raise NotImplementedError(f"not on {sys.platform}")


def _connect() -> None:
    address = _loopback(9)
    handle = _call("socket", _AF_INET, _SOCK_STREAM, 0)
    try:
        _call("connect", handle, ctypes.addressof(address), 16)
    finally:
        os.close(handle)


def _listen() -> None:
    address = _loopback(0)
    handle = _call("socket", _AF_INET, _SOCK_STREAM, 0)
    try:
        _call("bind", handle, ctypes.addressof(address), 16)
        _call("listen", handle, 1)
    finally:
        os.close(handle)


def _loopback(port: int) -> ctypes.Array[ctypes.c_char]:
    family = struct.pack("BB", 16, _AF_INET) if sys.platform == "darwin" else struct.pack("=H", _AF_INET)
    return ctypes.create_string_buffer(family + struct.pack(">H4s8x", port, bytes((127, 0, 0, 1))))


def _look_into_parent() -> None:
    """Read eight bytes of the parent's memory, at an address where nothing is."""
    here = ctypes.create_string_buffer(8)
    local = ctypes.create_string_buffer(struct.pack("@PN", ctypes.addressof(here), 8))
    remote = ctypes.create_string_buffer(struct.pack("@PN", 1, 8))
    _call("process_vm_readv", os.getppid(), ctypes.addressof(local), 1, ctypes.addressof(remote), 1, 0)


def _write() -> None:
    path = Path(f"/tmp/forensics-attempt-{os.getpid()}")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, b"x")
    finally:
        os.close(handle)
        path.unlink()


def _fork() -> None:
    made = os.fork()
    if made == 0:
        os._exit(0)
    os.waitpid(made, 0)


def _regain() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    if before[1] == resource.RLIM_INFINITY:
        return
    resource.setrlimit(resource.RLIMIT_AS, (before[0], before[1] + 4096))
