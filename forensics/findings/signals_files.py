"""The registry, third part: signals about files, pictures and the hand that wrote."""

from __future__ import annotations

from forensics.findings.finding import Signal

_BOTH = "Look at both documents side by side before you speak to either applicant."
_ORIGINAL = "Ask each applicant for the file in the format it was written in, and who made it with them."

FILES = (
    Signal(
        id="shared-template",
        family="lineage",
        weight="B",
        what="the same layout and design, apart from the words: lettering, sizes, colours, where lines begin, rules, "
        "headings, bullets, forms of dates",
        innocent=(
            "A public template that this version does not know by name: thousands may use it.",
            "One agency, school or coach gives its template to all.",
            "The usual settings of one program.",
        ),
        verify=(
            _BOTH,
            "If the template is public, mark it: `forensics template mark-public FILE --name NAME`.",
        ),
    ),
    Signal(
        id="shared-lineage",
        family="lineage",
        weight="A",
        what="ids of editing sessions, documents or accounts in both files, more than chance gives and rare here: "
        "one file was made from the other, or both from a third",
        innocent=(
            "A template that was handed around carries its maker's ids.",
            "A typist, an agency, a school or a friend keeps one file and writes everybody's over it.",
            "They share a computer.",
        ),
        verify=(_ORIGINAL, _BOTH),
    ),
    Signal(
        id="author-is-other-applicant",
        family="lineage",
        weight="B",
        what="the properties of a file name another applicant as its author or last editor",
        innocent=(
            "They share a computer or an account: a family, a flat, an office.",
            "One helped the other, or works for the agency that sent both.",
            "Two people bear one name.",
        ),
        verify=("Ask the applicant who made the file, and on whose computer.", _ORIGINAL),
    ),
    Signal(
        id="shared-image",
        family="image",
        weight="A",
        what="the same picture in the files of two applicants: the same bytes, or a look that differs in few bits",
        innocent=(
            "An employer's badge or an agency's header that is used by all of theirs.",
            "A template's sample photo that nobody has replaced.",
        ),
        verify=(
            "Look at both pictures; a person does, no program.",
            "Meet the applicant on camera, and see an identity document beside the face.",
        ),
    ),
    Signal(
        id="shared-error",
        family="style",
        weight="A",
        what="the same rare slips of the pen or odd spellings of products in both documents",
        innocent=(
            "Both copied from one template or sample that has them.",
            "It is a common slip, and this corpus is too small to show that.",
        ),
        verify=(
            _BOTH,
            "Look where each stands: in text of their own, or in a passage that both took from elsewhere.",
        ),
    ),
    Signal(
        id="shared-style",
        family="style",
        weight="C",
        what="two linked documents whose own words, without what they share, are written more alike than nearly all "
        "others here",
        innocent=(
            "One editor, coach or agency went over both.",
            "One program wrote or corrected both.",
            "It is chance: of every hundred pairs of strangers one is as close.",
        ),
        verify=("It verifies nothing and is no evidence alone: look at what linked the two documents.",),
    ),
)
