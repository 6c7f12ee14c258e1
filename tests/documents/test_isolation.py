from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from build_files import pdf_lines

from forensics.documents import isolation, sandbox, seccomp
from forensics.documents.document import Document, Unreadable
from forensics.documents.sandbox import Reader

FINE = pdf_lines([(72, 100, "All is well here")])
ROOT = Path(__file__).parents[2]
LINUX = sys.platform == "linux" and platform.machine() in seccomp._MACHINES
linux = pytest.mark.skipif(not LINUX, reason="the filter is for Linux on x86_64 and aarch64")

CALLS = {
    "socket": "libc.socket(2, 1, 0)",
    "socket, unix": "libc.socket(1, 1, 0)",
    "socketpair": "libc.socketpair(1, 1, 0, (ctypes.c_int * 2)())",
    "connect": "libc.connect(0, b'', 0)",
    "sendto": "libc.sendto(0, b'', 0, 0, None, 0)",
    "fork": "libc.fork()",
    "vfork": "libc.syscall(ctypes.c_long({'x86_64': 58, 'aarch64': 220}[machine]), 0, 0, 0, 0, 0)",
    "execve": "libc.execve(b'/bin/true', None, None)",
    "execveat": "libc.syscall(ctypes.c_long({'x86_64': 322, 'aarch64': 281}[machine]), -100, b'/bin/true', 0, 0, 0)",
    "ptrace": "libc.ptrace(16, os.getppid(), 0, 0)",
    "process_vm_readv": "libc.process_vm_readv(os.getppid(), None, 0, None, 0, 0)",
    "open to write": "os.open('/dev/null', os.O_WRONLY)",
    "open to read and write": "os.open('/dev/null', os.O_RDWR)",
    "open to append": "os.open('/dev/null', os.O_APPEND)",
    "create": "os.open(place + '/made', os.O_CREAT)",
    "truncate on opening": "os.open(place + '/there', os.O_TRUNC)",
    "temporary file": "os.open(place, os.O_TMPFILE | os.O_WRONLY)",
    "truncate": "os.truncate(place + '/there', 0)",
    "mkdir": "os.mkdir(place + '/made')",
    "unlink": "os.unlink(place + '/there')",
    "rename": "os.rename(place + '/there', place + '/made')",
    "symlink": "os.symlink('/', place + '/made')",
    "link": "os.link(place + '/there', place + '/made')",
    "chmod": "os.chmod(place + '/there', 0o777)",
    "chown": "os.chown(place + '/there', 1, 1)",
    "utime": "os.utime(place + '/there', (0, 0))",
    "mount": "libc.mount(b'none', place.encode(), b'tmpfs', 0, None)",
    "chroot": "os.chroot(place)",
    "setuid": "os.setuid(1)",
    "kill of another": "os.kill(os.getppid(), 0)",
    "kill of all": "os.kill(-1, 0)",
    "pidfd_open": "libc.syscall(ctypes.c_long(434), os.getppid(), 0)",
    "io_uring": "libc.syscall(ctypes.c_long(425), 1, None)",
    "bpf": "libc.syscall(ctypes.c_long({'x86_64': 321, 'aarch64': 280}[machine]), 0, None, 0)",
    "memfd_create": "os.memfd_create('x')",
    "shmget": "libc.shmget(1, 4096, 0o1600)",
    "limits of another": "resource.prlimit(os.getppid(), resource.RLIMIT_CORE)",
    "F_SETOWN": "fcntl.fcntl(0, 8, os.getppid())",
    "setns": "libc.setns(0, 0)",
    "unshare": "libc.unshare(0x10000000)",
    "prctl": "libc.prctl(4, 1, 0, 0, 0)",
    "keyctl": "libc.syscall(ctypes.c_long({'x86_64': 250, 'aarch64': 219}[machine]), 0, 0, 0, 0, 0)",
}
"""What the child must not be able to do, as Python; each has to fail with EPERM."""

