"""Slips of the pen are found; names, foreign words, jargon and the other English are not."""

import pytest
from exhibits import exhibit

from forensics.features.slips import likely_meant, slips


@pytest.mark.parametrize(
    ("written", "meant"),
    [("managment", "management"), ("responsibilites", "responsibilities"), ("enviroment", "environment"),
     ("recieved", "received"), ("succesfully", "successfully"), ("seperate", "separate")],
)  # fmt: skip
def test_one_keystroke_from_a_frequent_word(written, meant):
    assert likely_meant(written) == meant


@pytest.mark.parametrize(
    "word",
    "kubernetes refactored microservice containerized onboarding backend workflow terraform serverless observability "
    "throughput idempotent organise recognised behaviour centre programme travelling licence defence catalogue "
    "entwickelte entreprise gerencia responsable verantwortlich desarrollo progetto ontwikkeling".split(),
)
def test_jargon_other_spellings_and_other_languages_are_no_slips(word):
    assert likely_meant(word) is None


def test_only_words_in_running_text_count():
    found = slips(
        exhibit(
            "Jane Doe\njane@managment.example\n\nExperience\nSoftware Engineer, Enviroment Systems, 2019 - 2021\n"
            "- Led the managment of a team and a well-managment-led group at www.managment.example/enviroment\n"
            "- Built dashboards in MariaDb and PowerBi with developement in small steps.\n"
        )
    )
    assert [(each.token, each.meant) for each in found] == [
        ("managment", "management"),
        ("MariaDb", "MariaDB"),
        ("PowerBi", "PowerBI"),
        ("developement", "development"),
    ]
