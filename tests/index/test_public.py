"""Vectors of public sentences: small, near what they stand for, of one model, and never served when damaged."""

import importlib.util
import os
import random
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from forensics.errors import CorpusError
from forensics.features.carriers import find_weights
from forensics.features.vectors import load_encoder
from forensics.index import public
from forensics.index.public import PublicVectors, load, quantised, save, shipped
from forensics.settings import settings

FOLDER = Path(__file__).parents[2] / "corpora" / "background"
SOURCES = sorted(FOLDER.glob("*/vectors.npz"))
REMAKE = "remake it with `python corpora/background/make.py` (its docstring says how)"

spec = importlib.util.spec_from_file_location("background_recipe", FOLDER / "make.py")
recipe = importlib.util.module_from_spec(spec)
spec.loader.exec_module(recipe)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    before = dict(os.environ)
    os.environ |= {"FORENSICS_HOME": str(tmp_path_factory.mktemp("home")), "FORENSICS_WORKERS": "1"}
    settings.cache_clear()
    yield load_encoder()
    os.environ.clear()
    os.environ.update(before)
    settings.cache_clear()


def rows(seed: int, count: int, dimension: int = 384) -> np.ndarray:
    """Vectors of length 1 whose dimensions differ in mean and spread, as those of models do."""
    chance = np.random.default_rng(seed)
    mean, spread = chance.normal(0, 0.02, dimension), chance.uniform(0.02, 0.08, dimension)
    found = chance.normal(mean, spread, (count, dimension))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


# -- the files that are shipped


def test_there_are_the_two_sources_and_they_are_small():
    assert [file.parent.name for file in SOURCES] == ["onet", "stock"]
    assert sum(file.stat().st_size for file in SOURCES) < 4_200_000
    assert [len(load(file).codes) > least for file, least in zip(SOURCES, (15_000, 2_500), strict=True)] == [
        True
    ] * 2


def test_they_belong_to_the_built_in_model_and_no_other():
    ours = find_weights()
    for file in SOURCES:
        held = load(file)
        assert (held.model, held.sha256, len(held.mean)) == (ours.name, ours.sha256, ours.dimension), REMAKE
    known = shipped(ours.sha256)
    assert known is not None and known is shipped(ours.sha256)
    assert known.vectors.shape == (sum(len(load(file).codes) for file in SOURCES), ours.dimension)
    assert known.vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(known.vectors, axis=1), 1, atol=1e-5)
    assert shipped("0" * 64) is None


def test_what_everybody_says_is_near_and_what_one_says_is_not(encoder):
    known = shipped(encoder.sha256)
    phrases = recipe.lines_of(FOLDER / "stock" / "phrases.txt")
    groups = [(next(recipe.spread(phrase)),) for phrase in phrases[::23]]
    assert known.nearest(recipe.vectors(groups, encoder)).min() > 0.985, REMAKE
    own = [
        "Wrote a parser for tram timetables that noticed when a stop had been renamed by mistake.",
        "Moved a choir's forty years of scores into a catalogue that singers can search by breath marks.",
        "Tuned the kiln controller until glaze came out even in every corner of the furnace.",
    ]
    assert known.nearest(recipe.vectors([(each,) for each in own], encoder)).max() < 0.75


def test_a_reworded_public_duty_is_nearer_than_one_persons_own(encoder):
    said = [
        "Looked after customer complaints and answered questions about our products by telephone.",
        "Checked patients' vital signs and let physicians know of any changes.",
        "Got financial statements ready each month and kept the general ledger.",
    ]
    assert shipped(encoder.sha256).nearest(recipe.vectors([(each,) for each in said], encoder)).min() > 0.7


# -- the codes


@trying(deadline=None, max_examples=20)
@given(st.integers(0, 2**32), st.integers(1, 300))
def test_a_cosine_is_kept_to_a_hundredth(seed, count):
    given_ = rows(seed, 300)[:count]
    held = quantised(rows(seed, 300), model="m", sha256="s").vectors()[:count]
    agreement = (given_ * held).sum(axis=1)
    assert agreement.min() > 0.985 and agreement.mean() > 0.99
    asked = rows(seed + 1, 20)
    assert np.abs(asked @ given_.T - asked @ held.T).max() < 0.03


@pytest.mark.parametrize("count", [1, 2])
def test_few_rows_and_equal_rows_are_kept_exactly(count):
    given_ = np.repeat(rows(3, 1), count, axis=0)
    np.testing.assert_allclose(quantised(given_, model="m", sha256="s").vectors(), given_, atol=1e-5)


def test_what_is_saved_is_loaded_and_the_same_bytes(tmp_path):
    held = quantised(rows(7, 50), model="of mine", sha256="ab" * 32)
    for name in ("one.npz", "other.npz"):
        save(tmp_path / name, held)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()
    found = load(tmp_path / "one.npz")
    assert (found.model, found.sha256) == ("of mine", "ab" * 32)
    np.testing.assert_array_equal(found.vectors(), held.vectors())


