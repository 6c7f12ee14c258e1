"""The verification checklist of a case: what a person does next, chosen by what was found.

One list for all, in the order of effort, so that the same finding leads to the same checks for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forensics.findings.finding import Finding

if TYPE_CHECKING:
    from rich.console import RenderableType

_COPIED = (
    "copied-content",
    "copied-passages",
    "copied-history",
    "copied-letter",
    "shared-error",
    "shared-style",
    "successor",
)
_CONTACT = ("shared-phone", "shared-email", "shared-handle", "email-name", "phone-invalid")
_TIMES = (
    "timeline-overlap",
    "experience-arithmetic",
    "employer-dates",
    "version-drift",
    "technology-anachronism",
)
_FILES = (
    "shared-template",
    "shared-lineage",
    "shared-image",
    "author-is-other-applicant",
    "metadata-conflict",
)

_TASKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Look at both documents side by side, and at the innocent explanations, before you speak to anybody.",
        (
            *_COPIED,
            *_FILES,
            *_CONTACT[:3],
            "shared-address",
            "shared-referee",
            "version-drift",
            "application-conflict",
        ),
    ),
    (
        "Look at the places where text is hidden or speaks to a program, and judge the application by what it shows.",
        ("hidden-text", "prompt-injection", "keyword-stuffing"),
    ),
    ("Ask for the document in the format it was written in.", ("hidden-text", "prompt-injection", *_FILES)),
    (
        "Ask the applicant to go through the dates with you, without saying which of them you doubt.",
        (*_TIMES, "education-dates", "profile-conflict", "application-conflict"),
    ),
    (
        "Call the employers by their own published numbers, and confirm who worked there and when.",
        (*_COPIED, *_TIMES, "profile-conflict", "institution-listed"),
    ),
    (
        "Ask the registrar, by the school's own published number, to confirm the degree and its dates.",
        ("education-dates", "version-drift", "institution-listed"),
    ),
    (
        "Write to the address and call the number given, and ask for a second way to reach the applicant.",
        (*_CONTACT, "application-conflict"),
    ),
    (
        "Call each referee back through the switchboard of their employer, and ask about each applicant by name.",
        ("shared-referee", "copied-history", "copied-content"),
    ),
    (
        "Look at the profiles named: whose they are, since when they exist, and what was done with them.",
        ("shared-handle", "profile-conflict", "email-name"),
    ),
    (
        "Hold the interview on camera: ask about the work as somebody who did it would tell it, and about the place.",
        (
            *_COPIED,
            *_FILES[:4],
            *_TIMES,
            "place-conflict",
            "shared-address",
            "profile-conflict",
            "application-conflict",
        ),
    ),
    (
        "See an identity document beside the face, or in person, at the stage at which you see everybody's.",
        (
            *_COPIED,
            "email-name",
            "application-conflict",
            "profile-conflict",
            "author-is-other-applicant",
            "shared-image",
        ),
    ),
    (
        "Ship equipment only to the address in the document, against a signature of the person you have seen.",
        ("shared-address", "place-conflict", "shared-phone", "copied-content", "copied-history"),
    ),
    (
        "Reach the other person, who may be the one impersonated, by a channel that is theirs beyond doubt.",
        ("copied-history", "copied-content", "author-is-other-applicant", "shared-email"),
    ),
    (
        "Read the list's entry at its source today, and ask who is responsible for sanctions law before anybody acts.",
        ("institution-listed",),
    ),
)

LAST = "Make the same checks for every candidate at this stage, and write down the verdict, its reason and the evidence."


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do, and the findings it is for, by their place in the case; none for what always holds."""

    words: str
    because: tuple[int, ...]


def checklist(findings: Sequence[Finding]) -> tuple[Task, ...]:
    """The tasks for the findings of weight A and B; empty where there is none. Context (C) asks for nothing."""
    heavy = [(at, each.signal) for at, each in enumerate(findings) if each.weight in "AB"]
    tasks = [
        Task(words=words, because=because)
        for words, signals in _TASKS
        if (because := tuple(at for at, signal in heavy if signal in signals))
    ]
    return (*tasks, Task(words=LAST, because=())) if heavy else ()


def covered() -> frozenset[str]:
    """The signals for which the list knows a task."""
    return frozenset(signal for _, signals in _TASKS for signal in signals)


def as_json(tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """The list as the JSON of docs/schemas/check.schema.json: ``because`` are ids of findings."""
    return [{"task": each.words, "because": [f"f{at + 1}" for at in each.because]} for each in tasks]


def present(tasks: Sequence[Task]) -> Iterator[RenderableType]:
    """The list for a terminal, a box to tick before each task."""
    from rich.padding import Padding
    from rich.text import Text

    if not tasks:
        return
    yield Text("Checklist for verification", style="bold")
    for each in tasks:
        numbers = ", ".join(str(at + 1) for at in each.because)
        yield Padding(Text(f"[ ] {each.words}{f' (finding {numbers})' if numbers else ''}"), (0, 0, 0, 1))
    yield Text()
