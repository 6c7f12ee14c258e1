"""Documents → cases and comparisons, one after another, as the command line asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from forensics.cases.case import Case
from forensics.cases.observing import observed
from forensics.documents.document import Unreadable
from forensics.documents.source import Source
from forensics.engine import check, compare
from forensics.errors import ReadError, UsageError
from forensics.exhibits import Given
from forensics.features.features import Exhibit
from forensics.features.profile import Profile, is_export, profile_of, read_export
from forensics.findings.finding import Alignment
from forensics.index.corpus import Corpus
from forensics.index.manifest import Manifest
from forensics.ingest import label, read_and_measure
from forensics.settings import settings


def profiles_in(files: Iterable[Path]) -> list[Profile]:
    """The profile in each file: a member's data archive (ZIP or its folder), or what "Save to PDF" gave.

    The file is read like an applicant's, in a child with limits. Raises :class:`UsageError` for a file that
    cannot be read or is no profile.
    """
    return [read_export(file) if is_export(file) else _saved(file) for file in files]


def _saved(file: Path) -> Profile:
    try:
        data = Source(path=str(file), file=file).load()
    except ReadError as error:
        raise UsageError(f"{file} cannot be read as a profile: {error}") from error
    read = read_and_measure(data, str(file))
    if isinstance(read, Unreadable):
        why = "; ".join(each.message for each in read.problems)
        raise UsageError(f"{file} cannot be read as a profile: {why}")
    profile = profile_of(read)
    if profile is None:
        raise UsageError(
            f'{file} is no LinkedIn profile: give the PDF of "Save to PDF", or the ZIP of the member\'s data '
            '("Get a copy of your data").'
        )
    return profile


def screen(
    given: Iterable[Given],
    corpus: Corpus,
    manifest: Manifest,
    *,
    applicant: str | None,
    add: bool,
    profiles: Sequence[Profile] = (),
) -> Iterator[Case | Unreadable]:
    """The case of each document. With ``add``, what is yielded is stored, so that the next one meets it.

    ``applicant`` is the name under which all of them came; it goes before the manifest's, of whose rows
    for one file the first names its applicant. ``profiles`` are exports of this applicant's, to compare with.
    """
    keep = settings().keep_files
    name = None if applicant is None else label(" ".join(applicant.split())) or None
    for each in given:
        read = each.read
        if isinstance(read, Unreadable):
            if add:
                with corpus.writing():
                    corpus.add_unreadable(read)
            yield read
            continue
        applications = manifest.applications(read.document.path, role="applicant")
        if name is not None:
            applications = [replace(applications[0], applicant=name)]
        first = applications[0]
        case = check(read, corpus, applicant=first.applicant, application=first, profiles=profiles)
        if add:
            said = corpus.meaning.encode([read], keep=True)
            with corpus.writing():
                corpus.add(read, applications, each.data if keep else None, said[0] if said else None)
                _keep(corpus, case)
        yield case


def _keep(corpus: Corpus, case: Case) -> None:
    """Keep what links the document that was just stored, inside ``writing``."""
    id = case.exhibit.document.id
    doc = corpus.number(id)
    if doc is not None:
        found = observed(doc, id, case.findings, corpus.number)
        corpus.edges.put(found.seen, found.edges)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two documents side by side; no relation and no alignment where one is unreadable."""

    a: Exhibit | Unreadable
    b: Exhibit | Unreadable
    relation: str | None = None
    alignment: Alignment | None = None


def compared(pairs: Iterable[tuple[Given, Given]], corpus: Callable[[], Corpus | None]) -> Iterator[Compared]:
    """What the two documents of each pair share; how rare that is, if there is a corpus."""
    for one, other in pairs:
        a, b = one.read, other.read
        if isinstance(a, Unreadable) or isinstance(b, Unreadable):
            yield Compared(a=a, b=b)
        else:
            relation, alignment = compare(a, b, corpus())
            yield Compared(a=a, b=b, relation=relation, alignment=alignment)
