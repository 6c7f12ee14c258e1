"""Work history: the headings of jobs, and which of their pieces is the employer, the title, the place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from forensics.features.again import trimmed
from forensics.features.features import Entity
from forensics.features.gazetteers import company_suffixes, title_heads
from forensics.features.pieces import Piece, last_word, pieces, proper, verbal
from forensics.features.places import is_place
from forensics.features.sheet import BLANK, Row, Sheet
from forensics.features.told import Told, is_client, told, undated
from forensics.features.voter import WEIGHT, organisations

_LABELLED = re.compile(
    r"\W*(?:(?P<firm>company|employer|client|organi[sz]ation|firm|end client|name of (?:the )?employer|"
    r"arbeitgeber|unternehmen|firma|entreprise|employeur|empresa)(?:[ ]name)?|"
    r"(?P<post>role|title|job title|position|designation|position held|occupation or position held|"
    r"position title|stelle|funktion|poste|cargo|puesto))\s*[:–-]\s+(?P<rest>\S.*)",
    re.I,
)
_ASIDE = re.compile(
    r"\W*(?:environment|technologies|technology|tools|tech stack|stack|skills|project|team size|responsibilities|"
    r"description|achievements|duration|key achievements|main activities|supervisor|salary|hours)\b[^:]{0,20}:",
    re.I,
)
_PARTICULARS = re.compile(r"\W*(?:hours|salary|pay|grade|series|gs-?\d|supervisor|schedule)\b", re.I)
_PROJECT = re.compile(
    r"\W*(?:project|projekt|projet|proyecto)s?(?:[ ](?:title|name|\d+|#\d+))?\b[ ]*[:–—-]?", re.I
)
_OVER = frozenset("director president manager head lead officer vp chief executive partner principal".split())
"""What somebody is over something: its name belongs to the title, where after "Engineer" it is a team."""
_HANGS = re.compile(r",[ ]|[ ][-–—][ ]")
_REACH = 3
"""At most so many rows above and below its dates belong to the heading of a job."""

Slot = tuple[int, int]
"""Where a piece stands: rows below the dates' row (negative above), pieces before it in its row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The heading of a job as it was read: its rows in order, and the entities that name it."""

    rows: tuple[Row, ...]
    employer: Entity | None
    title: Entity | None
    dates: Entity | None


def find_posts(sheet: Sheet) -> tuple[Post, ...]:
    """Take employers and titles in the headings of jobs; the headings, in the order of the text.

    A heading is found by its dates, or by a title and an employer at the top of a block. Of its pieces the title
    is known by its noun, the place by the list, the employer by its form ("Inc.", "Bank"), by standing where the
    other headings of the document have theirs, or because it is the one piece left. Dates must have been read.
    """
    for row in sheet.rows:
        if row.section in {"experience", "projects", "other"} and (match := _LABELLED.match(sheet.rest(row))):
            _read_labelled(sheet, row, match)
    sentences = _sentences(sheet, frozenset({"experience"}))
    heads = [_Heading(sheet, anchor, rows) for anchor, rows in _groups(sheet)]
    heads += [_Heading(sheet, rows[0], rows) for rows in _undated(sheet, heads)]
    heads.sort(key=lambda head: head.rows[0].index)
    habits = _Habits(heads)
    posts: list[Post] = []
    for head in heads:
        if not (posts and head.is_project(posts[-1])):
            posts.append(head.read(habits))
    if not posts and not sentences:
        sentences = _sentences(sheet, frozenset({"header", "summary", "other"}))
    return tuple(sorted([*posts, *sentences], key=lambda post: post.rows[0].index))


def _sentences(sheet: Sheet, sections: frozenset[str]) -> list[Post]:
    """The jobs that sentences of these sections tell; their dates are the first in them."""
    if sheet.document.kind == "cover_letter":
        return []
    return [post for one in list(told(sheet, sections)) if (post := _told(sheet, one))]


def _told(sheet: Sheet, one: Told) -> Post | None:
    taken = []
    for label, (start, end) in (("TITLE", one.title), ("EMPLOYER", one.employer)):
        value = " ".join(sheet.text[start:end].split())
        if not sheet.take(label, start, end, value, f"{label.lower()}-told"):
            return None
        taken.append(sheet.entities[-1])
    last = one.rows[-1].index
    after = sheet.rows[last + 1 : last + 2] if not sheet.in_row(one.rows[-1], "DATE") else ()
    dates = [date for row in (*one.rows, *after) for date in sheet.in_row(row, "DATE")]
    ranged = next((date for date in dates if "/" in date.value), None)
    return Post(rows=one.rows, title=taken[0], employer=taken[1], dates=ranged)


