"""Words → rows: the printed lines of a page, in the order a person reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from forensics.documents.columns import Region, reading_order
from forensics.documents.document import Box
from forensics.documents.marks import list_marks
from forensics.documents.page import Page
from forensics.documents.rows import Row
from forensics.documents.tables import Strip, strips
from forensics.documents.words import SOFT, Word, words_of

_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_TAB = 1.6  # of the font size: a wider gap between two words is a tab stop or an alignment


def page_rows(page: Page, block: int) -> list[Row]:
    """The rows of ``page`` as a person reads them, blocks numbered from ``block``."""
    rows: list[Row] = []
    for turn in range(4):
        chosen = np.flatnonzero(page.turn == turn)
        if not len(chosen):
            continue
        words = words_of(page, chosen, turn)
        tables: list[Strip] = []
        if turn == 0:
            words += list_marks(words, page.shapes)
            words, tables = strips(words, page.shapes)
        for region in _with_tables(words, tables):
            rows += _rows(region, page, turn, block)
            block += 1
    return rows


def _with_tables(words: list[Word], tables: list[Strip]) -> Iterator[Region[Word]]:
    """The regions of a page in reading order, those of the rows of ``tables`` at their places among them."""
    parts = {id(each.stand_in): each.parts for each in tables}
    for region in reading_order([*words, *(each.stand_in for each in tables)]):
        plain: list[Word] = []
        for word in sorted(region.words, key=lambda each: each.base):
            if id(word) not in parts:
                plain.append(word)
                continue
            if plain:
                yield replace(region, words=plain)
                plain = []
            for part in parts[id(word)]:
                yield from reading_order(part) if len(parts[id(word)]) > 1 else [_whole(part)]
        if plain:
            yield replace(region, words=plain)


def _whole(words: Sequence[Word]) -> Region[Word]:
    return Region(words=list(words), edge=max(word.x1 for word in words))


def _unflat(box: Box, page: Page, turn: int) -> Box:
    x0, top, x1, bottom = box
    if turn == 1:
        return page.width - bottom, x0, page.width - top, x1
    if turn == 2:
        return page.width - x1, page.height - bottom, page.width - x0, page.height - top
    if turn == 3:
        return top, page.height - x1, bottom, page.height - x0
    return box


def _rows(region: Region[Word], page: Page, turn: int, block: int) -> list[Row]:
    lines: list[list[Word]] = []
    for word in sorted(region.words, key=lambda each: (each.base, each.x0)):
        line = lines[-1] if lines else None
        if line and word.base - line[0].base <= 0.4 * min(word.size, line[0].size):
            line.append(word)
        else:
            lines.append([word])
    rows = []
    for line in lines:
        line.sort(key=lambda each: each.x0)
        line = _logical(line)
        text = _join(line, region.stop)
        box = (
            min(word.x0 for word in line), min(word.top for word in line),
            max(word.x1 for word in line), max(word.bottom for word in line),
        )  # fmt: skip
        letters = sum(len(word.text) for word in line)
        heavy = sum(len(word.text) for word in line if word.bold)
        x0, top, x1, bottom = _unflat(box, page, turn)
        rows.append(
            Row(
                text=text,
                block=block,
                page=page.number,
                bbox=(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)),
                left=box[0],
                right=box[2],
                edge=region.edge,
                base=line[0].base,
                size=max((word.size for word in line if not word.marker), default=line[0].size),
                bold=heavy * 2 > letters,
            )
        )
    return rows


def _logical(line: list[Word]) -> list[Word]:
    """The words of a line from left to right, in the order in which they are read.

    Words of letters that are written to the left run to the left; a line that is mostly made of them does so as
    a whole, and what else stands in it keeps its own direction (the idea of UAX #9, with words for characters).
    """
    if all(word.text.isascii() for word in line):
        return line
    leftward = [_LEFTWARD.search(word.text) is not None for word in line]
    if not any(leftward):
        return line
    letters = [sum(map(str.isalnum, word.text)) for word in line]
    whole = 2 * sum(count for count, each in zip(letters, leftward, strict=True) if each) > sum(letters)
    if whole:
        line, leftward = line[::-1], leftward[::-1]
    read: list[Word] = []
    for to_turn, run in groupby(zip(line, leftward, strict=True), key=lambda each: each[1] != whole):
        words = [word for word, _ in run]
        read += words[::-1] if to_turn else words
    return read


def _join(line: list[Word], stop: float) -> str:
    texts = [word.text.removesuffix(SOFT) for word in line[:-1]] + [line[-1].text]
    parts = [texts[0]]
    for before, word, text in zip(line, line[1:], texts[1:], strict=False):
        gap = max(word.x0 - before.x1, before.x0 - word.x1)
        wide = gap > max(_TAB * max(word.size, before.size), 8.0) and not before.marker
        parts += ("\t" if wide or before.x0 < stop <= word.x0 else " ", text)
    return "".join(parts)
