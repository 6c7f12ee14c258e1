"""Archives of documents: ``.zip``, ``.tar``, ``.tar.gz``. Every one is taken for hostile.

Nothing is ever unpacked to disk: a member is read into memory, at most as much as one file may have.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import struct
import tarfile
import threading
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

from forensics.errors import ReadError
from forensics.settings import settings

_SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")
_RATIO = 200
_SMALL = 1_000_000  # bytes: below this a high ratio is no bomb
_DIRECTORY_BYTES = 512  # of a ZIP's directory for each member it may have
_BLOCK = 64 * 2**20  # no header of a tar is larger


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in an archive: its name, its number there (ZIP) or its offset and size (tar).

    ``refused`` is the problem (code, message) that keeps it from being read at all.
    """

    name: str
    index: int = 0
    offset: int = 0
    size: int = 0
    refused: tuple[str, str] | None = None


def hidden(name: str) -> bool:
    """Whether a file or folder of this name is passed over in folders and archives."""
    return name.startswith((".", "~$")) or name == "__MACOSX"


def is_archive(file: Path) -> bool:
    """Whether ``file`` is called an archive and is not a document under a wrong name."""
    name = file.name.lower()
    if not name.endswith(_SUFFIXES):
        return False
    try:
        with file.open("rb") as stream:
            head = stream.read(262)
    except OSError:
        return False
    if name.endswith(".zip"):
        return head.startswith(b"PK") and not _is_office(file)
    return head.startswith(b"\x1f\x8b") or head[257:262] == b"ustar"


