"""Who is in a corpus, counted as people: the ground on which "how rare is this" stands.

Two documents are one person's, or one cluster's, when they are nearly the same text (*kin*, decided when
they come in) or when their applicants have the same name. A ring of thirty personas with one text counts
once: otherwise a ring would make its own text common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from forensics.features.names import key
from forensics.index.store import Application, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """``group`` of each document number; ``applicants`` are the numbers of those somebody applied with.

    ``named`` are the documents under each applicant's name; ``sizes`` are the documents in each group that
    somebody applied with.
    """

    rows: Mapping[int, Row]
    applications: Mapping[int, tuple[Application, ...]]
    group: Mapping[int, int]
    applicants: frozenset[int]
    named: Mapping[str, Sequence[int]]
    sizes: Mapping[int, int]

    def own(self, *, doc: int | None, names: Iterable[str | None]) -> frozenset[int]:
        """The documents that are the query's own: itself, and all of applicants with its applicant's name."""
        found = {doc} if doc is not None and doc in self.rows else set()
        for name in names:
            found.update(self.named.get(key(name), ()) if name else ())
        return frozenset(found)

    def distinct(self, docs: Iterable[int], own: frozenset[int]) -> int:
        """How many unrelated applicants these documents stand for, the documents ``own`` left out."""
        return len({self.group[doc] for doc in docs if doc in self.applicants and doc not in own})

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
    return Population(
        rows=known,
        applications={doc: tuple(by_doc[doc]) for doc in known},
        group=group,
        applicants=applicants,
        named=named,
        sizes=Counter(group[doc] for doc in applicants),
    )
