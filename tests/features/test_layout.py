"""How a document looks, apart from its words: the same for other names, lengths, papers and formats."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from itertools import pairwise

import pytest

from forensics.documents.document import Document, Line
from forensics.documents.look import Lettering, Look
from forensics.features.layout import FAMILIES, Print, fingerprint, font_family, number_of
from forensics.index.layouts import Layouts, folded, packed

TEXT = "Experience\n• Built it\nJan 2019 – Mar 2021\n"


def look(
    *, body: str = "Calibri", x: float = 72.0, rows: int = 40, width: float = 612.0, colour: str = "1F3864"
) -> Look:
    return Look(
        width=width,
        height=792.0,
        margins=(x, 72.0),
        letters=50 * rows,
        lines=rows,
        lettering=(
            Lettering(
                font=body, size=11.0, colour="000000", marks="", letters=45 * rows, lines=rows - 6, side="l"
            ),
            Lettering(font=body, size=14.0, colour=colour, marks="b", letters=4 * rows, lines=5, side="l"),
            Lettering(font=body, size=24.0, colour=colour, marks="b", letters=rows, lines=1, side="c"),
        ),
        starts=((x, rows // 2), (x + 18, rows - rows // 2)),
        ends=((72.0, rows // 3),),
        shapes=(("rule", x, 72.0, 5),),
    )


def document(
    found: Look | None, text: str = "Experience\n• Built it\nJan 2019 – Mar 2021\n", kind: str = "pdf"
) -> Document:
    ends = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
    lines = tuple(Line(start=a, end=b - 1) for a, b in pairwise(ends))
    return Document(
        id="sha256:" + "0" * 64, path="x", format=kind, kind="resume", language="en", pages=1, text=text, lines=lines,
        look=found,
    )  # fmt: skip


@pytest.fixture
def layouts() -> Layouts:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE layout (doc INTEGER PRIMARY KEY, stamp TEXT NOT NULL, marks BLOB)")
    return Layouts(db)


def similarity(layouts: Layouts, a: Document, b: Document) -> float:
    query, other = fingerprint(a), fingerprint(b)
    assert query is not None and other is not None
    return float(layouts.like_these(query, [packed(other)])[0])


@pytest.mark.parametrize(
    ("other", "least"),
    [
        (look(), 0.999),
        (look(rows=90), 0.97),
        (look(width=595.3), 0.95),
        (look(body="ABCDEF+Carlito"), 0.999),
        (look(x=73.0), 0.85),
    ],
)
def test_length_paper_and_half_a_point_change_little(layouts: Layouts, other: Look, least: float) -> None:
    assert similarity(layouts, document(look()), document(other)) >= least


def test_another_design_is_another(layouts: Layouts) -> None:
    other = look(body="Garamond", x=54.0, colour="8B0000")
    plain = "WORK HISTORY\n- Built it\n01/2019 to 03/2021\n"
    assert similarity(layouts, document(look()), document(other, plain)) < 0.55


def test_words_of_a_person_are_not_in_it() -> None:
    text = "Zebulon Quatermain\nzeb@example.net\nExperience\nJan 2019 – Mar 2021\n"
    found = fingerprint(document(look(), text))
    assert found is not None
    assert not [mark for _, mark in found.marks if "zebulon" in mark.lower() or "zeb@" in mark.lower()]


def test_a_document_that_was_read_before_looks_were_kept_has_none() -> None:
    assert fingerprint(document(None)) is None
    assert fingerprint(document(None, kind="text")) is not None


def test_numbers_are_stable_and_say_their_family() -> None:
    assert [number_of(family, "x 24") >> 29 for family in FAMILIES] == list(range(len(FAMILIES)))
    assert number_of("place", "x 24") == number_of("place", "x 24") != number_of("place", "x 25")


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("ABCDEF+Calibri-Bold", "calibri"), ("Carlito", "calibri"), ("LiberationSans-Italic", "arial"),
        ("CMR10", "computermodern"), ("CMBX12", "computermodern"),
        ("SFRM1000", "computermodern"), ("LMRoman10-Bold", "computermodern"),
        ("LMSans10-Bold", "computermodernsans"), ("CMSSBX10", "computermodernsans"), ("CMSY10", "cmsy"),
        ("SourceSansPro-Regular-Identity-H", "sourcesanspro"), ("FontAwesome5Free-Solid", "fontawesome"),
        ("TimesNewRomanPSMT", "times"), ("", "?"),
    ],
)  # fmt: skip
def test_fonts_of_one_family_have_one_name(name: str, family: str) -> None:
    assert font_family(name) == family


def test_what_is_erased_is_not_found_and_what_comes_is(layouts: Layouts) -> None:
    found = fingerprint(document(look()))
    assert found is not None
    layouts.put(1, found)
    layouts.put(2, None)
    layouts.put(3, found)
    assert layouts.like(found)[0].tolist() == [1, 3]
    layouts.drop([1])
    assert layouts.like(found)[0].tolist() == [3]
    layouts.put(4, replace(found))
    docs, similar = layouts.like(found)
    assert docs.tolist() == [3, 4] and similar.min() > 0.999
    assert layouts.marks(2) == set() and folded(number_of("page", "body 11")) in layouts.marks(4)


def strangers(layouts: Layouts, count: int, **kept: str) -> None:
    """Looks by chance under the numbers from 101 on, with what is kept of the query's."""
    dice = random.Random(7)
    for number in range(101, 101 + count):
        size = 8 + dice.randint(0, 16) / 2
        other = look(
            body=kept.get("body", f"Face{number}"), x=dice.uniform(30, 150), colour=f"{number:02X}40A0"
        )
        lettering = tuple(replace(each, size=size + at) for at, each in enumerate(other.lettering))
        shapes = (("box", dice.uniform(30, 90), 40.0, 2),)
        found = fingerprint(document(replace(other, lettering=lettering, shapes=shapes), f"{number} words\n"))
        layouts.put(number, found)


