"""Does what one applicant handed in agree with itself? application-conflict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import combinations

from forensics.features import names
from forensics.features.features import Entity, Exhibit
from forensics.features.gazetteers import company_suffixes
from forensics.features.geography import apart
from forensics.features.histories import organisation
from forensics.features.stated import stated
from forensics.findings.arrivals import moment
from forensics.findings.finding import Claim, Evidence, Finding
from forensics.findings.periods import month
from forensics.findings.quoting import finding, quote
from forensics.findings.versions import Version

OCCASION = timedelta(days=45)
"""Within this time two documents of one applicant belong to one application, if no job tells them apart."""

YEARS = 2
"""Years by which the start of the same job must differ."""

_CAP = r"[A-Z][\w&’'-]*(?:\.\w+)*"
_ORG = rf"(?P<org>(?-i:{_CAP}(?:[ ](?:(?:of|and|&|for)[ ])?{_CAP}){{0,3}}))"
_TARGETS = (
    rf"\b(?:apply(?:ing)?|application|applied|candidacy|considered)\b[^.\n]{{0,80}}?"
    rf"\b(?:at|with|to join)[ ](?:the[ ])?{_ORG}",
    rf"\b(?:excited|eager|thrilled|delighted|keen|hope|hoping|love|like|opportunity|chance|pleased|honou?red|want|wish)\b"
    rf"[^.\n]{{0,40}}?\bto[ ](?:join|work[ ](?:for|at|with)|contribute[ ]to|be[ ](?:a[ ])?part[ ]of"
    rf"|bring[^.\n]{{0,50}}?[ ]to)[ ](?:the[ ](?:team[ ]at[ ])?)?{_ORG}",
    rf"\binterest(?:ed)?[ ]in[ ](?:joining|working[ ](?:for|at|with)|the[^.\n]{{0,60}}?[ ](?:at|with))[ ]"
    rf"(?:the[ ])?{_ORG}",
    rf"\bjoining[ ](?:the[ ]team[ ]at[ ])?{_ORG}",
    rf"\bDear[ ](?:the[ ])?{_ORG}[ ](?-i:(?:[Hh]iring|[Rr]ecruit\w+)[ ])?(?-i:[Tt]eam|[Mm]anager)",
)
_NO_ORG = frozenset(
    "hiring recruiting recruitment human resources selection search team manager sir madam your our the this my a an i we"
    " position role company committee department engineering software senior".split()
)


def application_conflict(
    exhibit: Exhibit, claim: Claim, versions: Iterable[Version], at: str | None, job: str | None
) -> list[Finding]:
    """Findings about documents of one application; ``at`` and ``job`` are the exhibit's own, if a manifest has them."""
    found = [*_form(exhibit, claim), *_letter(exhibit)]
    for version in versions:
        if _one_occasion(exhibit, claim, version, at, job):
            found += _fields(exhibit, version)
    return found


def _form(exhibit: Exhibit, claim: Claim) -> Iterator[Finding]:
    """The name of the form against the one in the document: not one word, initial or spelling in common."""
    if claim.told and claim.read and other_person(claim.told, claim.read):
        spot = next((e for e in exhibit.features.entities if e.rule.startswith("applicant-")), None)
        if spot is not None:
            yield finding(
                "application-conflict",
                weight="B",
                documents=(),
                summary=f"The application came under the name {claim.told}; the document names {claim.read}.",
                evidence=[
                    quote(exhibit.document, spot.start, spot.end),
                    Evidence(document=exhibit.document.id, text=claim.told, where="manifest or --applicant"),
                ],
                base_rate=None,
                innocent=(
                    "The file was matched to the wrong row of the manifest.",
                    "It is a chosen or a former name.",
                ),
            )


def other_person(a: str, b: str) -> bool:
    """Whether two names have nothing in common that would make them one person's; a label is nobody's name."""
    if any(letter.isdigit() for letter in a + b) or names.agree(a, b) is not False:
        return False
    one, two = (re.findall(r"[^\W\d_]+", names.fold(names.strip_titles(name))) for name in (a, b))
    if min(len(one), len(two)) < 2 or not all(word.isascii() for word in (*one, *two)):
        return False
    return not any(x[:3] == y[:3] or x in y or y in x for x in one for y in two if min(len(x), len(y)) > 1)


def _letter(exhibit: Exhibit) -> Iterator[Finding]:
    """Two companies to which one letter applies."""
    if exhibit.document.kind != "cover_letter":
        return
    addressed = [
        (entity.value, (entity.start, entity.end))
        for entity in exhibit.features.entities
        if entity.label == "EMPLOYER" and entity.rule == "employer-addressee"
    ]
    for (one, first), (two, second) in combinations([*addressed[:1], *targets(exhibit.document.text)], 2):
        if _same_company(one, two):
            continue
        yield finding(
            "application-conflict",
            weight="B",
            documents=(),
            summary=f"The letter applies to {one} and to {two}: one of the names seems left from another letter.",
            evidence=[quote(exhibit.document, *first), quote(exhibit.document, *second)],
            base_rate=None,
            innocent=(
                "One of the two is a brand, a parent or a client of the other.",
                "An agency applies for a client.",
            ),
        )
        return


