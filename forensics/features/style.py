"""Text → how it is written: how often common character n-grams stand in it, slots masked, as one vector.

Two texts by one hand lie closer than two by two hands, on average, and by far not always: the likelihood
ratio that :func:`strength` gives was calibrated on texts of known authors, is clipped, and says of which
population it was. It is for pairs that something else has linked, never for a search that accuses.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from forensics.features.features import Exhibit
from forensics.settings import data_folder

CLIP = 2.0
"""No strength beyond, in powers of ten: pairs of different authors reach thousands where it is not clipped."""

LEAST_WORDS = 120
_SIZES = (2, 3, 4)
Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The calibration for texts of ``words`` words: ``log10 LR = slope × cosine + offset``.

    Fitted on one half of the authors; ``pairs``, ``auc``, ``cllr`` (of the clipped ratio), ``cllr_least`` (of
    the best monotone one) and ``misleading`` (the share of pairs by different authors beyond tenfold) are of
    the other half.
    """

    words: int
    slope: float
    offset: float
    pairs: int
    auc: float
    cllr: float
    cllr_least: float
    misleading: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How much two texts speak for one hand: ``log10`` of the likelihood ratio, clipped, and its calibration."""

    log10: float
    cosine: float
    by: Bin


def grams(text: str) -> Counter[str]:
    """Character 2- to 4-grams of a text, white space as single blanks."""
    plain = f" {' '.join(text.split())} "
    return Counter(plain[at : at + size] for size in _SIZES for at in range(len(plain) - size + 1))


def sketch(text: str) -> Vector:
    """How far each n-gram's share lies above or below that in the texts of the calibration; ``(n,)``, length 1.

    The root of the share, less its mean, in standard deviations, at most three: the cosine of two such vectors
    is cosine Delta (Smith, Aldridge, Improving authorship attribution, 2011) over characters.
    """
    places, mean, deviation = common_grams()
    counts = np.zeros(len(places), np.float64)
    for gram, count in grams(text).items():
        place = places.get(gram)
        if place is not None:
            counts[place] = count
    shares = np.sqrt(counts / max(1.0, counts.sum()))
    vector = np.clip((shares - mean) / deviation, -3, 3)
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length else vector, np.float32)


def said(exhibit: Exhibit, without: Sequence[tuple[int, int]] = ()) -> str:
    """The sentences and bullets of a document with their punctuation, slots and numbers as ``#``, in lower case.

    Those that touch one of the spans ``[start, end)`` of the text ``without`` are left out whole.
    """
    text, tokens = exhibit.document.text, exhibit.features.tokens
    sizes = Counter(tokens.units)
    for at, start in enumerate(tokens.starts):
        if any(first <= start < end for first, end in without):
            sizes[tokens.units[at]] = 0
    pieces: list[str] = []
    last, unit = 0, -1
    for at, start in enumerate(tokens.starts):
        if sizes[tokens.units[at]] < 5:  # a heading, a line of contacts
            continue
        same = tokens.units[at] == unit
        pieces.append(text[last:start] if same else " ")
        pieces.append("#" if tokens.masks[at].startswith("<") else tokens.words[at])
        last, unit = tokens.ends[at], tokens.units[at]
        if at + 1 == len(tokens) or tokens.units[at + 1] != unit:
            pieces.append(text[last : last + 1].strip())
    return "".join(pieces)


def hand(exhibit: Exhibit, without: Sequence[tuple[int, int]] = ()) -> Vector | None:
    """The vector of a document or of a part of it, as :func:`said`; ``None`` where that says too little."""
    text = said(exhibit, without)
    return sketch(text) if len(text.split()) >= LEAST_WORDS else None


def strength(cosine: float, words: int) -> Strength | None:
    """What a cosine of two texts means, the shorter of so many words; ``None`` where it means nothing.

    Nothing: for texts shorter than any of the calibration, and where Cllr is 1 or more, which a coin reaches.
    """
    fitting = [each for each in bins() if each.words <= words]
    if not fitting or fitting[-1].cllr >= 1:
        return None
    by = fitting[-1]
    return Strength(log10=max(-CLIP, min(CLIP, by.slope * cosine + by.offset)), cosine=cosine, by=by)


@cache
def bins() -> tuple[Bin, ...]:
    """The calibrations of ``models/style``, by ascending length."""
    told = tomllib.loads((data_folder("models") / "style" / "model.toml").read_text(encoding="utf-8"))
    return tuple(sorted((Bin(**each) for each in told["calibrated"]["bins"]), key=lambda each: each.words))


@cache
def common_grams() -> tuple[dict[str, int], Vector, Vector]:
    """The n-grams of ``models/style`` and their places, and mean and standard deviation of the root of each share."""
    lines = (data_folder("models") / "style" / "grams.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    mean, deviation = (np.array([float(row[at]) for row in rows], np.float32) for at in (1, 2))
    return {row[0].replace("_", " "): at for at, row in enumerate(rows)}, mean, deviation


def cllr(same: Sequence[float], different: Sequence[float]) -> float:
    """The cost of log10 likelihood ratios of pairs of known origin (Brümmer, du Preez, 2006): 0 is perfect, 1 a coin."""
    a = np.log2(1 + 10.0 ** -np.asarray(same, np.float64)).mean()
    b = np.log2(1 + 10.0 ** np.asarray(different, np.float64)).mean()
    return float((a + b) / 2)
