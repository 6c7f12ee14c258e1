"""A reviewer's way through the pages in a real browser: by mouse, by keyboard, without script, on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from conftest import DEMO
from playwright.sync_api import Browser, Page, expect

COPY = DEMO / "incoming" / "Anselm_Pruitt_ML.docx"
PATHS = (
    "/",
    "/uploads",
    "/documents",
    "/documents?q=engineer",
    "/campaigns",
    "/trends",
    "/audit",
    "/sign-in",
    "/no-such-page",
)
WAIT = 90_000


@pytest.fixture(scope="module")
def address(
    linked_demo: Path, process: Callable[..., subprocess.Popen[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server of its own process, with its worker."""
    folder = Path(shutil.copytree(linked_demo, tmp_path_factory.mktemp("served") / "corpus"))
    server = process("serve", "--port", "0", "--corpus", folder)
    try:
        assert server.stderr is not None
        said = server.stderr.readline()
        found = re.search(r"http://[\d.]+:\d+", said)
        assert found, said
        yield found[0]
    finally:
        server.terminate()
        server.communicate(timeout=30)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the screenshots are left for a person to look at."""
    folder = tmp_path_factory.mktemp("screenshots")
    print(f"\nscreenshots: {folder}")
    return folder


@pytest.fixture(scope="module")
def report(browser: Browser, address: str) -> str:
    """The path of a report, handed in as a person does."""
    window = browser.new_context(base_url=address)
    window.set_default_timeout(WAIT)
    path = hand_in(window.new_page(), COPY)
    window.close()
    return path


def hand_in(page: Page, *files: Path, applicant: str = "", keep: bool = False) -> str:
    page.goto("/")
    page.get_by_label("Files to check").set_input_files(list(files))
    page.get_by_label(re.compile("^Applicant")).fill(applicant)
    if keep:
        page.get_by_label("Add to the corpus").check()
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_url("**/uploads/*")
    page.get_by_role("heading", name="What this stands on").wait_for()
    page.wait_for_load_state()  # the heading is there before the script that listens to keys
    return re.sub(r"^https?://[^/]+", "", page.url)


def shoot(page: Page, folder: Path, name: str) -> None:
    file = folder / f"{name}.png"
    page.evaluate(
        "Promise.all([...document.images].map((each) => { each.loading = 'eager'; return each.decode() }))"
    )
    page.screenshot(path=file, full_page=True)
    assert file.stat().st_size > 5_000


def violations(page: Page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def test_upload_wait_report_passage_to_passage_print(visit, pictures, tmp_path):
    page = visit()
    path = hand_in(page, COPY, applicant="Anselm Pruitt")
    assert page.get_by_text("A person should look at this").is_visible()
    page.keyboard.press("n")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("n")
    second = page.evaluate("document.activeElement.id")
    assert first.endswith("-a1") and second != first and "-a" in second
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == first
    page.locator(f"#{first} a.no").first.click()
    expect(page).to_have_url(re.compile("-b1$"))
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "f1"
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    pdf = read_pdf(tmp_path / "report.pdf")
    assert (
        "A person should look at this" in pdf and "Erase this upload" not in pdf and "Hide names" not in pdf
    )
    page.goto(path)
    assert page.get_by_text("A person should look at this").is_visible()


def read_pdf(file: Path) -> str:
    from forensics import read

    return " ".join(read(file).text.split())


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_page_is_clean_for_axe_and_pictured(visit, report, pictures, colours):
    page = visit(color_scheme=colours)
    page.goto("/documents?q=tanabe")
    document = page.locator("tbody a").first.get_attribute("href")
    found = {}
    page.goto("/campaigns")
    campaign = page.locator("tbody a").first.get_attribute("href")
    names = {"/": "start", report: "report", document: "document", campaign: "campaign"}
    asked = {
        f"{document}/who-else?by={by}&threshold=0.3": f"who-else-{by}"
        for by in ("template", "content", "style")
    }
    names |= asked
    for path in (*PATHS, report, document, campaign, *asked):
        page.goto(path)
        name = names.get(path) or re.sub(r"\W+", "-", path).strip("-")
        shoot(page, pictures, f"{name}-{colours}")
        found[path] = violations(page)
    assert {path: each for path, each in found.items() if each} == {}


def test_waiting_and_unreadable_are_clean_for_axe(visit, pictures, tmp_path):
    page = visit()
    page.route("**/progress", lambda route: None)  # as if it took for ever
    page.goto("/")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    page.get_by_label("Files to check").set_input_files([tmp_path / "broken.pdf", COPY])
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_url("**/uploads?batch=*")
    shoot(page, pictures, "uploads-waiting")
    assert violations(page) == []
    page.get_by_text("cannot be read").wait_for()
    page.get_by_role("link", name="broken.pdf").click()
    page.get_by_text("This file cannot be read.").wait_for()
    shoot(page, pictures, "unreadable")
    assert violations(page) == []


def test_a_narrow_window_scrolls_in_one_direction(visit, report, pictures):
    page = visit(viewport={"width": 390, "height": 844})
    page.goto("/documents?q=tanabe")
    asked = f"{page.locator('tbody a').first.get_attribute('href')}/who-else?threshold=0.2"
    for path, name in (
        ("/", "start"), ("/documents", "corpus"), (report, "report"), ("/campaigns", "campaigns"),
        ("/trends", "trends"), (asked, "who-else"),
    ):  # fmt: skip
        page.goto(path)
        shoot(page, pictures, f"{name}-narrow")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_all_of_it_by_keyboard(visit, tmp_path):
    page = visit()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tab_to(page, "#files")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(COPY)
    tab_to(page, "#applicant")
    page.keyboard.type("Anselm Pruitt")
    tab_to(page, "#keep")
    tab_to(page, "form.drop button")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What this stands on").wait_for()
    tab_to(page, "#threshold")
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    assert page.locator(".passage:visible").count() < page.locator(".passage").count()
    tab_to(page, "nav a[href='/documents']", back=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents")
    page.wait_for_load_state()
    tab_to(page, "#words")
    page.keyboard.type("tanabe")
    expect(page.get_by_text("1 application", exact=True)).to_be_visible()
    tab_to(page, "tbody a")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Its text").wait_for()
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What this stands on").wait_for()


def test_who_else_and_campaigns_by_keyboard(visit):
    page = visit()
    page.goto("/documents?q=tanabe")
    tab_to(page, "tbody a")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Its text").wait_for()
    tab_to(page, "a[href$='who-else?by=content']")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Side by side").wait_for()
    tab_to(page, ".ways a[href$='by=template']")
    page.keyboard.press("Enter")
    page.wait_for_url("**by=template")
    page.wait_for_load_state()
    tab_to(page, "#threshold-asked")
    page.keyboard.press("Control+a")
    page.keyboard.type("0.2")
    page.keyboard.press("Enter")
    page.wait_for_url("**threshold=0.2")
    page.wait_for_load_state()
    tab_to(page, "table.likes tbody a")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Its text").wait_for()
    tab_to(page, "nav a[href='/campaigns']", back=True)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Campaigns").wait_for()
    tab_to(page, "th button")
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort]").count() == 1
    tab_to(page, "tbody a")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The common core").wait_for()


def tab_to(page: Page, target: str, *, back: bool = False) -> None:
    for _ in range(80):
        if page.evaluate("what => document.activeElement.matches(what)", target):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    pytest.fail(f"{target} cannot be reached")


def test_everything_can_be_read_without_script(visit, report):
    page = visit(java_script_enabled=False)
    path = hand_in(page, COPY)
    for each in (path, report):
        page.goto(each)
        for text in ("A person should look at this", "copied-content", "Not looked for, so not ruled out"):
            assert page.get_by_text(text).first.is_visible()
        assert page.locator(".passage").first.is_visible() and not page.locator(".threshold").is_visible()
    page.goto("/documents")
    page.get_by_label("Name, file, job or id").fill("tanabe")
    page.get_by_role("button", name="Filter").click()
    assert page.get_by_text("1 application", exact=True).is_visible()


def test_the_threshold_hides_and_counts_nothing_anew(visit, report):
    page = visit()
    page.goto(report)
    before = page.locator(".summary").all_inner_texts()
    all_ = page.locator(".passage:visible").count()
    page.locator("#threshold").fill("100")
    assert page.locator(".passage:visible").count() < all_
    assert "hidden" in page.locator(".threshold output").inner_text()
    assert page.locator(".summary").all_inner_texts() == before
    page.locator("#threshold").fill("0")
    assert page.locator(".passage:visible").count() == all_


def test_hidden_names_stay_off_the_paper(visit, report, pictures, tmp_path):
    page = visit()
    page.goto(report)
    page.get_by_role("button", name="Hide names").click()
    expect(page.get_by_text("names are hidden")).to_be_visible()
    shoot(page, pictures, "report-names-hidden")
    page.pdf(path=tmp_path / "blind.pdf", format="Letter")
    text = read_pdf(tmp_path / "blind.pdf")
    assert not re.search("tanabe|rourke|anselm|pruitt", text, re.IGNORECASE) and "Applicant B" in text
    assert not re.search("tanabe|pruitt", page.content(), re.IGNORECASE)


def test_the_filter_answers_while_one_types(visit):
    page = visit()
    page.goto("/documents")
    page.get_by_label("Name, file, job or id").press_sequentially("tanabe", delay=20)
    expect(page.get_by_text("1 application", exact=True)).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_files_that_are_too_large_are_refused_before_they_are_sent(visit, tmp_path):
    page = visit()
    page.goto("/")
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(21 * 2**20)
    page.get_by_label("Files to check").set_input_files(large)
    assert "too large" in page.locator("#files-said").inner_text()
    page.get_by_role("button", name="Check", exact=True).click()
    time.sleep(0.3)
    assert page.url.endswith("/")
