"""Sentences said in other words, as a copier does who does not want to be found.

Works on the text alone, never on the claims it was made from: exchanges words and phrases of a
hand-written table, drops and adds words, moves clauses, turns active into passive and verbs into nouns,
splits and merges. How much changed is measured as the share of the source's words that are gone.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from .properties import overlap
from .synonyms import NOUNS, exchange, known_verbs, participle, pattern
from .verbs import gerund, past

LEVELS = {"light": (0.15, 0.25), "moderate": (0.40, 0.50), "heavy": (0.62, 0.85)}
"""Share of words changed that each level aims at."""

_FILLERS = [
    "successfully",
    "also",
    "mainly",
    "personally",
    "together with colleagues",
    "continuously",
    "in part",
]
_LEADS = re.compile(
    r"^(?:I |There I also |Responsible for |In charge of |Involved in |Duties included |Worked on |"
    r"Accountable for |"
    r"Helped |Part of a team of \d+ that |One of \d+ people who |With \d+ colleagues |In a crew of \d+, I )",
)
_TAIL = re.compile(
    r",? (?=(?:using|with|in order to|so we could|and helped|across \d+|by means of|based on|via|for|during|"
    r"after|under|alongside|on|to|in|from|while|between|which|cutting|bringing|saving|reducing|raising|increasing|"
    r"so that|and reduced|and lifted|together|working|agreed|behind|around|at|within|as|of|used|owned|"
    r"through|following|ahead|by)\b)"
)
_DROPS = re.compile(r"\b(?:the|a|an|own|new|very|also|our|all|each|any|about|over)\s+", re.IGNORECASE)
_COMPOUND = re.compile(r"\b(the|an?) ([a-z][\w-]+) ((?:[a-z][\w-]+ )?[a-z][\w-]+)$")


_LINKS = {"of", "for", "in", "area", "concerning", "and", "by", "with", "to", "on", "at", "or", "me", "from"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A sentence taken apart: base verb, its object, and what follows."""

    verb: str
    thing: str
    tails: tuple[str, ...]


def parse(text: str) -> Clause | None:
    """The clause of a sentence that starts with a verb form we know, else ``None``."""
    body = _LEADS.sub("", text.rstrip("."))
    verbs = known_verbs()
    for size in (2, 1):
        head = " ".join(body.split(" ")[:size])
        if head.lower() in verbs:
            rest = body[len(head) + 1 :]
            if not rest or rest.startswith("and "):
                return None
            parts = _TAIL.split(rest)
            return Clause(
                verb=verbs[head.lower()], thing=parts[0], tails=tuple(part for part in parts[1:] if part)
            )
    return None


def reword(rng: random.Random, text: str, level: str) -> str:
    """``text`` changed as much as ``level`` says, as near as its words allow."""
    low, high = LEVELS[level]
    goal = rng.uniform(low, high)
    ends = "." if text.endswith(".") else ""
    said = text.rstrip(".")
    if level == "heavy" or (level == "moderate" and rng.random() < 0.6):
        said = _turn(rng, said, level)
    elif rng.random() < 0.2:
        said = _front(said)
    said = _exchange(rng, text, said, goal)
    moves = [_drop, _invert, _fill]
    for _ in range(0 if level == "light" else 4):
        if 1 - overlap(text, said) >= goal - 0.03 or len(said.split()) < 3:
            break
        said = rng.choice(moves)(rng, said)
    return _capital(re.sub(r"\s+", " ", said).strip(" ,")) + ends


def _exchange(rng: random.Random, source: str, said: str, goal: float) -> str:
    """Exchange forms of the table in random order until the goal is reached, and not far beyond."""
    found = list(pattern().finditer(said))
    rng.shuffle(found)
    done: list[tuple[int, int, str]] = []
    current = said
    for match in found:
        if 1 - overlap(source, current) >= goal - 0.02:
            break
        choice = rng.choice(exchange()[match.group().lower()])
        trial = said
        for start, end, new in sorted([*done, (match.start(), match.end(), choice)], reverse=True):
            trial = trial[:start] + new + trial[end:]
        if 1 - overlap(source, trial) <= goal + 0.12:
            done.append((match.start(), match.end(), choice))
            current = trial
    return current


