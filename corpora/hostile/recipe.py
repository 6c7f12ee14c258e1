"""The hostile corpus: every case with the outcomes that the contract allows, made in memory from a seed.

``python corpora/hostile/recipe.py FOLDER`` writes all files to a folder.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:
    sys.path.insert(0, str(HERE.parent))

from hostile import archives, docx, docx_packages, pdf_objects, pdf_pages, texts  # noqa: E402
from hostile.case import Case  # noqa: E402

SEED = int(tomllib.loads((HERE / "corpus.toml").read_text(encoding="utf-8"))["seed"])


def cases(seed: int = SEED) -> Iterator[Case]:
    """Every case, one after another; a case holds its bytes only while it is looked at."""
    for maker in (pdf_pages, pdf_objects, docx, docx_packages, texts):
        yield from maker.cases(seed)


def packed(seed: int = SEED) -> Iterator[Case]:
    """The archives: what their members come to is a set of outcomes, and one member in each can be read."""
    yield from archives.cases(seed)


def main(folder: Path) -> None:
    """Write every file to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in (*cases(), *packed()):
        (folder / case.name).write_bytes(case.data)
        print(f"{case.name}: {' or '.join(sorted(case.wants))}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
