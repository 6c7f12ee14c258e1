"""Hyphens at the ends of lines: which of them belong to a compound, and which only divide a word.

Both look the same on paper (and pdfium reports both as U+0002). What tells them apart is the document: one
that divides words at all does so often, or leaves parts that are no words. In any other document a hyphen
at the end of a line is the writer's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"\w+(?:-\w+)*")
_START = re.compile(r"[^\W\d_]+")
_END = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_MARKS = ("-", "\u2010", "\u00ad")

_COMPOUND = frozenset(
    (
        "all anti back best co cross data de dual e end ex fast first fault five four front "
        "full half hands hard high in inter io key large long low lower mid mission multi "
        "mini near net new next non object off on one open part peer pre problem re real role "
        "second self semi service single six small soft state sub team tech ten test third three "
        "time top two ultra under up user well wide work world"
    ).split()
)
_SECOND = frozenset(
    (
        "based driven end oriented level time year term wide related specific ready scale "
        "side facing functional friendly focused performance party stack platform house site "
        "date effective efficient minded solving making building quality paced free able "
        "hand on off up to of in by led"
    ).split()
)
_SUFFIX = re.compile(
    r"(?:[cglmnprstv]{0,2}(?:[ts]ions?|[ts]ional(?:ly)?|ments?|mentation|ness|ity|ities|ability|ible|ibility|"
    r"ance|ences?|ancy|ency|ative|ively|ously|tures?|tural|cally|cians?|[tcs]ial|[tcs]ially|[iy]zed?|izing|"
    r"ization|ating|ators?|neers?|neering)|[cdgmntvz]?ings?|tors?|ers|ted|cal|(?!by\b)[a-z]{1,2})"
)
"""What remains of a divided word and is no word itself."""

_REST = re.compile(r"[a-z]{1,6}(?:ments?|[ts]ions?)")
_WHOLE = frozenset(
    (
        "action actions auction caption caution citation creation donation duration edition editions election "
        "emotion equation fiction function functions fraction friction junction location locations mention "
        "mission missions motion nation nations notation option options passion pension portion position positions "
        "ration reaction relation relations rotation section sections selection session sessions solution solutions "
        "station stations taxation tension traction transition transmission tuition vacation version versions vision "
        "fusion division decision decisions mansion expansion extension conversion collection connection correction "
        "direction education foundation generation inspection instruction migration navigation operation operations "
        "population production promotion protection reduction regulation application applications automation "
        "evaluation validation allocation activation addition admission attention condition conditions "
        "construction consumption corruption deduction detection distribution emission execution exception "
        "infection injection integration invention isolation iteration permission perfection prevention question "
        "questions resolution retention revision satisfaction simulation supervision translation "
        "comment comments moment moments segment segments element elements document documents payment payments "
        "agreement agreements statement statements department departments treatment investment investments "
        "movement management employment equipment cement shipment shipments placement settlement deployment "
        "deployments development environment environments requirement requirements commitment achievement "
        "assessment assignment adjustment government instrument instruments measurement procurement recruitment "
        "replacement retirement supplement apartment experiment implement basement pavement"
    ).split()
)
"""What ends like the rest of a divided word and is a word itself."""

_STUMP = frozenset(
    (
        "accom acqui admin admini archi bene busi certi collab communi compe compli compu concep coor coordi "
        "cus deci deliv des devel dis docu effi electri engi engin envi environ equip estab evalu exe "
        "expe experi facili finan founda imple improv indus infor initia inno inte integra interna "
        "inves knowl labora manag manu mea mech moni nego opera oppor opti organi oversaw "
        "partici perfor practi prepa presen produc profes progra proj promo provi publi "
        "quali recom regu rela repre require requi res respon secu signifi simu solu speci strate stra struc "
        "suc superv sup sys techni tempo therm trans utili vali vari"
    ).split()
)
"""How words that résumés are full of begin, cut where typesetters cut them."""


def divides(text: str, after: str) -> bool:
    """Whether a hyphen at the end of ``text`` stands inside a word that goes on in the line ``after``."""
    if not text.endswith(_MARKS):
        return False
    end, start = _END.search(text), _START.match(after)
    if not end or not start or not (len(end[1]) > 1 or end[1].lower() in _COMPOUND):
        return False
    return after[0].islower() or (end[1][0].isupper() and start[0][1:].islower())


class Hyphens:
    """What the lines of one document say about its hyphens."""

    def __init__(self, lines: Sequence[tuple[str, int]]) -> None:
        """``lines`` are texts and the numbers of their blocks, in order."""
        self._words: Counter[str] = Counter()
        wrapped = divided = 0
        ends: list[tuple[str, str]] = []
        for (text, block), (after, next_block) in pairwise(lines):
            if block != next_block:
                continue
            if divides(text, after):
                divided += 1
                ends.append((text, after))
            wrapped += after[:1].islower()
        for text, _ in lines if ends else ():
            self._words.update(_WORD.findall(text.lower()))
        for text, after in ends:  # the halves of a divided word say nothing about whether they are words
            end, start = _END.search(text), _START.match(after)
            self._words.subtract(part.lower() for part in (end and end[1], start and start[0]) if part)
        self._divides = divided >= 3 and divided > 0.08 * wrapped
        self._divides = self._divides or any(self._is_cut(*parts) for parts in ends)

    def keep(self, text: str, after: str) -> bool:
        """Whether the hyphen at the end of ``text``, which goes on in ``after``, is the writer's own."""
        end, start = _END.search(text), _START.match(after)
        if end is None or start is None or after[0].isupper():
            return True
        head, tail = end[1].lower(), start[0].lower()
        if head + tail in self._words:
            return False
        if f"{head}-{tail}" in self._words or head in _COMPOUND or tail in _SECOND:
            return True
        if self._words[head] > 1 and self._words[tail] > 1:  # both are words that stand elsewhere alone
            return True
        return not self._divides

    def _is_cut(self, text: str, after: str) -> bool:
        """Whether the hyphen plainly divides a word."""
        end, start = _END.search(text), _START.match(after)
        if end is None or start is None:
            return False
        head, tail = end[1].lower(), start[0].lower()
        if _REST.fullmatch(tail) and tail not in _WHOLE:
            return True
        if f"{head}-{tail}" in self._words or (head in _COMPOUND and head + tail not in self._words):
            return False
        if head + tail in self._words or head in _STUMP:
            return True
        return _SUFFIX.fullmatch(tail) is not None and tail not in _SECOND
