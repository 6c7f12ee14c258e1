"""How usual is a finding about one document? Its rate among the checks that a corpus remembers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from forensics.findings.finding import BaseRate, Finding
from forensics.index.corpus import Corpus
from forensics.index.population import Population


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """The documents that were checked, and those of them with each signal and weight, by number."""

    people: Population
    docs: frozenset[int]
    showing: Mapping[tuple[str, str], frozenset[int]]


_KNOWN: WeakKeyDictionary[Corpus, _Checked] = WeakKeyDictionary()


def with_rates(findings: Iterable[Finding], corpus: Corpus, own: frozenset[int]) -> list[Finding]:
    """The findings; those without a base rate get that of their signal and weight among the applicants checked.

    A rate of nobody at all ("0 of 0") is none. What a check came to is kept by ``check --add``, ``dedup`` and
    ``campaigns``; the rate stays ``None`` while no other applicant was checked. It is read once for each state
    of the corpus, not once a document.
    """
    given = [replace(each, base_rate=None) if _of_none(each) else each for each in findings]
    if all(each.base_rate is not None for each in given):
        return given
    checked = _checked(corpus)
    of = checked.people.distinct(checked.docs, own)
    return [_rated(each, checked, own, of) for each in given]


def _of_none(found: Finding) -> bool:
    return found.base_rate is not None and not found.base_rate.of


def _rated(found: Finding, checked: _Checked, own: frozenset[int], of: int) -> Finding:
    if found.base_rate is not None or not of:
        return found
    docs = checked.showing.get((found.signal, found.weight), frozenset())
    return replace(
        found, base_rate=BaseRate(documents=checked.people.distinct(docs, own), of=of, checked=True)
    )


def _checked(corpus: Corpus) -> _Checked:
    """What the corpus remembers, asked for again only when somebody has written to it."""
    people = corpus.population()
    held = _KNOWN.get(corpus)
    if held is not None and held.people is people:
        return held
    showing: dict[tuple[str, str], set[int]] = {}
    seen = corpus.edges.seen()
    for doc, what in seen.items():
        for signal, weight in what.signals:
            showing.setdefault((signal, weight), set()).add(doc)
    made = _Checked(
        people=people,
        docs=frozenset(seen),
        showing={key: frozenset(docs) for key, docs in showing.items()},
    )
    _KNOWN[corpus] = made
    return made
