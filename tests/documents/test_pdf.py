from __future__ import annotations

import io

import pikepdf
import pytest
from build_files import pdf_lines, raw_pdf

import forensics.documents.sandbox as sandbox
from forensics.documents.document import Document, Unreadable
from forensics.documents.sandbox import Reader
from forensics.settings import Settings


@pytest.fixture(params=["pdfium", "pdfplumber"])
def reader(reader: Reader, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """The warm reader, with each backend."""
    now = Settings(pdf_backend=request.param, ocr="0")
    monkeypatch.setattr(sandbox, "settings", lambda: now)
    return reader


def said(document: Document) -> list[str]:
    return [document.text[each.start : each.end] for each in document.passages]


def read(reader: Reader, data: bytes) -> Document:
    found = reader.parse(data, "x.pdf")
    assert isinstance(found, Document), found
    return found


def in_order(text: str, *words: str) -> None:
    places = [text.index(word) for word in words]
    assert places == sorted(places), dict(zip(words, places, strict=True))


LEFT = [
    "EXPERIENCE",
    "Engineer at Acme",
    "Built the thing that",
    "counts all other things",
    "Engineer at Beta",
]
RIGHT = ["SKILLS", "Java and Kotlin", "Python", "EDUCATION", "State College"]


@pytest.mark.parametrize("leading", [12.0, 13.7], ids=["same leading", "another leading"])
@pytest.mark.parametrize("gutter_x", [250, 380])
def test_two_columns_are_read_one_after_the_other(reader: Reader, leading: float, gutter_x: int) -> None:
    drawn = [(230.0, 50.0, "Quentin Example")]
    for index, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):  # drawn row by row, as by a table
        drawn += [(60, 90 + 12 * index, left), (gutter_x, 90 + leading * index, right)]
    document = read(reader, pdf_lines(drawn))
    in_order(document.text, "Quentin Example", *LEFT, *RIGHT)


def test_side_bar_beside_full_width_paragraphs(reader: Reader) -> None:
    drawn = [
        (40.0, 50.0, "Summary of a person that is printed over the whole width of the page and beyond it too")
    ]
    drawn += [(40, 100 + 20 * index, f"bar {index}") for index in range(8)]
    drawn += [
        (200, 100 + 12 * index, f"main column line {index} with quite a few words in it")
        for index in range(20)
    ]
    drawn += [
        (40.0, 400.0, "A closing sentence that again is printed over the whole width of this page and on")
    ]
    document = read(reader, pdf_lines(drawn))
    in_order(document.text, "Summary", "bar 0", "bar 7", "line 0", "line 19", "A closing")


def test_right_aligned_dates_stay_beside_their_titles(reader: Reader) -> None:
    drawn = []
    for job in range(6):
        top = 100 + 50 * job
        drawn += [(60.0, top, f"Engineer, Company {job}"), (480.0, top, f"{2010 + job} - {2011 + job}")]
        drawn += [(60.0, top + 14, "• Wrote code."), (60.0, top + 28, "• Fixed bugs.")]
    passages = said(read(reader, pdf_lines(drawn)))
    assert passages[:3] == ["Engineer, Company 0\t2010 - 2011", "• Wrote code.", "• Fixed bugs."]


def test_dates_in_the_left_margin_stay_beside_their_jobs(reader: Reader) -> None:
    drawn = []
    for job in range(5):
        top = 100 + 60 * job
        drawn += [(60.0, top, f"{2010 + job} - {2011 + job}"), (180.0, top, f"Engineer, Company {job}")]
        drawn += [
            (180.0, top + 14 + 12 * row, f"line {row} of what was done in job {job}") for row in range(3)
        ]
    text = read(reader, pdf_lines(drawn)).text
    in_order(text, "2010", "Company 0", "done in job 0", "Company 1", "done in job 1", "Company 4")


def test_a_table_of_labels_is_read_row_by_row(reader: Reader) -> None:
    rows = [("Languages:", "Java, Go"), ("Tools:", "Kafka"), ("Clouds:", "AWS"), ("Databases:", "PostgreSQL")]
    drawn = [
        item
        for at, (a, b) in enumerate(rows)
        for item in ((60.0, 100.0 + 14 * at, a), (160.0, 100.0 + 14 * at, b))
    ]
    assert said(read(reader, pdf_lines(drawn))) == [f"{a}\t{b}" for a, b in rows]


