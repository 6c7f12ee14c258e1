"""The parts of an Office file, read with bounds: what they declare is checked, what they hold is counted."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections import OrderedDict
from typing import Any, NamedTuple

from forensics.documents.archive import overlapping
from forensics.errors import ReadError
from forensics.settings import Settings

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip
_ALIKE = ("styles.xml", "numbering.xml", "fontTable.xml", ".rels", "webSettings.xml")
_KEPT = 2**20  # bytes of XML whose trees are kept: about ten times that in memory
_RATIO = 200
_HEADER, _UTF_8 = 30, 0x800
_PLAIN = 0x80E  # flags: how hard it was packed, sizes after the data, a name in UTF-8
_SMALL = 1_000_000  # bytes: below this a high ratio is no bomb
_KINDS = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/", "an OpenDocument or Java file"),
)


class _Packed(NamedTuple):
    """A part as it lies in the archive: how it is packed, the checksum and the size it says, and its bytes."""

    how: int
    crc: int
    size: int
    data: bytes


class _Trees:
    """Parsed parts that many files of one writer share, byte for byte; the longest unused ones go first.

    The key is all of the packed bytes and what the directory says of them, so that no file can stand for another, and
    nothing is unpacked twice. Nobody may change these trees.
    """

    def __init__(self) -> None:
        self._roots: OrderedDict[_Packed, Any] = OrderedDict()
        self._size = 0

    def get(self, packed: _Packed) -> Any:
        """The root that was parsed from what was packed so, or ``None``."""
        found = self._roots.get(packed)
        if found is not None:
            self._roots.move_to_end(packed)
        return found

    def keep(self, packed: _Packed, root: Any) -> None:
        """Keep the root of a part that was unpacked and is whole."""
        if packed.size > _KEPT // 2 or packed in self._roots:
            return
        self._roots[packed] = root
        self._size += packed.size
        while self._size > _KEPT:
            oldest, _ = self._roots.popitem(last=False)
            self._size -= oldest.size

    def clear(self) -> None:
        """Forget all of them."""
        self._roots.clear()
        self._size = 0


TREES = _Trees()
"""The trees of this process."""


class Package:
    """An Office file. ``active`` names what in it could run: macros, embedded objects.

    ``entries`` is its ZIP directory in the order of the file, ``names`` are those of the parts.
    """

    def __init__(self, archive: zipfile.ZipFile, limits: Settings) -> None:
        """Raises :class:`~forensics.errors.ReadError` ``suspicious_archive`` for a bomb."""
        self._archive = archive
        self._limits = limits
        self._left = limits.max_unzipped
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        self._roots: dict[str, Any] = {}
        entries = archive.infolist()
        if len(entries) > limits.max_zip_entries:
            raise _bomb(f"it has {len(entries)} parts, the limit is {limits.max_zip_entries}")
        self.entries = entries
        if len({entry.filename for entry in entries}) < len(entries):
            raise _bomb("it has two parts of one name, and programs differ in which they show")
        if overlapping(entries):
            raise _bomb("the bytes of its parts overlap, as in a ZIP bomb")
        self._entries = {entry.filename.lstrip("/"): entry for entry in entries}
        self.names = tuple(self._entries)
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
        """The root element of ``part``, ``None`` if there is no such part; the same one when asked again.

        Raises :class:`~forensics.errors.ReadError` ``damaged`` for XML that cannot be read,
        ``suspicious_archive`` for a part that is too large or declares entities.
        """
        if part not in self._roots:
            self._roots[part] = self._parse(part)
        return self._roots[part]

    def size(self, part: str) -> int:
        """The bytes that ``part`` says it unpacks to; 0 if there is no such part."""
        entry = self._entries.get(part)
        return entry.file_size if entry is not None else 0

    def content(self, part: str) -> bytes | None:
        """The bytes of a part that is no text (an image): never more than it says, ``None`` if there are more.

        Not counted against the limit on text: ask :meth:`size` first. Raises what zipfile and zlib raise
        for a damaged part.
        """
        entry = self._entries.get(part)
        if entry is None or entry.flag_bits & 1:
            return None
        with self._archive.open(entry) as stream:
            data = stream.read(entry.file_size + 1)
        return data if len(data) <= entry.file_size else None

    def _parse(self, part: str) -> Any:
        from lxml import etree

        entry = self._entry(part)
        if entry is None:
            return None
        packed = self._packed(entry) if part.endswith(_ALIKE) or "/theme/" in part else None
        known = None if packed is None else TREES.get(packed)
        if packed is not None and known is not None:
            self._left -= packed.size
            return known
        data = self._bytes(part, entry)
        if b"<!DOCTYPE" in data[:100_000] or b"<!ENTITY" in data[:100_000]:
            raise _bomb("its XML declares a document type or entities, which Office never does")
        if b"purl.oclc.org" in data:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
        )
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
        if packed is not None:
            TREES.keep(packed, root)
        return root

    def _entry(self, part: str) -> zipfile.ZipInfo | None:
        """The part's entry, ``None`` if there is none; raises for one that is encrypted or says that it is too large."""
        entry = self._entries.get(part)
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise ReadError("encrypted", "The DOCX asks for a password: ask for a copy without one.")
        limit = min(self._limits.max_zip_part, self._left)
        too_dense = entry.file_size > _SMALL and entry.file_size > _RATIO * max(1, entry.compress_size)
        if entry.file_size > limit or too_dense:
            raise _bomb(f"its part {part} unpacks to {entry.file_size} bytes")
        return entry

    def _packed(self, entry: zipfile.ZipInfo) -> _Packed | None:
        """The part as it lies in the archive; ``None`` where anything is odd, which only unpacking can tell."""
        file = self._archive.fp
        odd = entry.flag_bits & ~_PLAIN or entry.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        )
        if file is None or odd or entry.header_offset < 0:
            return None
        file.seek(entry.header_offset)
        head = file.read(_HEADER)
        if len(head) < _HEADER or not head.startswith(b"PK\3\4"):
            return None
        name, extra = struct.unpack_from("<HH", head, 26)
        if file.read(name) != entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF_8 else "cp437"):
            return None
        file.seek(extra, 1)
        data = file.read(entry.compress_size)
        return _Packed(entry.compress_type, entry.CRC, entry.file_size, data)

    def _bytes(self, part: str, entry: zipfile.ZipInfo) -> bytes:
        limit = min(self._limits.max_zip_part, self._left)
        try:
            with self._archive.open(entry) as stream:
                data = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as wrong:
            raise ReadError("damaged", f"The part {part} of the DOCX is damaged: save it anew.") from wrong
        if len(data) > limit:
            raise _bomb(f"its part {part} unpacks to more than it says")
        self._left -= len(data)
        return data


def _bomb(why: str) -> ReadError:
    return ReadError("suspicious_archive", f"The DOCX was not read: {why}. Ask for the document as PDF.")
