"""Corpus → pairs and clusters: every document checked against the rest, by the code of ``check``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from forensics.cases.duplicates import Duplicates, Pair, Senders, clusters, pair
from forensics.engine import claim_of, compare_with
from forensics.errors import ForensicsError
from forensics.features import names
from forensics.index.corpus import Corpus
from forensics.index.population import Population
from forensics.ingest import Run

Work = tuple[str, int]
Key = tuple[str, str, str, str]


def dedup(
    corpus: Corpus,
    *,
    run: Run,
    workers: int,
    counted: Callable[[Iterator[list[Pair]]], Iterator[list[Pair]]] = iter,
) -> Duplicates:
    """All pairs and clusters; the pairs of one document after the other pass through ``counted``.

    A pair is listed once, from the side that came first; what either side matches is listed.
    """
    people = corpus.population()
    work = [(str(corpus.folder), doc) for doc in sorted(people.rows)]
    found: dict[Key, Pair] = {}
    for pairs in counted(run(pairs_of, work, workers=workers, failed=_failed)):
        for each in pairs:
            key = (each.a, each.a_path, each.b, each.b_path)
            mirrored = (each.b, each.b_path, each.a, each.a_path)
            if key not in found and mirrored not in found:
                found[key] = each
    order = {"exact": 0, "near": 1, "partial": 2}
    listed = sorted(found.values(), key=lambda p: (order[p.kind], -p.coverage_a, p.a_path, p.b_path))
    return Duplicates(
        documents=len(people.applicants),
        unreadable=corpus.unreadable(),
        pairs=tuple(listed),
        clusters=clusters(listed, _senders(people)),
    )


def _senders(people: Population) -> dict[tuple[str, str], Senders]:
    numbers: dict[str, int] = {}
    found: dict[tuple[str, str], Senders] = {}
    for doc, applications in people.applications.items():
        row = people.rows[doc]
        for path in dict.fromkeys(each.path for each in applications):
            said = [each.applicant or row.name for each in applications if each.path == path]
            names_ = tuple(dict.fromkeys(each for each in said if each))
            keys = [names.key(each or "") or f"#{doc}" for each in said]
            found[row.id, path] = Senders(
                applicants=frozenset(numbers.setdefault(key, len(numbers)) for key in keys), names=names_
            )
    return found


@contextmanager
def temporary() -> Iterator[Corpus]:
    """An empty corpus that is gone when the block is left."""
    with TemporaryDirectory(prefix="forensics-") as folder, Corpus.open(folder, create=True) as corpus:
        try:
            yield corpus
        finally:
            _corpus.cache_clear()


def pairs_of(work: Work) -> list[Pair]:
    """The pairs of one document, as every process can find them: (folder of the corpus, number)."""
    folder, doc = work
    corpus = _corpus(folder)
    exhibit = corpus.exhibit(doc)
    if exhibit is None:
        return []
    people = corpus.population()
    found: list[Pair] = []
    for application in people.applications[doc]:
        if application.role == "background":
            continue
        claim = claim_of(exhibit, application.applicant)
        own = people.own(doc=doc, names=[claim.name])
        for match in compare_with(exhibit, claim, corpus, own):
            itself = match.identical and match.path == application.path and match.claim == claim
            if not itself:
                found.append(pair(exhibit, application.path, match))
    return found


@lru_cache(maxsize=1)
def _corpus(folder: str) -> Corpus:
    return Corpus.open(Path(folder))


def _failed(work: Work, why: str) -> list[Pair]:
    raise ForensicsError(f"document {work[1]} of {work[0]} cannot be compared: {why}.")
