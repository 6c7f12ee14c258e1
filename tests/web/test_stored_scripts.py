"""Scripts in every field that a document, its sender or its manifest controls: shown, and inert."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from playwright.sync_api import Page
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from forensics.documents.source import walk
from forensics.index.corpus import Corpus
from forensics.index.manifest import read_manifest
from forensics.ingest import ingest

EVIL = "<img src=x onerror=window.hit=1><script>window.hit=2</script>"
QUOTES = "\"'><svg onload=window.hit=3>"
FORMULA = '=HYPERLINK("http://evil.example")'
TURN = "\u202eabc\x1b[31m"
BODY = (
    "Kept the ledger of a small bakery in order and wrote down what the ovens did every night.",
    "Moved nine warehouses to one tracking system without losing a single pallet on the way.",
    "Taught the night shift to read the dashboards and to call before something broke.",
    "Wrote the handbook from which three later teams learned how the scales are calibrated.",
)


def pdf(file: Path, who: str) -> None:
    sheet = canvas.Canvas(str(file), pagesize=A4, invariant=1)
    sheet.setTitle(EVIL)
    sheet.setAuthor(QUOTES)
    sheet.setSubject(FORMULA)
    sheet.setKeywords("{{ 12345 * 6789 }}")
    y = 800
    for line in (
        who,
        f"{who.split()[0].lower()}@example.org",
        EVIL,
        QUOTES,
        "Experience",
        *BODY,
        "{{ 12345 * 6789 }}",
    ):
        sheet.drawString(40, y, line)
        y -= 20
    sheet.linkURL("javascript:window.hit=4", (40, 700, 200, 720))
    sheet.save()


def word(file: Path, who: str) -> None:
    made = docx.Document()
    made.core_properties.author, made.core_properties.title = EVIL, QUOTES
    made.core_properties.comments = FORMULA
    for line in (
        who,
        f"{who.split()[0].lower()}@example.com",
        EVIL,
        "Experience",
        *BODY,
        QUOTES,
        FORMULA,
        TURN[:4],
    ):
        made.add_paragraph(line)
    made.part.relate_to("javascript:window.hit=5", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    made.save(str(file))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus whose every field is hostile."""
    place = tmp_path_factory.mktemp("hostile")
    files = place / "files"
    files.mkdir()
    pdf(files / "<img src=x onerror=window.hit=6>.pdf", "Ada Example")
    with (place / "manifest.csv").open("w", newline="", encoding="utf-8") as table:
        rows = csv.writer(table)
        rows.writerow(["filename", "applicant", "applied_at", "job", "source"])
        rows.writerow(
            [
                "files/<img src=x onerror=window.hit=6>.pdf",
                f"Ada {EVIL}",
                "2025-01-01",
                QUOTES + EVIL,
                EVIL + TURN,
            ]
        )
    with Corpus.open(place / "corpus", create=True) as corpus:
        manifest = read_manifest(place / "manifest.csv")
        done = list(ingest(walk([str(files)]), corpus, manifest, role="applicant", run=in_turn, workers=1))
    assert [each.status for each in done] == ["added"]
    word(place / "copy.docx", "Bea Sample")
    return place


def in_turn(work, items, *, workers, failed):
    return map(work, items)


def addresses(report: str) -> list[str]:
    searches = (f"/documents?q={EVIL}", f"/documents?job={QUOTES}")
    return ["/", "/uploads", "/documents", *searches, report, "/campaigns", "/trends", "/audit", f"/{EVIL}"]


