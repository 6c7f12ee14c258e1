"""Claims held against those of others and of one's own other documents."""

from __future__ import annotations

from datetime import date

import pytest
from claimants import BLANK, JOBS, OTHERS, corpus_of, letter, measured, resume

from forensics import engine
from forensics.features.addresses import normal
from forensics.findings.across import across
from forensics.findings.applications import targets
from forensics.index.store import Application

TODAY = date(2026, 10, 15)


def found(folder, text, *stored, told=None, applied_at=None, job=None):
    """The findings across documents for a text in a corpus of the stored ones."""
    with corpus_of(folder, *stored) as corpus:
        exhibit = measured(text)
        claim = engine.claim_of(exhibit, told)
        own = corpus.population().own(doc=corpus.number(exhibit.document.id), names=[claim.name])
        findings = across(exhibit, claim, [], corpus, own, [], applied_at=applied_at, job=job, today=TODAY)
    for each in findings:
        assert each.evidence and all(e.text for e in each.evidence), each
        assert each.summary.endswith(".") and each.innocent and each.verify
        assert any(e.start is not None or e.where for e in each.evidence)
    return findings


def told(findings):
    return [(each.signal, each.weight) for each in findings]


# -- copied-history


def test_a_history_under_another_name_is_copied(tmp_path):
    copy = resume(
        name="Ilse Brandt", email="ilse@example.org", phone="(512) 555-0117", address="Austin, TX 78701"
    )
    findings = found(
        tmp_path, copy, (resume(), {}), (resume(name="Rosa Lund", jobs=OTHERS, phone="(206) 555-0111"), {})
    )
    assert told(findings) == [("copied-history", "A")]
    assert "Oskar Dvorak" in findings[0].summary and len(findings[0].evidence) == 6
    assert findings[0].base_rate.documents == 1 and findings[0].base_rate.of == 2


def test_notation_of_employers_titles_and_dates_is_no_difference(tmp_path):
    jobs = (
        ("Sr. Data Engineer", "Tamarack Software, Inc.", "Denver, CO", "03/2020 - Present"),
        ("Data Engineer", "The Copperfield Health", "Boston, MA", "2016 - 2020"),
        ("Jr. Analyst", "Oakline Media LLC", "Boston, MA", "Sep 2013 – Jun 2016"),
    )
    copy = resume(name="Ilse Brandt", email="ilse@example.org", phone="(512) 555-0117", jobs=jobs)
    assert told(found(tmp_path, copy, (resume(), {}))) == [("copied-history", "A")]


def test_employers_renamed_and_dates_kept_is_a_copy(tmp_path):
    jobs = tuple((title, f"{firm.split()[0]}works Ltd", place, dates) for title, firm, place, dates in JOBS)
    copy = resume(name="Ilse Brandt", email="ilse@example.org", phone="(512) 555-0117", jobs=jobs)
    assert told(found(tmp_path, copy, (resume(), {}))) == [("copied-history", "A")]


def test_a_reference_profile_is_protected(tmp_path):
    copy = resume(name="Ilse Brandt", email="ilse@example.org", phone="(512) 555-0117")
    findings = found(tmp_path, copy, (resume(), {"role": "reference"}))
    assert told(findings) == [("copied-history", "A")] and "reference profile" in findings[0].summary


def test_who_bears_the_name_of_the_reference_may_be_that_person(tmp_path):
    same = resume(email="o.dvorak@example.org", phone="(512) 555-0117")
    assert told(found(tmp_path, same, (resume(), {"role": "reference"}))) == [("copied-history", "C")]


def test_one_employer_in_common_is_no_copy(tmp_path):
    jobs = (JOBS[0], *OTHERS)
    assert (
        found(tmp_path, resume(name="Ilse Brandt", phone="(512) 555-0117", jobs=jobs), (resume(), {})) == []
    )


# -- addresses


@pytest.mark.parametrize(
    ("written", "street", "unit"),
    [
        ("123 N. Main St., Apt 4-B", "123 north main street", "4b"),
        ("123 North Main Street #4B", "123 north main street", "4b"),
        ("123 North Main Street Unit 4b", "123 north main street", "4b"),
        ("45 St. James Ave", "45 saint james avenue", None),
        ("9 W 42nd St", "9 west 42nd street", None),
        ("9 West Forty St NW", "9 west forty street northwest", None),
        ("350 Fifth Ave Ste 3300", "350 5th avenue", "3300"),
        ("P.O. Box 77", "po box 77", None),
    ],
)
def test_notations_of_an_address(written, street, unit):
    assert normal(written) == (street, unit)


