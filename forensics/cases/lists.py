"""What a person reads in the terminal about many files: ingest, dedup, status and erase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from posixpath import commonprefix

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from forensics.cases.beside import count
from forensics.cases.duplicates import Cluster, Duplicates, Pair
from forensics.cases.intake import Ingested
from forensics.cases.visible import visible

Parts = Iterator[RenderableType]

PAIRS = 50
"""So many pairs are shown; the rest are counted."""

CLUSTERS = 20
"""So many clusters are shown; the rest are counted."""

NAMED = 10
"""So many files are named in one group; the rest are counted."""

_TRY = {
    "encrypted": "ask for the file without a password",
    "no_text": "it is a scanned image: ask for the file with its text",
    "not_a_document": "give PDF, DOCX, text or Markdown",
    "not_found": "check the path",
    "damaged": "ask for the file again",
    "too_large": "ask for a smaller file, or raise FORENSICS_MAX_FILE",
    "timeout": "ask for a plain PDF, or raise FORENSICS_READ_CPU and FORENSICS_READ_WALL",
    "out_of_memory": "ask for a plain PDF, or raise FORENSICS_READ_MEMORY",
    "suspicious_archive": "unpack it by hand only if you trust its sender",
}
_KINDS = {
    "exact": "the same bytes or text",
    "near": "most of both documents",
    "partial": "a part, in otherwise different documents",
}


def tally(done: Sequence[Ingested]) -> str:
    """How many files were added, unchanged and unreadable."""
    counts = Counter(each.status for each in done)
    return ", ".join(f"{counts[status]:,} {status}" for status in ("added", "unchanged", "unreadable"))


def ingested(
    done: Sequence[Ingested], *, skipped: int, unmatched: Sequence[str], full: bool = False
) -> Parts:
    """What became of the files that were given, and what to try next."""
    hidden = f"; {count(skipped, 'hidden file')} skipped" if skipped else ""
    yield Text(f"{count(len(done), 'file')}: {tally(done)}{hidden}.", style="bold")
    by_code: dict[str, list[str]] = {}
    for each in done:
        if each.status == "unreadable":
            by_code.setdefault(next(p.code for p in each.problems if p.fatal), []).append(each.path)
    if by_code:
        yield Text("\nCould not be read", style="bold yellow")
    for code, paths in sorted(by_code.items(), key=lambda item: -len(item[1])):
        yield Text(f"  {len(paths):,} {code}: {_TRY.get(code, 'look at the file by hand')}")
        yield from _named(paths, full)
    warned = Counter(p.code for each in done if each.status != "unreadable" for p in each.problems)
    if warned:
        yield Text("\nRead, with something to know", style="bold")
        for code, files in warned.most_common():
            yield Text(f"  {count(files, 'file')}: {code}")
    if unmatched:
        yield Text(f"\n{count(len(unmatched), 'row')} of the manifest met no file", style="bold yellow")
        yield from _named(list(unmatched), full)
        yield Text(
            "  A filename is relative to the manifest or to a given path; these lie outside what was given, or are "
            "called otherwise."
        )
    added = any(each.status != "unreadable" for each in done)
    yield Text()
    if not done:
        yield Text("Next: give a folder that holds PDF, DOCX, .txt or .md files.")
    elif added:
        yield Text("Next: forensics check FILE for a new application, or forensics dedup for all of these.")
    else:
        yield Text("Next: forensics show FILE says more about one file.")


def dedup(found: Duplicates, *, full: bool = False) -> Parts:
    """Clusters first, then the pairs."""
    of = f"{count(found.documents, 'document')} compared"
    if found.unreadable:
        of += f", {found.unreadable:,} unreadable left out"
    if not found.pairs:
        yield Text(f"{of}: no two share text that is neither public nor common.", style="bold green")
        return
    different = sum(pair.relation == "different" for pair in found.pairs)
    if found.recall is None:
        of += ", by words alone for want of vectors"
    elif found.recall < 1:
        of += f", finding {found.recall:.1%} of the sentences nearest in meaning"
    yield Text(
        f"{of}: {count(len(found.pairs), 'pair')} with shared text, {different:,} of them of different "
        f"applicants, in {count(len(found.clusters), 'cluster')}.",
        style="bold",
    )
    above = _above([path for cluster in found.clusters for path in cluster.paths])
    if above:
        yield Text(f"All paths are below {visible(above)}", style="dim")
    yield Text()
    for cluster in found.clusters if full else found.clusters[:CLUSTERS]:
        yield from _cluster(cluster, above, full)
    if not full and len(found.clusters) > CLUSTERS:
        yield Text(f"{count(len(found.clusters) - CLUSTERS, 'more cluster')}: --full shows all.\n")
    yield from _pairs(found.pairs, above, full)
    yield Text()
    for kind, means in _KINDS.items():
        if any(pair.kind == kind for pair in found.pairs):
            yield Text(f"{kind}: {means}.", style="dim")
    yield Text(
        "\nNext: forensics compare A B --corpus DIR shows two of them side by side; ids do for A and B."
    )


def _above(paths: Sequence[str]) -> str:
    """The folder that all of them are in, with its last ``/``; empty if there is none."""
    folders = {path[: path.rfind("/") + 1] for path in paths}
    common = commonprefix(list(folders))
    return common[: common.rfind("/") + 1]


def _cluster(cluster: Cluster, above: str, full: bool) -> Parts:
    who = (
        f"{count(cluster.applicants, 'applicant')}"
        if cluster.applicants > 1
        else "one applicant, so it is held against nobody"
    )
    yield Text(f"{cluster.id}: {count(len(cluster.paths), 'application')}, {who}", style="bold")
    lines = [
        f"{path.removeprefix(above)} · {', '.join(names) or 'names nobody'}"
        for path, names in zip(cluster.paths, cluster.names, strict=True)
    ]
    yield from _named(lines, full)
    yield Text()


def _pairs(pairs: Sequence[Pair], above: str, full: bool) -> Parts:
    shown = pairs if full else pairs[:PAIRS]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold dim")
    table.add_column("pair", no_wrap=True, justify="right")
    table.add_column("kind", no_wrap=True)
    table.add_column("applicants", no_wrap=True)
    table.add_column("shared", justify="right", no_wrap=True)
    table.add_column("rarest", justify="right", no_wrap=True)
    table.add_column("of", overflow="fold")
    for number, pair in enumerate(shown, start=1):
        style = "bold" if pair.relation == "different" else "dim"
        table.add_row(
            Text(f"{number:,}."),
            Text(pair.kind),
            Text(pair.relation, style=style),
            Text(f"{pair.coverage_a:.0%}\n{pair.coverage_b:.0%}"),
            Text("" if pair.rarest is None else f"{pair.rarest:,}"),
            Text(f"{visible(pair.a_path.removeprefix(above))}\n{visible(pair.b_path.removeprefix(above))}"),
        )
    yield table
    if len(shown) < len(pairs):
        yield Text(
            f"{count(len(pairs) - len(shown), 'more pair')}: --full shows all, --output FILE writes all."
        )
    yield Text(
        "\nshared: of each document's words. rarest: so many unrelated applicants have the rarest passage.",
        style="dim",
    )


def status(found: Mapping[str, object], folder: str) -> Parts:
    """What the corpus holds."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    size = found["bytes"]
    assert isinstance(size, int)
    said = {
        "corpus": visible(folder),
        "documents": f"{found['documents']:,}",
        "passages": f"{found['passages']:,}",
        "unreadable": f"{found['unreadable']:,}",
        "on disk": f"{size / 2**20:,.1f} MiB",
        "vectors": _vectors(found),
        "consistent": "yes" if found["consistent"] else "NO",
    }
    for label, value in said.items():
        table.add_row(Text(label), Text(value))
    yield table
    problems = found["problems"]
    assert isinstance(problems, list)
    for each in problems:
        yield Text(f"- {visible(each)}")


