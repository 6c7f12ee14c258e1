"""Regions → passages of one kind, the slots that were swapped, and the shift of the dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from forensics.features.features import Entity, Exhibit
from forensics.findings.blocks import Block, blocks
from forensics.findings.extend import Region
from forensics.findings.finding import Aligned, Swap
from forensics.findings.view import Ints, View

SPLIT = 12
"""A run of another kind that is longer than this many words becomes a passage of its own …"""

PROSE_SPLIT = 40
"""… and than this many words inside one paragraph of prose, whose sentences belong together."""

_HEADINGS = ("employer-heading", "employer-left", "employer-label", "school", "school-left")
"""The rules that read an employer or a school over what it is about, not one named in passing."""

_SHIFT_DATES = 3
_SHIFT_SHARE = 0.6


def classify(region: Region, exact: Block | None, a: View, b: View) -> Iterator[Aligned]:
    """The region as passages of one kind each; spans are tokens.

    Kinds are told of whole sentences and bullets, which are never cut: a span of mixed kinds is split
    between two passages of different kinds where a run of one kind exceeds :data:`SPLIT` words, and inside
    a paragraph of prose where both runs exceed :data:`PROSE_SPLIT`; what stays together is of the weakest
    kind in it. What shares no word is left out, but for swapped slots between two passages.
    """
    inner = [exact] if exact is not None else _inner(region, a, b)
    kinds = _kinds(region.a, inner, a, b)
    partner = _partners(inner, region)
    for span_a in _cut(region.a, kinds, a):
        weakest = int(kinds[span_a[0] - region.a[0] : span_a[1] - region.a[0]].max())
        span_b = region.b if span_a == region.a and weakest == 2 else partner(span_a)
        own = slice(span_a[0] - region.a[0], span_a[1] - region.a[0])
        nothing = not (kinds[own] == 0).any() and exact is not None
        border = span_a[0] == region.a[0] or span_a[1] == region.a[1]
        if span_b[1] <= span_b[0] or (nothing and (border or weakest == 2)):
            continue
        if weakest < 2 and not _equal(a, span_a, b, span_b, masked=weakest > 0):
            weakest = 1 if weakest == 0 and _equal(a, span_a, b, span_b, masked=True) else 2
        kind = _WEAKEST[weakest]
        similarity = 1.0 if kind == "verbatim" else min(0.99, _similarity(span_a, kinds, region, span_b))
        if kind == "reworded":
            similarity = max(similarity, min(0.99, region.cosine if exact is None else 0.0))
        yield Aligned(kind=kind, similarity=round(similarity, 3), a=span_a, b=span_b, words=0)


_WEAKEST = ("verbatim", "swapped", "reworded")


def _equal(a: View, span_a: tuple[int, int], b: View, span_b: tuple[int, int], *, masked: bool) -> bool:
    """Whether the words of both spans are equal; ``masked``: but for what is a slot in either document."""
    words_a, words_b = a.tokens.words[slice(*span_a)], b.tokens.words[slice(*span_b)]
    if not masked:
        return words_a == words_b
    slots_a, slots_b = a.slot[slice(*span_a)], b.slot[slice(*span_b)]
    slots = {word for word, slot in zip(words_a, slots_a, strict=True) if slot}
    slots |= {word for word, slot in zip(words_b, slots_b, strict=True) if slot}
    return [word for word in words_a if word not in slots] == [word for word in words_b if word not in slots]


def _similarity(span: tuple[int, int], kinds: Ints, region: Region, other: tuple[int, int]) -> float:
    """The share of equal words; a swapped slot is half of one."""
    own = kinds[span[0] - region.a[0] : span[1] - region.a[0]]
    same = float((own == 0).sum() + (own == 1).sum() / 2)
    return same / max(span[1] - span[0], other[1] - other[0])


def _inner(region: Region, a: View, b: View) -> list[Block]:
    """The blocks inside a reworded region, in order and ascending in both documents."""
    chain: list[Block] = []
    for block in sorted(blocks(a, b, within=(region.a, region.b)), key=lambda block: block.span_a):
        if len(block) > SPLIT and (
            not chain or (block.span_a[0] >= chain[-1].end[0] and block.span_b[0] >= chain[-1].end[1])
        ):
            chain.append(block)
    return chain


def _kinds(span: tuple[int, int], inner: list[Block], a: View, b: View) -> Ints:
    """For each token of the span: 0 the same word in b, 1 a swapped slot, 2 anything else."""
    kinds = np.full(span[1] - span[0], 2, np.int64)
    slots_a, slots_b = a.slot.tolist(), b.slot.tolist()
    for block in inner:
        next_a = [*block.a[1:].tolist(), block.end[0]]
        next_b = [*block.b[1:].tolist(), block.end[1]]
        for at_a, at_b, to_a, to_b in zip(block.a.tolist(), block.b.tolist(), next_a, next_b, strict=True):
            end_a, end_b = _slot_end(a, at_a, to_a), _slot_end(b, at_b, to_b)
            words_a, words_b = a.tokens.words[at_a:end_a], b.tokens.words[at_b:end_b]
            slots = all(slots_a[at_a:end_a]) and all(slots_b[at_b:end_b])
            kinds[at_a - span[0] : end_a - span[0]] = _pair_kinds(words_a, words_b, slots=slots)
            rest_is_slots = all(slots_a[end_a:to_a]) and all(slots_b[end_b:to_b])
            if end_a < to_a:
                kinds[end_a - span[0] : to_a - span[0]] = 1 if rest_is_slots else 2
            if end_a == to_a and end_b < to_b:
                # Words that only b has belong to the word before them.
                at = end_a - 1 - span[0]
                kinds[at] = max(kinds[at], 1 if rest_is_slots else 2)
    return kinds


def _pair_kinds(words_a: Sequence[str], words_b: Sequence[str], *, slots: bool) -> list[int] | int:
    """The kinds of a pair's words in a: what equals b's words from the front and from the back is the same."""
    if words_a == words_b:
        return 0
    shorter = min(len(words_a), len(words_b))
    front = next((n for n in range(shorter) if words_a[n] != words_b[n]), shorter)
    back = next((n for n in range(shorter - front) if words_a[-1 - n] != words_b[-1 - n]), shorter - front)
    middle = len(words_a) - front - back
    return [0] * front + [1 if slots else 2] * middle + [0] * back


def _slot_end(side: View, start: int, limit: int) -> int:
    """Where the run of slots that begins at ``start`` ends; the next token if it is no slot."""
    end = start + 1
    if side.slot[start]:
        while end < limit and side.slot[end] and side.unit[end] == side.unit[start]:
            end += 1
    return end


def _cut(span: tuple[int, int], kinds: Ints, a: View) -> Iterator[tuple[int, int]]:
    """The span in pieces, cut between units."""
    borders = [span[0], *a.first[(a.first > span[0]) & (a.first < span[1])].tolist(), span[1]]
    runs: list[tuple[int, int, int]] = []
    for start, end in pairwise(borders):
        kind = int(kinds[start - span[0] : end - span[0]].max())
        if runs and runs[-1][2] == kind:
            runs[-1] = (runs[-1][0], end, kind)
        else:
            runs.append((start, end, kind))

    def telling(start: int, end: int) -> int:
        """The words of the piece that are of its kind."""
        inside = kinds[start - span[0] : end - span[0]]
        return int((inside == inside.max()).sum())

    start = span[0]
    for before, after in pairwise(runs):
        lengths = telling(start, before[1]), telling(after[0], after[1])
        if a.tokens.passages[after[0] - 1] == a.tokens.passages[after[0]]:
            apart = min(lengths) > PROSE_SPLIT
        else:
            apart = max(lengths) > SPLIT
        if apart:
            yield start, after[0]
            start = after[0]
    yield start, span[1]


def _partners(inner: list[Block], region: Region) -> Callable[[tuple[int, int]], tuple[int, int]]:
    """Where in b a piece of the region stands, by the pairs around it."""
    a = np.concatenate([block.a for block in inner]) if inner else np.zeros(0, np.int64)
    b = np.concatenate([block.b for block in inner]) if inner else np.zeros(0, np.int64)

    ends = {block.end[0]: block.end[1] for block in inner}

    def partner(span: tuple[int, int]) -> tuple[int, int]:
        low, high = int(np.searchsorted(a, span[0])), int(np.searchsorted(a, span[1]))
        start = int(b[low - 1]) + 1 if low else region.b[0]
        if low < len(a) and a[low] == span[0]:
            start = int(b[low])
        if span[1] in ends:
            return start, ends[span[1]]
        return start, int(b[high]) if high < len(b) else region.b[1]

    return partner


def swaps(passages: Sequence[Aligned], a: Exhibit, b: Exhibit) -> tuple[Swap, ...]:
    """Which slot of ``a`` became which of ``b``, once each, in the order of a; spans are tokens.

    Slots inside the passages, and the employer, school or title that each passage hangs on.
    """
    found: dict[Swap, None] = {}
    for passage in passages:
        if passage.background:
            continue
        for label in ("EMPLOYER", "SCHOOL"):
            pair = (_above(a, passage.a, label), _above(b, passage.b, label))
            if pair[0] and pair[1] and pair[0].value.casefold() != pair[1].value.casefold():
                found[Swap(label=label, a=pair[0].text, b=pair[1].text)] = None
        if passage.kind == "swapped":
            for swap in _inside(passage, a, b):
                found[swap] = None
    return tuple(found)


def _above(side: Exhibit, span: tuple[int, int], label: str) -> Entity | None:
    """The last entity of that label above the passage, in its section."""
    start = side.features.tokens.starts[span[0]]
    passages = side.document.passages
    section = next((p.section for p in passages if p.start <= start < p.end), None)
    wanted = {"EMPLOYER": "experience", "SCHOOL": "education"}[label]
    if section != wanted:
        return None
    above = None
    for entity in side.features.entities:
        if entity.start >= start:
            break
        if entity.label == label and entity.rule in _HEADINGS:
            above = entity
    return above


def _inside(passage: Aligned, a: Exhibit, b: Exhibit) -> Iterator[Swap]:
    """Runs of slots at which the passage's two sides differ, paired in order."""
    runs_a, runs_b = _slot_runs(a, passage.a), _slot_runs(b, passage.b)
    if len(runs_a) != len(runs_b):
        return
    for (label_a, text_a), (label_b, text_b) in zip(runs_a, runs_b, strict=True):
        if " ".join(text_a.casefold().split()) != " ".join(text_b.casefold().split()):
            yield Swap(label=label_a if label_a != "NAME" else label_b, a=text_a, b=text_b)


