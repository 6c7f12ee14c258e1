"""What a PDF says about itself: ids, XMP, saves, fonts, images, pages, colours, attachments, its real writer."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from forensics.documents.document import Fact, Problem
from forensics.documents.facts import Notes, shown
from forensics.documents.fonts import font_facts
from forensics.documents.images import stream_facts
from forensics.documents.resources import MOST, fonts_and_images
from forensics.documents.revisions import MOST_SECTIONS, revisions
from forensics.documents.unpack import is_dictionary, is_stream, is_too_long, length, unpacked
from forensics.documents.writers import pdf_saver, pdf_writer
from forensics.documents.xmp import MAX_PACKET, xmp_facts
from forensics.settings import Settings

_STANDARD = {
    "Producer", "Creator", "Author", "Title", "Subject", "Keywords", "CreationDate", "ModDate", "Company",
}  # fmt: skip
_CUSTOM = 50  # own entries of Info
_ATTACHED = 100
_NAMES = 100  # roles, signatures, scripts, layers
_CONTENT = 2 << 20  # bytes of one content stream in which colours are counted
_ID = 64  # bytes: the standard's ids have 16
_FILL = re.compile(rb"(?<=\s)(?:rg|g|k|scn|sc)(?=\s)")
_COLOURS = 16


def pdf_facts(pdf: Any, data: bytes, limits: Settings) -> tuple[list[Fact], list[Problem]]:
    """Facts of an open pikepdf document beside its standard Info entries and links; ``data`` are its bytes.

    Names and what they prove: docs/reading.md. Nothing is run or fetched, and nothing is unpacked but
    streams with a bound; the limits are ``FORENSICS_MAX_FACTS``, ``…_FACT_IDS``, ``…_FACT_BYTES`` and
    ``…_IMAGE_PIXELS``. A part that cannot be read becomes a fact ``pdf.unread``.
    """
    notes = Notes("pdf", limits)
    with notes.part("trailer"):
        _trailer(pdf, notes)
    with notes.part("xref"):
        _saves(pdf, data, notes)
    with notes.part("metadata"):
        _xmp(pdf, notes)
    with notes.part("catalog"):
        _catalog(pdf, notes)
    for what, look in (("attachments", _attachments), ("scripts", _scripts), ("layers", _layers)):
        with notes.part(what):
            look(pdf, notes)
    with notes.part("page sizes"):
        _boxes(pdf, limits, notes)
    with notes.part("page contents"):
        _colours(pdf, limits, notes)
    tags: list[str] = []
    with notes.part("resources"):
        tags = _resources(pdf, limits, notes)
    saver = pdf_saver(data)
    writer = pdf_writer(tags, saver)
    if writer is not None:
        notes.add("pdf.writer", *writer)
    if saver is not None:
        notes.add("pdf.saver", *saver)
    problems = notes.finish()
    return notes.facts, problems


def _trailer(pdf: Any, notes: Notes) -> None:
    import pikepdf

    ids = pdf.trailer.get("/ID")
    if isinstance(ids, pikepdf.Array):
        for name, one in zip(("first", "second"), ids, strict=False):
            where = f"trailer/ID[{0 if name == 'first' else 1}]"
            notes.add(f"pdf.id.{name}", bytes(one)[:_ID].hex(), where)
            if len(bytes(one)) > _ID:
                notes.cut(f"pdf.id.{name}", f"{_ID} of {len(bytes(one))} bytes", where)
    notes.add("pdf.version", pdf.pdf_version, "first line")
    info = pdf.trailer.get("/Info")
    if not isinstance(info, pikepdf.Dictionary):
        return
    keys = [key for key in info.keys() if key[1:] not in _STANDARD]  # noqa: SIM118
    for key in notes.first(keys, _CUSTOM, "pdf.info", "Info"):
        value = info[key]
        if isinstance(value, pikepdf.String | pikepdf.Name):
            notes.add("pdf.info", value, f"Info/{key[1:]}")


def _saves(pdf: Any, data: bytes, notes: Notes) -> None:
    info = pdf.trailer.get("/Info")
    producer = str(info.get("/Producer", "")) if is_dictionary(info) else ""
    found = revisions(data, producer)
    where = "startxref and what it leads to"
    notes.add("pdf.xref.sections", len(found.sections), where)
    notes.add("pdf.xref.form", found.form, where)
    notes.add("pdf.xref.saves", found.saves, where)
    if found.linearised:
        notes.add("pdf.xref.linearised", "yes", "first object")
    if len(found.sections) >= MOST_SECTIONS:
        notes.cut("pdf.xref", f"only the last {MOST_SECTIONS} sections followed", where)
    elif not found.whole:
        notes.add("pdf.xref.damaged", f"the chain breaks after {len(found.sections)} sections", where)


def _xmp(pdf: Any, notes: Notes) -> None:
    stream = pdf.Root.get("/Metadata")
    if not is_stream(stream):
        return
    size = length(stream)
    packet = unpacked(stream, MAX_PACKET) if notes.spend(size, "xmp") else None
    if packet is None:
        notes.cut("pdf.xmp", f"0 of {size} packed bytes", "Metadata")
    else:
        xmp_facts(packet, "pdf.xmp", "Metadata", notes)


def _catalog(pdf: Any, notes: Notes) -> None:
    import pikepdf

    root = pdf.Root
    if "/Lang" in root:
        notes.add("pdf.lang", root["/Lang"], "Catalog/Lang")
    structure = root.get("/StructTreeRoot")
    if isinstance(structure, pikepdf.Dictionary):
        roles = structure.get("/RoleMap")
        keys = roles.keys() if isinstance(roles, pikepdf.Dictionary) else ()
        named = sorted(key[1:] for key in notes.first(keys, _NAMES, "pdf.structure", "RoleMap"))
        notes.add("pdf.structure", " ".join(("tagged", *named)), "Catalog/StructTreeRoot")
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        listed = form.get("/Fields")
        fields: Any = listed if isinstance(listed, pikepdf.Array) else ()
        notes.add("pdf.form", f"{len(fields)} fields", "Catalog/AcroForm")
        looked = notes.first(fields, MOST, "pdf.form", "Catalog/AcroForm")
        signed = [
            each for each in looked if isinstance(each, pikepdf.Dictionary) and each.get("/FT") == "/Sig"
        ]
        for field in notes.first(signed, _NAMES, "pdf.signature", "Catalog/AcroForm"):
            _signature(field.get("/V"), notes)


def _signature(signed: Any, notes: Notes) -> None:
    if is_dictionary(signed):
        said = [str(signed.get(key, "")) for key in ("/Name", "/M", "/Filter")]
        notes.add("pdf.signature", ", ".join(each for each in said if each) or "signed", "Catalog/AcroForm")


def _attachments(pdf: Any, notes: Notes) -> None:
    names = pdf.Root.get("/Names")
    if not is_dictionary(names) or "/EmbeddedFiles" not in names:
        return
    for name, given in notes.first(
        pdf.attachments.items(), _ATTACHED, "pdf.attachment", "Names/EmbeddedFiles"
    ):
        where = f"Names/EmbeddedFiles/{shown(name, 200)}"
        notes.add("pdf.attachment", given.filename or name, where)
        stream = given.get_file().obj
        if notes.spend(length(stream), "attachment"):
            notes.add("pdf.attachment.sha256", hashlib.sha256(stream.read_raw_bytes()).hexdigest(), where)


def _scripts(pdf: Any, notes: Notes) -> None:
    import pikepdf

    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary):
        notes.add("pdf.open_action", str(opening.get("/S", "/GoTo"))[1:], "Catalog/OpenAction")
        _script(opening, "Catalog/OpenAction", notes)
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        tree = pikepdf.NameTree(names["/JavaScript"])
        for name, action in notes.first(tree.items(), _NAMES, "pdf.script", "Names/JavaScript"):
            _script(action, f"Names/JavaScript/{shown(str(name), 100)}", notes)


def _script(action: Any, where: str, notes: Notes) -> None:
    import pikepdf

    if not isinstance(action, pikepdf.Dictionary):
        return
    code = action.get("/JS")
    if isinstance(code, pikepdf.String):
        notes.add("pdf.script", code, where)
    elif isinstance(code, pikepdf.Stream):
        text = unpacked(code, MAX_PACKET)
        if text is None and is_too_long(code, MAX_PACKET):
            notes.cut("pdf.script", f"a script of more than {MAX_PACKET} bytes not read", where)
        notes.add("pdf.script", "(packed)" if text is None else text.decode("utf-8", "replace"), where)


def _layers(pdf: Any, notes: Notes) -> None:
    import pikepdf

    content = pdf.Root.get("/OCProperties")
    if not isinstance(content, pikepdf.Dictionary):
        return
    default = content.get("/D")
    off = default.get("/OFF") if isinstance(default, pikepdf.Dictionary) else None
    listed: Any = off if isinstance(off, pikepdf.Array) else ()
    groups = notes.first(listed, MOST, "pdf.layer", "Catalog/OCProperties/D")
    hidden = {each.objgen for each in groups if is_dictionary(each)}
    for group in notes.first(content.get("/OCGs", ()), _NAMES, "pdf.layer", "Catalog/OCProperties"):
        if not is_dictionary(group):
            continue
        shown = "off" if group.objgen in hidden else "on"
        notes.add("pdf.layer", f"{group.get('/Name', 'unnamed')}: {shown}", "Catalog/OCProperties")


def _boxes(pdf: Any, limits: Settings, notes: Notes) -> None:
    """Each size of page once, with the pages that have it; the crop box only where it is another."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, page in enumerate(pdf.pages[: limits.max_pages], 1):
        media, crop = _size(page.mediabox), _size(page.cropbox)
        found.setdefault(("MediaBox", media), []).append(number)
        if crop != media:
            found.setdefault(("CropBox", crop), []).append(number)
    for (kind, size), pages in found.items():
        notes.add("pdf.page.size", size, f"{kind}, {_range(pages)}")


