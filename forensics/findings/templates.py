"""Who else has this layout and design, apart from the words? who-else --by template, and shared-template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from forensics.features.features import Exhibit
from forensics.features.layout import Print, fingerprint, number_of
from forensics.features.layout_words import in_plain
from forensics.findings.counterparts import Counterpart, counterpart
from forensics.findings.finding import BaseRate, Claim, Evidence, Finding
from forensics.findings.likeness import Like, Likes, Way
from forensics.findings.public_templates import of_this_name, public_name
from forensics.findings.quoting import finding
from forensics.findings.relation import relation
from forensics.index.corpus import Corpus
from forensics.index.layouts import folded
from forensics.index.population import Population

TEMPLATE = 0.5
"""From here on a look stands out in its corpus and is listed; docs/templates.md has what was measured."""

SURE = 0.75
"""A finding asks for more than an answer to an analyst does: for the plain similarity of two looks."""

FEW = 100
"""Among fewer other applicants nobody can say whether a layout is rare: any one finding is context then."""

_WORDS = 8
_LEAST = 0.25  # below are those that look as strangers do: nearly the whole corpus


def by_template(exhibit: Exhibit, corpus: Corpus, without: frozenset[int]) -> Likes:
    """Documents by how far their looks stand out as the exhibit's; those whose look is not known are counted.

    What uses the same public template by name is listed, and before what only looks alike: its users have
    changed colours, sizes and margins.
    """
    found = fingerprint(exhibit.document)
    rows = corpus.population().rows.keys() - without
    if found is None:
        note = (
            "The look of this document is not known: it was stored by an older version. Give the file itself."
        )
        return Likes(found=(), lacking=len(rows), notes=(note,))
    docs, similarities = corpus.layouts.same_look(found, without)
    name = public_name(found, corpus.layouts)
    if name is not None:
        named = of_this_name(name, docs, similarities, corpus.layouts)
        similarities = np.where(named, TEMPLATE + (1 - TEMPLATE) * similarities, similarities)
    likely = np.flatnonzero(similarities >= _LEAST)
    lacking = len(rows) - len(rows & set(docs.tolist()))
    notes = (
        ()
        if not lacking
        else (
            f"{lacking} documents were stored before looks were kept: erase and ingest them again to search them.",
        )
    )
    pairs = zip(docs[likely].tolist(), similarities[likely].tolist(), strict=True)
    return Likes(
        found=(Like(doc=doc, similarity=share) for doc, share in pairs if doc not in without),
        lacking=lacking,
        notes=notes,
    )


def explained(exhibit: Exhibit, corpus: Corpus, docs: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What each stored document has of the exhibit's look, the most telling first, in words."""
    found = fingerprint(exhibit.document)
    if found is None:
        return {}
    words = {doc: _shared(found, corpus, doc) for doc in docs}
    name = public_name(found, corpus.layouts)
    if name is not None:
        numbers = np.array(docs, np.int64)
        named = numbers[of_this_name(name, numbers, np.ones(len(numbers), np.float32), corpus.layouts)]
        words |= {doc: (f"the public template {name}", *words[doc]) for doc in named.tolist()}
    return words


def _shared(found: Print, corpus: Corpus, doc: int) -> tuple[str, ...]:
    theirs = corpus.layouts.marks(doc)
    numbers = {each: folded(number_of(*each)) for each in found.marks}
    common = [each for each, number in numbers.items() if number in theirs]
    weights = corpus.layouts.weights([numbers[each] for each in common])
    telling = [(found.marks[each] * weight, each) for each, weight in zip(common, weights, strict=True)]
    return in_plain([mark for _, mark in sorted(telling, key=lambda each: (-each[0], each[1]))])[:_WORDS]


def public_template(exhibit: Exhibit, corpus: Corpus) -> str | None:
    """The name of the public template that the exhibit uses, if it is a known one."""
    found = fingerprint(exhibit.document)
    return None if found is None else public_name(found, corpus.layouts)