def _turn(rng: random.Random, text: str, level: str) -> str:
    """Another syntax for the same: passive, noun, duty, cleft, tails in other order."""
    clause = parse(text)
    if clause is None:
        opener = rng.choice(
            ["It fell to me: ", "Among my tasks: ", "My share: ", "Noteworthy: ", "In short, "]
        )
        return f"{opener}{_small(text)}" if level == "heavy" else _front(text)
    tails = list(clause.tails)
    if len(tails) > 1 and rng.random() < 0.5:
        tails[0], tails[-1] = tails[-1], tails[0]
    if level == "heavy" and len(tails) > 1 and rng.random() < 0.6:
        tails.pop(rng.randrange(len(tails)))
    thing, verb = clause.thing, clause.verb
    if level == "heavy":
        thing = _invert(rng, thing)
    many = thing.endswith("s") and not thing.endswith("ss")
    noun = NOUNS.get(verb, gerund(verb))
    front = tails.pop() if tails and rng.random() < 0.35 else ""
    shapes = [
        f"{thing} {'were' if many else 'was'} {participle(verb)} by me",
        f"{noun} of {thing}",
        f"took care of {gerund(verb)} {thing}",
        f"it was my job to {verb} {thing}",
        f"{thing}: {noun}",
        f"saw to it that {thing} {'were' if many else 'was'} {participle(verb)}",
        f"what I {past(verb)} {'were' if many else 'was'} {thing}",
        f"had {thing} {participle(verb)}",
    ]
    core = rng.choice(shapes)
    return " ".join([f"{front}, {core}" if front else core, *tails])


def _front(text: str) -> str:
    """The last tail moved to the front: ``Built X under a deadline`` → ``Under a deadline built X``."""
    parts = _TAIL.split(text)
    if len(parts) < 2 or len(parts[-1].split()) < 2 or parts[-1].startswith(("of ", "and ")):
        return text
    head = text[: len(text) - len(parts[-1])].rstrip(" ,")
    return f"{parts[-1]}, {_small(head)}"


def _drop(rng: random.Random, text: str) -> str:
    """One small word less, or a short last tail of a long sentence."""
    small = list(_DROPS.finditer(text))
    if small and rng.random() < 0.7:
        match = rng.choice(small)
        return text[: match.start()] + text[match.end() :]
    parts = _TAIL.split(text)
    kept = len(text.split()) - len(parts[-1].split())
    if len(parts) > 2 and kept >= 7 and len(parts[-1].split()) > 1:
        return text[: len(text) - len(parts[-1])].rstrip(" ,")
    return text


def _fill(rng: random.Random, text: str) -> str:
    """One filler more, after the first word or at the end."""
    first, _, rest = text.partition(" ")
    word = rng.choice(_FILLERS)
    if any(known in text.lower() for known in _FILLERS):
        return text
    return f"{text}, {word}" if rng.random() < 0.5 or not rest else f"{word} {_small(first)} {rest}"


def _invert(rng: random.Random, text: str) -> str:
    """``the customs gateway`` → ``the gateway for customs``."""
    match = _COMPOUND.search(text)
    if match is None or set(match.group().split()) & _LINKS:
        return text
    link = rng.choice(["for", "of", "in the area of", "concerning"])
    return f"{text[: match.start()]}{match[1]} {match[3]} {link} {match[2]}"


def merge(first: str, second: str) -> str:
    """Two sentences as one."""
    return f"{first.rstrip('.')}; {_small(second.rstrip('.'))}" + ("." if first.endswith(".") else "")


def split(text: str) -> tuple[str, str] | None:
    """One sentence as two, at its last tail; ``None`` when it has none that can stand alone."""
    parts = _TAIL.split(text.rstrip("."))
    if len(parts) < 3 or len(parts[-1].split()) < 3:
        return None
    head = text.rstrip(".")[: -len(parts[-1])].rstrip(" ,")
    end = "." if text.endswith(".") else ""
    return f"{head}{end}", f"This was done {parts[-1]}{end}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text if text[:2].isupper() or text.startswith("I ") else text[:1].lower() + text[1:]
