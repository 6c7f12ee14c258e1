"""The nouns of finding. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from forensics.documents.document import Box
from forensics.features.features import Exhibit

Span = tuple[int, int]
"""``[start, end)`` in code points of a document's text, or in tokens where a docstring says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """A span of one document and the span of another that says the same.

    ``kind`` is ``verbatim`` (tokens equal but for case, space and punctuation), ``swapped`` (equal after
    masking slots) or ``reworded``. ``similarity`` is 0 to 1. ``background`` passages stand in a public
    source as well and count for nothing. ``documents_with`` says how many unrelated applicants of the
    corpus have it; ``None`` without a corpus. ``words`` counts the words on side a.
    """

    kind: str
    similarity: float
    a: Span
    b: Span
    words: int
    background: bool = False
    documents_with: int | None = None
    rare_words: int = 0
    voted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A slot that differs where the words around it agree: employer A became employer B."""

    label: str
    a: str
    b: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Everything two documents share. Passages are ordered by ``a`` and do not overlap there.

    ``coverage_a`` and ``coverage_b`` are the shares of each document's words inside aligned passages
    that are no background; ``date_shift_months`` is the constant by which the dates of a became those
    of b, ``None`` when there is none. ``votes`` counts the sentences and bullets that are
    each other's best match, where those are more than chance explains; else 0. ``agreed`` says that
    by this corpus so many votes are no chance, and ``figures`` are those that stay in them, if any do.
    """

    passages: tuple[Aligned, ...]
    coverage_a: float
    coverage_b: float
    swapped: tuple[Swap, ...] = ()
    date_shift_months: int | None = None
    votes: int = 0
    agreed: bool = False
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A quote and where it stands: a span with page and box, or a path inside the file (``where``)."""

    document: str
    text: str
    start: int | None = None
    end: int | None = None
    page: int | None = None
    bbox: Box | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRate:
    """How rare: so many unrelated applicants of so many have it, the query's own left out.

    ``checked`` says that ``of`` counts only those that a check has looked at.
    """

    documents: int
    of: int
    checked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One thing the product looks for, as SIGNALS.md has it; ``weight`` before rarity."""

    id: str
    family: str
    weight: str
    what: str
    innocent: tuple[str, ...]
    verify: tuple[str, ...]
    across: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found, why it may matter and why it may not. ``weight`` is the one after rarity.

    ``thing`` is the one thing that both documents have, in the form in which it is compared (a telephone number, a
    picture's hash, the name of a template), so that all who have it can be counted; empty where there is no such thing.
    """

    signal: str
    family: str
    weight: str
    documents: tuple[str, ...]
    summary: str
    evidence: tuple[Evidence, ...]
    base_rate: BaseRate | None
    innocent: tuple[str, ...]
    verify: tuple[str, ...]
    thing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRun:
    """A signal nobody could look for in this document, and why."""

    signal: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who somebody says they are: the manifest's name, the name read from the document, the e-mails."""

    told: str | None
    read: str | None
    emails: tuple[str, ...] = ()

    @property
    def name(self) -> str | None:
        """The name to show."""
        return self.told or self.read


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An application whose document shares something with the query's.

    ``relation`` is ``same``, ``different`` or ``unknown``; ``identical`` says that the bytes are equal.
    """

    exhibit: Exhibit
    path: str
    claim: Claim
    applied_at: str | None
    job: str | None
    role: str
    relation: str
    identical: bool
    alignment: Alignment
