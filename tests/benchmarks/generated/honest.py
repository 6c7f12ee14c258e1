"""Honest look-alikes: people who share something with others and have copied nothing.

Every kind takes a seed, the number of the new person and the size of the archive, and returns the
application, the archive files it resembles, and why it is innocent.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from .applicants import AGENCIES, POSTINGS, agency, application, own_part, posting, project, resume
from .careers import NOW, Job
from .copies import rich, victims
from .document import Application, Block, Letter, Resume, Unit
from .layout import style
from .people import Person, person
from .seeds import dice, some
from .stock import STOCK
from .trades import Trade, trades
from .wording import Speech, voice

Made = tuple[Application, list[str]]


def _fresh(
    seed: int, number: int, who: Person | None = None, trade: Trade | None = None, tasked: float | None = None
) -> Resume:
    """A new résumé; one whose own honest circles are few, so that the kind tested stands alone."""
    who = who or person(seed, number)
    for attempt in range(30):
        rng = dice(seed, "honest", number, attempt)
        document, groups = resume(seed, rng, who, trade or rng.choice(trades()), NOW, tasked=tasked)
        if not [group for group in groups if not group.startswith("builder")]:
            return document
    raise LookupError("thirty résumés in a row belong to circles")


def _filed(number: int, document: Resume | Letter, groups: tuple[str, ...] = ()) -> Application:
    day = dice("filed", number).randint(1, 28)
    return Application(
        file=f"query-{number:07d}.txt",
        applied_at=f"2026-11-{day:02d}",
        job=document.title,
        source="website",
        document=document,
        groups=groups,
    )


def _partner(seed: int, number: int, archive: int, fits: Callable[[Application], bool]) -> Application:
    return next(victims(dice(seed, "partner", number), seed, archive, fits))


def _group(found: Application, kind: str) -> str | None:
    return next((group for group in found.groups if group.startswith(f"{kind}:")), None)


def unrelated(seed: int, number: int, archive: int) -> Made:
    """Somebody else altogether."""
    return _filed(number, _fresh(seed, number)), []


def unrelated_letter(seed: int, number: int, archive: int) -> Made:
    """A letter of somebody else, with the openings and closings that everybody uses."""
    return _filed(number, application(seed, number, kind="cover_letter").document), []


def same_template(seed: int, number: int, archive: int) -> Made:
    """The same look as another's, to the heading; half of the time the same trade too."""
    rng = dice(seed, "template", number)
    other = _partner(seed, number, archive, rich)
    document = _fresh(seed, number, trade=other.document.trade if rng.random() < 0.5 else None)
    return _filed(number, replace(document, style=other.document.style)), [other.file]


def same_agency(seed: int, number: int, archive: int) -> Made:
    """Sent by the agency that sent others: letterhead with phone and e-mail, one boilerplate sentence."""
    other = _partner(seed, number, archive, lambda found: _group(found, "agency") is not None)
    chosen = int(str(_group(other, "agency")).split(":")[1])
    assert chosen < AGENCIES
    head, sentence = agency(seed, chosen)
    document = _fresh(seed, number)
    document = replace(document, letterhead=head, extras=(*document.extras, sentence))
    return _filed(number, document, (f"agency:{chosen}",)), [other.file]


def _household(seed: int, number: int, archive: int, *, landline: bool) -> Made:
    other = _partner(
        seed,
        number,
        archive,
        lambda found: rich(found) and not found.groups and found.document.person.phone is not None,
    )
    home = other.document.person
    who = person(seed, number, family=home.family)
    if who.given == home.given:
        who = person(seed, number, family=home.family, given="Robin")
    who = replace(who, street=home.street, city=home.city, state=home.state, zip=home.zip)
    if landline:
        who = replace(who, phone=home.phone)
    return _filed(number, _fresh(seed, number, who=who)), [other.file]


def household(seed: int, number: int, archive: int) -> Made:
    """Same surname, same street, nothing else."""
    return _household(seed, number, archive, landline=False)


def household_landline(seed: int, number: int, archive: int) -> Made:
    """Same surname, same street, one telephone."""
    return _household(seed, number, archive, landline=True)


def stock_phrases(seed: int, number: int, archive: int) -> Made:
    """Nearly everything that everybody says about themselves."""
    rng = dice(seed, "stock lover", number)
    document = _fresh(seed, number)
    lines = tuple(Unit(text=line, shared="stock") for line in some(rng, list(STOCK), 8, 13))
    return _filed(number, replace(document, extras=lines)), []


