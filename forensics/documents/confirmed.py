"""Text layers unlike what is seen: Tesseract reads those places of the page, and confirms or refutes it."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from forensics.documents.document import Document, Fact, Hidden, Problem, Unreadable
from forensics.documents.limited import Failed
from forensics.documents.ocr import WIDTH, read_picture, tesseract
from forensics.documents.pictures import Picture, grey_of, png
from forensics.documents.seen import Seen
from forensics.settings import Settings, settings

NAME = "pdf.text_layer_by_ocr"
"""The fact that says what OCR reads at an entry."""

CONFIRMED = "confirmed by OCR"
"""How the fact of a confirmed entry begins."""

_AGREE = 0.8  # share of an entry's letters that OCR reads as well …
_LACK = 16  # … with no stretch of so many letters that it does not: words slipped into honest ones
_DIFFER = 0.5
_SURE = 60.0  # percent
_ENOUGH = 6  # letters read surely, to say that something else stands there
_LONGEST = 8_000  # letters of an entry that are compared
_READ = 20_000  # letters of a reading that are compared
_MARGIN = 3.0  # points around a box
_BORDER = 20  # pixels of ground around a crop: Tesseract misses letters at the edge
_MOST = 2 * 2**20  # pixels of a crop that is enlarged
_SECONDS = 10  # for one reading
_IN_ALL = 40.0  # seconds on the clock for one file
_SHOWN = 200


def confirmed(
    found: Document | Unreadable, data: bytes, draw: Callable[..., tuple[Picture, ...] | Problem]
) -> Document | Unreadable:
    """``found``, without the entries ``text_layer_mismatch`` that OCR refutes, with facts of what it reads.

    ``draw`` makes pictures of pages, as :meth:`Reader.render` does. An entry goes when Tesseract reads in its box
    what the text layer says; it stays when it reads something else, reads nothing, or is not there. At most
    ``FORENSICS_OCR_BOXES`` entries are looked at.
    """
    if isinstance(found, Unreadable) or found.format != "pdf":
        return found
    doubted = [each for each in found.hidden or () if each.why == "text_layer_mismatch"]
    if not doubted:
        return found
    limits = settings()
    program = tesseract(limits)
    if program is None:
        why = "tesseract-ocr is not installed, or FORENSICS_OCR is 0"
        return replace(found, facts=(*found.facts, *(_doubt(each, why) for each in doubted)))
    looked = doubted[: max(0, limits.ocr_boxes)]
    refuted: set[int] = set()
    facts: list[Fact] = []
    for entry, verdict in _verdicts(looked, data, draw, program, limits):
        facts.append(verdict.fact)
        if verdict.refuted:
            refuted.add(id(entry))
    problems = found.problems
    if len(looked) < len(doubted):
        said = (
            f"{len(doubted)} texts look unlike the text layer; the first {len(looked)} were compared with what OCR "
            "reads there. Set FORENSICS_OCR_BOXES higher to compare more."
        )
        problems = (*problems, Problem(code="too_large", message=said))
    return replace(
        found,
        hidden=tuple(each for each in found.hidden or () if id(each) not in refuted),
        facts=(*found.facts, *facts),
        problems=problems,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    fact: Fact
    refuted: bool = False


def _verdicts(
    entries: Sequence[Hidden],
    data: bytes,
    draw: Callable[..., tuple[Picture, ...] | Problem],
    program: str,
    limits: Settings,
) -> Iterator[tuple[Hidden, _Verdict]]:
    """Each entry, page by page, with what OCR says of it."""
    deadline = time.monotonic() + _IN_ALL
    for page in sorted({each.page or 0 for each in entries}):
        drawn = draw(data, [page], width=2 * WIDTH) if time.monotonic() < deadline else ()
        grey = None
        if not isinstance(drawn, Problem) and drawn:
            try:
                grey = grey_of(drawn[0])
            except ValueError:
                grey = None
        for entry in entries:
            if (entry.page or 0) != page:
                continue
            if time.monotonic() >= deadline:
                yield entry, _Verdict(fact=_doubt(entry, "there was no time left for this file"))
            elif grey is None or isinstance(drawn, Problem):
                yield entry, _Verdict(fact=_doubt(entry, "its page could not be drawn"))
            else:
                yield entry, _verdict(entry, grey, drawn[0], program, limits, deadline)


def _verdict(
    entry: Hidden, grey: Any, picture: Picture, program: str, limits: Settings, deadline: float
) -> _Verdict:
    said = _letters(entry.text)
    if len(said) > _LONGEST:
        return _Verdict(fact=_doubt(entry, f"it has more than {_LONGEST} letters"))
    best, alike, slow = "", 0.0, False
    for crop, layout in _crops(entry, grey, picture):
        left = int(min(_SECONDS, deadline - time.monotonic()))
        try:
            words = read_picture(crop, program, limits, layout=layout, seconds=max(1, left))
        except Failed:
            slow = True
            continue
        share, lack = shared(said, _letters(" ".join(each.text for each in words))[:_READ])
        if share >= _AGREE and lack < _LACK:
            value = f"refuted by OCR, which reads on the page what the text layer says: {_short(entry.text)}"
            return _Verdict(fact=_fact(entry, value), refuted=True)
        alike = max(alike, share)
        best = max(best, _surely(words), key=lambda text: len(_letters(text)))
    if len(_letters(best)) < _ENOUGH:
        return _Verdict(fact=_doubt(entry, "OCR failed" if slow else "OCR reads nothing there"))
    if alike >= _DIFFER:
        return _Verdict(fact=_doubt(entry, f"it reads partly the same there: {_short(best)}"))
    if not _same_script(said, _letters(best)):
        return _Verdict(
            fact=_doubt(entry, f"FORENSICS_OCR_LANGUAGES={limits.ocr_languages} lacks its letters")
        )
    value = f"{CONFIRMED}, which reads on the page: {_short(best)} / the text layer says there: {_short(entry.text)}"
    return _Verdict(fact=_fact(entry, value))


def _crops(entry: Hidden, grey: Any, picture: Picture) -> Iterator[tuple[Picture, int]]:
    """Pictures of the entry's box, enlarged, and how Tesseract is to take them: turned ones for a tall box."""
    import numpy as np

    if entry.bbox is None:
        return
    scale = picture.pixels[0] / picture.points[0]
    x0, top = (max(0, int((side - _MARGIN) * scale)) for side in entry.bbox[:2])
    x1, bottom = (max(0, int((side + _MARGIN) * scale) + 1) for side in entry.bbox[2:])
    crop = grey[top:bottom, x0:x1]
    if min(crop.shape) < 4:
        return
    times = 1
    while times < 4 and crop.size <= _MOST:
        crop, times = _doubled(crop), 2 * times
    edge = np.concatenate((crop[0], crop[-1], crop[:, 0], crop[:, -1]))
    crop = np.pad(crop, _BORDER, constant_values=int(np.median(edge)))
    tall = crop.shape[0] > 2 * crop.shape[1]
    for turns, layout in ((0, 6), (0, 3), *(((1, 6), (3, 6)) if tall else ())):
        turned = np.ascontiguousarray(np.rot90(crop, turns))
        height, width = turned.shape
        size = (width / (scale * times), height / (scale * times))
        yield Picture(page=picture.page, pixels=(width, height), points=size, png=png(turned)), layout


