"""How long ``who-else`` takes among 100,000 documents, each way to ask: seeded rows, no files.

Run by hand: ``python tests/benchmarks/bench_who_else.py [--documents 100000]``. Every document has a look, revision ids
or none, habits, a hand, fingerprints of words and 25 sentences out of a pool; one in 400 has the query's own look, five
the query's own text, ids and hand. Prints for each way the first question, which reads what is kept in memory,
the median and the worst of the next seven, in seconds of wall time and of processor time, and the memory of the process.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
import zlib
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from forensics.documents.parse import parse  # noqa: E402
from forensics.documents.read import read  # noqa: E402
from forensics.documents.wire import to_wire  # noqa: E402
from forensics.features import style, wire  # noqa: E402
from forensics.features.features import Exhibit  # noqa: E402
from forensics.features.layout import Print, fingerprint  # noqa: E402
from forensics.features.measure import measure  # noqa: E402
from forensics.features.shingles import prints as fingerprints  # noqa: E402
from forensics.index import layouts, traces  # noqa: E402
from forensics.index.corpus import Corpus  # noqa: E402
from forensics.index.layouts import packed  # noqa: E402
from forensics.index.store import every  # noqa: E402
from forensics.index.traces import taken  # noqa: E402
from forensics.settings import Settings  # noqa: E402
from forensics.who_else import BY, who_else  # noqa: E402

sys.path[:0] = [str(ROOT / "tests" / "benchmarks")]
from bench_lineage import draws, lines, person, word  # noqa: E402

MARKS = {"font": 14, "lettering": 26, "place": 34, "shape": 8, "page": 11, "habit": 20}
"""So many marks of each family a document has: about the mean of real files."""

SENTENCES, POOL, PRINTS, IDS = 25, 250_000, 60, 40
LIMIT, WIDE = 0.3, 363


def seeded(number: int) -> Print:
    """A look by chance: one of 2,000 templates, a third of it the document's own."""
    chance = random.Random(number)
    base = random.Random(f"template {int(2000 * chance.random() ** 2)}")
    marks: dict[tuple[str, str], float] = {}
    for family, count in MARKS.items():
        for _ in range(count):
            mark = f"{int(400 * base.random() ** 2)}"
            own = f"{int(400 * chance.random() ** 2)}"
            marks[family, mark if chance.random() < 0.67 else own] = 0.05 + 0.9 * chance.random()
    return Print(marks=marks)


def pool(corpus: Corpus, exhibit: Exhibit) -> np.ndarray:
    """Sentences of 2,000 topics with noise; returns their vectors, the query's own at the end. Sets the encoder."""
    encoded = corpus.meaning.encode([exhibit], keep=False)
    assert encoded is not None
    own = encoded[0].vectors
    chance = np.random.default_rng(7)
    width = own.shape[1]
    topics = chance.standard_normal((2000, width), dtype=np.float32)
    rows = topics[chance.integers(0, 2000, POOL)] + 1.5 * chance.standard_normal(
        (POOL, width), dtype=np.float32
    )
    rows = np.concatenate([rows, own.astype(np.float32)])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    db = corpus._store._db
    with corpus.writing():
        made = corpus.meaning._loaded
        db.execute(
            "INSERT INTO encoder (fingerprint, model, sha256, backend, dimension) VALUES (?, ?, ?, ?, ?)",
            (made.fingerprint, made.model, made.sha256, made.backend, made.dimension),  # type: ignore[union-attr]
        )
        db.executemany(
            "INSERT INTO sentence (number, key, vector) VALUES (?, ?, ?)",
            ((at + 1, f"{at}".encode(), row.astype(np.float16).tobytes()) for at, row in enumerate(rows)),
        )
    return rows


