"""The nouns of the desk: a job, what it came to, and a view. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

QUEUED, READING, COMPARING, DONE, UNREADABLE, FAILED = STATES = (
    "queued", "reading", "comparing", "done", "unreadable", "failed",
)  # fmt: skip
"""What becomes of a job, in order; the last three are ends."""

AT_WORK = (READING, COMPARING)
MOST_ATTEMPTS = 2
"""A job whose process died so often is not tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file that is to be checked, or was.

    ``document`` is the id of its bytes, ``applicant`` the name it was handed in under, ``person`` the name
    read in it. ``keep`` asks for it to be added to the corpus, ``kept`` is when that was done. ``stored``
    jobs are about a document of the corpus, others about an upload. ``opens`` says whether a case was opened,
    ``None`` until the job is done; ``message`` why it was not. Times are ISO 8601, UTC.
    """

    id: str
    batch: str
    name: str
    document: str
    applicant: str | None
    person: str | None
    keep: bool
    kept: str | None
    stored: bool
    state: str
    attempts: int
    came: str
    changed: str
    message: str | None
    opens: bool | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will be done with it."""
        return self.state in (DONE, UNREADABLE, FAILED)

    @property
    def adding(self) -> bool:
        """Whether it waits to be added to the corpus."""
        return self.state == DONE and self.keep and self.kept is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a job came to: the JSON of ``check``, the body of its report as HTML, and whom it mentions.

    ``mentions`` are the (document id, applicant) pairs of other people that are quoted.
    """

    answer: dict[str, Any]
    page: str
    mentions: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Somebody looked at a document: one row of the audit. ``document`` is ``None`` once that is erased."""

    at: str
    who: str
    what: str
    document: str | None
