from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from written import document, entities, texts, values

from forensics.features.entities import find_entities
from forensics.features.features import LABELS

TOP = "Jane Doe\njane@example.com | 212-555-0132\n\nEXPERIENCE\n"
TASKS = "\n• Built the billing service and cut its cost by 30%.\n• Wrote the tests.\n"

JOBS = {
    "dash": (
        "Brightwater Systems, Inc. — Senior Software Engineer, Jan 2019 – Present",
        "Brightwater Systems, Inc.",
        "Senior Software Engineer",
    ),
    "bar": ("Software Engineer | Brightwater | Austin, TX | 2019 - 2021", "Brightwater", "Software Engineer"),
    "at": ("Software Engineer at Brightwater (2019 - 2021)", "Brightwater", "Software Engineer"),
    "@": ("Data Analyst @ Brightwater, Mar 2018—Apr 2020", "Brightwater", "Data Analyst"),
    "comma": ("Product Manager, Brightwater, New York, NY, 2019-2021", "Brightwater", "Product Manager"),
    "tab": (
        "Brightwater Labs\tJan 2019 – Present\nSoftware Engineer II\tAustin, TX",
        "Brightwater Labs",
        "Software Engineer II",
    ),
    "two rows": (
        "Brightwater\nPrincipal Consultant, 03/2019 – 05/2021",
        "Brightwater",
        "Principal Consultant",
    ),
    "three rows": (
        "Brightwater\nSoftware Developer\nJune 2017 to August 2019",
        "Brightwater",
        "Software Developer",
    ),
    "date first": (
        "Jan 2019 – Present\nSenior Engineer\nBrightwater Bank",
        "Brightwater Bank",
        "Senior Engineer",
    ),
    "date on the left": (
        "2019 – 2021  Nurse, Mercy Hill Hospital, Dayton, OH",
        "Mercy Hill Hospital",
        "Nurse",
    ),
    "title with of": (
        "Director of Engineering, Brightwater GmbH, Berlin, 2015 – 2018",
        "Brightwater GmbH",
        "Director of Engineering",
    ),
    "team": ("Software Engineer, Payments | Brightwater | 2019 - 2021", "Brightwater", "Software Engineer"),
    "ampersand": ("Miller & Stone LLP, Associate, 2014-2016", "Miller & Stone LLP", "Associate"),
    "intern": (
        "Software Engineering Intern\nBrightwater, Seattle, WA\tSummer 2018",
        "Brightwater",
        "Software Engineering Intern",
    ),
    "university employer": (
        "Northfield University — Research Assistant, 2012 – 2014",
        "Northfield University",
        "Research Assistant",
    ),
    "india": (
        "Brightwater Infotech Pvt. Ltd., Pune, India\nTeam Lead\tApr 2016 – Till date",
        "Brightwater Infotech Pvt. Ltd.",
        "Team Lead",
    ),
    "labelled": (
        "Client: Brightwater Insurance, Dallas, TX    Jan 2019 – Present\nRole: Java Developer",
        "Brightwater Insurance",
        "Java Developer",
    ),
    "capitals": (
        "BRIGHTWATER CORPORATION, Chicago, IL\nSENIOR ANALYST, 2010 – 2012",
        "BRIGHTWATER CORPORATION",
        "SENIOR ANALYST",
    ),
    "full time": (
        "Brightwater · Full-time\nStaff Engineer\nJan 2019 - Present · 3 yrs 2 mos",
        "Brightwater",
        "Staff Engineer",
    ),
}


@pytest.mark.parametrize("case", JOBS)
def test_the_heading_of_a_job(case):
    heading, employer, title = JOBS[case]
    text = TOP + heading + TASKS + "\nOther Works LLC — Clerk, 2008 – 2009" + TASKS
    assert texts(text, "EMPLOYER") == [employer, "Other Works LLC"]
    assert texts(text, "TITLE") == [title, "Clerk"]


def test_jobs_without_bullets():
    text = TOP + "Brightwater Corp\nEngineer\n2019-2020\nHarbor LLC\nAnalyst\n2017–2018\n"
    assert texts(text, "EMPLOYER") == ["Brightwater Corp", "Harbor LLC"]
    assert texts(text, "TITLE") == ["Engineer", "Analyst"]


