"""The measure of text alignment at PAN.

Potthast, Stein, Barrón-Cedeño, Rosso: An evaluation framework for plagiarism detection (COLING 2010),
definitions 1 to 3: macro-averaged precision and recall over characters of both documents, granularity, and
``plagdet``, their F1 over the logarithm of the granularity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """A passage of ``a`` that stems from a passage of ``b``, as it is or as it was detected; ends exclusive."""

    a: str
    b: str
    span_a: tuple[int, int]
    span_b: tuple[int, int]

    def size(self) -> int:
        """Characters on both sides."""
        return self.span_a[1] - self.span_a[0] + self.span_b[1] - self.span_b[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision and recall from 0 to 1, granularity from 1 on (1: every case is found in one piece)."""

    plagdet: float
    precision: float
    recall: float
    granularity: float


def score(cases: Sequence[Reuse], detections: Sequence[Reuse]) -> Score:
    """How well ``detections`` cover ``cases``; 0 where there is nothing to average."""
    recall, pieces = _covered(cases, detections)
    precision, _ = _covered(detections, cases)
    found = [count for count in pieces if count]
    granularity = sum(found) / len(found) if found else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(
        plagdet=f1 / log2(1 + granularity), precision=precision, recall=recall, granularity=granularity
    )


def _covered(items: Sequence[Reuse], by: Iterable[Reuse]) -> tuple[float, list[int]]:
    """The mean share of each item's characters that ``by`` covers, and in how many pieces each."""
    of_pair: dict[tuple[str, str], list[Reuse]] = defaultdict(list)
    for other in by:
        of_pair[other.a, other.b].append(other)
    shares: list[float] = []
    pieces: list[int] = []
    for item in items:
        inside_a: list[tuple[int, int]] = []
        inside_b: list[tuple[int, int]] = []
        for other in of_pair[item.a, item.b]:
            part_a = _intersection(item.span_a, other.span_a)
            part_b = _intersection(item.span_b, other.span_b)
            if part_a and part_b:
                inside_a.append(part_a)
                inside_b.append(part_b)
        shares.append((_length(inside_a) + _length(inside_b)) / max(item.size(), 1))
        pieces.append(len(inside_a))
    return (sum(shares) / len(shares) if shares else 0.0), pieces


def _intersection(x: tuple[int, int], y: tuple[int, int]) -> tuple[int, int] | None:
    start, end = max(x[0], y[0]), min(x[1], y[1])
    return (start, end) if start < end else None


def _length(spans: list[tuple[int, int]]) -> int:
    """Characters in the union of the spans."""
    total = reached = 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
