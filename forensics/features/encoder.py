"""The encoder protocol. Vectors of two encoders never mix: store :attr:`Encoder.fingerprint` beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from forensics.errors import ModelError
from forensics.features.carriers import Weights

Vectors = npt.NDArray[np.float32]
"""``(n, dimension)``, every row of length 1."""


class Encoder(Protocol):
    """What turns texts into vectors. Equal texts have equal vectors, up to rounding in the sixth place."""

    @property
    def model(self) -> str:
        """The model's name, for people."""

    @property
    def sha256(self) -> str:
        """The hash of its files, see :func:`~forensics.features.carriers.listing_sha256`."""

    @property
    def backend(self) -> str:
        """``torch`` or ``int8``."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def fingerprint(self) -> str:
        """One short string for model, backend and how it computes; equal only if vectors may mix."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A row for each text, in the order of the texts; ``(0, dimension)`` for none."""


def whole_text(text: str) -> str:
    """The text with halves of surrogate pairs joined or replaced: tokenizers refuse what is no Unicode."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def fingerprint(weights: Weights, backend: str, recipe: int, dimension: int) -> str:
    """See :attr:`Encoder.fingerprint`; ``recipe`` counts the changes to how a backend computes."""
    return f"{weights.sha256[:32]}-{backend}.{recipe}-{dimension}"


def right_dimension(weights: Weights, found: int) -> int:
    """``found``, or :class:`~forensics.errors.ModelError` when the model promises another."""
    if weights.dimension not in (None, found):
        raise ModelError(
            f"{weights.name} gives vectors of {found} numbers where its model.toml promises {weights.dimension}: "
            "one of the two is not what it says; reinstall forensics and the model."
        )
    return found
