"""The cache saves time and nothing else: damage, rivals and a full disk never reach the vectors."""

import multiprocessing
import sqlite3
from dataclasses import dataclass, field

import numpy as np
import pytest

from forensics.errors import CorpusBusy
from forensics.features.vector_cache import VectorCache, encoded, key


@dataclass
class Counting:
    """An encoder whose vectors are digits of the text's key, and that counts what it was asked."""

    fingerprint: str = "counting-1"
    dimension: int = 16
    model: str = "counting"
    sha256: str = "0" * 64
    backend: str = "none"
    asked: list[str] = field(default_factory=list)

    def encode(self, texts):
        self.asked += texts
        rows = np.array([list(key(text)) for text in texts], np.float32).reshape(len(texts), self.dimension)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def cache(tmp_path):
    made = VectorCache(tmp_path)
    yield made
    made.close()


def fill(cache, texts=("a", "b", "c")):
    encoder = Counting()
    vectors = encoded(encoder, cache, texts)
    assert not cache.warnings
    return encoder, vectors


def test_a_text_is_encoded_once_in_its_life(cache, tmp_path):
    texts = ["a", "b", "a", "c", "b"]
    encoder, vectors = fill(cache, texts)
    assert encoder.asked == ["a", "b", "c"]
    np.testing.assert_array_equal(vectors[0], vectors[2])
    np.testing.assert_allclose(vectors, Counting().encode(texts), atol=1e-3)
    again = Counting()
    other = VectorCache(tmp_path)
    np.testing.assert_array_equal(encoded(again, other, ["c", "d", "b", "a", "a"])[[3, 2, 4, 0, 2]], vectors)
    assert again.asked == ["d"]
    assert (other.count(), other.warnings) == (4, [])
    other.close()


def test_vectors_do_not_depend_on_the_cache(cache):
    texts = ["x", "y", "x"]
    without = encoded(Counting(), None, texts)
    np.testing.assert_array_equal(encoded(Counting(), cache, texts), without)
    np.testing.assert_array_equal(encoded(Counting(), cache, texts), without)


def test_nothing_in_nothing_out(cache):
    assert encoded(Counting(), cache, []).shape == (0, 16)
    cache.forget([])
    assert cache.warnings == []


def test_more_keys_than_a_statement_holds(cache):
    texts = [str(number) for number in range(1203)]
    _, vectors = fill(cache, texts)
    again = Counting()
    np.testing.assert_array_equal(encoded(again, cache, texts), vectors)
    assert again.asked == []
    cache.forget(map(key, texts[1:]))
    assert cache.count() == 1


def test_encoders_do_not_mix(cache):
    fill(cache)
    other = Counting(fingerprint="counting-2")
    encoded(other, cache, ["a"])
    assert other.asked == ["a"]
    assert cache.count() == 4


def test_what_does_not_fit_is_refused(cache):
    with pytest.raises(ValueError, match="2 keys"):
        cache.put_many(Counting(), [key("a"), key("b")], np.zeros((1, 16), np.float32))


@pytest.mark.parametrize(
    "change",
    [
        "substr(value, 1, 10)",
        "zeroblob(36)",
        "(SELECT value FROM vector ORDER BY key LIMIT 1)",
        "NULL || 'x'",
    ],
)
def test_an_altered_row_is_encoded_anew(cache, change):
    _, vectors = fill(cache)
    with sqlite3.connect(cache.file) as db:
        worst = db.execute("SELECT max(key) FROM vector").fetchone()[0]
        db.execute(f"UPDATE vector SET value = coalesce({change}, 'text') WHERE key = ?", (worst,))
    db.close()
    again = Counting()
    np.testing.assert_array_equal(encoded(again, cache, ["a", "b", "c"]), vectors)
    assert len(again.asked) == 1
    final = Counting()
    encoded(final, cache, ["a", "b", "c"])
    assert final.asked == []


def damage(file, how):
    data = file.read_bytes()
    if how == "no database":
        file.write_bytes(b"not a database at all " * 500)
    elif how == "torn":
        file.write_bytes(data[:5000])
    elif how == "pages overwritten":
        file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    elif how == "foreign":
        file.unlink()
        with sqlite3.connect(file) as db:
            db.execute("CREATE TABLE vector (mine)")
            db.execute("PRAGMA application_id = 7")
        db.close()


