"""Impossible lives: an ordinary one with one thing that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from claimed.honest import NOW, plain, post
from claimed.writing import Life, Post, Study

FAR = (
    ("Boston, MA", "Austin, TX"),
    ("Seattle, WA", "Atlanta, GA"),
    ("Chicago, IL", "Phoenix, AZ"),
    ("Berlin, Germany", "Denver, CO"),
    ("San Francisco, CA", "Los Angeles, CA"),
)


def overlap(random: Random) -> Life:
    a, b = random.choice(FAR)
    start = NOW - random.randint(60, 90)
    jobs = (
        post(random, start, start + 40, a, employer="Tamarack Software", title="Backend Developer"),
        post(
            random,
            start + random.randint(6, 24),
            start + 50,
            b,
            employer="Copperfield Health",
            title="Database Administrator",
        ),
    )
    return plain(random).having(jobs=jobs, years_only=False, summary="")


def backwards(random: Random) -> Life:
    life = plain(random)
    wrong = post(
        random, NOW - 100, NOW - 100 - random.randint(13, 40), "Denver, CO", employer="Oakline Media"
    )
    return life.having(jobs=(*life.jobs, wrong))


def future(random: Random) -> Life:
    life = plain(random)
    return life.having(jobs=(post(random, NOW + random.randint(8, 30), None, "Denver, CO"), *life.jobs[1:]))


def arithmetic(random: Random) -> Life:
    life = plain(random)
    start = NOW - random.randint(24, 60)
    claimed = random.randint(12, 20)
    words = random.choice(
        [
            f"Engineer with {claimed}+ years of experience in backend systems.",
            f"Over {claimed} years of professional software development experience.",
            f"{claimed} years' experience.",
        ]
    )
    study = Study(school="Boston University", degree="Bachelor of Science", start=start - 46, end=start - 2)
    return life.having(jobs=(post(random, start, None, "Denver, CO"),), studies=(study,), summary=words)


def early(random: Random, tool: str, year: int) -> Life:
    end = 12 * (year - random.randint(2, 5)) + random.randint(0, 11)
    job = Post(
        employer="Oakline Media",
        title="Software Engineer",
        place="Denver, CO",
        start=end - 30,
        end=end,
        bullets=(
            random.choice(
                [
                    f"Moved the billing platform to {tool} and PostgreSQL.",
                    f"Environment: Java, {tool}, MySQL",
                    f"Wrote services with {tool}, Python and Linux.",
                ]
            ),
            "Trained two colleagues.",
        ),
    )
    life = plain(random)
    return life.having(jobs=(*[each for each in life.jobs if each.start > end], job), summary="")


def technology(random: Random) -> Life:
    return early(
        random,
        *random.choice(
            [
                ("Docker", 2013),
                ("Kubernetes", 2014),
                ("TensorFlow", 2015),
                ("Terraform", 2014),
                ("GraphQL", 2015),
                ("TypeScript", 2012),
                ("AWS Lambda", 2014),
                ("Flutter", 2015),
            ]
        ),
    )


def version(random: Random) -> Life:
    return early(
        random,
        *random.choice(
            [
                ("Java 17", 2020),
                ("Angular 12", 2020),
                ("Python 3.9", 2019),
                ("Java 11", 2018),
                ("SQL Server 2019", 2018),
                (".NET 6", 2020),
                ("Spring Boot 3", 2021),
            ]
        ),
    )


def years(random: Random) -> Life:
    tool, public = random.choice(
        [("Kubernetes", 2014), ("Docker", 2013), ("TypeScript", 2012), ("Terraform", 2014), ("PyTorch", 2016)]
    )
    claimed = NOW // 12 - public + random.randint(3, 8)
    words = random.choice(
        [
            f"{claimed}+ years of experience with {tool}.",
            f"{claimed} years of hands-on {tool} experience.",
            f"Skilled in {tool} ({claimed} years).",
        ]
    )
    return plain(random).having(summary=words)


def school(random: Random) -> Life:
    name, founded = random.choice(
        [
            ("Ashoka University", 2014),
            ("KAUST", 2009),
            ("UC Merced", 2005),
            ("SUTD", 2009),
            ("Flatiron School", 2012),
            ("IIT Hyderabad", 2008),
            ("Western Governors University", 1997),
        ]
    )
    name = {
        "SUTD": "Singapore University of Technology and Design",
        "KAUST": "King Abdullah University of Science and Technology",
        "UC Merced": "University of California, Merced",
    }.get(name, name)
    founded = 1985 if "Merced" in name else founded
    founded = 2005 if "Abdullah" in name else founded
    end = 12 * (founded - random.randint(3, 8)) + 5
    return plain(random).having(
        studies=(Study(school=name, degree="Bachelor of Science", start=end - 46, end=end),)
    )


def degree(random: Random) -> Life:
    end = NOW - random.randint(80, 140)
    study = Study(
        school="Ohio State University",
        degree=random.choice(
            ["Bachelor of Science in Physics", "B.S. in Computer Science", "Bachelor of Engineering"]
        ),
        start=end - random.randint(8, 12),
        end=end,
    )
    return plain(random).having(studies=(study,), years_only=False)


def unborn(random: Random) -> Life:
    name, founded = random.choice(
        [("Uber", 2009), ("Airbnb", 2007), ("Coinbase", 2012), ("Databricks", 2013), ("OpenAI", 2015)]
    )
    start = 12 * (founded - random.randint(3, 6))
    return plain(random).having(
        jobs=(
            post(random, start, start + 30, "San Francisco, CA", employer=name, title="Software Engineer"),
        ),
        summary="",
    )


def closed(random: Random) -> Life:
    name, ended = random.choice(
        [("Lehman Brothers", 2008), ("Sun Microsystems", 2010), ("Circuit City", 2009), ("Theranos", 2018)]
    )
    end = 12 * (ended + random.randint(4, 7)) + 6
    return plain(random).having(
        jobs=(post(random, end - 30, end, "Boston, MA", employer=name, title="Data Analyst"),), summary=""
    )


def zip_state(random: Random) -> Life:
    wrong = random.choice(
        ["Austin, TX 94105", "Boston, MA 73301", "Denver, CO 33101", "Seattle, WA 10001", "Atlanta, GA 60601"]
    )
    return plain(random).having(
        address=random.choice([wrong, f"{random.randint(10, 999)} Elm Street, {wrong}"])
    )


def zip_city(random: Random) -> Life:
    wrong = random.choice(
        [
            "Austin, TX 79901",
            "San Francisco, CA 90012",
            "Miami, FL 32801",
            "Chicago, IL 62701",
            "Houston, TX 75201",
        ]
    )
    return plain(random).having(address=wrong)


def city_state(random: Random) -> Life:
    return plain(random).having(
        address=random.choice(
            ["San Francisco, TX", "Chicago, WA", "Seattle, FL", "Boston, AZ", "Houston, CA"]
        )
    )


def email(random: Random) -> Life:
    user = random.choice(
        ["maria.gonzalez", "david_thompson", "john.wilson", "linda-murphy", "robert.miller", "susan.walker"]
    )
    return plain(random).having(
        name=random.choice(["Oskar Dvorak", "Farah Okafor", "Ilse Brandt"]), email=f"{user}@gmail.com"
    )


KINDS: dict[str, tuple[str, Callable[[Random], Life]]] = {
    "overlap": ("timeline-overlap", overlap),
    "backwards": ("timeline-overlap", backwards),
    "future": ("timeline-overlap", future),
    "arithmetic": ("experience-arithmetic", arithmetic),
    "technology": ("technology-anachronism", technology),
    "version": ("technology-anachronism", version),
    "years": ("technology-anachronism", years),
    "school": ("education-dates", school),
    "degree": ("education-dates", degree),
    "unborn": ("employer-dates", unborn),
    "closed": ("employer-dates", closed),
    "zip-state": ("place-conflict", zip_state),
    "zip-city": ("place-conflict", zip_city),
    "city-state": ("place-conflict", city_state),
    "email": ("email-name", email),
}
"""What is planted → the signal that should find it, and the life."""
