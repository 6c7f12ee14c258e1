"""Hostile PDF objects: tables that loop, trees without end, passwords, things that want to be run or fetched."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Iterator
from itertools import pairwise

from hostile.case import Case, case
from hostile.pdf_pages import BLANKS, COSTLY
from hostile.pdf_writing import FONT, PAGE, WORDS, assemble, document, flate, squeezed, stream

BROKEN = "readable damaged no_text"


def cases(seed: int) -> Iterator[Case]:
    """Every case of this kind."""
    yield from _tables()
    yield from _trees()
    yield from _locked()
    yield from _active()
    yield from _cut(seed)


def _tables() -> Iterator[Case]:
    def with_table(trailer: bytes) -> bytes:
        return document(trailer=trailer)

    yield case("xref-prev-itself.pdf", BROKEN, _prev_loop)
    yield case("xref-prev-outside.pdf", BROKEN, lambda: with_table(b"/Prev 99999999"))
    yield case("xref-prev-negative.pdf", BROKEN, lambda: with_table(b"/Prev -9"))
    yield case("xref-stream-loop.pdf", BROKEN, lambda: with_table(b"/XRefStm 15"))
    yield case("xref-size-2-to-the-31.pdf", BROKEN, lambda: _replaced(b"/Size 6", b"/Size 2147483647"))
    yield case(
        "xref-count-absurd.pdf",
        BROKEN + " out_of_memory timeout",
        lambda: _replaced(b"xref\n0 6", b"xref\n0 2000000000"),
    )
    yield case("xref-all-to-one.pdf", BROKEN, _all_to_one)
    yield case("startxref-missing.pdf", BROKEN, lambda: _replaced(b"startxref", b"stopxref"))
    table = b"/Type/XRef/W[8 8 8]/Index[0 2147483647]/Size 2147483647/Root 1 0 R"
    yield case("xref-stream-bomb.pdf", COSTLY, lambda: _only_stream(table, squeezed(b"\1" * (1 << 20), 256)))
    table = b"/Type/XRef/W[2147483647 1 1]/Size 9/Root 1 0 R"
    yield case("xref-stream-widths.pdf", BROKEN, lambda: _only_stream(table, squeezed(b"\1" * 900, 1)))
    packed = b"/Type/ObjStm/N 2147483647/First 10"
    yield case(
        "object-stream-count-lies.pdf", BROKEN, lambda: document(more=(flate(b"7 0 8 1 9 2 <<>>", packed),))
    )
    yield case(
        "object-stream-512mib.pdf",
        COSTLY,
        lambda: document(
            more=(stream(squeezed(BLANKS, 512), b"/Type/ObjStm/N 9/First 10/Filter/FlateDecode"),)
        ),
    )
    yield case(
        "object-stream-extends-itself.pdf",
        BROKEN,
        lambda: document(more=(flate(b"7 0 <<>>", b"/Type/ObjStm/N 1/First 4/Extends 6 0 R"),)),
    )


def _prev_loop() -> bytes:
    data = document(trailer=b"/Prev 0000000000")
    at = data.rindex(b"xref\n0 ")
    return data.replace(b"/Prev 0000000000", b"/Prev %010d" % at)


def _replaced(old: bytes, new: bytes) -> bytes:
    return document().replace(old, new)


def _all_to_one() -> bytes:
    data = document()
    head, table = data.split(b"xref\n", 1)
    return (
        head
        + b"xref\n"
        + table.replace(b" 00000 n", b" 00000 n")[:27]
        + b"0000000016 00000 n \n" * 5
        + table[127:]
    )


def _only_stream(table: bytes, content: bytes) -> bytes:
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    return body + b"3 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (
        stream(content, table + b"/Filter/FlateDecode"),
        len(body),
    )


def _trees() -> Iterator[Case]:
    yield case(
        "pages-kid-is-itself.pdf",
        BROKEN,
        lambda: document(replace={2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}),
    )
    yield case(
        "pages-kid-is-parent.pdf",
        BROKEN,
        lambda: document(
            replace={2: b"<</Type/Pages/Kids[6 0 R]/Count 1>>"},
            more=(b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>",),
        ),
    )
    yield case("pages-10-to-the-10.pdf", BROKEN + " too_many_pages timeout out_of_memory", _wide_tree)
    yield case(
        "pages-count-lies.pdf",
        BROKEN + " too_many_pages",
        lambda: document(replace={2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"}),
    )
    yield case(
        "pages-count-negative.pdf",
        BROKEN,
        lambda: document(replace={2: b"<</Type/Pages/Kids[3 0 R]/Count -1>>"}),
    )
    yield case("pages-5000.pdf", "too_many_pages", _many_pages)
    yield case("pages-none.pdf", BROKEN, lambda: document(replace={2: b"<</Type/Pages/Kids[]/Count 0>>"}))
    yield case("root-is-missing.pdf", BROKEN, lambda: _replaced(b"/Root 1 0 R", b""))
    yield case("root-is-a-number.pdf", BROKEN, lambda: document(replace={1: b"42"}))
    yield case("reference-to-itself.pdf", BROKEN, lambda: document(replace={4: b"4 0 R"}))
    yield case(
        "references-in-a-ring.pdf", BROKEN, lambda: document(replace={4: b"6 0 R"}, more=(b"7 0 R", b"4 0 R"))
    )
    deep = 200_000
    yield case(
        "arrays-nested.pdf", COSTLY, lambda: document(more=(b"[" * deep + b"]" * deep,), catalog=b"/X 6 0 R")
    )
    yield case(
        "dictionaries-nested.pdf", COSTLY, lambda: document(more=(b"<</a" * deep,), catalog=b"/X 6 0 R")
    )
    yield case(
        "outline-is-its-own-child.pdf",
        BROKEN,
        lambda: document(
            catalog=b"/Outlines 6 0 R",
            more=(b"<</First 6 0 R/Last 6 0 R/Next 6 0 R/Parent 6 0 R/Title(x)/Count 9999999>>",),
        ),
    )
    yield case(
        "structure-tree-loops.pdf",
        BROKEN,
        lambda: document(
            catalog=b"/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>",
            more=(b"<</Type/StructTreeRoot/K 6 0 R/P 6 0 R/RoleMap<</a/b/b/a>>>>",),
        ),
    )
    yield case(
        "names-tree-loops.pdf",
        BROKEN + " active_content",
        lambda: document(
            catalog=b"/Names<</EmbeddedFiles 6 0 R/Dests 6 0 R>>", more=(b"<</Kids[6 0 R]/Limits[(a)(z)]>>",)
        ),
    )
    yield case(
        "action-chain-loops.pdf",
        "active_content",
        lambda: document(catalog=b"/OpenAction 6 0 R", more=(b"<</S/JavaScript/JS(x)/Next 6 0 R>>",)),
    )
    names = b"/Info 6 0 R"
    info = (
        b"<</Producer(\x1b]0;owned\x07\x1b[2J)/Author<FEFF202E0041D800>/Title(=cmd|' /C calc'!A0)/Nul#00me(x)"
    )
    info += b"/CreationDate(D:99999999999999Z99'99')>>"
    yield case("info-acts-on-terminals.pdf", "readable", lambda: document(trailer=names, more=(info,)))
    yield case(
        "xmp-entity-bomb.pdf", "readable", lambda: document(catalog=b"/Metadata 6 0 R", more=(_xmp(),))
    )


def _xmp() -> bytes:
    entities = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
    text = f'<?xpacket?><!DOCTYPE x [<!ENTITY e0 "lol">{entities}<!ENTITY f SYSTEM "file:///etc/hostname">]><x>&e11;&f;</x>'
    return stream(text.encode(), b"/Type/Metadata/Subtype/XML")


def _wide_tree() -> bytes:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 12: PAGE % (b"", b""), 4: stream(WORDS), 5: FONT}
    numbers = [2, 3, 6, 7, 8, 9, 10, 11, 13, 14, 12]
    for here, below in pairwise(numbers):
        objects[here] = b"<</Type/Pages/Kids[%s]/Count 10000000000>>" % (b"%d 0 R " % below * 10)
    return assemble(objects)


def _many_pages() -> bytes:
    count = 5000
    kids = b" ".join(b"%d 0 R" % (6 + at) for at in range(count))
    tree = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    return document(replace={2: tree}, more=(PAGE % (b"", b""),) * count)


def _locked() -> Iterator[Case]:
    yield case("password.pdf", "encrypted", lambda: _encrypted("secret"))
    yield case("password-of-owner-only.pdf", "readable", lambda: _encrypted(""))
    yield case(
        "encrypt-dictionary-garbage.pdf",
        "encrypted damaged readable no_text",
        lambda: document(
            trailer=b"/Encrypt<</Filter/Standard/V 99/R 99/Length 2147483647/O(x)/U(y)/P -1>>/ID[(a)(b)]"
        ),
    )
    yield case(
        "encrypt-is-itself.pdf",
        "encrypted damaged readable no_text",
        lambda: document(trailer=b"/Encrypt 6 0 R", more=(b"6 0 R",)),
    )


def _encrypted(user: str) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(document())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user=user, owner="owner", R=6))
    return out.getvalue()


def _active() -> Iterator[Case]:
    action = b"/OpenAction<</S/%s>>"
    for name, rest in (
        ("JavaScript", b"JavaScript/JS(app.launchURL\\('http://127.0.0.1:1/'\\))"),
        ("Launch", b"Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc)>>"),
        ("SubmitForm", b"SubmitForm/F(http://127.0.0.1:1/)"),
        ("ImportData", b"ImportData/F(/etc/passwd)"),
        ("GoToE", b"GoToE/F(other.pdf)/T<</R/C>>"),
    ):
        yield case(
            f"action-{name.lower()}.pdf", "active_content", lambda rest=rest: document(catalog=action % rest)
        )
    yield case(
        "action-on-closing-a-page.pdf",
        "active_content",
        lambda: document(page=b"/AA<</C<</S/JavaScript/JS(x)>>>>"),
    )
    yield case(
        "embedded-file.pdf",
        "active_content",
        lambda: document(
            catalog=b"/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>]>>>>",
            more=(stream(b"MZ"),),
        ),
    )
    yield case(
        "form-xfa.pdf",
        "active_content",
        lambda: document(catalog=b"/AcroForm<</XFA 6 0 R>>", more=(stream(b"<xdp/>"),)),
    )
    yield case(
        "rich-media.pdf",
        "active_content",
        lambda: document(page=b"/Annots[6 0 R]", more=(b"<</Subtype/RichMedia/Rect[0 0 1 1]>>",)),
    )
    remote = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/F<</FS/URL/F(http://127.0.0.1:1/x.pdf)>>/D[0/Fit]>>>>"
    yield case("remote-goto.pdf", "readable", lambda: document(page=b"/Annots[" + remote + b"]"))
    outside = b"<</Length 0/F(/etc/passwd)/FFilter/FlateDecode>>stream\n\nendstream"
    yield case("stream-in-another-file.pdf", "no_text damaged", lambda: document(replace={4: outside}))


def _cut(seed: int) -> Iterator[Case]:
    chance = random.Random(seed)
    whole = document()
    for share in (10, 50, 90):
        yield case(f"cut-at-{share}-percent.pdf", BROKEN, whole[: len(whole) * share // 100])
    yield case("header-only.pdf", "damaged", b"%PDF-1.7\n")
    yield case("header-and-eof.pdf", "damaged", b"%PDF-1.7\nstartxref\n0\n%%EOF\n")
    yield case(
        "garbage-before-header.pdf", "readable", chance.randbytes(900).replace(b"%PDF", b"xxxx") + whole
    )
    yield case("garbage-after-end.pdf", "readable", whole + chance.randbytes(5000))
    yield case("line-ends-removed.pdf", BROKEN, whole.replace(b"\n", b" "))
    yield case("ascii-transfer.pdf", BROKEN, whole.replace(b"\n", b"\r\n"))
    scrambled = bytearray(whole)
    for _ in range(60):
        scrambled[chance.randrange(20, len(scrambled))] = chance.randrange(256)
    yield case("bytes-scrambled.pdf", BROKEN, bytes(scrambled))
    yield case("names-with-nul.pdf", BROKEN, whole.replace(b"/F1", b"/F#00#1b[2J"))
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    yield case("zip-behind-pdf.pdf", "readable", whole + box.getvalue())
    yield case(
        "versions-of-a-number.pdf", BROKEN, whole.replace(b"%PDF-1.7", b"%PDF-" + struct.pack(">Q", 2**63))
    )
