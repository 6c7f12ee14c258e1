"""Trends: gaps, changes from nothing, one month alone, borders of quarters."""

import pytest

from forensics.cases.trends import Applied, bars, quarter, rows, sheet, trends


def applied(when, opens=False, campaign=None, signals=(), job=None):
    return Applied(when=when, dated=True, job=job, opens=opens, signals=tuple(signals), campaign=campaign)


def told(*several):
    return trends(several, checked=len(several), documents=len(several))


def test_nothing_at_all_is_told_without_a_period():
    found = told()
    assert (found["months"], found["quarters"], found["until"], bars(found)) == ([], [], None, [])


def test_one_month_alone_has_no_change():
    (only,) = told(applied("2026-05-03", opens=True))["quarters"]
    assert (only["period"], only["cases"], only["change"], only["change_share"]) == ("2026-Q2", 1, None, None)


def test_a_quarter_of_nothing_is_listed_and_from_nothing_there_is_no_share():
    found = told(
        applied("2025-12-31T23:59:59", opens=True), applied("2026-07-01", opens=True, campaign="c-1")
    )
    assert [each["period"] for each in found["quarters"]] == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert [each["change"] for each in found["quarters"]] == [None, -1, 0, 1]
    assert [each["change_share"] for each in found["quarters"]] == [None, -1.0, None, None]
    assert [each["change_campaigns"] for each in found["quarters"]] == [None, 0, 0, 1]
    assert len(found["months"]) == 8 and found["until"] == "2026-07-01"


def test_a_campaign_counts_once_when_it_began_and_its_later_members_where_they_came():
    found = told(applied("2026-01-31", campaign="c-1"), applied("2026-04-01", campaign="c-1"))
    assert [(each["campaigns"], each["in_campaigns"]) for each in found["quarters"]] == [(1, 1), (0, 1)]


@pytest.mark.parametrize(
    ("when", "wanted"),
    [("2026-03-31T23:30:00-05:00", "2026-Q1"), ("2026-04-01T00:30:00+14:00", "2026-Q2"),
     ("2026-12-31", "2026-Q4"), ("2027-01-01", "2027-Q1")],
)  # fmt: skip
def test_the_day_as_written_decides_the_quarter(when, wanted):
    assert quarter(when) == wanted
    assert told(applied(when))["quarters"][0]["period"] == wanted


def test_the_sheet_has_every_row_and_no_formula():
    found = told(applied("2026-01-31", opens=True, job="=1+1\x1b[2J", signals=["copied-content"]))
    text = sheet(found)
    assert len(text.splitlines()) == 1 + len(list(rows(found)))
    assert "'=1+1" in text and "\x1b" not in text