def test_an_employer_is_marked_where_it_recurs_but_words_are_not():
    text = TOP + (
        "Target Analytics, Inc. — Engineer, 2019 – 2021\n• Target users of Target Analytics by region.\n"
        "Summit — Analyst, 2017 – 2018\n• Summit meetings were held at Summit in May.\n• Summit's data "
        "grew.\n"
    )
    assert texts(text, "EMPLOYER") == [
        "Target Analytics, Inc.",
        "Target Analytics",
        "Summit",
        "Summit",
        "Summit",
    ]
    assert values(text, "EMPLOYER")[1] == "Target Analytics, Inc."


def test_a_name_that_recurs_over_the_end_of_a_line():
    text = (
        TOP
        + "Brightwater Systems, Inc.\nEngineer | 2019 – 2021\n• Built the pipelines of Brightwater\nSystems.\n"
    )
    assert texts(text, "EMPLOYER") == ["Brightwater Systems, Inc.", "Brightwater\nSystems"]


def test_bullets_hold_no_employer_of_their_own():
    text = (
        TOP
        + "Brightwater — Engineer, 2019 – 2021"
        + (
            "\n• Migrated Oracle Database to Amazon Web Services in 2020.\n• Led Project Phoenix from Jan "
            "2020 "
            "to May 2020\n"
            "• Worked with Product, Design and Legal\nDeveloped Spring Boot services\nResponsible for Data "
            "Warehouse Design\n"
        )
    )
    assert texts(text, "EMPLOYER") == ["Brightwater"]


EDUCATION = {
    "B.S. in Computer Science, Northfield University, 2014": (
        "B.S. in Computer Science",
        "Northfield University",
    ),
    "Northfield University — Bachelor of Science in Computer Science, 2010 – 2014": (
        "Bachelor of Science in Computer Science",
        "Northfield University",
    ),
    "Master of Business Administration, University of Lakeview, 2016": (
        "Master of Business Administration",
        "University of Lakeview",
    ),
    "BS Computer Science, University of California, Berkeley": (
        "BS Computer Science",
        "University of California, Berkeley",
    ),
    "Ph.D. Physics, Massachusetts Institute of Technology": (
        "Ph.D. Physics",
        "Massachusetts Institute of Technology",
    ),
    "B.Tech in Electronics, IIT Bombay, 2012": ("B.Tech in Electronics", "IIT Bombay"),
    "BSc (Hons) Mathematics, Lakeview College, 2011": ("BSc (Hons) Mathematics", "Lakeview College"),
    "Associate's degree in Nursing, Dayton Community College": (
        "Associate's degree in Nursing",
        "Dayton Community College",
    ),
    "MBA, Lakeview School of Business, 2018": ("MBA", "Lakeview School of Business"),
    "Diplom-Informatiker, Technische Universität Dresden": (
        "Diplom-Informatiker",
        "Technische Universität Dresden",
    ),
    "High School Diploma, Lincoln High School, 2006": ("High School Diploma", "Lincoln High School"),
}


@pytest.mark.parametrize("line", EDUCATION)
def test_education(line):
    degree, school = EDUCATION[line]
    text = TOP + "Brightwater — Engineer, 2019 – 2021\n\nEDUCATION\n" + line + "\n"
    assert texts(text, "DEGREE") == [degree]
    assert texts(text, "SCHOOL") == [school]


def test_a_school_recurs():
    text = "Jane Doe\nSUMMARY\nStudied at Lakeview College.\nEDUCATION\nLakeview College, 2014\n"
    assert texts(text, "SCHOOL") == ["Lakeview College", "Lakeview College"]


PLACES = {
    "Springfield, IL 62701": "Springfield, IL 62701",
    "New York, NY 10001-1234": "New York, NY 10001-1234",
    "San Francisco, California": "San Francisco, California",
    "Toronto, ON, Canada": "Toronto, ON, Canada",
    "Pune, India": "Pune, India",
    "Berlin, Germany": "Berlin, Germany",
    "Winston-Salem, NC": "Winston-Salem, NC",
    "St. Louis, MO": "St. Louis, MO",
    "London": "London",
    "Seoul": "Seoul",
    "Remote": "Remote",
}


@pytest.mark.parametrize("place", PLACES)
def test_places_in_header_and_heading(place):
    assert texts(f"Jane Doe\n{place}\njane@example.com\n", "LOCATION") == [PLACES[place]]
    job = TOP + f"Brightwater Labs, {place}\nEngineer, 2019 – 2021\n"
    assert texts(job, "LOCATION") == [PLACES[place]]
    assert texts(job, "EMPLOYER") == ["Brightwater Labs"]


