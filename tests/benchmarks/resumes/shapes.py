"""Further invented people and twenty further ways to write a résumé, from other words than the first sixteen.

Written after the rules for the first sixteen were done, to see what they do with headings in other orders, without
dates, with clients, in capitals, in sentences and in six languages.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from resumes.layouts import MONTHS, NOW, head, jobs, long, numbers, schools, short, span
from resumes.people import LINKS, PHONES, Person, Post, Study

NAMES = """Tomasz Grzelakowski|Oluwaseun Bankoleye|Priya Ramanathapuram|Meredith Ashdowne|
Karim Benhallouda|Giulia Terranostra|
Henrique Vasconcelinhos|Lotte van Dijkenburg|Rohan K. Chattopadhyayi|Elif Yıldızhan|Camila Restrepona|
Bjarke Sørensholt|
Grace Mwangiru|Desmond O'Hallorahan|Wei-Ting Chenghao|Ananya Krishnamurthyl""".replace("\n", "").split("|")
FIRMS = """Marlowe & Finch|Quantrix|Sapphire Ridge Capital|TCSN|Bluewater Trust NHS|Delphine Cosmetics|
Oakmere Borough Council|
Zenlytic Labs|Rheinwerk Logistik AG|Tavola Rossa S.r.l.|Vantor|Cobalt Rail Ltd.|Open Meadow|
Paxwell Group|Gridline Energy|
Ferrum Steelworks|Nuvolari Motors|Hexa Infotech|St. Alban's Primary School|Yara Foods|KLP Advisory|The Daily Lantern|
Freelance Harbour|Ostrava Bearings a.s.|Helix BioSciences|Pine & Rowe Architects|Jolt Mobility|Kite.io|
Norte Seguros""".replace("\n", "").split("|")
TITLES = """Full Stack Developer|Assistant Manager - Operations|Business Intelligence Analyst|
Graphic Designer|Team Lead|
Senior Consultant|Sr. Systems Administrator|Chief of Staff|Content Writer|SAP ABAP Consultant|Intern|HR Generalist|
Software Development Engineer in Test|Store Manager|Account Executive|Network Engineer L2|
Executive Assistant to the CEO|
Principal Architect|Site Supervisor|Associate Director, Clinical Research|Web Developer (Contract)|Head Chef|
Technical Program Manager|Technology Lead|Solutions Specialist|Delivery Head|Staff Nurse""".replace(
    "\n", ""
).split("|")
SCHOOLS = """IIT Kharagpur|NIT Trichy|VTU|Anna University, Chennai|PES College of Engineering|
Imperial College London|UC Berkeley|
EPFL|TU Dresden|HTWK Leipzig|INSA Lyon|Sciences Po|Politecnico di Torino|Universidade de Aveiro|LMU München|KU Leuven|
RMIT|Penn State|Georgia Tech|Virginia Tech|Sapienza Università di Roma|Universidad Complutense de Madrid|
Delft University of Technology|RWTH Aachen|Kendriya Vidyalaya|Narayana Junior College|Lycée Henri IV|
Ateneo de Manila""".replace("\n", "").split("|")
DEGREES = """B.Tech in Computer Science|B.E. Mechanical Engineering|MCA|BCA|M.S. Information Systems|PGDM in Finance|
Bachelor of Commerce|MSc Robotics|B.A. in English Literature|Master of Business Administration|
BEng (Hons) Civil Engineering|
M.Tech VLSI Design|BBA|LLB|Higher National Diploma in Computing|BS Electrical Engineering|M.Com""".replace(
    "\n", ""
).split("|")
FOREIGN = {
    "de": (
        ["Teamleiter Vertrieb", "Sachbearbeiterin Einkauf", "Systemadministrator", "Werkstudent Marketing"],
        ["Master of Science Maschinenbau", "Diplom-Kauffrau", "Bachelor of Arts", "Abitur"],
        ["BERUFLICHER WERDEGANG", "STUDIUM"],
    ),
    "fr": (
        ["Chargée de clientèle", "Développeur full stack", "Chef de produit", "Assistante administrative"],
        ["Master en droit des affaires", "Licence de mathématiques", "Diplôme d'ingénieur", "Baccalauréat"],
        ["Expériences professionnelles", "Formation"],
    ),
    "es": (
        ["Coordinador de logística", "Desarrolladora web", "Auxiliar administrativo", "Técnico de soporte"],
        ["Ingeniería en Sistemas", "Licenciatura en Administración", "Grado en Psicología", "Bachillerato"],
        ["EXPERIENCIA LABORAL", "EDUCACIÓN"],
    ),
    "it": (
        [
            "Responsabile acquisti",
            "Sviluppatrice front-end",
            "Impiegata amministrativa",
            "Tecnico di laboratorio",
        ],
        ["Laurea magistrale in Ingegneria gestionale", "Laurea triennale in Economia", "Diploma di maturità"],
        ["Esperienze lavorative", "Istruzione e formazione"],
    ),
    "pt": (
        ["Analista financeiro", "Engenheira de dados", "Assistente administrativo", "Coordenador de vendas"],
        ["Bacharelado em Administração", "Licenciatura em Matemática", "Mestrado em Engenharia Civil"],
        ["EXPERIÊNCIA PROFISSIONAL", "FORMAÇÃO ACADÊMICA"],
    ),
    "nl": (
        ["Projectleider", "Software-ontwikkelaar", "Administratief medewerker", "Verpleegkundige"],
        ["Bachelor Bedrijfskunde", "Master Kunstmatige Intelligentie", "HBO Informatica", "VWO"],
        ["Werkervaring", "Opleidingen"],
    ),
}
"""Language → titles, degrees, and the headings of work and education."""
PLACES = """Chennai, Tamil Nadu|Hyderabad|Leeds, UK|Seattle, WA|Lyon, France|Porto|Utrecht, Netherlands|
Boston, MA""".replace("\n", "").split("|")
TASKS = """Handled a portfolio of 32 accounts worth 4 million a year.|Wrote the test plan and led a team of six|
Cut onboarding time by half;|Migrated reports from spreadsheets to Power BI|
Organised weekly stand-ups with Sales and Legal.|
Introduced code review and continuous delivery|Answered audits of two regulators without remarks.|
Responsible for daily backups and patching|Kept stock losses below 1 %""".replace("\n", "").split("|")
MONTHS.update(
    it="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
    pt="janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(),
    nl="januari februari maart april mei juni juli augustus september oktober november december".split(),
)
NOW.update(it="oggi", pt="atual", nl="heden")


