"""The registry: every signal this version looks for.

Each with its weight before rarity, its innocent explanations and how a person verifies it.
``docs/signals.md`` is made from it.
"""

from __future__ import annotations

from forensics.findings.finding import Signal
from forensics.findings.signals_claims import CLAIMS
from forensics.findings.signals_files import FILES

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
    Signal(
        id="hidden-text",
        family="integrity",
        weight="B",
        what="text that a machine reads and a person does not see: in the colour of its ground, tiny, off the "
        "page, covered, clipped, transparent, switched off, or other than what the page shows",
        innocent=(
            "A template, a converter or an earlier draft left it there, and the applicant has never seen it.",
            "A shading or a picture behind light text was lost when the file was converted.",
            "A coach or a web page advised to do it, to be found by screening programs.",
        ),
        verify=(
            "Look at the page where it stands, then mark and copy that place in a viewer.",
            "Ask for the document in the format it was written in.",
            "Judge the application by what it shows.",
        ),
        across=False,
    ),
    Signal(
        id="prompt-injection",
        family="integrity",
        weight="B",
        what="orders to a program that reads the document, visible or hidden, among words for a reader",
        innocent=(
            "The applicant works on such attacks and gives an example.",
            "A protest or a joke about automatic screening.",
            "It came with a template, and the applicant has never seen it.",
        ),
        verify=(
            "Read the quote in its place; do not give it to a language model.",
            "Repeat any automatic judgement of this application without these words, or by hand.",
            "Ask the applicant how it came into the file.",
        ),
        across=False,
    ),
    Signal(
        id="keyword-stuffing",
        family="integrity",
        weight="C",
        what="hidden lists of keywords, or passages that repeat a few words many times",
        innocent=(
            "A long list of tools is usual in some trades.",
            "A coach advised to name every word of a posting.",
        ),
        verify=("Ask about a few of the words in the interview: where and how were they used?",),
        across=False,
    ),
    Signal(
        id="wrong-company-left",
        family="integrity",
        weight="C",
        what="placeholders of a template where the applicant's own words should stand",
        innocent=("The applicant was in a hurry, as most are.",),
        verify=("Nothing to verify: it says that a template was used.",),
        across=False,
    ),
    Signal(
        id="metadata-conflict",
        family="integrity",
        weight="C",
        what="the file contradicts itself about when, where and by what it was made, or was changed after it "
        "was first written",
        innocent=(
            "Programs and online services that touch a file rewrite some of its records and leave others.",
        ),
        verify=(
            "Ask for the document in the format it was written in, and compare the two.",
            "Ask who made the file, on what, and with which program; a helper or an online service is a fair "
            "answer.",
        ),
        across=False,
    ),
    Signal(
        id="institution-listed",
        family="institution",
        weight="B",
        what="an institution that a public authority has designated, that lies where a list says, or that the user "
        "has listed: by its name, an alias or another romanisation; C where the name is only alike",
        innocent=(
            "Naming an institution is no fault: it may be a customer, a partner, a subject of research.",
            "People who left it, and refugees, name it truthfully.",
        ),
        verify=(
            "Read the entry at its source on the day you decide: lists change, and ours have a date.",
            "Compare place, years and field of the institution with what the document says of it.",
            "Where the match stands, ask whoever is responsible for sanctions law before anybody acts on it.",
        ),
        across=False,
    ),
)

SIGNALS = {signal.id: signal for signal in (*_ALL, *FILES, *CLAIMS)}
"""By id."""
