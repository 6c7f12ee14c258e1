"""Documents → cases and comparisons, one after another, as the command line asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from forensics.cases.case import Case
from forensics.documents.document import Unreadable
from forensics.engine import check, compare
from forensics.exhibits import Given
from forensics.features.features import Exhibit
from forensics.findings.finding import Alignment
from forensics.index.corpus import Corpus
from forensics.index.manifest import Manifest
from forensics.ingest import label
from forensics.settings import settings


def screen(
    given: Iterable[Given], corpus: Corpus, manifest: Manifest, *, applicant: str | None, add: bool
) -> Iterator[Case | Unreadable]:
    """The case of each document. With ``add``, what is yielded is stored, so that the next one meets it.

    ``applicant`` is the name under which all of them came; it goes before the manifest's, of whose rows
    for one file the first names its applicant.
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
        case = check(read, corpus, applicant=applications[0].applicant)
        if add:
            with corpus.writing():
                corpus.add(read, applications, each.data if keep else None)
        yield case


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
