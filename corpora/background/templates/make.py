"""Makes the looks of public templates: renders invented persons in them, keeps what these have in common.

``--rendercv PYTHON`` needs a Python that has RenderCV; ``--classes FOLDER`` TeX with moderncv and europasscv, and in
the folder the classes and fonts that TeX lacks; ``--office FOLDER`` LibreOffice; ``--packages FOLDER`` Node, Chromium
and what npm installed; ``--themes FOLDER`` Node, wkhtmltopdf and HackMyResume. ``--samples FOLDER`` takes the samples
from the history of the templates' own repositories, each of which is a look; ``--files FOLDER... --name NAME`` a look
from each folder of files, of several people or a template's own unfilled one; ``--strangers FOLDER`` counts how many
people have each mark, which says what is usual. Nothing of a template or a file is kept but numbers: no word, no font,
no code.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from latex_classes import CLASSES, latex
from office_and_web import hack_my_resume, json_resume, office
from official_samples import samples
from persons import person
from published_classes import PUBLISHED
from rendercv_themes import THEMES, rendercv

from forensics.documents.parse import parse
from forensics.features.layout import Print, fingerprint
from forensics.findings.public_templates import PUBLIC, write_public, write_usual
from forensics.settings import Settings

HERE = Path(__file__).parent

PERSONS = range(6)
"""The persons that the looks are made of; others measure them."""

ANOTHER = 9
"""The person that a test measures them with."""

SHARED = 2 / 3
"""A mark is the template's when so many of the persons have it: the rest is what they wrote."""

LIKE = 0.9
"""A look that comes so near to one that is kept adds nothing."""

PLAIN = {
    "RenderCV engineeringresumes": 0.6,
    "RenderCV sb2nov": 0.6,
    "LibreOffice CV": 0.6,
    "LibreOffice Resume": 0.6,
    "sb2nov resume": 0.55,
    "Deedy Resume": 0.5,
    "Friggeri CV": 0.45,
}
"""The nearness that names ask for to which another design has come nearer than strangers come to the other names."""

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


def different(looks: list[Print]) -> list[Print]:
    """The looks of which none is nearly another."""
    kept: list[Print] = []
    for each in looks:
        if all(_cosine(each, other) < LIKE for other in kept):
            kept.append(each)
    return kept


def _cosine(one: Print, other: Print) -> float:
    both = sum(weight * other.marks.get(mark, 0.0) for mark, weight in one.marks.items())
    lengths = (sum(weight**2 for weight in each.marks.values()) for each in (one, other))
    return both / math.prod(math.sqrt(each) for each in lengths)


def themes(python: Path, persons: Iterable[int]) -> Made:
    """Each theme of RenderCV."""
    persons = list(persons)
    with tempfile.TemporaryDirectory() as scratch:
        for theme in THEMES:
            target = Path(scratch) / "page.pdf"
            files = [rendercv(theme, person(seed), python, target) for seed in persons]
            yield f"RenderCV {theme}", "PyPI rendercv 2.3 (MIT), rendered", files


def classes(sources: Path, only: str, persons: range = PERSONS) -> Made:
    """Each variant of each LaTeX class whose name begins so."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "page"
        shutil.copytree(sources, folder)
        for each in (*CLASSES, *PUBLISHED):
            if each.name.startswith(only):
                filled = [each.written(person(seed)) for seed in persons[: each.persons]]
                yield each.name, each.source, [latex(source, each.engine, folder) for source in filled]


def person_too(file: Path, made: Made) -> None:
    """Keep in ``file`` how a rendered person looks, in place of the name's look there; the first variant of each."""
    held = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    fresh: dict[str, list[tuple[str, str, float]]] = {}
    for name, _, (data, *_) in made:
        fresh.setdefault(name, [(*mark, round(weight, 4)) for mark, weight in look(data).marks.items()])
    file.write_text(json.dumps({**held, **fresh}, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Make the looks again of what can be made with what is given."""
    words = argparse.ArgumentParser(description="Make the looks of public templates again.")
    words.add_argument("--rendercv", type=Path, help="a Python that has RenderCV")
    words.add_argument("--classes", type=Path, help="a folder with the classes that TeX lacks")
    words.add_argument("--only", default="", help="of the classes, those whose names begin so")
    words.add_argument(
        "--samples", type=Path, help="a folder with git repositories, named OWNER+NAME, of the templates"
    )
    words.add_argument(
        "--person",
        type=Path,
        help="render another person instead, and keep that look in this file of the tests",
    )
    words.add_argument("--office", type=Path, help="the folder of the templates that LibreOffice ships")
    words.add_argument("--packages", type=Path, help="a folder where npm has installed JSON Resume's themes")
    words.add_argument("--themes", type=Path, help="a folder where npm has installed HackMyResume")
    words.add_argument(
        "--strangers", type=Path, help="a folder with many people's public files: which marks are usual"
    )
    words.add_argument(
        "--files",
        type=Path,
        nargs="+",
        default=[],
        help="folders with files of several people, one each: a look from each folder",
    )
    words.add_argument("--name", help="the template of these files")
    words.add_argument(
        "--source", default="files of several people, measured", help="where the files are from"
    )
    asked = words.parse_args()
    if asked.strangers:
        write_usual(HERE, [look(each.read_bytes()) for each in sorted(asked.strangers.iterdir())])
    made: list[tuple[str, str, list[bytes]]] = []
    persons = range(ANOTHER, ANOTHER + 1) if asked.person else PERSONS
    if asked.rendercv:
        made += themes(asked.rendercv, persons)
    if asked.classes:
        made += classes(asked.classes, asked.only, persons)
    if asked.packages:
        made += json_resume(asked.packages, persons)
    if asked.themes:
        made += hack_my_resume(asked.themes, persons)
    if asked.person:
        person_too(asked.person, iter(made))
        return
    if asked.office:
        made += office(asked.office)
    if asked.samples:
        made += samples(asked.samples)
    if asked.files and not asked.name:
        words.error("--files needs --name")
    for folder in asked.files:
        made.append((asked.name, asked.source, [each.read_bytes() for each in sorted(folder.iterdir())]))
    write([(name, source, [look(each) for each in files]) for name, source, files in made])


def write(made: list[tuple[str, str, list[Print]]]) -> None:
    """The looks of each name and source in one file, in place of the file that they had."""
    looks: dict[tuple[str, str], list[Print]] = defaultdict(list)
    for name, source, prints in made:
        looks[name, source].append(common(prints))
    for old in HERE.glob("*.json"):
        said = json.loads(old.read_text(encoding="utf-8"))
        if (said.get("name"), said.get("source")) in looks:
            old.unlink()
    for (name, source), each in looks.items():
        kept = different(each)
        target = write_public(HERE, *kept, name=name, source=source, least=PLAIN.get(name, PUBLIC))
        sys.stdout.write(f"{target.name}: {target.stat().st_size} bytes, {len(kept)} looks of {len(each)}\n")


if __name__ == "__main__":
    main()
