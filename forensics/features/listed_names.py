"""Document → the names of listed institutions in it, each with how sure that is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forensics.documents.document import Document
from forensics.features.features import Entity, Exhibit
from forensics.features.gazetteers import any_of, cities, countries, states
from forensics.features.institutions import ACRONYM, SHORT, SINGLE, STRONG, WEAK, Lookup, Name, core_of
from forensics.features.name_keys import BARRIER, LEGAL, Word, folded, parted, vocabulary, words

_SECTIONS = frozenset({"education", "experience", "publications", "certifications", "projects", "summary"})
_LABELS = frozenset({"SCHOOL", "EMPLOYER", "CERTIFICATION"})
_NEAR = 25
"""Words to either side that are a name's context."""
_LONGEST = 12
"""Words of a name before one that is a letter off."""
_BESIDE = 3
"""Words to either side among which a kind of institution must stand, where only part of a name does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """``[start, end)`` of the text names an entry of the lookup.

    ``how``: ``exact`` (its name), ``alias`` (another of its names, another romanisation, an acronym in its
    context, its domain) or ``fuzzy`` (alike, or a name that others bear too). ``name`` is the list's
    spelling; ``why`` says what speaks against it, or how it was recognised.
    """

    entry: int
    start: int
    end: int
    how: str
    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    name: Name
    first: int
    last: int
    slips: tuple[str, ...] = ()
    romanised: bool = False


class _Text:
    """A document's words with what stands around them."""

    def __init__(self, document: Document, entities: Sequence[Entity]) -> None:
        self.document = document
        self.text = document.text
        self.words = list(words(self.text))
        self.entities = entities
        self.starts = [passage.start for passage in document.passages]
        inside = [self._passage(word.start) for word in self.words]
        self.barred = [
            at > 0
            and (
                inside[at] != inside[at - 1]
                or (word.start - self.words[at - 1].end > 1 and parted(self.text, self.words[at - 1], word))
            )
            for at, word in enumerate(self.words)
        ]

    def _passage(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def joined(self, said: Sequence[str]) -> tuple[str, dict[int, int], dict[int, int]]:
        """The words as one string, and which word begins and ends at which place of it."""
        parts, starts, ends, at = [], {}, {}, 0
        for index, each in enumerate(said):
            if self.barred[index]:
                parts.append(BARRIER)
                at += 1
            starts[at] = index
            at += len(each)
            ends[at] = index
            parts.append(each)
        return "".join(parts), starts, ends

    def section(self, offset: int) -> str:
        at = self._passage(offset) - 1
        return self.document.passages[at].section if at >= 0 else "other"

    def labelled(self, start: int, end: int, labels: frozenset[str]) -> Iterator[Entity]:
        """Entities of these labels that share a character with the span."""
        return (e for e in self.entities if e.label in labels and e.start < end and start < e.end)

    def span(self, first: int, last: int) -> tuple[int, int]:
        return self.words[first].start, self.words[last].end

    def around(self, first: int, last: int) -> str:
        """The words near a name, the name itself left out, between spaces."""
        before = self.words[max(0, first - _NEAR) : first]
        after = self.words[last + 1 : last + 1 + _NEAR]
        return f" {' '.join(w.said for w in before)} | {' '.join(w.said for w in after)} "

    def line(self, start: int, end: int) -> str:
        """The printed line or lines of a span."""
        first = self.text.rfind("\n", 0, start) + 1
        last = self.text.find("\n", end)
        return self.text[first : len(self.text) if last < 0 else last]


def listed_names(exhibit: Exhibit, lookup: Lookup) -> tuple[Hit, ...]:
    """Every place of the document that names an entry of the lookup, in order; persons' names are none."""
    text = _Text(exhibit.document, exhibit.features.entities)
    found = list(_matched(text, lookup))
    hits = [hit for each in found for hit in _judged(text, lookup, each)]
    hits += _by_domain(text, lookup)
    return tuple(sorted(_outermost(hits), key=lambda hit: (hit.start, hit.entry)))


def _matched(text: _Text, lookup: Lookup) -> Iterator[_Found]:
    said = [word.said for word in text.words]
    seen = set()
    for first, last, names in lookup.exact.scan(*text.joined(said)):
        for name in names:
            seen.add((name.entry, first, last, name.partial))
            yield _Found(name=name, first=first, last=last)
    for index, each in enumerate(said):
        for name in lookup.acronyms.get(each, ()):
            yield _Found(name=name, first=index, last=index)
    for first, last, names in lookup.romanised.scan(*text.joined([folded(each) for each in said])):
        for name in names:
            if (name.entry, first, last, name.partial) not in seen:
                yield _Found(name=name, first=first, last=last, romanised=True)
    yield from _misspelt(text, lookup, said)


def _misspelt(text: _Text, lookup: Lookup, said: list[str]) -> Iterator[_Found]:
    """Names with one word a letter off."""
    slips = {at: near for at, word in enumerate(said) if (near := lookup.nearest(word))}
    if not slips:
        return
    joined, starts, ends = text.joined([slips.get(at, word) for at, word in enumerate(said)])
    close = {at + step for at in slips for step in range(-_LONGEST, 1)}
    starts = {at: first for at, first in starts.items() if first in close}
    for first, last, names in lookup.exact.scan(joined, starts, ends):
        wrong = tuple(said[at] for at in range(first, last + 1) if at in slips)
        if len(wrong) == 1:
            for name in names:
                if name.grade == STRONG and not name.partial and len(name.said) > 2:
                    yield _Found(name=name, first=first, last=last, slips=wrong)


def _judged(text: _Text, lookup: Lookup, found: _Found) -> Iterator[Hit]:
    name, (start, end) = found.name, text.span(found.first, found.last)
    if any(True for _ in text.labelled(start, end, frozenset({"EMAIL", "URL"}))) or _a_person(text, found):
        return
    entities = list(text.labelled(start, end, _LABELS))
    same = any(_same(text, found, entity) for entity in entities)
    if not _looked_at(text, found, bool(entities)):
        return
    graded = _graded(text, lookup, found, same=same)
    if graded is not None:
        how, why = graded
        yield Hit(entry=name.entry, start=start, end=end, how=how, name=name.text, why=why)


def _looked_at(text: _Text, found: _Found, entity: bool) -> bool:
    """Only where people say what they learned and for whom they worked; a long name wherever it stands."""
    if entity or text.document.kind == "cover_letter":
        return True
    if text.section(text.words[found.first].start) in _SECTIONS:
        return True
    return found.name.grade == STRONG and not found.name.partial and found.last - found.first > 1


def _a_person(text: _Text, found: _Found) -> bool:
    start, end = text.span(found.first, found.last)
    if any(word.said in vocabulary().kinds for word in text.words[found.first : found.last + 1]):
        return False
    return any(e.start <= start and end <= e.end for e in text.labelled(start, end, frozenset({"PERSON"})))


def _same(text: _Text, found: _Found, entity: Entity) -> bool:
    """Whether the entity is the name and nothing more, but for a legal form."""
    inside = [w for w in words(entity.text) if w.said != LEGAL]
    kept = [w for w in text.words[found.first : found.last + 1] if w.said != LEGAL]
    return [w.said for w in inside] == [w.said for w in kept]


def _graded(text: _Text, lookup: Lookup, found: _Found, *, same: bool) -> tuple[str, str] | None:
    """How sure a name is where it stands, and why; ``None`` where it says nothing."""
    name = found.name
    sure = "alias" if name.alias or found.romanised or name.grade == ACRONYM else "exact"
    said = (
        "in another romanisation" if found.romanised else "by its name" if sure == "exact" else "by an alias"
    )
    if found.slips:
        return _fuzzy(f"“{found.slips[0]}” is one letter off") if _capital(text, found) else None
    if name.partial:
        return ("fuzzy", "only part of the name stands here") if _kind_beside(text, found) else None
    near = _context(text, lookup, found)
    if name.grade == ACRONYM:
        first = text.words[found.first]
        shown = text.text[first.start : first.end].replace(".", "")
        return (sure, f"an acronym, beside “{near}”") if near and shown.isupper() else None
    if near:
        return sure, f"{said}, beside “{near}”"
    if not _capital(text, found):
        return None
    return _alone(text, lookup, found, same=same, sure=(sure, said))


def _alone(
    text: _Text, lookup: Lookup, found: _Found, *, same: bool, sure: tuple[str, str]
) -> tuple[str, str] | None:
    """A name that nothing near it confirms."""
    name = found.name
    legal = any(word.said == LEGAL for word in text.words[found.first : found.last + 1])
    elsewhere = _elsewhere(text, lookup, found)
    single = len([w for w in name.said if w != LEGAL]) == 1
    whole = same or _whole(text, found)
    if (name.grade == WEAK and name.bare) or (not whole and (name.bare or single or name.grade == SHORT)):
        return None
    if name.grade == WEAK or (name.grade == SINGLE and name.bare):
        if not (same or (whole and (legal or not single))):
            return None
        return "fuzzy", "others bear this name too" if name.grade == WEAK else "without its legal form"
    if name.grade == SINGLE and not (same or legal):
        return None
    if name.grade != STRONG and elsewhere:
        return _fuzzy(f"the document places it in {elsewhere}")
    if not whole and not core_of(name.said):
        return "fuzzy", "it stands inside a longer name"
    if found.romanised and name.grade == SINGLE:
        return "fuzzy", "a single word, in another romanisation"
    return sure


def _fuzzy(why: str) -> tuple[str, str]:
    return "fuzzy", why


def _capital(text: _Text, found: _Found) -> bool:
    return text.words[found.first].capital


def _whole(text: _Text, found: _Found) -> bool:
    """Whether the words before and after the name are no part of a longer one."""
    before = found.first - 1 if found.first and not text.barred[found.first] else None
    after = found.last + 1 if found.last + 1 < len(text.words) and not text.barred[found.last + 1] else None
    return not any(
        at is not None and _joins(text, *pair)
        for at, pair in ((before, (before or 0, found.first)), (after, (found.last, after or 0)))
    )


def _joins(text: _Text, first: int, second: int) -> bool:
    one, two = text.words[first], text.words[second]
    between = text.text[one.end : two.start]
    return (
        one.capital and two.capital and re.fullmatch(r" ?(?:(?:of|for|the|and|&)? ?)*", between) is not None
    )


def _kind_beside(text: _Text, found: _Found) -> bool:
    """Whether a word of the kind of institution that the name is (school, firm, body) stands beside it."""
    kinds = vocabulary().kinds
    wanted = {kinds[word] for word in found.name.said if word in kinds} or {"firm"}
    near: list[Word] = []
    for step, at in ((-1, found.first - 1), (1, found.last + 1)):
        for index in range(at, at + step * _BESIDE, step):
            if not 0 <= index < len(text.words):
                break
            one, two = sorted((index - step, index))
            if text.barred[two] or "," in text.text[text.words[one].end : text.words[two].start]:
                break
            near.append(text.words[index])
    beside = {"firm" if word.said == LEGAL else kinds.get(word.said) for word in near if word.capital}
    return bool(beside & wanted)


def _context(text: _Text, lookup: Lookup, found: _Found) -> str | None:
    """A word or place near the name that belongs to its entry."""
    if found.name.grade == STRONG and core_of(found.name.said):
        return None  # needs none
    single, phrases = lookup.context(found.name.entry)
    around = text.around(found.first, found.last)
    own = set(found.name.said)
    for phrase in phrases:
        if phrase in around:
            return phrase.strip()
    return next((word for word in around.split() if word in single and word not in own), None)


def _elsewhere(text: _Text, lookup: Lookup, found: _Found) -> str | None:
    """A place in the line of the name that lies in none of the countries of the entry."""
    known = lookup.entries[found.name.entry].countries
    if not known or found.name.grade == STRONG:
        return None
    start, end = text.span(found.first, found.last)
    line = text.line(start, end).replace(text.text[start:end], " ")
    places = [*any_of("countries").findall(line), *any_of("cities").findall(line)]
    codes = [(place, countries().get(place) or cities().get(place)) for place in places]
    if not places and any_of("states").search(line):
        return next((s for s in states().values() if s in line), None) if "US" not in known else None
    if any(code in known for _, code in codes):
        return None
    return next((place for place, _ in codes), None)


def _by_domain(text: _Text, lookup: Lookup) -> Iterator[Hit]:
    """E-mail addresses and links below a domain of an entry."""
    if not lookup.domains:
        return
    for entity in text.entities:
        if entity.label not in ("EMAIL", "URL"):
            continue
        host = (
            re.sub(r"^(?:https?://)?(?:[^/@\s]*@)?", "", entity.value.casefold()).split("/")[0].split(":")[0]
        )
        parts = host.split(".")
        for at in range(len(parts) - 1):
            domain = ".".join(parts[at:])
            for entry in lookup.domains.get(domain, ()):
                yield Hit(
                    entry=entry,
                    start=entity.start,
                    end=entity.end,
                    how="alias" if entity.own else "fuzzy",
                    name=domain,
                    why="by its domain"
                    if entity.own
                    else "by its domain, in a contact that is not the applicant's",
                )


def _outermost(hits: list[Hit]) -> Iterator[Hit]:
    """Hits that lie in no longer hit; of two for one entry and span, the surer."""
    order = {"exact": 0, "alias": 1, "fuzzy": 2}
    best: dict[tuple[int, int, int], Hit] = {}
    for hit in sorted(hits, key=lambda each: order[each.how]):
        best.setdefault((hit.entry, hit.start, hit.end), hit)
    spans = {(hit.start, hit.end) for hit in best.values()}
    for hit in best.values():
        if not any(
            start <= hit.start and hit.end <= end and (start, end) != (hit.start, hit.end)
            for start, end in spans
        ):
            yield hit