def test_files_that_are_damaged_or_of_another_kind_say_so(tmp_path, monkeypatch):
    file = tmp_path / "vectors.npz"
    with pytest.raises(CorpusError, match="install"):
        load(file)
    save(file, quantised(rows(7, 50), model="m", sha256="s"))
    whole = file.read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]
    for wrong in (b"", b"not a file of arrays", whole[:middle], flipped):
        file.write_bytes(wrong)
        with pytest.raises(CorpusError, match="install"):
            load(file)
    with monkeypatch.context() as later:
        later.setattr(public, "FORMAT", 2)
        save(file, quantised(rows(7, 50), model="m", sha256="s"))
    with pytest.raises(CorpusError, match="format 2"):
        load(file)
    foreign = (FOLDER / "stock" / "prints.npz").read_bytes()
    file.write_bytes(foreign)
    with pytest.raises(CorpusError, match="install"):
        load(file)


@pytest.mark.parametrize(
    "wrong",
    [
        {"codes": np.zeros((5, 191), np.uint8)},
        {"codes": np.zeros((5, 192), np.int64)},
        {"codes": np.zeros(192, np.uint8)},
        {"mean": np.full(384, np.nan, np.float32)},
        {"spread": np.ones(2, np.float32)},
    ],
    ids=lambda wrong: " ".join(f"{name} {value.shape} {value.dtype}" for name, value in wrong.items()),
)
def test_arrays_that_do_not_belong_together_are_refused(tmp_path, wrong):
    held = quantised(rows(7, 5), model="m", sha256="s")
    arrays = {
        "format": np.int64(1), "model": np.str_("m"), "sha256": np.str_("s"),
        "mean": held.mean, "spread": held.spread, "codes": held.codes,
    }  # fmt: skip
    np.savez(tmp_path / "vectors.npz", **{**arrays, **wrong})
    with pytest.raises(CorpusError, match="belong together"):
        load(tmp_path / "vectors.npz")


def test_objects_are_never_unpickled(tmp_path):
    np.savez(tmp_path / "vectors.npz", format=np.array([{"a": 1}], object))
    with pytest.raises(CorpusError, match="install"):
        load(tmp_path / "vectors.npz")
    assert zipfile.is_zipfile(tmp_path / "vectors.npz")


def test_a_package_without_sources_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(public, "data_folder", lambda name: tmp_path)
    with pytest.raises(CorpusError, match="install it again"):
        shipped.__wrapped__("0" * 64)


# -- the search


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 200])
def test_nearest_is_exact_in_any_number_of_blocks(count):
    known, asked = rows(1, 500), rows(2, 200)[:count]
    found = PublicVectors(vectors=known).nearest(asked)
    assert found.shape == (count,) and found.dtype == np.float32
    if count:
        np.testing.assert_allclose(found, (asked.astype(np.float64) @ known.T).max(axis=1), atol=1e-6)


# -- the recipe


def test_the_recipe_makes_the_same_file_in_any_order(encoder, tmp_path):
    phrases = recipe.lines_of(FOLDER / "stock" / "phrases.txt")[::29]
    groups = [(each,) for phrase in phrases for each in recipe.spread(phrase)]
    groups += list(recipe.both_tenses(["Record hives and bind bees.", "Teach bees to count barrels."]))
    made = []
    for name in ("one.npz", "other.npz"):
        held = quantised(recipe.vectors(groups, encoder), model=encoder.model, sha256=encoder.sha256)
        save(tmp_path / name, held)
        made.append((tmp_path / name).read_bytes())
        random.Random(4).shuffle(groups)
    assert made[0] == made[1]


def test_a_task_lies_halfway_between_its_tenses(encoder):
    task = "Record the yields of hives."
    ((now, past),) = recipe.both_tenses([task])
    assert (now, past) == (task, "Recorded the yields of hives.")
    (middle,) = recipe.vectors([(now, past)], encoder)
    one, other = recipe.vectors([(now,)], encoder)[0], recipe.vectors([(past,)], encoder)[0]
    assert abs(middle @ one - middle @ other) < 1e-5 and middle @ one > one @ other


def test_a_group_too_short_to_be_compared_is_left_out(encoder):
    assert len(recipe.vectors([("Team player",), ("Able to work well in a team",)] * 2, encoder)) == 1


def test_spread_says_every_choice_in_few_wordings():
    assert list(recipe.spread("(Very|) busy (a|b|c) end")) == [
        "Very busy a end",
        "busy b end",
        "Very busy c end",
    ]
    assert list(recipe.spread("no choice")) == ["no choice"]
