"""institution-listed: what it says, how heavy it is, and that silence is no clearance."""

from datetime import date

import pytest
from exhibits import JANE, exhibit

from forensics.features.institutions import Entry, Listing, Lookup
from forensics.findings.institutions import institutions, institutions_not_run
from forensics.index.institutions import shipped

SHIPPED = Lookup((each.listing for each in shipped()), today="2026-11-24")
OWN = Listing(
    id="own", title="Our own list", tier="own", as_of="2026-11-01", sha256="ab" * 32, where="lists/own",
    entries=(Entry(names=("Zorvex Quantal Institute", "Boston University of Zorvex"), reason="diploma mill",
                   approver="J. Doe", expiry="2027-03-31"),),
)  # fmt: skip


def resume(school="Boston University", firm="Initech"):
    return exhibit(JANE.replace("Boston University", school).replace("Initech", firm))


def only(*words, lookup=SHIPPED, **how):
    (found,) = institutions(resume(*words, **how), lookup)
    return found


def test_a_designated_institution_by_an_alias():
    found = only("Mirim College")
    assert (found.signal, found.family, found.weight) == ("institution-listed", "institution", "B")
    for said in ("Mirim College", "Pyongyang University of Automation", "OFAC", "2023-05-23", "as of 2025-11-04",
                 "this entry as of 2025-02", "treasury.gov"):  # fmt: skip
        assert said in found.summary
    quoted, entry = found.evidence
    assert quoted.text == "Mirim College" and quoted.start is not None
    assert entry.where.startswith("corpora/lists/institutions/designated.toml, entry 43336")
    assert found.innocent and found.verify and found.base_rate is None


def test_programme_and_number_are_cited():
    found = only(firm="Korea Computer Center")
    assert "programme DPRK3" in found.summary and "entry 22323" in found.evidence[-1].where


def test_a_place_is_a_fact_and_no_designation():
    found = only("Kim Chaek University of Technology")
    assert found.weight == "B" and "no designation is implied" in found.summary
    assert "designated by" not in found.summary


def test_a_reported_front_is_not_said_to_be_designated():
    found = only(firm="HopanaTech")
    assert "SentinelLabs" in found.summary and "no authority has designated it" in found.summary


def test_alike_weighs_c_and_says_so():
    found = only(firm="Fortuna LLC")
    assert found.weight == "C" and "may be another institution" in found.summary
    assert found.innocent[0].startswith("It is another institution")


def test_the_users_own_list_says_who_approved_and_why():
    found = only("Zorvex Quantal Institute", lookup=Lookup([OWN], today="2026-11-24"))
    for said in ("diploma mill", "J. Doe", "2027-03-31", "as of 2026-11-01", "Our own list"):
        assert said in found.summary
    assert found.weight == "B"


def test_one_institution_is_one_finding_however_often_it_stands():
    found = only("Kim Chaek University of Technology", firm="Kim Chaek University of Technology")
    assert [each.text for each in found.evidence[:-1]] == ["Kim Chaek University of Technology"] * 2


def test_an_institution_of_two_lists_is_one_finding():
    both = Listing(
        id="x", title="Second list", tier="designated", as_of="2026-01-01", sha256="0" * 64, where="lists/x",
        entries=(Entry(names=("Kim Chaek University of Technology",), authority="An authority"),),
    )  # fmt: skip
    found = only(
        "Kim Chaek University of Technology", lookup=Lookup([*SHIPPED.lists, both], today="2026-11-24")
    )
    assert (
        "designated by An authority" in found.summary and "Also on: Institutions in the DPRK" in found.summary
    )


def test_silence_names_the_lists_and_dates_and_clears_nobody():
    lookup = Lookup([*SHIPPED.lists, OWN], today="2026-11-24")
    assert institutions(resume(), lookup) == []
    (note,) = institutions_not_run(resume(), lookup, today=date(2025, 11, 30))[:1]
    assert note.signal == "institution-listed" and "clears nobody" in note.why
    for each in lookup.lists:
        assert each.title in note.why and f"as of {each.as_of}" in note.why
    assert "clear:" not in note.why and "no risk" not in note.why


@pytest.mark.parametrize(
    ("day", "old"), [(date(2026, 5, 3), ["located"]), (date(2026, 5, 4), ["designated", "located"])]
)
def test_old_lists_are_told_of_also_where_something_was_found(day, old):
    notes = institutions_not_run(resume("Mirim College"), SHIPPED, today=day)
    (note,) = notes
    assert "older than 180 days" in note.why
    assert [each for each in ("designated", "located") if f"{each} (" in note.why] == old


def test_fresh_lists_and_a_finding_leave_nothing_to_say():
    lookup = Lookup([OWN], today="2026-11-24")
    assert institutions_not_run(resume("Zorvex Quantal Institute"), lookup, today=date(2026, 11, 24)) == []


def test_expired_entries_are_counted_in_the_note():
    late = Lookup([OWN], today="2027-04-01")
    (note,) = institutions_not_run(resume("Zorvex Quantal Institute"), late, today=date(2027, 4, 1))
    assert "past their expiry, left out: 1" in note.why
