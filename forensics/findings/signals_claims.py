"""The registry, second part: signals about what a document claims of a person, their history and their contacts."""

from __future__ import annotations

from forensics.findings.finding import Signal

_EMPLOYERS = (
    "Call the employers named, by their own published numbers, and confirm who worked there and when."
)
_REGISTRAR = "Ask the registrar, by the school's own published number, to confirm the degree and its dates."
_BOTH = "Look at both documents side by side before you speak to anybody."
_DATES = "Ask the applicant to go through the dates with you, without saying which of them you doubt."

CLAIMS = (
    Signal(
        id="copied-history",
        family="timeline",
        weight="A",
        what="the same sequence of employers, titles and dates as another applicant's or a reference profile's, or the "
        "same titles and dates under other employers",
        innocent=(
            "The applicant is that engineer, under another name or in another corpus.",
            "Both began and rose in the same programme of one employer.",
        ),
        verify=(
            _BOTH,
            _EMPLOYERS,
            "Reach the other person by a channel that is theirs beyond doubt, and ask whether they applied.",
        ),
    ),
    Signal(
        id="shared-address",
        family="place",
        weight="B",
        what="one street and unit under several names, whatever the notation",
        innocent=(
            "They share a household or a flat.",
            "It is a dormitory, or a service that takes in post for many people.",
            "One moved out and the other in.",
        ),
        verify=(
            "Ask each applicant where they live and since when, and send what you ship only there, against a signature.",
            "Look the address up: is it a home, a dormitory or a mailbox service?",
        ),
    ),
    Signal(
        id="shared-referee",
        family="contact",
        weight="B",
        what="one referee under several applicants, or a referee whose contacts are another applicant's own",
        innocent=("Both worked for that person.", "Colleagues vouch for each other."),
        verify=(
            "Call the referee back through the switchboard of the employer, not by the number given.",
            "Ask the referee about each of the applicants, one at a time.",
        ),
    ),
    Signal(
        id="successor",
        family="content",
        weight="B",
        what="a new application with the content of another, soon after it and under a new name",
        innocent=(
            "Coincidence: many apply in the same weeks.",
            "One person applied again after a change of name.",
        ),
        verify=(_BOTH, "Compare what both applicants can say of the work in an interview."),
    ),
    Signal(
        id="burst",
        family="timeline",
        weight="C",
        what="several applications with nearly the same text within a day",
        innocent=("A job fair, a class or an agency sent many at once.",),
        verify=("Ask where the applicant heard of the post.",),
    ),
    Signal(
        id="version-drift",
        family="timeline",
        weight="B",
        what="versions by one applicant that contradict each other about employers, schools or dates of the past: a "
        "history that was rewritten, not added to",
        innocent=(
            "An error of the older version was corrected.",
            "An employer was renamed or bought, and the new version uses its new name.",
            "An agency wrote one of the versions.",
        ),
        verify=("Ask the applicant which version is right, and why they differ.", _EMPLOYERS, _REGISTRAR),
    ),
    Signal(
        id="application-conflict",
        family="integrity",
        weight="B",
        what="what one applicant handed in disagrees: résumé, letter and form name another person, number, town or "
        "dates, or the letter is meant for another company",
        innocent=(
            "The applicant has moved, or changed number or name since one of them was written.",
            "A typing error.",
            "The letter was adapted in a hurry, as most are.",
        ),
        verify=(
            "Ask which of them is right.",
            "Ask for an identity document at the stage at which you ask everybody.",
        ),
    ),
    Signal(
        id="profile-conflict",
        family="integrity",
        weight="B",
        what="an exported LinkedIn profile contradicts the résumé: another name in its address, other employers or "
        "dates; or it lay still for years and was then filled in a few weeks",
        innocent=(
            "The profile is out of date; most are.",
            "The address of the profile keeps a name from before a marriage.",
            "People come back to a profile when they look for work.",
        ),
        verify=(
            "Look at the profile while the applicant is signed in, in the interview: since when, with which contacts?",
            _EMPLOYERS,
        ),
    ),
    Signal(
        id="phone-place",
        family="place",
        weight="C",
        what="a telephone number of another region than the place the applicant gives",
        innocent=(
            "Numbers move with people, and internet numbers belong nowhere. It says nearly nothing alone.",
        ),
        verify=("Nothing to verify: it is context for other findings.",),
        across=False,
    ),
    Signal(
        id="place-conflict",
        family="place",
        weight="B",
        what="city, state and postal code that cannot belong together; as context, the address of a mailbox or "
        "forwarding service",
        innocent=(
            "A typing error.",
            "A postal code kept from before a move.",
            "A name that only locals use.",
        ),
        verify=(
            "Ask the applicant for the address again, in another context.",
            "Talk about the place in an interview: how one gets to work, what is around the corner.",
        ),
        across=False,
    ),
    Signal(
        id="email-name",
        family="contact",
        weight="B",
        what="an e-mail address that bears another person's full name; as context, one of a service for throw-away or "
        "relayed mail",
        innocent=(
            "A partner's or a parent's address.",
            "A name from before a marriage or a change of name, or a pen name.",
            "The two words are no name, or the name of something else.",
        ),
        verify=(
            "Write to the address and ask for a reply from it.",
            "Ask the applicant whose address it is.",
        ),
        across=False,
    ),
    Signal(
        id="timeline-overlap",
        family="timeline",
        weight="B",
        what="two full-time posts in places far apart at once, a period that ends before it begins, or a job that begins "
        "in the future",
        innocent=(
            "A typing error in a year.",
            "One of the posts was part-time, remote or on contract, and the document does not say so.",
            "Leave, notice or a transfer between two companies of one group.",
        ),
        verify=(_DATES, _EMPLOYERS),
        across=False,
    ),
    Signal(
        id="experience-arithmetic",
        family="timeline",
        weight="B",
        what="more than twice as many years of experience claimed as the dated work can cover",
        innocent=(
            "Older posts, studies or unpaid work are left out.",
            "The sum was copied from an older profile of a field, or counts several posts twice.",
        ),
        verify=("Ask what the years consist of.", _EMPLOYERS),
        across=False,
    ),
    Signal(
        id="technology-anachronism",
        family="timeline",
        weight="B",
        what="a technology or version used in a job that ended more than a year before it was public, or more years of "
        "it claimed than it has been public",
        innocent=(
            "The bullet uses today's name for what was used then.",
            "The applicant worked where it was made.",
            "A list of tools was pasted under every job.",
            "The date of our list is wrong: its source stands beside it.",
        ),
        verify=(
            "Ask what it was used for in that job, in which version, and what was used before it.",
            _EMPLOYERS,
        ),
        across=False,
    ),
    Signal(
        id="education-dates",
        family="timeline",
        weight="B",
        what="study at a school before it existed, or a degree in a fraction of the time that it takes",
        innocent=(
            "Earlier study elsewhere was recognised.",
            "The school has a predecessor that the list does not know, or uses its present name for it.",
            "Only the last years are given.",
        ),
        verify=(_REGISTRAR,),
        across=False,
    ),
    Signal(
        id="employer-dates",
        family="timeline",
        weight="B",
        what="employed by a company before it was founded or after it ended, where our list knows",
        innocent=(
            "Another company bears the same name.",
            "The company had a predecessor, or a successor that kept the name.",
            "The date of our list is wrong: its source stands beside it.",
        ),
        verify=(_EMPLOYERS, "Look the company up in the register of its state."),
        across=False,
    ),
)
"""Signals of what is claimed."""
