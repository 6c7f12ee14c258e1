"""A spaCy model votes only where the user names one, and a folder without one is told."""

import pytest
import spacy
from written import document

from forensics.errors import ModelError
from forensics.features import voter
from forensics.features.entities import read_claims
from forensics.features.wire import stamp
from forensics.settings import settings

TEXT = "Jane Doe\n\nEXPERIENCE\nBlue Harbour | Payments Circle | Engineer | 2019 – 2021\n• Built.\n"


@pytest.fixture
def named(monkeypatch):
    """Sets the folder of the model; everything that remembers the settings forgets them before and after."""

    def name(folder):
        monkeypatch.setenv("FORENSICS_SPACY_MODEL", str(folder))
        settings.cache_clear()
        stamp.cache_clear()

    yield name
    monkeypatch.undo()
    settings.cache_clear()
    stamp.cache_clear()


@pytest.fixture
def model(tmp_path, named):
    """A model that knows one organisation, by a ruler."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "Payments Circle"}])
    nlp.to_disk(tmp_path / "model")
    named(tmp_path / "model")


def test_no_model_no_vote():
    assert voter.organisations("Blue Harbour") == ()
    (job,) = read_claims(document(TEXT)).work
    assert job.employer == "Blue Harbour"


def test_the_vote_decides_between_names_that_no_list_knows(model):
    found = read_claims(document(TEXT))
    assert found.work[0].employer == "Payments Circle"
    (firm,) = [e for e in found.entities if e.label == "EMPLOYER"]
    assert firm.alternatives == ("Blue Harbour",)
    assert 0 < firm.confidence < 1


def test_a_folder_without_a_model_is_told(tmp_path, named):
    named(tmp_path)
    with pytest.raises(ModelError, match="unset it"):
        voter.organisations("Blue Harbour")


def test_what_a_model_voted_on_is_measured_again_without_it(named):
    before = stamp()
    named("/elsewhere")
    assert stamp() != before
