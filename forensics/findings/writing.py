"""How is this document written, where people write in several ways, and how usual is that here? Never a finding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.features.features import Exhibit
from forensics.features.habits import Habit, habits, route
from forensics.features.layout import fingerprint
from forensics.findings.finding import BaseRate, Evidence
from forensics.findings.quoting import quote
from forensics.findings.templates import SURE
from forensics.index.corpus import Corpus

UNUSUAL = 0.2
"""A habit is unusual where no larger share of those who write the thing at all writes it so …"""

TEMPLATED = 0.5
"""… unless this share of those with the same layout does: then it came with the template."""

_ENOUGH = 5
"""Of so many others with the layout a share is worth saying."""

LEAST = 10
"""Among fewer others who write the thing nothing is called unusual."""

_BESIDE = 24  # characters of the line shown on each side of a habit …
_SHOWN = 48  # … and of itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One habit of a document, with the first place that shows it.

    ``rate`` counts the other applicants whose files came by the same route (format and writing program: curly
    quotes are Word's habit, not its user's) and who write this thing in any form: how many write it so. It is
    ``None`` where nobody else does. ``templated`` is the same among those with the same layout, ``None`` for
    fewer than five of them.
    """

    name: str
    form: str
    count: int
    place: Evidence
    rate: BaseRate | None
    templated: BaseRate | None

    @property
    def unusual(self) -> bool:
        """Whether few write it so, and not because of their template."""
        rate = self.rate
        few = rate is not None and rate.of >= LEAST and rate.documents <= UNUSUAL * rate.of
        return few and (self.templated is None or self.templated.documents < TEMPLATED * self.templated.of)


def writing(exhibit: Exhibit, corpus: Corpus, own: frozenset[int]) -> list[Written]:
    """The habits of a document, the rarest first; those without a rate last."""
    shown = habits(exhibit)
    alike = _same_layout(exhibit, corpus, own) if shown else frozenset()
    found = [_written(habit, exhibit, corpus, own, alike) for habit in shown]
    return sorted(found, key=lambda each: each.rate.documents / each.rate.of if each.rate else 2.0)


def _written(
    habit: Habit, exhibit: Exhibit, corpus: Corpus, own: frozenset[int], alike: frozenset[int]
) -> Written:
    people, by = corpus.population(), route(exhibit)
    so = corpus.writing_so(by, habit.name, habit.form, own)
    any_form = corpus.writing_so(by, habit.name, None, own)
    of = people.distinct(alike.intersection(any_form.docs), own)
    return Written(
        name=habit.name,
        form=habit.form,
        count=habit.count,
        place=quote(exhibit.document, *_around(exhibit.document.text, habit.start, habit.end)),
        rate=BaseRate(documents=so.applicants, of=any_form.applicants) if any_form.applicants else None,
        templated=BaseRate(documents=people.distinct(alike.intersection(so.docs), own), of=of)
        if of >= _ENOUGH
        else None,
    )


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with some whole words of its line on both sides; of a long one the beginning."""
    end = min(end, start + _SHOWN)
    first = max(text.rfind("\n", 0, start) + 1, start - _BESIDE)
    line = text.find("\n", end)
    last = min(len(text) if line < 0 else line, end + _BESIDE)
    while first < start and first and text[first - 1].isalnum() and text[first].isalnum():
        first += 1
    while last > end and last < len(text) and text[last - 1].isalnum() and text[last].isalnum():
        last -= 1
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def _same_layout(exhibit: Exhibit, corpus: Corpus, own: frozenset[int]) -> frozenset[int]:
    """The documents of others with this layout."""
    found = None if exhibit.document.look is None else fingerprint(exhibit.document)
    if found is None:
        return frozenset()
    docs, similarities = corpus.layouts.like(found)
    return frozenset(docs[np.flatnonzero(similarities >= SURE)].tolist()) - own