@pytest.mark.parametrize(
    "street",
    [
        "12 Main Street",
        "1200 N. Lake Shore Dr Apt 4B",
        "44 5th Ave, Suite 200",
        "14 Elm Grove",
        "Hauptstraße 12",
        "P.O. Box 120",
    ],
)
def test_streets_in_the_header(street):
    assert street in " ".join(texts(f"Jane Doe\n{street}\nSpringfield, IL 62701\n", "LOCATION"))


def test_places_in_running_text_need_to_be_sure():
    text = TOP + "Brightwater — Engineer, 2019 – 2021\n• Reading groups in Chicago; Mobile apps in Germany."
    assert texts(text, "LOCATION") == ["Chicago", "Germany"]


def test_credentials_are_no_state():
    assert texts("Jane Doe, MD\njane@example.com\n", "LOCATION") == []


LETTER = (
    "Jane Doe\njane@example.com\n\nMarch 3, 2024\n\nKaren Hall\nHiring Manager\nBrightwater Systems\n400 "
    "Lake Street\n"
    "Austin, TX 78701\n\nDear Ms. Hall,\n\nI am writing to apply for the Senior Data Engineer position at "
    "Brightwater Systems. "
    "In my current role as a Software Engineer at Harbor Works, I build pipelines in Python. At heart I like "
    "data. "
    "I admire what Brightwater Systems does.\n\nSincerely,\nJane Doe"
)


def test_the_slots_of_a_letter():
    assert set(texts(LETTER, "EMPLOYER", kind="cover_letter")) == {"Brightwater Systems", "Harbor Works"}
    assert texts(LETTER, "EMPLOYER", kind="cover_letter").count("Brightwater Systems") == 3
    assert texts(LETTER, "TITLE", kind="cover_letter") == ["Senior Data Engineer", "Software Engineer"]
    assert texts(LETTER, "PERSON", kind="cover_letter") == ["Jane Doe", "Karen Hall", "Ms. Hall", "Jane Doe"]
    assert texts(LETTER, "LOCATION", kind="cover_letter") == ["400 Lake Street", "Austin, TX 78701"]


def test_the_applicants_name_recurs_in_any_case():
    found = entities("JANE DOE\njane@example.com\nSUMMARY\nJane Doe is an engineer. Doe, Jane\n", "PERSON")
    assert [(e.text, e.value) for e in found] == [
        ("JANE DOE", "Jane Doe"),
        ("Jane Doe", "Jane Doe"),
        ("Doe, Jane", "Jane Doe"),
    ]


def test_dates_are_no_phones():
    text = TOP + "Brightwater — Engineer, 12/2014-03/2016\n• ISBN 978-0-306-40615-7, id 1234567890\n"
    assert values(text, "PHONE") == ["+12125550132"]
    assert values(text, "DATE") == ["2014-12/2016-03"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "\x00\x00", "a", "\ufeff", "Dear", "EXPERIENCE", "2019", "@", "212-555-0132"]
)
def test_scraps(text):
    assert all(e.end <= len(text) for e in find_entities(document(text)))


@pytest.mark.parametrize("text", [LETTER, TOP + "".join(heading + TASKS for heading, _, _ in JOBS.values())])
def test_entities_are_ordered_and_do_not_overlap(text):
    found = find_entities(document(text))
    assert len(found) > 10
    for entity in found:
        assert entity.label in LABELS
        assert text[entity.start : entity.end] == entity.text
        assert entity.text.strip() == entity.text
        assert entity.value
    assert all(a.end <= b.start for a, b in pairwise(found))


PIECES = [
    "Jane Doe", "\n", "\n\n", "\t", " | ", ", ", "jane@example.com", "212-555-0132", "Jan 2019 – Present", "EXPERIENCE",
    "Brightwater, Inc.", "Software Engineer", "• ", "Dear Ms. Hall,", "Sincerely,",
    "https://github.com/x", "Austin, TX 78701",
    "Northfield University", "B.S. in Physics", "\x00", "é", "김민준", " at ", "(", ")", "-", "2019", "'19", "+", "@",
    ".",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_ordered_spans_of_itself(text):
    for kind in ("resume", "cover_letter", "other"):
        found = find_entities(document(text, kind=kind))
        assert all(text[e.start : e.end] == e.text and e.text for e in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
