"""What SQLite's errors mean for the user of a corpus, and what to do next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forensics.errors import CorpusBusy, CorpusError, CorpusUnwritable

BUSY_SECONDS = 60
"""So long one writer waits for another."""


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Raise SQLite's errors as ours: :class:`CorpusBusy`, :class:`CorpusUnwritable` or :class:`CorpusError`."""
    try:
        yield
    except sqlite3.OperationalError as error:
        said = str(error)
        if "locked" in said or "busy" in said:
            raise CorpusBusy(
                f"another process has been writing to {file} for {BUSY_SECONDS} seconds: wait for it and try again."
            ) from error
        if "full" in said or "disk I/O" in said or "readonly" in said or "unable to open" in said:
            raise CorpusUnwritable(
                f"{file} cannot be written ({said}): free some space or check the folder's permissions, then run "
                "the same command again; what was finished is kept."
            ) from error
        raise CorpusError(f"{file}: {said}. Run `forensics status` on the corpus.") from error
    except sqlite3.DatabaseError as error:
        raise CorpusError(
            f"{file} is damaged or no database ({error}): restore it from a backup, or ingest into a new corpus."
        ) from error
