import pytest

from forensics.features.phones import find_phones, surface, validity

EVERYWHERE = {
    "(212) 555-0132": "+12125550132",
    "(212)555-0132": "+12125550132",
    "[212] 555-0132": "+12125550132",
    "212-555-0132": "+12125550132",
    "212.555.0132": "+12125550132",
    "212 555 0132": "+12125550132",
    "212 - 555 - 0132": "+12125550132",
    "+1 212 555 0132": "+12125550132",
    "+1 (212) 555-0132": "+12125550132",
    "+1-212-555-0132": "+12125550132",
    "1-212-555-0132": "+12125550132",
    "1 (212) 555-0132": "+12125550132",
    "+12125550132": "+12125550132",
    "001 212 555 0132": "+12125550132",
    "(212) 555-0132 ext. 45": "+12125550132",
    "212-555-0132 x45": "+12125550132",
    "+44 7700 900123": "+447700900123",
    "+44 (0)20 7946 0123": "+442079460123",
    "0044 20 7946 0123": "+442079460123",
    "(123) 456-7890": "+11234567890",
}

IN_CONTACT_LINES = {
    "2125550132": "+12125550132",
    "12125550132": "+12125550132",
    "555-0132": "5550132",
    "212-555-013": "+1212555013",
    "212-555-01322": "+121255501322",
}

NEVER = [
    "New York, NY 10001-1234",
    "ISBN 978-0-306-40615-7",
    "ISBN: 9780306406157",
    "SSN 123-45-6789",
    "ID 123-456-7890",
    "License No. 212-555-0132",
    "Order #2125550132",
    "$2,125,550,132",
    "10.1000/182",
    "192.168.100.200",
    "1,000,000 rows",
    "3.14159265358979",
    "v2.12.555.0132",
]


def read(text, near, regions=("US",)):
    return [(text[p.start : p.end], p.value) for p in find_phones(text, lambda at: near, regions)]


@pytest.mark.parametrize("near", [False, True])
@pytest.mark.parametrize("text", EVERYWHERE)
def test_numbers_that_are_read_everywhere(text, near):
    assert read(text, near) == [(text, EVERYWHERE[text])]
    assert read(f"Call {text}, please", near) == [(text, EVERYWHERE[text])]


@pytest.mark.parametrize("text", IN_CONTACT_LINES)
def test_numbers_that_are_read_in_contact_lines_or_behind_a_label(text):
    assert read(text, True) == [(text, IN_CONTACT_LINES[text])]
    assert read(f"Phone: {text}", False) == [(text, IN_CONTACT_LINES[text])]
    assert read(f"we saw {text} rows", False) == []


@pytest.mark.parametrize("near", [False, True])
@pytest.mark.parametrize("text", NEVER)
def test_what_is_no_number(text, near):
    assert read(text, near) == []


@pytest.mark.parametrize("separator", [" / ", ", ", " | ", "; ", " or ", "\n"])
def test_two_numbers_are_two(separator):
    text = f"212-555-0132{separator}(415) 555-0199"
    assert [value for _, value in read(text, False)] == ["+12125550132", "+14155550199"]


@pytest.mark.parametrize(
    "label", ["M: ", "T ", "Tel.: ", "Cell ", "Mobile (home): ", "☎ ", "\uf095 ", "Ph# "]
)
def test_labels(label):
    assert [value for _, value in read(f"{label}2125550132", False)] == ["+12125550132"]


def test_a_bare_number_is_read_by_the_country_of_the_header():
    assert read("07700 900123", True, ("GB", "US")) == [("07700 900123", "+447700900123")]
    assert read("020 7946 0123", True, ("GB", "US")) == [("020 7946 0123", "+442079460123")]
    assert read("987-654-3210", True, ("IN", "US")) == [("987-654-3210", "+919876543210")]


def test_a_number_that_another_country_could_have_is_not_called_american():
    (_, value), *_ = read("98765-43210", True)
    assert value == "9876543210"
    assert validity(value).verdict == "valid"


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("+12125550132", "fictional"),
        ("+12125550200", "valid"),
        ("+12122345678", "valid"),
        ("+11234567890", "invalid"),
        ("+10235550132", "invalid"),
        ("+11235550132", "invalid"),
        ("+19992345678", "invalid"),
        ("+12121345678", "invalid"),
        ("+12129112345", "invalid"),
        ("+1212555013", "invalid"),
        ("+121255501322", "invalid"),
        ("+447700900123", "fictional"),
        ("+442079460123", "fictional"),
        ("+4477009001", "invalid"),
        ("+49305550132", "valid"),
        ("+9991234567", "invalid"),
        ("5550132", "fictional"),
        ("5551234", "valid"),
    ],
)
def test_validity(value, verdict):
    found = validity(value)
    assert found.verdict == verdict
    assert bool(found.why) == (verdict != "valid")


@pytest.mark.parametrize(
    ("written", "features"),
    [
        ("+1 212 555 0132", {"plus_one", "spaces"}),
        ("+1 (212) 555-0132", {"plus_one", "parentheses", "dashes"}),
        ("1-212-555-0132", {"one_dash", "dashes"}),
        ("(212) 555-0132", {"parentheses", "dashes"}),
        ("(212) 555 0132", {"parentheses", "spaces"}),
        ("212.555.0132", {"dots"}),
        ("2125550132", {"bare"}),
        ("+12125550132", {"plus_one", "bare"}),
        ("212-555-0132 ext. 45", {"dashes"}),
        ("212–555–0132", {"dashes"}),
        ("+44 7700 900123", {"spaces"}),
    ],
)
def test_surface(written, features):
    assert set(surface(written)) == features
