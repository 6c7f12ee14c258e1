"""Honest lives that look odd: migrants, students, contractors, part-time workers, career changers, gaps.

None of them contradicts itself, though each does what a rule could stumble over: short overlaps, posts beside a
study, years only, rounded claims, numbers from elsewhere, old names of things, work that is left out.
"""

from __future__ import annotations

from random import Random

from claimed.writing import Life, Post, Study

NOW = 12 * 2026 + 9
GIVEN = """Ada Bela Chidi Deepa Emeka Farah Goran Hana Ilse Jorge
Kwame Leila Mateo Nadia Oskar Priya Quinn Rosa Sven Tomas Uma""".split()
FAMILY = """Abara Brandt Castillo Dvorak Eriksen Farouk Grewal Holm Ivanova Jansen
Kowalski Lund Mbeki Novak Okafor Pereira""".split()
FIRMS = (
    (
        "Brightwater Logistics Inc. Harbor Point Bank|Lindgren Systems LLC|Copperfield Health|Northgate Insurance Group|"
        "Tamarack Software|Redstone Analytics|Bluebird Retail Group|Kestrel Aerospace Ltd|Meridian Foods|Oakline Media|"
        "Silverbrook Medical Center|Summit Ridge Energy|Pinewood Consulting Partners|Vantage Point Technologies"
    )
    .replace("Inc. Harbor", "Inc.|Harbor")
    .split("|")
)
PLACES = {
    "Austin, TX 78701": "Austin, TX",
    "Seattle, WA 98101": "Seattle, WA",
    "Boston, MA 02110": "Boston, MA",
    "Denver, CO 80202": "Denver, CO",
    "Chicago, IL 60601": "Chicago, IL",
    "Atlanta, GA 30303": "Atlanta, GA",
    "Portland, OR 97204": "Portland, OR",
    "Columbus, OH 43215": "Columbus, OH",
    "Phoenix, AZ 85004": "Phoenix, AZ",
    "Newark, NJ 07102": "Newark, NJ",
    "Raleigh, NC 27601": "Raleigh, NC",
    "St. Paul, MN 55101": "St. Paul, MN",
}
ABROAD = (
    "Bangalore, India",
    "Berlin, Germany",
    "Lagos, Nigeria",
    "Warsaw, Poland",
    "Manila, Philippines",
    "São Paulo, Brazil",
)
NEAR = {
    "Newark, NJ": "New York, NY",
    "Seattle, WA": "Bellevue, WA",
    "Boston, MA": "Cambridge, MA",
    "Chicago, IL": "Evanston, IL",
    "Denver, CO": "Boulder, CO",
}
AREA = {
    "TX": "512",
    "WA": "206",
    "MA": "617",
    "CO": "303",
    "IL": "312",
    "GA": "404",
    "OR": "503",
    "OH": "614",
    "AZ": "602",
    "NJ": "973",
    "NC": "919",
    "MN": "651",
}
TITLES = (
    "Software Engineer|Senior Software Engineer|Data Analyst|Project Manager|Systems Administrator|QA Engineer|"
    "Registered Nurse|Accountant|Marketing Manager|Warehouse Supervisor|Backend Developer|Database Administrator"
).split("|")
TOOLS = ("SQL", "Linux", "Java", "Excel", "Oracle", "Python", "Git")
OLD = {
    "Docker": 2013,
    "Kubernetes": 2014,
    "React": 2013,
    "TensorFlow": 2015,
    "Kafka": 2011,
    "AWS": 2006,
    "Terraform": 2014,
    "Power BI": 2013,
    "Spark": 2010,
    "Angular": 2010,
    "Node.js": 2009,
    "Snowflake": 2014,
    "Java 17": 2021,
    "Python 3": 2008,
    "Angular 12": 2021,
    "SQL Server 2016": 2016,
}
SCHOOLS = (
    "University of Texas",
    "Ohio State University",
    "Boston University",
    "University of Lagos",
    "Warsaw University of Technology",
)


