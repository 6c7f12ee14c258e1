"""Does a document meet a campaign that another organisation has told of? Context, never counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from forensics.cases.elsewhere import Elsewhere
from forensics.features.features import Exhibit
from forensics.features.indicators import keyed, lineage, passages, template
from forensics.features.lineage import SPACE, poisson_tail
from forensics.index.corpus import Corpus
from forensics.index.shared import Foreign

LEAST_PASSAGES = 2
LEAST_LINEAGE = 2
ODDS = 1e-6
"""Ids that Word draws from few values count where chance gives so many between two unrelated files less often."""

DRAWN = ("rsid:", "para-id:")
LOOK = (12, 0.8)
"""A campaign's look counts beside other kinds if it has so many marks and a document this share of them."""


def elsewhere(exhibit: Exhibit, corpus: Corpus, only: set[str] | None = None) -> tuple[Elsewhere, ...]:
    """The foreign campaigns that a document meets, most passages first; of ``only`` these ids, if given.

    Two passages, or two ids of files and pictures, are the least; a look alone is no match. Of ids that are drawn
    (:data:`DRAWN`) two are not enough where the tables are large: see :func:`forensics.features.lineage.chance`.
    """
    keys = corpus.shared.keys()
    if not keys:
        return ()
    values: dict[str, Iterable[str]] = {
        "passage": map(str, passages(exhibit, corpus.background(exhibit))),
        "lineage": lineage(exhibit),
        "template": template(exhibit),
    }
    listed = {kind: list(each) for kind, each in values.items()}
    found = []
    for key, secret in keys.items():
        known = corpus.shared.campaigns(key)
        counts: dict[int, Counter[str]] = {}
        own = {
            keyed(secret, kind, each): (kind, each) for kind, several in listed.items() for each in several
        }
        for digest, kind, number in corpus.shared.holding(own):
            if own[digest][0] == kind:
                count = counts.setdefault(number, Counter())
                count[kind] += 1
                count["drawn"] += kind == "lineage" and own[digest][1].startswith(DRAWN)
        for number, count in counts.items():
            if number in known and (only is None or known[number].id in only):
                found += _met(known[number], count, listed)
    return tuple(sorted(found, key=lambda e: (-e.passages, -e.lineage, e.campaign)))


def _met(foreign: Foreign, count: Counter[str], listed: Mapping[str, Sequence[str]]) -> list[Elsewhere]:
    drawn = sum(each.startswith(DRAWN) for each in listed["lineage"])
    # how many of theirs are drawn, nobody can see: all of them at most
    odds = poisson_tail(count["drawn"], drawn * foreign.sizes.get("lineage", 0) / SPACE)
    ids = count["lineage"] - (count["drawn"] if odds >= ODDS else 0)
    if count["passage"] < LEAST_PASSAGES and ids < LEAST_LINEAGE:
        return []
    size = foreign.sizes.get("template", 0)
    share = count["template"] / size if size >= LOOK[0] else 0.0
    return [
        Elsewhere(
            campaign=foreign.id,
            month=foreign.month,
            file=foreign.file,
            passages=count["passage"],
            of_passages=len(listed["passage"]),
            lineage=ids,
            of_lineage=len(listed["lineage"]),
            template=round(share, 4) if share >= LOOK[1] else None,
        )
    ]
