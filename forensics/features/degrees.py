"""Degrees: what was reached, and in which field of study."""

from __future__ import annotations

import re

from forensics.features.gazetteers import subjects
from forensics.features.schools import CAPITAL as _CAP
from forensics.features.schools import KIND_WORDS as _KINDLY
from forensics.features.schools import PARTS as _PARTS
from forensics.features.schools import SCHOOL as _SCHOOL
from forensics.features.sheet import BLANK, Sheet

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
    r"M\.?B\.?A|B\.?B\.?A|B\.?[ ]?[Tt]ech|M\.?[ ]?[Tt]ech|B\.[ ]?E|BE|M\.[ ]?E|ME|"
    r"B\.?[ ]?Eng|M\.?[ ]?Eng|B\.?C\.?A|M\.?C\.?A|B\.?[ ]?[Cc]om|M\.?[ ]?[Cc]om|LL\.?B|LL\.?M|J\.?D|Ed\.?D|M\.?Ed|"
    r"D\.?Phil|M\.?Phil|M\.?P\.?H|M\.?F\.?A|B\.?F\.?A|"
    r"A\.?A\.?S|A\.A|A\.S|AA|AS|BSN|MSN|HSC|SSC|GED|EMBA|PGDM|PGDBM|PGDCA|BSEE|MSEE|BSCS|MSCS)\.?(?![\w@])"
    rf"(?:[ ]?\((?:Hons?|Honou?rs)\.?\)|[ ](?:Hons?)\b\.?)?"
    rf"(?P<field>{_FIELD}|(?<=\))[ ]{_CAP}(?:[ ](?:(?:and|&)[ ])?{_CAP}){{0,2}}"
    rf"|[ ](?=(?:Computer|Electrical|"
    rf"Mechanical|Software|Information|Business|Civil|Data|Applied|"
    rf"Mathematics|Physics|Economics|Chemistry|Biology|English|Psychology|Finance|Accounting|"
    rf"Marketing))(?:{_CAP})(?:[ ](?:(?:and|&)[ ])?{_CAP}){{0,3}})?"
)
_SMALL = re.compile(
    r"(?:bachelor|master|associate|doctor)s?(?:['’]?s)?[ ](?:degree[ ])?(?:of|in)[ ]\w+"
    r"(?:[ ](?!from\b|at\b|with\b)[\w&]+){0,6}",
    re.I,
)
_ANYWHERE = re.compile(r"(?:Ph\.?[ ]?D|M\.?B\.?A|[BM]\.?[ ]?Sc|[BM]\.?[ ]?Tech|[BM]\.?[ ]?Eng)\b", re.I)
_CUT = re.compile(r"[ ](?:from|at|with|University|College|Institute|School)\b.*|[ ,]+$")


_OPENS = re.compile(
    r"(?:(?:[BM]\.?[ ]?Sc|[BM]\.?[ ]?[SAE]|[BM]\.?-?[ ]?Tech|[BM]\.?[ ]?Eng|[BM]\.?[ ]?Com|[BM]\.?[ ]?Ed|"
    r"[BM]\.?[ ]?Phil|"
    r"[BM]\.?[ ]?Arch|[BM]\.?[ ]?Pharm|[BM]\.?[ ]?C\.?[ ]?A|[BM]\.?[ ]?B\.?[ ]?A|[BM]\.?[ ]?B\.?[ ]?M|"
    r"[BM]\.?[ ]?F\.?[ ]?A|"
    r"MBBS|BDS|LL\.?[BM]|PGD(?:M|BM|CA|BA)|PG[ ]Diploma|Ph\.?[ ]?D|MSW|MPH|EMBA|BMS|BIM|BS[cn]?|MS[cn]?|"
    r"A\.?A\.?S?|HN[CD]|"
    r"AS|NVQ|BTEC|A[- ]Levels?|GCSEs?|I\.?T\.?I|"
    r"(?:the[ ])?(?:(?:post|under)[ -]?)?(?:bachelor|bachelors|master|masters|doctor|associate|graduate|graduation)"
    r"(?:['’]?s)?(?:[ ]degree)?|doctorate|diploma|(?:advanced|higher|national|higher[ ]national|"
    r"post[ ]?graduate)[ ]diploma|"
    r"S\.?S\.?L\.?C|[HS]\.?[ ]?S\.?[ ]?C|GED|matriculation|intermediate|(?:senior|higher|secondary)[ ]secondary|"
    r"(?:class[ ])?(?:10|12)(?:th|\+2)?[ ](?:standard|std|class)|class[ ](?:X|XII|10|12)|(?:10|12)th|"
    r"pre[ -]university|"
    r"(?:high[ ]school|secondary[ ]school)[ ](?:diploma|certificate)|"
    r"abitur|fachabitur|fachhochschulreife|(?:allgemeine[ ])?hochschulreife|mittlere[ ]reife|"
    r"staatsexamen|diplom(?:-\w+)?|"
    r"magister|promotion|baccalauréat|bac(?:[ ][+]?[ ]?\d)?|licence|maîtrise|master|mastère|doctorat|"
    r"diplôme|BTS|DUT|CAP|BEP|DEUG|"
    r"bachillerato|licenciatura|licenciado|licenciada|grado|ingeniería|ingenier[oa]|máster|maestría|"
    r"doctorado|diplomatura|"
    r"técnico|tecnicatura|laurea(?:[ ](?:magistrale|triennale|specialistica))?|diploma[ ]di[ ]\w+|maturità|dottorato|"
    r"bacharel|bacharelado|mestrado|doutorado|doutoramento|ensino[ ]médio|pós-graduação|tecnólogo|graduação|"
    r"HBO|MBO|WO|VWO|HAVO|VMBO|gymnasium)(?![\w@]))(?P<rest>[^\n]*)",
    re.I,
)
"""What begins the name of a degree in a row of the education."""
_ENDS = re.compile(
    rf"[ ]*[(]?(?:\b(?:from|at|@|with|aus|an[ ]der|à|a[ ]l['’]|na|no|aan|presso|by)[ ]|{BLANK}|[|•·\t;:]|"
    rf"[ ]{{2,}}|[ ][-–—][ ]|"
    r",[ ](?!in[ ])|\)$)",
    re.I,
)
_BOUND = re.compile(r"[ ]?,?[ ]?(?:in|of|en|für|em|de|di|d['’]|des|du|in[ ]the|\()[ ]?", re.I)