def same_look(layouts: Layouts, query: Look, *without: int) -> dict[int, float]:
    found = fingerprint(document(query))
    assert found is not None
    docs, similar = layouts.same_look(found, frozenset(without))
    return dict(zip(docs.tolist(), similar.tolist(), strict=True))


def test_an_equal_look_is_1_and_nothing_is_below_0_or_above_1(layouts: Layouts) -> None:
    layouts.put(1, fingerprint(document(look())))
    strangers(layouts, 60)
    found = same_look(layouts, look())
    assert found[1] > 0.999 and all(0 <= each <= 1 for each in found.values())
    assert max(each for doc, each in found.items() if doc > 100) < 0.5


def test_who_is_alike_helps_to_find_who_is_less_alike(layouts: Layouts) -> None:
    changed = replace(
        look(body="Garamond"), shapes=(("box", 60.0, 60.0, 1),)
    )  # by the query's template, but for its font
    between = replace(look(), shapes=changed.shapes)
    strangers(layouts, 60)
    layouts.put(1, fingerprint(document(changed)))
    alone = same_look(layouts, look())[1]
    for number in (2, 3, 4):
        layouts.put(number, fingerprint(document(between)))
    assert same_look(layouts, look())[1] > alone + 0.04
    assert same_look(layouts, look(), 2, 3, 4)[1] == pytest.approx(
        alone, abs=0.1
    )  # what is left out does not help


def test_a_corpus_of_one_template_lists_all_of_it(layouts: Layouts) -> None:
    for number in range(1, 61):
        layouts.put(number, fingerprint(document(look(rows=30 + number))))
    found = same_look(layouts, look(), 1)
    assert min(found.values()) >= 0.5


def test_an_empty_corpus_and_a_look_without_marks_are_like_nothing(layouts: Layouts) -> None:
    assert same_look(layouts, look()) == {}
    layouts.put(1, fingerprint(document(look())))
    docs, similar = layouts.same_look(Print(marks={}), frozenset())
    assert docs.tolist() == [1] and similar.tolist() == [0.0]
