"""Makes the ``prints.npz`` of each source of the background.

``python corpora/background/make.py stock`` reads ``stock/phrases.txt``;
``python corpora/background/make.py onet FILE`` reads the Task Statements of any release of O*NET (the text or
CSV file of the database, with a column ``Task``); put release and date of that file into ``onet/corpus.toml``.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import numpy as np

from forensics.documents.document import Document, Line, Passage
from forensics.features.entities import find_entities
from forensics.features.shingles import positions, stem, wholes
from forensics.features.tokens import tokens
from forensics.index.background import RUN, Background, save

HERE = Path(__file__).parent

SHORT = RUN + 2
"""A sentence of more words has enough trigrams to be found by them; up to here it is kept whole."""

AT_ONCE = 4
"""So many neighbouring choices of a phrase are combined; a trigram spans three, and one may be empty."""

IRREGULAR = {
    base: past
    for line in """
        be was, bear bore, become became, begin began, bend bent, bind bound, bite bit, blow blew,
        break broke, bring brought, build built, buy bought, catch caught, choose chose, come came,
        creep crept, crossbreed crossbred, deal dealt, dig dug, do did, draw drew, drink drank, drive drove,
        eat ate, fall fell, feed fed, feel felt, fight fought, find found, fly flew, foresee foresaw,
        freeze froze, get got, give gave, go went, grind ground, grow grew, hang hung, have had, hear heard,
        hide hid, hold held, keep kept, know knew, lay laid, lead led, leave left, lend lent, light lit,
        lose lost, make made, mean meant, meet met, melt melted, oversee oversaw, overcome overcame,
        pay paid, rebuild rebuilt, resell resold, rewind rewound, rewrite rewrote, ride rode, ring rang,
        rise rose, run ran, say said, see saw, seek sought, sell sold, send sent, sew sewed, shake shook,
        shine shone, shoot shot, show showed, sing sang, sit sat, sleep slept, speak spoke, spend spent,
        spin spun, stand stood, steal stole, stick stuck, strike struck, string strung, sweep swept,
        swim swam, swing swung, take took, teach taught, tear tore, tell told, think thought, throw threw,
        understand understood, undertake undertook, uphold upheld, wear wore, weave wove, wind wound,
        withdraw withdrew, withhold withheld, write wrote
    """.replace("\n", " ").split(",")
    for base, past in [line.split()]
}
"""Verbs of task statements whose past is another word."""

UNCHANGED = frozenset(
    "bet cast cost cut fit hit hurt let put quit read reset set shed shut split spread typeset".split()
)

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|[^A-Za-z]+")
_BEFORE_A_VERB = re.compile(r"\s*(?:,\s*(?:and\s+|or\s+|and/or\s+)?|\s(?:and|or|and/or)\s+|/\s*)$")


def past(verb: str) -> str:
    """The simple past of a verb, by rule where it is no known irregular one."""
    head, dash, verb = verb.lower().rpartition("-")
    return head + dash + _past(verb)


def _past(verb: str) -> str:
    if verb in UNCHANGED:
        return verb
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]|.*(?:fer|mit|pel|gram|trol|cur|quip|embed|format)", verb):
        return verb + verb[-1] + "ed"
    return verb + "ed"


def in_the_past(task: str, verbs: frozenset[str], *, throughout: bool) -> str:
    """The task as someone who did it writes it: its first verb, and the verbs listed with it, in the past.

    A verb is one of ``verbs`` after a comma, ``and``, ``or``. After "to", "for", "by" or "that" such verbs
    may still belong to that: they change only if ``throughout``.
    """
    made: list[str] = []
    gap, listed = "", True
    for place, piece in enumerate(_WORD.findall(task)):
        word = piece.lower()
        if not word[0].isalpha():
            gap += piece
        elif place == 0 or (listed and word in verbs and _BEFORE_A_VERB.search(gap)):
            piece, gap = past(piece).capitalize() if piece[0].isupper() else past(piece), ""
        elif word in {"and", "or"}:
            gap += piece
        else:
            listed, gap = listed and (throughout or word not in {"to", "for", "by", "that"}), ""
        made.append(piece)
    return "".join(made)


def tenses(tasks: Iterable[str]) -> Iterator[str]:
    """Each task as given and in the past; only those whose stems differ, others have the same fingerprints."""
    tasks = sorted(set(tasks))
    verbs = frozenset(match.group().lower() for task in tasks if (match := re.match(r"[A-Za-z-]+", task)))
    for task in tasks:
        spoken = {task}
        for throughout in (False, True):
            spoken.add(in_the_past(task, verbs, throughout=throughout))
        seen: set[tuple[str, ...]] = set()
        for each in sorted(spoken):
            stems = tuple(stem(word.lower()) for word in re.findall(r"\w+", each))
            if stems not in seen:
                seen.add(stems)
                yield each


def task_statements(file: Path) -> list[str]:
    """The tasks of a file of O*NET. Raises :class:`SystemExit` when it has no column ``Task``."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        header = lines.readline()
        lines.seek(0)
        rows = csv.DictReader(lines, delimiter="\t" if "\t" in header else ",")
        if "Task" not in (rows.fieldnames or ()):
            raise SystemExit(f"{file} has no column Task: give the file of Task Statements of O*NET.")
        return [row["Task"].strip() for row in rows if row["Task"] and row["Task"].strip()]