def _size(box: Any) -> str:
    left, low, right, high = (float(box[index]) for index in range(4))
    return f"{abs(right - left):.2f}x{abs(high - low):.2f}"


def _range(pages: list[int]) -> str:
    return f"page {pages[0]}" if len(pages) == 1 else f"{len(pages)} pages from page {pages[0]}"


def _colours(pdf: Any, limits: Settings, notes: Notes) -> None:
    """The colours that pages fill with, most used first, as ``#rrggbb×times``."""
    used: Counter[str] = Counter()
    for page in pdf.pages[: limits.max_pages]:
        for stream in _contents(page.obj.get("/Contents")):
            packed = length(stream)
            if not notes.spend(packed, "colours"):
                continue
            content = unpacked(stream, _CONTENT)
            if content is None:
                if is_too_long(stream, _CONTENT):
                    notes.cut(
                        "pdf.colours", f"a content stream of more than {_CONTENT} bytes", "page contents"
                    )
                continue
            notes.bytes_left -= min(notes.bytes_left, len(content))
            used.update(_fills(content))
    if used:
        said = " ".join(f"{colour}×{times}" for colour, times in used.most_common(_COLOURS))
        notes.add("pdf.colours", said, "page contents")
        if len(used) > _COLOURS:
            notes.cut("pdf.colours", f"{_COLOURS} of {len(used)} colours", "page contents")