def other_person(seed: int, language: str = "en") -> Person:
    """The person of a seed, all of whose words are of this file."""
    rng = random.Random(f"shapes/{seed}/{language}")
    name = NAMES[seed % len(NAMES)]
    user = "".join(c for c in name.lower().replace(" ", ".") if c.isascii() and (c.isalpha() or c == "."))
    titles, degrees, _ = FOREIGN.get(language, (TITLES, DEGREES, []))
    count = rng.randint(2, 3)
    firms, held = rng.sample(FIRMS, count), rng.sample(titles, count)
    year, posts = 2025, []
    for at in range(count):
        begin = year - rng.randint(1, 4)
        end = None if at == 0 and rng.random() < 0.5 else (year, rng.randint(1, 12))
        start = (begin, rng.randint(1, 12))
        posts.append(Post(employer=firms[at], title=held[at], place=rng.choice(PLACES), start=start, end=end))
        year = begin
    first = 2014 - rng.randint(0, 4)
    some = zip(rng.sample(SCHOOLS, 2), rng.sample(degrees, 2), (first, first - 4), strict=True)
    link = rng.choice(LINKS)
    handle = user.replace(".", "")[:16]
    return Person(
        name=name,
        email=f"{user}@example.org",
        phone=rng.choice([one for one in PHONES if one[0].startswith("+")]),
        link=(link[0].format(u=handle), link[1].format(u=handle)),
        place=rng.choice(PLACES[:1] + PLACES[2:5]),
        language=language,
        posts=tuple(posts),
        studies=tuple(Study(school=s, degree=d, start=y - 3, end=y) for s, d, y in some),
        tasks=tuple(rng.sample(TASKS, len(TASKS))),
    )


def _comma(s: Study) -> list[str]:
    return [f"{s.degree}, {s.school}, {s.end}"]


def _rows(s: Study) -> list[str]:
    return [s.school, s.degree, f"{s.start} - {s.end}"]


def undated(p: Person) -> list[str]:
    """Jobs without any date."""
    return [
        *head(p),
        "WORK EXPERIENCE",
        *jobs(p, lambda j: [j.title, f"{j.employer} - {j.place}"]),
        "EDUCATION",
        *schools(p, _comma),
    ]


