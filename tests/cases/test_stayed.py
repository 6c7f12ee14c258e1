"""What stayed in a reworded passage."""

from forensics.cases.stayed import stayed


def test_numbers_names_and_words_are_told_apart():
    a = "Cut the cost of 12 Kafka clusters by 40% while moving billing to PostgreSQL on AWS."
    b = "Moved the billing system onto PostgreSQL, so that the 12 clusters of Kafka at AWS cost 40% less."
    found = stayed(a, b)
    assert found.numbers == ("12", "40%")
    assert found.names == ("Kafka", "PostgreSQL", "AWS")
    assert set(found.words) == {"cost", "clusters", "moving", "billing"}
    assert found.all[:3] == ("12", "40%", "Kafka")


def test_a_word_that_opens_a_sentence_is_no_name_and_function_words_are_nothing():
    found = stayed("Led the team. Migrated it to the cloud.", "The team was led and migrated to the cloud.")
    assert found.names == () and found.numbers == ()
    assert found.words == ("Led", "team", "Migrated", "cloud")


def test_nothing_stayed():
    assert stayed("Wrote firmware for pumps", "Sold flowers").all == ()
    assert stayed("", "").all == ()
    assert stayed("Used C++ and C#", "C# beats C").all == ("C#",)
