"""The nouns of "who else": a stored document that is like the query in one way, the ways to ask, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from forensics.features.features import Exhibit
from forensics.index.corpus import Corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Like:
    """A stored document, by its number, and how like the query it is, from 0 to 1.

    ``shared`` says in plain words what both have; ``lineage`` are ids of files that both carry
    (``rsid:00A77B3E``).
    """

    doc: int
    similarity: float
    shared: tuple[str, ...] = ()
    lineage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Likes:
    """Every document with a similarity above 0, in any order, and how many could not be compared, and why.

    ``notes`` are sentences for the person who asked.
    """

    found: Iterable[Like]
    lacking: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to ask who else.

    ``search`` gets the query, the corpus and the numbers of documents to leave out (the query itself, the
    background). ``threshold`` is the similarity from which a document is listed unless the user says
    otherwise; the docs say how it was calibrated. ``explain`` says in words what each document that is shown
    shares, where ``search`` has not. ``weak`` warns, in a sentence, where an answer is a hint
    and no more.
    """

    search: Callable[[Exhibit, Corpus, frozenset[int]], Likes]
    threshold: float
    weak: str | None = None
    explain: Callable[[Exhibit, Corpus, Sequence[int]], dict[int, tuple[str, ...]]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """One application of a document like the query. ``coverage`` is the share of the query's words it has."""

    id: str
    path: str
    applicant: str | None
    applied_at: str | None
    job: str | None
    role: str
    relation: str
    similarity: float
    coverage: float
    shared: tuple[str, ...] = ()
    lineage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who else: everything at or above ``threshold``, best first, cut after ``total`` was counted.

    ``searched`` documents were compared, ``lacking`` more could not be; ``alike`` of them by ``people``
    unrelated applicants are as like as that (the query's own left out), among ``others``. ``public`` is the
    name of a public template that the query is known to use.
    """

    query: str
    by: str
    threshold: float
    searched: int
    total: int
    alike: int
    people: int
    others: int
    documents: tuple[Other, ...]
    lacking: int = 0
    public: str | None = None
    notes: tuple[str, ...] = ()
