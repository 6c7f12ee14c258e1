"""Documents as plain text, with the span of every unit."""

from __future__ import annotations

from .document import Letter, Page, Resume, Unit
from .layout import Style, contact, heading, month, wrapped


def render(document: Resume | Letter) -> tuple[str, list[tuple[int, int, Unit]]]:
    """The text of the file and ``(start, end, unit)`` for its units, offsets in code points."""
    page = Page()
    for line in document.letterhead:
        page.line(line)
    if document.letterhead:
        page.line()
    if isinstance(document, Letter):
        _letter(page, document)
    else:
        _resume(page, document)
    return page.text, page.spans


def _resume(page: Page, document: Resume) -> None:
    look, who = document.style, document.person
    name = " ".join(part for part in (who.given, who.middle, who.family) if part)
    page.line(look.title.format(name=name, NAME=name.upper()))
    if document.title and look.gap:
        page.line(document.title)
    for line in contact(look, who):
        page.line(line)
    for section in look.order:
        _SECTIONS[section](page, document)
    if document.footer:
        page.line()
        for line in document.footer:
            page.line(line)


def _head(page: Page, document: Resume, section: str) -> None:
    page.line()
    page.line(heading(document.style, section))
    if document.style.gap:
        page.line()


def _running(page: Page, units: tuple[Unit, ...], look: Style) -> None:
    """Units as sentences of one paragraph."""
    used = 0
    for number, unit in enumerate(units):
        text = unit.text if unit.text.endswith((".", "!", "?")) else f"{unit.text}."
        if number:
            page.text += " "
        used = len(page.text) - (page.text.rfind("\n") + 1)
        page.unit(unit, wrapped(text, look.wrap, "", used))
    if units:
        page.line()


def _bulleted(page: Page, units: tuple[Unit, ...], look: Style) -> None:
    if look.glyph is None:
        _running(page, units, look)
        return
    lead = f"{' ' * look.indent}{look.glyph} "
    for unit in units:
        page.text += lead
        page.unit(unit, wrapped(unit.text, look.wrap, " " * len(lead), len(lead)))
        page.line()


def _summary(page: Page, document: Resume) -> None:
    if document.summary:
        _head(page, document, "summary")
        _running(page, document.summary, document.style)


def _experience(page: Page, document: Resume) -> None:
    look = document.style
    _head(page, document, "experience")
    for number, block in enumerate(document.blocks):
        if number:
            page.line()
        job = block.job
        dates = f"{month(look, job.start)}{look.dash}{month(look, job.end)}"
        place = f"{job.employer.city}, {job.employer.state}"
        page.line(look.job.format(title=job.title, employer=job.employer.name, place=place, dates=dates))
        if block.about:
            _running(page, (block.about,), look)
        _bulleted(page, block.bullets, look)


def _education(page: Page, document: Resume) -> None:
    _head(page, document, "education")
    for study in document.studies:
        field = f" in {study.field}" if study.field else ""
        page.line(f"{study.degree}{field}, {study.school}, {study.start}{document.style.dash}{study.end}")


def _skills(page: Page, document: Resume) -> None:
    if document.skills:
        _head(page, document, "skills")
        look = document.style
        text = look.skills.join(document.skills)
        page.line(text if look.skills == "\n" else wrapped(text, look.wrap, "", 0))


def _certs(page: Page, document: Resume) -> None:
    if document.certs:
        _head(page, document, "certs")
        for cert in document.certs:
            page.line(f"{document.style.glyph or ''} {cert}".strip())


def _projects(page: Page, document: Resume) -> None:
    if document.projects:
        _head(page, document, "projects")
        _bulleted(page, document.projects, document.style)


def _extras(page: Page, document: Resume) -> None:
    if document.extras:
        _head(page, document, "extras")
        _bulleted(page, document.extras, document.style)


_SECTIONS = {
    "summary": _summary,
    "experience": _experience,
    "education": _education,
    "skills": _skills,
    "certs": _certs,
    "projects": _projects,
    "extras": _extras,
}


def _letter(page: Page, document: Letter) -> None:
    who = document.person
    page.line(who.name)
    for line in contact(document.style, who):
        page.line(line)
    page.line()
    page.line(document.date)
    page.line()
    for line in (document.company, document.city):
        page.line(line)
    page.line()
    page.line("Dear Hiring Manager," if document.style.gap else "Dear Sir or Madam,")
    for paragraph in document.paragraphs:
        page.line()
        _running(page, paragraph, document.style)
    page.line()
    page.line("Sincerely," if document.style.indent else "Kind regards,")
    page.line(who.name)
