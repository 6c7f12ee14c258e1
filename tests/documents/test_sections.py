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


BODY = (
    "For six years I have cared for people on a busy ward, and my colleagues would say that I keep calm when "
    "others do not. I would like to bring this to the people who come to you.\n\n"
    "Earlier I worked in a school, where I learned to explain the same thing in five ways to five people, and "
    "my supervisors asked me to train those who came after me.\n\n"
)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("To the nursing recruitment team:\n\n", "Sincerely,\n\nAnn Author\n"),
        ("Dear Ms. Sample,\n\n", "Ann Author\n"),
        ("Ladies and Gentlemen:\n\n", "With warm regards,\nAnn Author\n"),
        (
            "March 3, 2024\n\nSt. Sample Hospital\nMiami, FL\n\nRe: Registered nurse, night shift\n\n",
            "Ann Author\n",
        ),
        ("3 March 2024\n\nSt. Sample Hospital\nMiami, FL\n\n", "Respectfully yours,\n\nAnn Author\n"),
    ],
)
def test_letters_by_their_forms(above: str, below: str) -> None:
    text = f"Ann Author\nann@example.org\n\n{above}{BODY}{below}"
    assert parse(text.encode(), id="", path="x", plain=True, limits=Settings()).kind == "cover_letter"


def test_prose_alone_is_no_letter() -> None:
    text = f"My Life\n\nMarch 3, 2024\n\n{BODY}{BODY}The end.\n"
    assert parse(text.encode(), id="", path="x", plain=True, limits=Settings()).kind == "other"


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("BERUFSERFAHRUNG", "experience"),
        ("Persönliche Daten", "header"),
        ("Ausbildung und Studium", "education"),
        ("EDV-Kenntnisse:", "skills"),
        ("Expériences professionnelles", "experience"),
        ("Diplômes et formations", "education"),
        ("CENTRES D’INTÉRÊT", "other"),
        ("Experiencia laboral", "experience"),
        ("Formación académica", "education"),
        ("Idiomas y competencias", "skills"),
        ("Esperienze lavorative", "experience"),
        ("Istruzione e formazione", "education"),
        ("Experiência Profissional", "experience"),
        ("Formação Acadêmica", "education"),
        ("Werkervaring", "experience"),
        ("Opleidingen en cursussen", "education"),
        ("Talenkennis", "skills"),
    ],
)
def test_headings_of_other_languages_are_known(heading: str, section: str) -> None:
    assert heading_section(heading) == section


def test_two_names_with_an_and_that_is_not_theirs_are_no_heading() -> None:
    assert heading_section("Ausbildung und Äpfel") is None
