"""The facts of a file that tell a person most, as rows of a short table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forensics.documents.document import Fact

Row = tuple[str, str]
"""What it is, and what the file says."""

_SAID = (
    ("made by", ("pdf.writer", "docx.writer")),
    ("saved by", ("pdf.saver",)),
    ("says it is by", ("pdf.creator", "pdf.producer", "docx.application")),
    ("author", ("pdf.author", "pdf.xmp.author", "docx.creator")),
    ("last saved by", ("docx.last_modified_by",)),
    ("company", ("pdf.company", "docx.company", "docx.manager")),
    ("created", ("pdf.created", "docx.created")),
    ("modified", ("pdf.modified", "docx.modified")),
    ("saved again", ("pdf.xref.saves",)),
    ("template", ("docx.template", "docx.template.target")),
    ("document id", ("pdf.xmp.document_id", "pdf.id.first", "docx.doc_id.w15", "docx.doc_id.w14")),
    ("tracked changes by", ("docx.change",)),
    ("comments", ("docx.comment",)),
    ("people", ("docx.person", "docx.person.account")),
    ("camera", ("image.exif.make", "image.exif.model", "image.exif.serial")),
    ("attached", ("pdf.attachment",)),
    ("fetches", ("docx.external", "docx.field")),
    ("link unlike text", ("link.unlike",)),
    ("not readable", ("pdf.unread", "docx.unread")),
)
_COUNTED = (
    ("revision ids", ("docx.rsid.settings",)),
    ("paragraph ids", ("docx.para_ids",)),
    ("own styles", ("docx.styles",)),
)
_MOST = 3


def telling(facts: Sequence[Fact]) -> Iterator[Row]:
    """Rows for what the file says; of many values the first three and how many more, of ids their number."""
    for label, names in _SAID:
        values = _values(facts, names)
        if values and not (names == ("pdf.xref.saves",) and values == ["0"]):
            more = f" and {len(values) - _MOST} more" if len(values) > _MOST else ""
            yield label, "; ".join(values[:_MOST]) + more
    for label, names in _COUNTED:
        count = sum(len(value.split()) for value in _values(facts, names))
        if count:
            yield label, f"{count:,}"
    images = len({fact.value for fact in facts if fact.name == "image.sha256"})
    if images:
        yield "images", str(images)


def _values(facts: Sequence[Fact], names: Sequence[str]) -> list[str]:
    found = (fact.value for name in names for fact in facts if fact.name == name)
    return list(dict.fromkeys(value for value in found if value))
