"""Document forensics for job applications: evidence, not a verdict.

::

    from forensics import Corpus, check, compare, read

    with Corpus.open("corpus") as corpus:
        case = check(read("incoming.pdf"), corpus)
        for finding in case.findings:
            print(finding.weight, finding.summary)
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# onnxruntime would report to its makers how it is used; it looks when it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__all__ = [
    "Alignment",
    "Case",
    "Corpus",
    "Document",
    "Exhibit",
    "Finding",
    "ForensicsError",
    "Match",
    "Unreadable",
    "__version__",
    "check",
    "compare",
    "measure",
    "read",
]

_HOMES = {
    "Alignment": "forensics.findings.finding",
    "Case": "forensics.cases.case",
    "Corpus": "forensics.index.corpus",
    "Document": "forensics.documents.document",
    "Exhibit": "forensics.features.features",
    "Finding": "forensics.findings.finding",
    "ForensicsError": "forensics.errors",
    "Match": "forensics.findings.finding",
    "Unreadable": "forensics.documents.document",
    "check": "forensics.engine",
    "compare": "forensics.engine",
    "measure": "forensics.features.measure",
    "read": "forensics.documents.read",
}

if TYPE_CHECKING:
    from forensics.cases.case import Case
    from forensics.documents.document import Document, Unreadable
    from forensics.documents.read import read
    from forensics.engine import check, compare
    from forensics.errors import ForensicsError
    from forensics.features.features import Exhibit
    from forensics.features.measure import measure
    from forensics.findings.finding import Alignment, Finding, Match
    from forensics.index.corpus import Corpus


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that ``import forensics`` stays instant."""
    if name not in _HOMES:
        raise AttributeError(f"module 'forensics' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
