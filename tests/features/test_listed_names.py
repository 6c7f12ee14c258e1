"""What of a document names a listed institution, how sure that is, and what is nobody's."""

import pytest
from written import document

from forensics.features.institutions import Entry, Listing, Lookup, past
from forensics.features.listed_names import listed_names
from forensics.features.measure import measure
from forensics.index.institutions import shipped

TODAY = "2026-11-24"
SHIPPED = Lookup((each.listing for each in shipped()), today=TODAY)
RESUME = """\
Ada Example
ada@example.com

Experience
Software Engineer, {firm}
Mar 2019 - Present
- Built a thing.

Education
BSc in Computer Science, {school}, 2014
"""


def listing(*entries, tier="own", **how):
    return Listing(
        id="test",
        title="Test",
        tier=tier,
        as_of="2026-01-01",
        sha256="0" * 64,
        where="test",
        entries=entries,
        **how,
    )


def made(*entries):
    return Lookup([listing(*entries)], today=TODAY)


def found(text, lookup=SHIPPED, kind="resume"):
    exhibit = measure(document(text, kind=kind))
    return [
        (text[hit.start : hit.end], hit.how, lookup.entries[hit.entry].names[0])
        for hit in listed_names(exhibit, lookup)
    ]


def school(name, lookup=SHIPPED):
    return found(RESUME.format(firm="Acme Corp", school=name), lookup)


def firm(name, lookup=SHIPPED):
    return found(RESUME.format(firm=name, school="Boston University"), lookup)


def acronym(name):
    return len(name) < 7 and name.isascii() and name.isupper()


NAMES = [
    (entry.names[0], name) for each in shipped() for entry in each.listing.entries for name in entry.names
]


@pytest.mark.parametrize(("entry", "name"), [pair for pair in NAMES if not acronym(pair[1])])
def test_every_shipped_name_is_found_as_school_and_as_employer(entry, name):
    for hits in (school(name), firm(name)):
        assert [(text, each) for text, _, each in hits] in ([(name, entry)], [(name.rstrip("."), entry)])


@pytest.mark.parametrize(("entry", "name"), [pair for pair in NAMES if acronym(pair[1])])
def test_an_acronym_needs_its_context(entry, name):
    assert school(name) == []
    assert school(f"{name}, Pyongyang, DPRK") == [(name, "alias", entry)]
    assert school(f"{name.lower()}, Pyongyang") == []


@pytest.mark.parametrize(
    "name",
    [
        "Kim Ch'aek University of Technology",
        "KIM CHAEK UNIVERSITY OF TECHNOLOGY",
        "Kim Chaik University of Technology",
        "Gim Chaek University of Technology",
        "Kimchaek Univ. of Tech.",
        "Kim Il-sŏng University",
        "Gim Il-seong University",
        "Kim Ilsung University",
        "Kim Il Song University",
        "P'yŏngyang University of Foreign Studies",
        "Pyeongyang University of Science and Technology",
        "Goryeo Seonggyungwan University",
        "Koryo Sung Kyun Kwan University",
        "Joseon Expo",
        "Choson Expo Joint Venture",
        "Korea Mangyeongdae Computer Technology Co., Ltd.",
        "Yujong Credit Bank",
        "Hŭich'ŏn University of Telecommunications",
        "Najin University of Marine Transport",
        "김책공업종합대학을 졸업",
        "김일성 종합대학",
    ],
)
def test_romanisations_short_forms_and_scripts_count_as_the_name(name):
    ((_, how, _),) = school(name)
    assert how in ("exact", "alias")


@pytest.mark.parametrize(
    "name",
    [
        "Pyongyang Univercity of Automation",
        "Pyongyang University of Automatoin",
        "Kim Chaek Institute",
        "Fortuna LLC",
        "Academy of Natural Sciences",
        "National Defense Academy",
        "University of Automation",
        "Institute of Natural Sciences",
        "Silver Star China",
        "Independent Lab LLC",
        "Korea Computer Company",
        "Mirim College, Seoul",
        "Mirim University, South Korea",
    ],
)
def test_what_is_alike_or_what_others_are_called_too_is_fuzzy(name):
    assert [how for _, how, _ in firm(name) or school(name)] == ["fuzzy"]


