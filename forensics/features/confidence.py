"""How often each rule is right, as measured, and what stands beside a rule that was not measured."""

from __future__ import annotations

MEASURED = {
    "degree": 0.94, "email": 0.99, "email-spelled": 0.83, "employer-heading": 0.96, "employer-label": 0.96,
    "employer-left": 0.89, "applicant-header": 0.99, "applicant-again": 0.83, "phone-international": 0.99,
    "phone-nanp": 0.88, "school": 0.99, "title-heading": 0.96, "title-label": 0.88, "title-left": 0.25, "handle": 0.97,
    "url": 0.98, "date": 0.99,
}  # fmt: skip
"""Rule → share of right answers (one right and one wrong added: Laplace's rule of succession) on the texts of
``tests/benchmarks/bench_entities.py``, November 2026. They are invented texts: real ones are harder."""

UNMEASURED = 0.5
"""What is said of a rule that those texts do not try."""


def confidence(rule: str) -> float:
    """From 0 to 1."""
    return MEASURED.get(rule, UNMEASURED)
