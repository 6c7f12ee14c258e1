"""Texts written by hand → exhibits, and what an alignment says of them in words."""

from __future__ import annotations

from hashlib import sha256

from forensics.documents.document import Document
from forensics.documents.parse import parse
from forensics.features.entities import find_entities
from forensics.features.features import Applicant, Exhibit, Features
from forensics.features.tokens import tokens
from forensics.findings.finding import Aligned
from forensics.settings import Settings

JANE = """\
Jane Doe
jane.doe@example.com | +1 212 555 0132 | Boston, MA

Summary
Backend engineer who likes small teams and boring databases.

Experience
Senior Software Engineer, Acme Corp
Mar 2019 - Present
- Migrated the billing platform from a single Oracle instance to sharded PostgreSQL, cutting nightly runs by 40 percent.
- Designed an event driven order pipeline on Kafka that absorbed seasonal peaks without a single lost message.
- Introduced contract tests between nine services and removed the weekly release freeze.
- Mentored four junior developers and ran the guild for observability.
- Wrote the on call handbook and halved the number of night pages within two quarters.

Software Engineer, Initech
Jan 2015 - Feb 2019
- Built a reporting tool for warehouse managers using Django and a read replica.
- Replaced hand written deployment scripts with Ansible roles and a staging environment.

Education
BSc in Computer Science, Boston University, 2014

Skills
Python, Java, Docker, Kubernetes, AWS, Terraform, PostgreSQL, Kafka
"""

OTHER = """\
Mark Lindqvist
mark.lindqvist@example.org | +1 415 555 0177 | Portland, OR

Summary
Platform developer with a soft spot for compilers and cycling.

Experience
Staff Engineer, Umbrella Logistics
May 2020 - Present
- Rewrote the route planner in Rust and brought planning time for a full fleet under one second.
- Negotiated service level targets with the map vendor and automated their monthly verification.
- Led the move of forty cron jobs to a workflow scheduler with retries and alerts.

Developer, Hooli
Jun 2016 - Apr 2020
- Maintained the public SDK for mobile clients and answered its issue tracker every day.
- Shipped offline mode for the note editor, including conflict resolution and encrypted storage.

Education
MSc in Mathematics, Reed College, 2016

Skills
Python, Java, Docker, Kubernetes, AWS, Rust, Swift
"""


def exhibit(text: str, *, path: str = "resume.txt", entities: bool = True) -> Exhibit:
    """The text as a plain-text file, read and measured as far as alignment needs it."""
    data = text.encode()
    id = "sha256:" + sha256(data).hexdigest()
    if text.strip("\ufeff \t\r\n"):
        document = parse(data, id=id, path=path, plain=True, limits=Settings())
    else:  # a file in which nothing is written, as a scan without OCR is
        document = Document(id=id, path=path, format="text", kind="other", language=None, pages=1, text=text)
    assert document.text == text
    found = find_entities(document) if entities else ()
    return Exhibit(
        document=document,
        features=Features(
            applicant=Applicant(),
            entities=found,
            tokens=tokens(document, found),
        ),
    )


def said(side: Exhibit, passage: Aligned, which: str) -> str:
    """The text of side ``a`` or ``b`` of the passage, white space as single spaces."""
    start, end = passage.a if which == "a" else passage.b
    return " ".join(side.document.text[start:end].split())
