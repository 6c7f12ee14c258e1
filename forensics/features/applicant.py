"""Who a document says it is about: name and own contacts, from its entities and its links."""

from __future__ import annotations

from collections.abc import Iterable

from forensics.documents.document import Document, Fact
from forensics.features import contacts
from forensics.features.features import Applicant, Entity
from forensics.features.persons import agreement
from forensics.features.phones import validity


def applicant(document: Document, entities: Iterable[Entity]) -> Applicant:
    """The applicant of a document, from what :func:`~forensics.features.entities.find_entities` found.

    Contacts are those the applicant claims, in text order, each once. A number that cannot exist
    identifies nobody and is left out. The file's links are read where the text shows none of their kind;
    a template's author may have left theirs, so a link never stands beside a written address.
    """
    found = list(entities)
    name = next((e.value for e in found if e.label == "PERSON" and e.rule.startswith("applicant-")), None)
    own = [e for e in found if e.own]
    emails = [e.value for e in own if e.label == "EMAIL"]
    phones = [e.value for e in own if e.label == "PHONE" and e.value.startswith("+")]
    handles = [handle for e in own if e.label == "URL" and (handle := _handle(e.value))]
    links = [fact for fact in document.facts if fact.name == "link" and (fact.page or 1) == 1]
    if not emails:
        emails = _mails(links, found, name)
    handles += _linked(document, links, found, handles)
    return Applicant(
        name=name,
        emails=tuple(dict.fromkeys(emails)),
        phones=tuple(dict.fromkeys(n for n in phones if validity(n).verdict != "invalid")),
        handles=tuple(dict.fromkeys(handles)),
    )


def _handle(value: str) -> str | None:
    return value if contacts.is_profile(value) else contacts.site(value)


def _mails(links: list[Fact], found: list[Entity], name: str | None) -> list[str]:
    """The one ``mailto:`` address, if nobody else's by the text; of several, those that bear the name."""
    others = {e.value for e in found if e.label == "EMAIL"}
    mails = [mail for mail in contacts.mail_links(iter(fact.value for fact in links)) if mail not in others]
    mails = list(dict.fromkeys(mails))
    if len(mails) > 1:
        mails = [mail for mail in mails if name and agreement(name, mail.split("@")[0]) == 2]
    return mails


def _linked(document: Document, links: list[Fact], found: list[Entity], handles: list[str]) -> list[str]:
    """Profiles behind words such as "LinkedIn", one a site, on sites that the text does not show."""
    shown = {e.value.split("/")[0] for e in found if e.label == "URL"} | {h.split("/")[0] for h in handles}
    by_site: dict[str, list[str]] = {}
    for fact in links:
        if ":" in fact.value.split("/")[0] and not fact.value.lower().startswith("http"):
            continue
        value = contacts.normal(fact.value)
        if contacts.is_profile(value) and _header(document, fact):
            by_site.setdefault(value.split("/")[0], []).append(value)
    return [values[0] for host, values in by_site.items() if host not in shown and len(set(values)) == 1]


def _header(document: Document, fact: Fact) -> bool:
    """Whether a link lies over text of the header; true where the format has no boxes."""
    if fact.bbox is None:
        return True
    x0, top, x1, bottom = fact.bbox
    for passage in document.passages:
        if passage.bbox is None or passage.page != fact.page:
            continue
        left, upper, right, lower = passage.bbox
        if left < x1 and x0 < right and upper < bottom and top < lower:
            return passage.section == "header"
    return False
