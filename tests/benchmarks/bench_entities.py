"""What is read of résumés whose claims are known, beside a plain spaCy model on the same texts.

Eighty invented people in sixteen layouts and four languages (tests/benchmarks/resumes; labels by construction). Per
class the values of a document are compared as sets after normalising; F1 is over all documents. A job is wholly right
when employer, title, start and end all are. Run by hand:
``python tests/benchmarks/bench_entities.py [--further] [--model FOLDER] [--errors CLASS]
[--write FOLDER]``; without ``--model``
nothing stands beside.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmarks")]

from resumes.layouts import HEADINGS, LANGUAGES, LAYOUTS, shuffled  # noqa: E402
from resumes.people import Person, Post, person  # noqa: E402
from resumes.shapes import FOREIGN, FOREIGN_SHAPES, SHAPES, other_person  # noqa: E402

from forensics.documents.document import Document  # noqa: E402
from forensics.documents.parse import parse  # noqa: E402
from forensics.features.degrees import field_of  # noqa: E402
from forensics.features.features import Features  # noqa: E402
from forensics.features.measure import measure  # noqa: E402
from forensics.settings import Settings  # noqa: E402

GOALS = {
    "name": 0.95, "email": 0.99, "url": 0.99, "phone": 0.97, "dates": 0.93, "employer": 0.75, "title": 0.75,
    "school": 0.80, "degree": 0.85, "job": 0.6,
}  # fmt: skip
YEARLY = {"academic", "one_line"}
SPACY = {"PERSON": "name", "ORG": "employer"}

Values = dict[str, set[Any]]


def files() -> Iterator[tuple[str, Person, str]]:
    """Layout, person and text of every file; the same every time."""
    plan = [(layout, "en", turn) for turn in range(4) for layout in LAYOUTS]
    plan += [(layout, language, 4) for layout in LANGUAGES for language in HEADINGS]
    plan += [(layout, "en", 5) for layout in list(LAYOUTS)[:4]]
    for number, (layout, language, turn) in enumerate(plan):
        monthly = layout in {"barred", "bare"} or not (turn % 2 and layout in YEARLY)
        who = person(number * 7 + turn, language=language, monthly=monthly)
        lines = [HEADINGS.get(language, {}).get(line, line) for line in LAYOUTS[layout](who)]
        yield f"{layout}-{language}-{turn}", who, "\n".join(shuffled(lines, random.Random(number))) + "\n"


def other_files() -> Iterator[tuple[str, Person, str]]:
    """As :func:`files`, of the further shapes and people."""
    plan = [(shape, "en", turn) for turn in range(3) for shape in SHAPES]
    plan += [(shape, language, 3) for shape in FOREIGN_SHAPES for language in FOREIGN]
    for number, (shape, language, turn) in enumerate(plan):
        who = other_person(number * 5 + turn, language)
        lines = (SHAPES | FOREIGN_SHAPES)[shape](who)
        yield f"{shape}-{language}-{turn}", who, "\n".join(shuffled(lines, random.Random(number))) + "\n"


def plain(text: str | None) -> str:
    """Without case, punctuation and double blanks."""
    return " ".join(re.findall(r"\w+", (text or "").casefold()))


def month(date: tuple[int, int]) -> str:
    """As the program writes a date."""
    return f"{date[0]}-{date[1]:02d}" if date[1] else str(date[0])


def held(post: Post) -> tuple[str, str]:
    """First and last date of a job."""
    return month(post.start), month(post.end) if post.end else "present"


def truth(who: Person, layout: str) -> Values:
    """What the person claims, normalised."""
    firm = who.posts[0].employer if layout in {"several", "promoted"} else None
    posts = [
        (
            plain(firm if firm and at < 2 else p.employer),
            plain(p.title),
            *((None, None) if layout == "undated" else held(p)),
        )
        for at, p in enumerate(who.posts)
    ]
    name = re.sub(r"^Dr\. | JR\.$", "", who.name)
    return {
        "name": {plain(name)}, "email": {who.email}, "url": {who.link[1]}, "phone": {who.phone[1]},
        "employer": {p[0] for p in posts}, "title": {p[1] for p in posts},
        "dates": {p[2:] for p in posts} - {(None, None)},
        "school": {plain(s.school) for s in who.studies},
        "degree": {plain(" ".join(part or "" for part in field_of(s.degree))) for s in who.studies}, "job": set(posts),
    }  # fmt: skip


def read(features: Features) -> Values:
    """What the program read, normalised."""
    jobs = {(plain(j.employer), plain(j.title), j.start, j.end) for j in features.work}
    return {
        "name": {plain(features.applicant.name)} - {""}, "email": set(features.applicant.emails),
        "url": set(features.applicant.handles), "phone": set(features.applicant.phones),
        "employer": {j[0] for j in jobs} - {""}, "title": {j[1] for j in jobs} - {""},
        "dates": {j[2:] for j in jobs} - {(None, None)},
        "school": {plain(e.school) for e in features.education if e.school},
        "degree": {plain(f"{e.degree} {e.field or ''}") for e in features.education if e.degree}, "job": jobs,
    }  # fmt: skip


def document(text: str) -> Document:
    """The text as a file."""
    return parse(text.encode(), id="sha256:" + "0" * 64, path="made.txt", plain=True, limits=Settings())


def main() -> int:
    """Print the table; 1 where a goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path)
    parser.add_argument("--errors", default="")
    parser.add_argument("--further", action="store_true")
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    by_layout: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    made = list(other_files() if asked.further else files())
    nlp = _model(asked.model) if asked.model else None
    documents = [document(text) for _, _, text in made]
    measure(documents[0])
    began = time.process_time()
    exhibits = [measure(each) for each in documents]
    spent = time.process_time() - began
    for (label, who, text), exhibit in zip(made, exhibits, strict=True):
        if asked.write:
            asked.write.mkdir(parents=True, exist_ok=True)
            (asked.write / f"{label}.txt").write_text(text, encoding="utf-8")
        true, found = truth(who, label.split("-")[0]), read(exhibit.features)
        by_layout[label.split("-")[0]][0] += len(true["job"] & found["job"])
        by_layout[label.split("-")[0]][1] += len(true["job"])
        for kind in GOALS:
            _count(counts[kind], true[kind], found[kind])
            if kind == asked.errors and true[kind] != found[kind]:
                print(label, "missed", true[kind] - found[kind], "invented", found[kind] - true[kind])
        if nlp is not None:
            spans: Values = defaultdict(set)
            for one in nlp(text).ents:
                if one.label_ in SPACY:
                    spans[SPACY[one.label_]].add(plain(one.text))
            for kind in SPACY.values():
                _count(counts[f"spacy {kind}"], true[kind], spans[kind])
    print(
        f"{len(made)} files, {len(by_layout)} layouts; measured at {len(made) / spent:.0f} documents a CPU second"
    )
    missed = False
    for kind, goal in GOALS.items():
        f1 = _f1(counts[kind])
        missed |= f1 < goal
        beside = f"   plain spaCy {_f1(counts[f'spacy {kind}']):.3f}" if counts[f"spacy {kind}"] else ""
        print(f"{kind:10} F1 {f1:.3f}  goal {goal:.2f}{'  MISSED' if f1 < goal else ''}{beside}")
    print("jobs wholly right: " + ", ".join(f"{name} {a}/{b}" for name, (a, b) in by_layout.items()))
    return int(missed)


def _model(folder: Path) -> Any:
    import spacy

    return spacy.load(folder, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler", "senter"])


def _count(into: Counter[str], true: set[Any], found: set[Any]) -> None:
    into["right"] += len(true & found)
    into["missed"] += len(true - found)
    into["invented"] += len(found - true)


def _f1(counted: Counter[str]) -> float:
    whole = 2 * counted["right"] + counted["missed"] + counted["invented"]
    return 2 * counted["right"] / whole if whole else 1.0


if __name__ == "__main__":
    sys.exit(main())