def test_a_laptop_farm(tmp_path):
    place = "Nashua, NH 03060"
    others = [
        (
            resume(
                name="Rosa Lund", jobs=OTHERS, phone="(206) 555-0111", address=f"18 W. Elm St Apt 3, {place}"
            ),
            {},
        ),
        (
            resume(
                name="Sven Holm",
                jobs=OTHERS[:1],
                phone="(206) 555-0112",
                address=f"18 West Elm Street #3, {place}",
            ),
            {},
        ),
        (
            resume(
                name="Uma Novak",
                jobs=OTHERS[1:],
                phone="(206) 555-0113",
                address=f"18 West Elm Street #4, {place}",
            ),
            {},
        ),
    ]
    findings = found(tmp_path, resume(address=f"18 West Elm Street, Unit 3, {place}"), *others)
    assert told(findings) == [("shared-address", "B")]
    assert "3 applicants" in findings[0].summary and "Uma" not in findings[0].summary


def test_a_family_and_another_town_at_one_street(tmp_path):
    home = "18 West Elm Street, Apt 3, Nashua, NH 03060"
    family = (resume(name="Rosa Dvorak", jobs=OTHERS, phone="(206) 555-0111", address=home), {})
    assert told(found(tmp_path / "a", resume(address=home), family)) == [("shared-address", "C")]
    elsewhere = "18 West Elm Street, Apt 3, Chicago, IL 60601"
    far = (resume(name="Rosa Lund", jobs=OTHERS, phone="(206) 555-0111", address=elsewhere), {})
    assert found(tmp_path / "b", resume(address=home), far) == []


# -- referees

REFEREE = "\nReferences\nPriya Castillo, Director, Redstone Analytics\npriya.castillo@example.net | (617) 555-0155\n"


def test_one_referee_for_two(tmp_path):
    other = resume(name="Rosa Lund", jobs=OTHERS, phone="(206) 555-0111", extra=REFEREE)
    findings = found(tmp_path, resume(extra=REFEREE), (other, {}))
    assert told(findings) == [("shared-referee", "B")] and "Priya Castillo" in findings[0].summary


def test_a_referee_who_is_an_applicant(tmp_path):
    priya = resume(
        name="Priya Castillo", email="priya.castillo@example.net", phone="(617) 555-0155", jobs=OTHERS
    )
    assert told(found(tmp_path / "a", resume(extra=REFEREE), (priya, {}))) == [("shared-referee", "B")]
    assert ("shared-referee", "B") in told(found(tmp_path / "b", priya, (resume(extra=REFEREE), {})))


# -- version-drift


def drifted(tmp_path, **changes):
    return told(found(tmp_path, resume(**changes), (resume(), {})))


def test_a_rewritten_past_is_drift(tmp_path):
    swapped = (JOBS[0], ("Data Engineer", "Redstone Analytics", "Boston, MA", "Jul 2016 - Feb 2020"), JOBS[2])
    moved = (JOBS[0], ("Data Engineer", "Copperfield Health", "Boston, MA", "Jul 2012 - Feb 2020"))
    assert drifted(tmp_path / "a", jobs=swapped) == [("version-drift", "B")]
    assert drifted(tmp_path / "b", jobs=moved) == [("version-drift", "B")]
    assert drifted(tmp_path / "c", study="Bachelor of Science, Ohio Wesleyan College, 2009 - 2013") == [
        ("version-drift", "B")
    ]


def test_an_update_is_none(tmp_path):
    new = ("Staff Engineer", "Meridian Foods", "Denver, CO", "Jan 2026 - Present")
    ended = ("Senior Data Engineer", "Tamarack Software", "Denver, CO", "Mar 2020 - Dec 2025")
    assert drifted(tmp_path / "a", jobs=(new, ended, *JOBS[1:])) == []
    assert drifted(tmp_path / "b", jobs=JOBS[:2]) == []
    corrected = (JOBS[0], ("Data Engineer", "Copperfield Health Inc.", "Boston, MA", "May 2016 - Feb 2020"))
    assert drifted(tmp_path / "c", jobs=corrected) == []


def test_two_people_of_one_name_are_no_drift(tmp_path):
    theirs = dict(email="od@example.org", phone="(206) 555-0111", address="Seattle, WA", jobs=OTHERS)
    assert drifted(tmp_path, **theirs, study="Bachelor of Science, Reed College, 2009 - 2013") == []


# -- application-conflict


def test_letter_and_resume_disagree(tmp_path):
    other = letter(phone="(206) 555-0111", address="Seattle, WA 98101")
    findings = found(tmp_path, resume(), (other, {"job": "Data Engineer"}), job="Data Engineer")
    assert told(findings) == [("application-conflict", "B")]
    assert "telephone" in findings[0].summary and "town" in findings[0].summary