def _undated(sheet: Sheet, heads: Sequence[_Heading]) -> Iterator[tuple[Row, ...]]:
    """Headings without dates in the work history, outside those that have them."""
    if sheet.document.kind == "cover_letter":
        return
    blocked = {row.index for head in heads for row in head.rows}
    work = (row for row in sheet.rows if row.section == "experience")
    free = (row for row in work if all(one.label == "LOCATION" for one in sheet.in_row(row)))
    yield from undated(sheet, blocked, frozenset(row.index for row in free if _headlike(sheet, row)))


def _groups(sheet: Sheet) -> Iterator[tuple[Row, tuple[Row, ...]]]:
    """The row with the dates of each job, and all rows of its heading.

    How many rows stand above the dates is a habit of the document: the first heading below "Experience" shows
    it, where nothing of another job can stand between.
    """
    if sheet.document.kind == "cover_letter":
        return
    sections = {row.section for row in sheet.rows}
    wanted = {"experience"} if "experience" in sections else {"other", "summary", "header"}
    anchors = [row.index for row in sheet.rows if row.section in wanted and _anchor(sheet, row)]
    blocked = set(anchors)
    habit, airy = None, False
    for place, index in enumerate(anchors):
        following = anchors[place + 1] if place + 1 < len(anchors) else len(sheet.rows) + _REACH
        above, opens = _above(sheet, index, wanted, blocked)
        if opens:
            habit, airy = len(above), any(sheet.rows[at + 1].gap for at in above)
        elif not airy:
            above = _until_gap(sheet, above)
        group = [index]
        below = _below(sheet, index, wanted, blocked, following, habit or 0, airy)
        if habit or not below or not opens:
            limit = habit if habit else 0 if _complete(sheet, group) or (habit == 0 and below) else 2
            group += above[:limit]
        for at in below:
            whole = _complete(sheet, group)
            if whole and (at - index > 1 or not is_place(sheet.rest(sheet.rows[at]).strip(" " + BLANK))):
                break
            group.append(at)
            if whole:
                break
        blocked.update(group)
        rows = tuple(sheet.rows[at] for at in sorted(group))
        yield sheet.rows[index], rows


def _above(sheet: Sheet, index: int, wanted: set[str], blocked: set[int]) -> tuple[list[int], bool]:
    """Rows above that may belong to the heading, nearest first; whether nothing else stands above them."""
    found: list[int] = []
    at = index - 1
    while at >= 0 and len(found) < _REACH:
        row = sheet.rows[at]
        if row.section not in wanted or at in blocked or not _headlike(sheet, row):
            break
        if at - 1 in blocked and found and is_place(row.text):
            break  # the place of the job before
        found.append(at)
        at -= 1
    return found, at < 0 or sheet.rows[at].heading or sheet.rows[at].section not in wanted


def _until_gap(sheet: Sheet, above: Sequence[int]) -> list[int]:
    kept: list[int] = []
    for at in above:
        if kept and sheet.rows[at + 1].gap:
            break
        kept.append(at)
    return kept


def _below(
    sheet: Sheet, index: int, wanted: set[str], blocked: set[int], following: int, habit: int, airy: bool
) -> list[int]:
    """Rows below that may belong to the heading, but for those that the next heading has a right to."""
    found: list[int] = []
    for at in range(index + 1, min(index + 1 + _REACH, len(sheet.rows))):
        row = sheet.rows[at]
        apart = row.gap and bool(found) and not airy
        if row.section in wanted and at not in blocked and _PARTICULARS.match(row.text):
            continue
        if row.section not in wanted or at in blocked or apart or not _headlike(sheet, row):
            break
        if following - at <= habit:
            break
        found.append(at)
    return found


def _anchor(sheet: Sheet, row: Row) -> bool:
    dates = sheet.in_row(row, "DATE")
    rest = sheet.rest(row).replace(BLANK, " ").split()
    ranged = any("/" in date.value for date in dates)
    short = len(rest) <= (14 if ranged else 8)
    return (
        bool(dates)
        and short
        and not sheet.in_row(row, "DEGREE")
        and not any(one.rule.endswith("-told") for one in sheet.in_row(row, "TITLE"))
        and not row.heading
        and (not row.bullet or (ranged and len(rest) <= 10))
        and not row.text.endswith(".")
    )


