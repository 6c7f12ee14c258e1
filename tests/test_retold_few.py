"""A few sentences retold among some dozens of applicants: figures that stay, or a job taken over, open a case."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import Run

RESUME = """{name}
{mail}

Experience
{job}
{bullets}

Education
{degree}
"""
SOURCE = """- Cut the nightly settlement run from 6 hours to 50 minutes by splitting it into partitions that run at once.
- Moved 340 cron jobs to an event driven scheduler and retired the old batch server.
- Wrote the on-call handbook and brought the number of pages at night from 14 a week to 2.
- Introduced contract tests between the billing service and its 9 consumers before each release."""
RETOLD = """- Settlement that took 6 hours every night now finishes in 50 minutes, cut in parts that run in parallel.
- Replaced a legacy batch machine: 340 scheduled tasks are triggered by events today.
- Nightly alarms fell from 14 per week to 2 after I had written a guide for the engineers on duty.
- Releases are preceded by contract checks that all 9 users of the invoicing service must pass."""
FIGURES = {"6": "4", "50": "35", "340": "215", "14": "20", "2": "5", "9": "7"}


def resume(folder: Path, name: str, bullets: str) -> Path:
    first = name.split()[0].lower()
    path = folder / f"{first}.txt"
    job = {"marta": "Platform engineer, Fernhill Logistics, 2021 - 2024"}.get(
        first, "Infrastructure developer, Parcelwise AB, 2020 - 2024"
    )
    degree = {"marta": "BSc Computer Science, Technical University of Lodz, 2017"}.get(
        first, "MSc Software Engineering, Uppsala University, 2016"
    )
    path.write_text(
        RESUME.format(name=name, mail=f"{first}@example.org", job=job, bullets=bullets, degree=degree)
    )
    return path


def checked(run: Run, corpus: Path, folder: Path, bullets: str) -> dict[str, object]:
    assert run("ingest", resume(folder, "Marta Kowalczyk", SOURCE), corpus=corpus).code == 0
    return json.loads(run("check", resume(folder, "Jonas Lindgren", bullets), "--json", corpus=corpus).out)


def test_four_sentences_whose_figures_stay_open_a_case(run: Run, own_demo: Path, tmp_path: Path) -> None:
    answer = checked(run, own_demo, tmp_path, RETOLD)
    (match,) = (each for each in answer["matches"] if each["applicant"] == "Marta Kowalczyk")
    assert {"340", "50"} <= set(match["figures"])
    (finding,) = (
        each for each in answer["findings"] if each["family"] == "content" and each["weight"] == "A"
    )
    assert answer["case"] and "340" in finding["summary"]


def test_with_figures_of_their_own_they_are_told_by_somebody_else(
    run: Run, own_demo: Path, tmp_path: Path
) -> None:
    other = " ".join(FIGURES.get(word, word) for word in RETOLD.replace("\n", " \n ").split(" "))
    answer = checked(run, own_demo, tmp_path, other.replace(" \n ", "\n"))
    assert not answer["case"]
    assert all(not match["figures"] for match in answer["matches"])
