"""Names of listed institutions, found in a document: exact, by an alias, or only alike.

A list that is read once becomes a :class:`Lookup`. It compares whole words of the document, joined without
spaces, with the names of the lists, by hashing (no automaton: names begin where words begin). How sure a
name is depends on the name: "Pyongyang University of Automation" speaks for itself, "Mirim College" may be
another one elsewhere, "Fortuna LLC" is what many firms are called, and "KUT" means nothing without its
context.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from forensics.features.gazetteers import countries
from forensics.features.name_keys import LEGAL, romanised_keys, vocabulary, words

STRONG, SHORT, SINGLE, WEAK, ACRONYM = "strong", "short", "single", "weak", "acronym"
_ACRONYM = 6  # letters at most
_PREFIX = 4
_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One institution of a list.

    ``names``: the name, then its aliases in any script. ``weak``: names of these that others bear as well.
    ``korean``: its names are romanised Korean. ``places`` and ``near``: words that make an acronym or a weak
    name this one when they stand near it. ``countries``: ISO 3166 codes of where it is, as far as the list
    says. ``listed``, ``expiry``, ``as_of``: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. ``basis`` says in a few
    words what the entry rests on; ``number`` is the list's own.
    """

    names: tuple[str, ...]
    weak: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    korean: bool = False
    authority: str | None = None
    programme: str | None = None
    citation: str | None = None
    number: str | None = None
    listed: str | None = None
    as_of: str | None = None
    expiry: str | None = None
    basis: str | None = None
    reason: str | None = None
    approver: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list: ``tier`` is ``designated``, ``fact`` (of location, or reported) or ``own`` (the user's).

    ``as_of`` is the date of what it says; ``sha256`` is that of its files; ``where`` names it in evidence.
    """

    id: str
    title: str
    tier: str
    as_of: str
    sha256: str
    where: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of an entry as it is looked up: the words of it, and how far it speaks for itself (``grade``)."""

    entry: int
    text: str
    alias: bool
    said: tuple[str, ...]
    grade: str
    bare: bool = False
    """The legal form, which belongs to the name, is left out."""
    partial: bool = False
    """Only the words that tell it from others."""


@dataclass(slots=True)
class _Table:
    """Keys of one way to compare, and how long those are that begin alike."""

    names: dict[str, list[Name]] = field(default_factory=dict)
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    brief: tuple[int, ...] = ()
    """The lengths of keys that are shorter than a prefix."""

    def add(self, found: str, name: Name) -> None:
        if found:
            self.names.setdefault(found, []).append(name)

    def close(self) -> None:
        lengths: dict[str, set[int]] = {}
        self.brief = tuple(sorted({len(each) for each in self.names if len(each) < _PREFIX}, reverse=True))
        for each in self.names:
            if len(each) < _PREFIX:
                continue
            lengths.setdefault(each[:_PREFIX], set()).add(len(each))
        self.lengths = {prefix: tuple(sorted(those, reverse=True)) for prefix, those in lengths.items()}

    def scan(
        self, joined: str, starts: Mapping[int, int], ends: Mapping[int, int]
    ) -> Iterator[tuple[int, int, list[Name]]]:
        """Names that begin and end where words do: (first word, last word, names), a start's longest first."""
        lengths, names, brief = self.lengths, self.names, self.brief
        for at, first in starts.items():
            for length in lengths.get(joined[at : at + _PREFIX], ()):
                if at + length in ends and (found := names.get(joined[at : at + length])):
                    yield first, ends[at + length], found
            for length in brief:
                if at + length in ends and (found := names.get(joined[at : at + length])):
                    yield first, ends[at + length], found


class Lookup:
    """The names of several lists, ready to be looked up; entries past their expiry are left out.

    ``entries`` and ``listings`` are parallel: the entry, and the list it stands in. ``expired`` counts those
    left out.
    """

    def __init__(self, listings: Iterable[Listing], *, today: str) -> None:
        self.lists = tuple(listings)
        self.entries: list[Entry] = []
        self.listings: list[Listing] = []
        self.expired = 0
        self.exact, self.romanised = _Table(), _Table()
        self.acronyms: dict[str, list[Name]] = {}
        self.domains: dict[str, list[int]] = {}
        self.typos: dict[str, set[str]] = {}
        self.vocabulary: set[str] = set()
        self._nearest: dict[str, str | None] = {}
        self._context: dict[int, tuple[frozenset[str], tuple[str, ...]]] = {}
        for listing in self.lists:
            for entry in listing.entries:
                if entry.expiry is not None and past(entry.expiry, today):
                    self.expired += 1
                    continue
                self._add(entry, listing)
        self.exact.close()
        self.romanised.close()

    def _add(self, entry: Entry, listing: Listing) -> None:
        at = len(self.entries)
        self.entries.append(entry)
        self.listings.append(listing)
        for host in entry.domains:
            self.domains.setdefault(host.casefold(), []).append(at)
        for number, text in enumerate(entry.names):
            said = tuple(word.said for word in words(text))
            grade = WEAK if text in entry.weak else grade_of(text, said)
            name = Name(entry=at, text=text, alias=number > 0, said=said, grade=grade)
            if grade == ACRONYM:
                self.acronyms.setdefault(said[0], []).append(name)
                continue
            self._learn(name, entry)

    def _learn(self, name: Name, entry: Entry) -> None:
        kept = tuple(word for word in name.said if word != LEGAL)
        forms = [(name.said, name)]
        if kept != name.said and kept:
            bare = SHORT if name.grade == STRONG and grade_of("", kept) != STRONG else name.grade
            forms.append((kept, _with(name, grade=bare, bare=True)))
        core = core_of(kept)
        if name.grade == STRONG and len(core) > 1 and sum(map(len, core)) >= 8 and core != list(kept):
            forms.append((tuple(core), _with(name, partial=True)))
        for said, each in forms:
            self.exact.add("".join(said), each)
            for romanised in romanised_keys(said) if entry.korean else ():
                self.romanised.add(romanised, each)
        if name.grade == STRONG and len(kept) > 2:
            for word in kept:
                if len(word) > 4 and word.isascii():
                    self._misspell(word)

    def _misspell(self, word: str) -> None:
        if word not in self.vocabulary:
            self.vocabulary.add(word)
            for each in _less(word):
                self.typos.setdefault(each, set()).add(word)

    def nearest(self, word: str) -> str | None:
        """The one known word that is a letter more, less, other or swapped away from this unknown one."""
        if word not in self._nearest:
            if len(self._nearest) > _REMEMBERED:
                self._nearest.clear()
            self._nearest[word] = self._find_nearest(word)
        return self._nearest[word]

    def _find_nearest(self, word: str) -> str | None:
        if len(word) < 5 or not word.isascii() or word in self.vocabulary:
            return None
        found = {near for each in _less(word) for near in self.typos.get(each, ()) if _one_off(word, near)}
        return found.pop() if len(found) == 1 else None

    def context(self, entry: int) -> tuple[frozenset[str], tuple[str, ...]]:
        """What makes a weak name this entry's when it stands near: single words, and places of several words."""
        if entry not in self._context:
            known = self.entries[entry]
            single: set[str] = set()
            phrases: list[str] = []
            for text in (*known.places, *known.near):
                said = [word.said for word in words(text)]
                if len(said) == 1:
                    single.add(said[0])
                elif said:
                    phrases.append(f" {' '.join(said)} ")
            for text in known.names:
                single |= {word for word in core_of([w.said for w in words(text)]) if len(word) > 4}
            self._context[entry] = frozenset(single), tuple(phrases)
        return self._context[entry]


def past(date: str, today: str) -> bool:
    """Whether the last day that ``date`` (``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``) names lies before today."""
    return date < today[: len(date)]


def grade_of(text: str, said: Sequence[str]) -> str:
    """How far a name speaks for itself: see the constants, from :data:`STRONG` to :data:`ACRONYM`."""
    known = vocabulary()
    kept = [word for word in said if word != LEGAL]
    if kept and all(_ideograph(word) for word in kept):
        return STRONG if len(kept) > 4 else SHORT
    if len(kept) < 2:
        if len(said) == 1 and text.isupper() and len(text) <= _ACRONYM:
            return ACRONYM
        plain = not kept or kept[0] in known.ordinary | known.generic or kept[0] in country_words()
        return WEAK if plain else SINGLE
    core = core_of(kept)
    if sum(map(len, kept)) < 5:
        return WEAK
    if len(kept) > 3:
        return STRONG
    if len(core) > 1:
        return STRONG if sum(map(len, core)) >= 8 else SHORT
    if core:
        return STRONG if len(kept) == 3 and len(core[0]) > 3 else SHORT
    named = len(kept) == 3 and any(word in country_words() for word in kept)
    return STRONG if named and not any(word in known.ordinary for word in kept) else WEAK


def core_of(said: Sequence[str]) -> list[str]:
    """The words of a name that tell it from others: no kind, field, country, legal form or ordinary word."""
    dull = _dull()
    return [word for word in said if word not in dull]


@cache
def _dull() -> frozenset[str]:
    known = vocabulary()
    return known.generic | known.ordinary | country_words() | {LEGAL}


@cache
def country_words() -> frozenset[str]:
    """Every word of the name of a country."""
    return frozenset(word.said for name in countries() for word in words(name))


def _ideograph(word: str) -> bool:
    return len(word) == 1 and ord(word) > 0x3000


def _with(name: Name, *, grade: str | None = None, bare: bool = False, partial: bool = False) -> Name:
    return Name(
        entry=name.entry,
        text=name.text,
        alias=name.alias,
        said=name.said,
        grade=grade or name.grade,
        bare=bare,
        partial=partial,
    )


def _less(word: str) -> tuple[str, ...]:
    """The word, and the word without each of its letters: two that are one slip apart share one of these."""
    return (word, *(word[:at] + word[at + 1 :] for at in range(len(word))))


def _one_off(a: str, b: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes ``a`` into ``b``."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return (
        a[at + 1 :] == b[at:]
        or a[at:] == b[at + 1 :]
        or a[at + 1 :] == b[at + 1 :]
        or (a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :])
    )
