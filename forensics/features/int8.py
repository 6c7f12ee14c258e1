"""Texts → vectors by onnxruntime with 8-bit integers: several times faster than torch, loaded in tenths of a second.

The graph is built once from the verified weights (:mod:`forensics.features.quantise`) and kept below
``FORENSICS_HOME/models``; its file is named by its hash, so that a damaged one is noticed and built again.
Neither torch nor transformers is imported.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from forensics.errors import ModelError
from forensics.features.carriers import Weights
from forensics.features.encoder import Vectors, fingerprint, right_dimension, whole_text
from forensics.features.quantise import RECIPE, missing, quantised
from forensics.settings import settings

_STALE_SECONDS = 3600


class Int8Encoder:
    """A BERT quantised to 8 bits. Every text is run alone: no padding, the same vector in any company."""

    backend = "int8"

    def __init__(self, weights: Weights, *, threads: int) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise missing(error) from error
        self.model = weights.name
        self.sha256 = weights.sha256
        self._threads = threads
        self._pool = _pooling(weights)
        self._lower = bool(weights.json("sentence_bert_config.json").get("do_lower_case"))
        try:
            self._tokenizer = Tokenizer.from_file(str(weights.folder / "tokenizer.json"))
        except Exception as error:  # the library knows no other
            raise ModelError(
                f"{weights.folder / 'tokenizer.json'} cannot be read ({error}), which the int8 backend needs: set "
                "FORENSICS_BACKEND=torch."
            ) from error
        self._tokenizer.enable_truncation(_most_tokens(weights))
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the threads are ours: one text each
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            kept_graph(weights), options, providers=["CPUExecutionProvider"]
        )
        self.dimension = right_dimension(weights, int(self._session.get_outputs()[0].shape[2]))
        self.fingerprint = fingerprint(weights, self.backend, RECIPE, self.dimension)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See :meth:`~forensics.features.encoder.Encoder.encode`."""
        if not len(texts):
            return np.zeros((0, self.dimension), np.float32)
        said = [whole_text(text.lower() if self._lower else text) for text in texts]
        read = self._tokenizer.encode_batch(said)
        ids = [np.array([each.ids], np.int64) for each in read]
        if self._threads == 1 or len(ids) == 1:
            found = list(map(self._vector, ids))
        else:
            with ThreadPoolExecutor(self._threads) as threads:
                found = list(threads.map(self._vector, ids))
        return np.stack(found)

    def _vector(self, ids: Any) -> Vectors:
        states = self._session.run(None, {"ids": ids})[0][0]
        vector = states.mean(axis=0) if self._pool == "mean" else states[0]
        return np.asarray(vector / np.linalg.norm(vector), np.float32)


def _pooling(weights: Weights) -> str:
    """``mean`` or ``cls``, if the model does nothing else that this backend does not do."""
    kinds = {
        str(module["type"]).rsplit(".", 1)[-1]: module["path"] for module in weights.json("modules.json")
    }
    pooling = weights.json(f"{kinds.get('Pooling')}/config.json")
    modes = {key for key, on in pooling.items() if key.startswith("pooling_mode_") and on is True}
    mode = pooling.get("pooling_mode") or {
        frozenset({"pooling_mode_mean_tokens"}): "mean",
        frozenset({"pooling_mode_cls_token"}): "cls",
    }.get(frozenset(modes))
    prompt = weights.json("config_sentence_transformers.json").get("default_prompt_name")
    if kinds.keys() - {"Transformer", "Pooling", "Normalize"} or mode not in {"mean", "cls"} or prompt:
        raise ModelError(
            f"the int8 backend knows models of a transformer and mean or CLS pooling without a prompt, which "
            f"{weights.name} is not: set FORENSICS_BACKEND=torch."
        )
    return str(mode)


def _most_tokens(weights: Weights) -> int:
    """Tokens of a text that are read, [CLS] and [SEP] included."""
    limits = (
        weights.json("sentence_bert_config.json").get("max_seq_length"),
        weights.json("config.json")["max_position_embeddings"],
    )
    return min(int(limit) for limit in limits if limit)


def kept_graph(weights: Weights) -> bytes:
    """The graph of a model as kept on disk, built if there is none that is whole.

    Raises :class:`~forensics.errors.ModelError` when it cannot be written.
    """
    folder = settings().home / "models" / weights.sha256[:32]
    for kept in sorted(folder.glob(f"int8.{RECIPE}-*.onnx")):
        graph = kept.read_bytes()
        if hashlib.sha256(graph).hexdigest() == kept.stem.rpartition("-")[2]:
            return graph
        kept.unlink(missing_ok=True)
    graph = quantised(weights)
    place = folder / f"int8.{RECIPE}-{hashlib.sha256(graph).hexdigest()}.onnx"
    draft = place.with_suffix(f".{os.getpid()}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("*.part"):
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink(missing_ok=True)
        with draft.open("wb") as file:
            file.write(graph)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ModelError(
            f"the quantised model cannot be kept in {folder} ({error.strerror}): free some space or check the "
            "folder's permissions, or set FORENSICS_BACKEND=torch."
        ) from error
    return graph
