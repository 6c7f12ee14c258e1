"""Which words of a document count, and which are slots."""

from __future__ import annotations

from forensics.documents.document import Document, Passage
from forensics.features.tokens import tokens


def words(text: str) -> tuple[str, ...]:
    passage = Passage(start=0, end=len(text))
    document = Document(
        id="sha256:0",
        path="x.txt",
        format="text",
        kind="resume",
        language="en",
        pages=1,
        text=text,
        passages=(passage,),
    )
    return tokens(document, ()).words


def test_the_letter_o_as_a_bullet_is_no_word():
    assert words("Work\n  o Wrote the guide\no\tRan the lab") == (
        "work",
        "wrote",
        "the",
        "guide",
        "ran",
        "the",
        "lab",
    )


def test_an_o_inside_a_line_is_a_word():
    assert words("blood group o negative, O'Brien") == ("blood", "group", "o", "negative", "o", "brien")


def test_the_letter_o_as_a_bullet_begins_a_unit_of_its_own():
    text = "o Kept the ledgers of the mill\n  o Wrote the weekly reports\nand o led the night shift"
    lines = [(0, 30), (33, 59), (60, len(text))]
    document = Document(
        id="sha256:0",
        path="x.txt",
        format="text",
        kind="resume",
        language="en",
        pages=1,
        text=text,
        passages=tuple(Passage(start=start, end=end) for start, end in lines),
    )
    found = tokens(document, ())
    units = dict(zip(found.words, found.units, strict=True))
    assert units["kept"] != units["wrote"] == units["led"]
