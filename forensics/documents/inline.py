"""Long lines that hold what other files put on many: lists, headings, sometimes a whole résumé."""

from __future__ import annotations

import re
from itertools import pairwise

from forensics.documents.rows import is_open
from forensics.documents.sections import heading_section, heading_words

_LONG = 240  # characters: a shorter line is one line
_GLYPHS = r"[•‣⁃∙▪▫■□▸►▶➢➤➔✓✔❖●◦◆◇★☆\uf0a7\uf0b7\uf0d8\u2756]|â€¢|Â·|ï‚·"
_BULLET = re.compile(rf"(?<!\S)(?:{_GLYPHS})+(?=\s|\w)|(?:{_GLYPHS})(?=\s)")
_STAR = re.compile(r"(?<!\S)[*]\s+(?=\S)")
_GAP = re.compile(r"(?<![ \t\u00a0])(?:[ \t\u00a0]{2,}+|\t)(?=[^\W_a-z])")
_BEFORE_HEADING = re.compile(
    r"(?:[.!?;)][\"'”’]?|\d{4}|present|current|\S@\S+|\S\.(?:com|org|net|edu|io|dev))\s*$", re.IGNORECASE
)


def divide(line: str) -> list[tuple[int, int]]:
    """Ranges of ``line`` that are a line each: list items at their bullets, headings, columns of blanks.

    A line of ordinary length stays whole, and so does a long paragraph without any of these. The ranges
    are in order, without blanks at their ends, and leave out nothing else.
    """
    if len(line) < _LONG:
        return [(0, len(line))]
    cuts = {match.start() for match in _BULLET.finditer(line)}
    stars = [match.start() for match in _STAR.finditer(line)]
    cuts.update(stars if len(stars) > 2 else ())
    gaps = [match.end() for match in _GAP.finditer(line) if _parts(line, *match.span())]
    cuts.update(gaps if len(gaps) > 2 else ())
    for start, end in _ranges(line, sorted(cuts)):
        cuts.update((start, end))
    headings = _headings(line, cuts)
    return _with_bullets(line, _ranges(line, sorted(cuts | headings)))


def _parts(line: str, start: int, end: int) -> bool:
    """Whether the blanks ``[start, end)`` part what stands before them from what comes after."""
    before, blanks = line[max(0, start - 60) : start], line[start:end]
    after = line[end : end + 1]
    if not after.isalnum() or after.islower() or is_open(before):
        return False
    if not before[-1:].isalnum() and before[-1:] not in ".!?)]\"'”’:":
        return False
    if len(blanks) == 2 and "\t" not in blanks and not before[-1:].isalnum():
        return False  # two blanks after a full stop are an old habit of typing
    name = re.split(r"\s{2,}", before.rstrip(":"))[-1]
    return not before.endswith(":") or heading_section(name) is not None


def _ranges(line: str, cuts: list[int]) -> list[tuple[int, int]]:
    found = []
    for first, last in pairwise([0, *cuts, len(line)]):
        content = line[first:last].strip()
        if content:
            start = line.index(content, first)
            found.append((start, start + len(content)))
    return found


def _headings(line: str, cuts: set[int]) -> set[int]:
    """Where headings begin and end inside running text, at least two of them.

    In capitals a name that we know is a heading wherever its neighbours are not in capitals too; else it
    has to follow the end of something and to be followed by the beginning of something.
    """
    found: list[tuple[int, int]] = []
    for first, last in heading_words(line):
        before, after = line[max(0, first - 80) : first], line[last : last + 80]
        near = (before.split()[-1:] or [""])[0], (after.split(None, 1) or [""])[0]
        if line[first:last].isupper():
            fits = last - first > 3 and not any(len(word) > 1 and word.isupper() for word in near)
        else:
            fits = near[1][:1].isupper() or near[1][:1].isdigit()
            fits = fits and (
                not before.strip() or first in cuts or _BEFORE_HEADING.search(before) is not None
            )
        if fits:
            found.append((first, last))
    return {at for each in found for at in each} if len(found) > 1 else set()


def _with_bullets(line: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A bullet that stands alone belongs to what follows it."""
    found: list[tuple[int, int]] = []
    pending: int | None = None
    for start, end in parts:
        if _BULLET.fullmatch(line, start, end) or line[start:end] == "*":
            pending = start if pending is None else pending
            continue
        found.append((start if pending is None else pending, end))
        pending = None
    if pending is not None:
        found.append((pending, parts[-1][1]))
    return found
