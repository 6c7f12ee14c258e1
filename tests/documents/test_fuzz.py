"""Fuzzing the readers: mutations of our own small files, in this process, with an alarm for what never ends.

``FORENSICS_FUZZ=2000`` asks for so many examples of each instead of the few that fit into every run.
"""

from __future__ import annotations

import io
import os
import signal
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from build_files import docx, paragraph, pdf_lines, raw_pdf
from hostile import docx_writing, pdf_writing
from hostile.archives import tarred
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forensics.documents import archive
from forensics.documents.answer import check
from forensics.documents.document import Document
from forensics.documents.parse import parse
from forensics.documents.wire import from_wire, to_wire
from forensics.errors import ReadError
from forensics.settings import Settings

SECONDS = 20
FUZZ = settings(
    max_examples=int(os.environ.get("FORENSICS_FUZZ", "40")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
LIMITS = Settings(max_pages=3, max_page_chars=5_000, max_text=20_000, max_unzipped=2**22, max_zip_part=2**21)
CODES = {
    "encrypted", "damaged", "not_a_document", "too_large", "no_text", "suspicious_archive", "timeout",
    "out_of_memory",
}  # fmt: skip

PDFS = (
    pdf_lines([(72, 100, "Ada Example"), (72, 120, "ada@example.com")], [(72, 100, "Second page")]),
    raw_pdf(b"BT /F1 12 Tf 72 700 Td (Ada Example) Tj ET"),
    pdf_writing.document(catalog=b"/OpenAction<</S/JavaScript/JS(x)>>", trailer=b"/Info<</Producer(x)>>"),
)
DOCXS = (
    docx(paragraph("Ada Example") + paragraph("ada@example.com")),
    docx_writing.document(more={"docProps/core.xml": "<x/>"}),
)
TEXTS = ("Ada Example\nada@example.com\n\n• Built things  since 2019\n".encode(), "Ä\ufeffé".encode("utf-16"))
TOKENS = {
    "pdf": (b"/Length -1", b"/Kids[2 0 R]", b"1 0 R", b"stream\n", b"endobj", b"<<", b">>", b"[", b"(", b"\0", b"/Filter",
            b"/FlateDecode", b"xref", b"trailer", b"/Prev 9", b"99999999999", b"-1", b"BT", b"Tj", b"cm", b"/ObjStm"),
    "docx": (b"PK\3\4", b"PK\1\2", b"PK\5\6", b"\xff\xff\xff\xff", b"\0\0", b"word/document.xml", b"../"),
    "xml": (b"<w:p>", b"</w:p>", b"<w:tbl><w:tr><w:tc>", b"<w:r><w:t>x</w:t></w:r>", b"<mc:AlternateContent>",
            b"<!DOCTYPE x>", b"&lt;", b"&#0;", b'w:val="-1"', b"<w:sectPr/>", b"<w:txbxContent>", b"\0",
            b"<w:del>"),
    "text": ("\u202e".encode(), b"\0", b"\r", b"\n\n", b"  ", "•".encode(), b"\xff\xfe", b"@", b"EXPERIENCE", b"2019 - "),
}  # fmt: skip


class Endless(Exception):
    """It took too long."""


@contextmanager
def alarm() -> Iterator[None]:
    """Raise inside when ``SECONDS`` have passed: also out of a regular expression that never ends."""

    def ring(number: int, frame: object) -> None:
        raise Endless

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@st.composite
def mutated(draw: st.DrawFn, seeds: tuple[bytes, ...], kind: str) -> bytes:
    """A seed with a few of its bytes flipped, cut, doubled, spliced with another, or tokens put in."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        size = draw(st.integers(1, 60))
        match draw(st.sampled_from(("flip", "cut", "double", "splice", "token", "end"))):
            case "flip" if data:
                data[at] ^= draw(st.integers(1, 255))
            case "cut":
                del data[at : at + size]
            case "double":
                data[at:at] = data[at : at + size] * draw(st.integers(1, 30))
            case "splice":
                other = draw(st.sampled_from(seeds))
                start = draw(st.integers(0, len(other) - 1))
                data[at : at + size] = other[start : start + size]
            case "token":
                data[at:at] = draw(st.sampled_from(TOKENS[kind])) * draw(st.sampled_from((1, 1, 1, 200)))
            case "end":
                del data[max(10, at) :]
    return bytes(data)


def read(data: bytes) -> Document | None:
    """Read in this process; the only ways out are a sound document and a known code."""
    with alarm():
        try:
            found = parse(data, id="sha256:0", path="x", plain=True, limits=LIMITS)
        except ReadError as wrong:
            assert wrong.code in CODES and str(wrong)
            return None
        except (MemoryError, RecursionError):
            return None  # the child tells these as out_of_memory and damaged
    check(found)
    check(from_wire(to_wire(found), id=found.id, path=found.path))
    return found


@FUZZ
@given(mutated(PDFS, "pdf"))
def test_no_mutation_of_a_pdf_breaks_the_reader(data: bytes) -> None:
    read(data)


@FUZZ
@given(mutated(DOCXS, "docx"))
def test_no_mutation_of_a_package_breaks_the_reader(data: bytes) -> None:
    read(data)


@FUZZ
@given(mutated((docx_writing.body(docx_writing.LINE * 3).encode(),), "xml"))
def test_no_mutation_of_its_xml_breaks_the_reader(xml: bytes) -> None:
    read(docx_writing.document(more={"word/document.xml": xml}))


@FUZZ
@given(mutated(TEXTS, "text"))
def test_no_mutation_of_a_text_breaks_the_reader(data: bytes) -> None:
    read(data)


@FUZZ
@given(
    st.sampled_from([b"%PDF-1.7\n", b"PK\3\4", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b""]),
    st.binary(max_size=2000),
)
def test_no_bytes_behind_a_magic_break_the_reader(magic: bytes, rest: bytes) -> None:
    read(magic + rest)


def _archived(data: bytes, name: str, folder: Path) -> None:
    file = folder / name
    file.write_bytes(data)
    with alarm():
        try:
            for member in archive.members(file):
                if member.refused is None:
                    assert ".." not in member.name.split("/")
                    assert len(archive.load(file, member, 2**20)) <= 2**20
        except ReadError as wrong:
            assert wrong.code in CODES | {"not_found"}
        finally:
            archive._OPEN.close()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in ("a.txt", "b/c.txt"):
            package.writestr(name, "Ada Example " * 20)
    return out.getvalue()


@FUZZ
@given(data=mutated((_zip(),), "docx"))
def test_no_mutation_of_a_zip_breaks_the_walk(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    _archived(data, "a.zip", tmp_path_factory.getbasetemp())


@FUZZ
@given(data=mutated((tarred(("b.txt", b"0", b"Ada Example")),), "docx"))
def test_no_mutation_of_a_tar_breaks_the_walk(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    _archived(data, "a.tar", tmp_path_factory.getbasetemp())


def test_the_net_would_notice() -> None:
    """What the fuzz tests rest on: an endless reader rings, a code we do not know fails."""

    def endless() -> None:
        with alarm():
            signal.alarm(1)
            while True:
                pass

    with pytest.raises(Endless):
        endless()
    reads: Callable[[bytes], Document | None] = read
    assert reads(PDFS[0]) is not None and reads(DOCXS[0]) is not None and reads(TEXTS[0]) is not None
    assert reads(b"%PDF-1.7\n") is None
