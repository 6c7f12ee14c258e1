"""Cases, alignments and documents as the JSON of docs/schemas: plain dictionaries, every key present."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from forensics.cases import elsewhere, written
from forensics.cases.case import Case
from forensics.cases.checklist import as_json
from forensics.cases.duplicates import Duplicates
from forensics.cases.intake import Ingested
from forensics.cases.stayed import stayed
from forensics.documents.document import Document, Problem, Unreadable
from forensics.features.features import Applicant, Exhibit
from forensics.findings.finding import Aligned, Alignment, Evidence, Finding, Match, NotRun

Json = dict[str, Any]


def show(read: Exhibit | Unreadable) -> Json:
    """One document with everything read and measured in it."""
    if isinstance(read, Unreadable):
        return {
            "id": read.id, "path": read.path, "format": None, "kind": None, "pages": None, "language": None,
            "text": None, "problems": problems(read.problems), "applicant": None, "passages": [],
            "entities": [], "work": None, "education": None, "referees": None, "facts": [], "hidden": None,
        }  # fmt: skip
    document, features = read.document, read.features
    return {
        "id": document.id,
        "path": document.path,
        "format": document.format,
        "kind": document.kind,
        "pages": document.pages,
        "language": document.language,
        "text": document.text,
        "problems": problems(document.problems),
        "applicant": applicant(features.applicant),
        "passages": [
            {
                "start": p.start, "end": p.end, "page": p.page, "bbox": p.bbox, "section": p.section,
                "where": p.where, "text": document.text[p.start : p.end],
            }
            for p in document.passages
        ],
        "entities": [
            {
                "label": e.label, "start": e.start, "end": e.end, "text": e.text, "value": e.value,
                "rule": e.rule, "own": e.own, "confidence": e.confidence, "alternatives": list(e.alternatives),
            }
            for e in features.entities
        ],
        "work": [
            {
                "employer": j.employer, "title": j.title, "start": j.start, "end": j.end,
                "location": j.location, "passages": list(j.passages),
            }
            for j in features.work
        ],
        "education": [
            {"school": e.school, "degree": e.degree, "field": e.field, "start": e.start, "end": e.end}
            for e in features.education
        ],
        "referees": [
            {"name": r.name, "email": r.email, "phone": r.phone, "employer": r.employer, "title": r.title}
            for r in features.referees
        ],
        "facts": [
            {"name": f.name, "value": f.value, "where": f.where, "page": f.page, "bbox": f.bbox}
            for f in document.facts
        ],
        "hidden": None
        if document.hidden is None
        else [
            {
                "text": h.text, "why": h.why, "page": h.page, "bbox": h.bbox,
                "start": h.start, "end": h.end, "where": h.where,
            }
            for h in document.hidden
        ],
    }  # fmt: skip


def applicant(found: Applicant) -> Json:
    """Who the document says it is about."""
    return {
        "name": found.name,
        "emails": list(found.emails),
        "phones": list(found.phones),
        "handles": list(found.handles),
    }


def problems(found: Sequence[Problem]) -> list[Json]:
    """What went wrong while reading."""
    return [{"code": p.code, "message": p.message, "fatal": p.fatal} for p in found]


def compare(
    a: Exhibit | Unreadable, b: Exhibit | Unreadable, relation: str | None, alignment: Alignment | None
) -> Json:
    """Two documents side by side; an unreadable one leaves everything but ids, paths and problems empty."""
    sides = {
        name: {"id": _id(side), "path": _path(side), "problems": problems(_problems(side))}
        for name, side in (("a", a), ("b", b))
    }
    if alignment is None or isinstance(a, Unreadable) or isinstance(b, Unreadable):
        return {
            **sides, "relation": None, "coverage_a": None, "coverage_b": None, "date_shift_months": None,
            "passages": [], "swapped": [],
        }  # fmt: skip
    return {
        **sides,
        "relation": relation,
        "coverage_a": alignment.coverage_a,
        "coverage_b": alignment.coverage_b,
        "date_shift_months": alignment.date_shift_months,
        "passages": [passage(each, a.document, b.document) for each in alignment.passages],
        "swapped": [{"label": s.label, "a": s.a, "b": s.b} for s in alignment.swapped],
    }


def _id(side: Exhibit | Unreadable) -> str | None:
    return side.id if isinstance(side, Unreadable) else side.document.id


def _path(side: Exhibit | Unreadable) -> str:
    return side.path if isinstance(side, Unreadable) else side.document.path


def _problems(side: Exhibit | Unreadable) -> Sequence[Problem]:
    return side.problems if isinstance(side, Unreadable) else side.document.problems


def passage(found: Aligned, a: Document, b: Document) -> Json:
    """One aligned passage with both quotes and their places."""
    return {
        "kind": found.kind,
        "similarity": found.similarity,
        "background": found.background,
        "words": found.words,
        "documents_with": found.documents_with,
        "stayed": _stayed(found, a, b),
        "a": _side(a, *found.a),
        "b": _side(b, *found.b),
    }


def _stayed(found: Aligned, a: Document, b: Document) -> Json | None:
    if found.kind != "reworded":
        return None
    same = stayed(a.text[slice(*found.a)], b.text[slice(*found.b)])
    return {"numbers": list(same.numbers), "names": list(same.names), "words": list(same.words)}


def _side(document: Document, start: int, end: int) -> Json:
    place = document.place(start, end)
    return {
        "start": start, "end": end, "page": place.page, "bbox": place.bbox, "text": document.text[start:end],
    }  # fmt: skip


def check(case: Case | Unreadable) -> Json:
    """The answer to the reviewer's question."""
    if isinstance(case, Unreadable):
        return {
            "document": {
                "id": case.id, "path": case.path, "kind": None, "applicant": None,
                "problems": problems(case.problems),
            },
            "corpus": None, "case": None, "because": [], "matches": [], "findings": [], "not_run": [],
            "checklist": [],
            "writing": [],
            "indicators": [],
        }  # fmt: skip
    document = case.exhibit.document
    return {
        "document": {
            "id": document.id,
            "path": document.path,
            "kind": document.kind,
            "applicant": {**applicant(case.exhibit.features.applicant), "told": case.claim.told},
            "problems": problems(document.problems),
        },
        "corpus": {"documents": case.documents, "snapshot": case.snapshot},
        "case": case.open,
        "because": [_number(at) for at in case.because],
        "matches": [match(each, document) for each in case.matches],
        "findings": [finding(each, _number(at)) for at, each in enumerate(case.findings)],
        "not_run": [not_run(each) for each in case.not_run],
        "checklist": as_json(case.checklist),
        "writing": written.as_json(case.writing),
        "indicators": elsewhere.as_json(case.elsewhere),
    }


