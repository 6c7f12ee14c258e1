"""The second way to read a PDF: pdfplumber behind the page model, slower and with other weaknesses than pdfium."""

from __future__ import annotations

import io
import logging
import math
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from forensics.documents.page import Face, Page
from forensics.errors import ReadError
from forensics.settings import Settings

_UNKNOWN = 0xFFFD
_WIN_ANSI_BULLETS = {f"(cid:{code})" for code in (127, 129, 141, 143, 144, 157)}
"""ISO 32000-1, annex D.2, note 3: codes that WinAnsiEncoding leaves free print a bullet."""

CHECK_SECONDS = 3.0
"""CPU seconds that a cross-check of one file may take: pdfplumber takes any time over some files."""


class Late(BaseException):
    """The time for a cross-check is used up. No Exception: pdfminer swallows those, and goes on."""


class Plumber:
    """One PDF, opened by pdfplumber; a context manager. Only the reading process opens any."""

    def __init__(self, data: bytes, limits: Settings) -> None:
        """Raises :class:`~forensics.errors.ReadError` ``encrypted`` or ``damaged``."""
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect

        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
        self._limits = limits
        try:
            self._pdf = pdfplumber.open(io.BytesIO(data))
            self._pages = list(self._pdf.pages)
        except MemoryError:
            raise
        except Exception as wrong:
            if isinstance(wrong, PDFPasswordIncorrect) or any(
                isinstance(each, PDFPasswordIncorrect) for each in (*wrong.args, wrong.__cause__)
            ):
                raise ReadError(
                    "encrypted", "The PDF asks for a password: ask for a copy without one."
                ) from None
            raise ReadError(
                "damaged",
                "The PDF is damaged or cut short: ask for it again, or open it and print it to a new PDF.",
            ) from wrong

    def __enter__(self) -> Plumber:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    def __len__(self) -> int:
        return len(self._pages)

    def page(self, number: int) -> Page | None:
        """The page ``number`` (from 1) as :func:`forensics.documents.page.read_page` gives it.

        ``None`` if there is no such page or it cannot be read. ``letterforms`` and ``item`` are empty: what they
        serve needs pdfium. Alpha and render modes are not known.
        """
        if not 0 < number <= len(self._pages):
            return None
        page = self._pages[number - 1]
        try:
            return _page(page, number, self._limits)
        except (MemoryError, Late):
            raise
        except Exception:  # pdfminer raises whatever comes, TypeError mostly
            return None
        finally:
            page.close()


@contextmanager
def within(seconds: float = CHECK_SECONDS) -> Iterator[None]:
    """Run what is inside for at most ``seconds`` of CPU time, then raise :class:`Late` in it.

    pdfminer is pure Python, so a look at the clock at each call is enough; no signal and no thread is needed.
    """
    deadline = time.process_time() + seconds
    before = sys.getprofile()

    def look(frame: Any, event: str, argument: Any) -> None:
        if event == "call" and time.process_time() > deadline:
            raise Late

    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(before)


def legible(page: Page) -> int:
    """How many letters and digits of a page are what they look like: not unknown, not private."""
    codes = page.codes
    letters = (codes >= 0xC0) | ((codes | 32) - 97 < 26) | (codes - 48 < 10)
    return int((letters & ~_is_odd(codes)).sum())


def is_doubtful(page: Page) -> bool:
    """Whether a page has no text, or more than 5 % of it is unknown or private use (bullets and icons apart)."""
    if not len(page):
        return True
    odd = _is_odd(page.codes)
    if not odd.any():
        return False
    beside = np.concatenate(([False], odd[:-1] & ~page.spaced[1:])) | np.concatenate(
        (odd[1:] & ~page.spaced[1:], [False])
    )  # one alone is a bullet or an icon
    odd &= beside | (page.codes == _UNKNOWN)
    return bool(odd.sum() > 0.05 * len(page))


def _is_odd(codes: np.ndarray) -> np.ndarray:
    found: np.ndarray = (
        ((codes >= 0xE000) & (codes <= 0xF8FF)) | (codes >= 0xF0000) | (codes == _UNKNOWN) | (codes == 0xFFFE)
    )
    return found


def _page(page: Any, number: int, limits: Settings) -> Page:
    frame = _Frame(page)
    chars: list[dict[str, Any]] = page.chars
    cut = max(0, len(chars) - limits.max_page_chars)
    letters = _Letters(chars[: limits.max_page_chars], frame)
    drawn = [*page.rects, *page.lines, *page.curves]
    shapes = np.array([frame.box(each) for each in drawn[: limits.max_page_objects]]).reshape(-1, 4)
    space = letters.space
    keep = np.flatnonzero(~space & np.isfinite(letters.place).all(axis=1))
    blanks = np.cumsum(space)
    spaced = np.zeros(len(keep), dtype=bool)
    spaced[1:] = blanks[keep[1:]] > blanks[keep[:-1]]
    x0, top, x1, bottom, base, size = letters.place[keep].T.copy()
    return Page(
        number=number,
        width=frame.width,
        height=frame.height,
        codes=letters.codes[keep],
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        base=base,
        size=size,
        face=letters.face[keep],
        turn=letters.turn[keep],
        spaced=spaced,
        item=np.zeros(len(keep), dtype=np.uint64),
        letterforms=np.zeros((0, 5)),
        faces=tuple(letters.faces) or (_plain_face(),),
        shapes=shapes,
        cut=cut,
        unseen=max(0, len(drawn) - limits.max_page_objects),
    )