def bullets(random: Random, start: int, end: int | None) -> tuple[str, ...]:
    """Two to four tasks; tools that were public when the post began, sometimes one of its last year."""
    last = (end or NOW) // 12
    known = [tool for tool, year in OLD.items() if year <= random.choice([start // 12, last])]
    tools = random.sample([*TOOLS, *known], 3)
    lines = [
        f"Maintained the reporting for {random.randint(2, 9)} teams with {tools[0]} and {tools[1]}.",
        f"Cut the time of the monthly close by {random.randint(10, 60)} percent.",
        f"Environment: {', '.join([*tools, random.choice(TOOLS)])}",
        f"Trained {random.randint(2, 20)} colleagues and wrote the handbook.",
    ]
    return tuple(random.sample(lines, random.randint(2, 4)))


def post(random: Random, start: int, end: int | None, place: str, **changes: str) -> Post:
    """A job with tasks."""
    return Post(
        employer=changes.get("employer") or random.choice(FIRMS),
        title=changes.get("title") or random.choice(TITLES),
        place=place,
        start=start,
        end=end,
        bullets=bullets(random, start, end),
    )


def plain(random: Random) -> Life:
    """An ordinary life: two to four posts one after another, some gaps, a degree before."""
    given, family = random.choice(GIVEN), random.choice(FAMILY)
    address = random.choice(list(PLACES))
    place = PLACES[address]
    user = random.choice(
        [
            f"{given}.{family}",
            f"{given[0]}{family}",
            f"{family}{random.randint(2, 99)}",
            f"{given}.codes",
            f"{given}{random.randint(70, 99)}",
        ]
    ).lower()
    end: int | None = None
    at = NOW - random.randint(10, 50)
    jobs = [post(random, at, None, place)]
    for _ in range(random.randint(1, 3)):
        end = at - random.choice([-1, 0, 1, 1, 2, 5, 14])
        at = end - random.randint(10, 60)
        firm = random.choice([each for each in FIRMS if each != jobs[-1].employer])
        jobs.append(
            post(random, at, end, random.choice([place, random.choice(list(PLACES.values()))]), employer=firm)
        )
    done = at - random.randint(0, 10)
    years = (NOW - at) // 12
    claim = random.choice(
        [
            "",
            "",
            f"Analyst with over {years} years of experience in operations.",
            f"{max(1, years)}+ years of professional experience.",
            f"Engineer with {years + 1} years experience.",
        ]
    )
    return Life(
        name=f"{given} {family}",
        email=f"{user}@{random.choice(['gmail.com', 'outlook.com', 'example.com', 'proton.me', 'duck.com'])}",
        phone=f"({AREA[place[-2:]]}) 555-01{random.randint(10, 99)}",
        address=random.choice([address, place, f"{random.randint(10, 999)} Elm Street, {address}"]),
        summary=claim,
        jobs=tuple(jobs),
        studies=(
            Study(
                school=random.choice(SCHOOLS),
                degree="Bachelor of Science in Business",
                start=done - 45 if random.random() < 0.5 else None,
                end=done,
            ),
        ),
        skills=tuple(random.sample([*TOOLS, *OLD], 6)),
        years_only=random.random() < 0.25,
        style=random.randrange(70),
    )


def migrant(random: Random) -> Life:
    """Came from abroad, with a number from there, a degree from there and a top-up degree here."""
    life = plain(random)
    home = random.choice(ABROAD)
    jobs = (*life.jobs[:1], *(post(random, j.start, j.end, home, employer=j.employer) for j in life.jobs[1:]))
    first = min(job.start for job in jobs)
    here = Study(
        school="Boston University", degree="Bachelor of Science (top-up)", start=first - 13, end=first - 1
    )
    there = Study(
        school="University of Lagos", degree="Bachelor of Engineering", start=first - 70, end=first - 20
    )
    return life.having(
        jobs=jobs,
        studies=(here, there),
        phone=random.choice(["+49 30 90182 0199", "+91 98765 43210", life.phone]),
    )


def student(random: Random) -> Life:
    """Internships and part-time work beside a study, a Master's of one year, an offer for next summer."""
    life = plain(random)
    start = NOW - random.randint(20, 44)
    place = life.jobs[0].place
    jobs = (
        post(
            random,
            start + 2,
            None,
            place,
            title="Teaching Assistant (part-time)",
            employer="Boston University",
        ),
        post(
            random,
            start + 8,
            start + 11,
            random.choice(list(PLACES.values())),
            title="Software Engineering Intern",
        ),
        post(random, start + 6, start + 16, random.choice(list(PLACES.values())), title="Student Assistant"),
        post(random, NOW + 7, NOW + 10, "Seattle, WA", title="Incoming Software Engineer Intern"),
    )
    studies = (
        Study(
            school="Boston University",
            degree="Master of Science in Data Science",
            start=start + 10,
            end=start + 20,
        ),
        Study(school="Ohio State University", degree="Bachelor of Science", start=start - 46, end=start),
    )
    return life.having(
        jobs=jobs, studies=studies, summary=random.choice(["", "Student with 3 years of coding experience."])
    )


def contractor(random: Random) -> Life:
    """Several contracts at once, remote or for clients elsewhere."""
    life = plain(random)
    jobs = []
    at = NOW - 10
    for number in range(4):
        kind = random.choice(["Contract", "Freelance", "Consultant", "Contractor"])
        place = random.choice(["Remote", random.choice(list(PLACES.values()))])
        end = None if not number else at + random.randint(8, 20)
        title = f"{random.choice(TITLES)} ({kind})"
        jobs.append(
            post(random, at, end, place, title=title, employer=FIRMS[(number * 3 + life.style) % len(FIRMS)])
        )
        at -= random.randint(8, 14)
    return life.having(jobs=tuple(jobs), summary="")


def part_time(random: Random) -> Life:
    """Two posts at once that say so, or lie near each other."""
    life = plain(random)
    near = random.choice(list(NEAR))
    start = NOW - random.randint(24, 60)
    if random.random() < 0.5:
        jobs = (
            post(random, start, None, near, title="Registered Nurse", employer=FIRMS[3]),
            post(random, start + 8, None, NEAR[near], title="Accountant", employer=FIRMS[5]),
        )
    else:
        jobs = (
            post(random, start, None, near, title="Accountant, part-time", employer=FIRMS[3]),
            post(
                random,
                start + 4,
                None,
                random.choice(list(PLACES.values())),
                title="Bookkeeper (part time)",
                employer=FIRMS[1],
            ),
        )
    return life.having(jobs=jobs, summary="")


def changer(random: Random) -> Life:
    """A long first career that is named and not dated, or dated by years."""
    life = plain(random)
    first = min(job.start for job in life.jobs)
    old = Study(
        school="Ohio State University",
        degree="Bachelor of Arts",
        start=None,
        end=first - random.randint(100, 200),
    )
    if random.random() < 0.5:
        early = Post(
            employer="Harbor Point Bank",
            title="Accountant",
            place="Denver, CO",
            start=first - 140,
            end=first - 3,
            bullets=("Closed the books of three branches.",),
        )
        return life.having(
            jobs=(*life.jobs, early),
            studies=(old,),
            years_only=True,
            summary=f"{(NOW - first + 140) // 12} years of experience in finance and software.",
        )
    return life.having(
        studies=(old,),
        summary=f"{(NOW - old.end) // 12}+ years of experience across industries.",
        notes=("", "Earlier experience available on request."),
    )


def gaps(random: Random) -> Life:
    """Years without work, jobs in a wrong order, a handover of two months, a transfer within one company."""
    life = plain(random)
    firm = random.choice(FIRMS)
    at = NOW - 90
    jobs = (
        post(random, NOW - 20, None, "Austin, TX", employer=firm),
        post(random, NOW - 55, NOW - 17, "Boston, MA", employer=f"{firm}"),
        post(
            random,
            at - 40,
            at,
            "Seattle, WA",
            employer=random.choice([each for each in FIRMS if each != firm]),
        ),
        post(
            random,
            at - 38 - random.randint(20, 50),
            at - 38,
            "Chicago, IL",
            employer="Copperfield Health Systems",
        ),
    )
    return life.having(jobs=jobs, summary=random.choice(["", "Over ten years of experience in operations."]))


def renamed(random: Random) -> Life:
    """Old work told in the words of today, at companies and schools that changed their names."""
    life = plain(random)
    job = Post(
        employer=random.choice(["Sun Microsystems", "Compaq", "Wachovia", "Lehman Brothers"]),
        title="Software Engineer",
        place="Austin, TX",
        start=12 * 1999 + random.randint(0, 11),
        end=12 * 2002 + random.randint(0, 11),
        bullets=(
            "Built what today would be called a data warehouse with a snowflake schema.",
            "Designed air ducts with airflow models and wrote it up in XML.",
            "Worked as a chef for the annual party.",
        ),
    )
    google = Post(
        employer="Google",
        title="Data Analyst",
        place="Austin, TX",
        start=12 * 2003 + 3,
        end=12 * 2006,
        bullets=("Used internal tools that were published years later.",),
    )
    recent = [each for each in life.jobs if each.start > 12 * 2007]
    return life.having(jobs=(*recent, google, job), summary="25 years of experience.")


KINDS = {
    "plain": plain,
    "migrant": migrant,
    "student": student,
    "contractor": contractor,
    "part-time": part_time,
    "changer": changer,
    "gaps": gaps,
    "renamed": renamed,
}
