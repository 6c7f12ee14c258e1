"""Thieves: applications made from other people's, by operators of many kinds.

Every operator takes a :class:`Thief` (who copies, with dice of their own) and the applications it steals
from, and returns an :class:`Application` whose units remember where they come from.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from .applicants import application, resume
from .careers import NOW, employer, school
from .document import Application, Block, Letter, Resume, Unit, units
from .layout import style
from .people import Person, person
from .reword import merge, reword, split
from .seeds import dice

_NUMBER = re.compile(r"(?<![\w.-])\d+(?![\w-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thief:
    """One copying applicant: the ``number``-th person of ``seed``; ``archive`` documents to steal from."""

    seed: int
    number: int
    archive: int

    def dice(self) -> random.Random:
        """Dice of this thief."""
        return dice(self.seed, "thief", self.number)

    def person(self, *victims: Application) -> Person:
        """A new identity that shares neither given nor family name with a victim."""
        taken = {name for v in victims for name in (v.document.person.given, v.document.person.family)}
        for attempt in range(50):
            who = person(self.seed, self.number)
            if attempt:
                other = person(self.seed, 9_000_000 + 50 * self.number + attempt)
                who = replace(who, given=other.given, family=other.family)
            if not {who.given, who.family} & taken:
                return who
        raise RuntimeError("fifty names in a row agree with the victim's")


def victims(
    rng: random.Random, seed: int, archive: int, fits: Callable[[Application], bool]
) -> Iterator[Application]:
    """Applications of the archive that ``fits``, in random order, each at most once."""
    start, step = rng.randrange(archive), _coprime(rng, archive)
    for turn in range(archive):
        found = application(seed, (start + turn * step) % archive)
        if fits(found):
            yield found
    raise LookupError("the archive holds nothing that fits: make it larger")


def _coprime(rng: random.Random, size: int) -> int:
    from math import gcd

    step = rng.randrange(1, max(2, size))
    while gcd(step, size) != 1:
        step += 1
    return step


def own(block: Block) -> list[Unit]:
    """The bullets of a block that are no common property."""
    return [unit for unit in block.bullets if not unit.shared]


def body(found: Application) -> int:
    """Words of one's own in the running text."""
    return sum(len(unit.text.split()) for unit in units(found.document) if not unit.shared)


def rich(found: Application) -> bool:
    """A résumé with enough text of its own to be worth copying and to be provable."""
    return isinstance(found.document, Resume) and body(found) >= 90


def solid(block: Block) -> bool:
    """A job block of at least four bullets and 45 words of one's own."""
    return len(own(block)) >= 4 and sum(len(unit.text.split()) for unit in own(block)) >= 45


def numbered(found: Application) -> dict[int, int]:
    """``id(unit)`` → number of the unit in its document."""
    return {id(unit): place for place, unit in enumerate(units(found.document))}


def _taken(found: Application, unit: Unit, places: dict[int, int], how: str) -> Unit:
    return replace(unit, origin=((found.file, places[id(unit)]),), how=how)


def _stolen(found: Application, document: Resume, how: str) -> Resume:
    """The document with every unit marked as taken; an agency's letterhead and sentence are left behind."""
    places = numbered(found)

    def mark(taken: tuple[Unit, ...]) -> tuple[Unit, ...]:
        return tuple(_taken(found, unit, places, how) for unit in taken if unit.shared != "agency")

    blocks = tuple(
        replace(
            block,
            bullets=mark(block.bullets),
            about=_taken(found, block.about, places, how) if block.about else None,
        )
        for block in document.blocks
    )
    return replace(
        document,
        summary=mark(document.summary),
        blocks=blocks,
        extras=mark(document.extras),
        projects=mark(document.projects),
        letterhead=(),
    )


def _handed_in(thief: Thief, document: Resume | Letter) -> Application:
    rng = dice(thief.seed, "handed in", thief.number)
    return Application(
        file=f"query-{thief.number:07d}.txt",
        applied_at=f"2026-11-{rng.randint(1, 28):02d}",
        job=document.title,
        source="website",
        document=document,
    )


def verbatim(thief: Thief, found: Application) -> Application:
    """Name and contacts changed, nothing else; the look is kept or not."""
    rng = thief.dice()
    assert isinstance(found.document, Resume)
    stolen = _stolen(found, found.document, "verbatim")
    look = stolen.style if rng.random() < 0.6 else style(rng)
    return _handed_in(thief, replace(stolen, person=thief.person(found), style=look))


