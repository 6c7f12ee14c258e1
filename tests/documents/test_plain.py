from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forensics.documents.document import Document, Unreadable
from forensics.documents.parse import parse
from forensics.documents.sandbox import Reader
from forensics.errors import ReadError
from forensics.settings import Settings


def document(text: str | bytes) -> Document:
    data = text.encode() if isinstance(text, str) else text
    return parse(data, id="sha256:0", path="x.txt", plain=True, limits=Settings())


def said(text: str | bytes) -> list[str]:
    read = document(text)
    return [read.text[each.start : each.end] for each in read.passages]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Zoë – ok\r\nrest".encode(), "Zoë – ok\r\nrest"),
        (b"\xef\xbb\xbfBOM stays", "\ufeffBOM stays"),
        ("wide é".encode("utf-16"), "wide é"),
        (b"caf\xe9 \x93quoted\x94", "café “quoted”"),
        (b"odd \x81 byte", "odd \ufffd byte"),
        (b"one\0two is text with a slip", "one\0two is text with a slip"),
    ],
)
def test_decoding(data: bytes, text: str) -> None:
    assert document(data).text == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_text"),
        (b" \n\t\r\n", "no_text"),
        (bytes(range(256)) * 8, "not_a_document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not_a_document"),
        (b"{\\rtf1 hello}", "not_a_document"),
        (b"<!DOCTYPE html><html>hello</html>", "not_a_document"),
        (b"\x1f\x8b\x08" + bytes(200), "not_a_document"),
    ],
)
def test_what_is_no_document(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        document(data)
    assert caught.value.code == code


def test_content_not_suffix_decides(reader: Reader) -> None:
    from build_files import pdf_lines

    found = reader.parse(pdf_lines([(72, 100, "I am a PDF")]), "resume.docx")
    assert isinstance(found, Document) and found.format == "pdf"
    found = reader.parse(b"I am text", "resume.pdf")
    assert isinstance(found, Document) and found.format == "text"


def test_plain_text_in_a_folder_needs_its_name(reader: Reader) -> None:
    found = reader.parse(b"a,b,c", "x.csv", plain=False)
    assert isinstance(found, Unreadable) and found.problems[0].code == "not_a_document"


def test_paragraphs_wrapped_by_hand_are_joined() -> None:
    text = (
        "The first paragraph of this text is wrapped by hand at some column or\n"
        "other, as mail programs used to do it, and so it has to be put together\n"
        "again.\n"
        "\n"
        "The second paragraph is wrapped in the very same way as the first one\n"
        "was, for the sake of it.\n"
    )
    assert [each.split()[1] for each in said(text)] == ["first", "second"]


def test_short_lines_stay_apart() -> None:
    lines = ["Jane Sample", "12 Main Street", "Springfield", "jane@example.org"]
    assert said("\n".join(lines)) == lines


def test_bullets_stay_apart_and_keep_their_second_lines() -> None:
    text = "Experience\n- Wrote a thing that\n  goes on here\n- Another\n* A star\n1. A number\n• A dot\n"
    assert said(text) == [
        "Experience", "- Wrote a thing that\n  goes on here", "- Another", "* A star", "1. A number", "• A dot",
    ]  # fmt: skip


def test_a_giant_paragraph_is_divided_after_sentences() -> None:
    passages = said("This is a sentence with some words in it. " * 200)
    assert len(passages) > 5
    assert all(passage.endswith(".") and len(passage) <= 1200 for passage in passages)


def test_long_text_is_cut_aloud() -> None:
    read = parse(b"word " * 100, id="", path="x", plain=True, limits=Settings(max_text=50))
    assert read.text == "word " * 10
    assert [problem.code for problem in read.problems] == ["too_large"]
    assert "500" in read.problems[0].message


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("\n\n\n\r \t-•.:aB1é\u2028\x0b\x0c\x85\u00a0\ufeff"),
            st.characters(exclude_categories=["Cs"]),
        ),
        max_size=400,
    )
)
def test_lines_and_passages_tile_the_text(text: str) -> None:
    try:
        read = document(text)
    except ReadError:
        return
    if not text.encode().startswith((b"\xff\xfe", b"\xfe\xff")):
        assert read.text == text
    for spans in (read.lines, read.passages):
        covered = bytearray(len(read.text))
        before = 0
        for span in spans:
            assert before <= span.start < span.end <= len(read.text)
            content = read.text[span.start : span.end]
            assert content == content.strip()
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
            before = span.end
        assert all(
            seen or char.isspace() or char == "\ufeff" for seen, char in zip(covered, read.text, strict=True)
        )
