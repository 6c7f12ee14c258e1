"""The parts of an Office file, read with bounds: what they declare is checked, what they hold is counted."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from typing import Any

from forensics.errors import ReadError
from forensics.settings import Settings

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip
_RATIO = 200
_SMALL = 1_000_000  # bytes: below this a high ratio is no bomb
_KINDS = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/", "an OpenDocument or Java file"),
)


class Package:
    """An Office file. ``active`` names what in it could run: macros, embedded objects."""

    def __init__(self, archive: zipfile.ZipFile, limits: Settings) -> None:
        """Raises :class:`~forensics.errors.ReadError` ``suspicious_archive`` for a bomb."""
        self._archive = archive
        self._limits = limits
        self._left = limits.max_unzipped
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        entries = archive.infolist()
        if len(entries) > limits.max_zip_entries:
            raise _bomb(f"it has {len(entries)} parts, the limit is {limits.max_zip_entries}")
        self._entries = {entry.filename.lstrip("/"): entry for entry in entries}
        names = [name.lower() for name in self._entries]
        self.active = [
            what
            for what, mark in (
                ("macros", "vbaproject.bin"),
                ("embedded objects", "/embeddings/"),
                ("ActiveX", "/activex/"),
            )
            if any(mark in name for name in names)
        ]

    def main_part(self) -> str:
        """The name of the part that holds the document. Raises ``not_a_document`` for other ZIP files."""
        for type_, target in self.relations("").values():
            if type_ == "officeDocument" and target in self._entries:
                if not target.startswith("word/") and any(target.startswith(kind) for kind, _ in _KINDS):
                    break
                return target
        if "word/document.xml" in self._entries:
            return "word/document.xml"
        for folder, what in _KINDS:
            if any(name.startswith(folder) for name in self._entries):
                raise ReadError("not_a_document", f"This is {what}, not a DOCX: save it as DOCX or PDF.")
        raise ReadError(
            "not_a_document",
            "This is a ZIP archive and no DOCX: name it .zip to read what is in it; an archive inside another "
            "is not opened.",
        )

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What ``part`` refers to: id → (last word of the type, part name or outer address)."""
        if part in self._relations:
            return self._relations[part]
        folder, _, name = part.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for item in root.iter(f"{_RELATIONS}Relationship") if root is not None else ():
            target = item.get("Target", "")
            if item.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[item.get("Id", "")] = (item.get("Type", "").rpartition("/")[2], target)
        self._relations[part] = found
        return found

    def xml(self, part: str) -> Any:
        """The root element of ``part``, ``None`` if there is no such part.

        Raises :class:`~forensics.errors.ReadError` ``damaged`` for XML that cannot be read,
        ``suspicious_archive`` for a part that is too large or declares entities.
        """
        from lxml import etree

        data = self._bytes(part)
        if data is None:
            return None
        if b"<!DOCTYPE" in data[:100_000] or b"<!ENTITY" in data[:100_000]:
            raise _bomb("its XML declares a document type or entities, which Office never does")
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as wrong:
            if wrong.code == etree.ErrorTypes.ERR_NO_MEMORY:
                raise MemoryError from wrong
            if "depth" in str(wrong).lower() or "huge" in str(wrong).lower():
                raise _bomb("its XML is nested too deeply or holds a giant value") from wrong
            raise ReadError("damaged", f"The part {part} of the DOCX is damaged: save it anew.") from wrong
        if root.getroottree().docinfo.doctype:
            raise _bomb("its XML declares a document type, which Office never does")
        return root

    def _bytes(self, part: str) -> bytes | None:
        entry = self._entries.get(part)
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise ReadError("encrypted", "The DOCX asks for a password: ask for a copy without one.")
        limit = min(self._limits.max_zip_part, self._left)
        too_dense = entry.file_size > _SMALL and entry.file_size > _RATIO * max(1, entry.compress_size)
        if entry.file_size > limit or too_dense:
            raise _bomb(f"its part {part} unpacks to {entry.file_size} bytes")
        try:
            with self._archive.open(entry) as stream:
                data = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as wrong:
            raise ReadError("damaged", f"The part {part} of the DOCX is damaged: save it anew.") from wrong
        if len(data) > limit:
            raise _bomb(f"its part {part} unpacks to more than it says")
        self._left -= len(data)
        return data


def _bomb(why: str) -> ReadError:
    return ReadError("suspicious_archive", f"The DOCX was not read: {why}. Ask for the document as PDF.")
