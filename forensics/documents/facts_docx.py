"""What a DOCX says about itself: revision ids, properties, template, people, media, its real writer."""

from __future__ import annotations

import hashlib
import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from forensics.documents.document import Fact, Problem
from forensics.documents.facts import MAX_VALUE, Notes, shown
from forensics.documents.images import file_facts
from forensics.documents.links import unlike
from forensics.documents.package import Package
from forensics.documents.paragraph_ids import paragraph_ids
from forensics.documents.writers import docx_writer, zip_layout
from forensics.settings import Settings

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
_W = f"{{{_SPACES['w']}}}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OUTSIDE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_REVISIONS = {
    f"{_W}{name}" for name in ("rsidR", "rsidRPr", "rsidP", "rsidDel", "rsidRDefault", "rsidTr", "rsidSect")
}
_PARAGRAPH = f"{{{_SPACES['w14']}}}paraId"
_MARKED = tuple(f"{_W}{name}" for name in ("p", "r", "tr", "sectPr"))
_CHANGES = tuple(
    f"{_W}{name}"
    for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "sectPrChange")
)
_DRAWN = f"{{{_SPACES['wp']}}}docPr"
_WALKED = (*_MARKED, *_CHANGES, f"{_W}lang", _DRAWN)
_FETCHING = {
    "INCLUDEPICTURE",
    "INCLUDETEXT",
    "DDE",
    "DDEAUTO",
    "LINK",
    "DATABASE",
    "IMPORT",
    "RD",
    "AUTOTEXT",
}
_TELLING = ("glossary/", "printersettings", "thumbnail", "vbaproject", "embeddings/", "activex/", "afchunk")
_MORE = {
    "docProps/core.xml": {"category", "contentStatus", "language", "identifier", "version"},
    "docProps/app.xml": {"HyperlinkBase", "DocSecurity", "Words", "Characters", "Paragraphs", "Lines"},
}
_MANY = 100  # of one kind: changes by author, comments, people, fonts, fields, custom properties
_WPS = 0x00FFFFFF  # Word's revision ids stay below


@cache
def _path(expression: str) -> Any:
    from lxml import etree

    return etree.XPath(expression, namespaces=_SPACES, smart_strings=False)


def docx_facts(package: Package, main: str, body: Any, limits: Settings) -> tuple[list[Fact], list[Problem]]:
    """Facts beside the standard core and app properties; ``body`` is the parsed part named ``main``.

    Sets of ids are one fact each (``docx.rsid.settings``: ids parted by blanks), at most
    ``FORENSICS_MAX_FACT_IDS`` of them: a document with 2,000 paragraph ids takes 18 KB, about half of it
    in the database. Names and what they prove: docs/reading.md. A part that cannot be read becomes a fact
    ``docx.unread``; external targets are noted, never resolved.
    """
    notes = Notes("docx", limits)
    targets = package.relations(main)
    parts = {kind: target for kind, target in targets.values()}
    for what, look in (("docProps", _properties), ("relationships", _outside)):
        with notes.part(what):
            look(package, notes)
    with notes.part(main):
        _body(body, main, notes)
        _links(body, main, targets, notes)
    for kind, read in _LOOKS:
        if kind in parts:
            with notes.part(parts[kind]):
                root = package.xml(parts[kind])
                if root is not None:
                    read(root, parts[kind], notes)
    with notes.part("template"):
        _template(package, parts.get("settings", "word/settings.xml"), notes)
    with notes.part("theme"):
        _theme_hash(package, parts.get("theme", ""), notes)
    _media(package, notes)
    _packing(package, notes)
    problems = notes.finish()
    return notes.facts, problems


def _properties(package: Package, notes: Notes) -> None:
    for part, names in _MORE.items():
        root = package.xml(part)
        for child in root if root is not None else ():
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if name in names and child.text:
                notes.add(f"docx.{_snake(name)}", child.text, part)
    custom = package.xml("docProps/custom.xml")
    held = list(custom) if custom is not None else []
    for child in notes.first(held, _MANY, "docx.custom", "docProps/custom.xml"):
        if isinstance(child.tag, str):
            notes.add(
                "docx.custom", "".join(child.itertext()), f"docProps/custom.xml/{child.get('name', '')}"
            )


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _outside(package: Package, notes: Notes) -> None:
    """Everything that lies outside of the file but hyperlinks, which are links: pictures, templates, frames."""
    parts = [name for name in package.names if name.endswith(".rels")]
    for part in notes.first(parts, _MANY, "docx.external", "relationships"):
        with notes.part(part):
            root = package.xml(part)
            for item in root.iter(_OUTSIDE) if root is not None else ():
                kind = item.get("Type", "").rpartition("/")[2]
                if item.get("TargetMode") == "External" and kind != "hyperlink":
                    notes.add("docx.external", item.get("Target", ""), f"{part}/{kind}")


