"""The application of a small corpus, a client that behaves like a browser of ours, and the work done at once."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from forensics.index.corpus import Corpus
from forensics.index.desk import Desk
from forensics.web.app import application
from forensics.web.jobs import step

ROOT = Path(__file__).parents[2]
COPY = ROOT / "corpora" / "demo" / "incoming" / "Anselm_Pruitt_ML.docx"
WAIT = 90_000
BASE = "http://127.0.0.1:8765"


class Site:
    """A served corpus. ``post`` fills in the hidden field as a form would."""

    def __init__(self, folder: Path, client: TestClient) -> None:
        self.folder = folder
        self.client = client
        self.desk = Desk(folder)

    def get(self, path: str, **more: Any):
        return self.client.get(path, **more)

    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/").text)
        assert found
        return found[1]

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any):
        return self.client.post(path, data={"csrf": self.csrf(), **(data or {})}, **more)

    def hand_in(self, *files: tuple[str, bytes], follow: bool = False, **fields: str):
        parts = [("files", (name, data, "application/octet-stream")) for name, data in files]
        return self.post("/uploads", fields, files=parts, follow_redirects=follow)

    def work(self) -> None:
        """Do everything that waits, in this process."""
        with Corpus.open(self.folder) as corpus:
            while step(self.desk, corpus):
                pass

    def checked(self, name: str = COPY.name, data: bytes | None = None, **fields: str) -> str:
        """The path of a report."""
        answer = self.hand_in((name, COPY.read_bytes() if data is None else data), **fields)
        assert answer.status_code == 303, answer.text
        self.work()
        return answer.headers["location"]


@pytest.fixture
def served() -> Iterator[Callable[..., Site]]:
    """Make a :class:`Site` of a folder; options go to the application."""
    clients: list[TestClient] = []

    def make(folder: Path, **options: Any) -> Site:
        client = TestClient(application(folder, work=False, **options), base_url=BASE)
        client.__enter__()
        clients.append(client)
        return Site(folder, client)

    yield make
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def site(own_demo: Path, served: Callable[..., Site]) -> Site:
    """The demo corpus, served."""
    return served(own_demo)


@pytest.fixture
def empty(tmp_path: Path, served: Callable[..., Site]) -> Site:
    """A corpus without a document, served."""
    return served(tmp_path / "corpus")


@pytest.fixture(scope="session")
def linked_demo(demo: Path, run: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo corpus after a check of every document, so that it has campaigns; nobody writes to it."""
    folder = Path(shutil.copytree(demo, tmp_path_factory.mktemp("linked") / "corpus"))
    assert run("campaigns", "--update", "--json", corpus=folder).code == 0
    return folder


# -- a browser


def chromium() -> str:
    """Debian's browser; where it must be there and is not, the tests fail, elsewhere they are skipped."""
    found = (
        os.environ.get("FORENSICS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if found:
        return found
    why = "no chromium: apt-get install chromium, or name one in FORENSICS_CHROMIUM; the pages are not tested"
    if os.environ.get("CI") or os.environ.get("FORENSICS_REQUIRE_BROWSER"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


class Visit:
    """A browser window that may ask only our server, and remembers what else was asked for or went wrong."""

    def __init__(self, browser: Browser, address: str, **options: object) -> None:
        self.context: BrowserContext = browser.new_context(base_url=address, **options)  # type: ignore[arg-type]
        self.outside: list[str] = []
        self.wrong: list[str] = []
        self.context.route("**/*", self._asked)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(WAIT)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.wrong.append("dialog"), dialog.dismiss()))
        self.page.on(
            "console", lambda said: self.wrong.append(said.text) if "Content Security" in said.text else None
        )
        self._address = address

    def _asked(self, route) -> None:
        if route.request.url.startswith((self._address, "data:")):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def close(self) -> None:
        self.context.close()
        assert self.outside == [] and self.wrong == []


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a window; afterwards nothing may have left the host, nor any script been refused or failed."""
    open_: list[Visit] = []

    def make(**options: object) -> Page:
        open_.append(Visit(browser, address, **{"viewport": {"width": 1280, "height": 900}, **options}))
        return open_[-1].page

    yield make
    for each in open_:
        each.close()
