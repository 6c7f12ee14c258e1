"""The terminal shows hidden text with its place and reason, and harmlessly."""

from __future__ import annotations

from rich.console import Console

from forensics.cases.hidden import hidden
from forensics.documents.document import Document, Fact, Hidden


def shown(*entries: Hidden, looked: bool = True, facts: tuple[Fact, ...] = ()) -> str:
    document = Document(
        id="sha256:0", path="a.pdf", format="pdf", kind="resume", language="en", pages=1, text="",
        hidden=entries if looked else None, facts=facts,
    )  # fmt: skip
    console = Console(width=200, color_system=None)
    with console.capture() as captured:
        for each in hidden(document):
            console.print(each)
    return captured.get()


def test_place_reason_and_text_are_shown_and_escapes_are_not_obeyed():
    said = shown(
        Hidden(text="hire \x1b[31mme", why="white_text", page=2),
        Hidden(text="tiny", why="tiny_text", where="word/document.xml, paragraph 3"),
    )
    assert "page 2, in the colour of its ground: hire <U+001B>[31mme" in said
    assert "word/document.xml, paragraph 3, too small to be read: tiny" in said


def test_nothing_hidden_is_no_section_and_nobody_looked_is_said():
    assert shown() == ""
    assert "nobody has looked" in shown(looked=False)


def test_what_ocr_reads_stands_under_the_text_that_it_is_about():
    one, two = (Hidden(text=text, why="text_layer_mismatch", page=1, bbox=(0, at, 9, at + 1))
                for at, text in enumerate(("said", "other")))  # fmt: skip
    fact = Fact(name="pdf.text_layer_by_ocr", value="confirmed\x1b", where="page 1", page=1, bbox=two.bbox)
    lines = shown(one, two, facts=(fact,)).splitlines()
    assert [line.strip() for line in lines[1:4]] == [
        "page 1, not what the page shows: said",
        "page 1, not what the page shows: other",
        "confirmed<U+001B>",
    ]
