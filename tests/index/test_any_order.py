"""Views added to, erased from, saved, swept and opened in any order are what brute force over the truth is."""

import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from numbered import Memory, agrees, unit_rows

from forensics.index import neighbours
from forensics.index.neighbours import View
from forensics.index.snapshots import sweep


class AnyOrder(RuleBasedStateMachine):
    """Whatever is done in whatever order, a refreshed view is the truth."""

    @initialize()
    def begin(self):
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(neighbours, "FLAT", 25)
        self.patch.setattr(neighbours, "SCANNED", 60)
        self.patch.setattr(neighbours, "LISTS", 4)
        self.patch.setattr(neighbours, "PROBES", 4)
        self.place = tempfile.TemporaryDirectory()
        self.folder = Path(self.place.name) / "views"
        self.truth = Memory(dimension=8)
        self.views = [View(self.truth, self.folder, "passages") for _ in range(2)]

    @rule(count=st.integers(1, 40), seed=st.integers(0, 50))
    def add(self, count, seed):
        self.truth.add(unit_rows(seed, count, 8))

    @rule(data=st.data())
    def erase(self, data):
        if self.truth.vectors:
            numbers = st.lists(
                st.sampled_from(sorted(self.truth.vectors)), min_size=1, max_size=30, unique=True
            )
            self.truth.erase(data.draw(numbers))

    @rule()
    def erase_and_sweep(self):
        self.truth.erase(list(self.truth.vectors)[:3])
        sweep(self.folder, self.truth) if self.folder.exists() else None

    @rule(which=st.integers(0, 1))
    def refresh(self, which):
        view = self.views[which]
        view.refresh()
        count = len(self.truth.vectors)
        _, numbers = view.nearest(unit_rows(99, 2, 8).astype(np.float32), count + 1)
        assert [sorted(row) for row in numbers.tolist()] == [[-1, *sorted(self.truth.vectors)]] * 2
        if count:
            cosines, _ = view.nearest(self.truth.rows(), 1)
            assert np.all(cosines > (1 - 1e-5 if view.kind == "Flat" else 0.6))  # trained on 26, of 8 numbers
        if view.kind == "Flat":
            assert agrees(view, self.truth, unit_rows(98, 3, 8))

    @rule(which=st.integers(0, 1))
    def save(self, which):
        self.views[which].save()
        assert self.views[which].warnings == []

    @rule(which=st.integers(0, 1))
    def reopen(self, which):
        self.views[which] = View(self.truth, self.folder, "passages")

    @invariant()
    def no_draft_is_left(self):
        assert not list(self.folder.glob("*.part"))

    def teardown(self):
        if hasattr(self, "place"):
            self.patch.undo()
            self.place.cleanup()


# FORENSICS_TEST_ORDERS=500 looks longer.
TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=int(os.environ.get("FORENSICS_TEST_ORDERS", 30)), stateful_step_count=25, deadline=None
)
