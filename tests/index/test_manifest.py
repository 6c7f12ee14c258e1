"""Rows of a manifest meet their files however the way to them is written."""

from pathlib import Path

import pytest

from forensics.index.manifest import read_manifest


@pytest.mark.parametrize("row", ["../files/a.pdf", "./../files//a.pdf", "..\\files\\a.pdf", "{whole}"])
def test_a_row_beside_or_above_its_file_meets_it(
    row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("lists", "files"):
        (tmp_path / each).mkdir()
    (tmp_path / "files" / "a.pdf").write_bytes(b"")
    said = row.format(whole=tmp_path / "files" / "a.pdf")
    (tmp_path / "lists" / "m.csv").write_text(
        f"filename,applicant\n{said},Orla Brandreth\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    for given in ("files", "./files", str(tmp_path / "files")):
        manifest = read_manifest(tmp_path / "lists" / "m.csv")
        path = f"{given.removeprefix('./')}/a.pdf"
        manifest.look([given], [path])
        assert [each.applicant for each in manifest.applications(path, role="applicant")] == [
            "Orla Brandreth"
        ]
        assert manifest.unmatched() == []


def test_a_row_in_another_folder_stays_unmet(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("filename,applicant\nother/a.pdf,Orla Brandreth\n", encoding="utf-8")
    manifest = read_manifest(tmp_path / "m.csv")
    manifest.look(["files"], ["files/a.pdf"])
    assert [each.applicant for each in manifest.applications("files/a.pdf", role="applicant")] == [None]
    assert manifest.unmatched() == ["other/a.pdf"]
