"""Sixteen ways to write down what a person claims, none of them the way of the corpora."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from resumes.people import Person, Post, Study

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}
NOW = {"en": "Present", "de": "heute", "fr": "aujourd'hui", "es": "actualidad"}
Date = Callable[[tuple[int, int], str], str]


def long(date: tuple[int, int], language: str) -> str:
    """``March 2019``, in the words of the language."""
    return f"{MONTHS[language][date[1] - 1]} {date[0]}" if date[1] else str(date[0])


def short(date: tuple[int, int], language: str) -> str:
    """``Mar 2019``."""
    return f"{MONTHS[language][date[1] - 1][:3]} {date[0]}" if date[1] else str(date[0])


def numbers(date: tuple[int, int], language: str) -> str:
    """``03/2019``."""
    return f"{date[1]:02d}/{date[0]}" if date[1] else str(date[0])


def apostrophe(date: tuple[int, int], language: str) -> str:
    """``Mar '19``."""
    return f"{MONTHS[language][date[1] - 1][:3]} '{date[0] % 100:02d}"


def iso(date: tuple[int, int], language: str) -> str:
    """``2019-03``."""
    return f"{date[0]}-{date[1]:02d}"


def span(post: Post, person: Person, date: Date, dash: str = " – ") -> str:
    """The dates of a job."""
    end = date(post.end, person.language) if post.end else NOW[person.language]
    return f"{date(post.start, person.language)}{dash}{end}"


def head(person: Person, join: str = " | ", email: str | None = None) -> list[str]:
    """Name and contacts."""
    return [
        person.name,
        join.join([email or person.email, person.phone[0], person.link[0]]),
        person.place,
        "",
    ]


def tasks(person: Person, at: int, mark: str = "• ") -> list[str]:
    """Two or three tasks of the job."""
    return [mark + task for task in person.tasks[at * 2 : at * 2 + 2 + at % 2]]


def jobs(person: Person, heading: Callable[[Post], list[str]], mark: str = "• ") -> Iterator[str]:
    """All jobs with their tasks."""
    for at, post in enumerate(person.posts):
        yield from [*heading(post), *tasks(person, at, mark), ""]


def schools(person: Person, heading: Callable[[Study], list[str]]) -> Iterator[str]:
    """All studies."""
    for study in person.studies:
        yield from [*heading(study), ""]


def _one(study: Study) -> list[str]:
    return [f"{study.degree}, {study.school}, {study.end}"]


def _two(study: Study) -> list[str]:
    return [f"{study.school}\t{study.start} – {study.end}", study.degree]


def right(p: Person) -> list[str]:
    """Employer and place left, dates right; title below."""
    post = jobs(p, lambda j: [f"{j.employer}, {j.place}\t{span(j, p, short)}", j.title])
    return [*head(p), "EXPERIENCE", *post, "EDUCATION", *schools(p, _two)]


def title_first(p: Person) -> list[str]:
    """Title, dates; employer below."""
    post = jobs(p, lambda j: [f"{j.title}\t{span(j, p, long)}", f"{j.employer} — {j.place}"], "- ")
    return [*head(p, " • "), "Professional Experience", *post, "Education", *schools(p, _one)]


def date_below(p: Person) -> list[str]:
    """Title, employer, dates, each on its line."""
    post = jobs(p, lambda j: [j.title, j.employer, span(j, p, long)])
    study = schools(p, lambda s: [s.degree, s.school, f"{s.start} - {s.end}"])
    return [*head(p), "Work History", *post, "Education", *study]


def date_above(p: Person) -> list[str]:
    """Dates alone above; employer; title."""
    post = jobs(p, lambda j: [span(j, p, numbers, "-"), j.employer, j.title])
    study = schools(p, lambda s: [f"{s.start}-{s.end}", s.school, s.degree])
    return [*head(p, "\n"), "EMPLOYMENT HISTORY", *post, "ACADEMIC BACKGROUND", *study]


def one_line(p: Person) -> list[str]:
    """A job on a line, no tasks."""
    lines = [f"{span(j, p, numbers)}  {j.title}, {j.employer}, {j.place}" for j in p.posts]
    return [*head(p), "Experience", *lines, "", "Education", *[line for s in p.studies for line in _one(s)]]


def barred(p: Person) -> list[str]:
    """All in one line between bars."""
    post = jobs(p, lambda j: [f"{j.title} | {j.employer} | {j.place} | {span(j, p, apostrophe)}"], "* ")
    study = schools(p, lambda s: [f"{s.degree} | {s.school} | {s.end}"])
    return [*head(p), "## Experience", *post, "## Education", *study]


def prose_at(p: Person) -> list[str]:
    """``Engineer at Acme (dates)``."""
    spelled = p.email.replace("@", " [at] ").replace(".", " dot ")
    post = jobs(p, lambda j: [f"{j.title} at {j.employer} ({span(j, p, short, ' to ')})"])
    study = schools(p, lambda s: [f"{s.degree} from {s.school} ({s.end})"])
    return [*head(p, "\n", spelled), "Career", *post, "Studies", *study]


def european(p: Person) -> list[str]:
    """Labels left, in the manner of the European CV."""
    lines = ["Curriculum Vitae", "", "PERSONAL INFORMATION", f"Name: {p.name}", f"E-mail: {p.email}"]
    lines += [f"Telephone: {p.phone[0]}", p.link[0], "", "WORK EXPERIENCE"]
    for at, j in enumerate(p.posts):
        lines += [
            f"Dates: {span(j, p, numbers)}",
            f"Occupation or position held: {j.title}",
            f"Employer: {j.employer}",
        ]
        lines += [f"Main activities: {p.tasks[at]}", ""]
    return [
        *lines,
        "EDUCATION AND TRAINING",
        *schools(p, lambda s: [f"{s.start} – {s.end}", s.degree, s.school]),
    ]


