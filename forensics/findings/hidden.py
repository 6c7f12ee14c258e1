"""Does the document say to a machine what it does not show to a person?

Signals: hidden-text, prompt-injection, keyword-stuffing, wrong-company-left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from forensics.documents.confirmed import CONFIRMED, NAME
from forensics.documents.document import Document, Hidden
from forensics.documents.hidden import NAMED
from forensics.features.features import Exhibit
from forensics.findings.finding import Evidence, Finding, NotRun
from forensics.findings.injections import Wording, injections
from forensics.findings.quoting import finding, quote

_QUOTED = 400  # code points of a quote
_LIST = 15  # words of a hidden list of keywords
_FUNCTION = frozenset(
    "the a an and or of to in for with on at by from as is are was were be been this that it i my you your we our"
    " der die das und oder von zu im mit auf el la los las de y o en con por le les des et ou du un une".split()
)
_REPEATED = 40  # words of a passage that can be called repeated
_VARIETY = 0.3  # share of different words below which it is

_SLOT = (
    r"(?:(?:your|the|insert|enter|type|add)\s+)?(?:company|employer|organi[sz]ation|recipient|hiring manager"
    r"|job title|position|role|your name|name|date|city|address|phone|e-?mail|title|degree|university|school"
    r"|firma|unternehmen|empresa|nombre de la empresa|entreprise|nom de l'entreprise|azienda|bedrijf)"
)
_PLACEHOLDER = re.compile(
    rf"\[\s*{_SLOT}(?:\s[^\]\n]{{0,40}})?\]|<\s*{_SLOT}(?:\s[^>\n]{{0,40}})?>|\{{\{{?\s*{_SLOT}[^}}\n]{{0,40}}\}}"
    r"|\blorem ipsum\b|\bclick (?:or tap )?here to enter (?:text|a date)|\bmax mustermann\b"
    r"|\bdear\b[^\n]{0,40}\b(?:xyz|abc company|company name)\b"
    r"|\bat (?:xyz|abc|acme) (?:company|corporation|corp|inc|ltd)\b[^\n]{0,80}\b(?:because|excited|join|position)\b",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"^\s*(?:company name|your name|your address|your phone(?: number)?|your e-?mail|job title(?: here)?"
    r"|street address|city, st(?:ate)?(?: zip(?: code)?)?|hiring manager'?s? name|date of letter)\s*[,.]?\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def hidden(exhibit: Exhibit) -> list[Finding]:
    """Findings about what the exhibit hides, what it says to models, stuffs or has left over from a template."""
    document = exhibit.document
    return [
        *_hidden_text(document),
        *_prompt_injection(document),
        *_keyword_stuffing(document),
        *_wrong_company(document),
    ]


def hidden_not_run(exhibit: Exhibit) -> Iterator[NotRun]:
    """That nobody has looked, where nobody has."""
    if exhibit.document.hidden is None:
        yield NotRun(
            signal="hidden-text",
            why="no page was rendered to look for it: set FORENSICS_HIDDEN=1 and read the file again",
        )


def _evidence(document: Document, entry: Hidden) -> Evidence:
    return Evidence(
        document=document.id,
        text=entry.text[:_QUOTED],
        start=entry.start,
        end=entry.end,
        page=entry.page,
        bbox=entry.bbox,
        where=entry.where,
    )


def _hidden_text(document: Document) -> Iterator[Finding]:
    entries = document.hidden or ()
    if not entries:
        return
    ways = sorted({NAMED.get(each.why, each.why) for each in entries})
    words = sum(len(each.text.split()) for each in entries)
    yield finding(
        "hidden-text",
        weight="B",
        documents=(),
        summary=f"{words} words of the file are read by a machine and not seen by a person: "
        f"text {'; text '.join(ways)}.{_by_ocr(document)}",
        evidence=[_evidence(document, each) for each in entries],
        base_rate=None,
    )


def _by_ocr(document: Document) -> str:
    """How many of the texts unlike what is seen OCR has confirmed, as a sentence; empty where there are none."""
    doubted = sum(each.why == "text_layer_mismatch" for each in document.hidden or ())
    sure = sum(fact.name == NAME and fact.value.startswith(CONFIRMED) for fact in document.facts)
    if not doubted:
        return ""
    return f" OCR confirms {sure} of {doubted} texts as not what the page shows."


def _prompt_injection(document: Document) -> Iterator[Finding]:
    evidence: list[Evidence] = []
    kinds: Counter[str] = Counter()
    unseen = False
    spans = [(each.start, each.end) for each in document.hidden or () if each.start is not None]
    for wording in injections(document.text):
        start, end = _sentence(document.text, wording)
        evidence.append(quote(document, start, end))
        kinds[wording.kind] += 1
        unseen |= any(a < wording.end and wording.start < (b or 0) for a, b in spans if a is not None)
    for entry in document.hidden or ():
        if entry.start is None and (found := injections(entry.text)):
            evidence.append(_evidence(document, entry))
            kinds.update(each.kind for each in found)
            unseen = True
    if not evidence:
        return
    yield finding(
        "prompt-injection",
        weight="B",
        documents=(),
        summary=f"The file holds an instruction to a language model, {'hidden from' if unseen else 'visible to'} "
        f"the reader: it {' and '.join(sorted(kinds))}.",
        evidence=evidence,
        base_rate=None,
    )


def _sentence(text: str, wording: Wording) -> tuple[int, int]:
    """The wording with the rest of its line, at most so much as a quote holds."""
    start = max(text.rfind("\n", 0, wording.start) + 1, wording.start - 120)
    end = text.find("\n", wording.end)
    end = len(text) if end < 0 else end
    return start, max(wording.end, min(end, start + _QUOTED))


def _keyword_stuffing(document: Document) -> Iterator[Finding]:
    lists = [each for each in document.hidden or () if _is_list(each.text)]
    repeated = [
        (passage.start, passage.end)
        for passage in document.passages
        if _is_repeated(document.text[passage.start : passage.end])
    ]
    if not lists and not repeated:
        return
    said = [f"{len(lists)} hidden lists of keywords"] * bool(lists)
    said += [f"{len(repeated)} passages that say the same few words again and again"] * bool(repeated)
    yield finding(
        "keyword-stuffing",
        weight="C",
        documents=(),
        summary=f"The file has {' and '.join(said)}.",
        evidence=[
            *(_evidence(document, each) for each in lists),
            *(quote(document, start, min(end, start + _QUOTED)) for start, end in repeated),
        ],
        base_rate=None,
    )


def _is_list(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return len(words) >= _LIST and sum(word in _FUNCTION for word in words) < 0.12 * len(words)


def _is_repeated(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]{3,}", text.casefold()) if word not in _FUNCTION]
    return len(words) >= _REPEATED and len(set(words)) < _VARIETY * len(words)


def _wrong_company(document: Document) -> Iterator[Finding]:
    found = [match.span() for match in _PLACEHOLDER.finditer(document.text)]
    lines = [match for match in _LINE.finditer(document.text)]
    if found or len({match[0].strip().casefold() for match in lines}) > 1:
        found += [match.span() for match in lines]
    if not found:
        return
    found = [(start + len(part) - len(part.lstrip()), start + len(part.rstrip()))
             for start, end in sorted(found) for part in [document.text[start:end]]]  # fmt: skip
    yield finding(
        "wrong-company-left",
        weight="C",
        documents=(),
        summary="Words of a template stand where the applicant's own should.",
        evidence=[quote(document, start, end) for start, end in found],
        base_rate=None,
    )