def _slot_runs(side: Exhibit, span: tuple[int, int]) -> list[tuple[str, str]]:
    tokens, text = side.features.tokens, side.document.text
    runs: list[tuple[str, str]] = []
    at = span[0]
    while at < span[1]:
        last = at
        if tokens.masks[at][0] == "<":
            while (
                last + 1 < span[1]
                and tokens.masks[last + 1][0] == "<"
                and tokens.units[last + 1] == tokens.units[at]
            ):
                last += 1
            labels = Counter(mask[1:-1] for mask in tokens.masks[at : last + 1])
            runs.append((labels.most_common(1)[0][0], text[tokens.starts[at] : tokens.ends[last]]))
        at = last + 1
    return runs


def date_shift(a: Sequence[Entity], b: Sequence[Entity]) -> int | None:
    """The months by which the dates of a, taken as a whole, became those of b; 0 when they are equal.

    At least three dates of each, and the larger part of the shorter list, must fit one shift.
    """
    months_a, months_b = _months(a), _months(b)
    fewest = min(len(months_a), len(months_b))
    if fewest < _SHIFT_DATES:
        return None
    votes: Counter[int] = Counter()
    for shift in {y - x for x in months_a for y in months_b}:
        left = Counter(months_b)
        for month in months_a:
            if left[month + shift] > 0:
                left[month + shift] -= 1
                votes[shift] += 1
    shift, count = min(votes.items(), key=lambda vote: (-vote[1], abs(vote[0])))
    return shift if count >= max(_SHIFT_DATES, _SHIFT_SHARE * fewest) else None


def _months(entities: Sequence[Entity]) -> list[int]:
    """Every date of month precision as months since year 0."""
    return [
        int(part[:4]) * 12 + int(part[5:7]) - 1
        for entity in entities
        if entity.label == "DATE"
        for part in entity.value.split("/")
        if len(part) == 7 and part[:4].isdigit() and part[5:7].isdigit()
    ]
