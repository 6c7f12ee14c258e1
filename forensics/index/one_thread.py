"""Products of small matrices on one thread: what a query multiplies is too little to share among cores.

OpenBLAS wakes its other threads for a few hundred rows, and these spin until the next product: on two cores a query
took three times the processor time, and its last bits depended on how many cores there were.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import numpy  # noqa: F401  # loads the library that is to be limited
from threadpoolctl import ThreadpoolController


@cache
def _libraries() -> ThreadpoolController:
    """The linear algebra that is loaded, numpy's at least; looking for it takes some hundredths of a second."""
    return ThreadpoolController().select(user_api="blas")


@contextmanager
def one_thread() -> Iterator[None]:
    """Within, numpy multiplies on one thread of the process; also a decorator. Safe to enter twice."""
    with _libraries().limit(limits=1):
        yield
