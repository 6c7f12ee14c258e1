"""Which files of one ancestor are found, how many strangers are linked, and how long a query takes.

``python tests/benchmarks/bench_lineage.py [--seed 1] [--strangers 160] [--rows 100000] [--novels FOLDER]``.

Tables of revision ids are drawn with the sizes measured in 852 published résumés (median 72, nine of ten below
363, one of 44,406), the files are made by python-docx, ReportLab and, where it is installed, LibreOffice. With
``--novels`` (``corpus/`` of the public 100 English Novels) the style figures of models/style are measured again.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import itertools
import math
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from forensics.documents.parse import parse
from forensics.features.lineage import PROVES, Ids, chance, traces
from forensics.features.measure import measure
from forensics.features.style import bins
from forensics.findings.descent import LINEAGE, ODDS, descent
from forensics.findings.hands import STYLE
from forensics.index.corpus import Corpus
from forensics.index.store import Application
from forensics.settings import Settings

HERE = Path(__file__).parent
SYLLABLES = (
    "bra cal dor fen gil hav ist jor kel lun mor nev ost pel quin ros sel tor ulm ven wil yar zel".split()
)
WORDS = (HERE / "generated" / "data" / "synonyms.txt").read_text(encoding="utf-8").split()


def say(line: str) -> None:
    """A line of the report."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def draws(dice: random.Random, count: int) -> set[str]:
    """Revision ids as Word draws them."""
    found: set[str] = set()
    while len(found) < count:
        found.add(f"{dice.getrandbits(24) & ~0x8000:08X}")
    return found


def sizes(dice: random.Random, count: int) -> list[int]:
    """Sizes of tables: log-normal through the median and the ninth decile that were measured, and the largest."""
    spread = math.log(363 / 72) / 1.2816
    return [max(2, min(6_000, round(72 * math.exp(dice.gauss(0, spread))))) for _ in range(count - 1)] + [
        44_406
    ]


def person(dice: random.Random) -> str:
    """An invented name."""
    return " ".join("".join(dice.sample(SYLLABLES, 3)).capitalize() for _ in range(2))


def lines(dice: random.Random, count: int = 12) -> list[str]:
    """Sentences that nobody else has."""
    return [f"{' '.join(dice.choice(WORDS) for _ in range(11)).capitalize()}." for _ in range(count)]


def word(name: str, text: list[str], rsids: set[str], *, ids: str = "", creator: str = "") -> bytes:
    """A DOCX by python-docx, with a table of revision ids as Word writes it, its paragraphs marked with some."""
    import docx

    made = docx.Document()
    made.core_properties.author = creator
    made.add_heading(name, 0)
    for line in text:
        made.add_paragraph(line, style="List Bullet")
    out = io.BytesIO()
    made.save(out)
    table = "".join(f'<w:rsid w:val="{each}"/>' for each in sorted(rsids))
    result = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            data = old.read(entry).decode("utf-8", "surrogateescape")
            if entry == "word/settings.xml" and rsids:
                data = re.sub(
                    r"<w:rsids>.*?</w:rsids>", f"<w:rsids>{table}</w:rsids>{ids}", data, flags=re.DOTALL
                )
            if entry == "word/document.xml" and rsids:
                first, *rest = data.split("<w:p>")
                marked = zip(rest, itertools.cycle(sorted(rsids)), strict=False)
                data = first + "".join(f'<w:p w:rsidR="{each}">{piece}' for piece, each in marked)
            new.writestr(entry, data.encode("utf-8", "surrogateescape"))
    return result.getvalue()


def pdf(name: str, text: list[str]) -> bytes:
    """A PDF by ReportLab."""
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    for at, line in enumerate([name, *text]):
        sheet.drawString(60, 780 - 20 * at, line[:95])
    sheet.save()
    return out.getvalue()


def office(files: dict[str, bytes], to: str) -> dict[str, bytes]:
    """The files as LibreOffice saves them; nothing where it is not installed."""
    program = shutil.which("soffice")
    if program is None or not files:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder, "out")
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        subprocess.run(
            [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to,
             "--outdir", str(into), *(str(Path(folder, name)) for name in files)],
            capture_output=True, check=True, timeout=600,
        )  # fmt: skip
        return {each.name: each.read_bytes() for each in sorted(into.iterdir())}


