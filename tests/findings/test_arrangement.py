"""Arrangement: what lies together and in order is surprising, what is strewn is not, however much there is of it."""

from itertools import pairwise
from random import Random

import pytest

from forensics.findings.agreement import agreeing
from forensics.findings.arrangement import arrangement
from forensics.index.polls import Poll, Vote

BLOCK = [(20 + at, 33 + at) for at in range(5)]


def strewn(count, seed, units=50):
    chance = Random(seed)
    return list(zip(chance.sample(range(units), count), chance.sample(range(units), count), strict=True))


def test_a_job_taken_over_is_surprising():
    assert arrangement(BLOCK, 50, 50) > 5


def test_more_of_it_is_more_surprising():
    told = [arrangement(BLOCK[:count], 50, 50) for count in (2, 3, 4, 5)]
    assert told[0] == 0 and all(a < b for a, b in pairwise(told[1:]))


def test_order_counts_and_its_lack_is_no_excuse():
    shuffled = [(20, 35), (21, 33), (22, 37), (23, 34), (24, 36)]
    assert 2 < arrangement(shuffled, 50, 50) < arrangement(BLOCK, 50, 50) - 1


def test_an_own_bullet_between_changes_little():
    between = [(20, 33), (21, 34), (23, 35), (24, 37), (26, 38)]
    assert arrangement(between, 50, 50) > 3


def test_other_votes_elsewhere_take_some_of_it():
    with_others = BLOCK + [(a, b) for a, b in strewn(8, 3) if not 18 <= a <= 26]
    assert 2 < arrangement(with_others, 50, 50) < arrangement(BLOCK, 50, 50)


@pytest.mark.parametrize("count", [3, 6, 12, 25, 50])
def test_strewn_votes_reach_a_value_no_oftener_than_it_says(count):
    """A negative decimal logarithm of 2 or more is to be chance once in a hundred times, or less."""
    told = [arrangement(strewn(count, seed), 50, 50) for seed in range(300)]
    assert sum(each >= 2 for each in told) <= 8
    assert sum(each >= 1 for each in told) <= 45


def test_a_short_document_leaves_no_room_for_surprise():
    assert arrangement([(0, 0), (1, 1), (2, 2), (3, 3)], 4, 4) < 1.5


def test_ten_thousand_sentences_are_no_trouble():
    assert arrangement([(at, at) for at in range(200)], 10_000, 10_000) > 10


def test_five_reworded_bullets_of_a_long_document_agree_among_forty_applicants():
    def poll(places):
        votes = tuple(
            Vote(unit=a, theirs=b, cosine=0.8, gain=0.2, mutual=True, place=(a, b)) for a, b in places
        )
        return Poll(
            doc=1, group=1, votes=votes, units=50, theirs=50, nearest=len(places), gain=1.0, expected=1.4
        )

    assert agreeing([poll(BLOCK)], 40)
    assert not agreeing([poll([(3, 40), (11, 2), (20, 33), (34, 8), (47, 21)])], 40)
