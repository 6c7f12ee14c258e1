"""Pages → one file, or a folder of them with an index: written whole or not at all, and nothing else touched."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forensics.errors import UsageError

INDEX = "index.html"
OURS = b'<meta name="generator" content="forensics'
"""What an index of ours has near its beginning: a folder with it may be replaced."""


class Binding:
    """Where the pages of one command go. Made by :func:`binding`."""

    def __init__(self, out: Path, draft: Path, *, several: bool) -> None:
        self.several = several
        self._out = out
        self._draft = draft
        self._written = 0

    @property
    def written(self) -> int:
        """How many pages there are so far, the index not counted."""
        return self._written

    def add(self, title: str, page: str) -> str:
        """Write one page; gives the name of its file inside the folder."""
        self._written += 1
        name = file_name(self._written, title) if self.several else self._out.name
        with _refusing(self._out):
            _write(self._draft / name if self.several else self._draft, page)
        return name

    def finish(self, index: str | None) -> None:
        """Put everything in its place: the folder with its ``index``, or the page."""
        with _refusing(self._out):
            if not self.several:
                self._draft.replace(self._out)
                return
            _write(self._draft / INDEX, index or "")
            old = self._draft.with_suffix(".old")
            if self._out.is_dir():
                self._out.rename(old)
            self._draft.rename(self._out)
            shutil.rmtree(old, ignore_errors=True)


@contextmanager
def binding(out: Path, *, several: bool) -> Iterator[Binding]:
    """A binding for ``out``: a folder for several pages, else a file. What is not finished leaves nothing behind.

    Whether it can be written is found out at once, not after an hour's work. A folder is replaced only if it
    is empty or a report of ours. Raises :class:`~forensics.errors.UsageError`.
    """
    _check(out, several)
    draft = out.with_name(f".{out.name or 'report'}.{os.getpid()}.part")
    with _refusing(out):
        if several:
            draft.mkdir()
        else:
            draft.touch()
    try:
        yield Binding(out, draft, several=several)
    finally:
        if draft.is_dir():
            shutil.rmtree(draft, ignore_errors=True)
        else:
            draft.unlink(missing_ok=True)


def _check(out: Path, several: bool) -> None:
    if not out.name:
        raise UsageError(f"{out} is no name for a report: give --html a file, or a new folder for several.")
    if not several and out.is_dir():
        raise UsageError(
            f"{out} is a folder and this is one page: name a file, as in --html {out / 'report.html'}."
        )
    if several and out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file and there are several documents: name a new folder with --html.")
    if several and out.is_dir() and not _replaceable(out):
        raise UsageError(f"{out} holds other files: name a new folder with --html.")


def _replaceable(folder: Path) -> bool:
    """Whether there is nothing in the folder but an earlier report."""
    try:
        inside = list(folder.iterdir())
        if not inside:
            return True
        index = (folder / INDEX).read_bytes()[:4_000]
    except OSError:
        return False
    return OURS in index and all(each.is_file() and each.suffix == ".html" for each in inside)


@contextmanager
def _refusing(out: Path) -> Iterator[None]:
    """What the system refuses becomes a :class:`UsageError` that says what to do."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"{out} cannot be written ({error.strerror}): free some space or name another place with --html."
        ) from error


def _write(file: Path, page: str) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.write(page)
        out.flush()
        os.fsync(out.fileno())


def file_name(number: int, title: str) -> str:
    """A name that is unique by its number and harmless on every system: ``0003-ada-example-cv.html``."""
    last = re.split(r"[/\\!]", title)[-1].rsplit(".", 1)[0] or "document"
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-")
    return f"{number:04d}-{words or 'document'}.html"