def store(corpus: Corpus, files: dict[str, tuple[str, bytes]]) -> None:
    """Add files: path → applicant and bytes."""
    for path, (who, data) in files.items():
        id = f"sha256:{hashlib.sha256(data).hexdigest()}"
        document = parse(data, id=id, path=path, plain=True, limits=Settings(hidden=False))
        with corpus.writing():
            corpus.add(measure(document), [Application(path=path, applicant=who)])


def tables(seed: int) -> None:
    """False links between drawn tables, all pairs."""
    dice = random.Random(seed)
    held = [Ids(values=frozenset(draws(dice, size))) for size in sizes(dice, 800)]
    pairs = some = three = false = strict = 0
    for at, a in enumerate(held):
        for b in held[at + 1 :]:
            shared = a.values & b.values
            pairs += 1
            if len(shared) > 1:
                odds = chance(a, b, shared)[1]
                some += 1
                three += len(shared) > 2
                false += odds < ODDS
                strict += odds < min(ODDS, 1e-3 / len(held))
    say(f"drawn tables: {pairs:,} pairs of strangers, {some} share two ids or more, {three} three or more;")
    say(f"  linked at p < {ODDS:g}: {false}; as the product does (p x applicants < 0.001 as well): {strict}")


def strangers(count: int, seed: int) -> dict[str, tuple[str, bytes]]:
    """Unrelated files of real programs."""
    dice = random.Random(seed + 1)
    found = {}
    for number in range(count * 3 // 4):
        who, text = person(dice), lines(dice)
        if number % 3 == 2:
            found[f"s{number}.pdf"] = (who, pdf(who, text))
        else:
            rsids = draws(dice, dice.choice([20, 72, 363])) if number % 3 else set()
            found[f"s{number}.docx"] = (who, word(who, text, rsids))
    fresh = {}
    people = {}
    for number in range(count - len(found)):
        people[f"o{number}"] = person(dice)
        fresh[f"o{number}.docx"] = word(people[f"o{number}"], lines(dice), set())
    half = len(fresh) // 2
    for part, to in ((dict(list(fresh.items())[:half]), "docx"), (dict(list(fresh.items())[half:]), "pdf")):
        for name, data in office(part, to).items():
            found[name] = (people[Path(name).stem], data)
    return found


def families(seed: int) -> Iterator[tuple[str, str, bytes, str, bytes]]:
    """How it was made, and two files by different people: the ancestor and what became of it."""
    import docx

    dice = random.Random(seed + 2)
    for number in range(12):
        base = draws(dice, dice.choice([24, 72, 200]))
        one, other = person(dice), person(dice)
        text, id = lines(dice), f'<w15:docId w15:val="{{{dice.getrandbits(128):032X}}}"/>'
        id = re.sub(r"\{(.{8})(.{4})(.{4})(.{4})(.{12})\}", r"{\1-\2-\3-\4-\5}", id)
        ancestor = word(one, text, base, ids=id)
        yield (
            "edited copy",
            one,
            ancestor,
            other,
            word(other, [*text[:9], *lines(dice, 3)], base | draws(dice, 9)),
        )
        one, other = person(dice), person(dice)
        retyped = word(other, lines(dice), set(list(base)[: len(base) // 2]) | draws(dice, 60))
        yield "retyped for another", one, word(one, lines(dice), base), other, retyped
        again = docx.Document(io.BytesIO(retyped))
        again.paragraphs[0].text = who = person(dice)
        out = io.BytesIO()
        again.save(out)
        yield "edited by python-docx", one, word(one, lines(dice), base), who, out.getvalue()
        if number < 4:
            person_, helper = person(dice), person(dice)
            made = word(person_, lines(dice), base, creator=helper)
            for name, data in office({"a.docx": made}, "docx").items():
                yield (
                    f"through LibreOffice to {Path(name).suffix}",
                    one,
                    word(one, lines(dice), base),
                    person_,
                    data,
                )


def surviving(ancestor: bytes, made: bytes) -> bool:
    """Whether any id of the ancestor that could prove it is left in the other file."""
    one, two = (
        {
            (t.kind, t.value)
            for t in traces(parse(data, id="sha256:0", path="q", plain=True, limits=Settings()))
        }
        for data in (ancestor, made)
    )
    return any(PROVES[kind] in ("file", "style") for kind, _ in one & two)


def found_in(corpus: Corpus, who: str, data: bytes) -> set[str]:
    """The paths that are linked with a file by descent, above the threshold of who-else."""
    id = f"sha256:{hashlib.sha256(data).hexdigest()}"
    exhibit = measure(parse(data, id=id, path="q", plain=True, limits=Settings(hidden=False)))
    number = corpus.number(id)
    own = corpus.population().own(doc=number, names=[who])
    people = corpus.population()
    return {
        people.applications[kin.doc][0].path
        for kin in descent(exhibit, corpus, own, own)
        if kin.similarity >= LINEAGE.threshold
    }


def seeded(folder: Path, rows: int) -> None:
    """Time of a query among so many documents whose traces are drawn, not read."""
    data = word("Ada Sample", lines(random.Random(9), 40), draws(random.Random(9), 72))
    with Corpus.open(folder, create=True) as corpus:
        store(corpus, {"q.docx": ("Ada Sample", data)})
    dice = np.random.default_rng(4)
    with sqlite3.connect(folder / "corpus.db") as db:
        for doc in range(2, rows + 2):
            db.execute(
                "INSERT INTO document SELECT ?, ?, kind, ?, ?, winnowed, passages, added, content FROM document "
                "WHERE doc = 1",
                (doc, f"sha256:{doc:064x}", f"Name{doc} Surname{doc}", doc),
            )
            db.execute(
                "INSERT INTO application VALUES (?, ?, NULL, NULL, NULL, NULL, 'applicant')",
                (doc, f"{doc}.docx"),
            )
            drawn = dice.integers(0, 1 << 24, 30) & ~0x8000
            db.executemany(
                "INSERT OR IGNORE INTO trace VALUES ('rsid', ?, ?)",
                ((f"{each:08X}", doc) for each in drawn.tolist()),
            )
            vector = dice.integers(-100, 100, 1500).astype(np.int8).tobytes()
            db.execute("INSERT INTO traced VALUES (?, '1', ?)", (doc, vector))
    db.close()
    with Corpus.open(folder) as corpus:
        exhibit = corpus.exhibit(1)
        assert exhibit is not None
        for name, way in (("lineage", LINEAGE), ("style", STYLE)):
            took = []
            for _ in range(4):
                began = time.perf_counter()
                list(way.search(exhibit, corpus, frozenset({1})).found)
                took.append(time.perf_counter() - began)
            say(
                f"who-else --by {name} among {rows:,}: first {took[0]:.2f} s, then {1000 * min(took[1:]):.0f} ms"
            )


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--strangers", type=int, default=160)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--novels", type=Path)
    told = parser.parse_args()
    tables(told.seed)
    with tempfile.TemporaryDirectory() as folder:
        with Corpus.open(Path(folder, "corpus"), create=True) as corpus:
            files = strangers(told.strangers, told.seed)
            store(corpus, files)
            linked = [path for path, (who, data) in files.items() if found_in(corpus, who, data)]
            pairs = len(files) * (len(files) - 1) // 2
            say(
                f"made files: {len(files)} by real programs, {pairs:,} pairs of strangers, {len(linked)} linked"
            )
            asked: dict[str, list[bool]] = {}
            kept: dict[str, int] = {}
            for number, (how, one, ancestor, other, made) in enumerate(families(told.seed)):
                path = f"f{number}.docx"
                store(corpus, {path: (one, ancestor)})
                asked.setdefault(how, []).append(path in found_in(corpus, other, made))
                kept[how] = kept.get(how, 0) + surviving(ancestor, made)
            for how, hits in asked.items():
                say(f"family, {how}: {sum(hits)} of {len(hits)} found; ids survive in {kept[how]}")
        if told.rows:
            seeded(Path(folder, "large"), told.rows)
    say("style, novelists (models/style): words, pairs, AUC, Cllr, least Cllr, misleading beyond tenfold")
    for each in bins():
        say(
            f"  {each.words:4} {each.pairs} {each.auc:.3f} {each.cllr:.3f} {each.cllr_least:.3f} {each.misleading:.2%}"
        )
    if told.novels:
        recipe = HERE.parents[1] / "models" / "style" / "recipe.py"
        subprocess.run([sys.executable, str(recipe), str(told.novels), "--seed", str(told.seed)], check=True)


if __name__ == "__main__":
    main()