def digits(rng: random.Random, text: str, tools: dict[str, int]) -> str:
    """Other figures, but for those inside the names of tools."""
    fixed = [tool for tool in tools if _NUMBER.search(tool) and tool in text]
    for place, tool in enumerate(fixed):
        text = text.replace(tool, f"\x00{chr(97 + place)}\x00")

    def other(match: re.Match[str]) -> str:
        size = len(match.group())
        return str(rng.randint(10 ** (size - 1) + (size == 1), 10**size - 1))

    text = _NUMBER.sub(other, text)
    for place, tool in enumerate(fixed):
        text = text.replace(f"\x00{chr(97 + place)}\x00", tool)
    return text


def swap(rng: random.Random, document: Resume) -> Resume:
    """Employers, schools, places, dates and numbers exchanged; the dates by one constant shift."""
    shift = rng.randint(3, 30)
    blocks = []
    names: dict[str, str] = {}
    for block in document.blocks:
        old, new = block.job.employer, employer(rng.randrange(4000))
        names |= {old.name: new.name, f"office in {old.city}": f"office in {new.city}"}
        names[f"project {old.project}"] = f"project {new.project}"
        job = replace(
            block.job,
            employer=new,
            start=block.job.start - shift,
            end=None if block.job.end is None and rng.random() < 0.5 else (block.job.end or NOW) - shift,
        )
        blocks.append(replace(block, job=job, about=None))

    def say(unit: Unit) -> Unit:
        text = unit.text
        for old, new in names.items():
            text = text.replace(old, new)
        return replace(unit, text=digits(rng, text, document.trade.tools), how="swapped")

    studies = tuple(
        replace(
            study,
            school=school(rng.randrange(600)),
            start=study.start - shift // 12,
            end=study.end - shift // 12,
        )
        for study in document.studies
    )
    return replace(
        document,
        summary=tuple(map(say, document.summary)),
        blocks=tuple(replace(block, bullets=tuple(map(say, block.bullets))) for block in blocks),
        studies=studies,
        projects=tuple(map(say, document.projects)),
    )


def swapped(thief: Thief, found: Application) -> Application:
    """Everything kept but names, employers, schools, places, dates and numbers."""
    rng = thief.dice()
    assert isinstance(found.document, Resume)
    stolen = swap(rng, _stolen(found, found.document, "swapped"))
    look = stolen.style if rng.random() < 0.3 else style(rng)
    return _handed_in(thief, replace(stolen, person=thief.person(found), style=look))


def retold(rng: random.Random, taken: tuple[Unit, ...], level: str) -> tuple[Unit, ...]:
    """Units reworded; from moderate on some are merged or split, and the order changes."""
    found = [replace(unit, text=reword(rng, unit.text, level), how=level) for unit in taken]
    eager = {"light": 0.0, "moderate": 0.10, "heavy": 0.2}[level]
    done: list[Unit] = []
    while found:
        unit = found.pop(0)
        halves = split(unit.text) if rng.random() < eager else None
        if found and rng.random() < eager:
            other = found.pop(0)
            unit = replace(unit, text=merge(unit.text, other.text), origin=unit.origin + other.origin)
        elif halves:
            done.append(replace(unit, text=halves[0]))
            unit = replace(unit, text=halves[1])
        done.append(unit)
    if rng.random() < {"light": 0.3, "moderate": 0.6, "heavy": 1.0}[level]:
        rng.shuffle(done)
    return tuple(done)


def reworded(thief: Thief, found: Application, level: str) -> Application:
    """The whole résumé said in other words, entities exchanged as well."""
    rng = thief.dice()
    assert isinstance(found.document, Resume)
    stolen = swap(rng, _stolen(found, found.document, level))
    tools = list(stolen.skills)
    rng.shuffle(tools)
    document = replace(
        stolen,
        person=thief.person(found),
        style=style(rng),
        summary=retold(rng, stolen.summary, level),
        blocks=tuple(replace(block, bullets=retold(rng, block.bullets, level)) for block in stolen.blocks),
        projects=retold(rng, stolen.projects, level),
        skills=tuple(tools[: max(4, len(tools) - 3)]),
    )
    return _handed_in(thief, document)


