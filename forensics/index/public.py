"""What the whole world says: vectors, shipped with the package, of the sentences of public sources.

Each folder of ``corpora/background`` with a ``vectors.npz`` is one source; ``corpora/background/make.py``
makes them. A vector of 384 numbers is kept as 384 times 4 bits: for each dimension the nearest of sixteen
levels that lose least of a normal distribution (J. Max, "Quantizing for minimum distortion", IRE
Transactions on Information Theory 6, 1960, table I), scaled by that dimension's mean and spread.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from forensics.errors import CorpusError
from forensics.features.encoder import Vectors
from forensics.settings import data_folder

FORMAT = 1
"""Of the files: mean and spread of each dimension, and two codes of 4 bits a byte, the even dimension low."""

_HALF = (0.1284, 0.3881, 0.6568, 0.9424, 1.256, 1.618, 2.069, 2.733)
_LEVELS = np.array([*(-level for level in reversed(_HALF)), *_HALF], np.float32)
_BORDERS = (_LEVELS[1:] + _LEVELS[:-1]) / 2
_AT_ONCE = 64

Codes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Quantised:
    """Sentences of one source as 4-bit codes ``(n, dimension / 2)``; ``mean`` and ``spread`` ``(dimension,)``.

    ``model`` and ``sha256`` are those of the :class:`~forensics.features.encoder.Encoder` that spoke them.
    """

    model: str
    sha256: str
    mean: npt.NDArray[np.float32]
    spread: npt.NDArray[np.float32]
    codes: Codes

    def vectors(self) -> Vectors:
        """What the codes stand for, ``(n, dimension)``, every row of length 1."""
        levels = np.empty((len(self.codes), len(self.mean)), np.float32)
        levels[:, 0::2] = _LEVELS[self.codes & 15]
        levels[:, 1::2] = _LEVELS[self.codes >> 4]
        levels *= self.spread
        levels += self.mean
        levels /= np.maximum(np.linalg.norm(levels, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return levels


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PublicVectors:
    """The sentences of all public sources, ``vectors`` ``(n, dimension)``: 1.5 KB a sentence in memory."""

    vectors: Vectors

    def nearest(self, vectors: Vectors) -> npt.NDArray[np.float32]:
        """The cosine of each row ``(n, dimension)`` of length 1 to the public sentence nearest to it, ``(n,)``."""
        found = np.empty(len(vectors), np.float32)
        for first in range(0, len(vectors), _AT_ONCE):
            found[first : first + _AT_ONCE] = (vectors[first : first + _AT_ONCE] @ self.vectors.T).max(axis=1)
        return found


@cache
def shipped(sha256: str) -> PublicVectors | None:
    """All public sentences as the model with this hash speaks them, read once; ``None`` for another model.

    ``sha256`` is an encoder's; both of its backends come near enough. Raises
    :class:`~forensics.errors.CorpusError` for a file that is missing, damaged or of another format.
    """
    files = sorted((data_folder("corpora") / "background").glob("*/vectors.npz"))
    if not files:
        raise CorpusError("the package lacks corpora/background/*/vectors.npz: install it again.")
    known = [held.vectors() for held in map(load, files) if held.sha256 == sha256]
    return PublicVectors(vectors=np.concatenate(known)) if known else None


def quantised(vectors: Vectors, *, model: str, sha256: str) -> Quantised:
    """The codes of vectors ``(n, dimension)``, n > 0, of an even dimension; the same rows give the same codes."""
    mean = vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
    spread = np.maximum(vectors.std(axis=0, dtype=np.float64), 1e-6).astype(np.float32)
    levels = np.searchsorted(_BORDERS, (vectors - mean) / spread).astype(np.uint8)
    return Quantised(
        model=model, sha256=sha256, mean=mean, spread=spread, codes=levels[:, 0::2] | levels[:, 1::2] << 4
    )


def save(file: Path, held: Quantised) -> None:
    """Write one source; the same codes give the same bytes."""
    arrays: dict[str, Any] = {
        "format": np.int64(FORMAT),
        "model": np.str_(held.model),
        "sha256": np.str_(held.sha256),
        "mean": held.mean,
        "spread": held.spread,
        "codes": held.codes,
    }
    np.savez_compressed(file, **arrays)


def load(file: Path) -> Quantised:
    """One source. Raises :class:`~forensics.errors.CorpusError` as :func:`shipped`."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
            if int(held["format"]) != FORMAT:
                raise CorpusError(f"{file} has format {int(held['format'])}, not {FORMAT}: install again.")
            return _whole(
                Quantised(
                    model=str(held["model"]),
                    sha256=str(held["sha256"]),
                    mean=held["mean"],
                    spread=held["spread"],
                    codes=held["codes"],
                )
            )
    except (
        OSError,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        EOFError,
        NotImplementedError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise CorpusError(f"{file} cannot be read ({error}): install the package again.") from error


def _whole(held: Quantised) -> Quantised:
    """``held``, or :class:`ValueError` when its arrays do not belong together."""
    scales = (held.mean, held.spread)
    right = (
        all(each.dtype == np.float32 and each.shape == held.mean.shape for each in scales)
        and held.mean.ndim == 1
        and held.codes.dtype == np.uint8
        and held.codes.ndim == 2
        and held.codes.shape[1] * 2 == len(held.mean)
        and all(bool(np.isfinite(each).all()) for each in scales)
    )
    if not right:
        raise ValueError("its arrays do not belong together")
    return held
