"""A corpus: the only door to what is stored, and to the question "who else has this?"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from forensics.documents.document import Unreadable
from forensics.errors import CorpusBusy, CorpusUnwritable, NoCorpus, UsageError
from forensics.features import names, phones
from forensics.features.features import Exhibit, Prints
from forensics.features.measure import measure
from forensics.features.shingles import positions
from forensics.index.background import public_words
from forensics.index.files import Files
from forensics.index.population import Population, population
from forensics.index.store import Application, Store, every

COMMON = (3, 0.005)
"""More unrelated applicants than this many, and than this share of them, and a thing is common."""

RARE = 20
"""Fingerprints of more applicants than this (or than is common, if that is more) propose no candidate."""

DENSITY = 5
"""So many rare fingerprints within :data:`WINDOW` words make a candidate."""

WINDOW = 60

_MOST_HOLDERS = 2_000
_KIN_SAMPLE = 64
_KIN_SHARE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document that may share something; ``hits`` counts rare fingerprints in the densest window."""

    doc: int
    hits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """The trigrams of an exhibit, in text order, and who else has them; parallel columns.

    ``places`` are the tokens they begin at, ``applicants`` how many unrelated applicants have each,
    ``holders`` the documents, ``known`` whether a background document has it or it stands in a phrase that
    the package knows as public: single trigrams of the shipped background are in a tenth of any text.
    """

    hashes: npt.NDArray[np.uint64]
    places: npt.NDArray[np.int64]
    applicants: npt.NDArray[np.int64]
    known: npt.NDArray[np.bool_]
    holders: tuple[tuple[int, ...], ...]


