from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forensics.documents.inline import divide
from forensics.documents.parse import parse
from forensics.settings import Settings

ITEMS = [
    "Built a pipeline that moves four million messages a day.",
    "Cut the cost of the Linux Project by half and kept two people busy for years.",
    "Led a team of five through the Education of a whole department.",
    "Moved 64 GB of history out of one store into another one.",
]


def said(text: str) -> list[tuple[str, str]]:
    read = parse(text.encode(), id="", path="x.txt", plain=True, limits=Settings())
    assert read.text == text
    return [(each.section, read.text[each.start : each.end]) for each in read.passages]


@pytest.mark.parametrize("between", [" • ", "\u00a0 •", "   ▪ ", " • \u00a0", " \uf0b7 ", "  â€¢ "])
def test_bullets_in_one_line_are_passages(between: str) -> None:
    found = [text for _, text in said("Experience:" + "".join(between + item for item in ITEMS))]
    assert len(found) == len(ITEMS) + 1
    for text, item in zip(found[1:], ITEMS, strict=True):
        assert text.endswith(item) and len(text) <= len(item) + 4


def test_a_whole_resume_in_one_line() -> None:
    line = (
        "Jane Roe jane@example.org (212) 555-0132 Summary Engineer with ten years of work. Professional "
        "Experience Senior Engineer, Acme Corp, New York, 2015 - Present "
        + " ".join(f"• {item}" for item in ITEMS)
        + " Education Bachelor of Science, Special Education Teacher program, State College, 2014. SKILLS Java, Go"
    )
    assert said(line) == [
        ("header", "Jane Roe jane@example.org (212) 555-0132"),
        ("summary", "Summary"),
        ("summary", "Engineer with ten years of work."),
        ("experience", "Professional Experience"),
        ("experience", "Senior Engineer, Acme Corp, New York, 2015 - Present"),
        *(("experience", f"• {item}") for item in ITEMS),
        ("education", "Education"),
        ("education", "Bachelor of Science, Special Education Teacher program, State College, 2014."),
        ("skills", "SKILLS"),
        ("skills", "Java, Go"),
    ]


def test_columns_of_blanks() -> None:
    line = (
        "OFFICE MANAGER       Summary     Manager with ten years of experience in offices.  Keeps calm.       "
        "Experience      Feb 2012   to   Current     Company Name   －   City  ,   State     Manager      "
        + "     ".join(ITEMS)
        + "     Skills     Excel, payroll"
    )
    found = said(line)
    assert [text for section, text in found if section == "summary"] == [
        "Summary", "Manager with ten years of experience in offices.  Keeps calm.",
    ]  # fmt: skip
    assert [text for section, text in found if section == "experience"] == [
        "Experience", "Feb 2012   to   Current", "Company Name   －   City  ,   State", "Manager", *ITEMS,
    ]  # fmt: skip
    assert found[-1] == ("skills", "Excel, payroll")


def test_what_is_no_list_stays_whole() -> None:
    paragraph = (
        "I finished my studies in 2014. Education was my subject, and I typed two blanks after each full stop.  "
        "This is an old habit.  It is no list.  The Skills of typists are many, and the Project of my life is "
        "this.  Some say that a paragraph should end."
    )
    contact = "Oakland, CA • (510) 555-0127 • marisol@example.com • example.org"
    assert divide(paragraph) == [(0, len(paragraph))]
    assert divide(contact) == [(0, len(contact))]


@given(st.text(alphabet=st.sampled_from("•* \u00a0\taB.1:,\n"), max_size=600).map(lambda text: text.strip()))
def test_ranges_leave_out_blanks_only(line: str) -> None:
    line = line.replace("\n", "  Skills  ") + " x" * 120
    at = 0
    for start, end in divide(line):
        assert at <= start < end and not line[at:start].strip()
        at = end
    assert not line[at:].strip()
