"""A view gives what brute force over the truth gives, or is built again; never what was true once."""

import numpy as np
import pytest
from numbered import Memory, agrees, unit_rows

from forensics.errors import CorpusError, ModelError
from forensics.index import neighbours
from forensics.index.neighbours import LISTS, View, kind_for


@pytest.fixture(params=["Flat", "SQ8", "IVF8,SQ8"])
def kind(request, monkeypatch):
    """The kinds of index, with thresholds that a test can reach. What is asserted is exact up to ``slack``."""
    monkeypatch.setattr(neighbours, "LISTS", 8)
    monkeypatch.setattr(neighbours, "PROBES", 8)
    monkeypatch.setattr(neighbours, "FLAT", 10**6 if request.param == "Flat" else 0)
    monkeypatch.setattr(neighbours, "SCANNED", 0 if request.param.startswith("IVF") else 10**6)
    return request.param


def slack(kind):
    return 1e-5 if kind == "Flat" else 0.03


def test_kinds_follow_the_count():
    kinds = [kind_for(count) for count in (0, neighbours.FLAT, neighbours.FLAT + 1, neighbours.SCANNED + 1)]
    assert kinds == ["Flat", "Flat", "SQ8", f"IVF{LISTS},SQ8"]


def test_follows_what_is_added_and_erased_without_building_again(kind):
    truth = Memory()
    truth.add(unit_rows(1, 400))
    view = View(truth, None, "passages")
    view.refresh()
    assert (view.kind, view.rebuilt) == (kind, 1)
    truth.read = 0
    truth.add(unit_rows(2, 30))
    truth.erase([3, 399, 400, 401])
    view.refresh()
    assert view.rebuilt == 1
    assert truth.read < 60, "a refresh reads what is new, not the whole truth"
    self_found = view.nearest(truth.rows(), 1)
    assert self_found[1][:, 0].tolist() == list(truth.vectors)
    assert np.all(self_found[0] > 1 - slack(kind))
    assert agrees(view, truth, unit_rows(3, 20), slack=slack(kind))


def test_does_nothing_when_nothing_has_changed(kind):
    truth = Memory()
    truth.add(unit_rows(1, 300))
    view = View(truth, None, "passages")
    view.refresh()
    truth.read = 0
    view.refresh()
    assert (truth.read, view.rebuilt) == (0, 1)


def test_says_where_there_are_fewer():
    truth = Memory()
    view = View(truth, None, "passages")
    cosines, numbers = view.nearest(unit_rows(1, 2).astype(np.float32), 3)
    assert numbers.tolist() == [[-1] * 3] * 2 and cosines.tolist() == [[-1.0] * 3] * 2
    truth.add(unit_rows(2, 2))
    view.refresh()
    assert agrees(view, truth, unit_rows(1, 2), k=3)
    assert view.nearest(np.zeros((0, 16), np.float32), 3)[1].shape == (0, 3)
    truth.erase([1, 2])
    view.refresh()
    assert view.nearest(unit_rows(1, 1).astype(np.float32), 1)[1].tolist() == [[-1]]


def test_refuses_vectors_of_another_dimension():
    with pytest.raises(ModelError, match="use the model"):
        View(Memory(), None, "passages").nearest(np.zeros((1, 8), np.float32), 1)


def restored(truth, count, seed):
    """The truth as a backup had it, and then other vectors under the numbers that had been given since."""
    for number in [each for each in truth.vectors if each > count]:
        del truth.vectors[number]
    truth.last = count
    truth.add(unit_rows(seed, 50))


@pytest.mark.parametrize("added", [49, 50, 51])
def test_a_restored_backup_that_grew_again_is_noticed(kind, added):
    truth = Memory()
    truth.add(unit_rows(1, 250))
    truth.add(unit_rows(2, 50))
    view = View(truth, None, "passages")
    view.refresh()
    restored(truth, 250, 3)
    truth.erase([300] if added == 49 else [])
    truth.add(unit_rows(4, added - 50 if added > 50 else 0))
    if added == 50:
        truth.add(unit_rows(5, 1))
    view.refresh()
    assert view.rebuilt == 2
    assert view.nearest(truth.rows(), 1)[1][:, 0].tolist() == [*truth.vectors]


def test_a_number_that_the_view_lacks_has_it_built_again(kind):
    truth = Memory()
    truth.add(unit_rows(1, 300))
    hidden = truth.vectors.pop(300)
    view = View(truth, None, "passages")
    view.refresh()
    truth.vectors[300] = hidden
    truth.add(unit_rows(2, 1))
    view.refresh()
    assert view.rebuilt == 2 and agrees(view, truth, truth.rows()[-2:], k=1, slack=slack(kind))


def test_a_truth_that_contradicts_itself_is_not_served():
    truth = Memory()
    truth.add(unit_rows(1, 30))
    truth.state = lambda: neighbours.State(count=31, last=30, erasure=0)
    with pytest.raises(CorpusError, match="counts 31 passages"):
        View(truth, None, "passages").refresh()


def test_what_is_no_number_is_not_served():
    truth = Memory()
    truth.add(np.full((1, 16), np.nan))
    with pytest.raises(CorpusError, match="not a number"):
        View(truth, None, "passages").refresh()


def test_half_a_refresh_is_no_view(kind):
    truth = Memory()
    truth.add(unit_rows(1, 300))
    view = View(truth, None, "passages")
    view.refresh()
    truth.add(unit_rows(2, 20))
    truth.erase([5])
    whole = truth.after

    def broken(number):
        for at, chunk in enumerate(whole(number)):
            if at == 2:
                raise OSError("the disk is gone")
            yield chunk

    truth.after = broken
    with pytest.raises(OSError, match="gone"):
        view.refresh()
    truth.after = whole
    assert 5 not in view.nearest(truth.rows(), 3)[1]
    assert view.rebuilt == 2


def test_a_quantiser_is_trained_again_when_the_truth_has_outgrown_it(kind):
    truth = Memory()
    truth.add(unit_rows(1, 300))
    view = View(truth, None, "passages")
    view.refresh()
    truth.add(unit_rows(2, 700))
    view.refresh()
    assert view.rebuilt == (1 if kind == "Flat" else 2)


def test_a_count_that_hovers_at_a_threshold_does_not_build_each_time(monkeypatch):
    monkeypatch.setattr(neighbours, "FLAT", 100)
    truth = Memory()
    truth.add(unit_rows(1, 101))
    view = View(truth, None, "passages")
    for _ in range(4):
        view.refresh()
        truth.erase([min(truth.vectors), max(truth.vectors)])
        view.refresh()
        truth.add(unit_rows(3, 2))
    assert (view.kind, view.rebuilt) == ("SQ8", 1)


def test_memory_is_what_faiss_writes(kind, tmp_path):
    truth = Memory()
    truth.add(unit_rows(1, 2000))
    view = View(truth, tmp_path, "passages")
    view.refresh()
    view.save()
    (file,) = tmp_path.glob("*.faiss")
    assert view.bytes_per_vector * 2000 == pytest.approx(file.stat().st_size, rel=0.05)