def shouting(p: Person) -> list[str]:
    """Headings all in capitals, the date at the right."""
    post = jobs(p, lambda j: [f"{j.employer}, {j.place}\t{span(j, p, short)}".upper(), j.title.upper()], "- ")
    return [*head(p), "PROFESSIONAL EXPERIENCE", *post, "EDUCATION", *[x.upper() for x in schools(p, _comma)]]


def client(p: Person) -> list[str]:
    """The client behind the employer."""

    def post(j: Post) -> list[str]:
        return [f"{j.employer}, {j.place}", "Client: Quorum Bank", f"{j.title}", span(j, p, short, " to ")]

    return [*head(p), "Professional Experience", *jobs(p, post), "Education", *schools(p, _comma)]


def sentences(p: Person) -> list[str]:
    """A sentence for each job."""
    lines = [f"• Worked as {j.title} at {j.employer} from {span(j, p, short, ' to ')}." for j in p.posts]
    return [
        *head(p),
        "Work Experience",
        *lines,
        "",
        "Education",
        *[f"• {s.degree} from {s.school} in {s.end}" for s in p.studies],
    ]


def dashes(p: Person) -> list[str]:
    """Everything between dashes, employer first."""
    post = jobs(p, lambda j: [f"{j.employer} – {j.title} – {span(j, p, short, '-')}"], "• ")
    return [
        *head(p),
        "Employment",
        *post,
        "Education",
        *schools(p, lambda s: [f"{s.degree} – {s.school} – {s.end}"]),
    ]


def brackets(p: Person) -> list[str]:
    """Employer and dates in brackets behind the title."""
    post = jobs(p, lambda j: [f"{j.title} ({j.employer})", f"({span(j, p, long)})"], "- ")
    return [
        *head(p),
        "Experience",
        *post,
        "Education",
        *schools(p, lambda s: [f"{s.school} ({s.start}-{s.end})", s.degree]),
    ]


def duration(p: Person) -> list[str]:
    """The export of a network: title, employer and kind, dates and duration, place."""

    def post(j: Post) -> list[str]:
        return [j.title, f"{j.employer} · Full-time", f"{span(j, p, short, ' - ')} · 2 yrs 3 mos", j.place]

    return [*head(p), "Experience", *jobs(p, post), "Education", *schools(p, _rows)]


def colon(p: Person) -> list[str]:
    """Dates, a colon, title, employer."""
    post = [f"{span(j, p, numbers, '-')}: {j.title}, {j.employer}, {j.place}" for j in p.posts]
    return [
        *head(p),
        "Career History",
        *post,
        "",
        "Education",
        *[f"{s.start}-{s.end}: {s.degree}, {s.school}" for s in p.studies],
    ]


def europass(p: Person) -> list[str]:
    """The newer European form: dates and place above, title and employer in a row."""
    post = jobs(p, lambda j: [f"{span(j, p, numbers)} – {j.place}", f"{j.title} – {j.employer}"])
    return [
        *head(p),
        "WORK EXPERIENCE",
        *post,
        "EDUCATION AND TRAINING",
        *schools(p, lambda s: [f"{s.start} – {s.end}", f"{s.degree} – {s.school}"]),
    ]


def promoted(p: Person) -> list[str]:
    """Two titles under the first employer."""
    lines = [*head(p), "EXPERIENCE"]
    for at, j in enumerate(p.posts):
        lines += [] if at == 1 else ["", f"{j.employer}, {j.place}"]
        lines += [f"{j.title}\t{span(j, p, short)}", *[f"• {t}" for t in p.tasks[at * 2 : at * 2 + 2]]]
    return [*lines, "", "EDUCATION", *schools(p, lambda s: [f"{s.school}\t{s.start} – {s.end}", s.degree])]


def markdown(p: Person) -> list[str]:
    """Headings of Markdown."""
    post = jobs(p, lambda j: [f"### {j.title} @ {j.employer}", f"*{span(j, p, short)}* | {j.place}"], "- ")
    return [
        f"# {p.name}",
        f"{p.email} · {p.phone[0]} · {p.link[0]}",
        "",
        "## Experience",
        *post,
        "## Education",
        *schools(p, lambda s: [f"**{s.degree}**, {s.school} ({s.end})"]),
    ]


