"""check --profile: what LinkedIn hands out of a member, held against the résumé; and files that are no such thing."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import Ran, Run

RESUME = """Oskar Dvorak
Denver, CO 80202
oskar.dvorak@example.com | (303) 555-0142 | linkedin.com/in/oskar-dvorak-81

Experience
Senior Data Engineer, Tamarack Software, Denver, CO
Mar 2020 - Present
- Kept the ledgers of nine teams and taught four of them to keep their own.
Data Engineer, Copperfield Health, Boston, MA
Jul 2016 - Feb 2020
- Moved the records of the wards into one warehouse.

Education
Bachelor of Science, Boston University, 2009 - 2013
"""
POSITIONS = (
    ("Tamarack Software", "Senior Data Engineer", "Mar 2020", ""),
    ("Copperfield Health", "Data Engineer", "Jul 2016", "Feb 2020"),
)
OTHER_POSTS = (
    ("Tamarack Software", "Senior Data Engineer", "Sep 2022", ""),
    ("Silverbrook Pharmacy", "Store Clerk", "Jul 2016", "Feb 2020"),
)


def table(header: str, rows: object, notes: str = "") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header.split(","), *rows])
    return (notes + out.getvalue()).encode("utf-8-sig")


def export(positions=POSITIONS, name=("Oskar", "Dvorak"), days=(), registered="") -> dict[str, bytes]:
    """The CSV files of a member's data, in the columns that LinkedIn gives them."""
    return {
        "Profile.csv": table("First Name,Last Name,Maiden Name,Headline,Summary", [(*name, "", "Engineer", "")]),
        "Positions.csv": table(
            "Company Name,Title,Description,Location,Started On,Finished On",
            [(firm, title, "Ledgers,\nmostly", "Denver", start, end) for firm, title, start, end in positions],
        ),
        "Registration.csv": table("Registered At,Registration Ip", [(registered, "")]),
        "Connections.csv": table(
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
            [("A", "B", "", "", "", "", f"{day:%d %b %Y}") for day in days],
            notes='Notes:\n"When exporting your connection data, you may notice that some are missing."\n\n',
        ),
    }  # fmt: skip


