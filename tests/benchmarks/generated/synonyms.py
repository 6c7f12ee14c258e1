"""The table of words and phrases that the rewording operators exchange, with inflected verbs."""

from __future__ import annotations

import re
from functools import cache

from .lists import DATA
from .trades import trades
from .verbs import gerund, past

_PARTICIPLES = {
    "wrote": "written",
    "rewrote": "rewritten",
    "ran": "run",
    "took": "taken",
    "took over": "taken over",
    "gave": "given",
    "drew": "drawn",
    "drew up": "drawn up",
    "oversaw": "overseen",
    "did": "done",
    "saw": "seen",
    "showed": "shown",
    "knew": "known",
    "drove": "driven",
    "grew": "grown",
}

NOUNS = {
    "build": "construction",
    "design": "design",
    "write": "writing",
    "implement": "implementation",
    "rewrite": "rewrite",
    "extend": "extension",
    "ship": "delivery",
    "develop": "development",
    "tune": "tuning",
    "maintain": "maintenance",
    "review": "review",
    "test": "test",
    "automate": "automation",
    "migrate": "migration",
    "document": "documentation",
    "validate": "validation",
    "reconcile": "reconciliation",
    "audit": "audit",
    "merge": "merger",
    "set up": "set-up",
    "roll out": "introduction",
    "operate": "operation",
    "monitor": "monitoring",
    "upgrade": "upgrade",
    "execute": "execution",
    "plan": "planning",
    "prepare": "preparation",
    "analyse": "analysis",
    "investigate": "investigation",
    "introduce": "introduction",
    "publish": "publication",
    "fix": "repair",
    "reduce": "reduction",
    "train": "training",
    "deploy": "deployment",
    "evaluate": "evaluation",
    "compare": "comparison",
    "lead": "leadership",
    "deliver": "delivery",
    "coordinate": "coordination",
    "manage": "management",
    "negotiate": "negotiation",
    "track": "tracking",
    "resolve": "resolution",
    "present": "presentation",
    "specify": "specification",
    "assess": "assessment",
    "admit": "admission",
    "educate": "education",
    "treat": "treatment",
    "support": "support",
    "revise": "revision",
    "schedule": "scheduling",
    "correct": "correction",
    "explain": "explanation",
    "launch": "launch",
    "produce": "production",
    "optimise": "optimisation",
    "install": "installation",
    "configure": "configuration",
    "replace": "replacement",
    "repair": "repair",
    "diagnose": "diagnosis",
    "organise": "organisation",
    "supervise": "supervision",
    "purchase": "purchase",
    "verify": "verification",
}


def participle(verb: str) -> str:
    """``write`` → ``written``."""
    form = past(verb)
    return _PARTICIPLES.get(form, form)


@cache
def tables() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Verbs (base forms) and words, each with what may stand instead."""
    found: dict[str, dict[str, tuple[str, ...]]] = {"verbs": {}, "words": {}}
    part = ""
    for line in (DATA / "synonyms.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            part = line.strip("[]")
        elif part:
            for entry in line.split(";"):
                key, _, rest = entry.partition(":")
                if rest:
                    found[part][key.strip().lower()] = tuple(
                        alt.strip() for alt in rest.split(",") if alt.strip()
                    )
    return found["verbs"], found["words"]


@cache
def exchange() -> dict[str, tuple[str, ...]]:
    """Every form that can be exchanged; a base form stands with its ``to``."""
    verbs, words = tables()
    forms = dict(words)
    for verb, others in verbs.items():
        forms.setdefault(past(verb), tuple(past(other) for other in others))
        forms.setdefault(gerund(verb), tuple(gerund(other) for other in others))
        forms.setdefault(f"to {verb}", tuple(f"to {other}" for other in others))
    return forms


@cache
def pattern() -> re.Pattern[str]:
    """Finds exchangeable forms, the longest first."""
    keys = sorted(exchange(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, keys))})(?![\w-])", re.IGNORECASE)


@cache
def known_verbs() -> dict[str, str]:
    """Past forms and gerunds of all verbs of the trades and the table, with their base forms."""
    bases = set(tables()[0]) | {verb for trade in trades() for verbs, _ in trade.deeds for verb in verbs}
    return {form: base for base in sorted(bases) for form in (past(base), gerund(base))}
