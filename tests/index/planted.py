"""A person planted in a corpus, with every trace of hers that could be left in a file, and a search for them."""

import re
import sqlite3
import zlib
from datetime import date
from pathlib import Path

import numpy as np

NAME = "Zephyrine Quillfeather"
SECRETS = [
    b"Zephyrine",
    b"Quillfeather",
    b"zephyrine.quillfeather@postbox.example",
    b"7185550143",
    b"718-555-0143",
    b"marmalade telemetry",
    b"narwhal ledger",
    b"ZQ-applies-here",
]
RESUME = """Zephyrine Quillfeather
zephyrine.quillfeather@postbox.example | 718-555-0143 | Albany, NY

EXPERIENCE
Senior Engineer, Glimmerhook Tidal Works, 2017 - 2023
- Rebuilt the marmalade telemetry pipeline for forty lighthouses so that alarms arrive within two seconds
- Replaced the narwhal ledger by a journal that survives a power cut in the middle of a write
- Taught eleven apprentices how to read a core dump without fear and with a pencil
- Cut the nightly reconciliation of berths and tariffs from six hours to nineteen minutes

EDUCATION
B.Sc. Computer Science, Albany Harbour College, 2013
"""
LETTER = """Zephyrine Quillfeather
zephyrine.quillfeather@postbox.example

Dear hiring team,

I am writing because your harbour still runs on paper, and I have spent six years teaching lighthouses to talk.
At Glimmerhook I rebuilt the marmalade telemetry pipeline, and nobody has had to row out at night since then.
I would be glad to show you the narwhal ledger and everything that went wrong with it before it went right.

Kind regards,
Zephyrine Quillfeather
"""
OTHERS = {
    "Orla Brandreth": "- Moved a fleet of payment terminals to signed updates without losing a single transaction\n"
    "- Wrote the load tests that found a race in the settlement service before its launch\n",
    "Tamsin Oakeshott": "- Designed an archive for weather balloons that keeps a decade of readings searchable\n"
    "- Led a team of four through the migration of the ticket system to another continent\n",
    "Bertrand Ilves": "- Tuned the query planner of a library catalogue until every search took under a second\n"
    "- Introduced code review by rotating pairs and halved the number of defects per release\n",
}


def plant(folder):
    """Files of four people, a broken one of hers among them, and a manifest; the folder that holds them."""
    folder.mkdir()
    rows = ["filename,applicant,applied_at,job,source"]

    def write(name, data, applicant, day):
        (folder / name).write_bytes(data)
        rows.append(f"{name},{applicant},{day},platform,{'ZQ-applies-here' if applicant == NAME else 'post'}")

    write("quillfeather-resume.txt", RESUME.encode(), NAME, "2021-01-05")
    write("quillfeather-letter.txt", LETTER.encode(), NAME, "2021-01-05")
    write("Quillfeather_Zephyrine_scan.pdf", b"%PDF-1.7 nothing", NAME, "2021-01-05")
    for at, (name, lines) in enumerate(OTHERS.items()):
        first, last = name.lower().split()
        head = f"{name}\n{first}@{last}.example | (212) 555-01{at}7\n\nEXPERIENCE\n"
        head += f"Engineer, {last.title()} Labs, 2018 - 2022\n"
        shared = "- Taught eleven apprentices how to read a core dump without fear and with a pencil\n"
        write(f"{first}.txt", (head + lines + shared).encode(), name, str(date.today()))
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def secrets(corpus):
    """Everything that only she has: strings, and slices of what the database packs or computes of her."""
    found = {f"text {each.decode()}": each for each in SECRETS}
    with sqlite3.connect(corpus / "corpus.db") as db:
        hers = [
            doc
            for doc, name in db.execute(
                "SELECT DISTINCT doc, applicant FROM application WHERE applicant IS NOT NULL"
            )
            if name == NAME
        ]
        assert len(hers) == 2
        inside = f"({','.join(map(str, hers))})"
        for doc, id, blob in db.execute(f"SELECT doc, id, content FROM document WHERE doc IN {inside}"):
            found[f"id of {doc}"] = id.removeprefix("sha256:").encode()
            for at in range(16, len(blob) - 32, 97):
                found[f"packed text of {doc} at {at}"] = bytes(blob[at : at + 24])
        alone = (
            f"SELECT number, key, vector FROM sentence WHERE number IN (SELECT sentence FROM said WHERE doc IN {inside}) "
            f"AND number NOT IN (SELECT sentence FROM said WHERE doc NOT IN {inside})"
        )
        rows = db.execute(alone).fetchall()
        assert len(rows) > 5
        rows += [
            (f"d{n}", None, v) for n, v in db.execute(f"SELECT doc, vector FROM centre WHERE doc IN {inside}")
        ]
        for number, key, vector in rows:
            if key is not None:
                found[f"key of {number}"] = bytes(key)
            found[f"vector of {number}"] = bytes(vector[100:148])
            single = np.frombuffer(vector, np.float16).astype(np.float32)[None]
            single /= np.linalg.norm(single, axis=1, keepdims=True)
            found[f"single precision of {number}"] = single.tobytes()[200:248]
    db.close()
    return found


def traces(folders, wanted):
    """Which of the secrets stand in any file of the folders, as they are or deflated; as (file, secret)."""
    pattern = re.compile(b"|".join(re.escape(each) for each in wanted.values()), re.DOTALL)
    names = {value: name for name, value in wanted.items()}
    found = set()
    for folder in folders:
        for file in sorted(each for each in Path(folder).rglob("*") if each.is_file()):
            for data in (str(file.relative_to(folder)).encode(), *unpacked(file.read_bytes())):
                found |= {(file.name, names[hit]) for hit in pattern.findall(data)}
    return sorted(found)


def unpacked(data):
    """The bytes, and whatever begins anywhere in them as a zlib stream, however short it breaks off."""
    yield data
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        opened = zlib.decompressobj()
        try:
            inside = opened.decompress(data[start.start() : start.start() + 200_000], 5_000_000)
        except zlib.error:
            continue
        if len(inside) > 16:
            yield inside