def packed(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def saved(path: Path, posts: tuple[tuple[str, str, str, str], ...]) -> Path:
    """A PDF laid out as "Save to PDF" does: contacts in a dark column, then posts with their length."""
    from reportlab.pdfgen.canvas import Canvas

    page = Canvas(str(path), pagesize=(612, 792))
    page.setFillColorRGB(0.16, 0.24, 0.29)
    page.rect(0, 0, 200, 792, stroke=0, fill=1)

    def write(x: float, top: float, size: float, text: str, grey: float = 0.1) -> None:
        page.setFillColorRGB(grey, grey, grey)
        page.setFont("Helvetica", size)
        page.drawString(x, top, text)

    side = ("Contact", "oskar.dvorak@example.com", "www.linkedin.com/in/oskar-", "dvorak-81 (LinkedIn)", "",
            "Top Skills", "SQL", "Python", "Airflow")  # fmt: skip
    for at, text in enumerate(side):
        write(22, 740 - 15 * at, 13 if text in {"Contact", "Top Skills"} else 10.5, text, grey=0.95)
    write(224, 735, 26, "Oskar Dvorak")
    write(224, 710, 12, "Senior Data Engineer at Tamarack Software")
    write(224, 694, 12, "Denver, Colorado, United States")
    write(224, 655, 15.75, "Experience")
    top = 630
    for firm, title, dates, place in posts:
        for text, size in ((firm, 12), (title, 11.5), (dates, 10.5), (place, 10.5)):
            write(224, top, size, text)
            top -= 15
        top -= 14
    write(224, top, 15.75, "Education")
    write(224, top - 25, 12, "Boston University")
    write(224, top - 40, 10.5, "Bachelor of Science, Statistics · (2009 - 2013)")
    write(390, 20, 9, "Page 1 of 1")
    page.save()
    return path


@pytest.fixture
def asked(run: Run, tmp_path: Path):
    """Check the résumé with profiles, in a corpus of its own."""
    file = tmp_path / "resume.txt"
    file.write_text(RESUME)

    def check(*profiles: Path, words: tuple[str, ...] = ("--json",)) -> Ran:
        options = [word for each in profiles for word in ("--profile", str(each))]
        return run("check", file, "--add", *options, *words, corpus=tmp_path / "corpus")

    return check


def conflicts(ran: Ran) -> list[dict]:
    assert ran.code in (0, 1), ran.err
    return [each for each in ran.json["findings"] if each["signal"] == "profile-conflict"]


def test_a_profile_that_agrees_is_no_finding_and_was_looked_at(asked, tmp_path):
    ran = asked(packed(tmp_path / "data.zip", export()))
    assert conflicts(ran) == []
    assert "profile-conflict" not in {each["signal"] for each in ran.json["not_run"]}


def test_without_a_profile_the_check_says_that_none_was_given(asked):
    (why,) = [each["why"] for each in asked().json["not_run"] if each["signal"] == "profile-conflict"]
    assert "--profile" in why


@pytest.mark.parametrize("unpacked", [False, True])
def test_other_posts_and_another_name_in_the_archive_are_a_conflict(asked, tmp_path, unpacked):
    files = export(OTHER_POSTS, name=("Ilse", "Brandt"))
    if unpacked:
        folder = tmp_path / "data"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
    given = folder if unpacked else packed(tmp_path / "data.zip", files)
    (found,) = conflicts(asked(given))
    assert found["weight"] == "B" and found["documents"][0].startswith("sha256:")
    for words in (
        "Ilse Brandt",
        "2020-03 here and 2022-09 there",
        "Copperfield Health here and at Silverbrook",
    ):
        assert words in found["summary"]
    assert {each["where"] for each in found["evidence"]} >= {"name of the profile", "Positions.csv, row 2"}


def test_the_same_for_a_saved_pdf_and_the_report_for_people(asked, tmp_path):
    posts = (
        ("Tamarack Software", "Senior Data Engineer", "September 2022 - Present (4 years 2 months)", "Denver, Colorado"),
        ("Copperfield Health", "Data Engineer", "July 2016 - February 2020 (3 years 8 months)", "Boston, Massachusetts"),
    )  # fmt: skip
    pdf = saved(tmp_path / "Profile.pdf", posts)
    (found,) = conflicts(asked(pdf))
    assert "Tamarack Software begins 2020-03 here and 2022-09 there" in found["summary"]
    assert "Copperfield" not in found["summary"]
    html = tmp_path / "report.html"
    shown = asked(pdf, words=("--html", str(html)))
    assert "Tamarack Software begins 2020-03" in " ".join(shown.out.split())
    assert "profile-conflict" in html.read_text(encoding="utf-8")


def test_a_saved_pdf_that_agrees_is_no_conflict(asked, tmp_path):
    posts = (
        ("Tamarack Software", "Senior Data Engineer", "March 2020 - Present (6 years 9 months)", "Denver, Colorado"),
        ("Copperfield Health", "Data Engineer", "July 2016 - February 2020 (3 years 8 months)", "Boston, Massachusetts"),
    )  # fmt: skip
    assert conflicts(asked(saved(tmp_path / "Profile.pdf", posts))) == []


def test_an_account_that_lay_still_for_years_and_was_filled_at_once(asked, tmp_path):
    dormant = [date(2016, 5, 2), *(date(2026, 8, 1) + timedelta(days=day) for day in range(40))]
    used = [date(2016, 5, 2) + timedelta(days=90 * step) for step in range(42)]
    old = "5/2/16, 9:30 AM"
    (found,) = conflicts(asked(packed(tmp_path / "a.zip", export(days=dormant, registered=old))))
    assert found["weight"] == "C" and "2016-05-02" in found["summary"] and "40 of its 41" in found["summary"]
    assert conflicts(asked(packed(tmp_path / "b.zip", export(days=used, registered=old)))) == []


def test_several_profiles_are_each_held_against_the_document(asked, tmp_path):
    one = packed(tmp_path / "one.zip", export(OTHER_POSTS))
    two = packed(tmp_path / "two.zip", export(name=("Ilse", "Brandt")))
    assert len(conflicts(asked(one, two))) == 2


# -- what is no profile


def bomb(path: Path) -> Path:
    return packed(path, {"Profile.csv": b"First Name,Last Name\n", "Positions.csv": bytes(40_000_000)})


def lying(path: Path) -> Path:
    """Says that the member is 20 bytes long, and it is a million."""
    packed(path, {"Profile.csv": b"a," * 500_000}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (20).to_bytes(4, "little")
    path.write_bytes(data)
    return path


def wide(path: Path) -> Path:
    return packed(path, {"Profile.csv": b",".join(b"c%d" % n for n in range(5000)) + b"\n"})


def long_field(path: Path) -> Path:
    return packed(path, {"Profile.csv": b"First Name,Last Name\nA," + bytes(range(97, 123)) * 9000 + b"\n"})


def encrypted(path: Path) -> Path:
    packed(path, export())
    data = bytearray(path.read_bytes())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    path.write_bytes(data)
    return path


def cut(path: Path) -> Path:
    path.write_bytes(packed(path, export()).read_bytes()[:-40])
    return path


def no_tables(path: Path) -> Path:
    return packed(path, {"Messages.csv": b"FROM,DATE\n"})


def written(name: str, text: str):
    def make(path: Path) -> Path:
        file = path.with_name(name)
        file.write_text(text)
        return file

    return make


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (bomb, "unpack to"),
        (lying, "damaged"),
        (wide, "columns"),
        (long_field, "field larger than"),
        (encrypted, "password"),
        (cut, "damaged"),
        (no_tables, "no Profile.csv"),
        (written("notes.txt", RESUME), "no LinkedIn profile"),
        (written("data", "PK\x03\x04 and no more"), "not called so"),
        (lambda path: path.with_name("gone.zip"), "check the path"),
        (lambda path: path.parent, "no Profile.csv"),
    ],
)
def test_what_is_no_profile_is_named_and_nothing_is_checked(asked, tmp_path, make, says):
    ran = asked(make(tmp_path / "data.zip"))
    assert ran.code == 2 and ran.out == ""
    assert says in " ".join(ran.err.split()), ran.err
    assert "Traceback" not in ran.err
