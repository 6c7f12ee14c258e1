"""Two documents side by side, passage by passage, for a terminal: told by words, then by colour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from forensics.cases.visible import visible
from forensics.documents.document import Document
from forensics.findings.finding import Aligned, Alignment, Swap

SHOWN = 6
"""So many passages of a pair are shown, the longest; the rest are counted."""

WORDS = 60
"""So many words of a passage are shown; the rest are counted."""

GREY_WORDS = 24
"""So many words of a passage that is no evidence are shown; the rest are counted."""

SLOTS = 10
"""So many swapped slots are listed; the rest are counted."""

NARROW = 64
"""Below this width the two sides stand one above the other."""

_COLOURS = {"verbatim": "red", "swapped": "magenta", "reworded": "yellow"}
_MEANING = {
    "verbatim": "word for word.",
    "swapped": "word for word but for names, places, dates and numbers, [here → there].",
    "reworded": "the same said in other words, which are {marked}.",
}
_EDGE = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_BULLET = re.compile(r"[•◦▪▫‣⁃●○■□◆–—*·o-]$")

Piece = tuple[str, str]
"""A stretch of text and its role: ``same``, ``slot`` or ``changed``. A line feed begins a new passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The passages of an alignment as something that rich can print.

    ``common`` is the number of applicants above which a passage is common; ``None`` without a corpus.
    """

    a: Document
    b: Document
    alignment: Alignment
    name_a: str
    name_b: str
    full: bool
    common: int | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Numbered passages, then in grey what is no evidence, then what was swapped."""
        plain = console.color_system is None
        narrow = options.max_width < NARROW
        grey = [p for p in self.alignment.passages if self._everybodys(p)]
        counted = [p for p in self.alignment.passages if not self._everybodys(p)]
        longest = sorted(counted, key=lambda p: -p.words)[: None if self.full else SHOWN]
        if counted and not narrow:
            yield _columns(Text(self.name_a, style="bold"), Text(self.name_b, style="bold"))
        for number, passage in enumerate(counted, start=1):
            if passage in longest:
                yield self._caption(number, passage)
                yield self._sides(passage, plain, narrow)
        if len(longest) < len(counted):
            words = sum(p.words for p in counted) - sum(p.words for p in longest)
            yield Text(
                f"{count(len(counted) - len(longest), 'shorter passage')}, {words} words, left out: --full."
            )
        yield from self._grey(grey)
        for kind, meaning in _MEANING.items():
            if any(p.kind == kind for p in longest):
                said = meaning.format(marked="_marked_" if plain else "underlined")
                yield Text(f"{kind}: {said}", style="dim")
        yield from swaps(self.alignment.swapped, self.full)

    def _everybodys(self, passage: Aligned) -> bool:
        """Whether the passage is no evidence: it stands in a public source, or many applicants have it."""
        many = self.common is not None and (passage.documents_with or 0) > self.common
        return passage.background or many

    def _grey(self, passages: Sequence[Aligned]) -> Iterator[Text]:
        """Passages that are no evidence, as they stand in this document."""
        longest = sorted(passages, key=lambda p: -p.words)[: None if self.full else SHOWN]
        for passage in passages:
            if passage in longest:
                words = paragraphs(self.a, passage.a).split()
                cut = [] if self.full else words[GREY_WORDS:]
                said = " ".join(words[: len(words) - len(cut)])
                more = f" … {count(len(cut), 'more word')}: --full" if cut else ""
                yield Text(f"– {_why_grey(passage)}: “{said}{more}”", style="dim")
        if len(longest) < len(passages):
            words_left = sum(p.words for p in passages) - sum(p.words for p in longest)
            left = count(len(passages) - len(longest), "more passage")
            yield Text(f"{left} that everybody uses, {words_left} words, left out: --full.", style="dim")
        if passages:
            yield Text("Grey is no evidence: public phrases, and what many applicants have.", style="dim")

    def _caption(self, number: int, passage: Aligned) -> Text:
        pages = (
            (self.a.place(*passage.a).page, "here"),
            (self.b.place(*passage.b).page, "there"),
        )
        parts = [f"{passage.words} words"]
        if passage.kind == "reworded":
            parts.append(f"{passage.similarity:.0%} alike")
        parts += [f"page {page} {side}" for page, side in pages if page is not None]
        if passage.documents_with is not None:
            parts.append(_who_has(passage.documents_with))
        caption = Text(f"{number}. ", style="bold")
        caption.append(passage.kind, style=_COLOURS[passage.kind])
        caption.append(" · " + " · ".join(parts), style="not bold dim")
        return caption

    def _sides(self, passage: Aligned, plain: bool, narrow: bool) -> Padding:
        most = None if self.full else WORDS
        left, right = sides(passage.kind, paragraphs(self.a, passage.a), paragraphs(self.b, passage.b))
        a, b = (_text(side, passage.kind, plain, most) for side in (left, right))
        if not narrow:
            return Padding(_columns(a, b), (0, 0, 1, 0))
        stacked = Text("\n").join((Text("here:", style="bold"), a, Text("there:", style="bold"), b))
        return Padding(stacked, (0, 0, 1, 2))


