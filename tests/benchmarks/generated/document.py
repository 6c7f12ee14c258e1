"""The nouns: résumés and letters as units of text that remember where they come from."""

from __future__ import annotations

from dataclasses import dataclass, field

from .careers import Job, Study
from .layout import Style
from .people import Person
from .trades import Trade


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A bullet or sentence. ``origin`` is ``(file, number of the unit there)`` when it was taken.

    ``how`` says by which operator; ``shared`` names an honest common source (``stock``, ``builder``,
    ``posting``, ``about``, ``project``).
    """

    text: str
    origin: tuple[tuple[str, int], ...] = ()
    how: str = ""
    shared: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One job as written down; ``about`` is the company's sentence about itself, where quoted."""

    job: Job
    about: Unit | None
    bullets: tuple[Unit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """A résumé before it has a look. ``letterhead`` and ``footer`` are lines of an agency or template."""

    person: Person
    trade: Trade
    style: Style
    title: str
    summary: tuple[Unit, ...]
    blocks: tuple[Block, ...]
    studies: tuple[Study, ...]
    skills: tuple[str, ...]
    extras: tuple[Unit, ...]
    certs: tuple[str, ...] = ()
    projects: tuple[Unit, ...] = ()
    letterhead: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A cover letter to ``company`` for the post ``title``."""

    person: Person
    trade: Trade
    style: Style
    title: str
    company: str
    city: str
    date: str
    paragraphs: tuple[tuple[Unit, ...], ...]
    letterhead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A document as handed in. ``groups`` are the honest circles it belongs to (``agency:3``)."""

    file: str
    applied_at: str
    job: str
    source: str
    document: Resume | Letter
    groups: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """``resume`` or ``cover_letter``."""
        return "resume" if isinstance(self.document, Resume) else "cover_letter"


def units(document: Resume | Letter) -> list[Unit]:
    """The sentences and bullets that make the body, in the order of their numbers."""
    if isinstance(document, Letter):
        return [unit for paragraph in document.paragraphs for unit in paragraph]
    found = list(document.summary)
    for block in document.blocks:
        found += ([block.about] if block.about else []) + list(block.bullets)
    return found + list(document.projects) + list(document.extras)


@dataclass(slots=True)
class Page:
    """Text being written, and where its units came to stand: ``(start, end, unit)``."""

    text: str = ""
    spans: list[tuple[int, int, Unit]] = field(default_factory=list)

    def line(self, text: str = "") -> None:
        """A line of its own."""
        self.text += f"{text}\n"

    def unit(self, unit: Unit, text: str) -> None:
        """A piece of running text that is (the body of) a unit."""
        self.spans.append((len(self.text), len(self.text) + len(text), unit))
        self.text += text
