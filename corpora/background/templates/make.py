"""Makes the looks of public templates: renders invented persons in them, keeps what these have in common.

``make.py --rendercv PYTHON`` needs a Python that has RenderCV; ``make.py --classes FOLDER`` needs TeX with moderncv and
europasscv, and in the folder the classes that TeX lacks (awesome-cv); ``make.py --files FOLDER --name NAME`` takes the
look from files of several people instead, one file each. Nothing of a template or a file is kept but numbers: no
word, no font, no code.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from latex_classes import CLASSES, latex
from persons import person
from rendercv_themes import THEMES, rendercv

from forensics.documents.parse import parse
from forensics.features.layout import Print, fingerprint
from forensics.findings.public_templates import write_public
from forensics.settings import Settings

HERE = Path(__file__).parent

PERSONS = range(6)
"""The persons that the looks are made of; others measure them."""

SHARED = 2 / 3
"""A mark is the template's when so many of the persons have it: the rest is what they wrote."""

Made = Iterator[tuple[str, str, list[bytes]]]
"""Name, source and files of a look."""


def look(data: bytes) -> Print:
    """How a rendered file looks. Raises :class:`SystemExit` when it cannot be read."""
    document = parse(
        data, id="sha256:" + 64 * "0", path="page.pdf", plain=True, limits=Settings(hidden=False)
    )
    found = fingerprint(document)
    if found is None:
        raise SystemExit("a rendered file could not be read")
    return found


def common(looks: list[Print]) -> Print:
    """The marks that at least :data:`SHARED` of the looks have, with their mean weights."""
    weights: dict[tuple[str, str], list[float]] = defaultdict(list)
    for each in looks:
        for mark, weight in each.marks.items():
            weights[mark].append(weight)
    least = SHARED * len(looks)
    return Print(
        marks={mark: sum(had) / len(looks) for mark, had in weights.items() if len(had) >= least},
    )


def themes(python: Path, persons: Iterable[int]) -> Made:
    """Each theme of RenderCV."""
    persons = list(persons)
    with tempfile.TemporaryDirectory() as scratch:
        for theme in THEMES:
            target = Path(scratch) / "page.pdf"
            files = [rendercv(theme, person(seed), python, target) for seed in persons]
            yield f"RenderCV {theme}", "PyPI rendercv 2.3 (MIT), rendered", files


def classes(sources: Path, persons: Iterable[int]) -> Made:
    """Each variant of each LaTeX class."""
    persons = list(persons)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "page"
        shutil.copytree(sources, folder)
        for each in CLASSES:
            files = [latex(each.written(person(seed)), each.engine, folder) for seed in persons]
            yield each.name, each.source, files


def main() -> None:
    """Make the looks again of what can be made with what is given."""
    words = argparse.ArgumentParser(description="Make the looks of public templates again.")
    words.add_argument("--rendercv", type=Path, help="a Python that has RenderCV")
    words.add_argument("--classes", type=Path, help="a folder with the classes that TeX lacks")
    words.add_argument("--files", type=Path, help="a folder with files of several people, one each")
    words.add_argument("--name", help="the template of these files")
    words.add_argument(
        "--source", default="files of several people, measured", help="where the files are from"
    )
    asked = words.parse_args()
    made: list[tuple[str, str, list[bytes]]] = []
    if asked.rendercv:
        made += themes(asked.rendercv, PERSONS)
    if asked.classes:
        made += classes(asked.classes, PERSONS)
    if asked.files:
        if not asked.name:
            words.error("--files needs --name")
        made.append((asked.name, asked.source, [each.read_bytes() for each in sorted(asked.files.iterdir())]))
    write([(name, source, [look(each) for each in files]) for name, source, files in made])


def write(made: list[tuple[str, str, list[Print]]]) -> None:
    """One look of each, in place of those that had these names; several of one name are several looks."""
    names = {name for name, *_ in made}
    for old in HERE.glob("*.json"):
        if json.loads(old.read_text(encoding="utf-8"))["name"] in names:
            old.unlink()
    for name, source, looks in made:
        target = write_public(HERE, common(looks), name=name, source=source)
        sys.stdout.write(f"{target.name}: {target.stat().st_size} bytes, from {len(looks)} files\n")


if __name__ == "__main__":
    main()
