"""What a view is a view of: numbered vectors, appended and erased, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
"""``(n,)``, each above 0."""

Halves = npt.NDArray[np.float16]
"""``(n, dimension)``, rows of length 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the truth holds at one moment: how many vectors, the last number given, the last erasure.

    ``last`` is the largest number ever given, to a vector that may be erased since; ``erasure`` the number
    of the last erasure, 0 when there was none. Neither is ever given twice.
    """

    count: int
    last: int
    erasure: int


class Truth(Protocol):
    """Numbered vectors of one encoder, in one place that many processes read and write."""

    @property
    def fingerprint(self) -> str:
        """Of the encoder; vectors of two never mix."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def moment(self) -> AbstractContextManager[State]:
        """A read transaction: everything read inside is of one moment."""

    def after(self, number: int) -> Iterator[tuple[Numbers, Halves]]:
        """The vectors with larger numbers, in chunks, by ascending number."""

    def erased_after(self, erasure: int) -> list[int]:
        """The numbers that later erasures erased; numbers only, they are kept for ever."""
