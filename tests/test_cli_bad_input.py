"""Files, folders, manifests and disks as they should not be: a clear word each, and the rest is done."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from subprocess import Popen

import pytest
from conftest import DEMO, Run

from forensics.documents.source import Source

HONEST = DEMO / "incoming" / "castellane_release_engineer.pdf"
GOOD = "Ada Example\nada@example.com\n\nEXPERIENCE\n- Counted the cards of the difference engine twice.\n"


def pages(count: int, text: str = "Ada Example worked here for {page} years.") -> bytes:
    from reportlab.pdfgen import canvas

    out = BytesIO()
    sheet = canvas.Canvas(out)
    for page in range(1, count + 1):
        if text:
            sheet.drawString(72, 720, text.format(page=page))
        else:
            sheet.rect(72, 500, 200, 200, fill=1)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def encrypted() -> bytes:
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(pages(1))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("zero.pdf", b"", "no_text"),
        ("locked.pdf", encrypted, "encrypted"),
        ("cut.pdf", lambda: HONEST.read_bytes()[:900], "damaged"),
        ("cut.docx", lambda: (DEMO / "files" / "Tobias Wennerlund.docx").read_bytes()[:3000], "damaged"),
        ("drawing.pdf", lambda: pages(1, ""), "no_text"),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_document"),
    ],
)
def test_unreadable_files(
    run: Run, tmp_path: Path, name: str, data: bytes | Callable[[], bytes], code: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data if isinstance(data, bytes) else data())
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = run("ingest", tmp_path, "--json", "--strict", corpus=tmp_path / "corpus")
    status = {Path(each["path"]).name: each for each in done.json["documents"]}
    assert status["good.txt"]["status"] == "added"
    assert status[name]["status"] == "unreadable"
    assert [problem["code"] for problem in status[name]["problems"] if problem["fatal"]] == [code]
    assert done.code == 3
    said = run("ingest", tmp_path, corpus=tmp_path / "corpus")
    assert code in said.out and name in said.out
    assert run("status", "--json", corpus=tmp_path / "corpus").json["unreadable"] == 1


def test_content_decides_not_the_ending(run: Run, tmp_path: Path) -> None:
    shutil.copy(HONEST, tmp_path / "resume.docx")
    assert run("show", tmp_path / "resume.docx", "--json").json["format"] == "pdf"


def test_500_pages(run: Run, tmp_path: Path) -> None:
    (tmp_path / "long.pdf").write_bytes(pages(500))
    found = run("show", tmp_path / "long.pdf", "--json").json
    assert [(p["code"], p["fatal"]) for p in found["problems"]] == [("too_many_pages", False)]
    assert "50" in found["problems"][0]["message"]
    assert found["pages"] == 500 or found["pages"] == 50


def test_empty_folder(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    done = run("ingest", folder, "--json", "--strict", corpus=tmp_path / "corpus")
    assert done.code == 0 and done.json["documents"] == []
    assert "give a folder that holds" in run("ingest", folder, corpus=tmp_path / "corpus").out
    assert run("check", folder, "--json", corpus=tmp_path / "corpus").out == ""
    assert run("dedup", folder, "--json").json["pairs"] == []


def test_deleted_while_it_is_read(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "gone.txt", "z.txt"):
        (tmp_path / name).write_text(GOOD + name, encoding="utf-8")
    load = Source.load

    def late(source: Source) -> bytes:
        if source.file.name == "gone.txt":
            source.file.unlink()
        return load(source)

    monkeypatch.setattr(Source, "load", late)
    done = run("ingest", tmp_path, "--json", corpus=tmp_path / "corpus")
    assert [each["status"] for each in done.json["documents"]] == ["added", "unreadable", "added"]
    assert done.json["documents"][1]["problems"][0]["code"] == "not_found"


def test_file_name_that_is_no_utf8(run: Run, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(name)).write_text(GOOD, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    done = run("ingest", tmp_path, "--json", corpus=tmp_path / "corpus")
    assert done.code == 0 and done.json["documents"][0]["path"].endswith("caf\\xe9.txt")
    assert run("check", tmp_path, "--json", corpus=tmp_path / "corpus").json["matches"][0]["identical"]
    assert "caf" in run("show", tmp_path).out


@pytest.mark.parametrize("command", [("check", HONEST), ("dedup",), ("status",), ("erase", "0" * 64)])
def test_no_corpus(run: Run, tmp_path: Path, command: tuple[object, ...]) -> None:
    done = run(*command, corpus=tmp_path / "none")
    assert (done.code, done.out) == (2, "")
    assert "no corpus" in done.err and "forensics ingest" in done.err and done.err.count("\n") == 1
    assert not (tmp_path / "none").exists()


def test_impossible_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    done = run("ingest", HONEST, corpus=tmp_path / "file" / "corpus")
    assert done.code == 2 and "--corpus" in done.err and done.err.count("\n") == 1


def test_corpus_of_another_version(run: Run, own_demo: Path) -> None:
    database = sqlite3.connect(own_demo / "corpus.db")
    database.execute("PRAGMA user_version = 99")
    database.close()
    for command in (("status",), ("check", HONEST), ("ingest", HONEST)):
        done = run(*command, corpus=own_demo)
        assert done.code == 2 and "99" in done.err and done.err.count("\n") == 1


@pytest.mark.parametrize("data", [b"no database " * 200, b""])
def test_no_database(run: Run, tmp_path: Path, data: bytes) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "corpus.db").write_bytes(data)
    done = run("status", corpus=folder)
    assert done.code == (2 if data else 0)
    assert done.err.count("\n") == (1 if data else 0)


def test_foreign_database(run: Run, tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "corpus.db")
    database.execute("CREATE TABLE other (x)")
    database.execute("PRAGMA user_version = 7")
    database.close()
    done = run("ingest", HONEST, corpus=tmp_path)
    assert done.code == 2 and "not a corpus" in done.err


def test_damaged_database(run: Run, own_demo: Path) -> None:
    file = own_demo / "corpus.db"
    data = bytearray(file.read_bytes())
    data[8192:-4096] = bytes(len(data) - 8192 - 4096)
    file.write_bytes(data)
    done = run("check", HONEST, corpus=own_demo)
    assert done.code == 2 and done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,applicant\nx.pdf,Ada\n", "no column `filename`"),
        ("", "no column `filename`"),
        ("filename,applied_at\na.pdf,2025-01-01\nb.pdf,last week\n", "line 3"),
        ("filename,applied_at\na.pdf,2025-02-30\n", "2025-02-30"),
        ("filename,applied_at\na.pdf,0001-01-01\n", "before 1980"),
        ("filename,applied_at\na.pdf,9206-03-14\n", "years ahead"),
    ],
)
def test_manifest_errors(run: Run, tmp_path: Path, text: str, said: str) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(text, encoding="utf-8")
    for command in ("ingest", "check", "dedup"):
        done = run(command, HONEST, "--manifest", manifest, corpus=tmp_path / "corpus")
        assert done.code == 2 and said in done.err and done.err.count("\n") == 1
    assert not (tmp_path / "corpus").exists()
    assert run("ingest", HONEST, "--manifest", tmp_path / "nowhere.csv").code == 2


def test_manifest_rows_find_their_files(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    for name in ("a/cv.txt", "b/cv.txt", "b/deep/only.txt", "top.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{GOOD}{name}", encoding="utf-8")
    manifest = tmp_path / "who.csv"
    manifest.write_text(
        "\ufeffFilename, Applicant,applied_at\r\n"
        "cv.txt,Nobody Knows,\r\n"  # two files are called so
        "only.txt,Olive Only,20250102\r\n"
        "all\\a\\cv.txt,Anna First,\r\n"
        "top.txt,Tom Top,\r\n"
        "top.txt,Tom Top,2025-05-05\r\n"  # the later row holds
        "lost.txt,Nobody,\r\n",
        encoding="utf-8",
    )
    corpus = tmp_path / "corpus"
    found = run("ingest", folder, "--manifest", manifest, "--json", corpus=corpus).json
    assert found["manifest_unmatched"] == ["cv.txt", "lost.txt"]
    matches = {
        Path(line["document"]["path"]).relative_to(folder).as_posix(): next(
            (match["applicant"], match["applied_at"]) for match in line["matches"] if match["identical"]
        )
        for line in run("check", folder, "--json", corpus=corpus).lines
    }
    assert matches == {
        "a/cv.txt": ("Anna First", None),
        "b/cv.txt": ("Ada Example", None),
        "b/deep/only.txt": ("Olive Only", "2025-01-02"),
        "top.txt": ("Tom Top", "2025-05-05"),
    }
    manifest.write_text("filename,applicant\ntop.txt,Tim Changed\n", encoding="utf-8")
    run("ingest", folder / "top.txt", "--manifest", manifest, corpus=corpus)
    (line,) = run("check", folder / "top.txt", "--json", corpus=corpus).lines
    assert [m["applicant"] for m in line["matches"] if m["identical"]] == ["Tim Changed"]


def test_two_rows_of_one_applicant_are_one_application(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cv.txt").write_text(GOOD, encoding="utf-8")
    manifest = tmp_path / "m.csv"
    manifest.write_text("filename,applicant,job\ncv.txt,Ada,One\ncv.txt,Ada,Two\n", encoding="utf-8")
    for status in ("added", "unchanged"):
        done = run("ingest", tmp_path, "--manifest", manifest, "--json", corpus=tmp_path / "corpus")
        assert [each["status"] for each in done.json["documents"]] == [status]


def test_full_disk(process: Callable[..., Popen[str]], run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(150):
        words = " ".join(f"word{number}x{at}" for at in range(300))
        (folder / f"{number:03}.txt").write_text(f"Person Number{number}\n\n{words}\n", encoding="utf-8")
    corpus = tmp_path / "corpus"
    # the language model unpacks itself into a temporary file, which is not what is tested here
    small = (
        "import resource; from forensics.documents.kinds import language; language('quay ' * 99); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))"
    )
    running = process("ingest", folder, "--corpus", corpus, before=small)
    out, err = running.communicate(timeout=120)
    assert running.returncode == 2 and out == ""
    assert "free some space" in err and err.count("\n") == 1 and "Traceback" not in err
    done = run("status", "--json", corpus=corpus)
    assert done.json["consistent"] is True
    kept = done.json["documents"]
    assert 0 < kept < 150
    again = run("ingest", folder, "--json", corpus=corpus).json
    assert (again["unchanged"], again["added"]) == (kept, 150 - kept)
