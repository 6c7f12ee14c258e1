"""campaigns and trends, as the command line shows and writes them."""

import csv
import io
import sqlite3
from contextlib import closing

import pytest
from conftest import DEMO
from test_schemas import validate

from forensics.index.corpus import Corpus


@pytest.fixture(scope="module")
def checked(run, demo, tmp_path_factory):
    """The demo corpus, every document checked."""
    import shutil

    folder = shutil.copytree(demo, tmp_path_factory.mktemp("checked") / "corpus")
    assert run("campaigns", "--refresh", corpus=folder).code == 0
    return folder


def test_nothing_is_linked_before_anybody_looked_and_it_is_said(run, own_demo):
    with closing(sqlite3.connect(own_demo / "corpus.db")) as db, db:
        db.executescript("DELETE FROM seen; DELETE FROM edge")  # as it was, whatever other tests have asked
    done = run("campaigns", corpus=own_demo)
    assert done.code == 0 and "39 documents not checked yet" in done.out
    found = run("campaigns", "--json", corpus=own_demo).json
    validate("campaigns", found)
    assert (found["checked"], found["campaigns"]) == (0, [])


def test_the_list_holds_the_planted_rings(run, checked):
    found = run("campaigns", "--json", corpus=checked).json
    validate("campaigns", found)
    assert found["checked"] == found["documents"] == 39 and found["campaign"] is None
    sizes = [each["applicants"] for each in found["campaigns"]]
    assert sizes == sorted(sizes, reverse=True) and sizes[0] == 4 and min(sizes) == 2
    assert "c-" in run("campaigns", corpus=checked).out


def test_one_campaign_by_its_id_or_a_document_of_it(run, checked, tmp_path):
    first = run("campaigns", "--json", corpus=checked).json["campaigns"][0]
    found = run("campaigns", first["id"], "--json", corpus=checked).json
    validate("campaigns", found)
    one = found["campaign"]
    names = {each["applicant"] for each in one["members"]}
    assert names >= {"Dylan Haverstock", "Bradley Quenneville"}
    whens = [each["when"] for each in one["members"]]
    assert whens == sorted(whens) and one["first"] == whens[0] and one["last"] == whens[-1]
    assert len(one["core"]["passages"]) > 5 and all(
        each["documents_with"] >= 3 for each in one["core"]["passages"]
    )
    texts = {
        each["document"]: run("show", each["document"], "--json", corpus=checked).json["text"]
        for each in one["members"]
    }
    for link in one["links"]:
        for tie in link["ties"]:
            assert tie["evidence"]
            for spot in tie["evidence"]:
                if spot["start"] is not None:
                    assert texts[spot["document"]][spot["start"] : spot["end"]] == spot["text"]
    other = run("campaigns", one["members"][-1]["document"], "--json", corpus=checked).json
    assert other["campaign"] == one
    assert "Common core" in run("campaigns", first["id"], corpus=checked).out
    page = tmp_path / "one.html"
    run("campaigns", first["id"], "--html", page, corpus=checked)
    html = page.read_text(encoding="utf-8")
    assert (
        html.count("<circle") == len(one["members"])
        and "Dylan Haverstock" in html
        and "<script src" not in html
    )
    run("campaigns", "--html", tmp_path / "all.html", corpus=checked)
    assert first["id"] in (tmp_path / "all.html").read_text(encoding="utf-8")


TRADES = (
    ("Nils Abernathy", "Baker", "Fired a wood oven at four each morning and shaped rye loaves by hand."),
    ("Odile Brandt", "Surveyor", "Measured field boundaries with a total station after the spring floods."),
    ("Petra Coombes", "Luthier", "Carved spruce tops for violas and matched varnish on a damaged cello."),
    ("Quentin Dale", "Diver", "Inspected harbour walls under water and wrote down each crack by chainage."),
    ("Rosa Eckhart", "Translator", "Turned patents about textile looms from Czech into plain prose."),
    ("Sverre Falk", "Arborist", "Pruned old limes above a tram line without stopping the trams."),
)


@pytest.mark.parametrize("words", [("campaigns", "--update"), ("campaigns", "--refresh"), ("dedup",)])
def test_an_agency_s_number_links_nobody_and_is_listed(run, tmp_path, words):
    folder, corpus = tmp_path / "in", tmp_path / "corpus"
    folder.mkdir()
    for at, (name, trade, said) in enumerate(TRADES):
        number = "(646) 555-0123" if at % 2 else "+1 646-555-0123"
        (folder / f"{at}.txt").write_text(
            f"{name}\n{number}\n\nExperience\n{trade}, 2015 - 2021\n- {said}\n", encoding="utf-8"
        )
    run("ingest", folder, corpus=corpus)
    run(*words, corpus=corpus)
    found = run("campaigns", "--json", corpus=corpus).json
    validate("campaigns", found)
    assert found["campaigns"] == []
    (hub,) = found["hubs"]
    assert (hub["signal"], hub["groups"]) == ("shared-phone", len(TRADES))
    assert set(hub["applicants"]) == {name for name, _, _ in TRADES} and hub["what"].endswith("555-0123")
    told = run("campaigns", corpus=corpus).out
    assert f"that {len(TRADES)} unrelated groups have" in told and "555-0123" in told
    page = tmp_path / "page.html"
    run("campaigns", "--html", page, corpus=corpus)
    assert "Left out, for too many have it" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("id", ["c-000000000000", "xyz", "c-12"])
