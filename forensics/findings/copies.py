"""Has this text been sent before, by somebody else? copied-content, copied-passages, copied-letter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from forensics.features.features import Exhibit
from forensics.findings.evidence import finding, quote
from forensics.findings.finding import Aligned, BaseRate, Finding, Match

MATCH_WORDS = 12
"""So many rare words make a match worth showing."""

NOTED_WORDS = 24
"""So many make a finding of weight B …"""

COPIED_WORDS = 45
"""… and so many, in passages of which one has :data:`COPIED_RUN` words, one of weight A."""

COPIED_RUN = 14
BODY_SHARE = 0.5
LETTER_SHARE = 0.6
_QUOTED = 6


def rare(match: Match, common: int) -> list[Aligned]:
    """The passages of a match that are evidence: no background, and few unrelated applicants have them."""
    return [
        passage
        for passage in match.alignment.passages
        if not passage.background and (passage.documents_with or 0) <= common
    ]


def rare_words(exhibit: Exhibit, passages: Iterable[Aligned]) -> float:
    """Words of the passages that are no slots, those of reworded ones by their similarity."""
    tokens = exhibit.features.tokens
    total = 0.0
    for passage in passages:
        first = bisect_left(tokens.starts, passage.a[0])
        last = bisect_left(tokens.starts, passage.a[1])
        words = sum(mask[0] != "<" for mask in tokens.masks[first:last])
        total += words * (passage.similarity if passage.kind == "reworded" else 1.0)
    return total


def worth_showing(exhibit: Exhibit, match: Match, common: int) -> bool:
    """Whether the match holds text that is neither public nor common."""
    return rare_words(exhibit, rare(match, common)) >= MATCH_WORDS


def copies(exhibit: Exhibit, matches: Sequence[Match], *, common: int, applicants: int) -> list[Finding]:
    """A finding for each application under another name that shares rare text with the exhibit."""
    found = []
    for match in matches:
        if match.relation != "different":
            continue
        passages = sorted(rare(match, common), key=lambda p: (-p.words, p.a))
        judged = _judge(exhibit, match, passages)
        if judged is not None:
            signal, weight = judged
            found.append(_finding(signal, weight, exhibit, match, passages, applicants))
    return found


def _judge(exhibit: Exhibit, match: Match, passages: Sequence[Aligned]) -> tuple[str, str] | None:
    words = rare_words(exhibit, passages)
    if words < NOTED_WORDS and not match.identical:
        return None
    kinds = {exhibit.document.kind, match.exhibit.document.kind}
    share = max(_share(exhibit, [p.a for p in passages]), _share(match.exhibit, [p.b for p in passages]))
    copied = words >= COPIED_WORDS and passages[0].words >= COPIED_RUN
    if "cover_letter" in kinds:
        coverage = max(match.alignment.coverage_a, match.alignment.coverage_b)
        return "copied-letter", "A" if copied and coverage >= LETTER_SHARE else "B"
    if copied and share >= BODY_SHARE:
        return "copied-content", "A"
    return "copied-passages", "A" if copied else "B"


def _share(exhibit: Exhibit, spans: Sequence[tuple[int, int]]) -> float:
    """The share of the body inside the spans; the body are the units of at least six words."""
    tokens = exhibit.features.tokens
    lengths: dict[int, int] = {}
    for unit in tokens.units:
        lengths[unit] = lengths.get(unit, 0) + 1
    body = [start for start, unit in zip(tokens.starts, tokens.units, strict=True) if lengths[unit] >= 6]
    inside = sum(any(start <= at < end for start, end in spans) for at in body)
    return inside / len(body) if body else 0.0


def _finding(
    signal: str, weight: str, exhibit: Exhibit, match: Match, passages: Sequence[Aligned], applicants: int
) -> Finding:
    other = match.exhibit.document
    evidence = [
        quote(document, *span)
        for passage in passages[:_QUOTED]
        for document, span in ((exhibit.document, passage.a), (other, passage.b))
    ]
    rarest = min((p.documents_with or 0 for p in passages), default=1)
    return finding(
        signal,
        weight=weight,
        documents=(other.id,),
        summary=_summary(signal, match, passages, rarest, applicants),
        evidence=evidence,
        base_rate=BaseRate(documents=rarest, of=applicants),
    )


def _summary(signal: str, match: Match, passages: Sequence[Aligned], rarest: int, applicants: int) -> str:
    who = f"the application of {match.claim.name}" if match.claim.name else f"the application {match.path}"
    if match.identical:
        return f"This is the very file of {who}: the same bytes under another name."
    kinds = {kind: sum(p.kind == kind for p in passages) for kind in ("verbatim", "swapped", "reworded")}
    how = ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
    words = sum(p.words for p in passages)
    what = {
        "copied-content": f"{match.alignment.coverage_a:.0%} of this document stands in {who} as well",
        "copied-letter": f"{match.alignment.coverage_a:.0%} of this letter stands in {who} as well",
        "copied-passages": f"{_number(len(passages), 'passage')} of this document, {words} words, "
        f"{'stand' if len(passages) > 1 else 'stands'} in {who} as well",
    }[signal]
    swapped = match.alignment.swapped
    with_swaps = f", with {_number(len(swapped), 'slot')} swapped" if swapped else ""
    shift = match.alignment.date_shift_months
    with_shift = f" and every date moved by {abs(shift)} months" if shift else ""
    have = "no other applicant has" if rarest <= 1 else f"{rarest - 1} other applicants have"
    return f"{what} ({how}){with_swaps}{with_shift}; of {applicants} applicants {have} the rarest of it."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
