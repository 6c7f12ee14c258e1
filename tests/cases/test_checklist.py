"""The checklist of a case: chosen by its findings, the same for everybody."""

import pytest

from forensics.cases import checklist
from forensics.cases.checklist import LAST
from forensics.findings.finding import Finding
from forensics.findings.signals import SIGNALS


def found(signal, weight):
    known = SIGNALS[signal]
    return Finding(
        signal=signal,
        family=known.family,
        weight=weight,
        documents=(),
        summary="Something.",
        evidence=(),
        base_rate=None,
        innocent=known.innocent,
        verify=known.verify,
    )


def test_nothing_found_and_mere_context_ask_for_nothing():
    assert checklist.checklist([]) == ()
    assert checklist.checklist([found("phone-style", "C"), found("copied-content", "C")]) == ()


@pytest.mark.parametrize("signal", [id for id, each in SIGNALS.items() if each.weight in "AB"])
def test_every_signal_that_counts_leads_to_a_task_and_the_same_checks_for_all(signal):
    tasks = checklist.checklist([found("phone-style", "C"), found(signal, SIGNALS[signal].weight)])
    assert len(tasks) > 1 and tasks[-1].words == LAST
    assert all(each.because == (1,) for each in tasks[:-1])


def test_tasks_depend_on_what_was_found():
    times = checklist.checklist([found("timeline-overlap", "B")])
    institution = checklist.checklist([found("institution-listed", "B")])
    assert any("sanctions law" in each.words for each in institution)
    assert not any("sanctions law" in each.words for each in times)
    assert checklist.covered() <= SIGNALS.keys()


def test_a_task_names_all_its_findings_as_the_json_does():
    tasks = checklist.checklist([found("employer-dates", "B"), found("education-dates", "B")])
    both = [each for each in checklist.as_json(tasks) if each["because"] == ["f1", "f2"]]
    assert both and checklist.as_json(tasks)[-1] == {"task": LAST, "because": []}


def test_a_reader_sees_boxes_and_numbers():
    lines = [
        str(getattr(each, "renderable", each))
        for each in checklist.present(checklist.checklist([found("place-conflict", "B")]))
    ]
    assert lines[0] == "Checklist for verification"
    assert any(line.startswith("[ ] ") and line.endswith("(finding 1)") for line in lines)
