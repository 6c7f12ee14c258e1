"""What one document claims: each impossibility is found, and what looks like it is left alone."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from random import Random

import pytest
from claimed import honest, planted
from claimed.writing import text

from forensics.documents.parse import parse
from forensics.features.measure import measure
from forensics.findings import known
from forensics.findings.finding import Claim
from forensics.findings.inside import inside
from forensics.settings import Settings

TODAY = date(2026, 10, 15)
HEAD = "Oskar Dvorak\n{place}\noskar.dvorak@example.com | (617) 555-0142\n"
JOBS = """
Experience
Data Engineer, Tamarack Software, Boston, MA
{one}
- {bullet}

Data Engineer, Copperfield Health, {elsewhere}
{two}
- Kept the ledgers of three branches.

Education
{study}
"""


def resume(
    place="Boston, MA 02110",
    one="Mar 2015 - Jun 2018",
    two="Jul 2018 - Present",
    elsewhere="Austin, TX",
    bullet="Wrote the handbook.",
    study="Bachelor of Science, Boston University, Sep 2010 - Jun 2014",
    summary="",
    head=HEAD,
) -> str:
    about = f"\nSummary\n{summary}\n" if summary else ""
    return (
        head.format(place=place)
        + about
        + JOBS.format(one=one, two=two, elsewhere=elsewhere, bullet=bullet, study=study)
    )


def found(written: str, told: str | None = None) -> list[tuple[str, str]]:
    """Signal and weight of each finding."""
    data = written.encode()
    document = parse(
        data, id=f"sha256:{sha256(data).hexdigest()}", path="r.txt", plain=True, limits=Settings()
    )
    exhibit = measure(document)
    applicant = exhibit.features.applicant
    findings = inside(exhibit, Claim(told=told, read=applicant.name, emails=applicant.emails), today=TODAY)
    for each in findings:
        assert each.evidence and all(e.text and e.start is not None for e in each.evidence), each
        assert each.summary.endswith(".") and each.innocent and each.verify
    return [(each.signal, each.weight) for each in findings]


def test_an_ordinary_history_says_nothing():
    assert found(resume()) == []


WRONG = {
    "two full-time posts far apart": (dict(two="Jan 2016 - Dec 2019"), "timeline-overlap", "B"),
    "one post inside another": (
        dict(one="Jan 2015 - Dec 2019", two="Mar 2016 - Feb 2018"),
        "timeline-overlap",
        "B",
    ),
    "in two countries": (
        dict(two="Jan 2016 - Dec 2019", elsewhere="Warsaw, Poland"),
        "timeline-overlap",
        "B",
    ),
    "ends before it begins": (dict(one="Mar 2018 - Jun 2015"), "timeline-overlap", "B"),
    "begins in the future": (dict(two="Aug 2028 - Present"), "timeline-overlap", "B"),
    "a sum that does not add up": (
        dict(summary="30 years of experience in data.", study="BSc, Boston University, 2014"),
        "experience-arithmetic",
        "B",
    ),
    "a tool before it was public": (
        dict(one="Mar 2005 - Jun 2010", two="Jul 2010 - Present", bullet="Ran it on Kubernetes."),
        "technology-anachronism",
        "B",
    ),
    "a weak name beside a strong one": (
        dict(
            one="Mar 2003 - Jun 2006",
            two="Jul 2006 - Present",
            bullet="Wrote services in Go, MongoDB and Java.",
        ),
        "technology-anachronism",
        "B",
    ),
    "a version before it was there": (
        dict(bullet="Moved all services to Java 21."),
        "technology-anachronism",
        "B",
    ),
    "a list of versions": (
        dict(bullet="Supported Java 8/11/21 in production."),
        "technology-anachronism",
        "B",
    ),
    "a version like a year": (
        dict(one="Mar 2012 - Jun 2015", two="Jul 2015 - Present", bullet="Upgraded to SQL Server 2019."),
        "technology-anachronism",
        "B",
    ),
    "more years than it has been public": (
        dict(summary="20+ years of hands-on experience with Kubernetes."),
        "technology-anachronism",
        "B",
    ),
    "years in brackets": (dict(summary="Terraform (18 years), SQL."), "technology-anachronism", "B"),
    "a school before it was founded": (
        dict(study="Bachelor of Arts, Ashoka University, 2005 - 2009"),
        "education-dates",
        "B",
    ),
    "four years in one": (
        dict(study="Bachelor of Science, Ohio State University, Sep 2013 - Jun 2014"),
        "education-dates",
        "B",
    ),
    "ZIP of another state": (dict(place="Boston, MA 94105"), "place-conflict", "B"),
    "ZIP of another town": (dict(place="Austin, TX 79901"), "place-conflict", "B"),
    "city of another state": (dict(place="San Francisco, TX"), "place-conflict", "B"),
    "Canadian code of another province": (dict(place="Toronto, ON V5K 0A1"), "place-conflict", "B"),
    "a mailbox": (dict(place="1209 N. Orange St., Wilmington, DE 19801"), "place-conflict", "C"),
    "a private mailbox": (dict(place="55 Elm Street PMB 204, Boston, MA 02110"), "place-conflict", "C"),
    "a number of another region": (dict(place="Austin, TX 78701"), "phone-place", "C"),
}


@pytest.mark.parametrize(("changes", "signal", "weight"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_found(changes, signal, weight):
    assert (signal, weight) in found(resume(**changes))


FINE = {
    "handover": dict(two="Apr 2018 - Present"),
    "towns between which one commutes": dict(two="Jan 2016 - Dec 2019", elsewhere="Cambridge, MA"),
    "years only": dict(one="2015 - 2018", two="2018 - Present"),
    "remote": dict(two="Jan 2016 - Dec 2019", elsewhere="Remote"),
    "a contract": dict(two="Jan 2016 - Dec 2019 (contract)"),
    "an offer": dict(two="Incoming, Jul 2028 - Present"),
    "rounded up": dict(summary="13+ years of experience in data."),
    "a team's experience": dict(summary="Leads a team with 60 years of combined experience."),
    "a tool in its first year": dict(
        one="Mar 2010 - Jun 2014", two="Jul 2014 - Present", bullet="Tried Kubernetes and Docker."
    ),
    "a tool in an ongoing job": dict(
        two="Jan 1999 - Present", one="Mar 1996 - Jun 1998", elsewhere="Boston, MA", bullet="Kept books."
    ),
    "a word that is also a tool": dict(
        one="Mar 1996 - Jun 1998",
        two="Jul 1998 - Present",
        bullet="Chef at the Helm of the kitchen. Go the extra mile, Spark joy.",
    ),
    "a schema like a tool": dict(
        one="Mar 1996 - Jun 1998",
        two="Jul 1998 - Present",
        bullet="Built a Snowflake schema on Oracle and Linux.",
    ),
    "a passage that speaks of later": dict(
        one="Mar 2005 - Jun 2010",
        two="Jul 2010 - Present",
        bullet="Built what was moved to Kubernetes in 2019.",
    ),
    "years that are none of the tool": dict(summary="20 years in IT, the last five with Kubernetes."),
    "Python 3 years": dict(
        summary="Python 3 years, Java 17 years.", one="Mar 2005 - Jun 2010", two="Jul 2010 - Present"
    ),
    "top-up degree": dict(study="BSc (top-up), Ohio State University, Sep 2013 - Jun 2014"),
    "a year of a Master's": dict(study="Master of Science, Ohio State University, Sep 2013 - Jun 2014"),
    "an old school": dict(
        study="Bachelor of Arts, Boston University, 1962 - 1966", one="1966 - 1980", two="1981 - Present"
    ),
    "a suburb that post names otherwise": dict(place="Brookline, MA 02445"),
    "a saint": dict(place="Saint Paul, MN 55101", head=HEAD.replace("617", "651")),
}


@pytest.mark.parametrize("changes", FINE.values(), ids=FINE)
def test_what_can_be_is_left_alone(changes):
    assert found(resume(**changes)) == []


def test_a_summary_of_earlier_work_forbids_sums():
    few = resume(summary="30 years of experience in data.") + "\nEarlier experience available on request.\n"
    assert found(few) == []


def test_an_old_degree_makes_a_large_sum_context():
    old = resume(summary="30 years of experience in data.", study="Bachelor of Arts, Boston University, 1990")
    assert found(old) == [("experience-arithmetic", "C")]


@pytest.mark.parametrize(
    ("name", "address", "expected"),
    [
        ("Oskar Dvorak", "maria.gonzalez@gmail.com", [("email-name", "B")]),
        ("Oskar Dvorak", "maria.dvorak@gmail.com", []),  # a spouse
        ("Oskar Dvorak", "oskar.gonzalez@gmail.com", []),  # a name from before
        ("Oskar Dvorak", "blue.sky@gmail.com", []),
        ("Oskar Dvorak", "o.d.codes@gmail.com", []),
        ("Oskar Dvorak", "maria.gonzalez@tamarack-software.com", []),  # a recruiter, an assistant
        ("Mohammed Al Farsi", "mohamad_alfarsy@gmail.com", []),
        ("Oskar Dvorak", "oskar@duck.com", [("email-name", "C")]),
        ("Oskar Dvorak", "oskar@mailinator.com", [("email-name", "C")]),
    ],
)
def test_an_address_with_anothers_name(name, address, expected):
    head = f"{name}\nBoston, MA\n{address} | (617) 555-0142\n"
    assert found(resume(head=head)) == expected


def test_a_company_that_ended_and_one_that_had_not_begun():
    closed = resume(one="Mar 2015 - Jun 2018").replace("Tamarack Software", "Lehman Brothers")
    unborn = resume(one="Mar 2003 - Jun 2006", two="Jul 2006 - Present").replace(
        "Tamarack Software", "Airbnb, Inc."
    )
    assert found(closed) == [("employer-dates", "B")]
    assert found(unborn) == [("employer-dates", "B")]
    assert found(resume().replace("Tamarack Software", "Airbnb")) == []
    assert found(resume(one="Mar 1999 - Present").replace("Tamarack Software", "Sun Microsystems")) != []


def test_an_old_file_may_still_say_present():
    old = resume(one="1999 - Present", two="1995 - 1999", study="BSc, Boston University, 1994")
    assert found(old.replace("Tamarack Software", "Sun Microsystems")) == []


def test_a_degree_that_ends_before_it_begins_is_a_date_of_education():
    assert found(resume(study="BSc, Boston University, 2010 - 2007")) == [("education-dates", "B")]


def test_a_document_that_writes_all_ranges_backwards_has_its_own_way():
    assert (
        found(resume(one="2018 - 2015", two="2021 - 2018", study="BSc, Boston University, 2014 - 2010")) == []
    )


@pytest.mark.parametrize("kind", honest.KINDS)
def test_honest_histories_are_not_doubted(kind):
    for number in range(6):
        written = text(honest.KINDS[kind](Random(f"test {kind} {number}")))
        assert [each for each in found(written) if each[1] != "C"] == [], written


@pytest.mark.parametrize("kind", planted.KINDS)
def test_planted_claims_are_found(kind):
    signal, make = planted.KINDS[kind]
    hits = [signal in dict(found(text(make(Random(f"test {kind} {number}"))))) for number in range(6)]
    assert sum(hits) >= 5


def test_the_lists_are_large_and_sourced():
    by_name, weak = known.technologies()
    rows = {each.name: each for each in by_name.values()}
    assert len(rows) >= 250 and weak < by_name.keys()
    for each in [*rows.values(), *known.versions().values()]:
        assert each.source.startswith("https://") and 12 * 1960 < each.public < 12 * 2027, each
    assert len({each.name for each in known.versions().values()}) >= 200
    assert known.employer("Google LLC") and known.school("KAIST") and known.employer("Nowhere Ltd") is None
