"""Schools and degrees."""

from __future__ import annotations

import re

from forensics.features.gazetteers import any_of
from forensics.features.sheet import Sheet

_CAP = r"(?:(?:St|Mt|Ft|Dr|[A-Z](?:\.[A-Z])*)\.|[A-ZÀ-ÞŁŚŻČŠŽİ][\w&'’-]*)"
_CAPS = rf"{_CAP}(?:[ ](?:(?:and|&|of|the|de|di|for|in)[ ])?(?:the[ ])?{_CAP}){{0,5}}"
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
_SCHOOL = re.compile(
    rf"\b(?:{_BRANCH}(?:,[ ]|[ ]?[–-][ ]?|[ ]at[ ]|[ ]\(?){_CAP}(?:[ ]{_CAP})?(?:-{_CAP})?"
    rf"|(?:{_CAP}[ ]){{0,3}}(?:Universität|Hochschule|Fachhochschule|Universiteit)[ ]{_CAP}(?:[ ]{_CAP})?"
    rf"|(?:{_CAP}[ ](?:(?:and|&|of|for|the)[ ])?){{1,6}}?{_KIND}\b(?!['’]s)(?:[ ](?:of|for|at|in|"
    rf"de)[ ](?:the[ ])?{_CAPS})?"
    rf"|(?:University|College|Institute|School|Academy|Faculty|Conservatory)[ ](?:of|"
    rf"for)[ ](?:the[ ])?{_CAPS}"
    rf"|{_LATIN}[ ](?:(?:de|di|du|la|do|da|des|für|Nacional|Federal)[ ])*(?:{_CAP})(?:[ ](?:(?:de|di|du|la|"
    rf"do|da|des)[ ])*{_CAP}){{0,4}})"
)
_LEAD = re.compile(
    r"(?:At|In|From|The|Graduated|Attended|Studied|My|While|During|When|After|As|A|And|Of|For|With|Since|"
    r"Degree|Year|Education)[ ]+"
)
_FIELD = rf"(?:[ ]?[,:–-]?[ ]?(?:in|of)[ ](?:{_CAP})(?:[ ](?:(?:and|&|of|in)[ ])?{_CAP}){{0,5}})"
_DEGREE = re.compile(
    rf"\b(?:(?:Bachelor|Master|Associate|Doctor|Postgraduate|Licenciatura|Licence|Magister|"
    rf"Executive[ ]Master)(?:['’]?s)?(?:[ ]Degree)?"
    rf"(?:[ ](?:of|in)[ ](?:{_CAP})(?:[ ](?:(?:and|&|of|in)[ ])?{_CAP}){{0,6}})"
    rf"|(?:Bachelor|Master|Associate|Doctoral|Postgraduate|Graduate)(?:['’]s|s['’]?)?[ ](?:[Dd]egree|"
    rf"[Dd]iploma){_FIELD}?"
    rf"|(?:Bachelor|Master|Associate)['’]?s{_FIELD}|Doctorate{_FIELD}?"
    rf"|(?:National |Higher |Advanced |Postgraduate |PG |Post Graduate )*Diploma{_FIELD}|Diplom(?:-|"
    rf"[ ]){_CAP}"
    r"|High School Diploma|Secondary School Certificate|Higher Secondary(?: Certificate)?|"
    r"General Educational Development)"
    r"(?:[ ]?\((?:Hons?|Honou?rs)\.?\)|[ ]?,?[ ](?:Hons?|Honou?rs)\b\.?)?"
)
_SHORT = re.compile(
    r"(?<![\w.@])(?:B\.?[ ]?Sc|M\.?[ ]?Sc|B\.[ ]?S|M\.[ ]?S|BS|MS|B\.[ ]?A|M\.[ ]?A|BA|MA|Ph\.?[ ]?D|"
    r"M\.?B\.?A|B\.?B\.?A|B\.?[ ]?Tech|M\.?[ ]?Tech|B\.[ ]?E|BE|M\.[ ]?E|ME|"
    r"B\.?[ ]?Eng|M\.?[ ]?Eng|B\.?C\.?A|M\.?C\.?A|B\.?[ ]?Com|M\.?[ ]?Com|LL\.?B|LL\.?M|J\.?D|Ed\.?D|M\.?Ed|"
    r"D\.?Phil|M\.?Phil|M\.?P\.?H|M\.?F\.?A|B\.?F\.?A|"
    r"A\.?A\.?S|A\.A|A\.S|AA|AS|BSN|MSN|HSC|SSC|GED|EMBA|PGDM|BSEE|MSEE|BSCS|MSCS)\.?(?![\w@])"
    rf"(?:[ ]?\((?:Hons?|Honou?rs)\.?\)|[ ](?:Hons?)\b\.?)?(?P<field>{_FIELD}|[ ](?=(?:Computer|Electrical|"
    rf"Mechanical|Software|Information|Business|Civil|Data|Applied|"
    rf"Mathematics|Physics|Economics|Chemistry|Biology|English|Psychology|Finance|Accounting|"
    rf"Marketing))(?:{_CAP})(?:[ ](?:(?:and|&)[ ])?{_CAP}){{0,3}})?"
)
_ANYWHERE = re.compile(r"(?:Ph\.?[ ]?D|M\.?B\.?A|[BM]\.?[ ]?Sc|[BM]\.?[ ]?Tech|[BM]\.?[ ]?Eng)\b", re.I)
_CUT = re.compile(r"[ ](?:from|at|with|University|College|Institute|School)\b.*|[ ,]+$")


def find_degrees(sheet: Sheet) -> None:
    """Take degrees with their field; two-letter forms only in education or before "in" and a field."""
    for match in list(_DEGREE.finditer(sheet.masked)):
        _take_degree(sheet, match)
    for match in list(_SHORT.finditer(sheet.masked)):
        row = sheet.row(match.start())
        if (
            row.section == "education"
            or match["field"]
            or (_ANYWHERE.match(match[0]) and row.section != "skills")
        ):
            if row.index == 0 and not match["field"]:
                continue  # credentials behind the name
            _take_degree(sheet, match)


def _take_degree(sheet: Sheet, match: re.Match[str]) -> None:
    text = match[0]
    school = _SCHOOL.search(text)
    if school and school.start() > 0:
        text = re.sub(r"[ ,–-]*(?:from|at)?[ ,]*$", "", text[: school.start()])
    if re.search(r"\w{2}", text):
        sheet.take("DEGREE", match.start(), match.start() + len(text), " ".join(text.split()), "degree")


def find_schools(sheet: Sheet, skip: frozenset[int]) -> None:
    """Take schools by the words that name one, or by the list; not in the rows to skip."""
    for pattern in (_SCHOOL, any_of("schools")):
        for match in list(pattern.finditer(sheet.masked)):
            row = sheet.row(match.start())
            if row.index in skip or row.heading or row.section in {"skills", "header"}:
                continue
            start = match.start()
            while lead := _LEAD.match(sheet.text, start, match.end()):
                start = lead.end()
            text = sheet.text[start : match.end()].rstrip(" .,")
            if len(text.split()) > 1 or pattern is not _SCHOOL:
                sheet.take("SCHOOL", start, start + len(text), text, "school")
