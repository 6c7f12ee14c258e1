"""Schools."""

from __future__ import annotations

import re

from forensics.features.gazetteers import any_of
from forensics.features.sheet import BLANK, Sheet

CAPITAL = r"(?:(?:St|Mt|Ft|Dr|[A-Z](?:\.[A-Z])*)\.|[A-ZÀ-ÞŁŚŻČŠŽİ][\w&'’-]*)"
_CAPS = rf"{CAPITAL}(?:[ ](?:(?:and|&|of|the|de|di|for|in)[ ])?(?:the[ ])?{CAPITAL}){{0,5}}"
_KIND = (
    r"(?:University|College|Institute|School|Academy|Polytechnic|Polytechnique|Universität|Universiteit|"
    r"Universitet|Hochschule|"
    r"Fachhochschule|Conservatory|Seminary|Vidyalaya|Gymnasium|Lycée|Bootcamp|Universität)"
)
_LATIN = (
    r"(?:Universidad|Universidade|Université|Università|Universitat|Politecnico|Politécnica|Instituto|Institut|"
    r"Escuela|École|Ecole|Technische)"
)
_BRANCH = (
    r"(?:University of (?:California|Texas|Wisconsin|Illinois|North Carolina|Maryland|Massachusetts|Michigan|"
    r"Minnesota|Colorado|Tennessee|Alabama|"
    r"Nebraska|Missouri|Washington|Hawaii|London)|California State University|State University of New York|"
    r"Indiana University|"
    r"Purdue University|Rutgers University|Arizona State University|Indian Institute of Technology|"
    r"National Institute of Technology)"
)
_BRANCHES = rf"{_BRANCH}(?:,[ ]|[ ]?[–-][ ]?|[ ]at[ ]|[ ]\(?){CAPITAL}(?:[ ]{CAPITAL})?(?:-{CAPITAL})?"
_BRANCHED = re.compile(rf"\b{_BRANCHES}")
SCHOOL = re.compile(
    rf"\b(?:{_BRANCHES}"
    rf"|(?:{CAPITAL}[ ]){{0,3}}(?:Universität|Hochschule|Fachhochschule|Universiteit)[ ]{CAPITAL}(?:[ ]{CAPITAL})?"
    rf"|(?:{CAPITAL}[ ](?:(?:and|&|of|for|the)[ ])?){{1,6}}?{_KIND}\b(?!['’]s)(?:[ ](?:of|Of|OF|for|at|in|"
    rf"de)[ ](?:the[ ])?{_CAPS})?"
    rf"|(?:University|College|Institute|School|Academy|Faculty|Conservatory)[ ](?:of|"
    rf"for)[ ](?:the[ ])?{_CAPS}"
    rf"|{_LATIN}[ ](?:(?:de|di|du|la|do|da|des|für|Nacional|Federal)[ ])*(?:{CAPITAL})(?:[ ](?:(?:de|di|du|la|"
    rf"do|da|des)[ ])*{CAPITAL}){{0,4}})"
)
_LEAD = re.compile(
    r"(?:At|In|From|The|Graduated|Attended|Studied|My|While|During|When|After|As|A|And|Of|For|With|Since|"
    r"Degree|Year|Education)[ ]+"
)
PARTS = re.compile(rf"[{BLANK}|•·\t;:]+[ ]*|,[ ]|[ ][-–—][ ]|[ ]{{2,}}|\([ ]?")
"""What parts the pieces of a row of the education."""
KIND_WORDS = re.compile(
    r"\b(?:univ(?:ersity|\.)?|univercity|university|coll[ea]d?ge|cllg|institute?|institution|insitute|school|schule|academy|"
    r"polytechnic|vidyalaya\w*|vidya\w*|vidhyalaya|convent|campus|faculty|gymnasium|lycée|lycee|lyceum|liceo|collège|ecole|école|universit\w+|"
    r"universid\w+|università|hochschule|fachhochschule|politecnico|politécnic\w|instituto|institut|istituto|escuela|escola|"
    r"colegio|colégio|scuola|accademia|academia|hogeschool|hoge[ ]school|business[ ]school|conservator\w+)\b",
    re.I,
)
"""Words that make a phrase of the education a school, in any case."""
_BEFORE_SCHOOL = re.compile(
    r"(?:(?:passed|completed|done|graduated|studied|pursuing|at|in|from|the|of|by|aus|an[ ]der|à[ ]l['’]|na|aan)[ ]+)+",
    re.I,
)


def _school_rows(sheet: Sheet) -> None:
    """Take the schools that a part of a row of the education names by its kind, in any case of letters."""
    for row in sheet.rows:
        if (
            row.section != "education"
            or row.heading
            or len(row.text.split()) > 20
            or sheet.in_row(row, "SCHOOL")
        ):
            continue
        text = sheet.rest(row)
        at = 0
        for cut in [*PARTS.finditer(text), None]:
            end = cut.start() if cut else len(text)
            part = text[at:end]
            lead = re.match(r"[*_#>➢▪◦\-–\d.)\s]*", part)
            skip = lead.end() if lead else 0
            before = _BEFORE_SCHOOL.match(part, skip)
            skip = before.end() if before else skip
            kept = re.sub(r"[ ](?:in|at|of|from|during)$", "", part[skip:].rstrip(" .,*_)-–"))
            kind = KIND_WORDS.search(kept)
            if kind and 1 < len(kept.split()) <= 10 and kept.casefold() != kind[0].casefold():
                value = " ".join(kept.split())
                start = row.start + at + skip
                sheet.take("SCHOOL", start, start + len(kept), value, "school-row")
            at = cut.end() if cut else end


def find_schools(sheet: Sheet, skip: frozenset[int]) -> None:
    """Take schools by the words that name one, or by the list; not in the rows to skip."""
    for match in list(_BRANCHED.finditer(sheet.masked)):
        if sheet.row(match.start()).section == "education":
            sheet.take("SCHOOL", match.start(), match.end(), " ".join(match[0].split()), "school")
    _school_rows(sheet)
    for pattern in (SCHOOL, any_of("schools")):
        for match in list(pattern.finditer(sheet.masked)):
            row = sheet.row(match.start())
            if row.index in skip or row.heading or row.section in {"skills", "header"}:
                continue
            named = " " in match[0] or row.section == "education" or bool(sheet.in_row(row, "DEGREE"))
            if not named:
                continue  # "KIT", "USP": a school among schools and degrees only
            start = match.start()
            while lead := _LEAD.match(sheet.text, start, match.end()):
                start = lead.end()
            text = sheet.text[start : match.end()].rstrip(" .,")
            if len(text.split()) > 1 or pattern is not SCHOOL:
                sheet.take("SCHOOL", start, start + len(text), text, "school")
