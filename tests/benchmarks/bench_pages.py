"""Server time of every page of the web application with ten thousand documents, and the size of a report.

Rows are put into the databases directly, not read from files: invented applicants, seeded, with looks, and a campaign of
four for each hundred documents. Figures are seconds of processor time of one process, from the request to the whole
answer, without network; the limit is 0.2 s at the 95th percentile.
Run by hand: ``python tests/benchmarks/bench_pages.py [documents]``.
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from fastapi.testclient import TestClient

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmarks")]

from forensics import measure, read  # noqa: E402
from forensics.features.features import Exhibit, Prints  # noqa: E402
from forensics.features.layout import fingerprint  # noqa: E402
from forensics.index.corpus import Corpus  # noqa: E402
from forensics.index.desk import Desk  # noqa: E402
from forensics.index.edges import Edge, Seen  # noqa: E402
from forensics.index.job import Result  # noqa: E402
from forensics.index.store import Application, Store  # noqa: E402
from forensics.ingest import read_and_measure  # noqa: E402
from forensics.web.app import application  # noqa: E402
from forensics.web.jobs import step  # noqa: E402

SEED = 20261124
LIMIT = 0.2
ROUNDS = 20
DEMO = ROOT / "corpora" / "demo"


def name(chance: random.Random) -> str:
    """An invented name."""
    syllables = "ba be do fa gi ha ko li mo na pe ra si ta ve wo ya zu".split()
    return " ".join("".join(chance.choices(syllables, k=3)).title() for _ in range(2))


def fill(folder: Path, size: int) -> list[str]:
    """A corpus of ``size`` documents, each one of the demo's texts with another id and applicant; the ids."""
    chance = random.Random(SEED)
    files = sorted((DEMO / "files").glob("*.pdf"))[:12]
    texts = [measure(read(file)).document for file in files]
    looks = [fingerprint(each) for each in texts]
    jobs = [f"Engineer {at}" for at in range(40)]
    Corpus.open(folder, create=True).close()
    store = Store(folder / "corpus.db")
    none = Prints(trigrams=(), winnowed=(), exact=())
    ids = []
    with store.transaction():
        for at in range(size):
            document = texts[at % len(texts)]
            id = f"sha256:{hashlib.sha256(str(at).encode()).hexdigest()}"
            who, day = (
                name(chance),
                f"202{chance.randint(3, 6)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            )
            stored = replace(document, id=id, path=f"{at}.pdf")
            doc = store.insert(
                stored, name=who, kin=None, added=f"{day}T08:00:00+00:00", prints=none, contacts=[]
            )
            path = f"{day[:4]}/{who.replace(' ', '_')}_{at}.pdf"
            applied = Application(path=path, applicant=who, applied_at=day, job=chance.choice(jobs))
            store.set_applications(doc, path, [applied])
            store.layouts.put(doc, looks[at % len(texts)])
            if at % 100 in (1, 2, 3):
                tie = Edge(doc=doc, other=doc - 1, signal="copied-content", family="content", weight="A")
                store.edges.put(Seen(doc=doc, at=day, opens=True, signals=(("copied-content", "A"),)), [tie])
            ids.append(id)
    store.close()
    return ids


def hand_in(folder: Path, ids: list[str]) -> str:
    """Two thousand jobs, one of them a real report of two long résumés, and twenty thousand views; its id."""
    desk = Desk(folder)
    files = [(f"{at}.pdf", id, None) for at, id in enumerate(ids[:2000])]
    jobs = desk.put(files, applicant=None, keep=False) or []
    for job in jobs[:50]:
        result = Result(answer={"matches": [], "findings": [], "document": {"id": job.document}}, page="")
        desk.finish(job, result, opens=False, still=lambda: True)
    for job in jobs[50:]:
        desk.end(job, "failed", "Only here to be listed.")
    for at in range(10):
        desk.seen(ids[at::10][:2000], who="127.0.0.1", what="document")
    stored, copy = long_resumes()
    exhibit = read_and_measure(stored.encode(), "long.txt")
    assert isinstance(exhibit, Exhibit)
    with Corpus.open(folder) as corpus, corpus.writing():
        corpus.add(exhibit, [Application(path="long.txt", applicant="Ada Example")])
    data = copy.encode()
    file = ("copy.txt", f"sha256:{hashlib.sha256(data).hexdigest()}", data)
    (job,) = desk.put([file], applicant="Bea Sample", keep=False) or []
    with Corpus.open(folder) as corpus:
        step(desk, corpus)
    return job.id


def long_resumes() -> tuple[str, str]:
    """Two résumés of about three thousand words each, one made of the other: employers swapped, words changed."""
    files = sorted((DEMO / "files").glob("*.pdf"))[:8]
    stored = "Ada Example\nada@example.org\n\n" + "\n\n".join(read(file).text for file in files)
    copy = stored.replace("Ada", "Bea").replace("ada@", "bea@")
    for old, new in (
        ("the", "this"),
        ("and", "as well as"),
        ("2019", "2020"),
        ("team", "group"),
        ("from", "of"),
    ):
        copy = copy.replace(f" {old} ", f" {new} ")
    return stored, copy


def timed(client: TestClient, path: str) -> list[float]:
    """Seconds of each request, sorted; the first, which loads modules, is left out."""
    client.get(path)
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        answer = client.get(path)
        found.append(time.process_time() - began)
        assert answer.status_code == 200, (path, answer.status_code)
    return sorted(found)


def main(size: int) -> int:
    """Print a line for each page; 1 if one is slower than the limit."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ids = fill(folder, size)
        report = hand_in(folder, ids)
        pages = (
            "/", "/uploads", "/uploads?page=30", f"/uploads/{report}", f"/uploads/{report}/progress", "/documents",
            f"/documents?page={size // 50}", "/documents?q=baba", "/documents?q=bado+engineer&job=Engineer+7",
            "/documents?role=applicant&month=2025-03&order=applicant", f"/documents/{ids[0]}", f"/documents/{ids[-1]}",
            f"/documents/{ids[7]}/who-else?threshold=0.9", f"/documents/{ids[7]}/who-else?by=content",
            f"/documents/{ids[7]}/who-else?by=lineage", f"/documents/{ids[7]}/who-else?by=style",
            "/campaigns", f"/campaigns/{ids[1]}", "/trends", "/api/trends",
            "/audit", f"/audit?document={ids[0]}", "/sign-in", "/healthz", f"/api/documents/{ids[5]}", "/api/documents",
        )  # fmt: skip
        slow = 0
        print(
            f"{size} documents; seconds of processor time, median and 95th percentile of {ROUNDS} requests, limit {LIMIT}"
        )
        with TestClient(application(folder, work=False), base_url="http://127.0.0.1") as client:
            for path in pages:
                found = timed(client, path)
                p95 = found[int(len(found) * 0.95) - 1]
                slow += p95 > LIMIT
                print(f"{found[len(found) // 2]:7.3f} {p95:7.3f}  {path.replace(report, 'REPORT')[:60]}")
            size_of = len(client.get(f"/uploads/{report}").content)
            (match,) = client.get(f"/api/uploads/{report}/report").json()["matches"]
            words = len(client.get(f"/api/documents/{match['document']}").json()["text"].split())
        print(f"report of {size_of:,} bytes for two résumés of {words:,} words")
        print(f"{slow} of {len(pages)} pages above the limit")
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
