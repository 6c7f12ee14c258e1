"""Every page: what it shows, what it links to, what its forms do."""

import csv
import io
import json
import re

import pytest

from forensics.index.job import DONE, UNREADABLE
from forensics.web.hiding import hidden

TEXT = b"Ada Example\nada@example.org\n\nExperience\nBuilt a small ledger for a bakery and kept it running for years.\n"


@pytest.fixture
def stored(site):
    """The id of a document of the demo corpus, by its applicant."""
    found = site.get("/api/documents", params={"q": "tanabe"}).json()
    return found["documents"][0]["id"]


def test_start_says_what_the_corpus_holds_and_takes_files(site):
    page = site.get("/").text
    assert "39 documents" in page and 'enctype="multipart/form-data"' in page
    answer = site.hand_in(("one.txt", TEXT), applicant="  Ada   Example ")
    assert answer.status_code == 303
    job = site.desk.jobs()[0]
    assert answer.headers["location"] == f"/uploads/{job.id}"
    assert (job.name, job.applicant, job.keep) == ("one.txt", "Ada Example", False)


def test_an_upload_waits_then_becomes_the_report_that_check_would_give(site):
    path = site.hand_in(("copy.docx", b"")).headers.get("location")
    path = site.checked()
    page = site.get(path).text
    assert "Yuki Tanabe-Rourke" in page and "copied-content" in page and "What this stands on" in page
    answer = site.get(f"/api{path}/report").json()
    assert answer["case"] is True and answer["document"]["path"] == "Anselm_Pruitt_ML.docx"
    assert site.get("/").text.count("a person should look") == 1


def test_the_report_is_the_one_of_the_command_line(site, run):
    from conftest import DEMO

    path = site.checked()
    by_hand = run("check", DEMO / "incoming" / "Anselm_Pruitt_ML.docx", "--json", corpus=site.folder).json
    answer = site.get(f"/api{path}/report").json()
    by_hand["document"]["path"] = answer["document"]["path"]
    assert answer == by_hand


def test_waiting_is_said_with_the_number_before_it_and_without_script(site):
    first = site.hand_in(("1.txt", TEXT)).headers["location"]
    second = site.hand_in(("2.txt", TEXT + b"x")).headers["location"]
    page = site.get(second).text
    assert "1 file before it" in page and '<noscript><meta http-equiv="refresh"' in page
    assert "Waiting" in site.get(f"{second}/progress").text
    site.work()
    assert site.get(f"{first}/progress").headers["hx-refresh"] == "true"
    assert "http-equiv" not in site.get(second).text


def test_several_files_have_one_address(site):
    answer = site.hand_in(("1.txt", TEXT), ("2.txt", TEXT + b"!"), ("3.bin", b"\0\1\2" * 99))
    assert answer.headers["location"].startswith("/uploads?batch=")
    site.work()
    page = site.get(answer.headers["location"]).text
    assert "3 uploads" in page and page.count("nothing opens a case") == 2 and "cannot be read" in page


def test_an_unreadable_file_says_why_and_is_no_finding(site):
    path = site.checked("broken.pdf", b"%PDF-1.7 nothing more")
    page = site.get(path).text
    assert "This file cannot be read." in page and "nothing was compared" in page
    assert site.desk.jobs()[0].state == UNREADABLE
    answer = site.get(f"/api{path}/report")
    assert answer.status_code == 404 and answer.json()["next"]


def test_adding_is_a_choice_and_can_be_made_later(site):
    path = site.checked("ada.txt", TEXT)
    assert "39 documents" in site.get("/").text and "Add to the corpus" in site.get(path).text
    site.post(f"{path}/add")
    assert "being added" in site.get(path).text
    site.work()
    assert "40 documents" in site.get("/").text and "in the corpus" in site.get(path).text
    site.checked("bea.txt", TEXT.replace(b"Ada", b"Bea").replace(b"ada", b"bea"), keep="1")
    assert "41 documents" in site.get("/").text


def test_the_same_bytes_under_two_names_are_two_applications(site):
    for name in ("Ada Example", "Bea Sample", "Ada Example"):
        site.checked("cv.txt", TEXT, applicant=name, keep="1")
    found = site.get("/api/documents", params={"q": "cv.txt"}).json()
    assert sorted(each["applicant"] for each in found["documents"]) == ["Ada Example", "Bea Sample"]


def test_files_are_not_kept_where_the_settings_say_so(own_demo, served, monkeypatch):
    from forensics.settings import settings

    monkeypatch.setenv("FORENSICS_KEEP_FILES", "0")
    settings.cache_clear()
    try:
        site = served(own_demo)
        path = site.checked("ada.txt", TEXT)
        job = site.desk.jobs()[0]
        assert job.state == DONE and site.desk.data(job.id) is None
        assert "Add to the corpus</button>" not in site.get(path).text
        assert site.post(f"{path}/add").status_code == 409
        site.checked("bea.txt", TEXT + b"!", keep="1")
        assert "40 documents" in site.get("/").text
    finally:
        settings.cache_clear()


