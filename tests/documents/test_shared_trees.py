"""Trees of parts that DOCX files share in a reading process: no reader changes them, no file speaks for another."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

import pytest
from build_files import docx
from lxml import etree
from marked import parsed, part, relationships

from forensics.documents.package import TREES

THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Own"><a:themeElements>'
    '<a:clrScheme><a:dk1><a:srgbClr val="101010"/></a:dk1><a:accent1><a:srgbClr val="C00000"/></a:accent1></a:clrScheme>'
    '<a:fontScheme><a:majorFont><a:latin typeface="Lato"/></a:majorFont><a:minorFont><a:latin typeface="Lato"/>'
    "</a:minorFont></a:fontScheme></a:themeElements></a:theme>"
)
STYLES = part(
    "styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rsid w:val="00A1B2C3"/></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Lead"><w:name w:val="heading 9"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:left="200"/></w:pPr>'
    '<w:rPr><w:vanish w:val="0"/><w:color w:themeColor="accent1" w:themeShade="80"/></w:rPr></w:style>',
)
NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="7"><w:nsid w:val="1A2B3C4D"/><w:tmpl w:val="0A0B0C0D"/><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="bullet"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>',
)
FONTS = part("fonts", '<w:font w:name="Lato"/><w:font w:name="Lora"/>')
SHARED = {
    "word/styles.xml": STYLES,
    "word/numbering.xml": NUMBERING,
    "word/fontTable.xml": FONTS,
    "word/theme/theme1.xml": THEME,
    "word/_rels/document.xml.rels": relationships(
        ("styles", "styles.xml"), ("numbering", "numbering.xml"), ("fontTable", "fontTable.xml"),
        ("theme", "theme/theme1.xml"), external=("hyperlink", "https://example.com"),
    ),
}  # fmt: skip


def file(name: str, parts: dict[str, str | bytes] | None = None) -> bytes:
    """A DOCX that asks all of its shared parts something: styles, lists, colours, tables, links, hidden text."""
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="Lead"/></w:pPr><w:r><w:t>{name}</w:t></w:r></w:p>'
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden words of some length that nobody sees</w:t></w:r></w:p>"
        '<w:tbl><w:tblPr><w:tblStyle w:val="Lead"/></w:tblPr><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc>'
        '</w:tr></w:tbl><w:p><w:hyperlink r:id="x"><w:r><w:t>www.example.org</w:t></w:r></w:hyperlink></w:p>'
    )
    return docx(body, SHARED | (parts or {}))


def canonical(root: Any) -> bytes:
    """The bytes of a tree in canonical form: equal only where every element, attribute and text is."""
    out = io.BytesIO()
    root.getroottree().write_c14n(out)
    return out.getvalue()


def unpacked(packed: Any) -> bytes:
    return packed.data if packed.how == zipfile.ZIP_STORED else zlib.decompress(packed.data, -15)


@pytest.fixture(autouse=True)
def _no_trees() -> Any:
    TREES.clear()
    yield
    TREES.clear()


def test_no_reader_changes_a_shared_tree() -> None:
    first = parsed(file("Ada Example"))
    kept = dict(TREES._roots)
    assert len(kept) == len(SHARED)
    before = {packed: canonical(root) for packed, root in kept.items()}
    again = parsed(file("Bo Example"))
    third = parsed(file("Ada Example"))
    for packed, root in kept.items():
        assert TREES.get(packed) is root  # the later files were given the same trees
        assert canonical(root) == before[packed] == canonical(etree.fromstring(unpacked(packed)))
    assert third == first
    assert [fact for fact in again.facts if fact.name.startswith("docx.style")] == [
        fact for fact in first.facts if fact.name.startswith("docx.style")
    ]


def test_the_test_would_notice() -> None:
    parsed(file("Ada Example"))
    packed, root = next(
        (packed, root) for packed, root in TREES._roots.items() if b"Lead" in unpacked(packed)
    )
    root[0].set("changed", "1")
    assert canonical(root) != canonical(etree.fromstring(unpacked(packed)))


def test_one_byte_apart_is_another_tree() -> None:
    assert parsed(file("Ada Example")).hidden
    other = STYLES.replace("Lead", "Lear")
    facts = {fact.name: fact.value for fact in parsed(file("Ada Example", {"word/styles.xml": other})).facts}
    assert facts["docx.styles"] == "Lear"
    facts = {fact.name: fact.value for fact in parsed(file("Ada Example")).facts}
    assert facts["docx.styles"] == "Lead"


def test_what_is_kept_is_bounded() -> None:
    for number in range(8):
        styles = STYLES.replace("</w:styles>", f"<!-- {number} {'x' * 300_000} --></w:styles>")
        parsed(file("Ada Example", {"word/styles.xml": styles}))
        assert sum(packed.size for packed in TREES._roots) == TREES._size <= 2**20


def test_a_part_with_entities_is_refused_whatever_was_kept() -> None:
    from forensics.errors import ReadError

    parsed(file("Ada Example"))
    hostile = '<!DOCTYPE x [<!ENTITY a "b">]>' + STYLES
    for _ in range(2):
        with pytest.raises(ReadError) as wrong:
            parsed(file("Ada Example", {"word/styles.xml": hostile}))
        assert wrong.value.code == "suspicious_archive"


def _altered(data: bytes, how: str) -> bytes:
    """The file with one lie in the directory, or in the header, of its styles."""
    name, out = b"word/styles.xml", bytearray(data)
    header, entry = data.index(name) - 30, data.rindex(name) - 46
    assert data[header : header + 4] == b"PK\3\4" and data[entry : entry + 4] == b"PK\1\2"
    if how == "checksum":
        out[entry + 16] ^= 1
    elif how == "size":
        out[entry + 24] ^= 1
    elif how == "packed size":
        out[entry + 20] ^= 1
    elif how == "method":
        out[entry + 10] = 12
    elif how == "name":
        out[header + 30] = ord("W")
    elif how == "encrypted":
        out[entry + 8] |= 1
    elif how == "bytes":
        out[header + 30 + len(name) + 40] ^= 1
    return bytes(out)


@pytest.mark.parametrize("how", ["checksum", "size", "packed size", "method", "name", "encrypted", "bytes"])
def test_a_file_that_lies_of_a_part_comes_out_as_if_nothing_was_kept(how: str) -> None:
    honest = file("Ada Example")
    lying = _altered(honest, how)

    def outcome() -> object:
        try:
            return parsed(lying)
        except Exception as wrong:  # whatever it is, it is the same
            return type(wrong), getattr(wrong, "code", None), str(wrong)

    TREES.clear()
    alone = outcome()
    TREES.clear()
    parsed(honest)
    assert outcome() == alone
    assert isinstance(alone, tuple) or how in ("size", "packed size")