def targets(text: str) -> list[tuple[str, tuple[int, int]]]:
    """The companies to which a letter says it applies, with their spans; each name once."""
    found: dict[str, tuple[str, tuple[int, int]]] = {}
    for pattern in _TARGETS:
        for match in re.finditer(pattern, text, re.I):
            name = re.sub(r"['’]s$", "", match["org"].rstrip(".,'’"))
            words = [word for word in organisation(name).split() if word not in company_suffixes()]
            if words and not all(word in _NO_ORG for word in words) and words[0] not in _NO_ORG:
                found.setdefault(
                    organisation(name), (name, (match.start("org"), match.start("org") + len(name)))
                )
    return sorted(found.values(), key=lambda each: each[1])


def _same_company(a: str, b: str) -> bool:
    one, two = organisation(a), organisation(b)
    short = {"".join(word[0] for word in name.split()) for name in (one, two)}
    return one in two or two in one or one in short or two in short or one.split()[0] == two.split()[0]


def _one_occasion(exhibit: Exhibit, claim: Claim, version: Version, at: str | None, job: str | None) -> bool:
    """Whether two documents belong to one application: handed in for one job or at one time, by one person.

    A name that a manifest gives to both is not enough without a time or a job: among thousands there are namesakes.
    """
    held = version.contact or version.ground
    named = held or bool(claim.told and version.application.applicant)
    mine, theirs = moment(at), moment(version.application.applied_at)
    if mine and theirs:
        return named and abs(mine - theirs) <= OCCASION
    if job and version.application.job:
        return named and job == version.application.job
    return held and {exhibit.document.kind, version.exhibit.document.kind} == {"resume", "cover_letter"}


def _fields(exhibit: Exhibit, version: Version) -> Iterator[Finding]:
    """The fields in which two documents of one application differ, in one finding."""
    a, b = exhibit, version.exhibit
    heavy: list[tuple[str, list[Evidence]]] = []
    light: list[tuple[str, list[Evidence]]] = []
    one, two = a.features.applicant, b.features.applicant
    if one.name and two.name and other_person(one.name, two.name):
        heavy.append((f"the name {one.name} and {two.name}", [*_named(a), *_named(b)]))
    heavy += _dates(a, b)
    for label, mine, theirs in (("telephone", one.phones, two.phones), ("e-mail", one.emails, two.emails)):
        if mine and theirs and not set(mine) & set(theirs):
            light.append((f"{label} {mine[0]} and {theirs[0]}", [*_own(a, mine[0]), *_own(b, theirs[0])]))
    here, there = stated(a), stated(b)
    if here and there and all(apart(x, y) for _, x in here for _, y in there):
        spans = [
            quote(a.document, here[0][0].start, here[0][0].end),
            quote(b.document, there[0][0].start, there[0][0].end),
        ]
        light.append((f"the town {here[0][0].value} and {there[0][0].value}", spans))
    if not heavy and (not light or light[0][0].startswith("e-mail")):
        return
    told = [*heavy, *light]
    yield finding(
        "application-conflict",
        weight="B" if heavy or len(light) > 1 else "C",
        documents=(b.document.id,),
        summary=f"Two documents of one application differ in {'; '.join(words for words, _ in told)}.",
        evidence=[each for _, quotes in told for each in quotes],
        base_rate=None,
    )


def _dates(a: Exhibit, b: Exhibit) -> list[tuple[str, list[Evidence]]]:
    found = []
    for mine in a.features.work:
        theirs = [
            job
            for job in b.features.work
            if organisation(job.employer or "") == organisation(mine.employer or "")
        ]
        if not mine.employer or not mine.start or len(theirs) != 1 or not theirs[0].start:
            continue
        if (
            sum(organisation(job.employer or "") == organisation(mine.employer) for job in a.features.work)
            != 1
        ):
            continue
        if abs(month(mine.start)[0] - month(theirs[0].start)[0]) >= 12 * YEARS:
            quotes = [quote(a.document, *mine.heading), quote(b.document, *theirs[0].heading)]
            found.append((f"the start at {mine.employer}, {mine.start} and {theirs[0].start}", quotes))
    return found


def _named(exhibit: Exhibit) -> list[Evidence]:
    spots: list[Entity] = [e for e in exhibit.features.entities if e.rule.startswith("applicant-")]
    return [quote(exhibit.document, e.start, e.end) for e in spots[:1]]


def _own(exhibit: Exhibit, value: str) -> list[Evidence]:
    spots = [e for e in exhibit.features.entities if e.own and e.value == value]
    return [quote(exhibit.document, e.start, e.end) for e in spots[:1]]
