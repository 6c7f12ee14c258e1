"""What two layouts share is told in plain words, and nothing twice."""

from __future__ import annotations

from itertools import pairwise

import pytest

from forensics.documents.document import Document, Line
from forensics.documents.look import Lettering, Look
from forensics.features.layout import fingerprint
from forensics.features.layout_words import in_plain

TEXT = "EXPERIENCE:\n• Built it\nJan 2019 – Mar 2021\nSKILLS:\n"


def document() -> Document:
    letterings = [("Arial", 9.5, "000000", "", 2000, 40, "l"), ("Arial", 9.5, "000000", "b", 200, 9, "l"),
                  ("Arial-Bold", 20.0, "1F3864", "b", 20, 1, "c"), ("", 12.0, "000000", "i", 40, 3, "r")]  # fmt: skip
    seen = Look(
        width=595.3, height=841.9, margins=(54.0, 40.0), letters=2260, lines=53,
        lettering=tuple(
            Lettering(font=font, size=size, colour=colour, marks=marks, letters=letters, lines=lines, side=side)
            for font, size, colour, marks, letters, lines, side in letterings
        ),
        starts=((54.0, 30), (72.0, 20), (260.0, 12)), ends=((40.0, 9),),
        shapes=(("rule", 54.0, 40.0, 3), ("box", 10.0, 10.0, 1), ("bar", 200.0, 0.0, 1), ("dot", 2.0, 2.0, 9)),
    )  # fmt: skip
    at = [0, *(i + 1 for i, each in enumerate(TEXT) if each == "\n")]
    return Document(
        id="sha256:0", path="a.pdf", format="pdf", kind="resume", language="en", pages=1, text=TEXT, passages=(),
        lines=tuple(Line(start=a, end=b - 1) for a, b in pairwise(at)), look=seen,
    )  # fmt: skip


@pytest.fixture(scope="module")
def marks() -> list[tuple[str, str]]:
    found = fingerprint(document())
    assert found is not None
    return sorted(found.marks)


def test_each_mark_alone_is_plain_words_or_nothing(marks: list[tuple[str, str]]) -> None:
    words = {mark: in_plain([mark]) for mark in marks}
    silent = {mark for mark, said in words.items() if not said}
    assert {mark for _, mark in silent} == {"c 000 ", "c 000 b", "c 000 i", "r 1.00  l", "palette 000"}
    for (said,) in filter(None, words.values()):
        assert said and "{" not in said and "  " not in said and said != "letters"


def test_a_size_a_place_and_a_colour_are_said_once(marks: list[tuple[str, str]]) -> None:
    said = "; ".join(in_plain(marks))
    assert said.count("9.5 pt") == 1 and said.count("20 pt") == 1
    assert said.count("pt from the left edge") <= 5 and "Arial" in said and "italic 12 pt letters" in said
    for words in (
        "A4 paper", "two columns", "the bullet •", "dates like Mar 2021", "headings in capitals that end in “:”",
        "ranges of dates joined by “ – ”", "the order of sections (experience before skills)", "a name set centred",
        "boxes", "small drawn marks",
    ):  # fmt: skip
        assert words in said, said
    assert said.count("rules") - said.count("upright rules") == 1


def test_the_first_mark_of_a_thing_is_the_one_that_is_said() -> None:
    assert in_plain([("font", "l arial 9.5"), ("font", "f arial 9.5 000 "), ("font", "n arial ")]) == (
        "9.5 pt Arial",
    )
    assert in_plain([("place", "x 18"), ("place", "x 19"), ("place", "x 25")]) == (
        "lines that begin 54 pt from the left edge",
        "lines that begin 75 pt from the left edge",
    )
