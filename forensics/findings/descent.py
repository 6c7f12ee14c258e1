"""Which stored files come from the same file, template or machine as a document, by the ids inside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forensics.features.features import Exhibit
from forensics.features.lineage import PROVES, Ids, chance, revision_ids, traces
from forensics.findings.likeness import Like, Likes, Way
from forensics.index.corpus import Corpus
from forensics.index.traces import Key, Traces

PARAGRAPHS = 20
"""So many equal paragraph ids are a common file; fewer may come from a pasted part."""

ODDS = 1e-6
"""Chance of so many common revision ids, at most; in a corpus of more than a thousand applicants, the chance that
any of them shares so many by accident is kept below one in a thousand."""

_LEAST = 2
_SINGLE = ("doc-id", "pdf-id", "xmp-id", "attachment", "account")
_ORDER = {"file": 0, "style": 1, "hand": 2, "picture": 3, "template": 4}
_WORDS = {
    "rsid": "revision ids", "style-rsid": "revision ids of styles", "doc-id": "document id", "para-id": "paragraph ids",
    "pdf-id": "PDF id", "xmp-id": "XMP ids", "attachment": "attached file", "account": "account",
    "author": "author or last editor", "company": "company", "template-path": "path of the template",
    "nsid": "ids of lists", "glyphs": "sets of glyphs", "image": "pictures", "look": "picture looks",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """A stored document that shares ids, and what they prove together.

    ``proof`` is ``file``, ``style``, ``hand``, ``picture`` (a name in the properties and a picture) or ``template``;
    ``shared`` are the ids that prove it, ``also`` others that both have; ``rare`` says whether few enough
    unrelated applicants have them that chance and common templates are out. ``odds`` is the chance of so many
    revision ids between strangers, ``None`` where no revision ids are the proof. ``similarity`` from 0 to 1 only
    puts answers in order.
    """

    doc: int
    proof: str
    shared: tuple[Key, ...]
    also: tuple[Key, ...]
    rare: bool
    odds: float | None
    similarity: float

    def words(self) -> tuple[str, ...]:
        """What is shared, a phrase each."""
        found = []
        kinds = dict.fromkeys(kind for kind, _ in (*self.shared, *self.also))
        for kind in kinds:
            if kind == "look" and "image" in kinds:
                continue  # the same bytes look the same
            count = sum(each == kind for each, _ in (*self.shared, *self.also))
            word = _WORDS[kind]
            found.append(f"{count} {word}" if count > 1 else f"the same {word.removesuffix('s')}")
        return tuple(found)


def descent(exhibit: Exhibit, corpus: Corpus, own: frozenset[int], without: frozenset[int]) -> list[Kin]:
    """Every stored document that shares a provable descent with the exhibit, the surest first.

    Ids that a background document holds are public and count for nothing. Costs one look-up for each kind of
    id, and a few for each document that shares some.
    """
    people, table = corpus.population(), corpus.traces
    mine: dict[str, list[str]] = {}
    for each in traces(exhibit.document):
        mine.setdefault(each.kind, []).append(each.value)
    shared: dict[int, list[Key]] = {}
    common: set[Key] = set()
    for kind, values in mine.items():
        for value, docs in _held(table, kind, values).items():
            if people.background.intersection(docs):
                continue
            if people.distinct(docs, own) > corpus.common(own):
                common.add((kind, value))
            for doc in docs:
                if doc in people.rows and doc not in without:
                    shared.setdefault(doc, []).append((kind, value))
    ids = {kind: revision_ids(exhibit.document, kind) for kind in ("rsid", "style-rsid")}
    limit = min(ODDS, 1e-3 / max(1, len(people.applicants)))
    found = []
    for doc, keys in shared.items():
        proved = _proved(doc, keys, ids, corpus, limit)
        if proved is not None:
            rare = [key for key in keys if key not in common]
            again = _proved(doc, rare, ids, corpus, limit)
            sure = again is not None and again.proof == proved.proof
            found.append(_kin(doc, again if sure and again else proved, keys, rare=sure))
    return sorted(found, key=lambda kin: (_ORDER[kin.proof], -kin.similarity, people.rows[kin.doc].id))


def _held(table: Traces, kind: str, values: Sequence[str]) -> dict[str, list[int]]:
    """Who has each of these values; of a picture's look also who has one that differs in few bits."""
    if kind != "look":
        return table.holders(kind, values)
    near = {value: {doc for docs in table.looking_like(value).values() for doc in docs} for value in values}
    return {value: sorted(docs) for value, docs in near.items() if docs}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proof:
    proof: str
    shared: tuple[Key, ...]
    odds: float | None
    similarity: float


