from forensics.documents.document import Document, Passage
from forensics.features.features import Entity
from forensics.features.neutral import NEUTRAL, neutral
from forensics.features.tokens import SLOT_LABELS, tokens


def said(text: str, *slots: tuple[str, str]) -> str:
    entities = [
        Entity(
            label=label,
            start=text.index(part),
            end=text.index(part) + len(part),
            text=part,
            value=part,
            rule="test",
        )
        for part, label in slots
    ]
    document = Document(
        id="sha256:0",
        path="x",
        format="text",
        kind="resume",
        language="en",
        pages=1,
        text=text,
        passages=(Passage(start=0, end=len(text)),),
    )
    words = tokens(document, entities)
    return neutral(text, words, 0, len(words))


def test_a_copy_with_other_slots_says_the_same():
    first = said(
        "At Northwind Traders, Inc in Boston cut 31 build jobs since March 2019 in half.",
        ("Northwind Traders, Inc", "EMPLOYER"),
        ("Boston", "LOCATION"),
        ("March 2019", "DATE"),
    )
    other = said(
        "At Contoso in San Diego cut 7 build jobs since 2021-04 in half",
        ("Contoso", "EMPLOYER"),
        ("San Diego", "LOCATION"),
        ("2021-04", "DATE"),
    )
    assert first == other
    assert other == "At the company in the city cut several build jobs since in half"


def test_products_and_techniques_stay():
    assert said("moved the Lucene index to Vespa and rewrote it in C++.") == (
        "moved the Lucene index to Vespa and rewrote it in C++"
    )


def test_white_space_is_single_and_nothing_says_nothing():
    assert said("wrote\n   the  docs") == "wrote the docs"
    assert said("") == ""


def test_only_the_words_asked_for():
    text = "Wrote the docs. Kept 12 servers up."
    document = Document(
        id="sha256:0",
        path="x",
        format="text",
        kind="resume",
        language="en",
        pages=1,
        text=text,
        passages=(Passage(start=0, end=len(text)),),
    )
    words = tokens(document, ())
    assert neutral(text, words, 3, 7) == "Kept several servers up"
    assert neutral(text, words, 0, 3) == "Wrote the docs"


def test_every_slot_has_its_words():
    assert {label.strip("<>") for label in NEUTRAL} == SLOT_LABELS | {"NUMBER"}