@pytest.mark.parametrize(
    "name",
    [
        "Kim Il Trading",
        "Kim Il LLC",
        "Kim Il Law Firm",
        "Kim Il University Hospital",
        "Silver Star",
        "Silver Star Technologies",
        "Silver Star Network Solutions, Inc.",
        "Mirim",
        "Mirim Girls' Information Science High School",
        "Fortuna Capital LLC",
        "Fortuna Entertainment Group",
        "KUT",
        "KUT, Kochi, Japan",
        "Korea University of Technology and Education (KUT), Cheonan",
        "PUST, Pabna, Bangladesh",
        "KCC Corporation, Seoul",
        "Sungkyunkwan University",
        "Korea University",
        "Seoul National University of Science and Technology",
        "Yanbian University of Science and Technology",
        "Academy of Natural Sciences of Drexel University",
        "National Defense Academy of Japan",
        "Harbin University of Automation",
        "University of Automation Engineering Dresden",
        "Independent Labs",
        "Beijing Institute of Natural Sciences",
        "Chosun University",
        "Korea Computer Science Olympiad",
    ],
)
def test_homonyms_and_neighbours_are_nothing(name):
    assert firm(name) == [] and school(name) == []


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        ("BIO CORPORATION", "Takara Bio Inc."),
        ("TIMBER CORPORATION", "West Fraser Timber Co. Ltd"),
        ("SAN MATEO S.A.", "College of San Mateo"),
        ("B R C S.A.", "BRC Asia Limited"),
        ("RADIO AND TELEVISION CORPORATION", "Qinghai Radio & Television University"),
        ("AL RASHEED TRUST", "Al Rasheed University College"),
    ],
)
def test_a_name_inside_a_longer_one_is_nothing(listed, written):
    one = made(Entry(names=(listed,)))
    assert firm(written, one) == [] and school(written, one) == []
    assert firm(listed.title(), one)


def test_context_makes_a_common_name_this_one():
    assert firm("Fortuna LLC (with Songkwang Trading)")[0][1:] == ("alias", "Fortuna LLC") or firm(
        "Fortuna LLC (with Songkwang Trading)"
    )[0][1:] == ("exact", "Fortuna LLC")
    assert school("National Defense Academy, Pyongyang")[0][1] == "alias"
    assert school("KUT (Kim Chaek)")[0][1] in ("alias", "fuzzy")


def test_persons_are_never_looked_up():
    one = made(Entry(names=("Kim Chaek",)), Entry(names=("Ada Example Trading", "Ada Example")))
    text = "Kim Chaek\nkim@example.com\n\nExperience\nEngineer, Acme Corp\n2019 - 2021\n- Reported to Ada Example.\n"
    exhibit = measure(document(text))
    assert exhibit.features.applicant.name == "Kim Chaek"
    assert [text[hit.start : hit.end] for hit in listed_names(exhibit, one)] in ([], ["Ada Example"])
    assert "Kim Chaek" not in [text[hit.start : hit.end] for hit in listed_names(exhibit, one)]


def test_only_where_people_say_what_they_did():
    lookup = made(Entry(names=("Songkwang Trading",)))
    text = "Ada Example\n\nReferences\nMs Jane Roe knows songs by Songkwang Trading quite well\n"
    assert found(text, lookup) == []
    assert found(text.replace("References", "Experience"), lookup)[0][1] == "exact"
    assert found("Dear team,\nI worked at Songkwang Trading for years.\n", lookup, kind="cover_letter")


def test_a_name_does_not_run_over_the_end_of_a_passage_or_sentence():
    lookup = made(Entry(names=("Zorvex Quantal Institute",)))
    text = "Ada Example\n\nExperience\nWorked at Zorvex\nQuantal Institute\n"
    assert found(text, lookup) == []
    assert found("Ada Example\n\nExperience\nI know Zorvex. Quantal Institute is elsewhere.\n", lookup) == []
    assert found("Ada Example\n\nExperience\nI know Zorvex Quantal Institute.\n", lookup)


def test_a_domain_counts_as_an_alias_in_a_contact_of_their_own():
    text = "Ada Example\nada@star.kut.edu.kp\n\nExperience\nEngineer, Acme Corp\n2019 - 2021\n"
    assert found(text) == [("ada@star.kut.edu.kp", "alias", "Kim Chaek University of Technology")]
    assert found(text.replace("kut.edu.kp", "notkut.edu.kp.example.com")) == []


def test_expired_entries_are_left_out_and_counted():
    lookup = made(Entry(names=("Zorvex Quantal Institute",), expiry="2026-11-23"))
    assert lookup.expired == 1 and school("Zorvex Quantal Institute", lookup) == []
    still = made(Entry(names=("Zorvex Quantal Institute",), expiry="2026-11-24"))
    assert school("Zorvex Quantal Institute", still)
    assert not past("2026-11", TODAY) and past("2026-10", TODAY) and past("2025", TODAY)


def test_entry_order_and_other_entries_change_nothing():
    entries = [entry for each in shipped() for entry in each.listing.entries]
    reverse = Lookup([listing(*reversed(entries))], today=TODAY)
    for name in (
        "Mirim College",
        "Kim Il Sung University",
        "KUT, Pyongyang",
        "Fortuna LLC",
        "Kim Chaek Institute",
    ):
        assert school(name) == school(name, reverse)
