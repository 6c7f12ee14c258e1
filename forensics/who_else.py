"""Who else has this template, these words, this file's history, this hand? The analyst's question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from forensics.engine import claim_of
from forensics.features.features import Exhibit
from forensics.findings.agreement import agreeing
from forensics.findings.align import Pair, align
from forensics.findings.descent import LINEAGE
from forensics.findings.figures import Staying
from forensics.findings.finding import Claim
from forensics.findings.hands import STYLE
from forensics.findings.likeness import Answer, Like, Likes, Other, Way
from forensics.findings.relation import relation
from forensics.findings.templates import WAY, public_template
from forensics.index.claims import comparable_email
from forensics.index.corpus import Corpus
from forensics.index.nearby import NEARBY, nearby
from forensics.index.one_thread import one_thread
from forensics.index.polls import poll
from forensics.index.store import Application


def content(exhibit: Exhibit, corpus: Corpus, without: frozenset[int]) -> Likes:
    """Documents that share passages: the similarity is the share of the query's words inside them."""
    found = (Like(doc=doc, similarity=share) for doc, share in _coverage(exhibit, corpus).items())
    voiced = len(corpus.population().rows) - len(corpus.silent())
    notes: tuple[str, ...] = ()
    if voiced > NEARBY:
        notes = (
            f"Rewording was looked for in the {NEARBY} of {voiced:,} documents that are most like this one as a whole: "
            "`check` looks in all.",
        )
    return Likes(found=[like for like in found if like.doc not in without], notes=notes)


BY: dict[str, Way] = {
    "template": WAY,
    "content": Way(search=content, threshold=0.1),
    "lineage": LINEAGE,
    "style": STYLE,
}
"""The ways to ask; ``--by`` takes these names."""


@one_thread()
def who_else(
    exhibit: Exhibit,
    corpus: Corpus,
    *,
    by: str = "template",
    threshold: float | None = None,
    limit: int | None = None,
    applicant: str | None = None,
) -> Answer:
    """Everything in the corpus that is like the exhibit in one way, best first; nothing is stored.

    ``threshold`` from 0 to 1 goes before the calibrated one; ``limit`` cuts the list after everything was
    counted. ``applicant`` is the name under which the exhibit came. Raises :class:`KeyError` for a way that
    :data:`BY` does not know.
    """
    way = BY[by]
    people = corpus.population()
    number = corpus.number(exhibit.document.id)
    claim = claim_of(exhibit, applicant or _told(corpus, number))
    own = people.own(doc=number, names=[claim.told or claim.read])
    left_out = people.background | (frozenset() if number is None else {number})
    least = way.threshold if threshold is None else threshold
    likes = way.search(exhibit, corpus, left_out)
    found = sorted(
        (like for like in likes.found if like.similarity >= least and like.doc in people.rows),
        key=lambda like: (-like.similarity, people.rows[like.doc].id),
    )
    listed = [(like, each) for like in found for each in people.applications[like.doc]]
    shown = listed if limit is None else listed[:limit]
    shares = {like.doc: like.similarity for like in found} if by == "content" else {}
    if shown and by != "content":
        shares = _words_of(exhibit, corpus, {like.doc for like, _ in shown})
    ids: dict[int, tuple[str, ...]] = {}
    if shown and by != "lineage":
        ids = {each.doc: each.lineage for each in LINEAGE.search(exhibit, corpus, left_out).found}
    unsaid = [like.doc for like, _ in shown if not like.shared]
    words = way.explain(exhibit, corpus, unsaid) if way.explain and unsaid else {}
    known = {like.doc: _whole(like, words, ids) for like, _ in shown}
    reached = frozenset(
        doc for each in claim.emails for doc in corpus.with_contact("email", comparable_email(each))
    )
    return Answer(
        query=exhibit.document.id,
        by=by,
        threshold=least,
        searched=len(people.rows.keys() - left_out) - likes.lacking,
        total=len(listed),
        alike=len({like.doc for like in found} & people.applicants - own),
        people=people.distinct((like.doc for like in found), own),
        others=people.others(own),
        documents=tuple(
            _other(corpus, known[like.doc], each, claim, reached, shares) for like, each in shown
        ),
        lacking=likes.lacking,
        public=public_template(exhibit, corpus),
        notes=likes.notes + ((way.weak,) if way.weak else ()),
    )


