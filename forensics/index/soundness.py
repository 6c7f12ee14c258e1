"""Whether everything in the folder of a corpus agrees: database, vectors, stored files, snapshots, desk.

What is found is said in sentences. Nothing is repaired here, and nothing that disagrees is ever served.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from forensics.errors import CorpusError
from forensics.index import snapshots
from forensics.index.desk_file import DeskFile
from forensics.index.erasing import STAGING
from forensics.index.explained import explained
from forensics.index.files import Files
from forensics.index.meaning import KINDS
from forensics.index.store import Store
from forensics.index.truth import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A snapshot that a view can begin with: its name, FAISS's word for its kind, vectors in it, bytes on disk.

    ``behind`` says whether the database has moved on; the view then takes in what is new when it is used.
    """

    name: str
    kind: str
    count: int
    size: int
    behind: bool


def status(folder: Path, store: Store, files: Files, *, deep: bool = False) -> dict[str, object]:
    """What the corpus holds and how large it is, as ``forensics status --json`` says it.

    Raises :class:`~forensics.errors.CorpusError` when the database is too damaged to be asked.
    """
    with explained(store.file):
        found = problems(folder, store, files, deep=deep)
        made = store.spoken.encoder()
        names = ("model", "sha256", "backend", "dimension")
        return {
            "documents": store.count("document"),
            "passages": store.count("passages"),
            "unreadable": store.count("unreadable"),
            "bytes": sum(_size(each) for each in folder.rglob("*")),
            "models": {"vectors": {name: getattr(made, name) for name in names}} if made else {},
            "without_vectors": len(store.spoken.without()),
            "views": [
                {
                    "name": each.name,
                    "kind": each.kind,
                    "vectors": each.count,
                    "bytes": each.size,
                    "bytes_per_vector": round(each.size / each.count, 1) if each.count else None,
                    "behind": each.behind,
                }
                for each in saved(folder / "views", store)
            ],
            "consistent": not found,
            "problems": found,
        }


def _size(path: Path) -> int:
    try:
        found = path.lstat()
    except FileNotFoundError:  # gone since it was listed
        return 0
    return found.st_size if S_ISREG(found.st_mode) else 0


def problems(folder: Path, store: Store, files: Files, *, deep: bool = False) -> list[str]:
    """What does not agree, a sentence each that says what to do; empty for a corpus that is consistent.

    Names and sizes of files are looked at; with ``deep`` every byte is hashed and every page of the database
    read.
    """
    return [
        *_database(store, deep=deep),
        *_stored(store, files, deep=deep),
        *_snapshots(folder / "views", store, deep=deep),
        *_desk(folder, store, deep=deep),
        *_leftovers(folder, store),
    ]


def saved(views: Path, store: Store) -> list[Saved]:
    """The snapshots that are whole and of this database, as far as their labels tell."""
    found = []
    for name, kind in KINDS.items():
        state = _state(store, kind)
        try:
            shown = snapshots.labelled(views, name)
        except snapshots.Damaged:
            continue
        if shown is not None and state is not None and (views / shown[1]).is_file():
            label, file, _ = shown
            behind = (label.count, label.last, label.erasure) != (state.count, state.last, state.erasure)
            size = (views / file).stat().st_size
            found.append(Saved(name=name, kind=label.kind, count=label.count, size=size, behind=behind))
    return found


def _database(store: Store, *, deep: bool) -> Iterator[str]:
    if not store.intact(deep=deep):
        yield "the database is damaged or contradicts itself: restore a backup, or ingest into a new corpus."
    elif not store.spoken.whole():
        yield (
            "the vectors in the database do not belong to its documents: make all vectors anew with "
            "`forensics embed`, or restore a backup."
        )


def _stored(store: Store, files: Files, *, deep: bool) -> Iterator[str]:
    kept = store.kept()
    sizes = files.sizes()
    missing = [id for id in kept if id not in sizes]
    altered = [id for id, size in kept.items() if sizes.get(id, size) != size]
    known = {row.id for row in store.rows()}
    if deep:
        altered = sorted({*altered, *(id for id in sizes if id in known and not _is_itself(files, id))})
    if sizes.keys() - known or files.drafts():
        with store.transaction():  # nobody else is between storing a file and its document
            known = {row.id for row in store.rows()}
            strays = len(files.sizes().keys() - known) + files.drafts()
        if strays:
            yield (
                f"stored files that belong to no document, left by a process that was killed: {strays}. The next "
                "`forensics ingest` or `erase` deletes them."
            )
    if missing:
        still = store.kept()  # the rest has been erased meanwhile
        missing = [id for id in missing if id in still]
    if missing:
        yield f"stored files that are missing: {_some(missing)}. Restore a backup; the documents can be used as before."
    if altered:
        yield f"stored files that were altered: {_some(altered)}. Restore a backup; look at no page of theirs."


