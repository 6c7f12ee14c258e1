"""Two documents → the passages they share: seed, extend, filter. The proof behind every finding.

Exact blocks (:mod:`~forensics.findings.blocks`) and clusters of similar units
(:mod:`~forensics.findings.seeds`, :mod:`~forensics.findings.extend`) give regions; what stays are regions
that are long, regions that are whole sentences or bullets and nearly equal, and weaker ones where there
are several of them. :mod:`~forensics.findings.kinds` says of each whether it is verbatim, swapped or
reworded. Nothing here knows a corpus: how rare a passage is comes later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from forensics.features.features import Exhibit
from forensics.findings import blocks, extend, seeds
from forensics.findings.extend import Region
from forensics.findings.finding import Aligned, Alignment
from forensics.findings.kinds import classify, date_shift, swaps
from forensics.findings.retell import replaces, retold
from forensics.findings.view import Flags, View, views
from forensics.findings.votes import votes

EVIDENCE = 7.0
"""Nats above chance from which a region stands by itself …"""

LIST_EVIDENCE = 20.0
"""… or this many if it is a list: honest people list the same skills and degrees …"""

LONG = 120
"""… when it has this many characters on both sides."""

OWN = 0.7
"""A vote of this cosine is a passage of its own; others are evidence only together."""

_EXACT_SHARE = 0.75
_EXACT_WORDS = 12
_COPIED_WORDS = 40
_COVERED = 0.5
_COPIED_COSINE = 0.6
_PROSE = 0.03
_LIST_WORDS = 15
_STRONG = (0.75, 5)
_FAIR = 0.6
_WEAK = (0.5, 4)
_WEAK_NEEDS = 3
_JOIN = 25
_OWN_RUN = 12
_OPENING = "([{\"'“‘$€£~"
_CLOSING = ".,;:!?%)]}\"'”’+#"


def align(
    a: Exhibit,
    b: Exhibit,
    *,
    background_a: Flags | None = None,
    background_b: Flags | Callable[[], Flags] | None = None,
    meant: Sequence[Pair] = (),
) -> Alignment:
    """The passages of ``a`` that ``b`` has as well, with kinds, swapped slots, coverage and date shift.

    ``background_a`` and ``background_b`` mark the tokens of each document that stand in a public source:
    passages made of them are flagged and do not count in the coverages; those of ``b`` may be a function that
    makes them, which is asked only where something is shared. ``meant`` are units of both that are
    known to say the same, and their cosine: the passages that words alone do not prove.
    """
    view_a, view_b, vocabulary = views(a.features.tokens, b.features.tokens)
    if not len(view_a.stems) or not len(view_b.stems):
        return Alignment(passages=(), coverage_a=0.0, coverage_b=0.0)
    found, voting = _regions(view_a, view_b, vocabulary, meant)
    passages = [
        replace(piece, voted=c.voting and c.rank < OWN)
        for c in found
        for piece in classify(c.region, c.exact, view_a, view_b)
    ]
    passages = _mark_background(passages, view_a, background_a)
    if callable(background_b):
        background_b = background_b() if passages else None
    return Alignment(
        passages=tuple(_to_characters(passages, view_a, view_b, a.document.text, b.document.text)),
        coverage_a=_coverage([piece.a for piece in passages if not piece.background], background_a, len(view_a.stems)),
        coverage_b=_coverage([piece.b for piece in passages if not piece.background], background_b, len(view_b.stems)),
        swapped=swaps(passages, a, b),
        date_shift_months=date_shift(a.features.entities, b.features.entities) if passages else None,
        votes=voting,
    )  # fmt: skip


Pair = tuple[int, int, float]
"""A unit of each document, as :class:`~forensics.features.features.Tokens` numbers them, and their cosine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    region: Region
    exact: blocks.Block | None = None
    rank: float = 0.0
    voting: bool = False