def test_an_upload_can_be_erased_by_hand(site):
    path = site.checked("ada.txt", TEXT, keep="1")
    assert site.post(f"{path}/erase", follow_redirects=True).status_code == 200
    assert site.get(path).status_code == 404 and site.desk.count() == 0
    assert "40 documents" in site.get("/").text
    assert b"bakery" not in (site.folder / "jobs.db").read_bytes()


def test_corpus_erase_takes_the_upload_and_reports_that_quote_it(site, run, stored):
    path = site.checked()
    assert run("erase", stored, "--json", corpus=site.folder).json == {"erased": 1}
    assert "http-equiv" in site.get(path).text
    site.work()
    assert "Tanabe" not in site.get(path).text
    run("erase", "--applicant", "Anselm Pruitt", corpus=site.folder)
    assert site.get(path).status_code == 404
    left = b"".join(each.read_bytes() for each in site.folder.iterdir() if each.is_file())
    assert b"Tanabe" not in left and b"Pruitt" not in left


# -- the corpus


def test_the_list_is_filtered_and_narrowed(site):
    page = site.get("/documents").text
    assert "39 applications" in page and "page 1 of 1" not in page
    page = site.get("/documents", params={"q": "tanabe ENGINEER"}).text
    assert "1 application" in page and "Yuki Tanabe-Rourke" in page
    found = site.get("/api/documents").json()
    for name in ("kind", "month", "job"):
        choice = found["facets"][name][0]
        narrowed = site.get("/api/documents", params={name: choice["value"]}).json()
        assert narrowed["total"] == choice["count"] < 39
        both = site.get("/api/documents", params={name: choice["value"], "q": "e"}).json()
        assert both["total"] <= choice["count"]
        assert 'aria-current="true"' in site.get("/documents", params={name: choice["value"]}).text
    assert "Nothing fits" in site.get("/documents", params={"q": "no such person"}).text


def test_the_list_has_pages_and_orders(site, monkeypatch):
    from forensics.web import pages

    monkeypatch.setattr(pages, "ROWS", 10)
    seen = []
    path = "/documents?order=applicant"
    while path:
        page = site.get(path).text
        seen += re.findall(r'<td><a href="/documents/(sha256:\w+)"', page)
        (path,) = re.findall(r'rel="next" href="([^"]+)"', page) or [""]
        path = path.replace("&amp;", "&")
    assert len(seen) == 39
    names = [
        each["applicant"] or "~" for each in site.get("/api/documents?order=applicant").json()["documents"]
    ]
    assert names == sorted(names, key=str.casefold)


def test_a_document_shows_text_entities_versions_and_can_be_checked_again(site, stored):
    page = site.get(f"/documents/{stored}").text
    assert "Yuki Tanabe-Rourke" in page and "Its text" in page and 'title="employer: ' in page
    assert page.index("Applied with it") < page.index("What it names") < page.index("Its text")
    answer = site.post(f"/documents/{stored}/check", follow_redirects=False)
    site.work()
    report = site.get(f"/api{answer.headers['location']}/report").json()
    assert report["document"]["id"] == stored and any(each["identical"] for each in report["matches"])
    assert "Checks of this document" in site.get(f"/documents/{stored}").text


def test_versions_are_the_other_documents_under_a_name_that_agrees(site):
    site.checked("old.txt", TEXT, applicant="Ada Example", keep="1")
    site.checked("new.txt", TEXT + b"And a new line.\n", applicant="Example, Ada M.", keep="1")
    old = site.get("/api/documents", params={"q": "old.txt"}).json()["documents"][0]["id"]
    part = (
        site.get(f"/documents/{old[:20]}")
        .text.split("Other documents under this name")[1]
        .split("</section>")[0]
    )
    assert "new.txt" in part and "old.txt" not in part


def test_the_api_gives_what_the_command_line_gives(site, stored, run):
    assert (
        site.get(f"/api/documents/{stored}").json() == run("show", stored, "--json", corpus=site.folder).json
    )
    ours, theirs = site.get("/api/status").json(), run("status", "--json", corpus=site.folder).json
    assert ours.keys() == theirs.keys() and ours["documents"] == theirs["documents"] == 39


def test_every_page_has_its_json_and_csv(site, stored):
    path = site.checked()
    for address in ("/documents", "/uploads", "/audit", f"/documents/{stored}", path):
        page = site.get(address).text
        links = re.findall(r'href="(/api/[^"]+)"', page)
        kinds = {site.get(link.replace("&amp;", "&")).headers["content-type"] for link in links}
        assert "application/json" in kinds and "text/csv; charset=utf-8" in kinds, address