def _headlike(sheet: Sheet, row: Row) -> bool:
    words = row.text.split()
    capital = bool(re.match(r"[#*_]*[ ]?[a-z]?[^a-z\W]|\d", row.text))
    firm = last_word(row.text) in company_suffixes()
    sentence = (
        (row.text.endswith((".", ";", ",")) and not firm) or verbal(row.text) or bool(_ASIDE.match(row.text))
    )
    above = sheet.rows[row.index - 1] if row.index else row
    whole = (row.first or len(above.text.split()) <= 10) and not row.bullet and not row.heading
    return whole and capital and not sentence and len(words) <= 10


def _complete(sheet: Sheet, group: Iterable[int]) -> bool:
    rows = [sheet.rows[at] for at in group]
    kinds = {piece.kind for row in rows for piece in pieces(sheet, row)}
    kinds |= {entity.label.lower() for row in rows for entity in sheet.in_row(row, "EMPLOYER", "TITLE")}
    return "title" in kinds and bool(kinds & {"employer", "unknown"})


class _Heading:
    """One heading before it is read: its pieces by kind."""

    def __init__(self, sheet: Sheet, anchor: Row, rows: tuple[Row, ...]) -> None:
        self.sheet = sheet
        self.anchor = anchor
        self.rows = rows
        self.pieces = [piece for row in rows for piece in pieces(sheet, row)]
        if any(piece.kind in {"employer", "unknown"} and not is_client(piece.row) for piece in self.pieces):
            self.pieces = [piece for piece in self.pieces if not is_client(piece.row)]
        dates = sheet.in_row(anchor, "DATE")
        self.dates = next((date for date in dates if "/" in date.value), dates[0] if dates else None)

    def of(self, kind: str) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind == kind]

    def slot(self, piece: Piece) -> Slot:
        return (piece.row.index - self.anchor.index, piece.place)

    def labelled(self, label: str) -> Entity | None:
        return next((entity for row in self.rows for entity in self.sheet.in_row(row, label)), None)

    def is_project(self, before: Post) -> bool:
        """Whether it heads a project of the job before: called one, or nameless and inside its dates."""
        if any(_PROJECT.match(row.text) for row in self.rows):
            return not self.of("title") or not self.of("employer")
        if self.of("title") or self.of("employer") or self.labelled("TITLE") or self.labelled("EMPLOYER"):
            return False
        if before.employer is None or before.title is None or before.dates is None or self.dates is None:
            return False
        (start, end), (first, last) = _range(self.dates.value), _range(before.dates.value)
        return first[: len(start)] <= start[: len(first)] and end[: len(last)] <= last[: len(end)]

    def read(self, habits: _Habits) -> Post:
        """Take what names the job."""
        employer, title = self.labelled("EMPLOYER"), self.labelled("TITLE")
        if employer is None and title is None:
            firms, titles = habits.decide(self)
            for piece in titles:
                title = self._take("TITLE", self._with_tail(piece, firms, titles), "title") or title
            for piece in firms:
                employer = self._take("EMPLOYER", piece, "employer")
        for piece in self.of("place"):
            value = " ".join(piece.text.split())
            self.sheet.take("LOCATION", piece.start, piece.end, value, "place-heading")
        return Post(rows=self.rows, employer=employer, title=title, dates=self.dates)

    def _with_tail(self, title: Piece, firms: Sequence[Piece], titles: Sequence[Piece]) -> Piece:
        """The title with the team or field that hangs on it: "Director, Clinical Research", "Manager - Operations"."""
        at = self.pieces.index(title) + 1
        after = self.pieces[at] if at < len(self.pieces) else None
        if after is None or after.row is not title.row or after.kind != "unknown":
            return title
        between = self.sheet.text[title.end : after.start]
        if (
            last_word(title.text) not in _OVER
            or not firms
            or after in (*firms, *titles)
            or not _HANGS.fullmatch(between)
        ):
            return title
        return replace(title, end=after.end, text=self.sheet.text[title.start : after.end])

    def _take(self, label: str, piece: Piece, kind: str) -> Entity | None:
        rule = f"{kind}-heading" if piece.kind == kind else f"{kind}-left"
        value = " ".join(piece.text.split())
        weighed = [one for one in self.pieces if one is not piece and one.kind in {kind, "unknown"}]
        others = tuple(" ".join(one.text.split()) for one in weighed)
        if not self.sheet.take(label, piece.start, piece.end, value, rule, others):
            return None
        return self.sheet.entities[-1]


