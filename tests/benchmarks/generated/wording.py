"""What people say about their work: claims as sentences, each person with habits of their own.

A bullet is a frame (what was done, and how it is told) with up to two tails (tools, aim, result, scale,
partners, circumstances). ``distinct()`` counts how many bullets a trade can make.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from .careers import Employer
from .lists import listed, named
from .seeds import some
from .trades import Trade, tasks
from .verbs import gerund, past

MODIFIERS = named("modifiers")

CONTEXTS = listed("contexts")
VERBS, THINGS = listed("verbs"), listed("things")
ENDS, QUALITIES, MATTERS = listed("ends"), listed("qualities"), listed("matters")

AREAS = [
    "for the {n} team",
    "for {n} customers",
    "in the {n} department",
    "on the {n} side",
    "for {n} and {m}",
    "of the {n} business",
    "around {n} and {m}",
    "for the {n} office in {city}",
    "behind the {n} desk",
    "for {n}",
    "used by {n} staff",
    "across {n}, {m} and {o}",
    "for the project {project}",
    "owned by the {n} group",
]

TOGETHER = [
    "with {p}",
    "together with {p}",
    "in close contact with {p}",
    "working with {p}",
    "agreed with {p}",
    "alongside {p}",
    "and explained it to {p}",
    "with help from {p}",
    "on behalf of {p}",
]

RESULTS_DOWN = [
    "cutting {q} by {pct}",
    "which lowered {q} by {pct}",
    "{q} fell from {hi} to {lo}",
    "and reduced {q} by {pct}",
    "bringing {q} down by {pct}",
    "{pct} less {q}",
    "so that {q} dropped by {pct} in {months} months",
    "saving {pct} of {q}",
    "reducing {q} by about {pct}",
]
RESULTS_UP = [
    "raising {q} by {pct}",
    "which improved {q} by {pct}",
    "{q} rose from {lo} to {hi}",
    "increasing {q} by {pct}",
    "and lifted {q} by {pct}",
    "{q} up {pct}",
    "so that {q} grew by {pct} within {months} months",
]

_SAYS_TOOL = [
    "using {t}",
    "with {t}",
    "in {t}",
    "based on {t}",
    "by means of {t}",
    "on {t}",
    "via {t}",
    "({t})",
]
_SAYS_AIM = [
    "to {a}",
    "in order to {a}",
    "so we could {a}",
    "and helped {a}",
    "with the goal to {a}",
    "to help {a}",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How one person writes. ``length`` is the mean number of tails; ``period`` ends each bullet."""

    frames: tuple[str, ...]
    tool: tuple[str, ...]
    aim: tuple[str, ...]
    modifiers: tuple[str, ...]
    verbs: int
    own_verbs: tuple[str, ...]
    percent: str
    period: bool
    ampersand: bool
    length: float
    tasks: float


FRAMES = {
    "past": "{Past} {what}",
    "past2": "{Past} and {past2} {what}",
    "gerund": "{Gerund} {what}",
    "noun": "{Responsible} {gerund} {what}",
    "team": "{Team} {past} {what}",
    "helped": "{Helped} {verb} {what}",
    "result": "{Result} by {gerund} {what}",
    "thing": "{What}: {gerund}, {gerund2} and support",
    "train": "{Trained} {few} {juniors} in {gerund} {what}",
    "count": "{Past} {what} for {count} {countables}",
    "took": "Took over {what} and {past2} {it}",
    "moved": "Moved {what} from {t1} to {t2}",
    "short": "{Past} {bare}",
    "asked": "Asked by {partners} to {verb} {what}",
    "after": "{Context}, {past} {what}",
    "main": "Main contact of {partners} for {bare}",
    "fixed": "{Past} {fixed}",
}
_DUTY = ["Responsible for", "In charge of", "Involved in", "Duties included", "Worked on", "Accountable for"]
_HELP = [
    "Helped",
    "Worked with {partners} to",
    "Assisted {partners} to",
    "Supported {partners} to",
    "Was asked to",
]
_TEAM = ["Part of a team of {n} that", "One of {n} people who", "With {n} colleagues", "In a crew of {n}, I"]
_TRAIN = ["Trained", "Coached", "Mentored", "Instructed", "Guided"]


def voice(rng: random.Random) -> Voice:
    """The habits of one person."""
    main = rng.choice(["past", "past", "past", "past", "gerund", "noun", "short"])
    others = [frame for frame in FRAMES if frame != "gerund"]
    return Voice(
        frames=(main,) * rng.randint(3, 8) + tuple(rng.sample(others, rng.randint(3, 8))),
        tool=tuple(rng.sample(_SAYS_TOOL, 3)),
        aim=tuple(rng.sample(_SAYS_AIM, 2)),
        modifiers=tuple(rng.sample(MODIFIERS, 14)),
        verbs=rng.randint(3, 8),
        own_verbs=tuple(rng.sample(VERBS, rng.randint(2, 8))),
        percent=rng.choice(["{}%", "{}%", "{}%", "{} %", "{} percent", "about {}%", "over {}%"]),
        period=rng.random() < 0.39,
        ampersand=rng.random() < 0.12,
        length=rng.choice([0.2, 0.4, 0.6, 0.8, 1.1, 1.4]),
        tasks=rng.choice([0.0, 0.0, 0.05, 0.15, 0.3]),
    )


