"""The demo corpus is what its truth says, and the recipe still makes the same texts."""

import csv
import hashlib
import json
import re
import sys
import tomllib
import unicodedata
import zipfile
from collections import defaultdict
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

CORPORA = Path(__file__).parents[2] / "corpora"
DEMO = CORPORA / "demo"
sys.path.insert(0, str(DEMO))

import make  # noqa: E402
from recipe import texts  # noqa: E402

PLAN = texts.plan()
DOCUMENTS = PLAN["documents"]
TRUTH = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
RELATIONS = {
    "ring", "reworded", "job_block", "letter", "shared_phone", "same_person", "same_template",
    "same_agency", "colleagues", "household", "stock_phrases",
}  # fmt: skip


def printed(content: bytes) -> str:
    """The text of a PDF or DOCX without spaces, hyphens and case (a box of a DOCX counts once)."""
    if content.startswith(b"%PDF"):
        pdf = pypdfium2.PdfDocument(content)
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
        pdf.close()
        return squeezed(text)
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = [name for name in package.namelist() if re.match(r"word/(document|header|footer)", name)]
        trees = [etree.fromstring(package.read(name)) for name in parts]
    fallback = "ancestor::*[local-name()='Fallback']"
    return squeezed(
        "".join(
            node.text or ""
            for tree in trees
            for node in tree.xpath(f"//*[local-name()='t'][not({fallback})]")
        )
    )


def squeezed(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s\u00ad\u0002\ufffe-]+", "", text)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_corpus_says_what_it_is():
    cards = list(CORPORA.rglob("corpus.toml"))
    assert DEMO / "corpus.toml" in cards
    for card in cards:
        said = tomllib.loads(card.read_text(encoding="utf-8"))
        assert said["kind"] in {"synthetic", "public", "list"}, card
        assert said["origin"] and said["licence"], card


def test_no_file_lies_outside_a_corpus():
    corpora = {card.parent for card in CORPORA.rglob("corpus.toml")}
    files = [path for path in CORPORA.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert not [path for path in files if corpora.isdisjoint(path.parents)]


def test_truth_is_what_the_plan_and_the_files_give():
    assert make.truth(PLAN) == TRUTH
    found = {
        path.relative_to(DEMO).as_posix()
        for folder in ("files", "incoming")
        for path in (DEMO / folder).iterdir()
    }
    assert found - {"incoming/manifest.csv"} == {document["file"] for document in TRUTH["documents"]}
    assert sum((DEMO / name).stat().st_size for name in found) < 3_000_000


def test_ids_are_the_hashes_of_the_files_and_distinct():
    ids = {document["id"] for document in TRUTH["documents"]}
    assert len(ids) == len(TRUTH["documents"]) == 43
    for document in TRUTH["documents"]:
        digest = hashlib.sha256((DEMO / document["file"]).read_bytes()).hexdigest()
        assert document["id"] == f"sha256:{digest}"


@pytest.mark.parametrize("folder", ["files", "incoming"])
def test_manifests_name_every_file_once(folder):
    path = DEMO / "manifest.csv" if folder == "files" else DEMO / "incoming" / "manifest.csv"
    table = rows(path)
    assert table == make.manifest(PLAN, folder)
    assert list(table[0]) == ["filename", "applicant", "applied_at", "job", "source"]
    named = [(path.parent / row["filename"]).relative_to(DEMO).as_posix() for row in table]
    assert sorted(named) == sorted(d["file"] for d in DOCUMENTS if d["file"].startswith(f"{folder}/"))


def test_pairs_are_consistent():
    files = {document["file"]: document for document in TRUTH["documents"]}
    seen = set()
    for pair in TRUTH["pairs"]:
        assert pair["relation"] in RELATIONS
        assert pair["case"] == (pair["signal"] is not None)
        assert {pair["a"], pair["b"]} <= files.keys()
        assert frozenset((pair["a"], pair["b"])) not in seen
        seen.add(frozenset((pair["a"], pair["b"])))
        if pair["case"]:
            assert files[pair["a"]]["applicant"] != files[pair["b"]]["applicant"]
            assert "fraud" in files[pair["a"]]["scenarios"] + files[pair["b"]]["scenarios"]
    assert {pair["relation"] for pair in TRUTH["pairs"]} == RELATIONS
    for name, document in files.items():
        opens = any(pair["case"] and name in (pair["a"], pair["b"]) for pair in TRUTH["pairs"])
        assert document["case"] == opens
        assert document["case"] or "honest" in document["scenarios"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["file"])
def test_file_holds_every_string_of_its_text(document):
    page = printed((DEMO / document["file"]).read_bytes())
    missing = [text for text in texts.content(document).strings() if squeezed(text) not in page]
    assert not missing


@pytest.mark.parametrize("writer", ["reportlab", "python-docx"])
def test_recipe_makes_the_same_text_again(writer):
    pytest.importorskip("reportlab")
    ours = [document for document in DOCUMENTS if document["writer"] == writer]
    assert len(ours) > 5
    for document in ours:
        again = make.render(document, make.written(document, PLAN["seed"]))
        assert printed(again) == printed((DEMO / document["file"]).read_bytes()), document["file"]


def test_contacts_lie_in_reserved_ranges():
    for document in DOCUMENTS:
        text = " ".join(texts.content(document).strings())
        for number in re.findall(r"\d{3}\D{1,2}(\d{3}\D\d{4})\b", text):
            assert re.fullmatch(r"555\D01\d\d", number), (document["file"], number)
        for domain in re.findall(r"@([\w.-]+\w)", text):
            assert re.search(r"(^|\.)example\.(com|net|org)$", domain), (document["file"], domain)


def test_honest_people_share_only_the_stock_phrases_and_the_agency_note():
    allowed = squeezed(" ".join(texts.stock().values()) + " " + PLAN["agency"]["note"])
    people = defaultdict(set)
    for document in DOCUMENTS:
        if "honest" not in document["scenarios"]:
            continue
        for text in texts.content(document).strings():
            words = re.findall(r"\w+", text.casefold())
            for at in range(len(words) - 4):
                people[" ".join(words[at : at + 5])].add(document["applicant"].replace(" J.", ""))
    shared = [gram for gram, who in people.items() if len(who) > 1]
    assert shared, "the stock phrases are shared"
    letters_only = re.sub(r"\W", "", allowed)
    assert not [gram for gram in shared if re.sub(r"\W", "", gram) not in letters_only]


def test_resumes_are_of_ordinary_length():
    for document in DOCUMENTS:
        words = sum(len(text.split()) for text in texts.content(document).strings())
        low, high = (350, 600) if document["kind"] == "resume" else (200, 320)
        assert low <= words <= high, (document["file"], words)


@pytest.mark.parametrize(
    "style, shift, expected",
    [
        ("short", 14, "May 2021 – Present"),
        ("number", -14, "01/2019 - present"),
        ("iso", 0, "2020-03 — Present"),
        ("word", 10, "January 2021 to present"),
        ("long", -3, "December 2019 – Present"),
    ],
)
def test_dates_move_by_months(style, shift, expected):
    assert texts.span("2020-03", "present", style, shift) == expected
