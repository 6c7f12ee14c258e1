from __future__ import annotations

import io
import os
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest
from build_files import docx, paragraph, pdf_lines, tar_of, zip_of

import forensics.documents.archive as archive
import forensics.documents.source as sources
from forensics.documents.document import Document, Unreadable
from forensics.documents.read import read
from forensics.documents.sandbox import Reader
from forensics.documents.source import Source, walk
from forensics.errors import ReadError
from forensics.settings import Settings


def labels(*paths: str, **options: object) -> list[str]:
    return [each.path for each in walk(paths, **options)]  # type: ignore[arg-type]


def codes(path: Path) -> dict[str, str]:
    """Label → problem code of what cannot be read, found while walking or loading."""
    found = {}
    for each in walk([str(path)]):
        if isinstance(each, Unreadable):
            found[each.path.removeprefix(str(path))] = each.problems[0].code
            continue
        try:
            each.load()
        except ReadError as wrong:
            found[each.path.removeprefix(str(path))] = wrong.code
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "in"
    (root / "b" / "deep").mkdir(parents=True)
    for name in ("z.pdf", "a.docx", "b/deep/c.txt", "b/notes.md", "b/data.csv", ".hidden.pdf", "~$a.docx"):
        (root / name).write_bytes(b"x " + name.encode())
    (root / ".git").mkdir()
    (root / ".git" / "x.pdf").write_bytes(b"x")
    (root / "manifest.csv").write_text("filename\n")
    zip_of(
        root / "pack.zip", {"d/x.pdf": b"one", "y.txt": b"two", "__MACOSX/._x.pdf": b"", "data.json": b"{}"}
    )
    tar_of(root / "b" / "pack.tar.gz", {"./x.pdf": b"three", ".secret": b""})
    return root


def test_a_folder_is_read_through_in_order(folder: Path) -> None:
    found = walk(["in/"], manifest=folder / "manifest.csv")
    assert [each.path for each in found] == [
        "in/a.docx", "in/b/data.csv", "in/b/deep/c.txt", "in/b/notes.md", "in/b/pack.tar.gz!x.pdf",
        "in/pack.zip!d/x.pdf", "in/pack.zip!y.txt", "in/pack.zip!data.json", "in/z.pdf",
    ]  # fmt: skip
    assert found.skipped == 6  # two files, one folder, the manifest, one in each archive
    assert found.found


def test_plain_text_counts_by_name_in_folders_and_archives(folder: Path) -> None:
    plain = {each.path: each.plain for each in walk(["in", "in/b/data.csv"]) if isinstance(each, Source)}
    assert plain["in/b/deep/c.txt"] and plain["in/b/notes.md"] and plain["in/pack.zip!y.txt"]
    assert not plain["in/pack.zip!data.json"] and not plain["in/z.pdf"]
    assert plain["in/b/data.csv"]  # the later one, named itself


def test_bytes_of_every_source(folder: Path) -> None:
    data = {each.path: each.load() for each in walk(["in"]) if isinstance(each, Source)}
    assert data["in/pack.zip!d/x.pdf"] == b"one"
    assert data["in/b/pack.tar.gz!x.pdf"] == b"three"
    assert data["in/b/deep/c.txt"] == b"x b/deep/c.txt"


def test_sources_can_be_loaded_in_any_order(folder: Path) -> None:
    tar_of(folder / "many.tgz", {f"{number}.txt": str(number).encode() * 1000 for number in range(20)})
    found = [each for each in walk(["in/many.tgz", "in/pack.zip"]) if isinstance(each, Source)]
    for each in [*found[::-1], *found]:
        assert each.load()
    assert found[7].load() == b"7" * 1000


def test_paths_from_stdin(folder: Path) -> None:
    assert labels("-", "in/z.pdf", stdin=io.StringIO("in/a.docx\n\nin/pack.zip\n")) == [
        "in/a.docx", "in/pack.zip!d/x.pdf", "in/pack.zip!y.txt", "in/pack.zip!data.json", "in/z.pdf",
    ]  # fmt: skip


