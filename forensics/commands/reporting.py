"""What --html OUT means: a report for each answer, as one page or as a folder with an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Self

import typer

if TYPE_CHECKING:
    from forensics.cases.binding import Binding
    from forensics.cases.case import Case
    from forensics.cases.duplicates import Duplicates
    from forensics.cases.ground import Ground
    from forensics.cases.overview import Indexed
    from forensics.documents.document import Problem, Unreadable
    from forensics.documents.pictures import Picture
    from forensics.documents.sandbox import Reader
    from forensics.exhibits import Given
    from forensics.findings.likeness import Answer
    from forensics.index.corpus import Corpus
    from forensics.screen import Compared

HtmlOption = Annotated[
    Path | None,
    typer.Option(
        "--html", metavar="OUT", help="Write a report: one page, or a folder of pages for several documents."
    ),
]


class Reports:
    """The reports of one command; a context manager.

    They are put in place when the block is left in order, and also on Ctrl-C: then the index says that not
    all was looked at. ``corpus`` gives the open corpus, or ``None``.
    """

    def __init__(self, out: Path, *, several: bool, corpus: Callable[[], Corpus | None]) -> None:
        self._out = out
        self._several = several
        self._corpus = corpus
        self._closing = ExitStack()
        self._bound: Binding | None = None
        self._reader: Reader | None = None
        self._rows: list[Indexed] = []
        self._last: dict[str, bytes] = {}
        self._written = datetime.now(UTC).date().isoformat()

    def __enter__(self) -> Self:
        from forensics.cases.binding import binding
        from forensics.documents.sandbox import Reader

        self._reader = self._closing.enter_context(Reader())
        self._bound = self._closing.enter_context(binding(self._out, several=self._several))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._closing:
            bound = self._bound
            if bound is None or not bound.written:
                return
            if kind is None:
                bound.finish(self._index("") if self._several else None)
            elif issubclass(kind, KeyboardInterrupt) and self._several:
                bound.finish(self._index(" It was stopped before all were looked at."))

    def remembering(self, given: Iterable[Given]) -> Iterator[Given]:
        """The documents, the bytes of each kept until the next: pictures of its pages are made of them."""
        for each in given:
            self._last = {}
            self.keep(each)
            yield each

    def remembering_two(self, pairs: Iterable[tuple[Given, Given]]) -> Iterator[tuple[Given, Given]]:
        """The same for pairs."""
        for pair in pairs:
            self._last = {}
            for each in pair:
                self.keep(each)
            yield pair

    def keep(self, given: Given) -> None:
        """Remember the bytes of a document: pictures of its pages are made of them."""
        from forensics.documents.document import Unreadable

        if given.data is not None and not isinstance(given.read, Unreadable):
            self._last[given.read.document.id] = given.data

    def check(self, case: Case | Unreadable) -> None:
        """The report of one check."""
        from forensics.cases import report
        from forensics.cases.overview import indexed
        from forensics.documents.document import Unreadable

        page = report.check(
            case, ground=self._ground, stored=self._stored, draw=self._draw, written=self._written
        )
        title = case.path if isinstance(case, Unreadable) else case.exhibit.document.path
        self._rows.append(indexed(self._add(title, page), case))

    def compare(self, found: Compared) -> None:
        """The report of one comparison."""
        from forensics.cases import report
        from forensics.cases.overview import indexed_pair

        corpus = self._corpus()
        page = report.compare(
            found.a,
            found.b,
            found.relation,
            found.alignment,
            ground=self._ground,
            stored=self._stored,
            draw=self._draw,
            written=self._written,
            corpus=None if corpus is None else _state(corpus),
            common=None if corpus is None else corpus.common(),
        )
        row = indexed_pair("", found.a, found.b, found.alignment)
        self._rows.append(indexed_pair(self._add(row.title, page), found.a, found.b, found.alignment))

    def dedup(self, found: Duplicates, snapshot: str) -> None:
        """The report of all pairs."""
        from forensics.cases import report

        self._add("dedup", report.dedup(found, ground=self._ground, written=self._written, snapshot=snapshot))

    def who_else(self, found: Answer, path: str) -> None:
        """The report of who else."""
        from forensics.cases import likes

        page = likes.page(
            found, path=path, stored=self._stored, draw=self._draw, ground=self._ground, written=self._written
        )
        self._add("who-else", page)

    def _add(self, title: str, page: str) -> str:
        assert self._bound is not None
        return self._bound.add(title, page)

    def _draw(self, data: bytes, pages: Sequence[int], width: int) -> tuple[Picture, ...] | Problem:
        assert self._reader is not None
        return self._reader.render(data, pages, width=width)

    def _stored(self, id: str) -> bytes | None:
        if id in self._last:
            return self._last[id]
        corpus = self._corpus()
        return None if corpus is None else corpus.file(id)

    @cached_property
    def _ground(self) -> Ground:
        from forensics.cases.ground import ground

        corpus = self._corpus()
        models = None if corpus is None else corpus.status()["models"]
        return ground(models if isinstance(models, dict) else None)

    def _index(self, more: str) -> str:
        from forensics.cases import report

        return report.index(self._rows, more=more, ground=self._ground, written=self._written)


def _state(corpus: Corpus) -> dict[str, object]:
    return {"documents": len(corpus.population().applicants), "snapshot": corpus.snapshot()}
