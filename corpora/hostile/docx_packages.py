"""Hostile DOCX packages: ZIP files whose directories lie, parts that are missing, macros, wrong coats."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator

from hostile.case import Case, case
from hostile.docx_writing import LINE, body, by_hand, deflated, deflated_times, document, package, parts, rels

BOMB = "suspicious_archive"
MIB = 1 << 20


def cases(seed: int) -> Iterator[Case]:
    """Every case of this kind."""
    yield from _lies()
    yield from _names()
    yield from _coats(seed)
    yield from _macros()


def _entries(stored: bytes, size: int, at: int = -1) -> list[tuple[bytes, bytes, int, int]]:
    types = deflated(b"<Types/>")
    return [(b"[Content_Types].xml", types, 8, -1), (b"word/document.xml", stored, size, at)]


def _lies() -> Iterator[Case]:
    yield case(
        "part-2gib.docx",
        BOMB,
        lambda: by_hand(_entries(deflated_times(b"<w:p/>" + b" " * MIB, 2048), 2048 * (MIB + 6))),
    )
    yield case(
        "part-2gib-said-to-be-100.docx",
        BOMB + " damaged",
        lambda: by_hand(_entries(deflated_times(b" " * MIB, 2048), 100)),
    )
    yield case(
        "part-said-to-be-4gib.docx",
        BOMB + " damaged",
        lambda: by_hand(_entries(deflated(body(LINE).encode()), 2**32 - 2)),
    )
    yield case(
        "part-said-to-be-empty.docx",
        BOMB + " damaged readable",
        lambda: by_hand(_entries(deflated(body(LINE).encode()), 0)),
    )
    yield case("ratio-5000.docx", BOMB, lambda: document(LINE + " " * 15_000_000))
    yield case("parts-in-all-140mb.docx", BOMB, _many_large)
    yield case(
        "media-not-looked-at.docx",
        "readable too_large",
        lambda: by_hand(
            [
                *_entries(deflated(body(LINE).encode()), len(body(LINE))),
                (b"word/media/a.png", deflated_times(b"\0" * MIB, 500), 500 * MIB, -1),
            ]
        ),
    )
    yield case(
        "entries-overlap.docx",
        BOMB + " damaged",
        lambda: by_hand(
            [
                *_entries(deflated(body(LINE).encode()), len(body(LINE))),
                *((b"x%d" % at, b"", 50 * MIB, 40) for at in range(500)),
            ]
        ),
    )
    yield case(
        "entries-20000.docx",
        BOMB,
        lambda: by_hand([(b"word/%d.xml" % at, b"\3\0", 0, -1) for at in range(20_000)]),
    )
    yield case("checksum-wrong.docx", "damaged", _checksum)
    yield case("method-unknown.docx", "damaged", lambda: by_hand(_entries(b"xxxx", 4), method=99))
    for name, method in (("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)):
        text = "word/document.xml"
        yield case(
            f"bomb-in-{name}.docx",
            BOMB,
            lambda method=method, text=text: package(
                parts(more={text: body(LINE) + " " * 8_000_000}), method
            ),
        )
    yield case(
        "password-flag.docx",
        "encrypted",
        lambda: by_hand(_entries(deflated(body(LINE).encode()), len(body(LINE))), flags=1),
    )
    yield case(
        "directory-points-nowhere.docx",
        "damaged",
        lambda: by_hand(_entries(deflated(body(LINE).encode()), len(body(LINE)), 2**31)),
    )


def _many_large() -> bytes:
    """Four headers of 35 MB each: every one within the limit, all together beyond it."""
    some = random.Random(1).randbytes(10_000).hex()
    large = body(LINE + f'<w:p w:x="{some}"/>' * 1750)
    numbers = range(1, 5)
    return document(
        LINE + "".join(f'<w:sectPr><w:headerReference r:id="rId{at}"/></w:sectPr>' for at in numbers),
        {"word/_rels/document.xml.rels": rels(*(("header", f"header{at}.xml") for at in numbers))}
        | {f"word/header{at}.xml": large for at in numbers},
    )


def _checksum() -> bytes:
    data = bytearray(document())
    at = data.index(b"word/document.xml") - 30 + 14
    data[at] ^= 0xFF
    second = data.rindex(b"word/document.xml") - 46 + 16
    data[second] ^= 0xFF
    return bytes(data)


def _names() -> Iterator[Case]:
    def named(*names: str, wants: str, title: str) -> Case:
        more: dict[str, str | bytes] = dict.fromkeys(names, "<x/>")
        return case(title, wants, lambda: document(more=more))

    yield named(
        "../../../../tmp/owned.xml",
        "/etc/owned",
        "C:\\owned",
        title="names-climb-out.docx",
        wants="readable suspicious_archive",
    )
    yield named(
        "word/\x1b[2J.xml",
        "word/‮lmx.xml",
        "a" * 60_000,
        title="names-act-on-terminals.docx",
        wants="readable suspicious_archive",
    )
    yield case("document-twice.docx", BOMB, _twice)
    yield case(
        "document-missing.docx",
        "not_a_document",
        lambda: package({"[Content_Types].xml": "<Types/>", "word/styles.xml": "<x/>"}),
    )
    yield case("types-missing.docx", "readable", lambda: package({"word/document.xml": body(LINE)}))
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    types += '<Default Extension="xml" ContentType="image/png"/></Types>'
    yield case("types-wrong.docx", "readable", lambda: document(more={"[Content_Types].xml": types}))
    yield case("types-broken.docx", "readable", lambda: document(more={"[Content_Types].xml": b"\xff\xfe<"}))
    yield case(
        "relations-broken.docx", "damaged readable", lambda: document(more={"_rels/.rels": "<Relationships"})
    )
    yield case("document-empty.docx", "damaged", lambda: document(more={"word/document.xml": ""}))
    yield case("document-without-body.docx", "no_text", lambda: document(more={"word/document.xml": "<x/>"}))
    yield case(
        "document-is-html.docx",
        "no_text damaged",
        lambda: document(more={"word/document.xml": "<html><br></html>"}),
    )
    yield case(
        "styles-broken.docx",
        "readable damaged",
        lambda: document(
            more={
                "word/styles.xml": "<w:styles",
                "word/_rels/document.xml.rels": rels(("styles", "styles.xml")),
            }
        ),
    )
    yield case(
        "properties-broken.docx",
        "readable damaged",
        lambda: document(more={"docProps/core.xml": "<<<", "docProps/app.xml": b"\0\0"}),
    )


def _twice() -> bytes:
    import io
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in parts().items():
            archive.writestr(name, content)
        archive.writestr("word/document.xml", body(LINE.replace("honest", "other")))
    return out.getvalue()


def _coats(seed: int) -> Iterator[Case]:
    chance = random.Random(seed)
    whole = document()
    for share in (5, 50, 95):
        yield case(f"cut-at-{share}-percent.docx", "damaged", whole[: len(whole) * share // 100])
    yield case("zip-of-nothing.docx", "not_a_document", b"PK\x05\x06" + b"\0" * 18)
    yield case("zip-header-only.docx", "damaged", b"PK\x03\x04" + b"\0" * 26)
    scrambled = bytearray(whole)
    for _ in range(40):
        scrambled[chance.randrange(30, len(scrambled))] = chance.randrange(256)
    yield case(
        "bytes-scrambled.docx",
        "damaged readable not_a_document suspicious_archive encrypted no_text",
        bytes(scrambled),
    )
    yield case(
        "zip-comment-64k.docx", "readable damaged", whole[:-2] + b"\xff\xff" + b"PK\x05\x06" * 16_383 + b"xxx"
    )
    yield case(
        "spreadsheet.docx",
        "not_a_document",
        lambda: package({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}),
    )
    yield case("program.docx", "not_a_document", b"MZ\x90\0" + chance.randbytes(5000))
    yield case("picture.docx", "not_a_document", b"\x89PNG\r\n\x1a\n" + chance.randbytes(5000))
    marks = "EncryptedPackage".encode("utf-16-le")
    yield case(
        "password-of-office.docx", "encrypted", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + marks
    )
    yield case(
        "old-word.docx", "not_a_document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + chance.randbytes(5000)
    )
    yield case("rich-text.docx", "not_a_document readable", b"{\\rtf1\\ansi " + b"{" * 100_000 + b" text}")
    yield case("pdf-called.docx", "damaged", b"%PDF-1.4\n" + chance.randbytes(400))


def _macros() -> Iterator[Case]:
    yield case(
        "macros.docx", "active_content", lambda: document(more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    )
    yield case(
        "embedded-object.docx",
        "active_content",
        lambda: document(more={"word/embeddings/oleObject1.bin": b"MZ"}),
    )
    yield case("activex.docx", "active_content", lambda: document(more={"word/activeX/activeX1.xml": "<x/>"}))
