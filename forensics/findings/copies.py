"""Has this text been sent before, by somebody else? copied-content, copied-passages, copied-letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from forensics.features.features import Exhibit
from forensics.findings.finding import Aligned, BaseRate, Finding, Match
from forensics.findings.quoting import finding, quote

MATCH_WORDS = 12
"""So much evidence, in rare words, makes a match worth showing …"""

NOTED_WORDS = 20
"""… so much makes a finding of weight B …"""

BLOCK_WORDS = 28
"""… and so much in one block of both documents, as a copied job is, one of weight A …"""

SPREAD_WORDS = 90
"""… or so much in the whole document, wherever it stands …"""

PART = (40, 0.25)
"""… or so much, if it is that share of the body …"""

BODY_WORDS = 15
BODY_SHARE = 0.4
"""… or less, if it is most of the body."""

LETTER_SHARE = 0.6
_BLOCK_CHARACTERS = (700, 1400)
_KEPT = 0.5
_QUOTED = 6
_FIGURES = 8


def rare(match: Match, common: int) -> list[Aligned]:
    """The passages of a match that hold words which are neither public nor common, in the order of a.

    A passage of b counts once, however often a repeats it. Many votes together prove what each passage
    cannot, so then the words that a reworded passage keeps count, where few have the passage.
    """
    kept: list[Aligned] = []
    for passage in sorted(match.alignment.passages, key=lambda p: (-p.rare_words, -p.words)):
        start, end = passage.b
        repeated = any(2 * (min(p.b[1], end) - max(p.b[0], start)) > end - start for p in kept)
        if match.alignment.votes and passage.kind == "reworded" and (passage.documents_with or 0) <= common:
            told = 0 if passage.background else round(_KEPT * passage.words * passage.similarity)
            passage = replace(passage, rare_words=max(passage.rare_words, told))
        if passage.rare_words and not repeated:
            kept.append(passage)
    return sorted(kept, key=lambda p: p.a)


def evidence(passages: Iterable[Aligned]) -> float:
    """Rare words, those of reworded passages by their similarity: lists resemble each other."""
    return sum(p.rare_words * (p.similarity if p.kind == "reworded" else 1.0) for p in passages)


def densest(passages: Sequence[Aligned]) -> float:
    """The most evidence in passages that lie together in both documents; ``passages`` in the order of a."""
    most = 0.0
    for at, first in enumerate(passages):
        block = [first]
        for other in passages[at + 1 :]:
            near_a = other.a[1] - first.a[0] <= _BLOCK_CHARACTERS[0]
            reach = max(other.b[1], *(p.b[1] for p in block)) - min(other.b[0], *(p.b[0] for p in block))
            if near_a and reach <= _BLOCK_CHARACTERS[1]:
                block.append(other)
        most = max(most, evidence(block))
    return most


def worth_showing(match: Match, common: int) -> bool:
    """Whether the match is text enough to be looked at."""
    return match.alignment.agreed or evidence(rare(match, common)) >= MATCH_WORDS


def copies(exhibit: Exhibit, matches: Sequence[Match], *, common: int, applicants: int) -> list[Finding]:
    """A finding for each application under another name that shares rare text with the exhibit."""
    found = []
    for match in matches:
        if match.relation != "different":
            continue
        passages = rare(match, common)
        judged = _judge(exhibit, match, passages)
        if judged is not None:
            signal, weight = judged
            found.append(_finding(signal, weight, exhibit, match, passages, applicants))
    return found


def _judge(exhibit: Exhibit, match: Match, passages: Sequence[Aligned]) -> tuple[str, str] | None:
    total = evidence(passages)
    agreed = match.alignment.agreed and bool(passages)
    if total < NOTED_WORDS and not match.identical and not agreed:
        return None
    share = max(_share(exhibit, [p.a for p in passages]), _share(match.exhibit, [p.b for p in passages]))
    whole = match.identical or (share >= BODY_SHARE and (agreed or total >= BODY_WORDS))
    part = total >= PART[0] and share >= PART[1]
    copied = whole or part or total >= SPREAD_WORDS or densest(passages) >= BLOCK_WORDS or agreed
    if not match.identical and not match.alignment.figures and all(passage.voted for passage in passages):
        copied = False  # many weak matches, and not one that is evidence without the others
    if "cover_letter" in {exhibit.document.kind, match.exhibit.document.kind}:
        # Stock phrases are no evidence, but they are part of the letter that was used again.
        coverage = sum(p.words for p in match.alignment.passages) / max(1, len(exhibit.features.tokens))
        coverage = max(coverage, match.alignment.coverage_b)
        return "copied-letter", "A" if copied and coverage >= LETTER_SHARE else "B"
    return "copied-content" if whole else "copied-passages", "A" if copied else "B"


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
        for passage in sorted(passages, key=lambda p: -p.rare_words)[:_QUOTED]
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
    figures = match.alignment.figures
    with_figures = f", and the figures {', '.join(figures[:_FIGURES])} stay" if figures else ""
    have = "no other applicant has" if rarest <= 1 else f"{rarest - 1} other applicants have"
    return f"{what} ({how}){with_swaps}{with_shift}{with_figures}; of {applicants} applicants {have} the rarest of it."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
