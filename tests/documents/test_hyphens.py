from __future__ import annotations

import pytest

from forensics.documents.rows import Row, typeset


def text_of(*lines: str) -> str:
    return typeset([Row(text=line, block=0) for line in lines])[0]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["under four minutes of read-", "only time"], "read-only"),
        (["a cryptominer on a wind-", "tunnel controller"], "wind-tunnel"),
        (["with a translator-", "friendly workflow"], "translator-friendly"),
        (["a crew that was student-", "led for years"], "student-led"),
        (["Yuki Tanabe-", "Rourke"], "Tanabe-Rourke"),
        (["from 2010-", "2012 on"], "2010-\n2012"),
    ],
)
def test_the_writers_own_hyphens_stay(lines: list[str], said: str) -> None:
    assert said in text_of(*lines)


def test_a_document_that_divides_words_divides_others_too() -> None:
    lines = [
        "improved the imple-",
        "mentation of a wind-",
        "mill and of read-",
        "only stores and a tun-",
        "nel",
    ]
    text = text_of(*lines)
    assert "implementation" in text and "windmill" in text and "tunnel" in text


def test_words_that_stand_elsewhere_decide() -> None:
    lines = [
        "the organi-",
        "zation of windmill owners has a wind-",
        "mill and a read-",
        "only copy of a read-only disk",
    ]
    text = text_of(*lines)
    assert "organization" in text and "has a windmill and a read-only copy" in text


def test_soft_hyphens_at_the_end_go() -> None:
    assert text_of("a wind\u00ad", "mill") == "a windmill"


def test_large_letters_on_two_lines_are_one_title() -> None:
    rows = [
        Row(text="Emeka J.", block=0, base=40, size=18),
        Row(text="Thornbury", block=0, base=61, size=18),
        Row(text="Engineer of databases in many places", block=0, base=80, size=9),
    ]
    assert typeset(rows)[0] == "Emeka J. Thornbury\nEngineer of databases in many places"
