"""Does the place agree with itself and with the number? place-conflict, phone-place."""

from __future__ import annotations

from collections.abc import Iterator

from forensics.features.addresses import home
from forensics.features.features import Exhibit
from forensics.features.gazetteers import states
from forensics.features.geography import (
    Spot,
    cities_named,
    kilometres,
    middle,
    plain,
    provinces,
    zip_code,
    zips,
)
from forensics.features.stated import numbers, stated
from forensics.findings.finding import BaseRate, Finding
from forensics.findings.known import mailboxes
from forensics.findings.quoting import finding, quote
from forensics.index.corpus import Corpus

_FAR = 80.0
"""Kilometres between a ZIP code and the city written beside it from which they do not belong together."""

_BIG = 6
"""ZIP codes of a city from which it is known well enough to say that another state has none of its name."""


def places(exhibit: Exhibit, corpus: Corpus | None, own: frozenset[int]) -> list[Finding]:
    """Findings about the applicant's own address and telephone numbers."""
    return [*_conflicts(exhibit), *_mailbox(exhibit), *_phones(exhibit, corpus, own)]


def _conflicts(exhibit: Exhibit) -> Iterator[Finding]:
    for entity, place in stated(exhibit):
        words = _disagreement(place)
        if words:
            yield finding(
                "place-conflict",
                weight="B",
                documents=(),
                summary=f"The address {entity.text.strip()} disagrees with itself: {words}.",
                evidence=[quote(exhibit.document, entity.start, entity.end)],
                base_rate=None,
                innocent=("A typing error in one digit or letter.",),
            )


def _disagreement(place: Spot) -> str | None:
    """Why city, state and postal code cannot belong together, ``None`` where they can."""
    if not place.state or not place.city:
        return None
    state = states().get(place.state, place.state)
    if place.country == "CA":
        if place.post and not place.post[0].isdigit() and place.state not in provinces(place.post):
            return f"postal codes that begin with {place.post[0]} do not lie in {state}"
        return None
    if place.post and place.post[0].isdigit():
        known = zip_code(place.post)
        if known is None:
            return None
        if known.state != place.state:
            return (
                f"ZIP code {place.post[:5]} lies in {states().get(known.state, known.state)}, not in {state}"
            )
        if plain(place.city) not in known.cities:
            centre = middle(place.city, place.state)
            if centre and kilometres(centre, (known.lat, known.long)) > _FAR:
                return f"ZIP code {place.post[:5]} lies {kilometres(centre, (known.lat, known.long)):.0f} km from it"
    elsewhere = cities_named(place.city)
    if place.state not in elsewhere and sum(elsewhere.values()) >= _BIG and max(elsewhere.values()) >= _BIG:
        if _neighbourhood(place):
            return None
        most = max(elsewhere, key=lambda code: elsewhere[code])
        return f"post knows no {place.city} in {state}; there is one in {states().get(most, most)}"
    return None


def _neighbourhood(place: Spot) -> bool:
    """Whether post knows the name in that state as part of another city."""
    wanted = plain(place.city or "")
    return any(
        wanted == plain(name)
        for each in zips(state=place.state or "")
        for name in (*each["acceptable_cities"], *each["unacceptable_cities"])
    )


def _mailbox(exhibit: Exhibit) -> Iterator[Finding]:
    address = home(exhibit)
    if address is None:
        return
    kind = mailboxes().get(address.street) or ("private mailbox" if address.mailbox else None)
    if kind and not address.street.startswith("po box"):
        yield finding(
            "place-conflict",
            weight="C",
            documents=(),
            summary=f"The address is one of a {kind}: post goes there, nobody lives there.",
            evidence=[quote(exhibit.document, address.start, address.end)],
            base_rate=None,
            innocent=("Many people who travel, move or want privacy take in their post at such a service.",),
        )


def _phones(exhibit: Exhibit, corpus: Corpus | None, own: frozenset[int]) -> Iterator[Finding]:
    for number, where, agrees in numbers(exhibit):
        if agrees:
            continue
        rate, said = None, ""
        if corpus is not None:
            differ = corpus.applicants_with("phone-place", ["elsewhere"], own)
            agree = corpus.applicants_with("phone-place", ["here"], own)
            if both := differ + agree:
                rate = BaseRate(documents=differ, of=both)
                said = f"; so do those of {differ} of {both} other applicants who give both"
        yield finding(
            "phone-place",
            weight="C",
            documents=(),
            summary=f"The telephone number {number.text.strip()} belongs to {where}, and the applicant gives another "
            f"place{said}.",
            evidence=[quote(exhibit.document, number.start, number.end)],
            base_rate=rate,
        )