def federal(p: Person) -> list[str]:
    """A federal résumé: hours, salary, supervisor."""

    def post(j: Post) -> list[str]:
        lines = [j.employer, j.place, f"{span(j, p, numbers, ' - ')}", "Hours per week: 40", j.title]
        return [*lines, "Supervisor: Ada Quill (212-555-0188)", "Duties and accomplishments:"]

    return [*head(p, "\n"), "WORK EXPERIENCE", *jobs(p, post, ""), "EDUCATION", *schools(p, _one)]


def academic(p: Person) -> list[str]:
    """An academic CV: education first, dates left, publications."""
    post = [f"{span(j, p, short)}\t{j.title}, {j.employer}" for j in p.posts]
    study = [f"{s.end}\t{s.degree}, {s.school}" for s in p.studies]
    papers = [
        "Publications",
        "Quill, A. (2018). On the drift of harbour lights. Journal of Tides 12(3): 44-61.",
    ]
    return [*head(p), "Education", *study, "", "Professional Experience", *post, "", *papers]


def several(p: Person) -> list[str]:
    """LinkedIn's order, two posts at the first employer."""
    lines = [*head(p), "Experience", "", p.posts[0].employer, "6 years 2 months", ""]
    for at, j in enumerate(p.posts):
        lines += [] if at < 2 else [j.employer]
        lines += [j.title, span(j, p, long), j.place, "", *tasks(p, at), ""]
    return [*lines, "Education", *schools(p, lambda s: [s.school, f"{s.degree} · ({s.start} - {s.end})"])]


def airy(p: Person) -> list[str]:
    """A blank line behind every line, as a job board writes it."""
    lines = [p.name, p.place, f"Email: {p.email}", p.phone[0], p.link[0], "WORK EXPERIENCE"]
    for at, j in enumerate(p.posts):
        lines += [j.title, f"{j.employer} -  {j.place} -", span(j, p, long, " to "), *tasks(p, at)]
    lines += [
        "EDUCATION",
        *[part for s in p.studies for part in (s.degree, s.school, f"{s.start} to {s.end}")],
    ]
    return [part for line in lines for part in (line, "")]


def projects(p: Person) -> list[str]:
    """Projects with dates under the jobs."""

    def post(j: Post) -> list[str]:
        year = j.start[0]
        lines = [f"{j.employer} | {j.title}", span(j, p, long)]
        return [*lines, f"Project: Harbour Ledger ({year} – {year})", "Moved the ledger to a new vault."]

    return [*head(p), "Experience", *jobs(p, post), "Education", *schools(p, _two)]


def indian(p: Person) -> list[str]:
    """Client, role and duration under labels; declaration at the end."""
    lines = ["RESUME", p.name, f"Email: {p.email}", f"Mobile: {p.phone[0]}", p.link[0], "", "WORK EXPERIENCE"]
    for at, j in enumerate(p.posts):
        lines += [f"Company: {j.employer}", f"Role: {j.title}", f"Duration: {span(j, p, short, ' to ')}"]
        lines += [*tasks(p, at, "➢ "), ""]
    study = [f"{s.degree} from {s.school} in {s.end} with 78%" for s in p.studies]
    return [
        *lines,
        "EDUCATIONAL QUALIFICATIONS",
        *study,
        "",
        "DECLARATION",
        "All this is true.",
        f"({p.name})",
    ]


def bare(p: Person) -> list[str]:
    """No headings at all, dates in ISO order, underscores for bullets."""
    lines = [p.name, p.email, p.phone[0], p.link[0], ""]
    lines += jobs(p, lambda j: [f"{span(j, p, iso)}: {j.title}, {j.employer}"], "* ")
    return [*lines, *[line for s in p.studies for line in _one(s)]]


def table(p: Person) -> list[str]:
    """Cells of a table between tabs."""
    lines = [
        p.name,
        "\t".join([p.email, p.phone[0], p.link[0]]),
        "",
        "Employment",
        "Period\tEmployer\tPosition",
    ]
    lines += [f"{span(j, p, numbers)}\t{j.employer}\t{j.title}" for j in p.posts]
    study = [f"{s.start} – {s.end}\t{s.school}\t{s.degree}" for s in p.studies]
    return [*lines, "", "Education", "Period\tSchool\tDegree", *study]


LAYOUTS: dict[str, Callable[[Person], list[str]]] = {
    one.__name__: one
    for one in (
        right, title_first, date_below, date_above, one_line, barred, prose_at, european, federal, academic, several,
        airy, projects, indian, bare, table,
    )
}  # fmt: skip
HEADINGS = {
    "de": {
        "Professional Experience": "Berufserfahrung",
        "Education": "Ausbildung",
        "EXPERIENCE": "BERUFSERFAHRUNG",
    },
    "fr": {"Professional Experience": "Expérience professionnelle", "Education": "Formation"},
    "es": {"Professional Experience": "Experiencia profesional", "Education": "Formación académica"},
}
LANGUAGES = ("title_first", "date_below", "one_line", "academic")


def shuffled(lines: list[str], rng: random.Random) -> list[str]:
    """The same lines, now and then indented or with trailing blanks, as files are."""
    return [line + "  " if rng.random() < 0.05 else line for line in lines]
