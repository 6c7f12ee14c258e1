"""Words that two documents share in the same order."""

from __future__ import annotations

import pytest
from exhibits import exhibit
from hypothesis import given, settings
from hypothesis import strategies as st

from forensics.findings.blocks import RUN, Block, blocks
from forensics.findings.view import View
from forensics.findings.view import views as both

LINE = "we moved the old warehouse system to a new database without losing one order"


def views(a: str, b: str) -> tuple[View, View]:
    x, y, _ = both(*(exhibit(text, entities=False).features.tokens for text in (a, b)))
    return x, y


def words(side: View, span: tuple[int, int]) -> str:
    return " ".join(side.tokens.words[slice(*span)])


def only(a: View, b: View) -> Block:
    (block,) = blocks(a, b)
    return block


def test_a_run_is_found_whole() -> None:
    a, b = views(f"Yesterday it rained. {LINE} again.", f"Nobody came. {LINE} twice.")
    block = only(a, b)
    assert words(a, block.span_a) == words(b, block.span_b) == LINE


def test_a_swapped_slot_does_not_end_a_run() -> None:
    a, b = views(f"At night {LINE} for Acme in 2019 while the team slept.",
                 f"By day {LINE} for Globex in 2021 while the team slept.")  # fmt: skip
    block = only(a, b)
    assert words(a, block.span_a) == f"{LINE} for acme in 2019 while the team slept"
    assert words(b, block.span_b) == f"{LINE} for globex in 2021 while the team slept"


def test_a_long_list_of_other_names_at_the_border_is_left_out() -> None:
    names = "Oslo Bergen Tromso Bodo Molde Narvik"
    a, b = views(f"Later {LINE} in {names}.", f"Later {LINE} in {names[::-1].title()}.")
    block = only(a, b)
    assert words(a, block.span_a) == f"later {LINE} in"


def test_a_run_goes_on_through_equal_names() -> None:
    names = "Oslo Bergen Tromso Bodo Molde Narvik Hamar Larvik"
    a, b = views(f"Later {LINE} in {names}.", f"Later {LINE} in {names}.")
    assert words(a, only(a, b).span_a) == f"later {LINE} in {names.lower()}"


def test_two_runs_around_one_changed_word_are_one_block() -> None:
    a, b = views(f"{LINE} because {LINE[::-1]} mattered", f"{LINE} although {LINE[::-1]} mattered")
    block = only(a, b)
    assert block.span_a == (0, len(a.stems))
    assert len(block) == len(a.stems) - 1


def test_within_keeps_to_its_tokens() -> None:
    a, b = views(LINE, LINE)
    (block,) = blocks(a, b, within=((2, 10), (0, len(b.stems))))
    assert block.span_a == block.span_b == (2, 10)


@pytest.mark.parametrize("text", ["", "a b c", " ".join(["the"] * 40)])
def test_nothing_telling_is_no_block(text: str) -> None:
    a, b = views(text, LINE)
    assert blocks(a, b) == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(LINE.split()), max_size=60), st.lists(st.sampled_from(LINE.split()), max_size=60)
)
def test_pairs_ascend_and_agree(left: list[str], right: list[str]) -> None:
    a, b = views(" ".join(left), " ".join(right))
    for block in blocks(a, b):
        assert len(block) >= RUN
        assert (block.a[1:] > block.a[:-1]).all()
        assert (block.b[1:] > block.b[:-1]).all()
        assert block.end[0] > block.a[-1]
        assert block.end[1] > block.b[-1]
        assert all(a.stems[i] == b.stems[j] for i, j in zip(block.a, block.b, strict=True))
