"""Facts → pictures: the images of a document that may be somebody's photo, without lines, icons and letterheads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forensics.documents.document import Box, Fact

LEAST_SIDE = 64
"""Pixels: what is smaller is an icon."""

LONGEST = 2.5
"""Sides in this proportion or beyond make a banner, a signature or a letterhead, no photo."""

NEAR = 6
"""Bits of 63 in which two looks of one picture may differ. Of unrelated pictures one pair in 10^11 comes so near."""

BANDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One image. ``phash`` is how it looks (64 bits, hex), ``None`` where its pixels could not be read."""

    sha256: str
    phash: str | None
    width: int
    height: int
    where: str
    page: int | None = None
    bbox: Box | None = None


def pictures(facts: Iterable[Fact]) -> list[Picture]:
    """The images that are large enough, of ordinary proportions, and no plain surface; each hash once."""
    held: dict[str, dict[str, Fact]] = {}
    for fact in facts:
        if fact.name in ("image.sha256", "image.phash", "image.size"):
            held.setdefault(fact.where, {}).setdefault(fact.name, fact)
    found: dict[str, Picture] = {}
    for where, said in held.items():
        if "image.sha256" not in said or "image.size" not in said:
            continue
        size, _, form = said["image.size"].value.partition(" ")
        width, height = (int(each) for each in size.split("x"))
        look = said["image.phash"].value if "image.phash" in said else None
        seen = look is not None or form.startswith(("DCT", "JPX", "CCITT", "JBIG2"))
        if min(width, height) >= LEAST_SIDE and max(width, height) < LONGEST * min(width, height) and seen:
            hash_ = said["image.sha256"]
            found.setdefault(
                hash_.value,
                Picture(
                    sha256=hash_.value,
                    phash=look,
                    width=width,
                    height=height,
                    where=where,
                    page=hash_.page,
                    bbox=hash_.bbox,
                ),
            )
    return list(found.values())


def distance(a: str, b: str) -> int:
    """In how many bits two looks differ."""
    return (int(a, 16) ^ int(b, 16)).bit_count()


def bands(look: str) -> list[str]:
    """``n:xx``, the eight bytes of a look: of two that differ in at most seven bits one byte is equal."""
    return [f"{n}:{look[2 * n : 2 * n + 2]}" for n in range(BANDS)]
