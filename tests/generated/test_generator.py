"""The generator of synthetic applications keeps its promises (see tests/benchmarks/generated)."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from statistics import mean

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import itertools

from generated import copies, corpus, honest
from generated.applicants import application
from generated.careers import NOW
from generated.document import Resume, units
from generated.properties import REAL_RUNS, auc, overlap, shared_runs, unrelated, words
from generated.render import render
from generated.reword import LEVELS, reword
from generated.seeds import dice
from generated.synonyms import tables
from generated.trades import tasks, trades
from generated.wording import distinct

SEED = 41


@pytest.fixture(scope="module", autouse=True)
def no_task_file() -> None:
    patch = pytest.MonkeyPatch()
    patch.delenv("FORENSICS_ONET", raising=False)
    tasks.cache_clear()
    yield
    patch.undo()
    tasks.cache_clear()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("corpus")
    corpus.write(where, SEED, 260, per_operator=4, honest_checks=48)
    return where


@pytest.fixture(scope="module")
def truth(folder: Path) -> dict:
    return json.loads((folder / "truth.json").read_text(encoding="utf-8"))


def tree(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(
        b"".join(str(p.relative_to(folder)).encode() + p.read_bytes() for p in files)
    ).hexdigest()


def test_same_arguments_same_bytes(folder: Path, tmp_path: Path) -> None:
    corpus.write(tmp_path, SEED, 260, per_operator=4, honest_checks=48)
    assert tree(folder) == tree(tmp_path)


def test_other_seed_other_people(folder: Path) -> None:
    assert render(application(SEED, 3).document)[0] != render(application(SEED + 1, 3).document)[0]


def test_a_document_does_not_depend_on_the_size_of_the_corpus(folder: Path) -> None:
    made = application(SEED, 77)
    assert (folder / "archive" / made.file).read_text(encoding="utf-8") == render(made.document)[0]


def test_wording_is_wide() -> None:
    assert len(trades()) >= 12
    assert min(distinct(trade) for trade in trades()) > 10**9
    assert sum(map(len, tables())) >= 400


@pytest.mark.parametrize("size", sorted(REAL_RUNS))
def test_unrelated_people_share_phrases_as_real_ones_do(size: int) -> None:
    low, high = REAL_RUNS[size]
    assert low <= shared_runs(unrelated(SEED, 400), size) <= high


def test_contacts_belong_to_nobody_and_to_one_person() -> None:
    people = [application(SEED, number).document.person for number in range(600)]
    emails = [who.email for who in people]
    phones = [who.phone for who in people if who.phone]
    assert len(set(emails)) == len(emails)
    assert len(set(phones)) == len(phones)
    assert all(re.fullmatch(r"[2-9]\d\d55501\d\d", phone) for phone in phones)
    assert all(re.search(r"@example\.(com|org|net)$", email) for email in emails)


def test_jobs_do_not_overlap_and_tools_exist() -> None:
    for number in range(300):
        document = application(SEED, number, kind="resume").document
        assert isinstance(document, Resume)
        jobs = [block.job for block in document.blocks]
        assert all(newer.start >= older.end for newer, older in itertools.pairwise(jobs))
        assert all(job.end is None or job.start < job.end for job in jobs)
        assert all(study.start < study.end for study in document.studies)
        for block in document.blocks:
            last = (block.job.end or NOW) // 12
            said = " ".join(unit.text for unit in block.bullets)
            used = {
                tool for tool in document.trade.tools if re.search(rf"(?<!\w){re.escape(tool)}(?!\w)", said)
            }
            assert all(document.trade.tools[tool] <= last for tool in used)


def test_spans_are_the_units() -> None:
    for number in range(120):
        text, spans = render(application(SEED, number).document)
        for start, end, unit in spans:
            assert words(text[start:end]) == words(unit.text)


def test_truth_spans_lead_to_the_stolen_words(folder: Path, truth: dict) -> None:
    seen = 0
    for query in truth["queries"]:
        assert bool(query["spans"]) != query["honest"]
        copy = (folder / "queries" / query["file"]).read_text(encoding="utf-8")
        for span in query["spans"]:
            source = (folder / "archive" / span["file"]).read_text(encoding="utf-8")
            before, after = source[slice(*span["source"])], copy[slice(*span["copy"])]
            if span["how"] == "verbatim":
                assert words(before) == words(after)
                seen += 1
    assert seen > 50


def test_copies_hide_their_makers_and_honest_ones_copy_nothing(truth: dict) -> None:
    applicants = {row["file"]: row["applicant"] for row in truth["documents"]}
    assert {query["operator"] for query in truth["queries"]} == {*corpus.OPERATORS, *honest.KINDS} - {
        "task-statements"
    }
    for query in truth["queries"]:
        if query["honest"]:
            assert not query["sources"] and not query["spans"]
        else:
            assert query["sources"]
            for source in query["sources"]:
                assert applicants[source] != query["applicant"]
                if query["operator"] != "ring":
                    assert not set(applicants[source].split()) & set(query["applicant"].split())


@pytest.mark.parametrize("level", ["light", "moderate", "heavy"])
def test_rewording_changes_as_much_as_it_says(level: str) -> None:
    changed, total = 0.0, 0
    for number in range(60):
        for place, unit in enumerate(units(application(SEED, number).document)):
            size = len(words(unit.text))
            if not unit.shared and size > 3:
                said = reword(dice(level, number, place), unit.text, level)
                changed += size * (1 - overlap(unit.text, said))
                total += size
    low, high = {**LEVELS, "heavy": (0.52, 0.7)}[level]
    assert low <= changed / total <= high


def test_household_shares_what_it_says() -> None:
    made, related = honest.household_landline(SEED, 900, 260)
    number = int(re.findall(r"\d+", related[0])[0])
    other = application(SEED, number).document.person
    who = made.document.person
    assert (who.family, who.street, who.phone) == (other.family, other.street, other.phone)
    assert who.given != other.given and who.email != other.email
    made, related = honest.household(SEED, 901, 260)
    number = int(re.findall(r"\d+", related[0])[0])
    other, apart = application(SEED, number).document.person, made.document.person
    assert (apart.family, apart.street) == (other.family, other.street)
    assert apart.phone != other.phone


def test_ring_members_say_the_same_under_different_names() -> None:
    members = copies.ring(SEED, 2000, 260, 5)
    assert len({member.document.person.name for member in members}) == 5
    texts = [" ".join(unit.text for unit in units(member.document)) for member in members]
    assert mean(overlap(texts[0], text) for text in texts[1:]) > 0.55


def test_size_alone_does_not_tell_copies_from_honest_files(folder: Path, truth: dict) -> None:
    for measure in (lambda text: len(text), lambda text: len(words(text)), lambda text: text.count("\n")):
        values: dict[bool, list[float]] = {True: [], False: []}
        for query in truth["queries"]:
            text = (folder / "queries" / query["file"]).read_text(encoding="utf-8")
            values[query["honest"]].append(measure(text))
        assert 0.2 < auc(values[False], values[True]) < 0.8