def test_a_new_number_alone_is_context_and_years_later_nothing(tmp_path):
    other = letter(phone="(303) 555-0177")
    assert told(found(tmp_path / "a", resume(), (other, {}))) == [("application-conflict", "C")]
    early = {"applied_at": "2022-01-10"}
    moved = letter(phone="(206) 555-0111", address="Seattle, WA 98101")
    assert found(tmp_path / "b", resume(), (moved, early), applied_at="2026-03-01") == []


def test_a_namesake_of_the_manifest_is_another_person(tmp_path):
    body = "I have kept ferries on time."
    other = letter(phone="(206) 555-0111", email="od@example.net", address="Seattle, WA 98101", body=body)
    namesake = {"applicant": "Oskar Dvorak"}
    assert found(tmp_path / "a", resume(), (other, namesake), told="Oskar Dvorak") == []
    at_one_time = found(
        tmp_path / "b",
        resume(),
        (other, {**namesake, "applied_at": "2026-03-01"}),
        told="Oskar Dvorak",
        applied_at="2026-03-02",
    )
    assert told(at_one_time) == [("application-conflict", "B")]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Priya Castillo", [("application-conflict", "B")]),
        ("Oskar Dvořák", []),
        ("Dvorak, O.", []),
        ("Applicant 17", []),
        ("Osk Novotny", []),  # a part in common
    ],
)
def test_the_form_names_another(tmp_path, form, expected):
    assert told(found(tmp_path, resume(), told=form)) == expected


def test_the_letter_is_meant_for_another(tmp_path):
    body = "I am excited to join Globex Corporation as a data engineer."
    assert told(found(tmp_path / "a", letter(body=body))) == [("application-conflict", "B")]
    assert found(tmp_path / "b", letter(body="I am excited to join Initech as a data engineer.")) == []
    past = "At Globex Corporation I led a team. I am eager to work with Initech."
    assert found(tmp_path / "c", letter(body=past)) == []


def test_where_a_letter_applies():
    text = "I am applying for the position of Analyst at Initech. I would love to join the team at Initech, Inc. soon."
    assert [name for name, _ in targets(text)] == ["Initech"]


# -- successor, burst


def body(name, at):
    text = resume(name=name, email=f"{name[0]}{at}@example.org", phone=f"(206) 555-01{at}")
    lines = [
        "- Rebuilt the settlement ledger so that nine banks close their books before breakfast every day.",
        "- Found the leap second bug that had stopped the ferry timetable twice and wrote its postmortem.",
        "- Taught the warehouse robots of a pharmacy chain to yield to people with trolleys and crutches.",
        "- Replaced a nightly copy of forty million rows by a change feed that nobody has to watch.",
    ]
    return text.replace("\nEducation", "\n".join(["", *lines, "", "Education"]))


def test_a_successor_and_a_burst(tmp_path):
    names = ["Rosa Lund", "Sven Holm", "Uma Novak"]
    stored = [
        (body(name, 11 + at), {"applied_at": f"2026-03-01T0{at}:00:00"}) for at, name in enumerate(names)
    ]
    with corpus_of(tmp_path, *stored) as corpus:
        came = Application(**{**BLANK, "path": "x.txt", "applied_at": "2026-03-01T20:00:00"})
        case = engine.check(measured(body("Oskar Dvorak", 42)), corpus, application=came)
        late = Application(**{**BLANK, "path": "x.txt", "applied_at": "2026-12-01"})
        after = engine.check(measured(body("Oskar Dvorak", 42)), corpus, application=late)
    signals = {each.signal: each.weight for each in case.findings}
    assert signals["successor"] == signals["copied-content"] == "A" and signals["burst"] == "C"
    assert not {"successor", "burst"} & {each.signal for each in after.findings}


def test_a_burst_counts_unrelated_applicants_and_never_more_than_there_are(tmp_path):
    names = ["Rosa Lund", "Sven Holm", "Uma Novak", "Vito Marchi", "Ylva Strand"]
    stored = [
        (body(name, 11 + at), {"applied_at": f"2026-03-01T0{at}:00:00"}) for at, name in enumerate(names)
    ]
    stored.append((resume(name="Hale Ortiz", jobs=OTHERS, phone="(512) 555-0119"), {}))
    with corpus_of(tmp_path, *stored) as corpus:
        came = Application(**{**BLANK, "path": "x.txt", "applied_at": "2026-03-01T20:00:00"})
        case = engine.check(measured(body("Oskar Dvorak", 42)), corpus, application=came)
        (found,) = [each for each in case.findings if each.signal == "burst"]
        assert found.summary.startswith("5 others")
        assert found.base_rate.of == corpus.population().others(frozenset()) == 2
        assert found.base_rate.documents == 1
