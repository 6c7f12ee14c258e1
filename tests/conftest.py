"""What the tests of the command line share: the demo corpus, and two ways to run a command."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "corpora" / "demo"

_START = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "{before}; from forensics.cli import main; main()"
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The only object on stdout."""
        (line,) = self.lines
        return line

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The objects on stdout, a line each."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@contextmanager
def _settings(**changed: str) -> Iterator[None]:
    from forensics.settings import settings

    before = dict(os.environ)
    os.environ.update({"FORENSICS_WORKERS": "1", "COLUMNS": "100", **changed})
    settings.cache_clear()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        settings.cache_clear()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place for the default corpus that is nobody's."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def run(home: Path) -> Run:
    """Run a command in this process: ``run("check", path, corpus=folder, stdin="…", FORENSICS_X="…")``."""
    from typer.testing import CliRunner

    from forensics.cli import app

    def command(*words: object, corpus: Path | None = None, stdin: str = "", **environment: str) -> Ran:
        said = [str(word) for word in words] + (["--corpus", str(corpus)] if corpus else [])
        with _settings(**{"FORENSICS_HOME": str(home), **environment}):
            done = CliRunner().invoke(app, said, input=stdin)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Ran(done.exit_code, done.stdout, done.stderr)

    return command


@pytest.fixture(scope="session")
def process(home: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start a command in a process of its own; ``before`` is Python that runs first."""

    def start(
        *words: object, before: str = "pass", cwd: Path | None = None, **environment: str
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", _START.format(before=before), *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=cwd,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "FORENSICS_HOME": str(home),
                "FORENSICS_WORKERS": "1",
                **environment,
            },
        )

    return start


@pytest.fixture(scope="session")
def demo_ingested(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Ran]]:
    """The demo corpus and what its ingest said; fails at the end if a test has written to it."""
    folder = tmp_path_factory.mktemp("demo") / "corpus"
    done = run("ingest", DEMO / "files", "--manifest", DEMO / "manifest.csv", "--json", corpus=folder)
    assert done.code == 0, done.err
    yield folder, done
    with closing(sqlite3.connect(folder / "corpus.db")) as db:
        (written,) = db.execute("SELECT count(*) FROM edge").fetchone()
    assert not written, "a test has stored its checks in the demo corpus of all: it should take `own_demo`"


@pytest.fixture(scope="session")
def demo(demo_ingested: tuple[Path, Ran]) -> Path:
    """The folder of the ingested demo corpus; nobody writes to it."""
    return demo_ingested[0]


@pytest.fixture
def own_demo(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo corpus to write to."""
    import shutil

    return Path(shutil.copytree(demo, tmp_path / "corpus"))
