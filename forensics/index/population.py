"""Who is in a corpus, counted as people: the ground on which "how rare is this" stands.

Two documents are one person's, or one cluster's, when they are nearly the same text (*kin*, decided when
they come in) or when their applicants have the same name. A ring of thirty personas with one text counts
once: otherwise a ring would make its own text common.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forensics.features.names import key
from forensics.index.store import Application, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """``group`` of each document number; ``applicants`` are the numbers of those somebody applied with.

    ``groups`` are the same as ``group``, as a column by document number, -1 where there is none.
    ``background`` are the documents that came as a public source. ``named`` are the documents under each
    applicant's name; ``sizes`` and ``members`` are the documents in each group that somebody applied with.
    """

    rows: Mapping[int, Row]
    applications: Mapping[int, tuple[Application, ...]]
    group: Mapping[int, int]
    groups: npt.NDArray[np.int64]
    applicants: frozenset[int]
    background: frozenset[int]
    named: Mapping[str, Sequence[int]]
    sizes: Mapping[int, int]
    members: Mapping[int, Sequence[int]]

    def own(self, *, doc: int | None, names: Iterable[str | None]) -> frozenset[int]:
        """The documents that are the query's own: itself, and all of applicants with its applicant's name."""
        found = {doc} if doc is not None and doc in self.rows else set()
        for name in names:
            found.update(self.named.get(key(name), ()) if name else ())
        return frozenset(found)

    def groups_of(self, docs: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The group of each document, -1 for one that is not known."""
        known = docs < len(self.groups)
        return np.where(known, self.groups[np.where(known, docs, 0)], -1)

    def distinct(self, docs: Iterable[int], own: frozenset[int]) -> int:
        """How many unrelated applicants these documents stand for, the documents ``own`` left out."""
        return len({self.group[doc] for doc in docs if doc in self.applicants and doc not in own})

    def without(self, docs: Sequence[int], applicants: int, own: frozenset[int]) -> int:
        """As :meth:`distinct`, for documents in ascending order that stand for so many ``applicants`` with ``own``."""
        shared = {self.group[doc] for doc in own & self.applicants if _has(docs, doc)}
        gone = [all(doc in own or not _has(docs, doc) for doc in self.members[group]) for group in shared]
        return applicants - sum(gone)

    def others(self, own: frozenset[int]) -> int:
        """How many applicants there are, the documents ``own`` left out."""
        emptied: dict[int, int] = {}
        for doc in own & self.applicants:
            emptied[self.group[doc]] = emptied.get(self.group[doc], 0) + 1
        return len(self.sizes) - sum(count == self.sizes[group] for group, count in emptied.items())

    def names(self, doc: int) -> tuple[str, ...]:
        """Who the document's applicants are said to be: the manifest's names, else the one that was read."""
        said = tuple(a.applicant for a in self.applications[doc] if a.applicant)
        read = self.rows[doc].name
        return said or ((read,) if read else ())


def _has(docs: Sequence[int], doc: int) -> bool:
    at = bisect_left(docs, doc)
    return at < len(docs) and docs[at] == doc


def population(rows: Iterable[Row], applications: Iterable[tuple[int, Application]]) -> Population:
    """Group the documents of a corpus."""
    by_doc: dict[int, list[Application]] = {}
    for doc, application in applications:
        by_doc.setdefault(doc, []).append(application)
    known = {row.doc: row for row in rows if row.doc in by_doc}
    applicants = frozenset(doc for doc in known if any(a.role == "applicant" for a in by_doc[doc]))

    parent: dict[object, object] = {}

    def root(node: object) -> object:
        while (above := parent.setdefault(node, node)) != node:
            parent[node] = parent[above]
            node = above
        return node

    named: dict[str, list[int]] = {}
    for doc, row in known.items():
        parent[root(doc)] = root(("kin", row.kin))
        names = [a.applicant for a in by_doc[doc] if a.applicant] or ([row.name] if row.name else [])
        for name in map(key, names):
            if name:
                named.setdefault(name, []).append(doc)
                parent[root(doc)] = root(("name", name))
    numbers: dict[object, int] = {}
    group = {doc: numbers.setdefault(root(doc), len(numbers)) for doc in known}
    members: dict[int, list[int]] = {}
    for doc in sorted(applicants):
        members.setdefault(group[doc], []).append(doc)
    groups = np.full(max(group, default=0) + 1, -1, np.int64)
    groups[list(group)] = list(group.values())
    return Population(
        rows=known,
        applications={doc: tuple(by_doc[doc]) for doc in known},
        group=group,
        groups=groups,
        applicants=applicants,
        background=frozenset(doc for doc in known if any(a.role == "background" for a in by_doc[doc])),
        named=named,
        sizes={number: len(docs) for number, docs in members.items()},
        members=members,
    )
