"""The n-th applicant of a seed: a pure function, so that a corpus of any size can be streamed."""

from __future__ import annotations

import random
from dataclasses import replace

from .careers import NOW, Employer, career, employer, school
from .document import Application, Block, Letter, Resume, Unit
from .layout import style
from .people import Person, person, phone_line
from .seeds import dice, some, zipf
from .stock import CLOSINGS, OPENINGS, builder_bullet, posting, stock_lines
from .trades import Trade, trades
from .verbs import gerund, past
from .wording import Speech, Voice, aim, voice

AGENCIES = 24
POSTINGS = 3
PROJECTS = 40
OUTSIDE = 5_000_000
"""Person numbers from here on belong to agencies and other outsiders."""


def agency(seed: int, number: int) -> tuple[tuple[str, ...], Unit]:
    """Letterhead and boilerplate sentence of a staffing agency."""
    rng = dice(seed, "agency", number)
    owner = person(seed, OUTSIDE + number)
    line = phone_line(7999 - number) or ""
    form = f"{owner.family} {rng.choice(['Staffing', 'Talent Partners', 'Recruiting Group', 'Personnel'])}"
    head = (
        form,
        f"{owner.street}, {owner.city}, {owner.state} {owner.zip}",
        f"Tel {line[:3]}-{line[3:6]}-{line[6:]} | {owner.family.lower()}{number}@agency{number}.example.com",
    )
    sentence = rng.choice(
        [
            f"This candidate is represented exclusively by {form}; please send enquiries to our office.",
            f"Presented by {form}, who have interviewed the candidate and hold references on file.",
            f"{form} submits this profile in confidence and asks not to contact the candidate directly.",
        ]
    )
    return head, Unit(text=sentence, shared="agency")


def project(number: int) -> tuple[str, Unit]:
    """A university project: the school, and the sentence its members share."""
    rng = dice("project", number)
    what = rng.choice(
        ["robot", "weather station", "library app", "bridge model", "survey", "solar boat", "tutor bot"]
    )
    name = rng.choice(["Argo", "Kestrel", "Beehive", "Tessera", "Mosaic", "Orbit", "Lumen", "Fathom"])
    place = rng.choice(["campus workshop", "city council", "regional fair", "student union", "open day"])
    text = (
        f"{name} {number}: a {what} that {rng.randint(3, 9)} students planned, built and presented at the "
        f"{place} within {rng.randint(2, 4)} terms"
    )
    return school(rng.randrange(600)), Unit(text=text, shared="project")


def application(seed: int, number: int, *, kind: str | None = None) -> Application:
    """The ``number``-th application of a seed; one in six is a letter unless ``kind`` says otherwise."""
    rng = dice(seed, "application", number)
    kind = kind or ("cover_letter" if rng.random() < 1 / 6 else "resume")
    trade = rng.choice(trades())
    applied = NOW - rng.randrange(30)
    who = person(seed, number)
    document: Resume | Letter
    if kind == "cover_letter":
        document, groups = letter(rng, who, trade, applied), ()
    else:
        document, groups = resume(seed, rng, who, trade, applied)
    return Application(
        file=f"{'letter' if kind == 'cover_letter' else 'cv'}-{number:07d}.txt",
        applied_at=f"{applied // 12}-{applied % 12 + 1:02d}-{rng.randint(1, 28):02d}",
        job=rng.choice(trade.titles),
        source=rng.choice(["website", "website", "job board", "agency", "referral"]),
        document=document,
        groups=groups,
    )


