"""One page as a picture with its passages and hidden text in boxes: what ``show --page-image`` writes."""

from __future__ import annotations

from forensics.cases.pictures import WIDTH
from forensics.documents.document import Document, Problem, Unreadable
from forensics.documents.limited import Failed
from forensics.documents.office import libreoffice, to_pdf
from forensics.documents.pictures import Frame
from forensics.documents.sandbox import Reader
from forensics.errors import UsageError
from forensics.features.features import Exhibit
from forensics.settings import settings

_PASSAGE, _HIDDEN = 0, 1


def page_picture(read: Exhibit | Unreadable, data: bytes | None, number: int) -> bytes:
    """A PNG of the page ``number`` (from 1) of a document whose file is ``data``: passages in blue, hidden in red.

    Raises :class:`~forensics.errors.UsageError` where there is no such page or nothing to draw it from.
    """
    if isinstance(read, Unreadable):
        raise UsageError(f"{read.path} cannot be read, so no page of it is drawn: {read.problems[0].message}")
    document = read.document
    if data is None:
        raise UsageError(
            "The corpus keeps no file of this document (FORENSICS_KEEP_FILES), so no page of it can be drawn: name "
            "the file itself."
        )
    if number > document.pages:
        raise UsageError(f"There is no page {number}: the document has {document.pages}.")
    with Reader() as reader:
        frames = {number: frames_of(document, number)}
        drawn = reader.render(_as_pdf(document, data), [number], width=WIDTH, frames=frames)
    if isinstance(drawn, Problem):
        raise UsageError(f"The page could not be drawn. {drawn.message}")
    if not drawn:
        raise UsageError(f"Page {number} could not be drawn: it is damaged, or drawing it took too long.")
    return drawn[0].png


def frames_of(document: Document, number: int) -> list[Frame]:
    """The boxes of a page: passages, then hidden text over them."""
    passages = [(*each.bbox, _PASSAGE) for each in document.passages if each.page == number and each.bbox]
    hidden = [(*each.bbox, _HIDDEN) for each in document.hidden or () if each.page == number and each.bbox]
    return [*passages, *hidden]


def _as_pdf(document: Document, data: bytes) -> bytes:
    if document.format == "pdf":
        return data
    program = libreoffice() if document.format == "docx" and settings().render else None
    if program is None:
        raise UsageError(
            "Only a PDF has pages. A DOCX has them when LibreOffice lays it out: install it and set "
            "FORENSICS_RENDER=1."
        )
    try:
        return to_pdf(data, program)
    except Failed as wrong:
        raise UsageError(f"LibreOffice could not lay out the file: {wrong}.") from wrong
