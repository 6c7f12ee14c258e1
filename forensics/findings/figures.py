"""Figures: the numbers that sentences have in common when their words are not the same.

Whoever retells a sentence in other words mostly leaves the figures standing: "340 jobs", "from 11 to 4", "1,250 users".
Two people who do the same work say the same things of it, but seldom with the same figures. Years, numbers that are
part of a name ("ISO 27001", "Office 365") and those that others of the trade give as well ("form 941") prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import cached_property

from forensics.features.features import Exhibit
from forensics.index.polls import Poll

SENTENCES = 2
"""In so many sentences at least figures must stay: in one it may be chance."""

MOST = 4.0
"""What the figures of one sentence count at most."""

_FIGURE = re.compile(r"(?<![\w.,/-])(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?(?![\d_/])")
_NAMED = re.compile(r"[^\W\d_]{3}|(?:st|nd|rd|th)\b|[^\W\d_]*\d|-[^\W\d_]")
_BEFORE = re.compile(r"([^\W\d_]+)[\s-]+$")
_REACH = (
    48  # characters before a number in which its name stands: the text is anybody's, and may be one long word
)
_YEAR = re.compile(r"(?:19|20)\d\d$")


def figures(exhibit: Exhibit, units: Collection[int] | None = None) -> dict[int, frozenset[str]]:
    """The figures of those of the sentences (``None``: of all) that have any; ``1,250`` is ``1250``."""
    text, found = exhibit.document.text, {}
    for unit, (start, end) in _spans(exhibit, units).items():
        here = frozenset(
            number
            for match in _FIGURE.finditer(text, start, end)
            if not _YEAR.match(number := match.group().replace(",", ""))
            and not _NAMED.match(text, match.end())
            and not _name_before(text, start, match.start())
        )
        if here:
            found[unit] = here
    return found


def _spans(exhibit: Exhibit, units: Collection[int] | None) -> dict[int, tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    tokens = exhibit.features.tokens
    for unit, start, end in zip(tokens.units, tokens.starts, tokens.ends, strict=True):
        if units is None or unit in units:
            spans[unit] = (spans[unit][0] if unit in spans else start, end)
    return spans


def _name_before(text: str, start: int, at: int) -> bool:
    """Whether the number follows a word all in capitals, or one with a capital that does not begin the sentence."""
    begin = max(start, at - _REACH)
    before = _BEFORE.search(text[begin:at])
    if before is None:
        return False
    word = before.group(1)
    return (word.isupper() and len(word) > 1) or (word[0].isupper() and begin + before.start(1) > start)


def weight(figure: str) -> float:
    """How seldom somebody else who says the same gives the same figure, as a negative decimal logarithm.

    Of the figures in 1,100 public résumés 10 is one in 25, 40 and 15 one in 100, 35 and 150 one in 250, most of three
    digits fewer than one in 1,000; taken low, for who does the same work may have done it in the same numbers.
    """
    digits = figure.replace(".", "").lstrip("0")
    telling = digits.rstrip("0")
    if len(digits) <= 1 or figure in {"10", "11", "12", "100"}:
        return 0.75
    if len(telling) >= 3:
        return 3.0
    if len(digits) > 2:
        return 2.0
    return 1.25 if len(telling) == 1 or telling[0] == "1" or telling[1] == "5" else 1.75


class Staying:
    """Figures of a document that stay in the votes for others. State: the figures of documents that were read.

    ``of`` gives documents; those of all ``polls`` but the one that is asked for are the trade.
    """

    def __init__(self, exhibit: Exhibit, of: Callable[[int], Exhibit | None], polls: Sequence[Poll]) -> None:
        self._exhibit, self._of, self._polls = exhibit, of, polls
        self._found: dict[int, tuple[frozenset[str], ...]] = {}

    def weight(self, poll: Poll) -> float:
        """How unlikely it is that so much stays, as a negative decimal logarithm."""
        return sum(min(MOST, sum(map(weight, each))) for each in self._sentences(poll))

    def figures(self, poll: Poll) -> tuple[str, ...]:
        """What stays, in the order of the asking document."""
        return tuple(
            dict.fromkeys(number for each in self._sentences(poll) for number in sorted(each, key=float))
        )

    def _sentences(self, poll: Poll) -> tuple[frozenset[str], ...]:
        """The figures of each sentence where some stay; none where these are too few sentences."""
        if poll.doc not in self._found:
            shared = self._shared(poll)
            if len(shared) >= SENTENCES:
                usual = frozenset().union(*(each for g, each in self._trade if g != poll.group))
                shared = [each - usual for each in shared if each - usual]
            self._found[poll.doc] = tuple(shared) if len(shared) >= SENTENCES else ()
        return self._found[poll.doc]

    def _shared(self, poll: Poll) -> list[frozenset[str]]:
        other = self._of(poll.doc)
        mutual = sorted((vote.unit, vote.theirs) for vote in poll.votes if vote.mutual and vote.gain > 0)
        if other is None or len(mutual) < SENTENCES:
            return []
        mine, theirs = figures(self._exhibit, {a for a, _ in mutual}), figures(other, {b for _, b in mutual})
        both = (mine.get(a, frozenset()) & theirs.get(b, frozenset()) for a, b in mutual)
        return [each for each in both if each]

    @cached_property
    def _trade(self) -> list[tuple[int, frozenset[str]]]:
        """The group and the figures of each document that has a poll."""
        read = ((poll.group, self._of(poll.doc)) for poll in self._polls)
        return [
            (group, frozenset().union(*figures(each).values())) for group, each in read if each is not None
        ]
