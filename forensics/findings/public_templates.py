"""Public templates by name: the looks that the package ships, and those that a user has marked as public."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from forensics.errors import UsageError
from forensics.features.layout import Print
from forensics.index.layouts import STAMP, Layouts, packed
from forensics.settings import data_folder, settings

PUBLIC = 0.6
"""From this similarity on, a document is taken to use the public template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """A public template: its name, where it is from, and its look as :func:`~forensics.index.layouts.packed` has it."""

    name: str
    source: str
    marks: bytes


def public_templates() -> list[Public]:
    """All that are known, the user's own first. Files made by other rules than today's are passed over."""
    shipped = data_folder("corpora") / "background" / "templates"
    return [*_read(settings().home / "templates"), *_read(shipped)]


def _read(folder: Path) -> Iterator[Public]:
    for file in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        said = json.loads(file.read_text(encoding="utf-8"))
        if said["stamp"] == STAMP:
            yield Public(name=said["name"], source=said["source"], marks=base64.b64decode(said["marks"]))


def public_name(found: Print, layouts: Layouts) -> str | None:
    """The name of the public template that looks most like this, if one does."""
    known = public_templates()
    similar = layouts.like_these(found, [each.marks for each in known])
    if not len(similar) or float(similar.max()) < PUBLIC:
        return None
    return known[int(similar.argmax())].name


def write_public(folder: Path, found: Print, *, name: str, source: str) -> Path:
    """Keep a look as a public template; returns the file, which holds no word of the document.

    Raises :class:`UsageError` for a name without a letter, or where the folder cannot be written.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if not slug:
        raise UsageError(f"{name!r} is no name for a template: use letters or digits.")
    number = len(list(folder.glob(f"{slug}*.json"))) if folder.is_dir() else 0
    file = folder / (f"{slug}.json" if not number else f"{slug}-{number + 1}.json")
    said = {
        "name": name,
        "source": source,
        "stamp": STAMP,
        "marks": base64.b64encode(packed(found)).decode(),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}): set FORENSICS_HOME.") from error
    return file
