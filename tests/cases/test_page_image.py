"""The picture of a page with its passages and hidden text in boxes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from build_files import docx, paragraph, pdf_lines, raw_pdf
from PIL import Image
from typer.testing import CliRunner

from forensics import measure, read
from forensics.cases.page_image import frames_of, page_picture
from forensics.cli import app
from forensics.documents.document import Unreadable
from forensics.documents.pictures import COLOURS
from forensics.errors import UsageError

HIDDEN = b"(Secret words that an honest reader of this page never gets to see, sixty letters and more) Tj"


def coloured(png: bytes, colour: tuple[int, int, int]) -> set[tuple[int, int]]:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    wide, high = picture.size
    return {(x, y) for x in range(wide) for y in range(high) if picture.getpixel((x, y)) == colour}


def test_frames_stand_around_passages_and_hidden_text(tmp_path: Path) -> None:
    data = raw_pdf(b"BT /F1 12 Tf 72 700 Td (Read by all) Tj 3 Tr 0 -300 Td " + HIDDEN + b" ET")
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    found = read(path)
    assert not isinstance(found, Unreadable)
    assert [colour for *_, colour in frames_of(found, 1)] == [0, 0, 1]
    png = page_picture(measure(found), data, 1)
    scale = 850 / 612
    blue, red = coloured(png, COLOURS[0]), coloured(png, COLOURS[1])
    assert min(x for x, _ in blue) == pytest.approx(72 * scale, abs=4)
    assert min(y for _, y in blue) == pytest.approx(82 * scale, abs=8)
    assert min(y for _, y in red) > 370 * scale


def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    for name, data, page, said in (
        ("x.docx", docx(paragraph("Words of a letter")), 1, "Only a PDF has pages"),
        ("y.pdf", pdf_lines([(72, 100, "Words of a letter")]), 2, "no page 2"),
        ("z.pdf", pdf_lines([(72, 100, "Words of a letter")]), 1, "keeps no file"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        found = read(path)
        assert not isinstance(found, Unreadable)
        with pytest.raises(UsageError, match=said):
            page_picture(measure(found), None if name == "z.pdf" else data, page)
    with pytest.raises(UsageError, match="cannot be read"):
        page_picture(read(tmp_path / "nothing"), b"", 1)  # type: ignore[arg-type]


def test_the_command_writes_one_picture(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(pdf_lines([(72, 100, "First")], [(72, 100, "Second")]))
    out = tmp_path / "page.png"
    words = ["show", str(tmp_path / "a.pdf"), "--page-image", str(out), "--page", "2"]
    assert CliRunner().invoke(app, words).exit_code == 0
    with Image.open(out) as picture:
        assert picture.size[0] == 850
    assert CliRunner().invoke(app, [*words, str(tmp_path / "b.pdf")]).exit_code == 2
