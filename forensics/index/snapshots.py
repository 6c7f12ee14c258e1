"""Snapshots: the files of a view, so that the next process need not build it again.

A view has one pointer ``NAME.json``, which names one index file ``NAME-ERASURE-TOKEN.faiss`` and says what
that holds and what its bytes hash to. Both are written beside their place, synced and renamed; the pointer
last. Nobody believes a file that the pointer does not vouch for, and names are never used twice, so that a
reader meets either a whole snapshot or none.

A snapshot holds personal data. Whoever writes or sweeps holds the lock of the folder, which a killed process
lets go; hence any draft that the holder finds is nobody's, and is deleted.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from forensics.errors import CorpusBusy, CorpusUnwritable
from forensics.index.truth import Truth

FORMAT = 1
"""Of pointer and file names. Another number is a snapshot of another program: it is built again."""

_TRIES = 5  # a reader whose snapshot is swept reads the pointer again so often
_CHUNK = 2**20  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What an index file holds: which view, of which encoder, the kind of index, and what of the truth it has seen.

    ``trained`` is how many vectors the truth had when the index was trained.
    """

    view: str
    fingerprint: str
    dimension: int
    kind: str
    count: int
    last: int
    erasure: int
    trained: int


class Damaged(Exception):
    """A snapshot is there and is not what its pointer says. Never leaves the room: the view is rebuilt."""


