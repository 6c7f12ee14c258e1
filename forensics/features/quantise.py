"""Verified weights of a BERT → an ONNX graph that computes with 8-bit integers.

Weights have one scale for each output channel and keep 7 bits, activations have one scale for each token
and 8: the sum of two products then fits in 16 bits, so that processors with and without VNNI get the same
integers. Nothing is measured over a batch: a text's vector does not depend on its neighbours. The
graph is written out here rather than traced, so it depends on no version of an exporter.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from forensics.errors import ModelError
from forensics.features.carriers import Weights

RECIPE = 1
"""Counts the changes to what the graph computes: part of the fingerprint and of the file's name."""

_WEIGHT = 63
_ACTIVATION = 127
_OPSET = 20
_IR = 9

Array = npt.NDArray[Any]


def quantised(weights: Weights) -> bytes:
    """The graph: ``ids`` int64 ``(1, tokens)`` → ``states`` float32 ``(1, tokens, hidden size)``.

    Raises :class:`~forensics.errors.ModelError` for a network that is no BERT, and without the packages ``onnx``
    and ``safetensors``.
    """
    try:
        import onnx  # noqa: F401
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
    except ImportError as error:
        raise missing(error) from error
    config = weights.json("config.json")
    wrong = {
        "model_type": config.get("model_type") != "bert",
        "hidden_act": config.get("hidden_act") != "gelu",
        "position_embedding_type": config.get("position_embedding_type", "absolute") != "absolute",
    }
    for key in (key for key, found in wrong.items() if found):
        raise ModelError(
            f"the int8 backend knows BERT only, and {weights.name} has {key} {config.get(key)!r}: set "
            "FORENSICS_BACKEND=torch."
        )
    file = weights.folder / "model.safetensors"
    try:
        loaded = load_file(file)
    except (SafetensorError, OSError) as error:
        raise ModelError(
            f"{weights.name} cannot be loaded from {file} ({error}): get the file again."
        ) from error
    tensors = {
        name.removeprefix("bert."): value.astype(np.float32)
        for name, value in loaded.items()
        if value.dtype.kind == "f"
    }
    try:
        return _Graph(tensors).bert(config)
    except KeyError as error:
        raise ModelError(
            f"{weights.name} has no {error.args[0]!r}, which a BERT has: set FORENSICS_BACKEND=torch."
        ) from error


def missing(error: ImportError) -> ModelError:
    """What to install for the backend."""
    return ModelError(
        f"{error.name} is not installed, which the int8 backend needs: pip install {error.name}, or set "
        "FORENSICS_BACKEND=torch."
    )


