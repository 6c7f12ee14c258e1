"""Ingest by machines that open the files themselves: what they do wrong is noticed, what they make is taken over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import DEMO

from forensics.documents.source import walk
from forensics.errors import UsageError
from forensics.index.corpus import Corpus
from forensics.index.manifest import no_manifest
from forensics.index.meaning import Meaning
from forensics.ingest import ingest

FILE = DEMO / "incoming" / "Pemberwick_FullStack.pdf"


def into(folder: Path, *paths: Path, change: Callable[[Any], Any] = lambda done: done) -> list[str]:
    """Ingest with machines that are this one; ``change`` is what they do to a result."""

    def run(work: Callable[[Any], Any], items: Iterable[Any], **_: object) -> Iterator[Any]:
        yield from (change(work(item)) for item in items)

    with Corpus.open(folder, create=True) as corpus:
        files = walk(map(str, paths))
        done = ingest(files, corpus, no_manifest(), role="applicant", run=run, workers=1, afar=True)
        found = [each.status for each in done]
        assert not corpus.silent()
    return found


def encoded_here(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents were encoded by the process that stores them, call by call."""
    counts: list[int] = []
    encode = Meaning.encode

    def counting(self: Meaning, exhibits: Any, *, keep: bool) -> Any:
        counts.append(len(exhibits))
        return encode(self, exhibits, keep=keep)

    monkeypatch.setattr(Meaning, "encode", counting)
    return counts


def test_vectors_are_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = encoded_here(monkeypatch)
    assert into(tmp_path / "corpus", FILE) == ["added"]
    assert sum(counts) == 0
    assert not list((tmp_path / "corpus").glob("files/*/*"))


def test_vectors_that_another_processor_rounds_otherwise_are_made_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = encoded_here(monkeypatch)

    def otherwise(done: Any) -> Any:
        return replace(done, voiced=replace(done.voiced, mark="of another"))

    assert into(tmp_path / "corpus", FILE, change=otherwise) == ["added"]
    assert sum(counts) == 1


def test_the_same_bytes_twice_and_no_file_at_all(tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    again.write_bytes(FILE.read_bytes())
    done = into(tmp_path / "corpus", FILE, again, tmp_path / "nowhere.pdf")
    assert done == ["added", "unchanged", "unreadable"]


def test_a_machine_that_does_not_see_the_files_stops_it(tmp_path: Path) -> None:
    def blind(done: Any) -> Any:
        return replace(done, missed=("node7", FILE))

    with pytest.raises(UsageError, match=r"is not there on node7: .* storage"):
        into(tmp_path / "corpus", FILE, change=blind)