def labelled(folder: Path, name: str) -> tuple[Label, str, str] | None:
    """What the pointer of a view says: the label, the file's name and its hash. The file itself is not looked at.

    ``None`` when there is no pointer, or one of another format. Raises :class:`Damaged` for a broken one.
    """
    try:
        label, file, digest = _understood(_pointer(folder, name).read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Damaged(f"cannot be read ({error.strerror})") from error
    return None if label is None else (label, file, digest)


def load(folder: Path, name: str) -> tuple[Any, Label] | None:
    """The FAISS index of the view's snapshot and its label; ``None`` when there is none to be had.

    Only bytes with the hash of the pointer are given to FAISS, which does not survive all others. Raises
    :class:`Damaged` for a snapshot that is there and broken.
    """
    for _ in range(_TRIES):
        try:
            text = _pointer(folder, name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Damaged(f"cannot be read ({error.strerror})") from error
        label, file, digest = _understood(text)
        if label is None:
            return None
        if label.view != name:
            raise Damaged(f"its pointer is that of {label.view}")
        try:
            return _index(folder / file, digest, label), label
        except FileNotFoundError:
            time.sleep(0.01)  # another process has just replaced it
    raise Damaged("its pointer names a file that is not there")


def write(folder: Path, index: Any, label: Label) -> None:
    """Write the index as the snapshot of its view, and delete what it replaces. The caller holds the lock.

    Raises :class:`OSError` when the disk refuses; then the snapshot before still stands and no draft is left.
    """
    import faiss

    _delete(folder, _drafts(folder))
    hashed = sha256()
    file = folder / f"{label.view}-{label.erasure}-{secrets.token_hex(8)}.faiss"

    def content(out: BinaryIO) -> None:
        def more(data: bytes) -> None:
            hashed.update(data)
            out.write(data)

        try:
            faiss.write_index(index, faiss.PyCallbackIOWriter(more, _CHUNK))  # type: ignore[attr-defined]
        except RuntimeError as error:  # what FAISS throws in C++
            raise OSError(str(error)) from error

    _put(file, content)
    said = {"format": FORMAT, "file": file.name, "sha256": hashed.hexdigest(), "faiss": faiss.__version__}
    said |= asdict(label)
    try:
        _put(_pointer(folder, label.view), lambda out: out.write(_sealed(said)))
    except OSError:
        file.unlink(missing_ok=True)
        raise
    _delete(folder, [each for each in _files(folder) if _view(each) == label.view and each != file])


def sweep(folder: Path, truth: Truth) -> None:
    """Delete drafts, and every snapshot that has not seen the last erasure: it holds what was erased.

    To be called after the erasure is committed. Waits for processes that write a snapshot; raises
    :class:`~forensics.errors.CorpusBusy` when one does not finish, and
    :class:`~forensics.errors.CorpusUnwritable` when a file cannot be deleted.
    """
    if not folder.is_dir():
        return
    try:
        _sweep(folder, truth)
    except OSError as error:
        raise CorpusUnwritable(
            f"{error.filename or folder} may hold what was erased and cannot be deleted ({error.strerror}): allow "
            "writing there, then run the same command again."
        ) from error


def _sweep(folder: Path, truth: Truth) -> None:
    with locked(folder, wait=60):
        with truth.moment() as now:
            erasure = now.erasure
        whole = {each.name for each in _files(folder) if _erasure(each) == erasure}
        pointers = [each for each in folder.glob("*.json") if _named(each) not in whole]
        _delete(folder, pointers)  # before what they name: whoever is killed between leaves nothing broken
        _delete(folder, [*_drafts(folder), *(each for each in _files(folder) if each.name not in whole)])


def _named(pointer: Path) -> str:
    """The index file that a pointer names, nothing if it is torn or of another program."""
    try:
        return _understood(pointer.read_bytes())[1]
    except Damaged:
        return ""


@contextmanager
def locked(folder: Path, *, wait: float) -> Iterator[None]:
    """The folder to oneself, among those who write. A process that is killed lets go of it.

    Raises :class:`~forensics.errors.CorpusBusy` after ``wait`` seconds.
    """
    import fcntl

    with (folder / ".lock").open("ab") as file:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise CorpusBusy(
                        f"another process has been writing in {folder} for {wait:.0f} seconds: end it or wait for it."
                    ) from None
                time.sleep(0.02)
        yield


def _pointer(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"


def _files(folder: Path) -> list[Path]:
    return list(folder.glob("*.faiss"))


def _drafts(folder: Path) -> list[Path]:
    return list(folder.glob("*.part"))


def _view(file: Path) -> str:
    return file.name.rsplit("-", 2)[0]


def _erasure(file: Path) -> int:
    """What erasure the snapshot has seen, by its name; -1 for a name that is not ours."""
    parts = file.name.rsplit("-", 2)
    return int(parts[1]) if len(parts) == 3 and parts[1].isdecimal() else -1


def _sealed(said: dict[str, Any]) -> bytes:
    """The pointer as JSON, with a hash over the rest of it."""
    body = json.dumps(said, sort_keys=True)
    return json.dumps({**said, "seal": sha256(body.encode()).hexdigest()}, sort_keys=True).encode()


def _understood(text: bytes) -> tuple[Label | None, str, str]:
    """Label, file name and hash of a pointer; no label for one of another format."""
    try:
        said = json.loads(text)
        seal = said.pop("seal")
        if said["format"] != FORMAT:
            return None, "", ""
        if sha256(json.dumps(said, sort_keys=True).encode()).hexdigest() != seal:
            raise Damaged("its pointer was altered")
        file, digest = str(said.pop("file")), str(said.pop("sha256"))
        said.pop("format"), said.pop("faiss")
        return Label(**said), Path(file).name, digest
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged("its pointer is torn") from error


def _index(file: Path, digest: str, label: Label) -> Any:
    """The index in the file, if the file is what the pointer says."""
    import faiss

    hashed = sha256()
    try:
        with file.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                hashed.update(chunk)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Damaged(f"{file.name} cannot be read ({error.strerror})") from error
    if hashed.hexdigest() != digest:
        raise Damaged(f"{file.name} was altered or cut off")
    try:
        index = faiss.read_index(str(file))
    except RuntimeError as error:  # what FAISS throws in C++
        if not file.exists():
            raise FileNotFoundError(file) from error
        raise Damaged(f"{file.name} is not read by FAISS {faiss.__version__}") from error
    if (index.ntotal, index.d) != (label.count, label.dimension):
        raise Damaged(f"{file.name} holds something else than its pointer says")
    return index


def _put(place: Path, content: Callable[[BinaryIO], object]) -> None:
    """A file with that content, whole or not at all: draft, sync, rename, sync of the folder."""
    draft = place.with_name(f"{place.stem}-{secrets.token_hex(4)}.part")
    try:
        with draft.open("wb") as out:
            content(out)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(place)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync(place.parent)


def _delete(folder: Path, files: list[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)
    if files:
        _sync(folder)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
