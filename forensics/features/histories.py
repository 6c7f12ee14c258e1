"""Histories in one form: employers, titles and dates as they are compared, and keys under which to find them."""

from __future__ import annotations

import re
from hashlib import blake2b

from forensics.features.features import Job
from forensics.features.gazetteers import company_suffixes
from forensics.features.names import fold

_TITLES = {
    "sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "mgr": "manager", "eng": "engineer",
    "engr": "engineer", "dev": "developer", "swe": "software engineer", "sde": "software engineer",
    "vp": "vice president",
    "asst": "assistant", "assoc": "associate", "exec": "executive", "admin": "administrator", "dir": "director",
    "i": "1", "ii": "2", "iii": "3", "iv": "4",
}  # fmt: skip


def organisation(name: str) -> str:
    """A company's or school's name as it is compared: folded, without brackets, punctuation and its legal form."""
    plain = re.sub(r"\([^()]*\)", " ", fold(name)).replace("&", " and ")
    words = re.findall(r"\w+", re.sub(r"['’.]", "", plain))
    while len(words) > 1 and words[-1] in company_suffixes():
        words.pop()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def title(name: str) -> str:
    """A job title as it is compared: folded, without punctuation, abbreviations spelled out."""
    return " ".join(_TITLES.get(word, word) for word in re.findall(r"[\w#+]+", fold(name).replace(".", "")))


def history_keys(work: tuple[Job, ...]) -> list[tuple[str, str]]:
    """Keys of a work history as (kind, hash): what a copy of it has as well.

    ``history`` is employer, title and year of the start of each job; ``career`` title, start and end of each job
    dated to the month, which stays when the employers are renamed. Hashes, so that the index tells nothing.
    """
    found = []
    for job in work:
        if job.employer and job.title and job.start:
            found.append(("history", _hash(organisation(job.employer), title(job.title), job.start[:4])))
        if job.title and job.start and job.end and len(job.start) > 4 and len(job.end) > 4:
            found.append(("career", _hash(title(job.title), job.start, job.end)))
    return list(dict.fromkeys(found))


def _hash(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()