def _body(body: Any, part: str, notes: Notes) -> None:
    """One walk over the elements that carry ids, languages, changes, fields and links."""
    found: dict[str, list[Any]] = {tag: [] for tag in _WALKED}
    for element in body.iter(*_WALKED):
        found[element.tag].append(element)
    ids: set[str] = set()
    paragraphs: set[str] = set()
    for tag in _MARKED:
        for element in found[tag]:
            for key, value in element.items():
                if key in _REVISIONS:
                    ids.add(value.upper())
                elif key == _PARAGRAPH:
                    paragraphs.add(value.upper())
    notes.ids("docx.rsid.body", ids, part)
    notes.ids("docx.para_ids", paragraphs, part)
    paragraph_ids(body, part, notes)
    _languages(found[f"{_W}lang"], part, notes)
    for drawn in notes.first(found[_DRAWN], _MANY, "image.alt", part):
        notes.add("image.alt", drawn.get("descr", ""), part)
    _changes([element for tag in _CHANGES for element in found[tag]], part, notes)
    _fields(body, part, notes)


def _links(body: Any, part: str, targets: dict[str, tuple[str, str]], notes: Notes) -> None:
    """Links that print another address than the one they lead to."""
    for element in body.iter(f"{_W}hyperlink"):
        kind, target = targets.get(element.get(_RELATION, ""), ("", ""))
        if kind == "hyperlink" and target:
            shown = unlike(target, "".join(element.itertext(f"{_W}t")))
            if shown is not None:
                notes.add("link.unlike", f"{target} under “{shown}”", part)


def _ids(values: Sequence[str]) -> set[str]:
    return {value.upper() for value in values}


def _languages(elements: Sequence[Any], part: str, notes: Notes) -> None:
    said = Counter(value for element in elements for value in element.attrib.values())
    tags = notes.first(said.most_common(), _MANY, "docx.languages", part)
    notes.add("docx.languages", " ".join(f"{tag}×{times}" for tag, times in tags), part)


def _changes(elements: Sequence[Any], part: str, notes: Notes) -> None:
    """Tracked changes: one fact an author, with what and when."""
    found: dict[str, list[tuple[str, str]]] = {}
    for element in elements:
        kind = element.tag.rpartition("}")[2]
        found.setdefault(element.get(f"{_W}author", ""), []).append((kind, element.get(f"{_W}date", "")))
    for author, changes in notes.first(found.items(), _MANY, "docx.change", part):
        kinds = Counter(kind for kind, _ in changes)
        dates = sorted(date for _, date in changes if date)
        said = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        span = f", {dates[0]} to {dates[-1]}" if dates else ""
        notes.add("docx.change", author or "(no name)", f"{part}: {said}{span}")


def _fields(body: Any, part: str, notes: Notes) -> None:
    codes = [code.strip() for code in _field_codes(body)]
    words = Counter(shown(code.split()[0].upper(), 40) for code in codes if code)
    used = notes.first(words.most_common(), _MANY, "docx.fields", part)
    notes.add("docx.fields", " ".join(f"{word}×{times}" for word, times in used), part)
    fetching = (code for code in codes if code and code.split()[0].upper() in _FETCHING)
    for code in notes.first(fetching, _MANY, "docx.field", part):
        notes.add("docx.field", code, part)


def _field_codes(body: Any) -> Iterator[str]:
    """The code of each field; one may be split over several runs."""
    pieces: list[str] = []
    for element in body.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}fldSimple"):
        if element.tag == f"{_W}instrText":
            pieces.append(element.text or "")
        else:
            yield "".join(pieces)
            pieces = []
            if element.tag == f"{_W}fldSimple":
                yield element.get(f"{_W}instr", "")
    yield "".join(pieces)


def _settings(root: Any, part: str, notes: Notes) -> None:
    notes.ids("docx.rsid.settings", _ids(_path("/w:settings/w:rsids/w:rsid/@w:val")(root)), part)
    for name, expression in (
        ("docx.rsid.root", "/w:settings/w:rsids/w:rsidRoot/@w:val"),
        ("docx.doc_id.w14", "/w:settings/w14:docId/@w14:val"),
        ("docx.doc_id.w15", "/w:settings/w15:docId/@w15:val"),
        ("docx.compatibility", "/w:settings/w:compat/w:compatSetting[@w:name='compatibilityMode']/@w:val"),
        ("docx.protection", "/w:settings/w:documentProtection/@w:edit"),
    ):
        for value in _path(expression)(root)[:1]:
            notes.add(name, value.upper() if "_id" in name or "rsid" in name else value, part)
    for element in root.iter(f"{_W}themeFontLang"):
        notes.add("docx.theme.languages", " ".join(sorted({v for v in element.attrib.values() if v})), part)


