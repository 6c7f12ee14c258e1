"""Corpus → pairs and clusters: every document checked against the rest, by the code of ``check``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from forensics.cases.duplicates import Duplicates, Pair, Senders, clusters, pair
from forensics.cases.observing import Observed, observed, together
from forensics.engine import claim_of, compare_with, find
from forensics.errors import ForensicsError
from forensics.features import names
from forensics.index.batches import Report
from forensics.index.corpus import Corpus
from forensics.index.frozen import freeze, frozen
from forensics.index.polls import NEIGHBOURS
from forensics.index.population import Population
from forensics.ingest import Run

Work = tuple[str, int, str | None, bool]
"""The folder of a corpus, the number of a document, the folder with the neighbours of all sentences, and whether
the corpus is a frozen one."""

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One document beside all others: its pairs, and what is kept of its check (``None`` if it is gone)."""

    pairs: tuple[Pair, ...]
    observed: Observed | None


def dedup(
    corpus: Corpus,
    *,
    run: Run,
    workers: int,
    counted: Callable[[Iterator[Looked]], Iterator[Looked]] = iter,
    shared: Path | None = None,
) -> Duplicates:
    """All pairs and clusters; what one document after the other came to passes through ``counted``.

    A pair is listed once, from the side that came first; what either side matches is listed. What links the
    documents is kept in the corpus, for :mod:`forensics.campaigns`. ``shared`` is a folder that the machines of
    ``run`` all see, if this one is not the only one.
    """
    people = corpus.population()
    found: dict[Key, Pair] = {}
    kept: list[Observed] = []
    with looking(corpus, sorted(people.rows), run=run, workers=workers, shared=shared) as everyone:
        for each in counted(everyone):
            kept += [each.observed] if each.observed is not None else []
            for one in each.pairs:
                key = (one.a, one.a_path, one.b, one.b_path)
                mirrored = (one.b, one.b_path, one.a, one.a_path)
                if key not in found and mirrored not in found:
                    found[key] = one
        report = everyone.report
    with corpus.writing():
        for what in kept:
            corpus.edges.put(what.seen, what.edges)
    order = {"exact": 0, "near": 1, "partial": 2}
    listed = sorted(found.values(), key=lambda p: (order[p.kind], -p.coverage_a, p.a_path, p.b_path))
    return Duplicates(
        documents=len(people.applicants),
        unreadable=corpus.unreadable(),
        recall=None if report is None else round(report.recall, 4),
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


class Looking:
    """What the documents come to, one after the other; ``report`` says how well sentences were found."""

    def __init__(self, found: Iterator[Looked], report: Report | None) -> None:
        self._found = found
        self.report = report

    def __iter__(self) -> Iterator[Looked]:
        return self

    def __next__(self) -> Looked:
        return next(self._found)


@contextmanager
def looking(
    corpus: Corpus, docs: Sequence[int], *, run: Run, workers: int, shared: Path | None = None
) -> Iterator[Looking]:
    """Each of these documents beside all others, in the processes of ``run``.

    What they read of the corpus is the corpus itself, or a frozen copy that is left in the folder ``shared``: whoever
    gave that removes it when no machine has it open any more.
    """
    with ExitStack() as closing:
        folder = closing.enter_context(_folder(shared))
        if shared is not None:
            freeze(corpus, folder)
            corpus = closing.enter_context(frozen(folder))
        report = corpus.meaning.make_lists(folder, NEIGHBOURS)
        lists = None if report is None else str(folder)
        work = [(str(corpus.folder.absolute()), doc, lists, shared is not None) for doc in docs]
        try:
            yield Looking(run(looked, work, workers=workers, failed=_failed), report)
        finally:
            _corpus.cache_clear()


@contextmanager
def _folder(shared: Path | None) -> Iterator[Path]:
    if shared is not None:
        yield Path(mkdtemp(prefix="frozen-", dir=shared))
        return
    with TemporaryDirectory(prefix="forensics-") as folder:
        yield Path(folder)


def looked(work: Work) -> Looked:
    """:func:`look` as every process can do it."""
    folder, doc, lists, is_frozen = work
    return look(_corpus(folder, lists, is_frozen), doc)


def look(corpus: Corpus, doc: int) -> Looked:
    """One document beside all others, under each name that it came under."""
    exhibit = corpus.exhibit(doc)
    if exhibit is None:
        return Looked(pairs=(), observed=None)
    people = corpus.population()
    pairs: list[Pair] = []
    kept: list[Observed] = []
    for application in people.applications[doc]:
        if application.role == "background":
            continue
        claim = claim_of(exhibit, application.applicant)
        own = people.own(doc=doc, names=[claim.name])
        matches = compare_with(exhibit, claim, corpus, own)
        for match in matches:
            itself = match.identical and match.path == application.path and match.claim == claim
            if not itself:
                pairs.append(pair(exhibit, application.path, match))
        found = find(exhibit, claim, matches, corpus, own)
        kept.append(observed(doc, exhibit.document.id, found, corpus.number))
    return Looked(pairs=tuple(pairs), observed=together(kept) if kept else None)


@lru_cache(maxsize=1)
def _corpus(folder: str, lists: str | None, is_frozen: bool) -> Corpus:
    corpus = frozen(Path(folder)) if is_frozen else Corpus.open(Path(folder))
    if lists is not None:
        corpus.meaning.use_lists(Path(lists))
    return corpus


def _failed(work: Work, why: str) -> Looked:
    raise ForensicsError(f"document {work[1]} of {work[0]} cannot be compared: {why}.")
