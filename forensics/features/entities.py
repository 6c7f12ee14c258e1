"""Document → what it claims: entities, work, education and referees, each rule blanking what it has read.

The order is the rule: addresses before links, both before dates, dates before numbers ("12/2014-03/2016"
is no telephone), and only then names, places, employers and schools by layout and word lists.
"""

from __future__ import annotations

from dataclasses import dataclass

from forensics.documents.document import Document
from forensics.features.again import mark_again
from forensics.features.claims import claim, header_rows
from forensics.features.contacts import find_emails, find_urls
from forensics.features.courses import read_education
from forensics.features.dates import find_dates
from forensics.features.degrees import find_degrees
from forensics.features.features import Education, Entity, Job, Referee
from forensics.features.history import read_work
from forensics.features.letters import find_addressee, letter
from forensics.features.persons import mark_person, read_name
from forensics.features.phones import find_phones
from forensics.features.places import find_addresses, find_places, regions
from forensics.features.referees import read_referees
from forensics.features.schools import find_schools
from forensics.features.sheet import Row, Sheet
from forensics.features.skills import find_skills
from forensics.features.told import find_headline
from forensics.features.work import find_posts
from forensics.settings import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a document claims: entities by ``start``, none overlapping another, and the histories they make."""

    entities: tuple[Entity, ...]
    work: tuple[Job, ...]
    education: tuple[Education, ...]
    referees: tuple[Referee, ...]


def find_entities(document: Document) -> tuple[Entity, ...]:
    """The entities of a document, by ``start``, none overlapping another.

    Labels are those of :data:`~forensics.features.features.LABELS`.
    """
    return read_claims(document).entities


def read_claims(document: Document) -> Claims:
    """All that a document claims; the same document gives the same claims."""
    sheet = Sheet(document)
    header = header_rows(sheet)
    _mask_contacts(sheet, header)
    parts = letter(sheet)
    name = read_name(sheet, parts)
    if name is not None:
        sheet.take("PERSON", name.start, name.end, name.value, name.rule)
        mark_person(sheet, name)
    contact = header if parts is None else header | parts.sender | parts.addressee | parts.signature
    find_degrees(sheet)
    find_addresses(sheet, contact)
    posts = find_posts(sheet)
    heads = frozenset(row.index for post in posts for row in post.rows)
    find_headline(sheet)
    find_schools(sheet, heads)
    if parts is not None:
        find_addressee(sheet, parts)
    education = read_education(sheet)
    referees = read_referees(sheet)
    mark_again(sheet)
    find_places(sheet, heads, contact)
    find_skills(sheet)
    work = read_work(sheet, posts)
    entities = sorted(claim(sheet, parts, name), key=lambda e: e.start)
    return Claims(entities=tuple(entities), work=work, education=education, referees=referees)


def _mask_contacts(sheet: Sheet, header: frozenset[int]) -> None:
    """Addresses, links, dates and telephones, in this order."""
    find_emails(sheet)
    find_urls(sheet, header)
    for date in find_dates(sheet.masked):
        sheet.take("DATE", date.start, date.end, date.value, "date")
    where = regions(sheet, header, settings().phone_region)
    for phone in find_phones(sheet.masked, lambda at: _near(sheet.row(at), header), where):
        sheet.take("PHONE", phone.start, phone.end, phone.value, phone.rule)


def _near(row: Row, header: frozenset[int]) -> bool:
    """Whether a telephone number is to be expected in a row."""
    return row.index in header or row.section == "references"