def _proved(
    doc: int, keys: Sequence[Key], ids: Mapping[str, Ids], corpus: Corpus, limit: float
) -> _Proof | None:
    """The strongest thing that these shared ids prove, if they prove any."""
    held: dict[str, list[Key]] = {}
    for key in keys:
        held.setdefault(key[0], []).append(key)
    single = [key for kind in _SINGLE if PROVES[kind] == "file" for key in held.get(kind, ())]
    single += held["para-id"] if len(held.get("para-id", ())) >= PARAGRAPHS else []
    revisions = {kind: _revisions(doc, held.get(kind, ()), ids[kind], kind, corpus) for kind in ids}
    odds, part = revisions["rsid"]
    if odds < limit:
        shared = (*single, *held["rsid"])
        return _Proof(proof="file", shared=shared, odds=odds, similarity=1.0 if single else 0.5 + part / 2)
    if single:
        return _Proof(proof="file", shared=tuple(single), odds=None, similarity=1.0)
    odds, part = revisions["style-rsid"]
    if odds < limit:
        return _Proof(proof="style", shared=tuple(held["style-rsid"]), odds=odds, similarity=0.5 + part / 4)
    maker = [key for kind in ("company", "template-path") for key in held.get(kind, ())]
    if "account" in held or ("author" in held and maker):
        hands = [key for kind in ("account", "author") for key in held.get(kind, ())]
        return _Proof(proof="hand", shared=(*hands, *maker), odds=None, similarity=0.5)
    seen = [key for kind in ("image", "look") for key in held.get(kind, ())]
    if "author" in held and seen:  # what is left when a file is printed to PDF
        return _Proof(proof="picture", shared=(*held["author"], *seen), odds=None, similarity=0.5)
    if len(held.get("nsid", ())) >= 3:
        return _Proof(proof="template", shared=tuple(held["nsid"]), odds=None, similarity=0.3)
    return None


def _revisions(doc: int, shared: Sequence[Key], mine: Ids, kind: str, corpus: Corpus) -> tuple[float, float]:
    """The chance of so many shared revision ids between strangers, and the share of the smaller table they are."""
    if len(shared) < _LEAST:
        return 1.0, 0.0
    told = corpus.traces.of(doc, (kind, f"{kind}-cut"))
    cut = min((value for each, value in told if each != kind), default=None)
    theirs = Ids(values=frozenset(value for each, value in told if each == kind), cut=cut)
    count, odds = chance(mine, theirs, [value for _, value in shared])
    smaller = max(1, min(len(mine.values), len(theirs.values)))
    return (odds, min(1.0, len(shared) / smaller)) if count >= _LEAST else (1.0, 0.0)


def _kin(doc: int, proof: _Proof, keys: Sequence[Key], *, rare: bool) -> Kin:
    proved = set(proof.shared)
    return Kin(
        doc=doc,
        proof=proof.proof,
        shared=proof.shared,
        also=tuple(key for key in keys if key not in proved),
        rare=rare,
        odds=proof.odds,
        similarity=proof.similarity,
    )


def by_lineage(exhibit: Exhibit, corpus: Corpus, without: frozenset[int]) -> Likes:
    """Who else has this file: documents with a common ancestor, surest first, with the ids that show it."""
    own = corpus.population().own(
        doc=corpus.number(exhibit.document.id), names=[exhibit.features.applicant.name]
    )
    found = [
        Like(
            doc=kin.doc,
            similarity=kin.similarity,
            shared=kin.words(),
            lineage=tuple(f"{kind}:{value}" for kind, value in (*kin.shared, *kin.also)),
        )
        for kin in descent(exhibit, corpus, own, without)
    ]
    lacking = len(corpus.traces.lacking() - without)
    notes: tuple[str, ...] = ()
    if lacking:
        notes = (
            f"{lacking} documents were stored before ids were kept: run `forensics ingest` on any file.",
        )
    if not traces(exhibit.document):
        notes = (*notes, "The query carries no ids: a plain text, or a file that a service has cleaned.")
    return Likes(found=found, lacking=lacking, notes=notes)


LINEAGE = Way(search=by_lineage, threshold=0.5)
"""``who-else --by lineage``. From 0.5 on: one file, one template with its maker's ids, or one hand."""