def _regions(a: View, b: View, vocabulary: int, meant: Sequence[Pair]) -> tuple[list[_Candidate], int]:
    """Regions in the order of a, without overlap there, each with the block that proves it, if one does.

    Also how many units vote for each other, by their words or by what they mean; 0 where that proves nothing.
    """
    exact = blocks.blocks(a, b)
    weights_a, weights_b = seeds.weigh(a, b, vocabulary)
    i, j = seeds.seeds(weights_a, weights_b, vocabulary)
    similar = extend.regions(i, j, a, b, weights_a, weights_b)
    copied = max(map(len, exact), default=0) >= _COPIED_WORDS
    told = retold(exact, i, j, a, b, weights_a, weights_b)
    similar = _best_first(told + [r for r in similar if not any(replaces(t, r) for t in told)])
    reworded: list[_Candidate] = []
    for region in similar:
        region = extend.snap(extend.trim(region, a, b, vocabulary), a, b)
        inside = [block for block in exact if extend.meets(block, region)]
        mostly_exact = (
            _share([block.span_a for block in inside], region.a) > _EXACT_SHARE
            or _share([block.span_b for block in inside], region.b) > _EXACT_SHARE
        )
        if not mostly_exact and (not copied or region.cosine >= _COPIED_COSINE):
            reworded.append(_Candidate(region=region, rank=region.cosine))
    proved = np.zeros(len(a.first), np.bool_)
    for block in exact:
        proved[a.unit[block.span_a[0]] : a.unit[block.span_a[1] - 1] + 1] = True
    voting = votes(weights_a, weights_b, vocabulary, proved=proved)
    for pair in voting:
        candidate = _voted(pair, a, b)
        if all(_overlap(candidate.region.a, c.region.a) <= 0 for c in reworded):
            reworded.append(candidate)
    kept = _keep(reworded, exact, a, b, vocabulary)
    for pair in _units(meant, a, b):  # only what words do not prove, in neither document
        candidate = _voted(pair, a, b)
        if all(
            _overlap(candidate.region.a, c.region.a) <= 0 and _overlap(candidate.region.b, c.region.b) <= 0
            for c in kept
        ):
            kept.append(candidate)
    return _join(_apart(kept), a, b), max(len(voting), len(meant))


def _voted(pair: Pair, a: View, b: View) -> _Candidate:
    """Two whole units that vote for each other."""
    unit_a, unit_b, cosine = pair
    region = Region(
        a=(int(a.first[unit_a]), int(a.last[unit_a])),
        b=(int(b.first[unit_b]), int(b.last[unit_b])),
        cosine=cosine,
    )
    return _Candidate(region=region, rank=cosine, voting=True)


def _units(meant: Sequence[Pair], a: View, b: View) -> Iterator[Pair]:
    """The pairs with the units as the views number them."""
    rows_a, rows_b = (
        {unit: row for row, unit in enumerate(dict.fromkeys(side.tokens.units))} for side in (a, b)
    )
    for unit_a, unit_b, cosine in meant:
        yield rows_a[unit_a], rows_b[unit_b], cosine


def _best_first(similar: list[Region]) -> list[Region]:
    """Retellings, then the others by cosine; what overlaps a better one in a is left out."""
    kept: list[Region] = []
    for region in sorted(similar, key=lambda region: (region.compact is None, -region.cosine)):
        if all(region.a[1] <= k.a[0] or region.a[0] >= k.a[1] for k in kept):
            kept.append(region)
    return kept


def _overlap(x: tuple[int, int], y: tuple[int, int]) -> int:
    return min(x[1], y[1]) - max(x[0], y[0])


def _share(spans: Sequence[tuple[int, int]], whole: tuple[int, int]) -> float:
    covered = np.zeros(whole[1] - whole[0], np.bool_)
    for start, end in spans:
        covered[max(0, start - whole[0]) : max(0, end - whole[0])] = True
    return float(covered.mean())