class _Frame:
    """From pdfplumber's coordinates (media box) to points from the top left of the crop box, as shown."""

    def __init__(self, page: Any) -> None:
        media = _box(page.page_obj.attrs.get("MediaBox"), (0.0, 0.0, 612.0, 792.0))
        crop = _box(page.page_obj.attrs.get("CropBox"), media)
        crop = (
            max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
        )  # fmt: skip
        if crop[0] >= crop[2] or crop[1] >= crop[3]:
            crop = media
        left, low = crop[0] - media[0], crop[1] - media[1]
        right, high = media[2] - crop[2], media[3] - crop[3]
        quarter = int(page.rotation) // 90 % 4
        self.dx, self.dy = ((left, high), (low, left), (right, low), (high, right))[quarter]
        across, down = crop[2] - crop[0], crop[3] - crop[1]
        self.width, self.height = (across, down) if quarter % 2 == 0 else (down, across)
        self._x, self._top = (float(side) for side in page.mediabox[:2])
        self.media_height = float(page.mediabox[3]) - float(page.mediabox[1])

    def box(self, item: dict[str, Any]) -> tuple[float, float, float, float]:
        """``x0, top, x1, bottom`` of a character or shape as shown."""
        dx, dy = self._x + self.dx, self._top + self.dy
        return item["x0"] - dx, item["top"] - dy, item["x1"] - dx, item["bottom"] - dy

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the text matrix is shown."""
        return x - self.dx, self.media_height - y - self.dy


def _box(said: Any, otherwise: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    from pdfminer.pdftypes import resolve_all

    try:
        ax, ay, bx, by = (float(side) for side in resolve_all(said))
    except (TypeError, ValueError):
        return otherwise
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


class _Letters:
    """The characters of a page as columns; ``place`` has rows x0, top, x1, bottom, base, size."""

    def __init__(self, chars: Sequence[dict[str, Any]], frame: _Frame) -> None:
        self.faces: list[Face] = []
        known: dict[tuple[Any, ...], int] = {}
        codes: list[int] = []
        rows: list[tuple[float, ...]] = []
        faces: list[int] = []
        turns: list[int] = []
        for char in chars:
            text = char["text"] or "\ufffd"
            if text.startswith("(cid:"):
                text = "•" if text in _WIN_ANSI_BULLETS else "\ufffd"
            a, b, _, _, e, f = char["matrix"]
            turn = round(-math.atan2(b, a) / (math.pi / 2)) % 4
            x0, top, x1, bottom = frame.box(char)
            x, y = frame.point(e, f)
            size = round(bottom - top if turn % 2 == 0 else x1 - x0, 3)
            colour = _rgba(char.get("non_stroking_color"))
            key = (char["fontname"], size, colour)
            if key not in known:
                known[key] = len(self.faces)
                self.faces.append(_face(*key))
            for at, letter in enumerate(text):  # several letters of one glyph share its width
                share0, share1 = at / len(text), (at + 1) / len(text)
                if turn % 2 == 0:
                    place = (x0 + share0 * (x1 - x0), top, x0 + share1 * (x1 - x0), bottom)
                else:
                    place = (x0, top + share0 * (bottom - top), x1, top + share1 * (bottom - top))
                codes.append(ord(letter))
                rows.append((*place, y if turn % 2 == 0 else x, size))
                faces.append(known[key])
                turns.append(turn)
        found = np.array(codes, dtype=np.uint32)
        found[(found >= 0xD800) & (found < 0xE000)] = _UNKNOWN
        self.codes = found
        self.place = np.array(rows, dtype=np.float64).reshape(-1, 6)
        self.face = np.array(faces, dtype=np.int64)
        self.turn = np.array(turns, dtype=np.int32)
        self.space = (
            (found <= 32) | (found == 0xA0) | ((found >= 0x2000) & (found <= 0x200A)) | (found == 0x3000)
        )


def _plain_face() -> Face:
    return _face("", 0.0, (0, 0, 0, 255))


def _face(font: str, size: float, colour: tuple[int, int, int, int]) -> Face:
    name = font.partition("+")[2] or font
    return Face(font=name, handle=0, size=size, weight=400, colour=colour, mode=0)


def _rgba(colour: Any) -> tuple[int, int, int, int]:
    """Red, green, blue and alpha (always 255) of a grey, RGB or CMYK colour; black for a pattern."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return 0, 0, 0, 255
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = tuple((1 - each) * (1 - black) for each in (cyan, magenta, yellow))
    if len(parts) == 1:
        parts = parts * 3
    if len(parts) != 3:
        return 0, 0, 0, 255
    red, green, blue = (round(255 * min(1.0, max(0.0, float(part)))) for part in parts)
    return red, green, blue, 255
