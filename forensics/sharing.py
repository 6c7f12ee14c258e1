"""Share without leaking: campaigns of a corpus as keyed fingerprints in STIX 2.1, and those of others to compare with."""

from __future__ import annotations

import json
import re
import secrets
import stat
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forensics.campaigns import campaigns
from forensics.cases.elsewhere import Elsewhere
from forensics.elsewhere import LOOK, elsewhere
from forensics.errors import UsageError
from forensics.features.indicators import (
    DIGEST,
    KINDS,
    VERSION,
    key_id,
    keyed,
    lineage,
    passages,
    template,
)
from forensics.index.corpus import Corpus
from forensics.index.shared import Foreign

KEY_BYTES = 32
"""A key has so many bytes at least, all from the system's source of chance: guessing it is hopeless."""

MOST_BYTES = 64 * 2**20
MOST_OBJECTS = 500_000
"""Counted as opening braces before anything is parsed: a small file of empty objects would fill the memory."""

MOST_CAMPAIGNS = 20_000
MOST_DIGESTS = 1_000_000

_SPACE = uuid.UUID("5b9d6f0e-3c5e-5d0b-9a0b-0f5e3f2c7a11")
_PATTERN_TYPE = "forensics-hmac-sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: how many campaigns and digests of each kind, under which key.

    ``unchecked`` documents came since the last check of the corpus: what they are part of is not in it.
    """

    key: str
    campaigns: int
    unchecked: int
    digests: Mapping[str, int]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """What was taken in from a file, and which stored documents it meets: (id, matches)."""

    key: str
    campaigns: int
    digests: int
    skipped: int
    matches: tuple[tuple[str, tuple[Elsewhere, ...]], ...]


# -- keys


def new_key(file: Path) -> bytes:
    """Write a new key that only its owner can read. Raises :class:`UsageError` where a file is already."""
    secret = secrets.token_bytes(KEY_BYTES)
    try:
        with file.open("x", encoding="ascii") as out:
            file.chmod(stat.S_IRUSR | stat.S_IWUSR)
            out.write(secret.hex() + "\n")
    except FileExistsError as error:
        raise UsageError(
            f"{file} exists: a key is never overwritten; leave out --new-key to use it."
        ) from error
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}): name another file.") from error
    return secret


def read_key(file: Path) -> bytes:
    """The key in a file: 64 hex digits or more. Raises :class:`UsageError`."""
    try:
        text = file.read_bytes()[:4096].decode("ascii").strip()
        secret = bytes.fromhex(text)
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}): check --key-file.") from error
    except ValueError as error:
        raise UsageError(
            f"{file} is no key: it must hold 64 hex digits or more, as --new-key writes."
        ) from error
    if len(secret) < KEY_BYTES:
        raise UsageError(
            f"the key in {file} has {len(secret)} bytes, {KEY_BYTES} are needed: make one with --new-key."
        )
    if len(set(secret)) < KEY_BYTES // 4:
        raise UsageError(f"the key in {file} repeats itself and can be guessed: make one with --new-key.")
    return secret


# -- out


def export(corpus: Corpus, secret: bytes) -> Exported:
    """The campaigns of a corpus, and its cases that are in none, as a STIX 2.1 bundle.

    The same corpus and key give the same bytes.
    """
    objects: list[Any] = []
    counts: Counter[str] = Counter()
    several = list(_groups(corpus))
    for docs, month in several:
        digests = _digests(corpus, docs, secret)
        counts.update({kind: len(found) for kind, found in digests.items()})
        if any(digests.values()):
            objects += _told(secret, digests, month)
    objects.sort(key=lambda each: str(each["id"]))
    seen, people = corpus.edges.seen(), corpus.population()
    return Exported(
        key=key_id(secret),
        unchecked=sum(doc not in seen for doc in people.rows.keys() - people.background),
        campaigns=sum(each["type"] == "campaign" for each in objects),
        digests={kind: counts[kind] for kind in KINDS},
        text=_bundle(objects),
    )


def _groups(corpus: Corpus) -> Iterator[tuple[tuple[int, ...], str]]:
    """The documents of each campaign and of each case beside them, with the month that was last."""
    inside: set[int] = set()
    people, came = corpus.population(), corpus.edges.came()
    for each in campaigns(corpus).campaigns:
        inside.update(each.group.docs)
        docs = tuple(doc for doc in each.group.docs if doc in people.applicants)
        if docs:
            yield docs, each.last[:7]
    for doc, seen in sorted(corpus.edges.seen().items()):
        if seen.opens and doc not in inside and doc in people.applicants:
            yield (doc,), max(each.applied_at or came[doc] for each in people.applications[doc])[:7]


def _digests(corpus: Corpus, docs: Sequence[int], secret: bytes) -> dict[str, list[bytes]]:
    """The digests of a group by kind: passages of two of its documents, or of the only one; ids of all; the usual look.

    What many unrelated applicants have, or a public document, is in none: a stock phrase, a template's ids, a logo.
    """
    exhibits = [exhibit for doc in docs if (exhibit := corpus.exhibit(doc)) is not None]
    said = Counter(p for e in exhibits for p in passages(e, corpus.background(e)))
    looks = Counter(mark for e in exhibits for mark in template(e))
    least = min(2, len(exhibits))
    people, common = corpus.population(), corpus.common()
    holders = corpus.shared.holders(said)
    members = frozenset(docs)
    rare = [
        p for p, n in said.items() if n >= least and people.distinct(holders.get(p, ()), members) <= common
    ]
    half = [mark for mark, n in looks.items() if 2 * n > len(exhibits)]
    found: dict[str, Iterable[str]] = {
        "passage": map(str, rare),
        "lineage": _rare({each for e in exhibits for each in lineage(e)}, corpus, members),
        "template": half if len(half) >= LOOK[0] else (),
    }
    return {kind: sorted({keyed(secret, kind, each) for each in values}) for kind, values in found.items()}


def _rare(ids: Iterable[str], corpus: Corpus, members: frozenset[int]) -> list[str]:
    """The ids (``kind:value``) that few unrelated applicants and no public document have."""
    people, common = corpus.population(), corpus.common()
    values: dict[str, list[str]] = {}
    for each in ids:
        kind, _, value = each.partition(":")
        values.setdefault(kind, []).append(value)
    found = []
    for kind, several in values.items():
        holders = corpus.traces.holders(kind, several)
        for value in several:
            docs = holders.get(value, ())
            if people.distinct(docs, members) <= common and not people.background.intersection(docs):
                found.append(f"{kind}:{value}")
    return found


def _told(secret: bytes, digests: Mapping[str, Sequence[bytes]], month: str) -> list[Any]:
    import stix2

    when = f"{month}-01T00:00:00.000Z"
    labels = ["forensics", f"version-{VERSION}", f"key-{key_id(secret)}"]
    body = b"".join(kind.encode() + b"".join(found) for kind, found in sorted(digests.items()))
    name = keyed(secret, "campaign", body.hex()).hex()
    fixed = {"created": when, "modified": when, "labels": labels}
    campaign = stix2.v21.Campaign(
        id=f"campaign--{uuid.uuid5(_SPACE, name)}", name=f"campaign {name[:12]}", **fixed
    )
    made = [campaign]
    for kind, found in sorted(digests.items()):
        if not found:
            continue
        indicator = stix2.v21.Indicator(
            id=f"indicator--{uuid.uuid5(_SPACE, name + kind)}",
            name=kind,
            pattern=" ".join(each.hex() for each in found),
            pattern_type=_PATTERN_TYPE,
            pattern_version=VERSION,
            valid_from=when,
            **fixed,
        )
        link = stix2.v21.Relationship(
            id=f"relationship--{uuid.uuid5(_SPACE, name + kind + 'indicates')}",
            relationship_type="indicates",
            source_ref=indicator.id,
            target_ref=campaign.id,
            **fixed,
        )
        made += [indicator, link]
    return [json.loads(each.serialize()) for each in made]


def _bundle(objects: Sequence[Any]) -> str:
    whole = json.dumps(objects, sort_keys=True)
    bundle = {"type": "bundle", "id": f"bundle--{uuid.uuid5(_SPACE, whole)}", "objects": list(objects)}
    return json.dumps(bundle, sort_keys=True, indent=1) + "\n"


# -- in


def take_in(corpus: Corpus, file: Path, secret: bytes, *, counted: Any = iter) -> Indicators:
    """Keep the campaigns of a bundle with the key, and compare every stored document with them.

    Raises :class:`UsageError` for what is no bundle of ours, is too large, or was made with another key.
    """
    read = list(_read(file))
    told, skipped = _campaigns(read, file, secret)
    with corpus.writing():
        corpus.shared.put(key_id(secret), secret, told)
    met = []
    for doc in counted(sorted(corpus.population().applicants)):
        exhibit = corpus.exhibit(doc)
        found = () if exhibit is None else elsewhere(exhibit, corpus, only={each.id for each, _ in told})
        if exhibit is not None and found:
            met.append((exhibit.document.id, found))
    return Indicators(
        key=key_id(secret),
        campaigns=len(told),
        digests=sum(len(several) for _, kinds in told for several in kinds.values()),
        skipped=skipped,
        matches=tuple(met),
    )


def _read(file: Path) -> Iterator[dict[str, Any]]:
    try:
        with file.open("rb") as given:
            data = given.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}): check --indicators.") from error
    if len(data) > MOST_BYTES:
        raise UsageError(f"{file} has more than {MOST_BYTES:,} bytes: ask for it in parts.")
    if data.count(b"{") + data.count(b"[") > MOST_OBJECTS:
        raise UsageError(f"{file} has more than {MOST_OBJECTS:,} objects: ask for it in parts.")
    try:
        bundle = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file} is no JSON ({type(error).__name__}): ask for the file again.") from error
    if (
        not isinstance(bundle, dict)
        or bundle.get("type") != "bundle"
        or not isinstance(bundle.get("objects"), list)
    ):
        raise UsageError(f"{file} is no STIX bundle: give a file that `forensics export --indicators` wrote.")
    for each in bundle["objects"]:
        if not isinstance(each, dict) or not isinstance(each.get("type"), str):
            raise UsageError(f"{file} holds something that is no STIX object: ask for the file again.")
        yield each


def _campaigns(
    objects: Sequence[dict[str, Any]], file: Path, secret: bytes
) -> tuple[list[tuple[Foreign, dict[str, list[bytes]]]], int]:
    """The campaigns of the bundle with their digests, and how many objects are none of ours."""
    ours = [each for each in objects if _ours(each)]
    checked = [_valid(each, file, secret) for each in ours]
    named = {each["id"]: each for each in checked if each["type"] == "campaign"}
    indicators = {each["id"]: each for each in checked if each["type"] == "indicator"}
    if len(named) > MOST_CAMPAIGNS:
        raise UsageError(f"{file} tells of more than {MOST_CAMPAIGNS:,} campaigns: ask for it in parts.")
    told: dict[str, dict[str, list[bytes]]] = {id: {} for id in named}
    total = 0
    for each in checked:
        if each["type"] != "relationship":
            continue
        source, target = indicators.get(each["source_ref"]), told.get(each["target_ref"])
        if source is None or target is None or each["relationship_type"] != "indicates":
            raise UsageError(f"{file}: {each['id']} leads nowhere: ask for the whole file again.")
        digests = _digest_list(source, file)
        total += len(digests)
        if total > MOST_DIGESTS:
            raise UsageError(f"{file} holds more than {MOST_DIGESTS:,} digests: ask for it in parts.")
        target[source["name"]] = digests
    if not any(told.values()):
        raise UsageError(
            f"{file} holds no indicators of forensics: give a file that `forensics export` wrote."
        )
    found = [
        (Foreign(id=id, key=key_id(secret), month=_month(named[id], file), file=file.name, sizes={}), kinds)
        for id, kinds in told.items()
        if kinds
    ]
    return found, len(objects) - len(ours)


def _ours(each: Mapping[str, Any]) -> bool:
    labels = each.get("labels")
    known = each["type"] in ("campaign", "indicator", "relationship")
    return known and isinstance(labels, list) and "forensics" in labels


def _valid(each: dict[str, Any], file: Path, secret: bytes) -> dict[str, Any]:
    """The object, valid STIX 2.1, of this version and under this key."""
    import stix2
    from stix2.exceptions import STIXError

    missing = {"id", "created", "modified", "spec_version"} - each.keys()
    if missing:  # the library would fill in the time of now
        raise UsageError(f"{file}: an object has no {min(missing)}: ask for the file again.")
    said = set(map(str, each["labels"]))
    if f"version-{VERSION}" not in said:
        raise UsageError(
            f"{file} is of another version of the format than {VERSION}: both need the same forensics."
        )
    if f"key-{key_id(secret)}" not in said:
        raise UsageError(f"{file} was made with another key than this one ({key_id(secret)}): agree on one.")
    try:
        parsed = stix2.parse(each, allow_custom=False, version="2.1")
    except (STIXError, ValueError, TypeError, KeyError, RecursionError) as error:
        said_why = " ".join(str(error).split())[:200]
        raise UsageError(f"{file} holds an object that is not valid STIX 2.1: {said_why}") from error
    found = json.loads(parsed.serialize())
    assert isinstance(found, dict)
    return found


def _digest_list(indicator: Mapping[str, Any], file: Path) -> list[bytes]:
    words = indicator["pattern"].split(" ")
    fits = indicator.get("pattern_type") == _PATTERN_TYPE and indicator.get("name") in KINDS
    if not fits or not all(re.fullmatch(rf"[0-9a-f]{{{2 * DIGEST}}}", word) for word in words):
        raise UsageError(
            f"{file}: {indicator['id']} holds something else than digests: ask for the file again."
        )
    return [bytes.fromhex(word) for word in words]


def _month(campaign: Mapping[str, Any], file: Path) -> str:
    month = str(campaign.get("modified", ""))[:7]
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise UsageError(f"{file}: {campaign['id']} has no date: ask for the file again.")
    return month
