"""Sections, kind and language: which part of which document a passage is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from forensics.documents.rows import Row

_HEADINGS: dict[str, str] = {
    "header": "contact|contacts|contact info|contact information|contact details|personal info|personal data|"
    "personal information|personal details|personal particulars|curriculum vitae|resume|cv",
    "summary": "summary|professional summary|executive summary|career summary|summary of qualifications|"
    "qualifications summary|qualification summary|profile|professional profile|personal profile|"
    "career profile|about|about me|who i am|objective|career objective|professional objective|objectives|"
    "personal statement|statement|overview|professional overview|career overview|highlights|"
    "career highlights|professional highlights|introduction|bio|biography|career goal|career goals|career focus|"
    "highlights of qualifications|key qualifications|qualifications|at a glance",
    "experience": "experience|experiences|work experience|work experiences|professional experience|"
    "professional experiences|employment|employment history|employment record|employment experience|"
    "work history|working experience|career history|career|professional background|work background|"
    "relevant experience|relevant work experience|related experience|additional experience|"
    "other experience|other work experience|industry experience|industrial experience|"
    "technical experience|engineering experience|internships|internship|internship experience|"
    "research experience|teaching experience|leadership experience|leadership|job history|"
    "professional history|positions held|prior experience|previous experience|earlier experience|"
    "selected experience|recent experience|consulting experience|freelance experience|"
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
    "other skills|additional skills|software|frameworks|platforms|abilities|skills and interests",
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
    "other|declaration|scholarships|awards and scholarships|extra curricular|additional",
}  # fmt: skip
_BY_HEADING = {name: section for section, names in _HEADINGS.items() for name in names.split("|")}
_LANGUAGE_LETTERS = 200
_ENGLISH = frozenset(
    ["the", "and", "of", "with", "for", "to", "from", "by", "that", "this", "our", "their", "which"]
)
_TRACKED = re.compile(r"\b(?:\w ){3,}\w\b")
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w|\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|linkedin\.com|github\.com", re.IGNORECASE
)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_SALUTATION = re.compile(
    r"^\s*(?:dear|to whom it may concern|hello|hi|greetings|good (?:morning|day))\b.{0,80}$",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSING = re.compile(
    r"^\s*(?:(?:yours |very )?(?:sincerely|truly|faithfully|respectfully)(?: yours)?|"
    r"(?:kind|best|warm)(?:est)? regards|"
    r"regards|many thanks|thank you|best wishes|cordially|best)\b[,.!]?\s*",
    re.IGNORECASE | re.MULTILINE,
)
_LETTER = re.compile(
    r"\b(?:I am writing|I am excited|apply(?:ing)? for|application for|cover letter|"
    r"your (?:company|team|organi[sz]ation)|"
    r"look(?:ing)? forward to|position (?:of|at|as)|opportunity to (?:discuss|speak|interview)|"
    r"consider(?:ing|ation)?(?: of)? my|hiring manager)\b",
    re.IGNORECASE,
)


def heading_section(text: str) -> str | None:
    """The section that the heading ``text`` opens, ``None`` if it is no heading we know."""
    if len(text) > 60:
        return None
    name = _heading_key(text)
    found = _BY_HEADING.get(name)
    if found is None and " and " in name:
        parts = [_BY_HEADING.get(part) for part in name.split(" and ")]
        found = parts[0] if all(parts) else None
    return found


def _heading_key(text: str) -> str:
    if _TRACKED.search(text):  # "E X P E R I E N C E", words apart by two blanks or a tab
        text = " ".join(re.sub(r"(?<=\b\w) (?=\w\b)", "", part) for part in re.split(r"\s{2,}|\t", text))
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(char for char in text if not unicodedata.combining(char)).replace("&", " and ")
    text = re.sub(r"^(?:[\divx]{1,4}[.)]\s+)", "", re.sub(r"[^\w.)]+|_+", " ", text).strip())
    text = re.sub(r"\bmy\b", " ", re.sub(r"[^\w]+", " ", text))
    return " ".join(text.replace("work experience s", "work experience").split())


def is_heading(row: Row) -> bool:
    """Whether a row is a heading: a name we know, with a heading's shape, or what the file calls one."""
    text = row.text.strip()
    if row.heading:
        return True
    if heading_section(text) is None or text.endswith((",", ";")) or (row.bullet and not row.bold):
        return False
    letters = [char for char in text if char.isalpha()]
    shouted = bool(letters) and all(char.isupper() for char in letters)
    titled = text[0].isupper() or not text[0].isalpha()
    return shouted or row.bold or text.endswith(":") or titled


def assign(rows: Sequence[Row], groups: Sequence[tuple[int, int]]) -> list[str]:
    """The section of each group of rows: that of the last heading above it, ``header`` before the first."""
    sections: list[str] = []
    current = "header"
    for first, last in groups:
        row = rows[first]
        found = heading_section(row.text) if last == first + 1 and is_heading(row) else None
        if found is not None:
            current = found
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


def kind(text: str, sections: Sequence[str]) -> str:
    """``resume``, ``cover_letter`` or ``other``: what the text is by its headings and its letter's forms."""
    named = set(sections) - {"header", "other"}
    letter = (
        2 * bool(_SALUTATION.search(text)) + bool(_CLOSING.search(text)) + min(2, len(_LETTER.findall(text)))
    )
    resume = 2 * bool({"experience", "education", "skills"} & named) + len(named)
    resume += bool(_CONTACT.search(text[:1500])) + (len(_YEARS.findall(text)) >= 4)
    if letter >= 3 and letter + 1 >= resume:
        return "cover_letter"
    return "resume" if resume >= 4 else "cover_letter" if letter >= 3 else "other"


def language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language; ``None`` with fewer than 200 letters to go by.

    Text whose small words are plainly English is told by them; for anything else a model is loaded once
    in a process (about half a second).
    """
    sample = text[:4000]
    if sum(char.isalpha() for char in sample) < _LANGUAGE_LETTERS:
        return None
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    articles = sum(word in ("the", "and") for word in words)
    if articles >= 0.03 * len(words) and sum(word in _ENGLISH for word in words) >= 0.08 * len(words):
        return "en"
    from py3langid import classify

    return str(classify(sample)[0])
