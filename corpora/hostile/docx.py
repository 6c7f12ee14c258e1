"""Hostile DOCX contents: XML that explodes, loops, or asks for what lies outside."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.case import Case, case
from hostile.docx_writing import LINE, SPACES, WORD, body, document, rels

BOMB = "suspicious_archive"
COSTLY = "readable too_large timeout out_of_memory suspicious_archive damaged"


def cases(seed: int) -> Iterator[Case]:
    """Every case of this kind; none depends on the seed."""
    yield from _entities()
    yield from _sizes()
    yield from _depths()
    yield from _rings()
    yield from _outside()


def _main(xml: str | bytes) -> bytes:
    return document(more={"word/document.xml": xml})


def _entities() -> Iterator[Case]:
    laughs = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
    inside = f"<w:document {SPACES}><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>"
    yield case(
        "entities-billion-laughs.docx",
        BOMB,
        lambda: _main(f'<!DOCTYPE x [<!ENTITY e0 "lol">{laughs}]>' + inside % "&e11;"),
    )
    long = "A" * 100_000
    yield case(
        "entities-quadratic.docx",
        BOMB,
        lambda: _main(f'<!DOCTYPE x [<!ENTITY a "{long}">]>' + inside % ("&a;" * 10_000)),
    )
    yield case(
        "entity-of-a-file.docx",
        BOMB,
        lambda: _main('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + inside % "&f;"),
    )
    yield case(
        "entity-of-an-address.docx",
        BOMB,
        lambda: _main('<!DOCTYPE x [<!ENTITY f SYSTEM "http://127.0.0.1:1/">]>' + inside % "&f;"),
    )
    yield case(
        "doctype-of-an-address.docx",
        BOMB,
        lambda: _main('<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">' + inside % "x"),
    )
    late = (
        "<!--"
        + " " * 200_000
        + "-->"
        + '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        + inside % "&f;"
    )
    yield case("doctype-after-a-long-comment.docx", BOMB, lambda: _main(late))
    wide = (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        + inside % "&f;"
    )
    yield case("doctype-in-utf-16.docx", BOMB, lambda: _main(wide.encode("utf-16")))
    odd = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-' + inside % "x"
    yield case("xml-in-utf-7.docx", BOMB + " damaged", lambda: _main(odd.encode()))
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    )
    yield case("xinclude-of-a-file.docx", "readable", lambda: document(LINE + include))
    yield case(
        "stylesheet-of-an-address.docx",
        "readable",
        lambda: _main('<?xml-stylesheet href="http://127.0.0.1:1/"?>' + body(LINE)),
    )


def _sizes() -> Iterator[Case]:
    yield case("attribute-11mb.docx", COSTLY, lambda: document(f'<w:p w:rsidR="{"7" * 11_000_000}"/>' + LINE))
    yield case(
        "text-4mb.docx", COSTLY, lambda: document(f"<w:p><w:r><w:t>{_words(600_000)}</w:t></w:r></w:p>")
    )
    yield case(
        "paragraphs-30000.docx",
        COSTLY,
        lambda: document(
            "".join(f"<w:p><w:r><w:t>{at} of {at * 7919}</w:t></w:r></w:p>" for at in range(30_000))
        ),
    )
    yield case(
        "paragraphs-empty-50000.docx",
        COSTLY,
        lambda: document("".join(f'<w:p w:x="{at}"/>' for at in range(50_000)) + LINE),
    )
    cell = (
        '<w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc>'
    )
    yield case(
        "gridspan-100-million.docx", "readable", lambda: document(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")
    )
    yield case(
        "cells-20000-in-a-row.docx",
        COSTLY,
        lambda: document(f"<w:tbl><w:tr>{''.join(_cell(at) for at in range(20_000))}</w:tr></w:tbl>"),
    )
    runs = "".join(f"<w:r><w:t>{at} </w:t></w:r>" for at in range(20_000))
    yield case("runs-20000.docx", COSTLY, lambda: document(f"<w:p>{runs}</w:p>"))
    tabs = "<w:r><w:tab/><w:br/></w:r>"
    yield case("tabs-and-breaks.docx", COSTLY, lambda: document(f"<w:p>{tabs * 5_000}</w:p>" + LINE))


def _cell(at: int) -> str:
    return f"<w:tc><w:p><w:r><w:t>{at}</w:t></w:r></w:p></w:tc>"


def _words(count: int) -> str:
    return " ".join(f"{at:x}" for at in range(count))[:40_000_000]


def _depths() -> Iterator[Case]:
    yield case("elements-100000-deep.docx", BOMB, lambda: document("<w:x>" * 100_000 + "</w:x>" * 100_000))
    yield case(
        "elements-250-deep.docx",
        BOMB + " readable",
        lambda: document("<w:ins>" * 250 + LINE + "</w:ins>" * 250),
    )
    table = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")
    yield case(
        "tables-60-deep.docx", BOMB + " readable", lambda: document(table[0] * 60 + LINE + table[1] * 60)
    )
    boxes = ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>")
    yield case(
        "boxes-60-deep.docx", BOMB + " readable", lambda: document(boxes[0] * 60 + LINE + boxes[1] * 60)
    )
    choice = ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>")
    yield case(
        "choices-100-deep.docx",
        BOMB + " readable",
        lambda: document(f"<w:p><w:r>{choice[0] * 100}<w:t>x</w:t>{choice[1] * 100}</w:r></w:p>" + LINE),
    )


def _rings() -> Iterator[Case]:
    styles = (
        f'<w:styles xmlns:w="{WORD}">'
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="S{at}"><w:basedOn w:val="S{(at + 1) % 3}"/>'
            f'<w:next w:val="S{at}"/><w:link w:val="S{at}"/></w:style>'
            for at in range(3)
        )
        + "</w:styles>"
    )
    styled = LINE.replace(
        "<w:p>", '<w:p><w:pPr><w:pStyle w:val="S0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    )
    yield case(
        "styles-based-on-each-other.docx",
        "readable",
        lambda: document(
            styled,
            {"word/styles.xml": styles, "word/_rels/document.xml.rels": rels(("styles", "styles.xml"))},
        ),
    )
    numbering = (
        f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="1">'
        '<w:numStyleLink w:val="S0"/><w:styleLink w:val="S0"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    yield case(
        "numbering-links-to-itself.docx",
        "readable",
        lambda: document(
            styled,
            {
                "word/styles.xml": styles, "word/numbering.xml": numbering,
                "word/_rels/document.xml.rels": rels(("styles", "styles.xml"), ("numbering", "numbering.xml")),
            },
        ),
    )  # fmt: skip
    header = '<w:sectPr><w:headerReference r:id="rId1"/><w:footerReference r:id="rId1"/></w:sectPr>'
    yield case(
        "header-is-the-document.docx",
        "readable",
        lambda: document(LINE + header, {"word/_rels/document.xml.rels": rels(("header", "document.xml"))}),
    )
    yield case(
        "chunk-is-the-document.docx",
        "readable",
        lambda: document(
            LINE + '<w:altChunk r:id="rId1"/>',
            {"word/_rels/document.xml.rels": rels(("aFChunk", "document.xml"))},
        ),
    )
    yield case(
        "notes-are-the-document.docx",
        "readable",
        lambda: document(
            more={
                "word/_rels/document.xml.rels": rels(
                    ("footnotes", "document.xml"), ("endnotes", "/word/document.xml")
                )
            }
        ),
    )
    yield case(
        "relations-of-relations.docx",
        "readable",
        lambda: document(more={"_rels/_rels/.rels.rels": rels(("officeDocument", "_rels/.rels"))}),
    )


def _outside() -> Iterator[Case]:
    asked = (
        ("attachedTemplate", "http://127.0.0.1:1/t.dotm"),
        ("image", "http://127.0.0.1:1/i.png"),
        ("hyperlink", "file:///etc/passwd"),
        ("oleObject", "\\\\127.0.0.1\\share\\x"),
        ("frame", "http://127.0.0.1:1/f"),
    )
    yield case(
        "relations-outside.docx",
        "readable active_content",
        lambda: document(more={"word/_rels/document.xml.rels": rels(*asked, outside=True)}),
    )
    yield case(
        "relation-climbs-out.docx",
        "readable",
        lambda: document(more={"word/_rels/document.xml.rels": rels(("header", "../../../../etc/passwd"))}),
    )
    fields = '<w:p><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"</w:instrText></w:r></w:p>'
    picture = '<w:p><w:fldSimple w:instr="INCLUDEPICTURE http://127.0.0.1:1/x"/></w:p>'
    yield case("fields-that-run.docx", "readable active_content", lambda: document(LINE + fields + picture))
    many = rels(*(("hyperlink", f"http://127.0.0.1:1/{at}") for at in range(20_000)), outside=True)
    yield case(
        "relations-20000.docx",
        "readable too_large",
        lambda: document(more={"word/_rels/document.xml.rels": many}),
    )
    yield case(
        "main-part-outside.docx",
        "readable not_a_document damaged",
        lambda: document(
            more={"_rels/.rels": rels(("officeDocument", "http://127.0.0.1:1/d"), outside=True)}
        ),
    )
