"""Words → rows: the printed lines of a page, in the order a person reads them."""

from __future__ import annotations

import numpy as np

from forensics.documents.columns import Region, reading_order
from forensics.documents.document import Box
from forensics.documents.marks import list_marks
from forensics.documents.page import Page
from forensics.documents.rows import Row
from forensics.documents.words import SOFT, Word, words_of

_TAB = 1.6  # of the font size: a wider gap between two words is a tab stop or an alignment


def page_rows(page: Page, block: int) -> list[Row]:
    """The rows of ``page`` as a person reads them, blocks numbered from ``block``."""
    rows: list[Row] = []
    for turn in range(4):
        chosen = np.flatnonzero(page.turn == turn)
        if not len(chosen):
            continue
        words = words_of(page, chosen, turn)
        if turn == 0:
            words += list_marks(words, page.shapes)
        for region in reading_order(words):
            rows += _rows(region, page, turn, block)
            block += 1
    return rows


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
                size=max(word.size for word in line if not word.marker or len(line) == 1),
                bold=heavy * 2 > letters,
            )
        )
    return rows


def _join(line: list[Word], stop: float) -> str:
    texts = [word.text.removesuffix(SOFT) for word in line[:-1]] + [line[-1].text]
    parts = [texts[0]]
    for before, word, text in zip(line, line[1:], texts[1:], strict=False):
        gap = word.x0 - before.x1
        wide = gap > max(_TAB * max(word.size, before.size), 8.0) and not before.marker
        parts += ("\t" if wide or before.x0 < stop <= word.x0 else " ", text)
    return "".join(parts)