WAY = Way(search=by_template, threshold=TEMPLATE, explain=explained)
"""``who-else --by template``."""


def templates(exhibit: Exhibit, claim: Claim, corpus: Corpus, own: frozenset[int]) -> list[Finding]:
    """Findings on who else sent this layout: B for each of few; one C for many, a public one, or among few.

    Only what a finding shows is read from the corpus: ``dedup`` asks for each of its documents.
    """
    found = fingerprint(exhibit.document)
    if exhibit.document.look is None or found is None:
        return []  # plain text shows too little of a design
    people = corpus.population()
    docs, similarities = corpus.layouts.like(found)
    sure = np.flatnonzero(similarities >= SURE)
    likes = [
        Like(doc=doc, similarity=share)
        for doc, share in zip(docs[sure].tolist(), similarities[sure].tolist(), strict=True)
        if doc in people.applicants and doc not in own and doc not in people.background
    ]
    rate = BaseRate(documents=people.distinct((like.doc for like in likes), own), of=people.others(own))
    likes.sort(key=lambda like: (-like.similarity, like.doc))
    theirs = [like for like in likes if _by_another(claim, people, like.doc)]
    if not theirs:
        return []
    name = public_name(found, corpus.layouts)
    if rate.of < FEW or rate.documents > corpus.common(own) or name is not None:
        return _ordinary(exhibit, claim, found, theirs, rate, name, corpus)
    return list(_rare(exhibit, claim, found, theirs, rate, corpus))


def _by_another(claim: Claim, people: Population, doc: int) -> bool:
    """Whether one of a document's applications is by somebody of another name."""
    read = people.rows[doc].name
    return any(
        relation(claim, Claim(told=each.applicant, read=read, emails=())) == "different"
        for each in people.applications[doc]
    )


def _rare(
    exhibit: Exhibit, claim: Claim, found: Print, likes: list[Like], rate: BaseRate, corpus: Corpus
) -> Iterator[Finding]:
    for like in likes:
        other = counterpart(claim, corpus, like.doc)
        if other is None:
            continue
        yield finding(
            "shared-template",
            weight="B",
            documents=(other.exhibit.document.id,),
            summary=f"This document looks like the application of {other.who} (similarity {like.similarity:.2f}), which "
            f"{rate.documents} of {rate.of} other applicants' do.",
            evidence=_evidence(exhibit, found, corpus, other),
            base_rate=rate,
        )


def _ordinary(
    exhibit: Exhibit,
    claim: Claim,
    found: Print,
    likes: list[Like],
    rate: BaseRate,
    name: str | None,
    corpus: Corpus,
) -> list[Finding]:
    if name:
        what, why = f"the public template {name}", ""
    elif rate.of >= FEW:
        what, why = "a layout that is common here", ""
    else:
        what, why = (
            "the layout of others",
            f" Among fewer than {FEW} applicants nobody can say whether it is rare.",
        )
    rows = corpus.population().rows
    known = (counterpart(claim, corpus, like.doc) for like in likes)
    first = next((other for other in known if other is not None), None)
    if first is None:
        return []
    return [
        finding(
            "shared-template",
            weight="C",
            documents=tuple(dict.fromkeys(rows[like.doc].id for like in likes)),
            summary=f"This document uses {what}: {rate.documents} of {rate.of} other applicants have it.{why}",
            evidence=_evidence(exhibit, found, corpus, first),
            base_rate=rate,
            thing=name or "",
        )
    ]


def _evidence(exhibit: Exhibit, found: Print, corpus: Corpus, other: Counterpart) -> list[Evidence]:
    words = "; ".join(_shared(found, corpus, other.doc))
    return [
        Evidence(
            document=each.id,
            text=words,
            where="layout of the first pages",
            page=1 if each.format == "pdf" else None,
        )
        for each in (exhibit.document, other.exhibit.document)
    ]
