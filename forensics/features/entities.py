"""Document → entities: what is named where, read by rules, each blanking what it has read.

The order is the rule: addresses before links, both before dates, dates before numbers ("12/2014-03/2016"
is no telephone), and only then names, places, employers and schools by layout and word lists.
"""

from __future__ import annotations

from forensics.documents.document import Document
from forensics.features.claims import claim, header_rows
from forensics.features.contacts import find_emails, find_urls
from forensics.features.dates import find_dates
from forensics.features.features import Entity
from forensics.features.letters import find_addressee, letter
from forensics.features.persons import mark_person, read_name
from forensics.features.phones import find_phones
from forensics.features.places import find_addresses, find_places, regions
from forensics.features.schools import find_degrees, find_schools
from forensics.features.sheet import Row, Sheet
from forensics.features.work import find_jobs, mark_again
from forensics.settings import settings


def find_entities(document: Document) -> tuple[Entity, ...]:
    """The entities of a document, by ``start``, none overlapping another.

    Labels are those of :data:`~forensics.features.features.LABELS` but for SKILL and CERTIFICATION.
    """
    sheet = Sheet(document)
    header = header_rows(sheet)
    find_emails(sheet)
    find_urls(sheet, header)
    for date in find_dates(sheet.masked):
        sheet.take("DATE", date.start, date.end, date.value, "date")
    where = regions(sheet, header, settings().phone_region)
    for phone in find_phones(sheet.masked, lambda at: _near(sheet.row(at), header), where):
        sheet.take("PHONE", phone.start, phone.end, phone.value, phone.rule)
    parts = letter(sheet)
    name = read_name(sheet, parts)
    if name is not None:
        sheet.take("PERSON", name.start, name.end, name.value, name.rule)
        mark_person(sheet, name)
    contact = header if parts is None else header | parts.sender | parts.addressee | parts.signature
    find_degrees(sheet)
    find_addresses(sheet, contact)
    heads = find_jobs(sheet)
    find_schools(sheet, heads)
    if parts is not None:
        find_addressee(sheet, parts)
    mark_again(sheet)
    find_places(sheet, heads, contact)
    return tuple(sorted(claim(sheet, parts, name), key=lambda e: e.start))


def _near(row: Row, header: frozenset[int]) -> bool:
    """Whether a telephone number is to be expected in a row."""
    return row.index in header or row.section == "references"
