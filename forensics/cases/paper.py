"""HTML that is safe by default: the templates, the stylesheet and the script that report and pages share."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forensics.cases.beside import count
from forensics.cases.telling import telling
from forensics.cases.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
"""``layout.html`` is the frame of every page, ``parts.html`` holds the macros, the others are pages."""

STATIC = Path(__file__).parent / "static"
"""``forensics.css`` and ``forensics.js``: a report carries them inside, the web application serves them."""


@cache
def environment(*folders: Path) -> Environment:
    """The Jinja environment of our templates, and of those in ``folders``, which come first.

    What a template prints is escaped, and passes :func:`forensics.cases.visible.visible` before: control
    characters and turns of the writing direction are shown as ``<U+202E>``. An unknown name is an error.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_honest,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(percent=percent, count=count, number=lambda value: f"{value:,}", telling=telling)
    return made


def _honest(value: Any) -> Any:
    """``value`` as it may be printed: plain text made visible, markup of ours and numbers as they are."""
    return visible(value, lines=True) if isinstance(value, str) and not hasattr(value, "__html__") else value


def percent(share: float) -> str:
    """``0.824`` → ``82%``."""
    return f"{share:.0%}"


def render(
    template: str, *, frame: str = "paper.html", folders: tuple[Path, ...] = (), **context: Any
) -> str:
    """The page that ``template`` makes of ``context``.

    ``frame`` is the template around it: ``paper.html`` makes a file that needs nothing else, the web
    application gives its own, found in ``folders``.
    """
    page = environment(*folders).get_template(template)
    return page.render(frame=frame, **{**_carried(), **context})


def _carried() -> dict[str, Callable[[], str]]:
    """What a self-contained page has inside, as functions: only ``paper.html`` calls them."""
    return {
        "style": lambda: asset("forensics.css"),
        "script": lambda: asset("forensics.js"),
        "policy": policy,
    }


@cache
def asset(name: str) -> str:
    """The text of a file of :data:`STATIC`."""
    return (STATIC / name).read_text(encoding="utf-8")


@cache
def policy() -> str:
    """The content security policy of a self-contained page: its own style and script, its own pictures.

    Both are named by their hash (Content Security Policy Level 3, W3C), so nothing else can run.
    """
    hashes = {name: _hash(asset(name)) for name in ("forensics.css", "forensics.js")}
    return (
        f"default-src 'none'; style-src '{hashes['forensics.css']}'; script-src '{hashes['forensics.js']}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
