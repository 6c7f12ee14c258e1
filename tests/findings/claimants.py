"""Invented applicants with résumés and letters, and corpora of them: for findings across documents."""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import sha256

from forensics.documents.parse import parse
from forensics.features.measure import measure
from forensics.index.corpus import Corpus
from forensics.index.store import Application
from forensics.settings import Settings

JOBS = (
    ("Senior Data Engineer", "Tamarack Software", "Denver, CO", "Mar 2020 - Present"),
    ("Data Engineer", "Copperfield Health", "Boston, MA", "Jul 2016 - Feb 2020"),
    ("Junior Analyst", "Oakline Media", "Boston, MA", "Sep 2013 - Jun 2016"),
)
OTHERS = (
    ("Nurse Manager", "Silverbrook Medical Center", "Austin, TX", "May 2019 - Present"),
    ("Registered Nurse", "Northgate Clinic", "Austin, TX", "Feb 2012 - Apr 2019"),
)


def resume(
    name="Oskar Dvorak",
    email=None,
    phone="(303) 555-0142",
    address="Denver, CO 80202",
    jobs=JOBS,
    study="Bachelor of Science, Boston University, 2009 - 2013",
    extra="",
):
    email = email or f"{name.lower().replace(' ', '.')}@example.com"
    lines = [name, address, f"{email} | {phone}", "", "Experience"]
    for title, employer, place, dates in jobs:
        lines += [f"{title}, {employer}, {place}", dates, f"- Kept the ledgers of {len(name)} teams.", ""]
    return "\n".join([*lines, "Education", study, extra, ""])


def letter(
    name="Oskar Dvorak", email=None, phone="(303) 555-0142", address="Denver, CO 80202", to="Initech", body=""
):
    email = email or f"{name.lower().replace(' ', '.')}@example.com"
    return (
        f"{name}\n{address}\n{email} | {phone}\n\nMarch 3, 2026\n\n"
        f"Hiring Manager\n{to}\n\nDear Hiring Manager,\n\n{body}\n\n"
        f"For six years I have kept ledgers that nobody had to correct, and taught others.\n\nSincerely,\n{name}\n"
    )


def measured(text, path="resume.txt"):
    data = text.encode()
    return measure(
        parse(data, id=f"sha256:{sha256(data).hexdigest()}", path=path, plain=True, limits=Settings())
    )


@contextmanager
def corpus_of(folder, *stored):
    """A corpus of (text, fields of its application); as many strangers beside as make nothing common."""
    with Corpus.open(folder, create=True) as corpus:
        with corpus.writing():
            for at, (text, fields) in enumerate(stored):
                corpus.add(
                    measured(text, f"{at}.txt"), [Application(**{**BLANK, "path": f"{at}.txt", **fields})]
                )
        yield corpus


BLANK = {"applicant": None, "applied_at": None, "job": None, "source": None, "role": "applicant"}
