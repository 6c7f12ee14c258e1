"""What stands where on a page, and in which order a person reads it."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from forensics.documents.document import Document
from forensics.documents.parse import parse
from forensics.settings import Settings

Item = tuple[float, float, str, float, bool]


def page(items: list[Item]) -> Document:
    """Each item is x, distance of the baseline from the top, text, size and whether it is bold."""
    out = io.BytesIO()
    sheet = Canvas(out, pagesize=(612, 792))
    for x, down, text, size, bold in items:
        sheet.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        sheet.drawString(x, 792 - down, text)
    sheet.save()
    return parse(out.getvalue(), id="", path="x.pdf", plain=True, limits=Settings())


def said(document: Document) -> list[tuple[str, str]]:
    return [(each.section, document.text[each.start : each.end]) for each in document.passages]


def column(x: float, down: float, lines: list[str], leading: float = 12.0) -> list[Item]:
    """Lines of 9 points, those in capitals as bold headings of 11."""
    return [
        (x, down + leading * at, text, 11.0 if text.isupper() else 9.0, text.isupper())
        for at, text in enumerate(lines)
    ]


MAIN = [
    "PROFILE", "An engineer of many years who has built what other people rely on every day.",
    "EXPERIENCE", "Engineer at Acme, from 2015 until this day, in a town on the river",
    "• Improved the search of the shop with synonyms from all of the failed",
    "queries.", "• Wrote things down for those who will come after us.",
]  # fmt: skip
SIDE = ["CONTACT", "Sacramento, CA", "(916) 555-0134", "colin@example.net", "SKILLS", "Go and Java"]


def test_a_heading_beside_a_tall_name_stays_in_its_column() -> None:
    name: list[Item] = [(30, 50, "Colin", 18, True), (30, 71, "Pemberwick", 18, True)]
    found = said(page(name + column(30, 95, SIDE) + column(200, 45, MAIN)))
    assert found[0] == ("header", "Colin Pemberwick")
    assert ("header", "(916) 555-0134") in found and ("header", "colin@example.net") in found
    assert ("summary", MAIN[1]) in found
    assert found.index(("skills", "Go and Java")) < found.index(("summary", "PROFILE"))


def test_the_last_lines_of_the_longer_column_are_part_of_it() -> None:
    for length in range(4, 7):  # the shorter column ends one, two, three lines earlier
        found = said(page(column(30, 50, SIDE[:length]) + column(200, 50, MAIN)))
        assert ("experience", f"{MAIN[4]}\nqueries.") in found


def test_a_name_in_a_narrow_cell() -> None:
    name: list[Item] = [(30, 50, "Yuki Tanabe-", 16, True), (30, 69, "Rourke", 16, True)]
    found = said(page(name + column(30, 90, SIDE) + column(200, 46, MAIN)))
    assert found[0] == ("header", "Yuki Tanabe-Rourke")


def test_headings_in_the_margin_name_what_stands_beside_them() -> None:
    items: list[Item] = [(200, 40, "Imogen Castellane", 20, False)]
    down = 90.0
    bands = [
        ("Snapshot", ["Releases for ten years, of which I like to tell more in an interview"]),
        ("2015 – Present", ["Release Engineer, Acme", "• Signed the builds.", "• Wrote the notes of releases."]),
        ("2010 – 2015", ["Tester, Beta", "• Tested the builds.", "• Tested the notes."]),
        ("Toolbox", ["Bazel and CMake", "Python and Bash"]),
        ("Talks and", ["• A talk on keys.", "• A talk on locks."]),
    ]  # fmt: skip
    for label, lines in bands:
        items.append((60, down, label, 9, True))
        items += column(160, down, lines)
        down += 12 * len(lines) + 12
    items.append((60, down - 24, "writing", 9, True))
    assert said(page(items)) == [
        ("header", "Imogen Castellane"),
        ("summary", "Snapshot"),
        ("summary", bands[0][1][0]),
        ("experience", "2015 – Present\tRelease Engineer, Acme"),
        ("experience", "• Signed the builds."),
        ("experience", "• Wrote the notes of releases."),
        ("experience", "2010 – 2015\tTester, Beta"),
        ("experience", "• Tested the builds."),
        ("experience", "• Tested the notes."),
        ("skills", "Toolbox"),
        ("skills", "Bazel and CMake"),
        ("skills", "Python and Bash"),
        ("skills", "Talks and\nwriting"),
        ("skills", "• A talk on keys."),
        ("skills", "• A talk on locks."),
    ]


def test_a_box_in_the_text_is_read_after_the_name() -> None:
    items: list[Item] = [(60, 60, "Kendrick Vossler", 22, True), (60, 80, "Engineer", 10, False)]
    items += column(400, 52, ["CONTACT", "Las Vegas, NV", "(702) 555-0161", "k@example.com"], 14)
    items += column(
        60, 100, ["ABOUT", "Engineer of ledgers in which a wrong number", "EXPERIENCE", "Acme, 2015"]
    )
    wide = "is worse than a slow page, who goes on about this over the whole width of the page below the box"
    items.append((60, 148, wide, 9, False))
    items += column(60, 160, ["• Built the ledger.", "• Moved the ledger to another place.", "• Sold it."])
    text = page(items).text
    places = [
        text.index(word)
        for word in ("Kendrick", "Engineer\n", "CONTACT", "(702)", "ABOUT", "EXPERIENCE", "Acme", wide)
    ]
    assert places == sorted(places)


def test_wrapped_words_are_no_headings() -> None:
    lines = [
        "EDUCATION", "Shenandoah Valley Institute of", "Technology", "Winchester, 2014",
        "SKILLS", "All of the parts of the Linux Kernel", "Project.", "Languages:", "Java",
        "FURTHER", "EXPERIENCE", "Teacher",
    ]  # fmt: skip
    found = said(page(column(60, 60, lines)))
    assert ("education", "Shenandoah Valley Institute of\nTechnology") in found
    assert ("education", "Winchester, 2014") in found
    assert not any(section == "projects" for section, _ in found)
    assert found[-2:] == [("experience", "FURTHER\nEXPERIENCE"), ("experience", "Teacher")]


def test_a_word_set_like_the_text_is_no_heading() -> None:
    found = said(
        page(column(60, 60, ["EXPERIENCE", "Acme", "Leadership", "Training", "EDUCATION", "College"]))
    )
    assert [section for section, _ in found] == ["experience"] * 4 + ["education"] * 2


def test_paragraphs_of_a_narrow_column_are_told_by_their_distance() -> None:
    items = column(30, 60, ["CERTIFICATIONS"])
    down = 76.0
    talks = [
        ["Oracle Certified Professional", "(2018)"], ["Speaker at the Gulf Coast", "PostgreSQL day on restores"],
        ["Answers in two forums about", "PostgreSQL"], ["Coach of runners on Sundays"],
    ]  # fmt: skip
    for talk in talks:
        items += column(30, down, talk, 11.5)
        down += 11.5 * len(talk) + 3.5
    assert [text for _, text in said(page(items))][1:] == ["\n".join(talk) for talk in talks]