def test_an_id_of_nothing_is_told(run, checked, id):
    done = run("campaigns", id, corpus=checked)
    assert done.code == 2 and "forensics campaigns" in done.err


def test_check_add_and_update_are_enough(run, checked, tmp_path):
    """A new member is linked as it comes, and the name of the campaign stays."""
    import shutil

    folder = shutil.copytree(checked, tmp_path / "corpus")
    before = run("campaigns", "--json", corpus=folder).json
    copy = DEMO / "incoming" / "Anselm_Pruitt_ML.docx"
    run("check", copy, "--manifest", DEMO / "incoming" / "manifest.csv", "--add", corpus=folder)
    after = run("campaigns", "--json", corpus=folder).json
    assert after["checked"] == after["documents"] == 40
    grown = {each["id"] for each in after["campaigns"]}
    assert {each["id"] for each in before["campaigns"]} <= grown
    joined = run("campaigns", run("show", copy, "--json").json["id"], "--json", corpus=folder).json[
        "campaign"
    ]
    assert {"Anselm Pruitt", "Yuki Tanabe-Rourke"} <= {each["applicant"] for each in joined["members"]}


def test_update_finds_what_refresh_finds_and_so_does_dedup(run, demo, checked, tmp_path):
    import shutil

    wanted = run("campaigns", "--json", corpus=checked).json
    for words in (("campaigns", "--update"), ("dedup",)):
        folder = shutil.copytree(demo, tmp_path / words[0])
        run(*words, corpus=folder)
        assert run("campaigns", "--json", corpus=folder).json == wanted


def test_what_is_erased_leaves_its_campaign(run, checked, tmp_path):
    import shutil

    folder = shutil.copytree(checked, tmp_path / "corpus")
    first = run("campaigns", "--json", corpus=folder).json["campaigns"][0]
    one = run("campaigns", first["id"], "--json", corpus=folder).json["campaign"]
    run("erase", one["members"][0]["document"], corpus=folder)
    left = run("campaigns", one["members"][1]["document"], "--json", corpus=folder).json["campaign"]
    assert left["documents"] == one["documents"] - 1
    with Corpus.open(folder) as corpus:
        assert len(corpus.edges.seen()) == 38


def test_trends_add_up(run, checked, tmp_path):
    file, page = tmp_path / "trends.csv", tmp_path / "trends.html"
    found = run("trends", "--json", "--csv", file, "--html", page, corpus=checked).json
    validate("trends", found)
    for name in ("months", "quarters", "jobs"):
        assert sum(each["applications"] for each in found[name]) == found["applications"]
    cases = sum(each["cases"] for each in found["quarters"])
    assert cases == sum(each["cases"] for each in found["months"]) > 5
    campaigns = run("campaigns", "--json", corpus=checked).json["total"]
    assert sum(each["campaigns"] for each in found["quarters"]) == campaigns
    pairs = zip(found["quarters"], found["quarters"][1:], strict=False)
    assert all(now["change"] == now["cases"] - before["cases"] for before, now in pairs)
    pairs = zip(found["quarters"], found["quarters"][1:], strict=False)
    assert all(now["change_campaigns"] == now["campaigns"] - before["campaigns"] for before, now in pairs)
    assert found["quarters"][0]["change_campaigns"] is None
    assert found["until"][:7] == found["months"][-1]["period"] and found["until"] in page.read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert sum(int(row["applications"]) for row in rows if row["by"] == "month") == found["applications"]
    assert page.read_text(encoding="utf-8").count('class="bar-all"') == len(found["quarters"])
    assert "quarter" in run("trends", corpus=checked).out


def test_a_corpus_without_times_says_so_and_a_formula_stays_text(run, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "Ada Example\nada@example.org\nBuilt a ledger for a bakery.\n", encoding="utf-8"
    )
    (folder / "m.csv").write_text("filename,applicant,job\na.txt,Ada Example,=1+1\n", encoding="utf-8")
    run("ingest", folder / "a.txt", "--manifest", folder / "m.csv", corpus=tmp_path / "corpus")
    file = tmp_path / "t.csv"
    found = run("trends", "--json", "--csv", file, corpus=tmp_path / "corpus").json
    assert (found["applications"], found["undated"]) == (1, 1)
    assert "'=1+1" in file.read_text(encoding="utf-8-sig")
    assert "without applied_at" in run("trends", corpus=tmp_path / "corpus").out