def _is_itself(files: Files, id: str) -> bool:
    data = files.get(id)
    return data is None or f"sha256:{sha256(data).hexdigest()}" == id


def _snapshots(views: Path, store: Store, *, deep: bool) -> Iterator[str]:
    made = store.spoken.encoder()
    for name, kind in KINDS.items():
        try:
            shown = snapshots.labelled(views, name)
        except snapshots.Damaged as error:
            yield f"the snapshot of {name} is damaged ({error}): it is not used, and built again by the next check."
            continue
        if shown is None:
            continue
        label, file, digest = shown
        state = _state(store, kind)
        if not (views / file).is_file():
            yield f"the snapshot of {name} is missing: it is built again by the next check."
        elif (
            made is None
            or state is None
            or (label.fingerprint, label.dimension) != (made.fingerprint, made.dimension)
        ):
            yield f"the snapshot of {name} is of another encoder: it is not used, and goes when vectors are made anew."
        elif not _possible(label, state):
            yield (
                f"the snapshot of {name} knows another database ({label.count} vectors up to {label.last}, "
                f"erasure {label.erasure}): it is not used, and built again by the next check."
            )
        elif label.erasure < state.erasure:
            yield (
                f"the snapshot of {name} was made before the last erasure and may hold what was erased: run "
                "`forensics erase` again, it deletes it."
            )
        elif deep and _hash(views / file) != digest:
            yield f"the snapshot of {name} was altered: it is not used, and built again by the next check."


def _possible(label: snapshots.Label, state: State) -> bool:
    """Whether the snapshot can be an earlier moment of this database."""
    if label.last > state.last or label.erasure > state.erasure:
        return False
    same = (label.last, label.erasure) == (state.last, state.erasure)
    return label.count == state.count if same else label.count <= label.last


def _state(store: Store, kind: str) -> State | None:
    truth = store.truth(kind)
    if truth is None:
        return None
    with truth.moment() as now:
        return now


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        hashed = sha256()
        while chunk := opened.read(2**20):
            hashed.update(chunk)
    return hashed.hexdigest()


def _desk(folder: Path, store: Store, *, deep: bool) -> Iterator[str]:
    if not (folder / "jobs.db").is_file():
        return
    try:
        with DeskFile(folder).connected() as db:
            checks = (f"PRAGMA {'integrity' if deep else 'quick'}_check", "PRAGMA foreign_key_check")
            sound = [db.execute(check).fetchall() for check in checks] == [[("ok",)], []]
            quoted = {id for (id,) in db.execute("SELECT DISTINCT document FROM mention")}
            asked = {id for (id,) in db.execute("SELECT DISTINCT document FROM job WHERE stored")}
    except (CorpusError, sqlite3.DatabaseError) as error:
        yield f"the desk of the web application cannot be read: {error}"
        return
    if not sound:
        yield f"the desk is damaged: restore a backup, or delete {folder / 'jobs.db'} with its uploads and reports."
    known = {row.id for row in store.rows()}  # after the desk: what it quotes was there before
    if quoted - known:
        yield (
            "reports of the web application quote documents that are not in the corpus: "
            f"{_some(sorted(quoted - known))}. Run `forensics erase` with these ids."
        )
    if asked - known:
        yield (
            "the web application has jobs about documents that are not in the corpus: "
            f"{_some(sorted(asked - known))}. Run `forensics erase` with these ids."
        )


def _leftovers(folder: Path, store: Store) -> Iterator[str]:
    if store.unfinished.left() is not None:
        yield (
            "an erasure is not finished, and traces of what it erased may be left: end other programs that use the "
            "corpus, then run any command; `forensics erase` says what is in the way."
        )
    staged = [each.name for name in STAGING for each in folder.glob(f"{name}-*")]
    if staged:
        yield f"a restore was stopped and left {', '.join(staged)}: run it again, or `forensics erase`."


def _some(ids: list[str]) -> str:
    """How many, and which; of many the first."""
    shown = ", ".join(ids[:3])
    return f"{len(ids)} ({shown}{', …' if len(ids) > 3 else ''})"
