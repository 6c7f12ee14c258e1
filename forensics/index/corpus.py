"""A corpus: the only door to what is stored, and to the question "who else has this?"."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from forensics.documents.document import Unreadable
from forensics.errors import CorpusBusy, CorpusUnwritable, ForensicsError, NoCorpus, UsageError
from forensics.features import names, wire
from forensics.features.features import Exhibit, Prints
from forensics.features.layout import fingerprint
from forensics.features.measure import measure
from forensics.features.shingles import prints as fingerprints
from forensics.index import soundness
from forensics.index.background import member, public_words
from forensics.index.claims import contacts_of as contacts_of
from forensics.index.claims import keys_of
from forensics.index.erasing import Eraser, names_it
from forensics.index.files import Files
from forensics.index.holders import MOST_HOLDERS, Held, Holders, holding
from forensics.index.kin import near_copies
from forensics.index.lookup import DENSITY, RARE, VOICED, Candidate, Lookup, dense, look_up
from forensics.index.meaning import Meaning
from forensics.index.measured import Measured
from forensics.index.population import Population, population
from forensics.index.spoken import Said
from forensics.index.store import Application, Store, every
from forensics.index.traces import Traces, taken

COMMON = (3, 0.005)
"""More unrelated applicants than this many, and than this share of them, and a thing is common."""

_TOGETHER = 256  # documents that are measured again in one transaction


class Corpus:
    """The documents of a folder. Open with :meth:`open`; a context manager."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self._store = store
        self._files = Files(folder / "files")
        self.meaning = Meaning(store, folder / "views")
        self.edges, self.layouts, self.shared = store.edges, store.layouts, store.shared
        self._eraser = Eraser(folder, store, self._files, self.meaning)
        self._population: tuple[int, Population] | None = None
        self._known: tuple[int, npt.NDArray[np.uint64]] | None = None
        self._measured = Measured(store)
        self._holders = Holders()
        self._writes = 0
        self._placed = False

    @classmethod
    def open(cls, folder: Path | str, *, create: bool = False) -> Self:
        """The corpus in ``folder``.

        Raises :class:`NoCorpus` where there is none and ``create`` is false, and what :class:`Store` raises.
        """
        folder = Path(folder)
        file = folder / "corpus.db"
        if not file.is_file():
            if not create:
                raise NoCorpus(
                    f"no corpus in {folder}: make one with `forensics ingest PATH… --corpus {folder}`, "
                    "or name another folder with --corpus or FORENSICS_HOME."
                )
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise CorpusUnwritable(
                    f"cannot make {folder} ({error.strerror}): name a folder you may write to with --corpus."
                ) from error
        corpus = cls(folder, Store(file))
        corpus._eraser.finish()
        return corpus

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.meaning.close()
        self._store.close()

    # -- writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: everything inside is stored, or nothing."""
        self._placed = False
        try:
            with self._store.transaction():
                yield
        except BaseException:
            if self._placed:
                with suppress(ForensicsError):  # what goes wrong here is not why; `status` tells what is left
                    self.sweep()
            raise
        self._writes += 1

    def add(
        self,
        exhibit: Exhibit,
        applications: Sequence[Application],
        data: bytes | None = None,
        said: Said | None = None,
        prints: Prints | None = None,
    ) -> bool:
        """Store a document and who applied with it, inside :meth:`writing`; false if it was there already.

        ``applications`` all have the same path; they replace what was stored for this document and path.
        ``data`` are the file's bytes, kept for pictures of its pages; ``said`` is what it says as vectors, as
        :meth:`~forensics.index.meaning.Meaning.encode` gives it; ``prints`` are its fingerprints, made if not given.
        """
        document = exhibit.document
        prints = fingerprints(exhibit.features.tokens) if prints is None else prints
        held = self.number(document.id)
        if held is not None:
            self._apply(held, prints, applications)
            return False
        if data is not None:
            self._placed = True
            self._files.put(document.id, data)
        near = near_copies(prints, self._store)
        kin = min((row.kin for row in near), default=None)
        doc = self._store.insert(
            document,
            name=exhibit.features.applicant.name,
            kin=kin,
            added=datetime.now(UTC).isoformat(timespec="seconds"),
            prints=prints,
            contacts=keys_of(exhibit),
        )
        self._store.set_measured(doc, wire.stamp(), wire.pack(exhibit.features))
        self._store.traces.put(doc, taken(exhibit))
        self._store.layouts.put(doc, fingerprint(document))
        if kin is not None:
            self._store.join_kin({row.kin for row in near} - {kin}, kin)
        if data is not None:
            self._store.set_kept(doc, len(data))
        if said is not None:
            self.meaning.put(doc, said)
        self._apply(doc, prints, applications)
        return True

    def silent(self) -> list[int]:
        """Documents without vectors: no model was there when they came, or they came before there were any."""
        return self._store.spoken.without()

    def give_voice(self, docs: Sequence[int]) -> int:
        """Make the vectors of documents that lack them; how many have theirs now."""
        found = [(doc, exhibit) for doc in docs if (exhibit := self.exhibit(doc)) is not None]
        voices = self.meaning.encode([exhibit for _, exhibit in found], keep=True)
        if voices is None:
            return 0
        with self.writing():
            lacking = set(self.silent())
            for (doc, _), said in zip(found, voices, strict=True):
                if doc in lacking:
                    self.meaning.put(doc, said)
        return len(found)

    def said(self, exhibit: Exhibit) -> Said | None:
        """What a document says, as vectors: those that are stored, else made now and not kept; ``None`` without."""
        number = self.number(exhibit.document.id)
        stored = None if number is None else self.meaning.said(number)
        if stored is not None or self.meaning.absent:
            return stored
        made = self.meaning.encode([exhibit], keep=False)
        return made[0] if made else None

    def apply_again(self, id: str, applications: Sequence[Application]) -> None:
        """Someone applied with a stored document, inside :meth:`writing`; as in :meth:`add`."""
        doc = self.number(id)
        if doc is None:
            raise CorpusBusy(f"{id} was erased while it was ingested again: run the same command once more.")
        self._apply(doc, None, applications)

    def _apply(self, doc: int, prints: Prints | None, applications: Sequence[Application]) -> None:
        path = applications[0].path
        if self._store.set_applications(doc, path, applications):
            is_background = any(a.role == "background" for _, a in self._store.applications(doc))
            if is_background and prints is None:
                prints = fingerprints(measure(self._store.content(doc, path=path)).features.tokens)
            self._store.set_background(doc, every(prints) if is_background and prints else None)
        self._store.unread.forget(path)
        self._writes += 1

    def add_unreadable(self, read: Unreadable) -> None:
        """Remember a file that could not be read, inside :meth:`writing`; not one that is not there."""
        if all(problem.code != "not_found" for problem in read.problems):
            self._store.unread.add(read, datetime.now(UTC).isoformat(timespec="seconds"))

    def erase(
        self, ids: Iterable[str] = (), *, applicant: str | None = None, older_than_days: int | None = None
    ) -> int:
        """Erase documents by id (or unique prefix), applicant or age; returns how many documents are gone.

        ``applicant`` removes that person's applications, and a document with its last one. Nothing of an
        erased document stays in any file of the corpus: uploads to the web application and its reports that
        quote the document go too (and what was only handed in there is counted as well).
        """
        asked = tuple(ids)
        named = {self._resolve(id) for id in asked} - {None}

        def chosen() -> dict[int, str]:
            before = "" if applicant is not None or older_than_days is None else _ago(older_than_days)
            self._store.unread.forget_of(map(_whole, asked), before)
            gone = {doc for doc in named if doc is not None}
            if applicant is not None or older_than_days is not None:
                gone |= self._applied(applicant, older_than_days)
            people = self.population()
            paths = {each.path for doc in gone for each in people.applications.get(doc, ())}
            name = applicant if older_than_days is None else None
            self._store.unread.forget_where(
                lambda path: path in paths or (name is not None and names_it(path, name))
            )
            return {doc: people.rows[doc].id for doc in gone if doc in people.rows}

        try:
            return len(self._eraser.erase(chosen, map(_whole, asked), name=applicant, days=older_than_days))
        finally:
            self._writes += 1

    def sweep(self) -> int:
        """Delete stored files of no document, left by a process that was killed; how many there were."""
        return self._eraser.sweep()

    def _applied(self, applicant: str | None, older_than_days: int | None) -> set[int]:
        """Remove matching applications; the documents that are left without any."""
        horizon = None if older_than_days is None else _ago(older_than_days)
        people = self.population()
        empty: set[int] = set()
        for doc, applications in people.applications.items():
            kept = len(applications)
            for each in applications:
                name = each.applicant or people.rows[doc].name
                if (applicant is None or names.agree(name, applicant) is True) and (
                    horizon is None or (each.applied_at or self._store.added(doc)) < horizon
                ):
                    self._store.delete_application(doc, each)
                    kept -= 1
            if not kept:
                empty.add(doc)
        return empty

    # -- reading

    def _version(self) -> int:
        """Changes whenever somebody has written, here or elsewhere."""
        return self._store.version() + self._writes

    def population(self) -> Population:
        """Who is in the corpus, as of now."""
        version = self._version()
        if self._population is None or self._population[0] != version:
            found = population(self._store.rows(), self._store.applications())
            self._population = (version, found)
        return self._population[1]

    def snapshot(self) -> str:
        """A name for the corpus as it is: changes when a document comes or goes."""
        last = max(self.population().rows, default=0)
        return f"{len(self.population().rows)}-{last}"

    def number(self, id: str) -> int | None:
        """The number of a document by its whole id, ``None`` if it is not here."""
        found = self._store.find(id)
        return found[0][0] if found and found[0][1] == id else None

    def _resolve(self, id: str) -> int | None:
        """The number of a document by id or unique prefix of at least eight digits.

        Raises :class:`UsageError` when the prefix is too short or fits several.
        """
        digits = _whole(id).removeprefix("sha256:")
        if len(digits) < 8 or not set(digits) <= set("0123456789abcdef"):
            raise UsageError(f"{id!r} is no document id: give `sha256:` and at least 8 of its hex digits.")
        found = self._store.find(_whole(id))
        if len(found) > 1:
            raise UsageError(f"{len(found)} documents begin with {id!r}: give more of its digits.")
        return found[0][0] if found else None

    def exhibit(self, doc: int | str) -> Exhibit | None:
        """A stored document with its features, by number, id or unique prefix; ``None`` if it is not here."""
        number = self._resolve(doc) if isinstance(doc, str) else doc
        if number is None or number not in self.population().rows:
            return None
        path = self.population().applications[number][0].path
        return self._measured.exhibit(number, path, self._version())

    def measure_again(self) -> int:
        """Store anew what is measured in documents that came under other rules; how many those were."""
        stale = self._measured.lacking()
        for at in range(0, len(stale), _TOGETHER):  # whoever is in the corpus is read anew after each writing
            found = {doc: self.exhibit(doc) for doc in stale[at : at + _TOGETHER]}
            with self.writing():
                self._measured.put({doc: each for doc, each in found.items() if each is not None})
        return len(stale)

    @property
    def traces(self) -> Traces:
        """Which documents hold an id, a picture or an error, and how each is written."""
        return self._store.traces

    def file(self, id: str) -> bytes | None:
        """The bytes of a stored document's file, if they are kept."""
        return self._files.get(id)

    def common(self, without: frozenset[int] = frozenset()) -> int:
        """The number of unrelated applicants above which a thing is common here."""
        return max(COMMON[0], int(COMMON[1] * self.population().others(without)))

    def look_up(self, exhibit: Exhibit, own: frozenset[int]) -> Lookup:
        """Who has each trigram of the exhibit, the documents ``own`` not counted."""

        def held(each: int) -> Held:
            return self._held(each, lambda: self._store.holders(each, MOST_HOLDERS), own)

        return look_up(exhibit.features.tokens, held, self._in_background)

    def applicants_with(self, kind: str, values: Iterable[str], own: frozenset[int]) -> int:
        """How many unrelated applicants have one of these keys, as :meth:`with_contact`; ``own`` not counted."""
        these = tuple(values)

        def docs() -> list[int]:
            return list({doc for each in these for doc in self._store.with_contact(kind, each)})

        return self._held((kind, *these), docs, own).applicants

    def writing_so(self, route: str, name: str, form: str | None, own: frozenset[int]) -> Held:
        """Who came by this route and has the habit in this form, or in any; ``own`` are not counted."""
        key = ("habit", route, name, form)
        return self._held(key, lambda: self.traces.writing_so(route, name, form), own)

    def _held(self, key: Hashable, docs: Callable[[], Sequence[int]], own: frozenset[int]) -> Held:
        return self._holders.held(key, docs, self.population(), own, self._version())

    def holding(self, lookup: Lookup, inside: slice, least: float) -> set[int]:
        """Documents that have at least this share of some of the fingerprints looked up, however many they are."""
        prints = dict(zip(lookup.hashes[inside].tolist(), lookup.holders[inside], strict=True))
        return holding(prints, least, self._store)

    def candidates(self, lookup: Lookup, own: frozenset[int], *, voiced: bool = False) -> list[Candidate]:
        """Documents that share a dense stretch of rare fingerprints with the one looked up.

        A fingerprint is rare when few unrelated applicants have it; those of the background never count.
        ``voiced``: its sentences vote as well, so that thin stretches need not be followed.
        """
        known, rarest = self.population().rows, max(RARE, self.common(own))
        found = dense(lookup, rarest, VOICED if voiced else DENSITY)
        return [each for each in found if each.doc in known]

    def with_contact(self, kind: str, value: str) -> list[int]:
        """Documents with this key of :mod:`forensics.index.claims`: a contact, an address, a referee, a job …"""
        return self._store.with_contact(kind, value)

    def _in_background(self, hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        version = self._version()
        if self._known is None or self._known[0] != version:
            self._known = (version, np.unique(np.array(self._store.background(), np.uint64)))
        return member(self._known[1], hashes)

    def background(self, exhibit: Exhibit) -> npt.NDArray[np.bool_]:
        """Which tokens of the exhibit stand in a public source: what the package ships, or this corpus's own."""
        return public_words(exhibit.features.tokens, self._in_background)

    def unreadable(self) -> int:
        """How many files could not be read."""
        return self._store.count("unreadable")

    def status(self, *, deep: bool = False) -> dict[str, object]:
        """Counts, bytes on disk, and whether all that is in the folder agrees; as :func:`soundness.status`."""
        return soundness.status(self.folder, self._store, self._files, deep=deep)


def _whole(id: str) -> str:
    """The id or prefix as it is stored."""
    return f"sha256:{id.removeprefix('sha256:').lower()}"


def _ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
