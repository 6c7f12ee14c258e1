"""Whose contact is it? The applicant's own, or a referee's, an agency's, an employer's, an addressee's.

A contact is the applicant's only where they claim it: in the header, in a contact line, in a letter's head
or below its signature. In doubt it is not: a contact wrongly shared accuses an honest person.
"""

from __future__ import annotations

import re
from dataclasses import replace

from forensics.features import contacts, names
from forensics.features.features import Entity
from forensics.features.gazetteers import shared_sites, title_heads
from forensics.features.letters import Letter
from forensics.features.persons import CANDIDATE, Named, agreement, house
from forensics.features.sheet import Row, Sheet

_ROLE = re.compile(
    r"(?:info|information|jobs?|careers?|career|hr|humanresources|cvs?|resumes?|candidates?|recruit\w*|"
    r"talent\w*|staffing|hiring|"
    r"apply|applications?|office|support|sales|admin|enquir(?:y|ies)|inquir(?:y|ies)|noreply|no-reply|"
    r"reception|billing|accounts?|"
    r"people|placements?|submissions?|consultants?|agency|desk|frontdesk|team|mail)(?:[._-]\w+)?",
    re.I,
)
_GREETING = re.compile(r"(?:hello|hi|hey|me|contact|mail|email|work|hire)", re.I)
_AGENCY = re.compile(
    r"\b(?:represented|presented|submitted|supplied|introduced|forwarded|prepared) by\b|\bon behalf of\b|"
    r"\bcontact our\b|"
    r"\bour (?:office|consultants?|recruiters?|agency|team)\b|\bstaffing\b|\brecruit(?:ment|ing|ers?)\b|"
    r"\bagency\b|"
    r"\btalent (?:partners?|solutions?|group|acquisition|agency|manager|consultant)\b|\bhead ?hunt|"
    r"\bplacements?\b|"
    r"\bhiring manager\b|\bhr manager\b|\baccount manager\b|\bconsultant\s*:|\bvendor\b|"
    r"\bemployer (?:details|contact)\b|"
    r"\b(?:bench )?sales (?:recruiter|executive)\b|\bcontact (?:person|us)\b|\bfor (?:more|"
    r"further) (?:information|details)\b",
    re.I,
)
_REFEREE = re.compile(
    r"\b(?:references?|referees?|supervis(?:or|ed by)|reporting (?:to|manager)|reports? to|manager\s*:|"
    r"mentor(?:ed by)?|"
    r"advis[oe]r|guide\s*:|emergency|next of kin|spouse|father|mother|guardian|guarantor)\b",
    re.I,
)
_CONTACT_WORDS = re.compile(
    r"\b(?:tel|telephone|phone|mobile|cell|fax|e-?mail|mail|address|web|website|linkedin|github|portfolio|contact|"
    r"r[ée]sum[ée]|curriculum vitae|cv)\b",
    re.I,
)
_WORDED = re.compile(r"[^\W\d_]{3}")
_MINE = re.compile(
    r"\b(?:reach|contact|call|text|email|e-mail|write(?: to)?|message|find|view|visit|"
    r"see)\b[^.\n]{0,40}?\b(?:me|my)\b|"
    r"\bmy (?:\w+ ){0,2}(?:e-?mail|phone|cell|mobile|number|website|site|portfolio|github|linkedin|profile|"
    r"blog)\b|"
    r"\bI (?:can be|am|may be) (?:reached|contacted|available)\b",
    re.I,
)


_PROFILE_SECTIONS = frozenset({"summary", "skills", "certifications", "other"})


def claim(sheet: Sheet, letter: Letter | None, name: Named | None) -> list[Entity]:
    """The entities of the sheet, ``own`` set on every contact that the applicant claims."""
    judge = _Judge(sheet, letter, name)
    first = [
        replace(e, own=judge.owns(e)) if e.label in {"EMAIL", "PHONE", "URL"} else e for e in sheet.entities
    ]
    return judge.consistent(first)


def header_rows(sheet: Sheet) -> frozenset[int]:
    """The rows where contacts are expected: the header, and whatever stands under a heading "Contact"."""
    if any(row.section != "header" for row in sheet.rows):
        return frozenset(row.index for row in sheet.rows if row.section == "header")
    body = next((row.index for row in sheet.rows if len(row.text) > 110), len(sheet.rows))
    return frozenset(range(min(body, 12)))