def paragraphs(document: Document, span: tuple[int, int]) -> str:
    """The words of a span, a blank between them and a line feed where a passage of the document begins."""
    start, end = span
    cuts = [start, *(p.start for p in document.passages if start < p.start < end), end]
    lines = (visible(document.text[one:next_]) for one, next_ in pairwise(cuts))
    return "\n".join(line for line in lines if line)


def sides(kind: str, a: str, b: str) -> tuple[list[Piece], list[Piece]]:
    """The texts of a passage in pieces: what is the same, which slots were swapped, what was changed."""
    if kind == "verbatim":
        return [(a, "same")], [(b, "same")]
    words_a, words_b = _words(a), _words(b)
    left: list[Piece] = []
    right: list[Piece] = []
    matcher = SequenceMatcher(None, _plain(words_a), _plain(words_b), autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        mine, theirs = "".join(words_a[a0:a1]), "".join(words_b[b0:b1])
        if tag == "equal" or not any(map(_matters, (*words_a[a0:a1], *words_b[b0:b1]))):
            left.append((mine, "same"))
            right.append((theirs, "same"))
        elif kind == "swapped":
            left.append((_slot(mine, theirs, arrow=True), "slot"))
            right.append((_slot(theirs, mine, arrow=False), "slot"))
        else:
            left.append((mine, "changed"))
            right.append((theirs, "changed"))
    return [piece for piece in left if piece[0]], [piece for piece in right if piece[0]]


def _words(text: str) -> list[str]:
    """The words, each with the white space before it."""
    return re.findall(r"\s*\S+", text)


def _plain(words: Sequence[str]) -> list[str]:
    return [re.sub(r"\W+", "", word).casefold() or word.strip() for word in words]


def _matters(word: str) -> bool:
    return re.search(r"\w", word) is not None and not _BULLET.match(word.strip())


def _slot(mine: str, theirs: str, *, arrow: bool) -> str:
    """``mine`` in brackets, with what stands there instead; common punctuation at its ends outside."""
    found, other = _EDGE.match(mine), _EDGE.match(theirs)
    assert found is not None and other is not None
    space = mine[: len(mine) - len(mine.lstrip())] or " "
    before = found[1].strip() if found[2] and found[1].strip() == other[1].strip() else ""
    after = found[3] if found[2] and found[3] == other[3] else ""
    here, there = (
        " ".join(each.split()).removeprefix(before).removesuffix(after) or "–" for each in (mine, theirs)
    )
    return f"{space}{before}[{here} → {there}]{after}" if arrow else f"{space}{before}[{here}]{after}"


def _text(pieces: Iterable[Piece], kind: str, plain: bool, most: int | None) -> Text:
    text, shown, left_out = Text(overflow="fold"), 0, 0
    for piece, role in pieces:
        words = _words(piece)
        room = len(words) if most is None or left_out else max(0, most - shown)
        if left_out or (role == "slot" and room < len(words)):  # a slot is shown whole or not at all
            room = 0
        shown += min(room, len(words))
        left_out += len(words) - min(room, len(words))
        kept = "".join(words[:room])
        bare = kept.lstrip()
        text.append(kept[: len(kept) - len(bare)] if text else "")
        if role == "changed" and bare:
            said = re.sub(r"[^\n]*\w[^\n]*", lambda line: f"_{line[0].strip()}_", bare) if plain else bare
            text.append(said, style=f"underline {_COLOURS[kind]}")
        else:
            text.append(bare, style=f"bold {_COLOURS[kind]}" if role == "slot" else "")
    if left_out:
        text.append(f" … {count(left_out, 'more word')}: --full", style="dim")
    return text


def swaps(swapped: Sequence[Swap], full: bool) -> Iterator[Table | Text]:
    """What stands in the slots here and there."""
    if not swapped:
        return
    most = len(swapped) if full else SLOTS
    yield Text("\nSwapped", style="bold")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for swap in swapped[:most]:
        slot = Text(f"{visible(swap.a)} → {visible(swap.b)}", style="magenta")
        table.add_row(Text(swap.label.lower(), style="dim"), slot)
    yield table
    if len(swapped) > most:
        yield Text(f"{count(len(swapped) - most, 'more slot')}: --full.")


def _columns(a: Text, b: Text) -> Table:
    table = Table(box=None, expand=True, show_header=False, padding=(0, 1, 0, 2), pad_edge=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_row(a, b)
    return table


def _why_grey(passage: Aligned) -> str:
    used = f"used by {count(passage.documents_with, 'other')}" if passage.documents_with else ""
    return ", ".join(each for each in ("public phrase" if passage.background else "", used) if each)


def _who_has(documents: int) -> str:
    if documents <= 1:
        return "nobody else has it"
    return f"{count(documents - 1, 'other applicant')} {'has' if documents == 2 else 'have'} it"


def count(number: int, noun: str) -> str:
    """``1 passage``, ``2,000 passages``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
