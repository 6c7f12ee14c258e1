"""Write what of docs/ is made from the code: ``python docs/make.py``.

signals.md comes from the registry of signals, the tree in architecture.md from the modules' first sentences.
"""

import ast
import re
import textwrap
from pathlib import Path

from forensics.findings.finding import Signal
from forensics.findings.signals import LATER, SIGNALS

DOCS = Path(__file__).parent
PACKAGE = DOCS.parent / "forensics"
WIDTH, COLUMN = 110, 24
ROOMS = ("documents", "features", "index", "findings", "cases", "batch", "web")
"""In the order in which a file walks through them."""

HEAD = """\
# Signals

<!-- Written by docs/make.py from forensics/findings/signals.py. Change it there, then `make docs`. -->

What this version looks for. The weight in brackets is the one before rarity.

- **A** may open a case alone. **B** opens one together with another B of a different family. **C** is context:
  it is shown and never counted.
- **Rarity.** A thing that more than max(3, 0.5 %) unrelated applicants of the corpus have is common here. Common
  passages are no evidence, and a common contact weighs C, whatever stands in the brackets.
- **Relation.** Signals across documents count only between applicants who claim different names. Two versions by
  one person are a history, not a finding. Where a name is missing on one side, the match is shown and nothing
  counts.
- The weights are decisions about design. They are not measured error rates.
"""

LATER_HEAD = """\
## Not looked for by this version

Every check lists these under `not_run` with the reason, so that their absence is never mistaken for an all-clear.

| signal | what the check says |
|---|---|
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
        LATER_HEAD + "".join(f"| `{id}` | {why} |\n" for id, why in LATER.items()),
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
    return re.sub(r"(?s)(?<=```text\nforensics/\n).*?(?=```)", lambda _: tree(), text)


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
    sentence = re.split(r"(?<=[.?])\s|\n\n|::", doc, maxsplit=1)[0].replace("``", "").rstrip(".")
    hanging = " " * COLUMN
    first = f"{name.ljust(COLUMN - 1)} "
    return textwrap.fill(" ".join(sentence.split()), WIDTH, initial_indent=first, subsequent_indent=hanging)


PAGES = {"signals.md": signals, "architecture.md": architecture}

if __name__ == "__main__":
    for name, made in PAGES.items():
        text = made()
        (DOCS / name).write_text(text, encoding="utf-8")