def _vectors(found: Mapping[str, object]) -> str:
    """Which encoder made them, how they are kept, and how many documents have none."""
    models, views = found["models"], found["views"]
    assert isinstance(models, dict) and isinstance(views, list)
    if not models:
        return "none yet"
    made = models["vectors"]
    said = [
        f"{visible(made['model'])} ({made['backend']}, {made['sha256'][:12]}), {made['dimension']} numbers"
    ]
    for each in views:
        size = "" if each["bytes_per_vector"] is None else f", {each['bytes_per_vector']:,.0f} bytes each"
        said.append(f"{each['vectors']:,} {each['name']} as {each['kind']}{size}")
    if found["without_vectors"]:
        said.append(f"{found['without_vectors']:,} documents have none yet")
    return "; ".join(said)


def erased(documents: int) -> Parts:
    """How much is gone."""
    if documents:
        yield Text(f"{count(documents, 'document')} erased, with text, fingerprints and stored files.")
    else:
        yield Text("Nothing matched, nothing was erased. forensics status says what the corpus holds.")


def embedded(found: Mapping[str, object]) -> Parts:
    """Which vectors were made."""
    if not found["documents"]:
        yield Text("The corpus is empty: forensics ingest makes the vectors of what it adds.")
        return
    yield Text(f"{found['embedded']:,} of {found['documents']:,} documents got vectors just now.")
    yield Text(f"All are of {found['model']} ({found['backend']}).")


def backed_up(documents: int, files: int, size: int, path: str) -> Parts:
    """What a backup holds."""
    held = f"{count(documents, 'document')} and {count(files, 'stored file')}"
    yield Text(f"{held} in {visible(path)} ({size / 2**20:,.1f} MiB).", overflow="fold")
    yield Text("It holds personal data. forensics restore makes a corpus of it again.")


def restored(documents: int, files: int, made: str, folder: str, problems: Sequence[str]) -> Parts:
    """What is in place now."""
    held = f"{count(documents, 'document')} and {count(files, 'stored file')}"
    yield Text(f"{held} of {visible(made)} in {visible(folder)}.", overflow="fold")
    for each in problems:
        yield Text(f"- {visible(each)}")
    yield Text(
        "What was erased since then is back: erase it again. forensics status --deep looks at everything."
    )


def _named(paths: Sequence[str], full: bool) -> Parts:
    shown = paths if full else paths[:NAMED]
    for path in shown:
        yield Padding(Text(visible(path), overflow="fold"), (0, 0, 0, 4))
    if len(shown) < len(paths):
        yield Text(f"    and {len(paths) - len(shown):,} more: --full shows all")
