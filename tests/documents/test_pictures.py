"""Pages as pictures: drawn in the reading process, small, and checked when they come back."""

import base64
import io
from pathlib import Path

import numpy as np
from PIL import Image

from forensics.documents.pictures import Picture, from_answer, png
from forensics.documents.sandbox import Reader

DEMO = Path(__file__).parents[2] / "corpora" / "demo"
RESUME = (DEMO / "incoming" / "Pemberwick_FullStack.pdf").read_bytes()


def opened(picture: Picture) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture.png)).convert("L"))


def test_a_page_is_drawn_as_a_viewer_shows_it():
    with Reader() as reader:
        drawn = reader.render(RESUME, [1], width=600)
    assert isinstance(drawn, tuple)
    (picture,) = drawn
    assert picture.page == 1 and picture.pixels[0] == 600
    assert abs(picture.pixels[1] / 600 - picture.points[1] / picture.points[0]) < 0.01
    seen = opened(picture)
    assert seen.shape == (picture.pixels[1], 600)
    assert seen.max() == 255 and seen.min() < 60 and (seen > 200).mean() > 0.5
    assert len(picture.png) < 100_000


def test_pages_that_do_not_exist_and_files_that_are_no_pdf_give_no_picture():
    with Reader() as reader:
        assert reader.render(RESUME, [0, 2, 99], width=300) == ()
        assert reader.render(b"%PDF-1.7 cut short", [1], width=300) == ()
        assert reader.render(b"plain text", [1], width=300) == ()
        again = reader.render(RESUME, [1], width=300)
    assert isinstance(again, tuple) and len(again) == 1


def test_sixteen_greys_come_back_as_they_went():
    for width in (1, 2, 7, 8):
        grey = (np.arange(width * 5).reshape(5, width) * 17 % 256).astype(np.uint8) // 17 * 17
        assert (np.asarray(Image.open(io.BytesIO(png(grey))).convert("L")) == grey).all()


def test_what_the_child_answers_is_checked():
    grey = base64.b64encode(png(np.zeros((2, 2), np.uint8))).decode()
    good = [1, [2, 2], [612.0, 792.0], grey]
    svg = base64.b64encode(b"<svg onload=alert(1)>").decode()
    huge = base64.b64encode(png(np.zeros((1, 1), np.uint8)) + bytes(5 * 2**20)).decode()
    bad = [
        [1, [2, 2], [612.0, 792.0], svg],
        [1, [2, 2], [612.0, 792.0], huge],
        [1, [2, 2], [612.0, float("nan")], grey],
        [1, [-2, 2], [612.0, 792.0], grey],
        [1, [2, 2], [612.0, 792.0], "not base64!"],
        [1, [2, 2], grey],
        ["one", [2, 2], [612.0, 792.0], grey],
        None,
        7,
    ]
    assert [each.page for each in from_answer([*bad, good])] == [1]
