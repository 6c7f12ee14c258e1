"""Frozen: a copy of a corpus's database that many machines read at once and nobody writes.

SQLite's locks and its write-ahead log do not work on network file systems. A frozen copy needs neither: it
is one file, opened as one that cannot change.
"""

from __future__ import annotations

from pathlib import Path

from forensics.index.corpus import Corpus
from forensics.index.store import Store

_NAME = "corpus.db"


def freeze(corpus: Corpus, folder: Path) -> None:
    """Write the corpus as of now into ``folder``, without its files. Raises what :class:`Store` does."""
    store = Store(corpus.folder / _NAME)
    try:
        store.copy(folder / _NAME)
    finally:
        store.close()


def frozen(folder: Path) -> Corpus:
    """The corpus that :func:`freeze` wrote into ``folder``. What writes to it fails."""
    return Corpus(folder, Store(folder / _NAME, frozen=True))
