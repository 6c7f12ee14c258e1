import pytest
from written import entities, texts, values

from forensics.features.contacts import is_profile, normal, site

MAILS = {
    "jane.doe@example.com": "jane.doe@example.com",
    "Jane.Doe@Example.COM": "jane.doe@example.com",
    "jane+jobs@mail.example.co.uk": "jane+jobs@mail.example.co.uk",
    "jane [at] example.com": "jane@example.com",
    "jane.doe [at] example dot com": "jane.doe@example.com",
    "jane (at) example (dot) com": "jane@example.com",
    "jane at example dot com": "jane@example.com",
    "jane dot doe at example dot com": "jane.doe@example.com",
    "jane.doe @ example.com": "jane.doe@example.com",
    "jane.doe@\nexample.com": "jane.doe@example.com",
    "jane.doe@example.\ncom": "jane.doe@example.com",
    "jürgen.müßig@example.de": "jürgen.müßig@example.de",
    "o'malley@example.com": "o'malley@example.com",
    "jane_doe-99@example.io": "jane_doe-99@example.io",
}


@pytest.mark.parametrize("written", MAILS)
def test_addresses(written):
    for text in (
        f"Jane Doe\n{written}\n",
        f"Jane Doe\nEmail: {written} | Austin",
        f"Jane Doe\n<{written}>, here",
    ):
        (found,) = entities(text, "EMAIL")
        assert found.value == MAILS[written]
        assert found.text == written


@pytest.mark.parametrize(
    "text",
    [
        "looked at example",
        "met them at noon dot",
        "user@host",
        "@janedoe",
        "5 items @ 3.50",
        "a look at example.com",
    ],
)
def test_no_addresses(text):
    assert entities(f"Jane Doe\n{text}\n", "EMAIL") == []


def test_two_fields_printed_without_a_blank():
    assert values("Jane Doe\njane@example.comLinkedIn", "EMAIL") == ["jane@example.com"]
    assert values("Jane Doe\nEmail:jane@example.com;Phone:212-555-0132", "EMAIL") == ["jane@example.com"]
    assert values("Jane Doe\nmailto:jane@example.com", "EMAIL") == ["jane@example.com"]


LINKS = {
    "https://www.linkedin.com/in/jane-doe/": "linkedin.com/in/jane-doe",
    "linkedin.com/in/Jane-Doe-1a2b3c": "linkedin.com/in/jane-doe-1a2b3c",
    "de.linkedin.com/in/jane-doe?locale=en": "linkedin.com/in/jane-doe",
    "http://linkedin.com/pub/jane-doe/1/2/3": "linkedin.com/in/jane-doe",
    "https://github.com/JaneDoe": "github.com/janedoe",
    "github.com/janedoe/": "github.com/janedoe",
    "https://gitlab.com/jane.doe": "gitlab.com/jane.doe",
    "twitter.com/janedoe": "x.com/janedoe",
    "https://x.com/janedoe": "x.com/janedoe",
    "https://stackoverflow.com/users/12345/jane": "stackoverflow.com/users/12345",
    "t.me/janedoe": "t.me/janedoe",
    "https://medium.com/@janedoe": "medium.com/@janedoe",
    "https://janedoe.github.io/resume/": "janedoe.github.io/resume",
    "www.janedoe.dev": "janedoe.dev",
    "https://janedoe.dev/about": "janedoe.dev/about",
    "https://github.com/org/project": "github.com/org/project",
}


@pytest.mark.parametrize("written", LINKS)
def test_links(written):
    (found,) = entities(f"Jane Doe\nSite: {written}, more\n", "URL")
    assert (found.text, found.value) == (written, LINKS[written])


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("LinkedIn: jane-doe", "linkedin.com/in/jane-doe"),
        ("GitHub: janedoe", "github.com/janedoe"),
        ("Twitter: @janedoe", "x.com/janedoe"),
        ("Telegram: @jane_doe", "t.me/jane_doe"),
        ("Discord: janedoe#1234", "discord:janedoe#1234"),
        ("Skype: live:jane.doe", "skype:live:jane.doe"),
        ("\uf09b janedoe", "github.com/janedoe"),
        ("\uf08c jane-doe", "linkedin.com/in/jane-doe"),
    ],
)
def test_labelled_handles(written, value):
    assert values(f"Jane Doe\n{written} | Austin\n", "URL") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Built with Node.js, ASP.NET and Socket.io",
        "Worked for Booking.com and Amazon.com",
        "We finished.It was late",
        "e.g. this, i.e. that",
        "GitHub: Actions, Pages",
        "LinkedIn: Jane Doe",
    ],
)
def test_no_links(text):
    assert texts(f"Jane Doe\njane@example.com\nEXPERIENCE\n{text}\n", "URL") == []
    assert texts(f"Jane Doe\n{text}\n", "URL") in ([], ["Amazon.com"], ["Booking.com"])


def test_a_link_broken_over_two_lines():
    (found,) = entities("Jane Doe\nlinkedin.com/in/\njane-doe-12345\n212-555-0132", "URL")
    assert found.value == "linkedin.com/in/jane-doe-12345"


@pytest.mark.parametrize(
    ("value", "profile", "own_site"),
    [
        ("github.com/janedoe", True, None),
        ("github.com/org/project", False, None),
        ("github.com/features", False, None),
        ("linkedin.com/in/jane-doe", True, None),
        ("linkedin.com/company/brightwater", False, None),
        ("janedoe.dev", False, "janedoe.dev"),
        ("janedoe.dev/about", False, "janedoe.dev"),
        ("janedoe.github.io/resume", False, "janedoe.github.io"),
        ("cs.northfield.edu/~jane", False, "cs.northfield.edu/~jane"),
        ("coursera.org/verify/abc", False, None),
        ("discord:jane#1234", True, None),
    ],
)
def test_what_a_link_says_about_its_owner(value, profile, own_site):
    assert is_profile(value) is profile
    assert site(value) == own_site
    assert normal(value) == value or ":" in value
