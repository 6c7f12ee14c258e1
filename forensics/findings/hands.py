"""Who writes like this, and makes the same slips? shared-error, shared-style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from forensics.features import slips as slipped
from forensics.features import style
from forensics.features.features import Exhibit
from forensics.features.habits import habits
from forensics.findings.counterparts import Counterpart, counterpart
from forensics.findings.finding import BaseRate, Claim, Evidence, Finding, Match
from forensics.findings.likeness import Like, Likes, Way
from forensics.findings.quoting import finding, quote
from forensics.findings.writing import writing
from forensics.index.corpus import Corpus

NEAREST = 0.01
"""Style is noted where no larger share of the unrelated documents of a kind comes as close."""

SAID = 0.5
"""… and the likelihood ratio reaches so many powers of ten."""

ENOUGH = 100
"""Among so many other applicants a slip that people make everywhere can be seen to be rare; among fewer it cannot."""

_LEAST = 0.05  # below, two texts have nothing in common


def hands(
    exhibit: Exhibit,
    claim: Claim,
    matches: Sequence[Match],
    corpus: Corpus,
    own: frozenset[int],
    linked: Sequence[Finding],
) -> list[Finding]:
    """Shared slips; and shared style with the documents that findings of weight A or B have linked already."""
    errors = list(_errors(exhibit, claim, corpus, own))
    known = {id for each in (*linked, *errors) if each.weight in "AB" for id in each.documents}
    slipped_too = {id for each in errors if each.weight in "AB" for id in each.documents}
    return [*errors, *_styles(exhibit, claim, matches, corpus, own, sorted(known), slipped_too)]


def _errors(exhibit: Exhibit, claim: Claim, corpus: Corpus, own: frozenset[int]) -> Iterator[Finding]:
    """One finding for each document by somebody else with the same rare slips, weighed as :func:`_weight` says.

    What stands in a public text, or in any way in a background document, is nobody's slip.
    """
    people = corpus.population()
    told = slipped.slips(exhibit)
    public = (
        set(np.array(exhibit.features.tokens.starts)[corpus.background(exhibit)].tolist()) if told else ()
    )
    mine = {each.token: each for each in told if each.start not in public}
    shared: dict[int, list[str]] = {}
    counts: dict[str, int] = {}
    everywhere = corpus.traces.holders("misspelt", mine)
    for token, docs in corpus.traces.holders("error", mine).items():
        having = everywhere.get(token, docs)
        counts[token] = people.distinct(having, own)
        if counts[token] > corpus.common(own) or people.background.intersection(having):
            continue
        for doc in docs:
            if doc not in own:
                shared.setdefault(doc, []).append(token)
    for doc in sorted(shared):
        other = counterpart(claim, corpus, doc)
        if other is not None:
            tokens = [token for token in mine if token in shared[doc]]
            yield _error(exhibit, other, [mine[token] for token in tokens], counts, people.others(own))


def _weight(found: Sequence[slipped.Slip], applicants: int) -> str:
    """A for two rare slips, B for one. One that people make everywhere counts half where ``applicants`` are enough."""
    half = 0.5 if applicants >= ENOUGH else 0.0
    score = sum(half if each.usual else 1.0 for each in found)
    return "A" if score >= 1.5 else "B" if score else "C"


def _error(
    exhibit: Exhibit,
    other: Counterpart,
    found: Sequence[slipped.Slip],
    counts: dict[str, int],
    applicants: int,
) -> Finding:
    theirs = {each.token: each for each in slipped.slips(other.exhibit)}
    rarest = min(counts[each.token] for each in found)
    listed = ", ".join(f"“{each.token}” for “{each.meant}”" for each in found)
    weight = _weight(found, applicants)
    usual = sum(each.usual for each in found)
    many = (
        f" Many people make {'this slip' if len(found) == 1 else 'these slips'}."
        if usual == len(found)
        else ""
    )
    if usual and many == "":
        many = f" Many people make {usual} of these slips."
    return finding(
        "shared-error",
        weight=weight,
        documents=(other.exhibit.document.id,),
        summary=f"This document and the application of {other.who} both write {listed}; {rarest} of {applicants} "
        f"other applicants write {'the rarest of these' if len(found) > 1 else 'it'} so.{many}",
        evidence=[
            each
            for slip in found
            for each in (
                quote(exhibit.document, slip.start, slip.end),
                *(
                    quote(other.exhibit.document, theirs[slip.token].start, theirs[slip.token].end)
                    for _ in range(slip.token in theirs)
                ),
            )
        ],
        base_rate=BaseRate(documents=rarest, of=applicants),
    )


def _styles(
    exhibit: Exhibit,
    claim: Claim,
    matches: Sequence[Match],
    corpus: Corpus,
    own: frozenset[int],
    linked: Sequence[str],
    slipped_too: set[str],
) -> Iterator[Finding]:
    """Shared style, of the words that the two documents do not share: a copy is written like its source."""
    stored = corpus.traces.hands(exhibit.document.kind)
    spans = {match.exhibit.document.id: match.alignment.passages for match in matches}
    for id in linked:
        doc = corpus.number(id)
        other = counterpart(claim, corpus, doc) if stored and doc is not None and doc not in own else None
        if stored is None or other is None or other.exhibit.document.kind != exhibit.document.kind:
            continue
        passages = spans.get(id, ())
        texts = (
            style.said(exhibit, [each.a for each in passages]),
            style.said(other.exhibit, [each.b for each in passages]),
        )
        words = min(len(text.split()) for text in texts)
        if words < style.LEAST_WORDS:
            continue
        mine, theirs = (stored.centred(style.sketch(text)) for text in texts)
        strength = style.strength(float(mine @ theirs), words)
        if strength is None or strength.log10 < SAID:
            continue
        found = _closer(exhibit, corpus, own, strength.cosine, without=doc)
        if found is not None and found[0] <= NEAREST * found[1]:
            yield _style(exhibit, other, strength, words, found, id in slipped_too, corpus, own)


def _closer(
    exhibit: Exhibit, corpus: Corpus, own: frozenset[int], cosine: float, *, without: int | None
) -> tuple[int, int] | None:
    """How many unrelated applicants of this kind of document come as close, of how many."""
    stored, vector = corpus.traces.hands(exhibit.document.kind), style.hand(exhibit)
    if stored is None or vector is None:
        return None
    people = corpus.population()
    cosines = stored.cosines(vector)
    others = [each for each in stored.numbers.tolist() if each != without]
    near = stored.numbers[cosines >= cosine].tolist()
    return people.distinct([each for each in near if each != without], own), people.distinct(others, own)


def _style(
    exhibit: Exhibit,
    other: Counterpart,
    strength: style.Strength,
    words: int,
    closer: tuple[int, int],
    slips_too: bool,
    corpus: Corpus,
    own: frozenset[int],
) -> Finding:
    shared = shared_habits(exhibit, other.exhibit, corpus, own)
    by = strength.by
    habit_words = f" Both also write {', '.join(words_ for words_, _ in shared)}." if shared else ""
    return finding(
        "shared-style",
        weight="B" if slips_too else "C",
        documents=(other.exhibit.document.id,),
        summary=f"Apart from what they share, {words} words and more of each, this document is written more like the "
        f"application of {other.who} than like {closer[1] - closer[0]} of {closer[1]} other applicants' documents: "
        f"such likeness is {10**strength.log10:.1f} times as frequent with one writer as with two, by {by.pairs} pairs "
        f"of texts of {by.words} words by novelists (Cllr {by.cllr:.2f}); for applications it was never "
        f"measured.{habit_words}",
        evidence=[
            *(each for _, each in shared),
            *(_sample(one) for one in (exhibit, other.exhibit)),
        ],
        base_rate=BaseRate(documents=closer[0], of=closer[1]),
    )


def _sample(exhibit: Exhibit) -> Evidence:
    """The longest passage of a document, as a sample of its hand."""
    longest = max(exhibit.document.passages, key=lambda each: each.end - each.start)
    return quote(exhibit.document, longest.start, min(longest.end, longest.start + 300))


def shared_habits(
    exhibit: Exhibit, other: Exhibit, corpus: Corpus, own: frozenset[int]
) -> list[tuple[str, Evidence]]:
    """The unusual habits that both documents have, in words with their rate here, and where the exhibit shows each."""
    theirs = {(each.name, each.form) for each in habits(other)}
    return [
        (f"{each.name}: {each.form} ({each.rate.documents} of {each.rate.of} here)", each.place)
        for each in writing(exhibit, corpus, own)
        if each.unusual and each.rate is not None and (each.name, each.form) in theirs
    ]


def by_style(exhibit: Exhibit, corpus: Corpus, without: frozenset[int]) -> Likes:
    """Who writes like this: documents of the same kind by the cosine of their style, less what all have in common."""
    kind = exhibit.document.kind
    stored, vector = corpus.traces.hands(kind), style.hand(exhibit)
    of_kind = {doc for doc, row in corpus.population().rows.items() if row.kind == kind} - without
    everything = len(corpus.population().rows.keys() - without)
    if stored is None or vector is None:
        why = (
            f"The query says less than {style.LEAST_WORDS} words in sentences: that is no sample of a hand."
            if vector is None
            else "The corpus holds too few documents of this kind to tell what is usual."
        )
        return Likes(found=(), lacking=everything, notes=(why,))
    cosines = stored.cosines(vector)
    likely = np.flatnonzero(cosines >= _LEAST)
    near = [
        Like(doc=doc, similarity=min(1.0, cosine))
        for doc, cosine in zip(stored.numbers[likely].tolist(), cosines[likely].tolist(), strict=True)
        if doc not in without
    ]
    compared = len(of_kind.intersection(stored.numbers.tolist()))
    best = max((like.similarity for like in near), default=STYLE.threshold)
    notes = (
        f"Only documents of the kind {kind} were compared, with more than {style.LEAST_WORDS} words.",
        _calibrated(len(style.said(exhibit).split()), best),
    )
    return Likes(found=near, lacking=everything - compared, notes=notes)


def _calibrated(words: int, best: float) -> str:
    """What the likeness of the nearest document is worth, and by which calibration; or that it is worth nothing."""
    strength = style.strength(best, words)
    if strength is None:
        return f"What a likeness of {words} words is worth was not calibrated, or is no better than a coin."
    by = strength.by
    return (
        f"A similarity of {best:.2f}, the highest here, is {10**strength.log10:.1f} times as frequent with one writer as "
        f"with two (never told beyond {10**style.CLIP:.0f}): by {by.pairs} pairs of texts of {by.words} words by "
        f"novelists, with a Cllr of {by.cllr:.2f}, where 1 is a coin; for applications it was never measured, "
        "and a copied text is alike for another reason."
    )


STYLE = Way(
    search=by_style,
    threshold=0.4,
    weak="Style is a weak hint: most of those listed are strangers who write alike. Use it to choose where to look.",
)
"""``who-else --by style``; see docs/style.md for what a cosine of 0.4 is worth."""