def _number(at: int) -> str:
    return f"f{at + 1}"


def match(found: Match, document: Document) -> Json:
    """An application that shares something with the checked document."""
    alignment = found.alignment
    return {
        "document": found.exhibit.document.id,
        "path": found.path,
        "applicant": found.claim.name,
        "applied_at": found.applied_at,
        "job": found.job,
        "role": found.role,
        "relation": found.relation,
        "identical": found.identical,
        "coverage": alignment.coverage_a,
        "coverage_other": alignment.coverage_b,
        "date_shift_months": alignment.date_shift_months,
        "passages": [passage(each, document, found.exhibit.document) for each in alignment.passages],
        "swapped": [{"label": s.label, "a": s.a, "b": s.b} for s in alignment.swapped],
        "figures": list(alignment.figures),
    }


def finding(found: Finding, id: str) -> Json:
    """One finding under its number."""
    return {
        "id": id,
        "signal": found.signal,
        "family": found.family,
        "weight": found.weight,
        "documents": list(found.documents),
        "summary": found.summary,
        "evidence": [_evidence(each) for each in found.evidence],
        "base_rate": None
        if found.base_rate is None
        else {"documents": found.base_rate.documents, "of": found.base_rate.of},
        "innocent": list(found.innocent),
        "verify": list(found.verify),
    }


def _evidence(found: Evidence) -> Json:
    return {
        "document": found.document, "page": found.page, "bbox": found.bbox, "start": found.start,
        "end": found.end, "text": found.text, "where": found.where,
    }  # fmt: skip


def not_run(found: NotRun) -> Json:
    """A signal that was not looked for."""
    return {"signal": found.signal, "why": found.why}


def ingested(found: Sequence[Ingested], *, skipped: int, unmatched: Sequence[str]) -> Json:
    """What became of every file."""
    counts = {
        status: sum(each.status == status for each in found)
        for status in ("added", "unchanged", "unreadable")
    }
    return {
        **counts,
        "skipped": skipped,
        "manifest_unmatched": list(unmatched),
        "documents": [
            {"id": each.id, "path": each.path, "status": each.status, "problems": problems(each.problems)}
            for each in found
        ],
    }


def dedup(found: Duplicates) -> Json:
    """All pairs and clusters of a corpus."""
    return {
        "documents": found.documents,
        "unreadable": found.unreadable,
        "recall": found.recall,
        "pairs": [
            {
                "a": p.a, "b": p.b, "a_path": p.a_path, "b_path": p.b_path, "kind": p.kind,
                "relation": p.relation, "coverage_a": p.coverage_a, "coverage_b": p.coverage_b,
                "rarest": p.rarest,
            }
            for p in found.pairs
        ],
        "clusters": [
            {
                "id": c.id, "documents": list(c.documents), "paths": list(c.paths),
                "names": [list(each) for each in c.names], "applicants": c.applicants,
            }
            for c in found.clusters
        ],
    }  # fmt: skip
