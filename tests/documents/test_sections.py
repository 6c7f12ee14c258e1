from __future__ import annotations

import pytest

from forensics.documents.kinds import language
from forensics.documents.parse import parse
from forensics.documents.sections import heading_section
from forensics.settings import Settings

LETTER = """Ann Author
12 Main Street
ann@example.org

March 3, 2024

Dear Hiring Manager,

I am writing to apply for the position of engineer at your company. For six years I have
built services that people rely on every day, and I would like to do so with your team.

I look forward to speaking with you.

Sincerely,
Ann Author
"""

RESUME = """Ann Author
ann@example.org | (212) 555-0132

E X P E R I E N C E
Engineer, Acme, 2010 - 2012
- Wrote code.

TECHNICAL SKILLS:
Java, Go

Education & Training
BSc, State College, 2006 - 2010
"""


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("WORK EXPERIENCE", "experience"),
        ("Professional Experience:", "experience"),
        ("E D U C A T I O N", "education"),
        ("W O R K  H I S T O R Y", "experience"),
        ("## Skills", "skills"),
        ("3. Licenses & Certifications", "certifications"),
        ("Résumé", "header"),
        ("Awards and Publications", "other"),
        ("I have experience", None),
        ("Acme", None),
    ],
)
def test_headings(heading: str, section: str | None) -> None:
    assert heading_section(heading) == section


@pytest.mark.parametrize(
    ("text", "kind"),
    [(LETTER, "cover_letter"), (RESUME, "resume"), ("A recipe for soup. Take water and salt.", "other")],
)
def test_kind(text: str, kind: str) -> None:
    assert parse(text.encode(), id="", path="x", plain=True, limits=Settings()).kind == kind


def test_sections_follow_their_headings() -> None:
    read = parse(RESUME.encode(), id="", path="x", plain=True, limits=Settings())
    found = [(each.section, read.text[each.start : each.end]) for each in read.passages]
    assert found == [
        ("header", "Ann Author"),
        ("header", "ann@example.org | (212) 555-0132"),
        ("experience", "E X P E R I E N C E"),
        ("experience", "Engineer, Acme, 2010 - 2012"),
        ("experience", "- Wrote code."),
        ("skills", "TECHNICAL SKILLS:"),
        ("skills", "Java, Go"),
        ("education", "Education & Training"),
        ("education", "BSc, State College, 2006 - 2010"),
    ]


def test_paragraphs_of_a_letter() -> None:
    read = parse(LETTER.encode(), id="", path="x", plain=True, limits=Settings())
    paragraphs = [read.text[each.start : each.end] for each in read.passages]
    (body,) = [each for each in paragraphs if each.startswith("I am writing")]
    assert body.endswith("your team.")


def test_language() -> None:
    assert language(LETTER) == "en"
    assert language("Kurz.") is None
    german = "Ich habe sechs Jahre lang Dienste gebaut, auf die sich Menschen jeden Tag verlassen. " * 4
    assert language(german) == "de"
