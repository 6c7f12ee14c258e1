"""Write docs/signals.md from the registry of signals: ``python docs/make_signals.py``."""

from pathlib import Path

from forensics.findings.finding import Signal
from forensics.findings.signals import LATER, SIGNALS

PAGE = Path(__file__).with_name("signals.md")

HEAD = """\
# Signals

<!-- Written by docs/make_signals.py from forensics/findings/signals.py. Change it there, then `make docs`. -->

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


def page() -> str:
    """The whole page."""
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


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
