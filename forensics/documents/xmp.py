"""XMP packets: who wrote a file, when, and which ids it was given (ISO 16684-1), read with bounds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from forensics.documents.facts import Notes

MAX_PACKET = 1 << 20
"""Bytes of a packet that is read; a longer one becomes a fact of its own and is left alone."""

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MM = "{http://ns.adobe.com/xap/1.0/mm/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_NAMES = {
    f"{_MM}DocumentID": "document_id",
    f"{_MM}InstanceID": "instance_id",
    f"{_MM}OriginalDocumentID": "original_document_id",
    f"{_MM}VersionID": "version_id",
    f"{_XMP}CreateDate": "created",
    f"{_XMP}ModifyDate": "modified",
    f"{_XMP}MetadataDate": "metadata_date",
    f"{_XMP}CreatorTool": "creator_tool",
    f"{_XMP}Label": "label",
    f"{_PDF}Producer": "producer",
    f"{_PDF}Keywords": "keywords",
    f"{_DC}creator": "author",
    f"{_DC}title": "title",
    f"{_DC}description": "description",
    f"{_DC}language": "language",
    f"{_DC}source": "source",
    "{http://www.aiim.org/pdfa/ns/id/}part": "pdfa",
    "{http://www.aiim.org/pdfua/ns/id/}part": "pdfua",
    "{http://ns.adobe.com/photoshop/1.0/}DocumentAncestors": "ancestor",
    "{http://ns.adobe.com/photoshop/1.0/}Source": "photo_source",
}
_EVENTS = 100  # of a history, and values of one property


def xmp_facts(packet: bytes, prefix: str, where: str, notes: Notes) -> None:
    """Note what a packet says as ``<prefix>.document_id``, ``<prefix>.history`` …; hostile XML is refused.

    Entities and document types are never read, nothing is fetched. A packet that is no proper XML is
    read as far as it goes, and ``<prefix>.damaged`` says so.
    """
    if len(packet) > MAX_PACKET:
        notes.cut(prefix, f"0 of {len(packet)} bytes", where)
        return
    root = _root(packet, prefix, where, notes)
    if root is None:
        return
    toolkit = root.get("{adobe:ns:meta/}xmptk")
    if toolkit:
        notes.add(f"{prefix}.toolkit", toolkit, where)
    for tag, element, attribute in _properties(root):
        name = _NAMES.get(tag)
        at = f"{where}/{tag.rpartition('}')[2]}"
        if name is not None:
            found = [attribute] if element is None else list(islice(_values(element), _EVENTS + 1))
            if len(found) > _EVENTS:
                notes.cut(f"{prefix}.{name}", f"only the first {_EVENTS}", at)
            for value in found[:_EVENTS]:
                notes.add(f"{prefix}.{name}", value, at)
        elif tag == f"{_MM}DerivedFrom" and element is not None:
            for key, value in _fields(element):
                ids = {"documentID": "document_id", "instanceID": "instance_id",
                       "originalDocumentID": "original_document_id"}  # fmt: skip
                if key in ids:
                    notes.add(f"{prefix}.derived_from.{ids[key]}", value, at)
        elif tag == f"{_MM}History" and element is not None:
            _history(element, prefix, at, notes)


def _root(packet: bytes, prefix: str, where: str, notes: Notes) -> Any:
    from lxml import etree

    packet = packet.strip(b"\0 \t\r\n")
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        notes.add(f"{prefix}.damaged", "declares a document type or entities: not read", where)
        return None
    for recover in (False, True):
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
        )
        try:
            root = etree.fromstring(packet, parser)
        except etree.XMLSyntaxError as wrong:
            if wrong.code == etree.ErrorTypes.ERR_NO_MEMORY:
                raise MemoryError from wrong
            continue
        if recover:
            notes.add(f"{prefix}.damaged", "no proper XML: read as far as it goes", where)
        return root
    notes.add(f"{prefix}.damaged", "no XML: not read", where)
    return None


def _properties(root: Any) -> Iterator[tuple[str, Any, str]]:
    """(qualified name, element or ``None``, text of the attribute) of every description."""
    descriptions = root.iter(f"{_RDF}Description")
    for description in descriptions:
        above = description.getparent()
        if above is not None and above.tag != f"{_RDF}RDF":
            continue
        for name, value in description.attrib.items():
            yield name, None, value
        for child in description:
            if isinstance(child.tag, str):
                yield child.tag, child, ""


def _values(element: Any) -> Iterator[str]:
    """The text of a property: its own, or that of each item of its bag, sequence or alternatives."""
    items = list(islice(element.iter(f"{_RDF}li"), _EVENTS + 1))
    if not items:
        yield "".join(element.itertext())
        return
    default = [item for item in items if item.get(_LANG) == "x-default"]
    for item in default or items:
        yield "".join(item.itertext())


def _fields(element: Any) -> Iterator[tuple[str, str]]:
    """The fields of a structure, as attributes or elements, at most one description down."""
    for holder in (element, *element.findall(f"{_RDF}Description")):
        for name, value in holder.attrib.items():
            yield name.rpartition("}")[2], value
        for child in holder:
            if isinstance(child.tag, str) and child.tag != f"{_RDF}Description":
                yield child.tag.rpartition("}")[2], "".join(child.itertext())


def _history(element: Any, prefix: str, where: str, notes: Notes) -> None:
    """One fact an event: action, time, program, id of the instance, as far as they are given."""
    events = list(element.iter(f"{_RDF}li"))
    if len(events) > _EVENTS:
        notes.cut(f"{prefix}.history", f"{_EVENTS} of {len(events)} events", where)
    for number, item in enumerate(events[:_EVENTS], 1):
        fields = dict(_fields(item))
        said = [fields.get(key, "") for key in ("action", "when", "softwareAgent", "instanceID", "changed")]
        notes.add(f"{prefix}.history", ", ".join(each for each in said if each), f"{where}/{number}")
