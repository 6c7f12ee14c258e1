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
    r"(?:to|attn|attention|ladies|esteemed|respected)\b(?=.*[,:]$)|"
    r"sehr geehrte[rs]?|guten tag|liebe[rs]?(?= (?:herr|frau|damen|team|kolleg))|madame|monsieur|mesdames|"
    r"ch[eè]r(?:e|es|s)?(?= (?:madame|monsieur|recruteu))|"
    r"estimad[oa]s?|muy señor(?:a|es)?|apreciad[oa]s?|egregi[oa]?|gentil(?:e|i|issim[oaie])|spettabile|"
    r"prezad[oa]s?|exm[oa]s?\.?|caros?(?= senhor)|geachte|beste(?= (?:heer|mevrouw|lezer|team)))\b.{0,80}",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:re|ref|subject|regarding)\s*[:.]\s*\S.*", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:(?:yours|very|most|with|many|my|warm|kind|best|all|and|the|in|of)\s+){0,4}"
    r"(?:sincerely|truly|faithfully|respectfully|cordially|gratefully|regards|wishes|thanks|thank you|"
    r"appreciation|gratitude|anticipation|best)(?: yours| you)?\s*[,.!–—-]*|"
    r"(?:mit (?:freundlichen|besten|herzlichen|vielen) gr(?:ü|ue)(?:ß|ss)en|freundliche gr(?:ü|ue)(?:ß|ss)e|"
    r".{0,90}salutations (?:distinguées|respectueuses|les meilleures)|(?:bien )?cordialement|respectueusement|"
    r"(?:le saluda )?(?:muy )?atentamente|(?:un )?cordial(?:es)? saludos?|saludos cordiales|"
    r"(?:cordiali|distinti) saluti|cordialmente|in fede|atenciosamente|com os melhores cumprimentos|"
    r"(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|hoogachtend)\s*[,.!–—-]*",
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
    r"consider(?:ing|ation)?(?: of)? my|hiring manager|"
    r"bewerb(?:e|ung)|(?:ausgeschrieben|angeboten)e stelle|vorstellungsgespräch|"
    r"candidature|entretien d[’']embauche|lettre de motivation|votre entreprise|"
    r"candidatura|vuestra empresa|su empresa|entrevista|colloquio|vostra azienda|"
    r"sollicit(?:eer|atie|eren)|vacature)\b",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"\b(?:appl(?:y|ying|ied|ication)|position|role|job|vacancy|opening|candidate|candidacy|interview|hiring|hire|"
    r"recruit(?:er|ing|ment)|opportunity|internship|r[ée]sum[ée]|cv|curriculum|career|join(?:ing)?|"
    r"stelle|position|lebenslauf|praktikum|unterlagen|poste|stage|emploi|parcours|puesto|empleo|prácticas|"
    r"posizione|lavoro|tirocinio|vaga|emprego|estágio|functie|baan)\b",
    re.IGNORECASE,
)
_BUSINESS = re.compile(
    r"\b(?:invoices?|payments?|overdue|remittance|purchase order|shipment|deliver(?:y|ies)|quotation|refund|"
    r"your (?:account|order|policy|claim|booking|membership|donation)|tenancy|landlord|premises|minutes|agenda|"
    r"rechnung|zahlung|lieferung|mahnung|ihr konto|facture|paiement|livraison|factura|pago|fattura|pagamento|"
    r"fatura|factuur|betaling)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:(?:detailed|brief|professional|my|your)\s+)?(?:curriculum\W*vit(?:ae|æ|a|é)|r[ée]sum[ée]|c\.?\s?v\.?|"
    r"bio\W{0,3}data|lebenslauf|tabellarischer lebenslauf|curr[íi]culo|hoja de vida|curriculum)"
    r"(?:\s+(?:of|von|de|di)\b.{0,60})?\s*[:.–—-]*",
    re.IGNORECASE,
)
_CAREER = {"experience", "education", "skills", "projects", "certifications"}
_GREETED = 40  # lines before which a letter greets: address, date and subject stand above
_LONG_LETTER = 1_500  # words: three pages; what is longer is a manual that speaks to its reader, not a letter
_LONG = 2_500  # words: a longer résumé has two of a career's sections, a manual has one heading that fits
_PROSE = 25  # words: a shorter passage is a bullet, a line or a greeting


def kind(passages: Sequence[str], sections: Sequence[str]) -> str:
    """``resume``, ``cover_letter`` or ``other``: by headings, a letter's forms and its prose.

    ``passages`` are the texts of the passages in order, ``sections`` the section of each.
    """
    named = set(sections) - {"header", "other"}
    text = "\n".join(passages)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    words = len(text.split())
    titled = any(_TITLE.fullmatch(line) for line in lines[:4])
    letter = _letter(passages, lines, words) + min(2, len(_LETTER.findall(text)))
    resume = 2 * bool({"experience", "education", "skills"} & named) + len(named) + 3 * titled
    resume += bool(_CONTACT.search(text[:1500])) + (len(_YEARS.findall(text)) >= 4)
    if not titled and not _is_career(named, words):
        resume = 0
    is_letter = letter >= 3 and words <= _LONG_LETTER and not _is_business(text)
    if is_letter and letter + 1 >= resume:
        return "cover_letter"
    return "resume" if resume >= 4 else "cover_letter" if is_letter else "other"


def _is_business(text: str) -> bool:
    """Whether a letter is about goods, money or meetings, and says nothing of a job."""
    about_a_job = _LETTER.search(text) or len(_JOB.findall(text)) >= 2
    return not about_a_job and len(_BUSINESS.findall(text)) >= 2


def _is_career(named: set[str], words: int) -> bool:
    """Whether the sections are those of a résumé: a paper has an abstract and references, a manual many things."""
    if words <= _LONG:
        return bool(_CAREER & named)
    return len((_CAREER | {"publications"}) & named) >= 2


def _letter(passages: Sequence[str], lines: Sequence[str], words: int) -> int:
    """How many forms of a letter there are: greeting (two points), sign-off, subject, date, a body of prose."""
    greeting = any(_GREETING.fullmatch(line) for line in lines[:_GREETED])
    closing = any(_CLOSING.fullmatch(line) for line in lines[-8:])
    subject = any(_SUBJECT.fullmatch(line) for line in lines[:20])
    date = any(_LETTER_DATE.fullmatch(line) for line in lines[:12])
    spoken = [
        passage for passage in passages if len(passage.split()) >= _PROSE and _FIRST_PERSON.search(passage)
    ]
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

    try:
        return str(classify(sample)[0])
    except OSError:  # its model is unpacked into a temporary file; where there is no room, nothing is known
        return None
