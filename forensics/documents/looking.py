"""Looking at a PDF page for text that is not seen: from the page model and its picture to runs of text."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from forensics.documents.actual_text import MARKS, Replaced
from forensics.documents.document import Box, Fact, Hidden, Problem
from forensics.documents.facts import CUT
from forensics.documents.hidden import Unseen, settle
from forensics.documents.ink import is_letter, items_of
from forensics.documents.letterforms import false_letters
from forensics.documents.lookalikes import may_be_odd, odd_words
from forensics.documents.page import Page
from forensics.documents.page_objects import Objects
from forensics.documents.render import Budget, Canvas, TooSlow
from forensics.documents.rows import Row
from forensics.documents.runs import around, box_of, raw_words, said
from forensics.documents.unseen import unseen
from forensics.settings import Settings

_USUAL = 10.0  # points: a size of text at which the usual scale is enough
_SCALES = (1.5, 3.0)  # pixels a point
_TINY = 2.6  # points: nobody reads a smaller size
_THIN = 0.12  # of the size: letters that stand closer are no writing
_NEAR = 4.0  # of the size: objects further apart are two entries


class Looker:
    """Looks at the pages of one PDF, one after another, while each of them is open."""

    def __init__(self, limits: Settings, begin: Callable[[], None]) -> None:
        """``begin`` is called before the first page is rendered."""
        self._limits = limits
        self._budget = Budget(limits.render_cpu, begin)
        self._found: list[Unseen] = []
        self._seen: dict[int, list[str]] = {}
        self._pages: list[int] = []
        self._late: list[int] = []
        self._words: list[tuple[str, int, Box | None]] = []
        self._beyond: list[Fact] = []

    def at(self, handle: Any, page: Page) -> None:
        """Look at one page. Nothing may be read from ``handle`` afterwards."""
        self._pages.append(page.number)
        if (page.codes > 0x24F).any():
            self._words += [
                (word, page.number, box_of(page, chars))
                for word, chars in raw_words(page)
                if may_be_odd(word)
            ]
        try:
            found, seen, beyond = look(handle, page, self._limits, self._budget)
        except TooSlow:
            self._late.append(page.number)
            return
        if beyond:
            said = f"{beyond} text objects inside of more than {MARKS} marks, or of one that says too much"
            self._beyond.append(
                Fact(name=f"pdf.actual_text{CUT}", value=said, where="page", page=page.number)
            )
        if found:
            self._found += found
            self._seen[page.number] = seen

    def result(self, rows: Sequence[Row]) -> tuple[list[Hidden] | None, list[Fact], list[Problem]]:
        """Entries, facts and problems, with the ``rows`` of all pages; no entries if no page was looked at."""
        problems = []
        if self._late:
            said = ", ".join(map(str, self._late[:10])) + (" …" if len(self._late) > 10 else "")
            problems.append(
                Problem(
                    code="not_rendered",
                    message=f"Rendering took more than {self._limits.render_cpu} s of CPU: nobody looked for hidden "
                    f"text on {len(self._late)} of {len(self._pages)} pages ({said}). Look at them by hand, or set "
                    "FORENSICS_RENDER_CPU higher.",
                )
            )
        if len(self._late) == len(self._pages):
            return None, [], problems
        visible = [word for words in self._seen.values() for word in words]
        if self._found:
            visible += [row.text for row in rows if row.page not in self._seen]
        hidden, facts = settle(self._found, visible, "pdf")
        hidden += self._odd()
        return hidden, [*facts, *self._beyond], problems

    def _odd(self) -> list[Hidden]:
        """One entry for each page and reason."""
        words: dict[tuple[int, str], list[tuple[str, Box | None]]] = {}
        for odd in odd_words([word for word, _, _ in self._words]):
            _, page, box = self._words[odd.number]
            words.setdefault((page, odd.why), []).append((odd.text, box))
        return [
            Hidden(
                text=" ".join(text for text, _ in found),
                why=why,
                page=page,
                bbox=around([box for _, box in found if box is not None]),
            )
            for (page, why), found in sorted(words.items())
        ]


def look(handle: Any, page: Page, limits: Settings, budget: Budget) -> tuple[list[Unseen], list[str], int]:
    """What of ``page`` nobody sees, the words that are seen if there is any such thing, and a number.

    The number is that of the text objects of which not all ActualText was looked at. Raises
    :class:`~forensics.documents.render.TooSlow`. Nothing may be read from ``handle`` afterwards.
    """
    if not is_letter(page.codes).any():
        return [], [], 0
    deadline = budget.start()
    try:
        canvas = Canvas(handle, (page.width, page.height), _scale(page, limits.render_pixels), deadline)
        objects = Objects(handle)
        texts = objects.texts(limits.max_page_objects)
        replaced = Replaced(handle, page, texts)
        found = unseen(handle, page, objects, texts, limits.max_page_objects, canvas)
    finally:
        budget.stop(deadline)
    for index, chars, why in _small(page, replaced.objects):
        found.setdefault(index, (chars, why))
    false = false_letters(page)
    if not found and not replaced.found and not false:
        return [], [], replaced.beyond
    dark = np.isin(page.item, np.array(list(replaced.false), dtype=page.item.dtype))
    for chars, _ in false:
        dark[chars] = True
    for chars, why in found.values():
        if why != "pictured":
            dark[chars] = True
    runs = [*_runs(page, found), *replaced.found, *(run for _, run in false)]
    unread = {int(page.item[chars[0]]) for chars, _ in found.values()}
    read = [glyphs for address, glyphs in replaced.glyphs.items() if address not in unread]
    return runs, [*said(page, np.flatnonzero(~dark)), *read], replaced.beyond


def _scale(page: Page, pixels: int) -> float:
    usual = float(np.median(page.size)) if len(page) else _USUAL
    scale = min(_SCALES[1], max(_SCALES[0], _SCALES[0] * _USUAL / max(1.0, usual)))
    return min(scale, math.sqrt(pixels / max(1.0, page.width * page.height)))


def _small(page: Page, replaced: set[int]) -> list[tuple[int, np.ndarray, str]]:
    """The objects whose letters are too small, or squeezed too close together, to be read.

    Many letters that all stand in one place are what a map says of a single glyph.
    """
    items = items_of(page)
    size = np.zeros(len(items.item))
    np.maximum.at(size, items.owner, page.size)
    usual = float(np.median(page.size))
    small = (size < (min(_TINY, 0.45 * usual) if usual < 2 * _TINY else _TINY)) & (items.letters > 0)
    extent = np.maximum(items.right - items.left, items.bottom - items.top)
    squeezed = (items.letters >= 8) & (extent < _THIN * size * items.letters)
    squeezed &= ~np.isin(items.item, np.array(list(replaced), dtype=items.item.dtype))
    found = []
    for index in np.flatnonzero(small | squeezed).tolist():
        chars = np.flatnonzero(items.owner == index)
        places = len(np.unique(np.round(page.x0[chars] + page.top[chars], 2)))
        one = bool(squeezed[index]) and places <= max(1, len(chars) // 4)
        found.append((index, chars, "text_layer_mismatch" if one else "tiny_text"))
    return found


def _runs(page: Page, found: dict[int, tuple[np.ndarray, str]]) -> list[Unseen]:
    """Neighbouring objects that are not seen for the same reason, as one run each."""
    runs: list[tuple[str, list[np.ndarray]]] = []
    for before, index in pairwise((None, *sorted(found))):
        assert index is not None
        chars, why = found[index]
        if (
            runs
            and before is not None
            and runs[-1][0] == why
            and (why in ("pictured", "unknown") or _are_near(page, runs[-1][1][-1], chars))
        ):
            runs[-1][1].append(chars)
        else:
            runs.append((why, [chars]))
    result = []
    for why, parts in runs:
        chars = np.sort(np.concatenate(parts))
        text = " ".join(said(page, chars))
        if text:
            pieces = tuple(" ".join(said(page, part)) for part in parts)
            result.append(
                Unseen(text=text, why=why, page=page.number, bbox=box_of(page, chars), pieces=pieces)
            )
    return result


def _are_near(page: Page, before: np.ndarray, chars: np.ndarray) -> bool:
    size = float(max(page.size[before].max(), page.size[chars].max(), 1.0))
    down = max(
        float(page.top[chars].min() - page.bottom[before].max()),
        float(page.top[before].min() - page.bottom[chars].max()),
    )
    across = max(
        float(page.x0[chars].min() - page.x1[before].max()),
        float(page.x0[before].min() - page.x1[chars].max()),
    )
    return down < _NEAR * size and across < 2 * _NEAR * size
