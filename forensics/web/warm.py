"""The corpus as questions about all documents need it: opened once, kept between requests, asked by one thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

from forensics.index.corpus import Corpus
from forensics.index.population import Population

T = TypeVar("T")


class Warm:
    """What a question has read of the corpus (who is in it, how everything looks) is there for the next one.

    A database belongs to one thread, so questions are answered one after another by a thread of their own.
    What others write meanwhile is seen; a corpus that was put in place of this one (``restore``) is opened anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="questions")
        self._closing = ExitStack()
        self._corpus: tuple[int, Corpus] | None = None
        self._kept: dict[str, tuple[Population, Any]] = {}

    def ask(self, question: Callable[[Corpus], T]) -> T:
        """The answer; raises what the question raises, and what :meth:`Corpus.open` does."""
        return self._thread.submit(self._answer, question).result()

    def ask_once(self, name: str, question: Callable[[Corpus], T]) -> T:
        """As :meth:`ask`, but what is called ``name`` is asked only once until somebody writes into the corpus.

        The answer is shared by all who ask: nobody may change it.
        """

        def again(corpus: Corpus) -> T:
            people = corpus.population()  # another one after each writing
            kept = self._kept.get(name)
            if kept is None or kept[0] is not people:
                self._kept = {each: held for each, held in self._kept.items() if held[0] is people}
                kept = self._kept[name] = (people, question(corpus))
            found: T = kept[1]
            return found

        return self.ask(again)

    def close(self) -> None:
        """Close the database, after what is being asked."""
        self._thread.submit(self._closing.close).result()
        self._thread.shutdown()

    def _answer(self, question: Callable[[Corpus], T]) -> T:
        file = self._folder / "corpus.db"
        which = file.stat().st_ino if file.is_file() else 0
        if self._corpus is None or self._corpus[0] != which:
            self._corpus = None
            self._closing.close()
            self._corpus = (which, self._closing.enter_context(Corpus.open(self._folder)))
        return question(self._corpus[1])
