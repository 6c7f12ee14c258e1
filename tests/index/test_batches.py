"""All against all: exact for few; for many as near to exact as is said."""

import numpy as np
import pytest
from numbered import Memory, unit_rows

from forensics.index import batches
from forensics.index.batches import neighbour_lists


@pytest.fixture(params=["exact", "groups"])
def way(request, monkeypatch):
    monkeypatch.setattr(batches, "EXACT", 10**6 if request.param == "exact" else 0)
    monkeypatch.setattr(batches, "_BLOCK", 64)
    return request.param


def topics(seed, count, dimension=16, topics=12):
    """Vectors about topics, some of them twice."""
    chance = np.random.default_rng(seed)
    centres = np.asarray(unit_rows(seed, topics, dimension), np.float32)
    rows = centres[chance.integers(0, topics, count)] + 0.1 * chance.standard_normal((count, dimension))
    rows[count // 2] = rows[0]
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def gathered(lists, dimension=None):
    """Number → (cosines, numbers)."""
    found = {}
    for numbers, cosines, neighbours in lists:
        for number, *row in zip(numbers.tolist(), cosines, neighbours, strict=True):
            assert number not in found
            found[number] = row
    return found


def share(found, truth, k, within):
    """Recall by cosine, against brute force; every answer is checked to be what it says."""
    rows = dict(zip(sorted(truth.vectors), truth.rows(), strict=True))
    hits = total = 0
    for number, (cosines, neighbours) in found.items():
        others = np.array([each for each in within if each != number])
        true = np.sort(np.stack([rows[each] for each in others]) @ rows[number])[::-1][:k]
        shown = [each for each in neighbours.tolist() if each >= 0]
        assert number not in shown and set(shown) <= set(others.tolist()) and len(set(shown)) == len(shown)
        assert np.all(np.diff(cosines) <= 1e-6)
        for each, cosine in zip(shown, cosines, strict=False):
            assert rows[each] @ rows[number] == pytest.approx(cosine, abs=1e-5)
        assert np.all(cosines[len(shown) :] == -1)
        hits += int((cosines[: len(true)] >= min(true, default=0) - 1e-5).sum())
        total += len(true)
    return hits / total


def test_lists_are_those_of_brute_force(way):
    truth = Memory(chunk=100)
    truth.add(topics(1, 500))
    truth.erase([5, 6, 500])
    report, lists = neighbour_lists(truth, 7)
    found = gathered(lists)
    assert set(found) == set(truth.vectors) and report.vectors == 497
    reached = share(found, truth, 7, sorted(truth.vectors))
    if way == "exact":
        assert (reached, report.recall, report.groups) == (1, 1, 1)
    else:
        assert report.groups == 22 and 1 <= report.probed <= 22
        assert report.recall >= batches.WANTED and reached == pytest.approx(report.recall, abs=0.02)


def test_within_leaves_out_all_others(way):
    truth = Memory(chunk=100)
    truth.add(topics(2, 400))
    some = list(range(1, 401, 2))
    _, lists = neighbour_lists(truth, 5, within=[*some, 9999])
    found = gathered(lists)
    assert sorted(found) == some
    assert share(found, truth, 5, some) >= (1 if way == "exact" else 0.9)


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_fewer_vectors_than_neighbours(way, count):
    truth = Memory()
    truth.add(unit_rows(3, count))
    if way == "groups" and count == 0:
        batches.EXACT = 0
    found = gathered(neighbour_lists(truth, 8)[1])
    assert len(found) == count
    for number, (_, neighbours) in found.items():
        assert sorted(neighbours[neighbours >= 0].tolist()) == [n for n in truth.vectors if n != number]


def test_what_is_equal_is_nearest(way):
    truth = Memory()
    truth.add(np.repeat(unit_rows(4, 60), 3, axis=0))
    for number, (cosines, neighbours) in gathered(neighbour_lists(truth, 2)[1]).items():
        first = (number - 1) // 3 * 3 + 1
        assert {number, *neighbours.tolist()} == {first, first + 1, first + 2}
        assert np.allclose(cosines, 1, atol=1e-5)


def test_groups_are_added_until_the_recall_is_reached(monkeypatch):
    monkeypatch.setattr(batches, "EXACT", 0)
    monkeypatch.setattr(batches, "WANTED", 2)
    truth = Memory()
    truth.add(unit_rows(5, 500))
    report, lists = neighbour_lists(truth, 4)
    assert (report.probed, report.recall) == (report.groups, 1)
    assert share(gathered(lists), truth, 4, sorted(truth.vectors)) == 1


def test_a_report_of_too_few_groups_says_so(monkeypatch):
    monkeypatch.setattr(batches, "EXACT", 0)
    monkeypatch.setattr(batches, "WANTED", 0)
    truth = Memory()
    truth.add(unit_rows(6, 600))  # no topics at all: the hardest there is
    report, lists = neighbour_lists(truth, 4)
    assert report.probed == 8 and report.recall < 0.97
    assert share(gathered(lists), truth, 4, sorted(truth.vectors)) == pytest.approx(report.recall, abs=0.03)
