"""Reports in a real browser: accessible in light and dark, by keyboard, without script, on paper, asking nobody."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DEMO
from playwright.sync_api import Browser, Page, sync_playwright


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = os.environ.get("FORENSICS_CHROMIUM") or shutil.which("chromium")
    if program is None:
        why = "no chromium: apt-get install chromium, or name one in FORENSICS_CHROMIUM; reports are not looked at"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def reports(run, tmp_path_factory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("reports")
    files = DEMO / "files"
    ring = ("haverstock-dylan.pdf", "Jared Kilbourne CV.pdf", "Bradley_Quenneville.pdf")
    made = {name: place / f"{name}.html" for name in ("compare", "dedup", "check")}
    run("compare", files / ring[0], files / ring[1], "--html", made["compare"])
    run("dedup", *(files / name for name in ring), "--html", made["dedup"])
    run("ingest", *(files / name for name in ring), corpus=place / "corpus")
    incoming = DEMO / "incoming" / "Pemberwick_FullStack.pdf"
    run("check", incoming, "--html", made["check"], corpus=place / "corpus")
    return made


def visit(browser: Browser, file: Path, **options: object) -> tuple[Page, list[str]]:
    page = browser.new_context(**options).new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request", lambda asked: None if asked.url.startswith(("file:", "data:")) else wrong.append(asked.url)
    )
    page.goto(file.as_uri())
    return page, wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 420])
@pytest.mark.parametrize("name", ["check", "compare", "dedup"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(browser, reports, name, width, scheme):
    window = {"width": width, "height": 900}
    page, wrong = visit(browser, reports[name], color_scheme=scheme, viewport=window, bypass_csp=True)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert wrong == []


def test_the_policy_lets_our_script_and_style_work(browser, reports):
    page, wrong = visit(browser, reports["check"])
    assert wrong == []
    assert page.evaluate("getComputedStyle(document.querySelector('.pair')).display") == "grid"


def test_keys_go_from_passage_to_passage_and_finding_to_finding(browser, reports):
    page, _ = visit(browser, reports["check"])
    at = "document.activeElement.id"
    for key, id in (("j", "f1"), ("j", "f2"), ("k", "f1"), ("n", "m1-a1"), ("n", "m1-a2"), ("p", "m1-a1")):
        page.keyboard.press(key)
        assert page.evaluate(at) == id
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#m1-b1")


def test_pairs_are_sorted_by_a_heading(browser, reports):
    page, _ = visit(browser, reports["dedup"])
    column = "[...document.querySelectorAll('table.sortable tbody tr')].map(row => row.cells[3].textContent)"
    before = page.evaluate(column)
    for _ in range(2):
        page.get_by_role("button", name="shared, first").click()
    values = page.evaluate(column)
    assert sorted(before) == sorted(values) and len(values) == 3
    shares = [float(value.rstrip("%")) for value in values]
    assert shares == sorted(shares, reverse=True)


def test_it_reads_without_script(browser, reports):
    page, wrong = visit(browser, reports["check"], java_script_enabled=False)
    assert page.get_by_role("heading", name="Findings").is_visible()
    page.locator("a.no").first.click()
    assert page.url.endswith("#m1-b1") and wrong == []


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_with_what_it_stands_on(browser, reports, tmp_path, paper):
    page, _ = visit(browser, reports["check"])
    page.pdf(path=tmp_path / "r.pdf", format=paper)
    with pypdfium2.PdfDocument(tmp_path / "r.pdf") as printed:
        text = "\n".join(printed[at].get_textpage().get_text_bounded() for at in range(len(printed)))
        first = printed[0].get_textpage().get_text_bounded()
        width = printed[0].get_width()
        assert round(width) == {"A4": 596, "Letter": 612}[paper] or round(width) == 595
    assert "A person should look at this" in first and "Findings" in first
    assert "FORENSICS_MAX_FILE" in text and "To the content" not in text