class Corpus:
    """The documents of a folder. Open with :meth:`open`; a context manager."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self._store = store
        self._files = Files(folder / "files")
        self._population: tuple[int, Population] | None = None
        self._writes = 0

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
        return cls(folder, Store(file))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    # -- writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: everything inside is stored, or nothing."""
        with self._store.transaction():
            yield
        self._writes += 1

    def add(self, exhibit: Exhibit, applications: Sequence[Application], data: bytes | None = None) -> bool:
        """Store a document and who applied with it, inside :meth:`writing`; false if it was there already.

        ``applications`` all have the same path; they replace what was stored for this document and path.
        ``data`` are the file's bytes, kept for pictures of its pages.
        """
        document, prints = exhibit.document, exhibit.features.prints
        held = self.number(document.id)
        if held is not None:
            self._apply(held, prints, applications)
            return False
        if data is not None:
            self._files.put(document.id, data)
        near = self._near(prints)
        kin = min((row.kin for row in near), default=None)
        doc = self._store.insert(
            document,
            name=exhibit.features.applicant.name,
            kin=kin,
            added=datetime.now(UTC).isoformat(timespec="seconds"),
            prints=prints,
            contacts=[*contacts_of(exhibit), *phone_styles(exhibit)],
        )
        if kin is not None:
            self._store.join_kin({row.kin for row in near} - {kin}, kin)
        self._apply(doc, prints, applications)
        return True

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
                prints = measure(self._store.content(doc, path=path)).features.prints
            self._store.set_background(doc, every(prints) if is_background and prints else None)
        self._store.forget_unreadable(path)
        self._writes += 1

    def add_unreadable(self, read: Unreadable) -> None:
        """Remember a file that could not be read, inside :meth:`writing`; not one that is not there."""
        if all(problem.code != "not_found" for problem in read.problems):
            self._store.set_unreadable(read, datetime.now(UTC).isoformat(timespec="seconds"))

    def _near(self, prints: Prints) -> list[_Near]:
        """Stored documents that are nearly the same text: most of the winnowed fingerprints, in both."""
        sample = prints.winnowed[:_KIN_SAMPLE]
        if len(sample) < 8:
            return []
        counts = Counter(doc for each in sample for doc in self._store.holders(each, _MOST_HOLDERS))
        likely = [doc for doc, count in counts.items() if count >= _KIN_SHARE * len(sample)]
        return [
            _Near(doc=doc, kin=kin)
            for doc, kin, size in self._store.kin_of(likely)
            if _KIN_SHARE * size <= len(prints.winnowed) <= size / _KIN_SHARE
        ]

    def erase(
        self, ids: Iterable[str] = (), *, applicant: str | None = None, older_than_days: int | None = None
    ) -> int:
        """Erase documents by id (or unique prefix), applicant or age; returns how many documents are gone.

        ``applicant`` removes that person's applications, and a document with its last one. Nothing of an
        erased document stays in any file of the corpus.
        """
        with self._store.transaction():
            asked = tuple(ids)
            gone = {self._resolve(id) for id in asked} - {None}
            before = "" if applicant is not None or older_than_days is None else _ago(older_than_days)
            self._store.forget_unreadable_of(map(_whole, asked), before)
            if applicant is not None or older_than_days is not None:
                gone |= self._applied(applicant, older_than_days)
            erased = [doc for doc in gone if doc is not None]
            files = [self.population().rows[doc].id for doc in erased if doc in self.population().rows]
            self._store.delete(erased)
        for id in files:
            self._files.remove(id)
        self._writes += 1
        self.sweep()
        self._store.compact(whole=bool(erased))
        return len(erased)

    def sweep(self) -> int:
        """Delete stored files of no document, left by a process that was killed; how many there were."""
        with self._store.transaction():  # nobody else is between storing a file and its document
            return self._files.sweep({row.id for row in self._store.rows()})

    def _applied(self, applicant: str | None, older_than_days: int | None) -> set[int | None]:
        """Remove matching applications; the documents that are left without any."""
        horizon = None if older_than_days is None else _ago(older_than_days)
        people = self.population()
        empty: set[int | None] = set()
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

    def population(self) -> Population:
        """Who is in the corpus, as of now."""
        version = self._store.version() + self._writes
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
        return measure(self._store.content(number, path=path))

    def file(self, id: str) -> bytes | None:
        """The bytes of a stored document's file, if they are kept."""
        return self._files.get(id)

    def common(self, without: frozenset[int] = frozenset()) -> int:
        """The number of unrelated applicants above which a thing is common here."""
        return max(COMMON[0], int(COMMON[1] * self.population().others(without)))

    def look_up(self, exhibit: Exhibit, own: frozenset[int]) -> Lookup:
        """Who has each trigram of the exhibit, the documents ``own`` not counted."""
        people = self.population()
        hashes, places = positions(exhibit.features.tokens)
        distinct, back = np.unique(hashes, return_inverse=True)
        holders = [tuple(self._store.holders(each, _MOST_HOLDERS)) for each in distinct.tolist()]
        counts = np.fromiter((people.distinct(docs, own) for docs in holders), np.int64, len(holders))
        shipped = public_words(exhibit.features.tokens)
        return Lookup(
            hashes=hashes,
            places=places,
            applicants=counts[back],
            known=self._in_background(distinct)[back] | shipped[places],
            holders=tuple(holders[at] for at in back.tolist()),
        )

    def candidates(self, lookup: Lookup, own: frozenset[int]) -> list[Candidate]:
        """Documents that share a dense stretch of rare fingerprints with the one looked up.

        A fingerprint is rare when few unrelated applicants have it; those of the background never count.
        """
        rarest = max(RARE, self.common(own))
        found: dict[int, list[int]] = {}
        for at in np.flatnonzero((lookup.applicants <= rarest) & ~lookup.known).tolist():
            place = int(lookup.places[at])
            for doc in lookup.holders[at]:
                found.setdefault(doc, []).append(place)
        candidates = []
        for doc, where in found.items():
            if len(where) < DENSITY or doc not in self.population().rows:
                continue
            # ``where`` ascends: the most hits that lie within one window of words.
            spread = np.asarray(where)
            hits = int((np.searchsorted(spread, spread + WINDOW, "left") - np.arange(len(spread))).max())
            if hits >= DENSITY:
                candidates.append(Candidate(doc=doc, hits=hits))
        return sorted(candidates, key=lambda c: (-c.hits, c.doc))

    def with_contact(self, kind: str, value: str) -> list[int]:
        """Documents whose applicant claims this contact: ``email``, ``phone`` or ``handle``."""
        return self._store.with_contact(kind, value)

    def _in_background(self, hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        known = self._store.in_background(set(hashes.tolist()))
        return np.fromiter((each in known for each in hashes.tolist()), np.bool_, len(hashes))

    def background(self, exhibit: Exhibit) -> npt.NDArray[np.bool_]:
        """Which tokens of the exhibit stand in a public source: what the package ships, or this corpus's own."""
        return public_words(exhibit.features.tokens, self._in_background)

    def unreadable(self) -> int:
        """How many files could not be read."""
        return self._store.count("unreadable")

    def status(self) -> dict[str, object]:
        """Counts, bytes on disk, and whether the corpus is consistent."""
        size = sum(each.stat().st_size for each in self.folder.rglob("*") if each.is_file())
        return {
            "documents": self._store.count("document"),
            "passages": self._store.count("passages"),
            "unreadable": self._store.count("unreadable"),
            "bytes": size,
            "models": {},
            "consistent": self._store.sound(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    doc: int
    kin: int


def _whole(id: str) -> str:
    """The id or prefix as it is stored."""
    return f"sha256:{id.removeprefix('sha256:').lower()}"


def _ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")


def contacts_of(exhibit: Exhibit) -> list[tuple[str, str]]:
    """The applicant's own contacts as (kind, normalised value): ``email``, ``phone`` or ``handle``."""
    applicant = exhibit.features.applicant
    return [
        *(("email", comparable_email(each)) for each in applicant.emails),
        *(("phone", each) for each in applicant.phones),
        *(("handle", each) for each in applicant.handles),
    ]


def phone_styles(exhibit: Exhibit) -> list[tuple[str, str]]:
    """How the applicant's own North American numbers are written, as (``phone-style``, feature)."""
    return sorted(
        {
            ("phone-style", style)
            for entity in exhibit.features.entities
            if entity.label == "PHONE" and entity.own and entity.value.startswith("+1")
            for style in phones.surface(entity.text)
        }
    )


def comparable_email(address: str) -> str:
    """The address without what its owner may vary: case, a ``+tag``, and dots at Google's domains."""
    local, _, domain = address.lower().rpartition("@")
    local = local.split("+", 1)[0]
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"
