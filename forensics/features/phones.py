"""Telephone numbers: where they stand, what they are, how they are written, whether they can exist.

:func:`find_phones` reads more than ``phonenumbers`` does: a number that cannot exist is evidence too.
Numbering plans come from ``phonenumbers``; the ranges kept for fiction from NANPA (555-0100 to 0199) and
Ofcom's list of numbers for drama.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

_GAP = r"[ \u00a0\u2009\u202f.\-‐‑–/]"
_NANP = re.compile(
    rf"(?<![\w.,@#$€£%/\-+(])(?P<cc>(?:\+[ ]?|"
    rf"00)?1{_GAP}{{0,3}})?(?:(?P<par>[(\[])[ ]?)?(?P<npa>\d{{3}})[ ]?(?(par)[)\]])"
    rf"(?P<s1>[ ]?{_GAP}?[ ]?)(?P<nxx>\d{{3}})(?P<s2>[ ]?{_GAP}[ ]?)(?P<line>\d{{4}})(?![\w@%]|{_GAP}\d)"
)
_INTERNATIONAL = re.compile(
    rf"(?<![\w+])(?:\+[ ]?|00(?=[1-9]))\(?\d(?:(?:{_GAP}|[()]){{0,3}}\d){{6,16}}(?![\w@])"
)
_RUN = re.compile(rf"(?<![\w.,@#$€£%/\-(])\(?\d(?:(?:{_GAP}|[()]){{0,2}}\d){{5,13}}(?![\w@%])")
_EXTENSION = re.compile(
    r"[ ]?[,;(]?[ ]?(?:ext(?:ension|n)?\.?|x|#|durchwahl)[ ]?[:.]?[ ]?\d{1,6}\)?(?!\w)", re.I
)
_LABEL = re.compile(
    r"(?:(?:\b(?:tele)?phone|\btelefono?|\btel|\bmobile?|\bcell(?:ular)?|\bmob|\bph|\bcall|\btext|\bfax|"
    r"\bhandy|"
    r"\bportable|\bnumber|\bcontact|\bwhats ?app|\breach(?: me)?(?: at| on)?|\b(?:me|us) (?:at|on)|"
    r"전화|휴대폰|电话|手机)"
    r"(?:[ ]?(?:(?:no|nr|number|num)\b|#))?[ ]?\.?|(?:^|[\s|,•·(])[MTPCHF]|[☎☏📞📱✆\uf095\uf10b\uf3cd\uf879])"
    r"[ ]?(?:\([A-Za-z]{1,7}\))?[ ]?[:.\-–=]*[ ]?\(?$",
    re.I,
)
_NO_PHONE = re.compile(
    r"\b(?:id|ids|ref(?:erence)?|licen[cs]e|isbn(?:-1[03])?|issn|doi|account|acct|ssn|passport|order|invoice|"
    r"case|patent|"
    r"certificate|cert|registration|reg|serial|badge|employee|student|roll|membership|vat|ein|tin|pan|"
    r"aadhaar|credential|"
    r"ticket|version|zip|pin|postal|plz|orcid|pmid|arxiv|sku|part)[ ]?(?:no|nr|number|num|code|"
    r"#)?[ ]?[:.#\-]*[ ]?$",
    re.I,
)
_LIKE_NANP = re.compile(r"\(?\d{3}\)?[-. ]{1,2}\d{3}[-. ]\d{3,6}")
_ELSEWHERE = (
    "GB IN DE FR ES IT NL PL BR MX AU NZ KR JP CN PK BD NG KE ZA PH SG MY ID IL TR AE UA RU IE".split()
)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|10\.\d{4,}/.*")  # of a machine, of an article
_PLUS4 = re.compile(r"\d{5}-\d{4}")
_DRAMA = re.compile(
    r"\+44(?:7700900|1632960|2079460|1134960|1144960|1154960|1164960|1174960|1184960|1214960|1314960|1414960|"
    r"1514960|"
    r"1614960|2890180|2920180|1914980|8081570|9098790|3069990)\d{3}"
)


_PREFIXED = re.compile(r"(?:\+|\b00)\d{1,3}[ .()/-]{0,2}$")


class Phone(NamedTuple):
    """A number at ``[start, end)`` with its extension; ``value`` is E.164, or bare digits without a plan."""

    start: int
    end: int
    value: str
    rule: str


class Validity(NamedTuple):
    """``verdict`` is ``valid``, ``invalid`` or ``fictional``; ``why`` is empty for a valid number."""

    verdict: str
    why: str


def find_phones(text: str, contact: Callable[[int], bool], regions: Sequence[str]) -> list[Phone]:
    """Numbers in a text from which dates, addresses and the like were blanked, in text order.

    ``contact(offset)`` tells a contact line, where shapes count that are no numbers elsewhere; ``regions``
    (ISO 3166, best guess first) read a number without a country code. Numbers behind words like "ISBN" or
    "ID" are left alone.
    """
    found: list[Phone] = []
    taken: list[tuple[int, int]] = []
    american = "US" in regions or "CA" in regions
    for kind, pattern in (("nanp", _NANP), ("international", _INTERNATIONAL), ("run", _RUN)):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            line = text[max(text.rfind("\n", 0, start) + 1, start - 40) : start]
            labelled = bool(_LABEL.search(line))
            if not labelled and _NO_PHONE.search(line):
                continue
            if kind == "nanp" and not match["cc"] and _PREFIXED.search(line):
                continue  # "+234 803 555 0123": its country code stands before
            written = match[0]
            near = labelled or contact(start)
            if kind == "nanp":
                value = _american(match, near, regions) if american or match["cc"] else None
            elif kind == "international":
                value = _abroad(written, near)
            else:
                value = _local(written, near, labelled, regions)
            if value is None:
                continue
            more = _EXTENSION.match(text, end)
            end = more.end() if more else end
            taken.append((start, end))
            found.append(Phone(start, end, value, f"phone-{kind}"))
    return sorted(found)


def _american(match: re.Match[str], near: bool, regions: Sequence[str]) -> str | None:
    if not match["cc"] and regions[0] not in {"US", "CA"}:
        home = _national(re.sub(r"\D", "", match[0]), regions[0])
        if home is not None:
            return home
    value = f"+1{match['npa']}{match['nxx']}{match['line']}"
    plain = not match["cc"] and not match["par"] and match["s1"].strip() == "" == match["s2"].strip()
    return value if near or not plain or _plan(value) == "valid" else None


def _abroad(written: str, near: bool) -> str | None:
    digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", written))
    digits = digits if written.lstrip().startswith("+") else digits[2:]
    value = f"+{digits}"
    if _plan(value) in {"valid", "possible"}:
        return _canonical(value)
    return value if near and len(digits) <= 16 else None


def _local(written: str, near: bool, labelled: bool, regions: Sequence[str]) -> str | None:
    """A run of digits without country code: a number only where contacts stand."""
    digits = re.sub(r"\D", "", written)
    shaped = bool(re.search(r"\d\D+\d", written))
    if not near or _ADDRESS.fullmatch(written) or (_PLUS4.fullmatch(written) and not labelled):
        return None
    for region in regions:
        if (value := _national(digits, region)) is not None:
            return value
    if len(digits) == 7:
        return digits if labelled or re.fullmatch(r"\d{3}[-. ]\d{4}", written) else None
    if not labelled and not (9 <= len(digits) <= 12 and (shaped or len(digits) > 9)):
        return None
    american = regions[0] in {"US", "CA"}
    if not american and (value := _national(digits, regions[0], strict=False)) is not None:
        return value
    if american and (
        _LIKE_NANP.fullmatch(written) or not any(_national(digits, other) for other in _ELSEWHERE)
    ):
        return f"+{digits}" if len(digits) == 11 and digits[0] == "1" else f"+1{digits}"
    return digits


@lru_cache(maxsize=4096)
def _national(digits: str, region: str, strict: bool = True) -> str | None:
    """The number in E.164 if it is one of the region's: in use, or with ``strict`` off of a right length."""
    import phonenumbers

    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    known = phonenumbers.is_valid_number if strict else phonenumbers.is_possible_number
    if not known(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


@lru_cache(maxsize=4096)
def _canonical(value: str) -> str:
    import phonenumbers

    number = phonenumbers.parse(value)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


@lru_cache(maxsize=4096)
def _plan(value: str) -> str:
    """``valid``, ``possible``, ``short``, ``long`` or ``unknown`` by the numbering plan."""
    import phonenumbers

    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        return "unknown"
    if phonenumbers.is_valid_number(number):
        return "valid"
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.IS_POSSIBLE:
        return "possible"
    return "long" if reason == phonenumbers.ValidationResult.TOO_LONG else "short"


def validity(value: str) -> Validity:
    """Whether a number of an entity's ``value`` can exist.

    ``invalid`` in the North American plan: wrong length, an area code that cannot be or is not assigned, an
    exchange that cannot be; elsewhere only a wrong length, since many plans are looser than their tables.
    ``fictional``: 555-0100 to 0199 behind any area code that can be, and Ofcom's numbers for drama. Seven
    digits without area code are ``valid`` (incomplete, not impossible) or ``fictional``.
    """
    if not value.startswith("+"):
        if re.fullmatch(r"55501\d\d", value):
            return Validity("fictional", "555-0100 to 555-0199 is kept for fiction")
        return Validity("valid", "")
    if value.startswith("+1"):
        return _north_american(value[2:])
    if _DRAMA.fullmatch(value):
        return Validity("fictional", "in a range that Ofcom keeps for drama")
    plan = _plan(value)
    if plan in {"short", "long"}:
        return Validity("invalid", f"too {plan} for its country")
    if plan == "unknown":
        return Validity("invalid", "no country has this code")
    return Validity("valid", "")


def _north_american(national: str) -> Validity:
    if len(national) != 10:
        return Validity("invalid", f"{len(national)} digits where North American numbers have 10")
    area, exchange, line = national[:3], national[3:6], national[6:]
    if area[0] in "01":
        return Validity("invalid", f"no area code begins with {area[0]}")
    if exchange == "555" and line.startswith("01"):
        return Validity("fictional", "555-0100 to 555-0199 is kept for fiction")
    if _plan(f"+1{area}2345678") != "valid":
        return Validity("invalid", f"area code {area} is not assigned")
    if exchange[0] in "01":
        return Validity("invalid", f"no exchange begins with {exchange[0]}")
    if exchange[1:] == "11" and area[0] != "8":
        return Validity("invalid", f"{exchange} is a service code and no exchange")
    return Validity("valid", "")


def surface(written: str) -> tuple[str, ...]:
    """Which hold of ``plus_one, one_dash, parentheses, dots, dashes, spaces, bare`` for a number as written.

    The first two tell the prefix ("+1", "1-"); ``spaces`` means a space between two digits of the national
    number; ``bare`` means no separator in it. An extension is left aside.
    """
    plain = _EXTENSION.sub("", written.strip())
    prefix = re.match(r"(\+[ ]?1|1(?=\D))(\D*)(?=(?:\D*\d){10})", plain)
    body = plain[prefix.end() :] if prefix else plain
    body = plain[prefix.end(1) :].lstrip(" -.‐‑–") if prefix else re.sub(r"^\+\d{1,3}[ .\-]?", "", body)
    found = {
        "plus_one": bool(prefix and prefix[1].startswith("+")),
        "one_dash": bool(prefix and prefix[1] == "1" and re.match(r"[ ]?[-‐‑–]", prefix[2])),
        "parentheses": bool(re.search(r"\(\d{2,5}\)", plain)),
        "dots": bool(re.search(r"\d[ ]?\.[ ]?\d", body)),
        "dashes": bool(re.search(r"\d\)?[ ]?[-‐‑–][ ]?\d", body)),
        "spaces": bool(re.search(r"\d[ \u00a0\u2009\u202f]+\d", body)),
        "bare": body.isdigit(),
    }
    return tuple(name for name, holds in found.items() if holds)
