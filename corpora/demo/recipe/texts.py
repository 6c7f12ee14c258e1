"""The people's texts: TOML files with slots, read into :class:`Resume` and :class:`Letter`.

A text may hold slots in braces, which a document fills (the ring and the copied letters), and its dates may
be moved by a number of months. Standard library only: the tests read the texts without any writer.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One employment; ``dates`` is already written in the document's date style."""

    title: str
    employer: str
    place: str
    dates: str
    about: str
    bullets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A recruiter's letterhead, which stands in place of the applicant's contacts."""

    name: str
    phone: str
    email: str
    address: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """What a résumé says, before it has a layout."""

    name: str
    title: str
    contacts: tuple[str, ...]
    paragraphs: tuple[str, ...]
    strengths: tuple[str, ...]
    closing: str
    skills: tuple[tuple[str, str], ...]
    jobs: tuple[Job, ...]
    education: tuple[tuple[str, str, str, str], ...]
    certifications: tuple[str, ...]
    projects: tuple[str, ...]
    more: tuple[str, tuple[str, ...]]
    agency: Agency | None

    def strings(self) -> tuple[str, ...]:
        """Every string that any layout must print."""
        found = [self.name, self.title, *self.contacts, *self.paragraphs, *self.strengths, self.closing]
        found += [part for pair in self.skills for part in pair]
        for job in self.jobs:
            found += [job.title, job.employer, job.place, job.dates, job.about, *job.bullets]
        found += [part for row in self.education for part in row]
        found += [*self.certifications, *self.projects, self.more[0], *self.more[1]]
        if self.agency:
            found += [self.agency.name, self.agency.phone, self.agency.email, self.agency.note]
        return tuple(text for text in found if text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A cover letter."""

    name: str
    contacts: tuple[str, ...]
    date: str
    to: tuple[str, ...]
    subject: str
    greeting: str
    paragraphs: tuple[str, ...]

    def strings(self) -> tuple[str, ...]:
        """Every string that any layout must print."""
        return (self.name, *self.contacts, self.date, *self.to, self.subject, self.greeting, *self.paragraphs)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def plan() -> dict[str, Any]:
    """``documents.toml``: the documents, and what each pair of them is."""
    return _toml("documents.toml")


def stock() -> dict[str, str]:
    """The stock phrases that many honest applicants share, by key."""
    return _toml("stock.toml")


def content(document: dict[str, Any]) -> Resume | Letter:
    """What a document of the plan says. Raises :class:`KeyError` for a slot without a filling."""
    kind = "letters" if document["kind"] == "cover_letter" else "people"
    raw = _filled(_toml(f"{kind}/{document['text']}.toml"), document.get("slots", {}))
    return _letter(raw) if kind == "letters" else _resume(raw, document)


def _filled(value: Any, slots: dict[str, str]) -> Any:
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda slot: slots[slot[1]], value)
    if isinstance(value, list):
        return [_filled(part, slots) for part in value]
    if isinstance(value, dict):
        return {key: _filled(part, slots) for key, part in value.items()}
    return value


def _letter(raw: dict[str, Any]) -> Letter:
    phrases = tuple(stock()[key] for key in raw.get("stock", ()))
    return Letter(
        name=raw["name"],
        contacts=(raw["city"], raw["phone"], raw["email"]),
        date=raw["date"],
        to=tuple(raw["to"]),
        subject=raw["subject"],
        greeting=raw["greeting"],
        paragraphs=(*raw["paragraphs"], *phrases),
    )


def _resume(raw: dict[str, Any], document: dict[str, Any]) -> Resume:
    phrases = [stock()[key] for key in raw.get("stock", ()) if key != "references"]
    agency = Agency(**plan()["agency"]) if document.get("agency") else None
    contacts = (raw.get("street", ""), raw["city"], raw["phone"], raw["email"], raw.get("web", ""))
    style, shift = document.get("dates", "short"), document.get("shift", 0)
    jobs = tuple(
        Job(
            title=job["title"],
            employer=job["employer"],
            place=job["place"],
            dates=span(job["start"], job["end"], style, shift),
            about=job.get("about", ""),
            bullets=tuple(job.get("bullets") or _borrowed(*job["bullets_from"])),
        )
        for job in raw["jobs"]
    )
    return Resume(
        name=raw["name"],
        title=raw["title"],
        contacts=tuple(text for text in contacts if text),
        paragraphs=tuple(text for text in (raw["summary"], raw.get("aim", "")) if text),
        strengths=tuple(phrases),
        closing=stock()["references"] if "references" in raw.get("stock", ()) else "",
        skills=tuple((group, items) for group, items in raw["skills"]),
        jobs=jobs,
        education=tuple(
            (row["degree"], row["school"], row["place"], str(int(row["year"]) + _whole_years(shift)))
            for row in raw["education"]
        ),
        certifications=tuple(raw.get("certifications", ())),
        projects=tuple(raw.get("projects", ())),
        more=(raw["more"]["heading"], tuple(raw["more"]["items"])),
        agency=agency,
    )


def _borrowed(person: str, job: int) -> list[str]:
    """The bullets of another person's job."""
    bullets: list[str] = _toml(f"people/{person}.toml")["jobs"][job]["bullets"]
    return bullets


def _whole_years(months: int) -> int:
    return months // 12 if months >= 0 else -(-months // 12)


def span(start: str, end: str, style: str, shift: int = 0) -> str:
    """Two months ``YYYY-MM`` (or ``present``) as the applicant writes them, moved by ``shift`` months."""
    dash = {"long": " – ", "short": " – ", "number": " - ", "iso": " — ", "word": " to "}[style]
    return dash.join(_month(text, style, shift) for text in (start, end))


def _month(text: str, style: str, shift: int) -> str:
    if text == "present":
        return "present" if style in {"number", "word"} else "Present"
    year, month = (int(part) for part in text.split("-"))
    year, month = divmod(year * 12 + month - 1 + shift, 12)
    if style == "number":
        return f"{month + 1:02}/{year}"
    if style == "iso":
        return f"{year}-{month + 1:02}"
    name = MONTHS[month]
    return f"{name if style in {'long', 'word'} else name[:3]} {year}"
