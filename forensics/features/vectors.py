"""Texts → vectors: which encoder the settings ask for, and sentence-transformers as the slower and exact one of two."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np

from forensics.errors import ModelError, UsageError
from forensics.features.carriers import Weights, find_weights
from forensics.features.encoder import Encoder, Vectors, fingerprint, right_dimension, whole_text
from forensics.settings import settings

BACKENDS = ("int8", "torch")


def load_encoder(backend: str | None = None) -> Encoder:
    """The encoder that the settings ask for, with another ``backend`` if one is given.

    Loading takes some seconds with ``torch`` and tenths of one with ``int8`` (once some seconds more, to
    quantise the weights). Raises :class:`~forensics.errors.ModelError` when the model or a package is missing, or
    the model altered, :class:`~forensics.errors.UsageError` for a backend that does not exist. Each says what to do.
    """
    backend = settings().backend if backend is None else backend
    if backend not in BACKENDS:
        raise UsageError(
            f"there is no backend {backend!r}: set FORENSICS_BACKEND to {' or '.join(BACKENDS)}."
        )
    weights = find_weights()
    if backend == "int8":
        from forensics.features.int8 import Int8Encoder

        return Int8Encoder(weights, threads=settings().workers)
    return TorchEncoder(weights, threads=settings().workers)


class TorchEncoder:
    """A model by sentence-transformers on the CPU, 32-bit floats."""

    backend = "torch"
    _RECIPE = 1

    def __init__(self, weights: Weights, *, threads: int) -> None:
        self.model = weights.name
        self.sha256 = weights.sha256
        self._network = _offline_model(weights, threads)
        self.dimension = right_dimension(weights, int(self._vectors(["."]).shape[1]))
        self.fingerprint = fingerprint(weights, self.backend, self._RECIPE, self.dimension)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See :meth:`Encoder.encode`."""
        return self._vectors(texts) if len(texts) else np.zeros((0, self.dimension), np.float32)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        found = self._network.encode(
            [whole_text(text) for text in texts],
            batch_size=32,  # it sorts by length, so that little is spent on padding
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(found, np.float32)


def _offline_model(weights: Weights, threads: int) -> Any:
    """The model loaded from its folder, with nothing allowed to ask the network."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ[name] = "1"  # read when the libraries are imported
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # spinning threads collapse on a shared machine
    try:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
    except ImportError as error:
        raise ModelError(f"{error.name} is not installed: pip install sentence-transformers") from error
    torch.set_num_threads(threads)
    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        network = SentenceTransformer(
            str(weights.folder),
            device="cpu",
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"use_safetensors": True},
        )
    except Exception as error:  # whatever the library makes of a folder that is no model
        raise ModelError(
            f"{weights.name} in {weights.folder} cannot be loaded ({error}): it must be a model as "
            "sentence-transformers saves it."
        ) from error
    return network.eval()
