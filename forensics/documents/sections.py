"""Sections: the names of headings, and which part of the document a passage is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from forensics.documents.headings import AND, OTHER_LANGUAGES
from forensics.documents.rows import Row, fills, is_open

_HEADINGS: dict[str, str] = {
    "header": "contact|contacts|contact info|contact information|contact details|personal info|personal data|"
    "personal information|personal details|personal particulars|curriculum vitae|resume|cv",
    "summary": "summary|professional summary|executive summary|career summary|summary of qualifications|"
    "qualifications summary|qualification summary|profile|professional profile|personal profile|"
    "career profile|about|about me|who i am|objective|career objective|professional objective|objectives|"
    "personal statement|statement|overview|professional overview|career overview|highlights|"
    "career highlights|professional highlights|introduction|bio|biography|career goal|career goals|career focus|"
    "highlights of qualifications|key qualifications|qualifications|at a glance|snapshot",
    "experience": "experience|experiences|work experience|work experiences|professional experience|"
    "professional experiences|employment|employment history|employment record|employment experience|"
    "work history|working experience|career history|career|professional background|work background|"
    "relevant experience|relevant work experience|related experience|additional experience|"
    "other experience|other work experience|industry experience|industrial experience|"
    "technical experience|engineering experience|internships|internship|internship experience|"
    "research experience|teaching experience|leadership experience|leadership|job history|"
    "professional history|positions held|prior experience|previous experience|earlier experience|"
    "selected experience|recent experience|further experience|consulting experience|freelance experience|"
    "military experience|military service|volunteer experience|volunteering|volunteer work|"
    "professional career|work|experience and employment|work and experience|career experience",
    "education": "education|educations|education and training|education and certifications|"
    "education and certification|academic background|academic history|academic qualifications|"
    "academic qualification|academics|academic education|academic record|educational background|"
    "educational qualifications|educational qualification|educational history|education history|"
    "education background|education details|educational details|studies|training|trainings|"
    "training and education|degrees|coursework|relevant coursework|courses|schooling|"
    "qualifications and education|education and qualifications|academic profile",
    "skills": "skills|skill|skill set|skills set|skillset|skills summary|summary of skills|technical skills|"
    "technical skill|technical proficiencies|technical proficiency|technical expertise|"
    "technical summary|technical competencies|technical knowledge|technical profile|technical|"
    "core skills|core competencies|core competency|core strengths|key skills|key competencies|"
    "competencies|competences|areas of expertise|area of expertise|expertise|specialties|"
    "specializations|strengths|key strengths|professional skills|relevant skills|computer skills|"
    "it skills|software skills|soft skills|hard skills|programming skills|programming languages|"
    "programming|technologies|technology|tech stack|technology stack|tools|tools and technologies|"
    "technologies and tools|skills and tools|tools and frameworks|languages and tools|"
    "languages and technologies|languages and frameworks|skills and technologies|"
    "skills and expertise|skills and competencies|skills and abilities|skills and qualifications|"
    "skills and languages|languages|language|language skills|language proficiency|proficiencies|"
    "other skills|additional skills|software|frameworks|platforms|abilities|skills and interests|"
    "toolbox|toolkit",
    "projects": "projects|project|personal projects|side projects|selected projects|key projects|"
    "academic projects|project experience|relevant projects|notable projects|project work|"
    "projects and research|research projects|open source|open source contributions|"
    "open source projects|portfolio|research|project highlights|software projects|project details|"
    "projects undertaken|technical projects|major projects",
    "certifications": "certifications|certification|certificates|certificate|certifications and licenses|"
    "licenses and certifications|licenses|licences|licensure|professional certifications|"
    "certifications and training|training and certifications|courses and certifications|"
    "certifications and courses|credentials|professional development|accreditations|"
    "professional certification|certificates and licenses|certifications and awards",
    "publications": "publications|publication|selected publications|papers|patents|patent|"
    "publications and patents|patents and publications|conference papers|journal articles|"
    "presentations|publications and presentations|talks|conferences|research publications|articles",
    "references": "references|reference|referees|referee|professional references|recommendations|"
    "references available upon request|references available on request|testimonials",
    "other": "awards|award|honors|honours|honors and awards|awards and honors|awards and achievements|"
    "achievements|accomplishments|key accomplishments|key achievements|activities|"
    "extracurricular activities|extra curricular activities|extracurriculars|interests|"
    "hobbies|hobbies and interests|interests and hobbies|personal interests|memberships|affiliations|"
    "professional affiliations|professional memberships|associations|community service|"
    "community involvement|service|additional information|other information|miscellaneous|others|"
    "other|community|further activities|declaration|scholarships|awards and scholarships|extra curricular|additional",
}  # fmt: skip
_BY_HEADING = {
    name: section
    for known in (OTHER_LANGUAGES, _HEADINGS)
    for section, names in known.items()
    for name in names.split("|")
}
_FIRST_WORDS = frozenset(name.split()[0] for name in _BY_HEADING)
_HEADING_WORD = re.compile(r"[^\W_][\w'’/-]*|&")
_YEAR = r"(?:19|20)\d\d"
_DATED = re.compile(
    rf"(?:\w+\.?\s|\d\d[/.-])?{_YEAR}(?:-\d\d)?(?:\s*(?:-|–|—|to)\s*(?:(?:\w+\.?\s|\d\d[/.-])?{_YEAR}(?:-\d\d)?|"
    r"present|current|now|today))?\t",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"\b(?:[BM]\.?\s?(?:S|A|Sc|Eng|B\.?A|Ed)\b|Ph\.?D|Bachelor|Master|Diploma|Licence|Degree)", re.IGNORECASE
)
_TRACKED = re.compile(r"\b(?:\w ){3,}\w\b")


def heading_section(text: str) -> str | None:
    """The section that the heading ``text`` opens, ``None`` if it is no heading we know."""
    return _short_section(text) if len(text) <= 60 else None


@lru_cache(maxsize=1024)
def _short_section(text: str) -> str | None:
    """The same; a line of a document is asked about three times, and so are the usual headings of all."""
    name = _heading_key(text)
    found = _BY_HEADING.get(name)
    return _joined(name.split()) if found is None else found


def _joined(words: list[str]) -> str | None:
    """The section of two names with an "and" between them, that of the first; ``None`` if they are not two."""
    for at in range(1, len(words) - 1):
        if words[at] in AND:
            before, after = " ".join(words[:at]), " ".join(words[at + 1 :])
            if before in _BY_HEADING and after in _BY_HEADING:
                return _BY_HEADING[before]
    return None


def heading_words(text: str) -> list[tuple[int, int]]:
    """Where the names of headings stand in ``text``, begun with a capital; of names inside each other the longest."""
    words = list(_HEADING_WORD.finditer(text))
    found: list[tuple[int, int]] = []
    next_index = 0
    for index, word in enumerate(words):
        first = word[0]
        if index < next_index or not first[0].isupper() or _said(first) not in _FIRST_WORDS:
            continue
        said = [_said(each[0]) for each in words[index : index + 5]]
        length = next((n for n in range(len(said), 0, -1) if " ".join(said[:n]) in _BY_HEADING), 0)
        if length:
            end = words[index + length - 1].end()
            found.append((word.start(), end + text.startswith(":", end)))
        next_index = index + max(1, length)
    return found


def _said(word: str) -> str:
    return word.casefold().replace("&", "and")


def _heading_key(text: str) -> str:
    if _TRACKED.search(text):  # "E X P E R I E N C E", words apart by two blanks or a tab
        text = " ".join(re.sub(r"(?<=\b\w) (?=\w\b)", "", part) for part in re.split(r"\s{2,}|\t", text))
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
    text = text.casefold().replace("&", " and ")
    text = re.sub(r"^(?:[\divx]{1,4}[.)]\s+)", "", re.sub(r"[^\w.)]+|_+", " ", text).strip())
    text = re.sub(r"\bmy\b", " ", re.sub(r"[^\w]+", " ", text))
    return " ".join(text.replace("work experience s", "work experience").split())


def find_headings(rows: Sequence[Row]) -> dict[int, int]:
    """Where headings begin among ``rows``, and how many rows each takes (a long one may take two).

    A heading has a name we know and a heading's shape, or is what the file calls one. It does not go on
    with the line before it, does not end a sentence, and where the headings of a document are set apart
    by size, weight or capitals, one that is not is a mere word.
    """
    found: dict[int, int] = {}
    for index in range(len(rows)):
        if found.get(index - 1) != 2 and (length := _heading_length(rows, index)):
            found[index] = length
    body = _body_style(rows)
    styled = {
        heading_section(rows[index].text)
        for index in found
        if rows[index].size and _style(rows[index]) != body
    } - {None}
    if len(styled) < 2:
        return found
    return {
        index: length
        for index, length in found.items()
        if rows[index].heading or rows[index].text.endswith((":", ".")) or _style(rows[index]) != body
    }


def _heading_length(rows: Sequence[Row], index: int) -> int:
    row = rows[index]
    if row.heading:
        return 1
    if not _shaped(row.text, row):
        return 0
    after = rows[index + 1] if index + 1 < len(rows) else None
    named = heading_section(row.text) is not None
    if after is not None and not named and _same_style(row, after) and (row.bold or _shouted(row.text)):
        joined = f"{row.text.strip()} {after.text.strip()}"
        if len(row.text) <= 30 and heading_section(joined) is not None and _shaped(after.text, after):
            return 2
    if not named or (index and _goes_on(rows[index - 1], row)):
        return 0
    return 1


def _shaped(text: str, row: Row) -> bool:
    text = text.strip()
    if not text or len(text) > 60 or text.endswith((",", ";")) or (row.bullet and not row.bold):
        return False
    if text.endswith(".") and not text.casefold().startswith("references"):
        return False
    return _shouted(text) or row.bold or text.endswith(":") or text[0].isupper() or not text[0].isalpha()


def _shouted(text: str) -> bool:
    if not text.isupper():
        return False
    letters = [char for char in text if not char.isascii() and char.isalpha()]
    return all(char.isupper() for char in letters) and (bool(letters) or any(map(str.isalpha, text)))


def _style(row: Row) -> tuple[float, bool, bool]:
    return round(2 * row.size) / 2, row.bold, _shouted(row.text)


def _body_style(rows: Sequence[Row]) -> tuple[float, bool, bool] | None:
    weights: Counter[tuple[float, bool, bool]] = Counter()
    for row in rows:
        weights[_style(row)] += len(row.text)
    return max(weights, key=lambda style: weights[style], default=None)


def _same_style(before: Row, row: Row) -> bool:
    return (
        before.block == row.block
        and before.bold == row.bold
        and abs(before.size - row.size) <= 0.08 * row.size
        and row.base - before.base <= 1.7 * row.size
        and _shouted(before.text) == _shouted(row.text)
    )


def _goes_on(before: Row, row: Row) -> bool:
    """Whether ``row`` is the second line of what ``before`` begins."""
    if not _same_style(before, row) or row.bullet:
        return False
    if is_open(before.text):
        return True
    wrapped = not before.whole and not row.whole and fills(before, row)
    return wrapped and re.search(r"[.!?:;]\W*$", before.text) is None


def assign(rows: Sequence[Row], groups: Sequence[tuple[int, int]], headings: Mapping[int, int]) -> list[str]:
    """The section of each group of rows: that of the last heading above it, ``header`` before the first.

    Where no heading names the work, what begins with its dates, as beside a margin, is ``experience``.
    """
    names = {
        index: heading_section(" ".join(row.text for row in rows[index : index + length]))
        for index, length in headings.items()
    }
    dated = bool(names) and "experience" not in names.values()
    sections: list[str] = []
    current = "header"
    for first, _ in groups:
        found = names.get(first)
        if found is None and dated and _DATED.match(rows[first].text):
            found = "education" if _DEGREE.search(rows[first].text) else "experience"
        current = found or current
        sections.append(current)
    if len(set(sections)) == 1 and sections[:1] == ["header"]:
        return _without_headings(rows, groups)
    return sections


def _without_headings(rows: Sequence[Row], groups: Sequence[tuple[int, int]]) -> list[str]:
    """No heading anywhere: short lines at the top are the header, the rest is ``other``."""
    sections: list[str] = []
    for index, (first, last) in enumerate(groups):
        length = sum(len(row.text) for row in rows[first:last])
        top = index < 8 and length <= 90 and all(section == "header" for section in sections)
        sections.append("header" if top and len(groups) > 2 else "other")
    return sections
