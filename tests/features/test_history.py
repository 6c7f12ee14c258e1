"""Work history, education and referees as nouns: whichever way their headings are written."""

import re

import pytest
from written import document, person

from forensics.features.entities import read_claims

TOP = "Jane Doe\njane@example.com | 212-555-0132\n\nEXPERIENCE\n"


def work(text):
    return [(j.employer, j.title, j.location, j.start, j.end) for j in read_claims(document(text)).work]


def test_several_posts_at_one_employer():
    text = TOP + (
        "Brightwater Labs\n6 years\nStaff Engineer\nJan 2021 – Present\nAustin, TX\n• Ran the move.\n"
        "Engineer\n2018 – Dec 2020\n• Wrote the rules.\nHarbor Bank\nAnalyst\nMay 2015 – 2017\n• Counted.\n"
    )
    assert [j[:2] + j[3:] for j in work(text)] == [
        ("Brightwater Labs", "Staff Engineer", "2021-01", "present"),
        ("Brightwater Labs", "Engineer", "2018", "2020-12"),
        ("Harbor Bank", "Analyst", "2015-05", "2017"),
    ]


def test_an_employer_above_its_posts_is_no_job():
    text = TOP + (
        "Brightwater Labs, Austin, TX\t2015 – 2021\nStaff Engineer\t2018 – 2021\n• Ran.\n"
        "Engineer\t2015 – 2018\n• Wrote.\n"
    )
    assert work(text) == [
        ("Brightwater Labs", "Staff Engineer", "Austin, TX", "2018", "2021"),
        ("Brightwater Labs", "Engineer", "Austin, TX", "2015", "2018"),
    ]


def test_a_project_belongs_to_the_job_above_it():
    text = TOP + (
        "Brightwater Labs | Engineer\n2018 – 2021\nProject: Harbour Ledger (2019 – 2020)\n• Moved it.\n"
        "Harbor Bank | Analyst\n2015 – 2017\n• Counted.\n"
    )
    found = read_claims(document(text))
    assert [(j.employer, len(j.passages)) for j in found.work] == [
        ("Brightwater Labs", 4),
        ("Harbor Bank", 3),
    ]


@pytest.mark.parametrize(
    "order",
    ["{t}\n{e}\n{d}\n", "{d}\n{e}\n{t}\n", "{e} — {t}\n{d}\n", "{d}\t{t}, {e}\n", "{t} | {e} | {d}\n"],
)
@pytest.mark.parametrize("tasks", ["", "• Built the pier and kept it dry.\n"])
def test_any_order_of_heading(order, tasks):
    """Employers that no list knows, with and without anything between the jobs."""
    jobs = [("Quillfin", "Data Analyst", "2019 – 2021"), ("Tidewrack", "Clerk", "2015 – 2018")]
    text = TOP + "".join(order.format(e=e, t=t, d=d) + tasks for e, t, d in jobs)
    assert [j[:2] for j in work(text)] == [j[:2] for j in jobs]


def test_offsets_and_passages_are_those_of_the_document():
    made = document(TOP + "Quillfin — Analyst\n2019 – 2021\n• Counted ships.\n")
    (job,) = read_claims(made).work
    assert made.text[slice(*job.heading)] == "Quillfin — Analyst\n2019 – 2021"
    assert made.text[slice(*job.dates)] == "2019 – 2021"
    said = [made.text[made.passages[at].start : made.passages[at].end] for at in job.passages]
    assert said == ["Quillfin — Analyst", "2019 – 2021", "• Counted ships."]


def test_education():
    text = TOP + (
        "\nEDUCATION\nNorthfield University\t2010 – 2014\nB.S. in Physics\n\nETH Zürich, 2009\nDiploma in Accounting\n"
    )
    found = [(e.school, e.degree, e.field, e.start, e.end) for e in read_claims(document(text)).education]
    assert found == [
        ("Northfield University", "B.S.", "Physics", "2010", "2014"),
        ("ETH Zürich", "Diploma", "Accounting", None, "2009"),
    ]


def test_referees():
    text = (
        TOP
        + "\nREFERENCES\nDr. Mirela Vance, Director, Harbor Bank\nmvance@example.org, 212-555-0188\n\nBo Quill\n"
    )
    found = [(r.name, r.title, r.employer, r.email, r.phone) for r in read_claims(document(text)).referees]
    assert found == [
        ("Mirela Vance", "Director", "Harbor Bank", "mvance@example.org", "+12125550188"),
        ("Bo Quill", None, None, None, None),
    ]


def test_an_agency_without_a_word_for_it():
    text = (
        "Hollis & Marrow\n88 Pecan Court, Austin, TX\n512-555-0100 | anna@hollismarrow.example.com\n"
        "{}Bo Quill\nJava Developer\n\nEXPERIENCE\nQuillfin — Analyst\n2019 – 2021\n"
    )
    for between in ("", "\nCANDIDATE PROFILE\n"):
        found = person(text.format(between))
        assert (found.name, found.emails, found.phones) == ("Bo Quill", (), ()), between


def test_first_names_with_an_initial_above_the_last_name():
    assert person("Emeka J.\nThornbury\nemeka.thornbury@example.com\n").name == "Emeka J. Thornbury"


@pytest.mark.parametrize(
    "line",
    [
        "Softwareentwickler bei Müller & Söhne GmbH",
        "Softwareentwickler beim Hafenamt Köln",
        "Développeur chez Orvane SARL",
        "Project Manager bij Veldwerk BV",
        "Contabile presso Banca Orsini",
    ],
)
def test_the_word_between_post_and_employer_in_other_languages(line):
    title, _, employer = re.split(r" (bei|beim|chez|bij|presso) ", line)
    found = work(f"{TOP}03/2019 - 05/2021 {line}\n• Kept the ledgers of nine teams.\n")
    assert [job[:2] for job in found] == [(employer, title)]
