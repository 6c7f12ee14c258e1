"""The analyst's pages: who else, campaigns, trends; as pages, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import re
import shutil

import pytest


@pytest.fixture
def site(linked_demo, tmp_path, served):
    """The demo corpus with its campaigns, served."""
    return served(shutil.copytree(linked_demo, tmp_path / "corpus"))


@pytest.fixture
def asked(site):
    """The id of a PDF that somebody else copied."""
    found = site.get("/api/documents", params={"q": "tanabe"}).json()["documents"]
    return found[0]["id"]


@pytest.fixture
def campaign(site):
    """The id of the largest campaign."""
    return site.get("/api/campaigns").json()["campaigns"][0]["id"]


def rows(answer):
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("by", ["template", "content", "lineage", "style"])
def test_who_else_is_the_answer_of_the_command_line(site, asked, run, by):
    page = site.get(f"/documents/{asked}/who-else", params={"by": by})
    answer = site.get(f"/api/documents/{asked}/who-else", params={"by": by}).json()
    assert answer == run("who-else", asked, "--by", by, "--json", corpus=site.folder).json
    assert page.status_code == 200 and page.text.count('aria-current="page">by') == 1
    for each in answer["documents"]:
        assert f"/documents/{each['id']}" in page.text
    assert [each["id"] for each in rows(site.get(f"/api/documents/{asked}/who-else.csv?by={by}"))] == [
        each["id"] for each in answer["documents"]
    ]


def test_a_lower_threshold_lists_more_and_the_rest_is_on_further_pages(site, asked, monkeypatch):
    from forensics.web import analyses

    usual = site.get(f"/api/documents/{asked}/who-else").json()["total"]
    everything = site.get(f"/api/documents/{asked}/who-else?threshold=0").json()
    assert everything["total"] > usual
    monkeypatch.setattr(analyses, "ROWS", 10)
    seen, path = [], f"/documents/{asked}/who-else?threshold=0"
    while path:
        page = site.get(path).text
        seen += re.findall(r'<br><a href="/documents/(sha256:\w+)"', page)
        (path,) = re.findall(r'rel="next" href="([^"]+)"', page) or [""]
        path = path.replace("&amp;", "&")
    assert seen == [each["id"] for each in everything["documents"]]
    assert "as calibrated" in site.get(f"/documents/{asked}/who-else?threshold=0").text


@pytest.mark.parametrize("query", ["threshold=2", "threshold=x", "by=face"])
def test_a_question_that_is_none_is_refused_with_words(site, asked, query):
    page = site.get(f"/documents/{asked}/who-else?{query}")
    assert page.status_code == 422 and "<h1>" in page.text
    assert site.get(f"/api/documents/{asked}/who-else?{query}").json().keys() == {"error", "next"}


def test_first_pages_stand_side_by_side_and_are_pictures_of_ours(site, asked):
    page = site.get(f"/documents/{asked}/who-else?threshold=0").text
    pictures = re.findall(r'src="(/documents/[^"]+/first-page\.png)"', page)
    assert len(pictures) > 1 and f"/documents/{asked}/first-page.png" == pictures[0]
    for each in pictures[:2]:
        answer = site.get(each)
        assert answer.headers["content-type"] == "image/png" and answer.content.startswith(b"\x89PNG")
    assert "only PDF pages are pictured" in page


def test_pictures_of_what_is_no_pdf_are_not_there(site):
    found = site.get("/api/documents").json()["documents"]
    word = next(each["id"] for each in found if each["path"].endswith(".docx"))
    assert site.get(f"/documents/{word}/first-page.png").status_code == 404


def test_a_new_document_is_seen_by_the_next_question(site, asked, run, tmp_path):
    before = site.get(f"/api/documents/{asked}/who-else").json()["searched"]
    (tmp_path / "new.txt").write_text("Ada Example\nada@example.org\n\nExperience\n" + "Baked bread. " * 40)
    run("ingest", tmp_path / "new.txt", corpus=site.folder)
    assert site.get(f"/api/documents/{asked}/who-else?by=content").json()["searched"] == before + 1
    run("erase", asked, corpus=site.folder)
    assert site.get(f"/documents/{asked}/who-else").status_code == 404


def test_report_and_document_lead_to_it(site, asked):
    assert f'href="/documents/{asked}/who-else?by=style"' in site.get(f"/documents/{asked}").text
    kept, not_kept = (
        site.checked(keep="1"),
        site.checked("other.txt", b"Ada Example\nada@example.org\nBakes."),
    )
    document = site.get(f"/api{kept}").json()["document"]
    assert f'href="/documents/{document}/who-else"' in site.get(kept).text
    assert "Asked of documents in the corpus" in site.get(not_kept).text


def test_campaigns_are_those_of_the_command_line(site, campaign, run):
    assert site.get("/api/campaigns").json() == run("campaigns", "--json", corpus=site.folder).json
    one = site.get(f"/api/campaigns/{campaign}").json()
    assert one == run("campaigns", campaign, "--json", corpus=site.folder).json
    page = site.get("/campaigns").text
    assert page.count('<a href="/campaigns/c-') == one["total"] >= 5
    page = site.get(f"/campaigns/{campaign}").text
    assert '<svg class="graph"' in page and "The common core" in page
    for each in one["campaign"]["members"]:
        assert f'href="/documents/{each["document"]}"' in page
    assert len(rows(site.get("/api/campaigns.csv"))) == one["total"]
    ties = sum(len(each["ties"]) for each in one["campaign"]["links"])
    assert len(rows(site.get(f"/api/campaigns/{campaign}/links.csv"))) == ties
    assert site.get("/campaigns/c-000000000000").status_code == 404
    assert site.get("/campaigns/<b>").status_code == site.get("/api/campaigns/x").status_code == 404


def test_trends_are_those_of_the_command_line(site, run):
    answer = site.get("/api/trends").json()
    assert answer == run("trends", "--json", corpus=site.folder).json and answer["quarters"]
    page = site.get("/trends").text
    assert '<svg class="chart"' in page and answer["quarters"][0]["period"] in page
    assert {each["by"] for each in rows(site.get("/api/trends.csv"))} == {"month", "quarter", "job", "signal"}


def test_each_page_has_its_json_and_csv(site, asked, campaign):
    for address in (f"/documents/{asked}/who-else", "/campaigns", f"/campaigns/{campaign}", "/trends"):
        links = re.findall(r'href="(/api/[^"]+)"', site.get(address).text)
        kinds = {site.get(link.replace("&amp;", "&")).headers["content-type"] for link in links}
        assert kinds == {"application/json", "text/csv; charset=utf-8"}, address


def test_who_is_shown_is_in_the_audit(site, asked, campaign):
    answer = site.get(f"/api/documents/{asked}/who-else").json()
    assert {each.document for each in site.desk.views()} == {
        asked,
        *(each["id"] for each in answer["documents"]),
    }
    assert {each.what for each in site.desk.views()} == {"who else by template"}
    for address, what in (
        (f"/documents/{asked}/first-page.png", "first page"),
        (f"/documents/{asked}/who-else?by=style", "who else by style"),
    ):
        before = site.desk.count_views(document=asked)
        site.get(address)
        assert site.desk.count_views(document=asked) == before + 1
        assert site.desk.views(document=asked)[0].what == what
    before = site.desk.count_views()
    members = site.get(f"/campaigns/{campaign}").text.count('<td class="when">')
    assert site.desk.count_views() == before + members
    for address in ("/campaigns", "/trends"):
        before = site.desk.count_views()
        site.get(address)
        assert site.desk.count_views() == before, address


def test_hidden_names_are_in_none_of_them(site, asked, campaign):
    people = {
        word
        for one in site.get("/api/campaigns").json()["campaigns"]
        for each in site.get(f"/api/campaigns/{one['id']}").json()["campaign"]["members"]
        for word in re.split(r"\W+", each["applicant"] or "")
        if len(word) > 3
    }
    site.post("/names", {"hide": "1", "back": "/"})
    for address in (
        f"/documents/{asked}/who-else?by=content&threshold=0",
        "/campaigns",
        f"/campaigns/{campaign}",
        "/trends",
    ):
        page = site.get(address).text
        assert not re.search(rf"\b({'|'.join(people)})\b", page), address
    page = site.get(f"/documents/{asked}/who-else?threshold=0").text
    assert "names are hidden, and stand on it" in page and "first-page.png" not in page
    assert site.get(f"/documents/{asked}/first-page.png").status_code == 403


def test_pictures_of_pages_go_from_a_report_with_the_names(site, asked):
    path = site.post(f"/documents/{asked}/check", follow_redirects=False).headers["location"]
    site.work()
    assert "data:image/png" in site.get(path).text
    site.post("/names", {"hide": "1", "back": "/"})
    assert "data:image" not in site.get(path).text


def test_an_empty_corpus_has_pages_too(empty):
    assert (
        "0 campaigns" in empty.get("/campaigns").text and "0 of 0 applications" in empty.get("/trends").text
    )
