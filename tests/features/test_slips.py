"""Slips of the pen are found; names, foreign words, jargon and the other English are not."""

import pytest
from exhibits import exhibit

from forensics.features.slips import likely_meant, misspelt, slips


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
    "visualising visualised optimising draught draughtsman ploughing sceptical manoeuvre paediatric anaesthetist "
    "judgement acknowledgement fulfilment enrolment counsellor signalling kilometre haematology oestrogen jewellery "
    "uvicorn skaffold rekognition systemjs "
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


def said(*lines):
    body = "\n".join(f"- {line}" for line in lines)
    text = f"Jane Doe\n\nExperience\nEngineer, Acme Corp, 2019 - 2021\n- {'the and of ' * 8}work\n{body}\n"
    return [(each.token, each.usual) for each in slips(exhibit(text))]


@pytest.mark.parametrize(
    "line",
    [
        "Projektledare med ansvar, strategi och ledning av servere samt konsulter",
        "Inginer arhitect de sisteme, procesor de date si servere in companie",
        "Manajer proyek, strategi pemasaran dan komunikasi di perusahaan teknologi",
        "arhitect, procesor, manajer",
        "Diploma: Arhitect de Sisteme si procesor de semnal",
    ],
)
def test_a_line_in_another_language_holds_no_slip(line):
    assert said(line) == []


def test_the_same_word_in_an_english_sentence_is_one():
    assert said("Designed the procesor for a small radio and the team") == [("procesor", False)]


@pytest.mark.parametrize(
    ("written", "usual"),
    [("PowerBi", True), ("IPhone", True), ("MariaDb", True), ("RabbitMq", True), ("OpenCv", True),
     ("MariADB", False), ("RabBitMQ", False)],
)  # fmt: skip
def test_capitals_that_people_guess_are_usual_and_others_are_not(written, usual):
    assert said(f"Moved all reports to {written} and the team with it") == [(written, usual)]


def test_a_slip_that_the_whole_world_makes_is_told_as_such():
    assert said("Took over the managment of the landscpae team") == [
        ("managment", True),
        ("landscpae", False),
    ]


def test_no_listed_word_stands_twice_or_is_no_slip():
    from forensics.features.gazetteers import program_names, usual_slips

    assert usual_slips() and {each for each in usual_slips() if likely_meant(each) is None} == set()
    assert not usual_slips() & program_names()


def test_a_word_is_known_however_it_stands():
    text = "Jane Doe\n\nLandscpae Gardeners wanted\nMANAGMENT\nsee landscpae-gardens.example\n"
    assert misspelt(exhibit(text)) == {"landscpae", "managment"}