@cache
def recombined(heads: tuple[str, ...]) -> tuple[str, ...]:
    """Things of a trade put together anew: the first words of some with the last words of others."""
    pairs = [head.rsplit(" ", 1) for head in heads if " " in head]
    return tuple(f"{first} {last}" for first, own in pairs for _, last in pairs if last != own)


def aim(rng: random.Random, trade: Trade) -> str:
    """What something was done for: what a trade says, or what any office says."""
    if rng.random() < 0.35:
        return rng.choice(trade.aims)
    return f"{rng.choice(ENDS)} {rng.choice(QUALITIES)} {rng.choice(MATTERS)}"


class Speech:
    """Sentences of one person about one job. State: the dice, and what has been said already."""

    def __init__(
        self, rng: random.Random, manner: Voice, trade: Trade, employer: Employer, years: tuple[int, int]
    ) -> None:
        self.rng, self.manner, self.trade, self.employer = rng, manner, trade, employer
        self.tools = [
            tool for tool, first in trade.tools.items() if first + 1 <= years[1] and first <= years[0] + 1
        ]
        self.tools = self.tools or [min(trade.tools, key=lambda tool: trade.tools[tool])]
        self.said: set[str] = set()
        self.nouns = tuple(rng.sample(trade.nouns, 7)) if trade.nouns else employer.nouns

    def thing(self, heads: tuple[str, ...]) -> str:
        """Something done, by itself: ``the customs gateway``."""
        rng = self.rng
        kind = rng.random()
        pool = THINGS if kind < 0.3 else recombined(heads) if kind < 0.6 else heads
        head = rng.choice([h for h in pool if h not in self.said] or list(heads))
        self.said.add(head)
        many = head.endswith("s") and not head.endswith("ss")
        word = rng.choice(self.manner.modifiers)
        noun = rng.choice(self.nouns)
        shape = rng.random()
        if shape < 0.42:
            return f"the {noun} {head}"
        if shape < 0.62:
            return f"{'' if many else _article(word) + ' '}{word} {head}"
        if shape < 0.74:
            return f"{'' if many else _article(noun) + ' '}{noun} {head}"
        if shape < 0.86:
            return f"the {word} {noun} {head}"
        return head if many else f"the {head}"

    def area(self) -> str:
        """Where in the company."""
        n, m, o = self.rng.sample(self.nouns, 3)
        place = self.employer
        return self.rng.choice(AREAS).format(n=n, m=m, o=o, city=place.city, project=place.project)

    def result(self) -> str:
        """What came of it, with a figure."""
        rng = self.rng
        low, high = sorted(rng.sample(range(3, 98), 2))
        unit = rng.choice([" %", "", " a week", " hours", " days", " minutes"])
        amounts = {
            "pct": self.manner.percent.format(rng.randint(4, 88)),
            "lo": f"{low}{unit}",
            "hi": f"{high}{unit}",
            "months": str(rng.randint(2, 15)),
        }
        if rng.random() < 0.6:
            return rng.choice(RESULTS_DOWN).format(q=rng.choice(self.trade.down), **amounts)
        return rng.choice(RESULTS_UP).format(q=rng.choice(self.trade.up), **amounts)

    def tails(self, room: float) -> list[str]:
        """Up to three endings, in an order that reads well."""
        rng, trade = self.rng, self.trade
        count = min(3, int(room) + (rng.random() < room % 1))
        kinds = rng.sample(
            ["area", "area", "tool", "tool", "aim", "result", "with", "context", "scale"], count
        )
        found: dict[str, str] = {}
        for kind in kinds:
            if kind == "area":
                found["1"] = self.area()
            elif kind == "tool":
                tools = some(rng, self.tools, 1, 3)
                said = (
                    ", ".join(tools[:-1]) + (" & " if self.manner.ampersand else " and ") if tools[1:] else ""
                )
                found["2"] = rng.choice(self.manner.tool).format(t=f"{said}{tools[-1]}")
            elif kind == "scale":
                found["3"] = f"across {rng.randint(3, 480)} {rng.choice(trade.countables)}"
            elif kind == "with":
                found["4"] = rng.choice(TOGETHER).format(p=rng.choice(trade.partners))
            elif kind == "aim":
                found["5"] = rng.choice(self.manner.aim).format(a=aim(rng, trade))
            elif kind == "context":
                found["6"] = rng.choice(CONTEXTS)
            else:
                found["7"] = f"\b, {self.result()}"
        return [found[key] for key in sorted(found)]

    def bullet(self) -> str:
        """One sentence, without its final period."""
        rng, trade = self.rng, self.trade
        statements = tasks(trade.name)
        if statements and rng.random() < self.manner.tasks:
            return self.task(statements)
        frame = rng.choice(self.manner.frames)
        verbs, heads = rng.choice(trade.deeds)
        preferred = [*verbs[: self.manner.verbs], *self.manner.own_verbs]
        verb, second = rng.sample(preferred if len(preferred) > 1 else list(verbs), 2)
        partners = rng.choice(trade.partners)
        what = self.thing(heads)
        tools = rng.sample(self.tools, 2) if len(self.tools) > 1 else [self.tools[0], "a new system"]
        context, result = rng.choice(CONTEXTS), self.result() if frame == "result" else ""
        words = {
            "Past": _capital(past(verb)),
            "past": past(verb),
            "past2": past(second),
            "verb": verb,
            "what": what,
            "Gerund": _capital(gerund(verb)),
            "gerund": gerund(verb),
            "gerund2": gerund(second),
            "What": _capital(what),
            "bare": rng.choice(heads) if rng.random() < 0.35 else what,
            "partners": partners,
            "Team": rng.choice(_TEAM).format(n=rng.randint(3, 19)),
            "Responsible": rng.choice(_DUTY),
            "Helped": rng.choice(_HELP).format(partners=partners),
            "Trained": rng.choice(_TRAIN),
            "few": rng.choice(["two", "three", "four", "five", "6", "8", "several"]),
            "juniors": rng.choice(trade.juniors),
            "count": str(rng.randint(2, 900)),
            "t1": tools[0],
            "t2": tools[1],
            "countables": rng.choice(trade.countables),
            "Context": _capital(context),
            "it": "them" if what.endswith("s") else "it",
            "fixed": self.fixed(),
            "Result": _capital(_finite(result)),
        }
        room = 0.3 * self.manner.length if frame in {"short", "result", "thing"} else self.manner.length
        sentence = " ".join([FRAMES[frame].format(**words), *self.tails(room)]).replace(" \b", "")
        if sentence in self.said:
            return self.bullet()
        self.said.add(sentence)
        return sentence

    def fixed(self) -> str:
        """A complete object of the trade, its gap filled by a modifier or a word of the company."""
        fill = self.rng.choice([*self.manner.modifiers, *self.nouns])
        phrase = self.rng.choice(self.trade.fixed)
        return (
            phrase.replace("an ~", f"{_article(fill)} {fill}")
            .replace("a ~", f"{_article(fill)} {fill}")
            .replace("~", fill)
        )

    def task(self, statements: tuple[str, ...]) -> str:
        """A task statement made one's own: tense, some of its clauses, a detail, a tail."""
        rng = self.rng
        clauses = rng.choice(statements).split(", such as")[0].split(", ")
        kept = [clauses[0], *(clause for clause in clauses[1:] if rng.random() < 0.6)]
        words = ", ".join(kept).split()
        if rng.random() < 0.75:
            verbs = [0, 2] if len(words) > 2 and words[1] in {"and", "or"} else [0]
            for place in verbs:
                if words[place].isalpha():
                    words[place] = past(words[place].lower())
            if len(verbs) > 1:
                words[1] = "and"
        if len(words) > 14:
            del words[rng.randint(10, 14) :]
        while len(words) > 3 and words[-1].strip(",").lower() in _LOOSE:
            words.pop()
        spots = [
            place
            for place in range(2, len(words))
            if words[place - 1] in {"the", "of", "for", "with", "other"}
        ]
        if spots and rng.random() < 0.7:
            words.insert(rng.choice(spots), rng.choice([*self.nouns, *self.manner.modifiers]))
        sentence = _capital(" ".join(words).rstrip(",;"))
        return " ".join([sentence, *self.tails(0.5 * self.manner.length)]).replace(" \b", "")


_LOOSE = frozenset(named("loose"))


def _article(word: str) -> str:
    return "an" if word[0].lower() in "aeiou" else "a"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _finite(result: str) -> str:
    """A result as the start of a sentence: ``cutting x`` → ``cut x``."""
    for before, after in (
        ("cutting ", "cut "),
        ("which ", ""),
        ("and ", ""),
        ("bringing ", "brought "),
        ("so that ", "made sure "),
        ("saving ", "saved "),
        ("reducing ", "reduced "),
        ("raising ", "raised "),
        ("increasing ", "increased "),
    ):
        if result.startswith(before):
            return after + result[len(before) :]
    return f"achieved {result}" if result else ""


def distinct(trade: Trade) -> int:
    """A lower bound of the different bullets of a trade: one frame, one object shape, three tails."""
    deeds = sum(len(verbs) * len(heads) for verbs, heads in trade.deeds)
    things = deeds * len(MODIFIERS)
    tools = len(trade.tools) * (len(trade.tools) - 1) * len(_SAYS_TOOL)
    results = len(RESULTS_DOWN) * len(trade.down) * 85
    return things * tools * results
