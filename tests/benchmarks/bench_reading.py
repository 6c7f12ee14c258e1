"""What is read of layouts whose text is known, and how fast: beside the readers that others use.

Every writer that is installed here renders its layouts (tests/benchmarks/layouts) into a folder. Recall is the share
of the source's word 5-grams, column by column, that stand in the text that was read, in that order; Han characters
count as words. Seconds are CPU seconds of one process. Run by hand:
``python tests/benchmarks/bench_reading.py [folder] [--fast]``; rendered files in the folder are used again, ``--fast``
leaves the readers of others and the speed out.
"""

from __future__ import annotations

import io
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmarks")]

from layouts.render import Layout, rendered  # noqa: E402

from forensics.documents.package import TREES  # noqa: E402
from forensics.documents.parse import parse  # noqa: E402
from forensics.errors import ReadError  # noqa: E402
from forensics.settings import Settings  # noqa: E402

MEAN, WORST = 0.98, 0.93
PAGES, PAGES_LOOKING, TIMES_PLUMBER, DOCX_FILES, PEAK = 45.0, 20.0, 4.0, 200.0, 200 * 2**20
GRAM = 5
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x2060, 0xFEFF]
)


def words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return _WORD.findall(unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold())


def recall(streams: Sequence[Sequence[str]], text: str) -> float:
    """The share of the 5-grams of each stream (all of it, where it is shorter) that ``text`` has, each as often."""
    read = words(text)
    there: dict[int, Counter[tuple[str, ...]]] = {}
    hits = total = 0
    for stream in streams:
        said = words(" ".join(stream))
        size = min(GRAM, len(said))
        if not size:
            continue
        if size not in there:
            there[size] = Counter(tuple(read[at : at + size]) for at in range(len(read) - size + 1))
        wanted = Counter(tuple(said[at : at + size]) for at in range(len(said) - size + 1))
        hits += sum(min(count, there[size][gram]) for gram, count in wanted.items())
        total += wanted.total()
    return hits / max(1, total)


def ours(data: bytes, **other: Any) -> str:
    """Our text."""
    try:
        return parse(data, id="", path="x", plain=True, limits=replace(Settings(), **other)).text
    except ReadError:
        return ""


def _plumber(data: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "\n".join(page.extract_text(x_tolerance_ratio=0.15) for page in pdf.pages)


def _miner(data: bytes) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(io.BytesIO(data))


def _pdfium(data: bytes) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def _pypdf(data: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def _docx2python(data: bytes) -> str:
    from docx2python import docx2python

    with docx2python(io.BytesIO(data)) as file:
        return file.text


def _python_docx(data: bytes) -> str:
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


OTHERS: dict[str, dict[str, Callable[[bytes], str]]] = {
    ".pdf": {"pdfplumber": _plumber, "pdfminer": _miner, "pdfium": _pdfium, "pypdf": _pypdf},
    ".docx": {"docx2python": _docx2python, "python-docx": _python_docx},
}


def quality(found: Sequence[Layout], others: bool) -> bool:
    """Print recall by layout and reader; whether ours reaches its figures."""
    ok = True
    for suffix, readers in OTHERS.items():
        chosen = [each for each in found if each.path.suffix == suffix]
        columns: dict[str, Callable[[bytes], str]] = {"ours": ours}
        if suffix == ".pdf":
            columns["ours by pdfplumber"] = lambda data: ours(data, pdf_backend="pdfplumber", hidden=False)
        if others:
            columns |= readers
        table: dict[str, list[float]] = {}
        for name, read in columns.items():
            try:
                table[name] = [recall(each.streams, read(each.path.read_bytes())) for each in chosen]
            except ImportError:
                print(f"{name} is not installed: left out")
        print(
            f"\n{suffix[1:].upper()}: {len(chosen)} layouts, {sum(each.columns for each in chosen)} with columns"
        )
        print(f"{'':34}" + "".join(f"{name:>20}" for name in table))
        for at, each in enumerate(chosen):
            print(f"{each.path.stem[:33]:34}" + "".join(f"{values[at]:20.3f}" for values in table.values()))
        for name, values in table.items():
            print(f"{name:20} mean {sum(values) / len(values):.4f} worst {min(values):.4f}")
        mine = table["ours"]
        ok &= sum(mine) / len(mine) >= MEAN and min(mine) >= WORST
    return ok


def _rate(units: int, act: Callable[[], object], rounds: int = 1) -> float:
    """Units per CPU second, the median of so many rounds: what is done in a tenth of a second needs more than one."""
    act()
    taken = []
    for _ in range(rounds):
        TREES.clear()  # else every part would be one that an earlier file had
        start = time.process_time()
        act()
        taken.append(time.process_time() - start)
    return units / statistics.median(taken)


def speed(found: Sequence[Layout]) -> bool:
    """Print units per CPU second; whether they reach the figures."""
    import pypdfium2

    pdfs = [each.path.read_bytes() for each in found if each.path.suffix == ".pdf"]
    files = [each.path.read_bytes() for each in found if each.path.suffix == ".docx"]
    pages = sum(len(pypdfium2.PdfDocument(data)) for data in pdfs)
    without = _rate(pages, lambda: [ours(data, hidden=False) for data in pdfs])
    looking = _rate(pages, lambda: [ours(data) for data in pdfs])
    plumber = _rate(pages, lambda: [_plumber(data) for data in pdfs])
    docx = _rate(len(files), lambda: [ours(data) for data in files], rounds=15)
    peak = _peak([each.path for each in found])
    print(f"\n{pages} pages of {len(pdfs)} PDF files, {len(files)} DOCX files")
    print(f"pages per CPU second: {without:.1f} without, {looking:.1f} with the search for hidden text")
    print(f"pdfplumber extract_text: {plumber:.1f}; we are {without / plumber:.1f} times as fast")
    print(f"DOCX files per CPU second: {docx:.0f}")
    print(f"peak memory of a process that reads them all: {peak / 2**20:.0f} MiB")
    return (
        without >= PAGES and looking >= PAGES_LOOKING and without >= TIMES_PLUMBER * plumber
        and docx >= DOCX_FILES and peak < PEAK
    )  # fmt: skip


_READ = """
import resource, sys
from pathlib import Path
from forensics.documents.parse import parse
from forensics.settings import Settings
for name in sys.argv[1:]:
    parse(Path(name).read_bytes(), id="", path="x", plain=True, limits=Settings())
said = Path("/proc/self/status")  # ru_maxrss of a new process begins with what its parent had
peak = [line.split()[1] for line in said.read_text().splitlines() if line.startswith("VmHWM")] if said.exists() else []
print(*peak or [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss])
"""


def _peak(paths: Sequence[Path]) -> int:
    words = [sys.executable, "-c", _READ, *map(str, paths)]
    done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT)
    return int(done.stdout) * (1 if sys.platform == "darwin" else 1024)


def main() -> int:
    """0 if every figure is reached."""
    given = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    fast = "--fast" in sys.argv
    with tempfile.TemporaryDirectory() as temporary:
        found, missing = rendered(given[0] if given else Path(temporary))
        for writer in missing:
            print(f"{writer} is not installed: its layouts are left out")
        ok = quality(found, not fast)
        ok &= fast or speed(found)
    print("every figure is reached" if ok else "a figure is not reached")
    return 0 if ok else 1


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
