"""``read(path) → Document``: the way in for one file."""

from __future__ import annotations

import os
from pathlib import Path

from forensics.documents.document import Document, Unreadable
from forensics.documents.sandbox import Reader
from forensics.documents.source import Source


def read(path: str | os.PathLike[str], *, reader: Reader | None = None) -> Document | Unreadable:
    """Read one file, whatever it is called: PDF, DOCX, plain text or Markdown.

    A file that cannot be read gives an :class:`~forensics.documents.document.Unreadable` that says why.
    To read many, keep one :class:`~forensics.documents.sandbox.Reader` and pass it: starting its process
    takes about a quarter of a second.
    """
    label = os.fspath(path)
    source = Source(path=label, file=Path(label))
    if reader is not None:
        return reader.read(source)
    with Reader() as own:
        return own.read(source)