def own_resume(thief: Thief, found: Application, jobs: int) -> Resume:
    """An honest résumé of the thief in the victim's trade, with at least ``jobs`` jobs."""
    who = thief.person(found)
    for attempt in range(400):
        rng = dice(thief.seed, "thief's own", thief.number, attempt)
        document, groups = resume(thief.seed, rng, who, found.document.trade, NOW)
        if len(document.blocks) >= jobs and not groups and sum(len(own(b)) for b in document.blocks) >= 8:
            return document
    raise LookupError("no résumé with enough jobs in four hundred")


def block(thief: Thief, found: Application, level: str | None = None) -> Application:
    """One job block of the victim inside a résumé that is otherwise the thief's own."""
    rng = thief.dice()
    assert isinstance(found.document, Resume)
    base = own_resume(thief, found, 2)
    places = numbered(found)
    source = rng.choice([part for part in found.document.blocks if solid(part)])
    bullets = tuple(_taken(found, unit, places, level or "verbatim") for unit in own(source))
    if level:
        bullets = retold(rng, bullets, level)
    target = rng.randrange(len(base.blocks))
    job = base.blocks[target].job
    if level is None and rng.random() < 0.5:
        job = replace(job, employer=source.job.employer, title=source.job.title)
    blocks = list(base.blocks)
    blocks[target] = Block(job=job, about=None, bullets=bullets)
    return _handed_in(thief, replace(base, blocks=tuple(blocks)))


def mosaic(thief: Thief, found: list[Application]) -> Application:
    """A résumé whose jobs come from several victims, employers and dates the thief's own."""
    rng = thief.dice()
    base = own_resume(thief, found[0], len(found))
    blocks = []
    for part, victim in zip(base.blocks, found, strict=False):
        assert isinstance(victim.document, Resume)
        places = numbered(victim)
        source = rng.choice([b for b in victim.document.blocks if solid(b)])
        bullets = tuple(_taken(victim, unit, places, "verbatim") for unit in own(source))
        blocks.append(Block(job=part.job, about=None, bullets=bullets))
    return _handed_in(thief, replace(base, person=thief.person(*found), blocks=tuple(blocks)))


def letter(thief: Thief, found: Application) -> Application:
    """A cover letter with its slots exchanged: sender, addressee, post, employers, figures."""
    rng = thief.dice()
    old = found.document
    assert isinstance(old, Letter)
    places = numbered(found)
    target = employer(rng.randrange(4000))
    title = rng.choice(old.trade.titles)
    who = thief.person(found)
    names = {
        old.company: target.name,
        old.city.split(",")[0]: target.city,
        old.title: title,
        old.person.city: who.city,
    }
    past_posts = set(re.findall(r"(?:At|at|As [\w -]+ at) ([A-Z][\w&. ]+?)(?:,| I )", _text(old)))
    names |= {name: employer(rng.randrange(4000)).name for name in sorted(past_posts) if name not in names}

    def say(unit: Unit) -> Unit:
        text = unit.text
        for before in sorted(names, key=len, reverse=True):
            text = text.replace(before, names[before])
        unit = _taken(found, unit, places, "swapped")
        return replace(unit, text=digits(rng, text, old.trade.tools))

    document = replace(
        old,
        person=who,
        style=style(rng),
        title=title,
        company=target.name,
        city=f"{target.city}, {target.state}",
        date=f"2026-11-{rng.randint(1, 28):02d}",
        paragraphs=tuple(tuple(say(unit) for unit in paragraph) for paragraph in old.paragraphs),
    )
    return _handed_in(thief, document)


def _text(document: Letter) -> str:
    return " ".join(unit.text for unit in units(document))


def ring(seed: int, first: int, archive: int, size: int) -> list[Application]:
    """``size`` members made from one master that is itself in nobody's hands; numbers from ``first`` on.

    Half of them swap, half reword lightly as well. Each unit's origin is the master's.
    """
    rng = dice(seed, "ring", first)
    master = next(
        m
        for m in (application(seed, 7_000_000 + first * 50 + t, kind="resume") for t in range(50))
        if rich(m)
    )
    members = []
    for place in range(size):
        thief = Thief(seed=seed, number=first + place, archive=archive)
        if rng.random() < 0.5:
            members.append(swapped(thief, master))
        else:
            members.append(reworded(thief, master, "light"))
    return members
