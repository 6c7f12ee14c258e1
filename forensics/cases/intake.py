"""What became of the files that were given: the noun of ``ingest``."""

from __future__ import annotations

from dataclasses import dataclass

from forensics.documents.document import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of one file: ``added``, ``unchanged`` or ``unreadable``."""

    id: str | None
    path: str
    status: str
    problems: tuple[Problem, ...] = ()
