"""Does a document meet a campaign that another organisation has told of? Context, never counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from forensics.cases.elsewhere import Elsewhere
from forensics.features.features import Exhibit
from forensics.features.indicators import keyed, lineage, passages, template
from forensics.index.corpus import Corpus
from forensics.index.shared import Foreign

LEAST_PASSAGES = 2
LEAST_LINEAGE = 2
LOOK = (12, 0.8)
"""A campaign's look counts beside other kinds if it has so many marks and a document this share of them."""


def elsewhere(exhibit: Exhibit, corpus: Corpus, only: set[str] | None = None) -> tuple[Elsewhere, ...]:
    """The foreign campaigns that a document meets, most passages first; of ``only`` these ids, if given.

    Two passages, or two ids of files and pictures, are the least; a look alone is no match.
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
        own = {keyed(secret, kind, value): kind for kind, several in listed.items() for value in several}
        for digest, kind, number in corpus.shared.holding(own):
            if own[digest] == kind:
                counts.setdefault(number, Counter())[kind] += 1
        for number, count in counts.items():
            if number in known and (only is None or known[number].id in only):
                found += _met(known[number], count, listed)
    return tuple(sorted(found, key=lambda e: (-e.passages, -e.lineage, e.campaign)))


def _met(foreign: Foreign, count: Counter[str], listed: Mapping[str, Sequence[str]]) -> list[Elsewhere]:
    if count["passage"] < LEAST_PASSAGES and count["lineage"] < LEAST_LINEAGE:
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
            lineage=count["lineage"],
            of_lineage=len(listed["lineage"]),
            template=round(share, 4) if share >= LOOK[1] else None,
        )
    ]
