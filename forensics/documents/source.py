"""Sources: which files the given paths mean, and their bytes.

A path is a file, a folder (read through, sorted), a ``.zip``, ``.tar``, ``.tar.gz`` or ``.tgz`` archive
(also inside a folder, not inside another archive), or ``-`` for one path a line on stdin. In folders
and archives every file comes through but hidden ones (a name that begins with a dot), Office's lock
files (``~$…``), macOS's ``__MACOSX`` and the manifest; these are skipped and counted, a hidden folder as
one. What a file is gets decided later, by its content; only plain text needs a name there that ends in
``.txt`` or ``.md`` (``Source.plain``). A file that is named by the user itself is never skipped.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TextIO

from forensics.documents import archive
from forensics.documents.document import Problem, Unreadable
from forensics.errors import ReadError
from forensics.settings import settings

_PLAIN = (".txt", ".md")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to read.

    ``path`` is its label (the argument joined with the POSIX relative path; ``a.zip!dir/x.pdf`` in an
    archive), ``file`` where its bytes lie, ``member`` its place in that archive. ``plain`` says whether
    plain text counts as a document here.
    """

    path: str
    file: Path
    member: archive.Member | None = None
    plain: bool = True

    def load(self) -> bytes:
        """The bytes.

        Raises :class:`~forensics.errors.ReadError`: ``not_found`` when the file has gone meanwhile,
        ``too_large`` beyond ``settings().max_file``, ``damaged`` when they cannot be had, ``encrypted``
        or ``suspicious_archive`` for an archive's member.
        """
        limit = settings().max_file
        if self.member is not None:
            return archive.load(self.file, self.member, limit)
        try:
            with open(self.file, "rb", opener=_without_waiting) as stream:
                if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                    raise ReadError(
                        "not_a_document", "This is no regular file: give a file, folder or archive."
                    )
                data = stream.read(limit + 1)
                size = max(len(data), os.fstat(stream.fileno()).st_size)
        except IsADirectoryError:
            raise ReadError(
                "not_a_document", "This is a folder: give it to a command that reads folders."
            ) from None
        except (FileNotFoundError, NotADirectoryError):
            raise ReadError("not_found", _NOT_FOUND) from None
        except OSError as wrong:
            raise ReadError(
                "damaged", f"The file cannot be read ({wrong.strerror}): check the disk and the permissions."
            ) from wrong
        if len(data) > limit:
            raise archive.too_large(size, limit)
        return data


def _without_waiting(path: str, flags: int) -> int:
    """Open without waiting for a writer, should the path be a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


_NOT_FOUND = "There is no such file (or it was deleted meanwhile): check the path."


@dataclass(slots=True, kw_only=True)
class Walk:
    """Iterating gives each :class:`Source`, or an :class:`Unreadable` for what cannot be one, in order.

    ``skipped`` counts the hidden files, lock files and manifest passed over so far; ``found`` says
    whether any given path exists, once it has been iterated.
    """

    paths: tuple[str, ...]
    manifest: Path | None = None
    stdin: TextIO | None = None
    skipped: int = 0
    found: bool = False
    _manifest_key: tuple[int, int] | None = field(default=None, init=False)

    def __iter__(self) -> Iterator[Source | Unreadable]:
        self.skipped, self.found = 0, False
        if self.manifest is not None:
            self._manifest_key = _key(self.manifest)
        for path in self.paths:
            if path != "-":
                yield from self._argument(path)
                continue
            for line in self.stdin or sys.stdin:
                if line.strip("\r\n"):
                    yield from self._argument(line.rstrip("\r\n"))

    def _argument(self, path: str) -> Iterator[Source | Unreadable]:
        file = Path(path)
        try:
            mode = file.stat().st_mode
        except (OSError, ValueError):
            yield _unreadable(path, "not_found", _NOT_FOUND)
            return
        self.found = True
        if stat.S_ISDIR(mode):
            yield from self._folder(path.rstrip("/") or "/", file)
        elif _key(file) == self._manifest_key and self._manifest_key is not None:
            self.skipped += 1
        elif archive.is_archive(file):
            yield from self._archive(path, file)
        else:
            yield Source(path=path, file=file)

    def _folder(self, label: str, folder: Path) -> Iterator[Source | Unreadable]:
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as wrong:
            yield _unreadable(
                label, "not_found", f"The folder cannot be listed ({wrong.strerror}): check it."
            )
            return
        for entry in entries:
            path = f"{label.rstrip('/')}/{entry.name}" if label != "." else f"./{entry.name}"
            file = folder / entry.name
            if archive.hidden(entry.name):
                self.skipped += 1
            elif entry.is_dir(follow_symlinks=False):
                yield from self._folder(path, file)
            elif entry.is_symlink() and file.is_dir():
                yield _unreadable(
                    path, "not_a_document", "A link to a folder is not followed: give that folder itself."
                )
            elif self._manifest_key is not None and _key(file) == self._manifest_key:
                self.skipped += 1
            elif archive.is_archive(file):
                yield from self._archive(path, file)
            else:
                yield Source(path=path, file=file, plain=entry.name.lower().endswith(_PLAIN))

    def _archive(self, label: str, file: Path) -> Iterator[Source | Unreadable]:
        try:
            for member in archive.members(file):
                path = f"{label}!{member.name}"
                if any(
                    archive.hidden(part)
                    for part in PurePosixPath(member.name.replace("\\", "/")).parts
                    if part != ".."
                ):
                    self.skipped += 1
                elif member.refused:
                    yield _unreadable(path, *member.refused)
                else:
                    plain = member.name.lower().endswith(_PLAIN)
                    yield Source(path=path, file=file, member=member, plain=plain)
        except ReadError as wrong:
            yield _unreadable(label, wrong.code, str(wrong))


def walk(paths: Iterable[str], *, manifest: Path | None = None, stdin: TextIO | None = None) -> Walk:
    """What ``paths`` mean, lazily and in order; the file ``manifest`` is skipped where it is met."""
    return Walk(paths=tuple(paths), manifest=manifest, stdin=stdin)


def _unreadable(path: str, code: str, message: str) -> Unreadable:
    return Unreadable(id=None, path=path, problems=(Problem(code=code, message=message, fatal=True),))


def _key(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
