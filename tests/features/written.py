"""Documents made by hand: text in, :class:`Document` out, a passage for each line."""

from forensics.documents.document import Document, Fact, Line, Passage
from forensics.documents.sections import heading_section
from forensics.features.applicant import applicant
from forensics.features.entities import find_entities


def document(text, kind="resume", links=(), heights=None):
    passages, lines = [], []
    section, at, top = "header", 0, 40.0
    for number, line in enumerate(text.split("\n")):
        content = line.strip()
        if content:
            start = at + line.index(content)
            section = heading_section(content) or section
            height = (heights or {}).get(number, 11.0)
            box = (40.0, top, 500.0, top + height)
            lines.append(Line(start=start, end=start + len(content), page=1, bbox=box if heights else None))
            passages.append(
                Passage(
                    start=start,
                    end=start + len(content),
                    page=1,
                    bbox=box if heights else None,
                    section=section,
                )
            )
            top += height + 4
        at += len(line) + 1
    return Document(
        id="sha256:" + "0" * 64,
        path="made.txt",
        format="text",
        kind=kind,
        language="en",
        pages=1,
        text=text,
        lines=tuple(lines),
        passages=tuple(passages),
        facts=tuple(Fact(name="link", value=value, where="page 1") for value in links),
    )


def entities(text, label=None, **how):
    found = find_entities(document(text, **how))
    return [e for e in found if label is None or e.label == label]


def texts(text, label, **how):
    return [e.text for e in entities(text, label, **how)]


def values(text, label, **how):
    return [e.value for e in entities(text, label, **how)]


def person(text, **how):
    made = document(text, **how)
    return applicant(made, find_entities(made))
