"""The benchmark of copies counts what it says it counts, on answers made by hand."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from bench_copies import Score, named, reasons
from minhash import MinHashIndex

KNOWN = {"sha256:aa": ["cv-1.txt"], "sha256:bb": ["cv-2.txt", "cv-3.txt"]}


def answer(*, case: bool, signal: str, family: str, weight: str, document: str) -> dict:
    finding = {"id": "f1", "signal": signal, "family": family, "weight": weight, "documents": [document]}
    return {
        "case": case,
        "because": ["f1"] if case else [],
        "findings": [finding],
        "matches": [{"document": document}],
    }


def test_only_content_findings_that_count_name_a_source() -> None:
    copied = answer(case=True, signal="copied-content", family="content", weight="A", document="sha256:bb")
    common = answer(case=False, signal="copied-passages", family="content", weight="C", document="sha256:aa")
    phone = answer(case=True, signal="shared-phone", family="contact", weight="A", document="sha256:aa")
    assert named(copied, KNOWN)[0] == {"cv-2.txt", "cv-3.txt"}
    assert named(common, KNOWN) == (set(), {"cv-1.txt"})
    assert named(phone, KNOWN)[0] == set()
    assert reasons(copied) == "copied-content A"
    assert named({"findings": None, "matches": None}, KNOWN) == (set(), set())


def test_a_copy_is_found_only_through_its_true_source() -> None:
    query = {"file": "q.txt", "operator": "verbatim", "honest": False, "sources": ["cv-1.txt"], "related": []}
    right = answer(case=True, signal="copied-content", family="content", weight="A", document="sha256:aa")
    score = Score()
    score.asked["verbatim"] = 4
    score.ours(query, right, KNOWN)
    score.ours(
        query, answer(case=True, signal="x", family="content", weight="A", document="sha256:bb"), KNOWN
    )
    score.ours(
        query, answer(case=True, signal="x", family="contact", weight="A", document="sha256:aa"), KNOWN
    )
    score.ours(query, right | {"case": False}, KNOWN)
    assert score.hits["ours", "verbatim"] == 1
    assert len(score.missed) == 3
    assert "case without the source, source not matched" in score.missed[0]
    assert any("25.0%" in line and "MISSED" in line for line in score.table(["ours"]))


def test_any_case_of_an_honest_applicant_is_an_alert() -> None:
    query = {"file": "q.txt", "operator": "household", "honest": True, "sources": [], "related": ["cv-1.txt"]}
    score = Score()
    score.asked["household"] = 2
    score.ours(
        query, answer(case=True, signal="phone", family="contact", weight="A", document="sha256:aa"), KNOWN
    )
    score.ours(
        query, answer(case=False, signal="x", family="content", weight="C", document="sha256:aa"), KNOWN
    )
    assert score.hits["ours", "household"] == 1
    assert score.alerts == ["q.txt household like cv-1.txt: phone A → []"]
    assert any("500.0" in line for line in score.table(["ours"]))


def test_minhash_finds_a_whole_copy_and_not_a_stranger(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" ".join(f"word{n}" for n in range(200)), encoding="utf-8")
    (tmp_path / "b.txt").write_text(" ".join(f"other{n}" for n in range(200)), encoding="utf-8")
    index = MinHashIndex()
    index.add(tmp_path / "a.txt")
    assert index.near(tmp_path / "a.txt") == {0.5: {"a.txt"}, 0.7: {"a.txt"}}
    assert index.near(tmp_path / "b.txt") == {0.5: set(), 0.7: set()}