def _styles(root: Any, part: str, notes: Notes) -> None:
    notes.ids("docx.rsid.styles", _ids(_path("/w:styles/w:style/w:rsid/@w:val")(root)), part)
    notes.ids("docx.styles", _path("/w:styles/w:style[@w:customStyle='1']/@w:styleId")(root), part)
    defaults = _path("/w:styles/w:docDefaults//w:lang/@*[name()='w:val' or name()='w:eastAsia']")(root)
    notes.add("docx.styles.languages", " ".join(sorted(set(defaults))), part)


def _numbering(root: Any, part: str, notes: Notes) -> None:
    notes.ids("docx.nsid", _ids(_path("/w:numbering/w:abstractNum/w:nsid/@w:val")(root)), part)
    notes.ids("docx.tmpl", _ids(_path("/w:numbering/w:abstractNum/w:tmpl/@w:val")(root)), part)


def _fonts(root: Any, part: str, notes: Notes) -> None:
    names = notes.first(filter(None, _path("/w:fonts/w:font/@w:name")(root)), _MANY, "docx.fonts", part)
    notes.add("docx.fonts", "; ".join(sorted(set(names))), part)


def _theme(root: Any, part: str, notes: Notes) -> None:
    notes.add("docx.theme", root.get("name", ""), part)
    for name in _path("//a:majorFont/a:latin/@typeface|//a:minorFont/a:latin/@typeface")(root):
        notes.add("docx.theme.font", name, part)


def _comments(root: Any, part: str, notes: Notes) -> None:
    for comment in notes.first(root.iter(f"{_W}comment"), _MANY, "docx.comment", part):
        text = shown("".join(comment.itertext(f"{_W}t")), MAX_VALUE)
        when = comment.get(f"{_W}date", "")
        notes.add("docx.comment", f"{comment.get(f'{_W}author', '')} ({when}): {text}", part)


def _people(root: Any, part: str, notes: Notes) -> None:
    space = f"{{{_SPACES['w15']}}}"
    for person in notes.first(root.iter(f"{space}person"), _MANY, "docx.person", part):
        notes.add("docx.person", person.get(f"{space}author", ""), part)
        for account in person.iter(f"{space}presenceInfo"):
            provider = account.get(f"{space}providerId", "")
            if provider not in ("", "None"):
                notes.add("docx.person.account", account.get(f"{space}userId", ""), f"{part}/{provider}")


_LOOKS = (
    ("settings", _settings), ("styles", _styles), ("numbering", _numbering), ("fontTable", _fonts),
    ("theme", _theme), ("comments", _comments), ("people", _people),
)  # fmt: skip


def _template(package: Package, settings: str, notes: Notes) -> None:
    for kind, target in package.relations(settings).values():
        if kind == "attachedTemplate":
            notes.add("docx.template.target", target, f"{posixpath.basename(settings)}.rels/attachedTemplate")


def _theme_hash(package: Package, part: str, notes: Notes) -> None:
    data = _content(package, part, notes) if part else None
    if data is not None:
        notes.add("docx.theme.sha256", hashlib.sha256(data).hexdigest(), part)


def _media(package: Package, notes: Notes) -> None:
    for name in package.names:
        low = name.lower()
        if "/media/" in low:
            with notes.part(name):
                data = _content(package, name, notes)
                if data is not None:
                    file_facts(data, name, notes)
        elif any(mark in low for mark in _TELLING):
            notes.add("docx.part", name, "ZIP directory")


def _content(package: Package, part: str, notes: Notes) -> bytes | None:
    return package.content(part) if notes.spend(package.size(part), "media") else None


def _packing(package: Package, notes: Notes) -> None:
    entries = package.entries
    notes.add("docx.zip", zip_layout(entries), "ZIP directory")
    order = "\n".join(entry.filename for entry in entries).encode("utf-8", "replace")
    notes.add(
        "docx.zip.order", f"{len(entries)} parts {hashlib.sha256(order).hexdigest()[:16]}", "ZIP directory"
    )
    dates = sorted({entry.date_time for entry in entries if entry.date_time[0] != 1980})
    if dates:
        shown = ["{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(*date) for date in (dates[0], dates[-1])]
        notes.add("docx.zip.dates", " to ".join(dict.fromkeys(shown)), "ZIP directory, local time")
    said = {fact.name: fact.value for fact in notes.facts if fact.name.startswith("docx.rsid.")}
    numbers = [_number(each) for value in said.values() for each in value.split()]
    kingsoft = any("KSOProductBuildVer" in fact.where for fact in notes.facts if fact.name == "docx.custom")
    in_text = set(said.get("docx.rsid.body", "").split())
    writer = docx_writer(entries, wps=kingsoft, zero_rsids=bool(in_text) and in_text == {"00000000"})
    if writer is not None:
        notes.add("docx.writer", *writer)
    high = sum(number > _WPS for number in numbers)
    if kingsoft:
        notes.add("docx.touched_by", "WPS Office", "docProps/custom.xml/KSOProductBuildVer")
    elif high:
        notes.add(
            "docx.touched_by", "WPS Office", f"{high} revision ids above 00FFFFFF, which Word does not give"
        )


def _number(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0