def fill(corpus: Corpus, count: int, exhibit: Exhibit) -> None:
    """Rows as ``ingest`` writes them."""
    vectors = pool(corpus, exhibit)
    own_sentences = list(range(POOL + 1, len(vectors) + 1))
    like, own, prints = (
        fingerprint(exhibit.document),
        taken(exhibit),
        every(fingerprints(exhibit.features.tokens)),
    )
    hand = style.hand(exhibit)
    assert like is not None and hand is not None
    content = zlib.compress(json.dumps(to_wire(exhibit.document), ensure_ascii=False).encode(), 6)
    features = wire.pack(exhibit.features)
    db, dice = corpus._store._db, np.random.default_rng(11)
    words = dice.integers(-(2**62), 2**62, 400_000)
    habits = [(kind, value) for kind, value in own.keys if kind == "habit"]
    with corpus.writing():
        for number in range(1, count + 1):
            copy = number % max(1, count // 5) == 0
            db.execute(
                "INSERT INTO document (id, kind, name, kin, winnowed, passages, added, content) "
                "VALUES (?, 'resume', ?, ?, 0, 0, '2026-01-01', ?)",
                (f"sha256:{number:064x}", f"Person Number{number}", number, content if copy else b""),
            )
            db.execute(
                "INSERT INTO application VALUES (?, ?, NULL, NULL, NULL, NULL, 'applicant')",
                (number, f"{number}.pdf"),
            )
            look = like if number % 400 == 0 else seeded(number)
            db.execute("INSERT INTO layout VALUES (?, ?, ?)", (number, layouts.STAMP, packed(look)))
            if copy:
                db.execute("INSERT INTO measured VALUES (?, ?, ?)", (number, wire.stamp(), features))
            ids = (
                [("rsid", f"{each:08X}") for each in dice.integers(0, 2**23, IDS).tolist()]
                if number % 2
                else []
            )
            usual = [each for each in habits if dice.random() < 0.3]
            keys = own.keys if copy else tuple({*ids, *usual})
            db.executemany("INSERT OR IGNORE INTO trace VALUES (?, ?, ?)", ((*key, number) for key in keys))
            written = (
                hand if copy else hand + 1.2 * float(np.abs(hand).mean()) * dice.standard_normal(len(hand))
            )
            blob = np.rint(written * (127 / np.abs(written).max())).astype(np.int8).tobytes()
            db.execute("INSERT INTO traced VALUES (?, ?, ?)", (number, traces.STAMP, blob))
            held = prints if copy else words[(len(words) * dice.random(PRINTS) ** 2).astype(int)].tolist()
            db.executemany("INSERT OR IGNORE INTO print VALUES (?, ?)", ((each, number) for each in held))
            said = own_sentences if copy else dice.integers(1, POOL + 1, SENTENCES).tolist()
            db.executemany(
                "INSERT INTO said VALUES (?, ?, ?)", ((number, at, s) for at, s in enumerate(said))
            )
            centre = vectors[np.array(said) - 1].mean(axis=0)
            centre /= np.linalg.norm(centre)
            db.execute(
                "INSERT INTO centre (doc, vector) VALUES (?, ?)",
                (number, centre.astype(np.float16).tobytes()),
            )


def query() -> Exhibit:
    """A demo document."""
    document = read(ROOT / "corpora" / "demo" / "incoming" / "Pemberwick_FullStack.pdf")
    return measure(document)  # type: ignore[arg-type]


def written(corpus: Corpus) -> Exhibit:
    """A DOCX by python-docx with as many revision ids as nine of ten files have; five stored documents share them."""
    dice = random.Random(3)
    data = word(person(dice), lines(dice), draws(dice, WIDE))
    document = parse(
        data, id=f"sha256:{'d' * 64}", path="asked.docx", plain=True, limits=Settings(hidden=False)
    )
    exhibit = measure(document)  # type: ignore[arg-type]
    count = corpus._store._db.execute("SELECT max(doc) FROM document").fetchone()[0]
    with corpus.writing():
        for number in range(max(1, count // 5), count + 1, max(1, count // 5)):
            corpus._store._db.executemany(
                "INSERT OR IGNORE INTO trace VALUES (?, ?, ?)",
                ((*key, number) for key in taken(exhibit).keys),
            )
    return exhibit


def main() -> int:
    """Measure and print; 1 if a way is slower than the limit."""
    words = argparse.ArgumentParser(description="Ask who else among many.")
    words.add_argument("--documents", type=int, default=100_000)
    asked = words.parse_args()
    slow = 0
    with tempfile.TemporaryDirectory() as place, Corpus.open(Path(place), create=True) as corpus:
        exhibit = query()
        fill(corpus, asked.documents, exhibit)
        docx = written(corpus)
        for name, by, asking in (*((by, by, exhibit) for by in BY), ("lineage of a DOCX", "lineage", docx)):
            times, processor = [], []
            for _ in range(8):
                start, began = time.perf_counter(), time.process_time()
                found = who_else(asking, corpus, by=by, limit=20)
                times.append(time.perf_counter() - start)
                processor.append(time.process_time() - began)
            warm, used = sorted(times[1:]), sorted(processor[1:])
            slow += statistics.median(warm) > LIMIT
            print(
                f"{name:17} {found.searched:,} searched, {found.total:,} found: first {times[0]:.2f} s, then median "
                f"{statistics.median(warm):.3f} s ({statistics.median(used):.3f} s of processor time), worst "
                f"{warm[-1]:.3f} s ({used[-1]:.3f} s)",
                flush=True,
            )
        print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB; limit {LIMIT} s")
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
