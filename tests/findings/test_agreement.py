"""Agreement: what chance gives to somebody of the trade is no copy; what it never gives is."""

import pytest

from forensics.findings.agreement import SURPRISE, agreeing, gaining, surprise
from forensics.index.polls import Poll, Vote


def poll(doc, *, nearest, expected, mutual=0, gain=1.0, each=0.1):
    votes = tuple(
        Vote(
            unit=nearest - at,
            theirs=at,
            cosine=0.6,
            gain=each,
            mutual=at < mutual,
            place=(at * 11 % 30, at * 17 % 30),
        )
        for at in range(nearest)
    )
    return Poll(
        doc=doc, group=doc, votes=votes, units=30, theirs=30, nearest=nearest, gain=gain, expected=expected
    )


def test_the_same_votes_say_more_where_fewer_are_expected():
    told = [surprise(poll(1, nearest=7, expected=each)) for each in (0.05, 0.5, 2.0)]
    assert told == sorted(told, reverse=True) and told[0] > SURPRISE > told[2]


def test_mutual_votes_say_more():
    assert surprise(poll(1, nearest=5, expected=0.3, mutual=4)) > surprise(poll(1, nearest=5, expected=0.3))


def test_ordinary_neighbours_of_a_long_document_agree_with_no_copy():
    """As measured: an honest document with twelve sentences nearest to one of ninety, five of them mutually."""
    assert not agreeing([poll(1, nearest=12, expected=0.91, mutual=5, gain=1.3)], 1_079)
    assert agreeing([poll(1, nearest=12, expected=0.91, mutual=12, gain=1.3)], 1_079)


def test_votes_that_gain_nothing_are_not_mutual():
    assert surprise(poll(1, nearest=5, expected=0.3, mutual=4, each=-0.1)) == surprise(
        poll(1, nearest=5, expected=0.3)
    )
    assert gaining(poll(1, nearest=5, expected=0.3, each=-0.1)) == []


def test_a_copy_among_people_of_its_trade_is_named_alone():
    trade = [poll(doc, nearest=2, expected=0.3, mutual=1, gain=0.2) for doc in range(2, 12)]
    found = agreeing([poll(1, nearest=8, expected=0.4, mutual=5, gain=1.1), *trade], 10_000)
    assert list(found) == [1]
    assert [vote.unit for vote in found[1]] == sorted(vote.unit for vote in found[1])


def test_a_rival_that_gains_as_much_makes_it_the_habit_of_a_trade():
    copy = poll(1, nearest=8, expected=0.4, mutual=5, gain=1.1)
    assert agreeing([copy, poll(2, nearest=2, expected=0.3, gain=0.5)], 10_000)
    assert not agreeing([copy, poll(2, nearest=2, expected=0.3, gain=0.6)], 10_000)


def test_copies_are_no_rivals_of_each_other():
    ring = [poll(doc, nearest=8, expected=0.4, mutual=5, gain=1.1) for doc in (1, 2, 3)]
    assert set(agreeing(ring, 10_000)) == {1, 2, 3}


@pytest.mark.parametrize(("applicants", "named"), [(30, False), (100, False), (1_000, True), (50_000, True)])
def test_among_few_applicants_it_takes_more(applicants, named):
    assert bool(agreeing([poll(1, nearest=9, expected=0.5, mutual=5, gain=1.1)], applicants)) is named


def test_half_of_a_document_agrees_among_any_number():
    assert agreeing([poll(1, nearest=16, expected=6.0, mutual=15, gain=2.0)], 6)
    assert not agreeing([poll(1, nearest=16, expected=6.0, mutual=14, gain=2.0)], 6)


def test_nobody_asked():
    assert agreeing([], 0) == {}
