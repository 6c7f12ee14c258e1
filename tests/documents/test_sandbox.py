from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from build_files import docx, flate_bomb, paragraph, pdf_lines, raw_pdf

import forensics.documents.sandbox as sandbox
from forensics.documents.document import Document, Unreadable
from forensics.documents.sandbox import Reader
from forensics.settings import Settings

FINE = pdf_lines([(72, 100, "All is well here")])


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> object:
    def use(**values: int) -> None:
        now = Settings(**values)
        monkeypatch.setattr(sandbox, "settings", lambda: now)

    return use


def code(found: Document | Unreadable) -> str:
    assert isinstance(found, Unreadable), found
    assert all(problem.fatal and problem.message for problem in found.problems)
    return found.problems[0].code


def pid(reader: Reader) -> int:
    assert reader._child is not None
    return reader._child.pid


def test_the_child_stays_warm_and_is_recycled(limits: object) -> None:
    assert callable(limits)
    limits(read_recycle=2)
    with Reader() as reader:
        pids = []
        for _ in range(5):
            assert isinstance(reader.parse(FINE, "a.pdf"), Document)
            pids.append(pid(reader))
    assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4]
    assert not any(psutil.pid_exists(each) for each in pids)


def test_id_is_the_hash_of_the_bytes(reader: Reader) -> None:
    import hashlib

    found = reader.parse(FINE, "label")
    assert found.id == f"sha256:{hashlib.sha256(FINE).hexdigest()}"
    assert found.path == "label"
    assert code(reader.parse(b"", "empty")) == "no_text"


def test_a_gigabyte_of_blanks_in_a_small_file() -> None:
    bomb = flate_bomb(1 << 30)
    assert len(bomb) < 1_100_000
    with Reader() as reader:
        found = reader.parse(bomb, "bomb.pdf")
        assert code(found) in {"out_of_memory", "timeout", "no_text", "damaged"}
        assert isinstance(reader.parse(FINE, "a.pdf"), Document)


def test_too_slow_by_the_clock_of_the_cpu(limits: object) -> None:
    assert callable(limits)
    limits(read_cpu=1, read_wall=300, max_page_chars=10**9, max_text=10**9)
    with Reader() as reader:
        line = b"(" + b"many words " * 20 + b") Tj 0 -2 Td "
        content = b"BT /F1 1 Tf 1 0 0 1 60 700 Tm " + line * 20_000 + b"ET"
        begin = time.monotonic()
        assert code(reader.parse(raw_pdf(content), "slow.pdf")) == "timeout"
        assert time.monotonic() - begin < 150  # ended by the clock of the CPU, not of the wall
        assert isinstance(reader.parse(FINE, "a.pdf"), Document)


def test_too_slow_by_the_clock_on_the_wall(limits: object) -> None:
    assert callable(limits)
    limits(read_wall=6)
    with Reader() as reader:
        assert isinstance(reader.parse(FINE, "a.pdf"), Document)
        stopped = pid(reader)
        os.kill(stopped, signal.SIGSTOP)
        assert code(reader.parse(FINE, "a.pdf")) == "timeout"
        assert not psutil.pid_exists(stopped)
        assert isinstance(reader.parse(FINE, "a.pdf"), Document)


def test_too_little_memory(limits: object) -> None:
    assert callable(limits)
    limits(read_memory=400 * 2**20, max_unzipped=10**9, max_zip_part=10**9)
    with Reader() as reader:
        big = docx("".join(paragraph(f"{number} word{number * 7919} text") for number in range(600_000)))
        assert code(reader.parse(big, "big.docx")) == "out_of_memory"
        assert isinstance(reader.parse(FINE, "a.pdf"), Document)


def test_a_child_that_is_killed_is_replaced() -> None:
    with Reader() as reader:
        reader.parse(FINE, "a.pdf")
        os.kill(pid(reader), signal.SIGKILL)
        time.sleep(0.2)
        assert isinstance(reader.parse(FINE, "a.pdf"), Document)


def test_a_crash_is_told_with_its_signal(limits: object) -> None:
    with Reader() as reader:
        reader.parse(FINE, "a.pdf")
        child = reader._child
        assert child is not None
        os.kill(child.pid, signal.SIGSEGV)
        with pytest.raises(sandbox._Broken) as caught:
            sandbox._ask(child, b"{}", b"", time.monotonic() + 30)
        assert sandbox._why(child, caught.value) == ("damaged", "SIGSEGV")


def test_too_large(limits: object) -> None:
    assert callable(limits)
    limits(max_file=10)
    with Reader() as reader:
        assert code(reader.parse(FINE, "a.pdf")) == "too_large"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_child_is_confined(reader: Reader) -> None:
    reader.parse(FINE, "a.pdf")
    child = psutil.Process(pid(reader))
    now = Settings()
    assert child.rlimit(psutil.RLIMIT_AS) == (now.read_memory, now.read_memory)
    assert child.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
    assert child.rlimit(psutil.RLIMIT_CORE) == (0, 0)
    assert child.rlimit(psutil.RLIMIT_NOFILE) == (64, 64)
    soft = child.rlimit(psutil.RLIMIT_CPU)[0]
    assert now.read_cpu <= soft <= sum(child.cpu_times()[:2]) + now.read_cpu + 2
    assert os.getsid(child.pid) == child.pid


