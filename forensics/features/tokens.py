"""Document → Tokens: every word of the text, in which sentence or bullet it stands, and which are slots.

A *slot* is what someone who copies a document changes: names, employers, schools, places, dates,
numbers. Slots keep their word in ``words`` and carry their label in ``masks``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from functools import cache

from forensics.documents.document import Document
from forensics.documents.normal import normalised
from forensics.features.features import Entity, Tokens
from forensics.settings import data_folder

WORD = re.compile(r"\w+")
NUMBER = re.compile(r"\d+(?:k|m|mm|b|bn|x|s|h|hr|hrs|ms|kb|mb|gb|tb|pb|st|nd|rd|th)?$")
NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred hundreds thousand thousands million millions billion dozen".split()
)
MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
SLOT_LABELS = frozenset({"PERSON", "EMAIL", "PHONE", "URL", "LOCATION", "EMPLOYER", "SCHOOL", "DATE"})
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Inc|Ltd|Co|Corp|vs|etc|e\.g|i\.e|No|Jr|Sr|approx)|\b[A-Z])\.$"
)
_LETTER_BULLET = re.compile(r"^[ \t]*(o)[ \t\xa0]+(?=\S)", re.MULTILINE)
_SHORT_UNIT = 3
_HEADING_CAPITALS = 0.6


def tokens(document: Document, entities: Iterable[Entity]) -> Tokens:
    """All ``\\w+`` words of ``document.text``, masked by ``entities`` and by the shape of the word.

    The letter "o" that stands for a bullet at the head of a line is no word.
    """
    text = document.text
    marks = {match.start(1) for match in _LETTER_BULLET.finditer(text)}
    found = _found(text, marks)
    starts = tuple(start for start, _, _ in found)
    ends = tuple(end for _, end, _ in found)
    surface = [word for _, _, word in found]
    words = tuple(_normal(word) for word in surface)
    paragraphs = _paragraphs(document, marks)
    units = _units(text, paragraphs, starts)
    passages = _inside([start for start, _ in paragraphs], starts)
    masks = list(words)
    _mask_shapes(surface, words, units, masks)
    for entity in entities:
        if entity.label in SLOT_LABELS:
            first = bisect_right(ends, entity.start)
            for at in range(first, len(starts)):
                if starts[at] >= entity.end:
                    break
                masks[at] = f"<{entity.label}>"
    return Tokens(words=words, masks=tuple(masks), starts=starts, ends=ends, units=units, passages=passages)


def _found(text: str, marks: Container[int]) -> list[tuple[int, int, str]]:
    """The words of ``text`` as it reads when it is normalised, each with its place in ``text`` itself.

    A word stays one over a soft hyphen, a character of no width or an accent that is a character of its own.
    """
    normal = normalised(text)
    found: list[tuple[int, int, str]] = []
    for match in WORD.finditer(normal.text):
        start, end = normal.raw(match.start(), match.end())
        if start not in marks and (not found or start >= found[-1][1]):
            found.append((start, end, match.group()))
    return found


def _normal(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFKC", word).casefold()


def _paragraphs(document: Document, marks: Container[int]) -> list[tuple[int, int]]:
    """The passages, a sentence that runs on from one into the next not torn apart.

    Only in a résumé or a letter does the end of a line mean something: elsewhere a paragraph goes on to the
    next blank line.
    """
    text = document.text
    spans: list[tuple[int, int]] = []
    for passage in document.passages:
        start, end = passage.start, passage.end
        runs_on = False
        if spans:
            between = text[spans[-1][1] : start]
            goes_on = text[start].islower() and start not in marks
            open_end = goes_on and text[spans[-1][1] - 1] not in ".!?:;"
            runs_on = open_end or (document.kind == "other" and between.count("\n") < 2)
        if runs_on:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _units(text: str, passages: Sequence[tuple[int, int]], starts: Sequence[int]) -> tuple[int, ...]:
    """The unit of each word: sentences inside passages, a sentence of under three words joins the next."""
    borders: list[int] = []
    for start, end in passages:
        borders.append(start)
        words_seen = start
        for gap in _SENTENCE_END.finditer(text, start, end):
            sentence = text[words_seen : gap.start()]
            if _ABBREVIATION.search(sentence) or len(WORD.findall(sentence)) < _SHORT_UNIT:
                continue
            borders.append(gap.end())
            words_seen = gap.end()
    return _inside(borders, starts)


def _inside(borders: Sequence[int], starts: Sequence[int]) -> tuple[int, ...]:
    """Which stretch each word stands in, the stretches beginning at ``borders``."""
    return tuple(max(0, bisect_right(borders, start) - 1) for start in starts)


def _mask_shapes(
    surface: Sequence[str], words: Sequence[str], units: Sequence[int], masks: list[str]
) -> None:
    """Mask numbers everywhere, and capitalised words in running text that are no known technology."""
    known = never_slots()
    first = 0
    while first < len(words):
        last = first
        while last < len(words) and units[last] == units[first]:
            last += 1
        capitals = sum(word[0].isupper() for word in surface[first:last])
        running = last - first >= _SHORT_UNIT and capitals <= _HEADING_CAPITALS * (last - first)
        for at in range(first, last):
            word = words[at]
            if word[0].isdigit():
                if NUMBER.match(word):
                    masks[at] = "<NUMBER>"
            elif word in NUMBER_WORDS:
                masks[at] = "<NUMBER>"
            elif surface[at][0].isupper():
                if word in MONTHS and (word != "may" or (running and at > first)):
                    masks[at] = "<DATE>"
                elif running and at > first and word not in known:
                    masks[at] = "<NAME>"
        first = last


@cache
def never_slots() -> frozenset[str]:
    """Words that are capitalised in running text without naming a person, a firm or a place."""
    folder = data_folder("corpora") / "lists" / "technologies"
    lines = (folder / "never_slots.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
