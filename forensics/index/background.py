"""What the whole world writes: fingerprints, shipped with the package, of public sources of résumé phrases.

Each folder of ``corpora/background`` with a ``prints.npz`` is one source; ``corpora/background/make.py``
makes them. They are read once, at the first question.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from forensics.errors import CorpusError
from forensics.features.features import Tokens
from forensics.features.shingles import Hashes, positions, wholes
from forensics.settings import data_folder

FORMAT = 1
"""Of the files: sorted 47-bit hashes as counts by their upper 16 bits, and their lower 31 bits."""

RUN = 4
"""So many consecutive known trigrams, about six words, are a public phrase. In 789 real résumés 10.6 % of the
trigrams are known, and 2.6 % of the words stand in such runs; of the specific sentences of 250 synthetic ones,
5.2 % and 0.7 % ("with 5 years of experience in"). With 3: 4.3 % and 1.5 %; with 5: 1.9 % and 0.5 %."""

MOST = 0.6
"""A sentence or bullet with this share of its words in such runs is public as a whole."""

_LOW_BITS = 31
_SLOT_GAP = 4  # trigrams of several slots are left out: so far may two that follow each other begin apart

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Sorted hashes: trigrams, and whole short sentences, as in :mod:`forensics.features.shingles`."""

    trigrams: Hashes
    wholes: Hashes

    def contains(self, hashes: Hashes) -> Flags:
        """Which of the trigrams stand in a public source; shape of ``hashes``."""
        return member(self.trigrams, hashes)

    def contains_whole(self, hashes: Hashes) -> Flags:
        """Which of the hashes of whole units are those of a stock phrase; shape of ``hashes``."""
        return member(self.wholes, hashes)


@cache
def shipped() -> Background:
    """All that ``corpora/background`` holds, read once.

    Raises :class:`~forensics.errors.CorpusError` for a file that is damaged or of another format.
    """
    files = sorted((data_folder("corpora") / "background").glob("*/prints.npz"))
    if not files:
        raise CorpusError("the package lacks corpora/background/*/prints.npz: install it again.")
    read = [load(file)[0] for file in files]
    return Background(
        trigrams=_union([each.trigrams for each in read]), wholes=_union([each.wholes for each in read])
    )


def public_words(
    tokens: Tokens, known: Callable[[Hashes], Flags] | None = None, background: Background | None = None
) -> Flags:
    """Which words stand in a public source, one flag a token.

    Those in a run of :data:`RUN` known trigrams, those of a unit that is mostly such runs, and those of a
    unit that is a stock phrase from end to end. ``known`` tells the trigrams of sources beside the shipped
    ``background``.
    """
    background = shipped() if background is None else background
    units = np.asarray(tokens.units, dtype=np.int64)
    hashes, places = positions(tokens)
    ours = background.contains(hashes)
    flags = _runs(places, ours if known is None else ours | known(hashes), len(units))
    if not len(units):
        return flags
    words = np.bincount(units)
    mostly = np.bincount(units, weights=flags) >= MOST * np.maximum(words, 1)
    entire, first = wholes(tokens)
    mostly[units[first[background.contains_whole(entire)]]] = True
    return np.asarray(flags | mostly[units])


def _runs(places: npt.NDArray[np.int64], known: Flags, words: int) -> Flags:
    """The words under runs of at least :data:`RUN` known trigrams that follow each other."""
    flags = np.zeros(words, np.bool_)
    if len(places):
        apart = np.diff(places) > _SLOT_GAP
        begins = np.flatnonzero(known & ~np.concatenate(([False], known[:-1] & ~apart)))
        ends = np.flatnonzero(known & ~np.concatenate((known[1:] & ~apart, [False])))
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            if end - begin + 1 >= RUN:
                flags[places[begin] : places[end] + 3] = True
    return flags


def save(file: Path, background: Background) -> None:
    """Write the sets with the stamp of the scheme they were made by; the same sets give the same bytes."""
    sets = {**_pack("trigrams", background.trigrams), **_pack("wholes", background.wholes)}
    held: dict[str, Any] = {"format": np.int64(FORMAT), "stamp": np.str_(stamp()), **sets}
    np.savez_compressed(file, **held)


def load(file: Path) -> tuple[Background, str]:
    """The sets of a file and its stamp. Raises :class:`~forensics.errors.CorpusError` as :func:`shipped`."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
            if int(held["format"]) != FORMAT:
                raise CorpusError(f"{file} has format {int(held['format'])}, not {FORMAT}: install again.")
            sets = {name: _unpack(name, held) for name in ("trigrams", "wholes")}
            return Background(**sets), str(held["stamp"])
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise CorpusError(f"{file} cannot be read ({error}): install the package again.") from error


def stamp() -> str:
    """Sixteen hex digits that change with the scheme of :mod:`forensics.features.shingles`."""
    sample = "managed the <DATE> <NUMBER> rollout of billing services for <EMPLOYER> and trained writers"
    masks = tuple(sample.split())
    count = len(masks)
    tokens = Tokens(
        words=masks,
        masks=masks,
        starts=tuple(range(count)),
        ends=tuple(range(1, count + 1)),
        units=tuple(int(at >= 8) for at in range(count)),
        passages=(0,) * count,
    )
    parts = [*positions(tokens), *wholes(tokens)]
    return blake2b(b"".join(part.astype("<u8").tobytes() for part in parts), digest_size=8).hexdigest()


def _pack(name: str, hashes: Hashes) -> dict[str, npt.NDArray[np.uint32]]:
    upper = np.bincount((hashes >> np.uint64(_LOW_BITS)).astype(np.int64), minlength=1 << 16)
    lower = hashes & np.uint64((1 << _LOW_BITS) - 1)
    return {f"{name}_upper": upper.astype(np.uint32), f"{name}_lower": lower.astype(np.uint32)}


def _unpack(name: str, held: Mapping[str, npt.NDArray[np.uint32]]) -> Hashes:
    upper = np.repeat(np.arange(1 << 16, dtype=np.uint64), held[f"{name}_upper"])
    return np.asarray(upper << np.uint64(_LOW_BITS) | held[f"{name}_lower"])


def _union(sets: list[Hashes]) -> Hashes:
    return np.sort(np.concatenate(sets), kind="stable")  # what several sources have stays twice: no harm


def member(sorted_set: Hashes, hashes: Hashes) -> Flags:
    """Which of the hashes are in the set, an ascending array; shape of ``hashes``."""
    if not len(sorted_set):
        return np.zeros(len(hashes), np.bool_)
    at = np.minimum(np.searchsorted(sorted_set, hashes), len(sorted_set) - 1)
    return np.asarray(sorted_set[at] == hashes)
