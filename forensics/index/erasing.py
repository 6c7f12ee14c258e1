"""Erasing: everything that goes with a document, in an order that a kill cannot break.

First the database says that something is being erased; then documents go from it and what is still to do
is written down, in one transaction; then files, cached vectors, snapshots, uploads and free pages are
cleaned; last the list goes. Whoever opens the corpus next finishes what a killed process left undone.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from forensics.errors import CorpusBusy, CorpusUnwritable
from forensics.features import names
from forensics.index import snapshots
from forensics.index.desk import forget
from forensics.index.desk_file import DeskFile
from forensics.index.files import Files
from forensics.index.meaning import Meaning
from forensics.index.store import Store

_WORD = re.compile(r"[^\W_]+")
_PATIENCE = 60.0  # seconds that an erasure waits for another one

STAGING = ("restoring", "replaced")
"""Folders in that of a corpus which only a restore makes; one that was killed leaves them."""


class Eraser:
    """Erases from the corpus in ``folder``. One works at a time; a process that is killed lets go."""

    def __init__(self, folder: Path, store: Store, files: Files, meaning: Meaning) -> None:
        self._folder, self._store, self._files, self._meaning = folder, store, files, meaning

    def erase(
        self,
        choose: Callable[[], Mapping[int, str]],
        prefixes: Iterable[str],
        *,
        name: str | None,
        days: int | None,
    ) -> set[str]:
        """Erase the documents that ``choose`` names, as number and id; the ids of all that is gone.

        ``choose`` is called inside the transaction and may delete applications itself. Uploads whose document
        begins with one of ``prefixes``, or that ``name`` and ``days`` mean, go as well. Raises
        :class:`~forensics.errors.CorpusBusy` and :class:`~forensics.errors.CorpusUnwritable` when something
        outside of the database cannot be cleaned now; the next command tries again.
        """
        these = tuple(prefixes)
        with snapshots.locked(self._folder, wait=_PATIENCE):
            with self._store.transaction():
                self._store.unfinished.begin()
            handed_in = forget(self._folder, these, name=name, days=days)
            with self._store.transaction():
                before = self._store.changes
                gone = choose()
                changed = bool(gone) or self._store.changes > before
                self._store.unfinished.note(gone.values(), self._store.delete(list(gone)) if gone else ())
            # Again: a check that was under way may have quoted what has gone meanwhile.
            handed_in |= forget(self._folder, gone.values(), name=name, days=days)
            self._clean(whole=changed)
        return handed_in.union(gone.values())

    def finish(self) -> bool:
        """Finish an erasure whose process was killed; whether none is left unfinished.

        False while another process is at it, or keeps it from being done: the next command tries again.
        """
        if self._store.unfinished.left() is None:
            return True
        try:
            with snapshots.locked(self._folder, wait=0):
                left = self._store.unfinished.left()
                if left is not None:
                    forget(self._folder, left.ids)
                    if (self._folder / "jobs.db").is_file():
                        DeskFile(self._folder).compact()
                    self._clean(whole=True)
        except (CorpusBusy, CorpusUnwritable):  # `status` tells of it, and `erase` itself would say why
            return False
        return True

    def sweep(self) -> int:
        """Delete stored files of no document, left by a process that was killed; how many there were."""
        with self._store.transaction():  # nobody else is between storing a file and its document
            return self._files.sweep({row.id for row in self._store.rows()})

    def _clean(self, *, whole: bool) -> None:
        """Do what is still to do, everywhere outside of the rows of the database; then forget what it was."""
        left = self._store.unfinished.left()
        assert left is not None
        with self._store.transaction():
            known = {row.id for row in self._store.rows()}
            for id in left.ids:
                if id not in known:  # it may have come again meanwhile
                    self._files.remove(id)
        self.sweep()
        unstage(self._folder)
        self._store.compact(whole=whole)
        if whole:
            self._meaning.forget(left.keys)
            if self._meaning.made is None:
                _empty(self._folder / "views")
        with self._store.transaction():
            self._store.unfinished.clear()
        self._store.compact(whole=False)


def names_it(path: str, name: str) -> bool:
    """Whether the path of a file holds every word of a person's name.

    Nothing else is known of a file that could not be read. Short words must stand alone in it.
    """
    words = _WORD.findall(names.fold(name))
    folded = names.fold(path)
    alone = set(_WORD.findall(folded))
    return bool(words) and all(word in alone or (len(word) > 3 and word in folded) for word in words)


def unstage(folder: Path) -> None:
    """Delete what a killed restore left in the folder of a corpus. The caller holds its lock.

    Raises :class:`~forensics.errors.CorpusUnwritable`.
    """
    for each in (found for name in STAGING for found in folder.glob(f"{name}-*")):
        with _deleting(each):
            shutil.rmtree(each)


def _empty(views: Path) -> None:
    """Delete every snapshot: without an encoder no view is served, and they hold what was said."""
    if not views.is_dir():
        return
    with snapshots.locked(views, wait=_PATIENCE):
        for each in views.iterdir():
            if each.name != ".lock":
                with _deleting(each):
                    each.unlink()


@contextmanager
def _deleting(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CorpusUnwritable(
            f"{path} may hold what was erased and cannot be deleted ({error.strerror}): allow writing there, then "
            "run the same command again."
        ) from error
