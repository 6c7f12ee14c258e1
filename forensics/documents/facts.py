"""Facts as they are gathered, within bounds: what is cut is counted and said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from forensics.documents.document import Box, Fact, Problem
from forensics.documents.words import clean
from forensics.settings import Settings

_Item = TypeVar("_Item")
MAX_VALUE = 2_000
"""Characters of one value; a list of ids is bounded by ``FORENSICS_MAX_FACT_IDS`` instead."""

MAX_ID = 64
"""Characters of one id: those of Office have at most 38, and what is longer was written to fill the database."""

CUT = ".truncated"
"""How the name of a fact ends that says what a limit cut, and of how many."""

_NAMED = 5  # cuts that the problem names; the facts have all


class Notes:
    """The facts of one file. ``prefix`` (``pdf``, ``docx``) begins the names of facts about the noting itself.

    ``bytes_left`` is what may still be unpacked or hashed for facts, ``pixels_left`` what may still be
    decoded of images; :meth:`spend` takes from the first.
    """

    def __init__(self, prefix: str, limits: Settings) -> None:
        self.facts: list[Fact] = []
        self.bytes_left = limits.max_fact_bytes
        self.pixels_left = limits.max_image_pixels
        self._prefix = prefix
        self._limits = limits
        self._seen: set[tuple[str, str, str]] = set()
        self._dropped = 0
        self._skipped: dict[str, int] = {}

    def cut(self, name: str, said: str, where: str) -> None:
        """Note that a limit cut something: a fact ``<name>.truncated``, which :func:`left_out` makes a problem."""
        self._put(f"{name}{CUT}", said, where)

    def add(
        self, name: str, value: object, where: str, *, page: int | None = None, bbox: Box | None = None
    ) -> None:
        """Note one fact, cleaned of what does not print. An empty value or a repetition is no fact."""
        text = clean(str(value)).strip()
        if len(text) > MAX_VALUE:
            self.cut(name, _of(text), where)
            text = text[:MAX_VALUE].rstrip()
        if text:
            self._put(name, text, where, page, bbox)

    def ids(self, name: str, values: Iterable[str], where: str) -> None:
        """Note a set of ids as one fact: sorted, parted by blanks.

        Of more than ``FORENSICS_MAX_FACT_IDS`` ids those with the smallest hashes stay, so that two files
        keep the same ones of what they share (a bottom-k sketch), and a fact ``….truncated`` says of how many.
        """
        given = set(values)
        distinct = {"_".join(value.split()) for value in given if len(value) <= MAX_ID} - {""}
        most = self._limits.max_fact_ids
        if len(distinct) > most:
            self.cut(name, f"{most} of {len(distinct)} ids", where)
            distinct = set(sorted(distinct, key=rank)[:most])
        elif too_long := sum(len(value) > MAX_ID for value in given):
            self.cut(name, f"without {too_long} of more than {MAX_ID} characters", where)
        if distinct:
            self._put(name, clean(" ".join(sorted(distinct))), where)

    def long(self, name: str, value: str, where: str) -> None:
        """Note a value whose writer bounds its length; an empty one is no fact."""
        if value:
            self._put(name, clean(value), where)

    def first(self, items: Iterable[_Item], most: int, name: str, where: str) -> list[_Item]:
        """The first ``most`` items; that there are more becomes a fact ``<name>.truncated``."""
        found = list(islice(items, most + 1))
        if len(found) > most:
            self.cut(name, f"only the first {most}", where)
        return found[:most]

    def spend(self, size: int, what: str) -> bool:
        """Whether ``size`` more bytes may be worked on for facts; a refusal is counted under ``what``."""
        if size > self.bytes_left:
            self._skipped[what] = self._skipped.get(what, 0) + 1
            return False
        self.bytes_left -= size
        return True

    @contextmanager
    def part(self, what: str) -> Iterator[None]:
        """Work on one part of a file; what a broken part raises becomes a fact ``….unread``."""
        try:
            yield
        except MemoryError:
            raise
        except Exception as wrong:
            self._put(f"{self._prefix}.unread", f"{what}: {type(wrong).__name__}", what)

    def finish(self) -> list[Problem]:
        """Note what was left out by the byte limit, and return the problem of too many facts, if any."""
        for what, count in sorted(self._skipped.items()):
            self.facts.append(
                Fact(
                    name=f"{self._prefix}.{what}{CUT}",
                    value=f"{count} not looked at, beyond {self._limits.max_fact_bytes} bytes",
                    where="FORENSICS_MAX_FACT_BYTES",
                )
            )
        if not self._dropped:
            return []
        return [
            Problem(
                code="too_large",
                message=f"The file says {len(self._seen) + self._dropped} things about itself; the first "
                f"{self._limits.max_facts} were noted. Set FORENSICS_MAX_FACTS to note more.",
            )
        ]

    def _put(
        self, name: str, value: str, where: str, page: int | None = None, bbox: Box | None = None
    ) -> None:
        where = shown(clean(where).strip(), MAX_VALUE)
        if (name, value, where) in self._seen:
            return
        if len(self._seen) >= self._limits.max_facts:
            self._dropped += 1
            return
        self._seen.add((name, value, where))
        self.facts.append(Fact(name=name, value=value, where=where, page=page, bbox=bbox))


def shown(text: str, most: int) -> str:
    """A text of at most ``most`` characters; the last is "…" where it was longer."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def bounded(name: str, value: str, where: str) -> Iterator[Fact]:
    """One fact, cleaned, of at most :data:`MAX_VALUE` characters; before it, if it was cut, the fact that says so."""
    text = clean(value).strip()
    if len(text) > MAX_VALUE:
        yield Fact(name=f"{name}{CUT}", value=_of(text), where=where)
        text = text[:MAX_VALUE].rstrip()
    if text:
        yield Fact(name=name, value=text, where=where)


def _of(text: str) -> str:
    return f"{MAX_VALUE} of {len(text)} characters"


def left_out(facts: Iterable[Fact]) -> list[Problem]:
    """The problem ``facts_cut`` of a file of whose facts a limit cut some; empty where none was cut."""
    cuts = {fact.name.removesuffix(CUT): fact.value for fact in facts if fact.name.endswith(CUT)}
    if not cuts:
        return []
    named = "; ".join(f"{name} ({said})" for name, said in list(cuts.items())[:_NAMED])
    more = f"; and {len(cuts) - _NAMED} more" if len(cuts) > _NAMED else ""
    return [
        Problem(
            code="facts_cut",
            message=f"Not all that the file says about itself was noted: {named}{more}. Its text is not affected; "
            f"the facts whose names end in {CUT} say where, docs/reading.md which limits there are.",
        )
    ]


def rank(value: str) -> bytes:
    """Where an id stands in the order by which a set that is too large is cut, 8 bytes."""
    return hashlib.blake2b(value.encode("utf-8", "replace"), digest_size=8).digest()
