"""Kinds of documents: what only looks like a résumé or a letter is neither, in seven languages."""

from __future__ import annotations

import io

import pytest

from forensics.documents.parse import parse
from forensics.settings import Settings


def kind(data: bytes | str) -> str:
    """The kind of a file."""
    given = data.encode() if isinstance(data, str) else data
    return parse(given, id="", path="x", plain=True, limits=Settings()).kind


def word_file(*paragraphs: tuple[str, str]) -> bytes:
    """A DOCX by python-docx: (style, text) each."""
    from docx import Document

    file = Document()
    for style, text in paragraphs:
        file.add_paragraph(text, style=style)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


PROSE = (
    "The method reads each measurement once and keeps a table of what it has seen, so that the cost grows with "
    "the number of stations and not with that of the readings taken at them. "
)
PAPER = f"""Drainage of Steep Roads by Grass Verges

Ann Author, Bo Author
ann@example.org

Abstract
{PROSE}

1 Introduction
{PROSE * 3}

References
[1] A. Sample. Roads. 1998.
[2] B. Sample. Rain. 2004.
[3] C. Sample. Grass. 2011.
[4] D. Sample. Verges. 2015.
"""
MANUAL = (
    """The verge package
Ann Author, ann@example.org, version 2.1, 2012, 2014, 2018, 2020

To use this package, follow the steps below:

Skills
What you need to know before you begin.

"""
    + f"I recommend that my readers look forward to the second chapter. {PROSE}\n\n" * 70
)
MINUTES = f"""Minutes of the meeting of 3 March 2024

Present: Ann Author, Bo Author. Apologies: Cy Sample.

1. Agenda. The agenda was agreed.
2. Experience with the new verges. {PROSE}
3. Any other business. None.
"""
INVOICE = """Author Verges Ltd.
Invoice 2024-117, 3 March 2024

Dear Ms. Sample,

Please find below our invoice for the delivery of last week. Payment is due within thirty days of its date.

Grass seed, 40 kg     120.00
Delivery               15.00

Kind regards,
Ann Author
"""
LEASE = """3 March 2024

Dear Mr. Sample,

I write about the premises at 4 Sample Street, of which I have been the tenant since May. My neighbours and I have
had no heating for three weeks, and I ask you to have it mended before the cold comes back to us this month.

My payment for the month is on its way, and I would be glad of a date on which my landlord will come to see it. I can
be at home on any day of the week from four in the afternoon on, so that the door is open to whoever comes.

Yours sincerely,
Bo Sample
"""


@pytest.mark.parametrize("text", [PAPER, MANUAL, MINUTES, INVOICE, LEASE], ids=lambda text: text[:12].strip())
def test_what_is_neither(text: str) -> None:
    assert kind(text) == "other"


def test_neither_in_a_word_file() -> None:
    report = [("Title", "Annual report 2023"), ("Heading 1", "Summary"), ("Normal", PROSE * 3)]
    report += [("Heading 1", "References"), ("Normal", "Sample 1998, Sample 2004, Sample 2011, Sample 2015")]
    assert kind(word_file(*report)) == "other"
    minutes = [("Title", "Minutes"), *(("Normal", line) for line in MINUTES.splitlines() if line)]
    assert kind(word_file(*minutes)) == "other"


@pytest.mark.parametrize(
    "title",
    [
        "CURRICULUM VITAE",
        "Curriculum-Vitae",
        "RESUME",
        "Résumé",
        "Bio-Data",
        "Lebenslauf",
        "Resume of Ann Author",
    ],
)
def test_a_title_makes_a_resume_of_a_sheet_without_headings(title: str) -> None:
    text = f"{title}\nAnn Author\nann@example.org\n\nB.Sc. of the State College, 2010\nClerk at a mill since 2014\n"
    assert kind(text) == "resume"
    assert kind(text.split("\n", 1)[1]) == "other"


def test_a_long_resume_stays_one() -> None:
    jobs = "".join(
        f"Engineer, Acme, {year} - {year + 1}\n- {PROSE}\n- {PROSE}\n\n" for year in range(1960, 2020)
    )
    text = f"Ann Author\nann@example.org\n\nEXPERIENCE\n{jobs}\nEDUCATION\nBSc, State College, 1956 - 1959\n"
    assert len(text.split()) > 2_500 and kind(text) == "resume"


LETTERS = {
    "de": ("Sehr geehrte Frau Muster,", "hiermit bewerbe ich mich um die ausgeschriebene Stelle als Ingenieurin. Seit "
           "sechs Jahren plane ich Straßen.", "Mit freundlichen Grüßen"),
    "fr": ("Madame, Monsieur,", "je vous adresse ma candidature au poste d’ingénieure. Depuis six ans je dessine des "
           "routes dans votre région.", "Veuillez agréer, Madame, Monsieur, mes salutations distinguées."),
    "es": ("Estimada señora Muestra:", "le presento mi candidatura al puesto de ingeniera. Desde hace seis años "
           "proyecto carreteras.", "Atentamente,"),
    "it": ("Gentile dottoressa Esempio,", "invio la mia candidatura per la posizione di ingegnere. Da sei anni "
           "progetto strade.", "Cordiali saluti,"),
    "pt": ("Prezada senhora Amostra,", "apresento a minha candidatura à vaga de engenheira. Há seis anos projeto "
           "estradas.", "Atenciosamente,"),
    "nl": ("Geachte mevrouw Voorbeeld,", "hierbij solliciteer ik naar de vacature van ingenieur. Sinds zes jaar "
           "ontwerp ik wegen.", "Met vriendelijke groet,"),
}  # fmt: skip


@pytest.mark.parametrize("language", LETTERS)
def test_letters_in_other_languages(language: str) -> None:
    greeting, body, closing = LETTERS[language]
    text = f"Ann Author\nann@example.org\n\n{greeting}\n\n{body}\n\n{closing}\n\nAnn Author\n"
    assert kind(text) == "cover_letter"
