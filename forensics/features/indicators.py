"""Document → indicators: what may be compared with others' documents, under a key, without showing it.

Three kinds of fingerprint: of passages (masked and stemmed, so without names, contacts, employers, schools, places,
dates and numbers), of ids that tie a file to the one it was made from, and of the look. Names, contacts and text are
in none of them: a telephone number has so few possible values that a keyed digest would not hide it from whoever has
the key.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from forensics.features.features import Exhibit
from forensics.features.layout import fingerprint
from forensics.features.lineage import PROVES, traces
from forensics.features.shingles import prints, wholes

VERSION = "1"
"""Of the format: which fingerprints are taken and how they are keyed. Another version agrees with none of them."""

KINDS = ("passage", "lineage", "template")
DIGEST = 16
"""Bytes of a digest."""

_LINEAGE = frozenset({"file", "picture"})
_LOOK = ("font", "lettering", "place", "shape", "page")
_NEAR_LOOK = "look"  # differs by some bits between two encodings: equal digests would not tell


def keyed(secret: bytes, kind: str, value: str) -> bytes:
    """HMAC-SHA256 (RFC 2104) of a fingerprint, cut to :data:`DIGEST` bytes; version and kind are part of it."""
    return hmac.digest(secret, f"forensics/{VERSION}/{kind}\0{value}".encode(), hashlib.sha256)[:DIGEST]


def key_id(secret: bytes) -> str:
    """Eight hex digits by which two organisations see whether they use one key; they do not tell the key."""
    return keyed(secret, "key", "id").hex()[:8]


def passages(exhibit: Exhibit, public: npt.NDArray[np.bool_]) -> frozenset[int]:
    """The fingerprints of sentences and bullets that are not mostly ``public`` (a flag a token), six words or more."""
    units = exhibit.features.tokens.units
    length, known = Counter(units), Counter(unit for unit, flag in zip(units, public, strict=True) if flag)
    hashes, places = wholes(exhibit.features.tokens)
    long = set(prints(exhibit.features.tokens).exact)
    found = set()
    for hash_, place in zip(hashes.tolist(), places.tolist(), strict=True):
        unit = units[place]
        if hash_ in long and 2 * known[unit] < length[unit]:
            found.add(int(hash_))
    return frozenset(found)


def lineage(exhibit: Exhibit) -> frozenset[str]:
    """The ids of the file and of its pictures, none of them a person's name or a place on a disk."""
    return frozenset(
        f"{each.kind}:{each.value}"
        for each in traces(exhibit.document)
        if PROVES.get(each.kind) in _LINEAGE and each.kind != _NEAR_LOOK
    )


def template(exhibit: Exhibit) -> frozenset[str]:
    """The marks of the look: fonts, places, lines, the page; nothing that is a word of the document."""
    found = fingerprint(exhibit.document)
    marks: Iterable[tuple[str, str]] = () if found is None else found.marks
    return frozenset(f"{family}:{mark}" for family, mark in marks if family in _LOOK)