def resume(
    seed: int, rng: random.Random, who: Person, trade: Trade, applied: int, *, tasked: float | None = None
) -> tuple[Resume, tuple[str, ...]]:
    """A résumé of 150 to 900 words, and the honest circles it belongs to.

    ``tasked`` overrides the share of bullets that reword a public task statement (where there is a file).
    """
    manner = voice(rng)
    if tasked is not None:
        manner = replace(manner, tasks=tasked)
    look = style(rng)
    jobs, studies = career(rng, trade, applied)
    groups: list[str] = []
    target = min(860, max(150, int(rng.lognormvariate(5.85, 0.55))))
    sentences = max(3, round((target - 105) / (8.2 + 3.2 * manner.length)))
    sizes = _shares(rng, sentences, len(jobs))
    builds = rng.random() < 0.15
    blocks = []
    for job, size in zip(jobs, sizes, strict=True):
        speech = Speech(rng, manner, trade, job.employer, (job.start // 12, (job.end or applied) // 12))
        bullets = [Unit(text=_ended(speech.bullet(), manner)) for _ in range(size)]
        if builds and rng.random() < 0.7:
            bullets[rng.randrange(size)] = Unit(
                text=builder_bullet(rng, trade, (job.end or applied) // 12), shared="builder"
            )
            groups.append(f"builder:{trade.name}")
        about = None
        if rng.random() < 0.10:
            about = Unit(text=job.employer.about, shared="about")
            groups.append(f"about:{job.employer.name}")
        blocks.append(Block(job=job, about=about, bullets=tuple(bullets)))
    extras = [Unit(text=line, shared="stock") for line in stock_lines(rng)]
    if rng.random() < 0.04:
        chosen = rng.randrange(POSTINGS)
        _, phrases = posting(seed, chosen, trade)
        extras += [Unit(text=phrase, shared="posting") for phrase in some(rng, phrases, 1, 3)]
        groups.append(f"posting:{trade.name}:{chosen}")
    projects: tuple[Unit, ...] = ()
    if rng.random() < 0.03:
        chosen = rng.randrange(PROJECTS)
        studies[-1] = replace(studies[-1], school=project(chosen)[0])
        projects = (project(chosen)[1], own_part(rng, manner, trade))
        groups.append(f"project:{chosen}")
    letterhead: tuple[str, ...] = ()
    if rng.random() < 0.08:
        chosen = zipf(rng, AGENCIES)
        letterhead, boilerplate = agency(seed, chosen)
        extras.append(boilerplate)
        groups.append(f"agency:{chosen}")
    document = Resume(
        person=who,
        trade=trade,
        style=look,
        title=jobs[0].title,
        summary=summary(rng, manner, trade, blocks, applied),
        blocks=tuple(blocks),
        studies=tuple(studies),
        skills=skills(rng, trade, applied),
        extras=tuple(extras),
        certs=tuple(some(rng, trade.certs, 1, 2)) if rng.random() < 0.3 else (),
        projects=projects,
        letterhead=letterhead,
    )
    return document, tuple(sorted(set(groups)))


def own_part(rng: random.Random, manner: Voice, trade: Trade) -> Unit:
    """What one member of a student project did."""
    speech = Speech(rng, manner, trade, employer(rng.randrange(4000)), (2015, 2024))
    return Unit(text=_ended(speech.bullet(), manner))


def _ended(text: str, manner: Voice) -> str:
    return f"{text}." if manner.period else text


def _shares(rng: random.Random, total: int, parts: int) -> list[int]:
    weights = [rng.uniform(0.6, 1.6) / (1 + 0.25 * place) for place in range(parts)]
    return [max(1, round(total * weight / sum(weights))) for weight in weights]


def summary(
    rng: random.Random, manner: Voice, trade: Trade, blocks: list[Block], applied: int
) -> tuple[Unit, ...]:
    """None to four sentences about oneself; the years claimed are the years worked."""
    if rng.random() < 0.25:
        return ()
    months = sum((block.job.end or applied) - block.job.start for block in blocks)
    years = max(1, round(months / 12))
    job = blocks[0].job
    speech = Speech(rng, manner, trade, job.employer, (job.start // 12, applied // 12))
    a, b = rng.sample(speech.nouns, 2)
    tools = " and ".join(some(rng, speech.tools, 2, 2))
    verbs = [rng.choice(verbs) for verbs, _ in trade.deeds]
    heads = [rng.choice(heads) for _, heads in trade.deeds]
    span = f"{years} years" if years > 1 else "one year"
    first = rng.choice(
        [
            f"{job.title} with {span} of experience in {a} and {b}",
            f"{span.capitalize()} as {job.title}, mostly with {tools}",
            f"{rng.choice(_TRAITS)} {job.title} from {job.employer.industry}",
            f"{job.title} who likes {gerund(verbs[0])} {heads[0]} and {gerund(verbs[1])} {heads[1]}",
        ]
    )
    rest = [
        f"Most proud of having {past(verbs[0])} {speech.thing(trade.deeds[0][1])} {speech.area()}",
        f"{rng.choice(_WISH)} {aim(rng, trade)}",
        f"At home in {tools}",
        f"I want to {verbs[1]} {heads[1]} together with {rng.choice(trade.partners)}",
        f"Known for being able to {aim(rng, trade)}",
        speech.bullet(),
    ]
    return (Unit(text=first), *(Unit(text=line) for line in some(rng, rest, 0, 3)))


_TRAITS = ["Practical", "Curious", "Careful", "Calm", "Driven"]
_WISH = ["Looking for a team that wants to", "Eager to", "My aim is to", "Next I hope to", "Happy where we"]


def skills(rng: random.Random, trade: Trade, applied: int) -> tuple[str, ...]:
    """Tools, sometimes in groups with a label."""
    if rng.random() < 0.1:
        return ()
    known = [tool for tool, year in trade.tools.items() if year < applied // 12]
    chosen = some(rng, known, 5, 14)
    if rng.random() < 0.3:
        middle = len(chosen) // 2
        return (f"Daily use: {', '.join(chosen[:middle])}", f"Also: {', '.join(chosen[middle:])}")
    return tuple(chosen)


_FIRST = [
    "At {e} I {p} {w}",
    "As {t} at {e}, I {p} {w}",
    "In my post at {e} I {p} {w}",
    "{e} trusted me to {v} {w}",
]
_NEXT = [
    "Later I {p} {w}",
    "In the end we {p} {w}",
    "Nobody else wanted to {v} {w}, so I did",
    "My manager asked me to {v} {w}",
    "The hardest part was {g} {w}",
    "With two colleagues I {p} {w}",
    "Soon after, I {p} {w}",
    "I was the one who {p} {w}",
    "{g} {w} took most of my time",
    "Each Friday I {p} {w}",
    "There I also {p} {w}",
    "I {p} {w} as well",
    "Besides, I {p} {w}",
    "My team {p} {w}",
    "I liked {g} {w}",
    "What I learned there was to {v} {w}",
    "On some days I {p} {w}",
    "I still remember how we {p} {w}",
]
_INTRO = [
    "I am a {t} in {city} who knows how to {a}.",
    "For {n} years my work has been to {a}.",
    "Friends call me the {t} of {city}.",
    "Give me a free hand and I will {a}.",
    "My trade is that of a {t}, my strength to {a}.",
]
_WHY = [
    "Your customers would notice that I {a}.",
    "I have read how you {a}, and I want to take part.",
    "{c} and I share the wish to {a}.",
    "There is nothing I would rather do than {a}.",
    "If you need somebody to {a}, call me.",
    "It would please me to {a} in {city}.",
    "What draws me to {c} is the chance to {a}.",
    "I would like to help {c} to {a}.",
    "From your web site I see that you want to {a}.",
    "With me you get somebody who can {a}.",
    "In {city} I hope to {a} with a team that takes care.",
    "My next goal is to {a}.",
]


def letter(rng: random.Random, who: Person, trade: Trade, applied: int) -> Letter:
    """A cover letter of 130 to 400 words, in prose."""
    manner = voice(rng)
    jobs, _ = career(rng, trade, applied)
    target = employer(zipf(rng, 4000, 0.8))
    title = rng.choice(trade.titles)
    hello = rng.choice(OPENINGS).format(title=title, company=target.name, city=target.city)
    opening = [Unit(text=hello.replace("..", "."))]
    if rng.random() < 0.7:
        intro = rng.choice(_INTRO).format(
            t=jobs[0].title, city=who.city, a=aim(rng, trade), n=rng.randint(2, 20)
        )
        opening.append(Unit(text=intro))
    body = [
        _told(rng, manner, trade, job.employer, job.title, job.start, rng.randint(2, 5)) for job in jobs[:3]
    ]
    why = [
        Unit(text=line.format(c=target.name, a=aim(rng, trade), city=target.city))
        for line in some(rng, _WHY, 1, 3)
    ]
    ends = [Unit(text=line, shared="stock") for line, rate in CLOSINGS.items() if rng.random() < rate / 1000]
    month = f"{applied // 12}-{applied % 12 + 1:02d}-{rng.randint(1, 28):02d}"
    return Letter(
        person=who,
        trade=trade,
        style=style(rng),
        title=title,
        company=target.name,
        city=f"{target.city}, {target.state}",
        date=month,
        paragraphs=tuple(tuple(part) for part in (opening, *body, why, ends) if part),
    )


def _told(
    rng: random.Random, manner: Voice, trade: Trade, place: Employer, title: str, start: int, count: int
) -> list[Unit]:
    speech = Speech(rng, manner, trade, place, (start // 12, start // 12 + 2))
    found = []
    for number in range(count):
        verbs, heads = rng.choice(trade.deeds)
        verb = rng.choice([*verbs, *manner.own_verbs])
        what = " ".join([speech.thing(heads), *speech.tails(manner.length + 0.6)]).replace(" \b", "")
        shape = rng.choice(_NEXT if number else _FIRST)
        text = shape.format(e=place.name, t=title, p=past(verb), v=verb, g=gerund(verb), w=what)
        found.append(Unit(text=f"{text[:1].upper()}{text[1:]}."))
    return found
