"""Looks of plain text: headings, bullets, dates, the order of sections, hard-wrapped lines."""

from __future__ import annotations

import calendar
import random
from dataclasses import dataclass

from .people import Person
from .seeds import dice, zipf

TEMPLATES = 400
_MONTHS = list(calendar.month_name)[1:]

_NAMES = {
    "summary": ["Summary", "Profile", "Professional Summary", "About Me", "Career Objective", "Objective"],
    "experience": [
        "Experience",
        "Work Experience",
        "Professional Experience",
        "Employment History",
        "Work History",
    ],
    "education": ["Education", "Academic Background", "Education and Training", "Academic Qualifications"],
    "skills": ["Skills", "Technical Skills", "Core Competencies", "Key Skills", "Tools", "Technologies"],
    "certs": ["Certifications", "Certificates", "Licenses and Certifications"],
    "projects": ["Projects", "Academic Projects", "Selected Projects"],
    "extras": ["Additional Information", "Strengths", "Personal Skills", "Other", "Soft Skills"],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A look. ``glyph`` is ``None`` where duties are running text; ``wrap`` is 0 for long lines."""

    names: tuple[tuple[str, str], ...]
    heading: str
    glyph: str | None
    indent: int
    wrap: int
    dates: str
    dash: str
    job: str
    contact: str
    order: tuple[str, ...]
    title: str
    gap: int
    skills: str


def template(number: int) -> Style:
    """The ``number``-th public template."""
    return _style(dice("template", number))


def style(rng: random.Random) -> Style:
    """The look of one person: a public template, popular ones more often, or something of one's own."""
    return template(zipf(rng, TEMPLATES, 0.9)) if rng.random() < 0.7 else _style(rng)


def _style(rng: random.Random) -> Style:
    order = ["summary", "experience", "education", "skills", "certs", "projects", "extras"]
    if rng.random() < 0.35:
        order.remove("skills")
        order.insert(1, "skills")
    if rng.random() < 0.25:
        order.remove("education")
        order.insert(1, "education")
    return Style(
        names=tuple((key, rng.choice(names)) for key, names in _NAMES.items()),
        heading=rng.choice(["{u}", "{u}", "{t}", "{t}:", "{t}\n{line}", "== {t} ==", "{u}\n{dots}", "# {t}"]),
        glyph=rng.choice(["•", "•", "•", "-", "-", "*", "–", "▪", "o", "➢", None, None]),
        indent=rng.choice([0, 0, 1, 2, 4]),
        wrap=rng.choice([0, 0, 0, 0, 0, 72, 78, 90]),
        dates=rng.choice(["Mon Y", "Mon Y", "Month Y", "mm/Y", "Y-mm", "Mon 'y", "mm.Y"]),
        dash=rng.choice([" - ", " – ", "–", " to ", "-", " — "]),
        job=rng.choice(
            [
                "{title}\n{employer}, {place}\n{dates}",
                "{title} | {employer} | {dates}",
                "{employer}, {place}\n{title}, {dates}",
                "{dates}  {title}\n{employer} ({place})",
                "{employer} - {title}\n{dates}\t{place}",
                "{title} at {employer}, {dates}",
                "{employer}\t{dates}\n{title}",
                "Company: {employer}\nRole: {title}\nDuration: {dates}",
            ]
        ),
        contact=rng.choice(["lines", "bar", "labels", "short"]),
        order=tuple(order),
        title=rng.choice(
            ["{name}", "{name}", "{NAME}", "CURRICULUM VITAE\n\n{name}", "Resume of {name}", "# {name}"]
        ),
        gap=rng.choice([0, 1, 1, 1]),
        skills=rng.choice([", ", ", ", " | ", " • ", "; ", "\n"]),
    )


def heading(look: Style, section: str) -> str:
    """The heading of a section, possibly of two lines."""
    name = dict(look.names)[section]
    line = ("-" if look.indent % 2 else "=") * len(name)
    return look.heading.format(t=name, u=name.upper(), line=line, dots="-" * 40)


def month(look: Style, value: int | None) -> str:
    """A month (year * 12 + month - 1) as this look writes it."""
    if value is None:
        return "Present" if look.indent != 1 else "present"
    year, index = divmod(value, 12)
    return {
        "Mon Y": f"{_MONTHS[index][:3]} {year}",
        "Month Y": f"{_MONTHS[index]} {year}",
        "mm/Y": f"{index + 1:02d}/{year}",
        "Y-mm": f"{year}-{index + 1:02d}",
        "Mon 'y": f"{_MONTHS[index][:3]} '{year % 100:02d}",
        "mm.Y": f"{index + 1:02d}.{year}",
    }[look.dates]


def phone(number: str, person_style: int) -> str:
    """Ten digits as people write them."""
    a, b, c = number[:3], number[3:6], number[6:]
    return [
        f"({a}) {b}-{c}",
        f"{a}-{b}-{c}",
        f"+1 {a} {b} {c}",
        f"{a}.{b}.{c}",
        f"+1-{a}-{b}-{c}",
        f"1-{a}-{b}-{c}",
    ][person_style % 6]


def contact(look: Style, who: Person) -> list[str]:
    """The lines under the name."""
    said = phone(who.phone, len(who.given) + len(who.street)) if who.phone else None
    place = f"{who.city}, {who.state} {who.zip}"
    if look.contact == "short":
        return [
            part
            for part in (" | ".join(p for p in (who.email, said) if p), f"{who.city}, {who.state}")
            if part
        ]
    if look.contact == "bar":
        return [" | ".join(p for p in (who.street, place, said, who.email, who.handle) if p)]
    if look.contact == "labels":
        rows = [
            ("Address", f"{who.street}, {place}"),
            ("Phone", said),
            ("E-mail", who.email),
            ("Web", who.handle),
        ]
        return [f"{label}: {value}" for label, value in rows if value]
    return [p for p in (who.street, place, said, who.email, who.handle) if p]


def wrapped(text: str, width: int, indent: str, used: int) -> str:
    """``text`` with line breaks, the first line having ``used`` columns taken; width 0 leaves it alone."""
    if not width:
        return text
    lines, column = [""], used
    for word in text.split(" "):
        if lines[-1] and column + 1 + len(word) > width:
            lines.append(word)
            column = len(indent) + len(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
            column += len(word) + 1
    return f"\n{indent}".join(lines)
