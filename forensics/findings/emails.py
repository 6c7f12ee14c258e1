"""Whose name does the address bear, and does it pass mail on? email-name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from forensics.features import names
from forensics.features.features import Entity, Exhibit
from forensics.features.gazetteers import company_cues, no_names, places, title_heads
from forensics.features.tokens import never_slots
from forensics.findings.finding import Claim, Finding
from forensics.findings.known import family_names, given_names, mail_hosts, relays
from forensics.findings.quoting import finding, quote
from forensics.index.corpus import Corpus


def emails(exhibit: Exhibit, claim: Claim, corpus: Corpus | None, own: frozenset[int]) -> list[Finding]:
    """Findings about the applicant's own addresses; with a corpus also by the names of its applicants."""
    found: list[Finding] = []
    for entity in exhibit.features.entities:
        if entity.label == "EMAIL" and entity.own:
            found += _other_name(exhibit, entity, claim, corpus, own)
            found += _passing_on(exhibit, entity)
    return found


def _other_name(
    exhibit: Exhibit, entity: Entity, claim: Claim, corpus: Corpus | None, own: frozenset[int]
) -> Iterator[Finding]:
    user, _, host = entity.value.partition("@")
    if host not in mail_hosts():
        return  # a company's or an agency's address may well bear another's name
    bearer = other_words(user, claim)
    if bearer is None:
        return
    applicant = _applicant(bearer, corpus, own)
    if applicant is None and not is_name(bearer):
        return
    whose = f"that of another applicant here, {applicant}" if applicant else "the name of another person"
    yield finding(
        "email-name",
        weight="B",
        documents=(),
        summary=f"The address {entity.value} bears {whose} and no part of {claim.name}.",
        evidence=[quote(exhibit.document, entity.start, entity.end)],
        base_rate=None,
    )


def other_words(handle: str, claim: Claim) -> tuple[str, str] | None:
    """Two words of a handle that could be a full name and share nothing with the applicant's; else ``None``.

    Only equality counts: with any word, initial or part of a word in common the handle is the applicant's.
    """
    parts = [part for part in re.split(r"[^a-z]+", names.fold(handle)) if part]
    said = names.fold(" ".join(filter(None, (claim.told, claim.read)))).replace("'", "")
    words = re.findall(r"[^\W\d_]+", said)
    if len(parts) != 2 or len(words) < 2 or min(map(len, parts)) < 3:
        return None
    letters = "".join(parts)
    if not all(word.isascii() for word in words):
        return None  # written in another script: how it is spelled in letters is not known
    if any(word in letters or part in word for word in words if len(word) > 2 for part in parts):
        return None
    if any(word[:3] == part[:3] for word in words for part in parts):
        return None  # "Alex" and "Alexandra", "Mohamed" and "Mohammad"
    initials = {word[0] for word in words}
    return None if {part[0] for part in parts} <= initials else (parts[0], parts[1])


def is_name(words: tuple[str, str]) -> bool:
    """Whether the words are a given name and another name by the lists, and neither is a word of its own kind."""
    ordinary = no_names() | title_heads() | company_cues() | never_slots() | places()
    known = given_names() | family_names()
    given = any(word in given_names() for word in words)
    return given and all(word in known and word not in ordinary for word in words)


def _applicant(words: tuple[str, str], corpus: Corpus | None, own: frozenset[int]) -> str | None:
    """The name of another applicant that consists of just these words."""
    if corpus is None:
        return None
    people = corpus.population()
    docs = [doc for doc in people.named.get(names.key(" ".join(words)), ()) if doc not in own]
    return next((name for doc in docs for name in people.names(doc)), None)


def _passing_on(exhibit: Exhibit, entity: Entity) -> Iterator[Finding]:
    host = entity.value.rpartition("@")[2]
    if host in relays():
        words = "belongs to a service that passes mail on under an alias"
    elif host in _disposable():
        words = "is listed as one of addresses that last for minutes or days"
    else:
        return
    yield finding(
        "email-name",
        weight="C",
        documents=(),
        summary=f"The domain of {entity.value} {words}.",
        evidence=[quote(exhibit.document, entity.start, entity.end)],
        base_rate=None,
        innocent=("Many people hide their address from job boards to be spared advertising.",),
    )


@cache
def _disposable() -> frozenset[str]:
    from disposable_email_domains import blocklist

    return frozenset(blocklist) - mail_hosts()
