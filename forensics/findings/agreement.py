"""Agreement: whether the votes for a document agree more than chance and the habits of a trade explain.

Two people of one trade are each other's nearest neighbour in a sentence or two, in a small corpus in more. So the
null is taken from the very poll: if each sentence had its nearest by chance among all that are near to it, a
document that is near to many of them would be nearest to some (:attr:`~forensics.index.polls.Poll.expected`). People
of one trade are not alike by the same measure, so the count is not Poisson but, with a gamma of shape 1 over the
applicants, geometric: ``n`` or more come by chance with ``(m / (1 + m)) ** n``, ``m`` expected. What has no chance of
that size is a copy, or two people who have told the same work in the same order to the same writer: a person looks.
How the mutual votes lie in both documents (:mod:`~forensics.findings.arrangement`) and what figures stay in them
(:mod:`~forensics.findings.figures`) add to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log10

from forensics.findings.arrangement import FEWEST, arrangement
from forensics.index.polls import Poll, Vote

LEAST = 0.1
"""So many more votes are expected: few neighbours say little about how many there could be."""

MUTUAL, ALONE = 1.5, 0.75
"""How much a mutual vote counts, and one that is not: a copy's sentences are what its source's are nearest to, while of
the neighbours that a long and ordinary document has in another most have nearer ones elsewhere."""

SURPRISE = 4.1
"""Votes agree which chance gives once in ten to the power of this …"""

FEW = (1000, 1.5)
"""… or of so much more for each tenfold that there are fewer applicants: among few, somebody of the trade is always
the nearest, and how unequal people are shows in no sample."""

HALF = (0.5, 5)
"""Mutual votes of this share of the shorter document, and at least so many, agree however few applicants there are."""

SLIGHT = 0.4
"""Less than this share of what is asked is made up for by no figures."""

RIVAL = 2.0
"""And the votes gain so many times what those for any document gain that is no copy."""

# Set on 800 honest documents and 280 reworded copies of a synthetic corpus (MiniLM, int8), then on 1,000 honest and 220
# copies of another, of 1,142 documents: its largest surprise of an honest one is 3.8 (next 3.2). What few applicants ask
# for was set on 294 public résumés, each beside 35 of its own trade: who shares no sentence word by word comes to 4.7.


def agreeing(
    polls: Sequence[Poll], applicants: int, stays: Callable[[Poll], float] | None = None
) -> dict[int, list[Vote]]:
    """The documents for which more votes agree than by chance, and those votes in the order of the query.

    ``applicants`` is how many were asked. What is no copy among the same polls is the measure of what people of
    the trade gain by chance. ``stays`` tells how unlikely the figures are that both have, as a negative decimal
    logarithm; it is asked where that can decide.
    """
    most = SURPRISE + FEW[1] * max(0.0, log10(FEW[0] / max(1, applicants)))
    enough = {poll.doc for poll in polls if _surprising(poll, most, stays) or _half(poll)}
    copied = {poll.group for poll in polls if poll.doc in enough}
    rival = max((poll.gain for poll in polls if poll.group not in copied), default=0.0)
    return {poll.doc: gaining(poll) for poll in polls if poll.doc in enough and poll.gain >= RIVAL * rival}


def surprise(poll: Poll) -> float:
    """How unlikely it is that so many sentences have their nearest here, as a negative decimal logarithm."""
    mutual = sum(vote.mutual for vote in gaining(poll))
    votes = MUTUAL * mutual + ALONE * max(0, poll.nearest - mutual)
    return votes * log10(1 + 1 / (poll.expected + LEAST))


def _surprising(poll: Poll, most: float, stays: Callable[[Poll], float] | None) -> bool:
    told = surprise(poll)
    places = [vote.place for vote in gaining(poll) if vote.mutual]
    if told < most:
        told += arrangement(places, poll.units, poll.theirs)
    if stays is not None and len(places) >= FEWEST and SLIGHT * most <= told < most:
        told += stays(poll)
    return told >= most


def _half(poll: Poll) -> bool:
    mutual = sum(vote.mutual for vote in gaining(poll))
    return mutual >= max(HALF[1], HALF[0] * min(poll.units, poll.theirs))


def gaining(poll: Poll) -> list[Vote]:
    """The votes that are nearer than what is usual around them, in the order of the query."""
    return sorted((vote for vote in poll.votes if vote.gain > 0), key=lambda vote: vote.unit)