def _is_office(file: Path) -> bool:
    try:
        _check_directory(file)
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist())
    except (ReadError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return "[Content_Types].xml" in names and "word/document.xml" in names


def members(file: Path) -> Iterator[Member]:
    """The files in an archive, in its order.

    Raises :class:`~forensics.errors.ReadError` ``damaged`` or ``suspicious_archive``, possibly after
    some members.
    """
    with _failures():
        yield from _zip_members(file) if file.name.lower().endswith(".zip") else _tar_members(file)


def load(file: Path, member: Member, limit: int) -> bytes:
    """The bytes of a member. Raises :class:`~forensics.errors.ReadError`."""
    with _failures(), _OPEN.lock:
        opened = _OPEN.get(file)
        if isinstance(opened, zipfile.ZipFile):
            return _zip_bytes(opened, member, limit)
        opened.seek(member.offset)
        if member.size > limit:
            raise too_large(member.size, limit)
        data: bytes = opened.read(member.size)
        if len(data) < member.size:
            raise ReadError("damaged", _CUT_SHORT)
        return data


def too_large(size: int, limit: int) -> ReadError:
    """The error for a file of ``size`` bytes."""
    return ReadError(
        "too_large",
        f"The file has {size / 2**20:.1f} MiB, the limit is {limit / 2**20:.1f}: ask for a smaller one, or "
        "set FORENSICS_MAX_FILE (bytes) higher.",
    )


_CUT_SHORT = "The archive is damaged or cut short: ask for it again, or unpack it and give the folder."


@contextlib.contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise ReadError("not_found", "The archive has been deleted meanwhile: check the path.") from None
    except (
        zipfile.BadZipFile, tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError, OSError,
        NotImplementedError, RuntimeError, UnicodeError, ValueError, struct.error,
    ) as wrong:  # fmt: skip
        raise ReadError("damaged", _CUT_SHORT) from wrong


def _suspicious(why: str) -> tuple[str, str]:
    return "suspicious_archive", f"Not read: {why}. Unpack the archive by hand only if you trust its sender."


def _too_many() -> ReadError:
    return ReadError(*_suspicious(f"the archive has more than {settings().max_archive_members} members"))


def _zip_members(file: Path) -> Iterator[Member]:
    _check_directory(file)
    with zipfile.ZipFile(file) as package:
        entries = package.infolist()
    if len(entries) > settings().max_archive_members:
        raise _too_many()
    intertwined = overlapping(entries)
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        if entry.filename.endswith("/"):
            continue
        refused = _zip_refused(entry)
        if not entry.filename:
            refused = "damaged", "The member has no name: the archive is damaged."
        if index in intertwined:
            refused = _suspicious("its bytes overlap with another member's, as in a ZIP bomb")
        name = entry.filename
        refused = refused or _name_refused(name, seen)
        yield Member(name=name, index=index, size=entry.file_size, refused=refused)


def _zip_refused(entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    if entry.flag_bits & 1:
        return "encrypted", "The member asks for a password: unpack the archive and give the folder."
    kind = (entry.external_attr >> 16) & 0o170000
    if kind not in (0, 0o100000) and entry.create_system == 3:
        return _suspicious("the member is a link or a device, not a file")
    if entry.file_size > _SMALL and entry.file_size > _RATIO * max(1, entry.compress_size):
        return _suspicious(f"{entry.compress_size} bytes unpack to {entry.file_size}")
    return None


def overlapping(entries: list[zipfile.ZipInfo]) -> set[int]:
    """Members whose compressed bytes reach into the next member: no honest writer makes them."""
    order = sorted(range(len(entries)), key=lambda index: entries[index].header_offset)
    found: set[int] = set()
    for here, after in pairwise(order):
        end = entries[here].header_offset + 30 + entries[here].compress_size
        if end > entries[after].header_offset:
            found |= {here, after}
    return found


def _name_refused(name: str, seen: set[str]) -> tuple[str, str] | None:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":" or "\0" in name:
        return _suspicious("the member's name points outside the archive")
    if name in seen:
        return _suspicious("the archive has two members of this name")
    seen.add(name)
    return None


def _zip_bytes(package: zipfile.ZipFile, member: Member, limit: int) -> bytes:
    entries = package.infolist()
    if member.index >= len(entries) or entries[member.index].filename != member.name:
        raise ReadError("not_found", "The archive was changed meanwhile: run the command again.")
    entry = entries[member.index]
    if entry.file_size > limit:
        raise too_large(entry.file_size, limit)
    with package.open(entry) as stream:
        data = stream.read(limit + 1)
        if len(data) > limit or stream.read(1):
            raise too_large(len(data), limit)
    return data


def _check_directory(file: Path) -> None:
    """Refuse a ZIP whose directory alone would fill the memory, before it is parsed."""
    with file.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        start = max(0, size - 65_557 - 76)
        stream.seek(start)
        tail = stream.read()
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or at + 22 > len(tail):
            raise ReadError("damaged", _CUT_SHORT)
        (length,) = struct.unpack_from("<I", tail, at + 12)
        locator = tail[at - 20 : at] if at >= 20 else b""
        if locator.startswith(b"PK\x06\x07"):
            stream.seek(struct.unpack_from("<Q", locator, 8)[0])
            record = stream.read(56)
            if record.startswith(b"PK\x06\x06") and len(record) == 56:
                (length,) = struct.unpack_from("<Q", record, 40)
    if length > _DIRECTORY_BYTES * settings().max_archive_members:
        raise _too_many()


def _tar_members(file: Path) -> Iterator[Member]:
    seen: set[str] = set()
    with _tar_stream(file) as stream, tarfile.open(fileobj=stream, mode="r:") as package:
        for count, item in enumerate(package):
            if count >= settings().max_archive_members:
                raise _too_many()
            if item.isdir():
                continue
            name = item.name[2:] if item.name.startswith("./") else item.name
            refused = _name_refused(name, seen)
            if not item.isreg() or item.issparse():
                refused = _suspicious("the member is a link, a device or sparse, not a plain file")
            yield Member(name=name, offset=item.offset_data, size=item.size, refused=refused)


def _tar_stream(file: Path) -> Any:
    raw = file.open("rb")
    head = raw.read(2)
    raw.seek(0)
    return _Bounded(raw, file.stat().st_size) if head == b"\x1f\x8b" else raw


class _Bounded(gzip.GzipFile):
    """A gzip stream that stops when it has grown out of all proportion."""

    def __init__(self, raw: IO[bytes], size: int) -> None:
        super().__init__(fileobj=raw, mode="rb")
        self._raw_file = raw
        self._most = max(_RATIO * size, 16 * _SMALL)

    def read(self, size: int | None = -1) -> bytes:
        """At most ``size`` bytes; more than a header may have at once is refused."""
        if (
            size is None
            or size < 0
            or size > max(_BLOCK, settings().max_file + 512)
            or self.tell() > self._most
        ):
            raise ReadError(*_suspicious("the archive unpacks to far more than its own size"))
        return super().read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """To ``offset`` of what the archive unpacks to."""
        if whence == os.SEEK_SET and offset > self._most:
            raise ReadError(*_suspicious("the archive unpacks to far more than its own size"))
        return super().seek(offset, whence)

    def close(self) -> None:
        """Close the stream and its file."""
        super().close()
        self._raw_file.close()


class _Opened:
    """The archive read last stays open: members are asked for one after another."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._key: tuple[str, int, int, int] | None = None
        self._file: Any = None

    def get(self, file: Path) -> Any:
        """An open ``ZipFile`` or the stream of a tar."""
        found = file.stat()
        key = (str(file.absolute()), found.st_size, found.st_mtime_ns, os.getpid())
        if key != self._key:
            self.close()
            if file.name.lower().endswith(".zip"):
                _check_directory(file)
                self._file = zipfile.ZipFile(file)
            else:
                self._file = _tar_stream(file)
            self._key = key
        return self._file

    def close(self) -> None:
        """Close what is open."""
        self._key = None
        if self._file is not None:
            self._file.close()
            self._file = None


_OPEN = _Opened()