def _contents(contents: Any) -> Iterator[Any]:
    import pikepdf

    if isinstance(contents, pikepdf.Stream):
        yield contents
    elif isinstance(contents, pikepdf.Array):
        for index in range(min(len(contents), MOST)):
            if isinstance(contents[index], pikepdf.Stream):
                yield contents[index]


def _fills(content: bytes) -> Iterator[str]:
    """``rg``, ``g``, ``k``, ``sc`` and ``scn`` with as many numbers from 0 to 1 before them as they take."""
    for found in _FILL.finditer(content):
        takes = {b"rg": (3,), b"g": (1,), b"k": (4,)}.get(found[0], (4, 3, 1))
        words = content[max(0, found.start() - 64) : found.start()].split()
        numbers: list[float] = []
        for word in reversed(words[-4:]):
            try:
                numbers.insert(0, float(word))
            except ValueError:
                break
        for count in takes:
            if len(numbers) >= count and all(0 <= each <= 1 for each in numbers[-count:]):
                yield _hex(numbers[-count:])
                break


def _hex(numbers: list[float]) -> str:
    if len(numbers) == 1:
        numbers = numbers * 3
    elif len(numbers) == 4:
        numbers = [(1 - each) * (1 - numbers[3]) for each in numbers[:3]]
    return "#" + "".join(f"{round(each * 255):02x}" for each in numbers)


def _resources(pdf: Any, limits: Settings, notes: Notes) -> list[str]:
    """Note fonts and images; the subset tags in the order in which they are met."""
    tags: list[str] = []
    for number, name, item, is_font in fonts_and_images(pdf.pages, limits.max_pages, notes):
        if is_font:
            with notes.part(f"page {number}, font {name}"):
                tag = font_facts(number, name, item, notes)
                tags += [tag] if tag else []
        else:
            with notes.part(f"page {number}, image {name}"):
                stream_facts(item, f"page {number}, {name}", number, notes)
    return tags
