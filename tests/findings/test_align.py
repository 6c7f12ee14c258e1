"""What the aligner says of documents that tell a story: copies, look-alikes, letters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from exhibits import JANE, OTHER, exhibit, said

from forensics.findings.align import _Candidate, _keep, align
from forensics.findings.blocks import blocks
from forensics.findings.extend import Region
from forensics.findings.finding import Swap
from forensics.findings.view import views

BULLETS = [line for line in JANE.splitlines() if line.startswith("- ")]
JOB = "\n".join(BULLETS[:5])
STORY = [
    "The lighthouse at Skerry Point had been dark for eleven years when the parish council bought it.",
    "Nobody remembered who had kept the accounts, and the drawers were full of unpaid coal bills.",
    "A retired glazier named Oduya offered to rebuild the lantern room from salvaged greenhouse panes.",
    "He lived on smoked herring and slept under the stairs through most of that winter.",
    "Children brought him string, buttons and once a stuffed owl that nobody claimed afterwards.",
    "The council argued about insurance for the staircase until the spring tides flooded their hall.",
    "In April a schooner carrying timber struck the reef because its pilot trusted an outdated chart.",
    "Two sailors swam ashore, and the mate was found clinging to a crate of oranges.",
    "Fishermen complained that the fines for night landing were higher than the price of cod.",
    "Oduya lit the new lamp on the evening of the inquest without asking anyone for permission.",
    "The vicar preached against vanity the following Sunday, looking mostly at the third pew.",
    "A letter from the council arrived in June with two misspelled signatures and a stain.",
    "The harbour board first threatened a prosecution and then quietly appointed him keeper for life.",
    "He asked for a bicycle instead of a salary, and later for a second bicycle.",
    "Since then no vessel has been lost on the reef, though the oranges still wash up at Christmas.",
]
RETOLD = [
    "The lighthouse at Skerry Point was dark for eleven years before the parish bought it.",
    "A retired glazier called Oduya rebuilt the lantern room from greenhouse panes.",
    "In April a schooner with timber struck the reef because its pilot used an outdated chart.",
    "Oduya lit the new lamp on the evening of the inquest without permission.",
    "The harbour board threatened a prosecution and then appointed him keeper for life.",
]
HOOLI = "Developer, Hooli\nJun 2016 - Apr 2020\n"
REWORDED = [
    "- Moved the billing platform from a lone Oracle instance to sharded PostgreSQL, reducing nightly batch time by 40 percent.",  # noqa: E501
    "- Built an event driven order pipeline on Kafka that handled seasonal peaks without one lost message.",
    "- Added contract tests between nine services and dropped the weekly release freeze.",
    "- Coached four junior developers and ran the guild for observability.",
    "- Wrote the on call handbook and halved the count of night pages in two quarters.",
]


def whole(line: str) -> str:
    return line.removeprefix("- ")


def test_bullets_copied_into_another_resume_are_found_whole_and_nothing_else() -> None:
    """One bullet, somewhere in the middle of another job."""
    other = OTHER.replace(HOOLI, HOOLI + BULLETS[1] + "\n")
    a, b = exhibit(JANE), exhibit(other)
    (passage,) = align(a, b).passages
    assert (passage.kind, passage.similarity) == ("verbatim", 1.0)
    assert said(a, passage, "a") == said(b, passage, "b") == whole(BULLETS[1])
    assert passage.words == len(whole(BULLETS[1]).split())


def test_a_copied_job_block_is_found_whole_and_nothing_else() -> None:
    a, b = exhibit(JANE), exhibit(OTHER.replace(HOOLI, HOOLI + JOB + "\n"))
    found = align(a, b)
    passage = found.passages[-1]
    assert (passage.kind, passage.similarity) == ("verbatim", 1.0)
    assert said(a, passage, "a").endswith(whole(BULLETS[4]))
    assert said(b, passage, "b").endswith(whole(BULLETS[4]))
    for bullet in BULLETS[:5]:
        assert whole(bullet) in said(a, passage, "a")
        assert whole(bullet) in said(b, passage, "b")
    # Beside the bullets at most the employer and the dates right above them, which were swapped.
    beside = [said(a, other, "a") for other in found.passages[:-1]]
    assert beside in ([], ["Mar 2019 - Present"], ["Acme Corp Mar 2019 - Present"])
    assert Swap(label="EMPLOYER", a="Acme Corp", b="Hooli") in found.swapped


def test_swapped_employers_and_numbers_are_told() -> None:
    copy = (
        JANE.replace("Jane Doe", "Ana Petrov")
        .replace("jane.doe@", "ana.petrov@")
        .replace("Acme Corp", "Globex")
        .replace("40 percent", "55 percent")
    )
    found = align(exhibit(JANE), exhibit(copy))
    assert {passage.kind for passage in found.passages} <= {"swapped", "verbatim"}
    assert "swapped" in {passage.kind for passage in found.passages}
    assert Swap(label="EMPLOYER", a="Acme Corp", b="Globex") in found.swapped
    assert Swap(label="NUMBER", a="40", b="55") in found.swapped
    assert found.coverage_a > 0.9
    assert found.date_shift_months == 0


def test_bullets_in_another_order_are_each_found_whole() -> None:
    order = "\n".join(BULLETS[at] for at in (3, 1, 4, 0, 2))
    a, b = exhibit(JANE), exhibit(OTHER.replace(HOOLI, HOOLI + order + "\n"))
    found = align(a, b)
    assert [said(a, passage, "a") for passage in found.passages] == [whole(line) for line in BULLETS[:5]]
    assert [said(b, passage, "b") for passage in found.passages] == [whole(line) for line in BULLETS[:5]]


def test_a_lightly_reworded_block_is_found_from_its_first_to_its_last_bullet() -> None:
    a, b = exhibit(JANE), exhibit(OTHER.replace(HOOLI, HOOLI + "\n".join(REWORDED) + "\n"))
    passages = align(a, b).passages
    assert {passage.kind for passage in passages} <= {"reworded", "swapped", "verbatim"}
    assert said(a, passages[0], "a").startswith(whole(BULLETS[0])[:20])
    assert said(a, passages[-1], "a").endswith(whole(BULLETS[4])[-20:])
    assert sum(passage.words for passage in passages) >= 60


@pytest.mark.parametrize("at", [0, 1, 2, 3, 4])
def test_one_lightly_reworded_bullet_is_found_whole_or_not_at_all(at: int) -> None:
    a, b = exhibit(JANE), exhibit(OTHER.replace(HOOLI, HOOLI + REWORDED[at] + "\n"))
    passages = align(a, b).passages
    assert len(passages) <= 1
    for passage in passages:
        assert said(a, passage, "a") == whole(BULLETS[at])
        assert said(b, passage, "b") == whole(REWORDED[at])
    assert passages or at > 1, "a long bullet with a fifth of its words replaced is found"


def test_dates_moved_by_one_constant_are_told_in_months() -> None:
    moved = JANE
    for before, after in (("Mar 2019", "May 2020"), ("Jan 2015", "Mar 2016"), ("Feb 2019", "Apr 2020")):
        moved = moved.replace(before, after)
    assert align(exhibit(JANE), exhibit(moved)).date_shift_months == 14
    assert align(exhibit(moved), exhibit(JANE)).date_shift_months == -14


def test_two_honest_resumes_of_one_occupation_share_nothing() -> None:
    found = align(exhibit(JANE), exhibit(OTHER))
    assert found.passages == ()
    assert (found.coverage_a, found.coverage_b, found.date_shift_months) == (0.0, 0.0, None)


def test_the_same_skills_and_stock_phrase_align_only_themselves() -> None:
    skills = "Python, Java, Docker, Kubernetes, AWS, Terraform, PostgreSQL, Kafka"
    stock = "Results driven team player with excellent communication skills."
    other = OTHER.replace("Python, Java, Docker, Kubernetes, AWS, Rust, Swift", skills)
    a = exhibit(JANE.replace("Summary\n", f"Summary\n{stock}\n"))
    b = exhibit(other.replace("Summary\n", f"Summary\n{stock}\n"))
    found = align(a, b)
    for passage in found.passages:
        assert said(a, passage, "a").endswith((skills, stock))
    assert found.coverage_a < 0.15


def test_a_copied_letter_is_found_with_the_employer_that_was_swapped() -> None:
    letter = (
        "Dear Hiring Manager,\n\nI am writing to apply for the position of site engineer at {0}. For six years "
        "I have looked after bridges that nobody notices, which is the highest praise a bridge can get.\n\n"
        "What draws me to {0} is the way your teams publish their failures. I would like to add my own.\n\n"
        "Sincerely,\n{1}\n"
    )
    a = exhibit(letter.format("Northwind Traders", "Jane Doe"))
    b = exhibit(letter.format("Contoso Bridges", "Mark Lindqvist"))
    found = align(a, b)
    assert found.coverage_a > 0.85
    assert found.coverage_b > 0.85
    assert {passage.kind for passage in found.passages} <= {"swapped", "verbatim"}
    assert ("Northwind Traders", "Contoso Bridges") in {(swap.a, swap.b) for swap in found.swapped}


def test_a_retelling_is_aligned_with_all_it_retells() -> None:
    long = " ".join(STORY)
    retelling = " ".join(RETOLD)
    other = "Breakfast is served at seven. Guests leave their keys with the porter. "
    a, b = exhibit(other + retelling + " " + other, entities=False), exhibit(long, entities=False)
    (passage,) = align(a, b).passages
    assert passage.kind == "reworded"
    assert passage.b[1] - passage.b[0] > 0.7 * len(long)
    assert passage.a[1] - passage.a[0] < len(retelling) + 60


def filler_words() -> list[str]:
    return "barrel ladder basket anchor bucket candle hammer kettle saddle needle".split()


def test_background_is_marked_and_does_not_count() -> None:
    import numpy as np

    a, b = exhibit(JANE), exhibit(OTHER.replace(HOOLI, HOOLI + BULLETS[1] + "\n"))
    (passage,) = align(a, b).passages
    starts = np.array(a.features.tokens.starts)
    public = (starts >= passage.a[0]) & (starts < passage.a[1])
    found = align(a, b, background_a=public)
    assert [passage.background for passage in found.passages] == [True]
    assert (found.coverage_a, found.coverage_b) == (0.0, 0.0)


@pytest.mark.parametrize(("own", "counts"), [(11, False), (12, True)])
def test_a_passage_that_is_mostly_public_counts_for_the_rest_where_that_is_enough(
    own: int, counts: bool
) -> None:
    import numpy as np

    a, b = exhibit(JANE), exhibit(OTHER.replace(HOOLI, HOOLI + JOB + "\n"))
    (passage,) = align(a, b).passages
    starts = np.array(a.features.tokens.starts)
    inside = np.flatnonzero((starts >= passage.a[0]) & (starts < passage.a[1]))
    assert len(inside) > 3 * own
    public = np.zeros(len(starts), np.bool_)
    public[inside] = True
    public[inside[5 : 5 + own]] = False
    (found,) = align(a, b, background_a=public).passages
    assert found.background is not counts
    scattered = public | True
    scattered[inside[::3]] = False  # as many words, and never two in a row: a public text that was touched up
    (found,) = align(a, b, background_a=scattered).passages
    assert found.background


def test_a_small_region_does_not_hide_the_copied_block_it_touches() -> None:
    a, b = exhibit(JANE), exhibit(OTHER.replace(HOOLI, HOOLI + JOB + "\n"))
    one, two, vocabulary = views(a.features.tokens, b.features.tokens)
    block = max(blocks(one, two), key=len)
    (start_a, end_a), (start_b, end_b) = block.span_a, block.span_b
    touching = _Candidate(
        region=Region(a=(end_a - 6, end_a + 20), b=(end_b - 6, end_b + 20), cosine=0.7, evidence=99.0),
        rank=0.7,
    )
    kept = _keep([touching], [block], one, two, vocabulary)
    assert touching in kept
    assert [c.region.a for c in kept if c.exact is not None] == [(start_a, end_a)]
    covering = replace(touching, region=replace(touching.region, a=(start_a, end_a), b=(start_b, end_b)))
    assert not [c for c in _keep([covering], [block], one, two, vocabulary) if c.exact is not None]
