"""The neighbours of all sentences, found at once, are those that a view finds one after the other."""

import numpy as np
from numbered import Memory, unit_rows

from forensics.index import lists
from forensics.index.neighbours import View

SAID = [(1, 7, 0), (1, 9, 4), (2, 7, 1), (60, 8, 3)]
"""Sentence, document, unit."""


def made(tmp_path, truth, k):
    report = lists.make(truth, tmp_path, k, lambda rows: rows[:, 0], lambda: iter(SAID))
    assert report.recall == 1
    return lists.load(tmp_path)


def test_lists_answer_as_a_view_does(tmp_path):
    truth = Memory()
    truth.add(unit_rows(3, 60))
    truth.erase([5, 17])
    numbers = np.array([1, 40, 60], np.int64)
    vectors = np.stack([truth.vectors[each] for each in numbers.tolist()]).astype(np.float32)
    cosines, nearest = made(tmp_path, truth, 9).around(numbers, 9)
    expected, same = View(truth, None, "passages").nearest(vectors, 9)
    assert nearest.tolist() == same.tolist()
    assert np.abs(cosines - expected).max() < 2e-3


def test_what_came_since_has_no_list(tmp_path):
    truth = Memory()
    truth.add(unit_rows(4, 20))
    found = made(tmp_path, truth, 5)
    assert found.around(np.array([2, 21], np.int64), 5) is None


def test_the_nearest_public_sentence_is_that_of_the_number(tmp_path):
    truth = Memory()
    rows = unit_rows(5, 20)
    truth.add(rows)
    truth.erase([1])
    found = made(tmp_path, truth, 5)
    at = found.places(np.array([2, 20], np.int64))
    assert found.public[at].tolist() == rows[[1, 19], 0].tolist()


def test_fewer_than_asked_for_are_marked(tmp_path):
    truth = Memory()
    truth.add(unit_rows(6, 3))
    cosines, nearest = made(tmp_path, truth, 6).around(np.array([2], np.int64), 6)
    assert nearest[0, 0] == 2
    assert (nearest[0, 3:] == -1).all()
    assert (cosines[0, 3:] == -1).all()


def test_who_says_a_sentence_is_told_of_those_that_were_there(tmp_path):
    truth = Memory()
    truth.add(unit_rows(7, 20))
    found = made(tmp_path, truth, 5)
    told = found.speakers(np.array([1, 2, 3], np.int64))
    assert (told.starts.tolist(), told.docs.tolist(), told.units.tolist()) == (
        [0, 2, 3, 3],
        [7, 9, 7],
        [0, 4, 1],
    )
    assert found.speakers(np.array([2, 99], np.int64)) is None
    assert found.speakers(np.zeros(0, np.int64)).starts.tolist() == [0]