@pytest.mark.parametrize("how", ["no database", "torn", "pages overwritten", "foreign"])
def test_a_damaged_file_is_set_aside_and_made_anew(cache, tmp_path, how):
    texts = [str(number) for number in range(300)]
    _, vectors = fill(cache, texts)
    cache.close()
    damage(cache.file, how)
    encoder = Counting()
    np.testing.assert_array_equal(encoded(encoder, cache, texts), vectors)
    assert encoder.asked == texts
    (said,) = cache.warnings
    assert "was damaged" in said and "vectors.damaged" in said
    assert (tmp_path / "vectors.damaged").exists()
    again = Counting()
    np.testing.assert_array_equal(encoded(again, cache, texts), vectors)
    assert again.asked == []
    cache.forget([key("0")])
    assert not (tmp_path / "vectors.damaged").exists()  # it may hold what is to be forgotten
    assert cache.count() == 299


def test_a_process_that_finds_the_damage_later_leaves_the_new_file_alone(cache, tmp_path):
    fill(cache)
    late = VectorCache(tmp_path)
    assert late.count() == 3
    cache.close()
    late._db.close()  # SQLite of the late process lost its footing
    damage(cache.file, "no database")
    fresh = VectorCache(tmp_path)
    encoded(Counting(), fresh, ["n"])
    assert fresh.count() == 1
    late._set_aside()
    assert late.count() == fresh.count() == 1
    for each in (late, fresh):
        each.close()


def test_forgotten_vectors_are_in_no_byte_of_the_folder(cache, tmp_path):
    texts = [f"text {number}" for number in range(400)]
    _, vectors = fill(cache, texts)
    traces = [key(texts[7]), vectors[7].astype(np.float16).tobytes()[:8]]

    def left():
        return [f.name for f in tmp_path.iterdir() if any(trace in f.read_bytes() for trace in traces)]

    assert left()
    (tmp_path / "vectors.damaged").write_bytes(traces[0])
    cache.forget([key(texts[7])])
    assert left() == []
    assert cache.count() == 399


def test_forgetting_in_a_damaged_file_takes_all_of_it(cache, tmp_path):
    fill(cache)
    cache.close()
    damage(cache.file, "no database")
    cache.forget([key("a")])
    assert [f.name for f in tmp_path.iterdir()] == []


def test_forgetting_says_when_a_reader_keeps_the_old_pages(cache):
    fill(cache)
    reader = sqlite3.connect(cache.file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM vector").fetchone()
    impatient = VectorCache(cache.file.parent)
    impatient._open().execute("PRAGMA busy_timeout = 10")
    opened = impatient._open
    impatient.close()

    def briefly():
        db = opened()
        db.execute("PRAGMA busy_timeout = 10")
        return db

    impatient._open = briefly
    with pytest.raises(CorpusBusy, match="erased, but"):
        impatient.forget([key("a")])
    reader.close()
    impatient.forget([key("a")])
    assert cache.count() == 2
    impatient.close()


def test_a_place_that_cannot_be_written_costs_time_only(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    cache = VectorCache(tmp_path / "file" / "below")
    encoder = Counting()
    np.testing.assert_array_equal(encoded(encoder, cache, ["a", "a"]), encoded(Counting(), None, ["a", "a"]))
    assert encoder.asked == ["a"]
    assert cache.warnings and all("not remembered" in said for said in cache.warnings)


def test_a_full_disk_costs_time_only(cache):
    fill(cache)
    (pages,) = cache._open().execute("PRAGMA page_count").fetchone()
    cache._open().execute(f"PRAGMA max_page_count = {pages}")
    texts = [str(number) for number in range(500)]
    np.testing.assert_array_equal(encoded(Counting(), cache, texts), encoded(Counting(), None, texts))
    (said,) = cache.warnings
    assert "not remembered" in said and "full" in said
    assert cache.count() == 3


def work(folder, first):
    cache = VectorCache(folder)
    for number in range(first, first + 300, 10):
        encoded(Counting(), cache, [str(each) for each in range(number, number + 10)])
    cache.close()
    return cache.warnings


def test_many_processes_at_once(tmp_path):
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        warnings = pool.starmap(work, [(tmp_path, 0), (tmp_path, 150), (tmp_path, 300)])
    assert warnings == [[], [], []]
    cache = VectorCache(tmp_path)
    assert cache.count() == 600
    again = Counting()
    texts = [str(each) for each in range(600)]
    np.testing.assert_array_equal(encoded(again, cache, texts), encoded(Counting(), None, texts))
    assert again.asked == []
    cache.close()
