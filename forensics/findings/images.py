"""Who else has this picture? shared-image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forensics.documents.document import Document
from forensics.features.features import Exhibit
from forensics.features.pictures import Picture, distance, pictures
from forensics.findings.counterparts import Counterpart, counterpart
from forensics.findings.finding import BaseRate, Claim, Evidence, Finding
from forensics.findings.quoting import finding
from forensics.index.corpus import Corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holder:
    """A document with the picture; ``look`` is how the picture looks there, ``None`` where the bytes are equal."""

    doc: int
    look: str | None


def images(exhibit: Exhibit, claim: Claim, corpus: Corpus, own: frozenset[int]) -> list[Finding]:
    """A finding for each picture of the exhibit that a document by somebody else holds as well.

    No face is recognised and nothing is read off a picture: bytes and coarse looks are compared.
    """
    return [
        each
        for picture in pictures(exhibit.document.facts)
        for each in _one(exhibit, picture, claim, corpus, own)
    ]


def _one(
    exhibit: Exhibit, picture: Picture, claim: Claim, corpus: Corpus, own: frozenset[int]
) -> Iterator[Finding]:
    people = corpus.population()
    equal = corpus.traces.holders("image", [picture.sha256]).get(picture.sha256, [])
    alike = corpus.traces.looking_like(picture.phash) if picture.phash else {}
    holders = [_Holder(doc=doc, look=None) for doc in equal]
    holders += [
        _Holder(doc=doc, look=look) for look, docs in alike.items() for doc in docs if doc not in equal
    ]
    if people.background.intersection(each.doc for each in holders):
        return
    rate = BaseRate(documents=people.distinct((each.doc for each in holders), own), of=people.others(own))
    common = rate.documents > corpus.common(own)
    known = ((each, counterpart(claim, corpus, each.doc)) for each in holders if each.doc not in own)
    found = [(each, other) for each, other in known if other is not None]
    groups = [found] if common and found else [[each] for each in found]
    for group in groups:
        yield _finding(exhibit, picture, group, rate, common=common)


def _finding(
    exhibit: Exhibit,
    picture: Picture,
    group: list[tuple[_Holder, Counterpart]],
    rate: BaseRate,
    *,
    common: bool,
) -> Finding:
    exact = all(holder.look is None for holder, _ in group)
    who = ", ".join(other.who for _, other in group[:5]) + (" and others" if len(group) > 5 else "")
    how = "is also, byte for byte," if exact else "looks the same as one"
    seen = [_place(exhibit.document, picture)]
    for holder, other in group[:5]:
        document = other.exhibit.document
        theirs = [
            each
            for each in pictures(document.facts)
            if (each.phash == holder.look if holder.look else each.sha256 == picture.sha256)
        ]
        seen += [_place(document, each) for each in theirs[:1]]
    bits = max(
        (distance(picture.phash, holder.look) for holder, _ in group if holder.look and picture.phash),
        default=0,
    )
    return finding(
        "shared-image",
        weight="C" if common else "A" if exact else "B",
        documents=tuple(dict.fromkeys(other.exhibit.document.id for _, other in group)),
        summary=f"A picture of this document ({picture.width}×{picture.height}) {how} in the application of {who}"
        f"{'' if exact else f' ({bits} of 63 bits of its look differ)'}; {rate.documents} of {rate.of} other "
        "applicants have it.",
        evidence=seen,
        base_rate=rate,
        innocent=("So many have it that it is a logo or a sample.",) if common else (),
        thing=picture.sha256
        if any(holder.look is None for holder, _ in group)
        else min((picture.phash or "", *(holder.look or "" for holder, _ in group))),
    )


def _place(document: Document, picture: Picture) -> Evidence:
    return Evidence(
        document=document.id,
        text=f"picture {picture.width}×{picture.height}, sha256 {picture.sha256[:16]}…",
        page=picture.page,
        bbox=picture.bbox,
        where=picture.where,
    )