class _Judge:
    def __init__(self, sheet: Sheet, letter: Letter | None, name: Named | None) -> None:
        self.sheet = sheet
        self.letter = letter
        self.name = name
        self.header = header_rows(sheet)
        self.mine = self._mine()
        self.agency = self._agency()

    def owns(self, entity: Entity) -> bool:
        row = self.sheet.row(entity.start)
        if not self._kind(entity) or row.section == "references" or self._referee(row):
            return False
        certain = entity.label == "EMAIL" and self._named(entity)
        if self.letter is not None and row.index <= max(
            self.letter.signature, default=self.letter.salutation + 400
        ):
            return self._in_letter(entity, row, certain)
        if self._letterhead(entity, row) and not certain:
            return False
        if row.index in self.agency and not (certain or row.index in self.mine):
            return False
        if row.index in self.header or certain or row.index in self.mine:
            return True
        if entity.label == "URL":
            if not contacts.is_profile(entity.value) or row.section not in _PROFILE_SECTIONS:
                return False
            return bool(_MINE.search(row.text)) or (len(row.text) < 120 and row.section != "other")
        return row.section in {"summary", "other"} and bool(_MINE.search(self._before(entity)))

    def consistent(self, entities: list[Entity]) -> list[Entity]:
        """Where one address bears the applicant's name, other people's in other rows are not theirs."""
        own = [e for e in entities if e.own and e.label == "EMAIL"]
        sure = [e for e in own if self._named(e)]
        rows = {self.sheet.row(e.start).index for e in sure}
        domains = {e.value.split("@")[-1] for e in entities if e.label == "EMAIL" and not e.own}
        result = []
        for e in entities:
            if e.own and e.label == "EMAIL" and sure and not self._named(e):
                shared = e.value.split("@")[1] in shared_sites()
                e = replace(e, own=shared or self.sheet.row(e.start).index in rows)
            elif e.own and e.label == "URL" and e.value.split("/")[0] in domains:
                e = replace(e, own=False)
            result.append(e)
        return result

    def _kind(self, entity: Entity) -> bool:
        """Whether this kind of address can be a person's at all."""
        if entity.label == "EMAIL":
            user, _, host = entity.value.partition("@")
            if _ROLE.fullmatch(user) or _GREETING.fullmatch(user):
                return self.name is not None and agreement(self.name.value, host.split(".")[0]) > 0
            return True
        if entity.label == "URL":
            return contacts.is_profile(entity.value) or contacts.site(entity.value) is not None
        return True

    def _named(self, email: Entity) -> bool:
        if self.name is None:
            return False
        user, _, host = email.value.partition("@")
        return agreement(self.name.value, user) == 2 or agreement(self.name.value, host.split(".")[0]) == 2

    def _mine(self) -> frozenset[int]:
        """Rows that bear the applicant's name, or an address made of it: a footer, a running head."""
        found = {
            self.sheet.row(e.start).index
            for e in self.sheet.entities
            if e.label == "EMAIL" and self._named(e)
        }
        if self.name is not None:
            wanted = names.fold(self.name.value)
            found |= {row.index for row in self.sheet.rows if wanted in names.fold(row.text)}
        return frozenset(i for i in found if self.sheet.rows[i].section != "references")

    def _agency(self) -> frozenset[int]:
        """Rows of the header that speak of an agency, and those that hang on them."""
        found: set[int] = set()
        named = self.sheet.row(self.name.start).index if self.name else None
        for row in self.sheet.rows:
            if not _AGENCY.search(row.text) or _pure_title(row.text) or len(row.text) > 160:
                continue
            found.add(row.index)
            for below in self.sheet.rows[row.index + 1 : row.index + 4]:
                if below.index == named or (below.gap and below.index > row.index + 1) or below.heading:
                    break
                found.add(below.index)
            for above in reversed(self.sheet.rows[max(0, row.index - 3) : row.index]):
                after = self.sheet.rows[above.index + 1]
                if after.gap or above.index == named or self._between(above, row, named):
                    break
                if (
                    self.sheet.in_row(above, "EMAIL", "PHONE", "URL")
                    and named is not None
                    and named < above.index
                ):
                    break
                found.add(above.index)
        return frozenset(found)

    def _letterhead(self, entity: Entity, row: Row) -> bool:
        """Above the name, in a block of its own: with a name of its own, or with contacts below the name too."""
        if self.name is None or row.index not in self.header:
            return False
        named = self.sheet.row(self.name.start).index
        if row.index >= named:
            return False
        above = self.sheet.rows[:named]
        if any(CANDIDATE.fullmatch(one.text) for one in above[row.index + 1 :]) or house(
            self.sheet, above, self.name.value
        ):
            return True
        if not any(one.gap for one in self.sheet.rows[row.index + 1 : named + 1]):
            return False
        below = [one for one in self.sheet.rows[named : named + 8] if one.index in self.header]
        if any(self.sheet.in_row(one, entity.label) for one in below):
            return True
        titled = any(_WORDED.search(_CONTACT_WORDS.sub(" ", self.sheet.rest(one))) for one in above)
        return titled and any(self.sheet.in_row(one, "EMAIL", "PHONE") for one in below)

    @staticmethod
    def _between(above: Row, row: Row, named: int | None) -> bool:
        return named is not None and above.index < named < row.index

    def _referee(self, row: Row) -> bool:
        if row.index in self.mine or (row.index in self.header and not _REFEREE.search(row.text)):
            return False
        for near in reversed(self.sheet.rows[max(0, row.index - 3) : row.index + 1]):
            if _REFEREE.search(near.text):
                return True
            if near.gap:
                return False
        return False

    def _in_letter(self, entity: Entity, row: Row, certain: bool) -> bool:
        assert self.letter is not None
        if row.index in self.letter.addressee or (row.index in self.agency and not certain):
            return False
        if row.index in self.letter.sender or row.index in self.letter.signature:
            return not re.match(r"\s*(?:cc|enc(?:l|losures?)?)\b", row.text, re.I)
        return certain or bool(_MINE.search(self._before(entity)))

    def _before(self, entity: Entity) -> str:
        return " ".join(self.sheet.text[max(0, entity.start - 90) : entity.start].split())


def _pure_title(text: str) -> bool:
    """Whether a row only says what somebody does: "Technical Recruiter", not "Recruiter: Bo"."""
    words = re.findall(r"[\w-]+", text.casefold())
    return 0 < len(words) <= 8 and words[-1] in title_heads() and not re.search(r"[:@\d]", text)