def test_what_the_user_names_is_never_skipped(folder: Path) -> None:
    assert labels("in/.hidden.pdf", "in/~$a.docx") == ["in/.hidden.pdf", "in/~$a.docx"]


def test_missing_paths_and_empty_folders(folder: Path) -> None:
    (folder / "empty").mkdir()
    found = walk(["nowhere.pdf"])
    (missing,) = found
    assert isinstance(missing, Unreadable) and missing.id is None
    assert missing.problems[0].code == "not_found" and not found.found
    assert labels("in/empty") == []


def test_deleted_while_it_is_read(folder: Path, reader: Reader) -> None:
    found = list(walk(["in/z.pdf"]))
    (folder / "z.pdf").unlink()
    assert isinstance(found[0], Source)
    gone = reader.read(found[0])
    assert isinstance(gone, Unreadable) and gone.id is None and gone.problems[0].code == "not_found"


def test_an_archive_deleted_while_it_is_read(folder: Path) -> None:
    found = [each for each in walk(["in/pack.zip"]) if isinstance(each, Source)]
    (folder / "pack.zip").unlink()
    with pytest.raises(ReadError) as caught:
        found[0].load()
    assert caught.value.code == "not_found"


def test_too_large_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "settings", lambda: Settings(max_file=3))
    assert codes(folder / "z.pdf") == {"": "too_large"}
    big = zip_of(folder / "big.zip", {"a.txt": os.urandom(10)})
    assert codes(big) == {"!a.txt": "too_large"}
    big = tar_of(folder / "big.tar", {"a.txt": os.urandom(10)}, "w:")
    assert codes(big) == {"!a.txt": "too_large"}


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    (folder / "loop").symlink_to(folder)
    assert codes(folder)["/loop"] == "not_a_document"


def test_a_fifo_does_not_block(folder: Path) -> None:
    os.mkfifo(folder / "pipe.pdf")
    assert codes(folder)["/pipe.pdf"] == "not_a_document"


def test_a_docx_called_zip_is_a_document(folder: Path, reader: Reader) -> None:
    (folder / "cv.zip").write_bytes(docx(paragraph("I am a DOCX")))
    (found,) = walk(["in/cv.zip"])
    assert isinstance(found, Source)
    document = reader.read(found)
    assert isinstance(document, Document) and document.format == "docx"


def test_an_archive_inside_an_archive_is_not_opened(folder: Path, reader: Reader) -> None:
    inner = zip_of(folder / "inner.zip", {"x.txt": b"x"}).read_bytes()
    (found,) = walk([str(zip_of(folder / "outer.zip", {"inner.zip": inner}))])
    assert isinstance(found, Source)
    refused = reader.read(found)
    assert isinstance(refused, Unreadable) and refused.problems[0].code == "not_a_document"


@pytest.mark.parametrize("name", ["../x.pdf", "/etc/x.pdf", "a/../../x.pdf", "..\\x.pdf", "C:\\x.pdf"])
def test_names_that_point_outside(tmp_path: Path, name: str) -> None:
    assert set(codes(zip_of(tmp_path / "a.zip", {name: b"x", "ok.pdf": b"x"})).values()) == {
        "suspicious_archive"
    }
    assert set(codes(tar_of(tmp_path / "a.tar", {name: b"x"}, "w")).values()) == {"suspicious_archive"}


def test_links_in_archives(tmp_path: Path) -> None:
    item = zipfile.ZipInfo("link.pdf")
    item.create_system, item.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr(item, "/etc/passwd")
    assert codes(tmp_path / "a.zip") == {"!link.pdf": "suspicious_archive"}
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo(f"{kind!r}.pdf")
            entry.type, entry.linkname = kind, "/etc/passwd"
            tar.addfile(entry)
    assert list(codes(tmp_path / "a.tar").values()) == ["suspicious_archive"] * 4


