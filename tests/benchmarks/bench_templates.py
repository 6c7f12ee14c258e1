"""How well files of one template are found among others, beside plain geometry.

Twelve templates and more, each filled by eight invented people through two writers, among files of designs by chance
(tests/benchmarks/templated). Relevant is who has the template, whatever the writer. Prints P@1, P@5, and precision
and recall of all pairs at the calibrated threshold, for our marks and for a plain baseline (font × size × colour,
line starts, shapes, page box; √tf·idf, cosine). Run by hand: ``python tests/benchmarks/bench_templates.py
[folder] [--chance 510]``; rendered files in the folder are used again.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmarks")]

from templated.render import Made, by_chance, templated  # noqa: E402

from forensics.documents.document import Document  # noqa: E402
from forensics.documents.look import Look  # noqa: E402
from forensics.documents.parse import parse  # noqa: E402
from forensics.features.layout import fingerprint  # noqa: E402
from forensics.findings.templates import TEMPLATE  # noqa: E402
from forensics.index.layouts import Layouts  # noqa: E402
from forensics.settings import Settings  # noqa: E402

LIMITS = Settings(hidden=False)


def read(made: Made) -> Document:
    """A file as the reading child reads it."""
    return parse(made.path.read_bytes(), id=made.path.name, path=made.path.name, plain=True, limits=LIMITS)


def ours(documents: list[Document]) -> np.ndarray:
    """Of all documents to all, as ``who-else`` tells it to each when it asks about the others, ``(n, n)``."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE layout (doc INTEGER PRIMARY KEY, stamp TEXT NOT NULL, marks BLOB)")
    layouts = Layouts(db)
    prints = [fingerprint(each) for each in documents]
    for number, found in enumerate(prints, 1):
        layouts.put(number, found)
    asked = [(number, found) for number, found in enumerate(prints, 1) if found is not None]
    return np.stack([layouts.same_look(found, frozenset({number}))[1] for number, found in asked])


def plain(documents: list[Document]) -> np.ndarray:
    """The baseline: one bag of geometric tokens a document."""
    bags = [_tokens(each.look) for each in documents if each.look is not None]
    counts = Counter(token for bag in bags for token in bag)
    index = {token: at for at, token in enumerate(counts)}
    rows = np.zeros((len(bags), len(index)), np.float32)
    for at, bag in enumerate(bags):
        for token, count in bag.items():
            rows[at, index[token]] = count**0.5 * np.log(len(bags) / counts[token] + 1e-9)
    rows /= np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True))
    return rows @ rows.T


def _tokens(look: Look) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in look.lettering:
        found[f"sty {each.font.rpartition('+')[2]} {each.size} {each.colour}"] += each.letters
    for x, count in look.starts:
        found[f"xs {x // 3}"] += count
    for kind, a, b, count in look.shapes:
        found[f"geo {kind} {a} {b}"] += count
    found[f"box {look.width} {look.height}"] += 1
    return found


def figures(similar: np.ndarray, made: list[Made], threshold: float) -> tuple[float, float, float, float]:
    """P@1, P@5, precision and recall at the threshold, over all files of a template as queries."""
    names = np.array([each.template or f"chance {at}" for at, each in enumerate(made)])
    first, five, hits, listed, relevant = [], [], 0, 0, 0
    for at, each in enumerate(made):
        if each.template is None:
            continue
        row = similar[at].copy()
        row[at] = -1
        order = np.argsort(-row, kind="stable")[:5]
        same = names == each.template
        first.append(same[order[0]])
        five.append(same[order].mean())
        above = row >= threshold
        hits, listed, relevant = (
            hits + int((above & same).sum()),
            listed + int(above.sum()),
            relevant + int(same.sum()) - 1,
        )
    return float(np.mean(first)), float(np.mean(five)), hits / max(1, listed), hits / relevant


def best(similar: np.ndarray, made: list[Made], precision: float) -> tuple[float, float]:
    """The lowest threshold with so much precision, and the recall there."""
    for threshold in np.arange(0.2, 1.0, 0.01):
        found = figures(similar, made, float(threshold))
        if found[2] >= precision:
            return float(threshold), found[3]
    return 1.0, 0.0


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description="Search for templates.")
    words.add_argument("folder", nargs="?", type=Path)
    words.add_argument("--chance", type=int, default=510)
    asked = words.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="templates-"))
    made = [*templated(folder), *by_chance(folder, asked.chance)]
    documents = [read(each) for each in made]
    templates = {each.template for each in made} - {None}
    print(
        f"{len(templates)} templates, {sum(each.template is not None for each in made)} files, {asked.chance} by chance"
    )
    print("                P@1    P@5    precision  recall")
    for name, similar, threshold in (
        ("ours", ours(documents), TEMPLATE),
        ("plain geometry", plain(documents), 0.6),
    ):
        one, five, precision, recall = figures(similar, made, threshold)
        print(f"{name:15s} {one:.3f}  {five:.3f}  {precision:.3f}      {recall:.3f}  at {threshold}")
        for wanted in (0.9, 0.95, 0.98):
            at, reached = best(similar, made, wanted)
            print(f"{'':15s} precision {wanted}: recall {reached:.3f} at {at:.2f}")


if __name__ == "__main__":
    main()