def _whole(like: Like, words: Mapping[int, tuple[str, ...]], ids: Mapping[int, tuple[str, ...]]) -> Like:
    """The same with what is shared in words, and the ids of files that both carry."""
    return replace(
        like, shared=like.shared or words.get(like.doc, ()), lineage=like.lineage or ids.get(like.doc, ())
    )


def _other(
    corpus: Corpus,
    like: Like,
    application: Application,
    claim: Claim,
    reached: frozenset[int],
    shares: Mapping[int, float],
) -> Other:
    """``reached`` are the documents that give one of the query's e-mail addresses as theirs."""
    row = corpus.population().rows[like.doc]
    theirs = Claim(
        told=application.applicant, read=row.name, emails=claim.emails if like.doc in reached else ()
    )
    return Other(
        id=row.id,
        path=application.path,
        applicant=theirs.name,
        applied_at=application.applied_at,
        job=application.job,
        role=application.role,
        relation=relation(claim, theirs),
        similarity=like.similarity,
        coverage=shares.get(like.doc, 0.0),
        shared=like.shared,
        lineage=like.lineage,
    )


def _coverage(exhibit: Exhibit, corpus: Corpus) -> dict[int, float]:
    """The share of the exhibit's words that each document has in aligned passages, where it has any.

    Documents are proposed by shared words, and by votes of sentences among those most like the exhibit as a whole.
    """
    people, number = corpus.population(), corpus.number(exhibit.document.id)
    own = people.own(doc=number, names=[exhibit.features.applicant.name])
    lookup, said = corpus.look_up(exhibit, own), corpus.said(exhibit)
    likely = [each.doc for each in corpus.candidates(lookup, own, voiced=said is not None)]
    agreed: dict[int, list[Pair]] = {}
    near = None if said is None else nearby(said, corpus.meaning, likely)
    if said is not None and near is not None:
        asked = min(NEARBY, len(people.sizes))
        polls = poll(said, near, people, own, corpus.common(own))
        votes = agreeing(polls, asked, Staying(exhibit, corpus.exhibit, polls).weight)
        agreed = {
            doc: [(vote.unit, vote.theirs, vote.cosine) for vote in each] for doc, each in votes.items()
        }
    return _aligned(exhibit, corpus, {doc: agreed.get(doc, []) for doc in (*likely, *agreed)})


def _aligned(exhibit: Exhibit, corpus: Corpus, docs: Mapping[int, list[Pair]]) -> dict[int, float]:
    """The coverage of the exhibit by each document that shares any passage; with each, the votes for it."""
    background = corpus.background(exhibit) if docs else None
    found = {}
    for doc, meant in docs.items():
        other = corpus.exhibit(doc)
        if other is not None:
            theirs = partial(corpus.background, other)
            made = align(exhibit, other, background_a=background, background_b=theirs, meant=meant)
            found[doc] = made.coverage_a
    return found


def _words_of(exhibit: Exhibit, corpus: Corpus, docs: set[int]) -> dict[int, float]:
    """The same of these documents alone, by words and without the search for rewording, which looks at all."""
    own = corpus.population().own(
        doc=corpus.number(exhibit.document.id), names=[exhibit.features.applicant.name]
    )
    near = {each.doc for each in corpus.candidates(corpus.look_up(exhibit, own), own)} & docs
    return _aligned(exhibit, corpus, {doc: [] for doc in near})


def _told(corpus: Corpus, number: int | None) -> str | None:
    """The one name under which the corpus has the document, if a manifest gave one."""
    if number is None:
        return None
    told = {each.applicant for each in corpus.population().applications[number] if each.applicant}
    return told.pop() if len(told) == 1 else None
