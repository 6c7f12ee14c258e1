"""The registry: every signal this version looks for.

Each with its weight before rarity, its innocent explanations and how a person verifies it.
``docs/signals.md`` is made from it.
"""

from __future__ import annotations

from forensics.findings.finding import Signal

_CALL = "Call the employers named, by their own published numbers, and confirm who worked there."
_INTERVIEW = "Ask about the work in an on-camera interview: what was built, with whom, what went wrong."
_OTHER = "Look at both documents side by side before you speak to either applicant."
_ASK = "Ask the applicant where the text comes from; a template, a coach or an agency is a fair answer."

_ALL = (
    Signal(
        id="copied-content",
        family="content",
        weight="A",
        what="most of the body equal after masking names, contacts, employers, schools, dates and numbers",
        innocent=(
            "It is one person under two names (marriage, transliteration, a nickname).",
            "An agency has put the same text into several files.",
            "Both bought or copied the same sample résumé.",
        ),
        verify=(_OTHER, _CALL, _INTERVIEW),
    ),
    Signal(
        id="copied-passages",
        family="content",
        weight="A",
        what="rare bullets or sentences shared, in order or not",
        innocent=(
            "Both used the same résumé builder's or coach's phrases.",
            "Both pasted from the same job advertisement.",
            "Both worked for one employer and use its wording.",
        ),
        verify=(_OTHER, _ASK, _INTERVIEW),
    ),
    Signal(
        id="copied-letter",
        family="content",
        weight="A",
        what="a cover letter used again with its slots swapped",
        innocent=("Both started from the same published sample letter.", "One adviser wrote for both."),
        verify=(_OTHER, _ASK),
    ),
    Signal(
        id="shared-phone",
        family="contact",
        weight="A",
        what="one telephone number under several names",
        innocent=(
            "They are a family or share a household.",
            "It is the number of an agency that represents both.",
            "The number was given up by one and assigned to the other.",
        ),
        verify=(
            "Call the number and ask for each of them.",
            "Ask each applicant for a second way to reach them.",
        ),
    ),
    Signal(
        id="shared-email",
        family="contact",
        weight="A",
        what="one e-mail address under several names",
        innocent=(
            "They are a family and share the address.",
            "It is the address of an agency that represents both.",
            "It is one person under two names.",
        ),
        verify=(
            "Write to the address and ask who reads it.",
            "Ask each applicant for a second way to reach them.",
        ),
    ),
    Signal(
        id="shared-handle",
        family="contact",
        weight="A",
        what="one profile or portfolio under several names",
        innocent=(
            "It is the page of a project both worked on.",
            "A template's author left theirs in both files.",
        ),
        verify=("Open the profile: whose name, face and history does it show, and since when?",),
    ),
    Signal(
        id="phone-style",
        family="style",
        weight="C",
        what="how the telephone number is written, and how many here write it so",
        innocent=(
            "Forms, autofill and habits from abroad all write numbers this way. It says nearly nothing alone.",
        ),
        verify=("Nothing to verify: it is context for other findings.",),
        across=False,
    ),
    Signal(
        id="phone-invalid",
        family="contact",
        weight="B",
        what="a telephone number that cannot exist",
        innocent=("A typing error.", "A number from abroad written without its country code."),
        verify=("Ask the applicant for the number again, and call it.",),
        across=False,
    ),
)

SIGNALS = {signal.id: signal for signal in _ALL}
"""By id."""

LATER = {
    "copied-history": "work histories are not compared by this version",
    "shared-template": "layouts are not compared by this version",
    "shared-address": "addresses are not compared by this version",
    "shared-image": "images are not compared by this version",
    "shared-lineage": "editing traces are not compared by this version",
    "shared-error": "rare errors are not compared by this version",
    "hidden-text": "hidden text is not looked for by this version",
    "institution-listed": "institutions are not looked up by this version",
    "timeline-overlap": "timelines are not checked by this version",
    "place-conflict": "places are not checked by this version",
}
"""Signals that a reviewer may expect and this version does not look for, with the reason to show."""
