"""The nouns of measuring. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from forensics.documents.document import Document

LABELS = (
    "PERSON", "EMAIL", "PHONE", "URL", "LOCATION", "EMPLOYER", "TITLE", "DATE",
    "DEGREE", "SCHOOL", "SKILL", "CERTIFICATION",
)  # fmt: skip
"""What an entity can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A span ``[start, end)`` of the text that names something.

    ``value`` is the normalised form (E.164 for a phone, lower case for an e-mail, ``github.com/x`` for a
    handle, ``2019-03`` or ``2019-03/2021`` for dates); ``rule`` says which rule read it. ``own`` is true
    for a contact that the applicant claims as theirs, false for a referee's, a recruiter's or the
    addressee's of a letter. ``confidence`` is from 0 to 1, as the rule deserves; ``alternatives`` are other
    values that the rules weighed for the same words or the same place, best first.
    """

    label: str
    start: int
    end: int
    text: str
    value: str
    rule: str
    own: bool = False
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who the document says it is about. Phones are E.164, e-mails lower case, handles ``site/user``."""

    name: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One post in the work history, as its heading tells it; several posts at one employer are several jobs.

    ``start`` and ``end`` are ``YYYY`` or ``YYYY-MM``, as precise as written; ``end`` of an ongoing job is
    ``present``; both are ``None`` where no date stands. ``heading`` is the span ``[start, end)`` of the lines
    that name the job, ``dates`` that of its dates (``None`` without), ``passages`` the indices into
    ``Document.passages`` of heading, tasks and the projects under it.
    """

    employer: str | None
    title: str | None
    location: str | None
    start: str | None
    end: str | None
    heading: tuple[int, int]
    dates: tuple[int, int] | None = None
    passages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    """A course of study: what was studied where and when; dates and ``heading`` as in :class:`Job`."""

    school: str | None
    degree: str | None
    field: str | None
    start: str | None
    end: str | None
    heading: tuple[int, int]
    location: str | None = None
    dates: tuple[int, int] | None = None
    passages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Referee:
    """Somebody whom the document names to speak for the applicant; ``phone`` is E.164 where it can be.

    ``entry`` is the span ``[start, end)`` of the lines that tell of them.
    """

    name: str | None
    email: str | None
    phone: str | None
    employer: str | None
    entry: tuple[int, int]
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The words of a document as parallel columns, in text order.

    ``words`` are normalised (NFKC, case folded); ``masks`` are the same but for slots, which hold their
    label in angle brackets (``<EMPLOYER>``, ``<DATE>``, ``<NUMBER>``, ``<NAME>`` for a capitalised word in
    running text); ``starts`` and ``ends`` are offsets into the text; ``units`` number the sentence or
    bullet that a word stands in, from 0, and ``passages`` the passage.
    """

    words: tuple[str, ...]
    masks: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    units: tuple[int, ...]
    passages: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prints:
    """Fingerprints of the masked tokens, each a set of non-negative integers below 2^47, sorted.

    ``trigrams``: every 3-gram inside a unit with at least two words that are no slots.
    ``winnowed``: winnowed 5-grams (Schleimer, Wilkerson, Aiken: Winnowing, SIGMOD 2003).
    ``exact``: one hash for each unit of at least six words.
    """

    trigrams: tuple[int, ...]
    winnowed: tuple[int, ...]
    exact: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What was measured in a document; jobs, studies and referees in the order of the text."""

    applicant: Applicant
    entities: tuple[Entity, ...]
    tokens: Tokens
    work: tuple[Job, ...] = ()
    education: tuple[Education, ...] = ()
    referees: tuple[Referee, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A document together with what was measured in it."""

    document: Document
    features: Features
