"""When do two names name one person? The rule of the relation between two applications.

Compared after NFKD, case folding, and without punctuation, honorifics, credentials and middle names; the
order of the words is free and an initial stands for every name that begins with it. A label that is no
person's name ("Applicant 17", ``person-0012``) is recognised by its digits and compared in full.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

HONORIFICS = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame rev er engr shri smt sri herr frau mme mlle mag dipl "
    "ing".split()
)
"""Words before a name that are no part of it, folded and without dots."""

GENERATIONS = frozenset("jr sr ii iii iv snr jnr".split())
"""Words behind a name that tell father from son; no two applications differ by them alone."""

CREDENTIALS = frozenset(
    """
    mba emba pmp phd dphil msc bsc ba bs ma ms meng beng btech mtech mca bca be me md do dds dvm jd llb
    llm esq cpa cfa cma acca ca fca cissp cisa cism ceh ccna ccnp ccie csm cspo psm safe itil pe peng
    eit rn bsn msn np lpn lvn pa pac pharmd phr sphr shrm shrmcp cpp csp rph frcs mrcp mbbs mph mpa mfa
    bba bcom mcom dba edd med msw lcsw lmft ccc slp otr dpt pt aws gcp oscp comptia togaf prince2
    sixsigma leed ap aia ria cfp chfc clu scm cscp cpim gphr cams fmva frm caia
    """.split()
)
"""Degrees and certificates that people write behind their names, folded and without dots."""

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)
_ASIDE = re.compile(r"\([^()]*\)|[\"“”„«»][^\"“”„«»]*[\"“”«»]")
_MARKS = re.compile(r"['’‘`´ʼʻ.]")
_WORD = re.compile(r"[^\W_]+(?:[-‐‑–][^\W_]+)*")
_HYPHEN = re.compile(r"[-‐‑–]")


def fold(text: str) -> str:
    """NFKD without Latin accents, case folded: ``José`` becomes ``jose``."""
    if text.isascii():
        return text.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not "\u0300" <= c <= "\u036f")
    return plain.casefold().translate(_LETTERS)


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    label: bool

    @property
    def ends(self) -> tuple[str, ...]:
        """First and last word, the middle dropped."""
        return self.words if len(self.words) < 3 else (self.words[0], self.words[-1])


def agree(a: str | None, b: str | None) -> bool | None:
    """Whether two names name one person; ``None`` when either is empty.

    A single word agrees with a longer name that begins or ends with it. Two surnames of which one is left
    out ("Maria Garcia", "Maria Garcia Lopez") agree; two first names do not.
    """
    if not a or not b:
        return None
    one, two = _parse(a), _parse(b)
    if not one.words or not two.words:
        return None
    if one.label or two.label:
        return sorted(one.words) == sorted(two.words)
    if len(one.words) > len(two.words):
        one, two = two, one
    if len(one.words) == 1:
        return any(_same(one.words[0], word, len(two.words) > 1) for word in two.ends)
    if _inside(one.ends, two) and _inside(two.ends, one):
        return True
    return _same(one.words[0], two.words[0], True) and _inside(one.words, two)


def key(name: str) -> str:
    """A canonical form: equal for spellings that :func:`agree` finds equal but for initials and hyphens.

    ``"Smith, John Q."`` and ``"JOHN SMITH"`` both give ``"john smith"``; a label keeps all its words.
    """
    parsed = _parse(name)
    words = parsed.words if parsed.label else parsed.ends
    return " ".join(sorted(_HYPHEN.sub("", word) for word in words))


def strip_titles(name: str) -> str:
    """The name as written, without honorifics before and credentials behind it."""
    head, *rest = [part.strip() for part in name.split(",")]
    words = head.split()
    while len(words) > 1 and _bare(words[0]) in HONORIFICS:
        words = words[1:]
    shouting = head.isupper()
    while len(words) > 2 and _credential(words[-1], shouting):
        words = words[:-1]
    kept = [part for part in rest if part and not all(_titled(word) for word in re.split(r"[\s/&]+", part))]
    return ", ".join([" ".join(words), *kept])


def _bare(word: str) -> str:
    return re.sub(r"[^\w]", "", fold(word))


def _credential(word: str, shouting: bool) -> bool:
    """Written as a credential: in capitals or with dots, and not only because all is in capitals."""
    bare = _bare(word)
    if bare in GENERATIONS:
        return True
    if bare not in CREDENTIALS:
        return False
    capitals = word.isupper() or "." in word.rstrip(".") or any(c.isupper() for c in word[1:])
    return capitals and (not shouting or len(bare) > 2)


def _titled(word: str) -> bool:
    bare = _bare(word)
    return not bare or bare in CREDENTIALS or bare in GENERATIONS or bare in HONORIFICS


@lru_cache(maxsize=4096)
def _parse(name: str) -> _Name:
    plain = _ASIDE.sub(" ", name).strip() or name
    if any(c.isdigit() for c in plain):
        return _Name(tuple(re.findall(r"[^\W\d_]+|\d+", fold(plain))), True)
    plain = strip_titles(plain)
    last, comma, first = plain.partition(",")
    if comma and first.strip():
        plain = f"{first} {last}"
    plain = re.sub(r"\.(?=\w)", " ", fold(plain))
    words = _WORD.findall(_MARKS.sub("", plain))
    while len(words) > 2 and words[-1] in GENERATIONS:
        words.pop()
    return _Name(tuple(words), False)


def _inside(words: tuple[str, ...], name: _Name) -> bool:
    """Whether each of the words has a partner of its own in the name."""
    known = name.words
    joined = [known[i] + known[i + 1] for i in range(len(known) - 1)]
    free = list(range(len(known)))
    for word in sorted(words, key=len, reverse=True):
        plain = _HYPHEN.sub("", word)
        for i in free:
            if _same(word, known[i], True):
                free.remove(i)
                break
        else:
            if plain not in (_HYPHEN.sub("", pair) for pair in joined):
                return False
    return True


def _same(a: str, b: str, parts: bool) -> bool:
    """Equal, or one is the other's initial; ``parts``: or one is a part of the other's double name."""
    one, two = _HYPHEN.sub("", a), _HYPHEN.sub("", b)
    if one == two:
        return True
    if min(len(one), len(two)) == 1:
        return one[0] == two[0]
    if parts:
        first, second = _HYPHEN.split(a), _HYPHEN.split(b)
        short, double = (first, second) if len(first) < len(second) else (second, first)
        return len(short) == 1 and len(double) > 1 and short[0] in double
    return False