def test_nothing_is_markup_in_any_page_and_no_cell_a_formula(hostile, tmp_path, served):
    site = served(Path(shutil.copytree(hostile / "corpus", tmp_path / "corpus")))
    data = (hostile / "copy.docx").read_bytes()
    report = site.checked(f"{EVIL}.docx".replace("/", ""), data, applicant=f"{QUOTES} Bea", keep="1")
    assert site.get(f"/api{report}/report").json()["matches"], "the copy is found, so both texts are shown"
    stored = [each["id"] for each in site.get("/api/documents").json()["documents"]]
    assert len(stored) == 2
    linked = site.get("/api/campaigns").json()["campaigns"]
    assert len(linked) == 1, "kept after its check, so both are linked"
    pages = [*addresses(report), *(f"/documents/{id}" for id in stored), f"/campaigns/{linked[0]['id']}"]
    pages += [
        f"/documents/{stored[0]}/who-else?by={by}&threshold=0" for by in ("template", "content", "style")
    ]
    for path in pages:
        page = site.get(path).text
        assert not re.search(
            r"<img(?! class=\"thumbnail\" src=\"/documents/)|<svg onload|<script(?! defer src=\"/static/)",
            page,
        ), path
        assert not re.search(r'<a [^>]*href="\s*(javascript|data|vbscript):', page, re.IGNORECASE), path
        assert "\x1b" not in page and "\u202e" not in page, path
        assert "83810205" not in page, path
    assert "&lt;img src=x" in site.get(f"/documents/{stored[0]}").text
    assert "&lt;img src=x" in site.get(report).text
    for path in (
        "/api/documents.csv",
        "/api/uploads.csv",
        f"/api{report}/report.csv",
        f"/api/documents/{stored[0]}/entities.csv",
        f"/api/documents/{stored[0]}/who-else.csv?by=content",
        "/api/campaigns.csv",
        f"/api/campaigns/{linked[0]['id']}/links.csv",
        "/api/trends.csv",
    ):
        rows = list(csv.reader(io.StringIO(site.get(path).text.removeprefix("\ufeff"))))
        formulas = [c for row in rows for c in row if re.match(r"[=+@]|-(?!\d+$)", c)]
        assert len(rows) > 1 and not formulas, path
        assert not [c for row in rows for c in row if "\x1b" in c or "\u202e" in c], path
    site.post("/names", {"hide": "1"})
    for path in pages:
        page = site.get(path).text
        assert not re.search(
            r"<img(?! class=\"thumbnail\" src=\"/documents/)|<svg onload|<script(?! defer src=\"/static/)",
            page,
        ), path


@pytest.fixture(scope="module")
def address(hostile: Path, process: Callable[..., subprocess.Popen[str]]) -> Iterator[str]:
    """The hostile corpus, served."""
    server = process("serve", "--port", "0", "--corpus", hostile / "corpus")
    try:
        assert server.stderr is not None
        said = server.stderr.readline()
        found = re.search(r"http://[\d.]+:\d+", said)
        assert found, said
        yield found[0]
    finally:
        server.terminate()
        server.communicate(timeout=30)


def test_a_browser_runs_none_of_it(hostile, visit):
    page: Page = visit()
    page.goto("/")
    name = f"{EVIL}.docx".replace("/", "")
    data = (hostile / "copy.docx").read_bytes()
    page.get_by_label("Files to check").set_input_files({"name": name, "mimeType": "x/y", "buffer": data})
    page.locator("#applicant").fill(f"{QUOTES} Bea")
    page.locator("#keep").check()
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", name="What this stands on").wait_for()
    report = re.sub(r"^https?://[^/]+", "", page.url)
    found: list[str] = [report]
    for path in addresses(report):
        page.goto(path)
        assert untouched(page), path
        if path == "/documents":
            found += [each.get_attribute("href") or "" for each in page.locator("tbody a").all()]
        if path == "/campaigns":
            found += [each.get_attribute("href") or "" for each in page.locator("tbody a").all()]
    assert len(found) == 4
    found += [f"{each}/who-else?by={by}&threshold=0" for each in found[1:3] for by in ("template", "content")]
    for path in found:
        page.goto(path)
        assert untouched(page), path
        for each in page.locator("main details > summary").all():
            each.click()
        assert untouched(page), path


def untouched(page: Page) -> bool:
    page.wait_for_timeout(200)
    return page.evaluate(
        "window.hit === undefined && !document.querySelector("
        "'img:not(.thumbnail), svg[onload], [onerror], [href^=\"javascript\" i]')"
    )
