"""DOCX → rows and facts: a walk over the XML of every part that holds text."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Any

from forensics.documents.document import Fact, Hidden, Problem
from forensics.documents.docx_hidden import HiddenInDocx
from forensics.documents.docx_looks import TOO_DEEP, Looks, is_on, too_deep
from forensics.documents.docx_properties import Properties, Styles, W
from forensics.documents.facts import bounded
from forensics.documents.facts_docx import docx_facts
from forensics.documents.numbering import Numbering
from forensics.documents.package import Package
from forensics.documents.rows import BULLETS, Row
from forensics.documents.sections import heading_section
from forensics.documents.sketch import Sketch
from forensics.documents.sketch_docx import DocxSketch
from forensics.documents.words import clean
from forensics.errors import ReadError
from forensics.settings import Settings

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {
    f"{W}{name}"
    for name in (
        "del", "moveFrom", "delText", "instrText", "delInstrText",
        "pPr", "rPr", "sectPr", "sdtPr", "tblPr", "tblGrid", "trPr", "tcPr",
    )
}  # fmt: skip
_TEXT = f"{W}t"
_SAID = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}sym": "•",
}  # fmt: skip
_BLANKS = re.compile(r"[ \t]{2,}")
_MAX_DEPTH = 200
_UNDER_NAME = 4  # lines between a name and the first heading
_CORE = {
    "creator": "creator", "lastModifiedBy": "last_modified_by", "created": "created", "modified": "modified",
    "title": "title", "subject": "subject", "keywords": "keywords", "description": "description",
    "revision": "revision", "lastPrinted": "last_printed",
}  # fmt: skip
_APP = {
    "Application": "application", "AppVersion": "app_version", "Company": "company", "Manager": "manager",
    "Template": "template", "TotalTime": "total_time",
}  # fmt: skip


def looks_like_zip(data: bytes) -> bool:
    """Whether the bytes begin as a ZIP does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read_docx(
    data: bytes, limits: Settings, sketch: Sketch | None = None
) -> tuple[list[Row], list[Fact], list[Problem], int, list[Hidden] | None]:
    """Rows, facts, problems, the number of pages (as the file states it, else 1) and hidden text of a DOCX.

    Raises :class:`~forensics.errors.ReadError` ``damaged``, ``not_a_document``, ``suspicious_archive``,
    ``encrypted`` or ``no_text``.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as wrong:
        raise _damaged() from wrong  # the directory is broken, or asks for a version of ZIP that there is not
    try:
        with archive:
            return _read(Package(archive, limits), limits, sketch)
    except zipfile.BadZipFile as wrong:
        raise _damaged() from wrong


def _damaged() -> ReadError:
    return ReadError(
        "damaged", "The DOCX (a ZIP) is damaged or cut short: ask for it again, or save it anew."
    )


def _read(
    package: Package, limits: Settings, sketch: Sketch | None
) -> tuple[list[Row], list[Fact], list[Problem], int, list[Hidden] | None]:
    main = package.main_part()
    properties = Properties()
    walk = _Walk(package, properties, limits)
    targets = package.relations(main)
    body = package.xml(main)
    headers, footers = _margins(body, targets)
    parts: list[tuple[str, Any]] = []
    for part in headers:
        parts.append((part, package.xml(part)))
        walk.part(*parts[-1])
    parts.append((main, body))
    walk.part(main, body)
    root, theme, numbering = _named(package, targets, "styles", "theme", "numbering")
    styles = walk.styles if walk.styles.root is root else Styles(root)
    looks = Looks(styles, theme)
    if sketch is not None:
        DocxSketch(sketch.tally, looks, properties, styles, theme, numbering).body(body)
    for name, kind in (("footnotes", "footnote"), ("endnotes", "endnote")):
        for part in sorted({target for type_, target in targets.values() if type_ == name}):
            parts.append((part, package.xml(part)))
            walk.notes(*parts[-1], kind)
    for part in footers:
        parts.append((part, package.xml(part)))
        walk.part(*parts[-1])
    if not any(char.isalnum() for row in walk.rows for char in row.text):
        raise ReadError(
            "no_text", "The document holds no text: if it is a picture, run OCR or ask for the original."
        )
    facts, pages = _properties(package)
    more, problems = docx_facts(package, main, body, limits)
    problems += walk.left_out()
    if package.active:
        problems.append(
            Problem(
                code="active_content",
                message=f"The file carries active content ({', '.join(package.active)}); it was not run. "
                "Do not enable macros or objects in it.",
            )
        )
    hidden = None
    if limits.hidden:
        hidden, unseen = _hidden(package, looks, properties, body, parts, targets)
        more += unseen
    deep = () if any(fact.name == TOO_DEEP for fact in more) else walk.deep_styles()
    return walk.rows, [*facts, *walk.links, *more, *deep], problems, pages, hidden


def _hidden(
    package: Package,
    looks: Looks,
    properties: Properties,
    body: Any,
    parts: list[tuple[str, Any]],
    targets: dict[str, tuple[str, str]],
) -> tuple[list[Hidden], list[Fact]]:
    """What nobody sees in all parts, and what is only a fact."""
    (settings,) = _named(package, targets, "settings")
    painted = settings is not None and is_on(settings.find(f"{W}displayBackgroundShape"))
    search = HiddenInDocx(body, [root for _, root in parts], looks, properties, painted)
    for name, root in parts:
        search.part(name, root)
    hidden, facts = search.result()
    return hidden, [*facts, too_deep()] if looks.cut else facts


def _named(package: Package, targets: dict[str, tuple[str, str]], *kinds: str) -> list[Any]:
    """The roots of the parts of these kinds, ``None`` for each that is not there or cannot be read."""
    named = {type_: target for type_, target in targets.values()}
    return [_or_none(package, named[kind]) if kind in named else None for kind in kinds]


def _or_none(package: Package, part: str) -> Any:
    """The root of a part, ``None`` for one that cannot be read: the facts have said so already."""
    try:
        return package.xml(part)
    except ReadError:
        return None


def _margins(body: Any, targets: dict[str, tuple[str, str]]) -> tuple[list[str], list[str]]:
    """The header and footer parts that the sections name, each once, in order."""
    found: dict[str, list[str]] = {"header": [], "footer": []}
    for kind, parts in found.items():
        for reference in body.iter(f"{W}{kind}Reference"):
            target = targets.get(reference.get(f"{_R}id", ""), ("", ""))[1]
            if target and target not in parts:
                parts.append(target)
    return found["header"], found["footer"]


class _Walk:
    """Collects rows and links from part after part."""

    def __init__(self, package: Package, properties: Properties, limits: Settings) -> None:
        self._most = limits.max_links
        self._found = 0  # links
        self.rows: list[Row] = []
        self.links: list[Fact] = []
        self._package = package
        self._properties = properties
        self._numbering = Numbering(package)
        self.styles = self._numbering.styles
        self._block = 0
        self._seen: set[tuple[str, ...]] = set()
        self._targets: dict[str, tuple[str, str]] = {}
        self._part = ""
        self._numbers: dict[Any, int] = {}  # of the paragraphs of the part
        self._box = (0, 0)  # the rows of the last text box

    def part(self, name: str, root: Any) -> None:
        """The paragraphs of one part; a header that repeats another word for word is left out."""
        if root is None:
            return
        self._enter(name, root)
        before = len(self.rows)
        self._blocks(root, 0)
        said = tuple(row.text for row in self.rows[before:])
        if posixpath.basename(name).startswith(("header", "footer")) and said in self._seen:
            del self.rows[before:]
        self._seen.add(said)
        self._block += 1

    def left_out(self) -> Iterator[Problem]:
        """What of the links was beyond the limit."""
        if self._found > self._most:
            said = f"The file has {self._found} links; the first {self._most} were noted. Set FORENSICS_MAX_LINKS to "
            yield Problem(code="too_large", message=f"{said}note more.")

    def deep_styles(self) -> Iterator[Fact]:
        """The fact of styles that are based on each other too deep to be followed."""
        if self._numbering.cut:
            yield too_deep()

    def _enter(self, name: str, root: Any) -> None:
        self._part, self._targets = name, self._package.relations(name)
        self._numbers = {paragraph: number for number, paragraph in enumerate(root.iter(f"{W}p"), start=1)}

    def notes(self, name: str, root: Any, kind: str) -> None:
        """Footnotes or endnotes, without Word's separators."""
        if root is None:
            return
        self._enter(name, root)
        for note in root.iter(f"{W}{kind}"):
            if note.get(f"{W}type", "normal") == "normal":
                self._blocks(note, 0)
        self._block += 1

    def _blocks(self, parent: Any, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ReadError(
                "suspicious_archive", "The XML is nested too deeply to be a document written by a person."
            )
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                self._table(child, depth)
            elif child.tag == f"{_MC}AlternateContent":
                self._blocks(_choice(child), depth + 1)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self._blocks(child, depth + 1)

    def _paragraph(self, paragraph: Any, depth: int) -> None:
        boxes: list[Any] = []
        pieces: list[str] = []
        self._inline(paragraph, pieces, boxes, depth)
        marker, heading = self._numbering.of(self._properties.of(paragraph))
        lines = [line for line in clean_lines("".join(pieces)) if line]
        if lines and (heading or heading_section(lines[0]) is not None):
            self._float()
        for index, line in enumerate(lines):
            if index == 0 and marker and line[0] not in BULLETS:
                line = f"{marker} {line}"
            self.rows.append(
                Row(
                    text=line,
                    block=self._block,
                    heading=heading and len(lines) == 1,
                    whole=True,
                    where=f"{self._part}, paragraph {self._numbers.get(paragraph, 0)}",
                )
            )
        if not lines:
            self._block += 1
        before = len(self.rows)
        for box in boxes:
            self._block += 1
            self._blocks(box, depth + 1)
            self._block += 1
        if boxes and lines:
            self._box = (before, len(self.rows))

    def _float(self) -> None:
        """Before a heading: the box beside the name above it comes after the lines that stand under the name."""
        first, last = self._box
        if first < last and len(self.rows) - last <= _UNDER_NAME:
            self.rows += self.rows[first:last]
            del self.rows[first:last]
        self._box = (0, 0)

    def _inline(self, parent: Any, pieces: list[str], boxes: list[Any], depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ReadError(
                "suspicious_archive", "The XML is nested too deeply to be a document written by a person."
            )
        for child in parent:
            tag = child.tag
            if tag == _TEXT:
                pieces.append(child.text or "")
            elif tag in _SKIPPED:
                continue
            elif tag in _SAID:
                pieces.append(_SAID[tag])
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag == f"{_MC}AlternateContent":
                self._inline(_choice(child), pieces, boxes, depth + 1)
            elif isinstance(tag, str):
                if tag == f"{W}hyperlink":
                    self._link(child)
                self._inline(child, pieces, boxes, depth + 1)

    def _link(self, element: Any) -> None:
        type_, target = self._targets.get(element.get(f"{_R}id", ""), ("", ""))
        if type_ == "hyperlink" and target:
            self._found += 1
            if self._found <= self._most:
                self.links += bounded("link", target, self._part)

    def _table(self, table: Any, depth: int) -> None:
        """Row by row; short cells of one row are one line, longer ones are read cell by cell."""
        self._block += 1
        for table_row in _children(table, f"{W}tr"):
            cells: list[list[Row]] = []
            for cell in _children(table_row, f"{W}tc"):
                before = len(self.rows)
                self._block += 1
                self._box = (0, 0)
                self._blocks(cell, depth + 1)
                self._box = (0, 0)
                cells.append(self.rows[before:])
                del self.rows[before:]
            full = [cell for cell in cells if cell]
            if len(full) > 1 and all(len(cell) == 1 and len(cell[0].text) <= 200 for cell in full):
                text = "\t".join(cell[0].text for cell in full)
                self.rows.append(Row(text=text, block=self._block, whole=True, where=full[0][0].where))
            else:
                for cell in full:
                    self.rows += cell
        self._block += 1


def clean_lines(text: str) -> list[str]:
    """The lines of a paragraph, each cleaned; runs of blanks become one, with tabs among them one tab.

    Two blanks after a sentence or between two words stay: so somebody types.
    """
    lines = ["\t".join(map(clean, line.split("\t"))) for line in text.split("\n")]
    return [_BLANKS.sub(_blank, line).strip() for line in lines]


def _blank(run: re.Match[str]) -> str:
    if "\t" in run[0]:
        return "\t"
    before, after = run.string[max(0, run.start() - 1) : run.start()], run.string[run.end() : run.end() + 1]
    typed = len(run[0]) == 2 and (
        before in (".", "!", "?") or ((before.islower() or before == ",") and after.islower())
    )
    return "  " if typed else " "


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Rows or cells, also through content controls and changes around them."""
    stack = list(parent)[::-1]
    while stack:
        child = stack.pop()
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            stack += list(child)[::-1]


def _choice(alternate: Any) -> Any:
    """The first choice that holds text, else the fallback: never both, they say the same twice."""
    options = [child for child in alternate if child.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
    for option in options:
        if next(option.iter(f"{W}t"), None) is not None:
            return option
    return options[0] if options else alternate


def _properties(package: Package) -> tuple[list[Fact], int]:
    facts: list[Fact] = []
    pages = 1
    for part, names in (("docProps/core.xml", _CORE), ("docProps/app.xml", _APP)):
        root = package.xml(part)
        if root is None:
            continue
        for child in root:
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            value = (child.text or "").strip()
            if name in names:
                facts += bounded(f"docx.{names[name]}", value, part)
            if name == "Pages" and value.isascii() and value.isdigit() and 1 <= int(value[:6]) <= 10_000:
                pages = int(value[:6])
    return facts, pages
