"""Two documents in two columns: their whole texts, the passages both have beside each other and numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forensics.cases.stayed import stayed
from forensics.cases.wording import Piece, first_words, lines, pieces
from forensics.documents.document import Document
from forensics.findings.finding import Aligned, Alignment, Span

OWN_WORDS = 400
"""So many words of a stretch that only one side has are shown; the rest are counted."""

STAYED = 12
"""So many words that stayed are named."""

PASSAGE_WORDS = 3_000
"""So many words of a passage are shown; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of one document: passage ``number`` of the alignment, or (0) text that only this side has.

    ``also`` are passages that lie inside this one on this side; ``moved`` says that the other side has it
    in another order. ``stayed`` is what both texts of a reworded one have. ``left_out`` counts words that are
    not shown. ``state`` is empty, ``public`` (stands in a public source) or ``common`` (more people have it than
    ``common`` allows): both count for nothing.
    """

    number: int
    pieces: tuple[Piece, ...]
    words: int
    left_out: int = 0
    kind: str = ""
    state: str = ""
    similarity: float = 1.0
    documents_with: int | None = None
    page: int | None = None
    also: tuple[int, ...] = ()
    moved: bool = False
    stayed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What stands beside each other: one passage on both sides, or what lies between two of these."""

    a: tuple[Block, ...]
    b: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The rows of two documents, in the order of both; every word of both texts is in one of them.

    ``state`` is that of each passage by number, as in :class:`Block`; ``kinds`` and ``states`` occur.
    """

    rows: tuple[Row, ...]
    state: tuple[str, ...]
    kinds: tuple[str, ...]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A passage and the spans under which its sides are shown; ``b`` is ``None`` inside another passage."""

    number: int
    passage: Aligned
    b: Span | None
    state: str


def columns(a: Document, b: Document, alignment: Alignment, *, common: int | None) -> Columns:
    """The two texts, their passages numbered from 1 in the order of ``a``.

    ``common`` is the number of unrelated applicants above which a passage is common; ``None`` without a corpus.
    """
    owners, also = _owners(alignment.passages)
    shown = [
        _Shown(number=number, passage=each, b=owners.get(number), state=_state(each, common))
        for number, each in enumerate(alignment.passages, start=1)
    ]
    backbone = _backbone([each for each in shown if each.b is not None])
    in_b = sorted((each for each in shown if each.b), key=lambda each: each.b or (0, 0))
    words = {each.number: _pieces(a, b, each) for each in shown}

    def block(each: _Shown, side: str) -> Block:
        document, span = (a, each.passage.a) if side == "a" else (b, each.b or each.passage.b)
        long = len(document.text[slice(*span)].split())
        return Block(
            number=each.number,
            pieces=words[each.number][0 if side == "a" else 1],
            words=long,
            left_out=max(0, long - PASSAGE_WORDS),
            kind=each.passage.kind,
            state=each.state,
            similarity=each.passage.similarity,
            documents_with=each.passage.documents_with,
            page=document.place(*span).page,
            also=tuple(also.get(each.number, ())) if side == "b" else (),
            moved=each.number not in backbone,
            stayed=_stayed(each.passage, a, b) if side == "a" else (),
        )

    left = _blocks(a, [(each.passage.a, block(each, "a")) for each in shown])
    right = _blocks(b, [(each.b, block(each, "b")) for each in in_b if each.b])
    return Columns(
        rows=_rows(left, right, backbone),
        state=tuple(each.state for each in shown),
        kinds=tuple(k for k in ("verbatim", "swapped", "reworded") if any(_plain(each, k) for each in shown)),
        states=tuple(s for s in ("public", "common") if any(each.state == s for each in shown)),
    )


def _stayed(passage: Aligned, a: Document, b: Document) -> tuple[str, ...]:
    if passage.kind != "reworded":
        return ()
    return stayed(a.text[slice(*passage.a)], b.text[slice(*passage.b)]).all[:STAYED]