def _keep(
    reworded: list[_Candidate], exact: list[blocks.Block], a: View, b: View, vocabulary: int
) -> list[_Candidate]:
    """What is evidence: long, whole and nearly equal, or several weak ones together; blocks mostly outside of it."""
    strong: list[_Candidate] = []
    weak: list[_Candidate] = []
    for candidate in reworded:
        grade = _grade(candidate, a, b, vocabulary)
        (strong if grade == 2 else weak if grade == 1 else []).append(candidate)
    if len(strong) + len(weak) < _WEAK_NEEDS:
        weak = []
    for block in exact:
        over = [other.region.a for other in strong + weak if extend.meets(block, other.region)]
        if over and _share(over, block.span_a) > _COVERED:
            continue
        candidate = _copied(block, a, b)
        if _grade(candidate, a, b, vocabulary) == 2:
            strong.append(candidate)
    return strong + weak


def _copied(block: blocks.Block, a: View, b: View) -> _Candidate:
    """The block; where a short one is nearly all of one sentence or bullet, that as a whole, reworded."""
    region = Region(a=block.span_a, b=block.span_b, cosine=1.0)
    if len(block) < _EXACT_WORDS and all(
        side.unit[x] == side.unit[y - 1] for side, (x, y) in ((a, region.a), (b, region.b))
    ):
        whole = extend.snap(region, a, b)
        if whole != region:
            shorter, longer = sorted((whole.a[1] - whole.a[0], whole.b[1] - whole.b[0]))
            return _Candidate(
                region=replace(whole, cosine=min(len(block), shorter) / longer), rank=1 + len(block)
            )
    return _Candidate(region=region, exact=block, rank=1 + len(block))


def _grade(candidate: _Candidate, a: View, b: View, vocabulary: int) -> int:
    """0 no evidence, 1 evidence among other, 2 evidence."""
    region = candidate.region
    if candidate.voting:
        return 2
    if candidate.exact is not None:
        if len(candidate.exact) >= _EXACT_WORDS:
            return 2
    else:
        listed = _is_list(a, region.a) or _is_list(b, region.b)
        enough = region.evidence >= (LIST_EVIDENCE if listed else EVIDENCE)
        if enough and min(_length(a, region.a), _length(b, region.b)) >= LONG:
            return 2
        if listed and not enough:
            return 0
    if not (_whole(a, region.a) and _whole(b, region.b)):
        return 0
    share, words = _common(a, region.a, b, region.b, vocabulary)
    if words >= _STRONG[1] and (share >= _STRONG[0] or (share >= _FAIR and region.evidence >= EVIDENCE)):
        return 2
    return int(share >= _WEAK[0] and words >= _WEAK[1])


def _length(side: View, span: tuple[int, int]) -> int:
    return side.tokens.ends[span[1] - 1] - side.tokens.starts[span[0]]


def _is_list(side: View, span: tuple[int, int]) -> bool:
    """Whether the span only names things, without a sentence."""
    return span[1] - span[0] > _LIST_WORDS and bool(side.prose[slice(*span)].mean() < _PROSE)


def _whole(side: View, span: tuple[int, int]) -> bool:
    """Whether the span is most of the units it touches."""
    first, last = side.first[side.unit[span[0]]], side.last[side.unit[span[1] - 1]]
    return bool(span[1] - span[0] >= 0.7 * (last - first))


def _common(
    a: View, span_a: tuple[int, int], b: View, span_b: tuple[int, int], vocabulary: int
) -> tuple[float, int]:
    """Share of the telling words that both spans have (the smaller of both shares), and how many those are."""
    telling_a, telling_b = (
        np.bincount(side.stems[slice(*span)][side.telling[slice(*span)]], minlength=vocabulary) > 0
        for side, span in ((a, span_a), (b, span_b))
    )
    common = int((telling_a & telling_b).sum())
    return common / max(int(telling_a.sum()), int(telling_b.sum()), 1), common


