"""A frozen copy says what the corpus says, and cannot be changed."""

from pathlib import Path

import pytest
from conftest import DEMO, Run

from forensics.errors import CorpusUnwritable
from forensics.index.corpus import Corpus
from forensics.index.frozen import freeze, frozen


def test_a_frozen_copy_says_the_same_and_cannot_be_written(demo: Path, tmp_path: Path) -> None:
    with Corpus.open(demo) as corpus:
        freeze(corpus, tmp_path)
        before = (tmp_path / "corpus.db").read_bytes()
        with frozen(tmp_path) as copy:
            assert copy.population().rows == corpus.population().rows
            assert copy.population().applications == corpus.population().applications
            for doc in corpus.population().rows:
                assert copy.exhibit(doc) == corpus.exhibit(doc)
            with pytest.raises(CorpusUnwritable):
                copy.erase(applicant="Fatima Benhaddou")
    assert (tmp_path / "corpus.db").read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} <= {"corpus.db", ".lock"}


def test_what_is_stored_later_is_not_in_it(own_demo: Path, run: Run, tmp_path: Path) -> None:
    with Corpus.open(own_demo) as corpus:
        (tmp_path / "copy").mkdir()
        freeze(corpus, tmp_path / "copy")
    run("ingest", DEMO / "incoming" / "Pemberwick_FullStack.pdf", corpus=own_demo)
    with frozen(tmp_path / "copy") as copy, Corpus.open(own_demo) as corpus:
        assert len(copy.population().rows) + 1 == len(corpus.population().rows)
