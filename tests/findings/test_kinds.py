"""Kinds of passages, and the constant that the dates were moved by."""

from __future__ import annotations

import pytest
from exhibits import exhibit, said

from forensics.features.features import Entity
from forensics.findings.align import align
from forensics.findings.finding import Swap
from forensics.findings.kinds import date_shift

FIRST = "- Rebuilt the invoice archive so that auditors find any receipt of the last decade within a minute"
SECOND = "- Taught the support desk to read traces and to file reports that an engineer can act upon at once"
THIRD = "- Wrote the migration plan for {} and moved its 40 warehouses to the new stock ledger one by one"


def resume(*bullets: str, name: str = "Jane Doe", employer: str = "Acme Corp") -> str:
    rows = "\n".join(bullets)
    return (
        f"{name}\nBoston, MA | {name.split()[0].lower()}@example.com | +1 212 555 0132\n\n"
        f"Experience\nEngineer, {employer}\nMar 2019 - Present\n{rows}\n\n"
        f"Education\nBSc in Physics, {name.split()[1]} College, 2014\n\nSkills\nPython, Go\n"
    )


def kinds(a: str, b: str) -> list[tuple[str, str]]:
    x, y = exhibit(a), exhibit(b)
    return [(passage.kind, said(x, passage, "a")) for passage in align(x, y).passages]


def test_a_swapped_bullet_is_told_apart_from_the_verbatim_ones_around_it() -> None:
    found = dict(
        (text, kind)
        for kind, text in kinds(
            resume(FIRST, THIRD.format("Initech"), SECOND),
            resume(FIRST, THIRD.format("Umbrella").replace("40", "55"), SECOND, name="Ana Lund"),
        )
    )
    assert next(kind for text, kind in found.items() if "migration plan" in text) == "swapped"
    assert next(kind for text, kind in found.items() if "support desk" in text) == "verbatim"


def test_what_was_swapped_is_listed_once_in_the_order_of_a() -> None:
    a = exhibit(resume(FIRST, THIRD.format("Initech"), SECOND))
    b = exhibit(
        resume(
            FIRST, THIRD.format("Umbrella").replace("40", "55"), SECOND, name="Ana Lund", employer="Globex"
        )
    )
    swapped = align(a, b).swapped
    assert len(set(swapped)) == len(swapped)
    pairs = [(swap.a, swap.b) for swap in swapped]
    assert ("Acme Corp", "Globex") in pairs
    assert ("40", "55") in pairs
    assert ("Initech", "Umbrella") in pairs
    assert pairs.index(("Acme Corp", "Globex")) < pairs.index(("40", "55"))


def test_the_employer_over_a_verbatim_block_is_listed() -> None:
    a = exhibit(resume(FIRST, SECOND))
    b = exhibit(resume(FIRST, SECOND, name="Ana Lund", employer="Globex Inc"))
    assert Swap(label="EMPLOYER", a="Acme Corp", b="Globex Inc") in align(a, b).swapped


def test_one_added_word_makes_it_no_verbatim_passage() -> None:
    longer = SECOND.replace("traces", "traces patiently")
    assert all(
        "support desk" not in text or kind == "reworded"
        for kind, text in kinds(resume(SECOND), resume(longer, name="Ana Lund", employer="Globex"))
    )
    assert any(
        "support desk" in text
        for _, text in kinds(resume(SECOND), resume(longer, name="Ana Lund", employer="Globex"))
    )


def dates(*values: str) -> list[Entity]:
    return [
        Entity(label="DATE", start=at, end=at + 1, text=value, value=value, rule="date")
        for at, value in enumerate(values)
    ]


WORK = ("2015-01/2017-06", "2017-08/2019-11", "2020-02/present")


@pytest.mark.parametrize(
    ("a", "b", "shift"),
    [
        (WORK, ("2016-03/2018-08", "2018-10/2021-01", "2021-04/present"), 14),
        (("2016-03/2018-08", "2018-10/2021-01", "2021-04/present"), WORK, -14),
        (WORK, WORK, 0),
        (WORK, ("2011-04/2012-01", "2013-09/2014-02", "2016-12/present"), None),
        (WORK, ("2015-01",), None),
        (("2015", "2017", "2019"), ("2016", "2018", "2020"), None),
        ((), (), None),
    ],
)
def test_date_shift(a: tuple[str, ...], b: tuple[str, ...], shift: int | None) -> None:
    assert date_shift(dates(*a), dates(*b)) == shift