def lines_of(file: Path) -> list[str]:
    """The lines of a list without blank lines and comments."""
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def wordings(phrase: str) -> Iterator[str]:
    """Wordings of a phrase with ``(a|b|)`` in it that have every stretch of :data:`AT_ONCE` choices once."""
    parts = [part.split("|") for part in re.split(r"[()]", phrase)]
    choices = [place for place, part in enumerate(parts) if len(part) > 1]
    said = set()
    for first in range(max(1, len(choices) - AT_ONCE + 1)):
        free = set(choices[first : first + AT_ONCE])
        for words in product(*(part if place in free else part[:1] for place, part in enumerate(parts))):
            said.add(" ".join("".join(words).split()))
    yield from sorted(said)


def fingerprints(sentences: Iterable[str]) -> Background:
    """The fingerprints of sentences, each read and masked as a bullet of a résumé."""
    trigrams, short = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
    for sentence in sentences:
        end = len(sentence)
        document = Document(
            id="", path="", format="text", kind="resume", language="en", pages=1, text=sentence,
            lines=(Line(start=0, end=end),), passages=(Passage(start=0, end=end, section="experience"),),
        )  # fmt: skip
        found = tokens(document, find_entities(document))
        trigrams.append(positions(found)[0])
        if len(found) <= SHORT:
            short.append(wholes(found)[0])
    return Background(trigrams=np.unique(np.concatenate(trigrams)), wholes=np.unique(np.concatenate(short)))


def stock() -> Background:
    """The fingerprints of ``stock/phrases.txt``."""
    phrases = lines_of(HERE / "stock" / "phrases.txt")
    return fingerprints(sorted({each for phrase in phrases for each in wordings(phrase)}))


def main() -> None:
    """Make one source again."""
    words = argparse.ArgumentParser(description="Make the fingerprints of a background source again.")
    words.add_argument("source", choices=["stock", "onet"])
    words.add_argument("file", nargs="?", type=Path, help="Task Statements of O*NET, for onet")
    asked = words.parse_args()
    if (asked.source == "onet") != (asked.file is not None):
        words.error("onet needs a FILE, stock takes none")
    made = stock() if asked.source == "stock" else fingerprints(tenses(task_statements(asked.file)))
    target = HERE / asked.source / "prints.npz"
    save(target, made)
    print(
        f"{target}: {len(made.trigrams)} trigrams, {len(made.wholes)} short phrases, {target.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
