"""Makes the ``prints.npz`` and the ``vectors.npz`` of each source of the background.

``python corpora/background/make.py stock`` reads ``stock/phrases.txt``;
``python corpora/background/make.py onet FILE`` reads the Task Statements of any release of O*NET (the text or
CSV file of the database, with a column ``Task``); put release and date of that file into ``onet/corpus.toml``.
The vectors are those of the model and backend that the settings ask for, and of this model alone.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np

from forensics.documents.document import Document, Line, Passage
from forensics.features.encoder import Encoder, Vectors
from forensics.features.entities import find_entities
from forensics.features.features import Tokens
from forensics.features.neutral import sentences as neutral_sentences
from forensics.features.shingles import positions, stem, wholes
from forensics.features.tokens import tokens
from forensics.features.vectors import load_encoder
from forensics.index import background, public
from forensics.index.background import RUN, Background

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


def first_verbs(tasks: Iterable[str]) -> frozenset[str]:
    """The words that tasks begin with, which are verbs."""
    return frozenset(match.group().lower() for task in tasks if (match := re.match(r"[A-Za-z-]+", task)))


def tenses(tasks: Iterable[str]) -> Iterator[str]:
    """Each task as given and in the past; only those whose stems differ, others have the same fingerprints."""
    tasks = sorted(set(tasks))
    verbs = first_verbs(tasks)
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


def as_bullet(sentence: str) -> Tokens:
    """The words of a sentence, read and masked as a bullet of a résumé."""
    end = len(sentence)
    document = Document(
        id="", path="", format="text", kind="resume", language="en", pages=1, text=sentence,
        lines=(Line(start=0, end=end),), passages=(Passage(start=0, end=end, section="experience"),),
    )  # fmt: skip
    return tokens(document, find_entities(document))


def fingerprints(sentences: Iterable[str]) -> Background:
    """The fingerprints of sentences."""
    trigrams, short = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
    for sentence in sentences:
        found = as_bullet(sentence)
        trigrams.append(positions(found)[0])
        if len(found) <= SHORT:
            short.append(wholes(found)[0])
    return Background(trigrams=np.unique(np.concatenate(trigrams)), wholes=np.unique(np.concatenate(short)))


def spread(phrase: str) -> Iterator[str]:
    """As few wordings of a phrase with ``(a|b|)`` in it as have every choice once."""
    parts = [part.split("|") for part in re.split(r"[()]", phrase)]
    for number in range(max(map(len, parts))):
        yield " ".join("".join(part[number % len(part)] for part in parts).split())


def vectors(groups: Iterable[Sequence[str]], encoder: Encoder) -> Vectors:
    """A row for each group of wordings of a sentence, halfway between them, in a fixed order.

    Each wording is read, masked and said neutrally as a bullet of a résumé is; one that is too short to be
    compared is left out, and of groups that say the same one is kept.
    """
    spoken = {
        tuple(text for wording in group for _, text in neutral_sentences(wording, as_bullet(wording)))
        for group in groups
    } - {()}
    texts = sorted({text for group in spoken for text in group})
    of = dict(zip(texts, encoder.encode(texts), strict=True))
    rows = np.array([np.sum([of[text] for text in group], axis=0) for group in sorted(spoken)], np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def both_tenses(tasks: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each task as given and in the past: one of the two would take half of the room and be further off."""
    tasks = sorted(set(tasks))
    verbs = first_verbs(tasks)
    for task in tasks:
        yield task, in_the_past(task, verbs, throughout=False)


def write(
    source: str, prints: Background, groups: Iterable[Sequence[str]], encoder: Encoder
) -> Iterator[str]:
    """Write both files of a source; what there is to say about each."""
    target = HERE / source / "prints.npz"
    background.save(target, prints)
    yield f"{target}: {len(prints.trigrams)} trigrams, {len(prints.wholes)} short phrases"
    target = HERE / source / "vectors.npz"
    rows = vectors(groups, encoder)
    held = public.quantised(rows, model=encoder.model, sha256=encoder.sha256)
    public.save(target, held)
    kept = (rows * held.vectors()).sum(axis=1)
    yield (
        f"{target}: {len(rows)} sentences by {encoder.model} ({encoder.backend}), {target.stat().st_size} bytes; "
        f"cosine to what was quantised: mean {kept.mean():.4f}, 1 % below {np.quantile(kept, 0.01):.4f}"
    )


def main() -> None:
    """Make one source again."""
    words = argparse.ArgumentParser(description="Make a background source again: fingerprints and vectors.")
    words.add_argument("source", choices=["stock", "onet"])
    words.add_argument("file", nargs="?", type=Path, help="Task Statements of O*NET, for onet")
    asked = words.parse_args()
    if (asked.source == "onet") != (asked.file is not None):
        words.error("onet needs a FILE, stock takes none")
    encoder = load_encoder()
    if asked.source == "stock":
        phrases = lines_of(HERE / "stock" / "phrases.txt")
        prints = fingerprints(sorted({each for phrase in phrases for each in wordings(phrase)}))
        groups: list[tuple[str, ...]] = [(each,) for phrase in phrases for each in spread(phrase)]
    else:
        tasks = task_statements(asked.file)
        prints, groups = fingerprints(tenses(tasks)), list(both_tenses(tasks))
    for line in write(asked.source, prints, groups, encoder):
        print(line)


if __name__ == "__main__":
    main()
