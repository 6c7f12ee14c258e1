"""Randomness that depends only on a seed and a path of names, never on the order of calls."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def number(*path: object) -> int:
    """A 64-bit number for this path, the same on every machine and in every process."""
    raw = "\x1f".join(str(step) for step in path).encode()
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "big")


def dice(*path: object) -> random.Random:
    """A generator of its own for this path."""
    return random.Random(number(*path))


def zipf(rng: random.Random, size: int, exponent: float = 1.0) -> int:
    """A rank in ``[0, size)``, low ranks more often, by inversion of the continuous law."""
    u = rng.random()
    if exponent == 1.0:
        return min(size - 1, int(size**u) - 1)
    power = 1 - exponent
    return min(size - 1, int(((size**power - 1) * u + 1) ** (1 / power)) - 1)


def some(rng: random.Random, values: Sequence[T], low: int, high: int) -> list[T]:
    """Between ``low`` and ``high`` different values in random order, as many as there are."""
    count = min(len(values), rng.randint(low, high))
    return rng.sample(list(values), count)