def labels(p: Person) -> list[str]:
    """Labels before colons, as filled into a form."""

    def post(j: Post) -> list[str]:
        return [
            f"Organization : {j.employer}",
            f"Designation : {j.title}",
            f"Period : {span(j, p, short, ' to ')}",
            "Responsibilities :",
        ]

    return [
        *head(p, "\n"),
        "Work Experience",
        *jobs(p, post),
        "Academic Qualification",
        *schools(p, lambda s: [f"{s.degree} ({s.end}), {s.school}, 71%"]),
    ]


def numbered(p: Person) -> list[str]:
    """Numbered employers, the title below."""
    lines = [*head(p), "Employment History"]
    for at, j in enumerate(p.posts, 1):
        lines += [
            f"{at}. {j.employer} ({span(j, p, short, ' to ')})",
            j.title,
            *[f"- {t}" for t in p.tasks[at : at + 2]],
            "",
        ]
    return [
        *lines,
        "Education",
        *[f"{at}. {s.degree}, {s.school}, {s.end}" for at, s in enumerate(p.studies, 1)],
    ]


def grid(p: Person) -> list[str]:
    """A table of Markdown for work and for schools."""
    post = [f"| {j.employer} | {j.title} | {span(j, p, numbers)} |" for j in p.posts]
    study = [f"| {s.degree} | {s.school} | {s.end} |" for s in p.studies]
    return [
        *head(p),
        "## Experience",
        "",
        "| Company | Role | Period |",
        "|---|---|---|",
        *post,
        "",
        "## Education",
        "",
        "| Degree | Institution | Year |",
        "|---|---|---|",
        *study,
    ]


def comma(p: Person) -> list[str]:
    """A line of commas, the dates at its end."""
    post = jobs(p, lambda j: [f"{j.title}, {j.employer}, {j.place}, {span(j, p, long, ' - ')}"])
    return [
        *head(p),
        "Experience",
        *post,
        "Education",
        *schools(p, lambda s: [f"{s.school}, {s.degree}, {s.end}"]),
    ]


def place_first(p: Person) -> list[str]:
    """Employer and dates in one row, title and place in the next, the school's row with its place."""
    post = jobs(p, lambda j: [f"{j.employer}\t{span(j, p, short)}", f"{j.title}\t{j.place}"])
    return [
        *head(p),
        "Relevant Experience",
        *post,
        "Education",
        *schools(p, lambda s: [f"{s.school}\t{s.end}", f"{s.degree}\tGPA 3.7/4.0"]),
    ]


def headline(p: Person) -> list[str]:
    """A title below the name, a summary of keywords, years in brackets."""
    first = p.posts[0]
    post = jobs(p, lambda j: [f"{j.title} | {j.employer} [{span(j, p, numbers)}]"])
    return [
        p.name,
        first.title,
        f"{p.email} | {p.phone[0]}",
        p.link[0],
        "",
        "Summary",
        "Ten years of steady work.",
        "",
        "Experience",
        *post,
        "Education",
        *schools(p, _comma),
    ]


def foreign(p: Person) -> list[str]:
    """The dates left, in another language."""
    work, taught = FOREIGN[p.language][2]
    post = jobs(p, lambda j: [f"{span(j, p, numbers, ' - ')}\t{j.title}", f"{j.employer}, {j.place}"], "- ")
    return [
        *head(p),
        work,
        *post,
        taught,
        *schools(p, lambda s: [f"{s.start} - {s.end}\t{s.degree}", s.school]),
    ]


def foreign_below(p: Person) -> list[str]:
    """Employer, title, dates in months, in another language."""
    work, taught = FOREIGN[p.language][2]
    post = jobs(p, lambda j: [j.employer, j.title, span(j, p, long)], "• ")
    return [*head(p), work, *post, taught, *schools(p, lambda s: [s.school, f"{s.degree} ({s.end})"])]


SHAPES: dict[str, Callable[[Person], list[str]]] = {
    one.__name__: one
    for one in (
        undated, shouting, client, sentences, dashes, brackets, duration, colon, europass, promoted, markdown, labels,
        numbered, grid, comma, place_first, headline,
    )
}  # fmt: skip
FOREIGN_SHAPES: dict[str, Callable[[Person], list[str]]] = {
    "foreign": foreign,
    "foreign_below": foreign_below,
}
