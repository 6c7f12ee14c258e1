"""What is usual for a look."""

import numpy as np
import pytest

from forensics.index.usual import usual


def column(*values: float) -> np.ndarray:
    return np.array(values, np.float32)[:, None]


def test_what_strangers_share_raises_what_is_usual() -> None:
    assert usual(column(*[0.05] * 200))[0] < usual(column(*[0.12] * 200))[0] < usual(column(*[0.3] * 200))[0]


def test_those_of_the_same_kind_are_no_strangers() -> None:
    alone = usual(column(*[0.05] * 200))[0]
    assert usual(column(*[0.05] * 200, *[0.7] * 30))[0] == pytest.approx(alone, abs=0.02)


def test_made_up_strangers_speak_where_nobody_else_does() -> None:
    assert usual(np.zeros((0, 3), np.float32)) == pytest.approx(0.12)
    assert usual(np.zeros((0, 0), np.float32)).shape == (0,)
    assert usual(column(*[0.9] * 5))[0] < 0.2


def test_a_sample_has_its_part_of_the_made_up_strangers() -> None:
    some = column(*np.linspace(0.2, 0.3, 256))
    assert usual(some, 100_000)[0] == pytest.approx(usual(some, 20_000)[0], abs=1e-6)
    assert usual(some, 256)[0] == pytest.approx(usual(some)[0])


def test_columns_are_judged_one_by_one() -> None:
    dice = np.random.default_rng(3)
    similar = dice.random((40, 5000), np.float32)
    assert usual(similar)[4999] == pytest.approx(usual(similar[:, 4999:])[0], abs=1e-6)
