"""A document that attacks the page through every field it controls: text, name, file name, links, metadata."""

import re

import pytest
from docx import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from markup import Markup, assert_stands_alone

SCRIPT = "<script>alert(1)</script>"
BREAKOUT = "\"'><img src=x onerror=alert(2)>"
BIDI = "\u202egnp.exe\u2066"
STYLE = "</style></title></textarea>{{ 7 * 7 }}{% raw %}<svg/onload=alert(3)>"
BODY = [
    f"Rebuilt the tilting weighbridge of the saffron line {SCRIPT} so that it weighs ninety crates a minute",
    f"Taught forty millers {BREAKOUT} to read a moisture chart before the harvest and to trust it afterwards",
    f"Wrote the walnut sorter's manual {STYLE} in three languages, none of which the sorter could read",
    "Moved the copper kiln across the river on barges in one night without losing its heat or its papers",
    "Kept the ledger of the barley press for nine winters and found the two errors that sank the old one",
]


def resume(path, name, *, poisoned):
    document = Docx()
    document.add_heading(name, 0)
    document.add_paragraph("attacker@example.org")
    document.add_heading("Experience", 1)
    for line in BODY:
        document.add_paragraph(line, style="List Bullet")
    if poisoned:
        properties = document.core_properties
        properties.author, properties.title, properties.comments = SCRIPT, BREAKOUT, BIDI
        for url in (
            "javascript:alert(4)",
            "data:text/html,<script>alert(5)</script>",
            f"https://example.org/{BREAKOUT}",
        ):
            link(document.add_paragraph(), url, "my profile")
    document.save(path)


def link(paragraph, url, words):
    related = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    anchor, run, text = OxmlElement("w:hyperlink"), OxmlElement("w:r"), OxmlElement("w:t")
    anchor.set(qn("r:id"), related)
    text.text = words
    run.append(text)
    anchor.append(run)
    paragraph._p.append(anchor)


@pytest.fixture(scope="module")
def attacked(run, tmp_path_factory):
    """A corpus with one hostile document, and the reports of another, under hostile names."""
    place = tmp_path_factory.mktemp("attacked")
    stored, files = place / "corpus", place / "files"
    files.mkdir()
    old, new = files / f"{BREAKOUT.replace('/', '-')}.docx", place / f"{BIDI}<b>new.docx"
    resume(old, "Bruno Oxenwold", poisoned=True)
    resume(new, "Ada Quillfeather", poisoned=True)
    manifest = files / "m.csv"
    cell = old.name.replace('"', '""')
    manifest.write_text(
        f'filename,applicant,job\n"{cell}","Bruno {SCRIPT} Oxenwold","{STYLE}"\n', encoding="utf-8"
    )
    run("ingest", files, "--manifest", manifest, corpus=stored)
    pages = {}
    for name, words in {
        "check": ("check", new, "--applicant", f"Ada {BREAKOUT.replace('/', '')} Quillfeather"),
        "compare": ("compare", new, old),
        "dedup": ("dedup", new, old),
    }.items():
        out = place / f"{name}.html"
        done = run(*words, "--html", out, corpus=None if name == "dedup" else stored)
        assert done.code in {0, 1}, done.err
        pages[name] = out.read_text(encoding="utf-8")
    run("check", new, old, "--html", place / "folder", corpus=stored)
    pages["index"] = (place / "folder" / "index.html").read_text(encoding="utf-8")
    return pages, {each.name for each in (place / "folder").iterdir()}


@pytest.mark.parametrize("name", ["check", "compare", "dedup", "index"])
def test_nothing_of_it_becomes_markup(attacked, name):
    pages, files = attacked
    html = pages[name]
    assert_stands_alone(html, files=files if name == "index" else set())
    tags = {tag.name for tag in Markup(html).tags}
    assert not tags & {"img", "textarea", "b"}
    assert (
        re.search(r"[\u0000-\u0008\u000b-\u001f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]", html) is None
    )


def test_it_is_shown_as_text(attacked):
    pages, _ = attacked
    words = Markup(pages["check"]).words
    for each in (SCRIPT, BREAKOUT, STYLE, "<U+202E>gnp.exe<U+2066>", "javascript:alert(4)"):
        assert each in words, each
    assert "49" not in re.findall(r"\b49\b", words)
    (heading,) = [tag.words for tag in Markup(pages["check"]).tags if tag.name == "h1"]
    assert heading == "<U+202E>gnp.exe<U+2066><b>new.docx"


def test_what_is_foreign_is_set_apart_from_our_words(attacked):
    page = Markup(attacked[0]["check"])
    foreign = [tag.words for tag in page.all("bdi")] + [
        tag.words for tag in page.tags if tag.attributes.get("dir") == "auto"
    ]
    for each in (SCRIPT, "gnp.exe", "javascript:alert(4)"):
        assert any(each in words for words in foreign)


def test_names_of_files_are_harmless_and_tell_apart(attacked):
    _, files = attacked
    assert len(files) == 3
    assert all(re.fullmatch(r"index\.html|000[12]-[a-z0-9-]+\.html", name) for name in files)