def _range(value: str) -> tuple[str, str]:
    start, _, end = value.partition("/")
    return start, "9999-99" if end == "present" else end or start


class _Habits:
    """Where the headings of this document have their titles and employers: votes for what no list knows."""

    def __init__(self, heads: Sequence[_Heading]) -> None:
        self.votes: dict[str, Counter[Slot]] = {"title": Counter(), "employer": Counter()}
        for head in heads:
            if head.dates is None:
                continue
            for kind, votes in self.votes.items():
                known = head.of(kind)
                if len(known) == 1:
                    votes[head.slot(known[0])] += 1

    def decide(self, head: _Heading) -> tuple[list[Piece], list[Piece]]:
        """The employer (at most one) and the titles (at most two) of a heading."""
        titles, firms, unknown = head.of("title"), head.of("employer"), head.of("unknown")
        if not firms and not unknown and len(titles) > 1:
            firms = [one for one in titles if self._leans(head, one) < 0][:1]
            titles = [one for one in titles if one not in firms]
        if not firms and unknown and (titles or len(unknown) == 1 or self._known(head, unknown)):
            best = max(unknown, key=lambda one: (self._promise(head, one, titles, unknown), -one.start))
            if titles or head.sheet.in_row(best.row, "LOCATION", "DATE") or len(unknown) > 1:
                firms = [best]
        if len(firms) > 1:
            firms = [max(firms, key=lambda one: (self.votes["employer"][head.slot(one)], -one.start))]
        left = [one for one in unknown if one not in firms and (one.strong or not one.place)]
        if not titles and firms and left:
            best = max(left, key=lambda one: (self._leans(head, one), -one.start))
            titles = [best] if self._leans(head, best) > 0 or len(left) == 1 else []
        return firms[:1], titles[:2]

    def _leans(self, head: _Heading, piece: Piece) -> int:
        """Above 0 where other headings have their title, below where they have their employer."""
        slot = head.slot(piece)
        return self.votes["title"][slot] - self.votes["employer"][slot]

    def _known(self, head: _Heading, unknown: Sequence[Piece]) -> bool:
        return any(self._leans(head, one) for one in unknown)

    def _promise(
        self, head: _Heading, piece: Piece, titles: Sequence[Piece], unknown: Sequence[Piece]
    ) -> float:
        """How likely the piece is the employer among pieces that no word list knows."""
        same = [title for title in titles if title.row is piece.row]
        votes: float = 2 * piece.strong + bool(head.sheet.in_row(piece.row, "LOCATION"))
        votes += bool(head.sheet.in_row(piece.row, "DATE")) + bool(same)
        if same and not piece.strong and any(other.strong for other in unknown):
            votes -= 2  # "Engineer, Payments | Acme": what hangs on the title by a comma is a team
        if len(unknown) > 1 and _voted(piece):
            votes += WEIGHT
        leans = self._leans(head, piece)
        return votes - 2 * (leans > 0) + 2 * (leans < 0)


def _voted(piece: Piece) -> bool:
    """Whether a model, where the user names one, takes a part of the piece for an organisation."""
    start, end = piece.start - piece.row.start, piece.end - piece.row.start
    return any(first < end and start < last for first, last in organisations(piece.row.text))


def _employed(sheet: Sheet, client: Row) -> bool:
    """Whether an employer stands in the one or two rows above a row that names a client."""
    for row in reversed(sheet.rows[max(0, client.index - 2) : client.index]):
        if row.heading or row.bullet or not _headlike(sheet, row):
            return False
        if sheet.in_row(row, "EMPLOYER"):
            return True
        if any(piece.kind in {"employer", "unknown"} for piece in pieces(sheet, row)):
            return True
    return False


def _read_labelled(sheet: Sheet, row: Row, match: re.Match[str]) -> None:
    start = row.start + match.start("rest")
    first = re.split(r"[\x00|\t(]|\s{2,}|,\s(?!Inc|LLC|Ltd|Corp)|\s[-–—]\s", match["rest"])[0]
    first = trimmed(first)
    if not first or not proper(first) or is_place(first):
        return
    if match["firm"] and is_client(row) and _employed(sheet, row):
        return
    if match["firm"]:
        sheet.take("EMPLOYER", start, start + len(first), first, "employer-label")
    elif any(word.casefold().strip(".,") in title_heads() for word in re.split(r"[\s/-]+", first)):
        sheet.take("TITLE", start, start + len(first), first, "title-label")
