"""What the corpus is like, in figures, beside the same figures of real résumés.

``python -m generated.properties [seed [documents]]`` from ``tests/benchmarks`` prints them. Ranges of real
ones were measured on three public sets of 219, 167 and 337 résumés.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from .applicants import application
from .document import Resume, units
from .render import render

REAL_RUNS = {6: (0.076, 0.167), 8: (0.029, 0.095), 12: (0.0008, 0.014), 20: (0.0, 0.0005)}
"""Share of unrelated real pairs that have at least one run of so many words in common: lowest, highest."""

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Words in lower case."""
    return _WORD.findall(text.lower())


def shared_runs(texts: Sequence[str], size: int) -> float:
    """Share of pairs of texts with at least one run of ``size`` words in common."""
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        tokens = words(text)
        for start in range(len(tokens) - size + 1):
            holders[tuple(tokens[start : start + size])].add(number)
    pairs = {pair for found in holders.values() if len(found) > 1 for pair in combinations(sorted(found), 2)}
    return len(pairs) / max(1, len(texts) * (len(texts) - 1) // 2)


def overlap(source: str, copy: str) -> float:
    """Share of the source's words that stand in the copy, whatever their order (multiset)."""
    before, after = Counter(words(source)), Counter(words(copy))
    return sum((before & after).values()) / max(1, sum(before.values()))


def auc(positive: Iterable[float], negative: Iterable[float]) -> float:
    """Area under the curve: P(positive > negative) + half the ties."""
    ups, downs = sorted(positive), sorted(negative)
    ranks: dict[float, float] = {}
    both = sorted(ups + downs)
    for value in set(both):
        first = both.index(value)
        ranks[value] = first + (both.count(value) + 1) / 2
    total = sum(ranks[value] for value in ups)
    return (total - len(ups) * (len(ups) + 1) / 2) / (len(ups) * len(downs))


def unrelated(seed: int, count: int) -> list[str]:
    """Texts of the first ``count`` résumés of a seed."""
    found: list[str] = []
    number = 0
    while len(found) < count:
        document = application(seed, number).document
        number += 1
        if isinstance(document, Resume):
            found.append(render(document)[0])
    return found


def main() -> None:
    """Print the table."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    texts = unrelated(seed, count)
    print(f"{count} unrelated résumés of seed {seed}, {count * (count - 1) // 2} pairs")
    for size, (low, high) in REAL_RUNS.items():
        share = shared_runs(texts, size)
        verdict = "inside" if low <= share <= high else "OUTSIDE"
        print(f"  share a run of {size:2} words: {share:8.3%}   real {low:.2%} to {high:.2%}   {verdict}")
    bullets = [
        len(words(unit.text))
        for number in range(count)
        for unit in units(application(seed, number, kind="resume").document)
    ]
    marks = statistics.quantiles(bullets, n=10)
    print(
        f"  words in a bullet: p10 {marks[0]:.0f}, median {marks[4]:.0f}, p90 {marks[8]:.0f}   real 4, 10, 14"
    )
    lengths = statistics.quantiles([len(words(text)) for text in texts], n=10)
    print(
        f"  words in a file: p10 {lengths[0]:.0f}, median {lengths[4]:.0f}, p90 {lengths[8]:.0f}"
        "   real 72, 400, 1136"
    )


if __name__ == "__main__":
    main()
