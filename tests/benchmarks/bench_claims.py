"""How many impossible claims are found, and how many honest histories are doubted.

``python tests/benchmarks/bench_claims.py [--seed 1] [--honest 400] [--planted 40] [--show N]``.

Writes invented résumés (see ``claimed``), reads and measures them as text files and looks at each by itself, as
``check`` does. Honest: the share of documents with any finding of weight B. Planted: the share found, by the
signal that is meant. Everything is told by kind; look at several seeds.
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date
from hashlib import sha256
from random import Random

from claimed import honest, planted
from claimed.writing import Life, text

from forensics.documents.parse import parse
from forensics.features.measure import measure
from forensics.findings.finding import Claim, Finding
from forensics.findings.inside import inside
from forensics.settings import Settings

TODAY = date(2026, 10, 15)


def found(life: Life) -> list[Finding]:
    """The findings of weight A and B inside the résumé of a life."""
    return [each for each in looked(text(life)) if each.weight in "AB"]


def looked(words: str, path: str = "resume.txt") -> list[Finding]:
    """All findings inside a text."""
    data = words.encode()
    document = parse(data, id=f"sha256:{sha256(data).hexdigest()}", path=path, plain=True, limits=Settings())
    exhibit = measure(document)
    applicant = exhibit.features.applicant
    return inside(exhibit, Claim(told=None, read=applicant.name, emails=applicant.emails), today=TODAY)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--honest", type=int, default=400)
    parser.add_argument("--planted", type=int, default=40)
    parser.add_argument("--show", type=int, default=0, help="print so many failures of each kind")
    asked = parser.parse_args()
    total = doubted = 0
    for kind, make in honest.KINDS.items():
        signals: Counter[str] = Counter()
        count = 0
        for number in range(asked.honest // len(honest.KINDS)):
            life = make(Random(f"{asked.seed} {kind} {number}"))
            wrong = found(life)
            count += bool(wrong)
            signals.update(each.signal for each in wrong)
            if wrong and count <= asked.show:
                print(text(life), *(f"!! {each.signal}: {each.summary}" for each in wrong), sep="\n")
        total += asked.honest // len(honest.KINDS)
        doubted += count
        print(f"honest  {kind:12} {count:4} of {asked.honest // len(honest.KINDS)}  {dict(signals)}")
    print(f"honest  together     {doubted:4} of {total}  {100 * doubted / total:.2f} % (goal: at most 1)")
    least = 1.0
    for kind, (signal, make) in planted.KINDS.items():
        hits, shown = 0, 0
        for number in range(asked.planted):
            life = make(Random(f"{asked.seed} {kind} {number}"))
            hit = any(each.signal == signal for each in found(life))
            hits += hit
            if not hit and shown < asked.show:
                shown += 1
                print(text(life))
        least = min(least, hits / asked.planted)
        print(f"planted {kind:12} {hits:4} of {asked.planted}  {signal}")
    print(f"planted least        {100 * least:.1f} % (goal: at least 95)")


if __name__ == "__main__":
    main()
