"""English verb forms, as far as the generator and the rewording need them."""

from __future__ import annotations

_PAST = {
    "build": "built",
    "write": "wrote",
    "rewrite": "rewrote",
    "lead": "led",
    "run": "ran",
    "set up": "set up",
    "roll out": "rolled out",
    "split up": "split up",
    "follow up": "followed up",
    "rebuild": "rebuilt",
    "split": "split",
    "cut": "cut",
    "keep": "kept",
    "bring": "brought",
    "teach": "taught",
    "take over": "took over",
    "give": "gave",
    "make": "made",
    "find": "found",
    "drive": "drove",
    "hold": "held",
    "ship": "shipped",
    "put": "put",
    "get": "got",
    "take": "took",
    "plan": "planned",
    "map": "mapped",
    "admit": "admitted",
    "track": "tracked",
    "model": "modelled",
    "script": "scripted",
    "refactor": "refactored",
    "spend": "spent",
    "win": "won",
    "oversee": "oversaw",
    "see": "saw",
    "meet": "met",
    "pay": "paid",
    "sell": "sold",
    "stop": "stopped",
    "draw up": "drew up",
    "think": "thought",
    "stand up": "stood up",
    "deal": "dealt",
    "begin": "began",
    "know": "knew",
    "show": "showed",
    "hand over": "handed over",
    "put together": "put together",
    "debug": "debugged",
    "look after": "looked after",
    "work out": "worked out",
    "tidy up": "tidied up",
    "sort out": "sorted out",
    "carry out": "carried out",
    "put in place": "put in place",
    "bring down": "brought down",
    "push": "pushed",
    "lay": "laid",
    "shrink": "shrank",
    "withdraw": "withdrew",
    "break": "broke",
    "speak": "spoke",
    "read": "read",
    "draw": "drew",
    "set": "set",
    "do": "did",
    "overhaul": "overhauled",
    "undo": "undid",
    "redo": "redid",
    "recast": "recast",
    "rethink": "rethought",
    "understand": "understood",
    "tell": "told",
    "buy": "bought",
    "lend": "lent",
    "put right": "put right",
    "control": "controlled",
    "quit": "quit",
    "grow": "grew",
    "feed": "fed",
    "undertake": "undertook",
}
_DOUBLED = {
    "run",
    "cut",
    "set",
    "split",
    "plan",
    "map",
    "admit",
    "ship",
    "stop",
    "put",
    "get",
    "win",
    "control",
    "log",
    "debug",
    "quit",
    "refer",
    "chat",
    "scan",
    "step",
    "trim",
    "submit",
    "sidestep",
    "swap",
    "spot",
    "transfer",
    "plot",
    "compel",
    "begin",
}
_VOWELS = "aeiou"


def past(verb: str) -> str:
    """``build`` → ``built``; the first word of a phrasal verb is inflected."""
    if verb in _PAST:
        return _PAST[verb]
    head, _, rest = verb.partition(" ")
    if head in _PAST:
        form = _PAST[head]
    elif head.endswith("e"):
        form = f"{head}d"
    elif head.endswith("y") and head[-2] not in _VOWELS:
        form = f"{head[:-1]}ied"
    elif head in _DOUBLED:
        form = f"{head}{head[-1]}ed"
    else:
        form = f"{head}ed"
    return f"{form} {rest}".strip()


def gerund(verb: str) -> str:
    """``write`` → ``writing``."""
    head, _, rest = verb.partition(" ")
    if head.endswith("ee"):
        form = f"{head}ing"
    elif head.endswith("e"):
        form = f"{head[:-1]}ing"
    elif head in _DOUBLED:
        form = f"{head}{head[-1]}ing"
    else:
        form = f"{head}ing"
    return f"{form} {rest}".strip()
