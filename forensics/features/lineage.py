"""Document → traces: the ids in a file by which its ancestors, its maker and its pictures can be found again.

What each kind can prove is in :data:`PROVES`; ids that programs hand to every file are left out
(``corpora/lists/lineage``). Whether two files share more revision ids than chance gives is computed here as
well; how rare an id is, only a corpus knows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from forensics.documents.document import Document, Fact
from forensics.documents.facts import rank
from forensics.features import names
from forensics.features.pictures import pictures
from forensics.settings import data_folder

SPACE = 2**23
"""How many revision ids Word gives: 24 bits of which bit 15 is always 0, measured on 170,845 ids of 852 files."""

PROVES = {
    "rsid": "file", "doc-id": "file", "para-id": "file", "pdf-id": "file", "xmp-id": "file", "attachment": "file",
    "style-rsid": "style",
    "author": "hand", "company": "hand", "template-path": "hand", "account": "hand",
    "nsid": "template", "glyphs": "template",
    "image": "picture", "look": "picture",
}  # fmt: skip
"""``file``: two files that share it come from one file. ``style``: from one file, or from one template whose
styles carry its maker's ids. ``hand``: one account, machine or helper. ``template``: one template.
``picture``: one picture."""

_RSID = re.compile(r"[0-9A-F]{8}")
_GUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_LEAST_GLYPHS = 40
_XMP = (
    "pdf.xmp.document_id", "pdf.xmp.original_document_id", "pdf.xmp.instance_id",
    "pdf.xmp.derived_from.document_id", "pdf.xmp.derived_from.instance_id",
    "pdf.xmp.derived_from.original_document_id",
)  # fmt: skip
_AUTHORS = (
    "docx.creator", "docx.last_modified_by", "docx.person", "docx.change", "docx.manager",
    "pdf.author", "pdf.xmp.author",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One id, normalised, and where in the file it stands; ``fact`` is the name of the fact it comes from."""

    kind: str
    value: str
    where: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """The revision ids of one file, or those of them that a limit has kept.

    ``cut`` is the highest rank that was kept (:func:`forensics.documents.facts.rank`, hex), ``None`` if
    nothing was cut: below it the set is whole.
    """

    values: frozenset[str]
    cut: str | None = None


def traces(document: Document) -> tuple[Trace, ...]:
    """Every trace of a document, each (kind, value) once, in the order of its facts."""
    found: dict[tuple[str, str], Trace] = {}
    for kind, value, fact in (
        *_revisions(document.facts),
        *_files(document.facts),
        *_hands(document.facts),
        *_templates(document.facts),
    ):
        if value not in stop_list(kind):
            trace = Trace(kind=kind, value=value, where=fact.where, fact=fact.name)
            found.setdefault((kind, value), trace)
    for picture in pictures(document.facts):
        for kind, value in (("image", picture.sha256), ("look", picture.phash or "")):
            if value:
                trace = Trace(kind=kind, value=value, where=picture.where, fact=f"image.{kind}")
                found.setdefault((kind, value), trace)
    return tuple(found.values())


def revision_ids(document: Document, kind: str = "rsid") -> Ids:
    """The revision ids of a document without those of the stop list; ``kind`` is ``rsid`` or ``style-rsid``."""
    parts = ("docx.rsid.styles",) if kind == "style-rsid" else ("docx.rsid.settings", "docx.rsid.body")
    said = {fact.name: fact.value for fact in document.facts}
    cuts = [
        max(rank(each) for each in said[part].split()).hex()
        for part in parts
        if f"{part}.truncated" in said and part in said
    ]
    values = frozenset(value for each, value, _ in _revisions(document.facts) if each == kind)
    return Ids(values=values - stop_list(kind), cut=min(cuts, default=None))


def chance(a: Ids, b: Ids, shared: Iterable[str]) -> tuple[int, float]:
    """How many ids are shared, and the chance of so many or more between two unrelated files.

    Unrelated tables meet like random draws from :data:`SPACE`: the number shared is Poisson with mean
    ``|A|·|B| / SPACE``. Where a limit has cut one of the sets, only ids below the cut are counted, on both
    sides and of the space (a bottom-k sketch: Cohen, Kaplan, Summarizing data using bottom-k sketches, 2007).
    """
    cut = min((each for each in (a.cut, b.cut) if each is not None), default=None)
    one, two, both = (
        [each for each in values if cut is None or rank(each).hex() <= cut]
        for values in (a.values, b.values, shared)
    )
    part = 1.0 if cut is None else max(int(cut, 16), 1) / 2.0**64
    return len(both), poisson_tail(len(both), len(one) * len(two) / (SPACE * part))


