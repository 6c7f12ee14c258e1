"""One frozen :class:`Settings`, filled from ``FORENSICS_*`` in the environment; where data lies."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

from forensics.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits and places. Every field can be set as ``FORENSICS_<NAME>`` in the environment.

    Sizes are bytes, times are seconds.
    """

    home: Path = field(default_factory=lambda: _user_data())
    max_file: int = 20 * 2**20
    max_pages: int = 50
    max_page_chars: int = 200_000
    max_page_objects: int = 50_000
    max_text: int = 1_000_000
    max_lines: int = 20_000
    max_unzipped: int = 100 * 2**20
    max_zip_entries: int = 2_000
    max_zip_part: int = 50 * 2**20
    max_archive_members: int = 200_000
    max_links: int = 2_000
    max_facts: int = 2_000
    max_fact_ids: int = 4_096
    max_fact_bytes: int = 32 * 2**20
    max_image_pixels: int = 8_000_000
    pdf_backend: str = "pdfium"
    ocr: str = "auto"
    ocr_languages: str = "eng"
    ocr_pages: int = 10
    ocr_boxes: int = 10
    render: bool = False
    hidden: bool = True
    render_cpu: int = 8
    render_pixels: int = 4_000_000
    read_cpu: int = 20
    read_wall: int = 30
    read_memory: int = 1536 * 2**20
    read_recycle: int = 200
    keep_files: bool = True
    workers: int = field(default_factory=lambda: max(1, os.cpu_count() or 1))
    shared: str = ""
    phone_region: str = "US"
    spacy_model: str = ""
    keep_uploads: int = 30
    upload_files: int = 50
    upload_bytes: int = 200 * 2**20
    upload_queue: int = 500
    job_seconds: int = 600
    hosts: str = ""
    user_header: str = ""
    model: str = ""
    model_sha256: str = ""
    backend: str = "int8"

    @property
    def corpus(self) -> Path:
        """The folder of the default corpus."""
        return self.home / "corpus"


_CHOICES = {"pdf_backend": ("pdfium", "pdfplumber"), "ocr": ("auto", "0", "1")}


def _wanted(name: str, kind: str) -> str:
    return " or ".join(_CHOICES[name]) if name in _CHOICES else f"a {kind}"


def _user_data() -> Path:
    from platformdirs import user_data_path

    return user_data_path("forensics", appauthor=False)


@cache
def settings() -> Settings:
    """The settings of this process, read from the environment once.

    Raises :class:`~forensics.errors.UsageError` when a variable does not hold a value of its kind.
    """
    found: dict[str, object] = {}
    for spec in fields(Settings):
        raw = os.environ.get(f"FORENSICS_{spec.name.upper()}")
        if raw is None or (not raw and spec.type == "Path"):  # no place at all is not the folder one is in
            continue
        try:
            found[spec.name] = _parse(str(spec.type), raw)
            if raw not in _CHOICES.get(spec.name, (raw,)):
                raise ValueError(raw)
        except ValueError as wrong:
            raise UsageError(
                f"FORENSICS_{spec.name.upper()}={raw!r} is not {_wanted(spec.name, str(spec.type))}: set it to one "
                "or unset it."
            ) from wrong
    return Settings(**found)  # type: ignore[arg-type]


def _parse(kind: str, raw: str) -> object:
    if kind == "int":
        return int(raw)
    if kind == "bool":
        if raw.lower() not in {"0", "1", "true", "false", "yes", "no"}:
            raise ValueError(raw)
        return raw.lower() in {"1", "true", "yes"}
    return Path(raw) if kind == "Path" else raw


def data_folder(name: str) -> Path:
    """The folder ``corpora`` or ``models``: inside the installed package, else beside it in a checkout."""
    installed = Path(__file__).parent / "data" / name
    return installed if installed.is_dir() else Path(__file__).parent.parent / name
