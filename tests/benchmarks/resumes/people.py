"""Invented people from many places with what they claim: the truth that the layouts write down."""

from __future__ import annotations

import random
from dataclasses import dataclass

NAMES = """Emeka J. Thornbury|Wanjiru Kamau-Oduya|Chiamaka Adeyemi|Kwabena Asantewaa-Boateng|Thabo Ndlovuyo|
Venkata Subramaniam Peruvemba|Harpreet Kaur Dhanrajani|Anjali Deshpande-Rao|Md. Rafiqul Alambari|Siddharth Iyengarwal|
Xiaoling Zhengwei|Li Weihan|Nguyễn Thị Hồng Vân|Sakura Minamigawa|Park Ji-hoon|Zoltán Keresztúri|
José Luis Barrientos Vega|María del Carmen Ortuño|João Pedro Albuquerquinho|Ségolène d'Aubrillac|
Jean-Baptiste Marchandeau|
Jürgen Wiesenthaler|Anneliese von Hohenbrück|Øystein Brattlandsvik|Siobhán O'Ceallaighan|Pieter van der Meerdonk|
Aleksandra Wiśniewolska|Dmytro Kovalchenkivskyi|Fatima Zahra El Amranizi|Yusuf Abdi Warsamedi|Leilani Kahananuiki|
Mary-Kate Featherstonehaugh|ROBERT T. LANCASHIRE JR.|Dr. Imogen Applewhaite|Li Na Tangshao|T'Keyah Brightwell""".replace(
    "\n", ""
).split("|")
FIRMS = """Brightwater Systems, Inc.|Halcyon Freight|Nordlicht Energie GmbH|Orchard Tally|Société Valmeray|
Kestrel & Lowe LLP|
Pemberton Children's Hospital|Quillfin|Infravasta Technologies Pvt. Ltd.|Harbor Mutual Insurance|Tidewrack|
Grupo Almendral S.A.|Lantern Works|First Prairie Bank|Umoja Telecom Ltd|Castellan Defense Group|Bluefin Robotics Lab|
Mosaic|County of Elderwood|Stadtwerke Rosenau|Ateliers Brévent|Nimbus Nine|Zhonghe Semiconductors|3Peaks Analytics|
eMerge Health|Saltmarsh Brewing Company|The Wren Foundation|U.S. Department of Gardens|Yellow Door Studio|
Arbor Vista University
""".replace("\n", "").split("|")
TITLES = """Senior Software Engineer|Data Analyst|Registered Nurse|Project Manager|Head of Operations|Java Developer|
Vice President, Finance|Research Assistant|Customer Success Manager|Staff Accountant|DevOps Engineer II|Barista|
Postdoctoral Fellow|Marketing Coordinator|QA Lead|Line Cook|Machine Learning Scientist|Director of Sales|
Teacher|Scrum Master|
Site Reliability Engineer|Warehouse Associate|Junior Consultant|Product Owner|Electrical Engineering Intern""".replace(
    "\n", ""
).split("|")
FOREIGN_TITLES = {
    "de": [
        "Softwareentwickler",
        "Projektleiterin",
        "Krankenpfleger",
        "Wissenschaftlicher Mitarbeiter",
        "Buchhalterin",
    ],
    "fr": ["Ingénieur logiciel", "Chef de projet", "Infirmière", "Comptable", "Développeuse web"],
    "es": ["Ingeniera de software", "Jefe de ventas", "Contador", "Analista de datos", "Enfermero"],
}
PLACES = """Austin, TX|Lagos, Nigeria|Nairobi, Kenya|Pune, India|Bengaluru, Karnataka|London, UK|Toronto, ON|
Berlin, Germany|
Denver, CO|Singapore|Chicago, IL|Paris, France|Madrid, Spain|Remote|Columbus, OH""".replace("\n", "").split(
    "|"
)
SCHOOLS = """Northfield University|University of Eastmere|Quabbin College|Indian Institute of Technology, Madras|
Universität Rosenau|Université de Valmeray|Universidad de Almendral|Kwara Polytechnic|Tsinghua University|ETH Zürich|
St. Brannoc's College of Engineering|Massachusetts Institute of Technology|Lakeview High School|MIT|
École Supérieure de Brévent|BITS Pilani|Obafemi Awolowo University""".replace("\n", "").split("|")
DEGREES = """B.S. in Computer Science|Bachelor of Science in Nursing|MBA|M.Sc. Data Science|B.Tech, Electronics|
Ph.D. in Physics|Associate of Applied Science|BA (Hons) History|Bachelor of Engineering|Master of Public Health|
BSc Mathematics|Diploma in Accounting""".replace("\n", "").split("|")
FOREIGN_DEGREES = {
    "de": ["Diplom-Informatiker", "Bachelor of Science Informatik", "Master of Arts"],
    "fr": ["Licence en informatique", "Master en gestion"],
    "es": ["Licenciatura en Economía", "Grado en Derecho"],
}
TASKS = """Cut the nightly batch from six hours to forty minutes.|Trained nine new colleagues and wrote the handbook|
Reviewed contracts with Legal and Finance every quarter;|Built a Kafka pipeline on AWS for 2 million events a day.|
Kept the ward calm during two floods.|Moved 40 services to Kubernetes in 2019 without an outage|
Answered about 60 tickets a week; satisfaction rose from 71% to 93%.|Won the Golden Teaspoon award in May 2020.|
Worked with Microsoft Azure, Oracle and SAP consultants on the migration""".replace("\n", "").split("|")
PHONES = [
    ("(212) 555-0132", "+12125550132"), ("+1 415 555 0177", "+14155550177"), ("737.555.0114", "+17375550114"),
    ("+44 20 7946 0958", "+442079460958"), ("+49 30 23125 123", "+493023125123"), ("+91 98765 43210", "+919876543210"),
    ("+234 803 555 0123", "+2348035550123"), ("+33 6 39 98 12 34", "+33639981234"), ("+34 612 34 56 78", "+34612345678"),
    ("+86 138 0013 8000", "+8613800138000"), ("+254 712 345678", "+254712345678"), ("1-303-555-0199", "+13035550199"),
]  # fmt: skip
LINKS = [
    ("linkedin.com/in/{u}", "linkedin.com/in/{u}"), ("https://www.linkedin.com/in/{u}/", "linkedin.com/in/{u}"),
    ("github.com/{u}", "github.com/{u}"), ("GitHub: {u}", "github.com/{u}"), ("https://gitlab.com/{u}", "gitlab.com/{u}"),
    ("stackoverflow.com/users/48151/{u}", "stackoverflow.com/users/48151"), ("t.me/{u}", "t.me/{u}"),
    ("Telegram: @{u}", "t.me/{u}"), ("Skype: {u}", "skype:{u}"), ("https://x.com/{u}", "x.com/{u}"),
    ("Discord: {u}", "discord:{u}"),
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A job as it was held: months are ``(year, month)``, the month 0 where the person tells only years."""

    employer: str
    title: str
    place: str
    start: tuple[int, int]
    end: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A course of study; ``end`` is a year."""

    school: str
    degree: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Everything one person claims. ``contacts`` are pairs: as written, as normalised."""

    name: str
    email: str
    phone: tuple[str, str]
    link: tuple[str, str]
    place: str
    language: str
    posts: tuple[Post, ...]
    studies: tuple[Study, ...]
    tasks: tuple[str, ...]


def person(seed: int, *, language: str = "en", monthly: bool = True) -> Person:
    """The person of a seed; the same seed gives the same person."""
    rng = random.Random(f"claims/{seed}/{language}/{monthly}")
    name = NAMES[seed % len(NAMES)]
    user = "".join(
        c for c in name.lower().replace(" ", ".") if c.isascii() and (c.isalnum() or c == ".")
    ).strip(".")
    user = user.replace("..", ".") or f"reader{seed}"
    handle = user.replace(".", "")[:18]
    link = rng.choice(LINKS)
    place = rng.choice([place for place in PLACES if "," in place])
    american = place[-4:-2] == ", "  # a number without country code is one of the country of the address
    return Person(
        name=name,
        email=f"{user}@{rng.choice(['example.com', 'example.org', 'mail.example.net'])}",
        phone=rng.choice([one for one in PHONES if american or one[0].startswith("+")]),
        link=(link[0].format(u=handle), link[1].format(u=handle)),
        place=place,
        language=language,
        posts=tuple(_posts(rng, language, monthly)),
        studies=tuple(_studies(rng, language)),
        tasks=tuple(rng.sample(TASKS, len(TASKS))),
    )


def _posts(rng: random.Random, language: str, monthly: bool) -> list[Post]:
    count = rng.randint(2, 4)
    firms, titles = rng.sample(FIRMS, count), rng.sample(FOREIGN_TITLES.get(language, TITLES), count)
    year = 2025 - rng.randint(0, 2)
    posts = []
    for at in range(count):
        begin = year - rng.randint(1, 4)
        start, end = (begin, rng.randint(1, 12)), (year, rng.randint(1, 12))
        if not monthly:
            start, end = (begin, 0), (year, 0)
        ongoing = at == 0 and rng.random() < 0.6
        posts.append(
            Post(
                employer=firms[at],
                title=titles[at],
                place=rng.choice(PLACES),
                start=start,
                end=None if ongoing else end,
            )
        )
        year = begin - rng.randint(0, 1)
    return posts


def _studies(rng: random.Random, language: str) -> list[Study]:
    count = rng.randint(1, 2)
    schools, degrees = rng.sample(SCHOOLS, count), rng.sample(FOREIGN_DEGREES.get(language, DEGREES), count)
    end = 2014 - rng.randint(0, 6)
    return [
        Study(school=schools[at], degree=degrees[at], start=end - 4 - 5 * at, end=end - 5 * at)
        for at in range(count)
    ]
