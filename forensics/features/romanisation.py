"""Romanised Korean → a skeleton that is the same however it was romanised.

McCune-Reischauer (*Ch'aek*, *Chosŏn*), the Revised Romanisation of 2000 (*Chaek*, *Joseon*), the usage of the
DPRK (*Phyongyang*, *Ryong-*) and the older usage of newspapers (*Chosun*, *Sung*, *Yong-*) write one word in
several ways. The skeleton is coarse on purpose: voiced and plain consonants, *o* and *u*, *r*, *l* and a
dropped initial fall together. It is therefore only compared for words of names that are Korean, and only
together with the other words of the name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"tch|tsh|dj|jj|j", "ch"),
        (r"kh|gh|ck|kk|gg|g|q", "k"),
        (r"c(?!h)", "k"),
        (r"th|dd|tt|d", "t"),
        (r"ph|bb|pp|b|f", "p"),
        (r"sh", "s"),
        (r"rh|l", "r"),
        (r"x", "ks"),
        (r"eo|oo|ou|eu", "o"),
        (r"ae|ai|ay|ei", "e"),
        (r"ee", "i"),
        (r"u", "o"),
        (r"wo", "o"),
        (r"yi|ri|^ni", "i"),
        (r"ry|^ny", "y"),
        (r"^r(?=[aeo])", "n"),
        (r"(.)\1+", r"\1"),
    )
)


def plain(word: str) -> str:
    """The word in small letters, without apostrophes, accents, breves; full-width forms made plain.

    >>> plain("Ch’ŏngjin")
    'chongjin'
    """
    if word.isascii():
        return word.replace("'", "").replace("`", "").lower()
    parts = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(c for c in parts if not unicodedata.combining(c) and c not in "'’‘`´ʼʻʹʿʾ＇")
    return unicodedata.normalize("NFC", kept)


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """The skeleton of a word that is already :func:`plain`; other scripts than Latin stay as they are.

    >>> skeleton("chaek") == skeleton("chaik"), skeleton("joseon") == skeleton("chosun")
    (True, True)
    """
    if not (word.isascii() and word.isalpha()):
        return word
    for pattern, to in _STEPS:
        word = pattern.sub(to, word)
    return word
