"""Jobs without dated headings, clients, teams in titles, degrees and schools as they are written around the world."""

from __future__ import annotations

import pytest

from forensics.documents.parse import parse
from forensics.features.features import Features
from forensics.features.measure import measure
from forensics.settings import Settings

TOP = "Mara Oduya-Lind\nmara@example.org\n\n"
TASKS = "\n• Kept the ledger in order for nine years.\n• Trained two colleagues on the new tills.\n"


def read(text: str) -> Features:
    return measure(parse(text.encode(), id="", path="x", plain=True, limits=Settings())).features


def jobs(text: str) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(j.employer, j.title, j.start, j.end) for j in read(text).work]


@pytest.mark.parametrize(
    "heading",
    [
        "Store Manager\nQuantrix - Leeds, UK",
        "Quantrix, Leeds, UK\nStore Manager",
        "Store Manager at Quantrix",
    ],
)
def test_a_job_without_dates(heading: str) -> None:
    text = f"{TOP}Experience\n\n{heading}{TASKS}\nClerk | Vantor | 2012 - 2014{TASKS}"
    assert ("Quantrix", "Store Manager", None, None) in jobs(text)


def test_tasks_that_begin_with_a_title_are_no_job() -> None:
    said = "Manager meetings were held weekly by all.\nQuarterly reports\n"
    text = f"{TOP}Experience\n\nClerk | Vantor | 2012 - 2014\n\n{said}"
    assert jobs(text) == [("Vantor", "Clerk", "2012", "2014")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Worked as a Store Manager at Quantrix from March 2016 to May 2018.",
        "Working with Quantrix as Store Manager from March 2016 to May 2018",
    ],
)
def test_a_job_told_in_a_sentence(sentence: str) -> None:
    assert jobs(f"{TOP}Work Experience\n\n• {sentence}\n") == [
        ("Quantrix", "Store Manager", "2016-03", "2018-05")
    ]


def test_a_sentence_without_an_employer_is_no_job() -> None:
    assert jobs(f"{TOP}Work Experience\n\n• Worked as a team with passion for quality.\n") == []


def test_a_client_below_an_employer_is_not_the_employer() -> None:
    text = f"{TOP}Experience\n\nVantor, Leeds\nClient: Quorum Bank\nSoftware Developer\nMar 2016 to May 2018{TASKS}"
    assert jobs(text) == [("Vantor", "Software Developer", "2016-03", "2018-05")]
    alone = f"{TOP}Experience\n\nClient: Quorum Bank\nRole: Software Developer\nDuration: Mar 2016 to May 2018{TASKS}"
    assert jobs(alone) == [("Quorum Bank", "Software Developer", "2016-03", "2018-05")]


def test_what_a_director_directs_belongs_to_the_title_and_a_team_does_not() -> None:
    text = (
        f"{TOP}Experience\n\nDirector, Clinical Research | Vantor Ltd | 2016 - 2018{TASKS}"
        f"\nEngineer, Payments | Quantrix Ltd | 2014 - 2016{TASKS}"
    )
    assert [title for _, title, _, _ in jobs(text)] == ["Director, Clinical Research", "Engineer"]


def test_the_headline_below_the_name_is_a_title_and_no_job() -> None:
    features = read(
        "Mara Oduya-Lind\nSenior Consultant - Quantrix\nmara@example.org\n\nSummary\nTen steady years.\n"
    )
    found = {(e.label, e.text) for e in features.entities}
    assert ("TITLE", "Senior Consultant") in found
    assert features.work == ()


@pytest.mark.parametrize(
    ("written", "degree", "field"),
    [
        ("MSc Robotics, TU Dresden, 2012", "MSc", "Robotics"),
        ("b.tech in electronics, VTU, 2012", "b.tech", "electronics"),
        ("M.TECH VLSI DESIGN, NIT TRICHY, 2012", "M.TECH", "VLSI DESIGN"),
        ("Abitur, Lessing-Gymnasium, 2012", "Abitur", None),
        ("Laurea triennale in Economia, Sapienza Università di Roma, 2012", "Laurea triennale", "Economia"),
        ("Licenciatura en Derecho, Universidad Complutense de Madrid, 2012", "Licenciatura", "Derecho"),
        ("Mestrado em Engenharia Civil, Universidade de Aveiro, 2012", "Mestrado", "Engenharia Civil"),
        ("12th standard, Kendriya Vidyalaya, 2012", "12th standard", None),
        ("MBA, Imperial College London, 2012", "MBA", None),
    ],
)
def test_a_degree_with_its_field_and_school(written: str, degree: str, field: str | None) -> None:
    (one,) = read(
        f"{TOP}Experience\n\nClerk, Vantor Ltd, 2013 - 2014{TASKS}\nEducation\n\n{written}\n"
    ).education
    assert (one.degree, one.field, one.end) == (degree, field, "2012")
    assert one.school is not None and one.school in written


@pytest.mark.parametrize(
    "school", ["narayana jr. college", "KGISL INSTITUTE OF TECHNOLOGY", "St. Brannoc's High School"]
)
def test_a_school_by_its_kind_in_any_case(school: str) -> None:
    text = f"{TOP}Experience\n\nClerk, Vantor Ltd, 2013 - 2014{TASKS}\nEducation\n\n{school}\n2008 - 2012\n"
    assert [one.school for one in read(text).education] == [school]


def test_an_acronym_is_a_school_only_among_schools() -> None:
    text = f"{TOP}Experience\n\nClerk, Vantor Ltd, 2013 - 2014\n• Found our USP and put a KIT together.\n"
    assert [e for e in read(text).entities if e.label == "SCHOOL"] == []
