"""What must hold of every alignment, whatever the texts."""

from __future__ import annotations

import random

import pytest
from exhibits import JANE, OTHER, exhibit
from hypothesis import given, settings
from hypothesis import strategies as st

from forensics.features.features import Exhibit
from forensics.findings.align import align
from forensics.findings.finding import Aligned, Alignment

WORDS = (
    "the of and a to in we built Acme Globex 2019 40 billing ledger Kafka team shipped nightly reports for "
    "São Zürich résumé 履歴書 отчёт naïve C++ state-of-the-art wrote led cut latency by percent customers"
).split()


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts of which the second is pieced together from the first, from noise and from both."""
    line = st.lists(st.sampled_from(WORDS), min_size=0, max_size=24).map(" ".join)
    lines = draw(st.lists(line, max_size=12)) + draw(
        st.sampled_from([[], JANE.splitlines(), OTHER.splitlines()])
    )
    copied = draw(st.lists(st.sampled_from(lines or [""]), max_size=14)) + draw(st.lists(line, max_size=4))
    rng = random.Random(draw(st.integers(0, 1 << 16)))
    edited = [
        " ".join(word if rng.random() > 0.2 else rng.choice(WORDS) for word in text.split())
        if rng.random() < 0.4
        else text
        for text in copied
    ]
    mark = draw(st.sampled_from(["\n", "\n\n", ". ", "\n- ", " "]))
    return mark.join(lines), mark.join(edited)


def words(side: Exhibit, passage: Aligned, which: str) -> list[str]:
    start, end = passage.a if which == "a" else passage.b
    tokens = side.features.tokens
    return [word for word, at in zip(tokens.words, tokens.starts, strict=True) if start <= at < end]


def slots(side: Exhibit) -> set[str]:
    tokens = side.features.tokens
    return {word for word, mask in zip(tokens.words, tokens.masks, strict=True) if mask[0] == "<"}


def check(a: Exhibit, b: Exhibit, found: Alignment) -> None:
    for before, after in zip(found.passages, found.passages[1:], strict=False):
        assert before.a[1] <= after.a[0]
    for passage in found.passages:
        for (start, end), side in ((passage.a, a), (passage.b, b)):
            text = side.document.text
            assert 0 <= start < end <= len(text)
            assert not text[start].isspace()
            assert not text[end - 1].isspace()
        assert passage.kind in ("verbatim", "swapped", "reworded")
        assert 0 < passage.similarity <= 1
        assert passage.words == len(words(a, passage, "a")) > 0
        if passage.kind == "verbatim":
            assert words(a, passage, "a") == words(b, passage, "b")
            assert passage.similarity == 1
        if passage.kind == "swapped":
            masked = slots(a) | slots(b)
            left, right = words(a, passage, "a"), words(b, passage, "b")
            assert [word for word in left if word not in masked] == [w for w in right if w not in masked]
    for side, coverage, which in ((a, found.coverage_a, "a"), (b, found.coverage_b, "b")):
        spans = [passage.a if which == "a" else passage.b for passage in found.passages]
        starts = side.features.tokens.starts
        inside = sum(any(start <= at < end for start, end in spans) for at in starts)
        assert coverage == pytest.approx(inside / max(len(starts), 1), abs=1e-4)


@settings(max_examples=150, deadline=None)
@given(pairs())
def test_invariants(texts: tuple[str, str]) -> None:
    a, b = (exhibit(text, entities=False) for text in texts)
    check(a, b, align(a, b))
    check(b, a, align(b, a))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=12, max_size=200))
def test_a_copy_between_unrelated_sentences_is_covered(copied: list[str]) -> None:
    text = " ".join(copied)
    a = exhibit(f"Zebras graze quietly.\n\n{text}.\n\nHedges need cutting.", entities=False)
    b = exhibit(f"Rain fell all day.\n\n{text}.\n\nMarble was cheap.", entities=False)
    found = align(a, b)
    check(a, b, found)
    telling = [word for word in copied if word[0].islower()]
    if len(set(telling)) >= 12:
        assert found.coverage_a > 0.8 * len(copied) / (len(copied) + 6)


@pytest.mark.parametrize("text", [JANE, OTHER, JANE + OTHER])
def test_identical_documents_are_covered(text: str) -> None:
    a, b = exhibit(text), exhibit(text)
    found = align(a, b)
    check(a, b, found)
    assert found.coverage_a > 0.98
    assert found.coverage_b > 0.98
    assert {passage.kind for passage in found.passages} == {"verbatim"}
    assert found.swapped == ()


@pytest.mark.parametrize("text", ["", " \n\n", "word", "word.", "!!!", "2019", "\ufeff", "Dr."])
def test_hardly_any_text(text: str) -> None:
    for other in (text, JANE, ""):
        for x, y in ((text, other), (other, text)):
            a, b = exhibit(x, entities=False), exhibit(y, entities=False)
            found = align(a, b)
            check(a, b, found)
            assert found.passages == ()


@pytest.mark.parametrize(
    "line",
    [
        "Руководил переносом платёжной системы на новую базу данных и сократил время ночных расчётов вдвое.",
        "Διηύθυνα τη μετάβαση του συστήματος πληρωμών σε νέα βάση δεδομένων και μείωσα τον χρόνο στο μισό.",
        "우리 팀은 결제 시스템을 새로운 데이터베이스로 옮기고 매일 밤 처리 시간을 절반으로 줄였다 그리고 장애를 없앴다",
    ],
)
def test_other_scripts_align(line: str) -> None:
    a = exhibit(f"Jane Doe\n\n{line}\n\nBoston\n", entities=False)
    b = exhibit(f"Mark\n\n{line}\n\nPortland\n", entities=False)
    found = align(a, b)
    check(a, b, found)
    (passage,) = found.passages
    assert passage.kind == "verbatim"
    assert a.document.text[slice(*passage.a)] == line


LINE = "- Built a reporting tool for warehouse managers using Django"
ALTERNATING = f"{LINE}.\n\n- Led small teams through hard projects and many releases.\n\n"


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("word " * 50_000, 1.0),
        (f"{LINE}\n" * 5_000, 1.0),
        (f"{LINE}.\n\n" * 5_000, 1.0),
        (ALTERNATING * 2_500, 1.0),
        ("Acme Globex Initech. " * 8_000, 0.0),
        (" ".join(f"w{n}" for n in range(50_000)), 1.0),
    ],
    ids=["one word", "one line", "one paragraph", "two paragraphs", "names", "one long line"],
)
def test_repetition_stays_bounded(text: str, covered: float) -> None:
    """Each of these is quadratic for an aligner that takes every pair of equal units: it would not return."""
    a = exhibit(text, entities=False)
    found = align(a, a)
    check_bounds(a, found)
    assert found.coverage_a >= covered


def test_repetition_meets_little() -> None:
    a, b = exhibit(f"{LINE}.\n\n" * 5_000, entities=False), exhibit(f"{LINE}.\n\n" * 7, entities=False)
    check_bounds(a, align(a, b))
    check_bounds(b, align(b, a))


def check_bounds(a: Exhibit, found: Alignment) -> None:
    assert len(found.passages) <= 100
    assert all(0 <= passage.a[0] < passage.a[1] <= len(a.document.text) for passage in found.passages)
