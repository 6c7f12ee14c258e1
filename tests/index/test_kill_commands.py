"""Commands on one corpus, killed over and over: afterwards database, vectors, views and files agree."""

import os
import random
import time

import numpy as np

from forensics.index.corpus import Corpus

ROUNDS = int(os.environ.get("FORENSICS_TEST_KILLS", 3))
TRADES = ("ledgers", "pumps", "orchards", "subtitles", "turbines", "archives")


def resume(number, chance):
    """Somebody's résumé; nobody says the same as anybody else."""
    lines = "\n".join(
        f"- Repaired {chance.randrange(10**6)} {chance.choice(TRADES)} of district {number}-{at} before the audit of "
        f"year {1990 + at} had begun"
        for at in range(8)
    )
    return f"Jane Number{number}\njane.{number}@example.org\n\nExperience\n\n{lines}\n"


def exact(corpus):
    """The view of the sentences holds those of the database, and each is nearest to itself."""
    with Corpus.open(corpus) as opened:
        truth = opened.meaning._store.truth("sentence")
        view = opened.meaning.view("passages")
        with truth.moment():
            view.refresh()
            numbers = [int(each) for some, _ in truth.after(0) for each in some]
            vectors = np.concatenate([rows for _, rows in truth.after(0)]).astype(np.float32)
        _, found = view.nearest(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), 1)
        assert found[:, 0].tolist() == numbers
        assert not opened.meaning.warnings()


def test_a_corpus_is_whole_after_every_killing(process, run, tmp_path):
    """FORENSICS_TEST_KILLS=100 has many more rounds."""
    chance = random.Random(1)
    files, corpus = tmp_path / "files", tmp_path / "corpus"
    files.mkdir()
    query = tmp_path / "query.txt"
    query.write_text(resume(0, chance), encoding="utf-8")
    number = 0
    for _ in range(ROUNDS):
        for _ in range(12):
            number += 1
            (files / f"{number}.txt").write_text(resume(number, chance), encoding="utf-8")
        words = [
            ("ingest", files),
            ("check", query),
            ("erase", "--applicant", f"Jane Number{chance.randrange(1, number)}"),
        ]
        children = [
            process(*each, "--corpus", corpus) for each in words if corpus.exists() or each[0] == "ingest"
        ]
        time.sleep(chance.uniform(1, 6))
        for child in children:
            child.kill()
            child.communicate()
        if not corpus.exists():
            continue
        again = run("ingest", files, "--json", corpus=corpus).json
        assert again["unreadable"] == 0 and again["added"] + again["unchanged"] == number
        status = run("status", "--deep", "--json", corpus=corpus).json
        assert status["problems"] == [] and status["consistent"] is True
        assert (status["documents"], status["without_vectors"]) == (number, 0)
        exact(corpus)
    assert number and corpus.exists()