_TRY = """
import ctypes, errno, fcntl, json, os, platform, resource, sys
place, calls = sys.argv[1], json.loads(sys.argv[2])
machine = platform.machine()
libc = ctypes.CDLL(None, use_errno=True)
libc.execve.argtypes = [ctypes.c_char_p, ctypes.c_void_p, ctypes.c_void_p]
from forensics.documents.isolation import confine
assert confine(2**30)["system_calls"] == "on"
found = {}
for name, call in calls.items():
    ctypes.set_errno(0)
    try:
        done = eval(call)
        found[name] = errno.errorcode.get(ctypes.get_errno()) if done == -1 else f"allowed: {done}"
    except OSError as wrong:
        found[name] = errno.errorcode[wrong.errno]
found["reading"] = len(open(sys.executable, "rb").read(10))
print(json.dumps(found))
"""


@linux
def test_every_dangerous_call_is_refused(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("kept")
    done = subprocess.run(
        [sys.executable, "-c", _TRY, str(tmp_path), json.dumps(CALLS)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("reading") == 10
    assert {name: said for name, said in found.items() if said != "EPERM"} == {}
    assert [each.name for each in tmp_path.iterdir()] == ["there"]
    assert (tmp_path / "there").read_text() == "kept"


@linux
def test_the_same_calls_are_possible_without_the_filter(tmp_path: Path) -> None:
    """Otherwise the test above would prove nothing: opening, making and renaming do work before."""
    (tmp_path / "there").write_text("kept")
    names = ("socket", "open to write", "create", "truncate", "mkdir", "chmod", "memfd_create", "F_SETOWN")
    script = _TRY.replace('assert confine(2**30)["system_calls"] == "on"', "")
    said = json.dumps({name: CALLS[name] for name in names})
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path), said],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        timeout=60,
    )
    found = json.loads(done.stdout)
    assert "EPERM" not in found.values(), found
    assert sum(str(said).startswith("allowed") for said in found.values()) >= 6, found


@linux
def test_the_child_says_which_guards_are_on_and_what_they_refuse() -> None:
    with Reader() as reader:
        assert set(reader.isolation().values()) == {isolation.ON}
        tried = reader.attempt()
        assert isinstance(tried, dict) and len(tried) >= 9
        assert {name for name, said in tried.items() if not said.startswith("refused")} == set()
        assert isinstance(reader.parse(FINE, "a.pdf"), Document)


@linux
def test_what_is_not_refused_is_said_to_be_allowed() -> None:
    """In this process, which has given up nothing: otherwise `refused` would prove nothing."""
    tried = isolation.attempt()
    expected = (
        "connect",
        "listen",
        "write_file",
        "delete_file",
        "new_process",
        "run_program",
        "signal_parent",
    )
    assert {name: tried[name] for name in expected} == dict.fromkeys(expected, "allowed")


def test_where_the_kernel_refuses_a_filter_the_child_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_filter", _refused)
    assert isolation._outcome(_refused) == "refused: EACCES"
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(NotImplementedError, match="riscv64"):
        seccomp.install()


def _refused() -> None:
    raise PermissionError(13, "Permission denied")


def test_both_machines_have_a_filter_that_ends_in_a_refusal() -> None:
    """Every jump stays inside the program, and whatever is on no list meets the last step."""
    for column, arch, _ in seccomp._MACHINES.values():
        steps = seccomp.program(column, arch, 4711)
        assert len(steps) < 4096
        for at, (code, yes, no, _value) in enumerate(steps):
            if code & 0x07 == 0x05:
                assert at + 1 + max(yes, no) < len(steps)
        assert steps[-1] == (0x06, 0, 0, 0x00050000 | 1)
        assert _run(steps, 10**6, arch) == 0x00050001
        assert _run(steps, 0, arch ^ 1) == 0x80000000
        read = seccomp._ALLOWED["read"][column]
        assert read is not None and _run(steps, read, arch) == 0x7FFF0000
        at = seccomp._OPENING[1][0][column]
        assert at is not None
        assert _run(steps, at, arch, (0, 0, os.O_RDONLY)) == 0x7FFF0000
        assert _run(steps, at, arch, (0, 0, os.O_WRONLY)) == 0x00050001
        kill = seccomp._SIGNALS[0][column]
        assert _run(steps, kill, arch, (4711,)) == 0x7FFF0000
        assert _run(steps, kill, arch, (4712,)) == 0x00050001