def test_wrapped_bullets_are_joined_and_never_glued(reader: Reader) -> None:
    drawn = [
        (60.0, 100.0, "•"), (72.0, 100.0, "Designed an order pipeline in Java and Kafka which handles four million"),
        (72.0, 112.0, "messages a day with strict limits."),
        (60.0, 124.0, "•"), (72.0, 124.0, "Led five engineers."),
        (60.0, 136.0, "•"), (72.0, 136.0, "Cut cost."),
        (60.0, 160.0, "- Dash bullets are bullets too, and this one goes on until it has reached the end"),
        (66.0, 172.0, "of its line"),
        (60.0, 184.0, "- Another."),
    ]  # fmt: skip
    assert said(read(reader, pdf_lines(drawn))) == [
        "• Designed an order pipeline in Java and Kafka which handles four million\nmessages a day with strict limits.",
        "• Led five engineers.",
        "• Cut cost.",
        "- Dash bullets are bullets too, and this one goes on until it has reached the end\nof its line",
        "- Another.",
    ]


def test_a_list_without_bullets_in_a_narrow_column_stays_a_list(reader: Reader) -> None:
    items = ["Strong creative design skills", "Extensive fabric knowledge", "Superb attention to detail"]
    assert (
        said(read(reader, pdf_lines([(60.0, 100.0 + 12 * at, item) for at, item in enumerate(items)])))
        == items
    )


def test_divided_words_are_made_whole(reader: Reader) -> None:
    drawn = [
        (60.0, 100.0, "Responsible for the interoper-"), (60.0, 112.0, "ability of well-"),
        (60.0, 124.0, "known systems, since 2010-"), (60.0, 136.0, "2012, later a deadline-"),
        (60.0, 148.0, "oriented person"),
    ]  # fmt: skip
    document = read(reader, pdf_lines(drawn))
    assert "interoperability of well-known systems" in document.text
    assert "2010-\n2012" in document.text
    assert "deadline-oriented" in document.text
    assert [document.text[line.start : line.end] for line in document.lines][:2] == [
        "Responsible for the interoper", "ability of well-",
    ]  # fmt: skip


def test_letters_set_apart_are_one_word(reader: Reader) -> None:
    document = read(
        reader, raw_pdf(b"BT /F1 12 Tf 4 Tc 60 700 Td (EXPERIENCE) Tj 0 Tc 0 -20 Td (Engineer at Acme) Tj ET")
    )
    assert document.text.splitlines()[0] == "EXPERIENCE"
    assert document.passages[0].section == "experience"


def test_letters_set_closer_than_their_font_says_still_are_words(reader: Reader) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    words = "the names of all the people in the town are known to all of them and to none of us in town"
    x, content = 60.0, b"BT /F1 10 Tf "
    for letter in words:
        if letter != " ":
            content += b"1 0 0 1 %.2f 700 Tm (%s) Tj " % (x, letter.encode())
        x += 0.85 * stringWidth(letter, "Helvetica", 10)
    assert read(reader, raw_pdf(content + b"ET")).text == words


def test_boxes_are_points_from_the_top_left(reader: Reader) -> None:
    document = read(reader, pdf_lines([(100, 200, "Here I stand")], [(300, 500, "And here on page two")]))
    first, second = document.passages
    assert (first.page, second.page) == (1, 2)
    assert first.bbox is not None and second.bbox is not None
    assert first.bbox[0] == pytest.approx(100, abs=1)
    assert first.bbox[1] < 200 < first.bbox[3] < 206
    assert second.bbox[0] == pytest.approx(300, abs=1)
    assert document.pages == 2


def test_a_turned_page_is_read_as_it_is_shown(reader: Reader) -> None:
    # /Rotate 90 and text that runs up the sheet: the reader sees it upright
    content = b"BT /F1 12 Tf 0 1 -1 0 100 50 Tm (First line of all) Tj 0 -20 Td (Second line of it) Tj ET"
    document = read(reader, raw_pdf(content, extra=b"/Rotate 90"))
    assert document.text == "First line of all\nSecond line of it" or document.text.split() == (
        "First line of all Second line of it".split()
    )
    box = document.lines[0].bbox
    assert box is not None
    assert box[0] == pytest.approx(50, abs=1) and box[2] - box[0] > 50 and box[3] - box[1] < 20
    assert 85 < box[1] < 100


