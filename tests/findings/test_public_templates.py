"""Public templates that the package ships: persons the looks were not made of, and other designs.

``rendered_looks.json`` holds the looks of one more invented person in each template that
``corpora/background/templates/make.py`` renders, as its ``--person FILE`` writes them: RenderCV, TeX and Node are no
dependencies.
"""

from __future__ import annotations

import ast
import json
import sqlite3
from pathlib import Path

import pytest
from test_templates import file

from forensics.features.layout import Print, fingerprint
from forensics.findings import templates
from forensics.findings.public_templates import PUBLIC, public_name, public_templates, write_public
from forensics.index.corpus import Corpus
from forensics.index.layouts import Layouts, packed
from forensics.index.store import Application
from forensics.settings import data_folder, settings

RENDERED = json.loads((Path(__file__).parent / "rendered_looks.json").read_text(encoding="utf-8"))

MEASURED = {
    *("LinkedIn Save to PDF", "AltaCV", "Deedy Resume", "sb2nov resume", "Twenty Seconds CV"),
    *(f"Google Docs {name}" for name in ("Serif", "Spearmint", "Coral", "Swiss")),
    "Europass (online editor, since 2020)",
    *("Word Chronological resume (Modern design)", "Word Resume (color)"),
}
"""Looks that were measured on public files: a file of one of them is nothing to keep here."""

OFFICE = {"LibreOffice Resume", "LibreOffice CV"}
"""Looks of what LibreOffice ships: there is no other person in them."""


@pytest.fixture
def layouts(tmp_path):
    """Looks of an empty corpus."""
    corpus = Corpus.open(tmp_path / "corpus", create=True)
    yield corpus.layouts
    corpus.close()


@pytest.mark.parametrize("name", RENDERED)
def test_a_person_it_was_not_made_of_is_named(name, layouts):
    look = Print(marks={(family, mark): weight for family, mark, weight in RENDERED[name]})
    assert public_name(look, layouts) == name


def test_a_name_does_not_depend_on_how_common_a_look_is_in_the_corpus():
    name, marks = next(iter(RENDERED.items()))
    look = Print(marks={(family, mark): weight for family, mark, weight in marks})
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE layout (doc INTEGER PRIMARY KEY, stamp TEXT NOT NULL, marks BLOB)")
    crowded = Layouts(db)
    for doc in range(200):
        crowded.put(doc, look)
    assert public_name(look, crowded) == name
    db.close()


@pytest.mark.parametrize("kind", ["shipped", "marked"])
def test_who_uses_the_same_public_template_is_listed_however_it_was_changed(kind, tmp_path, monkeypatch):
    monkeypatch.setenv("FORENSICS_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    query = file("Ann Quill", 3)
    mine = RENDERED["moderncv classic"]
    look = Print(marks={(family, mark): weight for family, mark, weight in mine})
    changed = Print(
        marks={("page" if family == "font" else family, mark): weight for family, mark, weight in mine}
    )
    others = [each for name in ("moderncv classic",) for each in of_name(name)]
    if kind == "marked":
        write_public(tmp_path / "home" / "templates", look, changed, name="House style", source="a test")
        others = [packed(changed)]
    monkeypatch.setattr(templates, "fingerprint", lambda document: look)
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        with corpus.writing():
            for at in range(60):
                corpus.add(
                    file(f"Person {at}", at), [Application(path=f"{at}.pdf", applicant=f"Person {at}")]
                )
            for doc, each in enumerate(others, start=1):
                corpus.layouts._db.execute("UPDATE layout SET marks = ? WHERE doc = ?", (each, doc))
                corpus.layouts._drops += 1
        likes = {
            each.doc: each.similarity for each in templates.by_template(query, corpus, frozenset()).found
        }
        assert {doc for doc, similarity in likes.items() if similarity >= templates.TEMPLATE} == set(
            range(1, len(others) + 1)
        )
        name = "House style" if kind == "marked" else "moderncv classic"
        assert templates.explained(query, corpus, [1, 60])[1][0] == f"the public template {name}"
        assert templates.explained(query, corpus, [60])[60][:1] != (f"the public template {name}",)
    settings.cache_clear()


def of_name(name: str) -> list[bytes]:
    return [look for each in public_templates() if each.name == name for look in each.looks]


def test_a_look_has_a_file_of_its_own(tmp_path):
    look = Print(marks={("font", "f arial 10 000 "): 1.0})
    files = [write_public(tmp_path, look, name="Plain one", source="a test") for _ in range(3)]
    files[1].unlink()
    files.append(write_public(tmp_path, look, look, name="Plain one", source="a test"))
    assert len({*files[:1], *files[2:]}) == 3 and len(json.loads(files[-1].read_text())["looks"]) == 2


def test_of_each_family_the_look_of_a_name_counts_that_is_nearest(layouts):
    mixed: dict[tuple[str, str], float] = {}
    for name, families in {
        "moderncv classic": ("font", "lettering", "habit"),
        "moderncv banking": ("place", "shape", "page"),
    }.items():
        mixed |= {(family, mark): weight for family, mark, weight in RENDERED[name] if family in families}
    assert str(public_name(Print(marks=mixed), layouts)).startswith("moderncv")


def test_a_plain_text_has_too_little_of_a_design_for_a_name(layouts):
    for marks in RENDERED.values():
        look = Print(marks={(family, mark): weight for family, mark, weight in marks if family == "habit"})
        assert public_name(look, layouts) is None


@pytest.mark.parametrize("design", range(12))
def test_another_design_is_not_named(design, layouts):
    assert public_name(fingerprint(file("Ada Example", design).document), layouts) is None


def test_every_shipped_look_is_read_by_the_rules_of_today():
    shipped = data_folder("corpora") / "background" / "templates"
    names = {json.loads(each.read_text(encoding="utf-8"))["name"] for each in shipped.glob("*.json")}
    assert names == set(RENDERED) | MEASURED | OFFICE and names <= {each.name for each in public_templates()}


def test_each_name_asks_for_the_nearness_that_the_recipe_gives_it():
    recipe = data_folder("corpora") / "background" / "templates" / "make.py"
    assigned = {
        node.targets[0].id: node.value
        for node in ast.parse(recipe.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    plain = ast.literal_eval(assigned["PLAIN"])
    assert {each.name: each.least for each in public_templates() if each.least != PUBLIC} == plain