def _apart(candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates in the order of a; where two overlap there, the better one keeps the words."""
    kept: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-c.rank, c.region.a)):
        start, end = candidate.region.a
        for other in kept:
            low, high = other.region.a
            if _overlap((start, end), (low, high)) > 0:
                start, end = (start, low) if low - start >= end - high else (high, end)
        if end - start < min(_EXACT_WORDS // 2, candidate.region.a[1] - candidate.region.a[0]):
            continue
        if (start, end) != candidate.region.a:
            candidate = _clip(candidate, (start, end))
        kept.append(candidate)
    return sorted(kept, key=lambda c: c.region.a)


def _join(candidates: list[_Candidate], a: View, b: View) -> list[_Candidate]:
    """Neighbours inside one paragraph of both documents as one, unless both are exact."""
    joined: list[_Candidate] = []
    for candidate in candidates:
        if joined and _continues(joined[-1], candidate, a, b):
            before, region = joined[-1].region, candidate.region
            whole = Region(
                a=(before.a[0], region.a[1]),
                b=(before.b[0], region.b[1]),
                cosine=min(before.cosine, region.cosine),
            )
            voting = joined[-1].voting and candidate.voting
            joined[-1] = _Candidate(region=whole, rank=whole.cosine, voting=voting)
        else:
            joined.append(candidate)
    return joined


def _continues(before: _Candidate, after: _Candidate, a: View, b: View) -> bool:
    if before.exact is not None and after.exact is not None:
        return False
    for side, x, y in ((a, before.region.a, after.region.a), (b, before.region.b, after.region.b)):
        gap = y[0] - x[1]
        if not 0 <= gap <= min(_JOIN, x[1] - x[0], y[1] - y[0]):
            return False
        if side.tokens.passages[x[1] - 1] != side.tokens.passages[y[0]]:
            return False
    return True


def _clip(candidate: _Candidate, span: tuple[int, int]) -> _Candidate:
    region = replace(candidate.region, a=span)
    block = candidate.exact
    if block is None:
        return replace(candidate, region=region)
    inside = (block.a >= span[0]) & (block.a < span[1])
    if not inside.any():
        return replace(candidate, region=region, exact=None)
    at = np.flatnonzero(inside)
    end_b = block.end[1] if at[-1] + 1 == len(block) else int(block.b[at[-1] + 1])
    block = blocks.Block(a=block.a[at], b=block.b[at], end=(span[1], end_b))
    return replace(candidate, region=replace(region, b=block.span_b), exact=block)


def _mark_background(passages: list[Aligned], a: View, background: Flags | None) -> list[Aligned]:
    if background is None:
        return passages
    return [replace(p, background=_is_public(background[slice(*p.a)])) for p in passages]


def _is_public(background: Flags) -> bool:
    """Whether a passage is public: half of its words are, and nowhere so many in a row are not as make a match."""
    own = np.flatnonzero(np.diff(np.concatenate([[True], background, [True]])))
    longest = int((own[1::2] - own[::2]).max(initial=0))
    return bool(background.mean() >= 0.5) and longest < _OWN_RUN


def _coverage(spans: list[tuple[int, int]], background: Flags | None, words: int) -> float:
    covered = np.zeros(words, np.bool_)
    for start, end in spans:
        covered[start:end] = True
    if background is not None:
        covered &= ~background
    return round(float(covered.mean()), 4)


def _to_characters(
    pieces: Sequence[Aligned], a: View, b: View, text_a: str, text_b: str
) -> Iterator[Aligned]:
    """The pieces with spans of the texts, in which a word keeps the punctuation that clings to it."""
    before = 0
    for piece in pieces:
        start, end = _clinging(a, piece.a, text_a)
        start = max(start, before)
        before = end
        words = piece.a[1] - piece.a[0]
        yield replace(piece, a=(start, end), b=_clinging(b, piece.b, text_b), words=words)


def _clinging(side: View, span: tuple[int, int], text: str) -> tuple[int, int]:
    start, end = side.tokens.starts[span[0]], side.tokens.ends[span[1] - 1]
    while start > 0 and text[start - 1] in _OPENING:
        start -= 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return start, end