def test_links_and_properties_are_facts(reader: Reader) -> None:
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(612, 792))
    sheet.setAuthor("Ann Author")
    sheet.setTitle("A résumé")
    sheet.drawString(72, 720, "github")
    sheet.linkURL("https://github.com/example", (72, 716, 110, 732))
    sheet.save()
    document = read(reader, out.getvalue())
    facts = {fact.name: fact for fact in document.facts}
    assert facts["link"].value == "https://github.com/example"
    assert facts["link"].page == 1
    assert facts["link"].bbox == (72.0, 60.0, 110.0, 76.0)
    assert facts["pdf.author"].value == "Ann Author"
    assert facts["pdf.title"].value == "A résumé"
    assert facts["pdf.producer"].where == "Info/Producer"
    assert "pdf.created" in facts and "pdf.modified" in facts


def test_encrypted(reader: Reader) -> None:
    plain = pikepdf.open(io.BytesIO(pdf_lines([(72, 100, "secret")])))
    out = io.BytesIO()
    plain.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    found = reader.parse(out.getvalue(), "x.pdf")
    assert isinstance(found, Unreadable)
    assert [problem.code for problem in found.problems] == ["encrypted"]


def test_owner_password_alone_does_not_hinder(reader: Reader) -> None:
    plain = pikepdf.open(io.BytesIO(pdf_lines([(72, 100, "readable by all")])))
    out = io.BytesIO()
    plain.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
    assert read(reader, out.getvalue()).text == "readable by all"


@pytest.mark.parametrize("keep", [0.05, 0.3])
def test_truncated(reader: Reader, keep: float) -> None:
    whole = pdf_lines(*[[(72, 100, f"page {number}")] for number in range(30)])
    found = reader.parse(whole[: int(len(whole) * keep)], "x.pdf")
    codes = [problem.code for problem in found.problems]
    assert codes and codes[0] in {"damaged", "no_text"}


def test_many_pages_are_counted_and_the_first_are_read(reader: Reader) -> None:
    document = read(reader, pdf_lines(*[[(72, 100, f"This is page {number}.")] for number in range(1, 501)]))
    assert document.pages == 500
    assert "page 50." in document.text and "page 51." not in document.text
    (problem,) = document.problems
    assert problem.code == "too_many_pages" and not problem.fatal and "500" in problem.message


def test_pictures_only(reader: Reader) -> None:
    content = b"q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"
    found = reader.parse(raw_pdf(content), "scan.pdf")
    assert isinstance(found, Unreadable)
    assert found.problems[0].code == "no_text"


@pytest.mark.parametrize(
    ("catalog", "what"),
    [
        (b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>", "JavaScript"),
        (b"/OpenAction<</S/Launch/F(calc.exe)>>", "Launch"),
        (b"/Names<</EmbeddedFiles<</Names[]>>>>", "EmbeddedFiles"),
        (b"/AA<</WC<</S/SubmitForm/F(http://example.org)>>>>", "SubmitForm"),
    ],
)
def test_active_content_is_told_and_not_fatal(reader: Reader, catalog: bytes, what: str) -> None:
    document = read(reader, raw_pdf(b"BT /F1 12 Tf 72 700 Td (Harmless words) Tj ET", catalog=catalog))
    (problem,) = document.problems
    assert problem.code == "active_content" and not problem.fatal and what in problem.message


def test_a_plain_go_to_is_no_active_content(reader: Reader) -> None:
    data = raw_pdf(b"BT /F1 12 Tf 72 700 Td (Words) Tj ET", catalog=b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>")
    assert read(reader, data).problems == ()


def test_ligatures_bullets_and_invisible_characters_are_normalised(reader: Reader) -> None:
    from forensics.documents.words import clean

    assert clean("e\ufb03cient\u200b co\u00adoperation \uf0b7") == "efficient cooperation •"
