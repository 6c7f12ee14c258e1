"""What was measured comes back from the database as it was."""

from dataclasses import dataclass

import pytest
from written import document

from forensics.features import wire
from forensics.features.features import Features
from forensics.features.measure import measure

TEXT = """Ada Example
ada@example.org | +1 212 555 0132 | github.com/ada

EXPERIENCE
Lindgren Systems LLC, Boston, MA
Engineer, March 2019 - present
- Kept the ledgers of “the mill” — all 40 of them
- Wrote 重要 reports

EDUCATION
BSc in Physics, Boston University, 2014 - 2018
"""


def test_features_come_back_equal():
    features = measure(document(TEXT)).features
    assert features.entities
    assert features.tokens.words
    assert wire.unpack(wire.pack(features)) == features


def test_the_stamp_stays_and_is_short():
    assert wire.stamp() == wire.stamp()
    assert len(wire.stamp()) == 16


def test_a_type_that_cannot_come_back_is_refused():
    @dataclass(frozen=True)
    class Odd:
        held: dict[str, int]

    with pytest.raises(TypeError, match="wire"):
        wire._reader(Odd)


def test_every_field_of_features_can_be_read():
    assert callable(wire._reader(Features))
