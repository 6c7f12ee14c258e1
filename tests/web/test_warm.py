"""Warm: what is asked once is not asked again until somebody writes, and then of what is there now."""

from forensics.index.corpus import Corpus
from forensics.web.warm import Warm


def test_an_answer_is_kept_until_the_corpus_changes(run, tmp_path):
    corpus = tmp_path / "corpus"
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("Ada Example\nEXPERIENCE\nKept the lights of a harbour burning through two winters.\n")
    second.write_text("Bea Sample\nEXPERIENCE\nWrote the tests of a scheduler for trains in the mountains.\n")
    run("ingest", str(first), "--corpus", str(corpus))
    asked = []

    def question(held: Corpus) -> int:
        asked.append("many")
        return len(held.population().rows)

    def other(held: Corpus) -> str:
        asked.append("other")
        return "other"

    warm = Warm(corpus)
    try:
        assert [warm.ask_once("many", question) for _ in range(3)] == [1, 1, 1]
        assert warm.ask_once("other", other) == "other"
        assert asked == ["many", "other"]
        run("ingest", str(second), "--corpus", str(corpus))
        assert warm.ask_once("many", question) == 2 and warm.ask_once("other", other) == "other"
        assert asked == ["many", "other"] * 2
    finally:
        warm.close()