class _Graph:
    """A graph in the making: each method adds nodes and returns the name of what they compute."""

    def __init__(self, tensors: dict[str, Array]) -> None:
        self._tensors = tensors
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def bert(self, config: dict[str, Any]) -> bytes:
        """The whole encoder, without padding: one text at a time."""
        from onnx import TensorProto, helper

        heads = config["num_attention_heads"]
        size = config["hidden_size"] // heads
        self._epsilon = config["layer_norm_eps"]
        self._split = self._constant("split", np.array([0, 0, heads, size]))
        self._join = self._constant("join", np.array([0, 0, heads * size]))
        self._scale = self._constant("scale", np.float32(size**-0.5))
        state = self._embeddings()
        for layer in range(config["num_hidden_layers"]):
            state = self._layer(f"encoder.layer.{layer}", state)
        self._nodes.append(helper.make_node("Identity", [state], ["states"]))
        graph = helper.make_graph(
            self._nodes,
            "bert",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "tokens"])],
            [
                helper.make_tensor_value_info(
                    "states", TensorProto.FLOAT, [1, "tokens", config["hidden_size"]]
                )
            ],
            list(self._constants.values()),
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", _OPSET)],
            ir_version=_IR,
            producer_name="forensics",
            producer_version=str(RECIPE),
        )
        return bytes(model.SerializeToString(deterministic=True))

    def _embeddings(self) -> str:
        table = self._tensors["embeddings.word_embeddings.weight"]
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / _ACTIVATION, 1e-12)
        words = self._constant("words", np.rint(table / scale).astype(np.int8))
        scales = self._constant("words.scale", scale.astype(np.float32))
        words = self._node(
            "Mul", self._float(self._node("Gather", words, "ids")), self._node("Gather", scales, "ids")
        )
        count = self._node("Slice", self._node("Shape", "ids"), self._ints(1), self._ints(2))
        rows = self._tensors["embeddings.position_embeddings.weight"]
        rows = rows + self._tensors["embeddings.token_type_embeddings.weight"][0]
        places = self._node("Slice", self._constant("places", rows), self._ints(0), count)
        return self._norm("embeddings.LayerNorm", self._node("Add", words, places))

    def _layer(self, name: str, state: str) -> str:
        tokens = self._quantise(state)
        query, key, value = (
            self._node("Reshape", self._linear(f"{name}.attention.self.{part}", tokens), self._split)
            for part in ("query", "key", "value")
        )
        query = self._node("Transpose", query, perm=[0, 2, 1, 3])
        key = self._node("Transpose", key, perm=[0, 2, 3, 1])
        value = self._node("Transpose", value, perm=[0, 2, 1, 3])
        looks = self._node("Mul", self._node("MatMul", query, key), self._scale)
        seen = self._node("MatMul", self._node("Softmax", looks, axis=-1), value)
        seen = self._node("Reshape", self._node("Transpose", seen, perm=[0, 2, 1, 3]), self._join)
        state = self._residual(f"{name}.attention.output", seen, state)
        wide = self._linear(f"{name}.intermediate.dense", self._quantise(state))
        return self._residual(f"{name}.output", self._node("Gelu", wide), state)

    def _residual(self, name: str, inner: str, state: str) -> str:
        added = self._node("Add", self._linear(f"{name}.dense", self._quantise(inner)), state)
        return self._norm(f"{name}.LayerNorm", added)

    def _quantise(self, state: str) -> tuple[str, str]:
        """Each token by its own largest number: unsigned integers around 128, and their scales."""
        axis, tiny = self._ints(2), self._constant("tiny", np.float32(1e-9))
        largest = self._node("Max", self._node("ReduceMax", self._node("Abs", state), axis, keepdims=1), tiny)
        scale = self._node("Div", largest, self._constant("activation", np.float32(_ACTIVATION)))
        rounded = self._node("Round", self._node("Div", state, scale))
        shifted = self._node("Add", rounded, self._constant("zero", np.float32(_ACTIVATION + 1)))
        from onnx import TensorProto

        return self._node("Cast", shifted, to=TensorProto.UINT8), scale

    def _linear(self, name: str, tokens: tuple[str, str]) -> str:
        matrix = self._tensors[f"{name}.weight"].T
        scale = np.maximum(np.abs(matrix).max(axis=0) / _WEIGHT, 1e-12)
        whole = np.clip(np.rint(matrix / scale), -_WEIGHT, _WEIGHT).astype(np.int8)
        integers = self._node(
            "MatMulInteger",
            tokens[0],
            self._constant(f"{name}.weight", whole),
            self._constant("zero.token", np.uint8(_ACTIVATION + 1)),
            self._constant(f"zero.{len(scale)}", np.zeros(len(scale), np.int8)),
        )
        scaled = self._node(
            "Mul",
            self._node("Mul", self._float(integers), tokens[1]),
            self._constant(f"{name}.scale", scale.astype(np.float32)),
        )
        return self._node("Add", scaled, self._constant(f"{name}.bias", self._tensors[f"{name}.bias"]))

    def _norm(self, name: str, state: str) -> str:
        gain = self._constant(f"{name}.weight", self._tensors[f"{name}.weight"])
        bias = self._constant(f"{name}.bias", self._tensors[f"{name}.bias"])
        return self._node("LayerNormalization", state, gain, bias, axis=-1, epsilon=self._epsilon)

    def _float(self, name: str) -> str:
        from onnx import TensorProto

        return self._node("Cast", name, to=TensorProto.FLOAT)

    def _ints(self, number: int) -> str:
        return self._constant(f"int.{number}", np.array([number]))

    def _constant(self, name: str, value: Any) -> str:
        from onnx import numpy_helper

        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(
                np.ascontiguousarray(value).reshape(np.shape(value)), name
            )
        return name

    def _node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        from onnx import helper

        made = f"{kind}.{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [made], **attributes))
        return made
