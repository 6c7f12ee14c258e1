"""What a document claims, as keys to find it by: kinds and normalised values, stored beside the document.

Documents that were stored by a version without a kind lack its keys, until they are ingested into a new corpus.
"""

from __future__ import annotations

from forensics.features import names, phones
from forensics.features.addresses import home
from forensics.features.features import Exhibit, Referee
from forensics.features.histories import history_keys, organisation
from forensics.features.stated import numbers

Key = tuple[str, str]
"""``(kind, value)``."""


def keys_of(exhibit: Exhibit) -> list[Key]:
    """Every key of a document: contacts, address, referees, work history and written forms of numbers."""
    return [
        *contacts_of(exhibit),
        *address_of(exhibit),
        *(key for each in exhibit.features.referees for key in referee_keys(each)),
        *history_keys(exhibit.features.work),
        *phone_styles(exhibit),
        *phone_places(exhibit),
    ]


def contacts_of(exhibit: Exhibit) -> list[Key]:
    """The applicant's own contacts as (kind, normalised value): ``email``, ``phone`` or ``handle``."""
    applicant = exhibit.features.applicant
    return [
        *(("email", comparable_email(each)) for each in applicant.emails),
        *(("phone", each) for each in applicant.phones),
        *(("handle", each) for each in applicant.handles),
    ]


def address_of(exhibit: Exhibit) -> list[Key]:
    """The applicant's street and unit as (``address``, normalised); nothing for a post box, which needs its town."""
    address = home(exhibit)
    return [] if address is None or address.street.startswith("po box") else [("address", address.key)]


def referee_keys(referee: Referee) -> list[Key]:
    """A referee as (``referee``, value): by e-mail, by telephone, and by name with employer."""
    found = []
    if referee.email:
        found.append(("referee", comparable_email(referee.email)))
    if (
        referee.phone
        and referee.phone.startswith("+")
        and phones.validity(referee.phone).verdict != "invalid"
    ):
        found.append(("referee", referee.phone))
    if referee.name and len(names.key(referee.name).split()) > 1 and referee.employer:
        found.append(("referee", f"{names.key(referee.name)} / {organisation(referee.employer)}"))
    return found


def phone_styles(exhibit: Exhibit) -> list[Key]:
    """How the applicant's own North American numbers are written, as (``phone-style``, feature)."""
    return sorted(
        {
            ("phone-style", style)
            for entity in exhibit.features.entities
            if entity.label == "PHONE" and entity.own and entity.value.startswith("+1")
            for style in phones.surface(entity.text)
        }
    )


def phone_places(exhibit: Exhibit) -> list[Key]:
    """Whether the applicant's numbers belong where they say they are: (``phone-place``, ``here`` or ``elsewhere``)."""
    return sorted({("phone-place", "here" if agrees else "elsewhere") for _, _, agrees in numbers(exhibit)})


def comparable_email(address: str) -> str:
    """The address without what its owner may vary: case, a ``+tag``, and dots at Google's domains."""
    local, _, domain = address.lower().rpartition("@")
    local = local.split("+", 1)[0]
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"
