"""who-else and template mark-public on the command line, over the demo corpus."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import DEMO, Run
from test_schemas import validate

from forensics.documents.office import libreoffice

QUERY = DEMO / "incoming" / "Anselm_Pruitt_ML.docx"


@pytest.mark.parametrize("by", ["template", "content", "lineage", "style"])
def test_every_way_answers_by_its_schema(run: Run, demo: Path, by: str) -> None:
    found = run("who-else", QUERY, "--by", by, "--threshold", "0.01", "--json", corpus=demo).json
    validate("who-else", found)
    shares = [each["similarity"] for each in found["documents"]]
    assert shares == sorted(shares, reverse=True)
    assert found["total"] == len(shares)


def test_what_is_listed_is_at_the_threshold_and_the_limit_cuts_after_counting(run: Run, demo: Path) -> None:
    every = run("who-else", QUERY, "--json", corpus=demo).json
    assert (
        every["total"] >= 2 and min(each["similarity"] for each in every["documents"]) >= every["threshold"]
    )
    one = run("who-else", QUERY, "--limit", "1", "--json", corpus=demo).json
    assert one["total"] == every["total"]
    assert one["documents"] == every["documents"][:1]
    assert one["documents"][0]["shared"]


def test_the_query_is_left_out_when_it_is_stored(run: Run, demo: Path) -> None:
    first = run("who-else", QUERY, "--json", corpus=demo).json["documents"][0]["id"]
    found = run("who-else", first, "--threshold", "0", "--json", corpus=demo).json
    assert found["query"] == first
    assert first not in {each["id"] for each in found["documents"]}
    assert found["searched"] == 38


def test_the_page_shows_both_and_asks_nobody(run: Run, demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "who.html"
    query = DEMO / "incoming" / "Pemberwick_FullStack.pdf"
    assert run("who-else", query, "--threshold", "0.2", "--html", out, corpus=demo).code == 0
    page = out.read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") >= 2
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_a_marked_template_is_known_by_its_name(run: Run, demo: Path, tmp_path: Path) -> None:
    own = {"FORENSICS_HOME": str(tmp_path)}
    assert run("who-else", QUERY, "--json", corpus=demo, **own).json["public_template"] is None
    marked = run("template", "mark-public", QUERY, "--name", "Library handout", "--json", **own).json
    validate("template-mark-public", marked)
    kept = Path(marked["file"]).read_text(encoding="utf-8")
    assert "Pruitt" not in kept
    assert run("who-else", QUERY, "--json", corpus=demo, **own).json["public_template"] == "Library handout"


@pytest.mark.parametrize("words", [("missing.pdf",), (str(DEMO / "incoming"),), (str(QUERY), "--by", "look")])
def test_what_cannot_be_asked_ends_with_2(run: Run, demo: Path, words: tuple[str, ...]) -> None:
    assert run("who-else", *words, corpus=demo).code == 2


def test_the_id_of_a_document_that_was_erased_says_so(run: Run, demo: Path) -> None:
    done = run("who-else", "sha256:" + "d" * 64, corpus=demo)
    assert done.code == 2 and "may have been erased" in done.err


@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice lays a DOCX out")
def test_a_docx_is_pictured_where_libreoffice_may_lay_it_out(run: Run, demo: Path, tmp_path: Path) -> None:
    words = ["who-else", QUERY, "--limit", "0", "--html"]
    for render, pictures in (("0", 0), ("1", 1)):
        out = tmp_path / f"{render}.html"
        assert run(*words, out, corpus=demo, FORENSICS_RENDER=render).code == 0
        page = out.read_text(encoding="utf-8")
        assert page.count("data:image/png;base64,") == pictures
        assert ("a DOCX with FORENSICS_RENDER=1" in page) == (pictures == 0)
