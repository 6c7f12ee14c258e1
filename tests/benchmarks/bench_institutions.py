"""Listed institutions: every name and published variant found, nothing in ordinary names, and how fast.

``python tests/benchmarks/bench_institutions.py [--list FILE …] [--names 20000]``.

1. Every name, alias and script of the shipped lists, and romanisations of the words of Korean names, each as
   a school and as an employer of a résumé (an acronym with its place).
2. 10,000 ordinary names (ordinary/: universities and listed companies drawn by lot), the same way, against the
   shipped lists, and against the files of ``--list`` (OFAC's, for one) where given: those hold firms of the
   ordinary list's countries, and their matches are printed to be read.
3. Documents a second with ``--names`` invented names beside the shipped ones: reading the names of a résumé
   that is measured already.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "features"), str(HERE.parent / "findings")]

from exhibits import JANE, OTHER  # noqa: E402
from written import document  # noqa: E402

from forensics.features.institutions import Entry, Listing, Lookup  # noqa: E402
from forensics.features.listed_names import Hit, listed_names  # noqa: E402
from forensics.features.measure import measure  # noqa: E402
from forensics.index.institutions import shipped  # noqa: E402
from forensics.index.sanctions import parse  # noqa: E402

TODAY = "2026-11-24"
RESUME = """\
Ada Example
ada@example.com

Experience
Software Engineer, {firm}
Mar 2019 - Present
- Built a thing.

Education
BSc in Computer Science, {school}, 2014
"""
ROMANISED = (
    ("Chaek", "Ch'aek", "Chaik", "Chaeck"), ("Kim Il Sung", "Kim Il-sŏng", "Gim Il-seong", "Kim Ilsung", "Kim Il Song"),
    ("Pyongyang", "P'yŏngyang", "Pyeongyang", "Phyongyang"), ("Hamhung", "Hamhŭng", "Hamheung"),
    ("Huichon", "Hŭich'ŏn", "Huicheon"), ("Chongjin", "Ch'ŏngjin", "Cheongjin"), ("Rajin", "Najin"),
    ("Koryo", "Koryŏ", "Goryeo"), ("Songgyungwan", "Sŏnggyun'gwan", "Seonggyungwan", "Sung Kyun Kwan"),
    ("Chosun", "Choson", "Chosŏn", "Joseon"), ("Choson", "Chosun", "Joseon"), ("Chinyong", "Jinyong"),
    ("Unsong", "Ŭnsŏng", "Eunseong"), ("Songkwang", "Songgwang"), ("Saenal", "Sae Nal"), ("Sinjin", "Shinjin"),
    ("Mangyongdae", "Man'gyŏngdae", "Mangyeongdae"), ("Ryujong", "Ryujŏng", "Yujong"),
    ("Geumpungri", "Kŭmp'ungri", "Kumpungri"), ("Kwahak", "Gwahak"), ("Chayon", "Jayeon"), ("Kukpang", "Gukbang"),
)  # fmt: skip


def hits(lookup: Lookup, *, firm: str = "Acme Corp", school: str = "Boston University") -> tuple[Hit, ...]:
    """What is found in a résumé with this employer and this school."""
    return listed_names(measure(document(RESUME.format(firm=firm, school=school))), lookup)


def variants(name: str) -> Iterator[str]:
    """The name in other romanisations."""
    for word, *others in ROMANISED:
        if word in name:
            yield from (name.replace(word, other) for other in others)


def recall(lookup: Lookup) -> None:
    found: Counter[tuple[str, str]] = Counter()
    for at, entry in enumerate(lookup.entries):
        for name in entry.names:
            bare = len(name) < 7 and name.isascii() and name.isupper()
            kinds = [("name" if name == entry.names[0] else "alias", f"{name}, Pyongyang" if bare else name)]
            kinds += [("variant", each) for each in variants(name)] if entry.korean else []
            for kind, text in kinds:
                for place in ("firm", "school"):
                    own = [hit.how for hit in hits(lookup, **{place: text}) if hit.entry == at]
                    how = own[0] if own else "missed"
                    found[kind, how] += 1
                    if how == "missed":
                        print(f"  missed: {text} as {place}")
    for kind in ("name", "alias", "variant"):
        told = {how: found[kind, how] for how in ("exact", "alias", "fuzzy", "missed")}
        total = sum(told.values())
        print(f"{kind:8} {1 - told['missed'] / total:8.2%} of {total} found: {told}")


def ordinary(lookup: Lookup, what: str) -> None:
    universities, companies = (
        (HERE / "ordinary" / file).read_text(encoding="utf-8").splitlines()
        for file in ("universities.txt", "companies.txt")
    )
    counts: Counter[str] = Counter()
    for school, firm in zip(universities, companies, strict=True):
        for hit in hits(lookup, firm=firm, school=school):
            counts[hit.how] += 1
            if counts[hit.how] <= 40:
                print(f"  {hit.how}: {firm} | {school} → {hit.name} ({hit.why})")
    print(f"{what}: {dict(counts) or 'nothing'} in {len(universities) + len(companies):,} ordinary names")


def invented(count: int) -> Listing:
    """A list of as many names of two or three invented words and a kind."""
    rng = random.Random(1)
    syllables = "bran del hof zor vex quan tal nor quor mir tas lin ver gol pek sar dun ril ost hem".split()
    kinds = [
        "Institute",
        "Trading Company",
        "University of Technology",
        "Shipping Co., Ltd.",
        "Research Center",
    ]

    def word() -> str:
        return "".join(rng.choices(syllables, k=rng.randint(2, 4))).title()

    names = (
        f"{' '.join(word() for _ in range(rng.randint(1, 2)))} {rng.choice(kinds)}" for _ in range(count)
    )
    entries = tuple(Entry(names=(name,), korean=number % 10 == 0) for number, name in enumerate(names))
    return Listing(id="x", title="x", tier="own", as_of=TODAY, sha256="0" * 64, where="x", entries=entries)


def speed(listings: Iterable[Listing], names: int) -> None:
    start = time.process_time()
    lookup = Lookup([*listings, invented(names)], today=TODAY)
    built = time.process_time() - start
    exhibits = [measure(document(f"{one}\n{two}")) for one, two in ((JANE, OTHER), (OTHER, JANE))]
    rounds = 150
    start = time.process_time()
    for _ in range(rounds):
        for exhibit in exhibits:
            listed_names(exhibit, lookup)
    spent = time.process_time() - start
    words = sum(len(each.features.tokens) for each in exhibits) / len(exhibits)
    total = sum(len(entry.names) for entry in lookup.entries)
    print(
        f"{rounds * len(exhibits) / spent:,.0f} documents of {words:.0f} words a CPU-second, {total:,} names; "
        f"the lookup is made in {built:.2f} s"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--list", nargs="+", type=Path, default=[], dest="files")
    options.add_argument("--names", type=int, default=20_000)
    chosen = options.parse_args()
    listings = [each.listing for each in shipped()]
    recall(Lookup(listings, today=TODAY))
    ordinary(Lookup(listings, today=TODAY), "shipped lists")
    if chosen.files:
        parsed = parse([(path.name, path.read_bytes()) for path in chosen.files])
        own = Listing(
            id="given",
            title="given",
            tier="own",
            as_of=TODAY,
            sha256="0" * 64,
            where="",
            entries=tuple(parsed.entries),
        )
        ordinary(Lookup([*listings, own], today=TODAY), f"with {len(own.entries):,} institutions given")
    speed(listings, chosen.names)


if __name__ == "__main__":
    main()
