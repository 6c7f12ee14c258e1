"""The words that commands share: options, and what the paths behind them open."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Self

import typer

from forensics.errors import UsageError

if TYPE_CHECKING:
    from forensics.index.corpus import Corpus
    from forensics.index.manifest import Manifest


class Role(StrEnum):
    """Why a file is in the corpus."""

    APPLICANT = "applicant"
    REFERENCE = "reference"
    BACKGROUND = "background"


class Engine(StrEnum):
    """Where many documents are compared."""

    LOCAL = "local"
    RAY = "ray"


class Format(StrEnum):
    """How the pairs of ``dedup`` are written to a file."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


class Shape(StrEnum):
    """What ``show --json`` prints."""

    FORENSICS = "forensics"
    JSONRESUME = "jsonresume"


PATHS = "Files, folders, archives, or - for one path a line on stdin."
DOCUMENTS = "Files, folders, archives, ids of stored documents, or - for one of them a line on stdin."

CorpusOption = Annotated[
    Path | None,
    typer.Option("--corpus", metavar="DIR", help="Folder of the corpus. [default: $FORENSICS_HOME/corpus]"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="End with 3 if a file cannot be read.")]
FullOption = Annotated[bool, typer.Option("--full", help="Shorten nothing.")]
RoleOption = Annotated[
    Role,
    typer.Option(
        help="applicant: who applied. reference: profiles of real people to protect. "
        "background: public text that is no evidence."
    ),
]
ManifestOption = Annotated[
    Path | None,
    typer.Option(
        "--manifest", metavar="CSV", help="Who applied: filename, applicant, applied_at, job, source."
    ),
]


class Opening:
    """A corpus that is opened when it is first called for; a context manager that closes it.

    ``corpus`` is ``None`` until then.
    """

    def __init__(self, folder: Path | None, *, create: bool = False) -> None:
        self.corpus: Corpus | None = None
        self._folder = folder
        self._create = create

    @property
    def folder(self) -> Path:
        """Where it is or would be."""
        from forensics.settings import settings

        return settings().corpus if self._folder is None else self._folder

    def __call__(self) -> Corpus:
        """The corpus. Raises what :meth:`forensics.index.corpus.Corpus.open` does."""
        if self.corpus is None:
            from forensics.index.corpus import Corpus

            self.corpus = Corpus.open(self.folder, create=self._create)
        return self.corpus

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.corpus is not None:
            self.corpus.close()


def said(words: Iterable[str]) -> tuple[str, ...]:
    """The words, with the lines of stdin in place of a ``-``."""
    from forensics.exhibits import lines

    return tuple(lines(words))


def rows(file: Path | None, words: Sequence[str]) -> Manifest:
    """The manifest behind ``--manifest``, which has seen the paths it will be asked about."""
    from forensics.documents.source import walk
    from forensics.index.manifest import no_manifest, read_manifest

    if file is None:
        return no_manifest()
    manifest = read_manifest(file)
    manifest.look(words, (each.path for each in walk(words, manifest=file)))
    return manifest


def count(words: Sequence[str]) -> int:
    """How many files the paths mean."""
    from forensics.documents.source import walk

    return sum(1 for _ in walk(words))


def table(file: str) -> AbstractContextManager[Iterable[str]]:
    """The lines of the file behind ``--pairs``, or of stdin."""
    if file == "-":
        return nullcontext(sys.stdin)
    try:
        return Path(file).open(encoding="utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise UsageError(
            f"{file} cannot be read ({error.strerror}): check the path after --pairs."
        ) from error
