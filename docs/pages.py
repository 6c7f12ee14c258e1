"""Write what of docs/ is made from the code: ``python docs/pages.py``.

signals.md comes from the registry of signals, the tree in architecture.md from the modules' first sentences, the
sample in the README from a check of the demo corpus.
"""

import ast
import os
import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from forensics.findings.finding import Signal
from forensics.findings.signals import SIGNALS

DOCS = Path(__file__).parent
ROOT = DOCS.parent
PACKAGE = ROOT / "forensics"
SUSPECT = Path("incoming", "Anselm_Pruitt_ML.docx")
WIDTH, COLUMN = 110, 24
ROOMS = ("documents", "features", "index", "findings", "cases", "batch", "web", "commands")
"""In the order in which a file walks through them."""

HEAD = """\
# Signals

<!-- Written by docs/pages.py from forensics/findings/signals.py. Change it there, then `make docs`. -->

What this version looks for. The weight in brackets is the one before rarity.

- **A** may open a case alone. **B** opens one together with another B of a different family. **C** is context:
  it is shown and never counted.
- **Rarity.** A thing that more than max(3, 0.5 %) unrelated applicants of the corpus have is common here. Common
  passages are no evidence, and a common contact weighs C, whatever stands in the brackets.
- **Relation.** Signals across documents count only between applicants who claim different names. Two versions by
  one person are a history, not a finding. Where a name is missing on one side, the match is shown and nothing
  counts.
- **Base rate.** So many unrelated applicants of so many have the same; names with nearly one text count as one. For
  what several documents share the others of the corpus are counted. For what is found in one document, or between
  one applicant's own papers, it is how many of those *checked* before came to this signal with this weight: the
  corpus remembers what `check --add`, `dedup` and `campaigns` found. It is `null` ("not counted in this corpus")
  while nobody else was checked there: a stored document that no check has looked at says nothing either way.
- The weights are decisions about design. They are not measured error rates.
"""


def signals() -> str:
    """signals.md."""
    across = [each for each in SIGNALS.values() if each.across]
    inside = [each for each in SIGNALS.values() if not each.across]
    parts = [
        HEAD,
        "## Across documents\n",
        *map(section, across),
        "## Inside one document\n",
        *map(section, inside),
    ]
    return "\n".join(parts)


def section(signal: Signal) -> str:
    """One signal with its innocent explanations and how to verify it."""
    innocent = "".join(f"  - {line}\n" for line in signal.innocent)
    verify = "".join(f"  - {line}\n" for line in signal.verify)
    return (
        f"### `{signal.id}` ({signal.weight}, {signal.family})\n\n"
        f"{signal.what[0].upper()}{signal.what[1:]}.\n\n"
        f"- May be innocent:\n{innocent}- To verify:\n{verify}"
    )


def architecture() -> str:
    """architecture.md with its tree as the package is now."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    return re.sub(r"(?s)(?<=```text\nforensics/\n).*?(?=```)", lambda _: tree(), text, count=1)


def tree() -> str:
    """Every module with the first sentence of its docstring; first the rooms, then what stands above them."""
    lines = []
    for room in ROOMS:
        files = sorted((PACKAGE / room).glob("*.py"))
        if files:
            lines.append(annotated(f"  {room}/", PACKAGE / room / "__init__.py"))
            lines += [annotated(f"    {file.name}", file) for file in files if file.stem != "__init__"]
    lines += [annotated(f"  {file.name}", file) for file in sorted(PACKAGE.glob("*.py"))]
    return "\n".join(lines) + "\n"


def annotated(name: str, module: Path) -> str:
    """One module of the tree, wrapped."""
    doc = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    sentence = re.split(r"(?<=[.?])\s|\n\n|::", doc, maxsplit=1)[0].rstrip(".")
    sentence = re.sub(r":\w+:`([^`]*)`|``", r"\1", sentence)
    hanging = " " * COLUMN
    first = f"{name.ljust(COLUMN - 1)} "
    return textwrap.fill(" ".join(sentence.split()), WIDTH, initial_indent=first, subsequent_indent=hanging)


def readme() -> str:
    """README.md with its sample as the program prints it now."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.sub(r"(?s)(?<=```text\n).*?(?=```)", lambda _: sample(), text, count=1)


def sample() -> str:
    """What a check of the demo prints for people, up to the first pair of passages."""
    demo = Path("corpora", "demo")
    with tempfile.TemporaryDirectory() as corpus:
        said("ingest", demo / "files", "--manifest", demo / "manifest.csv", "--corpus", corpus)
        printed = said(
            "check", demo / SUSPECT, "--manifest", demo / "incoming" / "manifest.csv", "--corpus", corpus
        )
    lines = [line.rstrip() for line in printed.splitlines()]
    beside = next(at for at, line in enumerate(lines) if line.startswith("Beside "))
    end = next(at for at, line in enumerate(lines) if at > beside and line.startswith("2. "))
    return "\n".join(lines[:end]).rstrip() + "\n"


def said(*words: str | Path) -> str:
    """What a command prints on stdout."""
    command = [sys.executable, "-m", "forensics", *map(str, words)]
    plain = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return done.stdout


PAGES = {
    DOCS / "signals.md": signals,
    DOCS / "architecture.md": architecture,
    ROOT / "README.md": readme,
}

if __name__ == "__main__":
    for page, made in PAGES.items():
        text = made()
        page.write_text(text, encoding="utf-8")
