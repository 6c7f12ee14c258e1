"""Text of a stranger's file, made harmless for a terminal and honest for the eye."""

from __future__ import annotations

import re
import unicodedata

_JOINERS = {"\u200c", "\u200d"}
_SOFT_HYPHEN = "\u00ad"
_ORDINARY = re.compile(r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u05ff]*\Z")


def visible(text: str, *, lines: bool = False) -> str:
    """``text`` in which nothing acts on the terminal and nothing hides.

    Control characters (so every ANSI escape), overrides of the writing direction, zero-width characters,
    tags and halves of surrogate pairs become ``<U+202E>`` and the like; white space becomes one blank, but
    with ``lines`` a line feed stays. Soft hyphens go, the joiners that some scripts need stay, characters
    of private use (icon fonts) become a box.
    """
    if not lines:
        text = " ".join(text.split())
    if _ORDINARY.match(text):
        return text
    return "".join(map(_shown, text))


def _shown(letter: str) -> str:
    if letter == "\n" or letter in _JOINERS:
        return letter
    if letter == "\t" or letter == "\r":
        return " "
    if letter == _SOFT_HYPHEN:
        return ""
    category = unicodedata.category(letter)
    if category == "Co":
        return "□"
    if category in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}:
        return f"<U+{ord(letter):04X}>"
    return " " if category == "Zs" else letter
