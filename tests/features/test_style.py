"""Style: a vector that does not see names and numbers, and a strength that is clipped and says where it comes from."""

import math

import numpy as np
import pytest
from exhibits import JANE, OTHER, exhibit

from forensics.features import style
from forensics.features.habits import habits


def test_names_numbers_and_employers_are_not_seen():
    swapped = JANE.replace("Jane Doe", "Mary Roe").replace("40 percent", "70 percent").replace("2019", "2017")
    a, b, other = (style.sketch(style.said(exhibit(text))) for text in (JANE, swapped, OTHER))
    assert float(a @ b) > 0.999 > float(a @ other)
    assert abs(float(np.linalg.norm(a)) - 1) < 1e-5


def test_a_short_text_has_no_hand():
    assert style.hand(exhibit("Jane Doe\n\nBuilt a tool for managers in two weeks and left.\n")) is None


def test_strength_is_clipped_and_only_as_long_as_calibrated():
    longest = style.bins()[-1]
    assert style.strength(1e6, 5_000).log10 == style.CLIP and style.strength(-1e6, 5_000).log10 == -style.CLIP
    assert style.strength(0.5, 10) is None
    assert style.strength(0.1, longest.words).by == longest


def test_nothing_is_said_where_the_calibration_is_no_better_than_a_coin(monkeypatch):
    coin = style.Bin(words=100, slope=1, offset=0, pairs=9, auc=0.5, cllr=1.0, cllr_least=1.0, misleading=0.1)
    monkeypatch.setattr(style, "bins", lambda: (coin,))
    assert style.strength(0.9, 500) is None


def test_cllr_of_a_coin_is_one_and_of_certainty_nothing():
    assert style.cllr([0.0], [0.0]) == pytest.approx(1)
    assert style.cllr([9.0], [-9.0]) < 1e-6
    assert style.cllr([-1.0], [1.0]) == pytest.approx(math.log2(11))


def test_every_calibration_says_its_pairs_and_is_better_with_more_words():
    held = style.bins()
    assert all(each.pairs > 1000 and 0 < each.cllr_least <= each.cllr < 1 for each in held)
    assert [each.auc for each in held] == sorted(each.auc for each in held)


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("Acme, Mar 2019 – May 2021\nHooli, Jan 2015 – Feb 2019\n", "ranges of dates", "– with blanks"),
        ("Acme, 03/2019-05/2021\n", "ranges of dates", "- without blanks"),
        ("Acme, March 2019 to present\n", "dates", "month name, full year"),
        ("Raised it by 30 % and by 4 %\n", "percentages", "30 %"),
        ("Built apples, pears, and plums\n", "lists of three", "a, b, and c"),
        ("I have, as said , done it\n", "blank before a mark", "yes"),
        ("- one item.\n- two items.\n- three items.\n- four items.\n", "ends of bullets", "with a full stop"),
    ],
)
def test_habits(text, name, form):
    assert (name, form) in {(each.name, each.form) for each in habits(exhibit(text, entities=False))}


def test_who_writes_both_ways_has_no_habit():
    found = habits(exhibit("In Mar 2019 and in 04/2019 it was so\n", entities=False))
    assert "dates" not in {each.name for each in found}
