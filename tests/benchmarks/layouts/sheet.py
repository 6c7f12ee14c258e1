"""Invented résumés as sections, and in which order a person reads them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

_VERBS = (
    "Designed Measured Rebuilt Documented Negotiated Inspected Automated Simplified Coordinated Supervised "
    "Migrated Calibrated Audited Scheduled Translated"
).split()
_THINGS = (
    "the office filing workflow;the regional delivery network;an efficient offline cache;the traffic of five bridges;"
    "the payroll interface;a fleet of refrigerated trucks;the affiliate reports;the final acceptance tests;"
    "a difficult supplier contract;the fluorescent lighting of two floors;the certification of welders;"
    "the quarterly inventory;an internal knowledge base;the firmware of flow meters"
).split(";")
_WAYS = (
    "together with the finance department;so that nobody had to wait for the night shift;without stopping production;"
    "which halved the number of complaints;after a careful comparison of four alternatives;"
    "under the supervision of the municipal council;and trained eleven colleagues in its use;"
    "using spreadsheets, interviews and a great deal of patience;while the building was being renovated"
).split(";")
_FIRMS = "Halvorsen Freight;Ostrava Instruments;Pellworth Dairy;Quillon Bridges;Tamarind Textiles;Umberfield Labs".split(
    ";"
)
_TITLES = "Operations Analyst;Site Engineer;Quality Officer;Logistics Planner;Instrument Technician;Office Manager".split(
    ";"
)
_SKILLS = (
    "Spreadsheets;Workflow design;Technical drawing;Negotiation;First aid;Forklift licence;Statistics;Typesetting;"
    "Welding;Public speaking;Scheduling;Bookkeeping;Photography;Database queries"
).split(";")
_NAMES = "Ottoline Greave;Casimir Wolde;Philippa Oduya;Leofric Tanaka;Benedetta Fflur;Sigrid Affleck".split(
    ";"
)

CJK = "在办公室负责文件管理。改进了供应商合同的审核流程。培训了十一位同事使用新系统。编写了季度库存报告。"
HEBREW = "ניהול משרד ותיאום פגישות עם ספקים. הכשרת אחד עשר עובדים חדשים בשימוש במערכת. כתיבת דוחות רבעוניים על המלאי."
ARABIC = "إدارة المكتب وتنسيق الاجتماعات مع الموردين. تدريب أحد عشر موظفا جديدا على استخدام النظام. كتابة تقارير ربع سنوية."  # noqa: E501


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job: its heading line is title and firm on the left, dates on the right."""

    title: str
    dates: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A résumé; ``main`` and ``side`` are lists of (heading, jobs, paragraphs)."""

    name: str
    contact: tuple[str, ...]
    main: tuple[Section, ...]
    side: tuple[Section, ...]
    extras: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands below it: jobs, list items or paragraphs."""

    heading: str
    jobs: tuple[Job, ...] = ()
    items: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()

    def words(self) -> list[str]:
        """The texts in reading order."""
        said = [self.heading]
        for job in self.jobs:
            said += [job.title, job.dates, *job.points]
        return [*said, *self.paragraphs, *self.items]


def sheet(seed: int, *, jobs: int = 3, points: int = 3) -> Sheet:
    """The ``seed``-th résumé."""
    chance = random.Random(seed)

    def point() -> str:
        return f"{chance.choice(_VERBS)} {chance.choice(_THINGS)} {chance.choice(_WAYS)}."

    worked = []
    year = 2024
    for _ in range(jobs):
        begun = year - chance.randint(2, 4)
        worked.append(
            Job(
                title=f"{chance.choice(_TITLES)}, {chance.choice(_FIRMS)}",
                dates=f"{begun} – {year}",
                points=tuple(point() for _ in range(points)),
            )
        )
        year = begun
    name = chance.choice(_NAMES)
    given, family = name.lower().split()
    profile = " ".join(point() for _ in range(2))
    return Sheet(
        name=name,
        contact=(f"{given}.{family}@example.net", f"(555) 01{seed % 100:02d}-{1000 + seed}", "Lower Wharf 7"),
        main=(
            Section(heading="Profile", paragraphs=(profile,)),
            Section(heading="Experience", jobs=tuple(worked)),
            Section(heading="Education", paragraphs=(f"Diploma in Logistics, Fairhaven College, {year}",)),
        ),
        side=(
            Section(heading="Skills", items=tuple(chance.sample(_SKILLS, 6))),
            Section(
                heading="Languages", items=("English, fluent", "Finnish, official level", "Welsh, basics")
            ),
            Section(
                heading="Interests", paragraphs=("Bell ringing, coffee roasting and fixing offset presses",)
            ),
        ),
    )


def streams(found: Sheet, *, split: bool) -> list[list[str]]:
    """The texts of each column in order; one column if not ``split``."""
    main = [text for section in found.main for text in section.words()]
    side = [text for section in found.side for text in section.words()]
    head = [found.name, *found.contact]
    return (
        [head, main, side, *([text] for text in found.extras.values())]
        if split
        else [
            [*head, *main, *side],
            *([text] for text in found.extras.values()),
        ]
    )
