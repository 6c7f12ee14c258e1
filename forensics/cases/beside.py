"""Two documents side by side, passage by passage, for a terminal: told by words, then by colour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from forensics.cases.visible import visible
from forensics.documents.document import Document
from forensics.findings.finding import Aligned, Alignment, Swap

SHOWN = 8
"""So many passages of a pair are shown, the longest; the rest are counted."""

WORDS = 60
"""So many words of a passage are shown; the rest are counted."""

NARROW = 70
"""Below this width the two sides stand one above the other."""

_COLOURS = {"verbatim": "red", "swapped": "magenta", "reworded": "yellow"}
_MEANING = {
    "verbatim": "word for word",
    "swapped": "word for word but for swapped names, places, dates or numbers",
    "reworded": "the same said in other words",
}
_EDGE = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)

Piece = tuple[str, str]
"""A stretch of text and its role: ``same``, ``slot`` or ``changed``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The passages of an alignment as something that rich can print."""

    a: Document
    b: Document
    alignment: Alignment
    name_a: str
    name_b: str
    full: bool

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Numbered passages, then what was swapped."""
        plain = console.color_system is None
        narrow = options.max_width < NARROW
        counted = [p for p in self.alignment.passages if not p.background]
        longest = sorted(counted, key=lambda p: -p.words)[: None if self.full else SHOWN]
        numbers = {id(p): at for at, p in enumerate(counted, start=1)}
        if not narrow and counted:
            yield _columns(Text(self.name_a, style="bold"), Text(self.name_b, style="bold"))
        for passage in counted:
            if passage in longest:
                yield self._caption(numbers[id(passage)], passage)
                yield self._sides(passage, plain, narrow)
        left_out = len(counted) - len(longest)
        if left_out:
            words = sum(p.words for p in counted) - sum(p.words for p in longest)
            yield Text(f"{_count(left_out, 'shorter passage')} left out, {words} words: --full shows all.\n")
        public = [p for p in self.alignment.passages if p.background]
        if public:
            words = sum(p.words for p in public)
            yield Text(
                f"{_count(len(public), 'passage')}, {words} words, of public text (templates, postings) "
                "not counted and not shown.\n"
            )
        yield from swaps(self.alignment.swapped, self.full)

    def _caption(self, number: int, passage: Aligned) -> Text:
        pages = [_page(document, span) for document, span in ((self.a, passage.a), (self.b, passage.b))]
        parts = [f"{passage.words} words"]
        if passage.kind == "reworded":
            parts.append(f"{passage.similarity:.0%} alike")
        if any(pages):
            parts.append(" ↔ ".join(page or "no pages" for page in pages))
        if passage.documents_with is not None:
            parts.append(_who_has(passage.documents_with))
        caption = Text(f"{number}. ")
        caption.append(passage.kind, style=f"bold {_COLOURS[passage.kind]}")
        caption.append(f" ({_MEANING[passage.kind]}) · " + " · ".join(parts), style="dim")
        return caption

    def _sides(self, passage: Aligned, plain: bool, narrow: bool) -> Padding:
        most = None if self.full else WORDS
        left, right = sides(passage.kind, self.a.text[slice(*passage.a)], self.b.text[slice(*passage.b)])
        a, b = (_text(side, passage.kind, plain, most) for side in (left, right))
        if not narrow:
            return Padding(_columns(a, b), (0, 0, 1, 0))
        return Padding(Text("\n").join((Text("here:  ").append(a), Text("there: ").append(b))), (0, 0, 1, 2))


def sides(kind: str, a: str, b: str) -> tuple[list[Piece], list[Piece]]:
    """The texts of a passage in pieces: what is the same, which slots were swapped, what was changed."""
    words_a, words_b = visible(a).split(), visible(b).split()
    if kind == "verbatim":
        return [(" ".join(words_a), "same")], [(" ".join(words_b), "same")]
    left: list[Piece] = []
    right: list[Piece] = []
    matcher = SequenceMatcher(None, _plain(words_a), _plain(words_b), autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        mine, theirs = " ".join(words_a[a0:a1]), " ".join(words_b[b0:b1])
        if tag == "equal":
            left.append((mine, "same"))
            right.append((theirs, "same"))
        elif kind == "swapped":
            before, mine, after = _edges(mine, theirs)
            theirs = theirs[len(before) : len(theirs) - len(after)]
            left.append((f"{before}[{mine or '–'} → {theirs or '–'}]{after}", "slot"))
            right.append((f"{before}[{theirs or '–'}]{after}", "slot"))
        else:
            left.append((mine, "changed"))
            right.append((theirs, "changed"))
    return left, right


def _plain(words: Sequence[str]) -> list[str]:
    return [re.sub(r"\W+", "", word).casefold() or word for word in words]


def _edges(a: str, b: str) -> tuple[str, str, str]:
    """``a`` without the punctuation at its ends that ``b`` has as well, and that punctuation."""
    found_a, found_b = _EDGE.match(a), _EDGE.match(b)
    assert found_a is not None and found_b is not None
    before = found_a[1] if found_a[1] == found_b[1] and found_a[2] else ""
    after = found_a[3] if found_a[3] == found_b[3] and found_a[2] else ""
    return before, a[len(before) : len(a) - len(after)], after


def _text(pieces: Iterable[Piece], kind: str, plain: bool, most: int | None) -> Text:
    text, count, left_out = Text(overflow="fold"), 0, 0
    for piece, role in pieces:
        words = piece.split()
        room = len(words) if most is None else max(0, most - count)
        # a slot is shown whole or not at all
        kept = words[:room] if role != "slot" or room >= len(words) else []
        count += len(kept)
        left_out += len(words) - len(kept)
        if left_out:
            count = most or count
        if not kept:
            continue
        if text:
            text.append(" ")
        if role == "changed":
            said = " ".join(kept)
            text.append(f"_{said}_" if plain else said, style=f"underline {_COLOURS[kind]}")
        else:
            text.append(" ".join(kept), style=f"bold {_COLOURS[kind]}" if role == "slot" else "")
    if left_out:
        text.append(f" … {_count(left_out, 'more word')}: --full", style="dim")
    return text


def swaps(swapped: Sequence[Swap], full: bool) -> Iterator[Table | Text]:
    """What stands in the slots here and there."""
    if not swapped:
        return
    most = len(swapped) if full else 12
    table = Table(
        box=None, padding=(0, 2, 0, 0), title="Swapped slots", title_justify="left", title_style="bold"
    )
    for heading in ("what", "here", "there"):
        table.add_column(Text(heading), overflow="fold")
    for swap in swapped[:most]:
        table.add_row(
            Text(swap.label.lower()),
            Text(visible(swap.a), style="magenta"),
            Text("→ " + visible(swap.b), style="magenta"),
        )
    yield table
    if len(swapped) > most:
        yield Text(f"{_count(len(swapped) - most, 'more slot')}: --full shows all.")


def _columns(a: Text, b: Text) -> Table:
    table = Table(box=None, expand=True, show_header=False, padding=(0, 2, 0, 2), pad_edge=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_row(a, b)
    return table


def _page(document: Document, span: tuple[int, int]) -> str | None:
    page = document.place(*span).page
    return None if page is None else f"page {page}"


def _who_has(count: int) -> str:
    if count <= 1:
        return "nobody else has it"
    return f"{_count(count - 1, 'other applicant')} {'has' if count == 2 else 'have'} it"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
