"""Names out of a page: the same report with "Applicant A" and "Applicant B", made by the server.

Not a matter of style sheets: the names are not in what is sent, so they are neither on the paper nor in the
source. Names that the report knows are replaced wherever they stand (whole, and their parts where they are
capitalised; in file names and links in any case), e-mail addresses and telephone numbers are blanked, pictures of
pages are taken out. A name that nothing has read stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from string import ascii_uppercase

from forensics.features.names import agree
from forensics.features.phones import find_phones

_TAG = re.compile(r"(<[^>]*>)")
_LABEL = re.compile(r'((?:aria-label|title|alt)=")([^"]*)(")')
_PICTURE = re.compile(r'<(?:image|img)\b[^>]*="data:image/[^>]*>')
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_COMPOUND = re.compile(r"[_/@\\]|\w[.-]\w")
"""Of file names, addresses and links, in which names are in small letters."""

_DIGITS = re.compile(r"(?:\d\D{0,3}){7}")
"""Without so many digits there is no telephone number."""

_SHORTEST = 3


def hidden(page: str, names: Sequence[str]) -> str:
    """The HTML with each of ``names`` replaced; the first is Applicant A, and names that agree share a letter."""
    people = _people(names)
    page = _PICTURE.sub("", page)
    done = []
    in_path = False
    for part in _TAG.split(page):
        if part.startswith("<"):
            in_path = (
                'class="path"' in part
                if part.startswith("<bdi")
                else in_path and not part.startswith("</bdi")
            )
            done.append(
                _LABEL.sub(lambda match: match[1] + _said(match[2], people, in_path=True) + match[3], part)
            )
        else:
            done.append(_said(part, people, in_path=in_path))
    return "".join(done)


def _people(names: Sequence[str]) -> list[tuple[str, list[str]]]:
    """(pseudonym, names and parts of names) of each person; a word of two persons stands for the first."""
    groups: list[list[str]] = []
    for name in dict.fromkeys(each.strip() for each in names if each and each.strip()):
        for group in groups:
            if agree(group[0], name) is True:
                group.append(name)
                break
        else:
            groups.append([name])
    return [
        (f"Applicant {ascii_uppercase[at] if at < 26 else at + 1}", group) for at, group in enumerate(groups)
    ]


def _parts(name: str) -> list[str]:
    return [each for each in re.split(r"[\W_]+", name) if len(each) >= _SHORTEST]


def _said(text: str, people: list[tuple[str, list[str]]], *, in_path: bool) -> str:
    if not text.strip():
        return text
    plain = before = unescape(text)
    plain = _without_phones(_EMAIL.sub("(e-mail)", plain))
    for pseudonym, group in people:
        plain = _pattern(group, any_case=True).sub(pseudonym, plain)
    for pseudonym, group in people:
        parts = [part for name in group for part in _parts(name)]
        if parts:
            written, anyhow = _pattern(parts, any_case=False), _pattern(parts, any_case=True)
            chunks = re.split(r"(\s+)", plain)
            plain = "".join(
                (anyhow if in_path or _COMPOUND.search(chunk) else written).sub(pseudonym, chunk)
                for chunk in chunks
            )
            plain = re.sub(rf"{pseudonym}(?:[\s_.-]+{pseudonym})+", pseudonym, plain)
    return text if plain == before else escape(plain)


def _without_phones(text: str) -> str:
    """Numbers that can be dialled from anywhere or that look like American ones are blanked."""
    for phone in reversed(find_phones(text, lambda _: False, ("US",)) if _DIGITS.search(text) else ()):
        text = f"{text[: phone.start]}(telephone){text[phone.end :]}"
    return text


def _pattern(words: Sequence[str], *, any_case: bool) -> re.Pattern[str]:
    """The words, not inside of longer ones; as a name is written or in capitals, or in any case."""
    forms = {form for word in words for form in ((word,) if any_case else (word, word.title(), word.upper()))}
    said = [r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, key=len, reverse=True)]
    return re.compile(
        rf"(?<![^\W\d_])(?:{'|'.join(said)})(?![^\W\d_])", re.IGNORECASE if any_case else re.NOFLAG
    )
