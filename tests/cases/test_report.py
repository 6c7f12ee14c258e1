"""The report of a check: what is in it, that it leads everywhere and asks for nothing, and how large it is."""

import re
from dataclasses import replace

import pytest
from conftest import DEMO
from markup import Markup, assert_stands_alone, parsed

from forensics import engine, measure, read
from forensics.cases import report
from forensics.cases.elsewhere import Elsewhere
from forensics.cases.ground import ground
from forensics.findings.finding import NotRun
from forensics.index.corpus import Corpus

INCOMING = DEMO / "incoming"
MANIFEST = INCOMING / "manifest.csv"


@pytest.fixture(scope="module")
def copied(run, demo, tmp_path_factory):
    """The report of a copy with its words changed, and the JSON of the same check."""
    out = tmp_path_factory.mktemp("copied") / "report.html"
    done = run(
        "check",
        INCOMING / "Anselm_Pruitt_ML.docx",
        "--manifest",
        MANIFEST,
        "--html",
        out,
        "--json",
        corpus=demo,
    )
    assert done.code == 1, done.err
    return out, done.json


@pytest.fixture(scope="module")
def ring(run, demo, tmp_path_factory):
    """The report of a PDF that four others are like."""
    out = tmp_path_factory.mktemp("ring") / "report.html"
    done = run(
        "check",
        INCOMING / "Pemberwick_FullStack.pdf",
        "--manifest",
        MANIFEST,
        "--html",
        out,
        "--json",
        corpus=demo,
    )
    assert done.code == 1, done.err
    return out, done.json


def test_it_says_the_answer_and_no_verdict(copied):
    file, _ = copied
    answer = parsed(file).all("section", class_="answer")[0].words
    assert answer.startswith(
        "A person should look at this: 1 finding opens a case, beside Yuki Tanabe-Rourke."
    )
    assert "this is evidence, not a verdict" in answer


@pytest.mark.parametrize("which", ["copied", "ring"])
def test_every_finding_has_its_why(which, request):
    file, said = request.getfixturevalue(which)
    articles = parsed(file).all("article", class_="finding")
    assert [each.attributes["id"] for each in articles] == [each["id"] for each in said["findings"]]
    for article, finding in zip(articles, said["findings"], strict=True):
        assert finding["signal"] in article.words and f"weight {finding['weight']}" in article.words
        assert " ".join(finding["summary"].split()) in article.words
        first = finding["evidence"][0]
        assert " ".join(first["text"].split()[:20]) in article.words
        assert first["page"] is None or f"page {first['page']}" in article.words
        assert (
            all(line in article.words for line in finding["innocent"]) or "As with finding f" in article.words
        )
        rate = finding["base_rate"]
        assert rate is None or f"of {rate['of']} other applicants" in article.words


def test_weights_come_in_order(ring):
    file, _ = ring
    weights = re.findall(r"weight ([ABC])", " ".join(each.words for each in parsed(file).all("article")))
    assert weights == sorted(weights) and {"A", "C"} <= set(weights)


