"""The measure of the alignment benchmark, on cases worked by hand."""

from __future__ import annotations

import subprocess
import sys
from math import log2
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from plagdet import Reuse, score  # noqa: E402


def reuse(a: tuple[int, int], b: tuple[int, int], *, source: str = "b") -> Reuse:
    return Reuse(a="a", b=source, span_a=a, span_b=b)


CASE = reuse((0, 100), (0, 100))


def test_a_perfect_detection_scores_one() -> None:
    result = score([CASE], [CASE])
    assert (result.plagdet, result.precision, result.recall, result.granularity) == (1, 1, 1, 1)


def test_half_a_case_found_is_half_the_recall() -> None:
    result = score([CASE], [reuse((0, 50), (0, 50))])
    assert (result.precision, result.recall) == (1, 0.5)
    assert result.plagdet == pytest.approx(2 / 3)


def test_pieces_cost_granularity() -> None:
    result = score([CASE], [reuse((0, 50), (0, 50)), reuse((50, 100), (50, 100))])
    assert (result.precision, result.recall, result.granularity) == (1, 1, 2)
    assert result.plagdet == pytest.approx(1 / log2(3))


def test_both_sides_must_meet_and_the_documents_be_the_same() -> None:
    assert score([CASE], [reuse((0, 100), (100, 200))]).plagdet == 0
    assert score([CASE], [reuse((0, 100), (0, 100), source="c")]).plagdet == 0


def test_overlapping_detections_cover_once() -> None:
    result = score([CASE], [reuse((0, 60), (0, 60)), reuse((40, 100), (40, 100))])
    assert (result.recall, result.precision) == (1, 1)


def test_nothing_is_no_division() -> None:
    assert score([], []).plagdet == score([CASE], []).plagdet == score([], [CASE]).plagdet == 0


def test_without_the_corpus_the_benchmark_says_that_it_is_skipped() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "bench_alignment.py")],
        capture_output=True, text=True, check=True, env={"PATH": "/usr/bin"},
    )  # fmt: skip
    assert done.stdout.startswith("SKIPPED: FORENSICS_PAN13")
