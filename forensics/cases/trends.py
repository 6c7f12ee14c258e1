"""Cases and campaigns over time: by month and quarter, by the job applied for, by signal."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from forensics.cases.tables import harmless
from forensics.cases.visible import visible

Json = dict[str, Any]
Step = Callable[[str], str]

COLUMNS = (
    "by",
    "name",
    "period",
    "applications",
    "cases",
    "campaigns",
    "in_campaigns",
    "change",
    "change_share",
    "change_campaigns",
)
"""Of the CSV: a row for each month, each quarter, each job, and each signal in each quarter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """One application: when (ISO 8601; ``dated`` if it is its own time and not that of ingest), and what came of it.

    ``signals`` are those of weight A or B in its document; ``campaign`` is the id of the one it is in.
    """

    when: str
    dated: bool
    job: str | None
    opens: bool
    signals: tuple[str, ...]
    campaign: str | None


def quarter(when: str) -> str:
    """``2026-05-…`` → ``2026-Q2``."""
    return f"{when[:4]}-Q{(int(when[5:7]) + 2) // 3}"


def trends(applied: Sequence[Applied], *, checked: int, documents: int) -> Json:
    """The JSON of ``trends``. Periods between the first and the last are all there, also empty ones.

    A campaign counts in the period in which its first application came. Changes are against the quarter before;
    the last quarter need not be over, so ``until`` says when the latest application came.
    """
    began: dict[str, str] = {}
    for each in sorted(applied, key=lambda a: a.when):
        if each.campaign is not None:
            began.setdefault(each.campaign, each.when)
    months: dict[str, list[Applied]] = {}
    for each in applied:
        months.setdefault(each.when[:7], []).append(each)
    quarters = _periods(months, began, quarter, _next_quarter)
    for at, now in enumerate(quarters):
        before = quarters[at - 1]["cases"] if at else None
        now["change"] = None if before is None else now["cases"] - before
        now["change_share"] = round(now["change"] / before, 4) if before else None
        now["change_campaigns"] = now["campaigns"] - quarters[at - 1]["campaigns"] if at else None
    return {
        "documents": documents,
        "checked": checked,
        "applications": len(applied),
        "undated": sum(not each.dated for each in applied),
        "until": max((each.when[:10] for each in applied), default=None),
        "months": _periods(months, began, lambda when: when[:7], _next_month),
        "quarters": quarters,
        "jobs": _jobs(applied),
        "signals": _signals(applied, [each["period"] for each in quarters]),
    }


def _periods(months: dict[str, list[Applied]], began: dict[str, str], of: Step, after: Step) -> list[Json]:
    if not months:
        return []
    everyone: Counter[str] = Counter()
    cases: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for month, those in months.items():
        period = of(month)
        everyone[period] += len(those)
        cases[period] += sum(each.opens for each in those)
        inside[period] += sum(each.campaign is not None for each in those)
    campaigns = Counter(of(when) for when in began.values())
    found, period, last = [], min(everyone), max(everyone)
    while period <= last:
        found.append(
            {
                "period": period,
                "applications": everyone[period],
                "cases": cases[period],
                "campaigns": campaigns[period],
                "in_campaigns": inside[period],
            }
        )
        period = after(period)
    return found


def _next_month(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def _next_quarter(period: str) -> str:
    year, number = int(period[:4]), int(period[6:])
    return f"{year + number // 4:04d}-Q{number % 4 + 1}"


def _jobs(applied: Sequence[Applied]) -> list[Json]:
    names: dict[str | None, list[Applied]] = {}
    for each in applied:
        names.setdefault(each.job, []).append(each)
    found = [
        {
            "job": job,
            "applications": len(those),
            "cases": sum(each.opens for each in those),
            "campaigns": len({each.campaign for each in those if each.campaign is not None}),
            "in_campaigns": sum(each.campaign is not None for each in those),
        }
        for job, those in names.items()
    ]
    return sorted(found, key=lambda row: (-row["cases"], -row["applications"], row["job"] or ""))


def _signals(applied: Sequence[Applied], periods: Sequence[str]) -> list[Json]:
    counts = Counter((signal, quarter(each.when)) for each in applied for signal in each.signals)
    totals = Counter(signal for each in applied for signal in each.signals)
    return [
        {
            "signal": signal,
            "applications": total,
            "quarters": [{"period": period, "applications": counts[signal, period]} for period in periods],
        }
        for signal, total in sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    ]


def rows(found: Json) -> Iterator[Json]:
    """All of it as rows of one table."""
    for each in found["months"]:
        yield {"by": "month", **each}
    for each in found["quarters"]:
        yield {"by": "quarter", **each}
    for each in found["jobs"]:
        yield {"by": "job", "name": each["job"] or "", **each}
    for each in found["signals"]:
        for one in each["quarters"]:
            yield {"by": "signal", "name": each["signal"], **one}


def sheet(found: Json) -> str:
    """The CSV text: no cell can be a formula."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, extrasaction="ignore")
    table.writeheader()
    for row in rows(found):
        cells = {key: row.get(key) for key in COLUMNS}
        table.writerow(
            {k: harmless(visible(v, lines=True)) if isinstance(v, str) else v for k, v in cells.items()}
        )
    return out.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One quarter of the chart, in units of its view box: heights of all applications and of cases."""

    x: float
    applications: float
    cases: float
    row: Json


BARS = 40
"""So many quarters are drawn, the latest; the table has all."""

STEP, TALL = 44.0, 140.0


def bars(found: Json) -> list[Bar]:
    """The chart of the quarters: bars that stand on a common scale."""
    shown = found["quarters"][-BARS:]
    most = max((each["applications"] for each in shown), default=0) or 1
    return [
        Bar(
            x=at * STEP,
            applications=TALL * each["applications"] / most,
            cases=TALL * each["cases"] / most,
            row=each,
        )
        for at, each in enumerate(shown)
    ]
