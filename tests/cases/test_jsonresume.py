"""Every document leaves as valid JSON Resume 1.0.0, and says there what it said here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import DEMO, Run
from jsonschema import Draft7Validator

SCHEMA = json.loads((Path(__file__).parent / "jsonresume" / "schema.json").read_text(encoding="utf-8"))
TEXT = """\
Amara Okafor-Lindqvist
Platform Engineer
amara@example.com | +1 212 555 0132 | Austin, TX 78701
github.com/amara-ol | amara-ol.example.com

Summary
Keeps small teams out of trouble.

Experience
Brightwater Labs, Austin, TX
Staff Engineer, Jan 2021 – Present
• Ran the move to one cluster.
Senior Engineer, 2018 – Dec 2020
• Wrote the pager rules.

Education
B.S. in Physics, Northfield University, 2014

Certifications
AWS Certified Solutions Architect

References
Dr. Mirela Vance, Director, Harbor Bank
mvance@example.org, +1 212 555 0188
"""


def valid(found: Any) -> None:
    wrong = list(Draft7Validator(SCHEMA).iter_errors(found))
    assert not wrong, [f"{list(error.path)}: {error.message[:200]}" for error in wrong]


@pytest.fixture
def resume(run: Run, tmp_path: Path) -> dict[str, Any]:
    file = tmp_path / "resume.txt"
    file.write_text(TEXT, encoding="utf-8")
    return run("show", file, "--format", "jsonresume").json


def test_it_says_what_the_text_says(resume: dict[str, Any]) -> None:
    valid(resume)
    assert resume["basics"]["name"] == "Amara Okafor-Lindqvist"
    assert resume["basics"]["location"] == {"city": "Austin", "region": "TX", "postalCode": "78701"}
    assert resume["basics"]["profiles"] == [
        {"network": "GitHub", "username": "amara-ol", "url": "https://github.com/amara-ol"}
    ]
    assert resume["work"] == [
        {
            "name": "Brightwater Labs", "position": "Staff Engineer", "location": "Austin, TX",
            "startDate": "2021-01", "highlights": ["Ran the move to one cluster."],
        },
        {
            "name": "Brightwater Labs", "position": "Senior Engineer", "location": "Austin, TX",
            "startDate": "2018", "endDate": "2020-12", "highlights": ["Wrote the pager rules."],
        },
    ]  # fmt: skip
    assert resume["education"] == [
        {"institution": "Northfield University", "studyType": "B.S.", "area": "Physics", "endDate": "2014"}
    ]
    assert [each["name"] for each in resume["references"]] == ["Mirela Vance"]


def test_every_demo_document_is_valid_and_a_broken_file_too(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    files = sorted((DEMO / "files").iterdir())
    found = run("show", *files, broken, "--format", "jsonresume", "--json").lines
    assert len(found) == len(files) + 1
    for each in found:
        valid(each)
    assert "basics" not in found[-1]
    assert found[-1]["meta"]["forensics"]["problems"][0]["code"] == "damaged"


ODD = {
    "empty": "",
    "blank": "  \n\n ",
    "word": "Hello",
    "letter": "Oskar Dvorak\nDenver, CO\n\nMarch 3, 2026\n\nDear Hiring Manager,\n\nI write to apply.\n\nSincerely,\n"
    "Oskar Dvorak\n",
    "scan": "0skar Dv0rak\n|||\nexper1ence\nMar 2O2O - Pres ent\n\x0cpage 2\n~~ 3O3-555-O142 oskar@ex ample.com\n"
    "https://[::1\nwww.\nmailto:\nlinkedin.com/in/\na@b\n",
    "links": "Ada Example\nada@exämple.com | https://münchen.de/ü | skype: live:.cid.abc\nhttps://a.b/<script>\n\n"
    "Experience\nEngineer, Foo Inc\n2019 - 2018\n00/2019 - 13/2020\n2030 - Present\n",
    "arabic": "محمد أحمد\nخبرة\nمهندس برمجيات\n٢٠١٩ - ٢٠٢٢\n\u202eevil\u202c\n",
    "control": "Ada Example\x00\x01\nada@example.com\nExperience\nEngineer, Foo\n2019 - 2020\n",
    "posting": "Senior Engineer (m/f/d)\nAcme Corp is hiring. Salary $100,000-$120,000.\n"
    "Apply at jobs@acme.example by 2026-01-01.\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", ODD)
def test_odd_documents_are_valid_too(run: Run, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"{kind}.txt"
    file.write_text(ODD[kind], encoding="utf-8")
    ran = run("show", file, "--format", "jsonresume")
    assert ran.code == 0
    valid(ran.json)


def test_a_german_resume(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "lebenslauf.txt"
    file.write_text(
        "Lebenslauf\n\nJürgen Groß-Müller\nHafenallee 12, 10119 Berlin\nTel.: 030 12345678\nj.gross@example.org\n\n"
        "Berufserfahrung\nseit 05/2019 Softwareentwickler bei Müller & Söhne GmbH, Berlin\n"
        "- Entwicklung von Schnittstellen\nSommer 2010 Werkstudent, Hafenwerk AG\n\n"
        "Ausbildung\n2005 – 2010 Diplom-Informatiker (FH), Technische Hochschule Köln\n",
        encoding="utf-8",
    )
    found = run("show", file, "--format", "jsonresume").json
    valid(found)
    assert found["basics"]["location"] == {
        "address": "Hafenallee 12",
        "postalCode": "10119",
        "city": "Berlin",
    }
    told = [
        (each["name"], each["position"], each["startDate"], each.get("endDate")) for each in found["work"]
    ]
    assert told == [
        ("Müller & Söhne GmbH", "Softwareentwickler", "2019-05", None),
        ("Hafenwerk AG", "Werkstudent", "2010", "2010"),
    ]
    assert found["education"][0]["institution"] == "Technische Hochschule Köln"
