"""Sentences that many honest people share: stock phrases, builder phrases, phrases of a job posting."""

from __future__ import annotations

import random
from functools import cache

from .careers import employer
from .seeds import dice, zipf
from .trades import Trade
from .wording import VERBS, Speech, voice

# Each with the share of people who write it, in per mille.
STOCK = {
    "Excellent communication skills, both verbal and written": 70,
    "Strong attention to detail and ability to meet deadlines": 45,
    "Ability to work independently and as part of a team": 60,
    "Proven track record of delivering projects on time and within budget": 40,
    "Highly motivated self-starter who takes initiative with minimal supervision": 30,
    "Excellent problem solving and analytical skills": 70,
    "Able to work well under pressure in a fast-paced environment": 50,
    "Quick learner with a strong desire to learn new technologies": 35,
    "Proficient in Microsoft Word, Excel, PowerPoint and Outlook": 60,
    "References available upon request": 160,
    "I hereby declare that the above information is true to the best of my knowledge and belief": 30,
    "Strong interpersonal skills with the ability to build relationships at all levels of a company": 25,
    "Looking for a challenging position in a reputable organization where I can use my skills and grow": 22,
    "Results-driven professional with a passion for quality": 30,
    "Detail-oriented team player with strong organizational skills": 60,
    "Dedicated professional seeking a position that offers professional growth while being resourceful": 18,
    "Ability to handle multiple projects simultaneously with a high degree of accuracy": 50,
    "Good team player with a positive attitude and leadership qualities": 40,
    "Authorized to work in the United States for any employer": 55,
    "Willing to relocate and travel as needed": 55,
    "Think outside the box and go the extra mile for customers": 15,
    "Hard working, punctual and reliable": 40,
    "Worked closely with cross-functional teams": 60,
    "Participated in daily stand-up meetings, sprint planning and retrospectives": 45,
    "Involved in all phases of the software development life cycle": 45,
    "Provided excellent customer service": 50,
    "Performed other duties as assigned": 55,
    "Coordinated with internal and external stakeholders to ensure timely completion of deliverables": 16,
}

CLOSINGS = {
    "Thank you for your time and consideration.": 350,
    "I look forward to hearing from you.": 400,
    "I would welcome the opportunity to discuss my qualifications with you in person.": 90,
    "Please find my resume attached for your review.": 120,
    "I am available for an interview at your earliest convenience.": 130,
    "Please do not hesitate to contact me if you have any questions.": 70,
}

OPENINGS = [
    "I am writing to apply for the position of {title} at {company}.",
    "I am writing to express my interest in the {title} role at {company}.",
    "Please accept this letter as my application for the {title} position.",
    "It was with great interest that I read your advertisement for a {title}.",
    "Your opening for a {title} caught my eye.",
    "A former colleague of mine told me that {company} is looking for a {title}.",
    "I would like to apply as {title} in your {city} office.",
    "{company} has been on my list for years, so your search for a {title} came at the right time.",
]

BUILDER = 220
"""How many sample bullets a résumé builder offers for each trade."""


def stock_lines(rng: random.Random) -> list[str]:
    """The stock phrases one person uses; rates are independent, a few people love them."""
    fondness = rng.choice([0.2, 0.5, 0.8, 1.0, 1.0, 2.2])
    chosen = [line for line, rate in STOCK.items() if rng.random() < fondness * rate / 1000]
    rng.shuffle(chosen)
    return chosen


@cache
def builder_bullets(trade: Trade) -> tuple[str, ...]:
    """The sample bullets that a résumé builder offers to everybody of a trade, the popular ones first."""
    rng = dice("builder", trade.name)
    manner = voice(rng)
    found: list[str] = []
    for number in range(BUILDER):
        speech = Speech(rng, manner if number % 9 else voice(rng), trade, employer(number), (2015, 2024))
        found.append(speech.bullet())
    return tuple(found)


def builder_bullet(rng: random.Random, trade: Trade, year: int) -> str:
    """One sample bullet, popular ones more often, that names no tool younger than ``year``."""
    young = [tool for tool, first in trade.tools.items() if first >= year]
    offered = [line for line in builder_bullets(trade) if not any(tool in line for tool in young)]
    return offered[zipf(rng, len(offered), 0.4)]


def samples(trade: Trade) -> str:
    """The builder's public page for a trade: its sixty most popular bullets; the others are not public."""
    return f"Sample résumé bullets: {trade.titles[0]}\n\n" + "".join(
        f"- {b}\n" for b in builder_bullets(trade)[:60]
    )


def posting(seed: int, number: int, trade: Trade) -> tuple[str, list[str]]:
    """A job posting: its text, and the phrases that applicants like to paste."""
    rng = dice(seed, "posting", number)
    company = employer(rng.randrange(4000))
    speech = Speech(rng, voice(rng), trade, company, (2018, 2026))
    wanted = []
    for _ in range(rng.randint(6, 9)):
        verbs, heads = rng.choice(trade.deeds)
        tail = " ".join(speech.tails(1.6)).replace(" \b", "").lstrip("\b, ")
        wanted.append(
            f"{rng.choice(_WANTED)} {rng.choice([*verbs, *VERBS[:9]])} {speech.thing(heads)} {tail}".strip()
        )
    title = rng.choice(trade.titles)
    lines = [
        f"{title} (m/f/d), {company.city}",
        company.name,
        "",
        company.about,
        "",
        "Your tasks and your profile",
    ]
    lines += [f"- {phrase}" for phrase in wanted]
    lines += [
        "",
        "We offer: flexible hours, training budget, a safe place to work.",
        "Equal opportunity employer.",
    ]
    return "\n".join(lines) + "\n", wanted


_WANTED = [
    "Able to",
    "Experience in how to",
    "You will",
    "Proven ability to",
    "Ready to",
    "Skilled to",
    "Eager to",
]