def poisson_tail(least: int, mean: float) -> float:
    """The probability that a Poisson variable of this mean is ``least`` or more."""
    if least <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if least <= mean:  # not in question as evidence
        below = math.fsum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(least))
        return max(0.0, 1.0 - below)
    term = math.exp(least * math.log(mean) - mean - math.lgamma(least + 1))
    total, step = 0.0, least
    while term > total * 1e-12:
        total += term
        step += 1
        term *= mean / step
    return min(1.0, total)


@cache
def stop_list(kind: str) -> frozenset[str]:
    """Values of a kind that programs write into every file; ``corpora/lists/lineage`` says which wrote them."""
    file = data_folder("corpora") / "lists" / "lineage" / "defaults.txt"
    lines = (line.split("#", 1)[0].split() for line in file.read_text(encoding="utf-8").splitlines())
    return frozenset(words[1] for words in lines if len(words) > 1 and words[0] == kind)


@cache
def no_authors() -> frozenset[str]:
    """Words that programs and shops write where a name should stand, folded."""
    file = data_folder("corpora") / "lists" / "lineage" / "no_authors.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _revisions(facts: Iterable[Fact]) -> Iterator[tuple[str, str, Fact]]:
    for fact in facts:
        if fact.name in ("docx.rsid.settings", "docx.rsid.body", "docx.rsid.root", "docx.rsid.styles"):
            kind = "style-rsid" if fact.name == "docx.rsid.styles" else "rsid"
            for value in fact.value.upper().split():
                if _RSID.fullmatch(value) and len(set(value)) > 1:
                    yield kind, value, fact


def _plain(value: str) -> bool:
    """Whether an id of eight digits looks counted up or filled in, not drawn."""
    return value.startswith("0000") or value.startswith("FFFF") or len(set(value)) < 3


def _files(facts: Iterable[Fact]) -> Iterator[tuple[str, str, Fact]]:
    """Ids that only a copy of the file can share. Typst makes its ids of title and author: they are left out."""
    held = list(facts)
    typst = any(
        "typst" in fact.value.casefold()
        for fact in held
        if fact.name in ("pdf.producer", "pdf.creator", "pdf.writer", "pdf.saver", "pdf.xmp.creator_tool")
    )
    for fact in held:
        if fact.name in ("docx.doc_id.w14", "docx.doc_id.w15"):
            value = fact.value.upper()
            if not _plain(re.sub(r"[^0-9A-F]", "", value)):
                yield "doc-id", value, fact
        elif fact.name == "docx.para_ids":
            for value in fact.value.upper().split():
                if _RSID.fullmatch(value) and not _plain(value):
                    yield "para-id", value, fact
        elif fact.name == "pdf.id.first" and not typst:
            value = fact.value.casefold()
            if len(value) >= 16 and len(set(value)) > 3:
                yield "pdf-id", value, fact
        elif fact.name in _XMP and not typst:
            guid = _GUID.search(fact.value.casefold())
            if guid and len(set(guid[0])) > 4:
                yield "xmp-id", guid[0].replace("-", ""), fact
        elif fact.name == "pdf.attachment.sha256":
            yield "attachment", fact.value, fact


def _hands(facts: Iterable[Fact]) -> Iterator[tuple[str, str, Fact]]:
    for fact in facts:
        if fact.name in _AUTHORS:
            value = author(fact.value)
            if value:
                yield "author", value, fact
        elif fact.name in ("docx.company", "pdf.company"):
            value = " ".join(names.fold(fact.value).split())
            if len(value) > 2 and value not in no_authors():
                yield "company", value, fact
        elif fact.name == "docx.person.account":
            yield "account", fact.value.casefold(), fact
        elif fact.name in ("docx.template.target", "docx.template"):
            value = names.fold(fact.value.replace("\\", "/")).removeprefix("file://").strip("/")
            name = value.rpartition("/")[2]
            if "/" in value and not name.startswith("normal"):
                yield "template-path", value, fact


def author(said: str) -> str:
    """The name in a property as it is compared; empty for a word such as ``admin``, ``user`` or a program's name."""
    folded = " ".join(names.fold(said).split())
    value = names.key(said)
    known = folded in no_authors() or value in no_authors() or len(value) < 3
    return "" if known or not any(letter.isalpha() for letter in value) else value


def _templates(facts: Iterable[Fact]) -> Iterator[tuple[str, str, Fact]]:
    for fact in facts:
        if fact.name == "docx.nsid":
            for value in fact.value.upper().split():
                if _RSID.fullmatch(value) and not _plain(value):
                    yield "nsid", value, fact
        elif fact.name == "pdf.font.glyphs":
            count, _, digest = fact.value.partition(" ")
            font = fact.where.rpartition("/")[0]
            if count.isdigit() and int(count) >= _LEAST_GLYPHS:
                yield "glyphs", f"{font.partition('+')[2] or font}/{digest}", fact