_ENDLESS = """
import signal, sys
from forensics.documents.sandbox import Reader
# A job in the background of a shell without job control inherits that Ctrl-C is ignored, by Python too.
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    with Reader() as reader:
        while True:
            reader.parse({data!r}, "a.pdf")
            print(reader._child.pid, flush=True)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


@contextmanager
def running(script: Path, text: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process of its own session; nothing of it is left, whatever the test does."""
    script.write_text(text)
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(sandbox.__file__).parents[2])},
        start_new_session=True,
    )
    with parent:
        try:
            yield parent
        finally:
            with suppress(ProcessLookupError):
                os.killpg(parent.pid, signal.SIGKILL)


def test_ctrl_c_leaves_no_child_and_no_traceback_of_it(tmp_path: Path) -> None:
    with running(tmp_path / "endless.py", _ENDLESS.format(data=FINE)) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.killpg(parent.pid, signal.SIGINT)
        out, err = parent.communicate(timeout=60)
    assert out.splitlines()[-1] == "stopped"
    assert err == ""
    assert not psutil.pid_exists(child)


def test_ctrl_c_also_stops_who_was_told_to_ignore_it_by_a_shell(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        test_ctrl_c_leaves_no_child_and_no_traceback_of_it(tmp_path)
    finally:
        signal.signal(signal.SIGINT, before)


def test_ctrl_c_is_never_lost_whenever_it_comes() -> None:
    """At thirty moments, from starting a child to reading its answer: raised at once, and no child is lost."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    mine = psutil.Process()
    others = {each.pid for each in mine.children()}
    try:
        with Reader() as reader:
            for round in range(30):
                if round % 3:
                    reader.parse(FINE, "a.pdf")
                delay = round * (0.0003 if round % 3 else 0.015)
                timer = threading.Timer(delay, os.kill, (os.getpid(), signal.SIGINT))
                with pytest.raises(KeyboardInterrupt):
                    timer.start()
                    end = time.monotonic() + 5
                    while time.monotonic() < end:
                        reader.parse(FINE, "a.pdf")
                timer.join()
                gc.collect()
                # between two files nothing is under way: then the child that is kept for the next one stays
                kept = {reader._child.pid} if reader._child is not None else set()
                assert not {each.pid for each in mine.children()} - others - kept
        assert not {each.pid for each in mine.children()} - others
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_parent_that_dies_takes_the_child_with_it(tmp_path: Path) -> None:
    script = tmp_path / "dies.py"
    script.write_text(
        "import os, signal\n"
        "from forensics.documents.sandbox import Reader\n"
        "reader = Reader()\n"
        f"reader.parse({FINE!r}, 'a.pdf')\n"
        "print(reader._child.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = str(Path(sandbox.__file__).parents[2])
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": root}
    )
    child = int(done.stdout)
    end = time.monotonic() + 60
    while psutil.pid_exists(child) and psutil.Process(child).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_every_limit_that_reading_asks_for_reaches_the_reading_process() -> None:
    import ast
    from pathlib import Path

    asked = set()
    for source in Path(sandbox.__file__).parent.glob("*.py"):
        # these run in the parent
        if source.stem in ("sandbox", "ocr", "confirmed", "office", "archive", "source"):
            continue
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("limits"):
                asked.add(node.attr)
    assert {"max_facts", "max_fact_bytes", "max_pages"} <= asked
    assert asked <= set(sandbox._LIMITS)


def test_a_limit_on_facts_holds_in_the_child_and_is_told(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = pdf_lines([(72, 100, "Written words")])
    whole = reader.parse(data, "x.pdf")
    now = Settings(max_facts=3)
    monkeypatch.setattr(sandbox, "settings", lambda: now)
    found = reader.parse(data, "x.pdf")
    assert isinstance(whole, Document) and not whole.problems
    assert isinstance(found, Document) and len(found.facts) < len(whole.facts)
    assert [each.code for each in found.problems] == ["too_large"]
    assert "FORENSICS_MAX_FACTS" in found.problems[0].message


def test_ctrl_c_while_a_child_is_started_waits_until_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    started: list[int] = []
    start = sandbox._start

    def interrupted(memory: int) -> subprocess.Popen[bytes]:
        child = start(memory)
        started.append(child.pid)
        signal.raise_signal(signal.SIGINT)
        return child

    monkeypatch.setattr(sandbox, "_start", interrupted)
    try:
        with Reader() as reader, pytest.raises(KeyboardInterrupt):
            reader.parse(FINE, "a.pdf")
        assert not psutil.pid_exists(started[0])
        monkeypatch.setattr(sandbox, "_start", start)
        with reader:
            assert isinstance(reader.parse(FINE, "a.pdf"), Document)
    finally:
        signal.signal(signal.SIGINT, before)