def _plain(shown: _Shown, kind: str) -> bool:
    return shown.passage.kind == kind and not shown.state


def _state(passage: Aligned, common: int | None) -> str:
    if passage.background:
        return "public"
    counted = common is not None and passage.documents_with is not None
    return "common" if counted and (passage.documents_with or 0) > (common or 0) else ""


def _owners(passages: Sequence[Aligned]) -> tuple[dict[int, Span], dict[int, list[int]]]:
    """Spans of b by passage, without overlap, and the passages that lie wholly inside another's span.

    Passages never overlap in a, but one of b may be the source of several of a.
    """
    spans: dict[int, Span] = {}
    inside: dict[int, list[int]] = {}
    reached, last = 0, 0
    numbered = enumerate(passages, start=1)
    for number, passage in sorted(numbered, key=lambda item: (item[1].b[0], -item[1].b[1], item[0])):
        start, end = max(passage.b[0], reached), passage.b[1]
        if start < end:
            spans[number] = (start, end)
            reached, last = end, number
        else:
            inside.setdefault(last, []).append(number)
    return spans, inside


def _backbone(shown: Sequence[_Shown]) -> set[int]:
    """Passages that stand in one order on both sides: the heaviest increasing chain, by words."""
    best: list[tuple[int, int]] = []  # weight of the heaviest chain that ends here, and the passage before
    for at, each in enumerate(shown):
        assert each.b is not None
        before = [(best[i][0], i) for i in range(at) if (shown[i].b or (0, 0))[0] < each.b[0]]
        weight, previous = max(before, default=(0, -1))
        best.append((weight + max(1, each.passage.words), previous))
    chain: set[int] = set()
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    while at >= 0:
        chain.add(shown[at].number)
        at = best[at][1]
    return chain


def _pieces(a: Document, b: Document, shown: _Shown) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both wordings; where side b shows less than the passage, side a is still compared with the whole."""
    whole, kind = shown.passage.b, shown.passage.kind
    mine = first_words(lines(a, *shown.passage.a), PASSAGE_WORDS)
    left, right = pieces(kind, mine, first_words(lines(b, *whole), PASSAGE_WORDS))
    if shown.b is not None and shown.b != whole:
        _, right = pieces(kind, mine, first_words(lines(b, *shown.b), PASSAGE_WORDS))
    return left, right


def _blocks(document: Document, passages: Sequence[tuple[Span, Block]]) -> list[Block]:
    """The whole text of one side: passages, and what lies between them."""
    found: list[Block] = []
    reached = 0
    for (start, end), block in passages:
        found += _own(document, reached, start)
        found.append(block)
        reached = end
    return found + _own(document, reached, len(document.text))


def _own(document: Document, start: int, end: int) -> list[Block]:
    text = lines(document, start, end)
    if not any(letter.isalnum() for letter in text):
        return []
    words = len(text.split())
    piece = Piece(text=first_words(text, OWN_WORDS), role="same")
    return [Block(number=0, pieces=(piece,), words=words, left_out=max(0, words - OWN_WORDS))]


def _rows(left: Sequence[Block], right: Sequence[Block], backbone: set[int]) -> tuple[Row, ...]:
    """Each passage of the backbone in a row of its own; what lies before it on both sides in the row above."""
    rows: list[Row] = []
    at_b = 0
    waiting: list[Block] = []
    for block in left:
        if block.number not in backbone:
            waiting.append(block)
            continue
        to = next(i for i in range(at_b, len(right)) if right[i].number == block.number)
        if waiting or to > at_b:
            rows.append(Row(a=tuple(waiting), b=tuple(right[at_b:to])))
        rows.append(Row(a=(block,), b=(right[to],)))
        waiting, at_b = [], to + 1
    if waiting or at_b < len(right):
        rows.append(Row(a=tuple(waiting), b=tuple(right[at_b:])))
    return tuple(rows)
