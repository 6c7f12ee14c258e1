"""What a document is, and in which language: résumé, letter or something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LANGUAGE_LETTERS = 200
_ENGLISH = frozenset(
    ["the", "and", "of", "with", "for", "to", "from", "by", "that", "this", "our", "their", "which"]
)
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w|\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|linkedin\.com|github\.com", re.IGNORECASE
)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_GREETING = re.compile(
    r"(?:dear|hello|hi|greetings|good (?:morning|day|afternoon)|to whom it may concern|"
    r"(?:to|attn|attention|ladies|esteemed|respected)\b(?=.*[,:]$))\b.{0,80}",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:re|ref|subject|regarding)\s*[:.]\s*\S.*", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:(?:yours|very|most|with|many|my|warm|kind|best|all|and|the|in|of)\s+){0,4}"
    r"(?:sincerely|truly|faithfully|respectfully|cordially|gratefully|regards|wishes|thanks|thank you|"
    r"appreciation|gratitude|anticipation|best)(?: yours| you)?\s*[,.!–—-]*",
    re.IGNORECASE,
)
_LETTER_DATE = re.compile(
    r"(?:\w+,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\.?\s+)?[^\W\d_]{3,9}\.?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?"
    r"(?:19|20)\d\d|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|I'm|I've|I’m|I’ve)\b")
_LETTER = re.compile(
    r"\b(?:I am writing|I am excited|apply(?:ing)? for|application for|cover letter|"
    r"your (?:company|team|organi[sz]ation)|"
    r"look(?:ing)? forward to|position (?:of|at|as)|opportunity to (?:discuss|speak|interview)|"
    r"consider(?:ing|ation)?(?: of)? my|hiring manager)\b",
    re.IGNORECASE,
)
_PROSE = 25  # words: a shorter passage is a bullet, a line or a greeting


def kind(passages: Sequence[str], sections: Sequence[str]) -> str:
    """``resume``, ``cover_letter`` or ``other``: by headings, a letter's forms and its prose.

    ``passages`` are the texts of the passages in order, ``sections`` the section of each.
    """
    named = set(sections) - {"header", "other"}
    text = "\n".join(passages)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    letter = _letter(passages, lines) + min(2, len(_LETTER.findall(text)))
    resume = 2 * bool({"experience", "education", "skills"} & named) + len(named)
    resume += bool(_CONTACT.search(text[:1500])) + (len(_YEARS.findall(text)) >= 4)
    if letter >= 3 and letter + 1 >= resume:
        return "cover_letter"
    return "resume" if resume >= 4 else "cover_letter" if letter >= 3 else "other"


def _letter(passages: Sequence[str], lines: Sequence[str]) -> int:
    """How many forms of a letter there are: greeting (two points), sign-off, subject, date, a body of prose."""
    greeting = any(_GREETING.fullmatch(line) for line in lines)
    closing = any(_CLOSING.fullmatch(line) for line in lines[-8:])
    subject = any(_SUBJECT.fullmatch(line) for line in lines[:20])
    date = any(_LETTER_DATE.fullmatch(line) for line in lines[:12])
    spoken = [
        passage for passage in passages if len(passage.split()) >= _PROSE and _FIRST_PERSON.search(passage)
    ]
    words = sum(len(passage.split()) for passage in passages)
    body = len(spoken) >= 2 and 2 * sum(len(passage.split()) for passage in spoken) >= words
    form = greeting or closing or subject
    # above prose only: résumés and articles have subjects and dates too
    return 2 * greeting + closing + body * (form + subject + (form and date))


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
