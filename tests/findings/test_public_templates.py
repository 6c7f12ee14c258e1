"""Public templates that the package ships: persons the looks were not made of, and other designs.

``rendered_looks.json`` holds the looks of one more invented person in each template that
``corpora/background/templates/make.py`` renders: RenderCV and TeX are no dependencies.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_templates import file

from forensics.features.layout import Print, fingerprint
from forensics.findings.public_templates import public_name, public_templates
from forensics.index.corpus import Corpus
from forensics.settings import data_folder

RENDERED = json.loads((Path(__file__).parent / "rendered_looks.json").read_text(encoding="utf-8"))

MEASURED = {"LinkedIn Save to PDF", "AltaCV", "Deedy Resume", "sb2nov resume"}
"""Looks that were measured on public files of several people: a file of one of them is nothing to keep here."""


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


@pytest.mark.parametrize("design", range(12))
def test_another_design_is_not_named(design, layouts):
    assert public_name(fingerprint(file("Ada Example", design).document), layouts) is None


def test_every_shipped_look_is_read_by_the_rules_of_today():
    shipped = data_folder("corpora") / "background" / "templates"
    names = {json.loads(each.read_text(encoding="utf-8"))["name"] for each in shipped.glob("*.json")}
    assert names == set(RENDERED) | MEASURED and names <= {each.name for each in public_templates()}