@pytest.mark.parametrize("which", ["copied", "ring"])
def test_it_stands_alone_and_every_link_leads_somewhere(which, request):
    file, _ = request.getfixturevalue(which)
    assert_stands_alone(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("which", ["copied", "ring"])
def test_passages_are_numbered_and_linked_both_ways(which, request):
    file, said = request.getfixturevalue(which)
    page = parsed(file)
    links = {(tag.attributes["href"]) for tag in page.all("a", class_="no")}
    by_document = {match["document"]: match for match in said["matches"]}
    for key, match in zip(["m1", "m2", "m3", "m4"], by_document.values(), strict=False):
        for number, passage in enumerate(match["passages"], start=1):
            here, there = f"{key}-a{number}", f"{key}-b{number}"
            assert {here, there} <= set(page.ids) and {f"#{here}", f"#{there}"} <= links
            left = next(tag for tag in page.tags if tag.attributes.get("id") == here)
            kind = "public" if passage["background"] else passage["kind"]
            assert kind in left.attributes["class"].split()
            assert f" {kind} " in f" {left.words} "
            assert " ".join(passage["a"]["text"].split()[:5]) in left.words


def test_both_texts_are_there_whole(copied):
    file, said = copied
    shown = parsed(file).all("div", class_="sides")[0].words.split()
    for passage in said["matches"][0]["passages"]:
        for side in "ab":
            assert set(passage[side]["text"].split()) <= set(shown)
    for word in ("anselm.pruitt@example.org", "yuki.tanabe.rourke@example.org", "Skills", "LightGBM,"):
        assert word in shown


def test_changed_words_are_marked_and_slots_are_told_apart(copied):
    file, said = copied
    page = parsed(file)
    assert "Forecasted the" in {tag.words for tag in page.all("em", class_="changed")}
    assert "Tamarack Grocers" in " ".join(tag.words for tag in page.all("em", class_="slot"))
    swapped = page.all("div", class_="swaps")[0].words
    for each in said["matches"][0]["swapped"]:
        assert f"{' '.join(each['a'].split())} → {' '.join(each['b'].split())}" in swapped
    assert "all dates as here → 14 months earlier" in swapped


def test_coverage_is_told_both_ways(copied):
    file, said = copied
    match = said["matches"][0]
    words = parsed(file).all("div", class_="coverage")[0].words
    assert f"{match['coverage']:.0%}"[:-1] in words and f"{match['coverage_other']:.0%}"[:-1] in words


def test_it_says_what_was_not_looked_for(copied):
    file, said = copied
    words = parsed(file).words
    assert "Not looked for, so not ruled out" in words
    assert all(each["signal"] in words for each in said["not_run"])
    looked = words.split("Looked for: ")[1]
    assert all(each["signal"] in looked for each in said["findings"])
    assert ".." not in words.split("Not looked for, so not ruled out")[1].split("Looked for: ")[0]


def test_it_says_what_it_stands_on(copied):
    file, said = copied
    foot = parsed(file).all("footer")[0].words
    for each in (
        f"state {said['corpus']['snapshot']}",
        f"corpus of {said['corpus']['documents']} applications",
        said["document"]["id"],
        "FORENSICS_MAX_FILE",
        "lists/work",
        "background/onet",
    ):
        assert each in foot
    assert "FORENSICS_HOME" not in foot


def test_pages_are_pictures_with_boxes_that_lead_to_the_passages(ring):
    file, _ = ring
    page = parsed(file)
    figures = page.all("figure")
    assert {"page-a-p1", "page-m1-p1"} <= {each.attributes["id"] for each in figures}
    boxes = page.all("rect", class_="mark")
    assert {kind for box in boxes for kind in box.attributes["class"].split()} >= {
        "mark-verbatim",
        "mark-swapped",
    }
    for box in boxes:
        assert 0 < float(box.attributes["width"]) < 650 and 0 < float(box.attributes["height"]) < 850
        assert -5 < float(box.attributes["x"]) < 612 and -5 < float(box.attributes["y"]) < 842


def test_it_says_which_pages_are_not_pictured(copied, ring):
    assert "Anselm_Pruitt_ML.docx: a DOCX file has no pages" in parsed(copied[0]).words
    assert re.search(r"\d more documents? not shown as pictures", parsed(ring[0]).words)


def test_a_file_that_is_not_kept_is_not_pictured(run, tmp_path):
    home = tmp_path / "corpus"
    files = DEMO / "files"
    run("ingest", files / "haverstock-dylan.pdf", corpus=home, FORENSICS_KEEP_FILES="no")
    done = run("check", INCOMING / "Pemberwick_FullStack.pdf", "--html", tmp_path / "r.html", corpus=home)
    assert done.code == 1, done.err
    page = parsed(tmp_path / "r.html")
    assert "its file is not kept in the corpus" in page.words
    assert [each.attributes["id"] for each in page.all("figure")] == ["page-a-p1"]


def test_the_same_input_gives_the_same_bytes(run, demo, tmp_path, ring):
    file, _ = ring
    again = tmp_path / "again.html"
    run("check", INCOMING / "Pemberwick_FullStack.pdf", "--manifest", MANIFEST, "--html", again, corpus=demo)
    date = r" on \d{4}-\d\d-\d\d;"
    assert re.sub(date, "", again.read_text()) == re.sub(date, "", file.read_text())


def test_it_is_small_but_for_pictures(ring, copied):
    for file, _ in (ring, copied):
        html = re.sub(r"data:image/png;base64,[^\"]+", "", file.read_text(encoding="utf-8"))
        assert len(html.encode()) < 250_000


def test_two_long_resumes_stay_below_half_a_megabyte(run, tmp_path):
    bullets = [
        f"- Rebuilt the {a} {b} of the {c} line so that {d} {number} crates a day with {number % 7 + 2} people\n"
        for number, (a, b, c, d) in enumerate(
            (a, b, c, d)
            for a in ("narrow", "tilting", "copper", "mobile")
            for b in ("conveyor", "weighbridge", "kiln", "sorter", "press")
            for c in ("cocoa", "barley", "walnut", "saffron", "lentil")
            for d in ("it moves", "they pack", "we ship")
        )
    ]
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text("Ada Quillfeather\nada@example.org\n\nExperience\n" + "".join(bullets))
    text = "".join(bullets).replace("crates", "boxes").replace("Rebuilt the", "Built again the")
    other.write_text("Bruno Oxenwold\nbruno@example.net\n\nExperience\n" + text)
    done = run("compare", one, other, "--html", tmp_path / "r.html")
    assert done.code == 0, done.err
    assert len(one.read_text().split()) > 2_000
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert 40_000 < len(html.encode()) < 500_000
    assert_stands_alone(html)


def test_it_prints_and_it_has_a_dark_side(copied):
    style = Markup(copied[0].read_text(encoding="utf-8")).all("style")[0].words
    for rule in ("@page", "@media print", "prefers-color-scheme: dark", "box-decoration-break: clone"):
        assert rule in style


def test_nothing_found_is_a_page_too(run, tmp_path, demo):
    letter = tmp_path / "new.txt"
    letter.write_text(
        "Odalys Fernwhistle\nodalys@example.org\n\nI mend clocks and harmoniums, mostly at night.\n"
    )
    done = run("check", letter, "--html", tmp_path / "r.html", corpus=demo)
    assert done.code == 0, done.err
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert_stands_alone(html)
    words = Markup(html).words
    assert "Nothing here opens a case." in words and "No stored document shares text" in words
    assert "Not looked for, so not ruled out" in words


def test_a_file_that_cannot_be_read_has_its_page(run, tmp_path, demo):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 cut short")
    done = run("check", bad, "--html", tmp_path / "r.html", corpus=demo)
    assert done.code == 0, done.err
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert_stands_alone(html)
    assert "This file could not be read, so nothing was looked for." in Markup(html).words
    assert "damaged" in Markup(html).words


@pytest.fixture(scope="module")
def half_looked(demo, tmp_path_factory):
    """The report of a check that could look only in part, and that another organisation's indicators meet."""
    exhibit = measure(read(INCOMING / "Anselm_Pruitt_ML.docx"))
    with Corpus.open(demo) as corpus:
        case = engine.check(exhibit, corpus, applicant="Anselm Pruitt")
    seen = Elsewhere(
        campaign="c4f1", month="2026-10", file="their <b>campaigns</b>.json", passages=7, of_passages=19,
        lineage=2, of_lineage=31, template=0.84,
    )  # fmt: skip
    case = replace(
        case,
        not_run=(
            NotRun(signal="copied-content", why="2 matching applications name nobody: give their names."),
            NotRun(signal="shared-image", why="pictures of 4 documents were not kept"),
        ),
        elsewhere=(seen,),
    )
    out = tmp_path_factory.mktemp("half") / "report.html"
    out.write_text(
        report.check(case, ground=ground(), stored=lambda id: None, draw=lambda *_: {}), encoding="utf-8"
    )
    return out


def test_what_was_found_only_in_part_is_told_apart_from_what_was_not_looked_for(half_looked):
    (section,) = [
        each
        for each in parsed(half_looked).all("section")
        if each.attributes.get("aria-labelledby") == "not-looked-for"
    ]
    before, after = section.words.split("Looked for and found, yet only in part:")
    assert "shared-image: pictures of 4 documents were not kept." in before and "copied-content" not in before
    assert after.strip().startswith("copied-content: 2 matching applications name nobody: give their names.")
    assert "Everything this version looks for" not in section.words
    assert (
        "copied-content" in after.split("Looked for:")[1]
        and "shared-image" not in after.split("Looked for:")[1]
    )


def test_what_another_organisation_has_seen_is_context_by_its_file(half_looked):
    (section,) = [
        each
        for each in parsed(half_looked).all("section")
        if each.attributes.get("aria-labelledby") == "elsewhere"
    ]
    assert "Seen by another organisation, too" in section.words and "context, never counted" in section.words
    assert (
        "Campaign c4f1, last seen 2026-10, told of in their <b>campaigns</b>.json: 7 of this document's 19 passages, "
        "2 of its 31 ids of file and pictures, 84% of that look." in section.words
    )
    assert "<b>campaigns" not in half_looked.read_text(encoding="utf-8")
    assert_stands_alone(half_looked.read_text(encoding="utf-8"))


def test_a_report_without_either_has_neither_section(copied):
    file, _ = copied
    text = file.read_text(encoding="utf-8")
    assert "Seen by another organisation" not in text and "only in part" not in text