def test_csv_has_no_cell_that_is_a_formula(site):
    evil = b"=HYPERLINK(1)\n" + TEXT
    site.checked("=cmd.txt", evil, applicant="+1+cmd|' /C calc'!A0", keep="1")
    site.checked("@other.txt", evil + b"\nMore.", applicant="-2+3", keep="1")
    for address in (
        "/api/documents.csv",
        "/api/uploads.csv",
        f"/api/uploads/{site.desk.jobs()[0].id}/report.csv",
    ):
        answer = site.get(address)
        assert answer.headers["content-disposition"].startswith("attachment")
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert len(rows) > 1
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


# -- names, audit, the rest


def test_hidden_names_are_not_in_the_page_at_all(site, stored):
    path = site.checked()
    site.post("/names", {"hide": "1", "back": path})
    for address in (path, "/documents", f"/documents/{stored}", "/uploads", "/"):
        page = site.get(address).text
        assert not re.search("tanabe|rourke|anselm|pruitt", page, re.IGNORECASE), address
        assert "Applicant A" in page and "Show names" in page
    page = site.get(path).text
    assert "Applicant B" in page and "@example.org" not in page
    site.post("/names", {"hide": "0", "back": path})
    assert "Tanabe" in site.get(path).text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Call (512) 555-0123 or +44 7700 900123 now", "Call (telephone) or (telephone) now"),
        ("under <b>+15125550123</b>", "under <b>(telephone)</b>"),
        ("2019 - 2021, 10 of 1,234 documents, 99.95 %", "2019 - 2021, 10 of 1,234 documents, 99.95 %"),
        ("sha256:12345678901234ab, 2026-11-24 12:33", "sha256:12345678901234ab, 2026-11-24 12:33"),
    ],
)
def test_hidden_telephone_numbers_are_not_in_it_and_other_numbers_are(text, left):
    assert hidden(f"<p>{text}</p>", ["Ada Example"]) == f"<p>{left}</p>"


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_one_is_sent_back_only_to_our_pages(site, back):
    answer = site.post("/names", {"hide": "1", "back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_every_view_of_a_document_is_a_row_of_the_audit(site, stored):
    path = site.checked()
    checked = site.get(f"/api{path}").json()["document"]
    assert site.desk.count_views() == 0
    site.get(path)
    assert {(each.document, each.what, each.who) for each in site.desk.views()} == {
        (checked, "report", "testclient"), (stored, "report", "testclient"),
    }  # fmt: skip
    for address in (
        f"/documents/{stored}",
        f"/api/documents/{stored}",
        f"/api{path}/report",
        f"/api/documents/{stored}/file",
    ):
        before = site.desk.count_views(document=stored)
        site.get(address)
        assert site.desk.count_views(document=stored) == before + 1, address
    page = site.get("/audit", params={"document": stored}).text
    assert "5 views" in page and "save" not in page and "file" in page
    for address in ("/", "/documents", "/uploads", "/audit", f"{path}/progress"):
        before = site.desk.count_views()
        site.get(address)
        assert site.desk.count_views() == before, address


def test_openapi_names_every_route_and_needs_no_other_host(site):
    answer = site.get("/api/openapi.json")
    assert "https://" not in json.dumps(answer.json()).replace("https://json-schema.org", "")
    assert {"/api/uploads", "/api/uploads/{id}/report", "/api/documents", "/api/status"} <= answer.json()[
        "paths"
    ].keys()
    assert site.get("/docs").status_code == site.get("/redoc").status_code == 404


def test_healthz(site):
    assert site.get("/healthz").json() == {"ok": True}


def test_an_empty_corpus_says_how_to_fill_it(empty):
    assert "forensics ingest" in empty.get("/").text
    assert "forensics ingest" in empty.get("/documents").text
    assert "Nobody has looked" in empty.get("/audit").text and "Nothing yet" in empty.get("/uploads").text
    path = empty.checked()
    assert "no other applicant to compare with" in empty.get(path).text


@pytest.mark.parametrize(
    "path", ["/x", "/uploads/x", "/documents/x", "/documents/deadbeef", "/documents/sha256:%2e%2e"]
)
def test_what_is_not_there_is_said_with_what_to_do_next(site, path):
    page = site.get(path)
    assert page.status_code == 404 and "To the start" in page.text and "<h1>" in page.text
    answer = site.get(f"/api{path}")
    assert answer.status_code == 404 and answer.json().keys() == {"error", "next"}


def test_wrong_words_are_refused_with_words(site):
    page = site.get("/documents", params={"page": "x"})
    assert page.status_code == 422 and "query.page" in page.text and "<h1>" in page.text
    assert site.get("/api/documents", params={"limit": 0}).json().keys() == {"error", "next"}
    assert site.client.delete("/documents").status_code == 405
