"""The samples that the authors of templates publish: each version of each PDF in the history of their repositories."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A template's sample: the name, the repository on GitHub, its licence, and which paths in it show this look."""

    name: str
    repository: str
    licence: str
    path: str


SAMPLES = (
    Sample(
        name="Awesome-CV",
        repository="posquit0/Awesome-CV",
        licence="LPPL 1.3c",
        path=r"^examples/(resume|cv)\.pdf$",
    ),
    Sample(
        name="AltaCV",
        repository="liantze/AltaCV",
        licence="LPPL 1.3",
        path=r"(sample|sample-old|mmayer)\.pdf$",
    ),
    Sample(
        name="Deedy Resume", repository="deedy/Deedy-Resume", licence="Apache-2.0", path=r"resume[^/]*\.pdf$"
    ),
    Sample(name="sb2nov resume", repository="sb2nov/resume", licence="MIT", path=r"resume\.pdf$"),
    Sample(
        name="Twenty Seconds CV",
        repository="spagnuolocarmine/TwentySecondsCurriculumVitae-LaTex",
        licence="MIT",
        path=r"^Twenty-Seconds[^/]*\.pdf$",
    ),
    Sample(
        name="Friggeri CV", repository="adrianforsius/friggeri-cv", licence="MIT", path=r"^cv(_print)?\.pdf$"
    ),
    *(
        Sample(
            name=f"moderncv {style}",
            repository="moderncv/moderncv",
            licence="LPPL 1.3c",
            path=rf"^examples/template[^/]*_{style}[^/]*\.pdf$",
        )
        for style in ("classic", "casual", "banking", "oldstyle", "fancy")
    ),
    Sample(
        name="moderncv casual",
        repository="moderncv/moderncv",
        licence="LPPL 1.3c",
        path=r"^examples/template-(es|zh)\.pdf$",
    ),
)
"""What is looked at."""


def samples(repositories: Path) -> Iterator[tuple[str, str, list[bytes]]]:
    """Name, source and file of each version of each sample. Raises :class:`CalledProcessError` for a missing one."""
    for each in SAMPLES:
        folder = repositories / each.repository.replace("/", "+")
        source = f"samples in {each.repository} ({each.licence}), of all versions"
        for blob in _versions(folder / "repo" if (folder / "repo").is_dir() else folder, each.path):
            yield each.name, source, [blob]


def _versions(repository: Path, path: str) -> Iterator[bytes]:
    git = ["git", "-C", str(repository)]
    words = [*git, "log", "--format=", "--raw", "--no-abbrev", "--no-renames", "--diff-filter=AM", "HEAD"]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    seen = set()
    for line in told.splitlines():
        facts, _, name = line.partition("\t")
        blob = facts.split()[3]
        if re.search(path, name) and blob not in seen:
            seen.add(blob)
            yield subprocess.run([*git, "cat-file", "blob", blob], check=True, capture_output=True).stdout