def test_bombs_and_lies(tmp_path: Path) -> None:
    bomb = zip_of(tmp_path / "bomb.zip", {"bomb.pdf": bytes(15_000_000), "ok.txt": b"fine"})
    assert codes(bomb) == {"!bomb.pdf": "suspicious_archive"}
    raw = bytearray(zip_of(tmp_path / "lie.zip", {"lie.txt": b"a b c d e f g " * 5000}).read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 10)  # says that it unpacks to ten bytes
    (tmp_path / "lie.zip").write_bytes(raw)
    assert codes(tmp_path / "lie.zip") == {"!lie.txt": "damaged"}


def test_overlapping_members(tmp_path: Path) -> None:
    raw = bytearray(zip_of(tmp_path / "a.zip", {"a.txt": b"one", "b.txt": b"two"}).read_bytes())
    second = raw.rindex(b"PK\x01\x02")
    raw[second + 42 : second + 46] = struct.pack("<I", 0)  # both begin at the same byte
    (tmp_path / "a.zip").write_bytes(raw)
    assert set(codes(tmp_path / "a.zip").values()) == {"suspicious_archive"}


def test_two_members_of_one_name(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        for content in (b"one", b"two"):
            item = tarfile.TarInfo("same.txt")
            item.size = len(content)
            tar.addfile(item, io.BytesIO(content))
    assert codes(tmp_path / "a.tar") == {"!same.txt": "suspicious_archive"}


def test_encrypted_member(tmp_path: Path) -> None:
    raw = bytearray(zip_of(tmp_path / "a.zip", {"a.pdf": b"x"}).read_bytes())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(raw)
    assert codes(tmp_path / "a.zip") == {"!a.pdf": "encrypted"}


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "settings", lambda: Settings(max_archive_members=5))
    files = {f"{number}.txt": b"x" for number in range(6)}
    assert codes(zip_of(tmp_path / "a.zip", files)) == {"": "suspicious_archive"}
    assert codes(tar_of(tmp_path / "a.tar.gz", files)) == {"": "suspicious_archive"}


def test_gzip_bomb(tmp_path: Path) -> None:
    bomb = tar_of(
        tmp_path / "a.tar.gz", {"a.txt": b"fine", "zeros.pdf": bytes(120_000_000), "after.txt": b"x"}
    )
    assert "suspicious_archive" in codes(bomb).values()


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_truncated_archives(tmp_path: Path, keep: float) -> None:
    for make, name in ((zip_of, "a.zip"), (tar_of, "a.tar.gz")):
        whole = make(tmp_path / name, {f"{number}.txt": os.urandom(3000) for number in range(4)})
        data = whole.read_bytes()
        whole.write_bytes(data[: int(len(data) * keep)])
        assert "damaged" in codes(whole).values()


def test_read_takes_one_file(tmp_path: Path) -> None:
    (tmp_path / "cv").write_bytes(pdf_lines([(72, 100, "One file, read alone")]))
    document = read(tmp_path / "cv")
    assert isinstance(document, Document)
    assert document.text == "One file, read alone"
    missing = read(tmp_path / "none")
    assert isinstance(missing, Unreadable) and missing.problems[0].code == "not_found"
    assert isinstance(read(tmp_path), Unreadable)


def test_a_member_without_a_name_is_damaged_and_its_neighbours_are_read(tmp_path: Path) -> None:
    file = zip_of(tmp_path / "a.zip", {"b.txt": b"Ada", "c.txt": b"Bo"})
    data = bytearray(file.read_bytes())
    first = data.index(b"PK\1\2")
    data[first + 28 : first + 30] = struct.pack("<H", 0)
    data[first + 32 : first + 34] = struct.pack("<H", 5)  # its name becomes its comment
    file.write_bytes(data)
    found = {each.name: each.refused for each in archive.members(file)}
    assert found["c.txt"] is None
    assert (found[""] or ("",))[0] == "damaged"
