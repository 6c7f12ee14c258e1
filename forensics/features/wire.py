"""Features as JSON, so that a stored document need not be measured again.

Written by field, read by the types of the fields. What was measured by other rules is told by
:func:`stamp`, and measured again.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
import zlib
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from forensics.features.features import Features
from forensics.settings import data_folder, settings


def pack(features: Features) -> bytes:
    """The features as compressed JSON."""
    return zlib.compress(json.dumps(_plain(features), ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpack(packed: bytes) -> Features:
    """The features that :func:`pack` packed under the same :func:`stamp`."""
    features = _reader(Features)(json.loads(zlib.decompress(packed)))
    assert isinstance(features, Features)
    return features


@cache
def stamp() -> str:
    """Changes with the code of this folder and of reading, and with the lists that rules look things up in."""
    digest = blake2b(settings().spacy_model.encode(), digest_size=8)
    package = Path(__file__).parents[1]
    files = [*(package / "features").glob("*.py"), package / "documents" / "document.py"]
    files += [each for each in (data_folder("corpora") / "lists").rglob("*") if each.is_file()]
    for file in sorted(files):
        digest.update(f"{file.name}\0".encode() + blake2b(file.read_bytes()).digest())
    return digest.hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return [_plain(getattr(value, each.name)) for each in dataclasses.fields(value)]
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


@cache
def _reader(kind: Any) -> Any:
    """What makes a value of a type out of plain JSON."""
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        parts = [(each.name, _reader(hints[each.name])) for each in dataclasses.fields(kind)]
        noun: Any = kind
        return lambda held: noun(
            **{name: part(value) for (name, part), value in zip(parts, held, strict=True)}
        )
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        if inside[0] in (str, int, float, bool):
            return tuple
        item = _reader(inside[0])
        if inside[-1] is not Ellipsis:
            items = [_reader(each) for each in inside]
            return lambda held: tuple(part(each) for part, each in zip(items, held, strict=True))
        return lambda held: tuple(map(item, held))
    if origin in (types.UnionType, typing.Union):
        (other,) = (each for each in inside if each is not type(None))
        real = _reader(other)
        return lambda held: None if held is None else real(held)
    if kind in (str, int, float, bool):
        return lambda held: held
    raise TypeError(f"features may not hold {kind}: see forensics/features/wire.py")