def _doubled(grey: Any) -> Any:
    """Twice as wide and as high, with the means of neighbours between them."""
    import numpy as np

    wide = grey.astype(np.uint16)
    for axis in (0, 1):
        after = np.concatenate((np.delete(wide, 0, axis), np.take(wide, [-1], axis)), axis)
        shape = [size * (2 if at == axis else 1) for at, size in enumerate(wide.shape)]
        wide = np.stack((wide, (wide + after) // 2), axis + 1).reshape(shape)
    return wide.astype(np.uint8)


def shared(said: str, read: str) -> tuple[float, int]:
    """The share of the letters ``said`` that ``read`` has in the same order, and its longest stretch without.

    Letters count where three in a row are part of the longest common subsequence of threes, found by bits
    (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004): time goes by the length of ``read`` alone.
    """
    threes = [said[at : at + 3] for at in range(len(said) - 2)]
    places: dict[str, int] = {}
    for at, three in enumerate(threes):
        places[three] = places.get(three, 0) | 1 << at
    full = (1 << len(threes)) - 1
    row, rows = full, []
    for at in range(len(read) - 2):
        both = row & places.get(read[at : at + 3], 0)
        row = ((row + both) | (row - both)) & full
        rows.append(row)
    has = bytearray(len(said))
    left, at = len(threes), len(rows)
    while left and at:
        bit = 1 << left - 1
        if rows[at - 1] & bit:
            left -= 1
            continue
        at -= 1
        if at and not rows[at - 1] & bit:
            continue
        left -= 1
        has[left : left + 3] = b"\x01\x01\x01"
    lacks = bytes(has).split(b"\x01")
    return sum(has) / max(1, len(said)), max(map(len, lacks))


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def _surely(words: Sequence[Seen]) -> str:
    return " ".join(each.text for each in words if each.sure >= _SURE)


def _same_script(said: str, read: str) -> bool:
    """Whether OCR can know the letters of the text layer: it reads any others as the ones that it knows."""

    def foreign(text: str) -> bool:
        letters = [char for char in text if char.isalpha()]
        return sum(ord(char) > 0x24F for char in letters) > 0.5 * len(letters)

    return not foreign(said) or foreign(read)


def _short(text: str) -> str:
    return text[:_SHOWN] + ("…" if len(text) > _SHOWN else "")


def _doubt(entry: Hidden, why: str) -> Fact:
    return _fact(entry, f"not confirmed by OCR ({why}): {_short(entry.text)}")


def _fact(entry: Hidden, value: str) -> Fact:
    return Fact(
        name=NAME,
        value=value,
        where=entry.where or f"page {entry.page}",
        page=entry.page,
        bbox=entry.bbox,
    )
