"""A hostile file and what may become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

READABLE = "readable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """``wants`` are the outcomes allowed: problem codes, or ``readable``.

    A file that is read needs ``readable``, or the code of a problem that is not fatal, among them.
    """

    name: str
    make: Callable[[], bytes]
    wants: frozenset[str]

    @property
    def data(self) -> bytes:
        """The bytes, made anew."""
        return self.make()


def case(name: str, wants: str, make: Callable[[], bytes] | bytes) -> Case:
    """A case whose outcomes are given as words."""
    return Case(
        name=name, wants=frozenset(wants.split()), make=(lambda: make) if isinstance(make, bytes) else make
    )
