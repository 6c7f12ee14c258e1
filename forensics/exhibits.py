"""Words → exhibits: what a user's paths and document ids mean, read and measured one after another."""

from __future__ import annotations

import os
import re
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Protocol, TextIO, TypeVar

from forensics.documents.document import Problem, Unreadable
from forensics.documents.source import Source, Walk, walk
from forensics.errors import ReadError, UsageError
from forensics.features.features import Exhibit
from forensics.index.corpus import Corpus
from forensics.ingest import label, read_and_measure

T = TypeVar("T")

_ID = re.compile(r"sha256:[0-9a-fA-F]{1,64}|[0-9a-fA-F]{8,64}")
_REMEMBERED = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One document that was asked for: as read, and its file's bytes unless it came from the corpus."""

    read: Exhibit | Unreadable
    data: bytes | None = field(default=None, repr=False)


@dataclass(slots=True, kw_only=True)
class Asked:
    """Iterating gives a :class:`Given` for every document that ``words`` mean, in order.

    A word is a path, as in :mod:`forensics.documents.source`, or the id of a stored document (or its
    beginning, at least 8 digits) where no such file exists; ``-`` stands for the lines of ``stdin``.
    ``corpus`` opens the corpus in ``folder``, should an id be met. ``found`` says whether any word meant something, and
    ``skipped`` counts as :class:`~forensics.documents.source.Walk` does, once it has been iterated.
    """

    words: tuple[str, ...]
    corpus: Callable[[], Corpus]
    folder: Path
    manifest: Path | None = None
    stdin: TextIO | None = None
    found: bool = False
    skipped: int = 0

    def __iter__(self) -> Iterator[Given]:
        for word in lines(self.words, self.stdin):
            if is_id(word):
                yield self._stored(word)
                continue
            sources = walk([word], manifest=self.manifest)
            for source in outside(sources, self.folder):
                self.found |= sources.found
                yield read_source(source)
            self.found |= sources.found
            self.skipped += sources.skipped

    def _stored(self, word: str) -> Given:
        exhibit = self.corpus().exhibit(word)
        if exhibit is None:
            message = "There is neither such a file nor such a document in the corpus: check path and id."
            problem = Problem(code="not_found", message=message, fatal=True)
            return Given(read=Unreadable(id=None, path=word, problems=(problem,)))
        self.found = True
        return Given(read=exhibit)


class _Finds(Protocol):
    """What knows whether any word it was given meant something."""

    @property
    def found(self) -> bool: ...


def existing(items: Iterable[T], asked: _Finds) -> Iterator[T]:
    """The items, begun as soon as one word that ``asked`` was given means something.

    Raises :class:`UsageError` when the items are at an end and none did.
    """
    waiting: list[T] = []
    flowing = iter(items)
    for each in flowing:
        waiting.append(each)
        if asked.found:
            break
    if not asked.found:
        raise UsageError(
            "none of the given paths exists, and no stored document has such an id: check them, and the folder you "
            "are in; a document may have been erased."
        )
    return chain(waiting, flowing)


def outside(sources: Walk, folder: Path) -> Iterator[Source | Unreadable]:
    """The sources but for what lies in ``folder``, a corpus that is met on the way: that is skipped and counted.

    A file that is named itself is never skipped.
    """
    inside = f"{os.path.realpath(folder)}{os.sep}"
    for each in sources:
        if (
            isinstance(each, Source)
            and each.path not in sources.paths
            and os.path.realpath(each.file).startswith(inside)
        ):
            sources.skipped += 1
        else:
            yield each


def lines(words: Iterable[str], stdin: TextIO | None = None) -> Iterator[str]:
    """The words, with the lines of ``stdin`` (by default the process's) in place of a ``-``."""
    for word in words:
        if word != "-":
            yield word
            continue
        for line in stdin or sys.stdin:
            if line.strip("\r\n"):
                yield line.rstrip("\r\n")


def is_id(word: str) -> bool:
    """Whether the word is a document id or the beginning of one, and no file is called so."""
    return _ID.fullmatch(word) is not None and not Path(word).exists()


def read_source(source: Source | Unreadable) -> Given:
    """Read and measure one file; what fails becomes an :class:`Unreadable`."""
    source = replace(source, path=label(source.path))
    if isinstance(source, Unreadable):
        return Given(read=source)
    try:
        data = source.load()
    except ReadError as wrong:
        problem = Problem(code=wrong.code, message=str(wrong), fatal=True)
        return Given(read=Unreadable(id=None, path=source.path, problems=(problem,)))
    return Given(read=read_and_measure(data, source.path, plain=source.plain), data=data)


def two(asked: Asked) -> Iterator[tuple[Given, Given]]:
    """The two documents that were asked for; raises :class:`UsageError` when they are not two."""
    found: list[Given] = []
    for each in asked:
        found.append(each)
        if len(found) > 2:
            break
    if len(found) != 2:
        many = {0: "none", 1: "one"}.get(len(found), "more")
        raise UsageError(
            f"compare takes two documents, these words mean {many}: name two files or ids, "
            "or use `forensics dedup` to compare all files of a folder with each other."
        )
    yield found[0], found[1]


def pairs(table: Iterable[str], asked: Asked) -> Iterator[tuple[Given, Given]]:
    """The two documents of each line of a tab-separated table, in order; ``asked`` says where ids are.

    Raises :class:`UsageError` for a line that does not hold two words. Documents met again soon are not
    read again.
    """
    recent: OrderedDict[str, Given] = OrderedDict()

    def one(word: str, line: int) -> Given:
        if word in recent:
            recent.move_to_end(word)
            return recent[word]
        single = replace(asked, words=(word,), found=False)
        found = list(single)
        asked.found |= single.found
        if len(found) != 1 or word == "-":
            raise UsageError(
                f"line {line}: {word} holds {len(found)} documents, a pair needs two files or ids."
            )
        recent[word] = found[0]
        if len(recent) > _REMEMBERED:
            recent.popitem(last=False)
        return found[0]

    for number, line in enumerate(table, start=1):
        if not line.strip():
            continue
        words = line.rstrip("\r\n").split("\t")
        if len(words) != 2 or not all(words):
            raise UsageError(
                f"line {number}: a pair is two paths with one tab between them, not {line.strip()!r}."
            )
        yield one(words[0], number), one(words[1], number)
