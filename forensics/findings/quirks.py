"""What is odd inside the document itself? phone-style, phone-invalid."""

from __future__ import annotations

from forensics.features import phones
from forensics.features.features import Entity, Exhibit
from forensics.findings.finding import BaseRate, Finding
from forensics.findings.quoting import finding, quote
from forensics.index.corpus import Corpus

_STYLES = {
    "plus_one": 'with "+1"',
    "one_dash": 'with "1-"',
    "parentheses": "with the area code in brackets",
    "dots": "with dots",
    "dashes": "with dashes",
    "spaces": "with spaces",
    "bare": "as bare digits",
}


def quirks(exhibit: Exhibit, corpus: Corpus | None, own: frozenset[int]) -> list[Finding]:
    """Findings about the exhibit's own telephone numbers; their rates need a corpus."""
    numbers = [e for e in exhibit.features.entities if e.label == "PHONE" and e.own]
    return [
        *(each for number in numbers for each in _style(exhibit, number, corpus, own)),
        *(each for number in numbers for each in _invalid(exhibit, number)),
    ]


def _style(exhibit: Exhibit, number: Entity, corpus: Corpus | None, own: frozenset[int]) -> list[Finding]:
    """One finding for each feature of a North American number's written form, with this corpus's rate."""
    if not number.value.startswith("+1"):
        return []
    found = []
    for style in phones.surface(number.text):
        rate, said = None, ""
        if corpus is not None:
            with_it = corpus.applicants_with("phone-style", [style], own)
            with_number = corpus.applicants_with("phone-style", _STYLES, own)
            if with_number:
                rate = BaseRate(documents=with_it, of=with_number)
                said = f"; {with_it} of the {with_number} other applicants with such a number do"
        found.append(
            finding(
                "phone-style",
                weight="C",
                documents=(),
                summary=f"The telephone number {number.text.strip()} is written {_STYLES[style]}{said}.",
                evidence=[quote(exhibit.document, number.start, number.end)],
                base_rate=rate,
            )
        )
    return found


def _invalid(exhibit: Exhibit, number: Entity) -> list[Finding]:
    verdict = phones.validity(number.value)
    if verdict.verdict == "valid":
        return []
    fictional = verdict.verdict == "fictional"
    return [
        finding(
            "phone-invalid",
            weight="C" if fictional else "B",
            documents=(),
            summary=f"The telephone number {number.text.strip()} "
            f"{'is one kept for fiction' if fictional else 'cannot exist'}: {verdict.why}.",
            evidence=[quote(exhibit.document, number.start, number.end)],
            base_rate=None,
            innocent=("It is a sample, or a number left out on purpose.",) if fictional else (),
        )
    ]
