"""Public templates by name: the looks that the package ships, and those that a user has marked as public."""

from __future__ import annotations

import base64
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import numpy as np
import numpy.typing as npt

from forensics.errors import UsageError
from forensics.features.layout import Print
from forensics.index.known_looks import KnownLooks, counted, known_looks
from forensics.index.layouts import STAMP, Layouts, packed
from forensics.settings import data_folder, settings

PUBLIC = 0.42
"""From this nearness on, a document is taken to use a template that the package ships."""

MARKED = 0.6
"""From this plain similarity on, a document is taken to use a template that the user has marked as public: it may be
plain, and nobody has measured how near strangers come to it."""

ASKED = 600
"""So many documents, those most similar to the query, are asked whether they use the query's public template."""

USUAL = "usual.marks"
"""The file beside the shipped looks that says how many strangers have each mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """A public template: its name, where it is from, its looks as :func:`~forensics.index.layouts.packed` has them.

    ``least`` is the nearness that the name asks for: more than :data:`PUBLIC` where the looks are plain.
    """

    name: str
    source: str
    looks: tuple[bytes, ...]
    least: float


def public_templates() -> list[Public]:
    """All that are known, the user's own first. Files made by other rules than today's are passed over."""
    return [*_read(settings().home / "templates"), *_read(_shipped())]


def _shipped() -> Path:
    return data_folder("corpora") / "background" / "templates"


def _read(folder: Path) -> Iterator[Public]:
    for file in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        said = json.loads(file.read_text(encoding="utf-8"))
        if said["stamp"] == STAMP:
            looks = said.get("looks") or [said["marks"]]
            yield Public(
                name=said["name"],
                source=said["source"],
                looks=tuple(map(base64.b64decode, looks)),
                least=said.get("least", PUBLIC),
            )


def public_name(found: Print, layouts: Layouts) -> str | None:
    """The name of the public template that looks most like this, if one does; one that the user has marked first."""
    marked = [(each.name, look) for each in _read(settings().home / "templates") for look in each.looks]
    similar = layouts.like_these(found, [look for _, look in marked])
    if len(similar) and float(similar.max()) >= MARKED:
        return marked[int(similar.argmax())][0]
    return _shipped_name(packed(found))


def _shipped_name(look: bytes) -> str | None:
    names, least, looks = _known(_shipped())
    above = looks.nearness(look) / least
    return names[int(above.argmax())] if float(above.max()) >= 1 else None


def of_this_name(
    name: str, docs: npt.NDArray[np.int64], similarities: npt.NDArray[np.float32], layouts: Layouts
) -> npt.NDArray[np.bool_]:
    """Which of these documents use the public template of this name.

    For a name that the package ships only the :data:`ASKED` most similar ones are asked.
    """
    marked = [
        look for each in _read(settings().home / "templates") if each.name == name for look in each.looks
    ]
    if marked:
        near = dict(zip(layouts.holders().tolist(), layouts.most_like(marked).tolist(), strict=True))
        return np.array([near.get(doc, 0.0) >= MARKED for doc in docs.tolist()], np.bool_)
    found = np.zeros(len(docs), np.bool_)
    for at in np.argsort(-similarities, kind="stable")[:ASKED].tolist():
        found[at] = _shipped_name(layouts.look(int(docs[at]))) == name
    return found


@cache
def _known(folder: Path) -> tuple[list[str], npt.NDArray[np.float32], KnownLooks]:
    """The names that the package ships, the nearness that each asks for, and their looks, read once."""
    looks: dict[str, list[bytes]] = defaultdict(list)
    least: dict[str, float] = {}
    for each in _read(folder):
        looks[each.name] += each.looks
        least[each.name] = max(each.least, least.get(each.name, 0.0))
    held = (folder / USUAL).read_bytes()
    usual = known_looks(list(looks.values()), held[4:], int.from_bytes(held[:4], "little"))
    return list(looks), np.array([least[name] for name in looks], np.float32), usual


def write_usual(folder: Path, strangers: Sequence[Print]) -> Path:
    """Keep how many of some strangers have each mark: their number in 4 bytes, then what ``counted`` gives."""
    file = folder / USUAL
    file.write_bytes(len(strangers).to_bytes(4, "little") + counted(strangers))
    return file


def write_public(folder: Path, *found: Print, name: str, source: str, least: float = PUBLIC) -> Path:
    """Keep looks as a public template; returns the file, which holds no word of the documents.

    Raises :class:`UsageError` for a name without a letter, or where the folder cannot be written.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if not slug:
        raise UsageError(f"{name!r} is no name for a template: use letters or digits.")
    files = (folder / f"{slug}{'' if number == 1 else f'-{number}'}.json" for number in count(1))
    file = next(each for each in files if not each.exists())
    said = {
        "name": name,
        "source": source,
        "stamp": STAMP,
        **({"least": least} if least != PUBLIC else {}),
        "looks": [base64.b64encode(packed(each)).decode() for each in found],
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}): set FORENSICS_HOME.") from error
    return file
