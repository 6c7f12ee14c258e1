"""Names once read, marked wherever they recur: an employer in a bullet, a school in a summary."""

from __future__ import annotations

import re

from forensics.features.gazetteers import company_suffixes
from forensics.features.sheet import Sheet
from forensics.features.tokens import never_slots

_WORD = re.compile(r"(?<![\w-])\w+")
_CUE = re.compile(
    r"\b(?:at|for|with|by|joined|joining|join|of|from|within|inside|to|and|&|via|leaving|"
    r"left)[ ](?:the[ ])?$",
    re.I,
)


def trimmed(text: str) -> str:
    """A company's name without the punctuation behind it, but for the dot of "Inc."."""
    bare = text.rstrip(" .,;:!?'’-")
    last = bare.split()[-1].casefold() if bare else ""
    return f"{bare}." if last in company_suffixes() and text.startswith(f"{bare}.") else bare


def mark_again(sheet: Sheet) -> None:
    """Mark employers and schools, once read, wherever their name recurs as it was written."""
    for label in ("EMPLOYER", "SCHOOL"):
        forms: dict[str, str] = {}
        for entity in [e for e in sheet.entities if e.label == label]:
            for form in _forms(entity.text):
                forms.setdefault(form, entity.value)
        known: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for form in sorted(forms, key=len, reverse=True):
            if first := _WORD.match(form):
                pattern = re.compile(rf"{_wrapped(form)}(?![\w-]|\.\w)")
                known.setdefault(first[0], []).append((form, pattern))
        text = sheet.masked
        for word in _WORD.finditer(text):
            for form, pattern in known.get(word[0], ()):
                match = pattern.match(text, word.start())
                if match and _again(sheet, match):
                    sheet.take(label, match.start(), match.end(), forms[form], f"{label.lower()}-again")
                    break


def _wrapped(form: str) -> str:
    """A pattern for the form, which may go over the end of a line."""
    return r"\s+".join(re.escape(word) for word in form.split())


def _forms(name: str) -> list[str]:
    words = name.split()
    forms = [name]
    while len(words) > 1 and words[-1].casefold().strip(".,") in company_suffixes():
        words = words[:-1]
        forms.append(" ".join(words).rstrip(","))
    if name.isupper() and len(name) > 5:
        forms += [form.title() for form in forms]
    return [
        form
        for form in dict.fromkeys(forms)
        if len(form) > 2 and form[0].isalnum() and re.search(r"[A-Z\d]|[^\x00-\x7f]", form)
    ]


def _again(sheet: Sheet, match: re.Match[str]) -> bool:
    """A single word that opens a sentence or names a technology is the employer only behind "at", "for" …"""
    if len(match[0].split()) > 1:
        return True
    row = sheet.row(match.start())
    before = sheet.text[max(row.start, match.start() - 24) : match.start()]
    if _CUE.search(before) or sheet.text.startswith(("'s", "’s"), match.end()):
        return True
    opens = not re.search(r"\w", before) or bool(re.search(r"[.!?:•]\s*$", before))
    return (
        not opens
        and match[0].casefold() not in never_slots()
        and row.section not in {"skills", "certifications"}
    )
