"""Whether two applications come from one person, by what they claim. A file name is no identity."""

from __future__ import annotations

from forensics.features import names
from forensics.findings.finding import Claim
from forensics.index.claims import comparable_email


def relation(a: Claim, b: Claim) -> str:
    """``same``, ``different`` or ``unknown``.

    Where a manifest names both, these names decide; else the names in the documents, for which a told name
    stands in where none could be read. Without two names, an equal e-mail says ``same``.
    """
    agreed = names.agree(a.told, b.told) if a.told and b.told else names.agree(_name(a), _name(b))
    if agreed is not None:
        return "same" if agreed else "different"
    equal = {comparable_email(each) for each in a.emails} & {comparable_email(each) for each in b.emails}
    return "same" if equal else "unknown"


def _name(claim: Claim) -> str | None:
    """The name read; else the one told, unless that is a label such as "Applicant 17"."""
    if claim.read or not claim.told:
        return claim.read
    return None if any(letter.isdigit() for letter in claim.told) else claim.told
