"""What the lists of ``corpora/lists`` know: when a technology, a company or a school began, and where post goes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from forensics.features.histories import organisation
from forensics.findings.periods import month
from forensics.settings import data_folder


class Technology(NamedTuple):
    """``public`` is the first month in which the public could use it, by the earliest reading; ``written`` as listed.

    A name in ``weak`` is a word or a person's name as well and counts only beside another technology.
    """

    name: str
    public: int
    written: str
    source: str
    note: str


class Began(NamedTuple):
    """When a company or a school began, and ended if it did: the earliest and the latest month of it."""

    name: str
    founded: int
    closed: int | None
    written: str
    source: str


def _rows(folder: str, file: str) -> Iterator[dict[str, str]]:
    path = data_folder("corpora") / "lists" / folder / file
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@cache
def technologies() -> tuple[dict[str, Technology], frozenset[str]]:
    """Technologies by each of their names as written, and the names that are weak."""
    found: dict[str, Technology] = {}
    weak: set[str] = set()
    for row in _rows("technologies", "first_public.csv"):
        one = Technology(row["name"], month(row["public"])[0], row["public"], row["source"], row["note"])
        for alias in row["aliases"].split("|"):
            found[alias.lstrip("~")] = one
            if alias.startswith("~"):
                weak.add(alias[1:])
    return found, frozenset(weak)


@cache
def technology_names() -> re.Pattern[str]:
    """A pattern for every name of a technology, longest first, as written in the list."""
    names = "|".join(re.escape(name) for name in sorted(technologies()[0], key=len, reverse=True))
    return re.compile(rf"(?<![\w.#@/-])(?:{names})(?![\w#@]|-\w|\.\w)")


@cache
def versions() -> dict[tuple[str, str], Technology]:
    """Versions by (name as written, version)."""
    found = {}
    for row in _rows("technologies", "versions.csv"):
        named = f"{row['name']} {row['version']}"
        one = Technology(named, month(row["public"])[0], row["public"], row["source"], "")
        for alias in row["aliases"].split("|"):
            found[alias, row["version"]] = one
    return found


@cache
def version_names() -> re.Pattern[str]:
    """A pattern for a product and its version: "Java 17", "Python v3.12", "Java 8/11/17", "C++20"."""
    products = sorted({name for name, _ in versions()}, key=len, reverse=True)
    names = "|".join(re.escape(name) for name in products)
    number = r"\d{1,4}(?:\.\d{1,2})?[a-z]{0,2}"
    return re.compile(
        rf"(?<![\w.#@/-])(?P<name>{names})[ ]?-?(?:(?:version|ver\.?|v)[ ]?)?(?P<version>{number}(?:/{number})*)"
        rf"(?![\w#@%])(?!\.\d\d)(?![ ]?[-–]?[ ]?\d{{0,4}}[ ]?\+?[ ]?(?:years?|yrs?|months?|people|users|%|[–-]))",
    )


@cache
def _began(folder: str, file: str) -> dict[str, Began]:
    found = {}
    for row in _rows(folder, file):
        closed = row.get("closed") or ""
        until = row["founded"] + (f" to {closed}" if closed else "")
        one = Began(
            row["name"], month(row["founded"])[0], month(closed)[1] if closed else None, until, row["source"]
        )
        for alias in row["aliases"].split("|"):
            found[organisation(alias)] = one
    return found


def employer(name: str | None) -> Began | None:
    """What the list knows of a company of exactly this name, legal form and brackets left aside."""
    return _began("employers", "years.csv").get(organisation(name)) if name else None


def school(name: str | None) -> Began | None:
    """What the list knows of a school of exactly this name."""
    return _began("schools", "founded.csv").get(organisation(name)) if name else None


@cache
def mailboxes() -> dict[str, str]:
    """Streets (normalised as :mod:`~forensics.features.addresses` does) at which a service takes in post → its kind."""
    return {row["street"]: row["kind"] for row in _rows("addresses", "mailboxes.csv")}


@cache
def relays() -> frozenset[str]:
    """Domains of services that pass mail on under an alias, which many people use for privacy."""
    return frozenset(row["domain"] for row in _rows("sites", "relays.csv"))


@cache
def mail_hosts() -> frozenset[str]:
    """Hosts that give anybody a mailbox."""
    return _words("sites", "mail.txt")


@cache
def given_names() -> frozenset[str]:
    """Given names of many languages in Latin letters, folded: to tell "maria.lopez" from "blue.sky", no more."""
    return _words("names", "given.txt")


@cache
def family_names() -> frozenset[str]:
    """Family names of many languages in Latin letters, folded; for the same."""
    return _words("names", "family.txt")


def _words(folder: str, file: str) -> frozenset[str]:
    lines = (data_folder("corpora") / "lists" / folder / file).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