def _run(steps: list[seccomp.Step], number: int, arch: int, arguments: tuple[int, ...] = ()) -> int:
    """What the program returns: the machine of classic BPF, as far as the filter uses it."""
    words = {0: number, 4: arch} | {16 + 8 * at: value for at, value in enumerate(arguments)}
    at, loaded = 0, 0
    while True:
        code, yes, no, value = steps[at]
        if code == 0x06:
            return value
        if code == 0x20:
            loaded = words.get(value, 0)
            at += 1
            continue
        true = {0x15: loaded == value, 0x35: loaded >= value, 0x45: bool(loaded & value)}[code]
        at += 1 + (yes if true else no)


@linux
def test_the_child_inherits_neither_environment_nor_open_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_SERVER", "x")
    secret = (tmp_path / "secret").open("w")
    os.set_inheritable(secret.fileno(), True)
    try:
        with Reader() as reader:
            reader.isolation()
            assert reader._child is not None
            child = psutil.Process(reader._child.pid)
            assert "SECRET_OF_THE_SERVER" not in child.environ() and "PATH" not in child.environ()
            targets = [str(link.readlink()) for link in Path(f"/proc/{child.pid}/fd").iterdir()]
    finally:
        secret.close()
    assert {target.split(":")[0] for target in targets} == {"pipe", "/dev/null"}


_ANSWERS = """
import os, struct, sys
for answer in (b'{{"isolation": {{}}}}', {answer!r}):
    sys.stdout.buffer.write(struct.pack(">I", len(answer)) + answer)
    sys.stdout.buffer.flush()
sys.stdin.buffer.read()
"""


@pytest.mark.parametrize(
    "answer",
    [
        b"not json",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"problems": 7}',
        b'{"problems": [["damaged", "x"]]}',
        b'{"problems": [[1, 2, 3]]}',
        b'{"problems": []}',
        b'{"problems": [["damaged", "\\ud800", true]]}',
        b'{"problems": [], "text": "x"}',
        b'{"problems": [], "text": NaN}',
        b'{"attempts": {}}',
        b"\xff\xfe",
        b'{"problems": [], "format": "pdf", "kind": "other", "language": null, "pages": 1, "text": "short", '
        b'"lines": [[0, 999, 1, null]], "passages": [], "facts": [], "hidden": null}',
        b'{"problems": [], "format": "pdf", "kind": "other", "language": null, "pages": 1, "text": "short", '
        b'"lines": [], "passages": [[3, 1, 1, null, "other"]], "facts": [], "hidden": null}',
        b'{"problems": [], "format": "pdf", "kind": "other", "language": null, "pages": 1, "text": "short", '
        b'"lines": [], "passages": [[0, 1, 1, [1, 2], "other"]], "facts": [], "hidden": null}',
        b'{"problems": [], "format": "pdf", "kind": "other", "language": null, "pages": 1, "text": "short", '
        b'"lines": [], "passages": [], "facts": [[{}, "x", "y", null, null]], "hidden": null}',
    ],
)
def test_a_child_that_was_taken_over_cannot_break_its_parent(
    answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = _ANSWERS.format(answer=answer)
    with Reader() as reader:
        with monkeypatch.context() as patched:
            patched.setattr(sandbox, "_START", script)
            found = reader.parse(FINE, "a.pdf")
        assert isinstance(found, Unreadable) and found.problems[0].code == "damaged"
        assert reader._child is None
        assert isinstance(reader.parse(FINE, "a.pdf"), Document)


def test_an_answer_without_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = _ANSWERS.format(answer=b"x").replace(
        "len(answer)", "len(answer) if answer != b'x' else 2**32 - 1"
    )
    with Reader() as reader:
        monkeypatch.setattr(sandbox, "_START", endless)
        found = reader.parse(FINE, "a.pdf")
        assert isinstance(found, Unreadable) and found.problems[0].code == "damaged"