def shared_posting(seed: int, number: int, archive: int) -> Made:
    """Phrases pasted from a job posting that others pasted from too."""
    rng = dice(seed, "paster", number)
    other = _partner(seed, number, archive, lambda found: _group(found, "posting") is not None)
    _, name, chosen = str(_group(other, "posting")).split(":")
    assert int(chosen) < POSTINGS
    trade = next(trade for trade in trades() if trade.name == name)
    phrases = posting(seed, int(chosen), trade)[1]
    document = _fresh(seed, number, trade=trade)
    pasted = tuple(Unit(text=phrase, shared="posting") for phrase in some(rng, phrases, 3, 5))
    document = replace(document, extras=(*document.extras, *pasted))
    return _filed(number, document, (f"posting:{name}:{chosen}",)), [other.file]


def same_person(seed: int, number: int, archive: int) -> Made:
    """An applicant of the archive again, with a newer résumé: a job more, some bullets changed."""
    rng = dice(seed, "again", number)
    other = _partner(seed, number, archive, rich)
    document = other.document
    assert isinstance(document, Resume)
    who = document.person
    if rng.random() < 0.3:
        who = replace(who, email=f"{who.given}.{who.family}.{number}@mail.example.org".lower())
    if not who.middle and rng.random() < 0.3:
        who = replace(who, middle=rng.choice("ABCDEHJKLMR") + ".")
    news = _fresh(seed, number, who=who, trade=document.trade).blocks[0]
    old = list(document.blocks)
    year, month = map(int, other.applied_at.split("-")[:2])
    left = old[0].job.end or min(NOW - 2, year * 12 + month)
    old[0] = replace(old[0], job=replace(old[0].job, end=left), bullets=_trimmed(rng, old[0].bullets))
    newest = Block(
        job=Job(title=news.job.title, employer=news.job.employer, start=left, end=None),
        about=None,
        bullets=news.bullets[:6],
    )
    document = replace(
        document,
        person=who,
        title=newest.job.title,
        blocks=(newest, *old),
        style=style(rng) if rng.random() < 0.5 else document.style,
    )
    return _filed(number, document), [other.file]


def _trimmed(rng: random.Random, bullets: tuple[Unit, ...]) -> tuple[Unit, ...]:
    kept = [unit for unit in bullets if rng.random() < 0.8]
    return tuple(kept or bullets[:1])


def colleagues(seed: int, number: int, archive: int) -> Made:
    """Worked where another worked, and quotes the company's sentence about itself as the other does."""
    rng = dice(seed, "colleague", number)
    other = _partner(seed, number, archive, lambda found: _group(found, "about") is not None)
    assert isinstance(other.document, Resume)
    shared = rng.choice([block for block in other.document.blocks if block.about])
    document = _fresh(seed, number, trade=other.document.trade if rng.random() < 0.6 else None)
    place = shared.job.employer
    blocks = list(document.blocks)
    target = rng.randrange(len(blocks))
    job = replace(blocks[target].job, employer=place)
    speech = Speech(rng, voice(rng), document.trade, place, (job.start // 12, (job.end or NOW) // 12))
    bullets = tuple(Unit(text=speech.bullet()) for _ in blocks[target].bullets)
    blocks[target] = Block(job=job, about=Unit(text=place.about, shared="about"), bullets=bullets)
    return _filed(number, replace(document, blocks=tuple(blocks)), (f"about:{place.name}",)), [other.file]


def common_name(seed: int, number: int, archive: int) -> Made:
    """The name of an applicant of the archive, and nothing else of theirs."""
    other = _partner(seed, number, archive, rich)
    home = other.document.person
    who = person(seed, number, given=home.given, family=home.family)
    return _filed(number, _fresh(seed, number, who=who)), [other.file]


def same_project(seed: int, number: int, archive: int) -> Made:
    """The student project of another, described in the group's one sentence; one's own part in own words."""
    rng = dice(seed, "member", number)
    other = _partner(seed, number, archive, lambda found: _group(found, "project") is not None)
    chosen = int(str(_group(other, "project")).split(":")[1])
    place, sentence = project(chosen)
    document = _fresh(seed, number, trade=other.document.trade)
    studies = (*document.studies[:-1], replace(document.studies[-1], school=place))
    mine = own_part(rng, voice(rng), document.trade)
    document = replace(document, studies=studies, projects=(sentence, mine))
    return _filed(number, document, (f"project:{chosen}",)), [other.file]


def task_statements(seed: int, number: int, archive: int) -> Made:
    """Mostly reworded public task statements, as some in the archive; needs ``FORENSICS_ONET``."""
    return _filed(number, _fresh(seed, number, tasked=0.85)), []


KINDS: dict[str, Callable[[int, int, int], Made]] = {
    "unrelated": unrelated,
    "unrelated-letter": unrelated_letter,
    "same-template": same_template,
    "same-agency": same_agency,
    "household": household,
    "household-landline": household_landline,
    "stock-phrases": stock_phrases,
    "shared-posting": shared_posting,
    "same-person": same_person,
    "colleagues": colleagues,
    "common-name": common_name,
    "same-project": same_project,
    "task-statements": task_statements,
}
