"""Processes that write, read and erase are killed at any moment: the view is the truth each time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("FORENSICS_TEST_KILLS", 10))
SEED = int(os.environ.get("FORENSICS_TEST_SEED", 1))


@pytest.mark.parametrize("kind", ["Flat", "SQ8", "IVF"])
def test_the_view_is_the_truth_after_every_killing(kind, tmp_path):
    """FORENSICS_TEST_KILLS=500 has many more rounds, FORENSICS_TEST_SEED=2 others."""
    one = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "FORENSICS_WORKERS")}
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    ran = subprocess.run(
        [
            sys.executable,
            str(Path(__file__).with_name("killed.py")),
            str(tmp_path),
            kind,
            str(ROUNDS),
            str(SEED),
        ],
        capture_output=True,
        text=True,
        env={**os.environ, **one, "PYTHONPATH": path},
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    added, erased = map(int, ran.stdout.split())
    assert added > ROUNDS and erased > ROUNDS / 2, "the processes were killed before they did anything"
