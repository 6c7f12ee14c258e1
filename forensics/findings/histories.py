"""Whose history is it, and was it rewritten? copied-history, version-drift."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from forensics.features.features import Education, Exhibit, Job
from forensics.features.histories import history_keys, organisation, title
from forensics.features.profile import profile_of
from forensics.findings.counterparts import counterpart
from forensics.findings.finding import BaseRate, Claim, Evidence, Finding
from forensics.findings.known import employer
from forensics.findings.periods import month, of
from forensics.findings.quoting import finding, quote
from forensics.findings.relation import relation
from forensics.findings.versions import Version
from forensics.index.corpus import Corpus

ENOUGH = 3
"""Jobs in common from which a sequence is copied; two are enough where one of the two has no more."""

SHIFT = 24
"""Months by which the start of one job may differ between versions before that alone is drift."""

SHIFTS = 9
"""Months by which the starts of several jobs may differ."""

Pairs = list[tuple[Job, Job]]


def copied_history(exhibit: Exhibit, claim: Claim, corpus: Corpus, own: frozenset[int]) -> list[Finding]:
    """A finding for each stored document, of an applicant or a reference, that tells the same history."""
    found = []
    for doc, shared in _candidates(exhibit, corpus):
        if shared < 2:
            continue
        other, who, weight, innocent = _party(doc, claim, corpus)
        if other is None or other.document.id == exhibit.document.id:
            continue
        pairs, kind = _sequence(exhibit.features.work, other.features.work)
        if not pairs:
            continue
        people = corpus.population()
        holders = [each for each, count in _candidates(exhibit, corpus) if count >= len(pairs)]
        count = people.distinct(holders, own)
        if count > corpus.common(own):
            weight = "C"
        said = (
            "employers, titles and dates" if kind == "history" else "titles and dates, under other employers,"
        )
        found.append(
            finding(
                "copied-history",
                weight=weight,
                documents=(other.document.id,),
                summary=f"{len(pairs)} of {len(exhibit.features.work)} jobs have the same {said} as those of {who}.",
                evidence=_timelines(exhibit, other, pairs),
                base_rate=BaseRate(documents=count, of=people.others(own)),
                innocent=innocent,
            )
        )
    return found


def _candidates(exhibit: Exhibit, corpus: Corpus) -> list[tuple[int, int]]:
    """Documents that share jobs with the exhibit, and how many."""
    counts: dict[str, dict[int, int]] = {"history": {}, "career": {}}
    for kind, value in history_keys(exhibit.features.work):
        for doc in corpus.with_contact(kind, value):
            counts[kind][doc] = counts[kind].get(doc, 0) + 1
    docs = {*counts["history"], *counts["career"]}
    return sorted((doc, max(counts[kind].get(doc, 0) for kind in counts)) for doc in docs)


def _party(doc: int, claim: Claim, corpus: Corpus) -> tuple[Exhibit | None, str, str, tuple[str, ...]]:
    """The document, whose it is, the weight by the relation, and what explains it in this case."""
    applications = corpus.population().applications.get(doc, ())
    if other := counterpart(claim, corpus, doc):
        reference = any(each.role == "reference" for each in applications)
        who = f"the reference profile of {other.who}" if reference else other.who
        return other.exhibit, who, "A", ()
    for each in applications:
        if each.role != "reference":
            continue
        exhibit = corpus.exhibit(doc)
        if exhibit is None:
            continue
        applicant = exhibit.features.applicant
        theirs = Claim(told=each.applicant, read=applicant.name, emails=applicant.emails)
        if relation(claim, theirs) == "same":
            return (
                exhibit,
                f"the reference profile of the same name, {theirs.name}",
                "C",
                ("The applicant is that engineer: ask that person by a channel of theirs.",),
            )
    return None, "", "", ()


def _sequence(mine: Sequence[Job], theirs: Sequence[Job]) -> tuple[Pairs, str]:
    """The jobs that are equal in both and stand in the same order, and by what; none if they are too few."""
    exact = _common(mine, theirs, _same_job)
    if len(exact) >= ENOUGH or (
        len(exact) == 2 and len(exact) == min(len(mine), len(theirs)) and _monthly(exact)
    ):
        return exact, "history"
    renamed = _common(mine, theirs, _same_career)
    return (renamed, "career") if len(renamed) >= ENOUGH else ([], "")


def _common(mine: Sequence[Job], theirs: Sequence[Job], same: Callable[[Job, Job], bool]) -> Pairs:
    """The longest common subsequence of two histories."""
    best: list[list[Pairs]] = [[[] for _ in range(len(theirs) + 1)] for _ in range(len(mine) + 1)]
    for i, a in enumerate(mine):
        for j, b in enumerate(theirs):
            longer = max(best[i][j + 1], best[i + 1][j], key=len)
            best[i + 1][j + 1] = max(longer, [*best[i][j], (a, b)], key=len) if same(a, b) else longer
    return best[-1][-1]


def _same_job(a: Job, b: Job) -> bool:
    return (
        bool(a.employer and b.employer and a.title and b.title and a.start and b.start)
        and organisation(a.employer or "") == organisation(b.employer or "")
        and title(a.title or "") == title(b.title or "")
        and _meets(a.start, b.start)
        and ("present" in (a.end, b.end) or _meets(a.end, b.end))
    )


def _same_career(a: Job, b: Job) -> bool:
    """The same title from the same month to the same month."""
    if (
        not (a.title and b.title and a.start and b.start and a.end and b.end)
        or min(map(len, (a.start, b.start))) < 7
    ):
        return False
    return title(a.title) == title(b.title) and (a.start, a.end) == (b.start, b.end)


def _meets(a: str | None, b: str | None) -> bool:
    """Whether two dates can be the same month, each as precise as written."""
    if a is None or b is None or "present" in (a, b):
        return a == b
    one, two = month(a), month(b)
    return one[0] <= two[1] and two[0] <= one[1]


def _monthly(pairs: Pairs) -> bool:
    return all(len(job.start or "") > 4 for pair in pairs for job in pair)


def _timelines(exhibit: Exhibit, other: Exhibit, pairs: Pairs) -> list[Evidence]:
    return [
        *(quote(exhibit.document, *mine.heading) for mine, _ in pairs),
        *(quote(other.document, *theirs.heading) for _, theirs in pairs),
    ]


# -- version-drift


def version_drift(exhibit: Exhibit, versions: Iterable[Version], now: int) -> list[Finding]:
    """A finding for each résumé of the same applicant whose past is another past."""
    found = []
    for version in versions:
        other = version.exhibit
        if (profile_of(exhibit) is None) != (profile_of(other) is None):
            continue  # a profile is told of as one
        if not (version.contact or version.ground) or "cover_letter" in (
            exhibit.document.kind,
            other.document.kind,
        ):
            continue
        changes = [
            *_other_employers(exhibit, other, now),
            *_other_dates(exhibit.features.work, other.features.work),
            *_other_schools(exhibit.features.education, other.features.education),
        ]
        if changes:
            spans = [(mine.heading, theirs.heading) for _, mine, theirs in changes]
            found.append(
                finding(
                    "version-drift",
                    weight="B" if version.contact else "C",
                    documents=(other.document.id,),
                    summary="Another version by the same applicant tells another past: "
                    f"{'; '.join(words for words, _, _ in changes)}.",
                    evidence=[
                        *(quote(exhibit.document, *mine) for mine, _ in spans),
                        *(quote(other.document, *theirs) for _, theirs in spans),
                    ],
                    base_rate=None,
                    innocent=() if version.contact else ("They are two people of one name.",),
                )
            )
    return found


Change = tuple[str, Job | Education, Job | Education]


def _other_employers(exhibit: Exhibit, other: Exhibit, now: int) -> Iterator[Change]:
    """Jobs of the same months under another employer, neither employer named in the other version."""
    for mine in exhibit.features.work:
        for theirs in other.features.work:
            a, b = of(mine, now), of(theirs, now)
            if not (a and b and mine.employer and theirs.employer) or "present" in (mine.end, theirs.end):
                continue
            if not _exact(mine) or not _exact(theirs):
                continue
            close = abs(a.start[0] - b.start[0]) <= 1 and abs(a.end[0] - b.end[0]) <= 1
            if close and not _named(mine.employer, other) and not _named(theirs.employer, exhibit):
                yield f"{mine.start} to {mine.end} at {mine.employer} was at {theirs.employer}", mine, theirs


def _exact(job: Job) -> bool:
    return len(job.start or "") > 4 and len(job.end or "") > 4


def _named(name: str, exhibit: Exhibit) -> bool:
    """Whether a document knows the employer by this or another of its names."""
    wanted, known = organisation(name), employer(name)
    for job in exhibit.features.work:
        theirs = organisation(job.employer or "")
        if theirs and (theirs in wanted or wanted in theirs or (known and employer(job.employer) == known)):
            return True
    return wanted in organisation(exhibit.document.text)


def _other_dates(mine: Sequence[Job], theirs: Sequence[Job]) -> Iterator[Change]:
    """Posts with equal employer and title, each the only one so in its version, that begin elsewhere in time."""
    shifted: list[tuple[int, Change]] = []
    for a in mine:
        same = [b for b in theirs if _post(b) == _post(a)]
        if not a.employer or not a.start or len(same) != 1 or sum(_post(b) == _post(a) for b in mine) != 1:
            continue
        b = same[0]
        if not b.start or "present" in (a.start, b.start):
            continue
        one, two = month(a.start), month(b.start)
        apart = max(one[0] - two[1], two[0] - one[1])
        if apart > SHIFTS:
            shifted.append((apart, (f"{a.employer} begins {a.start}, was {b.start}", a, b)))
    if len(shifted) > 1 or any(apart >= SHIFT for apart, _ in shifted):
        yield from (change for _, change in shifted)


def _post(job: Job) -> tuple[str, str]:
    return organisation(job.employer or ""), title(job.title or "")


def _other_schools(mine: Sequence[Education], theirs: Sequence[Education]) -> Iterator[Change]:
    """The same degree of the same year from another school, where each names one of that degree."""
    for a in mine:
        same = [b for b in theirs if _degree(b) == _degree(a)]
        if (
            not (a.school and a.degree and a.end)
            or len(same) != 1
            or sum(_degree(b) == _degree(a) for b in mine) != 1
        ):
            continue
        b = same[0]
        if not b.school or not b.end or a.end[:4] != b.end[:4]:
            continue
        one, two = set(organisation(a.school).split()), set(organisation(b.school).split())
        if not (one & two) - {
            "university",
            "college",
            "institute",
            "of",
            "school",
            "technology",
            "state",
            "and",
        }:
            yield f"{a.degree} from {a.school} was from {b.school}", a, b


def _degree(study: Education) -> str:
    return title(study.degree or "")
