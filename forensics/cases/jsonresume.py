"""A measured document as JSON Resume 1.0.0 (https://jsonresume.org/schema), for other programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from forensics.cases.export import problems
from forensics.documents.document import Document, Unreadable
from forensics.features.features import Exhibit, Features, Job

Json = dict[str, Any]

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
_NETWORKS = {
    "linkedin.com": "LinkedIn", "github.com": "GitHub", "gitlab.com": "GitLab", "stackoverflow.com": "Stack Overflow",
    "x.com": "X", "t.me": "Telegram", "medium.com": "Medium", "kaggle.com": "Kaggle", "skype": "Skype",
    "discord": "Discord", "wa.me": "WhatsApp", "xing.com": "XING", "bitbucket.org": "Bitbucket",
}  # fmt: skip
_MARK = re.compile(r"^\s*(?:[•‣⁃◦∙▪▫■□►▹▶➢➤➔✓✔❖○●◆◇★·\uf0b7\uf0a7*+–—-]|o(?=\s))\s*")


def json_resume(read: Exhibit | Unreadable) -> Json:
    """The document in the keys of JSON Resume; what is not known is left out.

    ``meta.forensics`` holds the id, the path and the problems; an unreadable file has nothing else. A date is as
    precise as written; an ongoing job has no ``endDate``.
    """
    document = read if isinstance(read, Unreadable) else read.document
    meta = {
        "version": "v1.0.0",
        "forensics": {
            "id": document.id, "path": document.path, "problems": problems(document.problems),
        },
    }  # fmt: skip
    if isinstance(read, Unreadable):
        return {"$schema": SCHEMA, "meta": meta}
    text, features = read.document, read.features
    return {
        "$schema": SCHEMA,
        "basics": _basics(text, features),
        "work": [_job(text, job) for job in features.work],
        "education": [
            _known(
                institution=each.school, studyType=each.degree, area=each.field,
                startDate=each.start, endDate=_end(each.end),
            )
            for each in features.education
        ],
        "skills": [{"name": name} for name in _values(features, "SKILL")],
        "certificates": [{"name": name} for name in _values(features, "CERTIFICATION")],
        "publications": [{"name": said} for said in _section(text, "publications")],
        "references": [
            _known(name=each.name, reference=_flat(text.text[slice(*each.entry)])) for each in features.referees
        ],
        "meta": meta,
    }  # fmt: skip


def _known(**values: Any) -> Json:
    return {name: value for name, value in values.items() if value}


def _end(end: str | None) -> str | None:
    return None if end == "present" else end


def _flat(text: str) -> str:
    return " ".join(text.split())


def _basics(document: Document, features: Features) -> Json:
    who = features.applicant
    links = [handle for handle in who.handles if _network(handle) is None]
    header = [entity for entity in features.entities if _in(document, entity.start, "header")]
    titles = [entity.value for entity in header if entity.label == "TITLE"]
    return _known(
        name=who.name,
        label=titles[0] if titles else None,
        email=who.emails[0] if who.emails else None,
        phone=who.phones[0] if who.phones else None,
        url=f"https://{links[0]}" if links else None,
        summary=" ".join(_section(document, "summary")),
        location=_place([entity.text for entity in header if entity.label == "LOCATION"]),
        profiles=[_profile(handle) for handle in who.handles if _network(handle)],
    )


def _in(document: Document, start: int, section: str) -> bool:
    return any(p.section == section and p.start <= start < p.end for p in document.passages)


_POST = r"\d[\d-]{3,9}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d"


def _place(found: Sequence[str]) -> Json:
    """Street, postal code, city and region of the first address."""
    place: Json = {}
    for text in found:
        city, comma, region = _flat(text).partition(", ")
        if re.fullmatch(_POST, city):
            place.setdefault("postalCode", city)
        elif any(c.isdigit() for c in city):
            place.setdefault("address", city)
        elif "city" not in place:
            place["city"] = city
            if comma:
                code = re.search(rf"(?:^|[ ,])({_POST})$", region)
                place |= _known(region=region[: code.start()].strip(" ,") if code else region)
                if code:
                    place.setdefault("postalCode", code[1])
    return place


def _network(handle: str) -> str | None:
    return _NETWORKS.get(re.split(r"[/:]", handle)[0])


def _profile(handle: str) -> Json:
    user = re.split(r"[/:]", handle)[-1].lstrip("@")
    link = f"https://{handle}" if "/" in handle else None
    return _known(network=_network(handle), username=user, url=link)


def _job(document: Document, job: Job) -> Json:
    return _known(
        name=job.employer,
        position=job.title,
        location=job.location,
        startDate=job.start,
        endDate=_end(job.end),
        highlights=list(_highlights(document, job)),
    )


def _highlights(document: Document, job: Job) -> Iterator[str]:
    for at in job.passages:
        passage = document.passages[at]
        if passage.start >= job.heading[1]:
            yield _MARK.sub("", _flat(document.text[passage.start : passage.end]))


def _section(document: Document, section: str) -> list[str]:
    """The passages of a section without its heading."""
    found = [p for p in document.passages if p.section == section]
    return [_MARK.sub("", _flat(document.text[p.start : p.end])) for p in found[1:]]


def _values(features: Features, label: str) -> list[str]:
    return list(dict.fromkeys(entity.value for entity in features.entities if entity.label == label))
