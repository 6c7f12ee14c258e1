"""PDF and DOCX files whose metadata the tests choose: nothing binary is committed."""

from __future__ import annotations

import io
import random
import re
import zipfile
from typing import Any

from build_files import WORD, docx, paragraph, pdf_lines

from forensics.documents.document import Document, Fact
from forensics.documents.parse import parse
from forensics.settings import Settings

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def parsed(data: bytes, **limits: int) -> Document:
    """The document in ``data``, read in this process under these limits."""
    return parse(data, id="sha256:" + "0" * 64, path="x", plain=True, limits=Settings(**limits))


def values(document: Document, name: str) -> list[str]:
    """The values of all facts of a name, in order."""
    return [fact.value for fact in document.facts if fact.name == name]


def value(document: Document, name: str) -> str:
    """The value of the only fact of a name."""
    (one,) = values(document, name)
    return one


def fact(document: Document, name: str) -> Fact:
    """The only fact of a name."""
    (one,) = [each for each in document.facts if each.name == name]
    return one


def plain_pdf() -> bytes:
    """One page with one line, by ReportLab."""
    return pdf_lines([(72, 72, "Jane Sample, engineer")])


def edited(change: Any, data: bytes | None = None, **how: Any) -> bytes:
    """A PDF after ``change(pdf)``, saved anew by pikepdf (qpdf)."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data or plain_pdf())) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, fix_metadata_version=False, **how)
    return out.getvalue()


def with_info(**entries: str) -> bytes:
    """A PDF whose Info holds these entries only."""
    import pikepdf

    def change(pdf: Any) -> None:
        pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary({f"/{k}": v for k, v in entries.items()}))

    return edited(change)


def with_xmp(packet: str | bytes, data: bytes | None = None) -> bytes:
    """A PDF with this XMP packet."""
    body = packet if isinstance(packet, bytes) else packet.encode()

    def change(pdf: Any) -> None:
        pdf.Root.Metadata = pdf.make_stream(body)

    return edited(change, data)


def xmp(properties: str) -> str:
    """A packet around the properties of one description."""
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Kit 1">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#" '
        'xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
        f'{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


def appended(data: bytes) -> bytes:
    """The PDF after one incremental save that adds an object."""
    previous = int(data.rsplit(b"startxref", 1)[1].split()[0])
    root = re.findall(rb"/Root (\d+) 0 R", data)[-1]
    out = data + b"\n90 0 obj\n(later)\nendobj\n"
    at, table = len(data) + 1, len(out)
    return out + (
        b"xref\n90 1\n%010d 00000 n \ntrailer\n<</Size 91/Root %s 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        % (at, root, previous, table)
    )


def photo(seed: int = 1, size: tuple[int, int] = (160, 120)) -> Any:
    """A Pillow picture of soft coloured blobs: the same seed gives the same scene in any size."""
    from PIL import Image

    dice = random.Random(seed)
    small = Image.new("RGB", (6, 5))
    small.putdata([(dice.randrange(256), dice.randrange(256), dice.randrange(256)) for _ in range(30)])
    return small.resize(size, Image.Resampling.BICUBIC)


def saved(image: Any, kind: str, **how: Any) -> bytes:
    """A picture as the bytes of a file."""
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def relationships(*items: tuple[str, str], external: tuple[str, str] | None = None) -> str:
    """A ``.rels`` part: (kind, target) inside the package, and one that leads outside."""
    inside = [
        f'<Relationship Id="r{n}" Type="{KINDS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(items)
    ]
    if external:
        inside.append(
            f'<Relationship Id="x" Type="{KINDS}/{external[0]}" Target="{external[1]}" TargetMode="External"/>'
        )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{"".join(inside)}</Relationships>'


def part(tag: str, inside: str) -> str:
    """The XML of a part whose root is ``w:tag``."""
    return f'<w:{tag} xmlns:w="{WORD}" xmlns:w14="{W14}" xmlns:w15="{W15}">{inside}</w:{tag}>'


def word_like(body: str | None = None, **parts: str | bytes) -> bytes:
    """A DOCX with the given XML inside of settings, styles, numbering, comments or people."""
    made: dict[str, str | bytes] = {}
    for name, inside in parts.items():
        made[f"word/{name}.xml"] = part(name, inside) if isinstance(inside, str) else inside
    made["word/_rels/document.xml.rels"] = relationships(*((name, f"{name}.xml") for name in parts))
    return docx(body or paragraph("Jane Sample, engineer"), made)


def repacked(data: bytes, *, first: str = "[Content_Types].xml", drop: str = "", **marks: Any) -> bytes:
    """The same parts in a ZIP whose directory carries other marks (``create_system``, ``flag_bits`` …)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = [name for name in old.namelist() if not drop or not name.startswith(drop)]
        for name in sorted(names, key=lambda each: each != first):
            entry = zipfile.ZipInfo(name, marks.get("date_time", (1980, 1, 1, 0, 0, 0)))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = marks.get("create_system", 0)
            entry.extra = marks.get("extra", b"")
            new.writestr(entry, old.read(name))
            entry.create_version = marks.get("create_version", 45)
            entry.flag_bits = marks.get("flag_bits", 0)
    return out.getvalue()
