"""Figures: numbers that stay count, names and years with digits do not, nor what the trade gives as well."""

import pytest
from exhibits import exhibit

from forensics.findings.figures import Staying, figures, weight
from forensics.index.polls import Poll, Vote

RESUME = """{name}
{name}@example.org

Experience
Engineer, Fernhill Logistics, 2021 - 2024
{bullets}

Education
BSc in Mathematics, Reed College, 2016

Skills
Python, Java, Docker
"""
SOURCE = """- Cut the nightly settlement run from 6 hours to 50 minutes by splitting it into partitions.
- Moved 340 cron jobs to an event driven scheduler and retired the old batch server.
- Wrote the handbook and brought the number of pages at night from 14 a week to 2."""
RETOLD = """- Settlement that took 6 hours now finishes in 50 minutes, cut in parts that run in parallel.
- Replaced a legacy batch machine: 340 scheduled tasks are triggered by events today.
- Alarms at night fell from 14 per week to 2 after I had written a guide for the engineers."""
"""The same three sentences in other words."""


def resume(bullets, name="Ann"):
    return exhibit(RESUME.format(name=name, bullets=bullets))


def units(exhibit):
    """The numbers of its three bullets."""
    tokens, text = exhibit.features.tokens, exhibit.document.text
    span = range(text.index("- ", text.index("2024")), text.index("Education"))
    found = sorted({unit for unit, at in zip(tokens.units, tokens.starts, strict=True) if at in span})
    assert len(found) == 3
    return found


def poll(doc, pairs, mutual=True):
    votes = tuple(
        Vote(unit=a, theirs=b, cosine=0.8, gain=0.2, mutual=mutual, place=(at, at))
        for at, (a, b) in enumerate(pairs)
    )
    return Poll(
        doc=doc, group=doc, votes=votes, units=3, theirs=3, nearest=len(votes), gain=0.6, expected=0.3
    )


def staying(mine, theirs, *, mutual=True, trade=()):
    a, b = resume(mine), resume(theirs, "Bo")
    asked = poll(1, zip(units(a), units(b), strict=True), mutual)
    others = {at: resume(text) for at, text in enumerate(trade, start=2)}
    stays = Staying(a, {1: b, **others}.get, [asked, *(poll(doc, []) for doc in others)])
    return stays.figures(asked), stays.weight(asked)


def test_what_stays_is_told_in_the_order_of_the_text():
    told, weighs = staying(RETOLD, SOURCE)
    assert told == ("6", "50", "340", "2", "14")
    assert weighs > 3


def test_other_figures_weigh_nothing():
    other = (
        SOURCE.replace("6 hours to 50", "5 hours to 30")
        .replace("340", "90")
        .replace("14 a week to 2", "30 to 4")
    )
    assert staying(RETOLD, other) == ((), 0)


def test_one_sentence_may_be_chance():
    assert staying(RETOLD, SOURCE.replace("340", "90").replace("14 a week to 2", "30 to 4")) == ((), 0)


def test_only_mutual_votes_count():
    assert staying(RETOLD, SOURCE, mutual=False) == ((), 0)


def test_figures_of_the_trade_say_nothing():
    trade = [
        "Ann Lee\n\n- Ran 340 jobs in 50 minutes.\n",
        "Bo Dahl\n\n- Answered 14 calls in 6 hours, 2 a shift.\n",
    ]
    assert staying(RETOLD, SOURCE, trade=trade) == ((), 0)
    assert staying(RETOLD, SOURCE, trade=trade[:1])[0] == ("6", "2", "14")


def test_a_document_that_is_gone_has_none():
    a = resume(RETOLD)
    asked = poll(9, [(1, 1), (2, 2), (3, 3)])
    assert Staying(a, lambda doc: None, [asked]).weight(asked) == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Served 1,250 users in 12 offices", {"1250", "12"}),
        ("Raised uptime to 99.95% for $1.5M of sales", {"99.95", "1.5"}),
        ("Led 7 people from 2017 to 2019", {"7"}),
        ("Certified by ISO 27001 and PRINCE2 practitioners of Office 365", set()),
        ("Wrote HTML5, used p6 and log4j daily", set()),
        ("Reduced 340 tickets by half", {"340"}),
        ("From 01/2010 until 12/2012 the books were mine", set()),
        ("The 3rd of 24 regions to go live", {"24"}),
    ],
)
def test_what_is_a_figure(text, found):
    told = figures(resume(f"- {text}.")).values()
    assert frozenset().union(*told) == found


def test_one_endless_word_and_many_numbers_come_to_an_end():
    """Looked for from the beginning of the sentence, the word before each number took minutes."""
    text = f"{'a' * 20_000} {'17 ' * 2_000}{'9' * 100_000}"
    assert frozenset().union(*figures(resume(f"- {text}.")).values()) == {"17"}


def test_longer_figures_say_more_and_round_ones_less():
    assert weight("7") == weight("100") < weight("40") < weight("34") <= weight("340") < weight("347")
