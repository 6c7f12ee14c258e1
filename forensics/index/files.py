"""The stored files of a corpus, by content hash: bytes on disk that only their own document names."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from forensics.errors import CorpusUnwritable


class Files:
    """A folder of files named by their hash. A file is written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _place(self, id: str) -> Path:
        digits = id.removeprefix("sha256:")
        return self._folder / digits[:2] / digits

    def put(self, id: str, data: bytes) -> None:
        """Store the bytes of a document; raises :class:`CorpusUnwritable` when the disk refuses."""
        place = self._place(id)
        if place.is_file():
            return
        draft = place.with_suffix(f".{os.getpid()}.part")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(place)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise CorpusUnwritable(
                f"cannot store a file below {self._folder} ({error.strerror}): free some space, then run the same "
                "command again; what was finished is kept."
            ) from error

    def get(self, id: str) -> bytes | None:
        """The bytes, or ``None`` when they are not kept."""
        place = self._place(id)
        return place.read_bytes() if place.is_file() else None

    def begins(self, id: str, mark: bytes) -> bool:
        """Whether the kept bytes begin with these."""
        place = self._place(id)
        if not place.is_file():
            return False
        with place.open("rb") as file:
            return file.read(len(mark)) == mark

    def has(self, id: str) -> bool:
        """Whether the bytes are kept."""
        return self._place(id).is_file()

    def remove(self, id: str) -> None:
        """Overwrite and delete the file."""
        place = self._place(id)
        if place.is_file():
            size = place.stat().st_size
            with place.open("r+b") as file:
                file.write(bytes(size))
                file.flush()
                os.fsync(file.fileno())
            place.unlink()

    def sizes(self) -> dict[str, int]:
        """Ids of all files that are kept, and their sizes in bytes."""
        found = {}
        for file in self._folder.glob("??/*"):
            if file.suffix != ".part":
                with suppress(FileNotFoundError):  # it was erased meanwhile
                    found[f"sha256:{file.name}"] = file.stat().st_size
        return found

    def drafts(self) -> int:
        """How many files are being written, or were when their process was killed."""
        return sum(1 for _ in self._folder.glob("??/*.part"))

    def sweep(self, known: set[str]) -> int:
        """Delete drafts and files of no known document, left by a process that was killed; how many."""
        strays = [f for f in self._folder.glob("??/*") if f"sha256:{f.name}" not in known]
        for stray in strays:
            stray.unlink(missing_ok=True)
        return len(strays)
