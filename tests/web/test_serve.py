"""The command and its processes: started, killed, started again, stopped."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2 as httpx
import pytest
from conftest import DEMO

COPY = DEMO / "incoming" / "Anselm_Pruitt_ML.docx"
WAIT = 120.0


@pytest.fixture
def serve(
    process: Callable[..., subprocess.Popen[str]],
) -> Iterator[Callable[..., tuple[str, subprocess.Popen[str]]]]:
    """Start a server; gives its address and the process."""
    started: list[subprocess.Popen[str]] = []

    def start(folder: Path, *words: str, **environment: str) -> tuple[str, subprocess.Popen[str]]:
        server = process("serve", "--port", "0", "--corpus", folder, *words, **environment)
        started.append(server)
        assert server.stderr is not None
        said = server.stderr.readline()
        found = re.search(r"http://\S+:\d+", said)
        assert found, said + server.stderr.read()
        return found[0].replace("0.0.0.0", "127.0.0.1"), server

    yield start
    for each in started:
        each.kill()
        each.communicate()


def hand_in(address: str, *files: Path) -> list[dict]:
    parts = [("files", (file.name, file.read_bytes())) for file in files]
    answer = httpx.post(f"{address}/api/uploads", files=parts, headers={"x-forensics": "1"}, timeout=30)
    assert answer.status_code == 202, answer.text
    return answer.json()["jobs"]


def ended(address: str, id: str) -> dict:
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        job = httpx.get(f"{address}/api/uploads/{id}", timeout=30).json()
        if job["state"] in ("done", "unreadable", "failed"):
            return job
        time.sleep(0.3)
    pytest.fail(f"still {job['state']}")


def test_a_job_survives_kills_of_server_and_worker(own_demo, serve):
    address, server = serve(own_demo)
    jobs = hand_in(address, COPY, *sorted((DEMO / "files").iterdir())[:3])
    server.kill()  # with jobs waiting and one, perhaps, at work
    server.communicate()
    address, server = serve(own_demo)
    before = httpx.get(f"{address}{jobs[0]['url']}", timeout=30)
    assert before.status_code == 200 and COPY.name in before.text
    assert [ended(address, job["id"])["state"] for job in jobs] == ["done"] * 4
    assert ended(address, jobs[0]["id"])["case"] is True
    worker = children(server.pid)
    assert worker
    for pid in worker:
        os.kill(pid, signal.SIGKILL)
    (again,) = hand_in(address, COPY)
    assert ended(address, again["id"])["state"] == "done"


def children(pid: int) -> list[int]:
    import psutil

    return [
        each.pid
        for each in psutil.Process(pid).children()
        if "multiprocessing.spawn" in " ".join(each.cmdline())
    ]


def test_two_servers_of_one_corpus_take_turns(own_demo, serve):
    one, first = serve(own_demo)
    two, _ = serve(own_demo)
    jobs = hand_in(one, COPY) + hand_in(two, COPY)
    assert [ended(two, job["id"])["state"] for job in jobs] == ["done", "done"]
    first.kill()
    first.communicate()
    (job,) = hand_in(two, COPY)
    assert ended(two, job["id"])["state"] == "done"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_stops_when_asked_and_leaves_nobody_behind(tmp_path, serve, number, code):
    address, server = serve(tmp_path / "corpus")
    assert httpx.get(f"{address}/healthz", timeout=30).json() == {"ok": True}
    deadline = time.monotonic() + WAIT
    while not (family := children(server.pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    server.send_signal(number)
    out, err = server.communicate(timeout=60)
    assert (server.returncode, out) == (code, "") and "Traceback" not in err
    for pid in family:
        assert gone(pid), pid


def gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_port_that_is_taken_is_said_with_what_to_do(tmp_path, serve, process):
    address, _ = serve(tmp_path / "corpus")
    port = address.rpartition(":")[2]
    other = process("serve", "--port", port, "--corpus", tmp_path / "corpus")
    out, err = other.communicate(timeout=60)
    assert other.returncode == 2 and "--port" in err and port in err and "Traceback" not in err and out == ""


def test_any_other_address_needs_the_token_that_is_printed_once(tmp_path, serve):
    address, server = serve(tmp_path / "corpus", "--host", "0.0.0.0")
    said = server.stderr.readline()
    token = said.removeprefix("Token, shown this once: ").strip()
    assert len(token) >= 43
    assert httpx.get(f"{address}/api/documents", timeout=30).status_code == 401
    good = httpx.get(f"{address}/api/documents", headers={"authorization": f"Bearer {token}"}, timeout=30)
    assert good.json()["total"] == 0
    server.send_signal(signal.SIGINT)
    out, err = server.communicate(timeout=60)
    assert token not in out + err
    left = b"".join(each.read_bytes() for each in (tmp_path / "corpus").iterdir() if each.is_file())
    assert token.encode() not in left


def test_a_token_of_ones_own_is_asked_for_here_too_and_not_printed(tmp_path, serve, process):
    token = "a token of one's own"
    address, server = serve(tmp_path / "corpus", FORENSICS_TOKEN=token)
    assert httpx.get(f"{address}/", timeout=30).status_code == 303
    server.send_signal(signal.SIGINT)
    out, err = server.communicate(timeout=60)
    assert token not in out + err
    short = process("serve", "--port", "0", "--corpus", tmp_path / "corpus", FORENSICS_TOKEN="short")
    assert "16" in short.communicate(timeout=60)[1] and short.returncode == 2


def test_a_body_that_is_too_large_gets_its_page_over_the_wire(tmp_path, serve):
    address, _ = serve(tmp_path / "corpus", FORENSICS_UPLOAD_BYTES="100000")
    answer = httpx.post(
        f"{address}/api/uploads",
        files=[("files", ("a.pdf", b"x" * 300_000))],
        headers={"x-forensics": "1"},
        timeout=30,
    )
    assert answer.status_code == 413 and "0.1 MB" in answer.json()["error"]
