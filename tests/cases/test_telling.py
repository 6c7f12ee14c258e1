"""The short table of facts that people see."""

from __future__ import annotations

from forensics.cases.telling import telling
from forensics.documents.document import Fact


def rows(*facts: tuple[str, str]) -> dict[str, str]:
    return dict(telling([Fact(name=name, value=value, where="x") for name, value in facts]))


def test_what_the_file_says_and_what_it_is():
    assert rows(
        ("pdf.writer", "Microsoft Word"),
        ("pdf.producer", "iLovePDF"),
        ("pdf.author", "Jane Sample"),
        ("pdf.lang", "en-US"),
    ) == {"made by": "Microsoft Word", "says it is by": "iLovePDF", "author": "Jane Sample"}


def test_of_many_values_three_and_how_many_more():
    people = [("docx.person", f"Person {n}") for n in range(5)]
    assert rows(*people)["people"] == "Person 0; Person 1; Person 2 and 2 more"


def test_ids_are_counted_and_equal_values_said_once():
    said = rows(("docx.rsid.settings", "00A1 00B2 00C3"), ("docx.creator", "Jane"), ("docx.creator", "Jane"),
                ("image.sha256", "aa"), ("image.sha256", "aa"))  # fmt: skip
    assert said == {"author": "Jane", "revision ids": "3", "images": "1"}


def test_a_file_saved_once_only_has_no_row_for_it():
    assert rows(("pdf.xref.saves", "0")) == {}
    assert rows(("pdf.xref.saves", "2")) == {"saved again": "2"}