def _degree_rows(sheet: Sheet) -> None:
    """Take the degrees with which a part of a row of the education begins, and what was studied."""
    for row in sheet.rows:
        if row.section != "education" or row.heading or len(row.text.split()) > 20:
            continue
        text = sheet.rest(row)
        for cut in [re.match("", text), *_PARTS.finditer(text)]:
            at = cut.end() if cut else 0
            lead = re.match(r"[*_#>•➢▪◦·\-–\s]*(?:\d{1,2}[.)][ ]+)?", text[at:])
            match = _OPENS.match(text, at + (lead.end() if lead else 0))
            if match is None or BLANK in text[match.start() : match.start("rest")]:
                continue
            end = match.start("rest") + _field_end(match["rest"])
            value = " ".join(text[match.start() : end].split()).rstrip(" .,*_")
            if sheet.take("DEGREE", row.start + match.start(), row.start + end, value, "degree-row"):
                break


def _field_end(rest: str) -> int:
    """How far what was studied reaches behind a degree: to a separator, a preposition or a school's words."""
    hons = re.match(r"[.]?[ ]?\(?(?:hons?|honou?rs)\b\.?\)?", rest, re.I)
    begin = hons.end() if hons else 0
    stop = _ENDS.search(rest, begin)
    bound = _BOUND.match(rest, begin)
    if bound and "(" in bound[0]:
        closed = rest.find(")", begin)
        inside = rest[bound.end() : closed] if closed > 0 else ""
        return closed + 1 if _studied(inside) else begin
    if stop and stop.start() == begin and re.fullmatch(r",[ ]|[ ]?[-–—:][ ]", stop[0]):
        following = re.split(r"[,|(\t\x00]|[ ][-–—][ ]", rest[stop.end() :])[0].rstrip()
        return stop.end() + len(following) if _studied(following) and not _KINDLY.search(following) else begin
    end = stop.start() if stop else len(rest)
    what = rest[begin:end]
    school = _KINDLY.search(what)
    if school:
        words = what[: school.start()].rstrip().split(" ")
        return begin + (len(" ".join(words[:1])) if bound and len(words) > 1 else 0)
    return end if bound or _studied(what) or not what.strip() else begin


def _studied(text: str) -> bool:
    """Whether a phrase names what can be studied."""
    words = re.findall(r"[\w&]+", text.casefold())
    return 0 < len(words) <= 7 and any(word in subjects() for word in words)


def find_degrees(sheet: Sheet) -> None:
    """Take degrees with their field; two-letter forms only in education or before "in" and a field."""
    _degree_rows(sheet)
    for match in list(_DEGREE.finditer(sheet.masked)):
        _take_degree(sheet, match)
    for row in sheet.rows:
        open_row = row.section == "education" and not row.bullet and not sheet.in_row(row, "DEGREE")
        if open_row and (small := _SMALL.match(sheet.rest(row))):
            value = " ".join(small[0].split())
            sheet.take("DEGREE", row.start, row.start + small.end(), value, "degree-row")
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


_DIVIDED = re.compile(
    r"(?P<degree>.+?)[ ]?(?:,[ ](?:in[ ])?|[:–-][ ]|[ ](?:[Ii][Nn]|en|für|fur|em)[ ]|[ ](?=\())(?P<field>\S.*)",
    re.S,
)


def field_of(text: str) -> tuple[str, str | None]:
    """A degree as written and what was studied: "B.S. in Physics" → ("B.S.", "Physics")."""
    text = " ".join(text.split())
    match = _DIVIDED.fullmatch(text)
    if match and not re.match(r"\(?Hon", match["field"]):
        return match["degree"], match["field"].strip(" ()")
    if (short := _SHORT.fullmatch(text)) and short["field"]:
        return text[: short.start("field")].strip(), re.sub(
            r"^(?:in|of)[ ]", "", short["field"].strip(" ,:–-")
        )
    opened = _OPENS.fullmatch(text)
    if opened and _studied(opened["rest"]):
        return text[: opened.start("rest")], opened["rest"].strip(" .")
    return text, None
