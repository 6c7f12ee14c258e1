"""Everything this package raises on purpose, as one tree.

::

    ForensicsError
    ├── UsageError            the call cannot run as written: a wrong word, no such path
    │   └── MissingExtra      an optional package is needed; the message is the pip command
    ├── ReadError             one file cannot be read; ``code`` is a problem code of docs/reading.md
    ├── CorpusError
    │   ├── NoCorpus          there is no corpus in that folder
    │   ├── CorpusVersion     the corpus was made by another version of the program
    │   ├── CorpusBusy        another process holds the corpus for writing
    │   └── CorpusUnwritable  the disk is full or refuses to be written
    └── ModelError            a model is missing, altered or not the one the corpus was made with

Each message says what to do next. ``ReadError`` never leaves :func:`forensics.read`: it becomes an
:class:`~forensics.documents.document.Unreadable`.
"""


class ForensicsError(Exception):
    """Root of the tree."""


class UsageError(ForensicsError):
    """The call cannot run as written."""


class MissingExtra(UsageError):
    """An optional package is needed; the message names the pip command that brings it."""


class ReadError(ForensicsError):
    """One file cannot be read."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class CorpusError(ForensicsError):
    """The corpus cannot be used."""


class NoCorpus(CorpusError):
    """There is no corpus in that folder."""


class CorpusVersion(CorpusError):
    """The corpus was made by another version of the program."""


class CorpusBusy(CorpusError):
    """Another process holds the corpus for writing."""


class CorpusUnwritable(CorpusError):
    """The disk is full or refuses to be written."""


class ModelError(ForensicsError):
    """A model is missing, altered, or not the one the corpus was made with."""
